//! Everything that listens: pages, the native socket, the room, the show.
//!
//! [`start`] puts the parts together and returns the bound address. One task
//! owns each room (`room_task`), one the show (`show`), one writes the
//! log (`log`), and one small one reads each socket (`ws::reader`). They
//! talk over bounded channels; what each does when full stands at its constant.
#![warn(missing_docs)]

mod apps;
pub mod auth;
mod avatar;
mod board;
mod broadcast;
mod clock;
mod dev;
mod emotes;
mod frames;
mod guard;
pub mod hooks;
mod images;
mod listen;
mod log;
mod metrics;
mod obs;
mod pages;
mod penalties;
mod record;
mod rest;
mod room_task;
mod sale;
pub mod sdk;
mod session;
mod show;
mod state;
pub mod stream;
mod themes;
mod ws;

pub use board::{lessons, said};
pub use dev::KeepKey;
pub use images::{Bounds, ImagesConfig};
pub use room_task::Tick;
pub use show::News;

use apps::{Apps, House};
use auth::Tokens;
use broadcast::Broadcast;
use clock::Clock;
use emotes::Emotes;
use guard::Guard;
use images::Images;
use log::Log;
use metrics::Metrics;
use record::Record;
use room_task::RoomHandle;
use sale::SaleHandle;
use sdk::Sdk;
use sdk::seats::Seats;
use show::{Shared, ShowHandle, ShowStart};
use state::State;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use stream::Streams;
use surtitle_connectors::surtitle::Address;
use surtitle_core::wire::{HostCommand, ObsInfo, RoomInfo};
use surtitle_core::{Epoch, Event, EventKind, Look, Millis, Reject, Role, RoomId, gifts};
use surtitle_store::{EventRecord, Store, TokenRecord};
use surtitle_tim::group::{Group, NAME_LIMIT, NewGroup};
use themes::Themes;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How many entries of earlier runs the console starts with.
const ENTRIES: u32 = 200;
/// How many gifts of earlier runs; a retry of one of these is recognised.
const GIFTS: u32 = 500;
/// A retry of a message of an earlier run is recognised this long, in ms.
const RETRY_MS: u64 = 300_000;

/// Pages are told of emotes at most this often: a host who puts up a folder of
/// pictures makes one change of many.
const EMOTES_EVERY: Duration = Duration::from_millis(300);

/// What a server needs to know.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Where to listen; port 0 picks a free one.
    pub listen: SocketAddr,
    /// Host names that are ours beside address literals and `localhost`.
    pub hosts: Vec<String>,
    /// The embedded room.
    pub room: RoomId,
    /// Its name, on the first start.
    pub room_name: String,
    /// The name the host speaks under.
    pub host_name: String,
    /// Messages a second the room delivers.
    pub budget: u32,
    /// Time between deliveries.
    pub tick: Tick,
    /// Most sockets at once.
    pub max_sockets: usize,
    /// Days the log keeps events.
    pub keep_days: u32,
    /// Remote room to present, and a token for it.
    pub join: Option<(Address, Option<String>)>,
    /// The first app, whose users may log in with an SDK.
    pub app: FirstApp,
    /// The browser that draws the alpha stream; one is looked for otherwise.
    pub browser: Option<PathBuf>,
    /// Keeps a new secret key of the first app.
    pub keep_key: KeepKey,
    /// Keeps a new password of OBS, an empty one for none.
    pub keep_obs: KeepKey,
    /// Role tokens and the key viewer tokens are signed with.
    pub secrets: Secrets,
    /// Pictures from elsewhere.
    pub images: ImagesConfig,
}

/// The app that is configured; others are made at run time.
#[derive(Clone)]
pub struct FirstApp {
    /// SDKAppID.
    pub id: u32,
    /// What usersigs are signed with.
    pub secret_key: String,
    /// Accounts that own its groups; at least one.
    pub admins: Vec<String>,
}

impl std::fmt::Debug for FirstApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FirstApp({}, …)", self.id)
    }
}

/// Secrets of this server. Never logged.
#[derive(Clone)]
pub struct Secrets {
    /// Token of the host.
    pub host: String,
    /// Token of helpers.
    pub helper: String,
    /// Token of the desktop window's overlay `main`.
    pub display: String,
    /// Key of viewer tokens.
    pub key: Vec<u8>,
    /// Password of OBS's WebSocket server, if it was given.
    pub obs: Option<String>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address cannot be listened on.
    #[error("{addr} cannot be listened on: {hint}")]
    Listen {
        /// Which.
        addr: SocketAddr,
        /// What to do.
        hint: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] surtitle_store::Error),
    /// The embedded room cannot be a group of the vendor's kind.
    #[error("the room cannot be opened: {why}; change it in the configuration")]
    Group {
        /// What is wrong with it.
        why: String,
    },
    /// The folder of pictures cannot be used.
    #[error("the folder for pictures cannot be used; check that it is writable")]
    Images(#[source] std::io::Error),
    /// The system has no randomness.
    #[error("the system gives no random bytes")]
    Random,
}

