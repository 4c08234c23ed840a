//! Opening the socket: name, TCP, TLS, WebSocket upgrade, each failure as a
//! sentence for the person who must act.

use super::address::Address;
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{self, protocol::WebSocketConfig};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, client_async_tls_with_config as upgrade,
};

/// Largest message taken from a remote server, in bytes.
pub(super) const MESSAGE_LIMIT: usize = 4 << 20;
/// Addresses of one name that are tried.
const TRIES: usize = 4;

/// An open socket.
pub(super) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// TLS as every link uses it: the web's certificate authorities, ring, no client certificate.
pub(super) fn tls(roots: RootCertStore) -> Arc<ClientConfig> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks the default protocol versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
}

/// The authorities that browsers trust.
pub(super) fn web_roots() -> RootCertStore {
    RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() }
}

/// Opens the socket of `address` within `patience` for connecting and again
/// for the handshakes.
///
/// # Errors
/// A sentence that says what does not work and what to look at.
pub(super) async fn open(
    address: Address,
    tls: Arc<ClientConfig>,
    patience: Duration,
) -> Result<Socket, String> {
    let stream = timeout(patience, reach(&address)).await.unwrap_or_else(|_| {
        Err(format!("{} does not answer; is it reachable?", address.place()))
    })?;
    // Frames are small and wait for nothing.
    let _ = stream.set_nodelay(true);
    let config = WebSocketConfig::default()
        .read_buffer_size(8 << 10)
        .write_buffer_size(0)
        .max_write_buffer_size(1 << 20)
        .max_message_size(Some(MESSAGE_LIMIT))
        .max_frame_size(Some(MESSAGE_LIMIT));
    let connector = if address.is_tls() { Connector::Rustls(tls) } else { Connector::Plain };
    let shake = upgrade(address.socket_url(), stream, Some(config), Some(connector));
    match timeout(patience, shake).await {
        Ok(Ok((socket, _))) => Ok(socket),
        Ok(Err(error)) => Err(sentence(&error, &address)),
        Err(_) => Err(format!(
            "{} takes connections but does not answer; is it Surtitle?",
            address.place()
        )),
    }
}

async fn reach(address: &Address) -> Result<TcpStream, String> {
    let (host, _) = address.endpoint();
    let found = lookup_host(address.endpoint()).await.map_err(|_| {
        format!("no machine is called {host:?}; check the address and this machine's network")
    })?;
    let mut last = None;
    for socket in found.take(TRIES) {
        match TcpStream::connect(socket).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = Some(error),
        }
    }
    let place = address.place();
    Err(match last {
        Some(e) if e.kind() == io::ErrorKind::ConnectionRefused => {
            format!("nothing answers at {place}; is Surtitle running there?")
        }
        Some(e) => format!("{place} cannot be reached: {}", plain(&e)),
        None => format!("no machine is called {host:?}; check the address"),
    })
}

/// An operating system's error without its number.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|c| c.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn sentence(error: &tungstenite::Error, address: &Address) -> String {
    use tungstenite::{Error, error::ProtocolError};
    let place = address.place();
    match error {
        Error::Http(response) => match response.status().as_u16() {
            404 => format!("{place} answers, but has no Surtitle socket (404); check the address"),
            status @ (401 | 403) => format!(
                "{place} refuses this connection ({status}); its host must allow this name or address"
            ),
            status @ 500.. => {
                format!("{place} answers with {status}; Surtitle behind it may be starting")
            }
            status => format!("{place} answers with {status} instead of a room; check the address"),
        },
        Error::Io(e) => match e.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(tls) => tls_sentence(tls, &place),
            None => ended(&place),
        },
        Error::Protocol(ProtocolError::HandshakeIncomplete) => ended(&place),
        Error::Tls(_) => format!("{place} cannot be reached over TLS; check the address"),
        _ => format!("{place} does not speak WebSocket; check the address"),
    }
}

fn ended(place: &str) -> String {
    format!("{place} ended the connection while it was opened; Surtitle there may be starting")
}

fn tls_sentence(error: &rustls::Error, place: &str) -> String {
    use rustls::CertificateError as Cert;
    match error {
        rustls::Error::InvalidCertificate(why) => match why {
            Cert::UnknownIssuer => format!(
                "the certificate of {place} is signed by nobody this program trusts; it needs one of a public authority"
            ),
            Cert::Expired | Cert::ExpiredContext { .. } => {
                format!("the certificate of {place} has run out; its host must renew it")
            }
            Cert::NotValidYet | Cert::NotValidYetContext { .. } => {
                format!("the certificate of {place} is not valid yet; check this machine's clock")
            }
            Cert::NotValidForName | Cert::NotValidForNameContext { .. } => {
                format!("the certificate of {place} is for another name; check the address")
            }
            _ => format!("the certificate of {place} is not acceptable"),
        },
        rustls::Error::InvalidMessage(_) => {
            format!("{place} does not speak TLS; use ws:// if it has no certificate")
        }
        _ => format!("no encrypted connection to {place} can be agreed on"),
    }
}

#[cfg(test)]
mod tests;
