//! Which open gift card makes way for a waiting gift, and when.
//!
//! With nothing waiting a card stays its time. While gifts wait, and no place
//! is free, a card is ended early at the first of these moments:
//!
//! * the cheaper card (lower tier, then longest without growth) has not grown
//!   for [`CALM`];
//! * when more than [`FEW`] gifts wait, or one waits over a second: any card
//!   has not grown for [`RUSH`], or grows and was opened [`CALM`] ago;
//! * when at most [`FEW`] wait: any card, as soon as it takes to have each of
//!   them on the picture within a second of its arrival. The places are turned
//!   over in equal steps, the shortest of which is [`BLINK`].
//!
//! So a gift that finds at most nine others waiting is on the picture within
//! one second, whoever else gives, and a combo that never stops growing cannot
//! keep the others out.

use super::cards::PLACES;
use crate::Millis;

/// A card that has not grown for this long may be ended, in ms.
const CALM: u64 = 1_200;
/// The same in a rush, in ms.
const RUSH: u64 = 600;
/// As many waiting gifts are promised a place within a second.
pub(super) const FEW: usize = 10;
/// What a promise aims at, in ms; the rest of the second is for the driver and the page.
const AIM: u64 = 900;
/// No card is ended before this, in ms: [`AIM`] over the turns that [`FEW`] gifts take.
const BLINK: u64 = AIM / FEW.div_ceil(PLACES) as u64;
/// How late in all, in ms, a driver may call before the promise is given up.
const LATE: u64 = 90;

/// What the choice looks at in an open card.
#[derive(Debug, Clone, Copy)]
pub(super) struct Up {
    /// When it was opened.
    pub(super) opened: Millis,
    /// When it was opened or last grew.
    pub(super) grown: Millis,
    /// Its tier.
    pub(super) tier: u8,
}

/// The index in `open` of the card that makes way, and when it does.
/// `waiting` says since when gifts wait, oldest first; only the first
/// [`FEW`]` + 1` are looked at. `None` if no card is open or no gift waits.
pub(super) fn next(open: &[Up], waiting: &[Millis]) -> Option<(Millis, usize)> {
    let head = *waiting.first()?;
    let cheapest = open.iter().map(|up| (up.tier, up.grown)).min()?;
    let rush_from = if waiting.len() > FEW { head } else { head.plus(1_000) };
    let promised = promised(open, waiting);
    open.iter()
        .enumerate()
        .map(|(index, up)| {
            let rush = up.grown.plus(RUSH).min(up.opened.plus(CALM)).max(rush_from);
            let calm = ((up.tier, up.grown) == cheapest).then(|| up.grown.plus(CALM));
            let pressed = promised.map(|at| at.max(up.opened.plus(BLINK)));
            let ends = [calm, pressed].into_iter().flatten().fold(rush, Millis::min);
            ((ends, up.tier, up.grown), index)
        })
        .min()
        .map(|((ends, ..), index)| (ends, index))
}

/// When the next place must change hands so that every waiting gift that can
/// still have one within [`AIM`] of its arrival gets it, in equal steps.
fn promised(open: &[Up], waiting: &[Millis]) -> Option<Millis> {
    if waiting.len() > FEW {
        return None;
    }
    let start = open.iter().map(|up| up.opened).min()?.max(*waiting.first()?);
    let step = |(index, since): (usize, &Millis)| {
        let turns = (index / PLACES) as u64 + 1;
        let left = since.plus(AIM).since(start);
        (left + LATE >= BLINK * turns).then(|| left / turns)
    };
    waiting.iter().enumerate().filter_map(step).min().map(|step| start.plus(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn up(opened: u64, grown: u64, tier: u8) -> Up {
        Up { opened: Millis(opened), grown: Millis(grown), tier }
    }

    #[test]
    fn a_card_in_peace_makes_way_at_once() {
        let open = [up(0, 0, 1), up(4_000, 4_000, 1)];
        assert_eq!(next(&open, &[Millis(5_000)]), Some((Millis(1_200), 0)));
    }

    #[test]
    fn the_cheaper_card_goes_though_it_is_younger() {
        let open = [up(0, 0, 4), up(4_500, 4_500, 1)];
        assert_eq!(next(&open, &[Millis(5_000)]), Some((Millis(5_700), 1)));
    }

    #[test]
    fn one_gift_between_two_fresh_cards_waits_no_longer_than_promised() {
        let open = [up(0, 0, 1), up(0, 0, 1)];
        assert_eq!(next(&open, &[Millis(10)]), Some((Millis(910), 0)));
    }

    #[test]
    fn growing_combos_cannot_keep_a_gift_out() {
        let open = [up(0, 60_000, 2), up(0, 60_000, 2)];
        assert_eq!(next(&open, &[Millis(59_500)]), Some((Millis(60_400), 0)));
        assert_eq!(next(&open, &[Millis(59_500); 11]), Some((Millis(59_500), 0)));
    }

    #[test]
    fn four_waiting_gifts_share_the_second_evenly() {
        let open = [up(0, 0, 1), up(0, 0, 1)];
        assert_eq!(next(&open, &[Millis(0); 4]), Some((Millis(450), 0)));
    }

    #[test]
    fn many_waiting_gifts_get_six_hundred_milliseconds_each() {
        let open = [up(0, 0, 1), up(0, 0, 1)];
        assert_eq!(next(&open, &[Millis(0); FEW + 1]), Some((Millis(600), 0)));
    }

    #[test]
    fn a_promise_that_cannot_be_kept_does_not_flash_cards() {
        let open = [up(5_000, 5_000, 1), up(5_100, 5_100, 1)];
        assert_eq!(next(&open, &[Millis(1_000)]), Some((Millis(5_600), 0)));
    }

    #[test]
    fn nothing_makes_way_for_nobody() {
        assert_eq!(next(&[up(0, 0, 1)], &[]), None);
        assert_eq!(next(&[], &[Millis(0)]), None);
    }
}
