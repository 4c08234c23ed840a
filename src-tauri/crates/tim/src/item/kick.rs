//! The end of a login by the server.

use crate::frame;
use serde::Serialize;

/// Why a login ends; the SDK tells its app in these terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KickType {
    /// The account logged in again: `multipleAccount`.
    Account = 1,
    /// The account logged in on another device: `multipleDevice`.
    Device = 2,
    /// A back end asked for it: `REST_API_Kick`.
    Rest = 3,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Instance<'a> {
    platform: &'a str,
    inst_id: u32,
}

/// What a login is told of its end.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Kickout<'a> {
    kick_type: u8,
    new_inst_info: Instance<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Notify<'a> {
    kickout_msg_notify: Kickout<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Entry<'a> {
    event: u8,
    c2c_notify_msg_array: [Notify<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Body<'a> {
    error_code: u32,
    event_array: [Entry<'a>; 1],
}

/// The fields of the answer of a `wshello` whose login was ended while its
/// socket was away; they go with [`Code::Kicked`](crate::code::Code::Kicked).
/// `platform` (`Web`) and `inst_id` are those of the login that took its place.
pub fn kickout(kind: KickType, platform: &str, inst_id: u32) -> Kickout<'_> {
    Kickout { kick_type: kind as u8, new_inst_info: Instance { platform, inst_id } }
}

/// The push that ends a login at once. `platform` (`Web`) and `inst_id` are
/// those of the login that took its place.
pub fn kick(seq: u64, kind: KickType, platform: &str, inst_id: u32) -> Vec<u8> {
    let notify = Notify { kickout_msg_notify: kickout(kind, platform, inst_id) };
    let entry = Entry { event: 10, c2c_notify_msg_array: [notify] };
    let body = Body { error_code: 0, event_array: [entry] };
    frame::push("im_open_status.stat_forceoffline", seq, &body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn parse(bytes: &[u8]) -> Value {
        serde_json::from_slice(bytes).expect("JSON")
    }

    #[test]
    fn kick_has_the_shape_sdks_were_seen_to_obey() {
        assert_eq!(
            parse(&kick(1, KickType::Account, "Web", 1_004)),
            json!({
                "head": {"ver": "v4", "servcmd": "im_open_status.stat_forceoffline", "seq": 1},
                "body": {"ErrorCode": 0, "EventArray": [{"Event": 10, "C2cNotifyMsgArray": [
                    {"KickoutMsgNotify": {"KickType": 1,
                        "NewInstInfo": {"Platform": "Web", "InstId": 1_004}}}]}]},
            })
        );
    }

    #[test]
    fn who_was_away_hears_of_the_kick_with_its_hello() {
        let fields = serde_json::to_value(kickout(KickType::Rest, "Web", 7)).expect("JSON");
        let expected = json!({"KickType": 3, "NewInstInfo": {"Platform": "Web", "InstId": 7}});
        assert_eq!(fields, expected);
    }
}
