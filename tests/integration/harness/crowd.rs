//! Many members who talk at once, each at a pace the server allows.

use super::{Client, Server};
use std::time::Duration;
use surtitle_core::EventId;
use surtitle_core::wire::Body;
use tokio::task::JoinSet;

/// Members in the room.
pub struct Crowd {
    members: Vec<Client>,
}

impl Crowd {
    /// Lets `count` viewers in.
    pub async fn gather(server: &Server, count: usize) -> Self {
        let mut members = Vec::new();
        for n in 0..count {
            members.push(server.viewer(&format!("member {n}")).await);
        }
        Self { members }
    }

    /// Each says `lines` lines, one every `pause`, evenly spread among them.
    /// Returns the ids, once all of them were acknowledged.
    pub async fn talk(&mut self, lines: u32, pause: Duration) -> Vec<EventId> {
        let step = pause / u32::try_from(self.members.len()).expect("a few");
        let mut talking = JoinSet::new();
        for (n, mut member) in (0u32..).zip(self.members.drain(..)) {
            talking.spawn(async move {
                let first = tokio::time::Instant::now() + step * n;
                let mut beat = tokio::time::interval_at(first, pause);
                let mut cids = Vec::new();
                for line in 0..lines {
                    beat.tick().await;
                    let text = format!("line {line} of member {n}");
                    cids.push(member.send(Body::Comment { text }).await);
                }
                let mut ids = Vec::new();
                for cid in cids {
                    ids.push(member.acked(cid).await);
                }
                (member, ids)
            });
        }
        let mut all = Vec::new();
        for (member, ids) in talking.join_all().await {
            self.members.push(member);
            all.extend(ids);
        }
        all
    }
}
