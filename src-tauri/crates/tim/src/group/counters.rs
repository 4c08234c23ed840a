//! Counters: whole numbers of the room, such as likes and gifts.
//!
//! Everybody may count, as the vendor has it; deleting is for back ends, for
//! no SDK has a call for it.

use super::{Group, Said};
use crate::code::{Code, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Most counters of a group, and most named by one command.
pub const COUNTERS_LIMIT: usize = 20;
/// Most bytes of a counter's key.
pub const COUNTER_KEY_LIMIT: usize = 128;

/// What an update does with its values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CounterMode {
    /// Takes them as they are; so does a request without a mode.
    #[default]
    Set,
    /// Adds them; a counter that is missing begins at 0.
    Increase,
    /// Subtracts them; a counter that is missing begins at 0.
    Decrease,
}

impl CounterMode {
    /// `Mode` as the vendor writes it.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "Set" => Some(Self::Set),
            "Increase" => Some(Self::Increase),
            "Decrease" => Some(Self::Decrease),
            _ => None,
        }
    }
}

/// The counters of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counters {
    /// `GroupCounterSeq`: one more with every tip.
    pub seq: u64,
    /// By key.
    pub list: BTreeMap<String, i64>,
}

/// What came of an update.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The new values of the counters named, in order of the request.
    pub counters: Vec<(String, i64)>,
    /// For the room, whoever counted included: its SDK waits for it.
    pub said: Vec<Said>,
}

impl Group {
    /// Sets, raises or lowers 1 to 20 counters, all or none. Values stop at
    /// the ends of 64 bits; a counter named twice is counted twice.
    pub fn update_counters(
        &mut self,
        mode: CounterMode,
        list: &[(String, i64)],
    ) -> Result<Counted, Refusal> {
        if list.is_empty() {
            return Err(Refusal::new(Code::Parameter, "GroupCounter is empty"));
        }
        if list.len() > COUNTERS_LIMIT {
            let text = format!("GroupCounter names more than {COUNTERS_LIMIT} counters");
            return Err(Refusal::new(Code::CounterCount, text));
        }
        let mut new = self.counters.list.clone();
        for (key, value) in list {
            check_key("Key", key)?;
            let counter = new.entry(key.clone()).or_default();
            *counter = match mode {
                CounterMode::Set => *value,
                CounterMode::Increase => counter.saturating_add(*value),
                CounterMode::Decrease => counter.saturating_sub(*value),
            };
        }
        if new.len() > COUNTERS_LIMIT {
            return Err(Code::CounterCount.into());
        }
        self.counters.list = new;
        let keys: Vec<String> = list.iter().map(|(key, _)| key.clone()).collect();
        let counters = self.read_counters(&super::distinct(&keys));
        let told = counters.iter().map(|(key, value)| json!({ "Key": key, "Value": value }));
        let said = vec![self.counters.tip(0, told.collect())];
        Ok(Counted { counters, said })
    }

    /// The counters named that there are; none named = all, by key.
    pub fn read_counters(&self, keys: &[String]) -> Vec<(String, i64)> {
        let list = &self.counters.list;
        if keys.is_empty() {
            return list.iter().map(|(key, value)| (key.clone(), *value)).collect();
        }
        keys.iter().filter_map(|key| Some((key.clone(), *list.get(key)?))).collect()
    }

    /// `GroupCounterSeq` and all counters.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Deletes the counters named that there are; none named = all.
    pub fn delete_counters(&mut self, keys: &[String]) -> Result<Vec<Said>, Refusal> {
        if keys.len() > COUNTERS_LIMIT {
            let text = format!("GroupCounterKeys names more than {COUNTERS_LIMIT} counters");
            return Err(Refusal::new(Code::CounterCount, text));
        }
        keys.iter().try_for_each(|key| check_key("GroupCounterKeys", key))?;
        let gone = self.read_counters(&super::distinct(keys));
        if gone.is_empty() {
            return Ok(Vec::new());
        }
        for (key, _) in &gone {
            self.counters.list.remove(key);
        }
        let told = gone.iter().map(|(key, value)| json!({ "Key": key, "Value": value }));
        Ok(vec![self.counters.tip(1, told.collect())])
    }
}

impl Counters {
    /// A tip of type 0 = new values, 1 = deleted.
    fn tip(&mut self, kind: u8, list: Vec<Value>) -> Said {
        self.seq += 1;
        let info = json!({ "Type": kind, "GroupCounterSeq": self.seq, "GroupCounter": list });
        // SDKs that know attributes and no counters look into `MsgGroupNewInfo` unasked.
        let body = json!({ "OpType": 6, "MsgGroupNewInfo": {}, "GroupCounterInfo": [info] });
        Said::Tip { body }
    }
}

