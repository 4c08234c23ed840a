//! The HTTP side of a call (avchatroom.md §3.1).
//!
//! `POST /v4/SERVICE/COMMAND?sdkappid=N&identifier=ADMIN&usersig=…&random=N&contenttype=json`.
//! The answer is a JSON object with `ActionStatus`, `ErrorCode` and `ErrorInfo`
//! under HTTP status 200, whatever became of it; only another method than POST
//! has a status of its own, 405.
//!
//! A call is checked in this order, and the first that does not hold is the
//! answer: method (60002), path (60009), `sdkappid` (60012, 60006),
//! `identifier` and `usersig` present (60004), `random` and `contenttype`
//! (60002), the signature (700xx), the account an admin (60010), the rate
//! (60011, 60007), the body at most 1 MB (60002) and a JSON object (60003),
//! then the command's own fields. Who has no signature of an admin learns of
//! an app no more than that there is one.

use super::call::Call;
use super::table::{self, Endpoint};
use crate::listen::Peer;
use crate::room_task::{Actor, Caller};
use crate::sdk::query::Query;
use crate::state::State;
use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, Response, StatusCode, Uri, header};
use serde_json::Value;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::{frame, usersig};

/// Most bytes of a body; the vendor's limit of what it answers, too.
const BODY_LIMIT: usize = 1024 * 1024;
/// Most bytes read of a body that is refused, so that its sender reads why.
const DRAIN_LIMIT: usize = 8 * 1024 * 1024;
/// Most bytes of an answer.
const ANSWER_LIMIT: usize = 1024 * 1024;
/// How long a call may take, as the vendor has it. What it began goes on.
const TIME_LIMIT: Duration = Duration::from_secs(3);

/// One call, from its request to its response.
pub async fn call(state: Arc<State>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    match head.method {
        Method::POST => {}
        method => {
            let text = format!("{method} is not for this API; send a POST");
            let mut response = json(frame::refuse_body(&Refusal::new(Code::RestHttp, text)));
            *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
            let allow = HeaderValue::from_static("POST, OPTIONS");
            response.headers_mut().insert(header::ALLOW, allow);
            return response;
        }
    }
    let ip = head.extensions.get::<Peer>().map(|peer| peer.0);
    let answered = async {
        let admitted = admit(&state, &head.uri, Caller { ip, platform: Caller::REST });
        let (endpoint, call) = match admitted {
            Ok(admitted) => admitted,
            Err(refusal) => {
                let _ = read(body, 0).await;
                return frame::refuse_body(&refusal);
            }
        };
        match read(body, BODY_LIMIT).await.and_then(object) {
            // It goes on if its caller does not wait.
            Ok(body) => match tokio::spawn(endpoint.run(call, body)).await {
                Ok(answer) if answer.len() > ANSWER_LIMIT => {
                    frame::refuse_body(&Code::AnswerLong.into())
                }
                Ok(answer) => answer,
                Err(_) => frame::refuse_body(&endpoint.family().server().into()),
            },
            Err(refusal) => frame::refuse_body(&refusal),
        }
    };
    let answer = tokio::time::timeout(TIME_LIMIT, answered).await;
    json(answer.unwrap_or_else(|_| frame::refuse_body(&Code::RestTimeout.into())))
}

/// Everything that is checked before the body.
fn admit(
    state: &Arc<State>,
    uri: &Uri,
    caller: Caller,
) -> Result<(&'static Endpoint, Call), Refusal> {
    let endpoint = table::find(uri.path())?;
    let query = Query::read(uri);
    let id = query.get("sdkappid").ok_or(Code::RestNoApp)?;
    let app = id.parse().ok().and_then(|id| state.apps.get(id)).ok_or(Code::RestApp)?;
    let (Some(identifier), Some(signature)) = (query.get("identifier"), query.get("usersig"))
    else {
        return Err(Code::RestAccount.into());
    };
    if query.get("random").is_some_and(|random| random.parse::<u32>().is_err()) {
        let text = "random is no whole number from 0 to 4294967295";
        return Err(Refusal::new(Code::RestHttp, text));
    }
    if query.get("contenttype").is_some_and(|kind| kind != "json") {
        return Err(Refusal::new(Code::RestHttp, "contenttype is json and nothing else"));
    }
    let now = state.shared.clock.now();
    let not_before = app.accounts.limits(identifier).not_before;
    let expected =
        usersig::Expected { user: identifier, app: app.id, now: now.0 / 1_000, not_before };
    let claims = usersig::verify(&app.record().secret_key, signature, &expected)?;
    if !app.is_admin(&claims.user) {
        return Err(Code::RestAdmin.into());
    }
    state.rest.take(now, app.id, endpoint.path(), endpoint.pace())?;
    let actor = Actor { account: claims.user, app_admin: true, caller };
    Ok((endpoint, Call { state: Arc::clone(state), app, actor, now }))
}

/// Reads a body to its end and keeps at most `limit` bytes.
async fn read(mut body: Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    let (mut kept, mut length) = (Vec::new(), 0_usize);
    while let Some(piece) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let piece = piece.map_err(|_| Code::RestHttp)?;
        let Ok(data) = piece.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= limit {
            kept.extend_from_slice(&data);
        } else {
            kept = Vec::new();
        }
        if length > DRAIN_LIMIT {
            break;
        }
    }
    if length > limit {
        let text = format!("the body is longer than {limit} bytes; split it");
        return Err(Refusal::new(Code::RestHttp, text));
    }
    Ok(kept)
}

/// The body, if it is a JSON object: text that is Unicode, numbers that are
/// some, at most 128 levels deep.
fn object(body: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    match serde_json::from_slice::<Value>(&body) {
        Ok(Value::Object(_)) => Ok(body),
        Ok(_) => Err(Code::RestJson.into()),
        Err(error) => {
            let text = format!("the body is no JSON: {error}");
            Err(Refusal::new(Code::RestJson, text))
        }
    }
}

fn json(body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    let kind = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    allow(&mut response);
    response
}

fn allow(response: &mut Response<Body>) {
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "X-Requested-With"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(body: &[u8]) -> u32 {
        object(body.to_vec()).map_or_else(|refusal| refusal.number, |_| 0)
    }

    #[test]
    fn only_an_object_of_clean_json_is_a_body() {
        let deep = |n: usize| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
        for (body, expected) in [
            ("{}".to_owned(), 0),
            (" {\"a\": [1, {}], \"a\": null} ".to_owned(), 0),
            (deep(100), 0),
            (deep(200), 60003),
            (deep(100_000), 60003),
            (String::new(), 60003),
            ("[]".to_owned(), 60003),
            ("null".to_owned(), 60003),
            ("{}{}".to_owned(), 60003),
            (r#"{"a":1e999}"#.to_owned(), 60003),
            (r#"{"a":"\ud800"}"#.to_owned(), 60003),
            ("{'a':1}".to_owned(), 60003),
        ] {
            assert_eq!(number(body.as_bytes()), expected, "{body:.60}");
        }
        assert_eq!(number(b"{\"a\":\"\xff\"}"), 60003);
    }

    #[tokio::test]
    async fn a_body_over_its_limit_is_not_kept() {
        let read = |n: usize, limit| read(Body::from(vec![b' '; n]), limit);
        assert_eq!(read(10, 10).await.map(|body| body.len()), Ok(10));
        assert_eq!(read(11, 10).await.map_err(|refusal| refusal.number), Err(60002));
    }
}
