//! Medians, ratios and verdicts.

use crate::idle::Kept;
use crate::load::Measured;
use crate::plan::{Kind, Plan};
use crate::proc;
use std::collections::BTreeMap;

/// Goals: ratios to the raw loop with one message a call, and bytes.
const UNTIMED: f64 = 1.15;
const TICKED: f64 = 0.40;
const IDLE: f64 = 2_048.0;

/// Every run by row.
#[derive(Debug, Default)]
pub struct Report {
    runs: BTreeMap<Kind, Vec<Measured>>,
}

impl Report {
    /// Adds a run.
    pub fn add(&mut self, kind: Kind, run: Measured) {
        self.runs.entry(kind).or_default().push(run);
    }

    /// Bytes of one event, as this server encoded it in this run.
    pub fn event_bytes(&self) -> Option<usize> {
        self.runs.get(&Kind::Untimed)?.first().map(|run| run.event_bytes)
    }

    /// Undisturbed runs of a row, or all if none was.
    fn kept(&self, kind: Kind) -> Vec<&Measured> {
        let all: Vec<&Measured> = self.runs.get(&kind).into_iter().flatten().collect();
        let quiet: Vec<&Measured> =
            all.iter().copied().filter(|run| run.per_read <= kind.most_per_read()).collect();
        if quiet.is_empty() { all } else { quiet }
    }

    fn median(&self, kind: Kind, of: impl Fn(&Measured) -> Option<f64>) -> Option<f64> {
        let mut values: Vec<f64> = self.kept(kind).into_iter().filter_map(of).collect();
        values.sort_by(f64::total_cmp);
        let n = values.len();
        (n > 0).then(|| (values[(n - 1) / 2] + values[n / 2]) / 2.0)
    }

    fn cost(&self, kind: Kind) -> Option<f64> {
        self.median(kind, |run| Some(run.cost))
    }

    fn ratio(&self, kind: Kind) -> Option<f64> {
        Some(self.cost(kind)? / self.cost(Kind::FloorOne)?)
    }

    /// The table of medians.
    pub fn table(&self) {
        println!();
        println!(
            "| server | CPU µs/delivered (min–max; runs kept of all) | ÷ raw send | messages/read | p50 ms | p99 ms | server CPU % | delivered |"
        );
        println!("|---|---|---|---|---|---|---|---|");
        for (kind, runs) in &self.runs {
            let kept = self.kept(*kind);
            let costs = || kept.iter().map(|run| run.cost);
            let (least, most) = (costs().fold(f64::MAX, f64::min), costs().fold(0.0, f64::max));
            println!(
                "| {} | {} ({least:.2}–{most:.2}; {} of {}) | {} | {} | {} | {} | {} | {} |",
                kind.name(),
                number(self.cost(*kind), 2),
                kept.len(),
                runs.len(),
                number(self.ratio(*kind), 2),
                number(self.median(*kind, |r| Some(r.per_read)), 2),
                number(self.median(*kind, |r| Some(r.latency?.0)), 1),
                number(self.median(*kind, |r| Some(r.latency?.1)), 1),
                number(self.median(*kind, |r| Some(r.cpu.0)), 1),
                number(self.median(*kind, |r| Some(100.0 * r.complete)), 1) + " %",
            );
        }
        if let Some(bytes) = self.event_bytes() {
            println!("A message is one event of {bytes} bytes of JSON, in every row.");
        }
    }

    /// Each goal beside this run's own figure.
    pub fn verdict(&self, idle: &[Kept]) {
        println!();
        line("un-batched ÷ raw send", self.ratio(Kind::Untimed), UNTIMED, 2);
        line("50 ms ÷ raw send", self.ratio(Kind::Ticked), TICKED, 2);
        for kept in idle {
            let what = format!("user bytes per idle connection, {} of them", kept.connections);
            line(&what, Some(kept.all), IDLE, 0);
        }
    }
}

fn line(what: &str, figure: Option<f64>, goal: f64, digits: usize) {
    let word = match figure {
        Some(figure) if figure <= goal => "met",
        Some(_) => "MISSED",
        None => "not measured",
    };
    println!("{word:>8}: {what} = {} (goal ≤ {goal:.digits$})", number(figure, digits));
}

fn number(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "–".into(), |value| format!("{value:.digits$}"))
}

/// What this is run on.
pub fn machine(plan: &Plan) {
    println!(
        "{} members × {} messages/s, {} s a run, {} rounds; {} × {}, Linux {}, load {}",
        plan.members,
        plan.rate,
        plan.seconds,
        plan.rounds,
        proc::cores(),
        proc::processor(),
        proc::kernel(),
        proc::load_average(),
    );
}

/// One line a run, as it ends.
pub fn progress(round: u32, kind: Kind, run: &Measured, quiet: bool) {
    let latency = run
        .latency
        .map_or(String::new(), |(half, most)| format!(", p50 {half:.1} ms, p99 {most:.1} ms"));
    let (server, load, other) = run.cpu;
    println!(
        "round {round}: {:<18} {:>6.2} µs, {:.2} messages/read{latency}; CPU % server {server:.0}, members {load:.0}, others {other:.0}{}",
        kind.name(),
        run.cost,
        run.per_read,
        if quiet { "" } else { "; the machine was busy at the start" },
    );
}

/// The table of idle memory.
pub fn idle(all: &[Kept]) {
    println!();
    println!("| idle connections | resident bytes each | of it not backed by a file |");
    println!("|---|---|---|");
    for kept in all {
        println!("| {} | {:.0} | {:.0} |", kept.connections, kept.all, kept.own);
    }
}
