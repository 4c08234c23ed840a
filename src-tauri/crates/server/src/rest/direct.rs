//! Messages from a back end to one account, or to each of many, and who of
//! them is online.

use super::call::Call;
use super::limits::Pace;
use super::messages::{Element, Forbid};
use super::table::{Command, Family};
use crate::apps::direct::{NewDirect, SentDirect};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use surtitle_tim::code::{Code, Refusal};

/// Most accounts in one call.
const MANY: usize = 500;
/// `SyncOtherMachine` of a message its sender's own instances do not get.
const ALONE: u8 = 2;

/// `sendmsg`.
pub type Send = Letter<String>;
/// `batchsendmsg`.
pub type SendMany = Letter<Vec<String>>;

/// A message to one account, or to each of 1 to 500.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Letter<T> {
    /// Who reads it.
    #[serde(rename = "To_Account")]
    to: T,
    /// The same number from the same sender to the same account is the same message.
    msg_random: u32,
    /// At least one element; with `CloudCustomData` at most 12288 bytes.
    #[schemars(with = "Vec<Element>")]
    msg_body: Box<RawValue>,
    /// The sender; the calling admin without it.
    #[serde(rename = "From_Account")]
    from_account: Option<String>,
    /// `MsgRandom` again without it.
    msg_seq: Option<u32>,
    /// 1 to have it on the sender's own instances too, 2 for not; 1 without it.
    sync_other_machine: Option<u8>,
    /// How long it waits, in seconds: at most 604800, as without it; 0 for those online only.
    msg_life_time: Option<u32>,
    /// Comes with the message.
    cloud_custom_data: Option<String>,
    forbid_callback_control: Option<Vec<Forbid>>,
}

impl<T> Letter<T> {
    /// Who sends it.
    async fn sender(&self, call: &Call) -> Result<String, Refusal> {
        match self.from_account.as_ref().filter(|account| !account.is_empty()) {
            None => Ok(call.actor.account.clone()),
            Some(account) => {
                if call.app.is_admin(account) {
                    return Ok(account.clone());
                }
                if call.app.accounts.find(account).await?.is_none() {
                    return Err(Code::DirectFrom.into());
                }
                if call.app.accounts.limits(account).direct > call.now {
                    return Err(Code::DirectMuted.into());
                }
                Ok(account.clone())
            }
        }
    }

    async fn send(&self, call: &Call, from: &str, to: &str) -> Result<SentDirect, Refusal> {
        let forbidden = self.forbid_callback_control.as_deref().unwrap_or_default();
        let new = NewDirect {
            from: from.to_owned(),
            to: to.to_owned(),
            seq: self.msg_seq.unwrap_or(self.msg_random),
            random: self.msg_random,
            client_time: None,
            cloud: self.cloud_custom_data.clone().unwrap_or_default(),
            body: self.msg_body.clone(),
            life_s: self.msg_life_time,
            sync: self.sync_other_machine != Some(ALONE),
            hooks: (
                !forbidden.contains(&Forbid::ForbidBeforeSendMsgCallback),
                !forbidden.contains(&Forbid::ForbidAfterSendMsgCallback),
            ),
        };
        call.app.send_direct(new, None, call.actor.caller).await
    }
}

/// The number of a refusal of a field of a message.
pub fn malformed(field: &str) -> Code {
    match field {
        "To_Account" => Code::DirectTo,
        "MsgRandom" => Code::DirectRandom,
        "MsgBody" => Code::DirectBody,
        "MsgLifeTime" => Code::DirectLife,
        _ => Code::DirectRequest,
    }
}

/// What became of the message.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SentDirect")]
#[serde(rename_all = "PascalCase")]
pub struct Sent {
    /// When, in seconds since 1970.
    msg_time: u64,
    /// Names it.
    msg_key: String,
}

impl Command for Send {
    const PATH: &'static str = "openim/sendmsg";
    const ABOUT: &'static str = "Sends a message to one account, to wait for it if it is away.";
    const FAMILY: Family = Family::Direct;
    type Answer = Sent;

    fn malformed(field: &str) -> Code {
        malformed(field)
    }

