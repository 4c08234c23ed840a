use super::*;
use crate::{Event, Fate, Gift, Millis, Paid, Priority, Role, Sender};
use crate::{EventKind, Tip};

/// 2026-11-23 16:00:00 UTC, a whole minute and ten minutes.
const T: u64 = 1_795_449_600_000;

fn at(second: u64) -> Millis {
    Millis(T + second * 1_000)
}

fn event(who: &str, priority: Priority, kind: EventKind) -> Event {
    let from = Sender { id: who.into(), nick: who.to_owned(), avatar: None, role: Role::Viewer };
    Event {
        id: format!("{who}-1").as_str().into(),
        at: Millis(T),
        source: "room".to_owned(),
        from: Some(from),
        cid: Some(1),
        priority,
        kind,
    }
}

fn line(who: &str) -> Event {
    event(who, Priority::Normal, EventKind::comment("hello"))
}

fn gift(who: &str, coins: u32, count: u32) -> Event {
    let gift =
        Gift { id: "rose".into(), name: "Rose".into(), icon: String::new(), coins, effect: None };
    event(who, Priority::High, EventKind::Gift { gift, count })
}

fn sums(series: &RecordSeries) -> Counts {
    let mut sums = Counts::default();
    series.samples().for_each(|sample| sums.add(&sample.counts));
    sums
}

#[test]
fn folding_keeps_sums_peaks_and_the_last_stock_whatever_comes() {
    for seed in 0..50_u64 {
        let mut dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut roll = |most: u64| {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            dice % most
        };
        let (mut tens, mut minutes) = (Ring::new(10, 1_440), Ring::new(60, 1_440));
        let (mut all, mut most, mut left) = (Counts::default(), 0, 0);
        let mut now = T + roll(90_000);
        for _ in 0..roll(2_000) {
            // Ticks come late, twice in a second, or after a pause of the machine.
            now += [1_000, 1_000, 990, 1_010, 3_000, 400_000 * roll(2)][roll(6) as usize];
            let counts = Counts { high: roll(5), likes: roll(900), claims: 1, ..Counts::default() };
            let online = roll(500) as u32;
            (most, left) = (online.max(most), roll(100) as u32);
            all.add(&counts);
            let stock = vec![(OfferId::voucher("a"), left)];
            let sample = Sample { at: Millis(now), span_s: 1, counts, online, stock };
            tens.push(&sample);
            minutes.push(&sample);
        }
        for (ring, width) in [(&tens, 10_000), (&minutes, 60_000)] {
            if ring.is_empty() || ring.is_full() {
                continue;
            }
            let series = RecordSeries::new(ring.all(), |offer| offer.to_string());
            assert_eq!(sums(&series), all, "seed {seed}");
            assert_eq!(series.online.iter().max(), Some(&most));
            assert_eq!(series.stock[0].left.last(), Some(&Some(left)));
            assert!(series.at.iter().all(|at| at.0 % width == 0));
            assert!(series.at.windows(2).all(|two| two[0] < two[1]));
            assert_eq!(
                series.samples().collect::<Vec<_>>(),
                ring.all().cloned().collect::<Vec<_>>()
            );
        }
    }
}

#[test]
fn seconds_that_are_closed_a_little_late_stay_one_each() {
    let mut recorder = Recorder::new(at(0));
    for second in 1..=60 {
        recorder.likes(at(second), 1);
        recorder.tick(Millis(at(second).0 + [0, 3, 90, 400][second as usize % 4]));
    }
    let live = recorder.live(Millis(0));
    assert_eq!(live.at.len(), 60);
    assert!(live.counts.likes.iter().all(|likes| *likes == 1), "{:?}", live.counts.likes);
}

#[test]
fn a_show_of_two_days_stays_within_its_bounds() {
    let mut recorder = Recorder::new(at(0));
    recorder.start(at(0), "Long");
    for second in 1..=2 * 86_400 {
        if second % 60 == 0 {
            recorder.event(at(second), &line(&format!("u{second}")));
        }
        recorder.tick(at(second));
    }
    let show = recorder.running().expect("it runs");
    assert_eq!((show.totals.normal, show.totals.people), (2_880, 2_880));
    let report = recorder.report(show.id).expect("it runs");
    assert_eq!(report.series.at.len(), 1_440);
    assert_eq!(sums(&report.series).normal, 1_440);
    assert_eq!(recorder.live(Millis(0)).at.len(), 600);
}

