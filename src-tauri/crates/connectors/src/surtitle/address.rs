//! Where a remote room is: `ws://HOST[:PORT]/ROOM` or `wss://HOST[:PORT]/ROOM`.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use surtitle_core::{Code, Reject, RoomId};

/// Most bytes of an address.
const LIMIT: usize = 512;

/// The address of a room of another Surtitle. Holds no user name, password,
/// query or fragment: a token travels in `hello`, never in an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    tls: bool,
    /// A lower-case name, an IPv4 address, or an IPv6 address without brackets.
    host: String,
    port: u16,
    /// The room.
    pub room: RoomId,
}

impl Address {
    /// Reads an address as somebody typed it. In the room's name `%` escapes
    /// are allowed, for ids with `#`.
    ///
    /// # Errors
    /// [`Code::BadAddress`]; the message does not repeat what was typed, for
    /// it may hold a password.
    pub fn parse(text: &str) -> Result<Self, Reject> {
        let text = text.trim();
        if text.len() > LIMIT {
            return Err(bad("the address is too long; it looks like wss://HOST/ROOM"));
        }
        let (scheme, rest) = text.split_once("://").ok_or_else(|| {
            bad("the address has no ws:// or wss:// in front; write wss://HOST/ROOM")
        })?;
        let tls = match scheme.to_ascii_lowercase().as_str() {
            "ws" => false,
            "wss" => true,
            "http" | "https" => {
                return Err(bad("that is the address of a page; write wss://HOST/ROOM"));
            }
            _ => return Err(bad("only ws:// and wss:// lead to a room; write wss://HOST/ROOM")),
        };
        let (authority, room) = rest
            .split_once('/')
            .ok_or_else(|| bad("the address names no room; write wss://HOST/ROOM"))?;
        if authority.contains('@') {
            return Err(bad(
                "the address holds a user name or password; leave it out and give a token apart",
            ));
        }
        if rest.contains('?') || rest.contains('#') {
            return Err(bad(
                "the address has a ? or # part; leave it out (a # in a room's name is %23)",
            ));
        }
        let (host, port) = split_port(authority)?;
        let port = match port {
            None if tls => 443,
            None => 80,
            Some(digits) => port_number(digits)?,
        };
        let room = unescape(room)
            .and_then(|name| RoomId::parse(&name))
            .ok_or_else(|| bad("no room can have that name; use 1–48 letters, digits and _.-@"))?;
        Ok(Self { tls, host: host_name(host)?, port, room })
    }

    /// Where its native socket is, e.g. `wss://live.example/ws`.
    pub fn socket_url(&self) -> String {
        format!("{}/ws", self.origin())
    }

    /// Where viewers watch it, e.g. `https://live.example/viewer/ROOM`.
    pub fn viewer_url(&self) -> String {
        // `ws` becomes `http` and `wss` `https`.
        let origin = self.origin().replacen("ws", "http", 1);
        format!("{origin}/viewer/{}", self.room.as_str().replace('#', "%23"))
    }

    /// Whether the link is encrypted.
    pub fn is_tls(&self) -> bool {
        self.tls
    }

    /// Host, without brackets, and port: what a socket is opened to.
    pub fn endpoint(&self) -> (&str, u16) {
        (&self.host, self.port)
    }

    /// `HOST:PORT`, for people.
    pub fn place(&self) -> String {
        format!("{}:{}", self.bracketed(), self.port)
    }

    fn bracketed(&self) -> String {
        if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() }
    }

    fn origin(&self) -> String {
        let (scheme, usual) = if self.tls { ("wss", 443) } else { ("ws", 80) };
        let host = self.bracketed();
        if self.port == usual {
            format!("{scheme}://{host}")
        } else {
            format!("{scheme}://{host}:{}", self.port)
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.origin(), self.room.as_str().replace('#', "%23"))
    }
}

fn bad(message: &str) -> Reject {
    Reject::new(Code::BadAddress, message)
}

fn split_port(authority: &str) -> Result<(&str, Option<&str>), Reject> {
    if authority.starts_with('[') {
        let (host, after) = authority
            .split_once(']')
            .ok_or_else(|| bad("the IPv6 address has no closing bracket; write [::1]:PORT"))?;
        return match after.strip_prefix(':') {
            Some(port) => Ok((host, Some(port))),
            None if after.is_empty() => Ok((host, None)),
            None => Err(bad("after an IPv6 address only :PORT can stand")),
        };
    }
    match authority.split_once(':') {
        None => Ok((authority, None)),
        Some((host, port)) if !port.contains(':') => Ok((host, Some(port))),
        Some(_) => Err(bad("an IPv6 address stands in brackets; write [::1]:PORT")),
    }
}

fn port_number(digits: &str) -> Result<u16, Reject> {
    let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
    number.filter(|n| *n != 0).ok_or_else(|| bad("the port is not a number from 1 to 65535"))
}

fn host_name(host: &str) -> Result<String, Reject> {
    if let Some(inside) = host.strip_prefix('[') {
        return match inside.parse::<Ipv6Addr>() {
            Ok(address) => Ok(address.to_string()),
            Err(_) => Err(bad("what stands in brackets is not an IPv6 address")),
        };
    }
    let host = host.to_ascii_lowercase();
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    let labels = host.strip_suffix('.').unwrap_or(&host);
    // A last label of digits can only be an IPv4 address (and `1.2.3` or `0x7f.1` is none to us).
    let last = labels.rsplit('.').next().unwrap_or("");
    let numeric = last.bytes().all(|b| b.is_ascii_digit()) || last.starts_with("0x");
    let fits = labels.len() <= 253 && labels.split('.').all(label);
    if !fits || (numeric && labels.parse::<Ipv4Addr>().is_err()) {
        return Err(bad(
            "the host is not a name or an IP address (write names of other scripts as xn--…)",
        ));
    }
    Ok(labels.to_owned())
}

