//! A whole show, one behaviour a test.

use super::sample::{comment, custom, gift, tip};
use super::{Input, Output, Show};
use crate::Accounts;
use crate::{Code, Cue, Event, EventId, Fate, Millis, Priority};

const START: Millis = Millis(1_000_000);

/// A show and the outputs so far.
struct Stand {
    show: Show,
    now: Millis,
}

impl Stand {
    fn new(pace: u32) -> Self {
        Self { show: Show::new(START, Accounts::default(), pace), now: START }
    }

    /// Hands in an input now and ticks; every output in short.
    fn put(&mut self, input: Input) -> Vec<String> {
        let mut out = self.show.handle(self.now, input).expect("accepted");
        out.extend(self.show.tick(self.now));
        out.iter().map(short).collect()
    }

    fn event(&mut self, event: Event) -> Vec<String> {
        self.put(Input::Event(event))
    }

    /// Ticks at every wakeup of the next `ms`.
    fn pass(&mut self, ms: u64) -> Vec<String> {
        let end = self.now.plus(ms);
        let mut out = Vec::new();
        while let Some(at) = self.show.next_wakeup()
            && at <= end
        {
            self.now = self.now.max(at);
            out.extend(self.show.tick(self.now).iter().map(short));
        }
        self.now = end;
        out
    }

    fn remove(&mut self, id: &str) -> Vec<String> {
        self.put(Input::Remove { ids: vec![id.into()], by: "host".into() })
    }

    fn pin(&mut self, id: &str) -> Vec<String> {
        self.put(Input::Pin { id: id.into(), by: "host".into() })
    }
}

/// `id:fate` for fates, a word and the id for cues; receipts are left out as `.`.
fn short(output: &Output) -> String {
    let list = |ids: &[EventId]| ids.iter().map(EventId::as_str).collect::<Vec<_>>().join(",");
    match output {
        Output::Received { .. } => ".".to_owned(),
        Output::Fate { id, fate } => match fate {
            Fate::Merged { into } => format!("{id}:merged-{into}"),
            Fate::Blocked { rule } => format!("{id}:blocked-{rule}"),
            Fate::AgedOut { stage } => format!("{id}:aged-{stage}"),
            Fate::Removed { by } => format!("{id}:removed-{by}"),
            fate => format!("{id}:{}", fate.word()),
        },
        Output::Pinned(event) => {
            format!("pinned={}", event.as_ref().map_or("-", |event| event.id.as_str()))
        }
        Output::Cue(cue) => match cue {
            Cue::Comment { event } => format!("comment {}", event.id),
            Cue::Gift { card } => format!("gift {}x{}", card.id, card.count),
            Cue::CardEnd { id } => format!("end {id}"),
            Cue::Pin { event } => format!("pin {}", event.id),
            Cue::Unpin => "unpin".to_owned(),
            Cue::Remove { ids } => format!("remove {}", list(ids)),
            Cue::RemoveUser { user } => format!("remove-user {user}"),
            Cue::Clear => "clear".to_owned(),
            cue => format!("{cue:?}"),
        },
        Output::Held { id, until } => format!("held {id} {}", until.0),
        Output::Released { id } => format!("released {id}"),
    }
}

#[test]
fn a_comment_is_received_shown_and_settled() {
    let mut stand = Stand::new(12);
    assert_eq!(stand.event(comment("1", "ann", "hi")), [".", "comment 1", "1:shown"]);
    assert_eq!(stand.show.feed().len(), 1);
    let books = stand.show.accounts();
    assert_eq!((books.received, books.shown, books.unaccounted()), (1, 1, 0));
}

#[test]
fn an_event_that_comes_twice_counts_once() {
    let mut stand = Stand::new(12);
    stand.event(comment("1", "ann", "hi"));
    assert!(stand.event(comment("1", "ann", "hi")).is_empty());
    assert!(stand.put(Input::Recovered(comment("1", "ann", "hi"))).is_empty());
    assert_eq!(stand.show.accounts().received, 1);
}

#[test]
fn the_same_text_again_is_blocked_as_duplicate() {
    let mut stand = Stand::new(12);
    stand.event(comment("1", "ann", "hi"));
    assert_eq!(stand.event(comment("2", "ann", "hi")), [".", "2:blocked-duplicate"]);
}

