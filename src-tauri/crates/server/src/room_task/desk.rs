//! A group's desk: what SDK commands and the REST API do to a group, in one
//! place, so that both have the same rules.
//!
//! What is done here happens between two deliveries. The desk only notes what
//! follows from it; the room's task then carries that out.

use super::RoomHandle;
use crate::apps::failed;
use crate::hooks::Platform;
use crate::sdk::outlet::Outlet;
use crate::sdk::relay::{Figures, Relay};
use crate::ws::conn::Conn;
use serde_json::value::RawValue;
use std::net::IpAddr;
use surtitle_core::room::{Command, ConnId, Room};
use surtitle_core::{EventId, Millis, Role, Sender};
use surtitle_store::{MuteRecord, Store};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::group::{By, Edit, Group, MARK_ROBOT, MarkCommand, Said};
use surtitle_tim::{hook, map};

/// Most members named when a group ends.
const LISTED: usize = 500;

/// From where somebody asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Caller {
    /// Their address, if it is known.
    pub ip: Option<IpAddr>,
    /// Their client, as SDKs number themselves: 7 web, 8 mini program; 0 for unknown.
    pub platform: u32,
}

impl Caller {
    /// `platform` of the REST API.
    pub const REST: u32 = u32::MAX;
    /// `platform` of browsers, and so of our own pages.
    pub const WEB: u32 = 7;

    /// Whoever is behind a socket.
    pub fn of(conn: &Conn) -> Self {
        let ip = conn.stream().peer_addr().ok().map(|addr| addr.ip());
        Self { ip, platform: Self::WEB }
    }

    /// Whoever is behind a connection of an SDK.
    pub fn at(outlet: &Outlet) -> Self {
        let web = Self { ip: None, platform: Self::WEB };
        outlet.socket().map_or(web, |(conn, _)| Self::of(conn))
    }

    /// As webhooks name their client.
    pub fn word(self) -> Platform {
        match self.platform {
            Self::REST => Platform::RestApi,
            0 => Platform::Unknown,
            _ => Platform::Web,
        }
    }
}

/// Who asks for something at the desk.
#[derive(Debug, Clone, Default)]
pub struct Actor {
    /// UserID.
    pub account: String,
    /// Whether it is one of the app's admins.
    pub app_admin: bool,
    /// From where.
    pub caller: Caller,
}

/// What follows from what was done.
#[derive(Debug, Default)]
pub(super) struct Follow {
    /// The group must be written down.
    pub changed: bool,
    /// The group is no more.
    pub dismissed: bool,
    /// To be told, in this order.
    pub said: Vec<Said>,
    /// For the room.
    pub commands: Vec<Command>,
    /// Webhook calls.
    pub calls: Vec<Tell>,
    /// Messages the room takes back, and the reason given.
    pub removed: Option<(Vec<EventId>, String)>,
}

/// A webhook call to make.
#[derive(Debug)]
pub(super) struct Tell {
    pub command: hook::Command,
    pub body: Box<RawValue>,
}

/// A group while somebody does something with it.
#[derive(Debug)]
pub struct Desk<'a> {
    /// The time.
    pub now: Millis,
    /// The group; who changes it says so with [`Desk::say`].
    pub group: &'a mut Group,
    /// Its room, to look at.
    pub room: &'a Room,
    pub(super) relay: &'a Relay,
    pub(super) actor: &'a Actor,
    pub(super) follow: Follow,
}

/// How many people are here, robots among them.
pub(super) fn online(now: Millis, room: &Room, group: &Group) -> u32 {
    let robots = group.marked(now.0 / 1_000, MARK_ROBOT);
    let absent = |account: &&&str| room.find(now, &map::user_id(account)).is_none();
    let robots = robots.iter().filter(absent).count();
    room.online().saturating_add(u32::try_from(robots).unwrap_or(u32::MAX))
}

/// A member, as lists show them.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who.
    pub who: Sender,
    /// Since when, in seconds.
    pub since_s: u64,
}

