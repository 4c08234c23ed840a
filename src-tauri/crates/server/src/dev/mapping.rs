//! The app's own words: which custom message becomes which event.

use super::answer::{Answer, Problem, found};
use super::asked::{Asked, Place};
use crate::state::State;
use axum::extract::State as Get;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use surtitle_core::Code;
use surtitle_core::wire::Body;
use surtitle_tim::body::Element;
use surtitle_tim::map::{self, Mapping};

/// `GET /apps/APP/mapping`.
pub async fn show(place: Place) -> Answer<Value> {
    found(json!(place.app.record().mapping))
}

/// `PUT /apps/APP/mapping`: all of it, in force with the next message.
pub async fn change(
    place: Place,
    Asked(mapping): Asked<Mapping>,
) -> Result<Answer<Value>, Problem> {
    check(&mapping)?;
    place.app.change(|record| record.mapping = mapping).await?;
    Ok(found(json!(place.app.record().mapping)))
}

/// A message to try, and rules that are perhaps not in force yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    data: String,
    #[serde(default)]
    extension: String,
    mapping: Option<Mapping>,
}

/// `POST /apps/APP/mapping/try`: what a custom message would become.
pub async fn attempt(
    Get(state): Get<Arc<State>>,
    place: Place,
    Asked(sample): Asked<Sample>,
) -> Result<Answer<Value>, Problem> {
    let mapping = match sample.mapping {
        Some(mapping) => mapping,
        None => place.app.record().mapping.clone(),
    };
    check(&mapping)?;
    let elements = [Element::Custom { data: sample.data, ext: sample.extension }];
    let is_gift = |id: &str| state.gifts.iter().any(|gift| gift.id == id);
    let meaning = map::meaning(&elements, &mapping, is_gift);
    let body = match &meaning.body {
        // It has no form of its own on any socket.
        Body::Paid { text, paid } => json!({ "kind": "comment", "text": text, "paid": paid }),
        body => json!(body),
    };
    let becomes = match &meaning.body {
        Body::Paid { .. } => "paid",
        Body::Comment { .. } => "comment",
        Body::Gift { .. } => "gift",
        _ if meaning.likes > 0 => "like",
        _ if meaning.follows > 0 => "follow",
        _ => "custom",
    };
    let order = map::order(&elements).is_some();
    Ok(found(json!({
        "becomes": becomes,
        "body": body,
        "likes": meaning.likes,
        "follows": meaning.follows,
        "order": order,
    })))
}

fn check(mapping: &Mapping) -> Result<(), Problem> {
    mapping.check().map_err(|why| Problem::new(Code::BadValue, why.to_string()))
}
