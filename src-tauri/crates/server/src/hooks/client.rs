//! The HTTP client of the calls: one POST, one answer, one deadline.
//!
//! It follows no redirect, knows no proxy and unpacks nothing, so an answer
//! is what the back end sent, at most [`REPLY_LIMIT`] bytes of it.

use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Body;
use hyper::{Method, Request, StatusCode, Uri, header};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{self, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use surtitle_tim::hook::{Bad, REPLY_LIMIT};
use tokio::time::{Instant, timeout_at};

/// A connection is kept this long for the next call; shorter than the 5 s
/// after which common servers close theirs.
const IDLE: Duration = Duration::from_secs(4);

/// Why a call has no answer that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No address, or one that cannot be called.
    #[error("no address is set; set the webhook's url")]
    NoAddress,
    /// The circuit breaker is open.
    #[error("not called: the back end failed too often and is left alone for a moment")]
    Open,
    /// Too many calls at once.
    #[error("not called: too many calls are under way")]
    Crowded,
    /// No answer within the time.
    #[error("no whole answer in time; the back end is too slow or cannot be reached")]
    Slow,
    /// No connection.
    #[error("cannot connect: {0}")]
    Connect(String),
    /// The connection ended, or what came was not HTTP.
    #[error("the answer broke off: {0}")]
    Cut(String),
    /// Another status than 200.
    #[error("answered HTTP {0}; only 200 counts, redirects are not followed")]
    Status(u16),
    /// HTTP 200 with something else than an answer.
    #[error(transparent)]
    Answer(#[from] Bad),
}

impl Fault {
    /// Whether the back end is out of order: it said no HTTP 200 in time.
    pub fn is_outage(&self) -> bool {
        matches!(self, Self::Slow | Self::Connect(_) | Self::Cut(_) | Self::Status(_))
    }

    /// Whether nobody was called.
    pub fn is_skip(&self) -> bool {
        matches!(self, Self::NoAddress | Self::Open | Self::Crowded)
    }
}

/// TLS as every call uses it: ring, no client certificate.
pub fn tls(roots: RootCertStore) -> ClientConfig {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks the default protocol versions")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// The authorities that browsers trust.
pub fn web_roots() -> RootCertStore {
    RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() }
}

/// A client with its connections.
#[derive(Debug)]
pub struct Client(legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Client {
    /// One that keeps at most `idle` connections that nobody uses.
    pub fn new(tls: ClientConfig, idle: usize) -> Self {
        let mut tcp = HttpConnector::new();
        // An https address goes through it too.
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let connector =
            HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1();
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(idle)
            .http1_max_buf_size(REPLY_LIMIT)
            .build(connector.wrap_connector(tcp));
        Self(client)
    }

    /// Posts `json` and returns the body of the answer, by `deadline`.
    ///
    /// # Errors
    /// [`Fault`]; none of its texts has the address in it.
    pub async fn post(&self, to: Uri, json: String, deadline: Instant) -> Result<Bytes, Fault> {
        timeout_at(deadline, self.exchange(to, json)).await.unwrap_or(Err(Fault::Slow))
    }

    async fn exchange(&self, to: Uri, json: String) -> Result<Bytes, Fault> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(to)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, concat!("surtitle/", env!("CARGO_PKG_VERSION")))
            .body(Full::from(json))
            .map_err(|_| Fault::NoAddress)?;
        let response = self.0.request(request).await.map_err(|error| {
            let why = cause(&error);
            if error.is_connect() { Fault::Connect(why) } else { Fault::Cut(why) }
        })?;
        if response.status() != StatusCode::OK {
            return Err(Fault::Status(response.status().as_u16()));
        }
        let body = response.into_body();
        if body.size_hint().lower() > REPLY_LIMIT as u64 {
            return Err(Bad::Long.into());
        }
        match Limited::new(body, REPLY_LIMIT).collect().await {
            Ok(whole) => Ok(whole.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => Err(Bad::Long.into()),
            Err(error) => Err(Fault::Cut(cause(error.as_ref()))),
        }
    }
}

/// What is at the bottom of an error; the layers above only say "error".
fn cause(error: &(dyn Error + 'static)) -> String {
    let mut last = error;
    while let Some(next) = last.source() {
        last = next;
    }
    last.to_string()
}
