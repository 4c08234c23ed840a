//! What idle connections keep in the server's memory.
//!
//! `idle SPEECH ADDRESS PID SIZE…` connects guests up to each size, lets the
//! server settle and prints what grew as one line of JSON.

use crate::Outcome;
use crate::crowd::{Crowd, Speech};
use crate::proc::Resident;
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// Connections that are open before the first look: their cost is code and
/// pools that are touched once.
const FIRST: usize = 64;
/// Silence before a look.
const SETTLE: Duration = Duration::from_secs(3);
/// Longest wait for all members of a size to be in the room.
const ENTER: Duration = Duration::from_secs(120);

/// Memory at one size.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    /// Idle connections.
    pub connections: usize,
    /// Bytes each adds to the resident set.
    pub all: f64,
    /// The part of it that no file backs.
    pub own: f64,
}

pub fn main(args: &[String]) -> Outcome<()> {
    let [speech, address, pid, sizes @ ..] = args else { return Err("idle takes 4 words".into()) };
    let pid: u32 = pid.parse()?;
    let mut crowd = Crowd::new(Speech::parse(speech)?, address.parse()?)?;
    crowd.enter(FIRST, 0, ENTER)?;
    settle(&mut crowd)?;
    let before = Resident::of(pid)?;
    let (mut all, mut here) = (Vec::new(), 0);
    for size in sizes {
        let size: usize = size.parse()?;
        crowd.enter(size.saturating_sub(here), 0, ENTER)?;
        here = here.max(size);
        settle(&mut crowd)?;
        let now = Resident::of(pid)?;
        let each = |now: u64, before: u64| now.saturating_sub(before) as f64 / here.max(1) as f64;
        all.push(Kept {
            connections: here,
            all: each(now.all, before.all),
            own: each(now.own, before.own),
        });
    }
    println!("{}", serde_json::to_string(&all)?);
    Ok(())
}

fn settle(crowd: &mut Crowd) -> Outcome<()> {
    let end = Instant::now() + SETTLE;
    while Instant::now() < end {
        crowd.read(Duration::from_millis(100), |_| {})?;
    }
    Ok(())
}
