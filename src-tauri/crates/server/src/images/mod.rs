//! Pictures from elsewhere: faces, gifts, emotes.
//!
//! No page ever asks another server for a picture: that would tell everybody's
//! address to whoever names one, and draw whatever comes back. An outside
//! address that goes by in an event is noted and replaced by a path of our own
//! ([`Images::own`]); the picture is fetched when the first page asks for that
//! path, drawn anew ([`redraw`]), and kept on disk ([`shelf`]).

mod address;
mod answer;
mod event;
mod fetch;
mod format;
mod key;
mod redraw;
mod sheet;
mod shelf;
#[cfg(test)]
mod tests;

pub use answer::serve;
pub use fetch::BYTES;
pub use redraw::{Drawing, Size};
pub use shelf::{Bounds, Picture};

use bytes::Bytes;
use fetch::Fetcher;
use key::Key;
use lru::LruCache;
use shelf::Shelf;
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::time::Instant;

/// Every picture's path begins with this.
pub const PATH: &str = "/image/";

/// Addresses noted that have no picture yet; the one named longest ago goes,
/// and its path is then answered with 404.
const NAMES: NonZeroUsize = NonZeroUsize::new(20_000).expect("not zero");
/// Failures remembered; the oldest goes.
const FAULTS: NonZeroUsize = NonZeroUsize::new(5_000).expect("not zero");
/// An address that failed is not asked again for this long.
const REST: Duration = Duration::from_secs(300);
/// Pictures on their way at once; asking for one more is answered with 503.
const FLIGHTS: usize = 256;
/// Connections to other servers at once; the other flights wait.
const FETCHES: usize = 8;
/// Pictures decoded at once; each may take 160 MB for a moment.
const DECODERS: usize = 2;

/// Where pictures are kept and what may be asked for.
#[derive(Debug, Clone)]
pub struct ImagesConfig {
    /// Folder of the files; `None` keeps them in a folder that goes with the program.
    pub folder: Option<PathBuf>,
    /// Also ask this machine and private networks, on any port.
    pub allow_private: bool,
    /// How much is kept.
    pub bounds: Bounds,
}

