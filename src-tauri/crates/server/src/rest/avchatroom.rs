//! What only live groups have: who is here, marks, admins, robots.

use super::call::Call;
use super::table::{Command, Done};
use crate::apps::roster::roster;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::group::{ADMINS_LIMIT, MarkCommand};

/// Most accounts asked about at once. The vendor names no number; this is that
/// of its other lists of members.
const CHECKED: usize = 500;

/// `get_members`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetMembers")]
#[serde(rename_all = "PascalCase")]
pub struct Members {
    /// Where.
    group_id: String,
    /// 0 first, then `NextTimestamp` of the last answer.
    timestamp: Option<u64>,
    /// Only members with this mark.
    mark: Option<u32>,
}

/// Somebody who is here.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Member {
    #[serde(rename = "Member_Account")]
    account: String,
    nick_name: String,
    avatar: String,
    /// Seconds since 1970; for a robot when the group was made.
    join_time: u64,
}

/// A page of who is here: robots first, then the newest 1000, newest first.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct MemberList {
    member_list: Vec<Member>,
    /// Where the next page begins; 0 for this is the last.
    next_timestamp: usize,
}

impl Command for Members {
    const PATH: &'static str = "group_open_avchatroom_http_svc/get_members";
    const ABOUT: &'static str = "Who is in a group now.";
    type Answer = MemberList;

    async fn run(self, call: Call) -> Result<MemberList, Refusal> {
        let room = call.room(&self.group_id)?;
        let from = self.timestamp.map_or(0, |from| usize::try_from(from).unwrap_or(usize::MAX));
        let page = roster(&call.app, &room, call.actor.clone(), self.mark, from).await?;
        let member_list = page.members.into_iter().map(|listed| Member {
            account: listed.account,
            nick_name: listed.nick,
            avatar: listed.face,
            join_time: listed.since_s,
        });
        Ok(MemberList { member_list: member_list.collect(), next_timestamp: page.next })
    }
}

/// Marks of one member.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Marked {
    #[serde(rename = "Member_Account")]
    account: String,
    /// 1000 and more; an app admin also 500, a robot, and 600, hidden.
    marks: Vec<u32>,
}

/// `modify_user_info`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "MarkMembers")]
#[serde(rename_all = "PascalCase")]
pub struct Mark {
    /// Where.
    group_id: String,
    /// 1 sets, 2 deletes.
    #[schemars(range(min = 1, max = 2))]
    command_type: u64,
    /// 1 to 500 members.
    member_list: Vec<Marked>,
}

/// What was done of it: who is not here was passed over.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct MarkDone {
    command_type: u64,
    member_list: Vec<Marked>,
}

impl Command for Mark {
    const PATH: &'static str = "group_open_avchatroom_http_svc/modify_user_info";
    const ABOUT: &'static str = "Marks members who are here, or takes marks away.";
    type Answer = MarkDone;

    async fn run(self, call: Call) -> Result<MarkDone, Refusal> {
        let command = command_of(self.command_type)?;
        let list: Vec<(String, Vec<u32>)> =
            self.member_list.into_iter().map(|marked| (marked.account, marked.marks)).collect();
        let done = call.at(&self.group_id, move |desk| desk.mark(command, &list));
        let member_list =
            done.await?.into_iter().map(|(account, marks)| Marked { account, marks }).collect();
        Ok(MarkDone { command_type: self.command_type, member_list })
    }
}

fn command_of(number: u64) -> Result<MarkCommand, Refusal> {
    let text = "CommandType is 1, set, or 2, delete";
    MarkCommand::of(number).ok_or_else(|| Refusal::new(Code::Parameter, text))
}

/// `modify_admin`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ModifyAdmin")]
#[serde(rename_all = "PascalCase")]
pub struct ModifyAdmin {
    /// Where.
    group_id: String,
    /// 1 makes admins, 2 cancels that.
    #[schemars(range(min = 1, max = 2))]
    command_type: u64,
    /// 1 to 5 accounts.
    #[serde(rename = "Admin_Account")]
    accounts: Vec<String>,
}

impl Command for ModifyAdmin {
    const PATH: &'static str = "group_open_avchatroom_http_svc/modify_admin";
    const ABOUT: &'static str = "Makes accounts admins of a group, or members again.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let (command, accounts) = (command_of(self.command_type)?, self.accounts);
        let done = call.at(&self.group_id, move |desk| {
            desk.change(|group, by, _| match command {
                MarkCommand::Set => group.set_admins(by, &accounts),
                MarkCommand::Delete => group.cancel_admins(by, &accounts),
            })
        });
        done.await?;
        Ok(Done {})
    }
}

