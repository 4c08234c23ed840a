//! Attributes: small texts everybody in the room sees change.
//!
//! Every write raises the main sequence by exactly one, whatever it changes:
//! an SDK that sees a gap reads everything again. Everybody may write them;
//! the vendor leaves it to the app to say who does.

use super::{By, Group, Said};
use crate::code::{Code, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Most attributes of a group.
pub const ATTRIBUTES_LIMIT: usize = 16;
/// Most bytes of a key.
pub const ATTRIBUTE_KEY_LIMIT: usize = 32;
/// Most bytes of a value.
pub const ATTRIBUTE_VALUE_LIMIT: usize = 4_000;
/// Most bytes of all values together.
pub const ATTRIBUTES_SIZE_LIMIT: usize = 16_000;
/// Most writes within one second of the clock.
pub const ATTRIBUTE_WRITES_PER_S: u32 = 5;

/// One attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// At most 4000 bytes.
    pub value: String,
    /// How often this key was written since it came to be.
    pub seq: u64,
}

/// The attributes of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attributes {
    /// `AttrMainSeq`: how many writes there were; 0 = never any.
    pub main_seq: u64,
    /// By key.
    pub list: BTreeMap<String, Attribute>,
    /// The last second with a write, and its writes.
    window: (u64, u32),
}

/// What a writer believes the attributes to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Guard {
    /// Its `AttrMainSeq`; back ends send none.
    pub main_seq: Option<u64>,
    /// Whether `AttrControl` has `RaceConflict`: refuse if another wrote.
    pub race: bool,
}

/// What came of a write.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The new `AttrMainSeq`.
    pub main_seq: u64,
    /// The keys written and their new `seq`, in order of the request.
    pub keys: Vec<(String, u64)>,
    /// For the room, the writer included.
    pub said: Vec<Said>,
}

/// The inner `OpType` of a tip.
#[derive(Clone, Copy)]
enum Op {
    Set = 1,
    Modify = 2,
    Clear = 3,
    Delete = 4,
}

impl Group {
    /// The attributes.
    pub fn attributes(&self) -> &Attributes {
        &self.attributes
    }

    /// Replaces all attributes; an empty list leaves none.
    pub fn set_attributes(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        guard: Guard,
        list: &[(String, String)],
    ) -> Result<Written, Refusal> {
        let new = self.attributes.with(BTreeMap::new(), list)?;
        self.write(now_s, by, guard, Op::Set, new, list.iter().map(|(key, _)| key))
    }

    /// Adds or changes some attributes, at least one.
    pub fn modify_attributes(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        guard: Guard,
        list: &[(String, String)],
    ) -> Result<Written, Refusal> {
        if list.is_empty() {
            return Err(Refusal::new(Code::Parameter, "GroupAttr is empty"));
        }
        let new = self.attributes.with(self.attributes.list.clone(), list)?;
        self.write(now_s, by, guard, Op::Modify, new, list.iter().map(|(key, _)| key))
    }

    /// Deletes some attributes, all of which must be there; none named = all.
    pub fn delete_attributes(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        guard: Guard,
        keys: &[String],
    ) -> Result<Written, Refusal> {
        if keys.is_empty() {
            return self.clear_attributes(now_s, by, guard);
        }
        if keys.iter().any(|key| key.len() > ATTRIBUTE_KEY_LIMIT) {
            return Err(Code::AttributeKey.into());
        }
        let mut new = self.attributes.list.clone();
        if let Some(key) = keys.iter().find(|key| !new.contains_key(*key)) {
            let text = format!("the group has no attribute {key:?}; read them first");
            return Err(Refusal::new(Code::UnknownAttribute, text));
        }
        new.retain(|key, _| !keys.contains(key));
        self.write(now_s, by, guard, Op::Delete, new, keys.iter())
    }

    /// Deletes all attributes, even if there are none.
    pub fn clear_attributes(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        guard: Guard,
    ) -> Result<Written, Refusal> {
        self.write(now_s, by, guard, Op::Clear, BTreeMap::new(), [].into_iter())
    }