impl Desk<'_> {
    /// Seconds since 1970.
    pub fn now_s(&self) -> u64 {
        self.now.0 / 1_000
    }

    /// Who asks, and what they may here.
    pub fn by(&self) -> By<'_> {
        self.by_of(self.actor)
    }

    fn by_of<'b>(&self, actor: &'b Actor) -> By<'b> {
        By { account: &actor.account, right: self.group.right(&actor.account, actor.app_admin) }
    }

    /// The group changed: it is written down, and the room is told this.
    pub fn say(&mut self, said: impl IntoIterator<Item = Said>) {
        self.follow.changed = true;
        self.follow.said.extend(said);
    }

    /// Tells the room something that changes nothing.
    pub fn announce(&mut self, content: &str) -> Result<(), Refusal> {
        let said = self.group.announce(self.now_s(), &self.by(), content)?;
        self.follow.said.push(said);
        Ok(())
    }

    /// Runs a command of the group that returns what to tell.
    ///
    /// # Errors
    /// The group's refusal; nothing has changed then.
    pub fn change(
        &mut self,
        command: impl FnOnce(&mut Group, &By<'_>, u64) -> Result<Vec<Said>, Refusal>,
    ) -> Result<(), Refusal> {
        self.change_with(|group, by, now_s| Ok(((), command(group, by, now_s)?)))
    }

    /// The same for one that has an answer too.
    ///
    /// # Errors
    /// The group's refusal; nothing has changed then.
    pub fn change_with<T>(
        &mut self,
        command: impl FnOnce(&mut Group, &By<'_>, u64) -> Result<(T, Vec<Said>), Refusal>,
    ) -> Result<T, Refusal> {
        let (actor, now_s) = (self.actor, self.now_s());
        let by = self.by_of(actor);
        let (answer, said) = command(self.group, &by, now_s)?;
        self.say(said);
        Ok(answer)
    }

    /// Changes the profile.
    ///
    /// # Errors
    /// The group's refusal.
    pub fn edit(&mut self, edit: &Edit) -> Result<(), Refusal> {
        self.change(|group, by, now_s| group.edit(now_s, by, edit))?;
        let change = hook::body::Change {
            name: edit.name.as_deref(),
            introduction: edit.introduction.as_deref(),
            notification: edit.notification.as_deref(),
            face_url: edit.face_url.as_deref(),
        };
        if !change.is_empty() {
            let id = &self.group.profile().id;
            let body = hook::body::after_info_change(id, &self.actor.account, &change, self.now.0);
            let command = hook::Command::AfterGroupInfoChanged;
            self.follow.calls.push(Tell { command, body });
        }
        Ok(())
    }

    /// Mutes accounts for `seconds`; 0 lifts it, `u32::MAX` is for ever. Returns
    /// until when; writing that down is the caller's, see [`RoomHandle::mute`].
    ///
    /// # Errors
    /// The group's refusal.
    pub(super) fn mute(&mut self, accounts: &[String], seconds: u32) -> Result<Millis, Refusal> {
        let by = self.by_of(self.actor);
        self.group.check_mute(&by, accounts)?;
        let tip = Group::mute_tip(&by, accounts, seconds);
        let until = match seconds {
            0 => Millis(0),
            u32::MAX => Millis(u64::MAX >> 1),
            seconds => self.now.plus(u64::from(seconds) * 1_000),
        };
        for account in accounts {
            let user = map::user_id(account);
            self.follow.commands.push(Command::Mute { user, until });
        }
        self.follow.said.push(tip);
        Ok(until)
    }

    /// Bans accounts for `seconds`, more than 0.
    ///
    /// # Errors
    /// The group's refusal.
    pub fn ban(
        &mut self,
        accounts: &[String],
        seconds: u32,
        description: &str,
    ) -> Result<(), Refusal> {
        self.change(|group, by, now_s| group.ban(now_s, by, accounts, seconds, description))?;
        self.put_out(accounts, self.now.plus(u64::from(seconds) * 1_000));
        Ok(())
    }

    /// Lifts bans.
    ///
    /// # Errors
    /// The group's refusal.
    pub fn unban(&mut self, accounts: &[String]) -> Result<(), Refusal> {
        self.change(|group, by, now_s| group.unban(now_s, by, accounts))?;
        self.put_out(accounts, Millis(0));
        Ok(())
    }

    fn put_out(&mut self, accounts: &[String], until: Millis) {
        let users = accounts.iter().map(|account| map::user_id(account));
        self.follow.commands.extend(users.map(|user| Command::Ban { user, until }));
    }

    /// Who is muted, and until when in seconds.
    pub fn mutes(&self) -> Vec<(String, u64)> {
        let mutes = self.room.mutes(self.now);
        mutes.map(|(user, until)| (map::account(user).to_owned(), until.0 / 1_000)).collect()
    }

    /// The newest `most` members, newest first, without the program's own people.
    pub fn members(&self, most: usize) -> Vec<Member> {
        let mut all: Vec<Member> = self
            .room
            .members()
            .filter(|(who, _)| who.role <= Role::Viewer)
            .map(|(who, since)| Member { who: who.clone(), since_s: since.0 / 1_000 })
            .collect();
        all.sort_by(|a, b| b.since_s.cmp(&a.since_s).then_with(|| a.who.id.cmp(&b.who.id)));
        all.truncate(most);
        all
    }

    /// Whether a connection is a member.
    pub fn is_member(&self, conn: ConnId) -> bool {
        self.relay.is_member(conn)
    }

    /// Since when an account is in the room, in seconds; 0 if it is not.
    pub fn since_s(&self, account: &str) -> u64 {
        self.room.since(&map::user_id(account)).map_or(0, |at| at.0 / 1_000)
    }

    /// Whether an account is in the room now.
    pub fn is_here(&self, account: &str) -> bool {
        self.room.find(self.now, &map::user_id(account)).is_some()
    }

    /// Marks or unmarks members; returns what was done of it.
    ///
    /// # Errors
    /// The group's refusal.
    pub fn mark(
        &mut self,
        command: MarkCommand,
        list: &[(String, Vec<u32>)],
    ) -> Result<Vec<(String, Vec<u32>)>, Refusal> {
        let (room, now) = (self.room, self.now);
        let here = |account: &str| room.find(now, &map::user_id(account)).is_some();
        self.change_with(|group, by, now_s| {
            Ok((group.mark(now_s, by, command, list, &here)?, Vec::new()))
        })
    }

    /// What changes of the profile by itself.
    pub fn figures(&self) -> Figures {
        self.relay.figures(online(self.now, self.room, self.group))
    }

    /// The last messages up to number `last`, newest first, as SDKs read them,
    /// at most `most`, and whether there are more.
    pub fn said(&self, last: u64, most: usize) -> (Vec<Box<RawValue>>, bool) {
        self.relay.said(last, most)
    }

    /// Takes messages back by their MsgSeq.
    ///
    /// # Errors
    /// [`Code::Parameter`] if none of them is known.
    pub fn remove(&mut self, seqs: &[u64], reason: &str) -> Result<(), Refusal> {
        let ids: Vec<EventId> = seqs.iter().filter_map(|seq| self.relay.id_of(*seq)).collect();
        if ids.is_empty() {
            let text = "no message of these numbers is remembered".to_owned();
            return Err(Refusal { number: Code::Parameter.number(), text });
        }
        self.follow.removed = Some((ids, reason.to_owned()));
        Ok(())
    }

    /// Ends the group.
    ///
    /// # Errors
    /// The group's refusal.
    pub fn dismiss(&mut self) -> Result<(), Refusal> {
        let by = self.by_of(self.actor);
        let said = self.group.dismissed(self.now_s(), &by)?;
        let inside: Vec<String> = self
            .members(LISTED)
            .iter()
            .map(|member| map::account(&member.who.id).to_owned())
            .collect();
        let profile = self.group.profile();
        let owner = profile.owner.as_deref().unwrap_or_default();
        let body =
            hook::body::after_destroy(&profile.id, &profile.name, owner, &inside, self.now.0);
        let command = hook::Command::AfterGroupDestroyed;
        self.follow.calls.push(Tell { command, body });
        self.follow.said.push(said);
        self.follow.dismissed = true;
        Ok(())
    }
}

impl RoomHandle {
    /// Mutes accounts for `seconds`; 0 lifts it, `u32::MAX` is for ever. In
    /// force and on disk when this returns.
    ///
    /// # Errors
    /// The group's refusal, or [`Code::Server`] if the disk does not take it.
    pub async fn mute(
        &self,
        store: &dyn Store,
        actor: Actor,
        accounts: Vec<String>,
        seconds: u32,
    ) -> Result<(), Refusal> {
        let named = accounts.clone();
        let until = self.act(actor, move |desk| desk.mute(&named, seconds)).await?;
        for account in accounts {
            let user = map::user_id(&account);
            let kept = if seconds == 0 {
                store.delete_mute(&self.id, &user).await
            } else {
                store.put_mute(&MuteRecord { room: self.id.clone(), user, until }).await
            };
            kept.map_err(failed)?;
        }
        Ok(())
    }
}
