//! Properties of a room under any commands and any passing of time.

use proptest::prelude::*;
use std::collections::{HashMap, HashSet};
use surtitle_core::room::{Command, ConnId, Effect, Origin, Room, RoomConfig};
use surtitle_core::wire::{Body, RoomInfo, RoomRules};
use surtitle_core::{
    Epoch, EventId, EventKind, Millis, Position, Priority, Role, RoomId, Sender, Seq, UserId, gifts,
};

const T: Millis = Millis(1_700_000_000_000);
const BUDGET: u32 = 10;

#[derive(Debug, Clone)]
enum Step {
    Pass(u64),
    Join(u64, Option<u8>),
    Leave(u64),
    Say { conn: u64, cid: u32, priority: Option<Priority> },
    Give { conn: u64, cid: u32, gift: &'static str, count: u32 },
    Like { conn: u64, count: u32 },
    RemoveLast,
    Mute(u8, u64),
    Ban(u8, u64),
    MuteAll(bool),
    Block { conn: u64, cid: u32 },
    Flush,
}

fn step() -> impl Strategy<Value = Step> {
    let conn = 0..6u64;
    prop_oneof![
        3 => (0..400u64).prop_map(Step::Pass),
        1 => (0..30_000u64).prop_map(Step::Pass),
        3 => (conn.clone(), prop::option::of(0..4u8)).prop_map(|(c, u)| Step::Join(c, u)),
        1 => conn.clone().prop_map(Step::Leave),
        8 => (conn.clone(), 0..200u32, prop::option::of(prop::sample::select(Priority::ALL.to_vec())))
            .prop_map(|(conn, cid, priority)| Step::Say { conn, cid, priority }),
        4 => (conn.clone(), 0..200u32, prop::sample::select(vec!["rose", "cake"]), 0..5u32)
            .prop_map(|(conn, cid, gift, count)| Step::Give { conn, cid, gift, count }),
        2 => (conn, 0..300u32).prop_map(|(conn, count)| Step::Like { conn, count }),
        1 => Just(Step::RemoveLast),
        1 => (0..4u8, 0..3_000u64).prop_map(|(u, ms)| Step::Mute(u, ms)),
        1 => (0..4u8, 0..3_000u64).prop_map(|(u, ms)| Step::Ban(u, ms)),
        1 => any::<bool>().prop_map(Step::MuteAll),
        1 => (0..6u64, 0..200u32).prop_map(|(conn, cid)| Step::Block { conn, cid }),
        4 => Just(Step::Flush),
    ]
}

fn user(n: u8) -> Sender {
    Sender {
        id: format!("u{n}").as_str().into(),
        nick: format!("n{n}"),
        avatar: None,
        role: Role::Viewer,
    }
}

fn room() -> Room {
    Room::new(
        T,
        RoomConfig {
            info: RoomInfo { id: RoomId("main".into()), name: "Main".into() },
            budget: BUDGET,
            epoch: Epoch(1),
            likes: 0,
            mutes: Vec::new(),
            bans: Vec::new(),
            mute_all: false,
            staff: Vec::new(),
            gifts: gifts::catalogue(),
            rules: RoomRules::default(),
            followers: Vec::new(),
        },
    )
}

/// Everything a driver sees of a room, checked as it comes.
#[derive(Default)]
struct Seen {
    accepted: HashSet<EventId>,
    fated: HashSet<EventId>,
    delivered: Vec<EventId>,
    delivered_at: Vec<Millis>,
    last: Seq,
    likes: u64,
    removed: HashSet<EventId>,
    members: HashSet<UserId>,
}

impl Seen {
    fn effects(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Accepted { event, fresh: true } => {
                    assert!(self.accepted.insert(event.id), "an id is given once");
                }
                Effect::Accepted { event, fresh: false } => {
                    assert!(self.accepted.contains(&event.id), "a retry answers with the first id");
                }
                Effect::Fated { event, .. } => {
                    assert!(self.fated.insert(event.id), "a fate is told once");
                }
                Effect::Removed { ids } => self.removed.extend(ids),
                Effect::Penalised { .. } => {}
                Effect::Came { who } => {
                    assert!(self.members.insert(who.id), "nobody comes twice");
                }
                Effect::Parted { who } => {
                    assert!(self.members.contains(&who.id), "who parts is still here");
                }
                Effect::Went { who, .. } | Effect::Expelled { who, .. } => {
                    assert!(self.members.remove(&who.id), "nobody goes twice");
                }
            }
        }
    }

    fn flush(&mut self, now: Millis, room: &mut Room) {
        let flush = room.flush();
        let first = flush.position.seq.0 + 1 - flush.events.len() as u64;
        assert!(flush.events.is_empty() || first == self.last.0 + 1, "numbers have no gap");
        for event in &flush.events {
            if matches!(&event.kind, EventKind::Custom { data } if data.is_empty()) {
                continue; // removed before it was delivered; only its number comes
            }
            assert!(!self.removed.contains(&event.id), "nothing removed is delivered");
            self.delivered.push(event.id.clone());
            if event.from.is_some() {
                self.delivered_at.push(now);
            }
        }
        assert!(flush.position.seq >= self.last, "numbers never fall");
        self.last = flush.position.seq;
        if let Some(likes) = flush.likes {
            self.likes = likes;
        }
    }
}

