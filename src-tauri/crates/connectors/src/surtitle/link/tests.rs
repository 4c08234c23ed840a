use super::*;
use crate::surtitle::Address;
use surtitle_core::wire::{Body, RoomInfo};
use surtitle_core::{Epoch, Event, EventKind, Millis, Position, Priority, Seq};

const BEAT: Duration = Duration::from_secs(1);

fn config() -> RemoteConfig {
    let address = Address::parse("ws://h:1/main").expect("an address");
    RemoteConfig { beat: Some(BEAT), ..RemoteConfig::new(address, Some("secret".into())) }
}

fn at(seq: u64) -> Position {
    Position { epoch: Epoch(1), seq: Seq(seq) }
}

fn joined(seq: u64, resumed: bool) -> Frame {
    let room = RoomInfo { id: "main".into(), name: "Main".into() };
    Frame::Joined { room, position: at(seq), resumed, history: vec![], online: 1, likes: 0 }
}

fn batch(seq: u64) -> Frame {
    let event = Event {
        id: EventId(format!("m{seq}")),
        at: Millis(seq),
        source: "room".into(),
        from: None,
        cid: None,
        priority: Priority::Normal,
        kind: EventKind::Custom { data: String::new() },
    };
    Frame::Batch { position: at(seq), events: vec![Some(event)] }
}

fn error(code: Code, re: Option<u32>) -> Frame {
    Frame::Error { code: code.number(), message: "because".into(), retry: code.retry(), re }
}

fn text(data: &str) -> Body {
    Body::Comment { text: data.into() }
}

fn says(cid: u32) -> SessionCommand {
    SessionCommand::Send { cid, priority: None, body: text("hi") }
}

/// The frames among the acts.
fn frames(acts: &[Act]) -> Vec<ClientFrame> {
    let texts = acts.iter().filter_map(|act| match act {
        Act::Send(text) => Some(text),
        _ => None,
    });
    texts.map(|text| serde_json::from_str(text).expect("a client frame")).collect()
}

/// A link that is in the room since `t`, at message 5.
fn live(t: Instant) -> (Link, Progress) {
    let (mut link, hello) = Link::open(t, &config(), true);
    let token = Some("secret".into());
    assert_eq!(frames(&[hello]), [ClientFrame::Hello { v: VERSION, token }]);
    let mut seen = Progress::default();
    let acts = link.frame(t, Frame::Welcome { v: VERSION, beat_ms: 9 }, &mut seen);
    assert_eq!(frames(&acts), [ClientFrame::Join { room: "main".into(), resume: None }]);
    let acts = link.frame(t, joined(5, false), &mut seen);
    assert!(matches!(&acts[..], [Act::Tell(SessionEvent::Joined { .. }), Act::Tell(_)]));
    (link, seen)
}

#[test]
fn quiet_link_pings_and_silent_server_is_given_up() {
    let t = Instant::now();
    let (mut link, _) = live(t);
    assert_eq!(link.next_wakeup(), t + BEAT);
    assert_eq!(frames(&link.timeout(t + BEAT)), [ClientFrame::Ping { n: 1 }]);
    link.sent(t + BEAT);
    assert_eq!(link.next_wakeup(), t + 2 * BEAT);
    let acts = link.timeout(t + 2 * BEAT);
    assert!(matches!(&acts[..], [Act::End(End::Lost(why))] if why.contains("nothing heard")));
}

#[test]
fn answered_pings_keep_a_quiet_link_alive() {
    let mut now = Instant::now();
    let (mut link, _) = live(now);
    for n in 1..=100 {
        now = link.next_wakeup();
        assert_eq!(frames(&link.timeout(now)), [ClientFrame::Ping { n }]);
        link.sent(now);
        link.heard(now);
    }
}

/// Likes are not answered, so sending them must not keep the link from asking.
#[test]
fn busy_sender_still_pings_a_silent_server() {
    let t = Instant::now();
    let (mut link, _) = live(t);
    for ms in (100..BEAT.as_millis() as u64).step_by(100) {
        link.sent(t + Duration::from_millis(ms));
    }
    assert_eq!(frames(&link.timeout(t + BEAT)), [ClientFrame::Ping { n: 1 }]);
}

#[test]
fn gap_joins_again_and_takes_nothing_until_then() {
    let t = Instant::now();
    let (mut link, mut seen) = live(t);
    let acts = link.frame(t, batch(8), &mut seen);
    let resume = Some(at(5));
    assert_eq!(frames(&acts), [ClientFrame::Join { room: "main".into(), resume }]);
    assert_eq!(link.frame(t, batch(6), &mut seen), [], "it is in the answer");
    link.frame(t, joined(9, true), &mut seen);
    let acts = link.frame(t, batch(10), &mut seen);
    assert!(matches!(&acts[..], [Act::Tell(SessionEvent::Events { .. })]));
}

#[test]
fn gaps_without_end_end_the_connection() {
    let t = Instant::now();
    let (mut link, mut seen) = live(t);
    for _ in 0..GAPS {
        assert_eq!(frames(&link.frame(t, batch(80), &mut seen)).len(), 1);
        link.frame(t, joined(5, true), &mut seen);
    }
    let acts = link.frame(t, batch(80), &mut seen);
    assert!(matches!(&acts[..], [Act::End(End::Lost(_))]), "{acts:?}");
}

