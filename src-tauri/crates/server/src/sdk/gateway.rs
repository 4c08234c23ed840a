//! Where SDK sockets come in: `/binfo`, `/info` and, for old ones, `/`.
//!
//! Any Origin and any Host: the pages of an app live elsewhere, and who may do
//! what is decided by the usersig, which no foreign page has.

use super::outlet::Kind;
use super::session;
use crate::listen;
use crate::state::State;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Get};
use axum::http::Response;
use axum::routing::get;
use std::sync::Arc;

/// The two paths that are the SDKs' alone.
pub fn router() -> Router<Arc<State>> {
    Router::new().route("/binfo", get(binary)).route("/info", get(text))
}

async fn binary(Get(state): Get<Arc<State>>, request: Request) -> Response<Body> {
    listen::upgrade(state, request, |state, stream, first| {
        session::run(state, stream, first, Kind::Binary)
    })
}

/// A socket with text frames.
pub async fn text(Get(state): Get<Arc<State>>, request: Request) -> Response<Body> {
    listen::upgrade(state, request, |state, stream, first| {
        session::run(state, stream, first, Kind::Text)
    })
}
