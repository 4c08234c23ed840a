use super::polls::{HOLD, SILENCE};
use super::*;
use crate::sdk::inbox::Inbox;
use crate::ws::conn::Conn;
use serde_json::{Value, json};
use surtitle_core::EventKind;
use surtitle_core::{Epoch, Position, Seq};
use surtitle_tim::map;
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};

const T: Millis = Millis(1_700_000_000_000);

fn relay(base: u64) -> Relay {
    Relay::new(Group { id: "main".into(), name: "Live".into() }, base)
}

/// A connection and the client's end of it.
async fn pair(id: u64) -> (Arc<Conn>, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let addr = listener.local_addr().expect("bound");
    let (client, server) = tokio::join!(TcpStream::connect(addr), listener.accept());
    let (server, _) = server.expect("accepted");
    (Conn::new(ConnId(id), server, T.0), client.expect("connected"))
}

fn asker(conn: &Arc<Conn>, seq: u64) -> Asker {
    Asker::frame(&Outlet::over(Arc::clone(conn), Kind::Binary), "s.c", seq)
}

/// The next frame a client gets.
async fn frame(client: &mut TcpStream) -> Value {
    let mut head = [0; 2];
    client.read_exact(&mut head).await.expect("a frame");
    assert_eq!(head[0], 0x82, "binary");
    let length = match head[1] {
        126 => client.read_u16().await.expect("its length").into(),
        127 => client.read_u64().await.expect("its length"),
        short => short.into(),
    };
    let mut payload = vec![0; usize::try_from(length).expect("fits")];
    client.read_exact(&mut payload).await.expect("its payload");
    serde_json::from_slice(&payload).expect("JSON")
}

fn said(n: u64) -> Event {
    Event {
        id: EventId(format!("e-{n}")),
        at: T,
        source: "room".into(),
        from: Some(map::sender("alice", "", "")),
        cid: Some(n as u32),
        priority: surtitle_core::Priority::Normal,
        kind: EventKind::comment(format!("t{n}")),
    }
}

/// Numbers `from` to `to` of the room, delivered at once.
fn flush(from: u64, to: u64) -> Flush {
    let position = Position { epoch: Epoch(1), seq: Seq(to) };
    Flush { position, events: (from..=to).map(said).collect(), likes: None, online: None }
}

fn spoken() -> Box<Spoken> {
    Box::new(Spoken {
        account: "alice".into(),
        nick: String::new(),
        face: String::new(),
        random: 1,
        client_time: 1,
        priority: "Normal".into(),
        cloud: String::new(),
        body: RawValue::from_string("[]".into()).expect("JSON"),
    })
}

fn place(start: u64, joined: u64) -> Place {
    Place { key: "k".into(), start, joined }
}

fn numbers(frame: &Value) -> Vec<u64> {
    let list = frame["body"]["RspMsgList"].as_array().expect("a list");
    list.iter().map(|item| item["MsgSeq"].as_u64().expect("a number")).collect()
}

#[tokio::test]
async fn poll_waits_for_news_and_the_next_goes_on_after_it() {
    let (mut relay, (conn, mut client)) = (relay(1_000), pair(1).await);
    let now = Instant::now();
    assert!(relay.poll(now, T, asker(&conn, 1), place(0, 1_000)));
    relay.deliver(T, &flush(1, 2), 1);
    let first = frame(&mut client).await;
    assert_eq!((first["head"]["seq"].as_u64(), numbers(&first)), (Some(1), vec![1_001, 1_002]));
    assert_eq!((&first["body"]["Key"], &first["body"]["NextSeq"]), (&json!("k"), &json!(1_003)));
    relay.deliver(T, &flush(3, 3), 1);
    assert!(!relay.poll(now, T, asker(&conn, 2), place(1_003, 1_000)));
    assert_eq!(numbers(&frame(&mut client).await), [1_003]);
}

#[tokio::test]
async fn poll_without_news_is_answered_in_time_and_a_silent_guest_is_gone() {
    let (mut relay, (conn, mut client)) = (relay(0), pair(1).await);
    let now = Instant::now();
    relay.poll(now, T, asker(&conn, 1), place(0, 0));
    assert_eq!(relay.tick(now + HOLD, T), []);
    let answer = frame(&mut client).await;
    assert_eq!((numbers(&answer), &answer["body"]["NextSeq"]), (vec![], &json!(1)));
    assert_eq!(relay.tick(now + SILENCE, T), [ConnId(1)]);
    assert_eq!(relay.next_wakeup(), None);
}

#[tokio::test]
async fn long_absence_comes_in_portions_without_a_gap() {
    let (mut relay, (conn, mut client)) = (relay(0), pair(1).await);
    relay.deliver(T, &flush(1, 250), 1);
    let (mut start, mut got) = (1, Vec::new());
    for seq in 1..=3 {
        relay.poll(Instant::now(), T, asker(&conn, seq), place(start, 0));
        let answer = frame(&mut client).await;
        start = answer["body"]["NextSeq"].as_u64().expect("a number");
        got.extend(numbers(&answer));
    }
    assert_eq!(got, (1..=250).collect::<Vec<_>>());
}

