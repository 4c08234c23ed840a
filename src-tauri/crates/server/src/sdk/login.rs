//! Logging in and out, and what an SDK asks on its way to ready.

use super::asker::Asker;
use super::seal::A2;
use super::session::{Session, User};
use serde::Serialize;
use serde_json::{Value, json};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::{Nothing, Request};
use surtitle_tim::{map, usersig};

/// Seconds between two `wshello`: under the minute after which a silent
/// socket is closed.
const HELLO_S: u32 = 25;
/// Seconds an SDK keeps what `fetch_config` and its kin said.
const CONFIG_LIFE_S: u32 = 3_600;
/// Ability bits, the last character is bit 0: history on join is bit 2.
const ABILITIES: &str = "100";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct LoggedIn {
    #[serde(rename = "A2Key")]
    a2_key: String,
    tiny_id: String,
    hello_interval: u32,
    inst_id: u32,
    time_stamp: u64,
    purchase_bits: &'static str,
}

/// `wslogin`: with a usersig, or over a new socket with the `a2` of an earlier
/// one, which the session has looked at before.
pub async fn login(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let now_s = session.state.shared.clock.now().0 / 1_000;
    let head = &request.head;
    if head.a2.is_empty() || !head.usersig.is_empty() {
        let app = session.app()?;
        let not_before = app.accounts.limits(&head.identifier).not_before;
        let expected =
            usersig::Expected { user: &head.identifier, app: app.id, now: now_s, not_before };
        let claims = usersig::verify(&app.record().secret_key, &head.usersig, &expected)?;
        if !map::is_account(&claims.user) {
            let text = "a UserID has 1 to 32 printable ASCII characters".to_owned();
            return Err(Refusal { number: Code::Parameter.number(), text });
        }
        let app = app.id;
        let a2 = A2 {
            app,
            expires: claims.time.saturating_add(claims.life),
            id: getrandom::u64().map_err(|_| Code::Server)?,
            account: claims.user,
        };
        session.leave().await;
        let known = session.app()?.accounts.import(&a2.account).await?;
        let (nick, face) = (known.nick().to_owned(), known.face().to_owned());
        session.user = Some(User { a2, nick, face });
    }
    let a2 = &session.user()?.a2;
    asker.answer(&LoggedIn {
        a2_key: session.state.sdk.seal.close(a2),
        tiny_id: map::tiny_id(&a2.account),
        hello_interval: HELLO_S,
        inst_id: (a2.id >> 33) as u32,
        time_stamp: now_s,
        purchase_bits: ABILITIES,
    });
    Ok(())
}

/// `wslogout`.
pub async fn logout(session: &mut Session, asker: &Asker) -> Result<(), Refusal> {
    session.leave().await;
    session.user = None;
    asker.answer(&Nothing {});
    Ok(())
}

/// Answers that are the same for everybody: this server has rooms, and no
/// conversations, contacts, friends or stored messages.
pub fn standing_answer(command: &str, request: &Request<'_>, app: u32) -> Option<Value> {
    Some(match command {
        "heartbeat.alive"
        | "im_open_status.wshello"
        | "imopenstat.tim_web_report_v2"
        | "imopenstat.tim_web_report"
        | "webim.accesslayer"
        | "openim.ws_msg_push_ack" => json!({}),
        "recentcontact.page_get" => json!({
            "CompleteFlag": 1, "SessionItem": [], "TimeStamp": 0, "StartIndex": 0,
            "TopTimeStamp": 0, "TopStartIndex": 0,
        }),
        "openim.getmsg" => {
            json!({ "MsgList": [], "Cookie": "none", "SyncFlag": 2, "EventArray": [] })
        }
        "openim.authkey" => json!({ "AuthKey": "", "ExpireTime": CONFIG_LIFE_S }),
        "im_sdk_config_mgr.fetch_config" => json!({
            "int32_error_code": 0, "str_error_message": "", "str_json_config": "{}",
            "uint32_expired_time": CONFIG_LIFE_S, "uint32_sdkappid": app, "uint64_version": 1,
        }),
        "im_sdk_config_mgr.fetch_imsdk_purchase_bitsv2" => json!({
            "int32_error_code": 0, "str_purchase_bits": ABILITIES,
            "uint32_expired_time": CONFIG_LIFE_S,
        }),
        "group_open_http_svc.get_joined_group_list"
        | "million_group_open_http_svc.get_joined_group_list" => {
            json!({ "TotalCount": 0, "GroupIdList": [] })
        }
        "group_open_http_svc.get_pendency" => json!({ "PendencyList": [], "NextStartTime": 0 }),
        "recentcontact.get_contact_group" | "recentcontact.search_contact_group" => {
            json!({ "CompleteFlag": 1, "GroupItem": [], "ContactItem": [] })
        }
        "openim.get_c2c_peer_mute_notifications" => json!({ "MuteList": [] }),
        "sns.black_list_get" => {
            json!({ "BlackListItem": [], "StartIndex": 0, "CurruentSequence": 0 })
        }
        "sns.friend_get" | "sns.friend_get_all" | "sns.group_get" | "sns.pendency_get" => json!({
            "InfoItem": [], "UserDataItem": [], "ResultItem": [], "PendencyItem": [],
            "CompleteFlag": 1,
        }),
        _ => {
            tracing::debug!("sdk: {command:?} is not known here, {} asked", request.head.sdkappid);
            return None;
        }
    })
}
