//! The documentation page.

use super::{model::DocSection, phone::here::sim};
use crate::error::AppError;

/// All of it.
pub fn sections() -> Result<Vec<DocSection>, AppError> {
    sim()?;
    Ok(Vec::new())
}
