//! The board over real sockets: who may draw, what survives, what a late page gets.

use crate::harness::{Client, Heard, Home, within};
use std::collections::BTreeSet;
use surtitle_core::board::{Brush, Deed, PageId, Stroke, StrokeId, Tool, pack};
use surtitle_core::wire::{BoardAsk, BoardOrder, BoardWord, ClientFrame, HostCommand, ServerFrame};
use surtitle_core::{Seq, UserId};

fn brush() -> Brush {
    Brush { page: PageId(1), tool: Tool::Pen, colour: 0xff_00_00, width: 40, text: String::new() }
}

fn ink(n: u32) -> String {
    let n = i32::try_from(n % 8_000).expect("small");
    pack(&[[n, n, 128], [n + 40, n + 90, 128], [n + 90, n + 10, 128]]).into_packed()
}

fn order(order: BoardOrder) -> HostCommand {
    HostCommand::Board { order }
}

async fn ask(client: &mut Client, ask: BoardAsk) {
    client.put(&ClientFrame::Board { ask }).await;
}

async fn word<T>(
    client: &mut Client,
    what: &str,
    mut pick: impl FnMut(&BoardWord) -> Option<T>,
) -> T {
    client
        .until(what, |heard| match heard {
            Heard::Frame(ServerFrame::Board { word }) => pick(word),
            _ => None,
        })
        .await
}

/// Opens the board: the number of its last entry.
async fn open(client: &mut Client) -> Seq {
    ask(client, BoardAsk::Open { room: None, brief: false }).await;
    word(client, "the board", |word| match word {
        BoardWord::Opened { seq, .. } => Some(*seq),
        _ => None,
    })
    .await
}

/// Draws a stroke and does not wait for anything.
async fn draw(client: &mut Client, n: u32) {
    ask(client, BoardAsk::Begin { n, brush: brush(), ink: ink(n) }).await;
    ask(client, BoardAsk::End { n, ink: String::new() }).await;
}

async fn kept(client: &mut Client, number: u32) -> Seq {
    word(client, "it is kept", |word| match word {
        BoardWord::Kept { n, seq } if *n == number => Some(*seq),
        _ => None,
    })
    .await
}

/// Every stroke of the first page, piece by piece.
async fn strokes(client: &mut Client) -> Vec<Stroke> {
    let mut all = Vec::new();
    let mut after = Some(StrokeId(0));
    while let Some(from) = after {
        ask(client, BoardAsk::More { page: PageId(1), after: from }).await;
        let (some, next) = word(client, "a piece", |word| match word {
            BoardWord::Piece { strokes, next, .. } => Some((strokes.clone(), *next)),
            _ => None,
        })
        .await;
        all.extend(some);
        after = next;
    }
    all
}

#[tokio::test]
async fn a_stroke_is_seen_while_it_is_drawn_and_whole_once_it_ends() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = server.bearer(&home.secrets().host).await;
    let mut guest = server.guest().await;
    open(&mut host).await;
    open(&mut guest).await;
    ask(&mut host, BoardAsk::Begin { n: 9, brush: brush(), ink: ink(1) }).await;
    let live = word(&mut guest, "it begins", |word| match word {
        BoardWord::Live { begun, .. } => begun.first().map(|stroke| stroke.live),
        _ => None,
    })
    .await;
    ask(&mut host, BoardAsk::End { n: 9, ink: pack(&[[0, 0, 0], [5, 5, 0]]).packed()[3..].into() })
        .await;
    let points = word(&mut guest, "it ends", |word| match word {
        BoardWord::Entry { entry, live: Some(known), .. } if *known == live => match &entry.deed {
            Deed::Stroke { stroke } => Some(stroke.ink.len()),
            _ => None,
        },
        _ => None,
    })
    .await;
    assert!(points > ink(1).len());
    assert_eq!(kept(&mut host, 9).await, Seq(1));
}

#[tokio::test]
async fn only_who_has_the_pen_draws() {
    let home = Home::new();
    let server = home.start().await;
    let secrets = home.secrets();
    let mut host = server.bearer(&secrets.host).await;
    let mut helper = server.bearer(&secrets.helper).await;
    let mut ann = server.viewer("Ann").await;
    let mut guest = server.guest().await;
    ask(&mut guest, BoardAsk::Undo { n: 1 }).await;
    assert_eq!(guest.refused(1).await, 2005, "nobody asks a board that is not open");
    for client in [&mut host, &mut helper, &mut ann, &mut guest] {
        open(client).await;
    }
    for client in [&mut ann, &mut guest] {
        ask(client, BoardAsk::Begin { n: 1, brush: brush(), ink: ink(1) }).await;
        assert_eq!(client.refused(1).await, 2140);
    }
    draw(&mut helper, 1).await;
    kept(&mut helper, 1).await;

    ask(&mut ann, BoardAsk::Hand { up: true }).await;
    let user = word(&mut host, "a hand", |word| match word {
        BoardWord::Hands { hands } => hands.first().map(|pupil| pupil.user.clone()),
        _ => None,
    })
    .await;
    assert_eq!(user, ann.id());
    let pen = |on| order(BoardOrder::Pen { user: user.clone(), nick: "Ann".into(), on });
    assert_eq!(ann.command(pen(true)).await, Err(2204));
    assert_eq!(helper.command(pen(true)).await, Ok(()));
    draw(&mut ann, 2).await;
    kept(&mut ann, 2).await;
    ask(&mut ann, BoardAsk::Begin { n: 3, brush: brush(), ink: ink(3) }).await;
    let begun = |word: &BoardWord| matches!(word, BoardWord::Begun { n: 3, .. }).then_some(());
    word(&mut ann, "it begins", begun).await;
    assert_eq!(host.command(pen(false)).await, Ok(()));
    ask(&mut ann, BoardAsk::End { n: 3, ink: String::new() }).await;
    assert_eq!(ann.refused(3).await, 2143);

    let forget = order(BoardOrder::Forget { user: ann.id() });
    assert_eq!(host.command(forget).await, Ok(()));
    let left = strokes(&mut guest).await;
    assert_eq!(left.len(), 1);
    assert_ne!(left[0].by, ann.id());
    let everyone = order(BoardOrder::Allow { helpers: true, everyone: true });
    assert_eq!(helper.command(everyone.clone()).await, Err(2204));
    assert_eq!(host.command(everyone).await, Ok(()));
    draw(&mut ann, 4).await;
    kept(&mut ann, 4).await;
}

