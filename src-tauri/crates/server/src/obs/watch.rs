//! The task: connects, looks, judges, mends, and carries out orders.

use super::backdrop::Feed;
use super::client::{Ask, Client, Error};
use super::healing::Healing;
use super::item::{self, Canvas, Fault};
use super::judge::{Judge, Verdict};
use super::mark;
use super::picture::Picture;
use super::plan::{self, NAME, Place};
use super::{Inner, Order, Settings, capture, lock, put, words};
use crate::show::Ask as ShowAsk;
use crate::stream::Size;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use surtitle_core::wire::{ObsInfo, ObsSource};
use surtitle_core::{Code, Reject};
use tokio::sync::{mpsc, oneshot, watch as channel};
use tokio::time::MissedTickBehavior;

/// Time between two looks at OBS.
const LOOK_EVERY: Duration = Duration::from_millis(700);
/// The same while it is in doubt whether the picture moves.
const LOOK_SOON: Duration = Duration::from_millis(350);
/// Time between two marks of a page, ms.
const MARK_MS: u32 = 500;
/// Waits between tries to connect; the last again and again.
const WAITS: [Duration; 4] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];
/// Looks between two questions for what seldom changes.
const FACTS_EVERY: u32 = 4;
/// The overlay that goes into OBS.
const OVERLAY: &str = "main";

/// Runs until nobody can order any more.
pub(super) async fn run(
    inner: Arc<Inner>,
    mut orders: mpsc::Receiver<Order>,
    info: channel::Sender<ObsInfo>,
) {
    let mut wait = 0;
    let mut fresh = true;
    loop {
        let settings = lock(&inner.settings).clone();
        if !settings.on {
            tell(&info, words::off());
            let Some(order) = orders.recv().await else { return };
            order.refuse("OBS is not set up; do so on the page Connect");
            continue;
        }
        let address = settings.endpoint();
        if fresh {
            tell(&info, words::connecting(&address));
        }
        let password = lock(&inner.password).clone();
        let error = match Client::connect(&address, password.as_deref()).await {
            Ok(client) => {
                tracing::info!("obs: connected to {address}");
                wait = 0;
                let mut watch = Watch::new(&inner, &info, client, settings);
                let ended = watch.run(&mut orders).await;
                watch.prove(0).await;
                watch.backdrop.forget().await;
                match ended {
                    End::Stopped => return,
                    End::Changed => {
                        fresh = true;
                        continue;
                    }
                    End::Lost(error) => error,
                }
            }
            Err(error) => error,
        };
        fresh = false;
        tracing::debug!("obs: {error}");
        tell(&info, words::not_connected(&error));
        let pause = tokio::time::sleep(WAITS[wait]);
        wait = (wait + 1).min(WAITS.len() - 1);
        tokio::pin!(pause);
        loop {
            tokio::select! {
                () = &mut pause => break,
                order = orders.recv() => match order {
                    None => return,
                    Some(Order::Changed) => {
                        (wait, fresh) = (0, true);
                        break;
                    }
                    Some(order) => order.refuse(&info.borrow().detail.clone()),
                },
            }
        }
    }
}

/// Publishes what changed, and only that.
fn tell(info: &channel::Sender<ObsInfo>, new: ObsInfo) {
    info.send_if_modified(|old| {
        let changed = *old != new;
        *old = new;
        changed
    });
}

/// Why a connection is not used any more.
enum End {
    /// The server stops.
    Stopped,
    /// The settings are others.
    Changed,
    /// OBS went away.
    Lost(Error),
}

/// What is known of our source, asked every [`FACTS_EVERY`] looks.
#[derive(Clone)]
struct Facts {
    source: ObsSource,
    settings: Value,
    canvas: Canvas,
    looks: u32,
}

/// One connection and what is seen through it.
struct Watch<'a> {
    inner: &'a Inner,
    info: &'a channel::Sender<ObsInfo>,
    client: Client,
    settings: Settings,
    judge: Judge,
    healing: Healing,
    facts: Option<Facts>,
    proving: bool,
    backdrop: Feed,
}

impl<'a> Watch<'a> {
    fn new(
        inner: &'a Inner,
        info: &'a channel::Sender<ObsInfo>,
        client: Client,
        settings: Settings,
    ) -> Self {
        let judge = Judge::new(inner.shared.clock.now());
        let healing = Healing::default();
        let backdrop = Feed::new(inner.show.clone(), OVERLAY);
        Self {
            inner,
            info,
            client,
            settings,
            judge,
            healing,
            facts: None,
            proving: false,
            backdrop,
        }
    }

