//! Who may do what, and what a token is worth.

use crate::harness::{Client, Heard, Home, Launch, Server, pair, room};
use std::os::unix::fs::PermissionsExt as _;
use surtitle_core::wire::{Body, ClientFrame, HostCommand, Rehearsal, ServerFrame, StreamInfo};
use surtitle_core::{Cue, Millis, Placard, PlacardKind, Role};
use surtitle_server::auth::Tokens;

/// Commands of the host alone.
fn host_only() -> Vec<HostCommand> {
    let overlay = || "main".to_owned();
    vec![
        HostCommand::Look { overlay: overlay(), look: Box::default() },
        HostCommand::Visible { overlay: overlay(), on: false },
        HostCommand::Rehearse { what: Rehearsal::Comment },
        HostCommand::ConfirmPair { code: "000000".into() },
        HostCommand::Unpair { overlay: overlay() },
        HostCommand::JoinRemote { address: "ws://127.0.0.1:9/main".into(), token: None },
        HostCommand::LeaveRemote,
        HostCommand::Stream { stream: StreamInfo::default() },
        HostCommand::Place {
            placard: Box::new(Placard {
                id: "r".into(),
                kind: PlacardKind::Rank { title: String::new(), places: 3, rows: vec![] },
            }),
        },
    ]
}

#[tokio::test]
async fn display_watches_its_overlay_and_nothing_else() {
    let home = Home::new();
    let server = home.start().await;
    let mut display = Client::open(server.addr).await;
    assert_eq!(display.hello(Some(&home.secrets().display)).await, Role::Display);
    display.watch("main").await;
    for frame in [
        ClientFrame::Watch { overlay: "other".into(), resume: None },
        ClientFrame::Monitor,
        ClientFrame::Name { nick: "Ann".into() },
    ] {
        display.put(&frame).await;
        assert_eq!(display.error().await, 2204, "{frame:?}");
    }
    for command in [HostCommand::Clear, HostCommand::Say { text: "hi".into() }] {
        assert_eq!(display.command(command).await, Err(2204));
    }
    display.join(None).await;
    let cid = display.send(Body::Comment { text: "hi".into() }).await;
    assert_eq!(display.refused(cid).await, 2103);
}

#[tokio::test]
async fn viewer_and_guest_neither_watch_monitor_nor_command() {
    let home = Home::new();
    let server = home.start().await;
    for mut client in [server.viewer("Ann").await, server.guest().await] {
        let watch = ClientFrame::Watch { overlay: "main".into(), resume: None };
        for frame in [watch, ClientFrame::Monitor] {
            client.put(&frame).await;
            assert_eq!(client.error().await, 2204, "{frame:?}");
        }
        for command in host_only().into_iter().chain([HostCommand::Unpin, HostCommand::Clear]) {
            assert_eq!(client.command(command.clone()).await, Err(2204), "{command:?}");
        }
    }
}

#[tokio::test]
async fn helper_keeps_order_and_changes_no_settings() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    let mut helper = Client::open(server.addr).await;
    assert_eq!(helper.hello(Some(&home.secrets().helper)).await, Role::Helper);
    helper.monitor().await;
    helper.watch("main").await;
    let id = ann.say("look at this").await;
    let shown = |cue: &Cue| matches!(cue, Cue::Comment { event } if event.id == id).then_some(());
    helper.cue("the comment", shown).await;
    for command in [
        HostCommand::Pin { id: id.clone() },
        HostCommand::Unpin,
        HostCommand::Remove { id: id.clone() },
        HostCommand::Mute { user: ann.id(), seconds: 60 },
        HostCommand::Clear,
        HostCommand::Say { text: "order, please".into() },
    ] {
        helper.command(command.clone()).await.unwrap_or_else(|code| panic!("{code} {command:?}"));
    }
    let said = ann.hear("order, please").await;
    assert_eq!(said.from.map(|f| f.role), Some(Role::Host), "said in the host's name");
    for command in host_only() {
        assert_eq!(helper.command(command.clone()).await, Err(2204), "{command:?}");
    }
}

