//! The list of who is in a group, as SDKs and back ends page through it
//! (avchatroom.md §1.5).
//!
//! The newest 1,000 are listed, newest first, 250 a page. Robots come before
//! everybody else, and who is hidden only if asked for by that mark.

use super::{App, role};
use crate::room_task::{Actor, Desk, RoomHandle};
use serde_json::{Value, json};
use std::collections::HashMap;
use surtitle_core::Sender;
use surtitle_tim::code::Refusal;
use surtitle_tim::group::{MARK_HIDDEN, MARK_ROBOT};
use surtitle_tim::map;

/// Most members on a page.
pub const PAGE: usize = 250;
/// Most members listed at all.
pub const LISTED: usize = 1_000;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// UserID.
    pub account: String,
    /// Nickname; empty for none.
    pub nick: String,
    /// Picture address; empty for none.
    pub face: String,
    /// Since when, in seconds.
    pub since_s: u64,
    /// `Owner`, `Admin` or `Member`.
    pub role: &'static str,
    /// Its marks, rising.
    pub marks: Vec<u32>,
    /// Whether it is in the list without being here.
    robot: bool,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// At most [`PAGE`].
    pub members: Vec<Listed>,
    /// What to ask for the next page with; 0 if this is the last.
    pub next: usize,
}

impl Listed {
    /// As it is answered. SDKs read the picture under either name.
    pub fn wire(&self) -> Value {
        json!({
            "Member_Account": self.account,
            "NickName": self.nick,
            "Avatar": self.face,
            "FaceUrl": self.face,
            "JoinTime": self.since_s,
            "Role": self.role,
            "Marks": self.marks,
        })
    }
}

/// A page from `from` on, of everybody or of those with a mark.
///
/// # Errors
/// [`Code::Server`](surtitle_tim::code::Code::Server).
pub async fn roster(
    app: &App,
    room: &RoomHandle,
    actor: Actor,
    mark: Option<u32>,
    from: usize,
) -> Result<Page, Refusal> {
    let mut page = room.act(actor, move |desk| Ok(page(desk, mark, from))).await?;
    for robot in page.members.iter_mut().filter(|member| member.robot) {
        if let Some(known) = app.accounts.find(&robot.account).await? {
            (robot.nick, robot.face) = (known.nick().to_owned(), known.face().to_owned());
        }
    }
    Ok(page)
}

/// The page without the names of robots, which the room does not know.
pub fn page(desk: &Desk<'_>, mark: Option<u32>, from: usize) -> Page {
    let all = list(desk, mark);
    let end = from.saturating_add(PAGE).min(all.len());
    let next = if end < all.len() { end } else { 0 };
    Page { members: all.into_iter().skip(from).take(PAGE).collect(), next }
}

fn list(desk: &Desk<'_>, mark: Option<u32>) -> Vec<Listed> {
    let (group, now_s) = (&*desk.group, desk.now_s());
    let mut here: HashMap<String, (usize, Listed)> = HashMap::new();
    for (at, member) in desk.members(usize::MAX).into_iter().enumerate() {
        let listed = listed(desk, &member.who, member.since_s);
        here.insert(listed.account.clone(), (at, listed));
    }
    let mut all = Vec::new();
    if mark.is_none() || mark == Some(MARK_ROBOT) {
        for account in group.marked(now_s, MARK_ROBOT) {
            let robot = here.remove(account).map(|(_, listed)| listed);
            all.push(robot.unwrap_or_else(|| robot_of(desk, account)));
        }
    }
    let mut rest: Vec<(usize, Listed)> = here.into_values().collect();
    rest.sort_by_key(|(at, _)| *at);
    let wanted = |listed: &Listed| match mark {
        Some(mark) => listed.marks.contains(&mark),
        None => true,
    };
    all.extend(rest.into_iter().map(|(_, listed)| listed).filter(wanted));
    if mark != Some(MARK_HIDDEN) {
        all.retain(|listed| !listed.marks.contains(&MARK_HIDDEN));
    }
    all.truncate(LISTED);
    all
}

fn listed(desk: &Desk<'_>, who: &Sender, since_s: u64) -> Listed {
    let account = map::account(&who.id).to_owned();
    let marks = desk.group.marks_of(desk.now_s(), &account);
    Listed {
        // Who has no nickname is shown in our rooms by their UserID.
        nick: if who.nick == account { String::new() } else { who.nick.clone() },
        face: who.avatar.clone().unwrap_or_default(),
        since_s,
        role: role(desk.group, &account),
        marks,
        account,
        robot: false,
    }
}

fn robot_of(desk: &Desk<'_>, account: &str) -> Listed {
    Listed {
        account: account.to_owned(),
        nick: String::new(),
        face: String::new(),
        since_s: desk.group.profile().created_s,
        role: role(desk.group, account),
        marks: desk.group.marks_of(desk.now_s(), account),
        robot: true,
    }
}
