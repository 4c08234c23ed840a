//! A show under test, what may happen to it, and what must hold meanwhile.

use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::{HashMap, HashSet};
use surtitle_core::Accounts;
use surtitle_core::gifts::catalogue;
use surtitle_core::show::{Input, Output, Show};
use surtitle_core::{Cue, Event, EventId, EventKind, Fate, Millis, Priority, Role, Sender, Tip};

/// What the restored accounts of every world hold as waiting.
const RESTORED: u64 = 2;

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Op {
    Comment(u8, u8, usize),
    Gift(u8, usize, u32),
    Tip,
    Custom,
    /// Many at once: comments of one level, or gifts of as many people.
    Flood(Option<usize>, u16),
    /// An event that was there before, once more.
    Again(Index),
    Fated(u8, Fate),
    Recovered(u8, usize),
    Likes(u32),
    Online(u32),
    Pin(Index),
    Unpin,
    Remove(Vec<Index>),
    RemoveUser(u8),
    Clear,
    Pace(u32),
    Delay(u32),
    Trust(u8),
    Air(Index),
    Dump,
}

pub fn ops() -> impl Strategy<Value = Vec<(u64, bool, Op)>> {
    let fate = prop_oneof![
        Just(Fate::AgedOut { stage: "budget".into() }),
        Just(Fate::Merged { into: "1".into() }),
        Just(Fate::Refused { code: 2107 }),
    ];
    let op = prop_oneof![
        8 => (0..5_u8, 0..4_u8, 0..4_usize).prop_map(|(u, t, p)| Op::Comment(u, t, p)),
        8 => (0..5_u8, 0..8_usize, 1..20_u32).prop_map(|(u, g, n)| Op::Gift(u, g, n)),
        2 => Just(Op::Tip),
        1 => Just(Op::Custom),
        1 => (prop::option::of(0..4_usize), 0..700_u16).prop_map(|(p, n)| Op::Flood(p, n)),
        2 => any::<Index>().prop_map(Op::Again),
        1 => (0..5_u8, fate).prop_map(|(u, f)| Op::Fated(u, f)),
        1 => (0..5_u8, 0..8_usize).prop_map(|(u, g)| Op::Recovered(u, g)),
        1 => (0..3_u32).prop_map(Op::Likes),
        1 => (0..3_u32).prop_map(Op::Online),
        2 => any::<Index>().prop_map(Op::Pin),
        1 => Just(Op::Unpin),
        2 => prop::collection::vec(any::<Index>(), 0..4).prop_map(Op::Remove),
        1 => (0..5_u8).prop_map(Op::RemoveUser),
        1 => Just(Op::Clear),
        1 => (0..80_u32).prop_map(Op::Pace),
        2 => (0..70_u32).prop_map(Op::Delay),
        1 => (0..5_u8).prop_map(Op::Trust),
        2 => any::<Index>().prop_map(Op::Air),
        1 => Just(Op::Dump),
    ];
    let wait = prop_oneof![3 => Just(0), 4 => 0..300_u64, 2 => 0..3_000_u64, 1 => 0..40_000_u64];
    prop::collection::vec((wait, prop::bool::weighted(0.8), op), 1..60)
}

pub fn event(id: u64, user: Option<&str>, level: usize, kind: EventKind) -> Event {
    let from = user.map(|user| Sender {
        id: user.into(),
        nick: user.to_owned(),
        avatar: None,
        role: Role::Viewer,
    });
    let (id, source) = (EventId(id.to_string()), "room".to_owned());
    Event { id, at: Millis(0), source, from, cid: None, priority: Priority::ALL[level], kind }
}

pub fn gift(id: u64, user: &str, which: usize, count: u32) -> Event {
    event(id, Some(user), 0, EventKind::Gift { gift: catalogue()[which].clone(), count })
}

/// Where a line belongs: tips are Lowest.
fn level(event: &Event) -> usize {
    if matches!(event.kind, EventKind::Tip { .. }) { 3 } else { event.priority.level() }
}

/// A show under test, and everything it has said so far.
pub struct World {
    pub show: Show,
    pub now: Millis,
    pub events: Vec<Event>,
    pub owed: u64,
    pub said: Vec<Output>,
    pub fates: HashMap<EventId, Fate>,
    removed: HashSet<EventId>,
    /// Open cards, and when each was told last.
    open: HashMap<EventId, Millis>,
    /// Number of the last shown line of each level.
    last: [u64; 4],
    /// Held by the air delay, and until when at most.
    held: HashMap<EventId, Millis>,
    /// Who is trusted, or was let go early, overtakes others of their level.
    overtakes: bool,
}

impl World {
    pub fn new() -> Self {
        let restored = Accounts { received: RESTORED, waiting: RESTORED, ..Accounts::default() };
        let now = Millis(1_000_000);
        Self {
            show: Show::new(now, restored, 12),
            now,
            events: Vec::new(),
            owed: RESTORED,
            said: Vec::new(),
            fates: HashMap::new(),
            removed: HashSet::new(),
            open: HashMap::new(),
            last: [0; 4],
            held: HashMap::new(),
            overtakes: false,
        }
    }

