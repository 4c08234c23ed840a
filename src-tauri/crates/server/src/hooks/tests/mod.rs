//! Webhooks against a real HTTP server on loopback that is slow, dead, lying,
//! huge or hostile. Times are short limits, not sleeps.

mod ask;
mod backend;
mod secrets;
mod tell;
mod tls;

use super::*;
use backend::{Answer, Backend};
use serde_json::value::RawValue;
use std::time::Duration;
use surtitle_store::Memory;
use surtitle_tim::hook::body::{self, GroupMessage};

const APP: u32 = 1_400_000_001;

/// What has its defaults, except that no test waits for long: nothing here
/// depends on how long, only on what happens then.
fn limits() -> Limits {
    Limits {
        patience: Duration::from_secs(5),
        linger: Duration::from_millis(1),
        ..Limits::default()
    }
}

fn config(url: &str) -> HookConfig {
    HookConfig {
        url: Some(url.to_owned()),
        commands: Command::ALL.iter().map(|command| command.name().to_owned()).collect(),
        ..HookConfig::default()
    }
}

async fn open(config: HookConfig, store: Arc<dyn Store>, limits: Limits) -> Arc<Hooks> {
    let client = Client::new(client::tls(client::web_roots()), limits.asking);
    Hooks::with(APP, config, store, Clock::start(), limits, client).await.expect("opens")
}

async fn hooks(config: HookConfig, limits: Limits) -> Arc<Hooks> {
    open(config, Arc::new(Memory::default()), limits).await
}

/// A message of `alice` with this text, before or after it is delivered.
fn call(command: Command, text: &str) -> Call {
    let elements = serde_json::json!([{"MsgType": "TIMTextElem", "MsgContent": {"Text": text}}]);
    let elements = RawValue::from_string(elements.to_string()).expect("JSON");
    let message = GroupMessage {
        group: "live",
        from: "alice",
        operator: "alice",
        random: 1,
        body: &elements,
        cloud: "",
        at_ms: 1_700_000_000_000,
    };
    let body = match command {
        Command::BeforeSendMsg => body::before_send(&message),
        Command::AfterSendMsg => body::after_send(&message, 1, 1_700_000_000),
        Command::BeforeApplyJoinGroup => body::before_join("live", "alice", 1_700_000_000_000),
        other => panic!("no test calls {other}"),
    };
    Call { command, body, ip: "192.0.2.7".parse().ok(), platform: Platform::Web }
}

fn before(text: &str) -> Call {
    call(Command::BeforeSendMsg, text)
}

fn after(text: &str) -> Call {
    call(Command::AfterSendMsg, text)
}

/// The text of the message a back end was sent.
fn text_of(request: &backend::Request) -> String {
    let body: serde_json::Value = serde_json::from_str(&request.body).expect("JSON");
    body["MsgBody"][0]["MsgContent"]["Text"].as_str().expect("a text").to_owned()
}

/// An address nobody listens on.
async fn nobody() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    format!("http://{}/", listener.local_addr().expect("an address"))
}
