//! Properties of a group under any commands by anybody.

use proptest::prelude::*;
use serde_json::Value;
use surtitle_tim::code::Refusal;
use surtitle_tim::group::{
    ADMINS_LIMIT, ATTRIBUTE_KEY_LIMIT, ATTRIBUTE_VALUE_LIMIT, ATTRIBUTES_LIMIT,
    ATTRIBUTES_SIZE_LIMIT, By, COUNTER_KEY_LIMIT, COUNTERS_LIMIT, CounterMode, Edit, FACE_LIMIT,
    FIELD_KEY_LIMIT, FIELD_VALUE_LIMIT, FIELDS_LIMIT, Group, Guard, INTRODUCTION_LIMIT, MARK_FLOOR,
    MARK_ROBOT, MARKED_LIMIT, MARKS_LIMIT, MarkCommand, NAME_LIMIT, NOTIFICATION_LIMIT, NewGroup,
    Right, Said,
};

const NOW: u64 = 1_700_000_000;
/// Seconds a step may pass: bans and robots end within a run.
const HOUR: u64 = 3_600;

#[derive(Debug, Clone)]
enum Act {
    Pass(u64),
    Edit(Edit),
    SetAttributes(Guard, Vec<(String, String)>),
    ModifyAttributes(Guard, Vec<(String, String)>),
    DeleteAttributes(Guard, Vec<String>),
    ClearAttributes(Guard),
    Count(CounterMode, Vec<(String, i64)>),
    DeleteCounters(Vec<String>),
    Ban(Vec<String>, u32, usize),
    Unban(Vec<String>),
    SetAdmins(Vec<String>),
    CancelAdmins(Vec<String>),
    Mark(MarkCommand, Vec<(String, Vec<u32>)>),
    AddRobots(Vec<String>),
    DeleteRobots(Vec<String>),
    Forget(String),
    CheckMute(Vec<String>),
    ListBans(usize, usize),
    Announce(usize),
}

/// A text of up to `limit` bytes and, now and then, one or two more.
fn text(limit: usize) -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zé名]{0,3}",
        1 => (limit.saturating_sub(1)..limit + 2).prop_map(|n| "x".repeat(n)),
    ]
}

/// A key of few, so that commands meet.
fn key(limit: usize) -> impl Strategy<Value = String> {
    prop_oneof![
        12 => (0..24u8).prop_map(|n| format!("k{n}")),
        1 => text(limit),
    ]
}

fn accounts(most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(account(), 0..most)
}

fn account() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => (0..12u8).prop_map(|n| format!("u{n}")),
        1 => Just("owner".to_owned()),
        1 => text(32),
    ]
}

fn guard() -> impl Strategy<Value = Guard> {
    (prop::option::of(0..6u64), any::<bool>()).prop_map(|(main_seq, race)| Guard { main_seq, race })
}

fn edit() -> impl Strategy<Value = Edit> {
    let value = prop_oneof![60 => "[a-z]{0,9}", 1 => text(FIELD_VALUE_LIMIT)];
    let name =
        prop_oneof![60 => (0..24u8).prop_map(|n| format!("k{n}")), 1 => text(FIELD_KEY_LIMIT)];
    let fields = prop::collection::vec((name, value), 0..24);
    (
        prop::option::of(text(NAME_LIMIT)),
        prop::option::of(text(INTRODUCTION_LIMIT)),
        prop::option::of(text(NOTIFICATION_LIMIT)),
        prop::option::of(text(FACE_LIMIT)),
        prop::option::of(any::<u32>()),
        prop::option::of(prop::sample::select(vec!["FreeAccess", "NeedPermission", "Never"])),
        prop::option::of(any::<bool>()),
        fields,
    )
        .prop_map(
            |(name, introduction, notification, face_url, members, option, mute, fields)| Edit {
                name,
                introduction,
                notification,
                face_url,
                max_members: members,
                join_option: option.map(str::to_owned),
                mute_all: mute,
                fields,
            },
        )
}

