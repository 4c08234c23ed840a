//! A back end of an app that judges messages as a test wants, at any pace.

use super::within;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// A call it got.
#[derive(Debug, Clone)]
pub struct Told {
    /// `CallbackCommand` of the address.
    pub command: String,
    /// The other parameters.
    pub query: HashMap<String, String>,
    /// The body.
    pub body: Value,
}

impl Told {
    /// The text of the message it is about.
    pub fn text(&self) -> &str {
        self.body["MsgBody"][0]["MsgContent"]["Text"].as_str().unwrap_or_default()
    }
}

/// How it answers a call.
#[derive(Debug, Clone)]
pub enum Reply {
    /// HTTP 200 with this.
    Json(Value),
    /// These bytes, then the end.
    Raw(&'static str),
    /// Nothing; the connection stays open.
    Never,
}

impl Reply {
    /// An answer with this code and nothing else.
    pub fn code(code: i64) -> Self {
        Self::Json(json!({ "ActionStatus": "OK", "ErrorCode": code, "ErrorInfo": "" }))
    }
}

type Answer = dyn Fn(&Told) -> Reply + Send + Sync;

/// A running back end; it ends with the test.
pub struct Judge {
    url: String,
    calls: Arc<Mutex<Vec<Told>>>,
    came: Arc<Notify>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Judge {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Judge {
    /// Listens on a free port.
    pub async fn start(answer: impl Fn(&Told) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        Self::on(listener, answer)
    }

    /// Listens on a socket that a test kept a port with.
    pub fn on(
        listener: TcpListener,
        answer: impl Fn(&Told) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let addr = listener.local_addr().expect("bound");
        let calls = Arc::new(Mutex::new(Vec::new()));
        let came = Arc::new(Notify::new());
        let answer: Arc<Answer> = Arc::new(answer);
        let (seen, tell) = (Arc::clone(&calls), Arc::clone(&came));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, seen, tell) =
                    (Arc::clone(&answer), Arc::clone(&seen), Arc::clone(&tell));
                tokio::spawn(async move { serve(stream, &*answer, &seen, &tell).await });
            }
        });
        Self { url: format!("http://{addr}/hook"), calls, came, task }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The calls of one command so far, in the order they came.
    pub fn calls(&self, command: &str) -> Vec<Told> {
        let calls = self.calls.lock().expect("not poisoned");
        calls.iter().filter(|told| told.command == command).cloned().collect()
    }

    /// The commands of all calls so far.
    pub fn commands(&self) -> Vec<String> {
        let calls = self.calls.lock().expect("not poisoned");
        calls.iter().map(|told| told.command.clone()).collect()
    }

    /// Waits for a call of a command that `accepts` likes.
    pub async fn call(&self, command: &str, accepts: impl Fn(&Told) -> bool) -> Told {
        within(&format!("the back end is called with {command}"), async {
            loop {
                let came = self.came.notified();
                if let Some(told) = self.calls(command).into_iter().find(&accepts) {
                    return told;
                }
                let _ = tokio::time::timeout(Duration::from_millis(50), came).await;
            }
        })
        .await
    }

    /// Waits until there were this many calls of a command.
    pub async fn count(&self, command: &str, count: usize) {
        within(&format!("{count} calls of {command}"), async {
            while self.calls(command).len() < count {
                let _ = tokio::time::timeout(Duration::from_millis(50), self.came.notified()).await;
            }
        })
        .await;
    }
}

/// One connection, kept alive.
async fn serve(stream: TcpStream, answer: &Answer, calls: &Mutex<Vec<Told>>, came: &Notify) {
    let _ = stream.set_nodelay(true);
    let mut stream = BufReader::new(stream);
    while let Some(told) = request(&mut stream).await {
        let reply = answer(&told);
        calls.lock().expect("not poisoned").push(told);
        came.notify_one();
        let json = match reply {
            Reply::Json(json) => json.to_string(),
            Reply::Raw(bytes) => {
                let _ = stream.write_all(bytes.as_bytes()).await;
                return;
            }
            Reply::Never => std::future::pending().await,
        };
        let length = json.len();
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length:";
        if stream.write_all(format!("{head} {length}\r\n\r\n{json}").as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn request(stream: &mut BufReader<TcpStream>) -> Option<Told> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|n| *n > 0)?;
    let query = line.split(' ').nth(1)?.split_once('?')?.1.to_owned();
    let mut length = 0;
    loop {
        let mut field = String::new();
        stream.read_line(&mut field).await.ok().filter(|n| *n > 0)?;
        if field.trim().is_empty() {
            break;
        }
        let (name, value) = field.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query: HashMap<String, String> =
        pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let command = query.get("CallbackCommand")?.clone();
    Some(Told { command, query, body: serde_json::from_slice(&body).ok()? })
}
