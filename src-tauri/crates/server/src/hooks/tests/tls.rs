//! Back ends behind TLS: ring is named, nothing is installed process-wide.

use super::*;
use rustls::pki_types::PrivateKeyDer;
use rustls::{RootCertStore, ServerConfig, crypto::ring};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;

/// A back end with a certificate of its own for `localhost`, which allows
/// everything, and the authority that vouches for it.
async fn backend() -> (String, RootCertStore) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("makes one");
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let chain = vec![made.cert.der().clone()];
    let mut roots = RootCertStore::empty();
    roots.add(chain[0].clone()).expect("a certificate");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks them")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("they fit");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let Ok(mut socket) = acceptor.accept(socket).await else { continue };
            let _ = socket.read(&mut [0; 4_096]).await;
            let json = r#"{"ErrorCode":2}"#;
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", json.len());
            let _ = socket.write_all(format!("{head}{json}").as_bytes()).await;
            let _ = socket.shutdown().await;
        }
    });
    (format!("https://localhost:{port}/"), roots)
}

async fn ask(url: &str, roots: RootCertStore) -> (Verdict, Health) {
    let store = Arc::new(Memory::default());
    let client = Client::new(client::tls(roots), 1);
    let hooks = Hooks::with(APP, config(url), store, Clock::start(), limits(), client).await;
    let hooks = hooks.expect("opens");
    (hooks.ask(before("hi")).await, hooks.health())
}

#[tokio::test]
async fn back_end_that_a_known_authority_vouches_for_is_asked() {
    let (url, roots) = backend().await;
    let (verdict, health) = ask(&url, roots).await;
    assert!(matches!(verdict, Verdict::Drop), "{health:?}");
}

#[tokio::test]
async fn back_end_nobody_vouches_for_is_not_told_anything() {
    let (url, _) = backend().await;
    let (verdict, health) = ask(&url, client::web_roots()).await;
    assert!(matches!(verdict, Verdict::Allow));
    let note = health.asking.last.expect("a failure").note;
    assert!(note.starts_with("cannot connect") && note.contains("certificate"), "{note}");
}
