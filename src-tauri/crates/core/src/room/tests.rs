//! Stories of a room, and the makers the other room tests use.

use super::*;
use crate::{RoomId, Seq, Tip};

const T: Millis = Millis(1_700_000_000_000);

pub(crate) fn sender(id: &str) -> Sender {
    Sender { id: id.into(), nick: format!("nick {id}"), avatar: None, role: Role::Viewer }
}

pub(crate) fn comment(from: &str, n: u32) -> Event {
    Event {
        id: EventId(format!("{from}-{n}")),
        at: T,
        source: "room".into(),
        from: Some(sender(from)),
        cid: Some(n),
        priority: Priority::Normal,
        kind: EventKind::comment(format!("text {n}")),
    }
}

pub(crate) fn gift(from: &str, n: u32, gift: &str, count: u32) -> Event {
    let gift = gifts::catalogue().into_iter().find(|g| g.id == gift).expect("a known gift");
    Event { priority: Priority::High, kind: EventKind::Gift { gift, count }, ..comment(from, n) }
}

pub(crate) fn room() -> Room {
    Room::new(
        T,
        RoomConfig {
            info: RoomInfo { id: RoomId("main".into()), name: "Main".into() },
            budget: 40,
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

fn say(conn: u64, cid: u32, text: &str) -> Command {
    Command::Send {
        from: Origin::Conn(ConnId(conn)),
        cid,
        priority: None,
        body: Body::Comment { text: text.into() },
    }
}

fn join(room: &mut Room, conn: u64, who: Option<Sender>) {
    room.handle(T, Command::Join { conn: ConnId(conn), who }).expect("joining is free");
}

#[test]
fn guest_receives_and_never_sends() {
    let mut room = room();
    join(&mut room, 1, None);
    assert_eq!(room.handle(T, say(1, 1, "hi")).map_err(|r| r.code), Err(Code::Guest));
    assert_eq!(room.handle(T, say(2, 1, "hi")).map_err(|r| r.code), Err(Code::NotMember));
    assert_eq!(room.online(), 1);
}

#[test]
fn numbers_rise_by_one_and_history_reaches_a_new_member() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    room.flush();
    for n in 0..5 {
        room.handle(T, say(1, n, "hi there")).expect("within the budget");
    }
    let flush = room.flush();
    assert_eq!(flush.events.len(), 5);
    assert_eq!(flush.position, Position { epoch: Epoch(1), seq: Seq(6) }, "the join tip was 1");
    assert_eq!(room.welcome(T, None).history.len(), 5);
    let resumed = room.welcome(T, Some(Position { epoch: Epoch(1), seq: Seq(4) }));
    assert!(resumed.resumed);
    assert_eq!(resumed.history.len(), 2);
    assert!(!room.welcome(T, Some(Position { epoch: Epoch(2), seq: Seq(4) })).resumed);
}

#[test]
fn retry_of_a_number_is_acknowledged_but_not_delivered_again() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    room.handle(T, say(1, 7, "once")).expect("taken");
    room.flush();
    let again = room.handle(T, say(1, 7, "once")).expect("acknowledged again");
    assert!(matches!(again.as_slice(), [Effect::Accepted { fresh: false, .. }]));
    assert!(room.flush().events.is_empty());
}

#[test]
fn sender_gets_success_when_the_budget_drops_and_the_fate_is_told() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    room.flush();
    let (mut accepted, mut fated) = (0, 0);
    for n in 0..500 {
        for effect in room.handle(T.plus(n * 2), say(1, n as u32, "flood")).expect("success") {
            match effect {
                Effect::Accepted { .. } => accepted += 1,
                Effect::Fated { fate: Fate::AgedOut { stage }, .. } => {
                    assert_eq!(stage, "budget");
                    fated += 1;
                }
                other => panic!("{other:?}"),
            }
        }
    }
    let delivered = room.flush().events.len();
    let waiting: usize = room.depths().iter().sum();
    assert_eq!(accepted, 500);
    assert_eq!(delivered + fated + waiting, 500);
    assert!((40..=80).contains(&delivered), "{delivered}");
}

#[test]
fn host_speaks_outside_the_budget() {
    let mut room = room();
    join(&mut room, 1, Some(Sender { role: Role::Host, ..sender("host") }));
    for n in 0..200 {
        room.handle(T, say(1, n, "now")).expect("taken");
    }
    assert_eq!(room.flush().events.len(), 200);
}

#[test]
fn muted_member_cannot_speak_and_their_lines_go() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    room.handle(T, say(1, 1, "bad")).expect("taken");
    room.flush();
    let mute = Command::Mute { user: "a".into(), until: T.plus(60_000) };
    let effects = room.handle(T, mute).expect("muted");
    let [Effect::Removed { ids }, Effect::Penalised { on: true, .. }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(ids.len(), 1);
    assert_eq!(room.handle(T, say(1, 2, "more")).map_err(|r| r.code), Err(Code::Muted));
    assert!(room.welcome(T, None).history.is_empty());
    assert!(room.handle(T.plus(60_000), say(1, 3, "sorry")).is_ok());
}

