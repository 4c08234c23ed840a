//! What holds of a show whatever happens to it, in whatever order.

mod world;

use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngSeed};
use std::collections::HashMap;
use surtitle_core::Accounts;
use surtitle_core::gifts::catalogue;
use surtitle_core::show::{Input, Output, Show};
use surtitle_core::{Cue, Event, EventId, EventKind, Millis};
use world::{Op, event, gift, ops, run};

/// The same cases in every run, unless `PROPTEST_RNG_SEED` says otherwise.
fn config() -> ProptestConfig {
    let mut config = ProptestConfig::default();
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(2);
    }
    config.failure_persistence = Some(Box::new(FileFailurePersistence::WithSource("regressions")));
    config
}

proptest! {
    #![proptest_config(config())]

    /// Every step checks books, bounds, order, cards, wakeups and removed ids.
    #[test]
    fn books_balance_and_queues_stay_bounded_after_every_step(ops in ops()) {
        run(&ops);
    }

    #[test]
    fn every_received_event_ends_with_one_fate(ops in ops()) {
        let mut world = run(&ops);
        world.settle();
        for event in &world.events {
            prop_assert!(world.fates.contains_key(&event.id), "{} has none", event.id);
        }
        let books = world.show.accounts();
        let count = |word| world.fates.values().filter(|fate| fate.word() == word).count() as u64;
        prop_assert_eq!(books.received, world.events.len() as u64 + world.owed);
        prop_assert_eq!(
            [books.shown, books.merged, books.aged_out, books.removed, books.blocked, books.refused],
            ["shown", "merged", "aged_out", "removed", "blocked", "refused"].map(count)
        );
        prop_assert_eq!((world.show.depths(), world.show.held()), ([0; 4], 0));
        prop_assert!(world.show.cards().is_empty());
    }

    #[test]
    fn the_same_inputs_give_the_same_outputs(ops in ops()) {
        prop_assert_eq!(run(&ops).said, run(&ops).said);
    }

    #[test]
    fn counts_on_cards_add_up_to_what_was_given(
        gifts in prop::collection::vec((0..2_500_u64, any::<bool>(), 0..5_u8, 0..8_usize, 1..100_u32), 1..80)
    ) {
        let ops: Vec<_> =
            gifts.iter().map(|&(wait, prompt, u, which, n)| (wait, prompt, Op::Gift(u, which, n))).collect();
        let mut world = run(&ops);
        world.settle();
        let mut given: HashMap<(String, String), u32> = HashMap::new();
        for &(_, _, u, which, n) in &gifts {
            *given.entry((format!("u{u}"), catalogue()[which].id.clone())).or_default() += n;
        }
        let mut cards = HashMap::new();
        for output in &world.said {
            if let Output::Cue(Cue::Gift { card }) = output {
                cards.insert(card.id.clone(), card.clone());
            }
        }
        let mut shown: HashMap<(String, String), u32> = HashMap::new();
        for card in cards.values() {
            prop_assert_eq!(card.tier, card.gift.tier(card.count));
            *shown.entry((card.from.id.0.clone(), card.gift.id.clone())).or_default() += card.count;
        }
        prop_assert_eq!(shown, given);
    }

    /// 500 comments a second from everybody, gifts in bursts, a driver that
    /// ticks every `late` ms: who never has ten others waiting is up in time.
    #[test]
    fn a_gift_in_a_flood_is_on_the_picture_within_a_second(
        gifts in prop::collection::vec(
            (prop_oneof![4 => 0..20_u64, 2 => 0..400_u64, 1 => 0..2_500_u64], 0..25_u8, 0..8_usize),
            1..60,
        ),
        late in 1..=10_u64,
    ) {
        let mut show = Show::new(Millis(0), Accounts::default(), 12);
        let mut waiting = Waiting::default();
        let mut due = gifts.iter().scan(0, |at, gift| {
            *at += gift.0;
            Some((*at, gift))
        }).peekable();
        for (now, n) in (0..).zip(1_000_000..) {
            while let Some((_, (_, u, which))) = due.next_if(|(at, _)| *at <= now) {
                let sent = gift(waiting.offered, &format!("u{u}"), *which, 1);
                waiting.offer(now, &sent);
                waiting.hear(now, &show.handle(Millis(now), Input::Event(sent)).expect("accepted"));
            }
            if n % 2 == 0 {
                let kind = EventKind::comment(n.to_string());
                let line = Input::Event(event(n, Some("crowd"), n as usize % 8 / 2, kind));
                show.handle(Millis(now), line).expect("accepted");
            }
            if now % late == 0 {
                waiting.hear(now, &show.tick(Millis(now)));
            }
            if due.peek().is_none() && waiting.since.is_empty() {
                break;
            }
        }
        prop_assert_eq!(show.accounts().unaccounted(), 0);
    }
}

/// Gifts that wait: since when, and with how many at most.
#[derive(Default)]
struct Waiting {
    offered: u64,
    since: HashMap<EventId, (u64, usize)>,
}

impl Waiting {
    fn offer(&mut self, now: u64, gift: &Event) {
        self.offered += 1;
        self.since.insert(gift.id.clone(), (now, 0));
    }

    /// Strikes out those whose cue went out or that were merged.
    fn hear(&mut self, now: u64, out: &[Output]) {
        for output in out {
            if let Output::Fate { id, .. } = output {
                self.since.remove(id);
            }
        }
        let all = self.since.len();
        for (id, (since, most)) in &mut self.since {
            *most = all.max(*most);
            assert!(*most > 10 || now - *since < 1_000, "{id} waits for {} ms", now - *since);
        }
    }
}