#[tokio::test]
async fn muted_member_is_told_until_it_is_lifted() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    let mut host = server.bearer(&home.secrets().host).await;
    let id = ann.say("something rude").await;
    host.command(HostCommand::Mute { user: ann.id(), seconds: 600 }).await.expect("muted");
    ann.until("her line is taken off", |heard| match heard {
        Heard::Frame(ServerFrame::Remove { ids }) if ids.contains(&id) => Some(()),
        _ => None,
    })
    .await;
    let cid = ann.send(Body::Comment { text: "and again".into() }).await;
    assert_eq!(ann.refused(cid).await, 2107);
    host.command(HostCommand::Mute { user: ann.id(), seconds: 0 }).await.expect("lifted");
    ann.say("sorry").await;
    let late = server.guest().await.join(None).await;
    let texts: Vec<_> = late.history.iter().filter_map(crate::harness::text_of).collect();
    assert_eq!(texts, ["sorry"], "what was taken off is no history");
}

#[tokio::test]
async fn token_that_is_wrong_changed_or_of_another_server_is_refused() {
    let home = Home::new();
    let server = home.start().await;
    let ann = server.viewer("Ann").await;
    let host = home.secrets().host;
    let elsewhere = Tokens::new(b"another key".to_vec(), "Host".into());
    let user = ann.user.clone().expect("named");
    let changed = |token: &str, at: usize| {
        let mut bytes = token.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).expect("ascii")
    };
    for token in [
        String::new(),
        "wrong".into(),
        "x".repeat(2_000),
        changed(&ann.token(), 5),
        changed(&ann.token(), ann.token().len() / 2),
        changed(&host, 0),
        host[1..].to_owned(),
        elsewhere.sign(Millis(u64::MAX / 2), &user),
    ] {
        assert_eq!(ending(&server, &token).await, (2202, Some(4100)), "{token:.50}");
    }
    assert_eq!(server.refused(2202).await, 8);
}

#[tokio::test]
async fn token_that_has_run_out_is_told_apart_from_a_wrong_one() {
    let home = Home::new();
    let server = home.start().await;
    let user = server.viewer("Ann").await.user.expect("named");
    let key = home.secrets().viewer_key.into_bytes();
    let long_ago = Tokens::new(key, "Host".into()).sign(Millis(1_000_000_000_000), &user);
    assert_eq!(ending(&server, &long_ago).await, (2203, Some(4100)));
}

/// The error and the close code that answer a token.
async fn ending(server: &Server, token: &str) -> (u16, Option<u16>) {
    let mut client = Client::open(server.addr).await;
    client.put(&ClientFrame::Hello { v: 1, token: Some(token.to_owned()) }).await;
    (client.error().await, client.closed().await)
}

#[tokio::test]
async fn paired_page_watches_until_the_pairing_is_withdrawn() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = server.bearer(&home.secrets().host).await;
    host.monitor().await;
    let token = pair(&server, &mut host, "cam-2").await;
    let mut page = server.bearer(&token).await;
    page.watch("cam-2").await;
    host.stats("the page is listed", |s| {
        s.displays.iter().any(|d| d.name == "cam-2" && (d.pages, d.paired) == (1, 1))
    })
    .await;
    let mut ann = server.viewer("Ann").await;
    let id = ann.say("for the second camera").await;
    let shown = |cue: &Cue| matches!(cue, Cue::Comment { event } if event.id == id).then_some(());
    page.cue("the comment", shown).await;

    host.command(HostCommand::Unpair { overlay: "cam-2".into() }).await.expect("withdrawn");
    assert_eq!(page.closed().await, Some(4100));
    server.until_metric("surtitle_closed_total{code=\"4100\"}", 1).await;
    assert_eq!(ending(&server, &token).await, (2202, Some(4100)));
}

