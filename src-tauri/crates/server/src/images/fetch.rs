//! Fetching a picture from where it is, once, within bounds.
//!
//! One GET over HTTP/1.1 without cookies, referrer, compression or proxy. It
//! is our own small client of `hyper` and not one that resolves, pools and
//! follows redirects by itself: each connection must go to an address that
//! was judged for it ([`super::address`]), and each redirect is judged anew.

use super::address::{self, Refused};
use crate::hooks::client::{tls, web_roots};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::{Request, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

/// Everything together: names, connections, redirects, the last byte.
const TIME: Duration = Duration::from_secs(5);
/// Most bytes of a picture as it comes.
pub const BYTES: usize = 5 * 1024 * 1024;
/// Most redirects followed.
const REDIRECTS: usize = 3;
/// Most bytes of the headers of an answer.
const HEAD: usize = 32 * 1024;

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The address is not one to ask.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Not all of it in time.
    #[error("it did not come within {} s", TIME.as_secs())]
    Slow,
    /// No connection, or it ended early.
    #[error("it cannot be reached")]
    Cut,
    /// Another status than 200.
    #[error("it is answered with HTTP {0}")]
    Status(u16),
    /// One redirect too many, from https to http, or to nowhere.
    #[error("it is redirected too often or to nowhere")]
    Redirect,
    /// More bytes than [`BYTES`].
    #[error("it is larger than {} MB", BYTES / 1024 / 1024)]
    Large,
}

/// The way to pictures elsewhere.
pub struct Fetcher {
    tls: TlsConnector,
    allow_private: bool,
}

impl Fetcher {
    /// One that asks the public Internet only, unless told otherwise.
    pub fn new(allow_private: bool) -> Self {
        // The same rustls with ring as everywhere: nothing is installed process-wide.
        Self { tls: TlsConnector::from(Arc::new(tls(web_roots()))), allow_private }
    }

    /// Whether it also asks private networks.
    pub fn allows_private(&self) -> bool {
        self.allow_private
    }

    /// The bytes at an address.
    ///
    /// # Errors
    /// [`Fault`]; none of its texts has the address in it.
    pub async fn fetch(&self, url: Url) -> Result<Bytes, Fault> {
        timeout(TIME, self.follow(url)).await.unwrap_or(Err(Fault::Slow))
    }

    async fn follow(&self, mut url: Url) -> Result<Bytes, Fault> {
        for _ in 0..=REDIRECTS {
            address::check(&url, self.allow_private)?;
            match self.ask(&url).await? {
                Step::Body(bytes) => return Ok(bytes),
                Step::Elsewhere(to) if url.scheme() == "https" && to.scheme() != "https" => break,
                Step::Elsewhere(to) => url = to,
            }
        }
        Err(Fault::Redirect)
    }

    /// One request to one judged address.
    async fn ask(&self, url: &Url) -> Result<Step, Fault> {
        let at = address::resolve(url, self.allow_private).await?;
        let stream = TcpStream::connect(at).await.map_err(|_| Fault::Cut)?;
        if url.scheme() != "https" {
            return exchange(stream, url).await;
        }
        let name = match url.host() {
            Some(Host::Domain(name)) => ServerName::try_from(name.to_owned())
                .map_err(|_| Fault::Refused(Refused::Scheme))?,
            Some(Host::Ipv4(ip)) => ServerName::from(std::net::IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => ServerName::from(std::net::IpAddr::V6(ip)),
            None => return Err(Refused::Scheme.into()),
        };
        let stream = self.tls.connect(name, stream).await.map_err(|_| Fault::Cut)?;
        exchange(stream, url).await
    }
}

impl std::fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fetcher(allow_private: {})", self.allow_private)
    }
}

/// What one request brought.
enum Step {
    Body(Bytes),
    Elsewhere(Url),
}

async fn exchange<S>(stream: S, url: &Url) -> Result<Step, Fault>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = hyper::client::conn::http1::Builder::new()
        .max_buf_size(HEAD)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|_| Fault::Cut)?;
    // Ends with this request, however that ends.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    let response = sender.send_request(request(url)?).await.map_err(|_| Fault::Cut)?;
    match response.status() {
        StatusCode::OK => body(response).await.map(Step::Body),
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => {
            let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
            let to = to.filter(|to| to.len() <= address::URL_LIMIT).ok_or(Fault::Redirect)?;
            url.join(to).map(Step::Elsewhere).map_err(|_| Fault::Redirect)
        }
        other => Err(Fault::Status(other.as_u16())),
    }
}

fn request(url: &Url) -> Result<Request<Empty<Bytes>>, Fault> {
    let host = url.host_str().unwrap_or_default();
    let host = url.port().map_or(host.to_owned(), |port| format!("{host}:{port}"));
    let path = url.query().map_or(url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    Request::builder()
        .uri(path)
        .header(header::HOST, host)
        .header(header::ACCEPT, "image/png,image/webp,image/jpeg,image/gif")
        .header(header::ACCEPT_ENCODING, "identity")
        .header(header::CONNECTION, "close")
        .header(header::USER_AGENT, concat!("surtitle/", env!("CARGO_PKG_VERSION")))
        .body(Empty::new())
        .map_err(|_| Fault::Refused(Refused::Scheme))
}

async fn body(response: Response<Incoming>) -> Result<Bytes, Fault> {
    let body = response.into_body();
    if body.size_hint().lower() > BYTES as u64 {
        return Err(Fault::Large);
    }
    match Limited::new(body, BYTES).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Fault::Large),
        Err(_) => Err(Fault::Cut),
    }
}
