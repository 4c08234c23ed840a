//! Accepts connections, serves HTTP/1, and hands upgraded sockets to their reader.

use crate::avatar;
use crate::dev;
use crate::images;
use crate::pages;
use crate::rest;
use crate::sdk::{self, gateway};
use crate::state::State;
use crate::stream;
use crate::themes;
use crate::ws::reader;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Get};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use axum::middleware::{self, Next};
use axum::routing::get;
use base64::Engine as _;
use bytes::Bytes;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use sha1::{Digest as _, Sha1};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::Service as _;

/// A request's headers must be here within this time.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// RFC 6455 §1.3.
const WS_GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Everything this server answers.
pub fn router(state: Arc<State>) -> Router {
    let ours = Router::new()
        .route("/overlay", get(|h: HeaderMap| async move { pages::page("overlay.html", &h, None) }))
        .route(
            "/overlay/{name}",
            get(|h: HeaderMap| async move { pages::page("overlay.html", &h, None) }),
        )
        .route("/console", get(|h: HeaderMap| async move { pages::page("console.html", &h, None) }))
        .route("/viewer", get(viewer))
        .route("/viewer/{room}", get(viewer))
        .route("/board", get(|h: HeaderMap| async move { pages::page("board.html", &h, None) }))
        .route(
            "/board/{room}",
            get(|h: HeaderMap| async move { pages::page("board.html", &h, None) }),
        )
        .route("/assets/{*path}", get(pages::file))
        .route("/gifts/{*path}", get(pages::file))
        .route("/themes/fonts/{file}", get(themes::font))
        .route("/themes/fonts/own/{key}", get(themes::own_font))
        .route("/themes/{file}", get(themes::sheet))
        .route("/effects/{*path}", get(pages::file))
        .route("/sounds/{*path}", get(pages::file))
        .route("/me/avatar", avatar::routes())
        .route("/image/{key}", get(images::serve))
        .route("/favicon.svg", get(|| async { pages::serve("favicon.svg") }))
        .route("/favicon.ico", get(|| async { pages::serve("favicon.svg") }))
        .route("/ws", get(native))
        .route("/stream/{name}", get(stream::stream))
        .route("/metrics", get(metrics))
        .layer(middleware::from_fn_with_state(Arc::clone(&state), guard));
    Router::new()
        .route("/", get(root))
        .route("/healthz", get(health))
        .merge(gateway::router())
        .merge(dev::router(&state))
        .route("/v4/openapi.json", get(rest::description))
        .merge(ours)
        .fallback(|| async { pages::plain(StatusCode::NOT_FOUND, "nothing here; try /viewer") })
        .with_state(state)
}

/// Serves until `stop` changes.
pub async fn serve(listener: TcpListener, state: Arc<State>, mut stop: watch::Receiver<bool>) {
    let router = router(Arc::clone(&state));
    let mut sweep = tokio::time::interval(Duration::from_secs(5));
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            _ = sweep.tick() => {
                state.sweep();
                tokio::spawn(sdk::sweep(Arc::clone(&state)));
            }
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => connection(stream, peer.ip(), router.clone()),
                Err(error) => {
                    // Out of descriptors: wait for some to come back.
                    tracing::warn!("listen: {error}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }
}

/// Who asks, in every request.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

fn connection(stream: TcpStream, peer: IpAddr, router: Router) {
    // Batches are whole writes; waiting for more only adds delay.
    let _ = stream.set_nodelay(true);
    tokio::spawn(async move {
        let asked = move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            router.clone().call(request)
        };
        let served = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIMEOUT)
            .serve_connection(TokioIo::new(stream), service_fn(asked))
            .with_upgrades()
            .await;
        if let Err(error) = served {
            tracing::debug!("http: {error}");
        }
    });
}

async fn guard(Get(state): Get<Arc<State>>, request: Request, next: Next) -> Response<Body> {
    match state.guard.check(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => pages::plain(StatusCode::FORBIDDEN, refusal.message()),
    }
}

/// An old SDK's socket, or the way to the viewer page.
async fn root(state: Get<Arc<State>>, request: Request) -> Response<Body> {
    if has(request.headers(), header::UPGRADE, "websocket") {
        return gateway::text(state, request).await;
    }
    match state.guard.check(request.headers()) {
        Ok(()) => home(state).await,
        Err(refusal) => pages::plain(StatusCode::FORBIDDEN, refusal.message()),
    }
}

async fn home(Get(state): Get<Arc<State>>) -> Response<Body> {
    let mut response = pages::plain(StatusCode::FOUND, "the viewer page");
    if let Ok(to) = HeaderValue::from_str(&format!("/viewer/{}", state.room.id)) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

/// The viewer page may load the stream that is set, and nothing else from elsewhere.
async fn viewer(Get(state): Get<Arc<State>>, headers: HeaderMap) -> Response<Body> {
    let told = state.shared.broadcast.told();
    pages::page("viewer.html", &headers, told.origin.as_deref())
}

async fn health() -> Response<Body> {
    let body = format!(r#"{{"status":"ok","version":"{}"}}"#, env!("CARGO_PKG_VERSION"));
    let mut response = Response::new(Body::from(body));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

async fn metrics(Get(state): Get<Arc<State>>) -> Response<Body> {
    let mut response = Response::new(Body::from(state.shared.metrics.render()));
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

async fn native(Get(state): Get<Arc<State>>, request: Request) -> Response<Body> {
    upgrade(state, request, reader::run)
}

/// Whether a header's list has this word.
fn has(headers: &HeaderMap, name: HeaderName, word: &str) -> bool {
    headers
        .get(name)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.split(',').any(|part| part.trim().eq_ignore_ascii_case(word)))
}

/// The WebSocket handshake; the socket then leaves HTTP for good and is
/// `run`'s, with the bytes that came early.
pub fn upgrade<F>(
    state: Arc<State>,
    request: Request,
    run: impl FnOnce(Arc<State>, TcpStream, Bytes) -> F + Send + 'static,
) -> Response<Body>
where
    F: Future<Output = ()> + Send + 'static,
{
    let headers = request.headers();
    let key = headers.get(header::SEC_WEBSOCKET_KEY).cloned();
    let (true, true, true, Some(key)) = (
        has(headers, header::UPGRADE, "websocket"),
        has(headers, header::CONNECTION, "upgrade"),
        has(headers, header::SEC_WEBSOCKET_VERSION, "13"),
        key,
    ) else {
        return pages::plain(StatusCode::BAD_REQUEST, "this address is a websocket, version 13");
    };
    if !state.has_room() {
        return pages::plain(StatusCode::SERVICE_UNAVAILABLE, "server is full; try again later");
    }
    let accept = Sha1::new().chain_update(key.as_bytes()).chain_update(WS_GUID).finalize();
    let accept = base64::engine::general_purpose::STANDARD.encode(accept);
    tokio::spawn(async move {
        let Ok(upgraded) = hyper::upgrade::on(request).await else { return };
        // Only sockets accepted above come here, so the downcast cannot miss.
        if let Ok(parts) = upgraded.downcast::<TokioIo<TcpStream>>() {
            tokio::spawn(run(state, parts.io.into_inner(), parts.read_buf));
        }
    });
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let out = response.headers_mut();
    out.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    out.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    if let Ok(accept) = HeaderValue::from_str(&accept) {
        out.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    }
    response
}
