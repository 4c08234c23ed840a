//! Nothing that is logged has the token in it.

use super::*;
use std::fmt::Write;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Everything that is logged, at every level.
#[derive(Debug, Clone, Default)]
struct Capture(Arc<Mutex<String>>);

struct Writer<'a>(&'a mut String);

impl Visit for Writer<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // Writing into a string cannot fail.
        let _ = writeln!(self.0, "{field}={value:?}");
    }
}

impl Subscriber for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Writer(&mut self.0.lock().expect("no panic with it")));
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Writer(&mut self.0.lock().expect("no panic with it")));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Writer(&mut self.0.lock().expect("no panic with it")));
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn neither_the_token_nor_the_hosts_address_is_logged_or_kept() {
    let capture = Capture::default();
    let _logging = tracing::subscriber::set_default(capture.clone());
    let store = Arc::new(Memory::default());
    let backend = Backend::saying(Answer::status("500 No")).await;
    let config = |url: &str| HookConfig {
        token: Some("hush-token".into()),
        retry: true,
        ..config(&format!("{url}?key=hush-key"))
    };
    let breaker = BreakerLimits { pause: Duration::from_millis(1), ..BreakerLimits::default() };
    let limits = Limits { pauses: Vec::new(), breaker, ..limits() };
    let hooks = open(config(&backend.url), store.clone(), limits).await;
    for turn in 0..20 {
        hooks.tell(after(&turn.to_string()));
        hooks.ask(before("hi")).await;
    }
    hooks.configure(config(&nobody().await));
    for _ in 0..5 {
        hooks.ask(before("hi")).await;
    }
    hooks.close().await;

    let logged = capture.0.lock().expect("no panic with it").clone();
    assert!(logged.contains("the back end fails"), "{logged}");
    let log = store.list_deliveries(APP, 1_000, None).await.expect("lists");
    let kept = format!("{log:?} {:?} {hooks:?}", hooks.health());
    for (what, text) in [("log", &logged), ("store, health and debug output", &kept)] {
        for secret in ["hush", "Sign="] {
            let found = text.find(secret).map(|at| &text[at.saturating_sub(60)..at]);
            assert_eq!(found, None, "{what}: before {secret:?}");
        }
    }
    assert!(backend.requests()[0].parameter("Sign").is_some());
}
