//! A bare socket that speaks the frames of the vendor's SDKs.

use super::within;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use surtitle_tim::usersig::{Claims, sign};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// What pushes are called.
const PUSH: &str = "im_open_push.msg_push";

/// A UserSig for an hour, made a moment ago.
pub fn signed(app: u32, key: &str, user: &str) -> String {
    let time = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    sign(key, &Claims { user: user.to_owned(), app, time, life: 3_600, userbuf: None })
}

/// An SDK's socket. Pushes that nobody asked for yet wait.
pub struct Sdk {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    app: u32,
    user: String,
    a2: String,
    seq: u64,
    pushed: VecDeque<Value>,
}

impl Sdk {
    /// A socket for an app, not logged in.
    pub async fn open(addr: SocketAddr, app: u32) -> Self {
        Self::open_as(addr, app, "").await
    }

    /// The same, of an SDK instance that keeps its name over sockets.
    pub async fn open_as(addr: SocketAddr, app: u32, instance: &str) -> Self {
        Self::open_on(addr, app, instance, 7).await
    }

    /// The same on another platform: 8 is a mini program.
    pub async fn open_on(addr: SocketAddr, app: u32, instance: &str, platform: u32) -> Self {
        let query = format!("sdkappid={app}&platform={platform}&instanceid={instance}");
        let address = format!("ws://{addr}/info?{query}");
        let (socket, _) = within("a socket", connect_async(address)).await.expect("it upgrades");
        let (user, a2) = (String::new(), String::new());
        Self { socket, app, user, a2, seq: 0, pushed: VecDeque::new() }
    }

    /// The same, logged in.
    pub async fn login(addr: SocketAddr, app: u32, key: &str, user: &str) -> Self {
        let mut sdk = Self::open(addr, app).await;
        assert_eq!(sdk.enter(user, &signed(app, key, user)).await, 0, "{user} logs in");
        sdk
    }

    /// Logs in; the ErrorCode.
    pub async fn enter(&mut self, user: &str, usersig: &str) -> u64 {
        let head = json!({ "identifier": user, "usersig": usersig });
        let answer = self.ask_as("im_open_status.wslogin", json!({}), head).await;
        if let Some(a2) = answer["A2Key"].as_str() {
            (self.user, self.a2) = (user.to_owned(), a2.to_owned());
        }
        answer["ErrorCode"].as_u64().expect("a code")
    }

    /// What the login gave it.
    pub fn a2(&self) -> String {
        self.a2.clone()
    }

    /// Goes on with what another login gave, or an earlier one.
    pub fn resume(&mut self, a2: String) {
        self.a2 = a2;
    }

    /// Sends a command; the answer's body.
    pub async fn ask(&mut self, servcmd: &str, body: Value) -> Value {
        let a2 = self.a2.clone();
        self.ask_as(servcmd, body, json!({ "a2": a2 })).await
    }

    /// The same with members of its own in the head.
    pub async fn ask_as(&mut self, servcmd: &str, body: Value, more: Value) -> Value {
        self.seq += 1;
        let mut head = json!({ "servcmd": servcmd, "seq": self.seq, "sdkappid": self.app });
        for (name, value) in more.as_object().expect("members") {
            head[name] = value.clone();
        }
        let frame = json!({ "head": head, "body": body }).to_string();
        within("a write", self.socket.send(Message::text(frame))).await.expect("it is open");
        loop {
            let frame = self.read(servcmd).await;
            let head = &frame["head"];
            if head["servcmd"] == servcmd && head["seq"] == self.seq {
                return frame["body"].clone();
            }
            self.pushed.push_back(frame);
        }
    }

    /// Sends a command and goes on; the number to ask for its answer with.
    pub async fn put(&mut self, servcmd: &str, body: Value) -> u64 {
        self.seq += 1;
        let head =
            json!({ "servcmd": servcmd, "seq": self.seq, "sdkappid": self.app, "a2": self.a2 });
        let frame = json!({ "head": head, "body": body }).to_string();
        within("a write", self.socket.send(Message::text(frame))).await.expect("it is open");
        self.seq
    }

    /// The body of the answer to a number. Pushes on the way are thrown away;
    /// answers to other numbers wait.
    pub async fn answer(&mut self, seq: u64) -> Value {
        if let Some(i) = self.pushed.iter().position(|frame| frame["head"]["seq"] == seq) {
            return self.pushed.remove(i).expect("it is there")["body"].clone();
        }
        loop {
            let frame = self.read("an answer").await;
            if frame["head"]["servcmd"] == PUSH {
                continue;
            }
            if frame["head"]["seq"] == seq {
                return frame["body"].clone();
            }
            self.pushed.push_back(frame);
        }
    }

    /// The next push; `None` if there is none for `silence`.
    pub async fn next_push(&mut self, silence: Duration) -> Option<Value> {
        if let Some(frame) = self.pushed.pop_front() {
            return Some(frame);
        }
        match tokio::time::timeout(silence, self.socket.next()).await.ok()?? {
            Ok(Message::Text(text)) => serde_json::from_str(&text).ok(),
            _ => None,
        }
    }

    /// The ErrorCode of a command.
    pub async fn code(&mut self, servcmd: &str, body: Value) -> u64 {
        let answer = self.ask(servcmd, body).await;
        answer["ErrorCode"].as_u64().unwrap_or_else(|| panic!("no code in {answer}"))
    }

    /// Joins a group; the ErrorCode.
    pub async fn join(&mut self, group: &str) -> u64 {
        let body = json!({ "GroupId": group });
        self.code("group_open_http_svc.apply_join_group", body).await
    }

    /// Says something in a group; the ErrorCode.
    pub async fn say(&mut self, group: &str, text: &str) -> u64 {
        self.send(group, "TIMTextElem", json!({ "Text": text })).await
    }

    /// Sends a custom message to a group; the ErrorCode.
    pub async fn custom(&mut self, group: &str, data: &str) -> u64 {
        self.send(group, "TIMCustomElem", json!({ "Data": data, "Desc": "", "Ext": "" })).await
    }

    async fn send(&mut self, group: &str, kind: &str, content: Value) -> u64 {
        let body = json!({
            "GroupId": group,
            "From_Account": self.user,
            "Random": self.seq + 1,
            "MsgBody": [{ "MsgType": kind, "MsgContent": content }],
        });
        self.code("group_open_http_svc.send_group_msg", body).await
    }

    /// Waits for a push that has this text in it, and throws the others away.
    pub async fn hears(&mut self, text: &str) -> Value {
        loop {
            let frame = match self.pushed.pop_front() {
                Some(frame) => frame,
                None => self.read(text).await,
            };
            if frame.to_string().contains(text) {
                return frame;
            }
        }
    }

    /// Everything pushed so far, as text.
    pub fn heard(&self) -> String {
        self.pushed.iter().map(Value::to_string).collect()
    }

    /// Waits for the end of the socket.
    pub async fn ended(&mut self) {
        let end = async {
            while let Some(Ok(message)) = self.socket.next().await {
                if let Ok(Ok(frame)) = message.to_text().map(serde_json::from_str) {
                    self.pushed.push_back(frame);
                }
            }
        };
        within("the end of the socket", end).await;
    }

    async fn read(&mut self, what: &str) -> Value {
        match within(what, self.socket.next()).await {
            Some(Ok(Message::Text(text))) => {
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
            }
            other => panic!("{what}: the socket said {other:?}"),
        }
    }
}