    pub fn next_id(&self) -> u64 {
        self.events.len() as u64 + 1
    }

    fn input(&mut self, input: Input) {
        let before = self.show.accounts();
        match self.show.handle(self.now, input) {
            Ok(out) => self.hear(out),
            Err(_) => assert_eq!(self.show.accounts(), before, "a refusal changes nothing"),
        }
        self.check();
    }

    pub fn add(&mut self, event: Event) {
        self.events.push(event.clone());
        self.input(Input::Event(event));
    }

    fn known(&self, index: &Index) -> EventId {
        // One in so many is unknown.
        let at = index.index(self.events.len() + 1);
        self.events.get(at).map_or("unknown".into(), |event| event.id.clone())
    }

    fn apply(&mut self, op: &Op) {
        let (id, by) = (self.next_id(), "host".to_owned());
        let user = |u: &u8| format!("u{u}");
        match op {
            Op::Comment(u, text, at) => {
                let kind = EventKind::comment(text.to_string());
                let sent = Event { at: self.now, ..event(id, Some(&user(u)), *at, kind) };
                self.add(sent);
            }
            Op::Gift(u, which, count) => self.add(gift(id, &user(u), *which, *count)),
            Op::Tip => {
                // Tips are not held.
                self.overtakes |= self.show.held() > 0;
                let kind = EventKind::Tip { tip: Tip::Join, users: vec![], more: 1 };
                self.add(event(id, None, 1, kind));
            }
            Op::Custom => {
                self.add(event(id, Some("app"), 1, EventKind::Custom { data: "x".into() }))
            }
            Op::Flood(at, count) => {
                for n in id..id + u64::from(*count) {
                    let kind = EventKind::comment(n.to_string());
                    let user = format!("f{n}");
                    self.add(match at {
                        Some(at) => event(n, Some(&user), *at, kind),
                        None => gift(n, &user, n as usize % 8, 1),
                    });
                }
            }
            Op::Again(index) => {
                if let Some(event) = self.events.get(index.index(self.events.len() + 1)).cloned() {
                    let said = self.said.len();
                    self.input(Input::Event(event));
                    assert_eq!(self.said.len(), said, "the same event again says nothing");
                }
            }
            Op::Fated(u, fate) => {
                let event = gift(id, &user(u), 0, 1);
                self.events.push(event.clone());
                self.input(Input::Fated { event, fate: fate.clone() });
            }
            Op::Recovered(u, which) => {
                if self.owed > 0 {
                    self.owed -= 1;
                    let event = gift(id, &user(u), *which, 1);
                    self.events.push(event.clone());
                    self.input(Input::Recovered(event));
                }
            }
            Op::Likes(add) => {
                let total = self.show.likes() + u64::from(*add);
                self.input(Input::Likes { total, add: *add });
            }
            Op::Online(count) => self.input(Input::Online { count: *count }),
            Op::Pin(index) => self.input(Input::Pin { id: self.known(index), by }),
            Op::Unpin => self.input(Input::Unpin),
            Op::Remove(which) => {
                let ids = which.iter().map(|index| self.known(index)).collect();
                self.input(Input::Remove { ids, by });
            }
            Op::RemoveUser(u) => {
                self.input(Input::RemoveUser { user: user(u).as_str().into(), by });
            }
            Op::Clear => self.input(Input::Clear { by }),
            Op::Pace(per_second) => self.input(Input::Pace { per_second: *per_second }),
            Op::Delay(seconds) => {
                self.input(Input::Delay { seconds: *seconds });
                assert_eq!(self.show.delay_s(), (*seconds).min(60));
            }
            Op::Trust(u) => {
                self.overtakes = true;
                self.input(Input::Trust { users: vec![user(u).as_str().into()] });
            }
            Op::Air(index) => {
                self.overtakes = true;
                self.input(Input::Air { id: self.known(index) });
            }
            Op::Dump => {
                self.input(Input::Dump { by });
                assert_eq!(self.show.held(), 0, "a dump leaves nothing held");
                assert!(self.show.feed().is_empty() && self.show.pinned().is_none());
            }
        }
    }

    /// Lets time pass. A prompt driver ticks at every wakeup, and finds that it
    /// was honest; a late one ticks once at the end.
    pub fn pass(&mut self, ms: u64, prompt: bool) {
        let end = self.now.plus(ms);
        while prompt
            && let Some(at) = self.show.next_wakeup()
            && at <= end
        {
            if at > self.now.plus(1) {
                let early = self.show.tick(Millis(at.0 - 1));
                assert_eq!(early, [], "nothing happens before the wakeup at {at:?}");
            }
            self.now = self.now.max(at);
            let out = self.show.tick(self.now);
            assert!(!out.is_empty(), "a wakeup at {at:?} brings something");
            self.hear(out);
            self.check();
            assert!(self.show.next_wakeup().is_none_or(|next| next > self.now), "no busy loop");
        }
        self.now = end;
        let out = self.show.tick(end);
        self.hear(out);
        self.check();
    }

