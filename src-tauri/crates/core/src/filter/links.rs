//! Links in a text, written out or disguised: `https://…`, `www.…`,
//! `name.com`, `name dot com`, `name (.) com`.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Endings that make a bare name a link.
const ENDINGS: &str = "com|net|org|info|biz|io|gg|tv|cc|xyz|top|ru|cn|jp|kr|de|uk|fr|tw|hk|vn|shop|store|live\
    |link|site|online|club|vip|pro|app|dev|gl|ly|icu|fun|click|icu|space|website";

/// `scheme://rest` or `www.rest`.
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:[a-z][a-z0-9+.-]{1,15}://|www\.)(?P<host>[^\s/?#<>()]{2,})[^\s<>]*")
        .expect("it is constant")
});
/// `name.ending`, also with the dot disguised; a path may follow.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    let dot = r"(?:\s?\.\s?|。|．|\s*[\[({]\s*(?:dot|\.|punkt|点)\s*[\])}]\s*|\s+dot\s+)";
    Regex::new(&format!(
        r"(?i)\b(?P<host>(?:[\p{{L}}0-9-]{{1,63}}{dot})+(?:{ENDINGS}))\b(?:[/?#:]\S*)?"
    ))
    .expect("it is constant")
});
/// `name.xx/path` with any ending of two letters.
static PATHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?P<host>(?:[a-z0-9-]{1,63}\.)+[a-z]{2,12})/[A-Za-z0-9_~%-]\S*")
        .expect("it is constant")
});

/// Every link of `text` that is not to one of `allowed` (hosts, their
/// subdomains included), as bytes of the text.
pub(super) fn find(text: &str, allowed: &[String]) -> Vec<Range<usize>> {
    let mut seen: Vec<(Range<usize>, bool)> = Vec::new();
    for shape in [&MARKED, &PATHED, &BARE] {
        for link in shape.captures_iter(text) {
            let (Some(whole), Some(host)) = (link.get(0), link.name("host")) else { continue };
            let goes_on = text[host.end()..]
                .strip_prefix('.')
                .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            let is_part = seen
                .iter()
                .any(|(other, _)| whole.start() < other.end && other.start < whole.end());
            if !goes_on && !is_part {
                seen.push((whole.range(), is_allowed(host.as_str(), allowed)));
            }
        }
    }
    seen.into_iter().filter(|(_, allowed)| !allowed).map(|(bytes, _)| bytes).collect()
}

/// Compares what stands before a port, without user, in plain letters.
fn is_allowed(host: &str, allowed: &[String]) -> bool {
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host).trim_end_matches('.').to_ascii_lowercase();
    allowed.iter().any(|domain| {
        let rest = host.strip_suffix(domain.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_however_they_are_written() {
        for text in [
            "see https://evil.example/x",
            "HTTP://EVIL.EXAMPLE",
            "www.evil.example",
            "come to evil.com",
            "evil . com",
            "evil dot com",
            "evil (dot) com",
            "evil[.]com",
            "evil。com",
            "discord.gg/abc",
            "t.me/evil",
            "bit.ly/2x",
            "user@evil.com/x",
            "javascript://evil",
        ] {
            assert!(!find(text, &[]).is_empty(), "{text}");
        }
    }

    #[test]
    fn sentences_are_not_links() {
        for text in [
            "wait...what",
            "3.14 and 1/2",
            "Node.js is ok",
            "e.g. this",
            "good.very good",
            "and/or",
            "he said hi.She left",
            "10:30",
            "v1.2.3",
            "connect the dots",
            "24/7 live",
        ] {
            assert!(find(text, &[]).is_empty(), "{text}: {:?}", find(text, &[]));
        }
    }

    #[test]
    fn only_the_domain_itself_and_below_is_allowed() {
        let allowed = ["shop.example".to_owned(), "evil.com".to_owned()];
        assert!(
            find("https://shop.example/a https://www.shop.example evil.com/x", &allowed).is_empty()
        );
        for text in ["https://notshop.example", "https://shop.example@bad.example", "evil.com.cn"] {
            assert_eq!(find(text, &allowed).len(), 1, "{text}");
        }
    }
}
