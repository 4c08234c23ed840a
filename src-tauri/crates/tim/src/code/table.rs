//! The table of the codes this server answers with.
//!
//! Numbers and what they stand for are the vendor's; the texts are ours, and
//! a refusal may carry one that names the field. Those of a wrong usersig are
//! in [`crate::usersig::Reject`]. Left out is what cannot happen here:
//! editions, friends, files, offline push. 10100–10200 and 120001–130000 are
//! an app's own, from its webhook.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $text:literal;)*) => {
        /// Why a command was refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The vendor's ErrorCode.
            pub fn number(self) -> u32 {
                match self { $(Self::$name => $number,)* }
            }

            /// The ErrorInfo: what, and what to do.
            pub fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The login was ended while its socket was away.
    Kicked = 1002, "the login was ended by the server; log in again";

    // Groups.

    /// A command before `login`, or as a guest.
    NotLoggedIn = 10001, "not logged in; log in first";
    /// Something on this server did not work.
    Server = 10002, "something on the server did not work; try again in a moment";
    /// A command this server does not know.
    UnknownCommand = 10003, "this server does not know the command";
    /// A field is missing or not what it must be.
    Parameter = 10004, "a field of the request is missing or wrong";
    /// More accounts than one call takes.
    TooManyAccounts = 10005, "too many accounts in one call; split the list";
    /// Commands faster than the limit of a connection.
    TooFast = 10006, "too many requests; slow down";
    /// Not in the group, or not allowed there.
    NotMember = 10007, "not a member of the group; join it first";
    /// Neither a usersig nor a login stands behind it.
    Unsigned = 10008, "the request is not signed by a login; log in again";
    /// The owner may not leave.
    OwnerQuit = 10009, "the owner cannot quit the group; dismiss it instead";
    /// No group of that name.
    UnknownGroup = 10010, "no such group; check its GroupId";
    /// The body is no JSON, or no object.
    Json = 10011, "the body is not a JSON object; send at least {}";
    /// A UserID that cannot be one.
    BadAccount = 10012, "not a UserID: 1 to 32 printable ASCII characters without spaces around them";
    /// As many members as the group may have.
    Full = 10014, "the group has as many members as it may; try again later";
    /// A GroupId that cannot be one.
    BadGroupId = 10015, "not a GroupId: 1 to 48 printable ASCII characters, not beginning with @TGS#";
    /// A webhook said no.
    HookRefused = 10016, "refused by the webhook of the app";
    /// Muted for some time.
    Muted = 10017, "muted in this group";
    /// More would be answered than fits.
    AnswerLong = 10018, "the answer would be longer than 1 MB; ask for less at once";
    /// An account that was never imported and never logged in.
    UnknownAccount = 10019, "no such account; import it or let it log in once";
    /// Another's group has that name.
    GroupIdTaken = 10021, "the GroupId is taken; choose another one";
    /// More messages than a room delivers, told to a back end only.
    MessageRate = 10023, "the group has more messages than its budget allows; this one was dropped";
    /// The owner's own group has that name.
    GroupIdYours = 10025, "the GroupId is taken by a group of the same owner; use that one";
    /// Messages of a live group are not taken back by their senders.
    NoRecall = 10033, "messages of an AVChatRoom cannot be recalled; ask a moderator to remove it";
    /// Messages of a live group are not deleted.
    NoDelete = 10035, "messages of an AVChatRoom cannot be deleted; ask a moderator to remove it";
    /// As many groups as an app may have.
    TooManyGroups = 10036, "the app has as many groups as it may; dismiss one first";
    /// `MaxMemberCount` over what a group may have.
    MaxMembers = 10038, "MaxMemberCount is more than a group may have; lower it or leave it out";
    /// Messages of a live group are not read back.
    NoRoaming = 10044, "an AVChatRoom keeps no messages to read back; join it for the last ones";
    /// A key over its limit.
    AttributeKey = 10045, "the key of a group attribute is longer than 32 bytes";
    /// A value over its limit.
    AttributeValue = 10046, "the value of a group attribute is longer than 4000 bytes";
    /// More keys than a group may have.
    AttributeCount = 10047, "a group has at most 16 attributes; delete one first";
    /// All values together over their limit.
    AttributeSize = 10048, "the attributes of a group are longer than 16000 bytes together";
    /// Attributes written faster than the limit of a group.
    AttributeRate = 10049, "attributes of a group are written at most 5 times a second; slow down";
    /// No attribute of that name.
    UnknownAttribute = 10050, "the group has no attribute of that key; read them first";
    /// Somebody else wrote first.
    AttributeConflict = 10056, "the attributes changed meanwhile; read them, then write again";
    /// More counters than a group may have.
    CounterCount = 10063, "a group has at most 20 counters; delete one first";

    // One-to-one messages.

    /// The request is not what it must be.
    DirectRequest = 20001, "a field of the one-to-one message is missing or wrong";
    /// The sender or receiver is nobody.
    DirectAccount = 20003, "the sender or the receiver is no account of the app; check the UserIDs";
    /// Something on this server did not work.
    DirectServer = 20005, "something on the server did not work; send the message again";
    /// A webhook said no.
    DirectHookRefused = 20006, "refused by the webhook of the app";
    /// Muted by the app for one-to-one messages.
    DirectMuted = 20012, "muted by the app in one-to-one messages";
    /// The body is no JSON, or no object.
    DirectJson = 90001, "the body is not a JSON object; send at least {}";
    /// An element of the message is not what it must be.
    DirectElement = 90002, "MsgBody has an element that is missing a field or is of an unknown MsgType";
    /// No receiver.
    DirectTo = 90003, "To_Account is missing or no text";
    /// No `MsgRandom`.
    DirectRandom = 90005, "MsgRandom is missing or no number from 0 to 4294967295";
    /// The message is no list.
    DirectBody = 90007, "MsgBody is no list of elements; send a list with at least one";
    /// A sender that is nobody.
    DirectFrom = 90008, "From_Account is no account of the app; leave it out or import it";
    /// Not an admin.
    DirectAdmin = 90009, "the identifier is no admin of the app; call as one";
    /// More receivers than one call takes.
    DirectTooMany = 90011, "more than 500 receivers in one call; split To_Account";
    /// A receiver that is nobody.
    DirectUnknownTo = 90012, "To_Account is no account of the app; import it first";
    /// A message that is to wait too long.
    DirectLife = 90026, "MsgLifeTime is over 604800 seconds; lower it or leave it out";
    /// No such message of theirs.
    DirectKey = 90054, "MsgKey names no message of these two accounts";
    /// A message over its limit.
    DirectLong = 93000, "the message is longer than 12 KB";

    // Profiles.

    /// The request is not what it must be.
    ProfileRequest = 40001, "a field of the profile request is missing or wrong";
    /// Whose profile, is not said.
    ProfileWhose = 40002, "the account of the profile is missing; name it";
    /// An account that was never imported and never logged in.
    ProfileUnknown = 40003, "no such account; import it or let it log in once";
    /// Not an admin.
    ProfileAdmin = 40004, "the profile is somebody else's; call as an admin of the app";
    /// Something on this server did not work.
    ProfileServer = 40006, "something on the server did not work; try again in a moment";
    /// A tag nobody may write.
    ProfileReadOnly = 40008, "this profile tag cannot be written";
    /// A tag that does not exist.
    ProfileTag = 40009, "no such profile tag; check its spelling";
    /// A profile value over its limit.
    ProfileLong = 40601, "a profile value is longer than 500 bytes";
    /// A value its tag does not have.
    ProfileValue = 40605, "a profile value is none of those its tag may have";
    /// A value of another type.
    ProfileType = 40610, "a profile value is of another type than its tag";

    // The frame of a call by a back end.

    /// The request line, query or headers cannot be read.
    RestHttp = 60002, "the HTTP request cannot be read; send a POST with a JSON body";
    /// The body is no JSON, or no object.
    RestJson = 60003, "the body is not a JSON object; send at least {}";
    /// The identifier or usersig cannot be read.
    RestAccount = 60004, "identifier or usersig is missing or damaged; pass both in the query";
    /// The usersig does not vouch for the identifier.
    RestSignature = 60005, "the usersig does not vouch for the identifier; sign a new one";
    /// An app number that is none.
    RestApp = 60006, "this server has no app of that sdkappid";
    /// Calls of one command faster than its limit.
    RestRate = 60007, "this command is called too often; at most 200 times a second, some only once";
    /// It took too long.
    RestTimeout = 60008, "the call took longer than 3 seconds; try again in a moment";
    /// No such path.
    RestPath = 60009, "no such command; the path is /v4/SERVICE/COMMAND";
    /// Not an admin.
    RestAdmin = 60010, "the identifier is no admin of the app; call as one";
    /// Calls of an app faster than its limit.
    RestAppRate = 60011, "the app calls too often; slow down";
    /// No app number.
    RestNoApp = 60012, "sdkappid is missing in the query";

    // Logins and accounts.

    /// A login that has run out, or is of another server. Ends the session of
    /// an SDK whatever it asked, so never for anything else.
    LoginOver = 70001, "the login has run out; log in again with a new usersig";
    /// No app of that number.
    UnknownApp = 70020, "this server has no app of that SDKAppID";
    /// Logins of one account faster than the limit.
    LoginRate = 70050, "too many tries to log in; wait a minute";
    /// No account of that name.
    NoAccount = 70107, "no such account; import it first";
    /// The store did not answer in time.
    AccountTimeout = 70169, "the server did not answer in time; try again in a moment";
    /// A list over its limit, empty or with something else than names.
    AccountBatch = 70206, "not a list of 1 to 100 accounts; split it";
    /// More accounts than an app may have.
    AccountLimit = 70398, "the app has as many accounts as it may; delete some first";
    /// A field is missing or not what it must be.
    AccountParameter = 70402, "a field of the account request is missing or wrong";
    /// Not an admin.
    AccountAdmin = 70403, "the identifier is no admin of the app; call as one";
    /// Something on this server did not work.
    AccountServer = 70500, "something on the server did not work; try again in a moment";

    // What messages say.

    /// The host's list of words holds one of it.
    Sensitive = 80001, "the message holds a word that is not allowed here";
    /// A message over its limit.
    MessageLong = 80002, "the message is longer than 12 KB";
    /// The webhook did not answer, and the app wants a refusal then.
    HookFailed = 80003, "the webhook of the app did not answer; try again in a moment";

    // Sockets.

    /// The login was ended while an SDK without a socket waited.
    KickedPoll = 91101, "the login was ended by the server; log in again";

    // Muting by the app, everywhere.

    /// The body is no JSON, or no object.
    MuteJson = 130001, "the body is not a JSON object; send at least {}";
    /// Whose mute is asked, is not said.
    MuteNoGet = 130002, "Get_Account is missing";
    /// A UserID that cannot be one.
    MuteBadGet = 130003, "Get_Account is not a UserID";
    /// Who is to be muted, is not said.
    MuteNoSet = 130004, "Set_Account is missing";
    /// A UserID that cannot be one.
    MuteBadSet = 130005, "Set_Account is not a UserID";
    /// No time.
    MuteNoTime = 130008, "neither C2CmsgNospeakingTime nor GroupmsgNospeakingTime is given, or one is no number from 0 to 4294967295";
    /// Something on this server did not work.
    MuteServer = 130014, "something on the server did not work; try again in a moment";
}
