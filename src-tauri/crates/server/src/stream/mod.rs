//! The alpha stream: an overlay as an endless transparent video, for an OBS
//! without a browser source. `GET /stream/NAME` is what its media source opens.
//!
//! ```text
//! overlay page ─► browser without a window ─► PNG, when something changed
//!                                              └► Targa ─► Matroska ─► each reader
//! ```
//!
//! A browser runs only while somebody reads, one for all readers of the same
//! overlay and size, and is started again when it dies or stops drawing. A
//! reader gets the newest picture whenever it has taken the last: a slow one
//! misses pictures and holds nobody up.

mod cdp;
mod drawing;
mod feed;
mod find;
mod matroska;
mod process;
mod reader;
mod serve;
mod targa;
#[cfg(test)]
mod tests;

pub use feed::{Health, StreamState};
pub use serve::stream;

use crate::auth::Tokens;
use crate::clock::Clock;
use feed::{Feed, Reading};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Most browsers at once; one takes 300 MB and up to a core.
const FEEDS: usize = 4;

/// Size of a picture in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    /// 16–3840.
    pub width: u16,
    /// 16–2160.
    pub height: u16,
}

impl Size {
    /// What OBS draws unless told otherwise.
    pub const DEFAULT: Self = Self { width: 1920, height: 1080 };

    /// A size inside the bounds.
    pub fn new(width: u16, height: u16) -> Option<Self> {
        let fits = (16..=3840).contains(&width) && (16..=2160).contains(&height);
        fits.then_some(Self { width, height })
    }

    /// How many pixels.
    pub fn pixels(self) -> usize {
        usize::from(self.width) * usize::from(self.height)
    }
}

/// What goes wrong with a browser.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It cannot be started.
    #[error("the browser cannot be started: {0}")]
    Start(#[source] std::io::Error),
    /// It has ended.
    #[error("the browser ended")]
    Gone,
    /// It no longer answers.
    #[error("the browser does not answer")]
    Silent,
    /// Its page died.
    #[error("the overlay page crashed")]
    Crashed,
    /// It draws no transparent pictures.
    #[error("this browser draws no transparent pictures; use a newer Chromium")]
    Opaque,
    /// It refuses a command.
    #[error("the browser refuses {method}: {why}")]
    Refused {
        /// Which.
        method: &'static str,
        /// In its words.
        why: String,
    },
}

/// Why nobody can read a stream now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unready {
    /// There is no browser on this machine.
    NoBrowser,
    /// Enough are running.
    Full,
    /// The server stops.
    Stopping,
}

/// What every feed needs.
#[derive(Debug)]
struct Studio {
    tokens: Arc<Tokens>,
    clock: Clock,
    /// Where our own pages are.
    base: String,
    /// The browser the host chose.
    chosen: Option<PathBuf>,
    stop: watch::Sender<bool>,
}

impl Studio {
    fn browser(&self) -> Option<PathBuf> {
        find::browser(self.chosen.as_ref())
    }
}

type Key = (String, Size);

/// Every alpha stream of this server.
#[derive(Debug)]
pub struct Streams {
    studio: Arc<Studio>,
    /// Guards the list of feeds; held for one look-up.
    feeds: Mutex<HashMap<Key, Arc<Feed>>>,
}

impl Streams {
    /// For pages served at `addr`, drawn by `chosen` or by a browser that is found.
    pub fn new(
        tokens: Arc<Tokens>,
        clock: Clock,
        addr: SocketAddr,
        chosen: Option<PathBuf>,
    ) -> Self {
        let mut addr = addr;
        if addr.ip().is_unspecified() {
            let loopback = match addr {
                SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
            };
            addr.set_ip(loopback);
        }
        let base = format!("http://{addr}");
        let studio = Studio { tokens, clock, base, chosen, stop: watch::Sender::new(false) };
        Self { studio: Arc::new(studio), feeds: Mutex::default() }
    }

    /// The browser that would draw; `None` if none is installed.
    pub fn browser(&self) -> Option<PathBuf> {
        self.studio.browser()
    }

    /// What OBS's media source opens to show an overlay.
    pub fn url(&self, overlay: &str, size: Size) -> String {
        let Size { width, height } = size;
        format!("{}/stream/{overlay}?w={width}&h={height}", self.studio.base)
    }

    /// Has the pages of an overlay started anew, in other browsers if asked again soon.
    pub fn restart(&self, overlay: &str) {
        for ((name, _), feed) in self.lock().iter() {
            if name == overlay {
                feed.restart();
            }
        }
    }

    /// How each picture of an overlay fares; empty if nobody reads one.
    pub fn health(&self, overlay: &str) -> Vec<Health> {
        let feeds = self.lock();
        feeds
            .iter()
            .filter(|((name, _), _)| name == overlay)
            .map(|(_, feed)| feed.health())
            .collect()
    }

    /// Begins to read.
    ///
    /// # Errors
    /// [`Unready`].
    fn read(&self, overlay: &str, size: Size) -> Result<Reading, Unready> {
        if *self.studio.stop.borrow() {
            return Err(Unready::Stopping);
        }
        if self.browser().is_none() {
            return Err(Unready::NoBrowser);
        }
        let mut feeds = self.lock();
        feeds.retain(|_, feed| !feed.is_over());
        let key = (overlay.to_owned(), size);
        if let Some(reading) = feeds.get(&key).and_then(Feed::read) {
            return Ok(reading);
        }
        feeds.remove(&key);
        if feeds.len() >= FEEDS {
            return Err(Unready::Full);
        }
        let feed = Feed::start(Arc::clone(&self.studio), overlay.to_owned(), size);
        let reading = Feed::read(&feed).ok_or(Unready::Stopping)?;
        feeds.insert(key, feed);
        Ok(reading)
    }

    /// Ends every browser; returns when they are gone.
    pub async fn stop(&self) {
        self.studio.stop.send_replace(true);
        let feeds: Vec<Arc<Feed>> = self.lock().drain().map(|(_, feed)| feed).collect();
        for feed in feeds {
            feed.over().await;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Arc<Feed>>> {
        self.feeds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
