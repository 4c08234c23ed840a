//! What no AVChatRoom does, whoever asks.

use crate::code::Code;

/// A command of group services an AVChatRoom does not have, by its name, and
/// the vendor's number for that. `create_group MemberList` is creating a group
/// with a list of members.
///
/// `delete_group_msg_by_sender` is not here: it does nothing and is answered
/// well. `quit_group` of the owner is [`super::Group::check_quit`].
const REFUSED: [(&str, Code); 11] = [
    ("create_group MemberList", Code::NotMember),
    ("add_group_member", Code::NotMember),
    ("change_group_owner", Code::NotMember),
    ("import_group", Code::NotMember),
    ("import_group_member", Code::NotMember),
    ("import_group_msg", Code::NotMember),
    ("delete_group_member", Code::Parameter),
    ("group_msg_recall", Code::NoRecall),
    ("delete_group_ramble_msg_by_seq", Code::NoDelete),
    // The number is ours: the vendor's SDK refuses this itself, with 2481.
    ("modify_group_msg", Code::NotMember),
    ("group_msg_get_simple", Code::NoRoaming),
];

/// More that is refused to back ends: members are not kept. SDKs use the same
/// names for what there is: the list of who is here, muting, making admins.
const REFUSED_REST: [&str; 3] =
    ["get_group_member_info", "modify_group_member_info", "get_role_in_group"];

/// The refusal of a command by its last name, whoever asks; `None` = lawful.
pub fn refused(command: &str) -> Option<Code> {
    REFUSED.iter().find(|(name, _)| *name == command).map(|(_, code)| *code)
}

/// The refusal of a command a back end sends: more than [`refused`].
pub fn refused_rest(command: &str) -> Option<Code> {
    refused(command).or_else(|| REFUSED_REST.contains(&command).then_some(Code::NotMember))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_have_the_vendors_numbers() {
        for (command, number) in [
            ("create_group MemberList", Some(10007)),
            ("change_group_owner", Some(10007)),
            ("import_group_msg", Some(10007)),
            ("delete_group_member", Some(10004)),
            ("group_msg_recall", Some(10033)),
            ("delete_group_ramble_msg_by_seq", Some(10035)),
            ("group_msg_get_simple", Some(10044)),
            ("delete_group_msg_by_sender", None),
            ("create_group", None),
            ("send_group_msg", None),
        ] {
            assert_eq!(refused(command).map(Code::number), number, "{command}");
            assert_eq!(refused_rest(command).map(Code::number), number, "{command}");
        }
    }

    #[test]
    fn members_are_not_kept_for_back_ends() {
        for command in REFUSED_REST {
            assert_eq!(refused_rest(command), Some(Code::NotMember));
            assert_eq!(refused(command), None);
        }
    }
}
