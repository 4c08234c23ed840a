//! Counters for `/metrics`, in the Prometheus text format.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// Label of refusals.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct CodeLabel {
    /// The stable code.
    pub code: u32,
}

/// Label of fates.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct FateLabel {
    /// The fate's word.
    pub fate: String,
}

/// Everything that is counted.
#[derive(Debug, Default, Clone)]
pub struct Metrics {
    /// Open sockets.
    pub connections: Gauge,
    /// Sockets accepted.
    pub accepted: Counter,
    /// Client frames read.
    pub frames: Counter,
    /// Refusals by code.
    pub refused: Family<CodeLabel, Counter>,
    /// Sockets the server closed, by close code.
    pub closed: Family<CodeLabel, Counter>,
    /// Messages delivered: events × connections.
    pub delivered: Counter,
    /// Deliveries: one encoded batch to a room.
    pub flushes: Counter,
    /// Events by fate, changes counted again.
    pub fates: Family<FateLabel, Counter>,
    /// Transactions on the log.
    pub commits: Counter,
    /// Transactions that did not work.
    pub commit_errors: Counter,
    /// People in the room, guests included.
    pub online: Gauge,
}

impl Metrics {
    /// The text of `/metrics`.
    pub fn render(&self) -> String {
        let mut r = Registry::with_prefix("surtitle");
        r.register("connections", "Open sockets", self.connections.clone());
        r.register("accepted", "Sockets accepted", self.accepted.clone());
        r.register("frames", "Client frames read", self.frames.clone());
        r.register("refused", "Refusals by code", self.refused.clone());
        r.register("closed", "Sockets closed by the server, by close code", self.closed.clone());
        r.register("delivered", "Messages delivered to connections", self.delivered.clone());
        r.register("flushes", "Batches encoded", self.flushes.clone());
        r.register("fates", "Events by fate", self.fates.clone());
        r.register("commits", "Log transactions", self.commits.clone());
        r.register("commit_errors", "Log transactions that failed", self.commit_errors.clone());
        r.register("online", "People in all rooms", self.online.clone());
        let mut text = String::new();
        // Writing into a string cannot fail.
        let _ = prometheus_client::encoding::text::encode(&mut text, &r);
        text
    }

    /// Counts a refusal.
    pub fn refuse(&self, code: surtitle_core::Code) {
        self.refused.get_or_create(&CodeLabel { code: code.number().into() }).inc();
    }
}
