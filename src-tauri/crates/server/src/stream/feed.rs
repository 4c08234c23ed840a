//! One picture that is being drawn: its readers, and the task that keeps a
//! browser at work for them.

use super::drawing::{self, Target};
use super::process::Browser;
use super::{Fault, Size, Studio, targa};
use crate::auth;
use bytes::Bytes;
use std::io::ErrorKind;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use surtitle_core::Role;
use surtitle_store::TokenRecord;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep};

/// A browser without readers goes on this long: OBS opens its sources again.
const LINGER: Duration = Duration::from_secs(5);
/// Wait before a browser is started again, doubled each time.
const AGAIN: Duration = Duration::from_millis(500);
/// The longest such wait.
const AGAIN_MOST: Duration = Duration::from_secs(30);
/// A browser that lived this long starts the waits from the beginning.
const LIVED: Duration = Duration::from_secs(60);

/// What a feed does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamState {
    /// The browser is starting.
    Starting,
    /// Pictures come.
    Drawing,
    /// The last browser failed; another one is tried soon.
    Failed,
}

/// How a feed fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Its picture.
    pub size: Size,
    /// What it does.
    pub state: StreamState,
    /// Who reads it.
    pub readers: usize,
    /// Browsers started so far.
    pub starts: u32,
    /// Why the last browser failed.
    pub fault: Option<String>,
    /// Process of the browser that runs.
    pub process: Option<u32>,
}

#[derive(Debug, Default)]
struct Run {
    drawing: bool,
    starts: u32,
    fault: Option<String>,
    process: Option<u32>,
}

/// A picture that is drawn for its readers.
#[derive(Debug)]
pub struct Feed {
    overlay: String,
    size: Size,
    studio: Arc<Studio>,
    /// The newest picture; nothing at first.
    picture: watch::Sender<Bytes>,
    /// How many read. [`OVER`] once nobody may begin any more.
    readers: watch::Sender<usize>,
    again: Notify,
    /// Guards what is told as health; held for one look or change.
    run: Mutex<Run>,
    over: watch::Sender<bool>,
}

/// Stands for "no more readers" in the count of them.
const OVER: usize = usize::MAX;

/// A reader's place; others see it leave when it is dropped.
#[derive(Debug)]
pub struct Reading {
    feed: Arc<Feed>,
    /// The newest picture.
    pub picture: watch::Receiver<Bytes>,
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.feed.readers.send_modify(|n| *n -= 1);
    }
}

impl Feed {
    /// Starts the task; its first reader must come at once.
    pub fn start(studio: Arc<Studio>, overlay: String, size: Size) -> Arc<Self> {
        let feed = Arc::new(Self {
            overlay,
            size,
            studio,
            picture: watch::Sender::new(targa::empty(size).into()),
            readers: watch::Sender::new(0),
            again: Notify::new(),
            run: Mutex::default(),
            over: watch::Sender::new(false),
        });
        tokio::spawn(keep(Arc::clone(&feed)));
        feed
    }

    /// A place for one more reader; `None` if the feed is ending.
    pub fn read(self: &Arc<Self>) -> Option<Reading> {
        let taken = self.readers.send_if_modified(|n| {
            let open = *n != OVER;
            *n += usize::from(open);
            open
        });
        let picture = self.picture.subscribe();
        taken.then(|| Reading { feed: Arc::clone(self), picture })
    }

    /// Has the page started anew, in another browser if that does not help.
    pub fn restart(&self) {
        self.again.notify_one();
    }

    /// Whether its task has ended.
    pub fn is_over(&self) -> bool {
        *self.over.borrow()
    }

    /// Returns when its task has ended.
    pub async fn over(&self) {
        // The sender is ours, so the channel is open.
        let _ = self.over.subscribe().wait_for(|over| *over).await;
    }

    /// How it fares.
    pub fn health(&self) -> Health {
        let readers = *self.readers.borrow();
        let run = self.run();
        Health {
            size: self.size,
            state: match (run.drawing, &run.fault) {
                (true, _) => StreamState::Drawing,
                (false, None) => StreamState::Starting,
                (false, Some(_)) => StreamState::Failed,
            },
            readers: if readers == OVER { 0 } else { readers },
            starts: run.starts,
            fault: run.fault.clone(),
            process: run.process,
        }
    }

    fn run(&self) -> std::sync::MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts a browser, and makes the token its page says hello with.
    fn open(&self) -> Result<(Browser, Target), Fault> {
        let path = self.studio.browser().ok_or_else(|| Fault::Start(ErrorKind::NotFound.into()))?;
        let token = auth::random_token().map_err(|_| Fault::Start(ErrorKind::Other.into()))?;
        let browser = Browser::start(&path, self.size)?;
        let (hash, name) = (auth::hash(&token), self.overlay.clone());
        let created_at = self.studio.clock.now();
        // Never stored: it ends with the browser.
        self.studio.tokens.accept(&TokenRecord { hash, role: Role::Display, name, created_at });
        let mut run = self.run();
        run.starts = run.starts.saturating_add(1);
        run.process = browser.id();
        let url = format!("{}/overlay/{}", self.studio.base, self.overlay);
        Ok((browser, Target { url, token, size: self.size }))
    }

    /// A new picture for every reader.
    fn show(&self, picture: Bytes) {
        self.picture.send_replace(picture);
        let mut run = self.run();
        (run.drawing, run.fault) = (true, None);
    }

    /// The browser is gone, by this fault or by our own will.
    fn failed(&self, fault: Option<&Fault>) {
        let mut run = self.run();
        (run.drawing, run.process) = (false, None);
        run.fault = fault.map(ToString::to_string);
    }

    /// Returns when nobody has read for [`LINGER`] and nobody may any more, or
    /// when the server stops.
    async fn deserted(&self) {
        let mut stop = self.studio.stop.subscribe();
        let mut readers = self.readers.subscribe();
        let quiet = async {
            loop {
                // The sender is ours, so the channel is open.
                let _ = readers.wait_for(|n| *n == 0).await;
                let came = readers.wait_for(|n| *n != 0);
                if tokio::time::timeout(LINGER, came).await.is_err()
                    && self.readers.send_if_modified(|n| {
                        let over = *n == 0;
                        *n = if over { OVER } else { *n };
                        over
                    })
                {
                    break;
                }
            }
        };
        tokio::select! {
            () = quiet => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
}

/// Keeps a browser at work until the feed is deserted.
async fn keep(feed: Arc<Feed>) {
    let mut deserted = std::pin::pin!(feed.deserted());
    let mut wait = AGAIN;
    loop {
        let began = Instant::now();
        let fault = match feed.open() {
            Ok((mut browser, target)) => {
                let fault = tokio::select! {
                    () = &mut deserted => Err(()),
                    fault = drawing::draw(&mut browser.pipe, &target, &feed.again, |p| feed.show(p)) => Ok(fault),
                };
                browser.end().await;
                feed.studio.tokens.forget(&auth::hash(&target.token));
                let Ok(fault) = fault else { break };
                fault
            }
            Err(fault) => Some(fault),
        };
        feed.failed(fault.as_ref());
        let Some(fault) = fault else { continue };
        tracing::warn!("stream {:?}: {fault}", feed.overlay);
        if began.elapsed() > LIVED {
            wait = AGAIN;
        } else if wait > AGAIN {
            // Old comments must not stand there while browser after browser fails.
            feed.picture.send_replace(targa::empty(feed.size).into());
        }
        tokio::select! {
            () = &mut deserted => break,
            () = sleep(wait) => {}
        }
        wait = (wait * 2).min(AGAIN_MOST);
    }
    feed.over.send_replace(true);
}