    /// Ticks until nothing waits any more.
    pub fn settle(&mut self) {
        while let Some(at) = self.show.next_wakeup() {
            self.pass(at.since(self.now), true);
        }
    }

    fn hear(&mut self, out: Vec<Output>) {
        for (index, output) in out.iter().enumerate() {
            match output {
                Output::Cue(cue) => self.hear_cue(cue, out.get(index + 1)),
                Output::Fate { id, fate } => {
                    let before = self.fates.insert(id.clone(), fate.clone());
                    let removes = matches!(fate, Fate::Removed { .. });
                    match before {
                        None => {}
                        Some(Fate::Shown | Fate::Merged { .. }) => {
                            assert!(removes, "{id} {fate:?}")
                        }
                        Some(fate) => panic!("{id} had {fate:?} for good"),
                    }
                    self.held.remove(id);
                    if removes {
                        self.removed.insert(id.clone());
                    }
                }
                Output::Received { event } => assert!(!self.fates.contains_key(&event.id)),
                Output::Held { id, until } => {
                    assert!(*until <= self.now.plus(60_000) && !self.fates.contains_key(id));
                    self.held.insert(id.clone(), *until);
                }
                Output::Released { id } => assert!(self.held.remove(id).is_some(), "{id} is held"),
                Output::Pinned(event) => assert_eq!(event.as_ref().is_some(), pins(&out, index)),
            }
        }
        self.said.extend(out);
    }

    fn hear_cue(&mut self, cue: &Cue, next: Option<&Output>) {
        if let Cue::Comment { event } = cue {
            assert!(!self.held.contains_key(&event.id), "{} is held and shown", event.id);
        }
        let ids: Vec<&EventId> = match cue {
            Cue::Comment { event } | Cue::Pin { event } => vec![&event.id],
            Cue::Gift { card } => vec![&card.id],
            Cue::CardEnd { id } => vec![id],
            Cue::Remove { ids } => ids.iter().collect(),
            _ => vec![],
        };
        for id in ids {
            assert!(!self.removed.contains(id), "{cue:?} names what was removed");
        }
        match cue {
            Cue::Comment { event } => {
                let number: u64 = event.id.as_str().parse().expect("ids are numbers");
                let last = &mut self.last[level(event)];
                assert!(self.overtakes || number > *last, "{number} after {last} in one level");
                *last = number;
            }
            Cue::Gift { card } => {
                let ends = matches!(next, Some(Output::Cue(Cue::CardEnd { id })) if *id == card.id);
                if let Some(told) = self.open.insert(card.id.clone(), self.now) {
                    assert!(ends || self.now.since(told) >= 50, "growth is coalesced");
                }
            }
            Cue::CardEnd { id } => assert!(self.open.remove(id).is_some(), "{id} is open"),
            Cue::Clear => self.open.clear(),
            _ => {}
        }
        assert!(self.open.len() <= 2, "two places for cards");
    }

    fn check(&self) {
        let (books, depths) = (self.show.accounts(), self.show.depths());
        assert_eq!(books.unaccounted(), 0, "{books:?}");
        let queued: u64 = depths.iter().map(|&n| u64::from(n)).sum();
        let held = u64::from(self.show.held());
        assert_eq!(books.waiting, queued + held + self.owed, "what waits is queued or held");
        assert_eq!(held, self.held.len() as u64, "what is held was said to be");
        assert!(held <= 4_000);
        for (depth, bound) in depths.into_iter().zip([1_000, 500, 200, 100]) {
            assert!(depth <= bound, "{depths:?}");
        }
        let (feed, cards) = (self.show.feed(), self.show.cards());
        assert!(feed.len() <= 30 && feed.iter().all(|event| !self.removed.contains(&event.id)));
        assert_eq!(cards.len(), self.open.len());
        assert!(cards.iter().all(|card| self.open.contains_key(&card.id)));
        assert!(self.show.pinned().is_none_or(|event| !self.removed.contains(&event.id)));
    }
}

/// Whether the cue that changed the banner before `out[index]` was a pin.
fn pins(out: &[Output], index: usize) -> bool {
    let cues = out[..index].iter().rev();
    cues.filter_map(|output| if let Output::Cue(cue) = output { Some(cue) } else { None })
        .find_map(|cue| match cue {
            Cue::Pin { .. } => Some(true),
            Cue::Unpin | Cue::Clear => Some(false),
            _ => None,
        })
        .expect("a cue goes with it")
}

pub fn run(ops: &[(u64, bool, Op)]) -> World {
    let mut world = World::new();
    for (wait, prompt, op) in ops {
        world.pass(*wait, *prompt);
        world.apply(op);
    }
    world
}