fn check_key(field: &str, key: &str) -> Result<(), Refusal> {
    if (1..=COUNTER_KEY_LIMIT).contains(&key.len()) {
        return Ok(());
    }
    let text = format!("{field} of a counter is empty or longer than {COUNTER_KEY_LIMIT} bytes");
    Err(Refusal::new(Code::Parameter, text))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{group, names, number};
    use super::*;
    use CounterMode::{Decrease, Increase, Set};

    fn pairs(list: &[(&str, i64)]) -> Vec<(String, i64)> {
        list.iter().map(|&(key, value)| (key.to_owned(), value)).collect()
    }

    #[test]
    fn a_count_is_told_as_seen() {
        let counted = group().update_counters(Set, &pairs(&[("like", 5)])).expect("counted");
        let body = json!({ "OpType": 6, "MsgGroupNewInfo": {}, "GroupCounterInfo": [
            { "Type": 0, "GroupCounterSeq": 1, "GroupCounter": [{ "Key": "like", "Value": 5 }] },
        ] });
        assert_eq!(counted.counters, pairs(&[("like", 5)]));
        assert_eq!(counted.said, [Said::Tip { body }]);
    }

    #[test]
    fn counting_begins_at_nothing_and_stops_at_the_ends() {
        let mut group = group();
        for (mode, list, now) in [
            (Increase, pairs(&[("a", 2)]), 2),
            (Increase, pairs(&[("a", 2), ("a", 3)]), 7),
            (Decrease, pairs(&[("a", 10)]), -3),
            (Increase, pairs(&[("a", i64::MIN)]), i64::MIN),
            (Decrease, pairs(&[("a", i64::MAX)]), i64::MIN),
            (Set, pairs(&[("a", i64::MAX)]), i64::MAX),
            (Increase, pairs(&[("a", 1)]), i64::MAX),
            (Decrease, pairs(&[("a", i64::MIN)]), i64::MAX),
        ] {
            let counted = group.update_counters(mode, &list).expect("counted");
            assert_eq!(counted.counters, pairs(&[("a", now)]));
        }
        let counted = group.update_counters(Decrease, &pairs(&[("b", 1)])).expect("counted");
        assert_eq!((counted.counters, group.counters().seq), (pairs(&[("b", -1)]), 9));
    }

    #[test]
    fn every_limit_has_its_number() {
        let keys: Vec<String> = (0..=COUNTERS_LIMIT).map(|n| n.to_string()).collect();
        let many: Vec<(&str, i64)> = keys.iter().map(|key| (key.as_str(), 1)).collect();
        let long = "k".repeat(COUNTER_KEY_LIMIT + 1);
        for (list, refused) in [
            (many[1..].to_vec(), None),
            (vec![(&long[1..], 1)], None),
            (many, Some(10063)),
            (vec![("a", 1), (long.as_str(), 1)], Some(10004)),
            (vec![("", 1)], Some(10004)),
            (vec![], Some(10004)),
        ] {
            let mut counted = group();
            assert_eq!(number(counted.update_counters(Set, &pairs(&list))), refused);
            assert_eq!(counted == group(), refused.is_some());
        }
    }

    #[test]
    fn a_twenty_first_counter_is_refused() {
        let mut group = group();
        for n in 0..COUNTERS_LIMIT {
            group.update_counters(Set, &[(n.to_string(), 0)]).expect("counted");
        }
        let before = group.clone();
        assert_eq!(number(group.update_counters(Increase, &pairs(&[("x", 1)]))), Some(10063));
        assert_eq!(group, before);
        assert!(group.update_counters(Increase, &pairs(&[("0", 1)])).is_ok());
    }

    #[test]
    fn reading_and_deleting_take_what_is_there() {
        let mut group = group();
        group.update_counters(Set, &pairs(&[("b", 2), ("a", 1), ("c", 3)])).expect("counted");
        assert_eq!(group.read_counters(&[]), pairs(&[("a", 1), ("b", 2), ("c", 3)]));
        assert_eq!(group.read_counters(&names(&["c", "x"])), pairs(&[("c", 3)]));
        let said = group.delete_counters(&names(&["b", "x", "b"])).expect("deleted");
        let body = json!({ "OpType": 6, "MsgGroupNewInfo": {}, "GroupCounterInfo": [
            { "Type": 1, "GroupCounterSeq": 2, "GroupCounter": [{ "Key": "b", "Value": 2 }] },
        ] });
        assert_eq!(said, [Said::Tip { body }]);
        assert_eq!(group.delete_counters(&names(&["b"])), Ok(Vec::new()));
        group.delete_counters(&[]).expect("deleted");
        assert_eq!((group.read_counters(&[]), group.counters().seq), (vec![], 3));
        assert_eq!(group.delete_counters(&[]), Ok(Vec::new()));
        let many: Vec<String> = (0..=COUNTERS_LIMIT).map(|n| n.to_string()).collect();
        assert_eq!(number(group.delete_counters(&many)), Some(10063));
    }

    #[test]
    fn modes_are_the_vendors_words() {
        for (word, mode) in
            [("Set", Some(Set)), ("Increase", Some(Increase)), ("Decrease", Some(Decrease))]
        {
            assert_eq!(CounterMode::of(word), mode);
        }
        assert_eq!(CounterMode::of("set"), None);
        assert_eq!(CounterMode::default(), Set);
    }
}
