//! What back ends say reaches everybody, and what they forbid is forbidden.

use super::back_end::{ADMIN, APP, BackEnd};
use crate::harness::Sdk;
use serde_json::{Value, json};
use surtitle_core::{EventKind, Priority};

const SEND: &str = "group_open_http_svc/send_group_msg";

fn said(random: u32, text: &str) -> Value {
    json!({
        "GroupId": "main", "Random": random,
        "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": text}}],
    })
}

fn by(mut body: Value, account: &str) -> Value {
    body["From_Account"] = account.into();
    body
}

#[tokio::test]
async fn message_of_a_back_end_is_a_comment_and_sent_twice_is_one() {
    let back_end = BackEnd::new().await;
    let account = json!({"UserID": "alice", "Nick": "Alice", "FaceUrl": "http://x/a.png"});
    back_end.done("im_open_login_svc/account_import", account).await;
    let mut viewer = back_end.server.guest().await;
    let mut body = by(said(7, "from the back end"), "alice");
    body["MsgPriority"] = "High".into();
    let first = back_end.done(SEND, body.clone()).await;
    let event = viewer.hear("from the back end").await;
    let from = event.from.expect("a sender");
    assert_eq!((from.id.as_str(), &*from.nick, event.priority), ("alice", "Alice", Priority::High));
    assert!(matches!(event.kind, EventKind::Comment { .. }));
    let again = back_end.done(SEND, body).await;
    assert_eq!((&first["MsgSeq"], &first["MsgTime"]), (&again["MsgSeq"], &again["MsgTime"]));
    let next = back_end.done(SEND, said(7, "as the admin")).await;
    assert_eq!(next["MsgSeq"].as_u64(), first["MsgSeq"].as_u64().map(|seq| seq + 1));
    let event = viewer.hear("as the admin").await;
    assert_eq!(event.from.expect("a sender").id.as_str(), ADMIN);

    let read = json!({"GroupId": "main", "ReqMsgNumber": 20});
    let history = back_end.done("group_open_http_svc/group_msg_get_simple", read).await;
    let list = history["RspMsgList"].as_array().expect("a list");
    let texts: Vec<&Value> = list.iter().map(|m| &m["MsgBody"][0]["MsgContent"]["Text"]).collect();
    assert_eq!(texts, ["as the admin", "from the back end"]);
    let priorities = [&list[0]["MsgPriority"], &list[1]["MsgPriority"], &history["IsFinished"]];
    assert_eq!(priorities, [2, 1, 1]);
}

#[tokio::test]
async fn message_over_the_budget_is_answered_as_dropped() {
    let back_end = BackEnd::new().await;
    let query = back_end.query();
    let calls = (0..120).map(|n| {
        let mut body = said(n, &n.to_string());
        body["MsgPriority"] = "Low".into();
        back_end.post(SEND, &query, body.to_string())
    });
    let answers = futures_util::future::join_all(calls).await;
    assert!(answers.iter().all(|answer| answer["ErrorCode"] == 0));
    let dropped = answers.iter().filter(|answer| answer["MsgDropReason"] == "MsgFreqCtrl").count();
    assert!((1..=80).contains(&dropped), "{dropped}");
}

#[tokio::test]
async fn who_is_muted_banned_or_silenced_by_the_app_does_not_speak_but_admins_do() {
    let back_end = BackEnd::new().await;
    for user in ["alice", "bob", "carol"] {
        back_end.done("im_open_login_svc/account_import", json!({"UserID": user})).await;
    }
    let mute = |account: &str, seconds: u32| json!({"GroupId": "main", "Members_Account": [account], "MuteTime": seconds});
    let forbid = "group_open_http_svc/forbid_send_msg";
    back_end.done(forbid, mute("alice", 600)).await;
    assert_eq!(back_end.refused(SEND, by(said(1, "x"), "alice")).await, 10017);
    let muted =
        back_end.done("group_open_http_svc/get_group_muted_account", json!({"GroupId": "main"}));
    assert_eq!(muted.await["MutedAccountList"][0]["Member_Account"], "alice");
    let old =
        back_end.done("group_open_http_svc/get_group_shutted_uin", json!({"GroupId": "main"}));
    assert_eq!(old.await["ShuttedUinList"][0]["Member_Account"], "alice");
    back_end.done(forbid, mute("alice", 0)).await;
    back_end.done(SEND, by(said(2, "x"), "alice")).await;

    let ban = json!({"GroupId": "main", "Members_Account": ["bob"], "Duration": 600});
    back_end.done("group_open_http_svc/ban_group_member", ban).await;
    assert_eq!(back_end.refused(SEND, by(said(3, "x"), "bob")).await, 10007);
    let banned =
        back_end.done("group_open_http_svc/get_group_ban_member", json!({"GroupId": "main"}));
    assert_eq!(banned.await["BannedAccountList"][0]["Member_Account"], "bob");

    let silence = json!({"Set_Account": "carol", "GroupmsgNospeakingTime": u32::MAX});
    back_end.done("openconfigsvr/setnospeaking", silence).await;
    assert_eq!(back_end.refused(SEND, by(said(4, "x"), "carol")).await, 10017);
    let left = back_end.done("openconfigsvr/getnospeaking", json!({"Get_Account": "carol"})).await;
    assert_eq!(left["GroupmsgNospeakingTime"], u32::MAX);
    assert_eq!(left["C2CmsgNospeakingTime"], 0);

    let all = json!({"GroupId": "main", "MuteAllMember": "On"});
    back_end.done("group_open_http_svc/modify_group_base_info", all).await;
    assert_eq!(back_end.refused(SEND, by(said(5, "x"), "alice")).await, 10017);
    back_end.done(forbid, mute(ADMIN, 600)).await;
    back_end.done(SEND, said(6, "the admin speaks all the same")).await;
}

