//! What else a host sets of an app.

use super::answer::{Answer, Problem, found};
use super::asked::{Asked, Place};
use crate::apps::logins::INSTANCES;
use crate::apps::{App, Record};
use serde::Deserialize;
use serde_json::{Value, json};
use surtitle_core::Code;

/// Settings of an app.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Logins of one account on one platform at once.
    instances: usize,
    /// Whether an order to mute inside a custom message of staff mutes.
    #[serde(default)]
    order_mutes: Option<bool>,
    /// For how long an order to remove bans, in seconds; 0 for not at all.
    #[serde(default)]
    order_ban_s: Option<u32>,
}

/// `GET /apps/APP/settings`.
pub async fn show(place: Place) -> Answer<Value> {
    found(shown(&place.app))
}

fn shown(app: &App) -> Value {
    let record = app.record();
    json!({
        "instances": record.instances.unwrap_or(INSTANCES),
        "order_mutes": record.orders.mute,
        "order_ban_s": record.orders.ban_s,
    })
}

/// `PUT /apps/APP/settings`.
pub async fn change(
    place: Place,
    Asked(Settings { instances, order_mutes, order_ban_s }): Asked<Settings>,
) -> Result<Answer<Value>, Problem> {
    if !(1..=10).contains(&instances) {
        return Err(Problem::new(Code::BadValue, "\"instances\" must be 1 to 10"));
    }
    let change = |record: &mut Record| {
        record.instances = Some(instances);
        record.orders.mute = order_mutes.unwrap_or(record.orders.mute);
        record.orders.ban_s = order_ban_s.unwrap_or(record.orders.ban_s);
    };
    place.app.change(change).await?;
    Ok(found(shown(&place.app)))
}
