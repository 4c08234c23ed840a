//! Broadcasts (`Event` 17): one message to every room of an app.

use super::wire::write;
use super::{Group, Item, Spoken};
use crate::map;

/// The copy of a broadcast for one room, under a fresh number of that room.
/// Copies have one message id, so that who is in two rooms sees it once.
pub fn broadcast(group: &Group, seq: u64, at_s: u64, spoken: &Spoken) -> Item {
    let tiny_id = map::tiny_id(&spoken.account);
    let mut wire = spoken.wire(group, &tiny_id, 17, seq, at_s);
    wire.to_account = Some(&group.id);
    wire.is_broadcast_message = Some(true);
    write(17, &wire)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use serde_json::json;

    #[test]
    fn broadcast_serves_pushes_and_polls() {
        let item = broadcast(&sample::group(), 3, sample::AT_S, &sample::spoken("[1]"));
        assert_eq!((item.event, item.is_message()), (17, false));
        let wire = sample::parse(&item);
        for (key, value) in [
            ("Event", json!(17)),
            ("IsBroadcastMessage", json!(true)),
            ("To_Account", json!("G")),
            ("GroupId", json!("G")),
            ("ToGroupId", json!("G")),
            ("MsgSeq", json!(3)),
            ("MsgBody", json!([1])),
        ] {
            assert_eq!(wire[key], value, "{key}");
        }
        assert_eq!(wire["GroupInfo"]["GroupId"], "G");
    }

    #[test]
    fn copies_of_a_broadcast_have_one_id() {
        let other = Group { id: "H".into(), name: String::new() };
        let id = |group: &Group, seq| {
            let wire = sample::parse(&broadcast(group, seq, sample::AT_S, &sample::spoken("[1]")));
            ["TinyId", "MsgClientTime", "MsgRandom"].map(|key| wire[key].clone())
        };
        assert_eq!(id(&sample::group(), 3), id(&other, 9));
    }
}