#[tokio::test]
async fn code_of_a_page_that_went_away_is_worth_nothing() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = server.bearer(&home.secrets().host).await;
    host.monitor().await;
    let mut page = server.guest().await;
    page.put(&ClientFrame::Pair { overlay: "main".into() }).await;
    let code = host.stats("it is listed", |s| s.pairings.len() == 1).await.pairings.remove(0).code;
    drop(page);
    host.stats("it is listed no more", |s| s.pairings.is_empty()).await;
    assert_eq!(host.command(HostCommand::ConfirmPair { code }).await, Err(2302));
}

#[tokio::test]
async fn overlay_link_and_page_hold_no_secret() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = server.bearer(&home.secrets().host).await;
    let paired = pair(&server, &mut host, "main").await;
    let mut secrets = all_of(&home);
    secrets.push(paired);
    for path in ["/overlay/main", "/console", "/viewer/main", "/metrics", "/healthz"] {
        let body = server.get(path).await;
        for secret in &secrets {
            assert!(!body.contains(secret), "{path} holds a secret");
        }
    }
}

/// Every secret of the file.
fn all_of(home: &Home) -> Vec<String> {
    let secrets = home.secrets();
    vec![secrets.host, secrets.helper, secrets.display, secrets.viewer_key, secrets.secret_key]
}

#[tokio::test]
async fn secrets_are_the_owners_alone_and_never_printed() {
    let (home, other) = (Home::new(), Home::new());
    let theirs = other.start().await;
    let viewer_there = theirs.viewer("Surtitle").await.token();
    let trace = |launch: Launch| {
        launch
            .env("SURTITLE_LOG", "trace")
            .env("SURTITLE_SECRET_KEY", "a-key-from-the-environment")
            .env("SURTITLE_JOIN_TOKEN", &viewer_there)
            .arg("--join")
            .arg(format!("ws://{}/{}", theirs.addr, room()))
    };
    let mut server = trace(home.launch()).start().await;
    let mut secrets = all_of(&home);
    assert_eq!(secrets[4], "a-key-from-the-environment");
    let mut host = server.bearer(&secrets[0]).await;
    host.monitor().await;
    host.stats("the link is up", |s| s.session.state == surtitle_core::wire::LinkState::Live).await;
    host.command(HostCommand::Say { text: "hello over there".into() }).await.expect("said");
    let host_there = other.secrets().host;
    let address = format!("ws://{}/main", theirs.addr);
    let join = HostCommand::JoinRemote { address, token: Some(host_there.clone()) };
    host.command(join).await.expect("joined");
    server.bearer(&secrets[1]).await;
    server.bearer(&secrets[2]).await.watch("main").await;
    secrets.push(pair(&server, &mut host, "main").await);
    let ann = server.viewer("Ann").await;
    secrets.extend([ann.token(), viewer_there, host_there]);
    for wrong in ["a-token-nobody-knows", "v1.damaged-claims.damaged-mac"] {
        ending(&server, wrong).await;
        secrets.push(wrong.to_owned());
    }
    for path in ["/overlay/main", "/console"] {
        server.get(path).await;
    }

    for file in ["secrets.json", "surtitle.db"] {
        let mode = std::fs::metadata(home.data().join(file)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    let command_line = std::fs::read(format!("/proc/{}/cmdline", server.pid()));
    let command_line = String::from_utf8_lossy(&command_line.expect("on Linux")).into_owned();
    assert!(server.terminate().success());
    let output = server.output();
    assert!(output.contains("DEBUG"), "nothing was traced, so nothing is proven");
    for secret in &secrets {
        assert!(!command_line.contains(secret), "a secret is in the process list");
        for form in [secret.clone(), hex(secret)] {
            let line = output.lines().find(|line| line.contains(&form));
            assert_eq!(line, None, "a secret was printed");
        }
    }
}

/// As a dump of bytes would show it.
fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}
