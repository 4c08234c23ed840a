//! `GET /stream/NAME`: the alpha stream over HTTP, for programs on this machine.

use super::reader::Reader;
use super::{Size, Unready, find};
use crate::listen::Peer;
use crate::pages;
use crate::show;
use crate::state::State;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State as Get};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde::Deserialize;
use std::sync::Arc;

/// The picture asked for; one that is not named is 1920×1080.
#[derive(Debug, Deserialize)]
pub struct Asked {
    w: Option<u16>,
    h: Option<u16>,
}

/// Answers with a video that never ends.
pub async fn stream(
    Get(state): Get<Arc<State>>,
    Extension(Peer(peer)): Extension<Peer>,
    Path(overlay): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response<Body> {
    let refuse = |status, words: &str| pages::plain(status, words);
    if !peer.to_canonical().is_loopback() {
        return refuse(StatusCode::FORBIDDEN, "the stream is for programs on this machine");
    }
    if is_from_elsewhere(&headers) {
        return refuse(StatusCode::FORBIDDEN, "a page of another site may not read the stream");
    }
    if !show::is_name(&overlay) {
        return refuse(StatusCode::NOT_FOUND, "no overlay can have this name; try /stream/main");
    }
    let (width, height) = (asked.w.unwrap_or(1920), asked.h.unwrap_or(1080));
    let Some(size) = Size::new(width, height) else {
        return refuse(StatusCode::BAD_REQUEST, "w is 16 to 3840 and h is 16 to 2160 pixels");
    };
    match state.streams.read(&overlay, size) {
        Ok(reading) => {
            let mut response = Response::new(Body::from_stream(Reader::stream(reading, size)));
            let out = response.headers_mut();
            out.insert(header::CONTENT_TYPE, HeaderValue::from_static("video/x-matroska"));
            out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            response
        }
        Err(Unready::NoBrowser) => refuse(
            StatusCode::SERVICE_UNAVAILABLE,
            &format!("no browser to draw the overlay with; {}", find::ADVICE),
        ),
        Err(Unready::Full) => refuse(
            StatusCode::SERVICE_UNAVAILABLE,
            "four pictures are being drawn already; let OBS read fewer overlays or sizes",
        ),
        Err(Unready::Stopping) => refuse(StatusCode::SERVICE_UNAVAILABLE, "the server is stopping"),
    }
}

/// Whether a browser says that a page of another site asks: it could start
/// browsers of ours with a picture's address.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    !matches!(site, None | Some("none" | "same-origin"))
}
