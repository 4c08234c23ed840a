//! Every body, field by field as the vendor's pages have them.

use super::*;
use crate::code::Refusal;
use serde_json::{Value, json};

fn raw(json: &str) -> Box<RawValue> {
    RawValue::from_string(json.to_owned()).expect("JSON")
}

fn text() -> Box<RawValue> {
    raw(r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]"#)
}

fn parse(body: &RawValue) -> Value {
    assert!(body.get().starts_with(r#"{"CallbackCommand":"#), "{body}");
    serde_json::from_str(body.get()).expect("JSON")
}

fn message(body: &RawValue) -> GroupMessage<'_> {
    GroupMessage {
        group: "live",
        from: "alice",
        operator: "administrator",
        random: 4_000_000_000,
        body,
        cloud: "c",
        at_ms: 1_700_000_000_123,
    }
}

/// What every body about [`message`] has.
fn fields(command: Command, more: Value) -> Value {
    let mut all = json!({
        "CallbackCommand": command.name(),
        "GroupId": "live",
        "Type": "AVChatRoom",
        "From_Account": "alice",
        "Operator_Account": "administrator",
        "Random": 4_000_000_000_u32,
        "OnlineOnlyFlag": 0,
        "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "hi"}}],
        "CloudCustomData": "c",
        "EventTime": 1_700_000_000_123_u64,
    });
    let (Value::Object(all_fields), Value::Object(more)) = (&mut all, more) else {
        panic!("objects")
    };
    all_fields.extend(more);
    all
}

#[test]
fn message_is_told_before_after_and_when_it_fails() {
    let text = text();
    let message = message(&text);
    assert_eq!(parse(&before_send(&message)), fields(Command::BeforeSendMsg, json!({})));
    assert_eq!(
        parse(&after_send(&message, 7, 1_700_000_000)),
        fields(Command::AfterSendMsg, json!({"MsgSeq": 7, "MsgTime": 1_700_000_000}))
    );
    let why = Refusal { number: 10023, text: "over the rate".into() };
    assert_eq!(
        parse(&send_exception(&message, &why)),
        fields(
            Command::SendMsgException,
            json!({"ErrorCode": 10023, "ErrorInfo": "over the rate"})
        )
    );
}

#[test]
fn message_body_goes_byte_for_byte() {
    let odd = raw(r#"[{"MsgType":"TIMCustomElem" , "MsgContent":{"Data":"\u0041","N":1e400}}]"#);
    let told = before_send(&message(&odd));
    assert!(told.get().contains(odd.get()), "{told}");
}

#[test]
fn recall_names_the_messages() {
    assert_eq!(
        parse(&after_recall("live", "admin", &[3, 4], 5)),
        json!({
            "CallbackCommand": "Group.CallbackAfterRecallMsg",
            "Operator_Account": "admin",
            "Type": "AVChatRoom",
            "GroupId": "live",
            "MsgSeqList": [{"MsgSeq": 3}, {"MsgSeq": 4}],
            "EventTime": 5,
        })
    );
}

#[test]
fn group_is_told_before_and_after_it_is_made() {
    let of = GroupOwner { name: "Live", owner: "host", operator: "administrator" };
    assert_eq!(
        parse(&before_create(&of, 2, 5)),
        json!({
            "CallbackCommand": "Group.CallbackBeforeCreateGroup",
            "Operator_Account": "administrator",
            "Owner_Account": "host",
            "Type": "AVChatRoom",
            "Name": "Live",
            "CreateGroupNum": 2,
            "MemberList": [],
            "EventTime": 5,
        })
    );
    let made = Created { group: "live", of, fields: &[("k".into(), "v".into())] };
    assert_eq!(
        parse(&after_create(&made, 5)),
        json!({
            "CallbackCommand": "Group.CallbackAfterCreateGroup",
            "GroupId": "live",
            "Operator_Account": "administrator",
            "Owner_Account": "host",
            "Type": "AVChatRoom",
            "Name": "Live",
            "MemberList": [],
            "UserDefinedDataList": [{"Key": "k", "Value": "v"}],
            "EventTime": 5,
        })
    );
}

#[test]
fn people_who_come_and_go_are_told() {
    assert_eq!(
        parse(&before_join("live", "alice", 5)),
        json!({
            "CallbackCommand": "Group.CallbackBeforeApplyJoinGroup",
            "GroupId": "live",
            "Type": "AVChatRoom",
            "Requestor_Account": "alice",
            "EventTime": 5,
        })
    );
    assert_eq!(
        parse(&after_join("live", "alice", 5)),
        json!({
            "CallbackCommand": "Group.CallbackAfterNewMemberJoin",
            "GroupId": "live",
            "Type": "AVChatRoom",
            "JoinType": "Apply",
            "Operator_Account": "alice",
            "NewMemberList": [{"Member_Account": "alice"}],
            "EventTime": 5,
        })
    );
    for (exit, word) in [(Exit::Quit, "Quit"), (Exit::Kicked, "Kicked")] {
        assert_eq!(
            parse(&after_exit("live", exit, "admin", &["alice", "bob"], 5)),
            json!({
                "CallbackCommand": "Group.CallbackAfterMemberExit",
                "GroupId": "live",
                "Type": "AVChatRoom",
                "ExitType": word,
                "Operator_Account": "admin",
                "ExitMemberList": [{"Member_Account": "alice"}, {"Member_Account": "bob"}],
                "EventTime": 5,
            })
        );
    }
    for (is_online, word) in [(true, "Online"), (false, "Offline")] {
        assert_eq!(
            parse(&member_state("live", is_online, &["alice"], 5)),
            json!({
                "CallbackCommand": "Group.CallbackOnMemberStateChange",
                "GroupId": "live",
                "EventType": word,
                "MemberList": [{"Member_Account": "alice"}],
                "EventTime": 5,
            })
        );
    }
}

#[test]
fn end_of_a_group_is_told_with_who_was_inside() {
    assert_eq!(
        parse(&after_destroy("live", "Live", "host", &["alice".to_owned()], 5)),
        json!({
            "CallbackCommand": "Group.CallbackAfterGroupDestroyed",
            "GroupId": "live",
            "Type": "AVChatRoom",
            "Owner_Account": "host",
            "Name": "Live",
            "MemberList": [{"Member_Account": "alice"}],
            "EventTime": 5,
        })
    );
}

#[test]
fn change_of_a_profile_has_only_what_changed() {
    assert!(Change::default().is_empty());
    let change = Change { notification: Some("new"), face_url: Some(""), ..Change::default() };
    assert!(!change.is_empty());
    assert_eq!(
        parse(&after_info_change("live", "host", &change, 5)),
        json!({
            "CallbackCommand": "Group.CallbackAfterGroupInfoChanged",
            "GroupId": "live",
            "Type": "AVChatRoom",
            "Operator_Account": "host",
            "Notification": "new",
            "FaceUrl": "",
            "EventTime": 5,
        })
    );
}

#[test]
fn message_to_one_person_is_told_before_and_after() {
    let text = text();
    let message = C2cMessage {
        from: "alice",
        to: "bob",
        seq: 1,
        random: 2,
        time_s: 3,
        key: "1_2_3",
        is_online_only: true,
        body: &text,
        cloud: "",
        at_ms: 3_000,
    };
    let mut before = json!({
        "CallbackCommand": "C2C.CallbackBeforeSendMsg",
        "From_Account": "alice",
        "To_Account": "bob",
        "MsgSeq": 1,
        "MsgRandom": 2,
        "MsgTime": 3,
        "MsgKey": "1_2_3",
        "OnlineOnlyFlag": 1,
        "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "hi"}}],
        "CloudCustomData": "",
        "EventTime": 3_000,
    });
    assert_eq!(parse(&before_c2c(&message)), before);

    before["CallbackCommand"] = "C2C.CallbackAfterSendMsg".into();
    let why = Refusal { number: 20006, text: "refused".into() };
    for (sent, result, info, unread) in
        [(Ok(4), 0, "send msg succeed", 4), (Err(&why), 20006, "refused", -1)]
    {
        let mut after = before.clone();
        after["SendMsgResult"] = result.into();
        after["ErrorInfo"] = info.into();
        after["UnreadMsgNum"] = unread.into();
        assert_eq!(parse(&after_c2c(&message, sent)), after);
    }
}

#[test]
fn account_that_comes_or_goes_is_told_with_the_reason() {
    for (reason, action, word) in [
        (Reason::Register, "Login", "Register"),
        (Reason::Unregister, "Logout", "Unregister"),
        (Reason::LinkClose, "Disconnect", "LinkClose"),
        (Reason::TimeOut, "Disconnect", "TimeOut"),
    ] {
        assert_eq!(
            parse(&state_change("alice", reason, &[], 5)),
            json!({
                "CallbackCommand": "State.StateChange",
                "EventTime": 5,
                "Info": {"Action": action, "To_Account": "alice", "Reason": word},
            })
        );
    }
    let kicked = parse(&state_change("alice", Reason::Register, &["Web"], 5));
    assert_eq!(kicked["KickedDevice"], json!([{"Platform": "Web"}]));
}
