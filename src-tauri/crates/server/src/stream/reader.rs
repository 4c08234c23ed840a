//! One reader's video: which picture it gets when, and the time on it.

use super::feed::Reading;
use super::{Size, matroska};
use bytes::Bytes;
use futures_util::{Stream, stream};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Without a new picture the last is sent again after this long, so that a
/// player has something to read.
const KEEP_ALIVE: Duration = Duration::from_millis(500);
/// Pictures sent at once, for a player that must see some before it plays.
const BURST: usize = 4;
/// A player that just began gets pictures a millisecond apart for this long:
/// what it reads before it plays is then no delay for ever after.
const SETTLE: Duration = Duration::from_secs(2);

/// What one reader has got.
#[derive(Debug)]
pub struct Reader {
    reading: Reading,
    began: Instant,
    /// ms of the last picture.
    last: u64,
    /// Pieces of the video that are ready.
    ready: VecDeque<Bytes>,
}

impl Reader {
    /// The bytes of a video. Between two pieces the newest picture is chosen,
    /// so whoever takes them slowly misses pictures.
    pub fn stream(reading: Reading, size: Size) -> impl Stream<Item = Result<Bytes, Infallible>> {
        let ready = VecDeque::from([matroska::head(size).into()]);
        let mut reader = Self { reading, began: Instant::now(), last: 0, ready };
        for _ in 0..BURST {
            reader.take();
        }
        stream::unfold(reader, async |mut reader| {
            let piece = reader.next().await?;
            Some((Ok(piece), reader))
        })
    }

    async fn next(&mut self) -> Option<Bytes> {
        if self.ready.is_empty() {
            let changed = timeout(KEEP_ALIVE, self.reading.picture.changed());
            if let Ok(Err(_)) = changed.await {
                return None;
            }
            self.take();
        }
        self.ready.pop_front()
    }

    fn take(&mut self) {
        let picture = self.reading.picture.borrow_and_update().clone();
        self.last = time(self.last, self.began.elapsed());
        self.ready.push_back(matroska::cluster(self.last, picture.len()).into());
        self.ready.push_back(picture);
    }
}

/// Time of the next picture in ms, `passed` after the first.
fn time(last: u64, passed: Duration) -> u64 {
    let settled = u64::try_from(passed.saturating_sub(SETTLE).as_millis()).unwrap_or(u64::MAX);
    (last + 1).max(settled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_stands_nearly_still_at_first_and_then_runs() {
        let mut last = 0;
        for ms in (0..2_000).step_by(33) {
            last = time(last, Duration::from_millis(ms));
        }
        assert_eq!(last, 61);
        assert_eq!(time(last, Duration::from_millis(2_050)), 62);
        assert_eq!(time(last, Duration::from_millis(3_000)), 1_000);
    }
}
