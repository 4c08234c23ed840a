//! The commands, by the vendor's names.

use std::fmt;

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $kind:ident;)*) => {
        /// What a webhook is about: `CallbackCommand`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Command { $($(#[$doc])* $variant,)* }

        impl Command {
            /// Every command that can be configured.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The vendor's name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind,)* }
            }
        }
    };
}

/// What this server does with a command.
#[derive(PartialEq)]
enum Kind {
    /// Asked before something happens; the answer decides.
    Before,
    /// Told after it happened; the answer is not read.
    After,
    /// Never raised: an AVChatRoom has nothing of the kind.
    Never,
}

commands! {
    /// A message of a group, before it is delivered.
    BeforeSendMsg = "Group.CallbackBeforeSendMsg", Before;
    /// A message of a group was delivered.
    AfterSendMsg = "Group.CallbackAfterSendMsg", After;
    /// A message of a group was not delivered, and why.
    SendMsgException = "Group.CallbackSendMsgException", After;
    /// A group, before it is made.
    BeforeCreateGroup = "Group.CallbackBeforeCreateGroup", Before;
    /// A group was made.
    AfterCreateGroup = "Group.CallbackAfterCreateGroup", After;
    /// Somebody, before joining.
    BeforeApplyJoinGroup = "Group.CallbackBeforeApplyJoinGroup", Before;
    /// Nobody can be invited into an AVChatRoom.
    BeforeInviteJoinGroup = "Group.CallbackBeforeInviteJoinGroup", Never;
    /// People joined.
    AfterNewMemberJoin = "Group.CallbackAfterNewMemberJoin", After;
    /// People left or were removed.
    AfterMemberExit = "Group.CallbackAfterMemberExit", After;
    /// An AVChatRoom has no member limit.
    AfterGroupFull = "Group.CallbackAfterGroupFull", Never;
    /// A group was dismissed.
    AfterGroupDestroyed = "Group.CallbackAfterGroupDestroyed", After;
    /// The profile of a group changed.
    AfterGroupInfoChanged = "Group.CallbackAfterGroupInfoChanged", After;
    /// Members fell silent for 20 s, or came back.
    OnMemberStateChange = "Group.CallbackOnMemberStateChange", After;
    /// Messages were recalled.
    AfterRecallMsg = "Group.CallbackAfterRecallMsg", After;
    /// An account logged in, logged out or lost its connection.
    StateChange = "State.StateChange", After;
    /// A message to one person, before it is delivered.
    C2cBeforeSendMsg = "C2C.CallbackBeforeSendMsg", Before;
    /// A message to one person was delivered, or was not.
    C2cAfterSendMsg = "C2C.CallbackAfterSendMsg", After;
    /// Somebody claimed something of a sale; the vendor has no sale.
    SaleClaimMade = "Sale.ClaimMade", After;
}

impl Command {
    /// The command of the vendor's name, case and all.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.name() == name)
    }

    /// Whether the back end is asked, and its answer decides.
    pub fn is_before(self) -> bool {
        self.kind() == Kind::Before
    }

    /// Whether this server ever raises it. The others may be configured, as
    /// with the vendor, and stay silent.
    pub fn is_raised(self) -> bool {
        self.kind() != Kind::Never
    }

    /// Whether the answer may replace `MsgBody` and `CloudCustomData`, or have
    /// the message dropped silently.
    pub fn is_message(self) -> bool {
        matches!(self, Self::BeforeSendMsg | Self::C2cBeforeSendMsg)
    }

    /// Whether it is about a message to one person; its codes are others.
    pub fn is_c2c(self) -> bool {
        matches!(self, Self::C2cBeforeSendMsg | Self::C2cAfterSendMsg)
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_leads_back_to_its_command() {
        for command in Command::ALL {
            assert_eq!(Command::from_name(command.name()), Some(*command));
        }
        assert_eq!(Command::from_name("group.callbackbeforesendmsg"), None);
    }

    #[test]
    fn commands_that_are_asked_are_named_before() {
        for command in Command::ALL {
            let named = command.name().contains("CallbackBefore");
            assert_eq!(named && command.is_raised(), command.is_before(), "{command}");
        }
    }
}
