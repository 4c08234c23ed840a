//! The server's own origin: the only place the shell's windows go, and the
//! only page a token is handed to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use tauri::Url;

/// Scheme, host and port of the server in this process, as loopback sees it.
#[derive(Debug, Clone)]
pub struct Origin {
    root: Url,
}

impl Origin {
    /// The origin of a server bound to `addr`; a wildcard address is reached over loopback.
    pub fn new(mut addr: SocketAddr) -> anyhow::Result<Self> {
        match addr.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => addr.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => addr.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        Ok(Self { root: Url::parse(&format!("http://{addr}/"))? })
    }

    /// The address of a page; `path` starts with a slash.
    pub fn page(&self, path: &str) -> Url {
        let mut url = self.root.clone();
        url.set_path(path);
        url
    }

    /// A pattern of every address of this server.
    pub fn pages(&self) -> String {
        format!("{}/*", self.root.origin().ascii_serialization())
    }

    /// Whether `url` is served by this server.
    pub fn owns(&self, url: &Url) -> bool {
        url.origin() == self.root.origin()
    }

    /// A script, run before the page's own, that tells a page it lives in the
    /// shell and who it is. It does nothing on any other origin, so a page
    /// reached by a redirect learns no token.
    pub fn introduction(&self, token: Option<&str>) -> String {
        let origin = serde_json::Value::from(self.root.origin().ascii_serialization());
        let who = match token {
            Some(token) => serde_json::json!({ "token": token, "shell": true }),
            None => serde_json::json!({ "shell": true }),
        };
        format!(
            "if (window.location.origin === {origin}) \
             Object.defineProperty(window, \"__SURTITLE__\", {{ value: Object.freeze({who}) }});"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(addr: &str) -> Origin {
        Origin::new(addr.parse().expect("an address")).expect("an origin")
    }

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a url")
    }

    #[test]
    fn a_wildcard_address_is_reached_over_loopback() {
        assert_eq!(origin("0.0.0.0:80").page("/console").as_str(), "http://127.0.0.1/console");
        assert_eq!(origin("[::]:8787").page("/console").as_str(), "http://[::1]:8787/console");
    }

    #[test]
    fn only_the_same_scheme_host_and_port_are_own() {
        let own = origin("127.0.0.1:8787");
        assert!(own.owns(&url("http://127.0.0.1:8787/viewer/main?x=1#y")));
        for other in [
            "https://127.0.0.1:8787/",
            "http://127.0.0.1:8788/",
            "http://localhost:8787/",
            "http://127.0.0.1:8787@evil.example/",
            "http://127.0.0.1.evil.example:8787/",
            "about:blank",
            "data:text/html,x",
            "file:///etc/passwd",
        ] {
            assert!(!own.owns(&url(other)), "{other}");
        }
    }

    #[test]
    fn the_introduction_names_its_origin_and_quotes_the_token() {
        let script = origin("127.0.0.1:8787").introduction(Some("a\"b"));
        assert!(script.starts_with("if (window.location.origin === \"http://127.0.0.1:8787\")"));
        assert!(script.contains(r#""token":"a\"b""#));
        assert!(!origin("127.0.0.1:8787").introduction(None).contains("token"));
    }
}
