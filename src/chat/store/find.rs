//! Rooms by their names, where a few letters are all that is known.

use crate::{
    chat::model::{NAMED_ROOMS, RoomKind, RoomName},
    id::{AccountId, RoomId},
};
use sqlx::{AnyPool, Row};

/// The latest rooms, spam left out.
pub async fn latest(db: &AnyPool, account: AccountId) -> sqlx::Result<Vec<RoomName>> {
    let rows = sqlx::query(
        "SELECT id, name, picture, kind FROM room WHERE account_id = $1 AND spam = 0 ORDER BY at DESC, id DESC LIMIT $2",
    )
    .bind(account.0)
    .bind(NAMED_ROOMS)
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(RoomName {
                id: RoomId(row.try_get("id")?),
                name: row.try_get("name")?,
                picture: row.try_get("picture")?,
                group: RoomKind::from_name(row.try_get("kind")?) != RoomKind::User,
            })
        })
        .collect()
}
