//! One table: every command × good, a missing field, a wrong type, too long,
//! too many, no right, an unknown group.

use super::back_end::BackEnd;
use crate::harness::eventually;
use serde_json::{Value, json};

/// One command and what it must answer.
struct Row {
    path: &'static str,
    /// A body that is carried out; "$G" stands for a fresh group.
    good: Value,
    /// What `good` answers.
    code: u64,
    /// Fields it must have, and the code without each.
    needs: &'static [(&'static str, u64)],
    /// The code of a field of another type, unless `types` says.
    wrong: u64,
    types: &'static [(&'static str, u64)],
    /// Changes of the good body: what, fields, code.
    cases: Vec<(&'static str, Value, u64)>,
}

fn row(path: &'static str, good: Value, needs: &'static [(&'static str, u64)]) -> Row {
    Row { path, good, code: 0, needs, wrong: 10004, types: &[], cases: Vec::new() }
}

impl Row {
    fn answers(self, code: u64) -> Self {
        Self { code, ..self }
    }

    fn wrong(self, wrong: u64, types: &'static [(&'static str, u64)]) -> Self {
        Self { wrong, types, ..self }
    }

    fn case(mut self, what: &'static str, change: Value, code: u64) -> Self {
        self.cases.push((what, change, code));
        self
    }
}

fn long(n: usize) -> String {
    "x".repeat(n)
}

fn many(n: usize) -> Vec<String> {
    (0..n).map(|n| format!("u{n}")).collect()
}

fn text(n: usize) -> Value {
    json!([{"MsgType": "TIMTextElem", "MsgContent": {"Text": long(n)}}])
}

const GROUP: (&str, u64) = ("GroupId", 10004);

fn groups() -> Vec<Row> {
    vec![
        row(
            "group_open_http_svc/create_group",
            json!({"Type": "AVChatRoom", "Name": "Live"}),
            &[("Type", 10004), ("Name", 10004)],
        )
        .case("another type", json!({"Type": "Public"}), 10004)
        .case("an empty name", json!({"Name": ""}), 10004)
        .case("a long name", json!({"Name": long(101)}), 10004)
        .case("a long introduction", json!({"Introduction": long(241)}), 10004)
        .case("a long notification", json!({"Notification": long(301)}), 10004)
        .case("a long picture", json!({"FaceUrl": long(101)}), 10004)
        .case("a long id", json!({"GroupId": long(49)}), 10015)
        .case("an id of the server's kind", json!({"GroupId": "@TGS#x"}), 10015)
        .case("an id that is taken", json!({"GroupId": "main"}), 10021)
        .case(
            "an id the owner has",
            json!({"GroupId": "main", "Owner_Account": "administrator"}),
            10025,
        )
        .case("an owner who is nobody", json!({"Owner_Account": "nobody"}), 10019)
        .case("an owner who cannot be", json!({"Owner_Account": "é"}), 10012)
        .case("members", json!({"MemberList": [{"Member_Account": "alice"}]}), 10007)
        .case("no members", json!({"MemberList": []}), 0)
        .case("a wrong field key", json!({"AppDefinedData": [{"Key": "1", "Value": ""}]}), 10004)
        .case(
            "too many fields",
            json!({"AppDefinedData": many(21).iter()
            .map(|key| json!({"Key": key, "Value": "v"})).collect::<Vec<_>>()}),
            10004,
        ),
        row("group_open_http_svc/destroy_group", json!({"GroupId": "$G"}), &[GROUP]).case(
            "the room of our own pages",
            json!({"GroupId": "main"}),
            10007,
        ),
        row("group_open_http_svc/get_appid_group_list", json!({"Limit": 2, "Next": 0}), &[])
            .case("too many", json!({"Limit": 10_001}), 10004)
            .case("none", json!({"Limit": 0}), 10004)
            .case("beyond the end", json!({"Next": 9_999_999}), 0),
        row(
            "group_open_http_svc/get_group_info",
            json!({"GroupIdList": ["$G"]}),
            &[("GroupIdList", 10004)],
        )
        .case("nobody", json!({"GroupIdList": []}), 10004)
        .case("too many", json!({"GroupIdList": many(51)}), 10004)
        .case("an unknown one is told in its entry", json!({"GroupIdList": ["nowhere"]}), 0)
        .case("a filter", json!({"ResponseFilter": {"GroupBaseInfoFilter": ["Name"]}}), 0),
        row(
            "group_open_http_svc/modify_group_base_info",
            json!({"GroupId": "$G", "Name": "New", "MuteAllMember": "On"}),
            &[GROUP],
        )
        .case("the older name", json!({"ShutUpAllMember": "Off"}), 0)
        .case("a word that is none", json!({"MuteAllMember": "on"}), 10004)
        .case("an empty name", json!({"Name": ""}), 10004)
        .case("a long name", json!({"Name": long(101)}), 10004)
        .case("a long notification", json!({"Notification": long(301)}), 10004)
        .case("a wrong way to join", json!({"ApplyJoinOption": "Never"}), 10004),
        row(
            "group_open_http_svc/get_joined_group_list",
            json!({"Member_Account": "alice"}),
            &[("Member_Account", 10004)],
        )
        .case("somebody who is nobody", json!({"Member_Account": "nobody"}), 10019)
        .case("a long one", json!({"Member_Account": long(33)}), 10012),
    ]
}