fn command(step: &Step, seen: &Seen) -> Option<Command> {
    Some(match step.clone() {
        Step::Join(conn, who) => Command::Join { conn: ConnId(conn), who: who.map(user) },
        Step::Leave(conn) => Command::Leave { conn: ConnId(conn) },
        Step::Say { conn, cid, priority } => Command::Send {
            from: Origin::Conn(ConnId(conn)),
            cid,
            priority,
            body: Body::Comment { text: format!("line {cid}") },
        },
        Step::Give { conn, cid, gift, count } => Command::Send {
            from: Origin::Conn(ConnId(conn)),
            cid: cid + 1_000,
            priority: None,
            body: Body::Gift { gift: gift.into(), count },
        },
        Step::Like { conn, count } => Command::Like { conn: Some(ConnId(conn)), count },
        Step::RemoveLast => Command::Remove { ids: vec![seen.delivered.last()?.clone()] },
        Step::Mute(n, ms) => Command::Mute { user: user(n).id, until: T.plus(ms) },
        Step::Ban(n, ms) => Command::Ban { user: user(n).id, until: T.plus(ms) },
        Step::MuteAll(on) => Command::MuteAll { on },
        Step::Block { conn, cid } => Command::Block {
            from: Origin::Conn(ConnId(conn)),
            cid,
            body: Body::Comment { text: format!("line {cid}") },
            rule: "webhook",
        },
        Step::Pass(_) | Step::Flush => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_accepted_message_is_delivered_or_has_a_fate(steps in prop::collection::vec(step(), 1..300)) {
        let (mut room, mut seen, mut now) = (room(), Seen::default(), T);
        for step in &steps {
            match step {
                Step::Pass(ms) => {
                    now = now.plus(*ms);
                    seen.effects(room.handle_timeout(now));
                }
                Step::Flush => seen.flush(now, &mut room),
                step => if let Some(command) = command(step, &seen) {
                    let before = room.position();
                    match room.handle(now, command) {
                        Ok(effects) => seen.effects(effects),
                        Err(_) => prop_assert_eq!(room.position(), before, "a refusal changes nothing"),
                    }
                },
            }
        }
        // Long enough for every wait to end.
        for _ in 0..400 {
            now = now.plus(100);
            seen.effects(room.handle_timeout(now));
            seen.flush(now, &mut room);
        }
        let delivered: HashSet<_> = seen.delivered.iter().cloned().collect();
        prop_assert_eq!(delivered.len(), seen.delivered.len(), "nothing is delivered twice");
        for id in &seen.accepted {
            let outcomes = usize::from(delivered.contains(id)) + usize::from(seen.fated.contains(id));
            prop_assert_eq!(outcomes, 1, "{}", id);
        }
        prop_assert_eq!(room.depths(), [0; 4]);
        for (who, _) in room.members() {
            prop_assert!(seen.members.contains(&who.id), "{} was never said to come", who.id);
        }
    }

    #[test]
    fn no_window_delivers_more_than_the_budget(
        gaps in prop::collection::vec(0..60u64, 1..400),
        seconds in 1..4u64,
    ) {
        let (mut room, mut seen, mut now) = (room(), Seen::default(), T);
        let join = Command::Join { conn: ConnId(1), who: Some(user(1)) };
        seen.effects(room.handle(now, join).expect("joining is free"));
        for (cid, gap) in (0u32..).zip(&gaps) {
            now = now.plus(*gap);
            let from = Origin::Conn(ConnId(1));
            let body = Body::Comment { text: "x".into() };
            let send = Command::Send { from, cid, priority: None, body };
            seen.effects(room.handle(now, send).expect("the sender gets success"));
            seen.flush(now, &mut room);
        }
        let times = &seen.delivered_at;
        let most = (u64::from(BUDGET) * (seconds + 1)) as usize;
        for (i, start) in times.iter().enumerate() {
            let inside = times[i..].iter().take_while(|t| t.since(*start) < seconds * 1_000).count();
            prop_assert!(inside <= most, "{inside} in {seconds} s");
        }
    }

    #[test]
    fn resume_gives_exactly_what_was_missed(count in 1..60u32, cut in 0..60u64) {
        let mut room = room();
        let host = Sender { role: Role::Host, ..user(1) };
        room.handle(T, Command::Join { conn: ConnId(1), who: Some(host) }).expect("joining is free");
        let mut all = Vec::new();
        for cid in 0..count {
            let from = Origin::Conn(ConnId(1));
            let body = Body::Comment { text: format!("line {cid}") };
            room.handle(T, Command::Send { from, cid, priority: None, body }).expect("taken");
            all.extend(room.flush().events);
        }
        let seq = Seq(cut.min(all.len() as u64));
        let welcome = room.welcome(T, Some(Position { epoch: Epoch(1), seq }));
        prop_assert!(welcome.resumed);
        prop_assert_eq!(&welcome.history[..], &all[seq.0 as usize..]);
    }

    #[test]
    fn gifts_of_one_sender_lose_no_count_while_they_fold(counts in prop::collection::vec(1..50u32, 1..40)) {
        let (mut room, mut now) = (room(), T);
        room.handle(now, Command::Join { conn: ConnId(1), who: Some(user(1)) }).expect("joining");
        let mut total = HashMap::new();
        for (cid, count) in (0u32..).zip(&counts) {
            let from = Origin::Conn(ConnId(1));
            let body = Body::Gift { gift: "rose".into(), count: *count };
            room.handle(now, Command::Send { from, cid, priority: None, body }).expect("taken");
        }
        for _ in 0..100 {
            now = now.plus(100);
            room.handle_timeout(now);
            for event in room.flush().events {
                if let EventKind::Gift { gift, count } = event.kind {
                    *total.entry(gift.id).or_insert(0) += count;
                }
            }
        }
        prop_assert_eq!(total.get("rose").copied(), Some(counts.iter().sum::<u32>()));
    }
}