#[test]
fn sums_are_those_of_the_samples_and_of_what_was_told() {
    let mut recorder = Recorder::new(at(0));
    recorder.event(at(0), &event("ann", Priority::Low, EventKind::comment("before")));
    recorder.end(at(0));
    let show = recorder.start(Millis(T + 400), " The  evening ");
    assert_eq!(show.name, "The evening");
    recorder.online(3);
    recorder.online(2);
    for _ in 0..5 {
        recorder.event(at(1), &line("ann"));
        recorder.fate(&Fate::Shown);
    }
    recorder.event(at(1), &gift("bea", 10, 3));
    recorder.event(at(1), &gift("bea", 1, 1));
    recorder.event(at(1), &gift("ann", 20, 1));
    let paid = Paid::new(500, "EUR").expect("an amount");
    let said = EventKind::Comment { text: String::new(), paid: Some(paid) };
    recorder.event(at(1), &event("cid", Priority::High, said));
    recorder.event(
        at(1),
        &Event {
            from: None,
            ..event("", Priority::Lowest, EventKind::Tip { tip: Tip::Join, users: vec![], more: 9 })
        },
    );
    recorder.event(at(1), &Event { source: "rehearsal".into(), ..line("made-up") });
    recorder.fate(&Fate::AgedOut { stage: "queue".into() });
    recorder.fate(&Fate::Removed { by: "Host".into() });
    recorder.likes(at(1), 40);
    recorder.question(at(1));
    recorder.answered();
    recorder.muted();
    recorder.tick(at(2));
    recorder.tick(at(3));
    let ended = recorder.end(at(4)).expect("one ran");
    let report = recorder.report(ended.id).expect("it waits to be written down");
    let expected = Counts {
        high: 4,
        normal: 5,
        lowest: 1,
        shown: 5,
        dropped: 1,
        removed: 1,
        likes: 40,
        gifts: 5,
        coins: 51,
        paid: 1,
        questions: 1,
        answered: 1,
        muted: 1,
        people: 3,
        ..Counts::default()
    };
    assert_eq!(ended.totals, expected);
    assert_eq!(sums(&report.series), expected);
    assert_eq!((ended.most_online, ended.ended), (3, Some(at(4))));
    let givers: Vec<_> = ended.givers.iter().map(|g| (g.nick.as_str(), g.gifts, g.coins)).collect();
    assert_eq!(givers, [("bea", 4, 31), ("ann", 1, 20)]);
    assert_eq!((ended.paid[0].currency.as_str(), ended.paid[0].amount), ("EUR", 500));
    let csv = csv(&report);
    let lines: Vec<&str> = csv.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 1 + report.series.at.len());
    assert!(lines[1].starts_with("2026-11-23 16:00:00,"), "{}", lines[1]);
    assert!(recorder.running().is_none());
}

#[test]
fn the_first_word_after_half_an_hour_begins_a_show_and_as_long_a_quiet_ends_it() {
    let mut recorder = Recorder::new(at(0));
    recorder.tick(at(1));
    assert!(recorder.running().is_none());
    recorder.event(at(10), &line("ann"));
    let show = recorder.running().expect("it began by itself");
    assert_eq!((show.began, show.by_hand), (at(10), false));
    recorder.likes(at(700), 1);
    for second in 11..700 + 1_800 {
        recorder.tick(at(second));
    }
    assert!(recorder.running().is_some());
    recorder.tick(at(700 + 1_800));
    let ended = recorder.ended().pop().expect("it ended");
    assert_eq!(ended.show.ended, Some(at(700)));
    assert!(ended.series.at.iter().all(|sample| *sample <= at(700)), "the quiet is not of it");
    assert_eq!(sums(&ended.series), ended.show.totals);
    recorder.event(at(2_600), &line("bea"));
    assert!(recorder.running().is_some_and(|next| next.id > show.id));
}

#[test]
fn what_is_said_after_the_host_ended_it_begins_no_show() {
    let mut recorder = Recorder::new(at(0));
    let first = recorder.start(at(0), "");
    assert_eq!(recorder.start(at(1), "Named").id, first.id, "one at a time");
    recorder.end(at(60));
    assert_eq!(recorder.end(at(61)), None);
    recorder.event(at(70), &line("ann"));
    recorder.event(at(70 + 1_799), &line("ann"));
    assert!(recorder.running().is_none());
    recorder.event(at(70 + 2 * 1_800), &line("ann"));
    assert!(recorder.running().is_some());
    let mut silent = Recorder::new(at(0));
    silent.start(at(0), "");
    silent.tick(at(2 * 3_600));
    assert!(silent.running().is_some(), "the host began it: a long quiet is theirs");
    silent.tick(at(3 * 3_600));
    assert!(silent.running().is_none());
}

