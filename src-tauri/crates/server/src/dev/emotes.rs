//! Emotes: what the console's part Emotes does.

use super::answer::{Answer, Problem, found};
use crate::emotes::{Kept, check, refused};
use crate::images::{BYTES, Size};
use crate::state::State;
use axum::body::Bytes;
use axum::extract::{FromRequest as _, Path, Request, State as Get};
use axum::http::{StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use surtitle_core::Code;
use surtitle_core::emote::EMOTES;

/// Most bytes of a picture that is put up.
pub const FILE_LIMIT: usize = BYTES;

/// A picture that is somewhere else.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Elsewhere {
    url: String,
}

/// Another code for an emote.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renamed {
    code: String,
}

/// `GET /emotes`.
pub async fn list(Get(state): Get<Arc<State>>) -> Answer<Value> {
    found(json!({ "emotes": state.shared.emotes.list(), "limit": EMOTES }))
}

/// `PUT /emotes/CODE`: the picture itself as the body, or, as
/// `application/json`, `{"url"}` of where it is.
pub async fn put(
    Get(state): Get<Arc<State>>,
    Path(code): Path<String>,
    request: Request,
) -> Result<Answer<Kept>, Problem> {
    check(&code)?;
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_json = kind.is_some_and(|kind| kind.starts_with("application/json"));
    let body = Bytes::from_request(request, &()).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let message = format!("the picture is larger than {} MB", FILE_LIMIT / 1024 / 1024);
            Problem::new(Code::Oversized, message)
        } else {
            Problem::new(Code::Malformed, "the request did not come through; try again")
        }
    })?;
    let images = &state.shared.images;
    let (drawing, url) = if is_json {
        let Elsewhere { url } = read(&body)?;
        (images.fetch(&url, Size::Emote).await, Some(url))
    } else {
        (images.draw(body, Size::Emote).await, None)
    };
    let drawing = drawing.map_err(|fault| refused(&fault))?;
    Ok(found(state.shared.emotes.put(&code, drawing, url).await?))
}

/// `PATCH /emotes/CODE` with `{"code"}`.
pub async fn rename(
    Get(state): Get<Arc<State>>,
    Path(code): Path<String>,
    body: Bytes,
) -> Result<Answer<Kept>, Problem> {
    let Renamed { code: to } = read(&body)?;
    Ok(found(state.shared.emotes.rename(&code, &to).await?))
}

/// `DELETE /emotes/CODE`.
pub async fn delete(
    Get(state): Get<Arc<State>>,
    Path(code): Path<String>,
) -> Result<Answer<Value>, Problem> {
    state.shared.emotes.delete(&code).await?;
    Ok(found(json!({})))
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| {
        Problem::new(Code::Malformed, format!("the request cannot be read: {error}"))
    })
}
