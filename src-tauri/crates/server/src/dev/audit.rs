//! Who did what, for the host to read and keep.

use super::answer::{Answer, Problem, found};
use super::asked::Sought;
use crate::show::AUDIT_KIND;
use crate::state::State;
use axum::extract::State as Get;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Most entries of one answer.
const PAGE: usize = 500;

/// Which part of it.
#[derive(Debug, Deserialize)]
pub struct Part {
    /// Only what is older than the entry of this key.
    before: Option<String>,
    /// At most so many, 1 to 500.
    limit: Option<usize>,
}

/// `GET /audit`: the newest first.
pub async fn list(
    Get(state): Get<Arc<State>>,
    Sought(part): Sought<Part>,
) -> Result<Answer<Value>, Problem> {
    let all = state.shared.store.list_documents(AUDIT_KIND).await;
    let all = all.map_err(crate::apps::failed)?;
    let older = |key: &str| part.before.as_ref().is_none_or(|before| key < before.as_str());
    let page = all.into_iter().rev().filter(|entry| older(&entry.key));
    let limit = part.limit.unwrap_or(100).clamp(1, PAGE);
    let entries: Vec<Value> = page
        .take(limit)
        .map(|entry| {
            let mut value = entry.value;
            value["key"] = entry.key.into();
            value
        })
        .collect();
    Ok(found(json!({ "entries": entries })))
}
