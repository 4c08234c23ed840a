//! Told events: order, the queue on disk, tries, the log.

use super::*;
use surtitle_core::Millis;
use surtitle_store::{DeliveryRecord, Sqlite};
use tokio::time::{sleep, timeout};

/// Waits until `is_so`: told events go their own way.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !is_so().await {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(Duration::from_secs(10), wait).await.unwrap_or_else(|_| panic!("never: {what}"));
}

/// The log, oldest first.
async fn log(store: &dyn Store) -> Vec<DeliveryRecord> {
    let mut log = store.list_deliveries(APP, 1_000, None).await.expect("lists");
    log.reverse();
    log
}

async fn all_ended(hooks: &Hooks) {
    until("everything ended", async || hooks.health().waiting == 0).await;
}

/// How each of the log ended, and after how many tries.
async fn ends(store: &dyn Store) -> Vec<(&'static str, u32)> {
    let word = |record: &DeliveryRecord| match record.state {
        DeliveryState::Due { .. } => ("due", record.attempts),
        DeliveryState::Done { .. } => ("done", record.attempts),
        DeliveryState::Failed { .. } => ("failed", record.attempts),
    };
    log(store).await.iter().map(word).collect()
}

fn soon() -> BreakerLimits {
    BreakerLimits { pause: Duration::from_millis(5), ..BreakerLimits::default() }
}

#[tokio::test]
async fn events_are_told_in_order_and_logged() {
    let backend = Backend::saying(Answer::code(0)).await;
    let store = Arc::new(Memory::default());
    let limits = Limits { telling: 1, ..limits() };
    let hooks = open(config(&backend.url), store.clone(), limits).await;
    for turn in 0..200 {
        hooks.tell(after(&turn.to_string()));
    }
    let told = backend.wait_for(200).await;
    let texts: Vec<String> = told.iter().map(text_of).collect();
    assert_eq!(texts, (0..200).map(|turn| turn.to_string()).collect::<Vec<_>>());
    assert_eq!(told[0].parameter("CallbackCommand"), Some("Group.CallbackAfterSendMsg"));
    all_ended(&hooks).await;

    let log = log(store.as_ref()).await;
    assert_eq!(log.len(), 200);
    assert_eq!((log[0].command.as_str(), log[0].attempts), ("Group.CallbackAfterSendMsg", 1));
    assert_eq!(log[0].body, after("0").body.get());
    assert!(log.iter().all(|record| matches!(record.state, DeliveryState::Done { .. })));
}

