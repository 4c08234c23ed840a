//! Answers for `/themes/ID.css` and `/themes/fonts/FILE`.

use crate::pages;
use crate::state::State;
use axum::body::Body;
use axum::extract::{Path, Query, State as Get};
use axum::http::{HeaderValue, Response, StatusCode, header};
use std::collections::HashMap;
use std::sync::Arc;

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
    let cache = if current { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = Response::new(Body::from(dressed.sheet.text.clone()));
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// `GET /themes/fonts/FILE`: a font of a shipped theme, or its licence.
pub async fn font(Path(file): Path<String>) -> Response<Body> {
    pages::serve(&format!("themes/fonts/{file}"))
}
