//! A back end on loopback that answers as a test wants, well or badly.

use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// Longest time a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a back end got.
#[derive(Debug, Clone)]
pub struct Request {
    /// Method, path and parameters.
    pub line: String,
    /// Header fields as they came.
    pub head: Vec<String>,
    /// The body.
    pub body: String,
}

impl Request {
    /// A URL parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let (_, query) = self.line.split(' ').nth(1)?.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }
}

/// How it answers.
#[derive(Debug, Clone)]
pub enum Answer {
    /// HTTP 200 with this JSON.
    Json(String),
    /// These bytes, then the connection ends.
    Raw(Vec<u8>),
    /// These bytes, then a reset.
    Reset(Vec<u8>),
    /// Nothing, ever; the connection stays open.
    Never,
    /// HTTP 200 with this JSON, after this time.
    Late(Duration, String),
    /// HTTP 200, and then a byte after each pause.
    Drip(Duration),
    /// HTTP 200 with chunks without end.
    Endless,
    /// HTTP 200 with as many bytes as it says, 100 MB of them.
    Huge,
}

impl Answer {
    /// An answer with this code.
    pub fn code(code: i64) -> Self {
        Self::Json(format!(r#"{{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":{code}}}"#))
    }

    /// Another status than 200.
    pub fn status(line: &str) -> Self {
        Self::Raw(format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\n\r\n").into_bytes())
    }

    /// HTTP 200 that says it is as long as `length`.
    pub fn saying(length: usize, body: &str) -> Self {
        Self::Raw(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes())
    }
}

type Script = Box<dyn Fn(&Request, usize) -> Answer + Send + Sync>;

#[derive(Debug, Default)]
struct Seen {
    /// Guards what came; held to look.
    requests: Mutex<Vec<Request>>,
    /// How many came.
    count: watch::Sender<usize>,
    /// Requests that are not answered yet.
    open: watch::Sender<usize>,
    /// Most of them at once.
    most: watch::Sender<usize>,
}

/// A running back end; ends with the test's runtime.
#[derive(Debug)]
pub struct Backend {
    seen: Arc<Seen>,
    /// Its address.
    pub url: String,
}

impl Backend {
    /// One that answers the n-th request (from 0) by `script`.
    pub async fn start(script: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let seen = Arc::new(Seen::default());
        let (script, by): (Arc<Script>, _) = (Arc::new(Box::new(script)), Arc::clone(&seen));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, Arc::clone(&by), Arc::clone(&script)));
            }
        });
        Self { seen, url }
    }

    /// One that always answers so.
    pub async fn saying(answer: Answer) -> Self {
        Self::start(move |_, _| answer.clone()).await
    }

    /// Everything that came.
    pub fn requests(&self) -> Vec<Request> {
        self.seen.requests.lock().expect("no test panics with it").clone()
    }

    /// Everything that came, as soon as it is at least `count`.
    pub async fn wait_for(&self, count: usize) -> Vec<Request> {
        let mut seen = self.seen.count.subscribe();
        let wait = timeout(PATIENCE, seen.wait_for(|seen| *seen >= count)).await;
        let requests = self.requests();
        assert!(wait.is_ok(), "{count} requests wanted, {} came", requests.len());
        requests
    }

    /// Most requests that waited for their answers at once.
    pub fn most_at_once(&self) -> usize {
        *self.seen.most.borrow()
    }
}

async fn serve(socket: TcpStream, seen: Arc<Seen>, script: Arc<Script>) {
    let mut socket = BufReader::new(socket);
    while let Some(request) = read(&mut socket).await {
        seen.open.send_modify(|open| *open += 1);
        seen.most.send_modify(|most| *most = (*most).max(*seen.open.borrow()));
        let turn = {
            let mut requests = seen.requests.lock().expect("no test panics with it");
            requests.push(request.clone());
            requests.len() - 1
        };
        seen.count.send_replace(turn + 1);
        let answer = script(&request, turn);
        let goes_on = give(socket.get_mut(), answer).await;
        seen.open.send_modify(|open| *open -= 1);
        if !goes_on {
            return;
        }
    }
}

async fn read(socket: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if socket.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let length = lines.iter().find_map(|line| {
        line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok()
    });
    let mut body = vec![0; length?];
    socket.read_exact(&mut body).await.ok()?;
    let body = String::from_utf8(body).expect("bodies are UTF-8");
    let line = lines.remove(0);
    Some(Request { line, head: lines, body })
}

/// Answers; `true` if the connection goes on.
async fn give(socket: &mut TcpStream, answer: Answer) -> bool {
    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    match answer {
        Answer::Json(json) => json_answer(socket, &json).await,
        Answer::Late(pause, json) => {
            sleep(pause).await;
            json_answer(socket, &json).await
        }
        Answer::Raw(bytes) => {
            let _ = socket.write_all(&bytes).await;
            false
        }
        Answer::Reset(bytes) => {
            let _ = socket.write_all(&bytes).await;
            let _ = socket.set_zero_linger();
            false
        }
        Answer::Never => {
            // Until the caller gives up.
            let _ = socket.read(&mut [0]).await;
            false
        }
        Answer::Drip(pause) => {
            let _ = socket.write_all(HEAD).await;
            while socket.write_all(b"1\r\n{\r\n").await.is_ok() {
                sleep(pause).await;
            }
            false
        }
        Answer::Endless => {
            let _ = socket.write_all(HEAD).await;
            let chunk = [b"400\r\n".as_slice(), &[b' '; 0x400], b"\r\n"].concat();
            while socket.write_all(&chunk).await.is_ok() {}
            false
        }
        Answer::Huge => {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", 100 << 20);
            let _ = socket.write_all(head.as_bytes()).await;
            let piece = vec![b' '; 1 << 20];
            for _ in 0..100 {
                if socket.write_all(&piece).await.is_err() {
                    break;
                }
            }
            false
        }
    }
}

async fn json_answer(socket: &mut TcpStream, json: &str) -> bool {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", json.len());
    socket.write_all([head.as_bytes(), json.as_bytes()].concat().as_slice()).await.is_ok()
}