#[tokio::test]
async fn at_most_eight_are_told_at_once() {
    let answer = Answer::Late(Duration::from_millis(5), r#"{"ErrorCode":0}"#.into());
    let backend = Backend::saying(answer).await;
    let hooks = hooks(config(&backend.url), limits()).await;
    for turn in 0..100 {
        hooks.tell(after(&turn.to_string()));
    }
    backend.wait_for(100).await;
    all_ended(&hooks).await;
    assert_eq!(backend.most_at_once(), 8);
}

#[tokio::test]
async fn code_of_an_answer_to_an_event_is_not_read() {
    let backend = Backend::saying(Answer::code(1)).await;
    let store = Arc::new(Memory::default());
    let hooks = open(config(&backend.url), store.clone(), limits()).await;
    hooks.tell(after("hi"));
    hooks.flush().await;
    all_ended(&hooks).await;
    assert_eq!(ends(store.as_ref()).await, [("done", 1)]);
}

#[tokio::test]
async fn without_retries_an_event_has_one_try() {
    let backend = Backend::saying(Answer::status("503 Service Unavailable")).await;
    let store = Arc::new(Memory::default());
    let hooks =
        open(config(&backend.url), store.clone(), Limits { breaker: soon(), ..limits() }).await;
    for turn in ["1", "2"] {
        hooks.tell(after(turn));
    }
    all_waited(&hooks).await;
    assert_eq!(ends(store.as_ref()).await, [("failed", 1), ("failed", 1)]);
    assert_eq!(backend.requests().len(), 2);
    let last = hooks.health().telling.last.expect("a failure");
    assert!(last.note.contains("503"), "{}", last.note);
    let DeliveryState::Failed { note, .. } = &log(store.as_ref()).await[0].state else {
        panic!("failed")
    };
    assert_eq!(*note, last.note);
}

async fn all_waited(hooks: &Hooks) {
    hooks.flush().await;
    all_ended(hooks).await;
}

#[tokio::test]
async fn with_retries_an_event_has_five_tries_and_none_is_lost() {
    let backend = Backend::start(|request, _| {
        if text_of(request) == "never" { Answer::status("500 No") } else { Answer::code(0) }
    })
    .await;
    let store = Arc::new(Memory::default());
    let pauses = [3, 5, 7, 9].map(Duration::from_millis).to_vec();
    let limits = Limits { pauses, breaker: soon(), ..limits() };
    let hooks =
        open(HookConfig { retry: true, ..config(&backend.url) }, store.clone(), limits).await;
    for text in ["one", "never", "two"] {
        hooks.tell(after(text));
    }
    all_waited(&hooks).await;
    assert_eq!(ends(store.as_ref()).await, [("done", 1), ("failed", 5), ("done", 1)]);
    assert_eq!(backend.requests().len(), 7);
}

#[test]
fn five_tries_take_about_ten_minutes() {
    let pauses = Limits::default().pauses;
    let whole: Duration = pauses.iter().sum();
    assert_eq!(pauses.len(), 4);
    assert!((540..=660).contains(&whole.as_secs()), "{whole:?}");
}

#[tokio::test]
async fn answer_that_is_none_is_retried_but_stops_nothing() {
    let backend = Backend::saying(Answer::Json("ok".into())).await;
    let store = Arc::new(Memory::default());
    let hooks = open(config(&backend.url), store.clone(), limits()).await;
    for turn in 0..20 {
        hooks.tell(after(&turn.to_string()));
    }
    all_waited(&hooks).await;
    // A pause of the breaker would be 5 s.
    assert!(!hooks.health().telling.is_open);
    assert_eq!(ends(store.as_ref()).await, [("failed", 1); 20]);
}

#[tokio::test]
async fn open_breaker_keeps_events_until_the_back_end_is_back() {
    let backend =
        Backend::start(|_, turn| if turn < 7 { Answer::Raw(Vec::new()) } else { Answer::code(0) })
            .await;
    let store = Arc::new(Memory::default());
    let limits = Limits { telling: 1, breaker: soon(), ..limits() };
    let hooks = open(config(&backend.url), store.clone(), limits).await;
    for turn in 0..30 {
        hooks.tell(after(&turn.to_string()));
    }
    all_waited(&hooks).await;
    let ends = ends(store.as_ref()).await;
    // Five open it, two trials fail; everything after that is told.
    assert_eq!(ends[..7], [("failed", 1); 7]);
    assert_eq!(ends[7..], [("done", 1); 23]);
}

#[tokio::test]
async fn dead_events_do_not_stop_questions() {
    let backend = Backend::start(|request, _| {
        let is_event = request.parameter("CallbackCommand") == Some("Group.CallbackAfterSendMsg");
        if is_event { Answer::status("500 No") } else { Answer::code(2) }
    })
    .await;
    let hooks = hooks(config(&backend.url), limits()).await;
    for turn in 0..20 {
        hooks.tell(after(&turn.to_string()));
    }
    until("the events' breaker is open", async || hooks.health().telling.is_open).await;
    assert!(matches!(hooks.ask(before("hi")).await, Verdict::Drop));
}

#[tokio::test]
async fn telling_never_waits_and_counts_what_it_drops() {
    let backend = Backend::saying(Answer::Never).await;
    let limits = Limits { waiting: 10, ..limits() };
    let hooks = hooks(config(&backend.url), limits).await;
    let start = std::time::Instant::now();
    for turn in 0..1_000 {
        hooks.tell(after(&turn.to_string()));
    }
    assert!(start.elapsed() < Duration::from_secs(1));
    let health = hooks.health();
    assert_eq!((health.waiting, health.dropped), (10, 990));
}

#[tokio::test]
async fn full_memory_drops_and_counts_too() {
    let limits = Limits { tell_queue: 4, ..limits() };
    let hooks = hooks(config(&nobody().await), limits).await;
    // Nothing is written meanwhile: this test has one thread and never waits.
    for turn in 0..10 {
        hooks.tell(after(&turn.to_string()));
    }
    let health = hooks.health();
    assert_eq!((health.waiting, health.dropped), (4, 6));
}

#[tokio::test]
async fn told_events_survive_a_restart_of_a_real_store() {
    let dir = tempfile::tempdir().expect("tempdir");
    let store = Arc::new(Sqlite::open(dir.path()).await.expect("opens"));
    let dead = hooks_on(&nobody().await, store.clone()).await;
    for turn in 0..50 {
        dead.tell(after(&turn.to_string()));
    }
    dead.close().await;
    // What is told after that is dropped, not half kept.
    dead.tell(after("late"));
    store.close().await;

    let store = Arc::new(Sqlite::open(dir.path()).await.expect("opens"));
    let known = log(store.as_ref()).await;
    assert_eq!(known.len(), 50);
    let tried: Vec<_> = known.iter().filter(|record| record.attempts > 0).collect();
    assert!(tried.len() <= 13, "five open the breaker, eight were in flight: {}", tried.len());

    let backend = Backend::saying(Answer::code(0)).await;
    let hooks = hooks_on(&backend.url, store.clone()).await;
    assert_eq!(hooks.health().waiting, 50);
    backend.wait_for(50).await;
    all_ended(&hooks).await;
    let mut texts: Vec<usize> =
        backend.requests().iter().map(|r| text_of(r).parse().expect("a number")).collect();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts, (0..50).collect::<Vec<_>>());
    hooks.close().await;
    store.close().await;
}

