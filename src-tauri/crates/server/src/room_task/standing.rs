//! The order hosts and helpers keep from the console: standing rules, mute of
//! all and bans, at the group's desk like those of SDKs and back ends, so that
//! all have the same rules.

use super::RoomTask;
use super::desk::Desk;
use surtitle_core::filter::Verdict;
use surtitle_core::room::{Command, ConnId, Origin};
use surtitle_core::session::SessionEvent;
use surtitle_core::wire::{Named, OrderInfo, PENALTIES, Penalty, RoomOrder, RoomRules};
use surtitle_core::{Code, Millis, Reject, Role, Sender, UserId, text};
use surtitle_tim::code::{Code as Vendor, Refusal};
use surtitle_tim::group::Edit;
use surtitle_tim::map;

impl Desk<'_> {
    /// Carries out what concerns the room; the air is the show's affair.
    ///
    /// # Errors
    /// The group's refusal; nothing has changed then.
    pub fn keep(&mut self, order: &RoomOrder) -> Result<(), Refusal> {
        let rules = self.group.rules();
        match order {
            RoomOrder::Slow { seconds } => self.stand(RoomRules { slow_s: *seconds, ..rules }),
            RoomOrder::Speakers { who } => self.stand(RoomRules { speakers: *who, ..rules }),
            RoomOrder::MuteAll { on } => {
                self.edit(&Edit { mute_all: Some(*on), ..Edit::default() })
            }
            RoomOrder::Ban { user, seconds } => self.ban_member(user, *seconds),
            RoomOrder::Admin { user, on } => self.appoint(user, *on),
            _ => Ok(()),
        }
    }

    fn stand(&mut self, rules: RoomRules) -> Result<(), Refusal> {
        self.change(|group, by, _| group.set_rules(by, rules).map(|()| Vec::new()))
    }

    fn appoint(&mut self, user: &UserId, on: bool) -> Result<(), Refusal> {
        let account = map::account(user);
        if map::user_id(account) != *user || !map::is_account(account) {
            let why = "only an account of the app can be an admin; give a helper a token instead";
            return Err(Refusal::new(Vendor::NotMember, why));
        }
        let accounts = [account.to_owned()];
        self.change(|group, by, _| match on {
            true => group.set_admins(by, &accounts),
            false => group.cancel_admins(by, &accounts),
        })
    }

    /// Bans an account of the app as its back end would, and a member of our
    /// own pages, whom no SDK knows, beside that.
    fn ban_member(&mut self, user: &UserId, seconds: u32) -> Result<(), Refusal> {
        let here = self.room.find(self.now, user);
        let own = matches!(user.as_str(), "host" | "helper");
        if own || here.is_some_and(|(who, _)| who.role >= Role::Helper) {
            return Err(Refusal::new(Vendor::NotMember, "the host and helpers cannot be banned"));
        }
        let account = map::account(user);
        if map::user_id(account) == *user && map::is_account(account) {
            let accounts = [account.to_owned()];
            return match seconds {
                0 => self.unban(&accounts),
                seconds => self.ban(&accounts, seconds, ""),
            };
        }
        self.change(|group, by, now_s| group.bar(now_s, by, user, seconds).map(|()| Vec::new()))?;
        let until = match seconds {
            0 => Millis(0),
            seconds => self.now.plus(u64::from(seconds) * 1_000),
        };
        self.follow.commands.push(Command::Ban { user: user.clone(), until });
        Ok(())
    }
}

impl RoomTask {
    /// Tells the show how the order stands.
    pub(super) async fn tell_order(&mut self, now: Millis) {
        self.tell_rules();
        if self.tap.is_none() {
            return;
        }
        let (rules, mute_all) = self.room.rules();
        let nick = |user: &UserId| {
            let nick = self.room.find(now, user).map(|(who, _)| who.nick.clone());
            nick.unwrap_or_else(|| map::account(user).to_owned())
        };
        let named = |(user, until): (&UserId, Millis)| Penalty {
            user: user.clone(),
            nick: nick(user),
            until,
        };
        let mut mutes: Vec<Penalty> = self.room.mutes(now).map(named).collect();
        let mut bans: Vec<Penalty> = self.room.bans(now).map(named).collect();
        for list in [&mut mutes, &mut bans] {
            list.sort_by_key(|penalty| penalty.until);
            list.truncate(PENALTIES);
        }
        let admins = self.group.admins().iter().map(|account| {
            let user = map::user_id(account);
            Named { nick: nick(&user), user }
        });
        let admins = admins.collect();
        let order = Box::new(OrderInfo { rules, mute_all, mutes, bans, admins });
        self.tell_tap(SessionEvent::Order { order }).await;
    }

    /// What a member may ask the host: the same people and the same words that
    /// could be said. `None` for words the filter hides from everybody else.
    ///
    /// # Errors
    /// The rule that says no.
    pub(super) fn vet(
        &self,
        now: Millis,
        conn: ConnId,
        words: &str,
    ) -> Result<Option<(Sender, String)>, Reject> {
        let who = self.room.speaker(now, &Origin::Conn(conn))?;
        let words = text::comment(words)?;
        let filter = self.link.filter().filter(|_| who.role < Role::Helper);
        Ok(match filter.map(|filter| filter.judge(&words)) {
            None | Some(Verdict::Pass) => Some((who, words)),
            Some(Verdict::Mask { text, .. }) => Some((who, text)),
            Some(Verdict::Hide { .. }) => None,
            Some(Verdict::Refuse { .. }) => {
                let why = "it holds words that are not allowed here; ask in others";
                return Err(Reject::new(Code::Filtered, why));
            }
        })
    }
}
