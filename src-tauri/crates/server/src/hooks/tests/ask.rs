//! Questions: what back ends answer, and what happens when they do not.

use super::*;
use std::time::Instant as StdInstant;
use surtitle_tim::hook::REPLY_LIMIT;

/// The verdict in one word, and the code of a refusal.
fn word(verdict: &Verdict) -> (&'static str, u32) {
    match verdict {
        Verdict::Allow => ("allow", 0),
        Verdict::Rewrite { .. } => ("rewrite", 0),
        Verdict::Refuse(refusal) => ("refuse", refusal.number),
        Verdict::Drop => ("drop", 0),
    }
}

#[tokio::test]
async fn question_is_posted_as_the_vendor_does() {
    let backend = Backend::saying(Answer::code(0)).await;
    let hooks = hooks(config(&backend.url), limits()).await;
    assert_eq!(word(&hooks.ask(before("hi")).await), ("allow", 0));

    let requests = backend.requests();
    let [request] = requests.as_slice() else { panic!("one call: {requests:?}") };
    assert_eq!(
        request.line,
        "POST /hook?SdkAppid=1400000001&CallbackCommand=Group.CallbackBeforeSendMsg\
         &contenttype=json&ClientIP=192.0.2.7&OptPlatform=Web HTTP/1.1"
    );
    assert!(request.head.iter().any(|line| line == "content-type: application/json"));
    assert_eq!(request.body, before("hi").body.get());
}

#[tokio::test]
async fn signed_question_has_the_hash_of_token_and_time() {
    use sha2::{Digest, Sha256};
    let backend = Backend::saying(Answer::code(0)).await;
    let token = Some("xxxyyy".to_owned());
    let hooks = hooks(HookConfig { token, ..config(&backend.url) }, limits()).await;
    hooks.ask(before("hi")).await;

    let request = &backend.requests()[0];
    let time = request.parameter("RequestTime").expect("a time");
    let hash = Sha256::digest(format!("xxxyyy{time}"));
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(request.parameter("Sign"), Some(hash.as_str()));
    let now = Clock::start().now().0 / 1_000;
    assert!(now.abs_diff(time.parse().expect("seconds")) < 60);
}