/// With retries, so that nothing ends for good while the back end is dead.
async fn hooks_on(url: &str, store: Arc<dyn Store>) -> Arc<Hooks> {
    let pauses = vec![Duration::from_millis(1); 50];
    let limits = Limits { pauses, ..limits() };
    open(HookConfig { retry: true, ..config(url) }, store, limits).await
}

#[tokio::test]
async fn event_is_on_disk_when_a_flush_returns() {
    let dir = tempfile::tempdir().expect("tempdir");
    let store = Arc::new(Sqlite::open(dir.path()).await.expect("opens"));
    let limits = Limits { linger: Duration::from_secs(60), ..limits() };
    let backend = Backend::saying(Answer::Never).await;
    let hooks = open(config(&backend.url), store.clone(), limits).await;
    hooks.tell(after("hi"));
    let start = std::time::Instant::now();
    hooks.flush().await;
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(ends(store.as_ref()).await, [("due", 0)]);
}

#[tokio::test]
async fn event_is_on_disk_within_200_ms_by_itself() {
    let store = Arc::new(Memory::default());
    let backend = Backend::saying(Answer::Never).await;
    let hooks = open(config(&backend.url), store.clone(), Limits::default()).await;
    let start = std::time::Instant::now();
    hooks.tell(after("hi"));
    until("it is in the store", async || !log(store.as_ref()).await.is_empty()).await;
    assert!(start.elapsed() < Duration::from_millis(200), "{:?}", start.elapsed());
}

