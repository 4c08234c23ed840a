//! The developers' interface: what the console's page Developers does to apps,
//! as JSON under `/api/`.
//!
//! For the host alone: `Authorization: Bearer` with the host's token, and Host
//! and Origin as for our pages. Every answer is JSON and is stored nowhere; a
//! refusal is `{"code","message"}`, numbered as docs/protocol.md says, or with
//! the vendor's number where a group's own rule said no.

mod answer;
mod apps;
mod asked;
mod audit;
mod board;
mod deliveries;
mod emotes;
mod filter;
mod hooks;
mod keys;
mod mapping;
mod obs;
mod room;
mod rooms;
mod settings;

pub use answer::{Answer, Problem, found};
pub use asked::Asked;
pub use keys::KeepKey;

use crate::auth::Identity;
use crate::state::State;
use crate::themes;
use crate::{record, sale};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State as Get};
use axum::http::{HeaderValue, Response, header};
use axum::middleware::{self, Next};
use axum::response::IntoResponse as _;
use axum::routing::{MethodRouter, get, patch, post, put};
use std::sync::Arc;
use surtitle_core::{Code, Role};

/// Most bytes of a request's body.
const BODY_LIMIT: usize = 64 * 1024;
/// The same for a filter: 2,000 words of 40 characters.
const FILTER_LIMIT: usize = 512 * 1024;

/// Everything under `/api`.
pub fn router(state: &Arc<State>) -> Router<Arc<State>> {
    let routes = Router::new()
        .route("/apps", get(apps::list).post(apps::create))
        .route("/apps/{app}", patch(apps::change).delete(apps::delete))
        .route("/apps/{app}/key", post(keys::rotate))
        .route("/apps/{app}/rooms", get(rooms::list).post(rooms::create))
        .route("/apps/{app}/rooms/{group}", get(room::look).delete(rooms::dismiss))
        .route("/apps/{app}/hooks", get(hooks::show).put(hooks::change))
        .route("/apps/{app}/hooks/test", post(hooks::test))
        .route("/apps/{app}/deliveries", get(deliveries::list))
        .route("/apps/{app}/deliveries/{row}/resend", post(deliveries::resend))
        .route("/apps/{app}/mapping", get(mapping::show).put(mapping::change))
        .route("/apps/{app}/mapping/try", post(mapping::attempt))
        .route("/apps/{app}/filter", filtering(get(filter::show).put(filter::change)))
        .route("/apps/{app}/filter/try", filtering(post(filter::attempt)))
        .route("/audit", get(audit::list))
        .route("/emotes", get(emotes::list))
        .route(
            "/emotes/{code}",
            put(emotes::put)
                .layer(DefaultBodyLimit::max(emotes::FILE_LIMIT))
                .patch(emotes::rename)
                .delete(emotes::delete),
        )
        .route("/apps/{app}/settings", get(settings::show).put(settings::change))
        .route("/board/picture", put(board::put).layer(DefaultBodyLimit::max(board::FILE_LIMIT)))
        .route("/obs", get(obs::show).put(obs::change))
        .route("/obs/put", post(obs::put))
        .route("/obs/heal", post(obs::heal))
        .route("/obs/scenes", get(obs::scenes))
        .nest("/sale", sale::rest::router())
        .merge(sale::settle::router())
        .merge(themes::router())
        .fallback(|| async { Problem::new(Code::UnknownItem, "the console asks for nothing here") })
        .method_not_allowed_fallback(|| async { Problem::method() })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(Arc::clone(state), enter));
    // Helpers read reports too, so it has a door of its own.
    Router::new().nest("/api", routes.nest("/report", record::rest::router(state)))
}

fn filtering(method: MethodRouter<Arc<State>>) -> MethodRouter<Arc<State>> {
    method.layer(DefaultBodyLimit::max(FILTER_LIMIT))
}

/// Lets in the host, from our own pages or from no page at all.
async fn enter(Get(state): Get<Arc<State>>, request: Request, next: Next) -> Response<Body> {
    let why = "only the host may look at apps and change them";
    enter_with(&state, request, next, Role::Host, why).await
}

/// Lets in whoever has `role` or a higher one; `why` is told to others.
pub async fn enter_with(
    state: &State,
    request: Request,
    next: Next,
    role: Role,
    why: &str,
) -> Response<Body> {
    let mut response = match check(state, &request, role, why) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn check(state: &State, request: &Request, role: Role, why: &str) -> Result<(), Problem> {
    state.guard.check(request.headers()).map_err(Problem::elsewhere)?;
    let token = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(|| {
            Problem::new(Code::BadToken, "send the host's token: Authorization: Bearer TOKEN")
        })?;
    match state.shared.tokens.check(state.shared.clock.now(), token)? {
        Identity::Staff(who) if who.role >= role => Ok(()),
        _ => Err(Problem::new(Code::Role, why)),
    }
}
