//! What a host sets for the webhooks of an app.

use hyper::Uri;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use surtitle_tim::hook::Command;

/// Most bytes of an address.
const URL_LIMIT: usize = 2_048;
/// Most bytes of a token.
const TOKEN_LIMIT: usize = 128;

/// The webhooks of an app. Nothing is called without an address.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HookConfig {
    /// Address of the back end: `http` or `https`, no user name or password.
    pub url: Option<String>,
    /// Names of the commands it gets; the others are never called.
    pub commands: BTreeSet<String>,
    /// What a question without an answer means: refused with 80003, or by
    /// default allowed, as the vendor has it.
    pub refuse_on_failure: bool,
    /// Whether a told event that failed is told again: five times in all over
    /// about ten minutes.
    pub retry: bool,
    /// Secret the calls are signed with; without it they are not. Serialised,
    /// because it is kept with the app; never shown or logged.
    pub token: Option<String>,
}

impl fmt::Debug for HookConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may have a secret in its parameters.
        f.debug_struct("HookConfig")
            .field("has_url", &self.url.is_some())
            .field("commands", &self.commands)
            .field("refuse_on_failure", &self.refuse_on_failure)
            .field("retry", &self.retry)
            .field("has_token", &self.token.is_some())
            .finish()
    }
}

impl HookConfig {
    /// Whether it can be used.
    ///
    /// # Errors
    /// A sentence that names the field and what to do.
    pub fn check(&self) -> Result<(), String> {
        if let Some(text) = &self.url {
            url(text)?;
        }
        for name in &self.commands {
            if Command::from_name(name).is_none() {
                let name: String = name.chars().take(80).collect();
                return Err(format!(
                    "commands: {name:?} is no webhook of this server; docs/compatibility.md lists them"
                ));
            }
        }
        let is_token = |token: &String| {
            (1..=TOKEN_LIMIT).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_graphic())
        };
        if self.token.as_ref().is_some_and(|token| !is_token(token)) {
            return Err(format!(
                "token: must be 1–{TOKEN_LIMIT} visible ASCII characters without spaces"
            ));
        }
        Ok(())
    }
}

/// Reads an address.
pub(super) fn url(text: &str) -> Result<Uri, String> {
    let bad = |why: &str| Err(format!("url: {why}"));
    if text.len() > URL_LIMIT {
        return bad("longer than 2,048 bytes; choose a shorter one");
    }
    if text.contains('#') {
        return bad("has a part after #, which is never sent; leave it out");
    }
    let Ok(uri) = text.parse::<Uri>() else {
        return bad(
            "not an address; write it like https://example.org/webhook, others than ASCII characters percent-encoded",
        );
    };
    let (Some(_), Some(authority)) = (uri.scheme(), uri.authority()) else {
        return bad("not complete; write it like https://example.org/webhook");
    };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return bad("must begin with http:// or https://");
    }
    if authority.as_str().contains('@') {
        return bad("has a user name or password; sign the calls with a token instead");
    }
    let port = authority.as_str().rsplit_once(']').map_or(authority.as_str(), |(_, port)| port);
    let names_a_port = port.contains(':');
    if authority.host().is_empty() || (names_a_port && authority.port_u16().unwrap_or(0) == 0) {
        return bad("the host or the port is missing or wrong");
    }
    Ok(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Result<(), String> {
        HookConfig { url: Some(url.into()), ..HookConfig::default() }.check()
    }

    #[test]
    fn addresses_of_back_ends_are_taken() {
        for good in [
            "http://127.0.0.1:9000",
            "https://example.org/webhook?tenant=1",
            "http://[::1]:9000/",
            "http://[::1]/",
        ] {
            assert_eq!(of(good), Ok(()), "{good}");
        }
        assert_eq!(HookConfig::default().check(), Ok(()));
    }

    #[test]
    fn other_addresses_are_refused_with_the_reason() {
        for (bad, why) in [
            ("", "not an address"),
            ("example.org", "not complete"),
            ("/webhook", "not complete"),
            ("ftp://example.org/", "http://"),
            ("http://user:word@example.org/", "user name"),
            ("http://user@example.org/", "user name"),
            ("http://example.org/#x", "after #"),
            ("http://example.org/a b", "not an address"),
            ("http://exämple.org/", "not an address"),
            ("http://example.org/\r\nX: y", "not an address"),
            ("http://example.org:0/", "port"),
            ("http://example.org:99999/", "port"),
            ("http://example.org:/", "port"),
            ("http://[::1]:x/", "port"),
            (&format!("http://example.org/{}", "x".repeat(URL_LIMIT)), "longer"),
        ] {
            let said = of(bad).expect_err(bad);
            assert!(said.starts_with("url: ") && said.contains(why), "{bad}: {said}");
        }
    }

    #[test]
    fn unknown_command_and_odd_token_are_refused() {
        let commands = BTreeSet::from(["Group.CallbackBeforeSendMessage".to_owned()]);
        let said = HookConfig { commands, ..HookConfig::default() }.check().expect_err("unknown");
        assert!(said.contains("Group.CallbackBeforeSendMessage"), "{said}");
        let commands = Command::ALL.iter().map(|command| command.name().to_owned()).collect();
        assert_eq!(HookConfig { commands, ..HookConfig::default() }.check(), Ok(()));
        for token in ["", "a b", "ключ", "a\n", &"x".repeat(TOKEN_LIMIT + 1)] {
            let config = HookConfig { token: Some(token.into()), ..HookConfig::default() };
            let said = config.check().expect_err(token);
            assert!(token.is_empty() || !said.contains(token), "{said}");
        }
    }

    #[test]
    fn missing_fields_have_their_defaults() {
        let config: HookConfig = serde_json::from_str(r#"{"retry":true,"new":1}"#).expect("reads");
        assert_eq!(config, HookConfig { retry: true, ..HookConfig::default() });
    }

    #[test]
    fn secrets_are_not_shown() {
        let url = Some("http://example.org/?key=hush".into());
        let config = HookConfig { url, token: Some("hush".into()), ..HookConfig::default() };
        assert!(!format!("{config:?}").contains("hush"));
    }
}
