//! Properties of a board under anything anybody wants of it.

use proptest::prelude::*;
use surtitle_core::board::{
    Board, BoardEntry, Brush, Ground, Ink, PAGES, PageId, Print, Pupil, StrokeId, Tool, Want, pack,
};
use surtitle_core::{Millis, Role, Sender, UserId};

#[derive(Debug, Clone)]
enum Step {
    Draw { who: u8, page: u32, tool: Tool, colour: u32, width: u32, ink: String },
    Want(u8, Want),
}

fn want() -> impl Strategy<Value = Want> {
    let page = (0..6u32).prop_map(PageId);
    prop_oneof![
        6 => Just(Want::Undo),
        6 => Just(Want::Redo),
        1 => page.clone().prop_map(Want::Wipe),
        2 => page.clone().prop_map(Want::Page),
        2 => page.clone().prop_map(Want::Turn),
        1 => page.clone().prop_map(Want::Drop),
        1 => page.prop_map(|page| Want::Ground(
            page, Ground { print: Print::Grid, picture: Some("/image/ab".into()) })),
        1 => any::<(bool, bool)>().prop_map(|(a, b)| Want::Allow(a, b)),
        2 => (0..4u8, any::<bool>()).prop_map(|(who, on)| {
            Want::Pen(Pupil { user: user(who).id, nick: "n".into() }, on)
        }),
        1 => any::<bool>().prop_map(Want::Air),
        1 => (0..4u8).prop_map(|who| Want::Forget(user(who).id)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let tools = vec![Tool::Pen, Tool::Line, Tool::Eraser, Tool::Text, Tool::Ellipse];
    let good = prop::collection::vec((0..16_001, 0..9_001, 0..256), 1..20)
        .prop_map(|points| pack(&points.iter().map(|p| [p.0, p.1, p.2]).collect::<Vec<_>>()));
    let ink = prop_oneof![9 => good.prop_map(Ink::into_packed), 1 => ".{0,12}"];
    let draw = (0..4u8, 0..5u32, prop::sample::select(tools), 0..0x100_0010u32, 0..2_100u32, ink);
    prop_oneof![
        2 => draw.prop_map(|(who, page, tool, colour, width, ink)| {
            Step::Draw { who, page, tool, colour, width, ink }
        }),
        2 => (0..4u8, want()).prop_map(|(who, want)| Step::Want(who, want)),
    ]
}

fn user(n: u8) -> Sender {
    let role = [Role::Host, Role::Helper, Role::Viewer, Role::Guest][usize::from(n)];
    Sender { id: UserId(format!("u{n}")), nick: format!("n{n}"), avatar: None, role }
}

fn play(board: &mut Board, steps: Vec<Step>) -> Vec<BoardEntry> {
    let mut log = Vec::new();
    for (at, step) in steps.into_iter().enumerate() {
        let now = Millis(at as u64);
        let outcome = match step {
            Step::Draw { who, page, tool, colour, width, ink } => {
                let text = if tool == Tool::Text { "words".to_owned() } else { String::new() };
                let brush = Brush { page: PageId(page), tool, colour, width, text };
                Ink::read(&ink).and_then(|ink| board.draw(now, &user(who), brush, ink))
            }
            Step::Want(who, want) => board.handle(now, &user(who), want),
        };
        log.extend(outcome.ok());
    }
    log
}

fn seen(board: &Board) -> Vec<StrokeId> {
    board.pages().iter().flat_map(|page| page.strokes(StrokeId(0))).map(|s| s.id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever is wanted, the board is what its log makes of it, entries are
    /// numbered without a gap, and what a refusal leaves is what was there.
    #[test]
    fn a_board_is_what_its_log_makes_of_it(steps in prop::collection::vec(step(), 0..120)) {
        let mut board = Board::default();
        let log = play(&mut board, steps);
        prop_assert_eq!(&Board::replay(log.iter()), &board);
        for (i, entry) in log.iter().enumerate() {
            prop_assert_eq!(entry.seq.0, i as u64 + 1);
            let json = serde_json::to_string(entry).expect("serialises");
            prop_assert_eq!(&serde_json::from_str::<BoardEntry>(&json).expect("parses"), entry);
        }
        prop_assert!((1..=PAGES).contains(&board.pages().len()));
        prop_assert!(board.page(board.current()).is_ok());
    }

    /// Undo until nothing is left, then redo: the strokes are those of before.
    #[test]
    fn redo_brings_back_what_undo_took(count in 0..30usize) {
        let mut board = Board::default();
        let host = user(0);
        let brush =
            Brush { page: PageId(1), tool: Tool::Pen, colour: 0, width: 40, text: String::new() };
        for _ in 0..count {
            board.draw(Millis(1), &host, brush.clone(), pack(&[[1, 2, 3]])).expect("it may");
        }
        let before = seen(&board);
        let mut undone = 0;
        while board.handle(Millis(2), &host, Want::Undo).is_ok() {
            undone += 1;
        }
        prop_assert_eq!(undone, count);
        prop_assert!(seen(&board).is_empty());
        while board.handle(Millis(3), &host, Want::Redo).is_ok() {}
        prop_assert_eq!(seen(&board), before);
    }

    /// Entries of another log, or in another order, end nothing.
    #[test]
    fn any_order_of_entries_is_survived(
        steps in prop::collection::vec(step(), 0..60),
        turns in prop::collection::vec(any::<prop::sample::Index>(), 0..80),
    ) {
        let log = play(&mut Board::default(), steps);
        if log.is_empty() {
            return Ok(());
        }
        let board = Board::replay(turns.iter().map(|turn| turn.get(&log)));
        prop_assert!(!board.pages().is_empty());
    }
}
