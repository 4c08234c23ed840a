/** Words of the rules of a room, said before somebody is refused. */
import { lasting } from "../../shared/words/figures";
import { inLanguage } from "../../shared/words/language";

export const words = inLanguage(
  {
    muted: (time: string) => `You are muted until ${time}.`,
    mutedForGood: "You are muted in this room.",
    everybody: "Everybody is muted. You can read on.",
    named: "Only members with a name may speak now.",
    followers: "Only followers of the host may speak now.",
    helpers: "Only the host and helpers may speak now.",
    slow: (seconds: number) => `Slow mode: one comment every ${lasting(seconds)}.`,
    wait: (seconds: number) => `Send in ${lasting(seconds)}`,
  },
  {
    "zh-Hans": {
      muted: (time) => `你已被禁言到 ${time}。`,
      mutedForGood: "你在本房间已被禁言。",
      everybody: "全员禁言中，可以继续观看。",
      named: "现在只有取了名字的成员可以发言。",
      followers: "现在只有关注主播的人可以发言。",
      helpers: "现在只有主播和助理可以发言。",
      slow: (seconds) => `慢速模式：每 ${lasting(seconds)}可发一条。`,
      wait: (seconds) => `${lasting(seconds)}后可发送`,
    },
    ja: {
      muted: (time) => `${time} までミュートされています。`,
      mutedForGood: "この部屋ではミュートされています。",
      everybody: "全員がミュート中です。閲覧はできます。",
      named: "今は名前のあるメンバーだけが発言できます。",
      followers: "今はフォロワーだけが発言できます。",
      helpers: "今は配信者とアシスタントだけが発言できます。",
      slow: (seconds) => `スローモード：コメントは ${lasting(seconds)}に 1 件まで。`,
      wait: (seconds) => `あと ${lasting(seconds)}で送信できます`,
    },
  },
);
