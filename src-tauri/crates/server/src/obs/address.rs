//! Where OBS listens: this machine, or one of the same network.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr as _;

/// The port obs-websocket listens on unless told otherwise.
pub const PORT: u16 = 4_455;

/// An address literal of this machine or its network, with a port. No names:
/// what a name means is another machine's word, and the connection carries
/// a proof of the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(SocketAddr);

impl Default for Address {
    fn default() -> Self {
        Self(SocketAddr::from((Ipv4Addr::LOCALHOST, PORT)))
    }
}

impl Address {
    /// Reads `ADDRESS` or `ADDRESS:PORT`; `localhost` is 127.0.0.1.
    ///
    /// # Errors
    /// A sentence that says what is taken.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let bare = text.strip_prefix("ws://").unwrap_or(text).trim_end_matches('/');
        let bare = match bare.strip_prefix("localhost") {
            Some(rest) => format!("{}{rest}", Ipv4Addr::LOCALHOST),
            None => bare.to_owned(),
        };
        let socket = SocketAddr::from_str(&bare)
            .ok()
            .or_else(|| {
                let ip = bare.trim_start_matches('[').trim_end_matches(']');
                ip.parse().ok().map(|ip: IpAddr| SocketAddr::new(ip, PORT))
            })
            .filter(|socket| socket.port() != 0)
            .ok_or_else(|| {
                format!("{text:?} is no address; write one like 127.0.0.1:4455, without a name")
            })?;
        if !is_near(socket.ip()) {
            return Err(format!(
                "{} is neither this machine nor in its own network; OBS must be near",
                socket.ip()
            ));
        }
        Ok(Self(socket))
    }

    /// For a socket.
    pub fn endpoint(&self) -> SocketAddr {
        self.0
    }

    /// For the upgrade.
    pub fn url(&self) -> String {
        format!("ws://{}/", self.0)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Loopback, private, link-local: RFC 1918, 3927, 4193, 4291 §2.5.6.
fn is_near(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => {
            let first = ip.segments()[0];
            ip.is_loopback() || first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_addresses_are_taken_and_far_ones_and_names_are_not() {
        for (text, expected) in [
            ("127.0.0.1", Some("127.0.0.1:4455")),
            ("localhost:4456", Some("127.0.0.1:4456")),
            (" ws://192.168.1.9:4455/ ", Some("192.168.1.9:4455")),
            ("[::1]", Some("[::1]:4455")),
            ("fd00::2", Some("[fd00::2]:4455")),
            ("8.8.8.8", None),
            ("0.0.0.0", None),
            ("obs.example:4455", None),
            ("127.0.0.1:0", None),
            ("127.0.0.1:99999", None),
            ("", None),
        ] {
            let read = Address::parse(text).ok().map(|address| address.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }
}