fn marks() -> impl Strategy<Value = Act> {
    let command =
        prop::sample::select(vec![MarkCommand::Set, MarkCommand::Set, MarkCommand::Delete]);
    let mark = prop_oneof![40 => 1000..1014u32, 1 => Just(500), 1 => Just(600), 1 => 0..1000u32];
    let one = (account(), prop::collection::vec(mark, 0..5));
    let list = prop_oneof![
        6 => prop::collection::vec(one, 0..6),
        2 => (0..4usize, 1000..1002u32).prop_map(|(part, mark)| {
            (part * 400..part * 400 + 400).map(|n| (format!("m{n:05}"), vec![mark])).collect()
        }),
    ];
    (command, list).prop_map(|(command, list)| Act::Mark(command, list))
}

fn act() -> impl Strategy<Value = Act> {
    let attributes = || {
        let pair = (key(ATTRIBUTE_KEY_LIMIT), text(ATTRIBUTE_VALUE_LIMIT));
        prop::collection::vec(pair, 0..20)
    };
    let mode =
        prop::sample::select(vec![CounterMode::Set, CounterMode::Increase, CounterMode::Decrease]);
    let amount = prop_oneof![-9..9i64, Just(i64::MIN), Just(i64::MAX)];
    let counters = prop::collection::vec((key(COUNTER_KEY_LIMIT), amount), 0..24);
    prop_oneof![
        4 => (0..2u64).prop_map(Act::Pass),
        1 => (0..HOUR).prop_map(Act::Pass),
        3 => edit().prop_map(Act::Edit),
        3 => (guard(), attributes()).prop_map(|(g, list)| Act::SetAttributes(g, list)),
        4 => (guard(), attributes()).prop_map(|(g, list)| Act::ModifyAttributes(g, list)),
        2 => (guard(), prop::collection::vec(key(ATTRIBUTE_KEY_LIMIT), 0..2))
            .prop_map(|(g, keys)| Act::DeleteAttributes(g, keys)),
        1 => guard().prop_map(Act::ClearAttributes),
        4 => (mode, counters).prop_map(|(mode, list)| Act::Count(mode, list)),
        1 => prop::collection::vec(key(COUNTER_KEY_LIMIT), 0..24).prop_map(Act::DeleteCounters),
        3 => (accounts(22), prop_oneof![0..3u32, Just(u32::MAX)], 0..1_002usize)
            .prop_map(|(list, s, n)| Act::Ban(list, s, n)),
        2 => accounts(22).prop_map(Act::Unban),
        2 => accounts(7).prop_map(Act::SetAdmins),
        1 => accounts(7).prop_map(Act::CancelAdmins),
        4 => marks(),
        1 => accounts(6).prop_map(Act::AddRobots),
        1 => accounts(6).prop_map(Act::DeleteRobots),
        1 => account().prop_map(Act::Forget),
        1 => accounts(3).prop_map(Act::CheckMute),
        1 => (0..30usize, 0..102usize).prop_map(|(offset, limit)| Act::ListBans(offset, limit)),
        1 => (11_999..12_002usize).prop_map(Act::Announce),
    ]
}

fn right() -> impl Strategy<Value = Right> {
    prop::sample::select(vec![Right::App, Right::App, Right::Owner, Right::Admin, Right::Member])
}

fn group() -> Group {
    let new = NewGroup { name: "Live".into(), owner: Some("owner".into()), ..NewGroup::default() };
    Group::new(&new, "G".into(), NOW).expect("a group")
}

/// Some are in the room and some are not.
fn online(account: &str) -> bool {
    account.len().is_multiple_of(2)
}