    fn write<'a>(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        guard: Guard,
        op: Op,
        new: BTreeMap<String, Attribute>,
        named: impl Iterator<Item = &'a String>,
    ) -> Result<Written, Refusal> {
        let attributes = &mut self.attributes;
        if guard.race && guard.main_seq.is_some_and(|seq| seq != attributes.main_seq) {
            return Err(Code::AttributeConflict.into());
        }
        let (second, writes) = attributes.window;
        let writes = if second == now_s { writes } else { 0 };
        if writes >= ATTRIBUTE_WRITES_PER_S {
            return Err(Code::AttributeRate.into());
        }
        let old = std::mem::replace(&mut attributes.list, new);
        attributes.window = (now_s, writes + 1);
        attributes.main_seq += 1;

        let mut keys: Vec<(String, u64)> = Vec::new();
        for key in named {
            let one = attributes.list.get(key).or_else(|| old.get(key));
            let seq = one.map_or(0, |attribute| attribute.seq);
            if !keys.iter().any(|(known, _)| known == key) {
                keys.push((key.clone(), seq));
            }
        }
        let info: Vec<Value> = keys
            .iter()
            .map(|(key, seq)| {
                let value = attributes.list.get(key).map_or("", |attribute| &attribute.value);
                json!({ "Key": key, "Val": value, "SubKeySeq": seq })
            })
            .collect();
        // Without the values every client would ask for them at once.
        let body = json!({
            "OpType": 6,
            "Operator_Account": by.account,
            "MsgGroupNewInfo": { "GroupAttrOption": {
                "GroupAttrSeq": attributes.main_seq,
                "OpType": op as u8,
                "PushChangedAttrValFlag": 1,
                "GroupAttrInfo": info,
            } },
        });
        Ok(Written { main_seq: attributes.main_seq, keys, said: vec![Said::Tip { body }] })
    }
}

