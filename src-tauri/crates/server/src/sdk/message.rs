//! Speaking in a room.

use super::asker::Asker;
use super::board;
use super::group;
use super::relay::Ask;
use super::session::{Session, malformed};
use crate::room_task::{Caller, Input, Speech};
use serde::Deserialize;
use serde_json::value::RawValue;
use surtitle_core::room::Origin;
use surtitle_tim::body;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::Request;
use surtitle_tim::item::Spoken;
use surtitle_tim::map;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Send<'a> {
    /// A u32; larger ones are cut to one.
    random: u64,
    #[serde(borrow)]
    msg_body: &'a RawValue,
    #[serde(default)]
    msg_priority: Option<String>,
    #[serde(default)]
    cloud_custom_data: Option<String>,
    #[serde(default)]
    msg_client_time: Option<u64>,
}

/// `send_group_msg`. The sender is who logged in, whatever the body says.
/// Order of checks: login, room, size and shape here; then the room's own. What is
/// meant for the board goes there and to nobody else.
pub async fn send(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let user = session.user()?;
    let room = group::room(session, request)?;
    if session.rooms.get(&room.group).is_none() {
        return Err(Code::NotMember.into());
    }
    if session.app()?.accounts.limits(&user.a2.account).group > session.state.shared.clock.now() {
        return Err(Refusal::new(Code::Muted, "muted in every group by the app"));
    }
    let wire: Send<'_> = request.body().map_err(malformed)?;
    let cloud = wire.cloud_custom_data.unwrap_or_default();
    let elements = body::read(wire.msg_body, &cloud)?;
    if let Some(ask) = board::read(&elements, wire.random as u32) {
        return board::ask(session, room, asker, ask?).await;
    }
    let mut meaning = room.link.meaning(&elements);
    if !session.app()?.is_admin(&user.a2.account) {
        meaning = meaning.unpaid(&elements);
    }
    let now_s = session.state.shared.clock.now().0 / 1_000;
    let priority = map::priority(wire.msg_priority.as_deref().unwrap_or_default());
    let spoken = Box::new(Spoken {
        account: user.a2.account.clone(),
        nick: user.nick.clone(),
        face: user.face.clone(),
        random: wire.random as u32,
        client_time: wire.msg_client_time.unwrap_or(now_s),
        priority: map::priority_word(priority).to_owned(),
        cloud,
        body: wire.msg_body.to_owned(),
    });
    let from = Origin::App(session.conn.id);
    let caller = Caller::at(&session.conn);
    let speech = Speech::app(from, asker.clone(), priority, spoken, meaning, caller);
    room.tell(Input::Sdk(Ask::Send(Box::new(speech)))).await;
    Ok(())
}
