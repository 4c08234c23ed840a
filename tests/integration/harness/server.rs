//! A real `surtitle serve` process, ended by its own number.

use super::{Client, DEADLINE, eventually, within};
use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// How a server is to be started.
pub struct Launch {
    command: Command,
}

impl Launch {
    /// On `data` and a free port of 127.0.0.1, with nothing of this
    /// process's own settings.
    pub fn new(data: &Path) -> Self {
        Self::bare(&["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data)
    }

    /// With these arguments and no others.
    pub fn bare(args: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_surtitle"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("SURTITLE_") {
                command.env_remove(name);
            }
        }
        command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { command }
    }

    /// With one more argument.
    pub fn arg(mut self, arg: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// With a variable in its environment.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Starts it and waits until it listens.
    pub async fn start(mut self) -> Server {
        let mut child = self.command.spawn().expect("the program starts");
        let output = Arc::new(Mutex::new(String::new()));
        let (listens, listening) = oneshot::channel();
        let pipes = (child.stdout.take(), child.stderr.take());
        let readers = vec![
            read(pipes.0.expect("piped"), &output, Some(listens)),
            read(pipes.1.expect("piped"), &output, None),
        ];
        let unknown = SocketAddr::from(([0, 0, 0, 0], 0));
        let mut server = Server { child, addr: unknown, output, readers };
        match within("the server listens", listening).await {
            Ok(addr) => server.addr = addr,
            Err(_) => panic!("the server did not start:\n{}", server.output()),
        }
        server
    }

    /// Starts it and waits for it to give up: its exit code and what it said.
    pub fn refused(mut self) -> (Option<i32>, String) {
        let mut child = self.command.spawn().expect("the program starts");
        let stderr = child.stderr.take().expect("piped");
        let reader = std::thread::spawn(move || text(stderr));
        let status = wait(&mut child);
        let said = reader.join().expect("the reader ends with the process");
        let status = status.unwrap_or_else(|| panic!("it goes on instead of giving up: {said}"));
        (status.code(), said)
    }
}

/// A running server. It is killed and reaped when dropped, and must not have panicked.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub addr: SocketAddr,
    output: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
}

impl Server {
    /// Its process number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Everything it printed so far, both streams.
    pub fn output(&self) -> String {
        self.output.lock().expect("no reader panics").clone()
    }

    /// Whether the process lives.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// `kill -9`, now.
    pub fn kill(mut self) {
        self.end();
    }

    /// Asks it to stop and returns how it ended.
    pub fn terminate(&mut self) -> ExitStatus {
        self.ask_to_stop();
        let status = wait(&mut self.child);
        status.unwrap_or_else(|| panic!("SIGTERM did not end it:\n{}", self.output()))
    }

    /// Sends SIGTERM.
    pub fn ask_to_stop(&self) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
        assert!(sent.success(), "SIGTERM cannot be sent");
    }

    /// `http://ADDR` and `path`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    /// The body of a page.
    pub async fn get(&self, path: &str) -> String {
        let response = within("a page", reqwest::get(self.url(path))).await.expect("it answers");
        within("a page's text", response.text()).await.expect("it is text")
    }

    /// Every counter of `/metrics`, by name and labels.
    pub async fn metrics(&self) -> HashMap<String, u64> {
        let text = self.get("/metrics").await;
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| line.rsplit_once(' '))
            .filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?)))
            .collect()
    }

    /// How many refusals with `code` there were.
    pub async fn refused(&self, code: u16) -> u64 {
        let name = format!("surtitle_refused_total{{code=\"{code}\"}}");
        self.metrics().await.get(&name).copied().unwrap_or(0)
    }

    /// Waits until a counter is `n`.
    pub async fn until_metric(&self, name: &str, n: u64) {
        eventually(&format!("{name} becomes {n}"), || async {
            (self.metrics().await.get(name).copied().unwrap_or(0) == n).then_some(())
        })
        .await;
    }

    /// A member named `nick`.
    pub async fn viewer(&self, nick: &str) -> Client {
        let mut client = self.guest().await;
        client.take_name(nick).await;
        client
    }

    /// A guest in the room.
    pub async fn guest(&self) -> Client {
        let mut client = Client::open(self.addr).await;
        client.hello(None).await;
        client.join(None).await;
        client
    }

    /// Somebody who has shown a token and done nothing else.
    pub async fn bearer(&self, token: &str) -> Client {
        let mut client = Client::open(self.addr).await;
        client.hello(Some(token)).await;
        client
    }

    fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        for reader in self.readers.drain(..) {
            let _ = reader.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
        let output = self.output();
        if std::thread::panicking() {
            eprintln!("--- the server said:\n{output}---");
        } else {
            assert!(!output.contains("panicked at"), "the server panicked:\n{output}");
        }
    }
}

/// Reads a pipe line by line to its end; tells the address of the ready line.
fn read(
    pipe: impl Read + Send + 'static,
    output: &Arc<Mutex<String>>,
    mut listens: Option<oneshot::Sender<SocketAddr>>,
) -> JoinHandle<()> {
    let output = Arc::clone(output);
    std::thread::spawn(move || {
        let mut lines = BufReader::new(pipe);
        let mut line = Vec::new();
        while matches!(lines.read_until(b'\n', &mut line), Ok(n) if n > 0) {
            let text = String::from_utf8_lossy(&line).into_owned();
            output.lock().expect("no reader panics").push_str(&text);
            let addr = text.trim().strip_prefix("listening on http://").map(str::parse);
            if let Some(Ok(addr)) = addr
                && let Some(listens) = listens.take()
            {
                // Nobody waits any more when the start took too long.
                let _ = listens.send(addr);
            }
            line.clear();
        }
    })
}

fn text(mut pipe: impl Read) -> String {
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes).expect("the pipe is readable");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Waits for a process to end by itself; `None`, and it is killed, if it does not.
fn wait(child: &mut Child) -> Option<ExitStatus> {
    let start = std::time::Instant::now();
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        if start.elapsed() > DEADLINE {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        std::thread::sleep(super::LOOK_AGAIN);
    }
}
