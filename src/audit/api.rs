//! What the browser may ask of the log.

use super::model::{Page, Search};
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::{audit::service, server::session, team::model::Permission};

/// Lines of the log, the newest first.
#[server(endpoint = "audit/find", input = Json)]
pub async fn find(search: Search) -> Result<Page, AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::find(&op, &search).await
}
