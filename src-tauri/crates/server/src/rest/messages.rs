//! Messages to groups, and what was said there.

use super::call::Call;
use super::limits::Pace;
use super::table::{Command, Done};
use crate::room_task::{Input, Speech};
use crate::sdk::asker::Asker;
use crate::sdk::outlet::Outlet;
use crate::sdk::relay::Ask;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::sync::Arc;
use surtitle_core::Priority;
use surtitle_core::room::Origin;
use surtitle_tim::body;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::item::Spoken;
use surtitle_tim::map;

/// Most bytes of a broadcast: `MsgBody` and `CloudCustomData`.
const BROADCAST_LIMIT: usize = 12_000;
/// Most messages read back at once.
const HISTORY_LIMIT: u32 = 20;

/// One element of a message; what else it has is passed on as it is.
#[derive(JsonSchema)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "only described; tim::body reads it")]
pub struct Element {
    /// `TIMTextElem`, `TIMCustomElem`, `TIMFaceElem`, `TIMLocationElem`, …
    msg_type: String,
    /// What the type has, such as `{"Text": "hello"}`.
    msg_content: serde_json::Map<String, Value>,
}

/// A wish for the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Wish {
    /// Gifts, red packets, orders to clients.
    High,
    /// Text.
    #[default]
    Normal,
    /// Likes.
    Low,
    /// Least.
    Lowest,
}

impl Wish {
    fn priority(self) -> Priority {
        match self {
            Self::High => Priority::High,
            Self::Normal => Priority::Normal,
            Self::Low => Priority::Low,
            Self::Lowest => Priority::Lowest,
        }
    }
}

/// Which webhooks are not to be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Forbid {
    /// The one before.
    ForbidBeforeSendMsgCallback,
    /// The one after.
    ForbidAfterSendMsgCallback,
}

/// `send_group_msg`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "SendGroupMsg")]
#[serde(rename_all = "PascalCase")]
pub struct Send {
    /// Where.
    group_id: String,
    /// The same number of the same sender within five minutes is the same message.
    random: u32,
    /// At least one element; with `CloudCustomData` at most 12288 bytes.
    #[schemars(with = "Vec<Element>")]
    msg_body: Box<RawValue>,
    /// The sender, who need not be in the group; the calling admin without it.
    #[serde(rename = "From_Account")]
    from_account: Option<String>,
    msg_priority: Option<Wish>,
    /// Comes with the message.
    cloud_custom_data: Option<String>,
    forbid_callback_control: Option<Vec<Forbid>>,
    /// Refused if it names anybody: messages of a live group are for all.
    #[serde(rename = "To_Account")]
    to_account: Option<Vec<String>>,
}

/// What became of the message.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Sent {
    /// When, in seconds since 1970.
    msg_time: u64,
    /// Its number in the group.
    msg_seq: u64,
    /// `MsgFreqCtrl` if it was dropped: the group had more than its budget.
    #[serde(skip_serializing_if = "Option::is_none")]
    msg_drop_reason: Option<String>,
}

/// The answer of a room, good or bad.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answered {
    error_code: u32,
    error_info: String,
}

/// The sender of a message: the account named, or the calling admin.
async fn sender(call: &Call, from: Option<String>) -> Result<String, Refusal> {
    match from.filter(|account| !account.is_empty()) {
        Some(account) => {
            call.check_known("From_Account", &account).await?;
            Ok(account)
        }
        None => Ok(call.actor.account.clone()),
    }
}

impl Command for Send {
    const PATH: &'static str = "group_open_http_svc/send_group_msg";
    const ABOUT: &'static str = "Says something in a group, within its budget.";
    type Answer = Sent;

