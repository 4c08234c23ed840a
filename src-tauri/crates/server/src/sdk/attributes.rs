//! Attributes of a group by SDK.

use super::command::act;
use super::session::{Session, malformed};
use serde::Deserialize;
use serde_json::{Value, json};
use surtitle_tim::code::Refusal;
use surtitle_tim::frame::Request;
use surtitle_tim::group::{By, Group, Guard, Written};

/// The word in `AttrControl` of a writer who wants to hear of others' writes.
const RACE: &str = "RaceConflict";

#[derive(Deserialize)]
struct Pair {
    key: String,
    #[serde(default)]
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Write {
    #[serde(default)]
    group_attr: Vec<Pair>,
    #[serde(default)]
    attr_main_seq: Option<u64>,
    #[serde(default)]
    attr_control: Vec<String>,
}

impl Write {
    fn guard(&self) -> Guard {
        Guard { main_seq: self.attr_main_seq, race: self.attr_control.iter().any(|w| w == RACE) }
    }

    fn pairs(self) -> Vec<(String, String)> {
        self.group_attr.into_iter().map(|pair| (pair.key, pair.value)).collect()
    }

    fn keys(self) -> Vec<String> {
        self.group_attr.into_iter().map(|pair| pair.key).collect()
    }
}

/// `set_group_attr`: these and no others.
pub async fn set(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let wire: Write = request.body().map_err(malformed)?;
    let (guard, list) = (wire.guard(), wire.pairs());
    write(session, request, move |group, by, now_s| group.set_attributes(now_s, by, guard, &list))
        .await
}

/// `modify_group_attr`: these, and the others as they are.
pub async fn modify(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let wire: Write = request.body().map_err(malformed)?;
    let (guard, list) = (wire.guard(), wire.pairs());
    write(session, request, move |group, by, now_s| {
        group.modify_attributes(now_s, by, guard, &list)
    })
    .await
}

/// `delete_group_attr`.
pub async fn delete(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let wire: Write = request.body().map_err(malformed)?;
    let (guard, keys) = (wire.guard(), wire.keys());
    write(session, request, move |group, by, now_s| {
        group.delete_attributes(now_s, by, guard, &keys)
    })
    .await
}

/// `clear_group_attr`.
pub async fn clear(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let wire: Write = request.body().map_err(malformed)?;
    let guard = wire.guard();
    write(session, request, move |group, by, now_s| group.clear_attributes(now_s, by, guard)).await
}

async fn write(
    session: &Session,
    request: &Request<'_>,
    change: impl FnOnce(&mut Group, &By<'_>, u64) -> Result<Written, Refusal> + Send + 'static,
) -> Result<Value, Refusal> {
    let (main_seq, keys) = act(session, request, move |desk| {
        desk.change_with(|group, by, now_s| {
            let Written { main_seq, keys, said } = change(group, by, now_s)?;
            Ok(((main_seq, keys), said))
        })
    })
    .await?;
    let list: Vec<Value> =
        keys.iter().map(|(key, seq)| json!({ "key": key, "seq": seq })).collect();
    Ok(json!({ "AttrMainSeq": main_seq, "GroupAttr": list }))
}

/// `get_group_attr`: all of them, of which the SDK picks.
pub async fn get(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    act(session, request, |desk| {
        let attributes = desk.group.attributes();
        let list: Vec<Value> = attributes
            .list
            .iter()
            .map(|(key, one)| json!({ "key": key, "value": one.value, "seq": one.seq }))
            .collect();
        Ok(json!({ "AttrMainSeq": attributes.main_seq, "GroupAttrAry": list }))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writer_is_guarded_only_if_it_says_so() {
        let read = |body: &str| serde_json::from_str::<Write>(body).expect("a write").guard();
        let guarded = r#"{"AttrMainSeq":3,"AttrControl":["RaceConflict"],"GroupAttr":[]}"#;
        assert_eq!(read(guarded), Guard { main_seq: Some(3), race: true });
        assert_eq!(read("{}"), Guard::default());
    }

    #[test]
    fn keys_and_values_are_lower_case_on_the_wire() {
        let body = r#"{"GroupAttr":[{"key":"a","value":"1","seq":4},{"key":"b","seq":0}]}"#;
        let wire: Write = serde_json::from_str(body).expect("a write");
        let expected = [("a".to_owned(), "1".to_owned()), ("b".to_owned(), String::new())];
        assert_eq!(wire.pairs(), expected);
        assert!(serde_json::from_str::<Write>(r#"{"GroupAttr":[{"Key":"a"}]}"#).is_err());
    }
}
