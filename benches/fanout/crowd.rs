//! Many WebSocket clients on one epoll.

use crate::Outcome;
use crate::frame::{self, Event};
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// What the other end speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// This server's protocol.
    Surtitle,
    /// WebSocket frames, passed on as they are.
    Plain,
    /// WebSocket frames without a handshake; nothing is listened to.
    None,
}

impl Speech {
    /// Reads it from the command line.
    pub fn parse(word: &str) -> Outcome<Self> {
        match word {
            "surtitle" => Ok(Self::Surtitle),
            "plain" => Ok(Self::Plain),
            "none" => Ok(Self::None),
            _ => Err(format!("nobody speaks {word:?}").into()),
        }
    }
}

#[derive(Debug)]
struct Client {
    stream: TcpStream,
    /// The start of a frame whose end has not come.
    pending: Vec<u8>,
}

/// Connected members.
pub struct Crowd {
    /// What the server speaks.
    pub speech: Speech,
    address: SocketAddr,
    poll: Poll,
    events: Events,
    clients: Vec<Client>,
    buffer: Vec<u8>,
    joined: usize,
    reads: u64,
    sample: Option<Vec<u8>>,
}

impl Crowd {
    /// Nobody yet.
    pub fn new(speech: Speech, address: SocketAddr) -> Outcome<Self> {
        Ok(Self {
            speech,
            address,
            poll: Poll::new()?,
            events: Events::with_capacity(1_024),
            clients: Vec::new(),
            buffer: vec![0; 64 * 1024],
            joined: 0,
            reads: 0,
            sample: None,
        })
    }

    /// Lets `more` clients connect and join, the first `named` of them with a
    /// nickname; returns when all are in the room.
    pub fn enter(&mut self, more: usize, named: usize, patience: Duration) -> Outcome<()> {
        let end = Instant::now() + patience;
        let all = self.clients.len() + more;
        for i in 0..more {
            self.connect(i < named)?;
            // The first ones must read while the last ones connect.
            if i % 64 == 63 {
                self.read(Duration::ZERO, |_| {})?;
            }
        }
        while self.speech == Speech::Surtitle && self.joined < all {
            if Instant::now() > end {
                return Err(format!("only {} of {all} members are in the room", self.joined).into());
            }
            self.read(Duration::from_millis(50), |_| {})?;
        }
        Ok(())
    }

    fn connect(&mut self, named: bool) -> Outcome<()> {
        let mut stream = std::net::TcpStream::connect(self.address)?;
        stream.set_nodelay(true)?;
        let mut pending = Vec::new();
        if self.speech != Speech::None {
            pending = shake_hands(&mut stream, self.address)?;
        }
        if self.speech == Speech::Surtitle {
            let mut first = frame::masked(r#"{"t":"hello","v":1}"#);
            if named {
                first.extend(frame::masked(r#"{"t":"name","nick":"ann"}"#));
            }
            first.extend(frame::masked(r#"{"t":"join","room":"main"}"#));
            stream.write_all(&first)?;
        }
        stream.set_nonblocking(true)?;
        let mut stream = TcpStream::from_std(stream);
        let token = Token(self.clients.len());
        self.poll.registry().register(&mut stream, token, Interest::READABLE)?;
        self.clients.push(Client { stream, pending });
        Ok(())
    }

    /// Sends a text as one member.
    pub fn send(&mut self, member: usize, text: &str) -> Outcome<()> {
        // Far below a socket's buffer: it always takes the whole frame.
        Ok(self.clients[member].stream.write_all(&frame::masked(text))?)
    }

    /// Reads what is there, waiting at most `wait` for the first of it.
    pub fn read(&mut self, wait: Duration, mut each: impl FnMut(&[Event])) -> Outcome<()> {
        match self.poll.poll(&mut self.events, Some(wait)) {
            Err(e) if e.kind() == ErrorKind::Interrupted => return Ok(()),
            other => other?,
        }
        for event in &self.events {
            let client = &mut self.clients[event.token().0];
            loop {
                let n = match client.stream.read(&mut self.buffer) {
                    Ok(0) => return Err("the server closed a connection".into()),
                    Ok(n) => n,
                    Err(e) if e.kind() == ErrorKind::WouldBlock => break,
                    Err(e) => return Err(e.into()),
                };
                let mut messages = 0;
                let mut rest = &self.buffer[..n];
                let held = std::mem::take(&mut client.pending);
                let joint = (!held.is_empty()).then(|| [&held, rest].concat());
                if let Some(joint) = &joint {
                    rest = joint;
                }
                while let Some((opcode, payload, more)) = frame::split(rest) {
                    rest = more;
                    if opcode == frame::CLOSE {
                        let why = String::from_utf8_lossy(payload.get(2..).unwrap_or_default());
                        return Err(format!("the server closed a connection: {why}").into());
                    }
                    let frame = frame::parse(payload)?;
                    match frame.t {
                        "joined" => self.joined += 1,
                        "batch" => {
                            messages += frame.events.len();
                            each(&frame.events);
                            if self.sample.is_none() && is_sample(&frame.events) {
                                self.sample = Some(payload.to_vec());
                            }
                        }
                        "error" => return Err(String::from_utf8_lossy(payload).into()),
                        _ => {}
                    }
                }
                client.pending = rest.to_vec();
                self.reads += u64::from(messages > 0);
                // A short read has emptied the socket; more raises a new event.
                if n < self.buffer.len() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Reads that returned messages since the last call.
    pub fn take_reads(&mut self) -> u64 {
        std::mem::take(&mut self.reads)
    }

    /// The payload of the first batch that held one message.
    pub fn sample(&self) -> Option<&[u8]> {
        self.sample.as_deref()
    }
}

fn is_sample(events: &[Event]) -> bool {
    matches!(events, [Event { cid: Some(_) }])
}

/// The HTTP upgrade; returns what came after it.
fn shake_hands(stream: &mut std::net::TcpStream, address: SocketAddr) -> Outcome<Vec<u8>> {
    let request = format!(
        "GET /ws HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    );
    stream.write_all(request.as_bytes())?;
    let mut head = Vec::new();
    loop {
        let mut part = [0; 1_024];
        let n = stream.read(&mut part)?;
        head.extend_from_slice(&part[..n]);
        if let Some(at) = head.windows(4).position(|w| w == b"\r\n\r\n") {
            if !head.starts_with(b"HTTP/1.1 101") {
                return Err(format!("no upgrade: {}", String::from_utf8_lossy(&head)).into());
            }
            return Ok(head.split_off(at + 4));
        }
        if n == 0 {
            return Err("the server closed a connection during the upgrade".into());
        }
    }
}
