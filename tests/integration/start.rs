//! Starts that cannot work say why in one line; stops are orderly.

use crate::harness::{Home, Launch, Server};
use sqlx::{Connection as _, Executor as _};
use std::net::TcpListener;
use std::path::Path;

/// The start must fail with one line that holds every one of `words`.
fn refused(launch: Launch, words: &[&str]) {
    let (code, said) = launch.refused();
    assert!(code.is_some_and(|code| code != 0), "exit code {code:?}: {said}");
    assert_eq!(said.trim_end().lines().count(), 1, "one line: {said}");
    assert!(said.starts_with("surtitle: "), "{said}");
    for word in words {
        assert!(said.contains(word), "no {word:?} in {said}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

fn path(path: &Path) -> String {
    path.display().to_string()
}

fn listening_on(addr: &str, home: &Home) -> Launch {
    Launch::bare(&["serve", "--listen", addr, "--data"]).arg(home.data())
}

#[test]
fn port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let addr = taken.local_addr().expect("it is bound").to_string();
    refused(listening_on(&addr, &Home::new()), &[&addr, "another program", "choose"]);
}

#[test]
fn address_of_another_machine_is_named() {
    let launch = listening_on("192.0.2.1:0", &Home::new());
    refused(launch, &["192.0.2.1:0", "this machine has no such address"]);
}

#[test]
fn data_directory_that_cannot_be_made_is_named() {
    let home = Home::new();
    let file = home.file("a-file", "not a directory");
    let data = file.join("data");
    refused(Launch::new(&data), &[&path(&data), "cannot be written", "choose a data directory"]);
}

#[test]
fn file_that_is_no_database_is_named_and_left_alone() {
    let home = Home::new();
    std::fs::create_dir(home.data()).expect("the temporary folder is writable");
    let text = "this is a diary and no database; ".repeat(100);
    std::fs::write(home.database(), &text).expect("writable");
    refused(home.launch(), &[&path(&home.database()), "is not a database", "backup"]);
    assert_eq!(std::fs::read_to_string(home.database()).expect("there"), text);
}

#[tokio::test]
async fn database_of_a_newer_program_is_named_and_left_alone() {
    let home = Home::new();
    assert!(home.start().await.terminate().success());
    let mut sql = home.sql().await;
    sql.execute(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'of the future', TRUE, x'00', 0)",
    )
    .await
    .expect("the table is there");
    sql.close().await.expect("it closes");
    let before = std::fs::read(home.database()).expect("there");
    refused(home.launch(), &[&path(&home.database()), "9999", "install a newer surtitle"]);
    assert!(std::fs::read(home.database()).expect("there") == before, "it was changed");
}

#[tokio::test]
async fn database_of_another_program_is_named_and_left_alone() {
    let home = Home::new();
    std::fs::create_dir(home.data()).expect("the temporary folder is writable");
    std::fs::write(home.database(), "").expect("writable");
    let mut sql = home.sql().await;
    sql.execute("CREATE TABLE recipes (name TEXT)").await.expect("it is a database");
    sql.close().await.expect("it closes");
    refused(home.launch(), &[&path(&home.database()), "another program", "choose another"]);
}

#[tokio::test]
async fn second_process_on_the_same_data_is_refused_and_the_first_goes_on() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    refused(home.launch(), &[&path(&home.data()), "in use by another surtitle", "stop that one"]);
    ann.say("still here").await;
}

#[tokio::test]
async fn damaged_secrets_are_named_and_left_alone() {
    let home = Home::new();
    assert!(home.start().await.terminate().success());
    let file = home.data().join("secrets.json");
    let damaged = "{\n  \"host\": \"half a to";
    std::fs::write(&file, damaged).expect("writable");
    refused(home.launch(), &[&path(&file), "damaged", "move it away"]);
    assert_eq!(std::fs::read_to_string(&file).expect("there"), damaged);
}

#[test]
fn wrong_settings_are_named() {
    let home = Home::new();
    for (text, words) in [
        ("listne = \"127.0.0.1:1\"", &["listne", "surtitle.toml"][..]),
        ("budget = 0", &["budget is 0", "1 to 1000"]),
        ("budget = \"many\"", &["budget", "surtitle.toml"]),
        ("room = \"two words\"", &["two words", "1 to 48"]),
        ("join = \"http://example.org/main\"", &["--join", "wss://HOST/ROOM"]),
        ("= nonsense", &["surtitle.toml", "line 1"]),
    ] {
        let config = home.file("surtitle.toml", text);
        refused(home.launch().arg("--config").arg(config), words);
    }
    let missing = home.data().join("none.toml");
    refused(home.launch().arg("--config").arg(&missing), &[&path(&missing), "cannot be read"]);
}

#[tokio::test]
async fn stop_by_signal_closes_the_sockets_and_ends_well() {
    let home = Home::new();
    let mut server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    let mut display = server.bearer(&home.secrets().display).await;
    display.watch("main").await;
    let mut console = server.bearer(&home.secrets().host).await;
    console.monitor().await;
    let silent = crate::harness::Raw::connect(server.addr).await;
    server.ask_to_stop();
    for client in [&mut ann, &mut display, &mut console] {
        assert_eq!(client.closed().await, Some(1001));
    }
    assert_eq!(server.terminate().code(), Some(0));
    drop(silent);
}

#[tokio::test]
async fn start_without_anything_makes_everything_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    let server: Server = home.start().await;
    assert!(server.addr.ip().is_loopback());
    let mode = std::fs::metadata(home.data()).expect("made").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let mut guest = server.guest().await;
    assert_eq!(guest.join(None).await.history, []);
}
