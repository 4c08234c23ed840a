//! Logging in and out, and what an SDK asks on its way to ready.

use super::asker::Asker;
use super::seal::A2;
use super::session::{Session, User};
use crate::apps::logins;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::{Head, Nothing, Request};
use surtitle_tim::item::{KickType, kickout};
use surtitle_tim::{map, usersig};

/// Seconds between two `wshello`. A client that says nothing notices a restart
/// of this server with the next one, so it is short.
const HELLO_S: u32 = 15;
/// Seconds an SDK keeps what `fetch_config` and its kin said.
const CONFIG_LIFE_S: u32 = 3_600;
/// Ability bits, the last character is bit 0: 2 history on join, 6 list of
/// members, 11 ban, 15 counters. The others are for what is not here.
const ABILITIES: &str = "1000100001000100";

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

/// `wslogin` and its like by HTTP: with a usersig, or over a new socket with
/// the `a2` of an earlier one, which the session has looked at before. An SDK
/// instance keeps its login, and so its rooms, whichever it shows.
pub async fn login(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let now = session.state.shared.clock.now();
    let head = &request.head;
    if head.a2.is_empty() || !head.usersig.is_empty() {
        let app = Arc::clone(session.app()?);
        let not_before = app.accounts.limits(&head.identifier).not_before;
        let expected = usersig::Expected {
            user: &head.identifier,
            app: app.id,
            now: now.0 / 1_000,
            not_before,
        };
        let claims = usersig::verify(&app.record().secret_key, &head.usersig, &expected)?;
        if !map::is_account(&claims.user) {
            return Err(Code::BadAccount.into());
        }
        let here = session.user.as_ref().map(|user| &user.a2);
        let here = here.filter(|a2| a2.app == app.id && a2.account == claims.user).map(|a2| a2.id);
        let device = &session.device;
        let known = app.logins.find(&claims.user, device.platform, &device.instance);
        let id = match here.or(known) {
            Some(id) => id,
            None => getrandom::u64().map_err(|_| Code::Server)?,
        };
        let expires = claims.time.saturating_add(claims.life);
        let a2 =
            A2 { app: app.id, expires, id, time: claims.time, since: now, account: claims.user };
        if here.is_some()
            && let Some(user) = &mut session.user
        {
            user.a2 = a2;
        } else {
            session.leave().await;
            let known = app.accounts.import(&a2.account).await?;
            let (nick, face) = (known.nick().to_owned(), known.face().to_owned());
            session.sit(User { a2, app, nick, face }).await?;
        }
    }
    let a2 = &session.user()?.a2;
    asker.answer(&LoggedIn {
        a2_key: session.state.sdk.seal.close(a2),
        tiny_id: map::tiny_id(&a2.account),
        hello_interval: HELLO_S,
        inst_id: logins::inst_id(a2.id),
        time_stamp: now.0 / 1_000,
        purchase_bits: ABILITIES,
    });
    Ok(())
}

/// `wslogout`, and `logout` by HTTP.
pub async fn logout(session: &mut Session, asker: &Asker) -> Result<(), Refusal> {
    session.leave().await;
    asker.answer(&Nothing {});
    Ok(())
}

/// `getlongpollingid`: any number will do, the `a2` says whose poll it is.
pub fn polling_id(session: &Session, asker: &Asker) -> Result<(), Refusal> {
    let id = logins::inst_id(session.user()?.a2.id);
    asker.answer(&json!({ "LongPollingId": id }));
    Ok(())
}

/// A request of a login that the server has ended. The hello, a new socket and
/// the long poll are told why; taking leave works; anything else is refused.
/// After another login not with 70001: an SDK whose request crosses the kick
/// would take its usersig for expired. After an admin's kick it is, and up to
/// 2.18 the SDKs know no other word for it.
pub fn ended(head: &Head<'_>, kick: KickType, asker: &Asker) -> Result<(), Refusal> {
    match &*head.servcmd {
        "im_open_status.wshello" | "im_open_status.wslogin" => {
            asker.refuse_with(&Code::Kicked.into(), &kickout(kick, "Web", 0));
            Ok(())
        }
        "im_open_status.wslogout"
        | "openim.logout"
        | "openim.longpollinglogout"
        | "heartbeat.alive" => {
            asker.answer(&Nothing {});
            Ok(())
        }
        "openim.longpolling" => Err(Code::KickedPoll.into()),
        _ if kick == KickType::Rest => Err(Code::LoginOver.into()),
        _ => Err(Code::NotLoggedIn.into()),
    }
}

/// Answers that are the same for everybody: this server has rooms, and no
/// conversations, contacts, friends or stored messages.
pub fn standing_answer(request: &Request<'_>) -> Option<Value> {
    let app = request.head.sdkappid;
    let command = &*request.head.servcmd;
    Some(match command {
        // An SDK that was a guest here asks by itself, and minds a refusal.
        "group_open_http_svc.group_msg_get" => json!({ "RspMsgList": [], "IsFinished": 1 }),
        "heartbeat.alive"
        | "im_open_status.wshello"
        | "imopenstat.tim_web_report_v2"
        | "imopenstat.tim_web_report"
        | "webim.accesslayer"
        | "openim.longpollinglogout"
        | "openim.ws_msg_push_ack" => json!({}),
        "openim.getroammsg" => {
            json!({ "MsgList": [], "Complete": 1, "LastMsgTime": 0, "MsgKey": "" })
        }
        "openim.get_peer_read_time" => json!({ "ReadTime": [] }),
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
            tracing::debug!("sdk: {command:?} is not known here, {app} asked");
            return None;
        }
    })
}
