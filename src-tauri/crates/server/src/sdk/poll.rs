//! Guests: they join without a login and read by polling.

use super::asker::Asker;
use super::group;
use super::relay::{Ask, Place};
use super::seal::PollKey;
use super::session::{Session, malformed};
use crate::room_task::Input;
use serde::{Deserialize, Serialize};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::Request;
use tokio::sync::oneshot;

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
    let (reply, last) = oneshot::channel();
    room.tell(Input::Sdk(Ask::Place { reply })).await;
    let seq = last.await.map_err(|_| Code::Server)?;
    let key = PollKey { app: session.app()?.id, room: room.group.to_string(), seq };
    asker.answer(&Joined {
        joined_status: "JoinedSuccess",
        huge_group_flag: 1,
        long_polling_key: session.state.sdk.seal.close(&key),
        start_seq: seq + 1,
    });
    Ok(())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Read {
    key: String,
    #[serde(default)]
    start_seq: u64,
}

/// `get_msg`: the room answers, at once or when it has news.
pub async fn read(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let Read { key, start_seq } = request.body().map_err(malformed)?;
    let PollKey { app, room, seq } = session.state.sdk.seal.open(&key).ok_or(Code::NotMember)?;
    let app = session.state.apps.get(app).ok_or(Code::UnknownApp)?;
    let room = app.room(&room).ok_or(Code::UnknownGroup)?;
    if let Some(old) = session.guest.take().filter(|old| old.id != room.id) {
        old.tell(Input::Leave(session.conn.id)).await;
    }
    let place = Place { key, start: start_seq, joined: seq };
    room.tell(Input::Sdk(Ask::Poll { asker: asker.clone(), place })).await;
    session.guest = Some(room);
    Ok(())
}
