//! What opening a data directory does, and how it says no.

use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{fs, path::Path};
use surtitle_core::{Event, EventKind, Millis, Priority, Role};
use surtitle_store::{Error, LogWrite, RoomRecord, Sqlite, Store};
use tempfile::{TempDir, tempdir};

fn directory() -> TempDir {
    tempdir().expect("tempdir")
}

async fn run(dir: &Path, sql: &str) {
    let options =
        SqliteConnectOptions::new().filename(dir.join("surtitle.db")).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await.expect("connects");
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("runs");
    connection.close().await.expect("closes");
}

async fn schema(dir: &Path) -> Vec<(String, Option<String>)> {
    let options = SqliteConnectOptions::new().filename(dir.join("surtitle.db"));
    let mut connection = SqliteConnection::connect_with(&options).await.expect("connects");
    let query = "SELECT name, sql FROM sqlite_schema
                 WHERE tbl_name <> '_sqlx_migrations' ORDER BY name";
    sqlx::query_as(query).fetch_all(&mut connection).await.expect("reads")
}

async fn made(dir: &Path) {
    Sqlite::open(dir).await.expect("opens").close().await;
}

async fn refusal(dir: &Path) -> Error {
    let error = Sqlite::open(dir).await.expect_err("refuses");
    let text = error.to_string();
    assert!(text.len() < 300 && !text.ends_with('.'), "{text}");
    error
}

#[tokio::test]
async fn makes_the_directory_and_its_parents() {
    let dir = directory();
    let data = dir.path().join("a/b");
    made(&data).await;
    assert!(data.join("surtitle.db").exists());
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_what_it_makes() {
    use std::os::unix::fs::PermissionsExt;
    let dir = directory();
    let data = dir.path().join("data");
    let store = Sqlite::open(&data).await.expect("opens");
    let room = RoomRecord { id: "r".into(), name: "R".into(), created_at: Millis(1), likes: 0 };
    store.put_room(&room).await.expect("put");
    let mode = |path: &Path| fs::metadata(path).expect("is there").permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    for file in ["surtitle.db", "surtitle.db-wal", "surtitle.db-shm", "surtitle.lock"] {
        assert_eq!(mode(&data.join(file)), 0o600, "{file}");
    }
}

#[tokio::test]
async fn directory_that_cannot_be_made_is_named() {
    let dir = directory();
    fs::write(dir.path().join("file"), "").expect("writes");
    let data = dir.path().join("file/data");
    let error = refusal(&data).await;
    assert!(matches!(&error, Error::Unwritable { path, .. } if *path == data), "{error:?}");
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn database_that_cannot_be_written_is_named() {
    let dir = directory();
    let database = dir.path().join("surtitle.db");
    fs::create_dir(&database).expect("makes");
    let error = refusal(dir.path()).await;
    assert!(matches!(&error, Error::Unwritable { path, .. } if *path == database), "{error:?}");
}

#[tokio::test]
async fn text_file_is_not_a_database() {
    let dir = directory();
    fs::write(dir.path().join("surtitle.db"), "# notes\n".repeat(300)).expect("writes");
    let error = refusal(dir.path()).await;
    assert!(matches!(error, Error::NotADatabase { .. }), "{error:?}");
    let left = fs::read_to_string(dir.path().join("surtitle.db")).expect("reads");
    assert_eq!(left, "# notes\n".repeat(300), "it is left as it was");
}

#[tokio::test]
async fn damage_anywhere_in_the_first_page_is_not_a_database() {
    for (from, to) in [(0, 16), (100, 4096)] {
        let dir = directory();
        made(dir.path()).await;
        let database = dir.path().join("surtitle.db");
        let mut bytes = fs::read(&database).expect("reads");
        bytes[from..to].fill(0x5a);
        fs::write(&database, bytes).expect("writes");
        let error = refusal(dir.path()).await;
        assert!(matches!(error, Error::NotADatabase { .. }), "{from}: {error:?}");
    }
}

#[tokio::test]
async fn truncated_file_is_not_a_database() {
    let dir = directory();
    made(dir.path()).await;
    let database = dir.path().join("surtitle.db");
    let bytes = fs::read(&database).expect("reads");
    fs::write(&database, &bytes[..bytes.len() / 2]).expect("writes");
    let error = refusal(dir.path()).await;
    assert!(matches!(error, Error::NotADatabase { .. }), "{error:?}");
}

#[tokio::test]
async fn database_of_another_program_is_refused() {
    let dir = directory();
    run(dir.path(), "CREATE TABLE bookmarks (url TEXT)").await;
    let error = refusal(dir.path()).await;
    assert!(matches!(error, Error::Foreign { .. }), "{error:?}");
}

#[tokio::test]
async fn newer_schema_is_refused_and_left_alone() {
    let dir = directory();
    made(dir.path()).await;
    run(dir.path(), "INSERT INTO _sqlx_migrations VALUES (9999, 'later', '', TRUE, x'00', 1)")
        .await;
    let before = fs::read(dir.path().join("surtitle.db")).expect("reads");
    let error = refusal(dir.path()).await;
    assert!(matches!(error, Error::Newer { found: 9999, known: 5, .. }), "{error:?}");
    assert_eq!(fs::read(dir.path().join("surtitle.db")).expect("reads"), before);
}

#[tokio::test]
async fn second_opener_is_refused_until_the_first_closes() {
    let dir = directory();
    let first = Sqlite::open(dir.path()).await.expect("opens");
    let error = refusal(dir.path()).await;
    assert!(matches!(&error, Error::Locked { path } if path == dir.path()), "{error:?}");
    first.close().await;
    let second = Sqlite::open(dir.path()).await.expect("opens");
    drop(second);
    Sqlite::open(dir.path()).await.expect("opens after a drop");
}

#[tokio::test]
async fn first_start_that_was_killed_is_taken_up() {
    let empty = directory();
    fs::write(empty.path().join("surtitle.db"), "").expect("writes");
    made(empty.path()).await;

    let begun = directory();
    let fixture = include_str!("fixtures/schema_1.sql");
    let (table, _) = fixture.split_once("INSERT").expect("has one");
    run(begun.path(), table).await;
    made(begun.path()).await;
}

#[tokio::test]
async fn oldest_schema_is_brought_up_to_date_with_what_it_holds() {
    let old = directory();
    run(old.path(), include_str!("fixtures/schema_1.sql")).await;
    let store = Sqlite::open(old.path()).await.expect("opens");
    let rooms = store.list_rooms().await.expect("list");
    let main =
        RoomRecord {
            id: "main".into(), name: "晚会".into(), created_at: Millis(1000), likes: 77
        };
    assert_eq!(rooms, [main]);
    let profile = store.get_profile(&"u1".into()).await.expect("get").expect("is there");
    assert_eq!(profile.nick, "Ä");
    assert_eq!(store.list_mutes(&"main".into()).await.expect("list")[0].until, Millis(3000));
    assert_eq!(store.list_tokens().await.expect("list")[0].role, Role::Display);
    assert_eq!(store.list_settings().await.expect("list")[0].value["size"], 32);

    let event = Event {
        id: "e".into(),
        at: Millis(1),
        source: "room".into(),
        from: None,
        cid: None,
        priority: Priority::Normal,
        kind: EventKind::comment("hello"),
    };
    store.append(&[LogWrite::Event { event }]).await.expect("append");
    assert_eq!(store.totals().await.expect("totals").received, 1);
    store.close().await;

    let new = directory();
    made(new.path()).await;
    assert_eq!(schema(old.path()).await, schema(new.path()).await);
}
