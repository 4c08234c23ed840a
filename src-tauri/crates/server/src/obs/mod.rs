//! OBS: puts the overlay in, tells whether it is on air, mends it when it freezes.
//!
//! One task keeps the connection and is the only one that speaks to OBS; it
//! connects for ever, so that OBS may be started before us or after. What it
//! finds goes to the show, whose figures carry it to the consoles.
//! docs/obs.md says what the host sees of this.

mod address;
mod backdrop;
mod behind;
mod capture;
mod client;
mod healing;
mod item;
mod judge;
mod mark;
mod picture;
mod plan;
mod put;
mod settings;
#[cfg(test)]
mod tests;
mod watch;
mod words;

pub use mark::Mark;
pub use settings::Settings;

use crate::dev::KeepKey;
use crate::show::{Shared, ShowHandle};
use crate::stream::Streams;
use client::is_password;
use judge::Beats;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use surtitle_core::wire::ObsInfo;
use surtitle_core::{Code, Reject};
use tokio::sync::{mpsc, oneshot, watch as channel};

/// Orders that may wait; more are refused.
const BOUND: usize = 8;

/// What the host wants of the task.
#[derive(Debug)]
enum Order {
    /// The settings are others now.
    Changed,
    /// Put the overlay into OBS; told what was done, in words.
    Put { scene: Option<String>, reply: oneshot::Sender<Result<Vec<&'static str>, Reject>> },
    /// Refresh the source now.
    Heal { reply: oneshot::Sender<Result<(), Reject>> },
    /// Which scenes there are.
    Scenes { reply: oneshot::Sender<Result<Vec<String>, Reject>> },
}

impl Order {
    /// Tells whoever asked that OBS cannot be reached.
    fn refuse(self, why: &str) {
        let no = || Reject::new(Code::Offline, why.trim_end_matches('.'));
        // Whoever asked may have gone.
        match self {
            Self::Changed => {}
            Self::Put { reply, .. } => drop(reply.send(Err(no()))),
            Self::Heal { reply } => drop(reply.send(Err(no()))),
            Self::Scenes { reply } => drop(reply.send(Err(no()))),
        }
    }
}

/// Shared by the task and whoever orders.
struct Inner {
    /// Guards the settings; held for one copy.
    settings: Mutex<Settings>,
    /// Guards the password; held for one copy.
    password: Mutex<Option<String>>,
    /// Guards what pages said; held for one look.
    beats: Mutex<Beats>,
    shared: Shared,
    show: ShowHandle,
    streams: Arc<Streams>,
    listen: SocketAddr,
}

/// The way to OBS.
#[derive(Clone)]
pub struct Obs {
    inner: Arc<Inner>,
    keep: KeepKey,
    orders: mpsc::Sender<Order>,
}

impl std::fmt::Debug for Obs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Obs").finish_non_exhaustive()
    }
}

/// What the way to OBS starts from.
pub struct Start {
    /// Where this server listens.
    pub listen: SocketAddr,
    /// The password that was kept.
    pub password: Option<String>,
    /// Where a new one goes; an empty one for none.
    pub keep: KeepKey,
    /// Where what is found goes.
    pub info: channel::Sender<ObsInfo>,
}

impl Obs {
    /// Starts the task.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn start(
        shared: Shared,
        show: ShowHandle,
        streams: Arc<Streams>,
        start: Start,
    ) -> Result<Self, surtitle_store::Error> {
        let settings = Settings::kept(shared.store.as_ref()).await?;
        let inner = Arc::new(Inner {
            settings: Mutex::new(settings),
            password: Mutex::new(start.password.filter(|p| !p.is_empty())),
            beats: Mutex::default(),
            shared,
            show,
            streams,
            listen: start.listen,
        });
        let (orders, queue) = mpsc::channel(BOUND);
        tokio::spawn(watch::run(Arc::clone(&inner), queue, start.info));
        Ok(Self { inner, keep: start.keep, orders })
    }

    /// A page has drawn a mark.
    pub fn beat(&self, mark: Mark) {
        if mark.page < mark::MODULUS && mark.n < mark::MODULUS {
            let now = self.inner.shared.clock.now();
            lock(&self.inner.beats).hear(now, mark);
        }
    }

    /// The settings, and whether there is a password.
    pub fn settings(&self) -> (Settings, bool) {
        (lock(&self.inner.settings).clone(), lock(&self.inner.password).is_some())
    }

    /// Changes settings, and the password if one is given (empty: none). They
    /// are on disk when this returns; the password goes nowhere else.
    ///
    /// # Errors
    /// [`Code::BadValue`], or they could not be written down.
    pub async fn change(&self, settings: Settings, password: Option<String>) -> Result<(), Reject> {
        if let Some(password) = password {
            if !password.is_empty() && !is_password(&password) {
                return Err(Reject::new(
                    Code::BadValue,
                    "the password is longer than 256 bytes or has more than one line; copy it \
                     from OBS: Tools, WebSocket Server Settings, Show Connect Info",
                ));
            }
            let (keep, kept) = (self.keep.clone(), password.clone());
            let done = tokio::task::spawn_blocking(move || keep.keep(&kept)).await;
            let lost = |_| Reject::new(Code::Internal, "the password could not be kept");
            done.map_err(lost)?.map_err(|why| Reject::new(Code::Internal, why))?;
            *lock(&self.inner.password) = Some(password).filter(|p| !p.is_empty());
        }
        settings.keep(self.inner.shared.store.as_ref()).await?;
        *lock(&self.inner.settings) = settings;
        self.order(Order::Changed)
    }

    /// Puts the overlay into OBS, into `scene` or the one that goes out.
    ///
    /// # Errors
    /// Why it cannot be, and what to do.
    pub async fn put(&self, scene: Option<String>) -> Result<Vec<&'static str>, Reject> {
        self.asked(|reply| Order::Put { scene, reply }).await
    }

    /// Refreshes the source now.
    ///
    /// # Errors
    /// Why it cannot be, and what to do.
    pub async fn heal(&self) -> Result<(), Reject> {
        self.asked(|reply| Order::Heal { reply }).await
    }

    /// The scenes of OBS, topmost first.
    ///
    /// # Errors
    /// OBS does not answer.
    pub async fn scenes(&self) -> Result<Vec<String>, Reject> {
        self.asked(|reply| Order::Scenes { reply }).await
    }

    async fn asked<T>(
        &self,
        order: impl FnOnce(oneshot::Sender<Result<T, Reject>>) -> Order,
    ) -> Result<T, Reject> {
        let (reply, answer) = oneshot::channel();
        self.order(order(reply))?;
        let lost = |_| Reject::new(Code::Offline, "OBS went away before it was done; try again");
        answer.await.map_err(lost)?
    }

    fn order(&self, order: Order) -> Result<(), Reject> {
        self.orders.try_send(order).map_err(|_| {
            Reject::new(Code::Offline, "OBS is still busy with what was asked before; try again")
        })
    }
}

fn lock<T>(guarded: &Mutex<T>) -> MutexGuard<'_, T> {
    guarded.lock().unwrap_or_else(PoisonError::into_inner)
}
