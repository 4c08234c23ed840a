/** English, and with it the shape of every other language's words. */
import { compact, grouped } from "../../format";

/** What a catalogue of the viewer's words has. */
export type ViewerWords = typeof en;

export const en = {
  close: "Close",
  sheets: "More",
  stage: "Picture",
  chat: "Chat",
  chatOnly: "This room is chat only for now.",
  tryAgain: "Try again",

  video: {
    picture: "Stream",
    controls: "Stream controls",
    play: "Play",
    pause: "Pause",
    mute: "Mute",
    unmute: "Unmute",
    volume: "Volume",
    quality: "Quality",
    auto: "Auto",
    full: "Full screen",
    small: "Leave full screen",
    danmaku: "Flying comments",
    delayHint: "How far the picture is behind",
    delay: (seconds: string) => `Live · ${seconds} s`,
    again: "Play again",
    tapForSound: "Tap for sound",
    loading: "Loading the stream…",
    waiting: "Waiting for the stream…",
    ended: "The stream is over.",
    unable: "This browser cannot play this stream.",
    blocked: "The stream comes from a place this page may not load from. Tell the host.",
  },

  danmaku: {
    title: "Flying comments",
    on: "Show them",
    area: "Area",
    size: "Size",
    opacity: "Opacity",
    seconds: "Time to cross",
    percent: (value: number) => `${value}%`,
    time: (value: number) => `${value} s`,
    whose: "Whose",
    all: "Everybody's",
    staff: "Hosts, helpers and paid",
    gifts: "Show gifts on the picture",
    words: "Blocked words",
    word: "Word",
    add: "Add",
    noWords: "None yet. A line with a blocked word does not fly.",
    people: "Hidden people",
    noPeople: "None yet. Tap a name in the chat to hide what they write.",
    unblock: (what: string) => `Take ${what} off the list`,
    reset: "As at first",
  },

  person: {
    hide: (nick: string) => `Hide ${nick}`,
    hidden: (nick: string) => `${nick} is hidden here.`,
    menu: (nick: string) => `What to do about ${nick}`,
  },

  composer: {
    label: "Message",
    placeholder: "Say something",
    send: "Send",
    as: "Speaking as",
    change: "Change name",
    left: (count: number) => `${count} left`,
    over: (count: number) => `${count} too many`,
  },

  names: {
    placeholder: "Your name here",
    take: "Take name",
    keep: "Keep",
    guest: "Reading as a guest. Take a name to speak.",
    change: "Change your name",
    bad: (most: number) => `A name has 1 to ${most} letters, figures or signs.`,
    forLikes: "Take a name to send likes.",
    forGifts: "Take a name to send gifts.",
    forPicture: "Take a name first, then choose a picture.",
    gone: "Your name has run out. Take one again.",
  },

  gifts: {
    title: "Gifts",
    gift: "Gift",
    kinds: "Kind of gift",
    all: "All",
    small: "Small",
    grand: "With effect",
    count: "How many",
    combo: "Combo",
    send: (gift: string, count: number) => `Send ${gift} ×${grouped(count)}`,
    again: (step: number, sofar: number) => `Send ${step} more, ${grouped(sofar)} so far`,
    coins: (count: number) => (count === 1 ? "1 coin" : `${grouped(count)} coins`),
    sent: (gift: string) => `sent ${gift}`,
    /** Before and after the name of the gift, in a line of the chat. */
    line: { before: "sent ", after: "" },
    /** Names of the gifts that come with the program; others keep theirs. */
    names: {} as Readonly<Record<string, string>>,
  },

  head: {
    title: "Live chat",
    people: "People here",
    here: (count: number) => `${grouped(count)} here`,
    connecting: "Connecting…",
    joining: "Joining…",
    joined: "Connected",
    waiting: "Reconnecting…",
    first: "Waiting for the server…",
    refused: "Not in the room",
    stopped: "Disconnected",
  },

  likes: {
    like: "Like",
    total: (count: number) => `Like, ${compact(count)} so far`,
  },

  list: {
    label: "Messages",
    empty: "No messages yet. Say hello.",
    fresh: (count: number) => (count === 1 ? "1 new message" : `${count} new messages`),
    gap: "Earlier messages are missing here",
    failed: "Not sent.",
    host: "Host",
    helper: "Helper",
    /** For a screen reader, when lines come faster than they can be read out. */
    more: (count: number) => (count === 1 ? "1 more message" : `${count} more messages`),
    said: (nick: string, text: string) => `${nick}: ${text}`,
    gave: (nick: string, gift: string, count: number) => `${nick} sent ${gift} ×${grouped(count)}`,
  },

  tips: {
    /** Names said before the others are only counted. */
    who: (names: readonly string[], more: number) => {
      const all = more > 0 ? [...names, more === 1 ? "1 other" : `${more} others`] : [...names];
      const last = all.pop() ?? "";
      return all.length > 0 ? `${all.join(", ")} and ${last}` : last;
    },
    join: (who: string) => `${who} joined`,
    quit: (who: string) => `${who} left`,
    profile: (who: string) => `${who} changed name or picture`,
    follow: (who: string, count: number) => (count > 1 ? `${who} follow` : `${who} follows`),
  },

  placards: {
    title: "From the host",
    soldOut: "Sold out",
    left: (count: number) => `${grouped(count)} left`,
    answering: "Answering:",
    vote: "Write a number to vote.",
    closed: "Closed.",
    option: (index: number, text: string, share: number) => `${index} ${text}: ${share}%`,
    goal: (value: number, target: number) => `${grouped(value)} of ${grouped(target)}`,
    units: { likes: "likes", coins: "coins", gifts: "gifts", follows: "follows" },
    rank: "Top gifters",
    nobody: "nobody yet",
    comma: ", ",
  },

  share: {
    title: "Share",
    link: "Link to this room",
    copy: "Copy",
    copied: "Copied.",
    notCopied: "Copy it by hand.",
    send: "Share…",
    code: "QR code of this room",
    local: "This address works on this machine only.",
  },

  profile: {
    title: "You",
    nick: "Name",
    save: "Save",
    picture: "Picture",
    choose: "Choose a picture",
    remove: "Take it off",
    hint: "A photo of up to 5 MB. It is made small and square.",
    sending: "Sending…",
    done: "Everybody sees it from now on.",
    tooBig: "The file is larger than 5 MB.",
    failed: "The picture did not come through. Try again.",
    language: "Language",
  },

  /** Refusals by their code: what happened and what to do. The server's own words, which are English, say the others. */
  refused: {
    2008: "That was too fast. Wait a moment and send it again.",
    2009: "The server is full. It is tried again by itself.",
    2101: "There is no such room here. Check the link.",
    2102: "Not in the room yet. Wait until it says Connected.",
    2103: "Take a name first, then you can speak.",
    2108: "Write between 1 and 300 characters.",
    2109: "That gift is not there any more. Reload the page.",
    2111: "The room cannot be reached now. It is tried again by itself.",
    2113: "Only some members may speak now.",
    2150: "Three of your questions wait already. Wait for an answer.",
    2151: "Too many questions wait. Ask later.",
    2201: "That name does not work. Use 1 to 24 letters, figures or signs.",
    2900: "Something went wrong on the server. Send it again.",
  } as Readonly<Record<number, string>>,
  mutedUntil: (time: string) => `Muted until ${time}.`,
  noReason: "The server said no, without a reason.",
};
