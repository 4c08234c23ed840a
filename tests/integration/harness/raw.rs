//! Bytes on a socket, for what no well-behaved client sends.

use super::within;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What a browser asks for, beside the host, to open a WebSocket.
pub const UPGRADE: [(&str, &str); 4] = [
    ("Upgrade", "websocket"),
    ("Connection", "Upgrade"),
    ("Sec-WebSocket-Version", "13"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
];

/// A TCP connection whose bytes are the test's own.
pub struct Raw {
    stream: TcpStream,
}

impl Raw {
    /// A connection on which nothing was said.
    pub async fn connect(addr: SocketAddr) -> Self {
        let stream = within("a connection", TcpStream::connect(addr)).await.expect("it listens");
        stream.set_nodelay(true).expect("an option");
        Self { stream }
    }

    /// A connection upgraded to a WebSocket.
    pub async fn upgraded(addr: SocketAddr) -> Self {
        let mut raw = Self::connect(addr).await;
        let headers = [&[("Host", "localhost")], &UPGRADE[..]].concat();
        let head = raw.ask("GET /ws", &headers).await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        raw
    }

    /// Sends a request and reads the head of the answer, empty if the other side hangs up.
    pub async fn ask(&mut self, method_and_path: &str, headers: &[(&str, &str)]) -> String {
        let mut request = format!("{method_and_path} HTTP/1.1\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        self.put(format!("{request}\r\n").as_bytes()).await;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match within("an answer", self.stream.read_u8()).await {
                Ok(byte) => head.push(byte),
                Err(_) => break,
            }
        }
        String::from_utf8_lossy(&head).into_owned()
    }

    /// Writes bytes; the other side may have hung up.
    pub async fn put(&mut self, bytes: &[u8]) {
        let _ = within("a write", self.stream.write_all(bytes)).await;
    }

    /// Writes one masked frame with this first byte.
    pub async fn put_frame(&mut self, first: u8, payload: &[u8]) {
        self.put(&masked(first, payload)).await;
    }

    /// Reads to the end of the connection.
    pub async fn rest(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // A reset is an end too.
        let _ = within("the end", self.stream.read_to_end(&mut bytes)).await;
        bytes
    }

    /// Waits for the other side to hang up, whatever it says before; may be dropped and called again.
    pub async fn end(&mut self) {
        let mut some = [0; 256];
        while matches!(self.stream.read(&mut some).await, Ok(n) if n > 0) {}
    }

    /// The next frame: first byte and payload; `None` at the end.
    pub async fn frame(&mut self) -> Option<(u8, Vec<u8>)> {
        within("a frame", async {
            let first = self.stream.read_u8().await.ok()?;
            let length = match self.stream.read_u8().await.ok()? {
                126 => u64::from(self.stream.read_u16().await.ok()?),
                127 => self.stream.read_u64().await.ok()?,
                short => short.into(),
            };
            let mut payload = vec![0; usize::try_from(length).expect("a length")];
            self.stream.read_exact(&mut payload).await.ok()?;
            Some((first, payload))
        })
        .await
    }

    /// Reads to the close frame: the codes of the errors on the way, and its own.
    pub async fn ending(&mut self) -> (Vec<u16>, Option<u16>) {
        let mut errors = Vec::new();
        while let Some((first, payload)) = self.frame().await {
            if first & 0x0f == 8 {
                return (errors, Some(u16::from_be_bytes([payload[0], payload[1]])));
            }
            let json: serde_json::Value = serde_json::from_slice(&payload).expect("json");
            errors.extend(json["code"].as_u64().and_then(|c| u16::try_from(c).ok()));
        }
        (errors, None)
    }
}

/// A masked frame.
pub fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [0x5a, 0xc3, 0x01, 0xff];
    let mut out = vec![first];
    match payload.len() {
        n @ 0..=125 => out.push(0x80 | u8::try_from(n).expect("under 126")),
        n @ 126..=0xffff => {
            out.push(0x80 | 126);
            out.extend(u16::try_from(n).expect("under 65536").to_be_bytes());
        }
        n => {
            out.push(0x80 | 127);
            out.extend((n as u64).to_be_bytes());
        }
    }
    out.extend(mask);
    out.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    out
}

/// One request on a connection of its own; the whole answer.
pub async fn http(addr: SocketAddr, method_and_path: &str, headers: &[(&str, &str)]) -> String {
    let mut raw = Raw::connect(addr).await;
    let closing = [headers, &[("Connection", "close")]].concat();
    let head = raw.ask(method_and_path, &closing).await;
    head + &String::from_utf8_lossy(&raw.rest().await)
}
