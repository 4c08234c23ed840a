//! Joining and leaving a room as a member, and its profile.

use super::asker::Asker;
use super::relay::{Ask, Figures};
use super::session::{Session, malformed};
use crate::room_task::{Input, RoomHandle};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use surtitle_core::RoomId;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::{Nothing, Request};
use surtitle_tim::map;
use tokio::sync::oneshot;

/// Most members asked about at once.
const NAMED: usize = 100;
/// Seconds an SDK keeps the online count.
const ONLINE_LIFE_S: u32 = 10;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct One {
    group_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Many {
    group_id_list: Vec<String>,
}

/// The room of a request.
///
/// # Errors
/// [`Code::UnknownGroup`].
pub fn room(session: &Session, request: &Request<'_>) -> Result<RoomHandle, Refusal> {
    let One { group_id } = request.body().map_err(malformed)?;
    Ok(session.app()?.room(&group_id).ok_or(Code::UnknownGroup)?)
}

/// `apply_join_group`: the room answers, with its history.
pub async fn join(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let who = session.user()?.sender();
    let login = session.user()?.a2.id;
    let room = room(session, request)?;
    if session.room.as_ref().is_some_and(|old| old.id != room.id) {
        session.leave().await;
    }
    session.state.sdk.seats.take(login, RoomId(room.group.to_string()), session.conn.id);
    room.tell(Input::Sdk(Ask::Join { asker: asker.clone(), who })).await;
    session.room = Some(room);
    Ok(())
}

/// `quit_group`: a success even for who is not there, since an SDK that was
/// not told of its end would else not get into the next room.
pub async fn quit(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let One { group_id } = request.body().map_err(malformed)?;
    if session.room.as_ref().is_some_and(|room| *room.group == *group_id) {
        session.leave().await;
    }
    asker.answer(&Nothing {});
    Ok(())
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Infos {
    group_info: Vec<Value>,
}

/// `get_group_self_member_info`: a refusal stands in the entry of its group.
/// That of a non-member makes the SDK go on to join.
pub async fn info(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    session.user()?;
    let Many { group_id_list } = request.body().map_err(malformed)?;
    let mut group_info = Vec::new();
    for id in group_id_list.into_iter().take(50) {
        let joined = session.room.as_ref().filter(|room| *room.group == *id);
        let figures = match joined {
            Some(room) => figures(session, room).await,
            None => None,
        };
        group_info.push(match (joined, figures) {
            (Some(room), Some(figures)) => profile(session, room, figures),
            _ => {
                let known = session.app()?.room(&id);
                let code = if known.is_some() { Code::NotMember } else { Code::UnknownGroup };
                json!({ "GroupId": id, "ErrorCode": code.number(), "ErrorInfo": code.text() })
            }
        });
    }
    asker.answer(&Infos { group_info });
    Ok(())
}

#[derive(Deserialize)]
struct Named {
    #[serde(rename = "Member_List_Account")]
    accounts: Vec<String>,
}

/// `get_specified_group_member_info`: those of the named who are here.
pub async fn members(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    session.user()?;
    let room = room(session, request)?;
    let Named { accounts } = request.body().map_err(malformed)?;
    let users = accounts.iter().take(NAMED).map(|account| map::user_id(account)).collect();
    let (reply, found) = oneshot::channel();
    room.tell(Input::Sdk(Ask::Members { conn: session.conn.id, users, reply })).await;
    let found = found.await.map_err(|_| Code::NotMember)?;
    let list: Vec<Value> = found
        .iter()
        .map(|(who, muted)| {
            json!({
                "Member_Account": map::account(&who.id),
                "Role": "Member",
                "JoinTime": session.state.shared.clock.now().0 / 1_000,
                "NameCard": "",
                "ShutUpUntil": muted.map_or(0, |until| until.0 / 1_000),
            })
        })
        .collect();
    asker.answer(&json!({ "MemberList": list }));
    Ok(())
}

/// `get_online_member_num`.
pub async fn online(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let room = room(session, request)?;
    let figures = figures(session, &room).await.ok_or(Code::NotMember)?;
    asker.answer(&json!({ "OnlineMemberNum": figures.online, "ExpireTime": ONLINE_LIFE_S }));
    Ok(())
}

async fn figures(session: &Session, room: &RoomHandle) -> Option<Figures> {
    let (reply, figures) = oneshot::channel();
    room.tell(Input::Sdk(Ask::Figures { conn: session.conn.id, reply })).await;
    figures.await.ok()
}

fn profile(session: &Session, room: &RoomHandle, figures: Figures) -> Value {
    let seconds = |at: Option<surtitle_core::Millis>| at.map_or(0, |at| at.0 / 1_000);
    let created = seconds(Some(room.created_at));
    // SDKs look for the asker among the members.
    let me = json!({
        "Member_Account": session.user.as_ref().map_or("", |user| &user.a2.account),
        "Role": "Member",
        "JoinTime": seconds(Some(session.state.shared.clock.now())),
        "MsgFlag": "AcceptAndNotify",
        "MsgSeq": 0,
        "NameCard": "",
    });
    json!({
        "ErrorCode": 0,
        "ErrorInfo": "",
        "GroupId": &*room.group,
        "Type": "AVChatRoom",
        "Name": room.name,
        "Introduction": "",
        "Notification": "",
        "FaceUrl": "",
        "Owner_Account": session.app.as_ref().and_then(|app| app.admins().first().cloned()).unwrap_or_default(),
        "CreateTime": created,
        "InfoSeq": 0,
        "LastInfoTime": created,
        "LastMsgTime": seconds(figures.last_at),
        "NextMsgSeq": figures.next,
        "MemberNum": figures.online,
        "MaxMemberNum": 0,
        "ApplyJoinOption": "FreeAccess",
        "ShutUpAllMember": "Off",
        "AppDefinedData": [],
        "SelfInfo": me,
        "MemberList": [me],
    })
}
