//! A client that speaks as the vendor's SDKs without sockets do.

use super::{Home, Server, signed, within};
use serde_json::{Value, json};

/// An SDK without sockets.
#[derive(Clone)]
pub struct HttpSdk {
    base: String,
    app: u32,
    http: reqwest::Client,
    /// What the login gave, or empty.
    pub a2: String,
}

impl HttpSdk {
    /// One that is not logged in.
    pub fn new(home: &Home, server: &Server) -> Self {
        let app = home.secrets().sdkappid;
        Self { base: server.url(""), app, http: reqwest::Client::new(), a2: String::new() }
    }

    /// One that logged in.
    pub async fn login(home: &Home, server: &Server, user: &str) -> Self {
        let mut sdk = Self::new(home, server);
        let usersig = signed(sdk.app, &home.secrets().secret_key, user);
        let query = format!("identifier={user}&usersig={usersig}");
        let body = json!({ "State": "Online" });
        let answer = sdk.post("v4/openim/login", &query, &body.to_string()).await;
        assert_eq!(answer["ErrorCode"], 0, "{answer}");
        sdk.a2 = answer["A2Key"].as_str().expect("a key").to_owned();
        sdk
    }

    /// The answer of a command, as `openim.login`.
    pub async fn ask(&self, command: &str, body: Value) -> Value {
        let path = format!("v4/{}", command.replace('.', "/"));
        let a2 = if self.a2.is_empty() { "undefined" } else { &self.a2 };
        self.post(&path, &format!("a2={a2}"), &body.to_string()).await
    }

    /// The answer to this body at this path.
    pub async fn post(&self, path: &str, query: &str, body: &str) -> Value {
        let (base, app) = (&self.base, self.app);
        let url = format!("{base}/{path}?sdkappid={app}&{query}&accounttype=7&apn=1&platform=10");
        let sent = self.http.post(url).body(body.to_owned()).send();
        let response = within("an answer", sent).await.expect("it answers");
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        within("a body", response.json()).await.expect("JSON")
    }

    /// Joins the room as a member: the answer.
    pub async fn join(&self, group: &str) -> Value {
        let body = json!({ "GroupId": group, "WebPushFlag": 1 });
        self.ask("group_open_http_svc.apply_join_group", body).await
    }

    /// Says something: the answer.
    pub async fn say(&self, group: &str, text: &str) -> Value {
        self.ask("group_open_http_svc.send_group_msg", spoken(group, text)).await
    }

    /// Polls a group until somebody says this, from a number on.
    pub async fn hear(&self, command: &str, key: &Value, mut start: u64, text: &str) -> Value {
        within(text, async {
            loop {
                let body = json!({ "USP": 1, "StartSeq": start, "HoldTime": 90, "Key": key });
                let answer = self.ask(command, body).await;
                assert_eq!(answer["ErrorCode"], 0, "{answer}");
                start = answer["NextSeq"].as_u64().expect("a number");
                let list = answer["RspMsgList"].as_array().expect("a list");
                let said = list.iter().find(|item| said(item) == Some(text));
                if let Some(item) = said {
                    return item.clone();
                }
            }
        })
        .await
    }
}

/// The body of `send_group_msg`.
fn spoken(group: &str, text: &str) -> Value {
    let random = text.bytes().fold(7u32, |n, b| n.wrapping_mul(31).wrapping_add(b.into()));
    let content = json!([{ "MsgType": "TIMTextElem", "MsgContent": { "Text": text } }]);
    json!({ "GroupId": group, "Random": random, "MsgPriority": "High", "MsgBody": content })
}

/// The text of a delivered item.
fn said(item: &Value) -> Option<&str> {
    item["MsgBody"][0]["MsgContent"]["Text"].as_str()
}
