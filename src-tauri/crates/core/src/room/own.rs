//! What the rules mean for one member, so that their page can say so before they are refused.

use super::Room;
use crate::wire::OwnRules;
use crate::{Millis, Sender};

impl Room {
    /// How the rules stand for a member.
    pub fn own_rules(&self, now: Millis, who: &Sender) -> OwnRules {
        let seconds = |ms: u64| u32::try_from(ms.div_ceil(1_000)).unwrap_or(u32::MAX);
        OwnRules {
            exempt: self.rules.is_staff(who),
            follows: self.people.follows(&who.id),
            muted_s: self.rules.muted(now, &who.id).map_or(0, |until| seconds(until.since(now))),
            wait_s: seconds(self.rules.wait_ms(now, who)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{room, sender};
    use super::super::{Command, ConnId};
    use super::*;
    use crate::wire::{RoomRules, Speakers};

    const T: Millis = Millis(1_700_000_000_000);

    #[test]
    fn a_member_is_told_what_holds_for_them() {
        let mut room = room();
        let ann = sender("ann");
        room.handle(T, Command::Join { conn: ConnId(1), who: Some(ann.clone()) }).expect("in");
        assert_eq!(room.own_rules(T, &ann), OwnRules::default());
        let rules = RoomRules { slow_s: 30, speakers: Speakers::Followers };
        room.handle(T, Command::Rules { rules }).expect("set");
        room.handle(T, Command::Follow { who: ann.clone() }).expect("follows");
        room.rules.spoken(T, &ann.id);
        let until = T.plus(90_500);
        room.handle(T, Command::Mute { user: ann.id.clone(), until }).expect("muted");
        let own = room.own_rules(T.plus(10_000), &ann);
        assert_eq!(own, OwnRules { exempt: false, follows: true, muted_s: 81, wait_s: 20 });
        room.handle(T, Command::Staff { users: vec![ann.id.clone()] }).expect("set");
        assert!(room.own_rules(T, &ann).exempt);
    }
}
