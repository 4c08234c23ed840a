//! Messages of a back end to one account: taken back, and forbidden.

use super::back_end::BackEnd;
use serde_json::{Value, json};

fn letter(random: u32) -> Value {
    json!({
        "From_Account": "alice", "To_Account": "bob", "MsgRandom": random, "MsgSeq": 9,
        "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "psst"}}],
    })
}

#[tokio::test]
async fn message_to_one_is_taken_back_once_and_a_muted_sender_sends_none() {
    let back_end = BackEnd::new().await;
    for user in ["alice", "bob"] {
        back_end.done("im_open_login_svc/account_import", json!({"UserID": user})).await;
    }
    let sent = back_end.done("openim/sendmsg", letter(1)).await;
    let key = format!("9_1_{}", sent["MsgTime"]);
    assert_eq!(sent["MsgKey"], key);
    let withdraw = json!({"From_Account": "alice", "To_Account": "bob", "MsgKey": key});
    back_end.done("openim/admin_msgwithdraw", withdraw.clone()).await;
    assert_eq!(back_end.refused("openim/admin_msgwithdraw", withdraw).await, 90054);
    let silence = json!({"Set_Account": "alice", "C2CmsgNospeakingTime": 60});
    back_end.done("openconfigsvr/setnospeaking", silence).await;
    assert_eq!(back_end.refused("openim/sendmsg", letter(2)).await, 20012);
}