/// A running server.
#[derive(Debug)]
pub struct Handle {
    /// The bound address.
    pub addr: SocketAddr,
    state: Arc<State>,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Handle {
    /// Carries out a command as the host.
    ///
    /// # Errors
    /// The [`Reject`] of the rule that said no.
    pub async fn command(&self, command: HostCommand) -> Result<(), Reject> {
        let host = self.state.shared.tokens.host();
        match command {
            HostCommand::Sale { order } => self.state.sale.order(host.role, order).await,
            command => self.state.show.command(host, command).await,
        }
    }

    /// Gifts and questions from now on, for who rings a bell; one listener at a time.
    pub async fn news(&self) -> tokio::sync::mpsc::Receiver<News> {
        self.state.show.news().await
    }

    /// A display token of an overlay, for a window of this very process. It is
    /// written down nowhere and ends with the process.
    ///
    /// # Errors
    /// [`Reject`] if the system gives no random bytes.
    pub fn display_token(&self, overlay: &str) -> Result<String, Reject> {
        let token = auth::random_token()?;
        self.state.shared.tokens.accept(&TokenRecord {
            hash: auth::hash(&token),
            role: Role::Display,
            name: overlay.to_owned(),
            created_at: self.state.shared.clock.now(),
        });
        Ok(token)
    }

    /// Stops in order: no new connections, sockets closed with 1001, the log
    /// written, the store closed.
    pub async fn stop(self) {
        // A listener that already ended is as good as stopped.
        let _ = self.stop.send(true);
        let _ = self.task.await;
        self.state.streams.stop().await;
        self.state.close_all();
        let shared = &self.state.shared;
        self.state.sdk.seats.keep(shared.store.as_ref(), shared.clock.now()).await;
        for app in self.state.apps.list() {
            for room in app.rooms() {
                room.keep().await;
            }
        }
        self.state.show.keep().await;
        shared.record.keep().await;
        for app in self.state.apps.list() {
            app.hooks.close().await;
        }
        self.state.shared.log.sync().await;
        self.state.shared.store.close().await;
    }
}

/// Starts a server on `store`.
///
/// # Errors
/// [`Error`] says what and what to do.
pub async fn start(config: ServerConfig, store: Arc<dyn Store>) -> Result<Handle, Error> {
    // First, so that a taken port changes nothing on disk.
    let listener = TcpListener::bind(config.listen).await.map_err(|source| Error::Listen {
        addr: config.listen,
        hint: match source.kind() {
            std::io::ErrorKind::AddrInUse => {
                "another program uses the port; choose a different one"
            }
            std::io::ErrorKind::PermissionDenied => {
                "ports under 1024 need root; choose a higher one"
            }
            std::io::ErrorKind::AddrNotAvailable => "this machine has no such address",
            _ => "see the cause",
        },
        source,
    })?;
    let addr = listener.local_addr().map_err(|source| Error::Listen {
        addr: config.listen,
        hint: "see the cause",
        source,
    })?;
    let clock = Clock::start();
    let now = clock.now();
    let metrics = Metrics::default();
    let log = Log::start(Arc::clone(&store), metrics.clone());
    let tokens = Arc::new(tokens(&config, store.as_ref(), now).await?);
    let images = Images::open(config.images.clone()).map_err(Error::Images)?;
    let emotes = Emotes::open(images.clone(), Arc::clone(&store)).await?;
    let themes = Arc::new(Themes::open(Arc::clone(&store)).await?);
    let broadcast = Broadcast::open(Arc::clone(&store)).await?;
    let record = Record::open(Arc::clone(&store), clock).await?;
    let (penalties, penalised) = penalties::Penalties::open();
    let shared = Shared {
        clock,
        log,
        metrics,
        store,
        tokens,
        themes,
        images,
        emotes,
        broadcast,
        record,
        penalties,
    };
    let left = left(&config, shared.store.as_ref(), now).await?;
    let epoch = Epoch(getrandom::u32().map_err(|_| Error::Random)?);
    let house = House { shared: shared.clone(), tick: config.tick, budget: config.budget, epoch };
    let apps = apps(&config, house, &left).await?;
    let room = apps.embedded().clone();
    let tokens = Arc::clone(&shared.tokens);
    let streams = Arc::new(Streams::new(tokens, clock, addr, config.browser.clone()));
    let (info, obs_info) = watch::channel(ObsInfo::default());
    let show = show(&config, &shared, &room, epoch, left, obs_info).await?;
    let obs = obs::Start {
        listen: addr,
        password: config.secrets.obs.clone(),
        keep: config.keep_obs.clone(),
        info,
    };
    let obs = obs::Obs::start(shared.clone(), show.clone(), Arc::clone(&streams), obs).await?;
    let first = Arc::clone(apps.first());
    let sale = SaleHandle::start(shared.clone(), room.clone(), show.clone(), first).await;
    room.tell(room_task::Input::Sell(sale.link())).await;
    let guard = Guard::new(&config.hosts);
    let gifts = gifts::catalogue();
    let seats = Seats::open(shared.store.as_ref(), now).await?;
    let sdk = Sdk::new(&config.secrets.key, seats);
    let (keep_key, max_sockets) = (config.keep_key.clone(), config.max_sockets);
    let state = State::new(
        shared,
        room,
        show,
        sale,
        gifts,
        apps,
        sdk,
        streams,
        guard,
        keep_key,
        obs,
        max_sockets,
    );
    let state = Arc::new(state);
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(tell_emotes(Arc::clone(&state), stopped.clone()));
    tokio::spawn(broadcast::tell(Arc::clone(&state), stopped.clone()));
    tokio::spawn(keep_seats(Arc::clone(&state), stopped.clone()));
    let (shared, sale) = (state.shared.clone(), state.sale.clone());
    tokio::spawn(record::run(shared, sale, stopped.clone()));
    tokio::spawn(penalties::carry(penalised, Arc::clone(&state), stopped.clone()));
    let task = tokio::spawn(listen::serve(listener, Arc::clone(&state), stopped));
    Ok(Handle { addr, state, stop, task })
}

/// Tells every page of the emotes when they change, until `stop` changes.
async fn tell_emotes(state: Arc<State>, mut stop: watch::Receiver<bool>) {
    let mut changes = state.shared.emotes.changes();
    loop {
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { break },
            _ = stop.changed() => break,
        }
        tokio::time::sleep(EMOTES_EVERY).await;
        let told = Arc::clone(&changes.borrow_and_update());
        if let Some(frame) = &told.frame {
            for room in state.apps.first().rooms() {
                room.tell(room_task::Input::Tell(frame.clone())).await;
            }
        }
        state.show.tell(show::Ask::Emotes(told)).await;
    }
}

