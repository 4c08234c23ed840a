//! The writer of the log: one task, one transaction for all that waits.
//!
//! Takes at most [`BOUND`] jobs; a full queue makes the sender wait, nothing
//! is dropped. What must be on disk before it is acknowledged carries the
//! acknowledgement with it.

use crate::frames;
use crate::metrics::Metrics;
use crate::ws::conn::{Conn, Level};
use bytes::Bytes;
use std::sync::Arc;
use surtitle_core::{Code, Reject};
use surtitle_store::{LogWrite, Store};
use tokio::sync::{mpsc, oneshot};

/// Jobs that may wait.
const BOUND: usize = 16_384;
/// Most jobs in one transaction.
const BATCH: usize = 2_048;

/// An acknowledgement that waits for the disk.
#[derive(Debug)]
pub struct Receipt {
    /// Whose.
    pub conn: Arc<Conn>,
    /// The encoded `ack`.
    pub ack: Bytes,
    /// The number to answer with if the disk says no.
    pub cid: u32,
}

#[derive(Debug)]
enum Job {
    Write(Vec<LogWrite>, Option<Receipt>),
    Sync(oneshot::Sender<()>),
}

/// The sending end of the log.
#[derive(Debug, Clone)]
pub struct Log {
    jobs: mpsc::Sender<Job>,
}

impl Log {
    /// Starts the writer.
    pub fn start(store: Arc<dyn Store>, metrics: Metrics) -> Self {
        let (jobs, queue) = mpsc::channel(BOUND);
        tokio::spawn(run(store, metrics, queue));
        Self { jobs }
    }

    /// Writes; `receipt` is sent when it is on disk.
    pub async fn write(&self, writes: Vec<LogWrite>, receipt: Option<Receipt>) {
        // The writer lives as long as any sender; a closed queue is a stop.
        let _ = self.jobs.send(Job::Write(writes, receipt)).await;
    }

    /// Returns when everything written before is on disk.
    pub async fn sync(&self) {
        let (done, wait) = oneshot::channel();
        if self.jobs.send(Job::Sync(done)).await.is_ok() {
            let _ = wait.await;
        }
    }
}

async fn run(store: Arc<dyn Store>, metrics: Metrics, mut queue: mpsc::Receiver<Job>) {
    let mut jobs = Vec::new();
    while queue.recv_many(&mut jobs, BATCH).await > 0 {
        let (mut writes, mut receipts, mut syncs) = (Vec::new(), Vec::new(), Vec::new());
        for job in jobs.drain(..) {
            match job {
                Job::Write(more, receipt) => {
                    writes.extend(more);
                    receipts.extend(receipt);
                }
                Job::Sync(done) => syncs.push(done),
            }
        }
        let result = if writes.is_empty() { Ok(()) } else { store.append(&writes).await };
        metrics.commits.inc();
        if let Err(error) = &result {
            metrics.commit_errors.inc();
            tracing::error!("log: {} writes were not kept: {error}", writes.len());
        }
        for Receipt { conn, ack, cid } in receipts {
            match &result {
                Ok(()) => conn.push(&ack, Level::Message),
                Err(_) => {
                    let reject = Reject::new(
                        Code::Internal,
                        "the gift could not be written down; try again in a moment",
                    );
                    conn.push(&frames::encode_reject(&reject, Some(cid)), Level::Message);
                }
            }
        }
        for done in syncs {
            let _ = done.send(());
        }
    }
}
