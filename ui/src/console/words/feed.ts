/** Words of the feed: what came in, who did it, and what became of it. */
import { grouped } from "../../shared/format";
import { inLanguage } from "../../shared/words/language";

/** Words by a name of the server; one that is not there stays as the server has it. */
type Named = Readonly<Record<string, string>>;

export const words = inLanguage(
  {
    feed: "Feed",
    all: "Everything that came in",
    show: "Show",
    filters: { all: "All", comments: "Comments", gifts: "Gifts", missing: "Not shown" },
    none: "Nothing has come in yet.",
    noneOfKind: "Nothing of this kind yet.",
    toNewest: "Back to newest",
    fresh: (count: number) => `${grouped(count)} new`,
    skipped: (count: number) =>
      `${grouped(count)} more came in too fast to list; they are counted and stored`,

    sources: { rehearsal: "rehearsal" } as Named,
    roles: { host: "host", helper: "helper" } as Named,
    heldUntil: (time: string) => `held until ${time}`,
    mutedUntil: (time: string) => `muted until ${time}`,
    air: "Air now",
    pin: "Pin",
    remove: "Remove",
    mute: "Mute, ban",
    key: (label: string, key: string) => `${label} (${key})`,

    custom: (letters: number) => `app message, ${grouped(letters)} characters`,
    nobody: "somebody",
    people: (count: number) => `${count} people`,
    /** `Ada`, `Ada and Bo`, `Ada, Bo and 3 more`. */
    names: (names: readonly string[], more: number) => {
      if (more > 0) return `${names.join(", ")} and ${more} more`;
      const last = names[names.length - 1] ?? "";
      return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
    },
    tips: {
      join: (who: string) => `${who} came in`,
      quit: (who: string) => `${who} left`,
      profile: (who: string) => `${who} changed their profile`,
      follow: (who: string) => `${who} followed`,
    },

    waiting: "Waiting for its turn",
    shown: "Shown on the picture",
    merged: "Merged into an earlier item",
    agedOut: (stage: string) => `Aged out: its turn did not come in time (${stage})`,
    stages: {
      budget: "room was over its budget",
      queue: "waited in the show's queue",
      delay: "too many were held by the air delay",
      restart: "the program restarted",
    } as Named,
    removed: (by: string) => `Removed by ${by}`,
    blocked: (rule: string) => `Blocked by rule ${rule}`,
    rules: {} as Named,
    refused: (code: number) => `Refused by the room (${code})`,

    restOfShow: "Rest of show",
    unmute: "Unmute",
    muted: (nick: string, howLong: string) => `${nick} is muted for ${howLong}.`,
    mutedForShow: (nick: string) => `${nick} is muted for the rest of the show.`,
    unmuted: (nick: string) => `${nick} may speak again.`,

    say: "Say as host",
    send: "Say",
  },
  {
    "zh-Hans": {
      feed: "消息列表",
      all: "收到的所有消息",
      show: "筛选",
      filters: { all: "全部", comments: "弹幕", gifts: "礼物", missing: "未上屏" },
      none: "还没有收到消息。",
      noneOfKind: "还没有这类消息。",
      toNewest: "回到最新",
      fresh: (count) => `${grouped(count)} 条新消息`,
      skipped: (count) => `另有 ${grouped(count)} 条来得太快，未逐条列出，已计数并保存`,

      sources: { rehearsal: "彩排" },
      roles: { host: "主播", helper: "助理" },
      heldUntil: (time) => `延迟到 ${time}`,
      mutedUntil: (time) => `禁言到 ${time}`,
      air: "立即上屏",
      pin: "置顶",
      remove: "移除",
      mute: "禁言、封禁",
      key: (label, key) => `${label}（${key}）`,

      custom: (letters) => `应用消息，${grouped(letters)} 个字符`,
      nobody: "有人",
      people: (count) => `${count} 人`,
      names: (names, more) => {
        const list = names.join("、");
        return more > 0 ? `${list} 等 ${names.length + more} 人` : list;
      },
      tips: {
        join: (who) => `${who} 进入房间`,
        quit: (who) => `${who} 离开房间`,
        profile: (who) => `${who} 更换了昵称或头像`,
        follow: (who) => `${who} 关注了主播`,
      },

      waiting: "等待上屏",
      shown: "已上屏",
      merged: "已合并到前一条",
      agedOut: (stage) => `已过期，没能及时上屏（${stage}）`,
      stages: {
        budget: "房间消息超出限额",
        queue: "排队太久",
        delay: "延迟的弹幕太多",
        restart: "程序重启",
      },
      removed: (by) => `已被${by}移除`,
      blocked: (rule) => `被规则“${rule}”屏蔽`,
      rules: { duplicate: "重复", custom: "应用消息", "off-show": "不在节目中" },
      refused: (code) => `被房间拒收（${code}）`,

      restOfShow: "本场直播",
      unmute: "解除禁言",
      muted: (nick, howLong) => `已禁言 ${nick} ${howLong}。`,
      mutedForShow: (nick) => `${nick} 本场直播禁言。`,
      unmuted: (nick) => `${nick} 可以发言了。`,

      say: "以主播身份发言",
      send: "发送",
    },
    ja: {
      feed: "フィード",
      all: "届いたものすべて",
      show: "絞り込み",
      filters: { all: "すべて", comments: "コメント", gifts: "ギフト", missing: "未表示" },
      none: "まだ何も届いていません。",
      noneOfKind: "この種類はまだありません。",
      toNewest: "最新に戻る",
      fresh: (count) => `新着 ${grouped(count)} 件`,
      skipped: (count) =>
        `ほか ${grouped(count)} 件は速すぎて表示していません（集計・保存はされています）`,

      sources: { rehearsal: "リハーサル" },
      roles: { host: "ホスト", helper: "スタッフ" },
      heldUntil: (time) => `${time} まで保留`,
      mutedUntil: (time) => `${time} までミュート`,
      air: "すぐ表示",
      pin: "ピン留め",
      remove: "削除",
      mute: "ミュート・BAN",
      key: (label, key) => `${label}（${key}）`,

      custom: (letters) => `アプリのメッセージ、${grouped(letters)} 文字`,
      nobody: "だれか",
      people: (count) => `${count} 人`,
      names: (names, more) => {
        const list = names.map((name) => `${name} さん`).join("、");
        return more > 0 ? `${list}ほか ${more} 人` : list;
      },
      tips: {
        join: (who) => `${who}が入室しました`,
        quit: (who) => `${who}が退室しました`,
        profile: (who) => `${who}が名前か画像を変えました`,
        follow: (who) => `${who}がフォローしました`,
      },

      waiting: "表示待ち",
      shown: "画面に表示済み",
      merged: "前の表示に統合",
      agedOut: (stage) => `時間切れ：順番が間に合いませんでした（${stage}）`,
      stages: {
        budget: "部屋の上限を超過",
        queue: "順番待ちが長すぎた",
        delay: "保留中のコメントが多すぎた",
        restart: "プログラムの再起動",
      },
      removed: (by) => `${by}が削除`,
      blocked: (rule) => `ルール「${rule}」でブロック`,
      rules: { duplicate: "重複", custom: "アプリのメッセージ", "off-show": "配信外" },
      refused: (code) => `部屋に拒否されました（${code}）`,

      restOfShow: "この配信中",
      unmute: "ミュート解除",
      muted: (nick, howLong) => `${nick} さんを ${howLong}ミュートしました。`,
      mutedForShow: (nick) => `${nick} さんをこの配信中ミュートしました。`,
      unmuted: (nick) => `${nick} さんのミュートを解除しました。`,

      say: "ホストとしてコメント",
      send: "送信",
    },
  },
);
