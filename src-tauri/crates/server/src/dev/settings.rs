//! What else a host sets of an app.

use super::answer::{Answer, Problem, found};
use super::asked::{Asked, Place};
use crate::apps::App;
use crate::apps::logins::INSTANCES;
use serde::Deserialize;
use serde_json::{Value, json};
use surtitle_core::Code;

/// Settings of an app.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Logins of one account on one platform at once.
    instances: usize,
}

/// `GET /apps/APP/settings`.
pub async fn show(place: Place) -> Answer<Value> {
    found(shown(&place.app))
}

fn shown(app: &App) -> Value {
    json!({ "instances": app.record().instances.unwrap_or(INSTANCES) })
}

/// `PUT /apps/APP/settings`.
pub async fn change(
    place: Place,
    Asked(Settings { instances }): Asked<Settings>,
) -> Result<Answer<Value>, Problem> {
    if !(1..=10).contains(&instances) {
        return Err(Problem::new(Code::BadValue, "\"instances\" must be 1 to 10"));
    }
    place.app.change(|record| record.instances = Some(instances)).await?;
    Ok(found(shown(&place.app)))
}
