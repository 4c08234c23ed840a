use super::*;
use crate::Role;

fn sender(id: &str, role: Role) -> Sender {
    Sender { id: id.into(), nick: id.to_owned(), avatar: None, role }
}

fn pen() -> Brush {
    Brush { page: PageId(1), tool: Tool::Pen, colour: 0, width: 40, text: String::new() }
}

fn ink() -> Ink {
    pack(&[[10, 10, 128], [400, 300, 128], [500, 20, 128]])
}

fn drawn(board: &mut Board, who: &Sender) -> StrokeId {
    match board.draw(Millis(1), who, pen(), ink()).map(|entry| entry.deed) {
        Ok(Deed::Stroke { stroke }) => stroke.id,
        other => panic!("{other:?}"),
    }
}

fn seen(board: &Board) -> Vec<u64> {
    board.pages.iter().flat_map(|page| page.strokes(StrokeId(0))).map(|s| s.id.0).collect()
}

#[test]
fn each_author_undoes_their_own_strokes_only() {
    let (host, helper) = (sender("h", Role::Host), sender("e", Role::Helper));
    let mut board = Board::default();
    let (a, b, c) =
        (drawn(&mut board, &host), drawn(&mut board, &helper), drawn(&mut board, &host));
    assert!(board.handle(Millis(2), &host, Want::Undo).is_ok());
    assert!(board.handle(Millis(2), &host, Want::Undo).is_ok());
    assert_eq!(seen(&board), [b.0]);
    let none = board.handle(Millis(2), &host, Want::Undo).map_err(|r| r.code);
    assert_eq!(none, Err(Code::NoStep));
    assert!(board.handle(Millis(2), &host, Want::Redo).is_ok());
    assert!(board.handle(Millis(2), &host, Want::Redo).is_ok());
    assert_eq!(seen(&board), [a.0, b.0, c.0]);
}

#[test]
fn a_new_stroke_ends_what_could_be_put_back() {
    let host = sender("h", Role::Host);
    let mut board = Board::default();
    drawn(&mut board, &host);
    assert!(board.handle(Millis(2), &host, Want::Undo).is_ok());
    drawn(&mut board, &host);
    let redo = board.handle(Millis(2), &host, Want::Redo).map_err(|r| r.code);
    assert_eq!(redo, Err(Code::NoStep));
}

#[test]
fn a_wipe_is_taken_back_as_one_step() {
    let (host, helper) = (sender("h", Role::Host), sender("e", Role::Helper));
    let mut board = Board::default();
    let (a, b) = (drawn(&mut board, &host), drawn(&mut board, &helper));
    assert!(board.handle(Millis(2), &host, Want::Wipe(PageId(1))).is_ok());
    assert!(seen(&board).is_empty());
    assert!(board.handle(Millis(2), &host, Want::Undo).is_ok());
    assert_eq!(seen(&board), [a.0, b.0]);
}

#[test]
fn who_may_draw_follows_role_and_pen() {
    let (host, viewer) = (sender("h", Role::Host), sender("v", Role::Viewer));
    let mut board = Board::default();
    let refused = |board: &Board, who: &Sender| board.permit().check(who).is_err();
    assert!(refused(&board, &viewer) && refused(&board, &sender("g", Role::Guest)));
    assert!(!refused(&board, &sender("e", Role::Helper)));
    let pupil = Pupil { user: "v".into(), nick: "Vi".into() };
    assert!(board.handle(Millis(1), &host, Want::Pen(pupil.clone(), true)).is_ok());
    assert!(!refused(&board, &viewer));
    let id = drawn(&mut board, &viewer);
    assert!(board.handle(Millis(1), &host, Want::Pen(pupil, false)).is_ok());
    assert!(refused(&board, &viewer));
    assert_eq!(seen(&board), [id.0]);
    assert!(board.handle(Millis(1), &host, Want::Allow(false, true)).is_ok());
    assert!(!refused(&board, &viewer) && refused(&board, &sender("g", Role::Guest)));
    for want in [Want::Wipe(PageId(1)), Want::Turn(PageId(1)), Want::Air(true)] {
        let answer = board.handle(Millis(1), &viewer, want).map_err(|r| r.code);
        assert_eq!(answer, Err(Code::Role));
    }
}

#[test]
fn pages_come_and_go_but_one_stays() {
    let host = sender("h", Role::Host);
    let mut board = Board::default();
    for _ in 1..PAGES {
        assert!(board.handle(Millis(1), &host, Want::Page(PageId(1))).is_ok());
    }
    let full = board.handle(Millis(1), &host, Want::Page(PageId(1))).map_err(|r| r.code);
    assert_eq!(full, Err(Code::BoardFull));
    assert_eq!(board.pages()[1].id, board.current());
    for id in board.pages().iter().map(|page| page.id).collect::<Vec<_>>().into_iter().skip(1) {
        assert!(board.handle(Millis(1), &host, Want::Drop(id)).is_ok());
    }
    assert_eq!(board.current(), PageId(1));
    assert!(board.handle(Millis(1), &host, Want::Drop(PageId(1))).is_err());
}

#[test]
fn removing_somebody_takes_their_ink_and_their_pen() {
    let (host, viewer) = (sender("h", Role::Host), sender("v", Role::Viewer));
    let mut board = Board::default();
    let pupil = Pupil { user: "v".into(), nick: "Vi".into() };
    assert!(board.handle(Millis(1), &host, Want::Pen(pupil, true)).is_ok());
    let mine = drawn(&mut board, &host);
    drawn(&mut board, &viewer);
    assert!(board.handle(Millis(1), &host, Want::Forget("v".into())).is_ok());
    assert_eq!(seen(&board), [mine.0]);
    assert!(board.permit().check(&viewer).is_err());
}

#[test]
fn a_full_board_throws_away_what_was_taken_back_first() {
    let host = sender("h", Role::Host);
    let mut board = Board::default();
    for _ in 0..STROKES {
        drawn(&mut board, &host);
    }
    let full = board.draw(Millis(1), &host, pen(), ink()).map_err(|r| r.code);
    assert_eq!(full, Err(Code::BoardFull));
    assert!(board.handle(Millis(1), &host, Want::Undo).is_ok());
    drawn(&mut board, &host);
    assert_eq!(seen(&board).len(), STROKES);
}

#[test]
fn only_pictures_of_this_server_lie_under_the_ink() {
    let host = sender("h", Role::Host);
    let mut board = Board::default();
    let mut put = |picture: &str| {
        let ground = Ground { print: Print::Grid, picture: Some(picture.to_owned()) };
        board.handle(Millis(1), &host, Want::Ground(PageId(1), ground)).map_err(|r| r.code)
    };
    assert!(put("/image/0a1b").is_ok());
    for bad in ["", "/image/", "https://example.org/a.png", "/image/../x", "/image/a?b"] {
        assert_eq!(put(bad).map(|_| ()), Err(Code::BadGround), "{bad}");
    }
}