fn messages() -> Vec<Row> {
    vec![
        row(
            "group_open_http_svc/send_group_msg",
            json!({"GroupId": "$G", "Random": 1, "MsgBody": text(1)}),
            &[GROUP, ("Random", 10004), ("MsgBody", 10004)],
        )
        .case("the same again", json!({}), 0)
        .case("for somebody", json!({"Random": 2, "From_Account": "alice", "MsgPriority": "High"}), 0)
        .case("for nobody", json!({"From_Account": "nobody"}), 10019)
        .case("for who cannot be", json!({"From_Account": long(33)}), 10012)
        .case("a priority that is none", json!({"MsgPriority": "high"}), 10004)
        .case("nothing", json!({"MsgBody": []}), 10004)
        .case("a type that is none", json!({"MsgBody": [{"MsgType": "x", "MsgContent": {}}]}), 10004)
        .case("too long", json!({"MsgBody": text(12 * 1024)}), 80002)
        .case("too long with its custom data", json!({"CloudCustomData": long(12 * 1024)}), 80002)
        .case("to some only", json!({"To_Account": ["alice"]}), 10004)
        .case("the vendor's other fields", json!({
            "Random": 3, "OnlineOnlyFlag": 1, "MsgOnlineOnlyFlag": 1, "SendMsgControl": ["NoUnread"],
            "OfflinePushInfo": {}, "ForbidCallbackControl": ["ForbidAfterSendMsgCallback"],
        }), 0),
        row(
            "group_open_http_svc/send_group_system_notification",
            json!({"GroupId": "$G", "Content": "news"}),
            &[GROUP, ("Content", 10004)],
        )
        .case("nothing", json!({"Content": ""}), 10004)
        .case("too long", json!({"Content": long(12_001)}), 80002)
        .case("to some only", json!({"ToMembers_Account": ["alice"]}), 10004),
        row(
            "group_open_http_svc/send_broadcast_msg",
            json!({"Random": 1, "MsgBody": text(1)}),
            &[("Random", 10004), ("MsgBody", 10004)],
        )
        .case("for nobody", json!({"From_Account": "nobody"}), 10019)
        .case("too long", json!({"MsgBody": text(12_001)}), 80002),
        row(
            "group_open_http_svc/group_msg_get_simple",
            json!({"GroupId": "$G", "ReqMsgNumber": 20}),
            &[GROUP, ("ReqMsgNumber", 10004)],
        )
        .case("too many", json!({"ReqMsgNumber": 21}), 10004)
        .case("none", json!({"ReqMsgNumber": 0}), 10004),
        row(
            "group_open_http_svc/delete_group_msg_by_sender",
            json!({"GroupId": "$G", "Sender_Account": "alice"}),
            &[GROUP, ("Sender_Account", 10004)],
        )
        .case("a long sender", json!({"Sender_Account": long(33)}), 10012),
    ]
}