    async fn run(self, call: Call) -> Result<Sent, Refusal> {
        let room = call.room(&self.group_id)?;
        if self.to_account.is_some_and(|to| !to.is_empty()) {
            let text = "To_Account is given; messages of a live group are for everybody there";
            return Err(Refusal::new(Code::Parameter, text));
        }
        let account = sender(&call, self.from_account).await?;
        let free = call.app.is_admin(&account);
        if !free {
            if call.app.accounts.limits(&account).group > call.now {
                let text = "the sender is muted by the app in all groups";
                return Err(Refusal::new(Code::Muted, text));
            }
            let (who, now_s) = (account.clone(), call.now_s());
            room.act(call.actor.clone(), move |desk| desk.group.check_banned(now_s, &who)).await?;
        }
        let cloud = self.cloud_custom_data.unwrap_or_default();
        let elements = body::read(&self.msg_body, &cloud)?;
        let meaning = room.link.meaning(&elements);
        let (nick, face) = call.face(&account).await?;
        let sender = map::sender(&account, &nick, &face);
        let priority = self.msg_priority.unwrap_or_default().priority();
        let spoken = Box::new(Spoken {
            account,
            nick,
            face,
            random: self.random,
            client_time: call.now_s(),
            priority: map::priority_word(priority).to_owned(),
            cloud,
            body: self.msg_body,
        });
        let (asker, answer) = Asker::http(&Outlet::nowhere(call.state.next_conn()));
        let from = Origin::BackEnd { sender, mutable: !free };
        let forbidden = self.forbid_callback_control.unwrap_or_default();
        let caller = call.actor.caller;
        let speech = Speech {
            operator: Some(call.actor.account),
            ask: !forbidden.contains(&Forbid::ForbidBeforeSendMsgCallback),
            tell: !forbidden.contains(&Forbid::ForbidAfterSendMsgCallback),
            ..Speech::app(from, asker, priority, spoken, meaning, caller)
        };
        room.tell(Input::Sdk(Ask::Send(Box::new(speech)))).await;
        let answer = answer.await.map_err(|_| Code::Server)?;
        let answered: Answered = serde_json::from_slice(&answer).map_err(|_| Code::Server)?;
        if answered.error_code != 0 {
            return Err(Refusal { number: answered.error_code, text: answered.error_info });
        }
        Ok(serde_json::from_slice(&answer).map_err(|_| Code::Server)?)
    }
}

/// `send_group_system_notification`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "SendNotification")]
#[serde(rename_all = "PascalCase")]
pub struct Notify {
    /// Where.
    group_id: String,
    /// 1 to 12000 bytes.
    content: String,
    /// Refused if it names anybody: notices of a live group are for all.
    #[serde(rename = "ToMembers_Account")]
    to_members: Option<Vec<String>>,
}

impl Command for Notify {
    const PATH: &'static str = "group_open_http_svc/send_group_system_notification";
    const ABOUT: &'static str = "Sends a system notice to all in a group, outside its budget.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let room = call.room(&self.group_id)?;
        if self.to_members.is_some_and(|to| !to.is_empty()) {
            let text = "ToMembers_Account is given; notices of a live group are for everybody";
            return Err(Refusal::new(Code::Parameter, text));
        }
        let content = self.content;
        room.act(call.actor.clone(), move |desk| desk.announce(&content)).await?;
        Ok(Done {})
    }
}

/// `send_broadcast_msg`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "SendBroadcast")]
#[serde(rename_all = "PascalCase")]
pub struct Broadcast {
    /// Part of the message's id.
    random: u32,
    /// At least one element; with `CloudCustomData` at most 12000 bytes.
    #[schemars(with = "Vec<Element>")]
    msg_body: Box<RawValue>,
    /// The sender; the calling admin without it.
    #[serde(rename = "From_Account")]
    from_account: Option<String>,
    /// Comes with the message.
    cloud_custom_data: Option<String>,
}

/// A broadcast on its way.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SentBroadcast")]
#[serde(rename_all = "PascalCase")]
pub struct Number {
    /// Rises with every broadcast of the app: milliseconds since 1970.
    msg_seq: u64,
}

impl Command for Broadcast {
    const PATH: &'static str = "group_open_http_svc/send_broadcast_msg";
    const ABOUT: &'static str = "Says something in all groups of the app, outside their budgets.";
    const PACE: Pace = Pace::Slow;
    type Answer = Number;

