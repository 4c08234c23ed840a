//! Host and Origin checks: pages and the native socket answer only to us.
//!
//! DNS rebinding needs a DNS name, so an address literal and `localhost` are
//! always ours; other names must be configured. A browser's Origin must be
//! the very host it talks to: no other site may open our socket.

use axum::http::{HeaderMap, header};
use std::net::IpAddr;

/// Names that are ours beside address literals and `localhost`.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    hosts: Vec<String>,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The Host header is missing or not ours.
    Host,
    /// The Origin is another site.
    Origin,
}

impl Refusal {
    /// What to tell, and what to do.
    pub fn message(self) -> &'static str {
        match self {
            Self::Host => "this host name is not ours; add it to `hosts` in the configuration",
            Self::Origin => "a page of another site may not use this server",
        }
    }
}

impl Guard {
    /// Accepts `hosts` (names without port, any case) too.
    pub fn new(hosts: &[String]) -> Self {
        Self { hosts: hosts.iter().map(|h| h.to_ascii_lowercase()).collect() }
    }

    /// Checks a request.
    ///
    /// # Errors
    /// The [`Refusal`].
    pub fn check(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).ok_or(Refusal::Host)?;
        if !self.is_ours(name_of(host)) {
            return Err(Refusal::Host);
        }
        let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
        let origin = origin.to_str().map_err(|_| Refusal::Origin)?;
        let theirs = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        match theirs {
            Some(theirs) if theirs.eq_ignore_ascii_case(host) => Ok(()),
            _ => Err(Refusal::Origin),
        }
    }

    fn is_ours(&self, name: &str) -> bool {
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        bare.parse::<IpAddr>().is_ok()
            || name.eq_ignore_ascii_case("localhost")
            || self.hosts.iter().any(|h| h.eq_ignore_ascii_case(name))
    }
}

/// A Host header without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.is_empty() => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("header"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("header"));
        }
        headers
    }

    #[test]
    fn rebound_name_and_foreign_page_are_refused() {
        let guard = Guard::new(&["Live.example.org".into()]);
        for (host, origin, expected) in [
            ("127.0.0.1:8787", None, Ok(())),
            ("[::1]:8787", Some("http://[::1]:8787"), Ok(())),
            ("localhost:8787", Some("http://localhost:8787"), Ok(())),
            ("192.168.1.20:8787", Some("http://192.168.1.20:8787"), Ok(())),
            ("live.example.org", Some("https://live.example.org"), Ok(())),
            ("evil.example:8787", None, Err(Refusal::Host)),
            ("127.0.0.1.evil.example:8787", None, Err(Refusal::Host)),
            ("127.0.0.1:8787", Some("http://evil.example"), Err(Refusal::Origin)),
            ("127.0.0.1:8787", Some("http://127.0.0.1:9999"), Err(Refusal::Origin)),
            ("127.0.0.1:8787", Some("null"), Err(Refusal::Origin)),
        ] {
            assert_eq!(guard.check(&headers(host, origin)), expected, "{host} {origin:?}");
        }
    }
}