    async fn run(self, call: Call) -> Result<Sent, Refusal> {
        let from = self.sender(&call).await?;
        let SentDirect { time_s, key } = self.send(&call, &from, &self.to).await?;
        Ok(Sent { msg_time: time_s, msg_key: key })
    }
}

/// An account that was not reached.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Missed {
    #[serde(rename = "To_Account")]
    account: String,
    /// Why not.
    #[serde(rename = "ErrorCode")]
    code: u32,
}

/// What became of the messages.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SentDirects")]
#[serde(rename_all = "PascalCase")]
pub struct SentMany {
    /// Those who did not get it.
    error_list: Vec<Missed>,
    /// Names the last that was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    msg_key: Option<String>,
}

impl Command for SendMany {
    const PATH: &'static str = "openim/batchsendmsg";
    const ABOUT: &'static str = "Sends a message to each of many accounts.";
    const FAMILY: Family = Family::Direct;
    const PACE: Pace = Pace::Bulk;
    type Answer = SentMany;

    fn malformed(field: &str) -> Code {
        malformed(field)
    }

    async fn run(self, call: Call) -> Result<SentMany, Refusal> {
        check_many(&self.to)?;
        let from = self.sender(&call).await?;
        let (mut error_list, mut msg_key) = (Vec::new(), None);
        for to in &self.to {
            match self.send(&call, &from, to).await {
                Ok(sent) => msg_key = Some(sent.key),
                Err(refusal) if refusal.number == Code::DirectUnknownTo.number() => {
                    error_list.push(Missed { account: to.clone(), code: refusal.number });
                }
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(SentMany { error_list, msg_key })
    }
}

fn check_many(accounts: &[String]) -> Result<(), Refusal> {
    match accounts.len() {
        0 => Err(Refusal::new(Code::DirectTo, "To_Account is empty")),
        n if n > MANY => Err(Code::DirectTooMany.into()),
        _ => Ok(()),
    }
}

/// `query_online_status`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "QueryOnline")]
#[serde(rename_all = "PascalCase")]
pub struct Query {
    /// Who, 1 to 500.
    #[serde(rename = "To_Account")]
    to: Vec<String>,
    /// 1 to be told of every login.
    is_need_detail: Option<u8>,
}

/// One account; `State` and `Status` say the same, for the vendor has both.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OnlineStatus")]
#[serde(rename_all = "PascalCase")]
pub struct Status {
    #[serde(rename = "To_Account")]
    account: String,
    /// `Online` or `Offline`.
    state: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<Vec<Detail>>,
}

/// One login.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OnlineDetail")]
#[serde(rename_all = "PascalCase")]
pub struct Detail {
    /// `Web`.
    platform: &'static str,
    status: &'static str,
}

/// Who is online.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OnlineStatuses")]
#[serde(rename_all = "PascalCase")]
pub struct Statuses {
    query_result: Vec<Status>,
    /// Those who are no accounts.
    error_list: Vec<Missed>,
}

impl Command for Query {
    const PATH: &'static str = "openim/query_online_status";
    const ABOUT: &'static str = "Says which of many accounts are logged in with an SDK.";
    const FAMILY: Family = Family::Direct;
    type Answer = Statuses;

    fn malformed(field: &str) -> Code {
        malformed(field)
    }

    async fn run(self, call: Call) -> Result<Statuses, Refusal> {
        check_many(&self.to)?;
        let mut answer = Statuses { query_result: Vec::new(), error_list: Vec::new() };
        for account in self.to {
            if !call.app.is_admin(&account) && call.app.accounts.find(&account).await?.is_none() {
                answer.error_list.push(Missed { account, code: Code::NoAccount.number() });
                continue;
            }
            let logins = call.app.logins.online(&account);
            let state = if logins.is_empty() { "Offline" } else { "Online" };
            let each = logins
                .iter()
                .map(|login| Detail { platform: login.platform_word(), status: "Online" });
            let detail = (self.is_need_detail == Some(1)).then(|| each.collect());
            answer.query_result.push(Status { account, state, status: state, detail });
        }
        Ok(answer)
    }
}
