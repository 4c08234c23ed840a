//! Which addresses this server may ask for a picture.
//!
//! Somebody in the chat names the address, so a picture must never be the way
//! to what only this machine or its network can reach (SSRF). The name of a
//! URL is resolved here and every address it has is judged; the connection
//! then goes to the judged address itself, so a name that changes its mind in
//! between (DNS rebinding) changes nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::net::lookup_host;
use url::{Host, Url};

/// Most bytes of an address; longer ones are never asked for.
pub const URL_LIMIT: usize = 2_048;

/// Why an address is not asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not `http://` or `https://`, too long, or not an address at all.
    #[error("it is no http or https address")]
    Scheme,
    /// `https://name:password@…`.
    #[error("it has a name or password in it")]
    Credentials,
    /// Another port than 80 and 443.
    #[error("port {0} is not asked for pictures")]
    Port(u16),
    /// The name has no address.
    #[error("its name is not known")]
    Unknown,
    /// This machine, its network, or nobody's.
    #[error("it is not on the public Internet")]
    Private,
}

/// Reads an address from outside.
///
/// # Errors
/// [`Refused`], without a look at the network.
pub fn parse(text: &str, allow_private: bool) -> Result<Url, Refused> {
    if text.len() > URL_LIMIT {
        return Err(Refused::Scheme);
    }
    let url = Url::parse(text).map_err(|_| Refused::Scheme)?;
    check(&url, allow_private)?;
    Ok(url)
}

/// Judges an address by what it says: of the first request, and of every
/// redirect.
///
/// # Errors
/// [`Refused`].
pub fn check(url: &Url, allow_private: bool) -> Result<(), Refused> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refused::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::Credentials);
    }
    let port = url.port_or_known_default().unwrap_or(0);
    if !matches!(port, 80 | 443) && !allow_private {
        return Err(Refused::Port(port));
    }
    let literal = match url.host() {
        None => return Err(Refused::Scheme),
        Some(Host::Domain(_)) => None,
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
    };
    match literal {
        Some(ip) if !allow_private && !is_public(ip) => Err(Refused::Private),
        _ => Ok(()),
    }
}

/// Where to connect: the first of the name's addresses that may be asked.
///
/// # Errors
/// [`Refused::Unknown`], or [`Refused::Private`] if none of them may.
pub async fn resolve(url: &Url, allow_private: bool) -> Result<SocketAddr, Refused> {
    let port = url.port_or_known_default().ok_or(Refused::Scheme)?;
    let found: Vec<SocketAddr> = match url.host() {
        None => return Err(Refused::Scheme),
        Some(Host::Ipv4(ip)) => vec![SocketAddr::from((ip, port))],
        Some(Host::Ipv6(ip)) => vec![SocketAddr::from((ip, port))],
        Some(Host::Domain(name)) => {
            lookup_host((name, port)).await.map_err(|_| Refused::Unknown)?.collect()
        }
    };
    if found.is_empty() {
        return Err(Refused::Unknown);
    }
    found.into_iter().find(|at| allow_private || is_public(at.ip())).ok_or(Refused::Private)
}

/// Whether an address is one of the public Internet's (IANA's special-purpose
/// registries). Addresses that carry another one are judged by that.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || a == 0 // this network
        || (a == 100 && (64..128).contains(&b)) // shared by carriers (RFC 6598)
        || (a == 192 && b == 0 && c == 0) // protocol assignments
        || (a == 192 && b == 88 && c == 99) // 6to4 relays
        || (a == 198 && (b == 18 || b == 19)) // benchmarks
        || a >= 224; // multicast, reserved, broadcast
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inner) = carried(ip) {
        return is_public_v4(inner);
    }
    let [a, b, ..] = ip.segments();
    let global = (a & 0xe000) == 0x2000;
    let special = (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) // protocol assignments with Teredo; documentation
        || (a == 0x3fff && b < 0x1000); // documentation
    global && !special
}

/// The IPv4 address inside an IPv6 one: mapped, NAT64 (RFC 6052), 6to4.
fn carried(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match ip.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(of(high, low))
        }
        [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_that_is_not_public_is_refused_however_it_is_written() {
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "0",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "192.88.99.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[::7f00:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:10.0.0.1]",
            "[::ffff:a9fe:a9fe]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b::a9fe:a9fe]",
            "[64:ff9b:1::1]",
            "[2002:7f00:1::]",
            "[2002:a00:1::1]",
            "[2002:c0a8:101::1]",
            "[fe80::1]",
            "[fec0::1]",
            "[fc00::1]",
            "[fd12:3456::1]",
            "[ff02::1]",
            "[100::1]",
            "[2001::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[5f00::1]",
            "１２７.０.０.１",
            "127。0。0。1",
        ] {
            let parsed = parse(&format!("http://{host}/a.png"), false);
            assert_eq!(parsed, Err(Refused::Private), "{host}");
        }
    }

    #[test]
    fn public_address_may_be_asked() {
        for host in [
            "1.1.1.1",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "[2606:4700::1111]",
            "[::ffff:1.1.1.1]",
            "[64:ff9b::101:101]",
            "[2002:101:101::1]",
            "pictures.example",
        ] {
            assert!(parse(&format!("https://{host}/a.png"), false).is_ok(), "{host}");
        }
    }

    #[test]
    fn other_schemes_ports_and_credentials_are_refused() {
        for (address, why) in [
            ("ftp://pictures.example/a.png", Refused::Scheme),
            ("file:///etc/passwd", Refused::Scheme),
            ("data:image/png;base64,AAAA", Refused::Scheme),
            ("javascript:alert(1)", Refused::Scheme),
            ("//pictures.example/a.png", Refused::Scheme),
            ("/image/a", Refused::Scheme),
            ("https://", Refused::Scheme),
            ("http://a@pictures.example/", Refused::Credentials),
            ("http://a:b@pictures.example/", Refused::Credentials),
            ("http://pictures.example:22/", Refused::Port(22)),
            ("https://pictures.example:6379/", Refused::Port(6379)),
        ] {
            assert_eq!(parse(address, false), Err(why), "{address}");
        }
        let endless = format!("https://pictures.example/{}", "a".repeat(URL_LIMIT));
        assert_eq!(parse(&endless, false), Err(Refused::Scheme));
    }

    #[test]
    fn own_network_is_asked_if_the_host_says_so() {
        assert!(parse("http://192.168.1.9:8080/a.png", true).is_ok());
        assert_eq!(parse("file:///etc/passwd", true), Err(Refused::Scheme));
    }

    #[tokio::test]
    async fn name_of_this_machine_is_resolved_and_refused() {
        let url = parse("http://localhost/a.png", false).expect("a name tells nothing yet");
        assert_eq!(resolve(&url, false).await, Err(Refused::Private));
        assert!(resolve(&url, true).await.is_ok_and(|at| at.ip().is_loopback()));
    }
}