#[tokio::test]
async fn groups_are_made_listed_changed_and_closed() {
    let back_end = BackEnd::new().await;
    let new = json!({
        "Type": "AVChatRoom", "Name": "Second", "GroupId": "second", "Introduction": "i",
        "AppDefinedData": [{"Key": "city", "Value": "Oslo"}], "MaxMemberCount": 500,
    });
    let made = back_end.done("group_open_http_svc/create_group", new).await;
    assert_eq!(made["GroupId"], "second");
    let unnamed = json!({"Type": "AVChatRoom", "Name": "Third"});
    let third = back_end.done("group_open_http_svc/create_group", unnamed).await;
    let third = third["GroupId"].as_str().expect("an id").to_owned();
    assert!(third.starts_with("@TGS#a"), "{third}");
    let list = back_end.done("group_open_http_svc/get_appid_group_list", json!({"Limit": 2})).await;
    assert_eq!((&list["TotalCount"], &list["Next"]), (&json!(3), &json!(2)));

    let edit = json!({"GroupId": "second", "ShutUpAllMember": "On", "Notification": "n"});
    back_end.done("group_open_http_svc/modify_group_base_info", edit).await;
    let ask = json!({"GroupIdList": ["second", "nowhere"]});
    let infos = back_end.done("group_open_http_svc/get_group_info", ask).await;
    let info = &infos["GroupInfo"][0];
    for (key, value) in [
        ("ErrorCode", json!(0)),
        ("GroupId", json!("second")),
        ("Type", json!("AVChatRoom")),
        ("Name", json!("Second")),
        ("Introduction", json!("i")),
        ("Notification", json!("n")),
        ("MuteAllMember", json!("On")),
        ("ShutUpAllMember", json!("On")),
        ("MaxMemberNum", json!(500)),
        ("ApplyJoinOption", json!("FreeAccess")),
        ("AppDefinedData", json!([{"Key": "city", "Value": "Oslo"}])),
    ] {
        assert_eq!(info[key], value, "{key}");
    }
    assert_eq!(infos["GroupInfo"][1]["ErrorCode"], 10010);
    let filter = json!({"GroupBaseInfoFilter": ["Name"], "AppDefinedDataFilter_Group": []});
    let ask = json!({"GroupIdList": ["second"], "ResponseFilter": filter});
    let infos = back_end.done("group_open_http_svc/get_group_info", ask).await;
    let info = &infos["GroupInfo"][0];
    assert_eq!((&info["Name"], &info["Introduction"]), (&json!("Second"), &Value::Null));
    assert_eq!(info["AppDefinedData"], json!([]));

    back_end.done("group_open_http_svc/destroy_group", json!({"GroupId": "second"})).await;
    assert_eq!(
        back_end
            .refused(SEND, {
                let mut body = said(1, "x");
                body["GroupId"] = "second".into();
                body
            })
            .await,
        10010
    );
}