#[tokio::test]
async fn answer_decides() {
    let new = r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"new"}}]"#;
    for (answer, decided) in [
        (Answer::code(0), ("allow", 0)),
        (Answer::code(1), ("refuse", 10016)),
        (Answer::code(2), ("drop", 0)),
        (Answer::code(10100), ("refuse", 10100)),
        (Answer::code(10200), ("refuse", 10200)),
        (Answer::Json(format!(r#"{{"ErrorCode":0,"MsgBody":{new}}}"#)), ("rewrite", 0)),
    ] {
        let backend = Backend::saying(answer.clone()).await;
        let hooks = hooks(config(&backend.url), limits()).await;
        assert_eq!(word(&hooks.ask(before("hi")).await), decided, "{answer:?}");
        assert_eq!(hooks.health().asking.failures, 0);
    }
}

#[tokio::test]
async fn own_code_comes_with_its_text_without_control_characters() {
    let json = r#"{"ErrorCode":10150,"ErrorInfo":"no\r\n\u0000links\u001b[31m"}"#;
    let backend = Backend::saying(Answer::Json(json.into())).await;
    let hooks = hooks(config(&backend.url), limits()).await;
    let Verdict::Refuse(refusal) = hooks.ask(before("hi")).await else { panic!("a refusal") };
    assert_eq!(refusal.number, 10150);
    assert!(refusal.text.starts_with("no links"), "{:?}", refusal.text);
    assert!(!refusal.text.chars().any(char::is_control), "{:?}", refusal.text);
}

/// Every way not to answer, by kind.
fn failures() -> Vec<(&'static str, Answer)> {
    let json = |text: &str| Answer::Json(text.to_owned());
    let message = |text: &str| {
        format!(
            r#"{{"ErrorCode":0,"MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]}}"#
        )
    };
    let deep = format!(r#"{{"ErrorCode":{}{}}}"#, "[".repeat(20_000), "]".repeat(20_000));
    vec![
        ("slow: never", Answer::Never),
        ("slow: late", Answer::Late(Duration::from_secs(60), r#"{"ErrorCode":2}"#.into())),
        ("slow: drips", Answer::Drip(Duration::from_millis(20))),
        ("dead: closes", Answer::Raw(Vec::new())),
        ("dead: resets", Answer::Reset(Vec::new())),
        (
            "dead: resets in the middle",
            Answer::Reset(b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"Error".to_vec()),
        ),
        ("lying: no HTTP", Answer::Raw(b"{\"ErrorCode\":0}".to_vec())),
        ("lying: a page", json("<!DOCTYPE html><html>ErrorCode 0</html>")),
        ("lying: other JSON", json(r#"{"code":0}"#)),
        ("lying: a list", json(r#"[{"ErrorCode":0}]"#)),
        ("lying: nothing", json("")),
        ("lying: code as text", json(r#"{"ErrorCode":"0"}"#)),
        ("lying: code too large", Answer::code(i64::MAX)),
        ("lying: code below zero", Answer::code(-1)),
        ("lying: code of another range", Answer::code(120_001)),
        ("lying: 500", Answer::status("500 Internal Server Error")),
        ("lying: 204", Answer::status("204 No Content")),
        ("lying: redirect", Answer::status("302 Found\r\nLocation: http://127.0.0.1:1/")),
        ("lying: longer than sent", Answer::saying(1_000, r#"{"ErrorCode":2}"#)),
        ("lying: shorter than sent", Answer::saying(8, r#"{"ErrorCode":2}"#)),
        ("huge: says so", Answer::Huge),
        ("huge: without end", Answer::Endless),
        ("huge: 64 KB and one", Answer::saying(REPLY_LIMIT + 1, &" ".repeat(REPLY_LIMIT + 1))),
        (
            "huge: heads",
            Answer::Raw(
                format!("HTTP/1.1 200 OK\r\n{}", format!("x: {}\r\n", "y".repeat(900)).repeat(200))
                    .into_bytes(),
            ),
        ),
        ("hostile: nested", json(&deep)),
        ("hostile: 1 MB", json(&message(&"x".repeat(1 << 20)))),
        ("message: over its limit", json(&message(&"x".repeat(13_000)))),
        ("message: none", json(r#"{"ErrorCode":0,"MsgBody":[{"MsgType":"?"}]}"#)),
        ("hostile: not UTF-8", Answer::Raw(
            b"HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{\"ErrorCode\":0,\"x\":\"\xff\xff\xff\"}".to_vec(),
        )),
    ]
}

#[tokio::test]
async fn policy_decides_whatever_goes_wrong() {
    for (kind, answer) in failures() {
        let backend = Backend::saying(answer).await;
        let patience = Duration::from_millis(if kind.starts_with("slow") { 150 } else { 5_000 });
        let limits = Limits { patience, ..limits() };
        let hooks = hooks(config(&backend.url), limits).await;
        assert_eq!(word(&hooks.ask(before("hi")).await), ("allow", 0), "{kind}");

        hooks.configure(HookConfig { refuse_on_failure: true, ..config(&backend.url) });
        for command in [Command::BeforeSendMsg, Command::BeforeApplyJoinGroup] {
            // Joining has no message that could be wrong.
            if kind.starts_with("message") && command != Command::BeforeSendMsg {
                continue;
            }
            let verdict = hooks.ask(call(command, "hi")).await;
            assert_eq!(word(&verdict), ("refuse", 80003), "{kind}");
        }
        let health = hooks.health().asking;
        assert!(health.failures >= 2 && health.last.is_some(), "{kind}: {health:?}");
        assert_eq!(health.in_flight, 0, "{kind}");
        // Asked once each: a question is never repeated.
        assert_eq!(backend.requests().len() as u64, health.failures, "{kind}");
    }
}

#[tokio::test]
async fn refused_connection_is_a_failure_at_once() {
    let hooks = hooks(config(&nobody().await), limits()).await;
    let start = StdInstant::now();
    assert_eq!(word(&hooks.ask(before("hi")).await), ("allow", 0));
    assert!(start.elapsed() < Duration::from_secs(2));
    let last = hooks.health().asking.last.expect("a failure");
    assert!(last.note.starts_with("cannot connect"), "{}", last.note);
    assert_eq!(last.command, "Group.CallbackBeforeSendMsg");
}

#[tokio::test]
async fn patience_counts_the_wait_for_a_free_place() {
    let backend = Backend::start(|_, turn| match turn {
        0 => Answer::Late(Duration::from_millis(600), r#"{"ErrorCode":2}"#.into()),
        _ => Answer::Never,
    })
    .await;
    let limits = Limits { patience: Duration::from_secs(1), asking: 1, ..limits() };
    let hooks = hooks(config(&backend.url), limits).await;
    let start = StdInstant::now();
    let (one, two) = tokio::join!(hooks.ask(before("1")), hooks.ask(before("2")));
    assert_eq!((word(&one), word(&two)), (("drop", 0), ("allow", 0)));
    // A whole second of its own from 600 ms on would end at 1.6 s.
    assert!(start.elapsed() < Duration::from_millis(1_500), "{:?}", start.elapsed());
    assert_eq!((backend.requests().len(), backend.most_at_once()), (2, 1));
}

#[tokio::test]
async fn default_patience_is_two_seconds() {
    let backend =
        Backend::saying(Answer::Late(Duration::from_secs(3), r#"{"ErrorCode":1}"#.into())).await;
    let hooks = hooks(config(&backend.url), Limits::default()).await;
    let start = StdInstant::now();
    assert_eq!(word(&hooks.ask(before("hi")).await), ("allow", 0));
    let took = start.elapsed();
    assert!(
        took >= Duration::from_millis(1_900) && took < Duration::from_millis(2_500),
        "{took:?}"
    );
}

#[tokio::test]
async fn at_most_sixty_four_are_asked_at_once_and_all_are() {
    let answer = Answer::Late(Duration::from_millis(20), r#"{"ErrorCode":2}"#.into());
    let backend = Backend::saying(answer).await;
    let hooks = hooks(config(&backend.url), limits()).await;
    let mut asks = tokio::task::JoinSet::new();
    for turn in 0..500 {
        let hooks = Arc::clone(&hooks);
        asks.spawn(async move { hooks.ask(before(&turn.to_string())).await });
    }
    for verdict in asks.join_all().await {
        assert_eq!(word(&verdict), ("drop", 0));
    }
    assert_eq!(backend.requests().len(), 500);
    assert_eq!(backend.most_at_once(), 64);
}

#[tokio::test]
async fn question_over_the_queue_gets_the_policy_at_once() {
    let backend = Backend::saying(Answer::Never).await;
    let limits = Limits { asking: 1, ask_queue: 2, ..limits() };
    let hooks = hooks(config(&backend.url), limits).await;
    let mut asks = Vec::new();
    for turn in ["1", "2", "3"] {
        let hooks = Arc::clone(&hooks);
        asks.push(tokio::spawn(async move { hooks.ask(before(turn)).await }));
        if turn == "1" {
            backend.wait_for(1).await;
        }
    }
    tokio::task::yield_now().await;
    let start = StdInstant::now();
    assert_eq!(word(&hooks.ask(before("4")).await), ("allow", 0));
    assert!(start.elapsed() < Duration::from_secs(1));
    assert_eq!(hooks.health().asking.skipped, 1);
    asks.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn breaker_opens_after_five_failures_and_closes_again() {
    let backend = Backend::start(|_, turn| {
        if turn < 6 { Answer::status("500 Internal Server Error") } else { Answer::code(2) }
    })
    .await;
    let breaker = BreakerLimits { pause: Duration::from_millis(50), ..BreakerLimits::default() };
    let hooks = hooks(config(&backend.url), Limits { breaker, ..limits() }).await;
    for _ in 0..5 {
        hooks.ask(before("hi")).await;
    }
    let health = hooks.health().asking;
    assert!(health.is_open && health.tries_at.is_some(), "{health:?}");
    // Policy without a call.
    assert_eq!(word(&hooks.ask(before("hi")).await), ("allow", 0));
    assert_eq!(backend.requests().len(), 5);

    // The trial fails, the next one does not: then calls go on.
    while backend.requests().len() < 7 {
        hooks.ask(before("hi")).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(word(&hooks.ask(before("hi")).await), ("drop", 0));
    assert!(!hooks.health().asking.is_open);
}

#[tokio::test]
async fn new_address_is_called_at_once_though_the_old_one_was_dead() {
    let hooks = hooks(config(&nobody().await), limits()).await;
    for _ in 0..5 {
        hooks.ask(before("hi")).await;
    }
    assert!(hooks.health().asking.is_open);
    let backend = Backend::saying(Answer::code(2)).await;
    hooks.configure(config(&backend.url));
    assert_eq!(word(&hooks.ask(before("hi")).await), ("drop", 0));
}

#[tokio::test]
async fn question_that_was_given_up_leaves_nothing_behind() {
    let backend = Backend::saying(Answer::Never).await;
    let limits = Limits { asking: 1, ..limits() };
    let hooks = hooks(config(&backend.url), limits).await;
    for turn in 1..=3 {
        let by = Arc::clone(&hooks);
        let ask = tokio::spawn(async move { by.ask(before("hi")).await });
        backend.wait_for(turn).await;
        ask.abort();
        assert!(ask.await.is_err());
    }
    let health = hooks.health().asking;
    assert_eq!((health.in_flight, health.failures, health.is_open), (0, 0, false));
}

#[tokio::test]
async fn nobody_is_asked_about_what_is_not_configured() {
    let backend = Backend::saying(Answer::code(1)).await;
    let commands = [Command::AfterSendMsg.name().to_owned()].into();
    let hooks = hooks(HookConfig { commands, ..config(&backend.url) }, limits()).await;
    assert!(!hooks.wants(Command::BeforeSendMsg) && hooks.wants(Command::AfterSendMsg));
    assert_eq!(word(&hooks.ask(before("hi")).await), ("allow", 0));
    hooks.tell(call(Command::BeforeSendMsg, "hi"));
    hooks.configure(HookConfig::default());
    assert!(!hooks.wants(Command::AfterSendMsg));
    assert_eq!(hooks.config(), HookConfig::default());
    hooks.close().await;
    assert!(backend.requests().is_empty());
}