/// Writes down and reads again, as the server does.
fn rebooted(unkept: Vec<Unkept>, now: Millis) -> Recorder {
    let mut kept = Kept::default();
    let mut blocks = std::collections::BTreeMap::new();
    let mut givers = std::collections::BTreeMap::new();
    for part in unkept {
        assert_eq!(part.speakers_before, kept.speakers.len());
        kept.show = part.show;
        kept.speakers.extend(part.speakers);
        blocks.extend(part.blocks);
        givers.extend(part.givers.into_iter().map(|giver| (giver.user.clone(), giver)));
    }
    kept.blocks = blocks.into_values().collect();
    kept.givers = givers.into_values().collect();
    Recorder::new(now).resume(now, kept)
}

#[test]
fn a_show_goes_on_after_a_restart_with_all_that_was_written_down() {
    let mut recorder = Recorder::new(at(0));
    recorder.start(at(0), "Evening");
    let mut written = Vec::new();
    for second in 1..1_500 {
        recorder.event(at(second), &line(&format!("u{}", second % 40)));
        recorder.event(at(second), &gift(&format!("u{}", second % 7), 1, 1));
        recorder.tick(at(second + 1));
        if second % 10 == 0 {
            let unkept = recorder.take_unkept().expect("it runs");
            assert!(unkept.blocks.len() <= 2, "only what changed");
            if second % 70 == 0 {
                // The disk did not take it.
                let kept = written.last().map_or(at(0), |last: &Unkept| last.show.kept);
                recorder.put_back(unkept, kept);
            } else {
                written.push(unkept);
            }
        }
    }
    let before = written.last().expect("often").show.clone();
    let mut again = rebooted(written, at(1_520));
    let after = again.running().expect("it goes on");
    assert_eq!(after, before);
    assert_eq!(sums(&again.report(after.id).expect("it runs").series), before.totals);
    assert!(!again.live(Millis(0)).at.is_empty(), "the last ten minutes are not blank");
    again.event(at(1_521), &line("u1"));
    again.event(at(1_521), &line("new"));
    again.tick(at(1_522));
    let totals = again.running().expect("it goes on").totals;
    assert_eq!(totals.people, before.totals.people + 1, "who spoke before is known");
    assert_eq!(totals.normal, before.totals.normal + 2);
}

#[test]
fn a_show_that_was_left_for_long_has_ended_where_it_was_left() {
    let mut recorder = Recorder::new(at(0));
    recorder.event(at(5), &line("ann"));
    recorder.tick(at(6));
    let unkept = recorder.take_unkept().expect("it runs");
    let later = rebooted(vec![unkept], at(9_000));
    assert!(later.running().is_none());
    assert_eq!(later.ended()[0].show.ended, Some(at(5)));
    assert_eq!(later.ended()[0].show.totals.normal, 1);
}

#[test]
fn offers_count_down_and_products_sell_from_the_begin_of_the_show() {
    let mut recorder = Recorder::new(at(0));
    let look = |left, claimed, sold| SaleLook {
        offers: vec![OfferLook {
            offer: OfferId::voucher("ten"),
            title: "Ten off".into(),
            value: "10 %".into(),
            stock: 9,
            left,
            claimed,
            is_running: left > 0,
        }],
        sold: vec![(12, "Scarf".into(), sold)],
    };
    recorder.start(at(0), "");
    recorder.sale(at(1), &look(9, 0, 5));
    recorder.tick(at(1));
    recorder.sale(at(2), &look(4, 5, 7));
    recorder.tick(at(2));
    recorder.sale(at(3), &look(0, 4, 8));
    recorder.tick(at(3));
    let live = recorder.live(Millis(0));
    assert_eq!(live.stock[0].title, "Ten off");
    assert_eq!(live.stock[0].left, [Some(9), Some(4), None]);
    assert_eq!(live.counts.claims, [0, 5, 4]);
    let show = recorder.end(at(3)).expect("it ran");
    assert_eq!((show.offers[0].claimed, show.offers[0].left), (9, 0));
    assert_eq!((show.products[0].before, show.products[0].sold), (5, 3));
}

#[test]
fn a_lottery_is_in_the_report_but_has_no_stock_to_chart() {
    let mut recorder = Recorder::new(at(0));
    let lottery = OfferLook {
        offer: OfferId::lottery("cup"),
        title: "Cup".into(),
        value: "1 winner".into(),
        stock: 1_000_000,
        left: 999_998,
        claimed: 2,
        is_running: true,
    };
    recorder.start(at(0), "");
    recorder.sale(at(1), &SaleLook { offers: vec![lottery], sold: Vec::new() });
    recorder.tick(at(1));
    assert_eq!(recorder.live(Millis(0)).stock.len(), 0);
    let show = recorder.end(at(1)).expect("it ran");
    assert_eq!((show.offers[0].title.as_str(), show.offers[0].claimed), ("Cup", 2));
}
