//! Who is in a room.
//!
//! A member may be here with several connections; a guest is one connection
//! without a name. Somebody whose last connection closed is gone for the
//! online count at once, but leaves (and is said to leave) only after
//! [`GRACE_MS`], so that a page reload is not news.

use crate::{Millis, Role, Sender, Tip, UserId};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// Names one connection of a room's members and guests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConnId(pub u64);

/// Silence before a member counts as gone, in ms (avchatroom: offline after 20 s).
pub const GRACE_MS: u64 = 20_000;
/// Most names in one tip.
pub const TIP_NAMES: usize = 10;
/// At most one tip of a kind in this many ms; what comes between folds into the next.
const TIP_EVERY_MS: u64 = 500;

#[derive(Debug)]
struct Member {
    sender: Sender,
    connections: u32,
    since: Millis,
}

/// Who became a member and who is none any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Came in.
    Came(Sender),
    /// Went; true on purpose.
    Went(Sender, bool),
    /// Left with one connection on purpose, and is here with another.
    Parted(Sender),
}

/// Tips of one kind that wait to be folded.
#[derive(Debug, Default)]
struct Fold {
    users: Vec<Sender>,
    more: u32,
    not_before: Millis,
}

/// Members and guests of one room, and the tips their coming and going makes.
#[derive(Debug, Default)]
pub struct People {
    connections: HashMap<ConnId, Option<UserId>>,
    members: BTreeMap<UserId, Member>,
    guests: u32,
    present: u32,
    leaving: VecDeque<(Millis, UserId)>,
    folds: [Fold; 4],
    /// Who was said to follow; forgotten all at once at [`FOLLOWERS`].
    followed: HashSet<UserId>,
    /// Taken after every command.
    news: Vec<News>,
}

const TIPS: [Tip; 4] = [Tip::Join, Tip::Quit, Tip::Profile, Tip::Follow];
/// Most people remembered as followers.
const FOLLOWERS: usize = 100_000;

impl People {
    /// Nobody is here; these were said to follow.
    pub fn new(followers: Vec<UserId>) -> Self {
        let followed = followers.into_iter().take(FOLLOWERS).collect();
        Self { followed, ..Self::default() }
    }

    /// Whether somebody was said to follow.
    pub fn follows(&self, user: &UserId) -> bool {
        self.followed.contains(user)
    }

    /// People here now: members with a connection, and guests.
    pub fn online(&self) -> u32 {
        self.present + self.guests
    }

    /// Guests among them.
    pub fn guests(&self) -> u32 {
        self.guests
    }

    /// Whether the connection is in the room.
    pub fn contains(&self, conn: ConnId) -> bool {
        self.connections.contains_key(&conn)
    }

    /// The member behind a connection; `None` for guests and strangers.
    pub fn member(&self, conn: ConnId) -> Option<&Sender> {
        let user = self.connections.get(&conn)?.as_ref()?;
        self.members.get(user).map(|m| &m.sender)
    }

    /// A member by id, within the grace too.
    pub fn find(&self, user: &UserId) -> Option<&Sender> {
        self.members.get(user).map(|m| &m.sender)
    }

    /// A connection enters, or (already here) takes a name or changes it.
    pub fn enter(&mut self, now: Millis, conn: ConnId, who: Option<Sender>) {
        if self.connections.contains_key(&conn) {
            let before = self.member(conn).cloned();
            match (before, who) {
                (Some(old), Some(new)) if old.id == new.id => return self.rename(now, old, new),
                (None, None) => return,
                (_, who) => {
                    self.leave(now, conn);
                    return self.enter(now, conn, who);
                }
            }
        }
        self.connections.insert(conn, who.as_ref().map(|s| s.id.clone()));
        let Some(sender) = who else {
            self.guests += 1;
            return;
        };
        match self.members.get_mut(&sender.id) {
            Some(member) => {
                member.connections += 1;
                self.present += u32::from(member.connections == 1);
                let old = member.sender.clone();
                self.rename(now, old, sender);
            }
            None => {
                self.present += 1;
                if sender.role <= Role::Viewer {
                    self.tip(Tip::Join, sender.clone());
                }
                self.news.push(News::Came(sender.clone()));
                let member = Member { sender: sender.clone(), connections: 1, since: now };
                self.members.insert(sender.id, member);
            }
        }
    }

