//! Two thousand random and mutated frames, the same ones in every run.

use crate::harness::{Bystander, Client, Dice, Raw, masked};
use surtitle_core::Position;
use surtitle_core::wire::{Body, ClientFrame, FRAME_LIMIT, HostCommand, Rehearsal};

/// Frames of each kind.
const FRAMES: usize = 2_000;
/// Frames on one connection: under the burst the server allows at once.
const EACH: usize = 25;

#[tokio::test]
async fn mutated_frames_end_neither_the_process_nor_another_connection() {
    let mut bystander = Bystander::new().await;
    let addr = bystander.server.addr;
    let secrets = bystander.home.secrets();
    let tokens = [None, Some(secrets.host.as_str()), Some(&secrets.helper), Some(&secrets.display)];
    let seeds = seeds();
    let mut dice = Dice::new(0x5eed);
    let mut answered = 0;
    for round in 0..FRAMES / EACH {
        let mut client = Client::open(addr).await;
        client.hello(*dice.pick(&tokens)).await;
        client.join(None).await;
        for _ in 0..EACH {
            let text = mutated(&mut dice, &seeds);
            // Too much nonsense, and the server hangs up: that is right.
            if client.try_put(text.into()).await.is_err() {
                break;
            }
        }
        // Either it still answers or it was told why not.
        match alive(&mut client).await {
            Ok(()) => answered += 1,
            Err(code) => assert!(
                matches!(code, None | Some(1001..=1013 | 4000..=4299)),
                "round {round}: {code:?}"
            ),
        }
        if round % 10 == 0 {
            bystander.is_undisturbed().await;
        }
    }
    assert!(answered > 0, "no connection outlived its frames: the mutations are too wild");
    let metrics = bystander.server.metrics().await;
    let refused = metrics.iter().filter(|(name, _)| name.starts_with("surtitle_refused_total"));
    assert!(refused.map(|(_, n)| n).sum::<u64>() as usize > FRAMES / 4);
    bystander.is_undisturbed().await;
}

