//! One socket, written to from anywhere, never waited for.
//!
//! Whoever has a frame writes it at once if the socket takes it. What the
//! socket does not take is kept as shared bytes, up to [`ROPE_LIMIT`]; a
//! short-lived task writes it out when the socket is writable again. While
//! something is kept, frames of [`Level::State`] are shed (a fresher one
//! follows by itself); past the limit the connection is closed with 1013 and
//! the client resumes by number. An idle connection holds no buffer and no
//! task but its reader.

use super::codec;
use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use surtitle_core::room::ConnId;
use surtitle_core::wire::Close;
use tokio::net::TcpStream;

/// Most bytes kept for a socket that does not take them.
pub const ROPE_LIMIT: usize = 256 * 1024;

/// Ended without a close frame (RFC 6455 §7.4.1).
const ABORTED: u16 = 1006;

/// Whether a frame may be shed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Must arrive or the connection ends.
    Message,
    /// Superseded by the next of its kind.
    State,
}

/// Frames the socket has not taken; the first may be half written.
#[derive(Debug, Default)]
struct Rope {
    frames: VecDeque<Bytes>,
    bytes: usize,
    /// Most bytes kept: [`ROPE_LIMIT`], beside the one frame that began it.
    limit: usize,
    /// Close the socket once everything is written.
    last: bool,
}

/// One WebSocket connection.
#[derive(Debug)]
pub struct Conn {
    /// Its number in this run.
    pub id: ConnId,
    stream: TcpStream,
    /// Guards the order of bytes on the wire; held for one non-blocking write.
    out: Mutex<Option<Box<Rope>>>,
    /// 0 while it is open, then the code it was closed with, [`ABORTED`] without one.
    closed: AtomicU16,
    heard: AtomicU64,
}

impl Conn {
    /// A connection over an upgraded socket.
    pub fn new(id: ConnId, stream: TcpStream, now: u64) -> Arc<Self> {
        let (out, closed) = (Mutex::new(None), AtomicU16::new(0));
        Arc::new(Self { id, stream, out, closed, heard: AtomicU64::new(now) })
    }

    /// The socket, for its reader.
    pub fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// Notes that something arrived at `now` (ms).
    pub fn hear(&self, now: u64) {
        self.heard.store(now, Ordering::Relaxed);
    }

    /// When something last arrived (ms).
    pub fn heard(&self) -> u64 {
        self.heard.load(Ordering::Relaxed)
    }

    /// Whether it is closed or about to be.
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed) != 0
    }

    /// The code this side closed it with, if it did.
    pub fn close_code(&self) -> Option<u16> {
        Some(self.closed.load(Ordering::Relaxed)).filter(|code| !matches!(*code, 0 | ABORTED))
    }

    /// Notes that it is closed, for the first reason there was.
    fn note(&self, code: u16) -> bool {
        self.closed.compare_exchange(0, code, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Sends one encoded frame, or keeps or sheds it.
    pub fn push(self: &Arc<Self>, frame: &Bytes, level: Level) {
        if self.is_closed() {
            return;
        }
        let mut out = self.lock();
        if let Some(rope) = out.as_mut() {
            if level == Level::State {
                return;
            }
            if rope.bytes + frame.len() > rope.limit {
                drop(out);
                return self.close(Close::Slow);
            }
            rope.bytes += frame.len();
            rope.frames.push_back(frame.clone());
            return;
        }
        // Straight to the socket, which is non-blocking: what the runtime knows
        // about it lies in another place of memory, cold at every delivery.
        let written = match socket2::SockRef::from(&self.stream).send(frame) {
            Ok(n) if n == frame.len() => return,
            Ok(n) => n,
            Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => 0,
            Err(_) => {
                drop(out);
                return self.abort();
            }
        };
        // A frame that has begun must end, whatever its level.
        if written == 0 && level == Level::State {
            return;
        }
        let rest = frame.slice(written..);
        let bytes = rest.len();
        let limit = ROPE_LIMIT + bytes;
        *out = Some(Box::new(Rope { frames: VecDeque::from([rest]), bytes, limit, last: false }));
        drop(out);
        tokio::spawn(Arc::clone(self).drain());
    }

    /// Sends a close frame, then closes. A socket that cannot take it is cut.
    pub fn close(&self, close: Close) {
        if !self.note(close.code()) {
            return;
        }
        let frame = Bytes::from(codec::encode_close(close));
        let mut out = self.lock();
        match out.as_mut() {
            Some(rope) if close != Close::Slow => {
                rope.frames.push_back(frame);
                rope.last = true;
                return;
            }
            // Between frames only a frame may follow: a half-written one is cut.
            Some(_) => {}
            None => drop(self.stream.try_write(&frame)),
        }
        drop(out);
        self.shut();
    }

    /// Ends the connection without a word.
    pub fn abort(&self) {
        self.note(ABORTED);
        self.shut();
    }

    /// Both directions: wakes the reader, which then lets go of the socket.
    fn shut(&self) {
        let _ = socket2::SockRef::from(&self.stream).shutdown(std::net::Shutdown::Both);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Box<Rope>>> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes out what is kept, then ends. At most one runs per connection.
    async fn drain(self: Arc<Self>) {
        loop {
            if self.stream.writable().await.is_err() {
                return self.abort();
            }
            let mut out = self.lock();
            let Some(rope) = out.as_mut() else { return };
            while let Some(front) = rope.frames.front_mut() {
                match self.stream.try_write(front) {
                    Ok(n) => {
                        rope.bytes = rope.bytes.saturating_sub(n);
                        if n == front.len() {
                            rope.frames.pop_front();
                        } else {
                            *front = front.slice(n..);
                        }
                    }
                    Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => break,
                    Err(_) => {
                        drop(out);
                        return self.abort();
                    }
                }
            }
            if rope.frames.is_empty() {
                let last = rope.last;
                *out = None;
                drop(out);
                if last {
                    self.shut();
                }
                return;
            }
        }
    }
}
