//! What an SDK asks of groups beside joining, leaving and speaking, and its
//! one-to-one messages.
//!
//! Each command is one function that reads its body and returns the fields of
//! its answer. What a group allows whom is the group's own rule; here it is
//! only asked that the account is in the group, or is more than a member.

use super::session::Session;
use super::{attributes, bans, counters, direct, group, members, owner, public};
use crate::room_task::Desk;
use serde_json::Value;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::Request;
use surtitle_tim::group::{Right, refused};

/// Services whose commands an AVChatRoom may not have at all.
const SERVICE: &str = "group_open_http_svc.";

/// Carries out a command; `None` if it is none of these.
///
/// # Errors
/// The refusal to answer with.
pub async fn carry_out(
    session: &mut Session,
    request: &Request<'_>,
) -> Result<Option<Value>, Refusal> {
    let command = &*request.head.servcmd;
    let answer = match command {
        "group_open_http_svc.create_group" => owner::create(session, request).await,
        "group_open_http_svc.destroy_group" => owner::destroy(session, request).await,
        "group_open_http_svc.modify_group_base_info" => owner::edit(session, request).await,
        "group_open_http_svc.get_group_public_info" => public::info(session, request).await,
        "group_open_http_svc.get_online_member_num" => public::online(session, request).await,
        "group_open_http_svc.set_group_attr" => attributes::set(session, request).await,
        "group_open_http_svc.modify_group_attr" => attributes::modify(session, request).await,
        "group_open_http_svc.delete_group_attr" => attributes::delete(session, request).await,
        "group_open_http_svc.clear_group_attr" => attributes::clear(session, request).await,
        "group_open_attr_http_svc.get_group_attr" | "group_open_http_svc.get_group_attr" => {
            attributes::get(session, request).await
        }
        "group_open_http_svc.update_group_counter" => counters::update(session, request).await,
        "group_open_http_svc.get_group_counter" => counters::get(session, request).await,
        "group_open_avchatroom_http_svc.get_members" => members::list(session, request).await,
        "group_open_http_svc.get_group_member_info" => members::page(session, request).await,
        "group_open_http_svc.get_specified_group_member_info" => {
            members::named(session, request).await
        }
        "group_open_http_svc.modify_group_member_info" => members::modify(session, request).await,
        "group_open_avchatroom_http_svc.modify_user_info" => members::mark(session, request).await,
        "group_open_http_svc.ban_group_member" => bans::ban(session, request).await,
        "group_open_http_svc.unban_group_member" => bans::unban(session, request).await,
        "openim.sendmsg" => direct::send(session, request).await,
        "openim.getmsg" => direct::get(session, request).await,
        "openim.msgreaded" => direct::read(session, request).await,
        "recentcontact.page_get" | "recentcontact.get" => direct::recent(session).await,
        _ => match command.strip_prefix(SERVICE).and_then(refused) {
            Some(code) => session.user().and(Err(code)).map_err(Refusal::from),
            None => return Ok(None),
        },
    };
    answer.map(Some)
}

/// Does something at the desk of the request's group, for somebody who is in
/// it or is more than a member there.
///
/// # Errors
/// 10001 without a login, 10010 for no such group, 10007 for an outsider, and
/// what `act` refuses.
pub async fn act<T: Send + 'static>(
    session: &Session,
    request: &Request<'_>,
    act: impl FnOnce(&mut Desk<'_>) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let conn = session.conn.id;
    act_outside(session, request, move |desk| {
        if !desk.is_member(conn) && desk.by().right == Right::Member {
            return Err(Code::NotMember.into());
        }
        act(desk)
    })
    .await
}

/// The same for anybody who logged in.
///
/// # Errors
/// 10001 without a login, 10010 for no such group, and what `act` refuses.
pub async fn act_outside<T: Send + 'static>(
    session: &Session,
    request: &Request<'_>,
    act: impl FnOnce(&mut Desk<'_>) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let actor = session.actor()?;
    let room = group::room(session, request)?;
    room.act(actor, act).await
}
