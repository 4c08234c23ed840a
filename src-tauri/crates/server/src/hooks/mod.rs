//! Webhooks: asking an app's back end before something happens and telling it
//! afterwards, by the vendor's rules.
//!
//! A question ([`Hooks::ask`]) has two seconds in all and is never repeated;
//! without an answer the app's policy decides. An event ([`Hooks::tell`]) goes
//! onto a queue on disk at once and from there to the back end, in order of
//! start, at least once. A dead back end costs a question at most its two
//! seconds, and after five of them nothing; it never makes `tell` wait.
//!
//! ```text
//! ask  ─► gate (breaker) ─► 64 places ─► client ─► verdict, or the policy
//! tell ─► memory ─► disk ─► gate (breaker) ─► 8 in flight ─► client ─► log on disk
//!         queue     └─────────────── deliver ──────────────────────────────────┘
//! ```

mod breaker;
mod call;
pub(crate) mod client;
mod config;
mod deliver;
mod gate;
mod limits;
mod queue;
mod settings;
mod shared;
mod sign;
#[cfg(test)]
mod tests;

pub use call::{Call, Platform};
pub use config::HookConfig;
pub use gate::{Failure, GateHealth};
pub use limits::{BreakerLimits, Limits};
pub use surtitle_tim::hook::{Command, Verdict};

use crate::clock::Clock;
use client::{Client, Fault};
use queue::Job;
use serde::Serialize;
use settings::Settings;
use shared::Shared;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, PoisonError};
use surtitle_store::{DeliveryState, Error, NewDelivery, Row, Store};
use surtitle_tim::code::Refusal;
use surtitle_tim::hook;
use tokio::sync::{Notify, mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

/// How the webhooks of an app fare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// The questions.
    pub asking: GateHealth,
    /// The told events.
    pub telling: GateHealth,
    /// Told events that the back end does not have yet.
    pub waiting: u64,
    /// Told events that were dropped since the start, because too many waited
    /// or the disk took none.
    pub dropped: u64,
}

/// The webhooks of one app.
#[derive(Debug)]
pub struct Hooks {
    shared: Arc<Shared>,
    /// Told events on their way to disk. Takes [`Limits::tell_queue`]; a full
    /// one drops the new event and counts it.
    jobs: mpsc::Sender<Job>,
    /// Ends the lingering of the task behind `jobs`: somebody waits.
    urgent: Arc<Notify>,
    stop: watch::Sender<bool>,
    /// Held by one resend at a time, so that two of one row are counted once.
    resending: tokio::sync::Mutex<()>,
    /// Guards the task that delivers; held to take it.
    deliverer: Mutex<Option<JoinHandle<()>>>,
}

impl Hooks {
    /// The webhooks of an app, going on with what waits on disk.
    ///
    /// # Errors
    /// What the store said.
    pub async fn open(
        app: u32,
        config: HookConfig,
        store: Arc<dyn Store>,
        clock: Clock,
    ) -> Result<Arc<Self>, Error> {
        let client = Client::new(client::tls(client::web_roots()), Limits::default().asking);
        Self::with(app, config, store, clock, Limits::default(), client).await
    }

    async fn with(
        app: u32,
        config: HookConfig,
        store: Arc<dyn Store>,
        clock: Clock,
        limits: Limits,
        client: Client,
    ) -> Result<Arc<Self>, Error> {
        store.prune_deliveries(app, limits.keep).await?;
        let waiting = deliver::count_waiting(store.as_ref(), app).await?;
        let (jobs, told) = mpsc::channel(limits.tell_queue);
        let urgent = Arc::new(Notify::new());
        let (stop, stopped) = watch::channel(false);
        let shared = Shared::new(app, config, store, clock, limits, client);
        shared.waiting.store(waiting, Relaxed);
        tokio::spawn(queue::run(Arc::clone(&shared), told, Arc::clone(&urgent)));
        let deliverer = tokio::spawn(deliver::run(Arc::clone(&shared), stopped));
        let deliverer = Mutex::new(Some(deliverer));
        let resending = tokio::sync::Mutex::new(());
        Ok(Arc::new(Self { shared, jobs, urgent, stop, resending, deliverer }))
    }

    /// Takes a new configuration; one that does not pass
    /// [`HookConfig::check`] calls nobody. With another address the circuit
    /// breakers start anew.
    pub fn configure(&self, config: HookConfig) {
        self.shared.configure(config);
    }

    /// The configuration.
    pub fn config(&self) -> HookConfig {
        self.shared.settings().config.clone()
    }

    /// Whether the back end wants to hear of it. Cheap: a body need not be
    /// written for nobody.
    pub fn wants(&self, command: Command) -> bool {
        self.shared.settings().wants(command)
    }

