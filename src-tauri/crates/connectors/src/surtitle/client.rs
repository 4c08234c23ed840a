//! The task that holds a link: dials, drives a [`Link`], comes back.

use super::dial::{self, Socket};
use super::link::{Act, End, Link, offline};
use super::progress::Progress;
use super::wire::{self, Read};
use super::{RemoteConfig, Tally, map};
use futures_util::{SinkExt, StreamExt};
use rustls::ClientConfig;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use surtitle_core::session::{SessionCommand, SessionEvent};
use surtitle_core::wire::LinkState;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message, error::CapacityError};

/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(1);

/// Nobody is left to tell or to ask.
struct Gone;

struct Client {
    config: RemoteConfig,
    commands: mpsc::Receiver<SessionCommand>,
    events: mpsc::Sender<SessionEvent>,
    tally: Arc<Tally>,
    progress: Progress,
    /// Outside the running future, so that it can be closed when that is dropped.
    socket: Option<Socket>,
    /// All that was missed was more than one message may hold: ask for less next time.
    overwhelmed: bool,
    /// The last link state told, to say each once.
    told: Option<(LinkState, Option<String>)>,
}

/// Runs until `closed` ends, `events` has no reader or `commands` no writer.
pub(super) async fn run(
    config: RemoteConfig,
    commands: mpsc::Receiver<SessionCommand>,
    events: mpsc::Sender<SessionEvent>,
    closed: oneshot::Receiver<()>,
    tally: Arc<Tally>,
) {
    let reader = events.clone();
    let mut client = Client {
        config,
        commands,
        events,
        tally,
        progress: Progress::default(),
        socket: None,
        overwhelmed: false,
        told: None,
    };
    tokio::select! {
        _ = closed => {}
        () = reader.closed() => {}
        Gone = client.serve() => {}
    }
    if let Some(mut socket) = client.socket.take() {
        let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
        let _ = timeout(GOODBYE, socket.close(Some(frame))).await;
    }
}

impl Client {
    async fn serve(&mut self) -> Gone {
        match self.try_serve().await {
            Ok(gone) | Err(gone) => gone,
        }
    }

    async fn try_serve(&mut self) -> Result<Gone, Gone> {
        let tls = dial::tls(dial::web_roots());
        let mut tries = 0;
        self.tell_link(LinkState::Connecting, None).await?;
        loop {
            let (end, lived) = self.connection(&tls).await?;
            match end {
                End::Lost(detail) => {
                    tracing::info!(address = %self.config.address, "remote room: {detail}");
                    self.tell_link(LinkState::Retrying, Some(detail)).await?;
                }
                End::Refused(detail) => {
                    tracing::warn!(address = %self.config.address, "remote room: {detail}");
                    self.tell_link(LinkState::Refused, Some(detail)).await?;
                    return self.meanwhile(std::future::pending()).await;
                }
            }
            let attempt = self.config.backoff.attempt(tries, lived);
            tries = attempt.saturating_add(1);
            // Without randomness every client would come back together, but come back it must.
            let random = getrandom::u32().unwrap_or(u32::MAX);
            let wait = self.config.backoff.delay(attempt, random);
            self.meanwhile(sleep(wait)).await?;
        }
    }

    /// One connection; why it ended and how long it was in the room.
    async fn connection(&mut self, tls: &Arc<ClientConfig>) -> Result<(End, Duration), Gone> {
        let config = &self.config;
        let dial = dial::open(config.address.clone(), tls.clone(), config.patience);
        match self.meanwhile(dial).await? {
            Ok(socket) => self.socket = Some(socket),
            Err(detail) => return Ok((End::Lost(detail), Duration::ZERO)),
        }
        let (mut link, hello) = Link::open(Instant::now(), &self.config, !self.overwhelmed);
        let mut end = self.perform(&mut link, vec![hello]).await?;
        let end = loop {
            match end {
                Some(end) => break end,
                None => end = self.step(&mut link).await?,
            }
        };
        let lived = link.lived(Instant::now());
        for act in link.abandon() {
            self.tell(act).await?;
        }
        if let Some(mut socket) = self.socket.take() {
            let _ = timeout(GOODBYE, socket.close(None)).await;
        }
        Ok((end, lived))
    }

