//! Pictures for the board: what its page puts under the ink.

use super::answer::{Answer, Problem, found};
use crate::emotes::refused;
use crate::images::{BYTES, Size};
use crate::state::State;
use axum::body::Bytes;
use axum::extract::State as Get;
use serde_json::{Value, json};
use std::sync::Arc;

/// Most bytes of a picture that is put up.
pub const FILE_LIMIT: usize = BYTES;

/// `PUT /board/picture` with the picture as the body; answered by its path,
/// for an order `ground`.
pub async fn put(Get(state): Get<Arc<State>>, body: Bytes) -> Result<Answer<Value>, Problem> {
    let images = &state.shared.images;
    let drawing = images.draw(body, Size::Large).await.map_err(|fault| refused(&fault))?;
    let picture = images.keep(drawing, "").await.map_err(|fault| refused(&fault))?;
    Ok(found(json!({ "picture": picture })))
}