    /// Asks the back end, at most two seconds. What it does not want to hear
    /// of is allowed.
    pub async fn ask(&self, call: Call) -> Verdict {
        let shared = &self.shared;
        let settings = shared.settings();
        if !call.command.is_before() || !settings.wants(call.command) {
            return Verdict::Allow;
        }
        match self.question(&settings, &call).await {
            Ok(verdict) => verdict,
            Err(fault) => {
                shared.asking.fail(shared.clock.now(), call.command.name(), &fault);
                if settings.config.refuse_on_failure {
                    // The vendor's number for exactly this.
                    let text = "the app's back end gave no answer, and the app refuses without one";
                    Verdict::Refuse(Refusal { number: 80003, text: text.to_owned() })
                } else {
                    Verdict::Allow
                }
            }
        }
    }

    async fn question(&self, settings: &Settings, call: &Call) -> Result<Verdict, Fault> {
        let shared = &self.shared;
        let deadline = Instant::now() + shared.limits.patience;
        // Before waiting for a place: who is in one may wait out the two seconds.
        if shared.asking.is_shut() {
            return Err(Fault::Open);
        }
        let queued = shared.queue_up()?;
        let place = timeout_at(deadline, shared.places.acquire()).await;
        let _place = place.map_err(|_| Fault::Crowded)?.map_err(|_| Fault::Crowded)?;
        drop(queued);
        let pass = shared.asking.pass().map_err(|_| Fault::Open)?;
        let query = call.query(shared.app);
        let verdict = match shared.post(settings, &query, call.body.get(), deadline).await {
            Ok(bytes) => hook::reply(&bytes, call.command, &call.body).map_err(Fault::from),
            Err(fault) => Err(fault),
        };
        pass.end(verdict.is_ok());
        verdict
    }

    /// Puts one question to see whether the back end is right, past the circuit
    /// breaker and the figures.
    ///
    /// # Errors
    /// Why there is no answer that can be used, for the host to read.
    pub async fn probe(&self, call: &Call) -> Result<Verdict, String> {
        let (shared, settings) = (&self.shared, self.shared.settings());
        let (query, deadline) = (call.query(shared.app), Instant::now() + shared.limits.patience);
        let answer = shared.post(&settings, &query, call.body.get(), deadline).await;
        let bytes = answer.map_err(|fault| fault.to_string())?;
        hook::reply(&bytes, call.command, &call.body).map_err(|bad| bad.to_string())
    }

    /// Tells the back end, in the order of the calls of this. Returns at once;
    /// what is told is on disk within 200 ms, see [`Limits`] for what is
    /// dropped.
    pub fn tell(&self, call: Call) {
        let shared = &self.shared;
        if call.command.is_before() || !self.wants(call.command) {
            return;
        }
        if shared.waiting.fetch_add(1, Relaxed) >= shared.limits.waiting {
            return shared.drop_told(1, "too many wait for the back end");
        }
        let new = NewDelivery {
            app: shared.app,
            command: call.command.name().to_owned(),
            query: call.query(shared.app),
            body: Box::<str>::from(call.body).into(),
            made_at: shared.clock.now(),
        };
        if self.jobs.try_send(Job::Tell(new)).is_err() {
            shared.drop_told(1, "the disk is too slow, or the server stops");
        }
    }

    /// Returns when everything told before is on disk.
    pub async fn flush(&self) {
        self.order(Job::Flush).await;
    }

    /// How it goes.
    pub fn health(&self) -> Health {
        let shared = &self.shared;
        let now = shared.clock.now();
        Health {
            asking: shared.asking.health(now),
            telling: shared.telling.health(now),
            waiting: shared.waiting.load(Relaxed),
            dropped: shared.dropped.load(Relaxed),
        }
    }

    /// Tells an event of the log again, once more than its tries; `false` if
    /// this app's log has no such row.
    ///
    /// # Errors
    /// What the store said.
    pub async fn resend(&self, row: Row) -> Result<bool, Error> {
        let shared = &self.shared;
        let _one = self.resending.lock().await;
        let Some(record) = shared.store.get_delivery(row).await? else { return Ok(false) };
        if record.app != shared.app {
            return Ok(false);
        }
        // It is on its way already.
        if shared.is_flying(row) {
            return Ok(true);
        }
        let due = DeliveryState::Due { at: shared.clock.now() };
        shared.store.put_delivery_result(row, record.attempts, &due).await?;
        if !matches!(record.state, DeliveryState::Due { .. }) {
            shared.waiting.fetch_add(1, Relaxed);
        }
        shared.wake.notify_one();
        Ok(true)
    }

    /// Ends orderly: what was told is on disk, calls in flight have ended
    /// (at most two seconds), no more are made. What is told afterwards is
    /// dropped.
    pub async fn close(&self) {
        self.order(Job::Stop).await;
        // Nobody listens if it has ended already.
        let _ = self.stop.send(true);
        let deliverer = self.deliverer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(deliverer) = deliverer {
            let _ = deliverer.await;
        }
    }

    async fn order(&self, job: fn(oneshot::Sender<()>) -> Job) {
        let (done, wait) = oneshot::channel();
        // A closed queue has written everything.
        if self.jobs.send(job(done)).await.is_ok() {
            self.urgent.notify_one();
            let _ = wait.await;
        }
    }
}