fn members() -> Vec<Row> {
    vec![
        row(
            "group_open_http_svc/forbid_send_msg",
            json!({"GroupId": "$G", "Members_Account": ["alice"], "MuteTime": 60}),
            &[GROUP, ("Members_Account", 10004), ("MuteTime", 10004)],
        )
        .case("the older name", json!({"MuteTime": null, "ShutUpTime": 0}), 0)
        .case("for ever", json!({"MuteTime": u32::MAX}), 0)
        .case("longer than that", json!({"MuteTime": 4_294_967_296_u64}), 10004)
        .case("nobody", json!({"Members_Account": []}), 10004)
        .case("500", json!({"Members_Account": many(500)}), 0)
        .case("too many", json!({"Members_Account": many(501)}), 10005)
        .case("a long name", json!({"Members_Account": [long(33)]}), 10012),
        row("group_open_http_svc/get_group_muted_account", json!({"GroupId": "$G"}), &[GROUP]),
        row("group_open_http_svc/get_group_shutted_uin", json!({"GroupId": "$G"}), &[GROUP]),
        row(
            "group_open_http_svc/ban_group_member",
            json!({"GroupId": "$G", "Members_Account": ["alice"], "Duration": 60}),
            &[GROUP, ("Members_Account", 10004), ("Duration", 10004)],
        )
        .case("no time", json!({"Duration": 0}), 10004)
        .case("too many", json!({"Members_Account": many(21)}), 10005)
        .case("nobody", json!({"Members_Account": []}), 10004)
        .case("a long reason", json!({"Description": long(1_001)}), 10004)
        .case("a long name", json!({"Members_Account": [long(33)]}), 10012),
        row(
            "group_open_http_svc/unban_group_member",
            json!({"GroupId": "$G", "Members_Account": ["alice"]}),
            &[GROUP, ("Members_Account", 10004)],
        )
        .case("too many", json!({"Members_Account": many(21)}), 10005),
        row(
            "group_open_http_svc/get_group_ban_member",
            json!({"GroupId": "$G", "Limit": 100, "Offset": 0}),
            &[GROUP],
        )
        .case("too many", json!({"Limit": 101}), 10004)
        .case("none", json!({"Limit": 0}), 10004),
        row("group_open_http_svc/get_online_member_num", json!({"GroupId": "$G"}), &[GROUP]),
        row(
            "group_open_avchatroom_http_svc/get_members",
            json!({"GroupId": "$G", "Timestamp": 0}),
            &[GROUP],
        )
        .case("a mark", json!({"Mark": 1000}), 0)
        .case("beyond the end", json!({"Timestamp": u64::MAX}), 0),
        row(
            "group_open_avchatroom_http_svc/modify_user_info",
            json!({"GroupId": "$G", "CommandType": 1,
                "MemberList": [{"Member_Account": "alice", "Marks": [500]}]}),
            &[GROUP, ("CommandType", 10004), ("MemberList", 10004)],
        )
        .case("a command that is none", json!({"CommandType": 3}), 10004)
        .case(
            "all offline",
            json!({"MemberList": [{"Member_Account": "a", "Marks": [1000]}]}),
            10004,
        )
        .case(
            "a mark of ours",
            json!({"MemberList": [{"Member_Account": "a", "Marks": [999]}]}),
            10004,
        )
        .case(
            "too many",
            json!({"MemberList": many(501).iter()
            .map(|a| json!({"Member_Account": a, "Marks": [500]})).collect::<Vec<_>>()}),
            10005,
        ),
        row(
            "group_open_avchatroom_http_svc/modify_admin",
            json!({"GroupId": "$G", "CommandType": 1, "Admin_Account": ["alice"]}),
            &[GROUP, ("CommandType", 10004), ("Admin_Account", 10004)],
        )
        .case("cancelled", json!({"CommandType": 2}), 0)
        .case("a command that is none", json!({"CommandType": 0}), 10004)
        .case("too many", json!({"Admin_Account": many(6)}), 10005),
        row("group_open_avchatroom_http_svc/get_admin_list", json!({"GroupId": "$G"}), &[GROUP]),
        row(
            "group_open_avchatroom_http_svc/check_members",
            json!({"GroupId": "$G", "Member_Account": ["alice"]}),
            &[GROUP, ("Member_Account", 10004)],
        )
        .case("nobody", json!({"Member_Account": []}), 10004)
        .case("too many", json!({"Member_Account": many(501)}), 10005)
        .case("a long one", json!({"Member_Account": [long(33)]}), 10012),
        row(
            "group_open_avchatroom_http_svc/add_robots",
            json!({"GroupId": "$G", "Member_Account": ["r1"]}),
            &[GROUP, ("Member_Account", 10004)],
        )
        .case("too many", json!({"Member_Account": many(501)}), 10005),
        row(
            "group_open_avchatroom_http_svc/del_robots",
            json!({"GroupId": "$G", "Member_Account": ["r1"]}),
            &[GROUP, ("Member_Account", 10004)],
        )
        .case("too many", json!({"Member_Account": many(501)}), 10005),
    ]
}