#[tokio::test]
async fn random_bytes_on_an_upgraded_socket_end_only_that_socket() {
    let mut bystander = Bystander::new().await;
    let addr = bystander.server.addr;
    let mut dice = Dice::new(0xb17e5);
    for round in 0..FRAMES / EACH {
        let mut raw = Raw::upgraded(addr).await;
        for _ in 0..EACH {
            let payload: Vec<u8> = (0..dice.below(300)).map(|_| dice.byte()).collect();
            match dice.below(4) {
                0 => raw.put(&payload).await,
                1 => raw.put_frame(dice.byte(), &payload).await,
                2 => raw.put_frame(*dice.pick(&[0x01, 0x81, 0x80, 0x00]), &payload).await,
                _ => {
                    let mut frame = masked(0x81, br#"{"t":"hello","v":1}"#);
                    let at = dice.below(frame.len());
                    frame[at] = dice.byte();
                    raw.put(&frame).await;
                }
            }
        }
        drop(raw);
        if round % 10 == 0 {
            bystander.is_undisturbed().await;
        }
    }
    // Every one of those sockets is let go of.
    bystander.server.until_metric("surtitle_connections", 1).await;
    bystander.is_undisturbed().await;
}

/// Whether the connection answers a ping; `Err` with the close code if it ended.
async fn alive(client: &mut Client) -> Result<(), Option<u16>> {
    let ping = serde_json::to_string(&ClientFrame::Ping { n: 7_777_777 }).expect("it serialises");
    if client.try_put(ping.into()).await.is_err() {
        return Err(client.closed().await);
    }
    client.pong(7_777_777).await
}

/// Good frames of every kind.
fn seeds() -> Vec<String> {
    let comment = Body::Comment { text: "hello 小雨 👩‍👩‍👧".into() };
    let gift = Body::Gift { gift: "rose".into(), count: 3 };
    let custom = Body::Custom { data: "{\"a\":[1,2,3]}".into() };
    let overlay = || "main".to_owned();
    let commands = [
        HostCommand::Say { text: "hi".into() },
        HostCommand::Pin { id: "1-1".into() },
        HostCommand::Unpin,
        HostCommand::Remove { id: "1-1".into() },
        HostCommand::Mute { user: "u-nobody".into(), seconds: 60 },
        HostCommand::Clear,
        HostCommand::Visible { overlay: overlay(), on: true },
        HostCommand::Look { overlay: overlay(), look: Box::default() },
        HostCommand::Rehearse { what: Rehearsal::Comment },
        HostCommand::ConfirmPair { code: "123456".into() },
    ];
    let frames = [
        ClientFrame::Hello { v: 1, token: Some("x".into()) },
        ClientFrame::Join { room: "main".into(), resume: Some(Position::default()) },
        ClientFrame::Leave,
        ClientFrame::Name { nick: "Ann".into() },
        ClientFrame::Send { cid: 1, priority: Some(Default::default()), body: comment },
        ClientFrame::Send { cid: 2, priority: None, body: gift },
        ClientFrame::Send { cid: 3, priority: None, body: custom },
        ClientFrame::Like { count: 9 },
        ClientFrame::Ping { n: 1 },
        ClientFrame::Pair { overlay: overlay() },
        ClientFrame::Watch { overlay: overlay(), resume: Some(Position::default()) },
        ClientFrame::Monitor,
    ];
    let ordered =
        commands.into_iter().map(|command| ClientFrame::Do { id: 1, command, name: None });
    frames
        .into_iter()
        .chain(ordered)
        .map(|frame| serde_json::to_string(&frame).expect("it serialises"))
        .collect()
}

/// A good frame with something wrong with it, or right with a strange value.
fn mutated(dice: &mut Dice, seeds: &[String]) -> String {
    let mut text = dice.pick(seeds).clone();
    for _ in 0..=dice.below(3) {
        text = mutate(dice, text, seeds);
    }
    text.truncate(boundary(&text, FRAME_LIMIT - 1));
    text
}

/// The last place up to `at` where `text` can be cut.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

fn mutate(dice: &mut Dice, text: String, seeds: &[String]) -> String {
    /// What numbers and strings are replaced by.
    const VALUES: [&str; 14] = [
        "0",
        "-1",
        "1e999",
        "4294967296",
        "18446744073709551616",
        "null",
        "true",
        "\"\"",
        "[]",
        "{}",
        "\"\\u0000\\u202e\"",
        "\"\\ud800\"",
        "\"<img src=x onerror=alert(1)>\"",
        "[[[[[[]]]]]]",
    ];
    let at = boundary(&text, dice.below(text.len() + 1));
    let (start, rest) = text.split_at(at);
    let next = rest.char_indices().nth(1).map_or(rest.len(), |(i, _)| i);
    match dice.below(8) {
        0 => start.to_owned(),
        1 => format!("{start}{}", &rest[next..]),
        2 => format!("{start}{}{rest}", dice.pick(&['{', '}', '[', '"', '\\', '\u{0}', '語'])),
        3 => format!("{start}{}", dice.pick(seeds)),
        4 => format!("{start}{}{rest}", "[".repeat(dice.below(60))),
        5 => format!("{start}{}{rest}", "x".repeat(dice.below(6_000))),
        6 => text.replacen(&format!(":{}", dice.below(10)), &format!(":{}", dice.pick(&VALUES)), 1),
        _ => {
            // The value after some colon becomes another one.
            let colons: Vec<usize> = text.match_indices(':').map(|(i, _)| i).collect();
            let Some(colon) = (!colons.is_empty()).then(|| *dice.pick(&colons)) else {
                return text;
            };
            let end = text[colon..].find([',', '}']).map_or(text.len(), |n| colon + n);
            format!("{}:{}{}", &text[..colon], dice.pick(&VALUES), &text[end..])
        }
    }
}