#[tokio::test]
async fn every_stroke_that_was_acknowledged_survives_a_kill() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = server.bearer(&home.secrets().host).await;
    open(&mut host).await;
    let mut acknowledged = BTreeSet::new();
    for n in 1..=60 {
        draw(&mut host, n).await;
    }
    // Killed amid more: these may be there or not.
    while acknowledged.len() < 40 {
        let seq = word(&mut host, "it is kept", |word| match word {
            BoardWord::Kept { seq, .. } => Some(*seq),
            _ => None,
        })
        .await;
        acknowledged.insert(seq.0);
    }
    server.kill();
    let server = home.start().await;
    let mut guest = server.guest().await;
    let seq = open(&mut guest).await;
    let there: BTreeSet<u64> = strokes(&mut guest).await.iter().map(|s| s.id.0).collect();
    assert!(acknowledged.is_subset(&there), "{acknowledged:?} not all in {there:?}");
    let mut host = server.bearer(&home.secrets().host).await;
    assert!(open(&mut host).await >= seq);
    ask(&mut host, BoardAsk::Undo { n: 1 }).await;
    kept(&mut host, 1).await;
    assert_eq!(strokes(&mut guest).await.len(), there.len() - 1);
}

#[tokio::test]
async fn a_new_lesson_is_empty_and_the_old_one_is_kept() {
    let home = Home::new();
    let server = home.start().await;
    let secrets = home.secrets();
    let mut host = server.bearer(&secrets.host).await;
    let mut ann = server.viewer("Ann").await;
    open(&mut host).await;
    open(&mut ann).await;
    draw(&mut host, 1).await;
    kept(&mut host, 1).await;
    assert_eq!(host.command(order(BoardOrder::Begin)).await, Ok(()));
    let lesson = word(&mut ann, "the new lesson", |word| match word {
        BoardWord::Opened { lesson, .. } => Some(*lesson),
        _ => None,
    })
    .await;
    assert_eq!(lesson, 2);
    assert!(strokes(&mut ann).await.is_empty());
    ask(&mut ann, BoardAsk::Lesson { lesson: 1, after: Seq(0) }).await;
    assert_eq!(ann.error().await, 2204);
    ask(&mut host, BoardAsk::Lesson { lesson: 1, after: Seq(0) }).await;
    let entries = word(&mut host, "the old lesson", |word| match word {
        BoardWord::Lesson { lesson: 1, entries, next: None } => Some(entries.clone()),
        _ => None,
    })
    .await;
    assert!(matches!(&entries[..], [entry] if matches!(entry.deed, Deed::Stroke { .. })));
    ask(&mut host, BoardAsk::Lesson { lesson: 7, after: Seq(0) }).await;
    assert_eq!(host.error().await, 2147);
}

#[tokio::test]
async fn nonsense_is_refused_and_the_board_goes_on() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = server.bearer(&home.secrets().host).await;
    open(&mut host).await;
    let broad = Brush { width: 9_999, ..brush() };
    let nowhere = Brush { page: PageId(9), ..brush() };
    let silent = Brush { tool: Tool::Text, ..brush() };
    for (n, brush, ink, code) in [
        (1, brush(), "???".to_owned(), 2142),
        (2, brush(), String::new(), 2142),
        (3, broad, ink(1), 2142),
        (4, nowhere, ink(1), 2141),
        (5, silent, ink(1), 2142),
    ] {
        ask(&mut host, BoardAsk::Begin { n, brush, ink }).await;
        assert_eq!(host.refused(n).await, code);
    }
    ask(&mut host, BoardAsk::Extend { n: 77, ink: ink(1) }).await;
    assert_eq!(host.refused(77).await, 2143);
    ask(&mut host, BoardAsk::Undo { n: 78 }).await;
    assert_eq!(host.refused(78).await, 2145);
    let user = UserId("x".repeat(40));
    let pen = order(BoardOrder::Pen { user, nick: "X".into(), on: true });
    assert_eq!(host.command(pen).await, Err(2308));
    for n in 101..=106 {
        ask(&mut host, BoardAsk::Begin { n, brush: brush(), ink: ink(n) }).await;
    }
    assert_eq!(host.refused(106).await, 2146);
    ask(&mut host, BoardAsk::End { n: 101, ink: String::new() }).await;
    within("it is kept", kept(&mut host, 101)).await;
}