/// `get_admin_list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetAdmins")]
#[serde(rename_all = "PascalCase")]
pub struct Admins {
    /// Where.
    group_id: String,
}

/// An admin of a group.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Admin {
    #[serde(rename = "Admin_Account")]
    account: String,
    nick_name: String,
    avatar: String,
}

/// The admins in the order they were made so; at most 5.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AdminList {
    #[serde(rename = "Admin_List")]
    list: Vec<Admin>,
}

impl Command for Admins {
    const PATH: &'static str = "group_open_avchatroom_http_svc/get_admin_list";
    const ABOUT: &'static str = "The admins of a group.";
    type Answer = AdminList;

    async fn run(self, call: Call) -> Result<AdminList, Refusal> {
        let admins = call.at(&self.group_id, |desk| Ok(desk.group.admins().to_vec())).await?;
        let mut list = Vec::with_capacity(ADMINS_LIMIT);
        for account in admins {
            let (nick_name, avatar) = call.face(&account).await?;
            list.push(Admin { account, nick_name, avatar });
        }
        Ok(AdminList { list })
    }
}

/// `check_members`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "CheckMembers")]
#[serde(rename_all = "PascalCase")]
pub struct Check {
    /// Where.
    group_id: String,
    /// 1 to 500 accounts.
    #[serde(rename = "Member_Account")]
    accounts: Vec<String>,
}

/// Those of the named who are here.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Here {
    #[serde(rename = "Member_Account")]
    accounts: Vec<String>,
}

impl Command for Check {
    const PATH: &'static str = "group_open_avchatroom_http_svc/check_members";
    const ABOUT: &'static str = "Which of the named are in a group now.";
    type Answer = Here;

    async fn run(self, call: Call) -> Result<Here, Refusal> {
        if self.accounts.is_empty() {
            return Err(Refusal::new(Code::Parameter, "Member_Account is empty"));
        }
        if self.accounts.len() > CHECKED {
            let text = format!("Member_Account names more than {CHECKED} accounts");
            return Err(Refusal::new(Code::TooManyAccounts, text));
        }
        for account in &self.accounts {
            Call::check_account("Member_Account", account)?;
        }
        let named = self.accounts;
        let here = call.at(&self.group_id, move |desk| {
            let now_s = desk.now_s();
            let here = |name: &String| desk.is_here(name) || desk.group.is_robot(now_s, name);
            Ok(named.into_iter().filter(here).collect())
        });
        Ok(Here { accounts: here.await? })
    }
}

/// `add_robots`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "AddRobots")]
#[serde(rename_all = "PascalCase")]
pub struct AddRobots {
    /// Where.
    group_id: String,
    /// 1 to 500 accounts; each counts as here for three days.
    #[serde(rename = "Member_Account", alias = "Robot_Account")]
    accounts: Vec<String>,
}

impl Command for AddRobots {
    const PATH: &'static str = "group_open_avchatroom_http_svc/add_robots";
    const ABOUT: &'static str = "Makes accounts count as here without coming.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let accounts = self.accounts;
        let done = call.at(&self.group_id, move |desk| {
            desk.change(|group, by, now_s| {
                group.add_robots(now_s, by, &accounts).map(|()| Vec::new())
            })
        });
        done.await?;
        Ok(Done {})
    }
}

/// `del_robots`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "DeleteRobots")]
#[serde(rename_all = "PascalCase")]
pub struct DeleteRobots {
    /// Where.
    group_id: String,
    /// 1 to 500 accounts; who is no robot is passed over.
    #[serde(rename = "Member_Account", alias = "Robot_Account")]
    accounts: Vec<String>,
}

impl Command for DeleteRobots {
    const PATH: &'static str = "group_open_avchatroom_http_svc/del_robots";
    const ABOUT: &'static str = "Ends what add_robots began.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let accounts = self.accounts;
        let done = call.at(&self.group_id, move |desk| {
            desk.change(|group, by, now_s| {
                group.delete_robots(now_s, by, &accounts).map(|()| Vec::new())
            })
        });
        done.await?;
        Ok(Done {})
    }
}
