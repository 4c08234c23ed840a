//! The developers' interface, as the console's page uses it.

use super::within;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::net::SocketAddr;

/// Somebody with a token who asks under `/api`.
pub struct Api {
    http: Client,
    addr: SocketAddr,
    token: String,
}

/// A new app: its number and the key that is shown once.
#[derive(Debug, Clone)]
pub struct Created {
    pub id: u32,
    pub key: String,
}

impl Api {
    /// With this token.
    pub fn new(addr: SocketAddr, token: &str) -> Self {
        Self { http: Client::new(), addr, token: token.to_owned() }
    }

    /// Asks with these headers and, if there is one, a body; the status and the answer.
    pub async fn ask(
        &self,
        method: &str,
        path: &str,
        body: Option<String>,
        headers: &[(&str, &str)],
    ) -> (u16, Value) {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self.http.request(method, format!("http://{}/api{path}", self.addr));
        if !headers.iter().any(|(name, _)| *name == "Authorization") {
            request = request.bearer_auth(&self.token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = within("an answer", request.send()).await.expect("it answers");
        let status = response.status().as_u16();
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        assert_eq!(header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(header("content-type"), Some("application/json"), "{path}");
        let text = within("its text", response.text()).await.expect("it is text");
        (status, serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e} in {text}")))
    }

    /// What a GET finds.
    pub async fn get(&self, path: &str) -> Value {
        let (status, found) = self.ask("GET", path, None, &[]).await;
        assert_eq!(status, 200, "{path}: {found}");
        found
    }

    /// What is done, and what came of it.
    pub async fn call(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, done) = self.ask(method, path, Some(body.to_string()), &[]).await;
        assert!((200..300).contains(&status), "{method} {path}: {status} {done}");
        done
    }

    /// The status and code something is refused with.
    pub async fn refused(&self, method: &str, path: &str, body: Value) -> (u16, u64) {
        let (status, said) = self.ask(method, path, Some(body.to_string()), &[]).await;
        let code = said["code"].as_u64();
        let message = said["message"].as_str().unwrap_or_default();
        assert!(!message.is_empty() && !message.ends_with('.'), "{method} {path}: {said}");
        (status, code.unwrap_or_else(|| panic!("{method} {path}: no refusal but {said}")))
    }

    /// Makes an app.
    pub async fn app(&self, name: &str) -> Created {
        let made = self.call("POST", "/apps", json!({ "name": name })).await;
        let id = made["id"].as_u64().and_then(|id| u32::try_from(id).ok()).expect("a number");
        Created { id, key: made["secret_key"].as_str().expect("a key").to_owned() }
    }

    /// Makes a room of an app.
    pub async fn room(&self, app: u32, id: &str) {
        let new = json!({ "name": id, "id": id });
        let made = self.call("POST", &format!("/apps/{app}/rooms"), new).await;
        assert_eq!(made["id"], id);
    }
}
