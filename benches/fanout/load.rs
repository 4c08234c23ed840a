//! The members: one thread, one epoll, every socket.
//!
//! `load SPEECH ADDRESS PID MEMBERS RATE WARM SECONDS BYTES` connects the
//! members, lets the first few of them publish at RATE and prints what it
//! measured as one line of JSON. A message counts when a member has parsed it.

use crate::crowd::{Crowd, Speech};
use crate::proc::RunTime;
use crate::{Outcome, frame};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Members that publish in turn; each stays far below the frames a connection
/// may send.
const PUBLISHERS: usize = 4;
/// Characters in a comment.
const TEXT: &str = "hello there!";
/// Longest wait for all members to be in the room.
const ENTER: Duration = Duration::from_secs(60);

/// What one run showed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Measured {
    /// Server CPU time per delivered message, in µs.
    pub cost: f64,
    /// Messages parsed in the window.
    pub delivered: u64,
    /// Delivered ÷ (published × members); 1 when all arrived.
    pub complete: f64,
    /// Messages a `read()` returned, on average.
    pub per_read: f64,
    /// Bytes of one event's JSON.
    pub event_bytes: usize,
    /// Publish → parsed in ms: half of the messages, 99 of 100.
    pub latency: Option<(f64, f64)>,
    /// CPU of the server, of the members, and of everything else, in percent of one core.
    pub cpu: (f64, f64, f64),
}

/// Publishing in turn at a fixed rate, whatever the server does.
struct Publisher {
    every: Duration,
    next: Instant,
    bytes: usize,
    /// When each message was sent, by number.
    sent: Vec<Instant>,
}

impl Publisher {
    fn publish(&mut self, crowd: &mut Crowd, now: Instant) -> Outcome<()> {
        while crowd.speech != Speech::None && now >= self.next {
            let cid = self.sent.len() as u32;
            let text = match crowd.speech {
                Speech::Surtitle => format!(
                    r#"{{"t":"send","cid":{cid},"body":{{"kind":"comment","text":"{TEXT}"}}}}"#
                ),
                Speech::Plain | Speech::None => frame::message(cid, self.bytes),
            };
            self.sent.push(Instant::now());
            crowd.send(cid as usize % PUBLISHERS, &text)?;
            self.next += self.every;
        }
        Ok(())
    }
}

/// What subscribers saw in the window.
#[derive(Default)]
struct Seen {
    messages: u64,
    reads: u64,
    latencies: Vec<u32>,
}

pub fn main(args: &[String]) -> Outcome<()> {
    let [speech, address, pid, numbers @ ..] = args else {
        return Err("load takes 8 words".into());
    };
    let (address, pid): (SocketAddr, u32) = (address.parse()?, pid.parse()?);
    let numbers: Vec<u32> = numbers.iter().map(|a| a.parse()).collect::<Result<_, _>>()?;
    let [members, rate, warm, seconds, bytes] = numbers[..] else {
        return Err("load takes 8 words".into());
    };
    let mut crowd = Crowd::new(Speech::parse(speech)?, address)?;
    crowd.enter(members as usize, PUBLISHERS, ENTER)?;
    let start = Instant::now() + Duration::from_secs(warm.into());
    let end = start + Duration::from_secs(seconds.into());
    let mut publisher = Publisher {
        every: Duration::from_secs(1) / rate,
        next: Instant::now(),
        bytes: bytes as usize,
        sent: Vec::new(),
    };
    run(&mut crowd, &mut publisher, start, &mut Seen::default())?;
    let mut event_bytes = bytes as usize;
    if let Some(sample) = crowd.sample() {
        event_bytes = frame::event_bytes(sample);
    }

    let (own, at) = (std::process::id(), Instant::now());
    let before = (RunTime::of(pid), RunTime::of(own), crate::proc::busy());
    let published = publisher.sent.len();
    let mut seen = Seen::default();
    run(&mut crowd, &mut publisher, end, &mut seen)?;
    let after = (RunTime::of(pid), RunTime::of(own), crate::proc::busy());
    let window = at.elapsed().as_secs_f64();
    let published = match crowd.speech {
        Speech::None => window * f64::from(rate),
        _ => (publisher.sent.len() - published) as f64,
    };

    let cpu = after.0.since(&before.0).as_secs_f64();
    let load = after.1.since(&before.1).as_secs_f64();
    let all = (after.2 - before.2).as_secs_f64();
    seen.latencies.sort_unstable();
    let quantile = |q: f64| {
        let i = (seen.latencies.len() as f64 * q) as usize;
        seen.latencies.get(i).map(|us| f64::from(*us) / 1_000.0)
    };
    let percent = |seconds: f64| (100.0 * seconds / window).max(0.0);
    let measured = Measured {
        cost: cpu * 1e6 / seen.messages.max(1) as f64,
        delivered: seen.messages,
        complete: seen.messages as f64 / (published * f64::from(members)).max(1.0),
        per_read: seen.messages as f64 / seen.reads.max(1) as f64,
        event_bytes,
        latency: quantile(0.50).zip(quantile(0.99)),
        cpu: (percent(cpu), percent(load), percent(all - cpu - load)),
    };
    println!("{}", serde_json::to_string(&measured)?);
    Ok(())
}

/// Publishes and reads until `end`.
fn run(crowd: &mut Crowd, publisher: &mut Publisher, end: Instant, seen: &mut Seen) -> Outcome<()> {
    loop {
        let now = Instant::now();
        if now >= end {
            return Ok(());
        }
        publisher.publish(crowd, now)?;
        let wake = if crowd.speech == Speech::None { end } else { end.min(publisher.next) };
        crowd.read(wake.saturating_duration_since(Instant::now()), |events| {
            let now = Instant::now();
            let cids = events.iter().filter_map(|event| event.cid);
            for cid in cids {
                seen.messages += 1;
                if let Some(sent) = publisher.sent.get(cid as usize) {
                    let us = now.saturating_duration_since(*sent).as_micros();
                    seen.latencies.push(u32::try_from(us).unwrap_or(u32::MAX));
                }
            }
        })?;
        seen.reads += crowd.take_reads();
    }
}
