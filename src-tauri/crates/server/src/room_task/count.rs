//! Likes and follows, counted by this server (seed FAQ 6): every few seconds
//! they are written to the group's counters `likes` and `follows`, where SDKs
//! and back ends read them and are told of every change.

use super::RoomTask;
use crate::log::Receipt;
use std::time::Duration;
use surtitle_core::Millis;
use surtitle_tim::group::CounterMode;
use tokio::time::Instant;

/// Time between two writes.
const EVERY: Duration = Duration::from_secs(4);
/// The counter of taps on like.
const LIKES: &str = "likes";
/// The counter of follows.
const FOLLOWS: &str = "follows";

/// What is in the counters.
#[derive(Debug)]
pub struct Tally {
    likes: u64,
    follows: u64,
    at: Instant,
}

impl RoomTask {
    /// What the counters of an earlier run say.
    pub(super) fn tally(group: &surtitle_tim::group::Group) -> Tally {
        let of = |key| group.counters().list.get(key).copied().unwrap_or_default();
        let [likes, follows] = [LIKES, FOLLOWS].map(|key| u64::try_from(of(key)).unwrap_or(0));
        Tally { likes, follows, at: Instant::now() }
    }

    /// Follows an earlier run counted.
    pub(super) fn followed(tally: &Tally) -> u64 {
        tally.follows
    }

    /// When the counters are to be written next.
    pub(super) fn count_at(&self) -> Option<Instant> {
        let moved = self.tally.likes != self.room.likes() || self.tally.follows != self.follows;
        (moved && !self.dismissed).then_some(self.tally.at + EVERY)
    }

    /// Writes the counters if it is time. A group whose counters are all taken
    /// by its app keeps them so.
    pub(super) async fn count(&mut self, now: Millis) {
        if self.count_at().is_none_or(|at| at > Instant::now()) {
            return;
        }
        let (likes, follows) = (self.room.likes(), self.follows);
        self.tally = Tally { likes, follows, at: Instant::now() };
        let value = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let list = [(LIKES.to_owned(), value(likes)), (FOLLOWS.to_owned(), value(follows))];
        let Ok(counted) = self.group.update_counters(CounterMode::Set, &list) else { return };
        for said in &counted.said {
            self.relay.say(now, 6, said.body());
        }
        self.reserve();
        let write = self.document();
        // Nobody waits for it: it is on disk with the next writes of the log.
        self.log.write(vec![write], None::<Receipt>).await;
    }
}
