//! What a delivered message costs, and what an idle connection keeps.
//!
//! Runs this server, a raw `send()` loop and npm `ws` one after another in
//! rounds, each pinned to CPU 0 with the load generator on CPU 1, and prints
//! medians, ratios to the raw loop and a verdict by each goal. docs/benchmarks.md
//! says what the figures mean. Linux only: it reads `/proc` and uses `taskset`.

mod crowd;
mod floor;
mod frame;
mod idle;
mod load;
mod plan;
mod proc;
mod report;
mod server;

use plan::{Kind, Plan};
use report::Report;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let result = match args.first().map(String::as_str) {
        Some("load") => load::main(&args[1..]),
        Some("idle") => idle::main(&args[1..]),
        Some("floor") => floor::main(&args[1..]),
        _ => bench(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fanout: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Any error of a run: a sentence for whoever started the benchmark.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn bench() -> Outcome<()> {
    if !cfg!(target_os = "linux") || proc::cores() < 2 {
        println!("fanout: needs Linux and two cores (one for the server, one for the members)");
        return Ok(());
    }
    let plan = Plan::from_env()?;
    let mut report = Report::default();
    report::machine(&plan);
    let peer = server::peer_is_there();
    if let Err(why) = &peer {
        println!("npm ws is left out: {why}");
    }
    for round in 1..=plan.rounds {
        for kind in Kind::ALL.into_iter().filter(|k| peer.is_ok() || !k.is_peer()) {
            let quiet = proc::wait_until_quiet(plan.patience);
            // Every message has the size that one event has here.
            let bytes = report.event_bytes().unwrap_or(0);
            let result = plan.measure(kind, bytes)?;
            report::progress(round, kind, &result, quiet);
            report.add(kind, result);
        }
    }
    report.table();
    let idle = plan.measure_idle()?;
    report::idle(&idle);
    report.verdict(&idle);
    Ok(())
}
