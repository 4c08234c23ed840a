//! Who a server answers at all, and with which rules for the browser.

use crate::harness::{Home, Raw, Server, UPGRADE, http};

const PAGES: [&str; 4] = ["/overlay/main", "/console", "/viewer/main", "/metrics"];

/// The status line's number.
fn status(answer: &str) -> u16 {
    let number = answer.split(' ').nth(1).and_then(|n| n.parse().ok());
    number.unwrap_or_else(|| panic!("no status in {answer:?}"))
}

/// A header of an answer.
fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(": ")?;
        key.eq_ignore_ascii_case(name).then_some(value)
    })
}

async fn upgrade(server: &Server, host: &str, origin: Option<&str>) -> u16 {
    let mut headers = vec![("Host", host)];
    headers.extend(UPGRADE);
    headers.extend(origin.map(|origin| ("Origin", origin)));
    // A socket that opens stays open; the head of the answer is all we need.
    let mut raw = Raw::connect(server.addr).await;
    status(&raw.ask("GET /ws", &headers).await)
}

#[tokio::test]
async fn host_name_that_is_not_ours_is_refused_everywhere() {
    let home = Home::new();
    let server = home.start().await;
    for host in ["evil.example", "127.0.0.1.evil.example:8787", "localhost.evil.example", ""] {
        for path in PAGES {
            let answer = http(server.addr, &format!("GET {path}"), &[("Host", host)]).await;
            assert_eq!(status(&answer), 403, "{host:?} {path}");
        }
        assert_eq!(upgrade(&server, host, None).await, 403, "{host:?}");
    }
}

#[tokio::test]
async fn page_of_another_site_may_not_open_the_socket() {
    let home = Home::new();
    let server = home.start().await;
    let here = server.addr.to_string();
    for origin in
        ["http://evil.example", "https://127.0.0.1", "null", "file://", "http://localhost"]
    {
        assert_eq!(upgrade(&server, &here, Some(origin)).await, 403, "{origin}");
        let asked = [("Host", here.as_str()), ("Origin", origin)];
        assert_eq!(status(&http(server.addr, "GET /console", &asked).await), 403, "{origin}");
    }
    assert_eq!(upgrade(&server, &here, Some(&format!("http://{here}"))).await, 101);
    assert_eq!(upgrade(&server, &here, None).await, 101);
}

#[tokio::test]
async fn addresses_localhost_and_configured_names_are_ours() {
    let home = Home::new();
    let config = home.file("surtitle.toml", r#"hosts = ["live.example.org"]"#);
    let server = home.launch().arg("--config").arg(config).start().await;
    for host in ["192.168.1.20:8787", "[fe80::1]:8787", "localhost:8787", "live.example.org"] {
        let origin = format!("http://{host}");
        assert_eq!(upgrade(&server, host, Some(&origin)).await, 101, "{host}");
    }
}

#[tokio::test]
async fn pages_run_no_inline_script_and_no_eval() {
    let home = Home::new();
    let server = home.start().await;
    for path in ["/overlay/main", "/console", "/viewer/main"] {
        let answer = http(server.addr, &format!("GET {path}"), &[("Host", "localhost:1")]).await;
        assert_eq!(header(&answer, "X-Content-Type-Options"), Some("nosniff"), "{path}");
        if status(&answer) == 404 {
            // Built without pages: it says what to do, and there is nothing to protect.
            assert!(answer.contains("make build"), "{answer}");
            eprintln!("{path}: the pages are not built (`make build`), their policy is not tested");
            continue;
        }
        assert_eq!(status(&answer), 200, "{path}");
        assert_eq!(header(&answer, "Content-Type"), Some("text/html; charset=utf-8"));
        assert_eq!(header(&answer, "Referrer-Policy"), Some("no-referrer"));
        let policy = header(&answer, "Content-Security-Policy").expect("a policy");
        let rule = |name: &str| {
            let found = policy.split(';').map(str::trim).find(|rule| rule.starts_with(name));
            found.unwrap_or_else(|| panic!("no {name} in {policy}")).to_owned()
        };
        assert_eq!(rule("script-src"), "script-src 'self'");
        assert_eq!(rule("object-src"), "object-src 'none'");
        assert_eq!(rule("base-uri"), "base-uri 'none'");
        assert!(rule("connect-src").ends_with("'self' ws://localhost:1 wss://localhost:1"));
        assert!(!policy.contains("unsafe-eval"), "{policy}");
        let html = answer.to_ascii_lowercase();
        for tag in html.split("<script").skip(1) {
            assert!(tag.split('>').next().is_some_and(|t| t.contains("src=")), "inline: {path}");
        }
        assert!(!html.contains("javascript:"), "{path}");
    }
}

#[tokio::test]
async fn host_header_cannot_write_the_policy() {
    let home = Home::new();
    let server = home.start().await;
    for host in ["[::1]; script-src *", "127.0.0.1 'unsafe-eval'", "127.0.0.1:80;x"] {
        let answer = http(server.addr, "GET /overlay/main", &[("Host", host)]).await;
        assert!(matches!(status(&answer), 400 | 403), "{host}: {answer}");
    }
}

#[tokio::test]
async fn health_and_metrics_say_how_it_is() {
    let home = Home::new();
    let server = home.start().await;
    let health: serde_json::Value =
        serde_json::from_str(&server.get("/healthz").await).expect("json");
    assert_eq!(health["status"], "ok");
    // A load balancer asks by any name.
    let asked = http(server.addr, "GET /healthz", &[("Host", "balancer.internal")]).await;
    assert_eq!(status(&asked), 200);

    let mut ann = server.viewer("Ann").await;
    ann.say("one line").await;
    ann.hear("one line").await;
    // Her coming and her line, to her alone.
    server.until_metric("surtitle_delivered_total", 2).await;
    server.until_metric("surtitle_connections", 1).await;
    server.until_metric("surtitle_online", 1).await;
    // hello, join, name, send.
    server.until_metric("surtitle_frames_total", 4).await;
    let answer = http(server.addr, "GET /nowhere", &[("Host", "localhost")]).await;
    assert_eq!(status(&answer), 404);
    let home_page = http(server.addr, "GET /", &[("Host", "localhost")]).await;
    assert_eq!((status(&home_page), header(&home_page, "Location")), (302, Some("/viewer/main")));
}