fn run(group: &mut Group, now_s: &mut u64, right: Right, act: &Act) -> Result<Vec<Said>, Refusal> {
    let by = &By { account: "somebody", right };
    let now = *now_s;
    match act {
        Act::Pass(s) => {
            *now_s += s;
            Ok(Vec::new())
        }
        Act::Edit(edit) => group.edit(now, by, edit),
        Act::SetAttributes(guard, list) => {
            group.set_attributes(now, by, *guard, list).map(|written| written.said)
        }
        Act::ModifyAttributes(guard, list) => {
            group.modify_attributes(now, by, *guard, list).map(|written| written.said)
        }
        Act::DeleteAttributes(guard, keys) => {
            group.delete_attributes(now, by, *guard, keys).map(|written| written.said)
        }
        Act::ClearAttributes(guard) => {
            group.clear_attributes(now, by, *guard).map(|written| written.said)
        }
        Act::Count(mode, list) => group.update_counters(*mode, list).map(|counted| counted.said),
        Act::DeleteCounters(keys) => group.delete_counters(keys),
        Act::Ban(list, s, n) => group.ban(now, by, list, *s, &"d".repeat(*n)),
        Act::Unban(list) => group.unban(now, by, list),
        Act::SetAdmins(list) => group.set_admins(by, list),
        Act::CancelAdmins(list) => group.cancel_admins(by, list),
        Act::Mark(command, list) => {
            group.mark(now, by, *command, list, &online).map(|_| Vec::new())
        }
        Act::AddRobots(list) => group.add_robots(now, by, list).map(|()| Vec::new()),
        Act::DeleteRobots(list) => group.delete_robots(now, by, list).map(|()| Vec::new()),
        Act::Forget(account) => {
            group.forget(account);
            Ok(Vec::new())
        }
        Act::CheckMute(list) => group.check_mute(by, list).map(|()| Vec::new()),
        Act::ListBans(offset, limit) => group.list_bans(now, *offset, *limit).map(|_| Vec::new()),
        Act::Announce(n) => group.announce(now, by, &"c".repeat(*n)).map(|said| vec![said]),
    }
}

fn writes_attributes(act: &Act) -> bool {
    matches!(
        act,
        Act::SetAttributes(..)
            | Act::ModifyAttributes(..)
            | Act::DeleteAttributes(..)
            | Act::ClearAttributes(..)
    )
}

fn check_limits(group: &Group, now_s: u64) -> Result<(), TestCaseError> {
    let profile = group.profile();
    prop_assert!((1..=NAME_LIMIT).contains(&profile.name.len()));
    prop_assert!(profile.introduction.len() <= INTRODUCTION_LIMIT);
    prop_assert!(profile.notification.len() <= NOTIFICATION_LIMIT);
    prop_assert!(profile.face_url.len() <= FACE_LIMIT);
    prop_assert!(profile.fields.len() <= FIELDS_LIMIT);
    for (key, value) in &profile.fields {
        prop_assert!((1..=FIELD_KEY_LIMIT).contains(&key.len()));
        prop_assert!((1..=FIELD_VALUE_LIMIT).contains(&value.len()));
    }

    let attributes = &group.attributes().list;
    prop_assert!(attributes.len() <= ATTRIBUTES_LIMIT);
    for (key, attribute) in attributes {
        prop_assert!((1..=ATTRIBUTE_KEY_LIMIT).contains(&key.len()));
        prop_assert!(attribute.value.len() <= ATTRIBUTE_VALUE_LIMIT);
    }
    let size: usize = attributes.values().map(|attribute| attribute.value.len()).sum();
    prop_assert!(size <= ATTRIBUTES_SIZE_LIMIT);

    let counters = &group.counters().list;
    prop_assert!(counters.len() <= COUNTERS_LIMIT);
    prop_assert!(counters.keys().all(|key| (1..=COUNTER_KEY_LIMIT).contains(&key.len())));

    prop_assert!(group.admins().len() <= ADMINS_LIMIT);
    prop_assert!(!group.is_admin("owner"));
    prop_assert_eq!(group.banned(now_s, "owner"), None);
    let own = (MARK_FLOOR..MARK_FLOOR + 20).filter(|mark| !group.marked(now_s, *mark).is_empty());
    prop_assert!(own.count() <= MARKS_LIMIT);
    for mark in [MARK_ROBOT, MARK_FLOOR, MARK_FLOOR + 1, MARK_FLOOR + 2] {
        prop_assert!(group.marked(now_s, mark).len() <= MARKED_LIMIT);
    }
    Ok(())
}