#[test]
fn silent_door_is_given_up() {
    let t = Instant::now();
    let patient = RemoteConfig { beat: None, ..config() };
    let (mut link, _) = Link::open(t, &patient, true);
    assert_eq!(link.next_wakeup(), t + patient.patience);
    let acts = link.timeout(t + patient.patience);
    assert!(matches!(&acts[..], [Act::End(End::Lost(why))] if why.contains("does not answer")));
}

#[test]
fn likes_are_sent_together() {
    let t = Instant::now();
    let (mut link, _) = live(t);
    for _ in 0..30 {
        assert_eq!(link.command(t, SessionCommand::Like { count: 10 }), []);
    }
    let first = link.next_wakeup();
    assert_eq!(first, t + LIKES_EVERY);
    assert_eq!(frames(&link.timeout(first)), [ClientFrame::Like { count: 200 }]);
    assert_eq!(
        frames(&link.timeout(first + LIKES_EVERY)),
        [ClientFrame::Like { count: 100 }],
        "the rest follows"
    );
    assert!(link.likes_due.is_none());
    link.command(t, SessionCommand::Like { count: u32::MAX });
    assert_eq!(link.likes, LIKES_HELD);
}

#[test]
fn send_that_a_server_would_close_for_is_refused_here() {
    let t = Instant::now();
    let (mut link, _) = live(t);
    let huge =
        SessionCommand::Send { cid: 1, priority: None, body: text(&"x".repeat(FRAME_LIMIT)) };
    let refused = |acts: Vec<Act>| match acts.as_slice() {
        [Act::Tell(SessionEvent::Answer { result: Err(reject), .. })] => Some(reject.code),
        _ => None,
    };
    assert_eq!(refused(link.command(t, huge)), Some(Code::Oversized));
    let codes: Vec<_> = (0..100).filter_map(|cid| refused(link.command(t, says(cid)))).collect();
    assert!(!codes.is_empty() && codes.iter().all(|code| *code == Code::TooFast));
}

#[test]
fn send_without_an_answer_is_answered_here() {
    let t = Instant::now();
    let (mut link, _) = live(t);
    assert_eq!(frames(&link.command(t, says(7))).len(), 1);
    link.heard(t + Duration::from_secs(10));
    let acts = link.timeout(t + Duration::from_secs(10));
    assert!(
        acts.iter().any(|act| matches!(act, Act::Tell(SessionEvent::Answer { cid: 7, .. }))),
        "{acts:?}"
    );
    assert_eq!(link.abandon().count(), 0);
}

#[test]
fn nothing_is_sent_before_the_room_is_joined() {
    let t = Instant::now();
    let (mut link, _) = Link::open(t, &config(), true);
    assert!(matches!(
        &link.command(t, says(1))[..],
        [Act::Tell(SessionEvent::Answer { cid: 1, result: Err(r) })] if r.code == Code::Offline
    ));
    assert_eq!(link.command(t, SessionCommand::Like { count: 1 }), []);
    let mut seen = Progress::default();
    assert_eq!(link.frame(t, joined(1, false), &mut seen), [], "not asked for");
    assert_eq!(link.frame(t, batch(1), &mut seen), []);
}

#[test]
fn errors_end_the_connection_only_where_it_cannot_go_on() {
    let t = Instant::now();
    let outcome = |link: &mut Link, seen: &mut Progress, code| match link
        .frame(t, error(code, None), seen)
        .pop()
    {
        Some(Act::End(End::Refused(_))) => "refused",
        Some(Act::End(End::Lost(_))) => "lost",
        None => "goes on",
        Some(act) => panic!("{act:?}"),
    };
    for (code, before, after) in [
        (Code::UnknownRoom, "refused", "refused"),
        (Code::BadToken, "refused", "refused"),
        (Code::OldToken, "refused", "refused"),
        (Code::Version, "refused", "goes on"),
        (Code::Full, "lost", "goes on"),
        (Code::TooFast, "lost", "goes on"),
        (Code::Malformed, "refused", "goes on"),
    ] {
        let (mut link, _) = Link::open(t, &config(), true);
        assert_eq!(outcome(&mut link, &mut Progress::default(), code), before, "{code:?}");
        let (mut link, mut seen) = live(t);
        assert_eq!(outcome(&mut link, &mut seen, code), after, "{code:?}");
    }
}

#[test]
fn another_version_is_refused() {
    let t = Instant::now();
    let (mut link, _) = Link::open(t, &config(), true);
    let acts = link.frame(t, Frame::Welcome { v: 2, beat_ms: 0 }, &mut Progress::default());
    assert!(matches!(&acts[..], [Act::End(End::Refused(why))] if why.contains("version 2")));
}

#[test]
fn close_codes_decide_whether_to_come_back() {
    let (link, _) = live(Instant::now());
    let lost = |code| matches!(link.closed(code, "r"), End::Lost(_));
    assert!(lost(None));
    for code in [1000, 1001, 1006, 1011, 1012, 1013, 4000, 4001, 4099] {
        assert!(lost(Some(code)), "{code}");
    }
    for code in [1002, 1003, 1007, 1009, 4100, 4199, 4200, 4201, 4299, 4999] {
        assert!(!lost(Some(code)), "{code}");
    }
}

#[test]
fn complaint_before_a_close_is_its_reason() {
    let t = Instant::now();
    let (mut link, mut seen) = live(t);
    link.frame(t, error(Code::TooFast, None), &mut seen);
    let End::Refused(why) = link.closed(Some(4201), "too many bad frames") else {
        panic!("abuse is final");
    };
    assert!(why.contains("because"), "{why}");
}