/// Why there is no picture to show.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nobody named this one, or not lately.
    #[error("no such picture")]
    Unknown,
    /// It failed a moment ago.
    #[error("this picture failed a moment ago and is left alone for now")]
    Resting,
    /// [`FLIGHTS`].
    #[error("too many pictures are on their way; try again")]
    Crowded,
    /// The address is not asked, or did not answer.
    #[error("the picture's address cannot be used: {0}")]
    Fetch(#[from] fetch::Fault),
    /// What came is no picture.
    #[error("the picture cannot be used: {0}")]
    Bad(#[from] redraw::Bad),
    /// The disk did not take it.
    #[error("the picture cannot be written to disk")]
    Disk,
}

impl From<address::Refused> for Fault {
    fn from(refused: address::Refused) -> Self {
        Self::Fetch(refused.into())
    }
}

type Outcome = Result<Picture, Fault>;

/// Every picture of this server; clones share it.
#[derive(Debug, Clone)]
pub struct Images(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    fetcher: Fetcher,
    shelf: Shelf,
    names: Mutex<LruCache<Key, (String, Size)>>,
    faults: Mutex<LruCache<Key, Instant>>,
    /// On their way; at most [`FLIGHTS`].
    flights: Mutex<HashMap<Key, watch::Receiver<Option<Outcome>>>>,
    fetches: Semaphore,
    decoders: Arc<Semaphore>,
}

impl Images {
    /// Opens the folder.
    ///
    /// # Errors
    /// If it cannot be made or read.
    pub fn open(config: ImagesConfig) -> std::io::Result<Self> {
        let folder = config.folder.unwrap_or_else(|| {
            std::env::temp_dir().join(format!("surtitle-images-{}", std::process::id()))
        });
        Ok(Self(Arc::new(Inner {
            fetcher: Fetcher::new(config.allow_private),
            shelf: Shelf::open(folder, config.bounds)?,
            names: Mutex::new(LruCache::new(NAMES)),
            faults: Mutex::new(LruCache::new(FAULTS)),
            flights: Mutex::default(),
            fetches: Semaphore::new(FETCHES),
            decoders: Arc::new(Semaphore::new(DECODERS)),
        })))
    }

    /// A path of ours for a face's or gift's address; what is a path of ours
    /// already stays. `None` for what is never shown.
    pub fn own(&self, url: &str) -> Option<String> {
        self.own_at(url, Size::Face)
    }

    /// The same for a picture that is shown large.
    pub fn own_large(&self, url: &str) -> Option<String> {
        self.own_at(url, Size::Large)
    }

    fn own_at(&self, url: &str, size: Size) -> Option<String> {
        if is_own(url) {
            return Some(url.to_owned());
        }
        address::parse(url, self.0.fetcher.allows_private()).ok()?;
        let key = Key::of(size.word(), url.as_bytes());
        lock(&self.0.names).get_or_insert(key, || (url.to_owned(), size));
        Some(format!("{PATH}{key}"))
    }

    /// The picture of a key, fetched if this is the first who asks.
    ///
    /// # Errors
    /// [`Fault`]. One that is worth waiting for is remembered for [`REST`].
    pub async fn get(&self, key: Key) -> Outcome {
        if self.0.shelf.has(key) {
            let named = self.named(key);
            if let Some(picture) = self.read(key).await {
                return Ok(picture);
            }
            // Damaged, and gone from the shelf with its address.
            if let Some(named) = named {
                lock(&self.0.names).put(key, named);
            }
        }
        let mut flight = self.board(key)?;
        // The sender always says something before it goes.
        let landed = flight.wait_for(Option::is_some).await;
        landed.map_or(Err(Fault::Disk), |outcome| outcome.clone().unwrap_or(Err(Fault::Disk)))
    }

    /// Joins the flight that fetches a key, or starts it.
    fn board(&self, key: Key) -> Result<watch::Receiver<Option<Outcome>>, Fault> {
        let (url, size) = self.named(key).ok_or(Fault::Unknown)?;
        let now = Instant::now();
        if lock(&self.0.faults).get(&key).is_some_and(|until| *until > now) {
            return Err(Fault::Resting);
        }
        let mut flights = lock(&self.0.flights);
        if let Some(flight) = flights.get(&key) {
            return Ok(flight.clone());
        }
        if flights.len() >= FLIGHTS {
            return Err(Fault::Crowded);
        }
        let (landed, flight) = watch::channel(None);
        flights.insert(key, flight.clone());
        let images = self.clone();
        // Goes on though the page that asked first is gone: others may wait.
        tokio::spawn(async move {
            let outcome = images.fly(key, &url, size).await;
            if let Err(fault) = &outcome {
                tracing::debug!("images: {key}: {fault}");
                lock(&images.0.faults).put(key, Instant::now() + REST);
            }
            // In this order: who comes after it finds the picture on the shelf.
            lock(&images.0.flights).remove(&key);
            landed.send_replace(Some(outcome));
        });
        Ok(flight)
    }

    /// Where a key's picture is, of what was noted or is on the shelf.
    fn named(&self, key: Key) -> Option<(String, Size)> {
        let noted = lock(&self.0.names).get(&key).cloned();
        noted.or_else(|| {
            let url = self.0.shelf.url(key)?;
            let sizes = [Size::Face, Size::Large, Size::Emote];
            let size = sizes.into_iter().find(|s| Key::of(s.word(), url.as_bytes()) == key)?;
            Some((url, size))
        })
    }

    async fn fly(&self, key: Key, url: &str, size: Size) -> Outcome {
        let drawing = self.fetch(url, size).await?;
        let png = Bytes::from(drawing.png.clone());
        let url = url.to_owned();
        let kept = size == Size::Emote;
        self.blocking(move |inner| inner.shelf.write(key, &url, kept, &drawing)).await?;
        Ok(Picture { png })
    }

    /// Fetches an address and draws it anew.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn fetch(&self, url: &str, size: Size) -> Result<Drawing, Fault> {
        let url = address::parse(url, self.0.fetcher.allows_private())?;
        let bytes = {
            // Never closed.
            let _permit = self.0.fetches.acquire().await;
            self.0.fetcher.fetch(url).await?
        };
        self.draw(bytes, size).await
    }

    /// Draws bytes anew.
    ///
    /// # Errors
    /// [`Fault::Bad`].
    pub async fn draw(&self, bytes: Bytes, size: Size) -> Result<Drawing, Fault> {
        let permit = Arc::clone(&self.0.decoders).acquire_owned().await;
        let drawn = tokio::task::spawn_blocking(move || {
            // Held by the thread: it goes on though nobody waits any more.
            let _permit = permit;
            redraw::redraw(&bytes, size)
        });
        // A decoder that panicked met a picture nobody should have.
        Ok(drawn.await.unwrap_or(Err(redraw::Bad::Broken))?)
    }

    /// Puts a picture on the shelf for as long as its emote is there; its path.
    ///
    /// # Errors
    /// [`Fault::Disk`].
    pub async fn keep(&self, drawing: Drawing, url: &str) -> Result<String, Fault> {
        let key = Key::of(Size::Emote.word(), &drawing.png);
        let path = format!("{PATH}{key}");
        self.remember(&path, url);
        let url = url.to_owned();
        self.blocking(move |inner| inner.shelf.write(key, &url, true, &drawing)).await?;
        Ok(path)
    }

    /// Puts a viewer's own picture on the shelf; its path. It goes like any
    /// other that nobody looks at.
    ///
    /// # Errors
    /// [`Fault::Disk`].
    pub async fn put_face(&self, drawing: Drawing) -> Result<String, Fault> {
        let key = Key::of(Size::Face.word(), &drawing.png);
        self.blocking(move |inner| inner.shelf.write(key, "", false, &drawing)).await?;
        Ok(format!("{PATH}{key}"))
    }

    /// Notes where an emote's picture came from, should its file be lost.
    pub fn remember(&self, path: &str, url: &str) {
        if let (Some(key), false) = (key_of(path), url.is_empty()) {
            lock(&self.0.names).put(key, (url.to_owned(), Size::Emote));
        }
    }

    /// Takes the picture of an emote that is gone off the shelf.
    pub async fn let_go(&self, path: &str) {
        let Some(key) = key_of(path) else { return };
        lock(&self.0.names).pop(&key);
        let done = self.blocking(move |inner| {
            inner.shelf.remove(key);
            Ok(())
        });
        // Nothing is lost by a file too many.
        drop(done.await);
    }

    async fn read(&self, key: Key) -> Option<Picture> {
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || inner.shelf.read(key)).await.ok().flatten()
    }

    async fn blocking<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Inner) -> std::io::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let inner = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || act(&inner)).await;
        done.unwrap_or_else(|error| Err(error.into())).map_err(|error| {
            tracing::error!("images: {error}");
            Fault::Disk
        })
    }
}

/// The key in a path of ours.
fn key_of(path: &str) -> Option<Key> {
    Key::parse(path.strip_prefix(PATH)?)
}

/// Whether a picture's address is a path of this server where pictures are.
fn is_own(url: &str) -> bool {
    let rest = [PATH, "/gifts/", "/effects/"].iter().find_map(|folder| url.strip_prefix(folder));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.contains("..")
            && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._/".contains(&b))
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
