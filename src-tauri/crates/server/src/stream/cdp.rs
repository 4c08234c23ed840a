//! The line to the browser: DevTools protocol messages, JSON ended by a zero
//! byte, over two pipes.
//!
//! A small client of our own: a dozen methods and two events are used, and the
//! crates that speak all of the protocol bring its two thousand types, an HTTP
//! client and a debugging port that anybody on this machine may open.

use super::Fault;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::sync::mpsc;

/// Longest message read, in bytes: a 4K picture that nothing packs.
const MESSAGE_LIMIT: usize = 64 * 1024 * 1024;
/// Messages read ahead; when full, the browser waits.
const BOUND: usize = 4;
/// Messages that came while an answer was awaited; the oldest go.
const EARLY: usize = 16;
/// An answer must be here within this time: a browser's first takes longest.
const ANSWER: Duration = Duration::from_secs(20);

/// What the browser says.
#[derive(Debug)]
pub enum Message {
    /// The answer to the command of this number.
    Answer(u64, Result<Value, String>),
    /// A picture of the page, to be acknowledged by its number.
    Picture {
        /// PNG.
        png: Vec<u8>,
        /// What to acknowledge.
        number: i64,
    },
    /// The page has loaded.
    Loaded,
    /// The page's process died.
    Crashed,
    /// Something nobody here waits for.
    Other,
}

#[derive(Deserialize)]
struct Incoming<'a> {
    id: Option<u64>,
    #[serde(borrow, rename = "sessionId")]
    session: Option<Cow<'a, str>>,
    #[serde(borrow)]
    method: Option<Cow<'a, str>>,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
    result: Option<Value>,
    error: Option<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    message: String,
}

#[derive(Deserialize)]
struct Picture<'a> {
    #[serde(borrow)]
    data: Cow<'a, str>,
    #[serde(rename = "sessionId")]
    number: i64,
}

/// A message and the session of the page that sent it; none for the browser's own.
type Sent = (Option<String>, Message);

/// Reads one message; `None` if it makes no sense.
fn parse(bytes: &[u8]) -> Option<Sent> {
    let incoming: Incoming<'_> = serde_json::from_slice(bytes).ok()?;
    let session = incoming.session.as_deref().map(str::to_owned);
    Some((session, understand(incoming)?))
}

fn understand(incoming: Incoming<'_>) -> Option<Message> {
    if let Some(id) = incoming.id {
        let result = match incoming.error {
            Some(problem) => Err(problem.message),
            None => Ok(incoming.result.unwrap_or_default()),
        };
        return Some(Message::Answer(id, result));
    }
    Some(match incoming.method?.as_ref() {
        "Page.screencastFrame" => {
            let Picture { data, number } = serde_json::from_str(incoming.params?.get()).ok()?;
            Message::Picture { png: STANDARD.decode(data.as_bytes()).ok()?, number }
        }
        "Page.loadEventFired" => Message::Loaded,
        "Inspector.targetCrashed" => Message::Crashed,
        _ => Message::Other,
    })
}

/// Both directions of the line.
#[derive(Debug)]
pub struct Pipe<W = ChildStdin> {
    to: W,
    from: mpsc::Receiver<Sent>,
    early: VecDeque<Message>,
    last: u64,
    session: Option<String>,
}

impl Pipe<ChildStdin> {
    /// Speaks over a child's standard streams.
    pub fn new(to: ChildStdin, from: ChildStdout) -> Self {
        Self::over(to, from)
    }
}

impl<W: AsyncWrite + Unpin> Pipe<W> {
    fn over(to: W, from: impl AsyncRead + Unpin + Send + 'static) -> Self {
        let (inbox, messages) = mpsc::channel(BOUND);
        tokio::spawn(read(from, inbox));
        Self { to, from: messages, early: VecDeque::new(), last: 0, session: None }
    }

    /// From now on every command is for the page of this session, and what
    /// other pages say is passed over; `None`: for the browser itself.
    pub fn attach(&mut self, session: Option<String>) {
        self.session = session;
        self.early.clear();
    }