fn values() -> Vec<Row> {
    let counters = |n: usize| -> Vec<Value> {
        many(n).iter().map(|key| json!({"Key": key, "Value": 1})).collect()
    };
    let attributes = |n: usize, size: usize| -> Vec<Value> {
        many(n).iter().map(|key| json!({"key": key, "value": long(size)})).collect()
    };
    let mut rows = vec![
        row(
            "group_open_http_svc/update_group_counter",
            json!({"GroupId": "$G", "GroupCounter": [{"Key": "a", "Value": -1}], "Mode": "Increase"}),
            &[GROUP, ("GroupCounter", 10004)],
        )
        .case("none", json!({"GroupCounter": []}), 10004)
        .case("too many", json!({"GroupCounter": counters(21)}), 10063)
        .case("a long key", json!({"GroupCounter": [{"Key": long(129), "Value": 1}]}), 10004)
        .case("a mode that is none", json!({"Mode": "Double"}), 10004)
        .case("the end of 64 bits", json!({"GroupCounter": [{"Key": "a", "Value": i64::MAX}]}), 0)
        .case("beyond it", json!({"GroupCounter": [{"Key": "a", "Value": u64::MAX}]}), 10004),
        row("group_open_http_svc/get_group_counter", json!({"GroupId": "$G"}), &[GROUP]),
        row(
            "group_open_http_svc/delete_group_counter",
            json!({"GroupId": "$G", "GroupCounterKeys": ["a"]}),
            &[GROUP],
        )
        .case("too many", json!({"GroupCounterKeys": many(21)}), 10063)
        .case("a long key", json!({"GroupCounterKeys": [long(129)]}), 10004),
        row("group_open_http_svc/clear_group_attr", json!({"GroupId": "$G"}), &[GROUP]),
        row("group_open_attr_http_svc/get_group_attr", json!({"GroupId": "$G"}), &[GROUP]),
        row("group_open_http_svc/get_group_attr", json!({"GroupId": "$G"}), &[GROUP]),
    ];
    for path in ["group_open_http_svc/modify_group_attr", "group_open_http_svc/set_group_attr"] {
        let good = json!({"GroupId": "$G", "GroupAttr": [{"key": "a", "value": "1"}]});
        rows.push(
            row(path, good, &[GROUP, ("GroupAttr", 10004)])
                .case("capitals", json!({"GroupAttr": [{"Key": "a", "Value": "1"}]}), 10004)
                .case("a long key", json!({"GroupAttr": [{"key": long(33), "value": ""}]}), 10045)
                .case("a long value", json!({"GroupAttr": attributes(1, 4_001)}), 10046)
                .case("too many", json!({"GroupAttr": attributes(17, 1)}), 10047)
                .case("too much", json!({"GroupAttr": attributes(5, 4_000)}), 10048),
        );
    }
    rows
}

