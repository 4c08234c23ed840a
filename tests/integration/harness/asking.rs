//! What a connection asks for, and the answer it waits for.

use super::{Client, Heard, Server, within};
use surtitle_core::wire::{Body, ClientFrame, Entry, HostCommand, ServerFrame, Stats, VERSION};
use surtitle_core::{Cue, Event, EventId, EventKind, Position, Priority, Role, RoomId, Stage};

/// What `joined` said.
#[derive(Debug, Clone)]
pub struct Joined {
    pub position: Position,
    pub resumed: bool,
    pub history: Vec<Event>,
    pub online: u32,
    pub likes: u64,
}

impl Client {
    /// Says hello and returns the role it was given.
    pub async fn hello(&mut self, token: Option<&str>) -> Role {
        self.put(&ClientFrame::Hello { v: VERSION, token: token.map(str::to_owned) }).await;
        let (role, user) = self
            .until("welcome", |heard| match heard {
                Heard::Frame(ServerFrame::Welcome { role, user, .. }) => {
                    Some((*role, user.clone()))
                }
                _ => None,
            })
            .await;
        self.user = user;
        self.token = token.map(str::to_owned);
        role
    }

    /// Joins the room.
    pub async fn join(&mut self, resume: Option<Position>) -> Joined {
        self.put(&ClientFrame::Join { room: room(), resume }).await;
        let joined = self
            .until("joined", |heard| match heard {
                Heard::Frame(ServerFrame::Joined {
                    position,
                    resumed,
                    history,
                    online,
                    likes,
                    ..
                }) => Some(Joined {
                    position: *position,
                    resumed: *resumed,
                    history: history.clone(),
                    online: *online,
                    likes: *likes,
                }),
                _ => None,
            })
            .await;
        self.position = joined.position;
        joined
    }

    /// Takes or changes a name.
    pub async fn take_name(&mut self, nick: &str) {
        self.put(&ClientFrame::Name { nick: nick.to_owned() }).await;
        let (user, token) = self
            .until("named", |heard| match heard {
                Heard::Frame(ServerFrame::Named { user, token }) => {
                    Some((user.clone(), token.clone()))
                }
                _ => None,
            })
            .await;
        (self.user, self.token) = (Some(user), Some(token));
    }

    /// Sends a body under a number of its own, which it returns.
    pub async fn send(&mut self, body: Body) -> u32 {
        self.cid += 1;
        self.send_as(self.cid, None, body).await;
        self.cid
    }

    /// Sends a body under this number.
    pub async fn send_as(&mut self, cid: u32, priority: Option<Priority>, body: Body) {
        self.put(&ClientFrame::Send { cid, priority, body }).await;
    }

    /// Says something and waits for the acknowledgement.
    pub async fn say(&mut self, text: &str) -> EventId {
        let cid = self.send(Body::Comment { text: text.to_owned() }).await;
        self.acked(cid).await
    }

    /// Gives something and waits for the acknowledgement.
    pub async fn give(&mut self, gift: &str, count: u32) -> EventId {
        let cid = self.send(Body::Gift { gift: gift.to_owned(), count }).await;
        self.acked(cid).await
    }

    /// The event that number became.
    pub async fn acked(&mut self, cid: u32) -> EventId {
        let answer = self.until(&format!("ack of {cid}"), |heard| answer(heard, cid)).await;
        answer.unwrap_or_else(|code| panic!("send {cid} was refused with {code}"))
    }

    /// The code that number was refused with.
    pub async fn refused(&mut self, number: u32) -> u16 {
        let what = format!("refusal of {number}");
        let answer = self.until(&what, |heard| answer(heard, number)).await;
        answer.expect_err("it should have been refused")
    }

    /// The next complaint that answers no number.
    pub async fn error(&mut self) -> u16 {
        self.until("an error", |heard| match heard {
            Heard::Frame(ServerFrame::Error { code, re: None, .. }) => Some(*code),
            _ => None,
        })
        .await
    }

    /// Commands, and returns the code if it was refused.
    pub async fn command(&mut self, command: HostCommand) -> Result<(), u16> {
        self.cid += 1;
        let id = self.cid;
        self.put(&ClientFrame::Do { id, command, name: None }).await;
        self.until(&format!("outcome of {id}"), |heard| match heard {
            Heard::Frame(ServerFrame::Done { id: done }) if *done == id => Some(Ok(())),
            Heard::Frame(ServerFrame::Error { code, re: Some(re), .. }) if *re == id => {
                Some(Err(*code))
            }
            _ => None,
        })
        .await
    }

