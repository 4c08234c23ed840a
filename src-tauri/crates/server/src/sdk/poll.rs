//! Reading by polling: guests, who join without a login, and members over HTTP.

use super::asker::Asker;
use super::group;
use super::outlet::Outlet;
use super::relay::{Ask, Place};
use super::seal::PollKey;
use super::session::{Session, malformed};
use crate::room_task::{Input, RoomHandle};
use serde::{Deserialize, Serialize};
use surtitle_core::room::ConnId;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::Request;
use tokio::sync::oneshot;

/// Set in the numbers of guests without a socket, which are those of their
/// keys; sockets count up from 1.
const KEYS: u64 = 1 << 63;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Joined {
    joined_status: &'static str,
    huge_group_flag: u8,
    long_polling_key: String,
    start_seq: u64,
}

/// `apply_join_group` without a login. The key says where the guest began, so
/// nothing need be remembered of one who never polls.
pub async fn join(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let room = group::room(session, request)?;
    let (long_polling_key, seq) = key(session, session.app()?.id, &room).await?;
    asker.answer(&Joined {
        joined_status: "JoinedSuccess",
        huge_group_flag: 1,
        long_polling_key,
        start_seq: seq + 1,
    });
    Ok(())
}

/// A key for reading in a room from now on, and the number of its last message.
///
/// # Errors
/// The room has ended.
pub async fn key(session: &Session, app: u32, room: &RoomHandle) -> Result<(String, u64), Refusal> {
    let (reply, last) = oneshot::channel();
    room.tell(Input::Sdk(Ask::Place { reply })).await;
    let seq = last.await.map_err(|_| Code::Server)?;
    let id = getrandom::u64().map_err(|_| Code::Server)?;
    let key = PollKey { app, room: room.group.to_string(), seq, id };
    Ok((session.state.sdk.seal.close(&key), seq))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Read {
    key: String,
    #[serde(default)]
    start_seq: u64,
}

/// `get_msg` of a guest: the room answers, at once or when it has news. Over
/// a socket the guest is the socket, else it is the key.
pub async fn read(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let (PollKey { app, room, id, .. }, place) = place(session, request)?;
    let app = session.state.apps.get(app).ok_or(Code::UnknownApp)?;
    let room = app.room_or_closed(&room).ok_or(Code::UnknownGroup)?;
    let asker = if session.conn.socket().is_some() {
        if session.guest.add(room.clone()).is_err() {
            // Who polls on is back with the next poll.
            for old in session.guest.clear() {
                old.tell(Input::Leave(session.conn.id)).await;
            }
            session.guest.add(room.clone())?;
        }
        asker.clone()
    } else {
        asker.clone().of(Outlet::nowhere(ConnId(id | KEYS)))
    };
    room.tell(Input::Sdk(Ask::Poll { asker, place, member: false })).await;
    Ok(())
}

/// `get_msg` of a member: the same, in a room they joined.
pub async fn read_as_member(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let home = session.user()?.a2.app;
    let (PollKey { app, room, .. }, place) = place(session, request)?;
    let room = session.rooms.get(&room).filter(|_| app == home).ok_or(Code::NotMember)?;
    room.tell(Input::Sdk(Ask::Poll { asker: asker.clone(), place, member: true })).await;
    Ok(())
}

/// Where a poll reads.
fn place(session: &Session, request: &Request<'_>) -> Result<(PollKey, Place), Refusal> {
    let Read { key: text, start_seq: start } = request.body().map_err(malformed)?;
    let key: PollKey = session.state.sdk.seal.open(&text).ok_or(Code::NotMember)?;
    let place = Place { key: text, start, joined: key.seq };
    Ok((key, place))
}
