/** The words of webhooks: what is asked and told, how it fares, and the log. */
import { count, plural } from "../../shared/words/figures";
import { inLanguage } from "../../shared/words/language";

/** A label and what it is for. */
type Said = readonly [string, string];

export const words = inLanguage(
  {
    title: "Webhooks",
    save: "Save",
    saved: "Webhooks saved.",
    address: "Address of your back end",
    addressHint: "http or https, without a user name. Empty: nobody is called.",
    token: "Token",
    unsign: "Sign no calls: forget the token",
    retry: ["Tell again", "Events that failed, five times in all over ten minutes."] as Said,
    policy: "A question without an answer",
    allow: ["Let it through", "as the vendor does"] as Said,
    refuse: ["Refuse it", "with code 80003"] as Said,
    test: "Send a test call",
    signed:
      "Calls are signed (Sign, RequestTime). A new token replaces the one kept; it is never shown.",
    unsigned:
      "Calls are not signed. With a token your back end can tell that they are ours (Sign, RequestTime).",
    calling: "Calling…",
    result: (note: string, ms: number) => `${note}, after ${count(ms)} ms`,

    groups: {
      asked: ["Asked before", "Your back end decides. It has two seconds in all."],
      messages: ["Told after, about messages", "Kept on disk until your back end has them."],
      people: ["Told after, about people", "Kept on disk until your back end has them."],
      rooms: ["Told after, about rooms", "Kept on disk until your back end has them."],
    } as Readonly<Record<"asked" | "messages" | "people" | "rooms", Said>>,
    events: {
      beforeMessage: ["Message", "Let it through, change it, refuse it or drop it."],
      beforeJoin: ["Join", "Let somebody into a room, or not."],
      beforeRoom: ["New room", "Let a room be made, or not."],
      beforePrivate: ["Message to one person", "The same for messages to one person."],
      message: ["Message delivered", "What everybody in the room got."],
      messageFailed: ["Message not delivered", "And why it was not."],
      recalled: ["Message taken back", "Who took which messages back."],
      private: ["Message to one person", "Delivered or not."],
      claim: ["Claim made", "Who claimed which voucher or product, with its code."],
      joined: ["Joined", "Who came into a room."],
      left: ["Left", "Who left a room or was put out."],
      silent: ["Silent or back", "Members not heard of for 20 s."],
      state: ["Online or offline", "Logins, logouts and lost connections."],
      made: ["Room made", "With its owner and name."],
      profile: ["Profile changed", "Name, notice, picture, introduction."],
      dismissed: ["Room dismissed", "And who was in it."],
    } as Readonly<
      Record<
        | "beforeMessage"
        | "beforeJoin"
        | "beforeRoom"
        | "beforePrivate"
        | "message"
        | "messageFailed"
        | "recalled"
        | "private"
        | "claim"
        | "joined"
        | "left"
        | "silent"
        | "state"
        | "made"
        | "profile"
        | "dismissed",
        Said
      >
    >,

    health: "Health",
    light: {
      none: "No back end",
      ready: "Ready",
      failed: "A call failed within the last minute",
      behind: "Behind with the events",
      stopped: (when: string) => `Not called after too many failures, ${when}`,
      now: "trying now",
      next: (time: string) => `next try ${time}`,
    },
    asking: {
      flight: "Questions in flight",
      failed: "Questions failed",
      skipped: "Questions not put",
    },
    telling: {
      waiting: "Events waiting",
      flight: "Events in flight",
      failed: "Events failed",
      dropped: "Events dropped",
    },
    lastFailure: "Last failure",

    log: "Told events, newest first",
    noEvents: "Nothing was told yet. Questions are not in this log.",
    older: "Older",
    body: "body of the call",
    tries: (n: number) => plural(n, "try", "tries"),
    states: { due: "waiting", done: "delivered", failed: "failed" },
    nextTry: "Next try",
    ended: "Ended",
    again: "Tell it again",
    told: "It is told again now.",
    said: "What it said",
    parameters: "Parameters",
  },
  {
    "zh-Hans": {
      title: "回调",
      save: "保存",
      saved: "回调已保存。",
      address: "后端地址",
      addressHint: "http 或 https，不含用户名。留空则不回调。",
      token: "令牌",
      unsign: "不签名：删除令牌",
      retry: ["失败后重试", "失败的事件在十分钟内共尝试五次。"],
      policy: "询问无人应答时",
      allow: ["放行", "与厂商一致"],
      refuse: ["拒绝", "返回错误码 80003"],
      test: "发送测试回调",
      signed: "回调带签名（Sign、RequestTime）。新令牌会取代已保存的令牌，令牌不会再显示。",
      unsigned: "回调未签名。设置令牌后，后端可以确认来自这里（Sign、RequestTime）。",
      calling: "正在调用…",
      result: (note, ms) => `${note}，用时 ${count(ms)} 毫秒`,

      groups: {
        asked: ["事前询问", "由你的后端决定，总共两秒。"],
        messages: ["事后通知：消息", "保存在磁盘上，直到后端收到。"],
        people: ["事后通知：用户", "保存在磁盘上，直到后端收到。"],
        rooms: ["事后通知：房间", "保存在磁盘上，直到后端收到。"],
      },
      events: {
        beforeMessage: ["消息", "放行、修改、拒绝或丢弃。"],
        beforeJoin: ["加入", "是否允许进入房间。"],
        beforeRoom: ["新房间", "是否允许创建房间。"],
        beforePrivate: ["单聊消息", "单聊消息的同样处理。"],
        message: ["消息已送达", "房间里所有人收到的内容。"],
        messageFailed: ["消息未送达", "以及原因。"],
        recalled: ["消息已撤回", "谁撤回了哪些消息。"],
        private: ["单聊消息", "是否送达。"],
        claim: ["已领取", "谁领了哪张优惠券或哪件商品，以及券码。"],
        joined: ["已加入", "谁进入了房间。"],
        left: ["已离开", "谁离开或被移出房间。"],
        silent: ["掉线或恢复", "20 秒没有消息的成员。"],
        state: ["上线或下线", "登录、登出和断线。"],
        made: ["房间已创建", "含群主和名称。"],
        profile: ["资料已修改", "名称、公告、图片、简介。"],
        dismissed: ["房间已解散", "以及当时在房间里的人。"],
      },

      health: "运行状况",
      light: {
        none: "没有后端",
        ready: "就绪",
        failed: "最近一分钟内有调用失败",
        behind: "事件积压",
        stopped: (when) => `失败过多，暂停调用，${when}`,
        now: "正在重试",
        next: (time) => `下次尝试 ${time}`,
      },
      asking: { flight: "进行中的询问", failed: "失败的询问", skipped: "未发出的询问" },
      telling: {
        waiting: "等待的事件",
        flight: "投递中的事件",
        failed: "失败的事件",
        dropped: "丢弃的事件",
      },
      lastFailure: "最近失败",

      log: "已通知的事件，最新在前",
      noEvents: "还没有通知过。询问不在此日志中。",
      older: "更早的",
      body: "请求内容",
      tries: (n) => `${count(n)} 次`,
      states: { due: "等待中", done: "已送达", failed: "失败" },
      nextTry: "下次尝试",
      ended: "结束于",
      again: "重新通知",
      told: "正在重新通知。",
      said: "对方答复",
      parameters: "参数",
    },
    ja: {
      title: "Webhook",
      save: "保存",
      saved: "Webhook を保存しました。",
      address: "バックエンドの URL",
      addressHint: "http か https、ユーザー名なし。空なら呼び出しません。",
      token: "トークン",
      unsign: "署名しない：トークンを消す",
      retry: ["再送する", "失敗したイベントを 10 分間に合計 5 回まで。"],
      policy: "応答のない問い合わせは",
      allow: ["通す", "ベンダーと同じ"],
      refuse: ["拒否する", "コード 80003"],
      test: "テスト呼び出しを送る",
      signed:
        "呼び出しは署名されています（Sign、RequestTime）。新しいトークンは保存済みのものと置き換わり、表示されません。",
      unsigned:
        "呼び出しは署名されていません。トークンがあれば、バックエンドで送信元を確かめられます（Sign、RequestTime）。",
      calling: "呼び出し中…",
      result: (note, ms) => `${note}、${count(ms)} ミリ秒`,

      groups: {
        asked: ["事前の問い合わせ", "バックエンドが決めます。時間は全部で 2 秒です。"],
        messages: ["事後の通知：メッセージ", "届くまでディスクに残ります。"],
        people: ["事後の通知：ユーザー", "届くまでディスクに残ります。"],
        rooms: ["事後の通知：ルーム", "届くまでディスクに残ります。"],
      },
      events: {
        beforeMessage: ["メッセージ", "通す、書き換える、拒否する、捨てる。"],
        beforeJoin: ["入室", "入室を許すかどうか。"],
        beforeRoom: ["新しいルーム", "作成を許すかどうか。"],
        beforePrivate: ["個人宛メッセージ", "個人宛についても同じです。"],
        message: ["メッセージ送信済み", "ルームの全員に届いた内容。"],
        messageFailed: ["メッセージ未送信", "届かなかった理由。"],
        recalled: ["メッセージ取り消し", "誰がどれを取り消したか。"],
        private: ["個人宛メッセージ", "届いたかどうか。"],
        claim: ["受け取り", "誰がどのクーポンや商品を受け取ったかと、そのコード。"],
        joined: ["入室", "誰がルームに入ったか。"],
        left: ["退室", "誰がルームを出た、または出されたか。"],
        silent: ["無応答・復帰", "20 秒間応答のないメンバー。"],
        state: ["オンライン・オフライン", "ログイン、ログアウト、切断。"],
        made: ["ルーム作成", "オーナーと名前。"],
        profile: ["プロフィール変更", "名前、お知らせ、画像、紹介文。"],
        dismissed: ["ルーム解散", "そのときいた人も。"],
      },

      health: "状態",
      light: {
        none: "バックエンドなし",
        ready: "正常",
        failed: "直近 1 分に失敗した呼び出しがあります",
        behind: "イベントがたまっています",
        stopped: (when) => `失敗が続いたため停止中、${when}`,
        now: "再試行中",
        next: (time) => `次は ${time}`,
      },
      asking: {
        flight: "処理中の問い合わせ",
        failed: "失敗した問い合わせ",
        skipped: "送らない問い合わせ",
      },
      telling: {
        waiting: "待機中のイベント",
        flight: "送信中のイベント",
        failed: "失敗したイベント",
        dropped: "破棄したイベント",
      },
      lastFailure: "最後の失敗",

      log: "通知したイベント（新しい順）",
      noEvents: "通知はまだありません。問い合わせはこのログに残りません。",
      older: "さらに前",
      body: "呼び出しの内容",
      tries: (n) => `${count(n)} 回`,
      states: { due: "待機中", done: "通知済み", failed: "失敗" },
      nextTry: "次の試行",
      ended: "終了",
      again: "もう一度知らせる",
      told: "もう一度知らせています。",
      said: "応答",
      parameters: "パラメーター",
    },
  },
);
