//! Joining and leaving a room as a member, and its profile.

use super::asker::Asker;
use super::poll;
use super::relay::{Ask, Figures};
use super::session::{Session, malformed};
use crate::apps::{group_info, role};
use crate::room_task::{Caller, Input, RoomHandle};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use surtitle_core::RoomId;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::{Nothing, Request};
use surtitle_tim::hook::Command;
use surtitle_tim::hook::body::before_join;
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

/// `apply_join_group`: the room answers, with its history. Other groups the
/// login is in are for the SDK to quit.
pub async fn join(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let user = session.user()?;
    let (who, login, app) = (user.sender(), user.a2.id, user.a2.app);
    let room = room(session, request)?;
    let known = session.app()?;
    if known.hooks.wants(Command::BeforeApplyJoinGroup) {
        let at = session.state.shared.clock.now().0;
        let body = before_join(&room.group, map::account(&who.id), at);
        let caller = Caller::at(&session.conn);
        known.ask(Command::BeforeApplyJoinGroup, body, caller).await?;
    }
    let key = match session.conn.socket() {
        Some(_) => None,
        None => Some(poll::key(session, app, &room).await?.0),
    };
    session.rooms.add(room.clone())?;
    session.state.sdk.seats.take(login, RoomId(room.group.to_string()), session.conn.id);
    room.tell(Input::Sdk(Ask::Join { asker: asker.clone(), who, key })).await;
    if session.rooms.is_closed() {
        // Kicked meanwhile, perhaps before the room heard of it.
        room.tell(Input::Sdk(Ask::Quit(session.conn.id))).await;
    }
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
    if let (Some(user), Some(room)) = (&session.user, session.rooms.remove(&group_id)) {
        session.state.sdk.seats.free(user.a2.id, &group_id);
        room.tell(Input::Sdk(Ask::Quit(session.conn.id))).await;
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
        let joined = session.rooms.get(&id);
        group_info.push(match &joined {
            Some(room) => profile(session, room).await.unwrap_or_else(|refusal| {
                let Refusal { number, text } = refusal;
                json!({ "GroupId": id, "ErrorCode": number, "ErrorInfo": text })
            }),
            None => {
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

/// The group and the asker in it. SDKs look for the asker among the members.
async fn profile(session: &Session, room: &RoomHandle) -> Result<Value, Refusal> {
    let (app, conn) = (session.app()?.id, session.conn.id);
    let actor = session.actor()?;
    room.act(actor, move |desk| {
        if !desk.is_member(conn) {
            let code = Code::NotMember;
            let id = &desk.group.profile().id;
            return Ok(
                json!({ "GroupId": id, "ErrorCode": code.number(), "ErrorInfo": code.text() }),
            );
        }
        let mut info = group_info(app, desk.group, desk.figures());
        let by = desk.by();
        let me = json!({
            "Member_Account": by.account,
            "Role": role(desk.group, by.account),
            "JoinTime": desk.since_s(by.account),
            "MsgFlag": "AcceptAndNotify",
            "MsgSeq": 0,
            "NameCard": "",
        });
        info["MemberList"] = json!([me]);
        info["SelfInfo"] = me;
        Ok(info)
    })
    .await
}
