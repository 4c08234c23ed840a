/** The webhooks an app may have, with what each is for. */

/** One of them. */
export interface HookEvent {
  /** The vendor's name: `CallbackCommand`. */
  readonly command: string;
  readonly label: string;
  readonly does: string;
}

/** Those of one kind. */
export interface HookGroup {
  readonly title: string;
  readonly does: string;
  readonly events: readonly HookEvent[];
}

const event = (command: string, label: string, does: string): HookEvent => ({
  command,
  label,
  does,
});

export const HOOK_GROUPS: readonly HookGroup[] = [
  {
    title: "Asked before",
    does: "Your back end decides. It has two seconds in all.",
    events: [
      event(
        "Group.CallbackBeforeSendMsg",
        "Message",
        "Let it through, change it, refuse it or drop it.",
      ),
      event("Group.CallbackBeforeApplyJoinGroup", "Join", "Let somebody into a room, or not."),
      event("Group.CallbackBeforeCreateGroup", "New room", "Let a room be made, or not."),
      event(
        "C2C.CallbackBeforeSendMsg",
        "Message to one person",
        "The same for messages to one person.",
      ),
    ],
  },
  {
    title: "Told after, about messages",
    does: "Kept on disk until your back end has them.",
    events: [
      event("Group.CallbackAfterSendMsg", "Message delivered", "What everybody in the room got."),
      event("Group.CallbackSendMsgException", "Message not delivered", "And why it was not."),
      event("Group.CallbackAfterRecallMsg", "Message taken back", "Who took which messages back."),
      event("C2C.CallbackAfterSendMsg", "Message to one person", "Delivered or not."),
    ],
  },
  {
    title: "Told after, about people",
    does: "Kept on disk until your back end has them.",
    events: [
      event("Sale.ClaimMade", "Claim made", "Who claimed which voucher or product, with its code."),
      event("Group.CallbackAfterNewMemberJoin", "Joined", "Who came into a room."),
      event("Group.CallbackAfterMemberExit", "Left", "Who left a room or was put out."),
      event(
        "Group.CallbackOnMemberStateChange",
        "Silent or back",
        "Members not heard of for 20 s.",
      ),
      event("State.StateChange", "Online or offline", "Logins, logouts and lost connections."),
    ],
  },
  {
    title: "Told after, about rooms",
    does: "Kept on disk until your back end has them.",
    events: [
      event("Group.CallbackAfterCreateGroup", "Room made", "With its owner and name."),
      event(
        "Group.CallbackAfterGroupInfoChanged",
        "Profile changed",
        "Name, notice, picture, introduction.",
      ),
      event("Group.CallbackAfterGroupDestroyed", "Room dismissed", "And who was in it."),
    ],
  },
];
