//! An app's back end: takes webhook calls and answers as a test wants.

use super::eventually;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// One call: its path with parameters, and its body.
#[derive(Debug, Clone)]
pub struct Called {
    pub target: String,
    pub body: Value,
}

/// A back end on a free port of 127.0.0.1.
pub struct Backend {
    addr: SocketAddr,
    calls: Arc<Mutex<Vec<Called>>>,
    answer: Arc<Mutex<(u16, String)>>,
}

impl Backend {
    /// One that agrees with everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("bound");
        let calls: Arc<Mutex<Vec<Called>>> = Arc::default();
        let answer = Arc::new(Mutex::new((200, OK.to_owned())));
        let backend = Self { addr, calls: Arc::clone(&calls), answer: Arc::clone(&answer) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&calls), Arc::clone(&answer)));
            }
        });
        backend
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}/webhook", self.addr)
    }

    /// From now on it answers this.
    pub fn says(&self, status: u16, body: &str) {
        *self.answer.lock().expect("no server panics") = (status, body.to_owned());
    }

    /// Everything it was called with.
    pub fn calls(&self) -> Vec<Called> {
        self.calls.lock().expect("no server panics").clone()
    }

    /// Waits for the call number `n` about `command`, from 1.
    pub async fn called(&self, command: &str, n: usize) -> Called {
        let is = |call: &Called| call.body["CallbackCommand"] == command;
        eventually(&format!("call {n} of {command}"), || async {
            self.calls().into_iter().filter(is).nth(n - 1)
        })
        .await
    }
}

const OK: &str = r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}"#;

/// Answers requests until the other side hangs up.
async fn serve(
    stream: TcpStream,
    calls: Arc<Mutex<Vec<Called>>>,
    answer: Arc<Mutex<(u16, String)>>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut line, mut length) = (String::new(), 0);
        stream.read_line(&mut line).await.ok().filter(|n| *n > 0)?;
        let target = line.split(' ').nth(1)?.to_owned();
        loop {
            line.clear();
            stream.read_line(&mut line).await.ok().filter(|n| *n > 0)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        let body = serde_json::from_slice(&body).expect("a webhook says JSON");
        calls.lock().expect("no server panics").push(Called { target, body });
        let (status, body) = answer.lock().expect("no server panics").clone();
        let length = body.len();
        let text = format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n\r\n{body}");
        stream.write_all(text.as_bytes()).await.ok()?;
    }
}