/// Undoes `%` escapes; `None` if one is broken or the result is not text.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(b) = bytes.next() {
        if b != b'%' {
            out.push(b);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let value = digit()? * 16 + digit()?;
        out.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_addresses_show_the_same_and_lead_to_the_socket() {
        for (typed, shown, socket) in [
            ("ws://127.0.0.1:8787/main", "ws://127.0.0.1:8787/main", "ws://127.0.0.1:8787/ws"),
            ("wss://Live.Example/main", "wss://live.example/main", "wss://live.example/ws"),
            (
                " WSS://live.example.:443/a_b.c-d ",
                "wss://live.example/a_b.c-d",
                "wss://live.example/ws",
            ),
            ("ws://h:80/r@x", "ws://h/r@x", "ws://h/ws"),
            ("ws://h:443/r", "ws://h:443/r", "ws://h:443/ws"),
            ("ws://[::1]:9/r", "ws://[::1]:9/r", "ws://[::1]:9/ws"),
            ("wss://[2001:DB8::0001]/r", "wss://[2001:db8::1]/r", "wss://[2001:db8::1]/ws"),
            ("wss://h/%40TGS%23aC7", "wss://h/@TGS%23aC7", "wss://h/ws"),
        ] {
            let address = Address::parse(typed).expect(typed);
            assert_eq!(address.to_string(), shown);
            assert_eq!(address.socket_url(), socket);
            assert_eq!(Address::parse(shown).as_ref(), Ok(&address), "reads back");
        }
    }

    #[test]
    fn bad_addresses_are_refused_and_never_repeated() {
        for typed in [
            "",
            "main",
            "://",
            "ws://",
            "ws:///r",
            "ws://h",
            "ws://h/",
            "ws:/h/r",
            "http://h/r",
            "https://h/viewer/r",
            "ftp://h/r",
            "ws://u:hunter2@h/r",
            "ws://hunter2@h/r",
            "ws://h/r?token=hunter2",
            "ws://h/r#hunter2",
            "ws://h?x/r",
            "ws://h#x/r",
            "ws://h:/r",
            "ws://h:0/r",
            "ws://h:65536/r",
            "ws://h:+80/r",
            "ws://h:8o/r",
            "ws://h:1:2/r",
            "ws://::1/r",
            "ws://[::1/r",
            "ws://[::1]x/r",
            "ws://[h]/r",
            "ws://[fe80::1%25eth0]/r",
            "ws://-h/r",
            "ws://h-/r",
            "ws://h..x/r",
            "ws://./r",
            "ws://h x/r",
            "ws://hé/r",
            "ws://1.2.3/r",
            "ws://256.1.1.1/r",
            "ws://0x7f.0x1/r",
            "ws://h\\x/r",
            "ws://h/a/b",
            "ws://h/r/",
            "ws://h/ws/r",
            "ws://h/a b",
            "ws://h/%",
            "ws://h/%4",
            "ws://h/%zz",
            "ws://h/%2F",
            "ws://h/%00",
            "ws://h/%ff",
            "ws://h/\u{202E}r",
            "ws://h/\r\nx",
            "ws://h\r\nHost: x/r",
            "ws://h/..%2f",
            "javascript://h/r",
        ] {
            let refused = Address::parse(typed).expect_err(typed);
            assert_eq!(refused.code, Code::BadAddress, "{typed:?}");
            assert!(!refused.message.contains("hunter2"), "{typed:?}");
        }
        assert!(Address::parse(&format!("ws://h/{}", "x".repeat(49))).is_err());
        assert!(Address::parse(&format!("ws://{}/r", "x.".repeat(200))).is_err());
        assert!(Address::parse(&format!("ws://h/{}", "x".repeat(9_999))).is_err());
    }

    /// Damages good addresses at random places: no panic, and whatever is
    /// accepted is a plain address that reads back as itself.
    #[test]
    fn damaged_addresses_are_refused_or_read_back() {
        let seeds = ["wss://live.example:8787/main", "ws://[::1]:9/@TGS%23a", "ws://10.0.0.1/r"];
        let spice = "@:/?#%[]\\. \u{0}\u{202E}é0xA-";
        let mut state = 1_u32;
        let mut draw = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        let mut accepted = 0;
        for round in 0..20_000 {
            let mut text: Vec<char> = seeds[round % seeds.len()].chars().collect();
            for _ in 0..=draw(3) {
                let at = draw(text.len());
                match draw(3) {
                    0 if text.len() > 1 => drop(text.remove(at)),
                    1 => text.insert(at, spice.chars().nth(draw(spice.chars().count())).unwrap()),
                    _ => text.truncate(at.max(1)),
                }
            }
            let typed: String = text.into_iter().collect();
            if let Ok(address) = Address::parse(&typed) {
                accepted += 1;
                let shown = address.to_string();
                assert_eq!(Address::parse(&shown).as_ref(), Ok(&address), "{typed:?} {shown:?}");
                assert!(shown.is_ascii() && !address.socket_url().contains(['@', '?', '#', ' ']));
            }
        }
        assert!(accepted > 100, "the damage leaves some good ones: {accepted}");
    }
}
