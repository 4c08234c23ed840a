/** Words of signing in and of the line to the server. */
import { inLanguage } from "../../shared/words/language";

/** Tokens of viewers and displays open no console. */
const ROLES = { guest: "guest", viewer: "viewer", host: "host", helper: "helper" };

export const words = inLanguage(
  {
    heading: "Surtitle console",
    token: "Host or helper token",
    /** Before and after the command that prints one. */
    hint: {
      before: "It is printed by ",
      after:
        " on the machine that runs Surtitle; a helper has it from the host. It is kept in this browser and nowhere else.",
    },
    signIn: "Sign in",
    connecting: "Connecting to Surtitle…",
    another: "Use another token",
    noAnswer: "Surtitle does not answer. Is it running?",
    notAccepted: "This token was not accepted. It may be old or withdrawn.",
    wrongRole: (role: string) => `This token is for a ${role}, not for a host or helper.`,
    roles: ROLES as Readonly<Record<string, string>>,
    role: {
      host: "Signed in as host. It may do everything.",
      helper: "Signed in as helper. It may speak, pin, remove, mute and clear.",
    },
    self: "This console",
    signOut: "Sign out",

    offline: "Not connected to Surtitle. Nothing was sent.",
    tooMany: "Too many commands wait for an answer. Try again soon.",
    silent: "Surtitle did not answer. Try again.",
    lost: "The line was lost before an answer came. Look whether it happened.",
  },
  {
    "zh-Hans": {
      heading: "Surtitle 控制台",
      token: "主播或助理令牌",
      hint: {
        before: "在运行 Surtitle 的电脑上执行 ",
        after: " 即可得到；助理的令牌由主播提供。令牌只保存在这个浏览器里。",
      },
      signIn: "登录",
      connecting: "正在连接 Surtitle…",
      another: "换一个令牌",
      noAnswer: "Surtitle 没有回应，它在运行吗？",
      notAccepted: "令牌无效，可能已过期或被撤销。",
      wrongRole: (role) => `这是${role}的令牌，请使用主播或助理的令牌。`,
      roles: { guest: "游客", viewer: "观众", host: "主播", helper: "助理" },
      role: {
        host: "已用主播身份登录，拥有全部权限。",
        helper: "已用助理身份登录，可以发言、置顶、移除、禁言和清屏。",
      },
      self: "本控制台",
      signOut: "退出登录",

      offline: "未连接到 Surtitle，没有发送任何内容。",
      tooMany: "等待回应的操作太多，请稍后再试。",
      silent: "Surtitle 没有回应，请重试。",
      lost: "还没收到回应连接就断了，请看看操作是否已生效。",
    },
    ja: {
      heading: "Surtitle コンソール",
      token: "ホストまたはスタッフのトークン",
      hint: {
        before: "Surtitle を動かしている PC で ",
        after:
          " を実行すると表示されます。スタッフはホストから受け取ります。このブラウザーにだけ保存されます。",
      },
      signIn: "サインイン",
      connecting: "Surtitle に接続しています…",
      another: "別のトークンを使う",
      noAnswer: "Surtitle から応答がありません。起動しているか確認してください。",
      notAccepted: "このトークンは使えません。期限切れか、取り消された可能性があります。",
      wrongRole: (role) =>
        `これは${role}用のトークンです。ホストかスタッフのトークンを使ってください。`,
      roles: { guest: "ゲスト", viewer: "視聴者", host: "ホスト", helper: "スタッフ" },
      role: {
        host: "ホストとしてサインイン中。すべての操作ができます。",
        helper: "スタッフとしてサインイン中。発言・ピン留め・削除・ミュート・クリアができます。",
      },
      self: "このコンソール",
      signOut: "サインアウト",

      offline: "Surtitle に接続していません。何も送信されていません。",
      tooMany: "応答待ちの操作が多すぎます。少し待ってからお試しください。",
      silent: "Surtitle から応答がありません。もう一度お試しください。",
      lost: "応答の前に切断されました。反映されたか確認してください。",
    },
  },
);
