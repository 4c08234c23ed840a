//! The whole way of a picture, over a real socket.

mod hostile;
mod make;

use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A PNG of this size.
fn png(width: u32, height: u32) -> Vec<u8> {
    make::png(&make::pixels(width, height, 0))
}

fn whole(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: image/svg+xml\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.into_bytes(), body.to_vec()].concat()
}

fn redirect(to: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

/// A server of pictures that answers by path, and how often it was asked.
struct Elsewhere {
    base: String,
    asked: Arc<AtomicUsize>,
}

impl Elsewhere {
    async fn start(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(AtomicUsize::new(0));
        let (count, answer) = (Arc::clone(&asked), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (count, answer) = (Arc::clone(&count), Arc::clone(&answer));
                tokio::spawn(async move {
                    let Some(path) = path_of(&mut stream).await else { return };
                    count.fetch_add(1, Ordering::SeqCst);
                    if path == "/drip" {
                        return drip(stream).await;
                    }
                    let _ = stream.write_all(&answer(&path)).await;
                });
            }
        });
        Self { base, asked }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

async fn path_of(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    assert!(!head.to_ascii_lowercase().contains("\r\ncookie:"), "{head}");
    Some(head.split(' ').nth(1)?.to_owned())
}

/// One byte at a time, for ever.
async fn drip(mut stream: TcpStream) {
    let mut beat = tokio::time::interval(Duration::from_millis(50));
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
    while stream.write_all(b"x").await.is_ok() {
        beat.tick().await;
    }
}

fn images(folder: &std::path::Path, allow_private: bool) -> Images {
    let bounds = Bounds::default();
    let folder = Some(folder.to_owned());
    Images::open(ImagesConfig { folder, allow_private, bounds }).expect("the folder opens")
}

fn key_of(path: &str) -> Key {
    super::key_of(path).expect("a path of ours")
}

#[tokio::test]
async fn picture_is_fetched_once_however_many_ask_and_never_after_a_restart() {
    let elsewhere = Elsewhere::start(|_| whole(&png(300, 150))).await;
    let folder = tempfile::tempdir().expect("a folder");
    let first = images(folder.path(), true);
    let path = first.own(&format!("{}/a.png", elsewhere.base)).expect("a path");
    let asks = (0..40).map(|_| first.get(key_of(&path)));
    let all = futures_util::future::join_all(asks).await;
    assert_eq!(elsewhere.asked(), 1);
    let drawn = all[0].clone().expect("a picture").png;
    assert!(all.iter().all(|one| one.as_ref().is_ok_and(|p| p.png == drawn)));
    let decoded = image::load_from_memory(&drawn).expect("a PNG of ours");
    assert_eq!((decoded.width(), decoded.height()), (256, 128));
    drop(first);
    let again = images(folder.path(), true);
    assert_eq!(again.get(key_of(&path)).await.map(|p| p.png), Ok(drawn));
    assert_eq!(elsewhere.asked(), 1);
}

#[tokio::test]
async fn damaged_file_is_fetched_again_even_after_a_restart() {
    let elsewhere = Elsewhere::start(|_| whole(&png(8, 8))).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = {
        let images = images(folder.path(), true);
        let path = images.own(&format!("{}/a.png", elsewhere.base)).expect("a path");
        images.get(key_of(&path)).await.expect("a picture");
        path
    };
    let file = folder.path().join(format!("{}.image", key_of(&path)));
    let mut bytes = std::fs::read(&file).expect("a file");
    *bytes.last_mut().expect("bytes") ^= 0xff;
    std::fs::write(&file, bytes).expect("written");
    let again = images(folder.path(), true);
    assert!(again.get(key_of(&path)).await.is_ok());
    assert_eq!(elsewhere.asked(), 2);
}

#[tokio::test]
async fn nobody_gets_what_nobody_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let images = images(folder.path(), true);
    let key = Key::of("face", b"http://127.0.0.1/never-named.png");
    assert_eq!(images.get(key).await, Err(Fault::Unknown));
}

#[tokio::test]
async fn failure_is_remembered_and_not_asked_for_again() {
    let elsewhere = Elsewhere::start(|_| b"HTTP/1.1 404 Not Found\r\n\r\n".to_vec()).await;
    let folder = tempfile::tempdir().expect("a folder");
    let images = images(folder.path(), true);
    let path = images.own(&format!("{}/gone.png", elsewhere.base)).expect("a path");
    assert_eq!(images.get(key_of(&path)).await, Err(Fault::Fetch(fetch::Fault::Status(404))));
    assert_eq!(images.get(key_of(&path)).await, Err(Fault::Resting));
    assert_eq!(elsewhere.asked(), 1);
}