fn accounts() -> Vec<Row> {
    let users =
        |n: usize| -> Vec<Value> { many(n).iter().map(|user| json!({"UserID": user})).collect() };
    let nick =
        |value: Value| json!({"ProfileItem": [{"Tag": "Tag_Profile_IM_Nick", "Value": value}]});
    vec![
        row(
            "im_open_login_svc/account_import",
            json!({"UserID": "carol", "Nick": "Carol"}),
            &[("UserID", 70402)],
        )
        .wrong(70402, &[])
        .case("the older name", json!({"UserID": null, "Identifier": "carol"}), 0)
        .case("a long name", json!({"UserID": long(33)}), 70402)
        .case("a long nickname", json!({"Nick": long(501)}), 40601),
        row(
            "im_open_login_svc/multiaccount_import",
            json!({"Accounts": ["carol", "dave"]}),
            &[("Accounts", 70402)],
        )
        .wrong(70402, &[])
        .case("nobody", json!({"Accounts": []}), 70206)
        .case("too many", json!({"Accounts": many(101)}), 70206)
        .case("a long one is named in the answer", json!({"Accounts": [long(33)]}), 0),
        row(
            "im_open_login_svc/account_check",
            json!({"CheckItem": [{"UserID": "alice"}, {"UserID": "nobody"}]}),
            &[("CheckItem", 70402)],
        )
        .wrong(70402, &[])
        .case("too many", json!({"CheckItem": users(101)}), 70206)
        .case("nobody", json!({"CheckItem": []}), 70206),
        row(
            "im_open_login_svc/account_delete",
            json!({"DeleteItem": [{"UserID": "nobody"}]}),
            &[("DeleteItem", 70402)],
        )
        .wrong(70402, &[])
        .case("too many", json!({"DeleteItem": users(101)}), 70206),
        row("im_open_login_svc/kick", json!({"UserID": "bob"}), &[("UserID", 70402)])
            .wrong(70402, &[])
            .case("nobody", json!({"UserID": "nobody"}), 70107)
            .case("a long one", json!({"UserID": long(33)}), 70402),
        row(
            "profile/portrait_set",
            json!({"From_Account": "alice",
                "ProfileItem": [{"Tag": "Tag_Profile_IM_Nick", "Value": "Alice"}]}),
            &[("From_Account", 40002), ("ProfileItem", 40001)],
        )
        .wrong(40001, &[("From_Account", 40002)])
        .case("nobody", json!({"From_Account": "nobody"}), 40003)
        .case("a long account", json!({"From_Account": long(33)}), 40002)
        .case("a long value", nick(long(501).into()), 40601)
        .case("a value of another type", nick(5.into()), 40001)
        .case("a tag that is none", json!({"ProfileItem": [{"Tag": "Nick", "Value": "x"}]}), 40009)
        .case("nothing", json!({"ProfileItem": []}), 40001)
        .case(
            "too many",
            json!({"ProfileItem": many(41).iter()
            .map(|n| json!({"Tag": format!("Tag_Profile_Custom_{n}"), "Value": "x"}))
            .collect::<Vec<_>>()}),
            40001,
        ),
        row(
            "profile/portrait_get",
            json!({"To_Account": ["alice", "nobody"], "TagList": ["Tag_Profile_IM_Nick"]}),
            &[("To_Account", 40002), ("TagList", 40001)],
        )
        .wrong(40001, &[("To_Account", 40002)])
        .case("nobody", json!({"To_Account": []}), 40002)
        .case("too many", json!({"To_Account": many(101)}), 40001)
        .case("no tags", json!({"TagList": []}), 40001),
        row(
            "openconfigsvr/setnospeaking",
            json!({"Set_Account": "bob", "GroupmsgNospeakingTime": 60}),
            &[("Set_Account", 130_004), ("GroupmsgNospeakingTime", 130_008)],
        )
        .wrong(130_008, &[("Set_Account", 130_005)])
        .case("a long account", json!({"Set_Account": long(33)}), 130_005)
        .case("too long", json!({"C2CmsgNospeakingTime": 4_294_967_296_u64}), 130_008)
        .case("lifted", json!({"GroupmsgNospeakingTime": 0, "C2CmsgNospeakingTime": 0}), 0),
        row(
            "openconfigsvr/getnospeaking",
            json!({"Get_Account": "bob"}),
            &[("Get_Account", 130_002)],
        )
        .wrong(130_003, &[])
        .case("a long account", json!({"Get_Account": long(33)}), 130_003),
    ]
}

