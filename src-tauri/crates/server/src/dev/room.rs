//! A look inside a room.

use super::answer::{Answer, Problem, found};
use super::asked::Place;
use crate::state::State;
use axum::extract::State as Get;
use serde_json::{Value, json};
use std::sync::Arc;
use surtitle_tim::code::Code;
use surtitle_tim::map;

/// Most members, mutes and bans shown, the newest first or by name.
const SHOWN: usize = 50;
/// Most messages shown, of the last half hour at most.
const MESSAGES: usize = 20;

/// `GET /apps/APP/rooms/GROUP`: all of it as it is now.
pub async fn look(Get(state): Get<Arc<State>>, place: Place) -> Result<Answer<Value>, Problem> {
    let room = place.app.room(place.part("group")).ok_or(Code::UnknownGroup)?;
    let images = state.shared.images.clone();
    let look = room.act(place.actor(), move |desk| {
        let (group, figures) = (&desk.group, desk.figures());
        let profile = group.profile();
        let members: Vec<Value> = desk
            .members(SHOWN)
            .into_iter()
            .map(|member| {
                json!({
                    "account": map::account(&member.who.id),
                    "nick": member.who.nick,
                    "since": member.since_s * 1_000,
                })
            })
            .collect();
        let until = |(account, until_s): (String, u64)| json!({ "account": account, "until": until_s * 1_000 });
        let mut mutes = desk.mutes();
        let muted = mutes.len();
        mutes.sort();
        mutes.truncate(SHOWN);
        let bans = group.list_bans(desk.now_s(), 0, SHOWN)?;
        let mut welcome = desk.room.welcome(desk.now, None);
        welcome.history.iter_mut().for_each(|event| images.own_event(event));
        let messages = welcome.history.len().saturating_sub(MESSAGES);
        let attributes = group.attributes().list.iter();
        Ok(json!({
            "id": profile.id,
            "name": profile.name,
            "introduction": profile.introduction,
            "notification": profile.notification,
            "face_url": profile.face_url,
            "owner": profile.owner,
            "created": profile.created_s * 1_000,
            "mute_all": profile.mute_all,
            "fields": profile.fields,
            "online": figures.online,
            "guests": desk.room.guests(),
            "likes": welcome.likes,
            "next_seq": figures.next,
            "last_message": figures.last_at,
            "members": members,
            "admins": group.admins(),
            "mutes": mutes.into_iter().map(until).collect::<Vec<_>>(),
            "muted": muted,
            "bans": bans.list.into_iter().map(until).collect::<Vec<_>>(),
            "more_bans": bans.next_offset > 0,
            "counters": group.counters().list,
            "attributes": attributes.map(|(key, a)| (key.clone(), json!(a.value))).collect::<serde_json::Map<_, _>>(),
            "messages": welcome.history[messages..],
        }))
    });
    Ok(found(look.await?))
}
