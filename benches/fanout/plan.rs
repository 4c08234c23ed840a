//! What is run, how long, and with which settings.

use crate::idle::Kept;
use crate::load::Measured;
use crate::{Outcome, server};
use std::time::Duration;

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// This server, every message delivered at once.
    Untimed,
    /// Raw `send()` of one message a call.
    FloorOne,
    /// npm `ws`, its documented broadcast.
    Peer,
    /// Raw `send()` of as many messages a call as a 50 ms tick holds.
    FloorTick,
    /// This server, a delivery every 50 ms.
    Ticked,
    /// npm `ws` with the same tick added by hand.
    PeerTicked,
}

impl Kind {
    /// In the order they are run in: the first one sets the size of a message.
    pub const ALL: [Self; 6] = [
        Self::Untimed,
        Self::FloorOne,
        Self::Peer,
        Self::FloorTick,
        Self::Ticked,
        Self::PeerTicked,
    ];

    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::FloorOne => "raw send, k=1",
            Self::Untimed => "surtitle, tick off",
            Self::Peer => "npm ws",
            Self::FloorTick => "raw send, k=3",
            Self::Ticked => "surtitle, 50 ms",
            Self::PeerTicked => "npm ws, 50 ms",
        }
    }

    /// Whether it needs Node.
    pub fn is_peer(self) -> bool {
        matches!(self, Self::Peer | Self::PeerTicked)
    }

    /// Most messages a read that an undisturbed run shows. More means that
    /// other load stalled a core and messages merged, which flatters the cost.
    pub fn most_per_read(self) -> f64 {
        match self {
            Self::FloorOne | Self::Untimed | Self::Peer => 1.10,
            Self::FloorTick | Self::Ticked | Self::PeerTicked => 3.30,
        }
    }
}

/// The sizes of this run, from the environment.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Connections of a run, senders included.
    pub members: usize,
    /// Messages a second in the room.
    pub rate: u32,
    /// Measured seconds of a run.
    pub seconds: u64,
    /// How often each row is run.
    pub rounds: u32,
    /// Idle connections to measure memory at, rising.
    pub idle: Vec<usize>,
    /// How long to wait for other load to end, before each run.
    pub patience: Duration,
}

/// Seconds between the last join and the measured window.
const WARM: u64 = 2;

impl Plan {
    /// Reads `SURTITLE_BENCH_{MEMBERS,RATE,SECONDS,ROUNDS,IDLE,PATIENCE}`.
    pub fn from_env() -> Outcome<Self> {
        let idle = std::env::var("SURTITLE_BENCH_IDLE").unwrap_or_else(|_| "1000,5000".into());
        let idle = idle.split(',').filter(|n| !n.is_empty()).map(|n| n.trim().parse());
        Ok(Self {
            members: number("MEMBERS", 1_000)?.clamp(4, 15_000) as usize,
            rate: number("RATE", 40)?.clamp(1, 1_000) as u32,
            seconds: number("SECONDS", 6)?.clamp(1, 600),
            rounds: number("ROUNDS", 3)?.clamp(1, 100) as u32,
            idle: idle
                .collect::<Result<_, _>>()
                .map_err(|e| format!("SURTITLE_BENCH_IDLE: {e}"))?,
            patience: Duration::from_secs(number("PATIENCE", 30)?),
        })
    }

    /// One run of one row.
    pub fn measure(&self, kind: Kind, bytes: usize) -> Outcome<Measured> {
        let server = match kind {
            Kind::FloorOne => server::floor(self, 1, bytes)?,
            Kind::FloorTick => server::floor(self, 3, bytes)?,
            Kind::Untimed => server::surtitle(Some(0), self.rate)?,
            Kind::Ticked => server::surtitle(Some(50), self.rate)?,
            Kind::Peer => server::peer(0)?,
            Kind::PeerTicked => server::peer(50)?,
        };
        let speech = match kind {
            Kind::FloorOne | Kind::FloorTick => "none",
            Kind::Untimed | Kind::Ticked => "surtitle",
            Kind::Peer | Kind::PeerTicked => "plain",
        };
        let args = [
            self.members.to_string(),
            self.rate.to_string(),
            WARM.to_string(),
            self.seconds.to_string(),
            bytes.to_string(),
        ];
        server.load("load", speech, &args)
    }

    /// Memory of idle connections at each size.
    pub fn measure_idle(&self) -> Outcome<Vec<Kept>> {
        let sizes: Vec<String> = self.idle.iter().map(usize::to_string).collect();
        server::surtitle(None, self.rate)?.load("idle", "surtitle", &sizes)
    }
}

fn number(name: &str, default: u64) -> Outcome<u64> {
    let name = format!("SURTITLE_BENCH_{name}");
    match std::env::var(&name) {
        Ok(text) => text.parse().map_err(|_| format!("{name}: {text:?} is no number").into()),
        Err(_) => Ok(default),
    }
}
