//! The configuration as calls use it: read once, not for every message.

use super::config::{self, HookConfig};
use super::sign::sign;
use hyper::Uri;
use std::fmt;
use surtitle_tim::hook::Command;

pub struct Settings {
    pub config: HookConfig,
    commands: Vec<Command>,
    /// The address with the sign that joins further parameters; `None` calls
    /// nobody.
    address: Option<String>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may have a secret in its parameters.
        f.debug_struct("Settings").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Settings {
    /// An address that cannot be called is as good as none; [`HookConfig::check`]
    /// tells the host.
    pub fn new(config: HookConfig) -> Self {
        let commands = config.commands.iter().filter_map(|name| Command::from_name(name));
        let uri = config.url.as_deref().and_then(|text| config::url(text).ok());
        let address = uri.map(|uri| {
            let mut address = uri.to_string();
            address.push(match uri.query() {
                None => '?',
                Some(_) => '&',
            });
            address
        });
        Self { commands: commands.collect(), address, config }
    }

    /// Whether the host wants to hear of it.
    pub fn wants(&self, command: Command) -> bool {
        self.address.is_some() && command.is_raised() && self.commands.contains(&command)
    }

    /// Whether both call the same back end.
    pub fn is_same_back_end(&self, other: &Self) -> bool {
        self.address == other.address
    }

    /// Where a call made at `at_s` goes, signed; `None` without an address.
    pub fn target(&self, query: &str, at_s: u64) -> Option<Uri> {
        let mut target = self.address.clone()?;
        target.push_str(query);
        if let Some(token) = &self.config.token {
            target.push_str(&format!("&Sign={}&RequestTime={at_s}", sign(token, at_s)));
        }
        target.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: Option<&str>, token: Option<&str>) -> Settings {
        Settings::new(HookConfig {
            url: url.map(str::to_owned),
            commands: [Command::BeforeSendMsg, Command::AfterGroupFull]
                .map(|command| command.name().to_owned())
                .into(),
            token: token.map(str::to_owned),
            ..HookConfig::default()
        })
    }

    #[test]
    fn parameters_join_the_hosts_own() {
        for (url, whole) in [
            ("http://example.org", "http://example.org/?SdkAppid=1"),
            ("http://example.org/a?b=c", "http://example.org/a?b=c&SdkAppid=1"),
        ] {
            let target = settings(Some(url), None).target("SdkAppid=1", 5).expect("an address");
            assert_eq!(target.to_string(), whole);
        }
        assert_eq!(settings(None, None).target("SdkAppid=1", 5), None);
    }

    #[test]
    fn signed_call_names_the_time_and_not_the_token() {
        let settings = settings(Some("http://example.org/"), Some("xxxyyy"));
        let target = settings.target("SdkAppid=1", 1_669_872_112).expect("an address").to_string();
        let sign = "e78a85473bed2cdc8d6fa8c4d5a4ba4735fd64156e15a99516b9890293e135de";
        assert!(target.ends_with(&format!("&Sign={sign}&RequestTime=1669872112")), "{target}");
        assert!(!target.contains("xxxyyy"));
    }

    #[test]
    fn only_what_is_configured_and_raised_is_wanted() {
        let on = settings(Some("http://example.org/"), None);
        assert!(on.wants(Command::BeforeSendMsg));
        assert!(!on.wants(Command::AfterSendMsg));
        assert!(!on.wants(Command::AfterGroupFull));
        assert!(!settings(None, None).wants(Command::BeforeSendMsg));
        assert!(!settings(Some("ftp://example.org/"), None).wants(Command::BeforeSendMsg));
    }
}
