//! The order hosts keep beside what the vendor has: standing rules, and bans
//! of people who are no accounts of the app.

use super::{By, Group, Right};
use crate::code::{Code, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use surtitle_core::UserId;
use surtitle_core::wire::{RoomRules, SLOW_LIMIT_S};

/// Most of these bans that run at once.
pub const BARRED_LIMIT: usize = 5_000;

/// What hangs on a group and no SDK knows of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Order {
    rules: RoomRules,
    /// The second a ban ends, by member of our own pages; at most [`BARRED_LIMIT`].
    barred: BTreeMap<String, u64>,
}

impl Group {
    /// Slow mode, and who may speak.
    pub fn rules(&self) -> RoomRules {
        self.order.rules
    }

    /// Sets them. Owner, admins of the group and app admins may.
    ///
    /// # Errors
    /// 10007 for others, 10004 for a pause over an hour.
    pub fn set_rules(&mut self, by: &By<'_>, rules: RoomRules) -> Result<(), Refusal> {
        by.need(Right::Admin)?;
        if rules.slow_s > SLOW_LIMIT_S {
            let text = format!("slow mode pauses at most {SLOW_LIMIT_S} seconds");
            return Err(Refusal::new(Code::Parameter, text));
        }
        self.order.rules = rules;
        Ok(())
    }

    /// Keeps a member of our own pages out for `seconds`; 0 lifts it. As for
    /// [`Group::ban`], the owner and app admins may.
    ///
    /// # Errors
    /// 10007 for others, 10005 if as many are barred as may be.
    pub fn bar(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        user: &UserId,
        seconds: u32,
    ) -> Result<(), Refusal> {
        by.need(Right::Owner)?;
        let barred = &mut self.order.barred;
        barred.retain(|_, until| *until > now_s);
        barred.remove(user.as_str());
        if seconds == 0 {
            return Ok(());
        }
        if barred.len() >= BARRED_LIMIT {
            let text = format!("a group keeps at most {BARRED_LIMIT} bans; lift one first");
            return Err(Refusal::new(Code::TooManyAccounts, text));
        }
        barred.insert(user.0.clone(), now_s.saturating_add(seconds.into()));
        Ok(())
    }

    /// Who is barred so, and until which second.
    pub fn barred(&self, now_s: u64) -> impl Iterator<Item = (UserId, u64)> {
        let barred = self.order.barred.iter().filter(move |(_, until)| **until > now_s);
        barred.map(|(user, until)| (UserId(user.clone()), *until))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{APP, MEMBER, OWNER, group, number};
    use super::*;
    use surtitle_core::wire::Speakers;

    #[test]
    fn rules_are_for_staff_to_set_and_have_bounds() {
        let mut group = group();
        let rules = RoomRules { slow_s: 30, speakers: Speakers::Followers };
        assert_eq!(number(group.set_rules(&MEMBER, rules)), Some(10007));
        let long = RoomRules { slow_s: SLOW_LIMIT_S + 1, ..rules };
        assert_eq!(number(group.set_rules(&APP, long)), Some(10004));
        group.set_rules(&OWNER, rules).expect("set");
        let text = serde_json::to_string(&group).expect("serialises");
        let again: Group = serde_json::from_str(&text).expect("loads");
        assert_eq!(again.rules(), rules);
    }

    #[test]
    fn who_is_barred_comes_back_by_time_or_when_it_is_lifted() {
        let mut group = group();
        let user = |n: &str| UserId(n.into());
        assert_eq!(number(group.bar(10, &MEMBER, &user("u-1"), 60)), Some(10007));
        group.bar(10, &APP, &user("u-1"), 60).expect("barred");
        group.bar(10, &APP, &user("u-2"), 60).expect("barred");
        group.bar(11, &APP, &user("u-2"), 0).expect("lifted");
        assert_eq!(group.barred(69).collect::<Vec<_>>(), [(user("u-1"), 70)]);
        assert_eq!(group.barred(70).count(), 0);
    }
}
