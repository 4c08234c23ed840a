//! Bad input gets a clear answer with a stable code, is counted, and harms
//! nobody else.

use crate::harness::{Bystander, Client, Heard, Raw, masked};
use surtitle_core::wire::{Body, ClientFrame, FRAME_LIMIT, HostCommand, Rehearsal, ServerFrame};
use surtitle_core::{Position, RoomId};
use tokio_tungstenite::tungstenite::Message;

/// Frames a greeted connection in the room may send and go on after, each with its code.
fn nonsense() -> Vec<(String, u16)> {
    let deep = format!(r#"{{"t":"ping","n":{}{}}}"#, "[".repeat(40), "]".repeat(40));
    let comment = |text: &str| {
        let body = Body::Comment { text: text.to_owned() };
        json(&ClientFrame::Send { cid: 1, priority: None, body })
    };
    let gift = |gift: &str, count| {
        let body = Body::Gift { gift: gift.to_owned(), count };
        json(&ClientFrame::Send { cid: 1, priority: None, body })
    };
    let name = |nick: &str| json(&ClientFrame::Name { nick: nick.to_owned() });
    let join = |room: &str| json(&ClientFrame::Join { room: RoomId::from(room), resume: None });
    let custom = Body::Custom { data: "x".repeat(4_001) };
    vec![
        (String::new(), 2001),
        ("nonsense".into(), 2001),
        ("[]".into(), 2001),
        ("{".into(), 2001),
        (r#"{"t":"ping"}"#.into(), 2001),
        (r#"{"t":"ping","n":-1}"#.into(), 2001),
        (r#"{"t":"ping","n":1} {"t":"ping","n":2}"#.into(), 2001),
        (r#"{"t":"send","cid":1,"body":{"kind":"poem","text":"x"}}"#.into(), 2001),
        (r#"{"t":"fly"}"#.into(), 2004),
        (r#"{"t":"hello","v":1}"#.into(), 2005),
        (deep, 2007),
        (join("elsewhere"), 2101),
        (join("../../etc/passwd"), 2101),
        (join(""), 2101),
        (comment(""), 2108),
        (comment(" \u{200B}\u{202E}\n"), 2108),
        (comment(&"字".repeat(301)), 2108),
        (json(&ClientFrame::Send { cid: 1, priority: None, body: custom }), 2108),
        (gift("diamond", 1), 2109),
        (gift("rose", 0), 2110),
        (gift("rose", 10_000), 2110),
        (json(&ClientFrame::Like { count: 0 }), 2110),
        (json(&ClientFrame::Like { count: 201 }), 2110),
        (name(""), 2201),
        (name("\u{3164}\u{202E}"), 2201),
        (name(&"名".repeat(25)), 2201),
        (json(&ClientFrame::Pair { overlay: "Not A Name".into() }), 2301),
    ]
}

fn json(frame: &ClientFrame) -> String {
    serde_json::to_string(frame).expect("it serialises")
}

#[tokio::test]
async fn nonsense_is_answered_with_its_code_and_the_connection_goes_on() {
    let mut bystander = Bystander::new().await;
    let mut expected = std::collections::BTreeMap::new();
    for (text, code) in nonsense() {
        // A connection for each: twenty bad frames would end one.
        let mut client = bystander.server.viewer("Fool").await;
        client.put_text(&text).await;
        let got = client
            .until("an error", |heard| match heard {
                Heard::Frame(ServerFrame::Error { code, message, .. }) => {
                    Some((*code, message.clone()))
                }
                _ => None,
            })
            .await;
        assert_eq!(got.0, code, "{} for {text:.60}", got.1);
        assert!(got.1.len() < 200 && !got.1.contains('\n'), "a sentence: {:?}", got.1);
        client.say("sorry about that").await;
        *expected.entry(code).or_insert(0) += 1;
        bystander.is_undisturbed().await;
    }
    for (code, count) in expected {
        assert_eq!(bystander.server.refused(code).await, count, "counted under {code}");
    }
}

#[tokio::test]
async fn commands_that_name_nothing_are_refused_with_their_code() {
    let mut bystander = Bystander::new().await;
    let mut host = bystander.server.bearer(&bystander.home.secrets().host).await;
    let (id, overlay) = (|| "nothing-1".into(), || "Not A Name".to_owned());
    for (command, code) in [
        (HostCommand::Pin { id: id() }, 2303),
        (HostCommand::Remove { id: id() }, 2303),
        (HostCommand::Say { text: " ".into() }, 2108),
        (HostCommand::Mute { user: "u".into(), seconds: u32::MAX }, 2110),
        (HostCommand::Visible { overlay: overlay(), on: true }, 2301),
        (HostCommand::Look { overlay: overlay(), look: Default::default() }, 2301),
        (HostCommand::ConfirmPair { code: "12345".into() }, 2302),
        (HostCommand::JoinRemote { address: "http://x/y".into(), token: None }, 2304),
        (HostCommand::JoinRemote { address: "ws://u:p@x/y".into(), token: None }, 2304),
    ] {
        assert_eq!(host.command(command.clone()).await, Err(code), "{command:?}");
    }
    host.command(HostCommand::Rehearse { what: Rehearsal::Gift }).await.expect("it goes on");
    bystander.is_undisturbed().await;
}

#[tokio::test]
async fn frames_before_hello_are_out_of_order() {
    let mut bystander = Bystander::new().await;
    for frame in [
        ClientFrame::Join { room: "main".into(), resume: None },
        ClientFrame::Ping { n: 1 },
        ClientFrame::Monitor,
        ClientFrame::Do { id: 3, command: HostCommand::Clear, name: None },
    ] {
        let mut client = Client::open(bystander.server.addr).await;
        client.put(&frame).await;
        match frame {
            ClientFrame::Do { id, .. } => assert_eq!(client.refused(id).await, 2005),
            _ => assert_eq!(client.error().await, 2005, "{frame:?}"),
        }
        client.hello(None).await;
        client.join(None).await;
    }
    bystander.is_undisturbed().await;
}

#[tokio::test]
async fn version_that_is_not_spoken_here_ends_the_connection() {
    let mut bystander = Bystander::new().await;
    for v in [0, 2, u32::MAX] {
        let mut client = Client::open(bystander.server.addr).await;
        client.put(&ClientFrame::Hello { v, token: None }).await;
        assert_eq!((client.error().await, client.closed().await), (2006, Some(4200)), "{v}");
    }
    bystander.is_undisturbed().await;
}

#[tokio::test]
async fn oversized_frame_is_refused_and_closes_with_1009() {
    let mut bystander = Bystander::new().await;
    let most = format!(r#"{{"t":"ping","n":1{}}}"#, " ".repeat(FRAME_LIMIT - 18));
    assert_eq!(most.len(), FRAME_LIMIT);
    let mut client = bystander.server.guest().await;
    client.put_text(&most).await;
    client.settled().await;
    // The server may hang up while the rest is still being written.
    let _ = client.try_put(Message::text(format!("{most} "))).await;
    assert_eq!((client.error().await, client.closed().await), (2002, Some(1009)));
    bystander.is_undisturbed().await;

    // A length that is only claimed is refused before its bytes come.
    let mut raw = Raw::upgraded(bystander.server.addr).await;
    raw.put(&[0x81, 0xff, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4]).await;
    assert_eq!(raw.ending().await, (vec![2002], Some(1009)));
    // Nor can it be had in pieces.
    let mut raw = Raw::upgraded(bystander.server.addr).await;
    raw.put_frame(0x01, &[b' '; 9_000]).await;
    raw.put_frame(0x80, &[b' '; 9_000]).await;
    assert_eq!(raw.ending().await, (vec![2002], Some(1009)));
    assert_eq!(bystander.server.refused(2002).await, 3);
    bystander.is_undisturbed().await;
}

#[tokio::test]
async fn broken_websocket_rules_close_with_their_code() {
    let mut bystander = Bystander::new().await;
    let unmasked = [&[0x81, 0x02][..], b"{}"].concat();
    let binary = masked(0x82, b"\x00\x01");
    let invalid = masked(0x81, b"{\"t\":\"ping\",\"n\":\xff}");
    for (what, bytes, errors, close) in [
        ("unmasked", unmasked, vec![], 1002),
        ("reserved bit", masked(0xc1, b"{}"), vec![], 1002),
        ("reserved opcode", masked(0x83, b"{}"), vec![], 1002),
        ("continuation of nothing", masked(0x80, b"{}"), vec![], 1002),
        ("text inside text", [masked(0x01, b"{"), masked(0x81, b"}")].concat(), vec![], 1002),
        ("fragmented ping", masked(0x09, b"x"), vec![], 1002),
        ("ping of 126 bytes", masked(0x89, &[b'x'; 126]), vec![], 1002),
        ("binary", binary, vec![], 1003),
        ("not utf-8", invalid, vec![2003], 1007),
    ] {
        let mut raw = Raw::upgraded(bystander.server.addr).await;
        raw.put(&bytes).await;
        assert_eq!(raw.ending().await, (errors, Some(close)), "{what}");
        bystander.is_undisturbed().await;
    }
    assert_eq!(bystander.server.refused(2003).await, 1);
    for close in [1002, 1003, 1007] {
        let name = format!("surtitle_closed_total{{code=\"{close}\"}}");
        assert!(bystander.server.metrics().await.contains_key(&name), "{name}");
    }
}

#[tokio::test]
async fn fragments_with_a_ping_between_them_are_one_message() {
    let mut bystander = Bystander::new().await;
    let mut raw = Raw::upgraded(bystander.server.addr).await;
    raw.put_frame(0x01, br#"{"t":"hel"#).await;
    raw.put_frame(0x89, b"are you there?").await;
    raw.put_frame(0x00, br#"lo","#).await;
    raw.put_frame(0x80, br#""v":1}"#).await;
    assert_eq!(raw.frame().await, Some((0x8a, b"are you there?".to_vec())));
    let (first, welcome) = raw.frame().await.expect("an answer");
    let welcome = String::from_utf8(welcome).expect("text");
    assert_eq!((first, welcome.contains(r#""t":"welcome""#)), (0x81, true), "{welcome}");
    // The close is echoed, and then the connection ends.
    raw.put_frame(0x88, &1000u16.to_be_bytes()).await;
    assert_eq!(raw.frame().await, Some((0x88, 1000u16.to_be_bytes().to_vec())));
    assert_eq!(raw.frame().await, None);
    bystander.is_undisturbed().await;
}

#[tokio::test]
async fn deceptive_characters_are_cleaned_out_of_names_and_text() {
    let mut bystander = Bystander::new().await;
    let mut client = bystander.server.viewer("\u{202E}Mal\u{0}lo\u{200B}ry\u{2066}").await;
    assert_eq!(client.user.as_ref().map(|u| u.nick.as_str()), Some("Mal lory"));
    let zalgo = format!("a\r\nb\u{202E}c\u{7}\u{FEFF} <b>&amp;</b> z{}", "\u{0301}".repeat(40));
    client
        .put(&ClientFrame::Send { cid: 1, priority: None, body: Body::Comment { text: zalgo } })
        .await;
    client.acked(1).await;
    // Markup is text like any other: kept, for surfaces never take it as markup.
    bystander.member.hear(&format!("a bc <b>&amp;</b> z{}", "\u{0301}".repeat(4))).await;
    bystander.is_undisturbed().await;
}

#[tokio::test]
async fn longest_name_and_text_fit_to_the_character() {
    let mut bystander = Bystander::new().await;
    let mut client = bystander.server.viewer(&"名".repeat(24)).await;
    client.say(&"字".repeat(300)).await;
    bystander.member.hear(&"字".repeat(300)).await;
}

#[tokio::test]
async fn twenty_bad_frames_are_answered_and_the_next_one_closes() {
    let mut bystander = Bystander::new().await;
    let mut client = bystander.server.guest().await;
    for _ in 0..21 {
        client.put_text("nonsense").await;
    }
    for _ in 0..21 {
        assert_eq!(client.error().await, 2001);
    }
    assert_eq!(client.closed().await, Some(4201));
    bystander.is_undisturbed().await;
}

#[tokio::test]
async fn too_many_frames_a_second_are_refused_and_then_the_connection() {
    let mut bystander = Bystander::new().await;
    let mut client = bystander.server.guest().await;
    for n in 0..70 {
        client.put(&ClientFrame::Ping { n }).await;
    }
    // Some of the burst are over the pace; the connection goes on.
    assert_eq!(client.error().await, 2008);
    bystander.is_undisturbed().await;
    for n in 0..200 {
        if client.try_put(Message::text(json(&ClientFrame::Ping { n }))).await.is_err() {
            break;
        }
    }
    assert_eq!(client.closed().await, Some(4201));
    bystander.is_undisturbed().await;
}

#[tokio::test]
async fn resume_from_an_impossible_position_gives_the_usual_history() {
    let mut bystander = Bystander::new().await;
    bystander.is_undisturbed().await;
    let last: Position = serde_json::from_str(&format!(
        r#"{{"epoch":{},"seq":{}}}"#,
        bystander.member.position.epoch.0,
        u64::MAX
    ))
    .expect("a position");
    let mut client = Client::open(bystander.server.addr).await;
    client.hello(None).await;
    assert!(!client.join(Some(last)).await.resumed);
    bystander.is_undisturbed().await;
}