/// Writes down who is where, until `stop` changes.
async fn keep_seats(state: Arc<State>, mut stop: watch::Receiver<bool>) {
    loop {
        let shared = &state.shared;
        let pause = state.sdk.seats.keep(shared.store.as_ref(), shared.clock.now()).await;
        if tokio::time::timeout(pause, stop.changed()).await.is_ok() {
            break;
        }
    }
}

/// Role tokens of the configuration and display tokens of the store.
async fn tokens(config: &ServerConfig, store: &dyn Store, now: Millis) -> Result<Tokens, Error> {
    let tokens = Tokens::new(config.secrets.key.clone(), config.host_name.clone());
    let staff = [
        (&config.secrets.host, Role::Host, ""),
        (&config.secrets.helper, Role::Helper, ""),
        (&config.secrets.display, Role::Display, "main"),
    ];
    for (token, role, name) in staff {
        let (hash, name) = (auth::hash(token), name.to_owned());
        tokens.accept(&TokenRecord { hash, role, name, created_at: now });
    }
    for record in store.list_tokens().await? {
        tokens.accept(&record);
    }
    Ok(tokens)
}

/// What the last run left of the show, and of the embedded room in it.
struct Left {
    accounts: surtitle_core::Accounts,
    entries: Vec<EventRecord>,
    unfated: Vec<Event>,
}

/// Reads what the last run left, and closes its books.
async fn left(config: &ServerConfig, store: &dyn Store, now: Millis) -> Result<Left, Error> {
    let keep_ms = u64::from(config.keep_days) * 24 * 3_600_000;
    store.prune(Millis(now.0.saturating_sub(keep_ms))).await?;
    // What waited when the last run ended has missed its moment; gifts have not.
    store.close_unfated("restart", true).await?;
    let unfated = store.list_unfated().await?;
    let accounts = store.totals().await?;
    let mut entries = store.list_events(ENTRIES, None).await?;
    entries.retain(|record| !matches!(record.event.kind, EventKind::Gift { .. }));
    entries.extend(store.list_gifts(GIFTS).await?);
    entries.sort_by_key(|record| record.row);
    Ok(Left { accounts, entries, unfated })
}