#[test]
fn a_custom_event_is_blocked_and_tips_wait_behind_comments() {
    let mut stand = Stand::new(1);
    assert_eq!(stand.event(custom("1")), [".", "1:blocked-custom"]);
    stand.event(comment("2", "ann", "a"));
    stand.event(tip("3"));
    stand.event(comment("4", "ann", "b"));
    assert_eq!(stand.show.depths(), [0, 1, 0, 1]);
    assert_eq!(stand.pass(2_500), ["comment 4", "4:shown", "3:aged-queue"]);
}

#[test]
fn the_room_may_settle_what_it_will_not_deliver() {
    let mut stand = Stand::new(12);
    let fate = Fate::AgedOut { stage: "budget".into() };
    let out = stand.put(Input::Fated { event: comment("1", "ann", "hi"), fate });
    assert_eq!(out, [".", "1:aged-budget"]);
    assert_eq!(stand.show.accounts().aged_out, 1);
}

#[test]
fn a_recovered_gift_is_shown_and_not_received_again() {
    let restored = Accounts { received: 9, shown: 8, waiting: 1, ..Accounts::default() };
    let mut show = Show::new(START, restored, 12);
    show.handle(START, Input::Recovered(gift("1", "ann", "rose", 1))).expect("accepted");
    let out: Vec<String> = show.tick(START).iter().map(short).collect();
    assert_eq!(out, ["gift 1x1", "1:shown"]);
    let books = show.accounts();
    assert_eq!((books.received, books.shown, books.waiting), (9, 9, 0));
}

#[test]
fn repeats_fold_into_the_open_card() {
    let mut stand = Stand::new(12);
    assert_eq!(stand.event(gift("1", "ann", "rose", 1)), [".", "gift 1x1", "1:shown"]);
    stand.pass(100);
    assert_eq!(stand.event(gift("2", "ann", "rose", 9)), [".", "2:merged-1", "gift 1x10"]);
    let cards = stand.show.cards();
    assert_eq!((cards[0].count, cards[0].tier, cards[0].until), (10, 2, stand.now.plus(6_000)));
    assert_eq!(stand.pass(6_000), ["end 1"]);
    assert_eq!(stand.event(gift("3", "ann", "rose", 1)), [".", "gift 3x1", "3:shown"]);
}

#[test]
fn a_gift_takes_no_pace_and_waits_behind_no_line() {
    let mut stand = Stand::new(1);
    for n in 0..200 {
        stand.event(comment(&n.to_string(), "ann", &n.to_string()));
    }
    let low = Event { priority: Priority::Lowest, ..gift("g", "bob", "rose", 1) };
    assert_eq!(stand.event(low), [".", "gift gx1", "g:shown"]);
}

#[test]
fn a_gift_makes_room_in_a_full_high_level_at_the_cost_of_a_line() {
    let mut stand = Stand::new(1);
    let high = |id: &str| Event { priority: Priority::High, ..comment(id, "host", id) };
    let show = &mut stand.show;
    for n in 0..1_000 {
        show.handle(START, Input::Event(high(&n.to_string()))).expect("accepted");
    }
    let out = show.handle(START, Input::Event(gift("g", "bob", "rose", 1))).expect("accepted");
    assert_eq!(short(&out[1]), "0:aged-queue");
    assert_eq!(show.depths()[0], 1_000);
}

#[test]
fn when_gifts_fill_the_high_level_the_cheapest_goes() {
    let mut stand = Stand::new(1);
    let mut put = |id: &str, what: &str| {
        let gift = gift(id, &format!("u{id}"), what, 1);
        let out = stand.show.handle(START, Input::Event(gift)).expect("accepted");
        out.iter().map(short).collect::<Vec<_>>()
    };
    for n in 0..1_000 {
        put(&n.to_string(), if n == 500 { "rose" } else { "star" });
    }
    assert_eq!(put("a", "cake"), [".", "500:aged-queue"]);
    assert_eq!(put("b", "rose"), [".", "b:aged-queue"]);
    assert_eq!(stand.show.depths()[0], 1_000);
}

#[test]
fn removing_a_waiting_line_keeps_it_off() {
    let mut stand = Stand::new(1);
    stand.event(comment("1", "ann", "a"));
    stand.event(comment("2", "ann", "b"));
    assert_eq!(stand.remove("2"), ["2:removed-host"]);
    assert!(stand.pass(5_000).is_empty());
}

