//! Apps: which there are, new ones, changed ones, and the end of one.

use super::answer::{Answer, Problem, found};
use super::asked::{Asked, Place};
use super::keys;
use crate::apps::{APPS, App};
use crate::state::State;
use axum::extract::State as Get;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use surtitle_core::Code;
use surtitle_tim::map;

/// Most characters of an app's name.
const NAME_LIMIT: usize = 60;
/// Most admins of an app, as the vendor has it.
const ADMINS_LIMIT: usize = 5;
/// Admin of an app that names none.
const ADMIN: &str = "administrator";

/// `GET /apps`: every app, the configured one first.
pub async fn list(Get(state): Get<Arc<State>>) -> Answer<Value> {
    let mut apps = state.apps.list();
    apps.sort_by_key(|app| (!app.first, app.id));
    let list: Vec<Value> = apps.iter().map(|app| shown(app)).collect();
    found(json!({ "apps": list, "limit": APPS }))
}

fn shown(app: &App) -> Value {
    let (record, rooms) = (app.record(), app.rooms());
    let online: u64 = rooms.iter().map(|room| u64::from(room.online())).sum();
    json!({
        "id": app.id,
        "name": record.name,
        "first": app.first,
        "groups": rooms.len(),
        "admins": record.admins,
        "created": record.created_at,
        "online": online,
    })
}

/// A new app.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    name: String,
    admins: Option<Vec<String>>,
}

/// `POST /apps`: makes one. Its key is in this answer and in no other.
pub async fn create(
    Get(state): Get<Arc<State>>,
    Asked(new): Asked<New>,
) -> Result<Answer<Value>, Problem> {
    let name = check_name(&new.name)?;
    let admins = check_admins(new.admins.unwrap_or_else(|| vec![ADMIN.to_owned()]))?;
    let secret_key = keys::made()?;
    let made = state.apps.create(name, secret_key.clone(), admins).await?;
    let app = made.ok_or_else(|| {
        let message = format!("this server has {APPS} apps, as many as it may; delete one first");
        Problem::new(Code::TooManyApps, message)
    })?;
    tracing::info!("app {} was made", app.id);
    Ok(Answer(StatusCode::CREATED, json!({ "id": app.id, "secret_key": secret_key })))
}

/// What changes of an app.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    name: Option<String>,
    admins: Option<Vec<String>>,
}

/// `PATCH /apps/APP`.
pub async fn change(place: Place, Asked(change): Asked<Change>) -> Result<Answer<Value>, Problem> {
    let app = &place.app;
    let name = change.name.as_deref().map(check_name).transpose()?;
    let admins = change.admins.map(check_admins).transpose()?;
    if app.first && admins.is_some() {
        let message = "the first app's admins are set by `admins` in the configuration";
        return Err(Problem::new(Code::Configured, message));
    }
    app.change(|record| {
        record.name = name.unwrap_or_else(|| std::mem::take(&mut record.name));
        record.admins = admins.unwrap_or_else(|| std::mem::take(&mut record.admins));
    })
    .await?;
    Ok(found(shown(app)))
}

/// The name of the app that is to go, said again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    name: String,
}

/// `DELETE /apps/APP`: everything it has goes, for good.
pub async fn delete(
    Get(state): Get<Arc<State>>,
    place: Place,
    Asked(confirmation): Asked<Confirmation>,
) -> Result<Answer<Value>, Problem> {
    let app = place.app;
    if app.first {
        let message = "the first app has the room of this server's own pages and stays";
        return Err(Problem::new(Code::Configured, message));
    }
    if confirmation.name.trim() != app.record().name {
        let message = "\"name\" is not the app's name; write it to confirm";
        return Err(Problem::new(Code::BadValue, message));
    }
    state.apps.delete(app.id).await?;
    tracing::info!("app {} was deleted", app.id);
    Ok(found(json!({})))
}

fn check_name(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    let fits = (1..=NAME_LIMIT).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    let message = format!("\"name\" must be 1 to {NAME_LIMIT} characters on one line");
    Err(Problem::new(Code::BadValue, message))
}

fn check_admins(admins: Vec<String>) -> Result<Vec<String>, Problem> {
    let bad = |message: String| Err(Problem::new(Code::BadValue, message));
    if !(1..=ADMINS_LIMIT).contains(&admins.len()) {
        return bad(format!("\"admins\" must name 1 to {ADMINS_LIMIT} accounts"));
    }
    if let Some(wrong) = admins.iter().find(|account| !map::is_account(account)) {
        return bad(format!(
            "\"admins\": {wrong:?} is no UserID: 1 to 32 printable ASCII characters"
        ));
    }
    if admins.iter().collect::<BTreeSet<_>>().len() < admins.len() {
        return bad("\"admins\" names an account twice".to_owned());
    }
    Ok(admins)
}
