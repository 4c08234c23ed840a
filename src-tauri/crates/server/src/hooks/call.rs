//! One call: what is said, and the parameters it is said with.

use serde_json::value::RawValue;
use std::net::IpAddr;
use surtitle_tim::hook::Command;

/// Where the person who caused it sits: `OptPlatform`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Platform {
    /// The REST API.
    RestApi,
    /// A browser, or a mini program.
    Web,
    /// Android.
    Android,
    /// An iPhone.
    Ios,
    /// Windows.
    Windows,
    /// A Mac.
    Mac,
    /// An iPad.
    IPad,
    /// Not known, or this server itself.
    Unknown,
}

impl Platform {
    /// The vendor's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::RestApi => "RESTAPI",
            Self::Web => "Web",
            Self::Android => "Android",
            Self::Ios => "iOS",
            Self::Windows => "Windows",
            Self::Mac => "macOS",
            Self::IPad => "iPad",
            Self::Unknown => "Unknown",
        }
    }
}

/// Something to tell or ask.
#[derive(Debug, Clone)]
pub struct Call {
    /// What it is about.
    pub command: Command,
    /// The body of `surtitle_tim::hook::body` for the command.
    pub body: Box<RawValue>,
    /// Address of the person who caused it, if it was a person.
    pub ip: Option<IpAddr>,
    /// Where that person sits.
    pub platform: Platform,
}

impl Call {
    /// The URL parameters, in the vendor's order, without the signature.
    pub(super) fn query(&self, app: u32) -> String {
        let command = self.command.name();
        let mut query = format!("SdkAppid={app}&CallbackCommand={command}&contenttype=json");
        // The vendor has no person for this one.
        if self.command == Command::OnMemberStateChange {
            return query;
        }
        if let Some(ip) = self.ip {
            query.push_str("&ClientIP=");
            query.push_str(&ip.to_canonical().to_string());
        }
        // Spelled in capitals there, and nowhere else.
        let state = self.command == Command::StateChange && self.platform == Platform::Ios;
        query.push_str("&OptPlatform=");
        query.push_str(if state { "IOS" } else { self.platform.word() });
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(command: Command, ip: &str, platform: Platform) -> String {
        let body = RawValue::from_string("{}".into()).expect("JSON");
        Call { command, body, ip: ip.parse().ok(), platform }.query(1_400_000_001)
    }

    #[test]
    fn parameters_are_the_vendors() {
        let before = query(Command::BeforeSendMsg, "::ffff:192.0.2.7", Platform::RestApi);
        assert_eq!(
            before,
            "SdkAppid=1400000001&CallbackCommand=Group.CallbackBeforeSendMsg\
             &contenttype=json&ClientIP=192.0.2.7&OptPlatform=RESTAPI"
        );
        let join = query(Command::AfterNewMemberJoin, "2001:db8::1", Platform::Ios);
        assert!(join.ends_with("&ClientIP=2001:db8::1&OptPlatform=iOS"), "{join}");
        let nobody = query(Command::AfterMemberExit, "", Platform::Unknown);
        assert!(nobody.ends_with("&contenttype=json&OptPlatform=Unknown"), "{nobody}");
    }

    #[test]
    fn exceptions_of_two_commands_are_kept() {
        let silent = query(Command::OnMemberStateChange, "192.0.2.7", Platform::Web);
        assert!(silent.ends_with("&contenttype=json"), "{silent}");
        let state = query(Command::StateChange, "192.0.2.7", Platform::Ios);
        assert!(state.ends_with("&OptPlatform=IOS"), "{state}");
    }
}
