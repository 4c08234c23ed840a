//! The members of a group by SDK: lists of them, their marks, and what the
//! owner changes about one.

use super::command::{act, act_outside};
use super::group;
use super::session::{Session, malformed};
use crate::apps::role;
use crate::apps::roster::{self, Listed};
use crate::room_task::Desk;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::Request;
use surtitle_tim::group::MarkCommand;
use surtitle_tim::map;

/// Most members asked about by name at once.
const NAMED: usize = 100;
/// Most members on a page of the older list.
const PAGE: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct List {
    #[serde(default)]
    timestamp: usize,
    #[serde(default)]
    mark: Option<u32>,
}

/// `get_members`: `Timestamp` is where the page begins, as we said it.
pub async fn list(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let List { timestamp, mark } = request.body().map_err(malformed)?;
    act(session, request, |_| Ok(())).await?;
    let room = group::room(session, request)?;
    let app = session.app()?;
    let page = roster::roster(app, &room, session.actor()?, mark, timestamp).await?;
    let list: Vec<Value> = page.members.iter().map(Listed::wire).collect();
    Ok(json!({ "MemberList": list, "NextTimestamp": page.next }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Page {
    limit: usize,
    offset: usize,
}

impl Default for Page {
    fn default() -> Self {
        Self { limit: PAGE, offset: 0 }
    }
}

/// `get_group_member_info`: the same people for SDKs that know no other list.
pub async fn page(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let Page { limit, offset } = request.body().map_err(malformed)?;
    act(session, request, move |desk| {
        let mut all = Vec::new();
        let mut from = 0;
        loop {
            let page = roster::page(desk, None, from);
            all.extend(page.members);
            from = page.next;
            if from == 0 {
                break;
            }
        }
        let online = desk.figures().online;
        let page = all.iter().skip(offset).take(limit.min(PAGE));
        let list: Vec<Value> = page.map(|listed| of(desk, &listed.account)).collect();
        Ok(json!({ "MemberNum": online, "MemberList": list }))
    })
    .await
}

/// Somebody as the older lists show them.
fn of(desk: &Desk<'_>, account: &str) -> Value {
    let muted = desk.room.find(desk.now, &map::user_id(account)).and_then(|(_, until)| until);
    json!({
        "Member_Account": account,
        "Role": role(desk.group, account),
        "JoinTime": desk.since_s(account),
        "NameCard": "",
        "ShutUpUntil": muted.map_or(0, |until| until.0 / 1_000),
        "AppMemberDefinedData": [],
    })
}

#[derive(Deserialize)]
struct Named {
    #[serde(rename = "Member_List_Account")]
    accounts: Vec<String>,
}

/// `get_specified_group_member_info`: those of the named who are here.
pub async fn named(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let Named { accounts } = request.body().map_err(malformed)?;
    act(session, request, move |desk| {
        let here = accounts.iter().take(NAMED).filter(|account| desk.is_here(account));
        let list: Vec<Value> = here.map(|account| of(desk, account)).collect();
        Ok(json!({ "MemberList": list }))
    })
    .await
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Modify {
    #[serde(rename = "Member_Account")]
    account: String,
    #[serde(default)]
    shut_up_time: Option<u32>,
    #[serde(default)]
    role: Option<String>,
}

/// `modify_group_member_info`: mutes, or makes an admin. An AVChatRoom keeps
/// nothing else about a member.
pub async fn modify(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let Modify { account, shut_up_time, role } = request.body().map_err(malformed)?;
    let accounts = vec![account];
    match (shut_up_time, role.as_deref()) {
        (Some(seconds), None) => {
            let room = group::room(session, request)?;
            let store = session.state.shared.store.as_ref();
            room.mute(store, session.actor()?, accounts, seconds).await?;
        }
        (None, Some("Admin")) => {
            act(session, request, move |desk| {
                desk.change(|group, by, _| group.set_admins(by, &accounts))
            })
            .await?;
        }
        (None, Some("Member")) => {
            act(session, request, move |desk| {
                desk.change(|group, by, _| group.cancel_admins(by, &accounts))
            })
            .await?;
        }
        (None, Some(other)) => {
            let text = format!("Role is {other:?}; it is Admin or Member");
            return Err(Refusal::new(Code::Parameter, text));
        }
        (None, None) => {
            let text = "members of an AVChatRoom have no name card and no fields of their own";
            return Err(Refusal::new(Code::NotMember, text));
        }
        (Some(_), Some(_)) => {
            let text = "ShutUpTime and Role are two requests; send one after the other";
            return Err(Refusal::new(Code::Parameter, text));
        }
    }
    Ok(json!({}))
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Marked {
    #[serde(rename = "Member_Account")]
    account: String,
    marks: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Mark {
    command_type: u64,
    member_list: Vec<Marked>,
}

/// `modify_user_info`: answered with what was done of it.
pub async fn mark(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let Mark { command_type, member_list } = request.body().map_err(malformed)?;
    let command = MarkCommand::of(command_type)
        .ok_or_else(|| Refusal::new(Code::Parameter, "CommandType is 1 to mark and 2 to unmark"))?;
    let list: Vec<(String, Vec<u32>)> =
        member_list.into_iter().map(|member| (member.account, member.marks)).collect();
    let done = act_outside(session, request, move |desk| desk.mark(command, &list)).await?;
    let done: Vec<Marked> =
        done.into_iter().map(|(account, marks)| Marked { account, marks }).collect();
    Ok(json!({ "CommandType": command_type, "MemberList": done }))
}