    /// A connection is gone. Unknown ones are ignored.
    pub fn leave(&mut self, now: Millis, conn: ConnId) {
        match self.connections.remove(&conn) {
            None => {}
            Some(None) => self.guests -= 1,
            Some(Some(user)) => {
                if let Some(member) = self.members.get_mut(&user) {
                    member.connections -= 1;
                    if member.connections == 0 {
                        self.present -= 1;
                        self.leaving.push_back((now.plus(GRACE_MS), user));
                    }
                }
            }
        }
    }

    /// A connection's owner leaves on purpose. If it was their last, they are
    /// gone, and said to be, at once.
    pub fn quit(&mut self, now: Millis, conn: ConnId) {
        let user = self.connections.get(&conn).cloned().flatten();
        self.leave(now, conn);
        if let Some(member) = user.as_ref().and_then(|u| self.members.get(u))
            && member.connections > 0
        {
            self.news.push(News::Parted(member.sender.clone()));
        }
        let last = user.filter(|u| self.members.get(u).is_some_and(|m| m.connections == 0));
        let Some(user) = last else { return };
        self.leaving.retain(|(_, leaving)| *leaving != user);
        if let Some(member) = self.members.remove(&user) {
            self.gone(member.sender, true);
        }
    }

    /// A member is out at once with every connection, and nobody is told.
    pub fn expel(&mut self, user: &UserId) -> Option<(Sender, Vec<ConnId>)> {
        let member = self.members.remove(user)?;
        let conns = self.conns(user);
        self.connections.retain(|_, who| who.as_ref() != Some(user));
        self.present -= u32::from(member.connections > 0);
        self.leaving.retain(|(_, leaving)| leaving != user);
        Some((member.sender, conns))
    }

    /// Since when somebody is a member.
    pub fn since(&self, user: &UserId) -> Option<Millis> {
        self.members.get(user).map(|member| member.since)
    }

    /// The connections of a member.
    pub fn conns(&self, user: &UserId) -> Vec<ConnId> {
        let theirs = |(conn, who): (&ConnId, &Option<UserId>)| {
            who.as_ref().is_some_and(|who| who == user).then_some(*conn)
        };
        self.connections.iter().filter_map(theirs).collect()
    }

    /// The members, each with since when, in no order.
    pub fn members(&self) -> impl Iterator<Item = (&Sender, Millis)> {
        let present = self.members.values().filter(|member| member.connections > 0);
        present.map(|member| (&member.sender, member.since))
    }

    /// Somebody follows the host. Said once a person.
    pub fn follow(&mut self, who: Sender) {
        if self.followed.len() >= FOLLOWERS {
            self.followed.clear();
        }
        if self.followed.insert(who.id.clone()) {
            self.tip(Tip::Follow, who);
        }
    }

    /// Takes what happened since the last time.
    pub fn news(&mut self) -> impl Iterator<Item = News> + use<> {
        std::mem::take(&mut self.news).into_iter()
    }

    fn gone(&mut self, who: Sender, quit: bool) {
        self.news.push(News::Went(who.clone(), quit));
        if who.role <= Role::Viewer {
            self.tip(Tip::Quit, who);
        }
    }

    fn rename(&mut self, _now: Millis, old: Sender, new: Sender) {
        if old == new {
            return;
        }
        if let Some(member) = self.members.get_mut(&new.id) {
            member.sender = new.clone();
        }
        self.tip(Tip::Profile, new);
    }

    fn tip(&mut self, tip: Tip, sender: Sender) {
        let fold = &mut self.folds[TIPS.iter().position(|t| *t == tip).unwrap_or(0)];
        if fold.users.len() < TIP_NAMES {
            fold.users.push(sender);
        } else {
            fold.more += 1;
        }
    }