/// Opens every app with its groups; the embedded room is one of the first's.
async fn apps(config: &ServerConfig, house: House, left: &Left) -> Result<Apps, Error> {
    let now = house.shared.clock.now();
    let store = Arc::clone(&house.shared.store);
    let known = store.list_rooms().await?.into_iter().find(|room| room.id == config.room);
    let (name, created_at) =
        known.map_or((config.room_name.clone(), now), |room| (room.name, room.created_at));
    let new = NewGroup {
        name: name_of(&name),
        owner: config.app.admins.first().cloned(),
        ..NewGroup::default()
    };
    let embedded = Group::new(&new, config.room.to_string(), created_at.0 / 1_000)
        .map_err(|refusal| Error::Group { why: refusal.text })?;
    let recent = left.entries.iter().filter(|e| now.since(e.event.at) < RETRY_MS);
    let remembered = recent.map(|e| e.event.clone()).collect();
    Ok(Apps::open(&config.app, embedded, remembered, house).await?)
}

/// A room's name as a group may have it.
fn name_of(name: &str) -> String {
    let mut end = name.len().min(NAME_LIMIT);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    if end == 0 { "Live".to_owned() } else { name[..end].to_owned() }
}

/// Starts the show of the embedded room.
async fn show(
    config: &ServerConfig,
    shared: &Shared,
    room: &RoomHandle,
    epoch: Epoch,
    left: Left,
    obs: watch::Receiver<ObsInfo>,
) -> Result<ShowHandle, Error> {
    let store = shared.store.as_ref();
    let overlays = overlays(store, &shared.tokens).await?;
    let remote = match config.join.clone() {
        Some(join) => Some(join),
        None => last_remote(store).await?,
    };
    let Left { accounts, entries, unfated } = left;
    let info = RoomInfo { id: room.id.clone(), name: room.name.to_string() };
    let room = room.clone();
    let placards = placards(store).await?;
    let keep_ms = u64::from(config.keep_days) * 24 * 3_600_000;
    let since = Millis(shared.clock.now().0.saturating_sub(keep_ms));
    let standing = show::Standing::load(store, since).await?;
    let account = config.app.admins.first().cloned().unwrap_or_default();
    let start = ShowStart {
        room,
        info,
        epoch,
        accounts,
        entries,
        unfated,
        overlays,
        placards,
        standing,
        account,
        remote,
        obs,
    };
    Ok(ShowHandle::start(shared.clone(), start))
}

/// Placards that stood on the picture when the last run ended.
async fn placards(store: &dyn Store) -> Result<Vec<surtitle_core::show::Kept>, Error> {
    let settings = store.list_settings().await?;
    let setting = settings.into_iter().find(|s| s.key == show::PLACARDS_SETTING);
    let kept = setting.map(|setting| serde_json::from_value(setting.value));
    Ok(kept.and_then(Result::ok).unwrap_or_default())
}

/// The remote room that was on show when the last run ended.
async fn last_remote(store: &dyn Store) -> Result<Option<(Address, Option<String>)>, Error> {
    let settings = store.list_settings().await?;
    let setting = settings.into_iter().find(|s| s.key == show::REMOTE_SETTING);
    let Some(value) = setting.map(|s| s.value) else { return Ok(None) };
    let text = |key| value.get(key).and_then(|v| v.as_str());
    let address = text("address").and_then(|a| Address::parse(a).ok());
    Ok(address.map(|address| (address, text("token").map(str::to_owned))))
}

/// Overlays that have settings or pages.
async fn overlays(store: &dyn Store, tokens: &Tokens) -> Result<Vec<(String, Look, bool)>, Error> {
    let mut all: Vec<(String, Look, bool)> = Vec::new();
    for setting in store.list_settings().await? {
        if let Some(name) = setting.key.strip_prefix("overlay/") {
            let look = setting.value.get("look").cloned().unwrap_or_default();
            let look = serde_json::from_value(look).unwrap_or_default();
            let hidden = setting.value.get("hidden").and_then(|v| v.as_bool()).unwrap_or(false);
            all.push((name.to_owned(), look, hidden));
        }
    }
    for name in tokens.overlays() {
        if !all.iter().any(|(known, ..)| *known == name) {
            all.push((name, Look::default(), false));
        }
    }
    Ok(all)
}
