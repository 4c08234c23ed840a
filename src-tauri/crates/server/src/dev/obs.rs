//! `/api/obs`: the way to OBS, set up and used by the host. The password goes
//! in and never comes out.

use super::answer::{Answer, Problem, found};
use super::asked::Asked;
use crate::obs::Settings;
use crate::state::State;
use axum::extract::State as Get;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// `PUT /obs`.
#[derive(Debug, Deserialize)]
pub struct Change {
    #[serde(flatten)]
    settings: Settings,
    /// Absent: as it was; empty: none.
    #[serde(default)]
    password: Option<String>,
}

/// `POST /obs/put`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Put {
    /// Into which scene; without it the one of the settings, or the one on air.
    scene: Option<String>,
}

/// `GET /obs`.
pub async fn show(Get(state): Get<Arc<State>>) -> Answer<Value> {
    found(shown(&state))
}

fn shown(state: &State) -> Value {
    let (settings, has_password) = state.obs.settings();
    json!({ "settings": settings, "has_password": has_password })
}

/// `PUT /obs`.
pub async fn change(
    Get(state): Get<Arc<State>>,
    Asked(Change { settings, password }): Asked<Change>,
) -> Result<Answer<Value>, Problem> {
    state.obs.change(settings.checked()?, password).await?;
    Ok(found(shown(&state)))
}

/// `POST /obs/put`: makes the source or repairs it.
pub async fn put(
    Get(state): Get<Arc<State>>,
    Asked(Put { scene }): Asked<Put>,
) -> Result<Answer<Value>, Problem> {
    let done = state.obs.put(scene.filter(|scene| !scene.is_empty())).await?;
    Ok(found(json!({ "done": done })))
}

/// `POST /obs/heal`: refreshes the source.
pub async fn heal(Get(state): Get<Arc<State>>) -> Result<Answer<Value>, Problem> {
    state.obs.heal().await?;
    Ok(found(json!({})))
}

/// `GET /obs/scenes`.
pub async fn scenes(Get(state): Get<Arc<State>>) -> Result<Answer<Value>, Problem> {
    Ok(found(json!({ "scenes": state.obs.scenes().await? })))
}