/// The sequence numbers of a group, none of which ever falls.
fn seqs(group: &Group) -> [u64; 3] {
    [group.profile().info_seq, group.attributes().main_seq, group.counters().seq]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn limits_hold_and_refusals_change_nothing(
        acts in prop::collection::vec((right(), act()), 1..40),
    ) {
        let mut group = group();
        let mut now_s = NOW;
        for (right, act) in &acts {
            let before = group.clone();
            match run(&mut group, &mut now_s, *right, act) {
                Ok(said) => {
                    let written = u64::from(writes_attributes(act));
                    let [info, main, count] = seqs(&before);
                    prop_assert_eq!(group.attributes().main_seq, main + written);
                    prop_assert!(seqs(&group)[0] - info <= 1);
                    let told = said.iter().filter(|s| s.body()["GroupCounterInfo"].is_array());
                    prop_assert_eq!(seqs(&group)[2], count + told.count() as u64);
                    prop_assert!(said.iter().all(|said| said.body().is_object()));
                }
                Err(refusal) => {
                    prop_assert_eq!(&group, &before, "{:?}", refusal);
                    prop_assert!(refusal.number > 10_000 && !refusal.text.is_empty());
                    prop_assert!(refusal.text.len() < 300, "{}", refusal.text);
                }
            }
            check_limits(&group, now_s)?;
        }
    }

    #[test]
    fn marks_stay_within_their_limits(acts in prop::collection::vec(marks(), 1..40)) {
        let mut group = group();
        for act in &acts {
            let before = group.clone();
            let changed = run(&mut group, &mut NOW.clone(), Right::App, act).is_ok();
            prop_assert!(changed || group == before);
            check_limits(&group, NOW)?;
        }
    }

    #[test]
    fn a_saved_group_loads_as_it_was(acts in prop::collection::vec((right(), act()), 1..40)) {
        let mut group = group();
        let mut now_s = NOW;
        for (right, act) in &acts {
            let _ = run(&mut group, &mut now_s, *right, act);
        }
        let text = serde_json::to_string(&group).expect("serialises");
        prop_assert_eq!(&serde_json::from_str::<Group>(&text).expect("loads"), &group);
        let value: Value = serde_json::to_value(&group).expect("serialises");
        prop_assert_eq!(&serde_json::from_value::<Group>(value).expect("loads"), &group);
    }

    #[test]
    fn members_change_only_attributes_and_counters(
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let mut group = group();
        let before = group.clone();
        let mut now_s = NOW;
        for act in &acts {
            let _ = run(&mut group, &mut now_s, Right::Member, act);
        }
        prop_assert_eq!(group.profile(), before.profile());
        prop_assert!(group.admins().is_empty());
        prop_assert_eq!(group.list_bans(NOW, 0, 1).expect("a page").list, vec![]);
        prop_assert!((0..2_000).all(|mark| group.marked(now_s, mark).is_empty()));
    }

    #[test]
    fn a_document_without_newer_parts_loads(
        acts in prop::collection::vec((right(), act()), 1..20),
        part in any::<prop::sample::Index>(),
        inner in any::<prop::sample::Index>(),
    ) {
        let mut group = group();
        let mut now_s = NOW;
        for (right, act) in &acts {
            let _ = run(&mut group, &mut now_s, *right, act);
        }
        let mut document = serde_json::to_value(&group).expect("serialises");
        let parts = document.as_object_mut().expect("an object");
        let names: Vec<String> = parts.keys().cloned().collect();
        let name = part.get(&names);
        if name != "profile" {
            parts.remove(name);
        }
        for part in parts.values_mut().filter_map(Value::as_object_mut) {
            let names: Vec<String> = part.keys().cloned().collect();
            if !names.is_empty() {
                part.remove(inner.get(&names));
            }
        }
        prop_assert!(serde_json::from_value::<Group>(document).is_ok());
    }
}
