//! Who did what: every command of a host or helper that was allowed, written
//! down beside the log, never changed. No words of a message are in it.
//!
//! At most [`ENTRIES`] are kept; the oldest goes for a new one, and what is
//! older than the log's days goes with the next start.

use super::ShowTask;
use crate::log::Receipt;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use surtitle_core::wire::HostCommand;
use surtitle_core::{Millis, Sender};
use surtitle_store::LogWrite;

/// Kind of the documents entries are written down as.
pub const AUDIT_KIND: &str = "audit";
/// Most entries kept.
const ENTRIES: usize = 5_000;
/// Fields of a command that say on whom or what; none holds words.
const SAID: [&str; 9] = ["id", "user", "seconds", "on", "who", "overlay", "what", "public", "tier"];

/// Keys of the entries, oldest first.
#[derive(Debug, Default)]
pub(super) struct Audit {
    keys: VecDeque<String>,
    count: u32,
}

impl Audit {
    /// Those of earlier runs.
    pub fn new(keys: Vec<String>) -> Self {
        Self { keys: keys.into(), count: 0 }
    }
}

/// The key of the first entry that could be made at a time.
pub fn key(at: Millis, count: u32) -> String {
    format!("{:014}-{count:08}", at.0)
}

impl ShowTask {
    /// Notes that somebody did something.
    pub(super) async fn note(&mut self, now: Millis, by: &Sender, command: &HostCommand) {
        self.shared.record.command(command);
        let Some((what, on)) = describe(command) else { return };
        let entry = serde_json::json!({
            "at": now.0, "who": by.nick, "role": by.role, "what": what, "on": on,
        });
        let audit = &mut self.audit;
        audit.count = audit.count.wrapping_add(1);
        let key = key(now, audit.count);
        let kind = AUDIT_KIND.to_owned();
        audit.keys.push_back(key.clone());
        let mut writes = vec![LogWrite::Document { kind: kind.clone(), key, value: Some(entry) }];
        while self.audit.keys.len() > ENTRIES {
            let Some(key) = self.audit.keys.pop_front() else { break };
            writes.push(LogWrite::Document { kind: kind.clone(), key, value: None });
        }
        // Nobody waits for it, but it must not linger: a crash is when it is read.
        self.shared.log.write(writes, Some(Receipt::new(|_| {}))).await;
    }
}

/// What a command does, in a word, and on what; `None` for those of machines.
fn describe(command: &HostCommand) -> Option<(String, Map<String, Value>)> {
    if matches!(command, HostCommand::Backdrop { .. }) {
        return None;
    }
    let Ok(Value::Object(command)) = serde_json::to_value(command) else { return None };
    let inner = ["order", "placard"].iter().find_map(|part| command.get(*part)?.as_object());
    let word = |map: &Map<String, Value>, key: &str| map.get(key)?.as_str().map(str::to_owned);
    let mut what = word(&command, "do")?;
    let kind = inner.and_then(|inner| {
        let tags = ["set", "to", "kind", "order"];
        tags.iter().find_map(|tag| word(inner, tag))
    });
    // The board's order is a field of the command itself.
    let kind = kind.or_else(|| word(&command, "order"));
    if let Some(kind) = kind {
        what = format!("{what} {kind}");
    }
    let fields = command.iter().chain(inner.into_iter().flatten());
    let said = fields.filter(|(key, value)| SAID.contains(&key.as_str()) && !value.is_object());
    Some((what, said.map(|(key, value)| (key.clone(), value.clone())).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use surtitle_core::wire::{InquiryOrder, RoomOrder};

    #[test]
    fn entries_say_what_on_whom_and_no_words() {
        let order = RoomOrder::Ban { user: "u-1".into(), seconds: 60 };
        let (what, on) = describe(&HostCommand::Order { order }).expect("noted");
        assert_eq!(what, "order ban");
        assert_eq!(Value::from(on), serde_json::json!({ "user": "u-1", "seconds": 60 }));
        let text = "a private word".to_owned();
        let order = InquiryOrder::Answer { id: 3, text: text.clone(), public: false };
        let (what, on) = describe(&HostCommand::Inquiry { order }).expect("noted");
        assert_eq!(what, "inquiry answer");
        assert_eq!(Value::from(on), serde_json::json!({ "id": 3, "public": false }));
        let (what, on) = describe(&HostCommand::Say { text }).expect("noted");
        assert_eq!((what.as_str(), on.len()), ("say", 0));
    }
}
