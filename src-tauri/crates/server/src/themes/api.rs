//! `/api/themes`: what the console's page Themes does.
//!
//! | asked | does |
//! |---|---|
//! | `GET /themes` | every theme and what can be changed about it |
//! | `POST /themes` | a new one of the host's |
//! | `POST /themes/try` | the style sheet of one that is not kept |
//! | `POST /themes/file` | a new one from a file |
//! | `POST /themes/fonts?family=` | keeps a font file |
//! | `PUT`, `DELETE /themes/ID` | changes, forgets one of the host's |
//! | `GET /themes/ID/file` | the theme as a file |
//!
//! Overlays that wear a theme hear of every change at once.

use super::own::Own;
use super::portable::{FILE_LIMIT, Portable};
use super::variable::Variable;
use super::{Dressed, Themes, fonts, slots, unknown};
use crate::dev::{Answer, Asked, Problem, found};
use crate::show::Ask;
use crate::state::State;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State as Get};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use surtitle_core::Code;

/// Largest theme without its fonts, bytes: its CSS twice over.
const THEME_LIMIT: usize = 2 * super::css::LIMIT;

/// The routes, below `/api`; whoever comes here is the host.
pub fn router() -> Router<Arc<State>> {
    let small = Router::new()
        .route("/themes", get(list).post(create))
        .route("/themes/try", post(attempt))
        .route("/themes/{id}", put(change).delete(delete))
        .route("/themes/{id}/file", get(export))
        .layer(DefaultBodyLimit::max(THEME_LIMIT));
    let file =
        Router::new().route("/themes/file", post(import)).layer(DefaultBodyLimit::max(FILE_LIMIT));
    let font = Router::new()
        .route("/themes/fonts", post(add_font))
        .layer(DefaultBodyLimit::max(fonts::FONT_LIMIT));
    small.merge(file).merge(font)
}

async fn list(Get(state): Get<Arc<State>>) -> Answer<Value> {
    let themes = &state.shared.themes;
    let all: Vec<Value> = themes.list().iter().map(|dressed| described(themes, dressed)).collect();
    found(json!({ "themes": all, "slots": slots::slots() }))
}

async fn create(
    Get(state): Get<Arc<State>>,
    Asked(own): Asked<Own>,
) -> Result<Answer<Value>, Problem> {
    let id = state.shared.themes.create(own).await?;
    answer(&state, StatusCode::CREATED, &id)
}

async fn attempt(
    Get(state): Get<Arc<State>>,
    Asked(own): Asked<Own>,
) -> Result<Answer<Value>, Problem> {
    let base = state.shared.themes.check(&own)?;
    let (theme, sheet) = own.dress("draft", base);
    let css = String::from_utf8_lossy(&sheet.text);
    Ok(found(json!({ "theme": theme, "css": css })))
}

async fn change(
    Get(state): Get<Arc<State>>,
    Path(id): Path<String>,
    Asked(own): Asked<Own>,
) -> Result<Answer<Value>, Problem> {
    state.shared.themes.change(&id, own).await?;
    state.show.tell(Ask::Theme(id.clone())).await;
    answer(&state, StatusCode::OK, &id)
}

async fn delete(
    Get(state): Get<Arc<State>>,
    Path(id): Path<String>,
) -> Result<Answer<Value>, Problem> {
    state.shared.themes.delete(&id).await?;
    state.show.tell(Ask::Theme(id)).await;
    Ok(found(json!({})))
}

async fn export(
    Get(state): Get<Arc<State>>,
    Path(id): Path<String>,
) -> Result<Answer<Portable>, Problem> {
    let themes = &state.shared.themes;
    let own = themes.own(&id)?;
    let mut files = BTreeMap::new();
    for font in &own.fonts {
        if let Some(file) = themes.font_file(&font.key).await? {
            files.insert(font.key.clone(), file);
        }
    }
    Ok(found(Portable::pack(&own, &files)))
}

async fn import(
    Get(state): Get<Arc<State>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answer<Value>, Problem> {
    let bytes = whole(body, "the file is larger than a theme can be")?;
    let bad = |why| Problem::new(Code::BadValue, why);
    let (own, files) = Portable::read(&bytes).map_err(bad)?;
    let themes = &state.shared.themes;
    // Before its fonts are kept: a bad theme leaves nothing behind.
    themes.check(&own)?;
    for (font, bytes) in files {
        themes.add_font(&font.family, &bytes).await?;
    }
    let id = themes.create(own).await?;
    answer(&state, StatusCode::CREATED, &id)
}

async fn add_font(
    Get(state): Get<Arc<State>>,
    Query(query): Query<HashMap<String, String>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answer<Value>, Problem> {
    let bytes = whole(body, "the font is larger than 2 MB; subset it")?;
    let family = query.get("family").map_or("", String::as_str);
    let font = state.shared.themes.add_font(family, &bytes).await?;
    Ok(Answer(StatusCode::CREATED, json!(font)))
}

fn whole(body: Result<Bytes, BytesRejection>, too_large: &str) -> Result<Bytes, Problem> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(Code::Oversized, too_large),
        _ => Problem::new(Code::Malformed, "the file did not come through; try again"),
    })
}

fn answer(state: &State, status: StatusCode, id: &str) -> Result<Answer<Value>, Problem> {
    let themes = &state.shared.themes;
    let dressed = themes.get(id).ok_or_else(|| unknown(id))?;
    Ok(Answer(status, described(themes, &dressed)))
}

/// A theme as the editor wants it.
fn described(themes: &Themes, dressed: &Dressed) -> Value {
    let Dressed { theme, own, .. } = dressed;
    let base = own.as_ref().map_or(theme.id.as_str(), |own| own.base.as_str());
    let described = themes.described(base);
    let variables: &[Variable] = described.map_or(&[], |d| &d.variables);
    let name = own.as_ref().map(|own| own.name.clone());
    json!({
        "id": theme.id,
        "name": name.or_else(|| described.map(|d| d.name.clone())),
        "own": own,
        "base": base,
        "motion": theme.motion,
        "template": theme.template,
        "variables": variables,
    })
}