#[tokio::test]
async fn member_gets_history_with_the_join_and_everything_else_by_push() {
    let (mut relay, (conn, mut client)) = (relay(0), pair(1).await);
    relay.deliver(T, &flush(1, 30), 1);
    relay.remove(T, &[EventId("e-30".into())], "owner", "");
    relay.join(asker(&conn, 5), None);
    assert!(relay.is_waiting());
    relay.deliver(T, &flush(31, 31), 1);
    let joined = frame(&mut client).await;
    assert_eq!(joined["body"]["JoinedStatus"], "JoinedSuccess");
    assert_eq!(numbers(&joined), (10..=29).collect::<Vec<_>>());
    let push = frame(&mut client).await;
    assert_eq!(
        push["body"]["EventArray"][0]["GroupMsgArray"][0]["MsgSeq"], 32,
        "the removal was 31"
    );
    relay.forget(ConnId(1));
    assert!(relay.hubs.iter().all(Hub::is_empty) && !relay.is_member(ConnId(1)));
}

#[tokio::test]
async fn member_without_a_socket_gets_a_key_and_hears_what_is_for_it_alone_by_long_poll() {
    let mut relay = relay(1_000);
    let inbox = Arc::new(Inbox::new(0));
    let outlet = Outlet::polls(ConnId(9), Arc::clone(&inbox));
    let (asker, answer) = Asker::http(&outlet);
    relay.join(asker, Some("k".into()));
    relay.deliver(T, &flush(1, 1), 1);
    let joined: Value = serde_json::from_slice(&answer.await.expect("answered")).expect("JSON");
    assert_eq!((&joined["LongPollingKey"], &joined["StartSeq"]), (&json!("k"), &json!(1_001)));
    relay.say_to(T, &[ConnId(9)], 5, &json!({ "ReportType": 21 }));
    let mail = inbox.read(0, std::time::Duration::ZERO).await.expect("not ended");
    assert_eq!(mail.events.len(), 1, "messages come by polling the group");
    assert!(mail.events[0].get().contains(r#""ReportType":21"#));
}

#[tokio::test]
async fn retry_has_the_first_answer_whether_delivered_or_not() {
    let (mut relay, (conn, mut client)) = (relay(0), pair(1).await);
    relay.hold(&said(1), asker(&conn, 1), spoken(), false);
    relay.repeat(&said(1), asker(&conn, 2));
    relay.deliver(T, &flush(1, 1), 1);
    relay.repeat(&said(1), asker(&conn, 3));
    for seq in 1..=3 {
        let answer = frame(&mut client).await;
        assert_eq!(answer["head"]["seq"], seq);
        assert_eq!(
            (&answer["body"]["MsgSeq"], &answer["body"]["ErrorCode"]),
            (&json!(1), &json!(0))
        );
    }
}

#[tokio::test]
async fn dropped_message_is_a_success_to_its_sender() {
    let (mut relay, (conn, mut client)) = (relay(0), pair(1).await);
    relay.hold(&said(1), asker(&conn, 1), spoken(), false);
    let fate = Fate::AgedOut { stage: "budget".into() };
    assert!(relay.fated(&EventId("e-1".into()), &fate).is_empty());
    assert_eq!(frame(&mut client).await["body"]["ErrorCode"], 0);
    assert!(relay.held.is_empty());
}

#[test]
fn numbers_are_written_down_long_before_they_are_used() {
    let mut relay = relay(0);
    assert_eq!(relay.reserve(), None);
    relay.last = BLOCK / 2 + 1;
    assert_eq!(relay.reserve(), Some(2 * BLOCK));
    assert_eq!(relay.reserve(), None);
}

#[test]
fn ring_keeps_within_its_bytes() {
    let mut relay = relay(0);
    let json = RawValue::from_string(format!("\"{}\"", "x".repeat(1_000_000))).expect("JSON");
    for seq in 1..=40 {
        let item = Some(Item { event: 3, json: json.clone(), passing: false });
        relay.keep(Kept { seq, id: EventId(seq.to_string()), at: T, item });
    }
    assert!(relay.bytes <= RING_BYTES);
    assert_eq!(relay.ring.len(), RING_BYTES / 1_000_002);
}

#[tokio::test]
async fn gift_that_took_others_in_tells_the_sum_and_waits_for_the_disk() {
    let (mut relay, (conn, _client)) = (relay(0), pair(1).await);
    let gift = surtitle_core::gifts::catalogue().remove(0);
    let given = |n, count| Event { kind: EventKind::Gift { gift: gift.clone(), count }, ..said(n) };
    relay.hold(&given(1, 1), asker(&conn, 1), spoken(), false);
    relay.hold(&given(2, 4), asker(&conn, 2), spoken(), false);
    let merged = Fate::Merged { into: EventId("e-1".into()) };
    assert_eq!(relay.fated(&EventId("e-2".into()), &merged).len(), 1);
    let position = Position { epoch: Epoch(1), seq: Seq(1) };
    let flush = Flush { position, events: vec![given(1, 5)], likes: None, online: None };
    assert_eq!(relay.deliver(T, &flush, 1).len(), 1);
    let item = relay.ring[0].item.as_ref().expect("an item");
    assert!(item.json.get().contains(r#"\"giftCount\":5"#), "{}", item.json);
}
