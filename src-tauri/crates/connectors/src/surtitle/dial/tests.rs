use super::*;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const PATIENCE: Duration = Duration::from_secs(5);

async fn listen() -> (TcpListener, u16) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    (listener, port)
}

async fn dial(address: &str, roots: RootCertStore) -> Result<Socket, String> {
    open(Address::parse(address).expect("an address"), tls(roots), PATIENCE).await
}

/// Answers one connection with these bytes, whatever it asks.
async fn answer(bytes: &'static str) -> u16 {
    let (listener, port) = listen().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a caller");
        let mut asked = [0; 1_024];
        let _ = stream.read(&mut asked).await;
        let _ = stream.write_all(bytes.as_bytes()).await;
        let _ = stream.shutdown().await;
    });
    port
}

/// A TLS server for one connection, with a certificate nobody signed, for
/// `name`; and a store that trusts it.
async fn self_signed(name: &str) -> (u16, RootCertStore) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).expect("a certificate is a root");
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks them")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("the key fits");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (listener, port) = listen().await;
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a caller");
        if let Ok(stream) = acceptor.accept(stream).await {
            let _ = tokio_tungstenite::accept_async(stream).await;
        }
    });
    (port, roots)
}

async fn failure(address: &str, roots: RootCertStore) -> String {
    let error = dial(address, roots).await.expect_err("cannot be opened");
    let is_plain = !error.contains("os error") && !error.contains("Error") && !error.ends_with('.');
    assert!(is_plain, "{error}");
    error
}

#[tokio::test]
async fn trusted_certificate_opens_an_encrypted_socket() {
    let (port, roots) = self_signed("localhost").await;
    let socket = dial(&format!("wss://localhost:{port}/r"), roots).await.expect("opens");
    assert!(matches!(socket.get_ref(), MaybeTlsStream::Rustls(_)));
}

#[tokio::test]
async fn self_signed_certificate_is_refused() {
    let (port, _) = self_signed("localhost").await;
    let error = failure(&format!("wss://localhost:{port}/r"), web_roots()).await;
    assert!(error.contains("signed by nobody this program trusts"), "{error}");
}

#[tokio::test]
async fn certificate_for_another_name_is_refused() {
    let (port, roots) = self_signed("other.example").await;
    let error = failure(&format!("wss://localhost:{port}/r"), roots).await;
    assert!(error.contains("is for another name"), "{error}");
}

#[tokio::test]
async fn server_without_tls_is_told_apart() {
    let port = answer("HTTP/1.1 400 Bad Request\r\n\r\n").await;
    let error = failure(&format!("wss://127.0.0.1:{port}/r"), web_roots()).await;
    assert!(error.contains("does not speak TLS; use ws://"), "{error}");
}

#[tokio::test]
async fn http_answers_become_sentences() {
    for (status, says) in [
        ("404 Not Found", "has no Surtitle socket (404)"),
        ("403 Forbidden", "refuses this connection (403)"),
        ("502 Bad Gateway", "answers with 502; Surtitle behind it"),
        ("200 OK", "answers with 200 instead of a room"),
        ("301 Moved Permanently", "answers with 301"),
    ] {
        let text = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
        let port = answer(text.leak()).await;
        let error = failure(&format!("ws://127.0.0.1:{port}/r"), web_roots()).await;
        assert!(error.contains(says), "{status}: {error}");
    }
}

#[tokio::test]
async fn what_speaks_no_http_is_told_apart() {
    for (bytes, says) in [
        ("", "may be starting"),
        ("SSH-2.0-server\r\n", "does not speak WebSocket"),
        ("\u{0}\u{1}\u{2}", "does not speak WebSocket"),
    ] {
        let port = answer(bytes).await;
        let error = failure(&format!("ws://127.0.0.1:{port}/r"), web_roots()).await;
        assert!(error.contains(says), "{bytes:?}: {error}");
    }
}

#[tokio::test]
async fn closed_port_and_unknown_name_are_told_apart() {
    let (listener, port) = listen().await;
    drop(listener);
    let error = failure(&format!("ws://127.0.0.1:{port}/r"), web_roots()).await;
    assert_eq!(error, format!("nothing answers at 127.0.0.1:{port}; is Surtitle running there?"));
    let error = failure("ws://no-such-machine.invalid/r", web_roots()).await;
    assert!(error.contains("no machine is called \"no-such-machine.invalid\""), "{error}");
}

#[tokio::test]
async fn server_that_never_answers_is_given_up() {
    let (_listener, port) = listen().await;
    let address = Address::parse(&format!("ws://127.0.0.1:{port}/r")).expect("an address");
    let error = open(address, tls(web_roots()), Duration::from_millis(50)).await;
    assert!(error.expect_err("silent").contains("does not answer; is it Surtitle?"));
}