    /// Waits for whatever comes first and performs what follows from it.
    async fn step(&mut self, link: &mut Link) -> Result<Option<End>, Gone> {
        let socket = self.socket.as_mut().expect("open while the link is driven");
        let acts = tokio::select! {
            // What has arrived counts before the clock says that nothing did.
            biased;
            message = socket.next() => match message {
                Some(Ok(message)) => match self.message(link, message) {
                    Ok(acts) => acts,
                    Err(end) => return Ok(Some(end)),
                },
                Some(Err(error)) => return Ok(Some(self.broken(link, &error))),
                None => return Ok(Some(link.closed(None, ""))),
            },
            command = self.commands.recv() => link.command(Instant::now(), command.ok_or(Gone)?),
            () = sleep_until(link.next_wakeup().into()) => link.timeout(Instant::now()),
        };
        self.perform(link, acts).await
    }

    fn message(&mut self, link: &mut Link, message: Message) -> Result<Vec<Act>, End> {
        let now = Instant::now();
        link.heard(now);
        let text = match message {
            Message::Text(text) => text,
            Message::Close(frame) => {
                let (code, reason) = frame.map_or((None, String::new()), |f| {
                    (Some(u16::from(f.code)), f.reason.to_string())
                });
                return Err(link.closed(code, &reason));
            }
            Message::Binary(_) => {
                self.count(&self.tally.malformed, "binary message");
                return Ok(Vec::new());
            }
            _ => return Ok(Vec::new()),
        };
        match wire::read(&text) {
            Read::Frame(frame) => {
                let frame = map::checked(frame, &self.config.address.room);
                for _ in 0..map::unsound(&frame) {
                    self.count(&self.tally.events, "event that cannot be used");
                }
                Ok(link.frame(now, frame, &mut self.progress))
            }
            Read::Unknown => {
                self.count(&self.tally.unknown, "frame of an unknown type");
                Ok(Vec::new())
            }
            Read::Malformed => {
                self.count(&self.tally.malformed, "malformed frame");
                Ok(Vec::new())
            }
        }
    }

    async fn perform(&mut self, link: &mut Link, acts: Vec<Act>) -> Result<Option<End>, Gone> {
        for act in acts {
            match act {
                Act::Send(text) => {
                    let socket = self.socket.as_mut().expect("open while the link is driven");
                    match timeout(link.limit(), socket.send(Message::text(text))).await {
                        Ok(Ok(())) => link.sent(Instant::now()),
                        // The close frame that explains it may already wait to be read.
                        Ok(Err(Error::ConnectionClosed | Error::AlreadyClosed | Error::Io(_))) => {}
                        Ok(Err(error)) => return Ok(Some(self.broken(link, &error))),
                        Err(_) => return Ok(Some(link.closed(None, ""))),
                    }
                }
                Act::Tell(_) => self.tell(act).await?,
                Act::End(end) => return Ok(Some(end)),
            }
        }
        Ok(None)
    }

    /// Awaits `future`; commands meanwhile find nobody.
    async fn meanwhile<F: Future>(&mut self, future: F) -> Result<F::Output, Gone> {
        tokio::pin!(future);
        loop {
            let command = tokio::select! {
                biased;
                output = &mut future => return Ok(output),
                command = self.commands.recv() => command.ok_or(Gone)?,
            };
            if let Some(answer) = offline(command) {
                self.tell(answer).await?;
            }
        }
    }

    /// Tells the show; a link state only when it is news.
    async fn tell(&mut self, act: Act) -> Result<(), Gone> {
        let Act::Tell(event) = act else { return Ok(()) };
        match &event {
            SessionEvent::Link { state, detail } => {
                let news = Some((*state, detail.clone()));
                if self.told == news {
                    return Ok(());
                }
                self.told = news;
            }
            SessionEvent::Joined { .. } => self.overwhelmed = false,
            _ => {}
        }
        self.events.send(event).await.map_err(|_| Gone)
    }

    async fn tell_link(&mut self, state: LinkState, detail: Option<String>) -> Result<(), Gone> {
        self.tell(Act::Tell(SessionEvent::Link { state, detail })).await
    }

    fn broken(&mut self, link: &Link, error: &Error) -> End {
        if matches!(error, Error::Capacity(CapacityError::MessageTooLong { .. })) {
            self.overwhelmed = true;
            let detail = "the room sent a message larger than 4 MiB; trying again";
            return End::Lost(detail.to_owned());
        }
        link.closed(None, "")
    }

    /// Counts, and says so at 1, 2, 4, 8, …
    fn count(&self, counter: &AtomicU64, what: &str) {
        let n = counter.fetch_add(1, Ordering::Relaxed) + 1;
        if n.is_power_of_two() {
            tracing::warn!(address = %self.config.address, "remote room sent a {what} ({n} so far)");
        }
    }
}
