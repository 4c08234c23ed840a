//! Answers for `/themes/ID.css`, `/themes/fonts/FILE` and `/themes/fonts/own/KEY`.

use super::fonts;
use crate::pages;
use crate::state::State;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State as Get};
use axum::http::{HeaderValue, Response, StatusCode, header};
use std::collections::HashMap;
use std::sync::Arc;

/// For an address that changes with what is behind it.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `GET /themes/ID.css?v=MARK`: kept for ever by whoever asked for its mark,
/// asked for again by anybody else.
pub async fn sheet(
    Get(state): Get<Arc<State>>,
    Path(file): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response<Body> {
    let theme = file.strip_suffix(".css").and_then(|id| state.shared.themes.get(id));
    let Some(dressed) = theme else {
        return pages::plain(StatusCode::NOT_FOUND, "no such theme");
    };
    let current = query.get("v").is_some_and(|mark| *mark == dressed.sheet.mark);
    let cache = if current { FOR_EVER } else { "no-cache" };
    file_of(dressed.sheet.text.clone(), "text/css; charset=utf-8", cache)
}

/// `GET /themes/fonts/FILE`: a font of a shipped theme, or its licence.
pub async fn font(Path(file): Path<String>) -> Response<Body> {
    pages::serve(&format!("themes/fonts/{file}"))
}

/// `GET /themes/fonts/own/KEY`: a font that the host brought.
pub async fn own_font(Get(state): Get<Arc<State>>, Path(key): Path<String>) -> Response<Body> {
    let found =
        if fonts::is_key(&key) { state.shared.themes.font_file(&key).await } else { Ok(None) };
    match found.map(|text| text.and_then(|text| fonts::unpacked(&text))) {
        Ok(Some(bytes)) => file_of(bytes.into(), "font/woff2", FOR_EVER),
        Ok(None) => pages::plain(StatusCode::NOT_FOUND, "no such font"),
        Err(_) => pages::plain(StatusCode::INTERNAL_SERVER_ERROR, "the store did not answer"),
    }
}

fn file_of(bytes: Bytes, kind: &'static str, cache: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