impl Attributes {
    /// `list` with `changes`, within the limits; the last of a key counts. A
    /// key that was there before goes on counting its writes.
    fn with(
        &self,
        mut list: BTreeMap<String, Attribute>,
        changes: &[(String, String)],
    ) -> Result<BTreeMap<String, Attribute>, Refusal> {
        for (key, value) in changes {
            if key.is_empty() {
                return Err(Refusal::new(Code::Parameter, "a key of GroupAttr is empty"));
            }
            if key.len() > ATTRIBUTE_KEY_LIMIT {
                return Err(Code::AttributeKey.into());
            }
            if value.len() > ATTRIBUTE_VALUE_LIMIT {
                return Err(Code::AttributeValue.into());
            }
            let seq = self.list.get(key).map_or(0, |attribute| attribute.seq) + 1;
            list.insert(key.clone(), Attribute { value: value.clone(), seq });
        }
        if list.len() > ATTRIBUTES_LIMIT {
            return Err(Code::AttributeCount.into());
        }
        if list.values().map(|attribute| attribute.value.len()).sum::<usize>()
            > ATTRIBUTES_SIZE_LIMIT
        {
            return Err(Code::AttributeSize.into());
        }
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{MEMBER, OWNER, group, names, number};
    use super::*;

    const ANY: Guard = Guard { main_seq: None, race: false };

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    fn option(written: &Written) -> &Value {
        &written.said[0].body()["MsgGroupNewInfo"]["GroupAttrOption"]
    }

    #[test]
    fn first_write_is_answered_and_told_as_seen() {
        let guard = Guard { main_seq: Some(0), race: true };
        let written =
            group().set_attributes(1, &OWNER, guard, &pairs(&[("k1", "v1")])).expect("written");
        assert_eq!((written.main_seq, &written.keys), (1, &vec![("k1".to_owned(), 1)]));
        let body = json!({
            "OpType": 6, "Operator_Account": "owner",
            "MsgGroupNewInfo": { "GroupAttrOption": {
                "GroupAttrSeq": 1, "OpType": 1, "PushChangedAttrValFlag": 1,
                "GroupAttrInfo": [{ "Key": "k1", "Val": "v1", "SubKeySeq": 1 }],
            } },
        });
        assert_eq!(written.said, [Said::Tip { body }]);
    }

    #[test]
    fn each_kind_of_write_counts_once_and_tells_what_it_named() {
        let mut group = group();
        let list = pairs(&[("a", "1"), ("b", "2"), ("c", "3")]);
        group.set_attributes(1, &MEMBER, ANY, &list).expect("written");
        let written = group
            .modify_attributes(2, &MEMBER, ANY, &pairs(&[("b", "x"), ("d", ""), ("b", "y")]))
            .expect("written");
        assert_eq!(written.keys, [("b".to_owned(), 2), ("d".to_owned(), 1)]);
        assert_eq!((&option(&written)["OpType"], written.main_seq), (&json!(2), 2));
        assert_eq!(option(&written)["GroupAttrInfo"][0]["Val"], "y");

        let written = group.delete_attributes(3, &MEMBER, ANY, &names(&["b"])).expect("written");
        let info = json!([{ "Key": "b", "Val": "", "SubKeySeq": 2 }]);
        assert_eq!(option(&written)["GroupAttrInfo"], info);
        assert_eq!((&option(&written)["OpType"], written.main_seq), (&json!(4), 3));

        let written = group.set_attributes(4, &MEMBER, ANY, &list[..1]).expect("written");
        assert_eq!((written.keys, written.main_seq), (vec![("a".to_owned(), 2)], 4));
        let written = group.delete_attributes(5, &MEMBER, ANY, &[]).expect("written");
        assert_eq!((&option(&written)["OpType"], written.main_seq), (&json!(3), 5));
        assert!(group.attributes().list.is_empty());
        assert_eq!(group.clear_attributes(6, &MEMBER, ANY).expect("written").main_seq, 6);
    }

    #[test]
    fn a_stale_writer_is_refused_only_if_it_asks_for_that() {
        let mut group = group();
        group.set_attributes(1, &OWNER, ANY, &pairs(&[("a", "1")])).expect("written");
        for (main_seq, race, refused) in [
            (Some(0), true, Some(10056)),
            (Some(9), true, Some(10056)),
            (Some(0), false, None),
            (None, true, None),
            (Some(3), true, None),
        ] {
            let guard = Guard { main_seq, race };
            let list = pairs(&[("a", "2")]);
            assert_eq!(number(group.modify_attributes(2, &OWNER, guard, &list)), refused);
        }
    }

    #[test]
    fn every_limit_has_its_number() {
        let key = "k".repeat(ATTRIBUTE_KEY_LIMIT + 1);
        let value = "v".repeat(ATTRIBUTE_VALUE_LIMIT + 1);
        let keys: Vec<String> = (0..=ATTRIBUTES_LIMIT).map(|n| n.to_string()).collect();
        let many: Vec<(&str, &str)> = keys.iter().map(|key| (key.as_str(), "")).collect();
        let big: Vec<(&str, &str)> =
            keys[..5].iter().map(|key| (key.as_str(), &value[1..])).collect();
        for (list, refused) in [
            (vec![(&key[1..], &value[1..])], None),
            (many[1..].to_vec(), None),
            (big[1..].to_vec(), None),
            (vec![("", "v")], Some(10004)),
            (vec![(key.as_str(), "v")], Some(10045)),
            (vec![("k", value.as_str())], Some(10046)),
            (many, Some(10047)),
            (big, Some(10048)),
        ] {
            let list = pairs(&list);
            let mut written = group();
            assert_eq!(number(written.set_attributes(1, &OWNER, ANY, &list)), refused);
            assert_eq!(number(group().modify_attributes(1, &OWNER, ANY, &list)), refused);
            assert_eq!(written == group(), refused.is_some());
        }
        assert_eq!(number(group().modify_attributes(1, &OWNER, ANY, &[])), Some(10004));
        assert!(group().set_attributes(1, &OWNER, ANY, &[]).is_ok());
    }

    #[test]
    fn deleting_what_is_missing_deletes_nothing() {
        let mut group = group();
        group.set_attributes(1, &OWNER, ANY, &pairs(&[("a", "1")])).expect("written");
        let before = group.clone();
        let keys = names(&["a", "b"]);
        assert_eq!(number(group.delete_attributes(2, &OWNER, ANY, &keys)), Some(10050));
        let long = ["k".repeat(ATTRIBUTE_KEY_LIMIT + 1)];
        assert_eq!(number(group.delete_attributes(2, &OWNER, ANY, &long)), Some(10045));
        assert_eq!(group, before);
    }

    #[test]
    fn a_sixth_write_in_a_second_is_refused() {
        let mut group = group();
        let list = pairs(&[("a", "1")]);
        for _ in 0..ATTRIBUTE_WRITES_PER_S {
            group.set_attributes(7, &OWNER, ANY, &list).expect("written");
        }
        assert_eq!(number(group.set_attributes(7, &OWNER, ANY, &list)), Some(10049));
        assert_eq!(number(group.clear_attributes(7, &OWNER, ANY)), Some(10049));
        assert!(group.set_attributes(8, &OWNER, ANY, &list).is_ok());
    }
}
