//! Counters of a group.

use super::call::Call;
use super::table::{Command, Done};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use surtitle_tim::code::Refusal;
use surtitle_tim::group::CounterMode;

/// One counter.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Counter {
    /// 1 to 128 bytes.
    key: String,
    value: i64,
}

/// What to do with the values.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
pub enum Mode {
    /// Takes them as they are.
    #[default]
    Set,
    /// Adds them.
    Increase,
    /// Subtracts them.
    Decrease,
}

impl From<Mode> for CounterMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Set => Self::Set,
            Mode::Increase => Self::Increase,
            Mode::Decrease => Self::Decrease,
        }
    }
}

/// Counters with their values now.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Counters {
    group_counter: Vec<Counter>,
}

fn answer(counters: Vec<(String, i64)>) -> Counters {
    let list = counters.into_iter().map(|(key, value)| Counter { key, value });
    Counters { group_counter: list.collect() }
}

/// `update_group_counter`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "UpdateCounters")]
#[serde(rename_all = "PascalCase")]
pub struct Update {
    /// Where.
    group_id: String,
    /// 1 to 20 counters; a missing one begins at 0, and values stop at the ends of 64 bits.
    group_counter: Vec<Counter>,
    mode: Option<Mode>,
}

impl Command for Update {
    const PATH: &'static str = "group_open_http_svc/update_group_counter";
    const ABOUT: &'static str = "Sets, raises or lowers counters; the group is told.";
    type Answer = Counters;

    async fn run(self, call: Call) -> Result<Counters, Refusal> {
        let mode = self.mode.unwrap_or_default().into();
        let list: Vec<(String, i64)> =
            self.group_counter.into_iter().map(|counter| (counter.key, counter.value)).collect();
        let counters = call.at(&self.group_id, move |desk| {
            desk.change_with(|group, _, _| {
                let counted = group.update_counters(mode, &list)?;
                Ok((counted.counters, counted.said))
            })
        });
        Ok(answer(counters.await?))
    }
}

/// `get_group_counter`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetCounters")]
#[serde(rename_all = "PascalCase")]
pub struct Read {
    /// Where.
    group_id: String,
    /// Which; all without it.
    group_counter_keys: Option<Vec<String>>,
}

impl Command for Read {
    const PATH: &'static str = "group_open_http_svc/get_group_counter";
    const ABOUT: &'static str = "Counters of a group.";
    type Answer = Counters;

    async fn run(self, call: Call) -> Result<Counters, Refusal> {
        let keys = self.group_counter_keys.unwrap_or_default();
        let counters = call.at(&self.group_id, move |desk| Ok(desk.group.read_counters(&keys)));
        Ok(answer(counters.await?))
    }
}

/// `delete_group_counter`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "DeleteCounters")]
#[serde(rename_all = "PascalCase")]
pub struct Delete {
    /// Where.
    group_id: String,
    /// At most 20; all without it.
    group_counter_keys: Option<Vec<String>>,
}

impl Command for Delete {
    const PATH: &'static str = "group_open_http_svc/delete_group_counter";
    const ABOUT: &'static str = "Deletes counters of a group; it is told.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let keys = self.group_counter_keys.unwrap_or_default();
        let deleted = call.at(&self.group_id, move |desk| {
            desk.change(|group, _, _| group.delete_counters(&keys))
        });
        deleted.await?;
        Ok(Done {})
    }
}
