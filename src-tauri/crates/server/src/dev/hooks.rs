//! Webhooks of an app: what is called, how it fares, and one call to try it.

use super::answer::{Answer, Problem, found};
use super::asked::{Asked, Place};
use crate::apps::App;
use crate::hooks::{Call, HookConfig, Platform, Verdict};
use crate::state::State;
use axum::extract::State as Get;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use surtitle_core::Code;
use surtitle_tim::hook::Command;
use surtitle_tim::hook::body::{GroupMessage, before_send};
use tokio::time::Instant;

/// The group a test call is about; no app has one of that name unless it wants to.
const TEST_GROUP: &str = "surtitle-test";
/// What somebody is said to have said in it.
const TEST_BODY: &str = r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"A test call."}}]"#;

/// `GET /apps/APP/hooks`.
pub async fn show(place: Place) -> Answer<Value> {
    found(shown(&place.app))
}

/// The token is never told, only whether there is one.
fn shown(app: &App) -> Value {
    let config = app.hooks.config();
    json!({
        "url": config.url,
        "commands": config.commands,
        "refuse_on_failure": config.refuse_on_failure,
        "retry": config.retry,
        "has_token": config.token.is_some(),
        "health": app.hooks.health(),
    })
}

/// What a host wants of the webhooks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    url: Option<String>,
    commands: BTreeSet<String>,
    refuse_on_failure: bool,
    retry: bool,
    /// Absent to keep the token there is, `null` for none.
    #[serde(default, deserialize_with = "given")]
    token: Option<Option<String>>,
}

fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// `PUT /apps/APP/hooks`: all of it but, if it is left out, the token. In
/// force with the next call.
pub async fn change(place: Place, Asked(wanted): Asked<Wanted>) -> Result<Answer<Value>, Problem> {
    let app = &place.app;
    let mut config = HookConfig {
        url: wanted.url,
        commands: wanted.commands,
        refuse_on_failure: wanted.refuse_on_failure,
        retry: wanted.retry,
        token: wanted.token.clone().flatten(),
    };
    config.check().map_err(|why| Problem::new(Code::BadValue, why))?;
    let keep = wanted.token.is_none();
    app.change(|record| {
        if keep {
            config.token = record.hooks.token.take();
        }
        record.hooks = config;
    })
    .await?;
    Ok(found(shown(app)))
}

/// `POST /apps/APP/hooks/test`: asks the back end about a message that nobody
/// sent, past policy and circuit breaker, and says what it answered.
pub async fn test(Get(state): Get<Arc<State>>, place: Place) -> Answer<Value> {
    let actor = place.actor();
    let content = RawValue::from_string(TEST_BODY.to_owned()).expect("it is JSON");
    let message = GroupMessage {
        group: TEST_GROUP,
        from: &actor.account,
        operator: &actor.account,
        random: 1,
        body: &content,
        cloud: "",
        at_ms: state.shared.clock.now().0,
    };
    let call = Call {
        command: Command::BeforeSendMsg,
        body: before_send(&message),
        ip: None,
        platform: Platform::RestApi,
    };
    let begun = Instant::now();
    let answer = place.app.hooks.probe(&call).await;
    let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (ok, note) = match answer {
        Ok(Verdict::Allow) => (true, "It answered and would let the message through".to_owned()),
        Ok(Verdict::Rewrite { .. }) => {
            (true, "It answered and would change the message".to_owned())
        }
        Ok(Verdict::Drop) => (true, "It answered and would drop the message silently".to_owned()),
        Ok(Verdict::Refuse(why)) => {
            (true, format!("It answered and would refuse the message with {}", why.number))
        }
        Err(why) => (false, format!("No answer that can be used: {why}")),
    };
    found(json!({ "ok": ok, "took_ms": took_ms, "note": note }))
}
