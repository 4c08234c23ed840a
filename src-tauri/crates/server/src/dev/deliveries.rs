//! The log of told events, and telling one again.

use super::answer::{Answer, Problem, found};
use super::asked::{Place, Sought};
use crate::apps::failed;
use crate::state::State;
use axum::extract::State as Get;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use surtitle_core::Code;
use surtitle_store::{DeliveryRecord, DeliveryState, Row};

/// Most rows of one answer.
const PAGE: u32 = 100;

/// Which rows.
#[derive(Debug, Deserialize)]
pub struct Page {
    /// Older than this one.
    before: Option<u64>,
    /// At most [`PAGE`]; 50 if it is left out.
    limit: Option<u32>,
}

/// `GET /apps/APP/deliveries?before=ROW&limit=50`: newest first.
pub async fn list(
    Get(state): Get<Arc<State>>,
    place: Place,
    Sought(page): Sought<Page>,
) -> Result<Answer<Value>, Problem> {
    let limit = page.limit.unwrap_or(50).clamp(1, PAGE);
    let store = &state.shared.store;
    let list = store.list_deliveries(place.app.id, limit, page.before.map(Row)).await;
    let list: Vec<Value> = list.map_err(failed)?.iter().map(shown).collect();
    Ok(found(json!({ "deliveries": list })))
}

fn shown(record: &DeliveryRecord) -> Value {
    let (state, at, note) = match &record.state {
        DeliveryState::Due { at } => ("due", at, ""),
        DeliveryState::Done { at, note } => ("done", at, note.as_str()),
        DeliveryState::Failed { at, note } => ("failed", at, note.as_str()),
    };
    json!({
        "row": record.row.0,
        "command": record.command,
        "made": record.made_at,
        "attempts": record.attempts,
        "state": state,
        "at": at,
        "note": note,
        "query": record.query,
        "body": record.body,
    })
}

/// `POST /apps/APP/deliveries/ROW/resend`: once more, now.
pub async fn resend(place: Place) -> Result<Answer<Value>, Problem> {
    let row = place.part("row").parse().map(Row).ok();
    let known = match row {
        Some(row) => place.app.hooks.resend(row).await.map_err(failed)?,
        None => false,
    };
    if !known {
        let message = "this app's log has no such row (any more)";
        return Err(Problem::new(Code::UnknownItem, message));
    }
    Ok(found(json!({})))
}
