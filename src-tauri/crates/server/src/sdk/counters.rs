//! Counters of a group by SDK.

use super::command::act;
use super::session::{Session, malformed};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::Request;
use surtitle_tim::group::{Counted, CounterMode};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Counter {
    key: String,
    value: i64,
}

fn wire(counters: Vec<(String, i64)>) -> Vec<Counter> {
    counters.into_iter().map(|(key, value)| Counter { key, value }).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    group_counter: Vec<Counter>,
    #[serde(default)]
    mode: Option<String>,
}

/// `update_group_counter`: answered with the new values.
pub async fn update(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let Update { group_counter, mode } = request.body().map_err(malformed)?;
    let mode = match mode {
        None => CounterMode::default(),
        Some(word) => CounterMode::of(&word).ok_or_else(|| {
            let text = format!("Mode is {word:?}; it is Set, Increase or Decrease");
            Refusal::new(Code::Parameter, text)
        })?,
    };
    let list: Vec<(String, i64)> = group_counter.into_iter().map(|c| (c.key, c.value)).collect();
    let counters = act(session, request, move |desk| {
        desk.change_with(|group, _, _| {
            let Counted { counters, said } = group.update_counters(mode, &list)?;
            Ok((counters, said))
        })
    })
    .await?;
    Ok(json!({ "GroupCounter": wire(counters) }))
}

/// `get_group_counter`: all of them whatever is asked, since an SDK takes the
/// answer for all there is and picks from it.
pub async fn get(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    act(session, request, |desk| {
        let counters = wire(desk.group.read_counters(&[]));
        let seq = desk.group.counters().seq;
        Ok(json!({ "GroupCounter": counters, "GroupCounterSeq": seq }))
    })
    .await
}
