//! What the kernel says about processes and cores.

use std::collections::HashMap;
use std::fs;
use std::time::{Duration, Instant};

/// Share of all cores that others may use before a machine counts as busy.
const BUSY: f64 = 0.10;

/// Run time of every thread of a process, by thread, in ns.
#[derive(Debug, Default, Clone)]
pub struct RunTime(HashMap<String, u64>);

impl RunTime {
    /// Reads `/proc/PID/task/*/schedstat`; a process that is gone has none.
    pub fn of(pid: u32) -> Self {
        let tasks = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
        Self(
            tasks
                .filter_map(|task| {
                    let text = fs::read_to_string(task.path().join("schedstat")).ok()?;
                    let ns = text.split_whitespace().next()?.parse().ok()?;
                    Some((task.file_name().into_string().ok()?, ns))
                })
                .collect(),
        )
    }

    /// Run time since `before`. What a thread ran that ended meanwhile is missing.
    pub fn since(&self, before: &Self) -> Duration {
        let ns = self.0.iter().map(|(task, ns)| ns - before.0.get(task).unwrap_or(&0));
        Duration::from_nanos(ns.sum())
    }
}

/// Bytes of a process in memory: all, and what no file backs (heap and stacks).
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct Resident {
    /// `Rss` of `smaps_rollup`.
    pub all: u64,
    /// `Anonymous` of `smaps_rollup`.
    pub own: u64,
}

impl Resident {
    /// Reads `/proc/PID/smaps_rollup`.
    pub fn of(pid: u32) -> std::io::Result<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
        let line = |name: &str| {
            let line = text.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_default();
            let kb = line.split_whitespace().next().and_then(|n| n.parse::<u64>().ok());
            kb.unwrap_or_default() * 1_024
        };
        Ok(Self { all: line("Rss:"), own: line("Anonymous:") })
    }
}

/// Cores of the machine.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Time all cores together were not idle since the start, stolen time included.
pub fn busy() -> Duration {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    let ticks: Vec<u64> = line.split_whitespace().skip(1).filter_map(|n| n.parse().ok()).collect();
    // user nice system idle iowait irq softirq steal; guest time is in user already
    let busy = ticks.iter().take(8).sum::<u64>() - ticks.iter().skip(3).take(2).sum::<u64>();
    Duration::from_millis(busy * 10)
}

/// Waits until others leave the cores alone, at most `patience`. Returns
/// whether they do.
pub fn wait_until_quiet(patience: Duration) -> bool {
    let start = Instant::now();
    loop {
        let (before, at) = (busy(), Instant::now());
        std::thread::sleep(Duration::from_millis(500));
        let used = (busy() - before).as_secs_f64() / at.elapsed().as_secs_f64();
        if used < BUSY * cores() as f64 {
            return true;
        }
        if start.elapsed() > patience {
            return false;
        }
    }
}

/// The processor's name.
pub fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|l| l.strip_prefix("model name"));
    name.map_or_else(|| "unknown processor".into(), |n| n.trim_matches([' ', '\t', ':']).into())
}

/// The kernel's release.
pub fn kernel() -> String {
    fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim().into()
}

/// The load average of the last minute.
pub fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().unwrap_or("?").into()
}
