//! A back end: it signs as an admin of the first app and calls.

use crate::harness::{Home, Server, within};
use serde_json::Value;
use std::time::{SystemTime, UNIX_EPOCH};
use surtitle_tim::usersig::{Claims, sign};

/// The first app's number, out of the box.
pub const APP: u32 = 1_400_000_001;
/// Its admin, out of the box.
pub const ADMIN: &str = "administrator";

/// A server and its app's back end.
pub struct BackEnd {
    /// The server.
    pub server: Server,
    /// Its place on disk.
    pub home: Home,
    client: reqwest::Client,
    key: String,
    signature: String,
}

impl BackEnd {
    /// Of a server as it is out of the box.
    pub async fn new() -> Self {
        let home = Home::new();
        let server = home.start().await;
        let key = home.secrets().secret_key;
        let signature = signed(&key, APP, ADMIN);
        Self { server, home, client: reqwest::Client::new(), key, signature }
    }

    /// The same after a restart of the server.
    pub async fn restarted(mut self) -> Self {
        self.server.terminate();
        self.server = self.home.start().await;
        self
    }

    /// A signature for somebody of the first app.
    pub fn usersig(&self, user: &str) -> String {
        signed(&self.key, APP, user)
    }

    /// The query of a call by the admin.
    pub fn query(&self) -> String {
        let signature = &self.signature;
        format!("sdkappid={APP}&identifier={ADMIN}&usersig={signature}&random=7&contenttype=json")
    }

    /// What `path` with this query answers to this body.
    pub async fn post(&self, path: &str, query: &str, body: impl Into<reqwest::Body>) -> Value {
        let url = self.server.url(&format!("/v4/{path}?{query}"));
        let sent = within(path, self.client.post(url).body(body.into()).send()).await;
        let response = sent.unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(response.status(), 200, "{path}");
        let text = within(path, response.text()).await.expect("a body");
        let answer: Value =
            serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path}: {text}"));
        let code = answer["ErrorCode"].as_u64().unwrap_or_else(|| panic!("{path}: {text}"));
        let status = if code == 0 { "OK" } else { "FAIL" };
        assert_eq!(answer["ActionStatus"], status, "{path}: {text}");
        assert!(answer["ErrorInfo"].is_string(), "{path}: {text}");
        answer
    }

    /// A call by the admin.
    pub async fn call(&self, path: &str, body: Value) -> Value {
        self.post(path, &self.query(), body.to_string()).await
    }

    /// A call by the admin that must be carried out.
    pub async fn done(&self, path: &str, body: Value) -> Value {
        let answer = self.call(path, body.clone()).await;
        assert_eq!(answer["ErrorCode"], 0, "{path} {body}: {answer}");
        answer
    }

    /// The code of a call that must be refused.
    pub async fn refused(&self, path: &str, body: Value) -> u64 {
        let answer = self.call(path, body.clone()).await;
        assert_ne!(answer["ErrorInfo"], "", "{path} {body}: {answer}");
        answer["ErrorCode"].as_u64().expect("a number")
    }
}

/// A signature for a day.
pub fn signed(key: &str, app: u32, user: &str) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    sign(key, &Claims { user: user.into(), app, time: now - 5, life: 86_400, userbuf: None })
}
