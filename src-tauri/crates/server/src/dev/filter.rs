//! What may not be said in an app's rooms.

use super::answer::{Answer, Problem, found};
use super::asked::{Asked, Place};
use serde::Deserialize;
use serde_json::{Value, json};
use surtitle_core::filter::{Filter, Rules, Verdict};
use surtitle_core::text;

/// `GET /apps/APP/filter`.
pub async fn show(place: Place) -> Answer<Value> {
    found(json!(place.app.record().filter))
}

/// `PUT /apps/APP/filter`: all of it, in force with the next message.
pub async fn change(place: Place, Asked(rules): Asked<Rules>) -> Result<Answer<Value>, Problem> {
    Filter::new(&rules)?;
    place.app.change(|record| record.filter = rules).await?;
    Ok(found(json!(place.app.record().filter)))
}

/// A text to try, and rules that are perhaps not in force yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    text: String,
    filter: Option<Rules>,
}

/// `POST /apps/APP/filter/try`: what would become of a text.
pub async fn attempt(place: Place, Asked(sample): Asked<Sample>) -> Result<Answer<Value>, Problem> {
    let rules = sample.filter.unwrap_or_else(|| place.app.record().filter.clone());
    let answer = match Filter::new(&rules)?.judge(&text::clean(&sample.text)) {
        Verdict::Pass => json!({ "becomes": "pass" }),
        Verdict::Mask { rule, text } => json!({ "becomes": "mask", "rule": rule, "text": text }),
        Verdict::Hide { rule } => json!({ "becomes": "hide", "rule": rule }),
        Verdict::Refuse { rule } => json!({ "becomes": "refuse", "rule": rule }),
    };
    Ok(found(answer))
}