#[tokio::test]
async fn counters_attributes_admins_and_robots_are_kept_over_a_restart() {
    let back_end = BackEnd::new().await;
    let main = |mut body: Value| {
        body["GroupId"] = "main".into();
        body
    };
    let count = main(json!({"GroupCounter": [{"Key": "likes", "Value": 5}], "Mode": "Increase"}));
    let counted = back_end.done("group_open_http_svc/update_group_counter", count.clone()).await;
    assert_eq!(counted["GroupCounter"], json!([{"Key": "likes", "Value": 5}]));
    let attributes = main(json!({"GroupAttr": [{"key": "mode", "value": "pk"}]}));
    back_end.done("group_open_http_svc/set_group_attr", attributes).await;
    let admins = main(json!({"CommandType": 1, "Admin_Account": ["mod"]}));
    back_end.done("group_open_avchatroom_http_svc/modify_admin", admins).await;
    let robots = main(json!({"Member_Account": ["robot"]}));
    back_end.done("group_open_avchatroom_http_svc/add_robots", robots).await;
    let back_end = back_end.restarted().await;
    let counted = back_end.done("group_open_http_svc/update_group_counter", count).await;
    assert_eq!(counted["GroupCounter"], json!([{"Key": "likes", "Value": 10}]));
    let read = back_end.done("group_open_attr_http_svc/get_group_attr", main(json!({}))).await;
    assert_eq!(read["GroupAttrAry"], json!([{"key": "mode", "value": "pk"}]));
    let admins =
        back_end.done("group_open_avchatroom_http_svc/get_admin_list", main(json!({}))).await;
    assert_eq!(admins["Admin_List"][0]["Admin_Account"], "mod");
    let check = main(json!({"Member_Account": ["robot", "nobody"]}));
    let here = back_end.done("group_open_avchatroom_http_svc/check_members", check).await;
    assert_eq!(here["Member_Account"], json!(["robot"]));
    let members =
        back_end.done("group_open_avchatroom_http_svc/get_members", main(json!({}))).await;
    assert_eq!(members["MemberList"][0]["Member_Account"], "robot");
}

#[tokio::test]
async fn faq_4_a_back_end_tells_one_account_and_sees_who_is_online() {
    let back_end = BackEnd::new().await;
    back_end.done("im_open_login_svc/account_import", json!({"UserID": "carol"})).await;
    let mut bob = Sdk::open(back_end.server.addr, APP).await;
    assert_eq!(bob.enter("bob", &back_end.usersig("bob")).await, 0);
    let ask = json!({"To_Account": ["bob", "carol", "nobody"], "IsNeedDetail": 1});
    let online = back_end.done("openim/query_online_status", ask).await;
    let states: Vec<&Value> = (0..2).map(|n| &online["QueryResult"][n]["State"]).collect();
    assert_eq!(states, ["Online", "Offline"]);
    assert_eq!(online["QueryResult"][0]["Detail"][0]["Platform"], "Web");
    assert_eq!(online["ErrorList"][0]["To_Account"], "nobody");
    let order = json!({"Data": "{\"cmd\":\"quit\"}", "Desc": "d", "Ext": "e"});
    let body = json!({
        "To_Account": "bob", "MsgRandom": 7,
        "MsgBody": [{"MsgType": "TIMCustomElem", "MsgContent": order}],
    });
    let first = back_end.done("openim/sendmsg", body.clone()).await;
    let again = back_end.done("openim/sendmsg", body).await;
    assert_eq!((&first["MsgKey"], &first["MsgTime"]), (&again["MsgKey"], &again["MsgTime"]));
    let pushed = bob.hears("C2cMsgArray").await;
    let item = &pushed["body"]["EventArray"][0]["C2cMsgArray"][0];
    assert_eq!((&item["From_Account"], &item["MsgKey"]), (&json!(ADMIN), &first["MsgKey"]));
    assert_eq!(item["MsgBody"][0]["MsgContent"], order);
    let gone = json!({"DeleteItem": [{"UserID": "bob"}]});
    back_end.done("im_open_login_svc/account_delete", gone).await;
    let nobody = json!({"To_Account": "bob", "MsgRandom": 8, "MsgBody": [
        {"MsgType": "TIMTextElem", "MsgContent": {"Text": "x"}}]});
    assert_eq!(back_end.refused("openim/sendmsg", nobody).await, 90012);
}

#[tokio::test]
async fn new_name_of_a_group_is_in_what_is_said_from_then_on() {
    let back_end = BackEnd::new().await;
    let mut alice = Sdk::open(back_end.server.addr, APP).await;
    assert_eq!(alice.enter("alice", &back_end.usersig("alice")).await, 0);
    assert_eq!(alice.join("main").await, 0);
    let rename = json!({ "GroupId": "main", "Name": "Evening show" });
    back_end.done("group_open_http_svc/modify_group_base_info", rename).await;
    back_end.done(SEND, said(8, "after the change")).await;
    let push = alice.hears("after the change").await.to_string();
    assert!(push.contains(r#""GroupName":"Evening show""#), "{push}");
}