#[tokio::test]
async fn private_address_is_not_noted_and_a_name_for_one_is_not_connected_to() {
    let elsewhere = Elsewhere::start(|_| whole(&png(8, 8))).await;
    let folder = tempfile::tempdir().expect("a folder");
    let images = images(folder.path(), false);
    assert_eq!(images.own(&format!("{}/a.png", elsewhere.base)), None);
    let port = elsewhere.base.rsplit(':').next().expect("a port");
    assert_eq!(images.own(&format!("http://localhost:{port}/a.png")), None, "an odd port");
    let path = images.own("http://localhost/a.png").expect("a name is judged when it is asked");
    let refused = fetch::Fault::Refused(address::Refused::Private);
    assert_eq!(images.get(key_of(&path)).await, Err(Fault::Fetch(refused)));
    assert_eq!(elsewhere.asked(), 0);
}

#[tokio::test]
async fn redirects_are_followed_three_times_and_each_is_judged() {
    let elsewhere = Elsewhere::start(|path| match path {
        "/3" => redirect("/2"),
        "/2" => redirect("1"),
        "/1" => redirect("/0"),
        "/0" => whole(&png(8, 8)),
        "/file" => redirect("file:///etc/passwd"),
        "/login" => redirect("http://a:b@127.0.0.1/"),
        _ => redirect("/again"),
    })
    .await;
    let folder = tempfile::tempdir().expect("a folder");
    let images = images(folder.path(), true);
    let ask = async |path: &str| {
        let path = images.own(&format!("{}{path}", elsewhere.base)).expect("a path");
        images.get(key_of(&path)).await.map(drop)
    };
    assert_eq!(ask("/3").await, Ok(()));
    assert_eq!(ask("/again").await, Err(Fault::Fetch(fetch::Fault::Redirect)));
    assert_eq!(ask("/file").await, Err(address::Refused::Scheme.into()));
    assert_eq!(ask("/login").await, Err(address::Refused::Credentials.into()));
}

#[tokio::test]
async fn redirect_to_a_private_address_is_refused() {
    // What judges a redirect judges the first address too, so it is asked directly.
    for to in ["http://127.0.0.1/a.png", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/"] {
        let url = url::Url::parse("https://pictures.example/a.png").expect("an address");
        let to = url.join(to).expect("an address");
        assert_eq!(address::check(&to, false), Err(address::Refused::Private), "{to}");
    }
}

#[tokio::test]
async fn slow_and_endless_answers_are_given_up() {
    let elsewhere = Elsewhere::start(|path| match path {
        "/long" => whole(&vec![0; fetch::BYTES + 1]),
        "/liar" => b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_vec(),
        "/endless" => [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![0; fetch::BYTES + 1]].concat(),
        "/short" => b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx".to_vec(),
        "/head" => [b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'x'; 100_000]].concat(),
        _ => b"SSH-2.0-OpenSSH\r\n".to_vec(),
    })
    .await;
    let folder = tempfile::tempdir().expect("a folder");
    let images = images(folder.path(), true);
    let ask = async |path: &str| {
        let path = images.own(&format!("{}{path}", elsewhere.base)).expect("a path");
        images.get(key_of(&path)).await.map(drop)
    };
    for path in ["/long", "/liar", "/endless"] {
        assert_eq!(ask(path).await, Err(Fault::Fetch(fetch::Fault::Large)), "{path}");
    }
    for path in ["/short", "/head", "/ssh"] {
        assert_eq!(ask(path).await, Err(Fault::Fetch(fetch::Fault::Cut)), "{path}");
    }
    assert_eq!(ask("/drip").await, Err(Fault::Fetch(fetch::Fault::Slow)));
}

#[tokio::test]
async fn picture_in_an_event_becomes_a_path_and_stays_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let images = images(folder.path(), false);
    let own = images.own("https://pictures.example/a.png").expect("a path");
    assert!(own.starts_with(PATH));
    assert_eq!(images.own(&own).as_ref(), Some(&own));
    assert_eq!(images.own("/gifts/rose.webp").as_deref(), Some("/gifts/rose.webp"));
    for never in [
        "",
        "/",
        "/image/",
        "/image/../secrets",
        "/metrics",
        "//x.example/a",
        "/gifts/a?b",
        "data:,x",
    ] {
        assert_eq!(images.own(never), None, "{never:?}");
    }
}
