//! Members: mute, ban, and how many there are.

use super::call::Call;
use super::table::{Command, Done};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::group::BAN_PAGE_LIMIT;

/// `forbid_send_msg`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ForbidSendMsg")]
#[serde(rename_all = "PascalCase")]
pub struct Mute {
    /// Where.
    group_id: String,
    /// 1 to 500 accounts.
    #[serde(rename = "Members_Account")]
    members_account: Vec<String>,
    /// Seconds; 0 lifts the mute, 4294967295 is for ever. One of the two names must be there.
    mute_time: Option<u32>,
    /// The same under its older name.
    shut_up_time: Option<u32>,
}

impl Command for Mute {
    const PATH: &'static str = "group_open_http_svc/forbid_send_msg";
    const ABOUT: &'static str = "Mutes accounts in a group, or lifts that.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let Some(seconds) = self.mute_time.or(self.shut_up_time) else {
            return Err(Refusal::new(Code::Parameter, "missing field `MuteTime`"));
        };
        let room = call.room(&self.group_id)?;
        let store = call.state.shared.store.as_ref();
        room.mute(store, call.actor.clone(), self.members_account, seconds).await?;
        Ok(Done {})
    }
}

/// `get_group_muted_account`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetMuted")]
#[serde(rename_all = "PascalCase")]
pub struct Muted {
    /// Where.
    group_id: String,
}

/// Somebody who is muted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MutedAccount {
    #[serde(rename = "Member_Account")]
    account: String,
    /// Seconds since 1970.
    #[serde(rename = "MutedUntil")]
    until: u64,
}

/// Who is muted.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct MutedList {
    group_id: String,
    muted_account_list: Vec<MutedAccount>,
}

impl Command for Muted {
    const PATH: &'static str = "group_open_http_svc/get_group_muted_account";
    const ABOUT: &'static str = "Who is muted in a group.";
    type Answer = MutedList;

    async fn run(self, call: Call) -> Result<MutedList, Refusal> {
        let muted = call.at(&self.group_id, |desk| Ok(desk.mutes())).await?.into_iter();
        let list = muted.map(|(account, until)| MutedAccount { account, until });
        Ok(MutedList { group_id: self.group_id, muted_account_list: list.collect() })
    }
}

/// `get_group_shutted_uin`: `get_group_muted_account` under its older names.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetShutted")]
#[serde(rename_all = "PascalCase")]
pub struct Shutted {
    /// Where.
    group_id: String,
}

/// Somebody who is muted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShuttedUin {
    #[serde(rename = "Member_Account")]
    account: String,
    /// Seconds since 1970.
    #[serde(rename = "ShuttedUntil")]
    until: u64,
}

/// Who is muted.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ShuttedList {
    group_id: String,
    shutted_uin_list: Vec<ShuttedUin>,
}

impl Command for Shutted {
    const PATH: &'static str = "group_open_http_svc/get_group_shutted_uin";
    const ABOUT: &'static str = "Who is muted in a group, under older names.";
    type Answer = ShuttedList;

    async fn run(self, call: Call) -> Result<ShuttedList, Refusal> {
        let muted = call.at(&self.group_id, |desk| Ok(desk.mutes())).await?.into_iter();
        let list = muted.map(|(account, until)| ShuttedUin { account, until });
        Ok(ShuttedList { group_id: self.group_id, shutted_uin_list: list.collect() })
    }
}

/// `ban_group_member`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "BanMembers")]
#[serde(rename_all = "PascalCase")]
pub struct Ban {
    /// Where.
    group_id: String,
    /// 1 to 20 accounts.
    #[serde(rename = "Members_Account")]
    members_account: Vec<String>,
    /// Seconds, more than 0.
    duration: u32,
    /// At most 1000 bytes.
    description: Option<String>,
}

impl Command for Ban {
    const PATH: &'static str = "group_open_http_svc/ban_group_member";
    const ABOUT: &'static str = "Puts accounts out of a group and keeps them out for a time.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let (accounts, seconds) = (self.members_account, self.duration);
        let why = self.description.unwrap_or_default();
        call.at(&self.group_id, move |desk| desk.ban(&accounts, seconds, &why)).await?;
        Ok(Done {})
    }
}

/// `unban_group_member`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "UnbanMembers")]
#[serde(rename_all = "PascalCase")]
pub struct Unban {
    /// Where.
    group_id: String,
    /// 1 to 20 accounts.
    #[serde(rename = "Members_Account")]
    members_account: Vec<String>,
}

impl Command for Unban {
    const PATH: &'static str = "group_open_http_svc/unban_group_member";
    const ABOUT: &'static str = "Lets banned accounts in again.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let accounts = self.members_account;
        call.at(&self.group_id, move |desk| desk.unban(&accounts)).await?;
        Ok(Done {})
    }
}

/// `get_group_ban_member`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetBanned")]
#[serde(rename_all = "PascalCase")]
pub struct Banned {
    /// Where.
    group_id: String,
    /// Most accounts to answer, 1 to 100; so many without it.
    limit: Option<u32>,
    /// 0 first, then what the last answer said.
    offset: Option<u32>,
}

/// Somebody who is banned.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BannedAccount {
    #[serde(rename = "Member_Account")]
    account: String,
    /// Seconds since 1970.
    #[serde(rename = "BannedUntil")]
    until: u64,
}

/// A page of who is banned.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct BannedList {
    banned_account_list: Vec<BannedAccount>,
    /// Where the next page begins; 0 for this is the last.
    next_offset: usize,
}

impl Command for Banned {
    const PATH: &'static str = "group_open_http_svc/get_group_ban_member";
    const ABOUT: &'static str = "Who is banned from a group.";
    type Answer = BannedList;

    async fn run(self, call: Call) -> Result<BannedList, Refusal> {
        let limit = self.limit.map_or(BAN_PAGE_LIMIT, |limit| limit as usize);
        let offset = self.offset.unwrap_or(0) as usize;
        let page = call
            .at(&self.group_id, move |desk| desk.group.list_bans(desk.now_s(), offset, limit))
            .await?;
        let list = page.list.into_iter().map(|(account, until)| BannedAccount { account, until });
        Ok(BannedList { banned_account_list: list.collect(), next_offset: page.next_offset })
    }
}

/// `get_online_member_num`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetOnline")]
#[serde(rename_all = "PascalCase")]
pub struct Online {
    /// Where.
    group_id: String,
}

/// How many are here, guests included.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct OnlineNum {
    online_member_num: u32,
}

impl Command for Online {
    const PATH: &'static str = "group_open_http_svc/get_online_member_num";
    const ABOUT: &'static str = "How many people are in a group now.";
    type Answer = OnlineNum;

    async fn run(self, call: Call) -> Result<OnlineNum, Refusal> {
        let figures = call.at(&self.group_id, |desk| Ok(desk.figures())).await?;
        Ok(OnlineNum { online_member_num: figures.online })
    }
}