fn direct() -> Vec<Row> {
    let good = |to: Value| json!({"To_Account": to, "MsgRandom": 7, "MsgBody": text(3)});
    let types: &[(&str, u64)] = &[("To_Account", 90003), ("MsgRandom", 90005), ("MsgBody", 90002)];
    let needs: &[(&str, u64)] = &[("To_Account", 90003), ("MsgRandom", 90005), ("MsgBody", 90007)];
    vec![
        row("openim/sendmsg", good(json!("bob")), needs)
            .wrong(20001, types)
            .case("no list", json!({"MsgBody": "x"}), 90002)
            .case("an empty list", json!({"MsgBody": []}), 90002)
            .case("too long", json!({"MsgBody": text(13_000)}), 93000)
            .case("a long life", json!({"MsgLifeTime": 604_801}), 90026)
            .case("nobody", json!({"To_Account": "nobody"}), 90012)
            .case("from nobody", json!({"From_Account": "nobody"}), 90008)
            .case("from somebody", json!({"From_Account": "alice", "MsgLifeTime": 0}), 0)
            .case("as the admin, twice", json!({"SyncOtherMachine": 2, "MsgSeq": 9}), 0),
        row("openim/batchsendmsg", good(json!(["bob", "nobody"])), needs)
            .wrong(20001, types)
            .case("nobody named", json!({"To_Account": []}), 90003)
            .case("too many", json!({"To_Account": many(501)}), 90011),
        row(
            "openim/admin_msgwithdraw",
            json!({"From_Account": "alice", "To_Account": "bob", "MsgKey": "1_2_3"}),
            &[("From_Account", 90008), ("To_Account", 90003), ("MsgKey", 90054)],
        )
        .wrong(90054, &[("From_Account", 90008), ("To_Account", 90003)])
        .answers(90054),
        row(
            "openim/query_online_status",
            json!({"To_Account": ["bob", "nobody"], "IsNeedDetail": 1}),
            &[("To_Account", 90003)],
        )
        .wrong(20001, &[("To_Account", 90003)])
        .case("too many", json!({"To_Account": many(501)}), 90011),
    ]
}

fn refused() -> Vec<Row> {
    let of = |path, code| row(path, json!({"GroupId": "$G"}), &[GROUP]).answers(code);
    vec![
        of("group_open_http_svc/change_group_owner", 10007),
        of("group_open_http_svc/add_group_member", 10007),
        of("group_open_http_svc/delete_group_member", 10004),
        of("group_open_http_svc/get_group_member_info", 10007),
        of("group_open_http_svc/modify_group_member_info", 10007),
        of("group_open_http_svc/get_role_in_group", 10007),
        of("group_open_http_svc/group_msg_recall", 10033),
        of("group_open_http_svc/import_group_member", 10007),
        of("group_open_http_svc/import_group_msg", 10007),
        row("group_open_http_svc/import_group", json!({}), &[]).answers(10007),
    ]
}

