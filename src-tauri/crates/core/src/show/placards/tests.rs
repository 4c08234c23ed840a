use crate::placard::{Placard, PlacardKind, PollOption, Unit};
use crate::show::sample::{comment, gift, paid};
use crate::show::{Input, Output, Show};
use crate::{Accounts, Code, Cue, Event, Millis, Role, Sender};

const T: Millis = Millis(1_000_000);

fn show() -> Show {
    Show::new(T, Accounts::default(), 60)
}

fn put(show: &mut Show, id: &str, kind: PlacardKind) {
    let placard = Placard { id: id.into(), kind };
    show.handle(T, Input::Place { placard }).expect("placed");
}

fn poll(open: bool) -> PlacardKind {
    let options = ["red", "blue"].map(|text| PollOption { text: text.into(), votes: 0 });
    PlacardKind::Poll { question: "which".into(), options: options.into(), open }
}

fn say(show: &mut Show, id: &str, user: &str, text: &str) -> Vec<Output> {
    show.handle(T, Input::Event(comment(id, user, text))).expect("taken")
}

/// What stands on the picture once everything is told.
fn votes(show: &mut Show) -> Vec<u32> {
    while let Some(at) = show.next_wakeup() {
        show.tick(at.max(T));
    }
    match &show.placards()[0].kind {
        PlacardKind::Poll { options, .. } => options.iter().map(|o| o.votes).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_vote_is_counted_once_a_person_and_is_no_line() {
    let mut show = show();
    put(&mut show, "p", poll(true));
    say(&mut show, "1", "ann", "1");
    say(&mut show, "2", "ann", "2");
    say(&mut show, "3", "ben", "2");
    say(&mut show, "4", "ben", "9");
    assert_eq!(votes(&mut show), [0, 2]);
    assert_eq!((show.accounts().merged, show.accounts().shown), (3, 1));
    // Closed, the same figures stay, and a number is a line again.
    put(&mut show, "p", poll(false));
    say(&mut show, "5", "cay", "1");
    assert_eq!((votes(&mut show), show.accounts().merged), (vec![0, 2], 3));
}

#[test]
fn a_removed_person_takes_vote_question_and_row_along() {
    let mut show = show();
    put(&mut show, "poll", poll(true));
    put(&mut show, "rank", PlacardKind::Rank { title: String::new(), places: 3, rows: vec![] });
    let from =
        Some(Sender { id: "ann".into(), nick: "ann".into(), avatar: None, role: Role::Viewer });
    put(&mut show, "q", PlacardKind::Question { event: None, from, text: "why".into() });
    say(&mut show, "1", "ann", "1");
    show.handle(T, Input::Event(gift("2", "ann", "rose", 5))).expect("taken");
    show.handle(T, Input::Event(gift("3", "ben", "cake", 1))).expect("taken");
    assert_eq!(votes(&mut show), [1, 0]);
    let out = show
        .handle(T, Input::RemoveUser { user: "ann".into(), by: "host".into() })
        .expect("removed");
    assert!(out.contains(&Output::Cue(Cue::PlacardEnd { id: "q".into() })));
    assert_eq!(votes(&mut show), [0, 0]);
    show.tick(T.plus(2_000));
    let PlacardKind::Rank { rows, .. } = &show.placards()[1].kind else { panic!("a rank") };
    assert_eq!(rows.iter().map(|row| row.who.nick.as_str()).collect::<Vec<_>>(), ["ben"]);
}

#[test]
fn a_question_has_the_words_of_its_comment_and_leaves_with_it() {
    let mut show = show();
    say(&mut show, "7", "ann", "is it in stock?");
    let by_id = |id: &str| PlacardKind::Question {
        event: Some(id.into()),
        from: None,
        text: "made up".into(),
    };
    put(&mut show, "q", by_id("7"));
    let PlacardKind::Question { text, .. } = &show.placards()[0].kind else { panic!("one") };
    assert_eq!(text, "is it in stock?");
    show.tick(T.plus(1));
    show.handle(T, Input::Remove { ids: vec!["7".into()], by: "host".into() }).expect("removed");
    assert_eq!(show.placards(), []);
    let placard = Placard { id: "q".into(), kind: by_id("7") };
    let reject = show.handle(T, Input::Place { placard }).expect_err("gone");
    assert_eq!(reject.code, Code::UnknownItem);
}

#[test]
fn goals_count_what_they_are_for_and_rehearsals_move_only_rehearsed_ones() {
    let mut show = show();
    let goal =
        |target| PlacardKind::Goal { title: "g".into(), unit: Unit::Gifts, target, value: 0 };
    put(&mut show, "goal", goal(10));
    put(&mut show, "rehearsal-goal", goal(10));
    show.handle(T, Input::Event(gift("1", "ann", "rose", 3))).expect("taken");
    let played = Event { source: "rehearsal".into(), ..gift("2", "ann", "rose", 5) };
    show.handle(T, Input::Event(played)).expect("taken");
    put(&mut show, "goal", goal(20));
    let values: Vec<u64> = show
        .placards()
        .iter()
        .map(|placard| match placard.kind {
            PlacardKind::Goal { value, .. } => value,
            _ => 0,
        })
        .collect();
    assert_eq!(values, [3, 5]);
    assert_eq!(show.kept_placards().len(), 1, "rehearsed ones are not kept");
    let again = Show::new(T, Accounts::default(), 12).with_placards(show.kept_placards());
    assert_eq!(again.placards(), show.placards()[..1]);
}

#[test]
fn an_ended_voucher_leaves_by_itself_and_clear_leaves_the_hosts_own() {
    let mut show = show();
    let voucher = |ends_at| PlacardKind::Voucher {
        title: "t".into(),
        value: "1".into(),
        worth: None,
        by: None,
        keyword: None,
        stock: 5,
        left: 5,
        ends_at,
    };
    put(&mut show, "v", voucher(Some(T.plus(5_000))));
    put(&mut show, "w", voucher(None));
    put(&mut show, "q", PlacardKind::Question { event: None, from: None, text: "why".into() });
    show.handle(T, Input::Clear { by: "host".into() }).expect("cleared");
    assert_eq!(show.placards().len(), 2);
    assert_eq!(show.next_wakeup(), Some(T.plus(15_000)));
    let out = show.tick(T.plus(15_000));
    assert_eq!(out, [Output::Cue(Cue::PlacardEnd { id: "v".into() })]);
}

#[test]
fn a_paid_comment_stands_and_is_taken_off_by_removal() {
    let mut show = show();
    show.handle(T, Input::Event(paid("a", "ann", 3))).expect("taken");
    show.tick(T);
    assert_eq!(show.paid().len(), 1);
    show.handle(T, Input::Event(paid("b", "ben", 1))).expect("taken");
    show.handle(T, Input::Event(paid("c", "ann", 1))).expect("taken");
    show.handle(T, Input::RemoveUser { user: "ann".into(), by: "host".into() }).expect("removed");
    assert_eq!(show.paid(), []);
    show.tick(T.plus(10));
    assert_eq!(show.paid()[0].id.as_str(), "b");
    assert_eq!(show.accounts().unaccounted(), 0);
}