#[test]
fn what_a_muted_member_had_waiting_is_never_delivered() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    for n in 0..60 {
        room.handle(T, say(1, n, "flood")).expect("taken");
    }
    let before = room.flush().events.len();
    let waiting: usize = room.depths().iter().sum();
    let mute = Command::Mute { user: "a".into(), until: T.plus(60_000) };
    let effects = room.handle(T, mute).expect("muted");
    let removed =
        |effect: &&Effect| matches!(effect, Effect::Fated { fate: Fate::Removed { .. }, .. });
    assert!(before > 0 && waiting > 0);
    assert_eq!(effects.iter().filter(removed).count(), waiting);
    room.handle_timeout(T.plus(2_000));
    assert!(room.flush().events.is_empty());
}

#[test]
fn slow_mode_refuses_a_second_line_but_never_a_retry_a_gift_or_a_helper() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    join(&mut room, 2, Some(Sender { role: Role::Helper, ..sender("h") }));
    let rules = RoomRules { slow_s: 10, ..RoomRules::default() };
    room.handle(T, Command::Rules { rules }).expect("set");
    room.handle(T, say(1, 1, "one")).expect("the first");
    assert_eq!(room.handle(T.plus(5_000), say(1, 2, "two")).map_err(|r| r.code), Err(Code::Slow));
    assert!(room.handle(T.plus(5_000), say(1, 1, "one")).is_ok(), "a retry");
    let body = Body::Gift { gift: "rose".into(), count: 1 };
    let from = Origin::Conn(ConnId(1));
    let gift = Command::Send { from, cid: 3, priority: None, body };
    assert!(room.handle(T.plus(5_000), gift).is_ok());
    for cid in 0..3 {
        assert!(room.handle(T, say(2, cid, "calm down")).is_ok());
    }
    assert!(room.handle(T.plus(10_000), say(1, 2, "two")).is_ok());
}

#[test]
fn likes_are_state_not_messages() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    room.flush();
    for _ in 0..1_000 {
        room.handle(T, Command::Like { conn: Some(ConnId(1)), count: 3 }).expect("counted");
    }
    let flush = room.flush();
    assert_eq!((flush.events.len(), flush.likes), (0, Some(3_000)));
    assert!(!room.is_dirty());
}

#[test]
fn join_makes_one_tip_at_lowest_priority() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    let events = room.flush().events;
    assert!(matches!(
        &events[..],
        [Event { kind: EventKind::Tip { tip: Tip::Join, .. }, priority: Priority::Lowest, .. }]
    ));
}

#[test]
fn unknown_gift_and_wild_counts_are_refused() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    for (gift, count, code) in
        [("yacht", 1, Code::UnknownGift), ("rose", 0, Code::Count), ("rose", 10_000, Code::Count)]
    {
        let body = Body::Gift { gift: gift.into(), count };
        let from = Origin::Conn(ConnId(1));
        let send = Command::Send { from, cid: 1, priority: None, body };
        assert_eq!(room.handle(T, send).map_err(|r| r.code), Err(code));
    }
}

#[test]
fn priority_can_be_lowered_never_raised() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    room.flush();
    for (cid, wish) in [(1, Priority::High), (2, Priority::Low)] {
        let body = Body::Comment { text: format!("x{cid}") };
        let from = Origin::Conn(ConnId(1));
        room.handle(T, Command::Send { from, cid, priority: Some(wish), body }).expect("taken");
    }
    let got: Vec<_> = room.flush().events.iter().map(|e| e.priority).collect();
    assert_eq!(got, [Priority::Normal, Priority::Low]);
}

#[test]
fn an_apps_word_on_priority_stands_but_its_gifts_are_high() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    room.flush();
    let comment = |text: &str| Body::Comment { text: text.into() };
    let gift = Body::Gift { gift: "rose".into(), count: 1 };
    for (cid, wish, body) in [
        (1, Some(Priority::High), comment("a")),
        (2, None, comment("b")),
        (3, Some(Priority::Lowest), comment("c")),
        (4, Some(Priority::Low), gift),
    ] {
        let from = Origin::App(ConnId(1));
        room.handle(T, Command::Send { from, cid, priority: wish, body }).expect("taken");
    }
    let got: Vec<_> = room.flush().events.iter().map(|e| e.priority).collect();
    assert_eq!(got, [Priority::High, Priority::Normal, Priority::Lowest, Priority::High]);
}

#[test]
fn member_is_found_with_the_end_of_their_mute() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    assert_eq!(room.find(T, &"a".into()), Some((&sender("a"), None)));
    let until = T.plus(9_000);
    room.handle(T, Command::Mute { user: "a".into(), until }).expect("muted");
    assert_eq!(room.find(T, &"a".into()).and_then(|(_, muted)| muted), Some(until));
    assert_eq!(room.find(until, &"a".into()).and_then(|(_, muted)| muted), None);
    assert_eq!(room.find(T, &"b".into()), None);
}

#[test]
fn one_who_comes_back_is_told_what_was_removed_meanwhile() {
    let mut room = room();
    join(&mut room, 1, Some(sender("a")));
    room.handle(T, say(1, 1, "seen, then removed")).expect("taken");
    let seen = room.flush();
    let ids = vec![seen.events[1].id.clone()];
    room.handle(T, Command::Remove { ids: ids.clone() }).expect("removed");
    assert_eq!(room.welcome(T, Some(seen.position)).removed, ids);
    assert_eq!(room.welcome(T, None).removed, []);
}