    async fn run(&mut self, orders: &mut mpsc::Receiver<Order>) -> End {
        let mut tick = tokio::time::interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                order = orders.recv() => {
                    let Some(order) = order else { return End::Stopped };
                    if let Some(end) = self.carry_out(order).await {
                        return end;
                    }
                    // What was done is seen at once.
                    tick.reset_after(Duration::from_millis(100));
                }
                _ = tick.tick() => match self.look().await {
                    Ok(info) => {
                        tell(self.info, info);
                        if self.judge.is_unsure(self.inner.shared.clock.now()) {
                            tick.reset_after(LOOK_SOON);
                        }
                    }
                    Err(error) if error.is_end() => return End::Lost(error),
                    // The source was removed, or a scene renamed, between two requests.
                    Err(error) => {
                        tracing::debug!("obs: {error}");
                        self.facts = None;
                    }
                },
            }
        }
    }

    async fn carry_out(&mut self, order: Order) -> Option<End> {
        match order {
            Order::Changed => Some(End::Changed),
            Order::Put { scene, reply } => {
                let done = self.put(scene).await;
                self.answer(done, reply)
            }
            Order::Heal { reply } => {
                self.healing = Healing::default();
                let now = self.inner.shared.clock.now();
                let _ = self.healing.try_now(now);
                let done = self.heal(true).await;
                self.answer(done, reply)
            }
            Order::Scenes { reply } => {
                let list = self.scenes().await;
                self.answer(list, reply)
            }
        }
    }

    /// Answers whoever ordered; `Some` if the connection has ended.
    fn answer<T>(
        &self,
        outcome: Result<T, Error>,
        reply: oneshot::Sender<Result<T, Reject>>,
    ) -> Option<End> {
        let (answer, end) = match outcome {
            Ok(done) => (Ok(done), None),
            Err(error) => {
                let code = if error.is_end() { Code::Offline } else { Code::BadValue };
                let reject = Reject::new(code, error.to_string());
                (Err(reject), error.is_end().then_some(End::Lost(error)))
            }
        };
        // Whoever asked may have gone.
        let _ = reply.send(answer);
        end
    }

    async fn scenes(&mut self) -> Result<Vec<String>, Error> {
        let list = self.client.ask("GetSceneList", Value::Null).await?;
        let scenes = list["scenes"].as_array().map(Vec::as_slice).unwrap_or_default();
        // OBS counts from the lowest of its list.
        let name = |scene: &Value| scene["sceneName"].as_str().map(str::to_owned);
        Ok(scenes.iter().rev().filter_map(name).collect())
    }

    /// Where our pages are; `browser` is whether one is here that draws streams.
    fn place(&self, canvas: Canvas, browser: bool) -> Place {
        let side = |pixels: u32| u16::try_from(pixels).unwrap_or(u16::MAX);
        let size = Size::new(side(canvas.width), side(canvas.height)).unwrap_or(Size::DEFAULT);
        let near = browser && self.client.here.is_loopback();
        let stream = near.then(|| self.inner.streams.url(OVERLAY, size));
        let overlay = OVERLAY.to_owned();
        Place { listen: self.inner.listen, here: self.client.here, overlay, stream }
    }

    async fn put(&mut self, scene: Option<String>) -> Result<Vec<&'static str>, Error> {
        let canvas = item::canvas(&mut self.client).await?;
        let kinds = put::kinds(&mut self.client, true).await?;
        let place = self.place(canvas, self.inner.streams.browser().is_some());
        let want = plan::want(&kinds, self.settings.source, canvas, &place)?;
        let scene = match scene.or_else(|| self.settings.scene.clone()) {
            Some(scene) => scene,
            None => item::program_scene(&mut self.client).await?,
        };
        if want.source == ObsSource::Browser {
            let peer = self.settings.endpoint().endpoint().ip();
            let expect = ShowAsk::Expect { overlay: OVERLAY.to_owned(), peer };
            self.inner.show.tell(expect).await;
        }
        let done = put::put(&mut self.client, &scene, &want).await?;
        if want.source == ObsSource::Window {
            capture::aim(&mut self.client, &scene, &want, !done.is_empty()).await?;
        }
        tracing::info!("obs: {} in scene {scene:?}: {}", want.kind, done.join(", "));
        self.facts = None;
        if !done.is_empty() {
            self.restart();
        }
        Ok(done)
    }

    /// Judges anew: what was seen so far was of another source.
    fn restart(&mut self) {
        self.judge = Judge::new(self.inner.shared.clock.now());
    }

    /// Looks at OBS once.
    async fn look(&mut self) -> Result<ObsInfo, Error> {
        let scene = item::program_scene(&mut self.client).await?;
        let Some(Facts { source, settings, canvas, .. }) = self.facts().await? else {
            self.prove(0).await;
            self.backdrop.forget().await;
            self.restart();
            return Ok(ObsInfo { scene: Some(scene), ..words::absent() });
        };
        let found = item::find(&mut self.client, &scene, NAME).await?;
        let active = self.client.ask("GetSourceActive", json!({ "sourceName": NAME })).await?;
        if active["videoActive"] != true {
            self.restart();
            self.backdrop.forget().await;
            self.healing = Healing::default();
            let fault = found.map_or(Fault::Missing, |_| Fault::Disabled);
            let info = words::hidden(&scene, fault);
            return Ok(ObsInfo { scene: Some(scene), source: Some(source), ..info });
        }
        self.prove(MARK_MS).await;
        let mut faults = found.as_ref().map(|item| item.faults(canvas)).unwrap_or_default();
        let wanted = plan::settings(source, canvas, &self.place(canvas, true));
        if wanted.is_ok_and(|wanted| put::differs(&settings, &wanted)) {
            faults.push(Fault::Settings);
        }
        let size = found.map_or((canvas.width, canvas.height), |item| item.source);
        let verdict = self.verdict(size).await?;
        let now = self.inner.shared.clock.now();
        if verdict == Verdict::Fresh {
            self.healing.well(now);
            if !faults.contains(&Fault::Misplaced) {
                self.backdrop.look(now, &mut self.client, &scene).await?;
            }
        } else if verdict.is_frozen() && self.settings.heal && self.healing.try_now(now) {
            tracing::warn!("obs: the overlay is frozen ({verdict:?}); refreshing it");
            // A page that is silent is alone at fault as long as OBS reads its video:
            // to open that anew would take longer and leave the picture empty.
            let read = self.inner.streams.health(OVERLAY).iter().any(|feed| feed.readers > 0);
            self.heal(verdict != Verdict::Still || !read || self.healing.tries() > 1).await?;
        }
        let info = words::shown(verdict, source, &faults, &self.healing);
        Ok(ObsInfo { scene: Some(scene), ..info })
    }

    /// What seldom changes; `None` if OBS has no source of ours.
    async fn facts(&mut self) -> Result<Option<Facts>, Error> {
        if let Some(facts) = self.facts.as_mut().filter(|facts| facts.looks < FACTS_EVERY) {
            facts.looks += 1;
            return Ok(Some(facts.clone()));
        }
        self.facts = None;
        if let Some((kind, settings)) = put::settings(&mut self.client, NAME).await?
            && let Some(source) = plan::source_of(&kind)
        {
            let canvas = item::canvas(&mut self.client).await?;
            self.facts = Some(Facts { source, settings, canvas, looks: 0 });
        }
        Ok(self.facts.clone())
    }

    /// Takes a small picture of the source and judges it.
    async fn verdict(&mut self, size: (u32, u32)) -> Result<Verdict, Error> {
        let seen = if size.0 == 0 || size.1 == 0 {
            mark::Seen::Blank
        } else {
            match Picture::shoot(&mut self.client, NAME, mark::reduced(size)).await {
                Ok(picture) => {
                    let seen = picture.as_ref().map_or(mark::Seen::Covered, mark::read);
                    self.backdrop.covers(picture);
                    seen
                }
                // It has no picture just now.
                Err(error) if !error.is_end() => mark::Seen::Blank,
                Err(error) => return Err(error),
            }
        };
        let now = self.inner.shared.clock.now();
        Ok(self.judge.see(now, seen, &lock(&self.inner.beats)))
    }

    /// Has the page start over, and if `whole` the source too.
    async fn heal(&mut self, whole: bool) -> Result<(), Error> {
        match self.facts.as_ref().map(|facts| facts.source) {
            Some(ObsSource::Browser) => {
                let press = json!({ "inputName": NAME, "propertyName": "refreshnocache" });
                self.client.ask("PressInputPropertiesButton", press).await?;
            }
            Some(ObsSource::Stream) => {
                self.inner.streams.restart(OVERLAY);
                if whole {
                    let again = json!({
                        "inputName": NAME,
                        "mediaAction": "OBS_WEBSOCKET_MEDIA_INPUT_ACTION_RESTART",
                    });
                    self.client.ask("TriggerMediaInputAction", again).await?;
                }
            }
            // Nothing of a capture can be refreshed: its pages reload themselves.
            Some(ObsSource::Window | ObsSource::Screen) => {}
            None => {
                let why = "OBS has no Surtitle source; press Put Surtitle into OBS";
                return Err(Error::Unfit(why.to_owned()));
            }
        }
        self.restart();
        Ok(())
    }

    /// Has the overlay's pages draw marks every so often; 0 for no more.
    async fn prove(&mut self, every_ms: u32) {
        if self.proving == (every_ms > 0) {
            return;
        }
        self.proving = every_ms > 0;
        self.inner.show.tell(ShowAsk::Prove { overlay: OVERLAY.to_owned(), every_ms }).await;
    }
}
