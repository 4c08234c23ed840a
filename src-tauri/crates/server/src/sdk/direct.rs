//! One-to-one messages by SDK: sending them, and reading what waited.

use super::session::{Session, malformed};
use crate::apps::direct::NewDirect;
use crate::apps::mailbox::Mailbox;
use crate::room_task::Caller;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::Request;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Send<'a> {
    #[serde(rename = "To_Account")]
    to: String,
    /// A u32, like the next; larger ones are cut to one.
    msg_seq: u64,
    msg_random: u64,
    #[serde(borrow)]
    msg_body: &'a RawValue,
    #[serde(default)]
    cloud_custom_data: Option<String>,
    #[serde(default)]
    msg_client_time: Option<u64>,
    #[serde(default)]
    msg_life_time: Option<u32>,
}

/// `openim.sendmsg`. The sender is who logged in, whatever the body says.
pub async fn send(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let user = session.user()?;
    let wire: Send<'_> = request.body().map_err(malformed)?;
    let seq = wire.msg_seq as u32;
    let new = NewDirect {
        from: user.a2.account.clone(),
        to: wire.to,
        seq,
        random: wire.msg_random as u32,
        client_time: wire.msg_client_time,
        cloud: wire.cloud_custom_data.unwrap_or_default(),
        body: wire.msg_body.to_owned(),
        life_s: wire.msg_life_time,
        sync: true,
        hooks: (true, true),
    };
    let caller = Caller::at(&session.conn);
    let sent = session.app()?.send_direct(new, Some(user.a2.id), caller).await?;
    Ok(json!({ "MsgTime": sent.time_s, "MsgSeq": seq, "MsgKey": sent.key }))
}

async fn mailbox(session: &Session) -> Result<Mailbox, Code> {
    let now = session.state.shared.clock.now();
    session.app()?.direct.waiting(&session.user()?.a2.account, now).await
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Get {
    cookie: Option<String>,
}

/// `openim.getmsg`: what is not read, after the cookie of an earlier answer.
/// An SDK that has just logged in takes it for unread, one that came back for
/// news; it knows doubles by their id.
pub async fn get(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let account = &session.user()?.a2.account;
    let Get { cookie } = request.body().map_err(malformed)?;
    let after = cookie.and_then(|cookie| cookie.parse().ok()).unwrap_or(0);
    let mailbox = mailbox(session).await?;
    let news = mailbox.list.iter().filter(|message| message.row > after);
    let list: Vec<Box<RawValue>> = news.filter_map(|message| message.json(account)).collect();
    let unread: Vec<Value> = mailbox
        .senders()
        .into_iter()
        .map(|(count, last)| json!({ "From_Account": last.from, "UnreadCount": count }))
        .collect();
    Ok(json!({
        "MsgList": list, "Cookie": mailbox.last.to_string(), "SyncFlag": 2, "EventArray": [],
        "C2CPairUnreadCount": unread,
    }))
}

/// `recentcontact.page_get`, up to 2.11 `get`: the conversations in which something is unread;
/// there is no list of others.
pub async fn recent(session: &Session) -> Result<Value, Refusal> {
    let mailbox = mailbox(session).await?;
    let conversation = |(count, last): (usize, &crate::apps::mailbox::Waiting)| {
        let body: Value = serde_json::from_str(&last.body).unwrap_or_default();
        json!({
            "Type": 1, "To_Account": last.from, "MsgTimeStamp": last.at_s, "MsgSeq": last.seq,
            "MsgRand": last.random, "UnreadMsgCount": count,
            "LastC2CMsgFrom_Account": last.from, "C2cNick": last.nick, "C2cImage": last.face,
            "C2cPeerReadTime": 0, "LastMsgFlags": 0, "TopFlags": 0, "MsgShow": "",
            "LastMsg": { "MsgBody": body },
        })
    };
    let list: Vec<Value> = mailbox.senders().into_iter().rev().map(conversation).collect();
    Ok(json!({
        "CompleteFlag": 1, "SessionItem": list, "TimeStamp": 0, "StartIndex": 0,
        "TopTimeStamp": 0, "TopStartIndex": 0,
    }))
}

#[derive(Deserialize)]
struct Read {
    #[serde(rename = "C2CMsgReaded")]
    readed: Readed,
}

#[derive(Deserialize)]
struct Readed {
    #[serde(rename = "C2CMsgReadedItem")]
    items: Vec<Peer>,
}

#[derive(Deserialize)]
struct Peer {
    #[serde(rename = "To_Account")]
    account: String,
    #[serde(rename = "LastedMsgTime")]
    at_s: u64,
}

/// `openim.msgreaded`.
pub async fn read(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let Read { readed } = request.body().map_err(malformed)?;
    let account = &session.user()?.a2.account;
    let upto: Vec<(String, u64)> =
        readed.items.into_iter().map(|peer| (peer.account, peer.at_s)).collect();
    session.app()?.direct.read(account, &upto, session.state.shared.clock.now()).await?;
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_named_by_peer_and_second() {
        let body = r#"{"C2CMsgReaded":{"Cookie":"","C2CMsgReadedItem":[
            {"To_Account":"bob","LastedMsgTime":1795402077,"Receipt":1}]}}"#;
        let Read { readed } = serde_json::from_str(body).expect("a reading");
        assert_eq!((&*readed.items[0].account, readed.items[0].at_s), ("bob", 1_795_402_077));
    }
}