#[test]
fn removing_a_shown_line_takes_it_off_feed_and_banner_once() {
    let mut stand = Stand::new(12);
    stand.event(comment("1", "ann", "a"));
    assert_eq!(stand.pin("1"), ["pin 1", "pinned=1"]);
    assert_eq!(stand.remove("1"), ["remove 1", "unpin", "pinned=-", "1:removed-host"]);
    assert!(stand.show.feed().is_empty() && stand.show.pinned().is_none());
    assert!(stand.remove("1").is_empty());
    let pin = Input::Pin { id: "1".into(), by: "host".into() };
    assert!(stand.show.handle(stand.now, pin).is_err());
    let books = stand.show.accounts();
    assert_eq!((books.shown, books.removed, books.unaccounted()), (0, 1, 0));
}

#[test]
fn removing_any_gift_of_a_card_takes_the_card() {
    let mut stand = Stand::new(12);
    for id in ["1", "2", "3"] {
        stand.event(gift(id, "ann", "rose", 1));
    }
    let out = stand.remove("2");
    assert_eq!(out, ["end 1", "remove 1,2", "1:removed-host", "2:removed-host"]);
    assert!(stand.show.cards().is_empty());
    let books = stand.show.accounts();
    assert_eq!((books.merged, books.removed, books.unaccounted()), (1, 2, 0));
}

#[test]
fn removing_a_person_takes_all_that_waits_or_was_shown() {
    let mut stand = Stand::new(1);
    stand.event(comment("1", "ann", "a"));
    stand.event(comment("2", "ann", "b"));
    stand.event(comment("3", "bob", "c"));
    stand.event(gift("4", "ann", "rose", 1));
    let out = stand.put(Input::RemoveUser { user: "ann".into(), by: "host".into() });
    let fates = ["2:removed-host", "4:removed-host", "1:removed-host"];
    assert_eq!(out, [&["end 4", "remove-user ann"], &fates[..]].concat());
    assert_eq!(stand.pass(1_000), ["comment 3", "3:shown"]);
}

#[test]
fn clear_empties_the_picture_and_leaves_the_queue() {
    let mut stand = Stand::new(1);
    stand.event(comment("1", "ann", "a"));
    stand.event(comment("2", "ann", "b"));
    stand.event(gift("3", "ann", "rose", 1));
    stand.pin("1");
    let out = stand.put(Input::Clear { by: "host".into() });
    assert_eq!(out, ["clear", "pinned=-"]);
    assert!(stand.show.feed().is_empty() && stand.show.cards().is_empty());
    assert_eq!(stand.show.accounts().shown, 2);
    assert_eq!(stand.pass(1_000), ["comment 2", "2:shown"]);
}

#[test]
fn pinning_a_waiting_line_shows_it() {
    let mut stand = Stand::new(1);
    stand.event(comment("1", "ann", "a"));
    stand.event(comment("2", "ann", "b"));
    assert_eq!(stand.pin("2"), ["pin 2", "2:shown", "pinned=2"]);
    assert!(stand.pin("2").is_empty());
    assert_eq!(stand.put(Input::Unpin), ["unpin", "pinned=-"]);
    assert!(stand.put(Input::Unpin).is_empty());
}

#[test]
fn pinning_a_waiting_gift_opens_its_card() {
    let mut stand = Stand::new(1);
    for (id, user) in [("1", "ann"), ("2", "bob"), ("3", "cas")] {
        stand.event(gift(id, user, "rose", 1));
    }
    assert_eq!(stand.pin("3"), ["end 1", "gift 3x1", "3:shown", "pin 3", "pinned=3"]);
}

#[test]
fn an_unknown_item_is_refused_and_named() {
    let mut stand = Stand::new(12);
    let id = EventId::from("nope");
    for input in [
        Input::Pin { id: id.clone(), by: "host".into() },
        Input::Remove { ids: vec![id], by: "host".into() },
        Input::Remove { ids: vec![], by: "host".into() },
    ] {
        let reject = stand.show.handle(stand.now, input).expect_err("refused");
        assert_eq!(reject.code, Code::UnknownItem);
    }
}
