//! Joining and leaving a room as a member, and its profile.

use super::asker::Asker;
use super::poll;
use super::relay::Ask;
use super::session::{Session, malformed};
use crate::apps::{group_info, role};
use crate::room_task::{Caller, Desk, Input, RoomHandle};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use surtitle_core::RoomId;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::{Nothing, Request};
use surtitle_tim::hook::Command;
use surtitle_tim::hook::body::before_join;
use surtitle_tim::map;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct One {
    group_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Many {
    group_id_list: Vec<String>,
    #[serde(default)]
    response_filter: Option<Filter>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Filter {
    group_base_info_filter: Vec<String>,
}

impl Many {
    /// Whether only the type is asked for: an SDK that was told something of a
    /// group it has left wants to know what it was.
    fn is_probe(&self) -> bool {
        self.response_filter.as_ref().is_some_and(|filter| {
            let names = &filter.group_base_info_filter;
            !names.is_empty() && names.iter().all(|name| name == "Type" || name == "Name")
        })
    }
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
/// not told of its end would else not get into the next room. The owner cannot
/// quit (10009); logging out or closing the page takes them out all the same.
pub async fn quit(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let One { group_id } = request.body().map_err(malformed)?;
    if let (Some(user), Some(room)) = (&session.user, session.rooms.get(&group_id)) {
        let check = |desk: &mut Desk<'_>| desk.group.check_quit(desk.by().account);
        room.act(session.actor()?, check).await.or_else(gone)?;
        session.rooms.remove(&group_id);
        session.state.sdk.seats.free(user.a2.id, &group_id);
        room.tell(Input::Sdk(Ask::Quit(session.conn.id))).await;
    }
    asker.answer(&Nothing {});
    Ok(())
}

/// Nobody minds that a closed group is left.
fn gone(refusal: Refusal) -> Result<(), Refusal> {
    if refusal.number == Code::UnknownGroup.number() { Ok(()) } else { Err(refusal) }
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
    let asked: Many = request.body().map_err(malformed)?;
    let probe = asked.is_probe();
    let mut group_info = Vec::new();
    for id in asked.group_id_list.into_iter().take(50) {
        let made = session.made.take_if(|made| *made == id).is_some();
        group_info.push(match profile(session, &id, probe, made).await {
            Ok(info) => info,
            Err(Refusal { number, text }) => {
                json!({ "GroupId": id, "ErrorCode": number, "ErrorInfo": text })
            }
        });
    }
    asker.answer(&Infos { group_info });
    Ok(())
}

/// The group and the asker in it. SDKs look for the asker among the members.
/// Who `made` it a moment ago need not be in it yet.
async fn profile(
    session: &Session,
    group: &str,
    probe: bool,
    made: bool,
) -> Result<Value, Refusal> {
    let room = session.app()?.room_or_closed(group).ok_or(Code::UnknownGroup)?;
    let (app, conn) = (session.app()?.id, session.conn.id);
    let read = room.act(session.actor()?, move |desk| {
        if !made && !desk.is_member(conn) {
            return Err(Code::NotMember.into());
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
    });
    match read.await {
        Err(_) if probe => Ok(json!({
            "ErrorCode": 0, "ErrorInfo": "", "GroupId": group, "Type": "AVChatRoom",
            "Name": &*room.name,
        })),
        info => info,
    }
}
