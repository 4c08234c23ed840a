//! Who may be here and who may speak (avchatroom.md §1.7).

use crate::{Code, Millis, Reject, Role, Sender, UserId};
use std::collections::{BTreeMap, BTreeSet};

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
        }
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
        if self.mute_all && who.role < Role::Helper && !self.staff.contains(&who.id) {
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