#[tokio::test]
async fn event_of_the_log_is_told_again_on_demand() {
    let backend =
        Backend::start(
            |_, turn| {
                if turn == 0 { Answer::status("500 No") } else { Answer::code(0) }
            },
        )
        .await;
    let store = Arc::new(Memory::default());
    let hooks = open(config(&backend.url), store.clone(), limits()).await;
    hooks.tell(after("hi"));
    all_waited(&hooks).await;
    let row = log(store.as_ref()).await[0].row;
    assert_eq!(ends(store.as_ref()).await, [("failed", 1)]);

    for tries in [2, 3] {
        assert!(hooks.resend(row).await.expect("the store answers"));
        backend.wait_for(tries).await;
        all_ended(&hooks).await;
        assert_eq!(ends(store.as_ref()).await, [("done", u32::try_from(tries).expect("few"))]);
    }
    let texts: Vec<String> = backend.requests().iter().map(text_of).collect();
    assert_eq!(texts, ["hi", "hi", "hi"]);
}

#[tokio::test]
async fn only_events_of_the_app_are_told_again() {
    let store = Arc::new(Memory::default());
    let other = NewDelivery {
        app: APP + 1,
        command: "Group.CallbackAfterSendMsg".into(),
        query: String::new(),
        body: "{}".into(),
        made_at: Millis(0),
    };
    let rows = store.put_deliveries(&[other]).await.expect("puts");
    let backend = Backend::saying(Answer::code(0)).await;
    let hooks = open(config(&backend.url), store.clone(), limits()).await;
    assert!(!hooks.resend(rows[0]).await.expect("the store answers"));
    assert!(!hooks.resend(Row(999)).await.expect("the store answers"));
    hooks.close().await;
    assert!(backend.requests().is_empty());
}

#[tokio::test]
async fn real_store_tells_each_event_once_and_its_log_keeps_the_newest() {
    let dir = tempfile::tempdir().expect("tempdir");
    let store = Arc::new(Sqlite::open(dir.path()).await.expect("opens"));
    let backend = Backend::saying(Answer::code(0)).await;
    let limits = Limits { keep: 20, ..limits() };
    let hooks = open(config(&backend.url), store.clone(), limits.clone()).await;
    for turn in 0..300 {
        hooks.tell(after(&turn.to_string()));
    }
    all_waited(&hooks).await;
    until("old ones are gone", async || log(store.as_ref()).await.len() <= 23).await;
    hooks.close().await;
    assert_eq!(backend.requests().len(), 300);
    // What a tenth more was is gone when it opens again.
    let hooks = open(config(&backend.url), store.clone(), limits).await;
    let log = log(store.as_ref()).await;
    assert_eq!(log.len(), 20);
    assert!(log[19].body.contains(r#""Text":"299""#), "{}", log[19].body);
    hooks.close().await;
    store.close().await;
}

#[tokio::test]
async fn events_without_an_address_fail_with_a_reason() {
    let store = Arc::new(Memory::default());
    let backend = Backend::saying(Answer::Never).await;
    let limits = Limits { telling: 1, patience: Duration::from_millis(50), ..limits() };
    let hooks = open(config(&backend.url), store.clone(), limits).await;
    hooks.tell(after("1"));
    hooks.tell(after("2"));
    backend.wait_for(1).await;
    hooks.configure(HookConfig::default());
    all_waited(&hooks).await;
    let DeliveryState::Failed { note, .. } = &log(store.as_ref()).await[1].state else {
        panic!("failed")
    };
    assert!(note.contains("no address"), "{note}");
}

#[tokio::test]
async fn long_queue_is_counted_whole() {
    let store = Arc::new(Memory::default());
    let new = |turn: u64| NewDelivery {
        app: APP,
        command: "Group.CallbackAfterSendMsg".into(),
        query: String::new(),
        body: "{}".into(),
        made_at: Millis(turn),
    };
    let all: Vec<NewDelivery> = (0..2_500).map(new).collect();
    let rows = store.put_deliveries(&all).await.expect("puts");
    let done = DeliveryState::Done { at: Millis(1), note: String::new() };
    for row in &rows[..100] {
        store.put_delivery_result(*row, 1, &done).await.expect("puts");
    }
    assert_eq!(deliver::count_waiting(store.as_ref(), APP).await.expect("counts"), 2_400);
}