    /// The message with this text.
    pub async fn hear(&mut self, text: &str) -> Event {
        self.until(&format!("message {text:?}"), |heard| match heard {
            Heard::Event(event) if text_of(event) == Some(text) => Some(event.clone()),
            _ => None,
        })
        .await
    }

    /// Asks for an overlay's cues from the beginning.
    pub async fn watch(&mut self, overlay: &str) -> Stage {
        self.put(&ClientFrame::Watch { overlay: overlay.to_owned(), resume: None }).await;
        self.until("stage", |heard| match heard {
            Heard::Frame(ServerFrame::Stage { stage }) => Some((**stage).clone()),
            _ => None,
        })
        .await
    }

    /// The next cue that `pick` takes.
    pub async fn cue<T>(&mut self, what: &str, mut pick: impl FnMut(&Cue) -> Option<T>) -> T {
        self.until(what, |heard| match heard {
            Heard::Cue(cue) => pick(cue),
            _ => None,
        })
        .await
    }

    /// Asks for the console's stream.
    pub async fn monitor(&mut self) -> (Vec<Entry>, Stats) {
        self.put(&ClientFrame::Monitor).await;
        self.until("desk", |heard| match heard {
            Heard::Frame(ServerFrame::Desk { entries, stats, .. }) => {
                Some((entries.clone(), (**stats).clone()))
            }
            _ => None,
        })
        .await
    }

    /// The next figures for which `is` holds. Every figure on the way must balance.
    pub async fn stats(&mut self, what: &str, mut is: impl FnMut(&Stats) -> bool) -> Stats {
        self.until(what, |heard| match heard {
            Heard::Frame(ServerFrame::Stats { stats }) => {
                assert_balanced(stats);
                is(stats).then(|| (**stats).clone())
            }
            _ => None,
        })
        .await
    }

    /// Waits until every frame sent so far has been read by the server.
    pub async fn settled(&mut self) {
        self.cid += 1;
        let own = self.cid;
        self.put(&ClientFrame::Ping { n: own }).await;
        self.pong(own).await.expect("the connection is open");
    }

    /// The answer to a ping; `Err` with the close code if the connection ended instead.
    pub async fn pong(&mut self, number: u32) -> Result<(), Option<u16>> {
        within(
            "pong",
            self.search(|heard| match heard {
                Heard::Frame(ServerFrame::Pong { n }) if *n == number => Some(()),
                _ => None,
            }),
        )
        .await
    }
}

/// The room of a server that was told nothing.
pub fn room() -> RoomId {
    RoomId::from("main")
}

/// What a comment says.
pub fn text_of(event: &Event) -> Option<&str> {
    match &event.kind {
        EventKind::Comment { text, .. } => Some(text),
        _ => None,
    }
}

/// The books must add up, by our own sum and by the server's.
pub fn assert_balanced(stats: &Stats) {
    let a = stats.accounts;
    let known = a.shown + a.merged + a.aged_out + a.removed + a.blocked + a.refused + a.waiting;
    assert_eq!((a.received, stats.unaccounted), (known, 0), "{a:?}");
}

fn answer(heard: &Heard, number: u32) -> Option<Result<EventId, u16>> {
    match heard {
        Heard::Frame(ServerFrame::Ack { cid, id }) if *cid == number => Some(Ok(id.clone())),
        Heard::Frame(ServerFrame::Error { code, re: Some(re), .. }) if *re == number => {
            Some(Err(*code))
        }
        _ => None,
    }
}

/// A page shows a code and the host confirms it: the page's token.
pub async fn pair(server: &Server, host: &mut Client, overlay: &str) -> String {
    let mut page = Client::open(server.addr).await;
    page.hello(None).await;
    page.put(&ClientFrame::Pair { overlay: overlay.to_owned() }).await;
    let code = page
        .until("a code", |heard| match heard {
            Heard::Frame(ServerFrame::Pairing { code, .. }) => Some(code.clone()),
            _ => None,
        })
        .await;
    assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
    host.command(HostCommand::ConfirmPair { code: code.clone() }).await.expect("it is shown");
    let used = host.command(HostCommand::ConfirmPair { code }).await;
    assert_eq!(used, Err(2302), "a code serves once");
    page.until("paired", |heard| match heard {
        Heard::Frame(ServerFrame::Paired { token }) => Some(token.clone()),
        _ => None,
    })
    .await
}