    /// Sends a command without waiting; returns its number. May be dropped: a
    /// pipe takes so few bytes whole or not at all (POSIX, `PIPE_BUF`).
    ///
    /// # Errors
    /// [`Fault::Gone`].
    pub async fn post(&mut self, method: &str, params: Value) -> Result<u64, Fault> {
        self.last += 1;
        let mut command = json!({ "id": self.last, "method": method, "params": params });
        if let Some(session) = &self.session {
            command["sessionId"] = json!(session);
        }
        let mut bytes = command.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).await.map_err(|_| Fault::Gone)?;
        self.to.flush().await.map_err(|_| Fault::Gone)?;
        Ok(self.last)
    }

    /// Sends a command and waits for its answer; what else comes is kept for [`Self::next`].
    ///
    /// # Errors
    /// [`Fault::Gone`], [`Fault::Silent`] or [`Fault::Refused`].
    pub async fn ask(&mut self, method: &'static str, params: Value) -> Result<Value, Fault> {
        let number = self.post(method, params).await?;
        let answer = async {
            loop {
                match self.hear().await? {
                    Message::Answer(id, result) if id == number => {
                        break result.map_err(|why| Fault::Refused { method, why });
                    }
                    other => {
                        if self.early.len() == EARLY {
                            self.early.pop_front();
                        }
                        self.early.push_back(other);
                    }
                }
            }
        };
        tokio::time::timeout(ANSWER, answer).await.map_err(|_| Fault::Silent)?
    }

    /// The next message. May be dropped and called again.
    ///
    /// # Errors
    /// [`Fault::Gone`].
    pub async fn next(&mut self) -> Result<Message, Fault> {
        match self.early.pop_front() {
            Some(message) => Ok(message),
            None => self.hear().await,
        }
    }

    /// The next message of the page, or of the browser. May be dropped and called again.
    async fn hear(&mut self) -> Result<Message, Fault> {
        loop {
            let (session, message) = self.from.recv().await.ok_or(Fault::Gone)?;
            if session.is_none() || session == self.session {
                return Ok(message);
            }
        }
    }
}

/// Cuts what the browser writes into messages, until either end closes.
async fn read(mut from: impl AsyncRead + Unpin, inbox: mpsc::Sender<Sent>) {
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 256 * 1024];
    loop {
        let n = match from.read(&mut chunk).await {
            Ok(0) | Err(_) => return,
            Ok(n) => n,
        };
        let mut rest = &chunk[..n];
        while let Some(end) = rest.iter().position(|byte| *byte == 0) {
            bytes.extend_from_slice(&rest[..end]);
            rest = &rest[end + 1..];
            let message = parse(&bytes);
            bytes.clear();
            if let Some(message) = message
                && inbox.send(message).await.is_err()
            {
                return;
            }
        }
        bytes.extend_from_slice(rest);
        if bytes.len() > MESSAGE_LIMIT {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::duplex;

    #[test]
    fn picture_is_read_with_its_number() {
        let bytes = br#"{"method":"Page.screencastFrame","params":{"data":"cG5n","metadata":{},"sessionId":7},"sessionId":"A"}"#;
        let Some((session, Message::Picture { png, number })) = parse(bytes) else {
            panic!("no picture")
        };
        assert_eq!((png.as_slice(), number), (&b"png"[..], 7));
        assert_eq!(session.as_deref(), Some("A"));
        assert!(parse(b"{").is_none());
    }

    #[tokio::test]
    async fn answer_is_found_behind_events() {
        let (ours, mut theirs) = duplex(1_024);
        let (from, mut say) = duplex(1_024);
        let mut pipe = Pipe::over(ours, from);
        pipe.attach(Some("ours".to_owned()));
        let crashed = b"{\"method\":\"Inspector.targetCrashed\",\"sessionId\":\"left\"}\0";
        say.write_all(crashed).await.expect("written");
        say.write_all(b"{\"method\":\"Page.loadEventFired\",\"params\":{}}\0{\"id\":1,\"res")
            .await
            .expect("written");
        say.write_all(b"ult\":{\"a\":5}}\0").await.expect("written");
        let answer = pipe.ask("A.b", json!({})).await.expect("an answer");
        assert_eq!(answer["a"], 5);
        assert!(matches!(pipe.next().await, Ok(Message::Loaded)));
        let mut sent = vec![0; 63];
        let n = theirs.read(&mut sent).await.expect("sent");
        assert_eq!(sent[n - 1], 0);
        drop(say);
        assert!(matches!(pipe.next().await, Err(Fault::Gone)));
    }
}
