//! `/api/report`: the record of shows, for host and helpers.
//!
//! | asked | by | answers, does |
//! |---|---|---|
//! | `GET /report` | helper | every show, newest first, and the one that runs |
//! | `GET /report/live?after=` | helper | the last ten minutes by the second, and the show that runs |
//! | `GET /report/ID` | helper | one show with its series |
//! | `GET /report/ID/csv` | helper | its series as CSV |
//! | `POST /report/start` | host | begins a show, or names the one that runs |
//! | `POST /report/end` | host | ends it |
//! | `PATCH /report/ID` | host | names a show |
//! | `DELETE /report/ID` | host | forgets one that has ended |

use super::Record;
use crate::dev::{Answer, Asked, Problem, enter_with, found};
use crate::state::State;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State as Get};
use axum::http::{HeaderValue, Method, Response, header};
use axum::middleware::{self, Next};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use surtitle_core::record::{ShowReport, csv};
use surtitle_core::{Code, Millis, Reject, Role};
use surtitle_store::Error;

/// The routes, below `/api/report`.
pub fn router(state: &Arc<State>) -> Router<Arc<State>> {
    Router::new()
        .route("/", get(list))
        .route("/live", get(live))
        .route("/start", post(start))
        .route("/end", post(end))
        .route("/{id}", get(one).patch(rename).delete(delete))
        .route("/{id}/csv", get(table))
        .layer(middleware::from_fn_with_state(Arc::clone(state), enter))
}

/// Reading is for helpers too; anything else is the host's.
async fn enter(Get(state): Get<Arc<State>>, request: Request, next: Next) -> Response<Body> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let (role, why) = match reads {
        true => (Role::Helper, "only host and helpers may read reports"),
        false => (Role::Host, "only the host begins, ends, names and forgets shows"),
    };
    enter_with(&state, request, next, role, why).await
}

async fn list(Get(state): Get<Arc<State>>) -> Result<Answer<Value>, Problem> {
    let record = &state.shared.record;
    let mut shows = record.keeper.list().await.map_err(|error| unread(&error))?;
    let running = record.lock().running();
    shows.retain(|show| show.ended.is_some());
    shows.extend(record.lock().ended().into_iter().map(|report| report.show));
    shows.sort_by_key(|show| std::cmp::Reverse(show.id));
    shows.dedup_by_key(|show| show.id);
    Ok(found(json!({ "now": state.shared.clock.now(), "running": running, "shows": shows })))
}

/// Which part of the last ten minutes.
#[derive(Debug, Deserialize)]
struct After {
    /// Only what begins after it.
    #[serde(default)]
    after: Millis,
}

async fn live(Get(state): Get<Arc<State>>, Query(After { after }): Query<After>) -> Answer<Value> {
    let recorder = state.shared.record.lock();
    found(json!({
        "now": state.shared.clock.now(),
        "running": recorder.running(),
        "series": recorder.live(after),
    }))
}

async fn report(record: &Record, id: &str) -> Result<ShowReport, Problem> {
    let id = number(id)?;
    if let Some(report) = record.lock().report(id) {
        return Ok(report);
    }
    record.keeper.get(id).await.map_err(|error| unread(&error))?.ok_or_else(unknown)
}

async fn one(
    Get(state): Get<Arc<State>>,
    Path(id): Path<String>,
) -> Result<Answer<ShowReport>, Problem> {
    Ok(found(report(&state.shared.record, &id).await?))
}

async fn table(
    Get(state): Get<Arc<State>>,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    let mut response = Response::new(Body::from(csv(&report(&state.shared.record, &id).await?)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let name = HeaderValue::from_static("attachment; filename=\"show.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// How a show is called.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Named {
    name: String,
}

async fn start(Get(state): Get<Arc<State>>, Asked(Named { name }): Asked<Named>) -> Answer<Value> {
    let record = &state.shared.record;
    let show = record.lock().start(state.shared.clock.now(), &name);
    record.keep().await;
    found(json!({ "show": show }))
}

async fn end(Get(state): Get<Arc<State>>) -> Result<Answer<Value>, Problem> {
    let record = &state.shared.record;
    let show = record.lock().end(state.shared.clock.now());
    record.keep().await;
    // Ended already is ended.
    Ok(found(json!({ "show": show })))
}

async fn rename(
    Get(state): Get<Arc<State>>,
    Path(id): Path<String>,
    Asked(Named { name }): Asked<Named>,
) -> Result<Answer<Value>, Problem> {
    let (record, id) = (&state.shared.record, number(&id)?);
    if record.lock().rename(id, &name) {
        record.keep().await;
        return Ok(found(json!({})));
    }
    let name = surtitle_core::record::clean_name(&name);
    match record.keeper.rename(id, name).await.map_err(|error| unread(&error))? {
        true => Ok(found(json!({}))),
        false => Err(unknown()),
    }
}

async fn delete(
    Get(state): Get<Arc<State>>,
    Path(id): Path<String>,
) -> Result<Answer<Value>, Problem> {
    let (record, id) = (&state.shared.record, number(&id)?);
    if record.lock().running().is_some_and(|show| show.id == id) {
        return Err(Problem::new(Code::ShowRuns, "this show is still running; end it first"));
    }
    record.lock().forget(id);
    match record.keeper.delete(id).await.map_err(|error| unread(&error))? {
        true => Ok(found(json!({}))),
        false => Err(unknown()),
    }
}

fn number(id: &str) -> Result<u64, Problem> {
    id.parse().map_err(|_| unknown())
}

fn unknown() -> Problem {
    Problem::new(Code::UnknownShow, "there is no show of this number; it may be deleted")
}

fn unread(error: &Error) -> Problem {
    tracing::error!("store: {error}");
    Reject::new(Code::Internal, "the record of shows does not answer; the log says why").into()
}
