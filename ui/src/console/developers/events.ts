/** The webhooks an app may have, with what each is for. */
import { words } from "./hook-words";

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

const event = (command: string, what: keyof typeof words.events): HookEvent => {
  const [label, does] = words.events[what];
  return { command, label, does };
};
const group = (what: keyof typeof words.groups, ...events: readonly HookEvent[]): HookGroup => {
  const [title, does] = words.groups[what];
  return { title, does, events };
};

export const HOOK_GROUPS: readonly HookGroup[] = [
  group(
    "asked",
    event("Group.CallbackBeforeSendMsg", "beforeMessage"),
    event("Group.CallbackBeforeApplyJoinGroup", "beforeJoin"),
    event("Group.CallbackBeforeCreateGroup", "beforeRoom"),
    event("C2C.CallbackBeforeSendMsg", "beforePrivate"),
  ),
  group(
    "messages",
    event("Group.CallbackAfterSendMsg", "message"),
    event("Group.CallbackSendMsgException", "messageFailed"),
    event("Group.CallbackAfterRecallMsg", "recalled"),
    event("C2C.CallbackAfterSendMsg", "private"),
  ),
  group(
    "people",
    event("Sale.ClaimMade", "claim"),
    event("Group.CallbackAfterNewMemberJoin", "joined"),
    event("Group.CallbackAfterMemberExit", "left"),
    event("Group.CallbackOnMemberStateChange", "silent"),
    event("State.StateChange", "state"),
  ),
  group(
    "rooms",
    event("Group.CallbackAfterCreateGroup", "made"),
    event("Group.CallbackAfterGroupInfoChanged", "profile"),
    event("Group.CallbackAfterGroupDestroyed", "dismissed"),
  ),
];
