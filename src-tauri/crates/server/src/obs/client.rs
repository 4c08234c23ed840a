//! One connection to OBS: obs-websocket 5, JSON, one request at a time.
//!
//! Sources and scenes are named, never numbered by UUID, so that OBS 28 (the
//! first with this protocol) and later ones are asked alike.

use super::address::Address;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::net::IpAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

/// Longest wait for the connection and for each step of its greeting.
const GREETING: Duration = Duration::from_secs(5);
/// Longest wait for an answer; a busy OBS takes a second or two for a picture.
const ANSWER: Duration = Duration::from_secs(12);
/// Largest message taken, in bytes: a picture of the proof's size is under 100 KB,
/// a list of a thousand scene items under 1 MB.
const MESSAGE_LIMIT: usize = 8 << 20;
/// Close code of a refused password (obs-websocket, `WebSocketCloseCode`).
const REFUSED_PASSWORD: u16 = 4009;
/// "Resource not found" (obs-websocket, `RequestStatus`).
const NOT_FOUND: u64 = 600;

/// Why OBS did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing listens there.
    #[error("{0} does not answer")]
    Unreachable(Address),
    /// Something listens there, and it is not obs-websocket 5.
    #[error("{0} answers, but not as OBS does")]
    Stranger(Address),
    /// It wants a password and got none.
    #[error("OBS wants a password")]
    NoPassword,
    /// It did not take the password.
    #[error("OBS did not take the password")]
    WrongPassword,
    /// The connection has ended.
    #[error("OBS has closed the connection")]
    Gone,
    /// A request got no answer in time.
    #[error("OBS did not answer {0:?} in time")]
    Silent(&'static str),
    /// OBS refused a request.
    #[error("OBS refused {request:?}: {comment} ({code})")]
    Refused {
        /// Which request.
        request: &'static str,
        /// Its status code.
        code: u64,
        /// What OBS says about it.
        comment: String,
    },
    /// What the host asked for cannot be done here; the sentence says why and what else to do.
    #[error("{0}")]
    Unfit(String),
}

impl Error {
    /// Whether the connection is of no use any more.
    pub fn is_end(&self) -> bool {
        !matches!(self, Self::Refused { .. } | Self::Unfit(_))
    }

    /// Whether OBS has no source, scene or item of that name.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused { code: NOT_FOUND, .. })
    }
}

/// Whoever answers requests as OBS does.
pub trait Ask: Send {
    /// Makes a request; its `responseData`, `null` for none.
    ///
    /// # Errors
    /// [`Error`].
    fn ask(
        &mut self,
        request: &'static str,
        data: Value,
    ) -> impl Future<Output = Result<Value, Error>> + Send;
}

/// A connection that has been greeted.
pub struct Client {
    socket: WebSocketStream<TcpStream>,
    number: u64,
    /// Our own address on this connection: by it OBS's machine reaches us.
    pub here: IpAddr,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Client({})", self.here)
    }
}

impl Client {
    /// Connects and identifies; the password never leaves this machine, only a
    /// hash of it with what OBS sent.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn connect(address: &Address, password: Option<&str>) -> Result<Self, Error> {
        let stranger = || Error::Stranger(address.clone());
        let unreachable = || Error::Unreachable(address.clone());
        let stream = timeout(GREETING, TcpStream::connect(address.endpoint()))
            .await
            .map_err(|_| unreachable())?
            .map_err(|_| unreachable())?;
        // Requests are small and each waits for its answer.
        let _ = stream.set_nodelay(true);
        let here = stream.local_addr().map_err(|_| unreachable())?.ip();
        let config = WebSocketConfig::default()
            .max_message_size(Some(MESSAGE_LIMIT))
            .max_frame_size(Some(MESSAGE_LIMIT));
        let shaken = client_async_with_config(address.url(), stream, Some(config));
        let (socket, _) =
            timeout(GREETING, shaken).await.map_err(|_| stranger())?.map_err(|_| stranger())?;
        let mut client = Self { socket, number: 0, here };
        let hello = timeout(GREETING, client.hear()).await.map_err(|_| stranger())??;
        if hello["op"] != 0 || !hello["d"]["rpcVersion"].is_u64() {
            return Err(stranger());
        }
        // No events: what matters is looked at, so that nothing can be missed.
        let mut identify = json!({ "rpcVersion": 1, "eventSubscriptions": 0 });
        if let Some(asked) = hello["d"].get("authentication").filter(|asked| asked.is_object()) {
            let password = password.ok_or(Error::NoPassword)?;
            let word = |key: &str| asked[key].as_str().unwrap_or_default();
            identify["authentication"] = answer(password, word("salt"), word("challenge")).into();
        }
        client.say(&json!({ "op": 1, "d": identify })).await?;
        let identified = timeout(GREETING, client.hear()).await.map_err(|_| stranger())??;
        if identified["op"] == 2 { Ok(client) } else { Err(stranger()) }
    }

    async fn say(&mut self, message: &Value) -> Result<(), Error> {
        let text = Message::text(message.to_string());
        self.socket.send(text).await.map_err(|_| Error::Gone)
    }

    /// The next message; what is no JSON is passed over.
    async fn hear(&mut self) -> Result<Value, Error> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    if let Ok(value) = serde_json::from_str(&text) {
                        return Ok(value);
                    }
                }
                Some(Ok(Message::Close(Some(close))))
                    if u16::from(close.code) == REFUSED_PASSWORD =>
                {
                    return Err(Error::WrongPassword);
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Error::Gone),
                Some(Ok(_)) => {}
            }
        }
    }
}

impl Ask for Client {
    async fn ask(&mut self, request: &'static str, data: Value) -> Result<Value, Error> {
        self.number += 1;
        let id = self.number.to_string();
        let asked = json!({ "requestType": request, "requestId": id, "requestData": data });
        let answered = async {
            self.say(&json!({ "op": 6, "d": asked })).await?;
            loop {
                let mut message = self.hear().await?;
                // An answer that came too late for its request is nobody's.
                if message["op"] == 7 && message["d"]["requestId"] == id.as_str() {
                    return Ok::<Value, Error>(message["d"].take());
                }
            }
        };
        let mut answer = timeout(ANSWER, answered).await.map_err(|_| Error::Silent(request))??;
        let status = &answer["requestStatus"];
        if status["result"] == true {
            return Ok(answer["responseData"].take());
        }
        let comment = status["comment"].as_str().unwrap_or("no reason given").to_owned();
        Err(Error::Refused { request, code: status["code"].as_u64().unwrap_or_default(), comment })
    }
}

/// The authentication string of obs-websocket 5.
fn answer(password: &str, salt: &str, challenge: &str) -> String {
    let digest = |text: String| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let secret = digest(format!("{password}{salt}"));
    digest(format!("{secret}{challenge}"))
}

/// Whether a text can be a password of OBS: one line, 256 bytes at most.
pub fn is_password(text: &str) -> bool {
    (1..=256).contains(&text.len()) && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authentication_hashes_the_password_with_salt_and_then_challenge() {
        // Worked out by hand with sha256sum and base64; a real OBS takes it in tests/obs.
        let secret = answer(
            "supersecretpassword",
            "lM1GncleQOaCu9lT1yeUZhFYnqhsLLP1G5lAGo3ixaI=",
            "+IxH4CnCiqpX1rM9scsNynZzbOe4KhDeYcTNS3PDaeY=",
        );
        assert_eq!(secret, "1Ct943GAT+6YQUUX47Ia/ncufilbe6+oD6lY+5kaCu4=");
    }
}