    /// Lets those go whose grace is over, and returns the tips that are due.
    pub fn tick(&mut self, now: Millis) -> Vec<(Tip, Vec<Sender>, u32)> {
        while self.leaving.front().is_some_and(|(at, _)| *at <= now) {
            let Some((_, user)) = self.leaving.pop_front() else { break };
            // Came back meanwhile, or came back and left again (a later entry follows).
            let gone = self.members.get(&user).is_some_and(|m| m.connections == 0)
                && !self.leaving.iter().any(|(_, u)| *u == user);
            let member = gone.then(|| self.members.remove(&user)).flatten();
            if let Some(member) = member {
                self.gone(member.sender, false);
            }
        }
        let mut due = Vec::new();
        for (tip, fold) in TIPS.into_iter().zip(&mut self.folds) {
            if !fold.users.is_empty() && fold.not_before <= now {
                due.push((tip, std::mem::take(&mut fold.users), std::mem::take(&mut fold.more)));
                fold.not_before = now.plus(TIP_EVERY_MS);
            }
        }
        due
    }

    /// When [`Self::tick`] has something to do next.
    pub fn next_wakeup(&self) -> Option<Millis> {
        let leaving = self.leaving.front().map(|(at, _)| *at);
        let tips = self.folds.iter().filter(|f| !f.users.is_empty()).map(|f| f.not_before).min();
        leaving.into_iter().chain(tips).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::room::tests::sender;

    const T: Millis = Millis(1_000_000);

    #[test]
    fn reload_within_the_grace_is_no_news() {
        let mut people = People::default();
        people.enter(T, ConnId(1), Some(sender("a")));
        assert_eq!(people.tick(T).len(), 1);
        people.leave(T.plus(1_000), ConnId(1));
        assert_eq!(people.online(), 0);
        people.enter(T.plus(2_000), ConnId(2), Some(sender("a")));
        assert_eq!(people.online(), 1);
        assert_eq!(people.tick(T.plus(60_000)).len(), 0);
    }

    #[test]
    fn quit_is_told_once_after_the_grace() {
        let mut people = People::default();
        people.enter(T, ConnId(1), Some(sender("a")));
        people.tick(T);
        people.leave(T, ConnId(1));
        people.enter(T.plus(10), ConnId(2), Some(sender("a")));
        people.leave(T.plus(20), ConnId(2));
        let tips = people.tick(T.plus(GRACE_MS + 20));
        assert_eq!(tips.len(), 1);
        assert_eq!(tips[0].0, Tip::Quit);
        assert_eq!(people.next_wakeup(), None);
    }

    #[test]
    fn who_quits_on_purpose_is_gone_at_once_and_once() {
        let mut people = People::default();
        people.enter(T, ConnId(1), Some(sender("a")));
        people.enter(T, ConnId(2), Some(sender("a")));
        people.tick(T);
        people.quit(T, ConnId(1));
        assert_eq!((people.online(), people.tick(T).len()), (1, 0), "still here with another");
        people.quit(T, ConnId(2));
        let tips = people.tick(T);
        assert_eq!(tips.iter().map(|(tip, ..)| *tip).collect::<Vec<_>>(), [Tip::Quit]);
        assert_eq!((people.online(), people.next_wakeup()), (0, None));
    }

    #[test]
    fn crowd_folds_into_one_tip() {
        let mut people = People::default();
        for n in 0..50 {
            people.enter(T, ConnId(n), Some(sender(&format!("u{n}"))));
        }
        let tips = people.tick(T);
        assert_eq!(tips.len(), 1);
        assert_eq!((tips[0].1.len(), tips[0].2), (TIP_NAMES, 40));
    }

    #[test]
    fn guest_who_takes_a_name_is_counted_once() {
        let mut people = People::default();
        people.enter(T, ConnId(1), None);
        people.enter(T, ConnId(1), Some(sender("a")));
        assert_eq!((people.online(), people.guests()), (1, 0));
    }
}
