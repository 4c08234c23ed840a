//! Requests by HTTP: those of SDKs without sockets, and of back ends.
//!
//! `POST /vN/SERVICE/COMMAND` with the body of the command; the answer is the
//! body alone. Pages of any origin may ask: who may do what is decided by the
//! usersig, which no foreign page has.

use super::asker::Asker;
use super::gateway;
use super::inbox::Inbox;
use super::outlet::Outlet;
use super::query::Query;
use super::seal::A2;
use super::session::{Device, Over, Session, malformed};
use super::socket::FRAME_LIMIT;
use super::visits::Visits;
use crate::listen::Peer;
use crate::state::State;
use crate::{pages, rest};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, Path, Request, State as Get};
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::routing::any;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::{self, Head, Request as Ask};

/// A body must be here within this time.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// Seconds a long poll waits, unless it says.
const HOLD_S: u64 = 15;
/// Seconds it waits at most.
const HOLD_MAX_S: u64 = 60;

/// The one path of the API, of any version.
pub fn router() -> Router<Arc<State>> {
    Router::new().route("/{version}/{service}/{command}", any(call))
}

async fn call(
    Get(state): Get<Arc<State>>,
    peer: Option<Extension<Peer>>,
    Path((version, service, command)): Path<(String, String, String)>,
    request: Request,
) -> Response<Body> {
    let digits = version.strip_prefix('v').unwrap_or_default();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return pages::plain(StatusCode::NOT_FOUND, "nothing here; try /viewer");
    }
    if request.method() == Method::OPTIONS {
        return preflight();
    }
    let Some(_place) = Visits::place(&state) else {
        return pages::plain(StatusCode::SERVICE_UNAVAILABLE, "server is full; try again later");
    };
    let query = Query::read(request.uri());
    if !query.is_sdk() {
        return rest::call(state, request).await;
    }
    if request.method() != Method::POST {
        let text = "this address takes POST, with a JSON body";
        return pages::plain(StatusCode::METHOD_NOT_ALLOWED, text);
    }
    let body = to_bytes(request.into_body(), FRAME_LIMIT);
    let body = match tokio::time::timeout(BODY_TIMEOUT, body).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            let text = format!("the body is longer than {} KB", FRAME_LIMIT / 1024);
            return json(frame::refuse_body(&Refusal::new(Code::MessageLong, text)).into());
        }
        Err(_) => return pages::plain(StatusCode::REQUEST_TIMEOUT, "the body did not come"),
    };
    let ip = peer.map(|Extension(Peer(ip))| ip);
    let servcmd = format!("{service}.{command}");
    json(answer(&state, &servcmd, &query, &body, ip).await)
}

/// What a browser asks before it lets a page of another origin ask.
fn preflight() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    let every = HeaderValue::from_static("*");
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, every);
    let methods = HeaderValue::from_static("POST");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    let allowed = HeaderValue::from_static("X-Requested-With, Content-Type");
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}

fn json(body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let every = HeaderValue::from_static("*");
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, every);
    response
}

/// One request of an SDK.
async fn answer(
    state: &Arc<State>,
    servcmd: &str,
    query: &Query,
    body: &[u8],
    ip: Option<IpAddr>,
) -> Bytes {
    let body: Result<Option<&RawValue>, _> = match body.trim_ascii() {
        [] => Ok(None),
        text => serde_json::from_slice(text).map(Some),
    };
    let body = match body {
        Ok(body) => body,
        Err(error) => return refuse(malformed(error)),
    };
    let head = Head {
        servcmd: Cow::from(servcmd),
        seq: 0,
        sdkappid: query.number("sdkappid"),
        identifier: Cow::from(query.text("identifier")),
        usersig: Cow::from(query.text("usersig")),
        a2: Cow::from(query.text("a2")),
        platform: query.number("platform"),
    };
    let device = Device { ip, ..gateway::device(query) };
    let request = Ask::with(head, body);
    let begin = || {
        let inbox = Arc::new(Inbox::new(state.shared.clock.now().0 / 1_000));
        let outlet = Outlet::polls(state.next_conn(), Arc::clone(&inbox));
        (Session::new(Arc::clone(state), outlet, device), inbox)
    };
    if request.head.a2.is_empty() {
        let (mut session, inbox) = begin();
        let (asker, answer) = Asker::http(&session.conn);
        session.answer(&request, &asker).await;
        drop(asker);
        // Before the answer: the next request may come right after it.
        if let Some(user) = &session.user {
            Visits::begin(state, user.a2.id, session, inbox).await;
        }
        return answered(answer).await;
    }
    let Some(a2) = state.sdk.seal.open::<A2>(&request.head.a2) else {
        return refuse(Code::LoginOver);
    };
    let visit = match Visits::enter(state, a2.id, begin) {
        Ok(visit) => visit,
        Err(code) => return refuse(code),
    };
    let mut session = visit.session.lock().await;
    if servcmd == "openim.longpolling" {
        let here = session.identify(&request.head).await;
        drop(session);
        return match here {
            Ok(()) => long_poll(state, &visit.inbox, &request, a2.expires).await,
            Err(Over::Kicked(_)) => refuse(Code::KickedPoll),
            Err(Over::Refused(refusal)) => refuse(refusal),
        };
    }
    let (asker, answer) = Asker::http(&session.conn);
    session.answer(&request, &asker).await;
    drop(asker);
    drop(session);
    answered(answer).await
}

async fn answered(answer: tokio::sync::oneshot::Receiver<Bytes>) -> Bytes {
    answer.await.unwrap_or_else(|_| refuse(Code::Server))
}

fn refuse(refusal: impl Into<Refusal>) -> Bytes {
    frame::refuse_body(&refusal.into()).into()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LongPoll {
    #[serde(default)]
    timeout: Option<u64>,
    #[serde(default)]
    cookie: Option<Cookie>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Cookie {
    #[serde(default)]
    notify_seq: u64,
    /// How many events the SDK has had since it logged in: it counts itself.
    #[serde(default)]
    notice_seq: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Polled {
    notify_seq: u64,
    notice_seq: u64,
    event_array: Vec<Box<RawValue>>,
}

/// `longpolling`: answered when there is news, or in time; `expires` is when
/// the login runs out, in seconds since 1970.
async fn long_poll(state: &State, inbox: &Inbox, request: &Ask<'_>, expires: u64) -> Bytes {
    let LongPoll { timeout, cookie } = match request.body() {
        Ok(poll) => poll,
        Err(error) => return refuse(malformed(error)),
    };
    let seen = cookie.map_or(0, |cookie| match cookie {
        Cookie { notify_seq: 0, notice_seq } if notice_seq < inbox.base() => {
            inbox.base() + notice_seq
        }
        Cookie { notify_seq, notice_seq } => notify_seq.max(notice_seq),
    });
    let now_ms = state.shared.clock.now().0;
    let left = Duration::from_millis(expires.saturating_mul(1_000).saturating_sub(now_ms));
    let hold = Duration::from_secs(timeout.unwrap_or(HOLD_S).min(HOLD_MAX_S)).min(left);
    match inbox.read(seen, hold).await {
        Ok(mail) => {
            let (notify_seq, event_array) = (mail.last, mail.events);
            frame::answer_body(&Polled { notify_seq, notice_seq: notify_seq, event_array }).into()
        }
        Err(_) => refuse(Code::KickedPoll),
    }
}