fn table() -> Vec<Row> {
    [groups(), messages(), members(), values(), accounts(), direct(), refused()]
        .into_iter()
        .flatten()
        .collect()
}

/// `good` with the changes; `null` takes a field away.
fn changed(good: &Value, change: &Value) -> Value {
    let mut body = good.clone();
    for (key, value) in change.as_object().expect("fields") {
        match value {
            Value::Null => drop(body.as_object_mut().expect("fields").remove(key)),
            value => body[key] = value.clone(),
        }
    }
    body
}

/// A call that waits for its turn where a command may be called once a second.
async fn code(back_end: &BackEnd, path: &str, query: &str, body: &Value) -> (u64, Value) {
    let look = || async {
        let answer = back_end.post(path, query, body.to_string()).await;
        let code = answer["ErrorCode"].as_u64().expect("a number");
        (code != 60007).then_some((code, answer))
    };
    eventually("a turn", look).await
}

#[tokio::test]
async fn every_command_answers_good_and_bad_calls_with_its_codes() {
    let back_end = BackEnd::new().await;
    for user in ["alice", "bob"] {
        back_end.done("im_open_login_svc/account_import", json!({"UserID": user})).await;
    }
    let query = back_end.query();
    let member = format!(
        "sdkappid={}&identifier=alice&usersig={}",
        super::back_end::APP,
        back_end.usersig("alice")
    );
    for (n, row) in table().into_iter().enumerate() {
        let Row { path, good, code: expected, needs, wrong, types, cases } = row;
        let id = format!("g{n}");
        let make = || json!({"Type": "AVChatRoom", "Name": "Live", "GroupId": id});
        back_end.done("group_open_http_svc/create_group", make()).await;
        let good: Value =
            serde_json::from_str(&good.to_string().replace("$G", &id)).expect("it was JSON");
        let mut all: Vec<(String, Value, u64)> = Vec::new();
        for (field, code) in needs {
            let body = changed(&good, &json!({ *field: null }));
            all.push((format!("without {field}"), body, *code));
        }
        for (field, value) in good.as_object().expect("fields") {
            let other = if value.is_object() { json!("x") } else { json!({"x": 1}) };
            let listed = types.iter().find(|(name, _)| name == field);
            let code = listed.map_or(wrong, |(_, code)| *code);
            all.push((
                format!("{field} of another type"),
                changed(&good, &json!({field: other})),
                code,
            ));
        }
        if good.get("GroupId").is_some() {
            for (other, code) in [("nowhere", 10010), (&*long(49), 10015), ("", 10015)] {
                let body = changed(&good, &json!({ "GroupId": other }));
                all.push((format!("in group {other:?}"), body, code));
            }
        }
        for (what, change, code) in cases {
            all.push((what.to_owned(), changed(&good, &change), code));
        }
        let no_right = code(&back_end, path, &member, &good).await;
        assert_eq!(no_right.0, 60010, "{path} by a member: {}", no_right.1);
        let last = ("good".to_owned(), good, expected);
        // Attributes are written 5 times a second; what is refused for its size is not a write.
        for (what, body, expected) in all.into_iter().chain([last]) {
            let (got, answer) = code(&back_end, path, &query, &body).await;
            assert_eq!(got, expected, "{path} {what}: {answer}");
        }
    }
}

#[tokio::test]
async fn table_has_every_command_of_the_description() {
    let back_end = BackEnd::new().await;
    let served: Value =
        serde_json::from_str(&back_end.server.get("/v4/openapi.json").await).expect("JSON");
    let paths = served["paths"].as_object().expect("paths");
    let described: Vec<String> = paths.keys().map(|path| path.replacen("/v4/", "", 1)).collect();
    let mut tested: Vec<String> = table().iter().map(|row| row.path.to_owned()).collect();
    tested.sort();
    assert_eq!(tested, described);
}
