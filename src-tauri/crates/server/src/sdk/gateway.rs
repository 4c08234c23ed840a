//! Where SDK sockets come in: `/binfo`, `/info` and, for old ones, `/`.
//!
//! Any Origin and any Host: the pages of an app live elsewhere, and who may do
//! what is decided by the usersig, which no foreign page has.

use super::outlet::Kind;
use super::query::Query;
use super::session::Device;
use super::{http, socket};
use crate::listen;
use crate::state::State;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Get};
use axum::http::Response;
use axum::routing::get;
use std::sync::Arc;

/// Most bytes of an instance's name; they have 32.
const INSTANCE_LIMIT: usize = 64;

/// The paths that are the SDKs' alone, and the one they share with back ends.
pub fn router() -> Router<Arc<State>> {
    Router::new().route("/binfo", get(binary)).route("/info", get(text)).merge(http::router())
}

async fn binary(Get(state): Get<Arc<State>>, request: Request) -> Response<Body> {
    let packed = Query::read(request.uri()).text("compress") == "gzip";
    upgrade(state, request, if packed { Kind::Packed } else { Kind::Binary })
}

/// A socket with text frames.
pub async fn text(Get(state): Get<Arc<State>>, request: Request) -> Response<Body> {
    upgrade(state, request, Kind::Text)
}

fn upgrade(state: Arc<State>, request: Request, kind: Kind) -> Response<Body> {
    let device = device(&Query::read(request.uri()));
    listen::upgrade(state, request, move |state, stream, first| {
        socket::run(state, stream, first, kind, device)
    })
}

/// What a client says of itself in its address.
pub fn device(query: &Query) -> Device {
    let instance = query.text("instanceid");
    let instance =
        if instance.len() <= INSTANCE_LIMIT { instance.to_owned() } else { String::new() };
    Device { instance, platform: query.number("platform"), ip: None }
}
