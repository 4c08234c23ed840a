//! `GET /image/KEY`.

use super::key::Key;
use super::{Fault, Picture};
use crate::pages;
use crate::state::State;
use axum::body::Body;
use axum::extract::{Path, State as Get};
use axum::http::{HeaderValue, Response, StatusCode, header};
use std::sync::Arc;

/// A path names one address and what was drawn of it.
const CACHE: &str = "public, max-age=604800, immutable";
/// Should a browser ever take the bytes for a document, it may do nothing.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// Serves a picture; any page may ask, for it has the path from us.
pub async fn serve(Get(state): Get<Arc<State>>, Path(key): Path<String>) -> Response<Body> {
    let found = match Key::parse(&key) {
        Some(key) => state.shared.images.get(key).await,
        None => Err(Fault::Unknown),
    };
    match found {
        Ok(Picture { png }) => picture(png),
        Err(fault) => {
            let status = match fault {
                Fault::Crowded => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::NOT_FOUND,
            };
            let mut response = pages::plain(status, &fault.to_string());
            let never = HeaderValue::from_static("no-store");
            response.headers_mut().insert(header::CACHE_CONTROL, never);
            response
        }
    }
}

fn picture(png: bytes::Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(png));
    let out = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, CACHE),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        out.insert(name, HeaderValue::from_static(value));
    }
    response
}
