//! Who may be here and who may speak (avchatroom.md §1.7).

use crate::wire::{RoomRules, Speakers};
use crate::{Code, Millis, Reject, Role, Sender, UserId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Most people slow mode remembers; if more spoke within its pause, all are forgotten once.
const SPOKE: usize = 50_000;

/// Mutes, bans, and whether only staff may speak.
///
/// Those that have run out are forgotten when another is set, so it holds as
/// many as are in force.
#[derive(Debug, Default)]
pub struct Rules {
    mutes: BTreeMap<UserId, Millis>,
    bans: BTreeMap<UserId, Millis>,
    mute_all: bool,
    staff: BTreeSet<UserId>,
    standing: RoomRules,
    /// When somebody spoke last, while slow mode is on; at most [`SPOKE`].
    spoke: HashMap<UserId, Millis>,
}

impl Rules {
    /// The rules an earlier run left.
    pub fn new(
        mutes: Vec<(UserId, Millis)>,
        bans: Vec<(UserId, Millis)>,
        mute_all: bool,
        staff: Vec<UserId>,
    ) -> Self {
        let staff = staff.into_iter().collect();
        Self {
            mutes: mutes.into_iter().collect(),
            bans: bans.into_iter().collect(),
            mute_all,
            staff,
            ..Self::default()
        }
    }

    /// The standing rules from now on.
    pub fn stand(&mut self, rules: RoomRules) {
        if rules.slow_s == 0 {
            self.spoke.clear();
        }
        self.standing = rules;
    }

    /// The standing rules.
    pub fn standing(&self) -> RoomRules {
        self.standing
    }

    /// Who is banned, and until when.
    pub fn bans(&self, now: Millis) -> impl Iterator<Item = (&UserId, Millis)> {
        self.bans.iter().map(|(user, until)| (user, *until)).filter(move |(_, at)| *at > now)
    }

    /// Whether only staff may speak.
    pub fn is_muted(&self) -> bool {
        self.mute_all
    }

    /// Whether the standing rules are not for them.
    pub fn is_staff(&self, who: &Sender) -> bool {
        who.role >= Role::Helper || self.staff.contains(&who.id)
    }

    /// Whether the standing rules let somebody speak who follows or not.
    pub fn allow(&self, who: &Sender, follows: bool) -> Result<(), Reject> {
        let why = match self.standing.speakers {
            Speakers::Everybody => return Ok(()),
            Speakers::Named if who.nick != who.id.as_str() => return Ok(()),
            Speakers::Followers if follows => return Ok(()),
            _ if self.is_staff(who) => return Ok(()),
            Speakers::Named => "only members with a name may speak now; take one",
            Speakers::Followers => "only followers may speak now; follow the host",
            Speakers::Helpers => "only the host and helpers may speak now",
        };
        Err(Reject::new(Code::Speakers, why))
    }

    /// Whether slow mode lets somebody say something already.
    pub fn pace(&self, now: Millis, who: &Sender) -> Result<(), Reject> {
        match self.wait_ms(now, who).div_ceil(1_000) {
            0 => Ok(()),
            left => Err(Reject::new(Code::Slow, format!("slow mode: speak again in {left} s"))),
        }
    }

    /// How long slow mode has somebody wait from now on, in ms.
    pub fn wait_ms(&self, now: Millis, who: &Sender) -> u64 {
        let pause_ms = u64::from(self.standing.slow_s) * 1_000;
        let ready = self.spoke.get(&who.id).map(|at| at.plus(pause_ms));
        match ready.filter(|ready| *ready > now && !self.is_staff(who)) {
            Some(ready) => ready.since(now),
            None => 0,
        }
    }

    /// Notes for slow mode that somebody spoke.
    pub fn spoken(&mut self, now: Millis, user: &UserId) {
        if self.standing.slow_s == 0 {
            return;
        }
        if self.spoke.len() >= SPOKE {
            let pause_ms = u64::from(self.standing.slow_s) * 1_000;
            self.spoke.retain(|_, at| at.plus(pause_ms) > now);
            if self.spoke.len() >= SPOKE {
                self.spoke.clear();
            }
        }
        self.spoke.insert(user.clone(), now);
    }

    /// Sets or lifts a mute; true if it is in force.
    pub fn mute(&mut self, now: Millis, user: &UserId, until: Millis) -> bool {
        set(&mut self.mutes, now, user, until)
    }

    /// Sets or lifts a ban; true if it is in force.
    pub fn ban(&mut self, now: Millis, user: &UserId, until: Millis) -> bool {
        set(&mut self.bans, now, user, until)
    }

    /// Whether only staff may speak from now on.
    pub fn mute_all(&mut self, on: bool) {
        self.mute_all = on;
    }

    /// Who is staff from now on.
    pub fn staff(&mut self, users: Vec<UserId>) {
        self.staff = users.into_iter().collect();
    }

    /// Until when somebody is muted.
    pub fn muted(&self, now: Millis, user: &UserId) -> Option<Millis> {
        self.mutes.get(user).copied().filter(|until| *until > now)
    }

    /// Who is muted, and until when.
    pub fn mutes(&self, now: Millis) -> impl Iterator<Item = (&UserId, Millis)> {
        self.mutes.iter().map(|(user, until)| (user, *until)).filter(move |(_, at)| *at > now)
    }

    /// Whether somebody may come in.
    pub fn admit(&self, now: Millis, user: &UserId) -> Result<(), Reject> {
        match self.bans.get(user).filter(|until| **until > now) {
            Some(until) => Err(Reject::new(
                Code::Banned,
                format!("banned from this room until {}", clock(*until)),
            )),
            None => Ok(()),
        }
    }

    /// Whether somebody may speak.
    pub fn speak(&self, now: Millis, who: &Sender) -> Result<(), Reject> {
        if let Some(until) = self.muted(now, &who.id) {
            return Err(Reject::new(Code::Muted, format!("muted until {}", clock(until))));
        }
        if self.mute_all && !self.is_staff(who) {
            return Err(Reject::new(Code::Muted, "everybody is muted; only the hosts may speak"));
        }
        Ok(())
    }
}

fn set(list: &mut BTreeMap<UserId, Millis>, now: Millis, user: &UserId, until: Millis) -> bool {
    list.retain(|_, at| *at > now);
    if until > now {
        list.insert(user.clone(), until);
        return true;
    }
    list.remove(user);
    false
}

/// `HH:MM:SSZ` of a moment, for people.
fn clock(at: Millis) -> String {
    let s = at.0 / 1_000 % 86_400;
    format!("{:02}:{:02}:{:02}Z", s / 3_600, s / 60 % 60, s % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::room::tests::sender;

    const T: Millis = Millis(1_700_000_000_000);

    #[test]
    fn mute_and_ban_end_by_themselves_or_when_lifted() {
        let mut rules = Rules::default();
        let (a, id) = (sender("a"), UserId("a".into()));
        assert!(rules.mute(T, &id, T.plus(1_000)) && rules.ban(T, &id, T.plus(2_000)));
        assert_eq!(rules.speak(T, &a).map_err(|r| r.code), Err(Code::Muted));
        assert_eq!(rules.speak(T.plus(1_000), &a), Ok(()));
        assert_eq!(rules.admit(T.plus(1_999), &id).map_err(|r| r.code), Err(Code::Banned));
        assert!(!rules.ban(T, &id, T));
        assert_eq!(rules.admit(T, &id), Ok(()));
    }

    #[test]
    fn slow_mode_says_how_long_and_lets_staff_be() {
        let mut rules = Rules::new(Vec::new(), Vec::new(), false, vec!["b".into()]);
        rules.stand(RoomRules { slow_s: 10, ..RoomRules::default() });
        let (a, b) = (sender("a"), sender("b"));
        rules.spoken(T, &a.id);
        rules.spoken(T, &b.id);
        let refused = rules.pace(T.plus(2_500), &a).expect_err("too soon");
        assert_eq!(
            (refused.code, refused.message.as_str()),
            (Code::Slow, "slow mode: speak again in 8 s")
        );
        assert_eq!(rules.pace(T.plus(10_000), &a), Ok(()));
        assert_eq!(rules.pace(T, &b), Ok(()));
        rules.stand(RoomRules::default());
        assert_eq!(rules.pace(T, &a), Ok(()), "switched off");
    }

    #[test]
    fn who_may_speak_is_named_in_the_refusal() {
        let mut rules = Rules::default();
        let nameless = Sender { nick: "a".into(), ..sender("a") };
        for (speakers, who, follows, may) in [
            (Speakers::Named, sender("a"), false, true),
            (Speakers::Named, nameless, true, false),
            (Speakers::Followers, sender("a"), true, true),
            (Speakers::Followers, sender("a"), false, false),
            (Speakers::Helpers, sender("a"), true, false),
            (Speakers::Helpers, Sender { role: Role::Helper, ..sender("h") }, false, true),
        ] {
            rules.stand(RoomRules { speakers, ..RoomRules::default() });
            assert_eq!(rules.allow(&who, follows).is_ok(), may, "{speakers:?} {who:?}");
        }
    }

    #[test]
    fn only_staff_speaks_while_everybody_is_muted() {
        let mut rules = Rules::new(Vec::new(), Vec::new(), true, vec!["b".into()]);
        assert_eq!(rules.speak(T, &sender("a")).map_err(|r| r.code), Err(Code::Muted));
        assert_eq!(rules.speak(T, &sender("b")), Ok(()));
        let helper = Sender { role: Role::Helper, ..sender("h") };
        assert_eq!(rules.speak(T, &helper), Ok(()));
        rules.mute_all(false);
        assert_eq!(rules.speak(T, &sender("a")), Ok(()));
    }
}