    async fn run(self, call: Call) -> Result<Number, Refusal> {
        let account = sender(&call, self.from_account).await?;
        let cloud = self.cloud_custom_data.unwrap_or_default();
        if self.msg_body.get().len() + cloud.len() > BROADCAST_LIMIT {
            let text = format!("the broadcast is longer than {BROADCAST_LIMIT} bytes");
            return Err(Refusal::new(Code::MessageLong, text));
        }
        body::read(&self.msg_body, &cloud)?;
        let (nick, face) = call.face(&account).await?;
        let spoken = Arc::new(Spoken {
            account,
            nick,
            face,
            random: self.random,
            client_time: call.now_s(),
            priority: "High".to_owned(),
            cloud,
            body: self.msg_body,
        });
        for room in call.app.rooms() {
            room.tell(Input::Sdk(Ask::Broadcast(Arc::clone(&spoken)))).await;
        }
        Ok(Number { msg_seq: call.now.0 })
    }
}

/// `group_msg_get_simple`. The vendor refuses it for live groups; here it
/// reads what a room still remembers.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetHistory")]
#[serde(rename_all = "PascalCase")]
pub struct History {
    /// Where.
    group_id: String,
    /// Most messages, 1 to 20.
    req_msg_number: u32,
    /// The newest wanted; the last of all without it.
    req_msg_seq: Option<u64>,
}

/// A message as it was said.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Said {
    #[serde(rename = "From_Account")]
    from_account: String,
    #[serde(rename = "IsPlaceMsg", default)]
    is_place: u8,
    #[serde(rename = "MsgBody")]
    #[schemars(with = "Vec<Element>")]
    body: Box<RawValue>,
    /// 1 High, 2 Normal, 3 Low, 4 Lowest.
    #[serde(rename = "MsgPriority", deserialize_with = "level")]
    priority: u8,
    #[serde(rename = "MsgRandom")]
    random: u32,
    #[serde(rename = "MsgSeq")]
    seq: u64,
    /// Seconds since 1970.
    #[serde(rename = "MsgTimeStamp")]
    at_s: u64,
    #[serde(rename = "CloudCustomData", default)]
    cloud: String,
}

fn level<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u8, D::Error> {
    let word = String::deserialize(from)?;
    Ok(match map::priority(&word) {
        Priority::High => 1,
        Priority::Normal => 2,
        Priority::Low => 3,
        Priority::Lowest => 4,
    })
}

/// Messages, newest first.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Messages {
    group_id: String,
    /// 1 if this is all that is remembered, 0 if there is more.
    is_finished: u8,
    rsp_msg_list: Vec<Said>,
}

impl Command for History {
    const PATH: &'static str = "group_open_http_svc/group_msg_get_simple";
    const ABOUT: &'static str =
        "The last messages of a group; the vendor has this not for live groups.";
    type Answer = Messages;

    async fn run(self, call: Call) -> Result<Messages, Refusal> {
        if !(1..=HISTORY_LIMIT).contains(&self.req_msg_number) {
            let text = format!("ReqMsgNumber is not from 1 to {HISTORY_LIMIT}");
            return Err(Refusal::new(Code::Parameter, text));
        }
        let (last, most) = (self.req_msg_seq.unwrap_or(u64::MAX), self.req_msg_number as usize);
        let (items, more) = call.at(&self.group_id, move |desk| Ok(desk.said(last, most))).await?;
        let said = items.iter().filter_map(|item| serde_json::from_str(item.get()).ok());
        Ok(Messages {
            group_id: self.group_id,
            is_finished: u8::from(!more),
            rsp_msg_list: said.collect(),
        })
    }
}

/// `delete_group_msg_by_sender`: as the vendor has it, a live group takes it
/// and nothing happens.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "DeleteBySender")]
#[serde(rename_all = "PascalCase")]
pub struct Forget {
    /// Where.
    group_id: String,
    /// Whose messages.
    #[serde(rename = "Sender_Account")]
    sender_account: String,
}

impl Command for Forget {
    const PATH: &'static str = "group_open_http_svc/delete_group_msg_by_sender";
    const ABOUT: &'static str = "Answered well and without effect, as for any live group.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        call.room(&self.group_id)?;
        Call::check_account("Sender_Account", &self.sender_account)?;
        Ok(Done {})
    }
}
