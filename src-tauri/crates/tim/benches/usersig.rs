//! What a bad signature costs beside a good one: the goal is at most ten
//! times, so that nobody can keep the program busy with logins that fail.
//!
//! Each is verified many times in turn with the good one, on one thread that
//! waits for nothing; the quickest of each is its CPU time without what else
//! the machine did.

#[path = "../tests/usersig/changed.rs"]
mod changed;

use changed::{HOST, KEY, at_the_block_limit, bombs, closed, document, documents, good, texts};
use std::{
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};
use surtitle_tim::usersig::verify;

/// Most times the cost of a good one.
const GOAL: f64 = 10.0;
/// Changed signatures of each kind.
const CHANGED: usize = 10_000;
/// Times each one is verified.
const RUNS: usize = 15;

/// The quickest of some runs.
fn cost(usersig: &str, runs: usize) -> Duration {
    let once = || {
        let start = Instant::now();
        let _ = black_box(verify(KEY, black_box(usersig), &HOST));
        start.elapsed()
    };
    (0..runs).map(|_| once()).min().unwrap_or_default()
}

/// The dearest of these, in times of a good one, which is measured anew
/// before each hundred.
fn dearest(usersigs: impl Iterator<Item = String>) -> f64 {
    let good = good();
    let mut unit = Duration::ZERO;
    let times = usersigs.enumerate().map(|(n, usersig)| {
        if n % 100 == 0 {
            unit = cost(&good, 10 * RUNS);
        }
        cost(&usersig, RUNS).as_secs_f64() / unit.as_secs_f64()
    });
    times.fold(0.0, f64::max)
}

fn main() -> ExitCode {
    let good = good();
    let document = String::from_utf8(document(&good).expect("is good")).expect("is text");
    println!("a good one: {:.1} µs", cost(&good, 10_000).as_secs_f64() * 1e6);
    let changed = documents(document).map(|document| closed(&document)).take(CHANGED);
    let mut rows = vec![
        ("dearest of 10,000 changed documents", dearest(changed)),
        ("dearest of 10,000 changed texts", dearest(texts(good).take(CHANGED))),
    ];
    let [within, over] = at_the_block_limit();
    let limits = [("a good one in all blocks allowed", within), ("in one more", over)];
    let bombs = bombs().into_iter().map(|(name, usersig, _)| (name, usersig));
    for (name, usersig) in limits.into_iter().chain(bombs) {
        rows.push((name, dearest(std::iter::repeat_n(usersig, 100))));
    }
    for (name, times) in &rows {
        println!("{times:6.1} times  {name}");
    }
    let missed = rows.iter().any(|(_, times)| *times > GOAL);
    println!("at most {GOAL} times: {}", if missed { "missed" } else { "met" });
    if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
