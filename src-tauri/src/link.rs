//! `surtitle://join/ROOM`: a link any page may hold and anybody may have written.
//!
//! It is read letter by letter, not as a web address: there is nothing in it
//! to be resolved, no origin, no query. Only a room's name comes out.

use surtitle_core::RoomId;

/// The scheme, as it is registered with the system.
pub const SCHEME: &str = "surtitle";

const JOIN: &str = "surtitle://join/";

/// Whether an argument of the command line is meant as a link.
pub fn is_link(text: &str) -> bool {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case(SCHEME)
}

/// The room a link asks to join; `None` for a link that asks anything else.
pub fn room(link: &str) -> Option<RoomId> {
    let (start, name) = link.split_at_checked(JOIN.len())?;
    if !start.eq_ignore_ascii_case(JOIN) {
        return None;
    }
    // Names a path takes for the folder it is in and the one above.
    RoomId::parse(&decode(name)?).filter(|room| !matches!(room.as_str(), "." | ".."))
}

/// `%23` as `#`; `None` for half an escape or one that is not ASCII.
fn decode(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        let (digits, after) = after.split_at_checked(2)?;
        let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        let byte = u8::from_str_radix(digits, 16).ok().filter(|b| is_hex && b.is_ascii())?;
        out.push_str(before);
        out.push(char::from(byte));
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_a_room() {
        for (link, name) in [
            ("surtitle://join/main", "main"),
            ("SURTITLE://Join/Main", "Main"),
            ("surtitle://join/%40TGS%23aC72FIKG3", "@TGS#aC72FIKG3"),
            ("surtitle://join/@TGS#aC72FIKG3", "@TGS#aC72FIKG3"),
        ] {
            assert_eq!(room(link), Some(name.into()), "{link}");
        }
    }

    #[test]
    fn a_link_that_asks_anything_else_names_none() {
        let long = format!("surtitle://join/{}", "x".repeat(49));
        for link in [
            "surtitle:",
            "surtitle://",
            "surtitle://join",
            "surtitle://join/",
            "surtitle:join/main",
            "surtitle:/join/main",
            "surtitle:///join/main",
            "surtitle://leave/main",
            "surtitle://join@evil.example/main",
            "surtitle://join:80/main",
            "surtitle://join/main/",
            "surtitle://join/main/more",
            "surtitle://join/main?token=x",
            "surtitle://join/..",
            "surtitle://join/%2e%2e",
            "surtitle://join/../console",
            "surtitle://join/..%2fconsole",
            "surtitle://join//evil.example",
            "surtitle://join/http://evil.example/",
            "surtitle://join/javascript:alert(1)",
            "surtitle://join/a b",
            "surtitle://join/a%20b",
            "surtitle://join/a%00",
            "surtitle://join/a%0a--data",
            "surtitle://join/%",
            "surtitle://join/%4",
            "surtitle://join/%+4",
            "surtitle://join/%ff",
            "surtitle://join/%é",
            "surtitle://join/é",
            "surtitle://join/<b>",
            "surtitle://joiné/main",
            " surtitle://join/main",
            "http://join/main",
            &long,
        ] {
            assert_eq!(room(link), None, "{link}");
        }
    }

    #[test]
    fn an_argument_is_a_link_by_its_scheme_alone() {
        assert!(is_link("surtitle://join/main") && is_link("Surtitle:whatever"));
        for other in ["serve", "--data", "surtitles://x", "http://surtitle:80", "", ":"] {
            assert!(!is_link(other), "{other}");
        }
    }
}
