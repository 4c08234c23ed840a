/** Why the line to the server, or from it to a remote room, is down: in the page's language. */
import { inLanguage } from "../shared/words/language";
import { createSaid, type Sentences } from "./said";

/** For the test: none in English. */
export const sentences: Sentences = inLanguage<Sentences>(
  {},
  {
    "zh-Hans": {
      "server stops, come back in a moment": "服务器正在停止，请稍后再来。",
      "websocket rules broken": "违反了 WebSocket 规则。",
      "binary frames are not part of this protocol": "此协议不支持二进制帧。",
      "text is not utf-8": "文本不是 UTF-8。",
      "frame larger than 12288 bytes": "单帧超过 12288 字节。",
      "too slow to keep up, come back in a moment": "接收太慢跟不上，请稍后再来。",
      "silent for 60 s": "60 秒没有任何消息。",
      "server is full, come back in a moment": "服务器已满，请稍后再来。",
      "token not accepted, get a new one": "令牌无效，请换一个新的。",
      "protocol version not spoken here": "不支持此协议版本。",
      "too many bad frames": "错误的帧太多。",

      "the room sent a message larger than 4 MiB; trying again":
        "房间发来的消息超过 4 MiB，正在重试。",
      "nothing heard from {} for {} s; trying again": "{} 已 {} 秒没有消息，正在重试。",
      "{} takes connections but does not answer; is it Surtitle?":
        "{} 接受连接但没有回应，那是 Surtitle 吗？",
      "the connection to {} broke; trying again": "与 {} 的连接中断，正在重试。",
      "{} stops; trying again until it is back": "{} 已停止，会一直重试到恢复。",
      "this link was too slow for {}; trying again": "此连接对 {} 来说太慢，正在重试。",
      "{} is full; trying again": "{} 已满，正在重试。",
      "{} does not accept the token: {}": "{} 不接受此令牌：{}",
      "get a new one from the room's host": "请向房间的主播要一个新的。",
      "{} ended the connection for good: {}": "{} 永久断开了连接：{}",
      "{} closed the connection ({}); trying again": "{} 关闭了连接（{}），正在重试。",
      "messages of {} go missing; connecting anew": "来自 {} 的消息有缺失，正在重新连接。",
      "{} has no room {}; check the address": "{} 没有房间 {}，请检查地址。",
      "{} refuses: {}": "{} 拒绝：{}",
      "{} refuses for now: {}": "{} 暂时拒绝：{}",
      "{} does not answer; is it reachable?": "{} 没有回应，能连通吗？",
      "no machine is called {}; check the address and this machine's network":
        "找不到主机 {}，请检查地址和本机网络。",
      "no machine is called {}; check the address": "找不到主机 {}，请检查地址。",
      "nothing answers at {}; is Surtitle running there?":
        "{} 没有程序回应，Surtitle 在那里运行吗？",
      "{} cannot be reached: {}": "无法连接 {}：{}",
      "{} answers, but has no Surtitle socket (404); check the address":
        "{} 有回应，但没有 Surtitle 接口（404），请检查地址。",
      "{} refuses this connection ({}); its host must allow this name or address":
        "{} 拒绝此连接（{}），需要对方允许此名称或地址。",
      "{} answers with {}; Surtitle behind it may be starting":
        "{} 返回 {}，后面的 Surtitle 可能正在启动。",
      "{} answers with {} instead of a room; check the address":
        "{} 返回 {} 而不是房间，请检查地址。",
      "{} cannot be reached over TLS; check the address": "无法通过 TLS 连接 {}，请检查地址。",
      "{} does not speak WebSocket; check the address": "{} 不支持 WebSocket，请检查地址。",
      "{} ended the connection while it was opened; Surtitle there may be starting":
        "{} 在建立连接时断开，那里的 Surtitle 可能正在启动。",
    },
    ja: {
      "server stops, come back in a moment": "サーバーが停止します。少し待ってください。",
      "websocket rules broken": "WebSocket の規則に反しています。",
      "binary frames are not part of this protocol": "バイナリフレームには対応していません。",
      "text is not utf-8": "テキストが UTF-8 ではありません。",
      "frame larger than 12288 bytes": "フレームが 12288 バイトを超えています。",
      "too slow to keep up, come back in a moment": "受信が追いつきません。少し待ってください。",
      "silent for 60 s": "60 秒間応答がありませんでした。",
      "server is full, come back in a moment": "サーバーが満員です。少し待ってください。",
      "token not accepted, get a new one": "トークンが使えません。新しいものを使ってください。",
      "protocol version not spoken here": "このプロトコルのバージョンには対応していません。",
      "too many bad frames": "不正なフレームが多すぎます。",

      "the room sent a message larger than 4 MiB; trying again":
        "部屋から 4 MiB を超えるメッセージが届きました。再試行しています。",
      "nothing heard from {} for {} s; trying again":
        "{} から {} 秒間応答がありません。再試行しています。",
      "{} takes connections but does not answer; is it Surtitle?":
        "{} に接続できますが応答がありません。Surtitle ですか？",
      "the connection to {} broke; trying again": "{} との接続が切れました。再試行しています。",
      "{} stops; trying again until it is back": "{} が停止しました。復帰するまで再試行します。",
      "this link was too slow for {}; trying again":
        "この接続は {} には遅すぎました。再試行しています。",
      "{} is full; trying again": "{} は満員です。再試行しています。",
      "{} does not accept the token: {}": "{} ではこのトークンは使えません：{}",
      "get a new one from the room's host": "部屋のホストから新しいものをもらってください。",
      "{} ended the connection for good: {}": "{} が接続を終了しました：{}",
      "{} closed the connection ({}); trying again":
        "{} が接続を閉じました（{}）。再試行しています。",
      "messages of {} go missing; connecting anew": "{} のメッセージが抜けました。接続し直します。",
      "{} has no room {}; check the address":
        "{} に部屋 {} はありません。アドレスを確認してください。",
      "{} refuses: {}": "{} に拒否されました：{}",
      "{} refuses for now: {}": "{} に一時的に拒否されました：{}",
      "{} does not answer; is it reachable?": "{} から応答がありません。接続できる状態ですか？",
      "no machine is called {}; check the address and this machine's network":
        "{} という PC が見つかりません。アドレスとこの PC のネットワークを確認してください。",
      "no machine is called {}; check the address":
        "{} という PC が見つかりません。アドレスを確認してください。",
      "nothing answers at {}; is Surtitle running there?":
        "{} から応答がありません。Surtitle は動いていますか？",
      "{} cannot be reached: {}": "{} に接続できません：{}",
      "{} answers, but has no Surtitle socket (404); check the address":
        "{} に Surtitle の入口がありません（404）。アドレスを確認してください。",
      "{} refuses this connection ({}); its host must allow this name or address":
        "{} に接続を拒否されました（{}）。相手側で名前かアドレスを許可する必要があります。",
      "{} answers with {}; Surtitle behind it may be starting":
        "{} が {} を返しました。Surtitle が起動中かもしれません。",
      "{} answers with {} instead of a room; check the address":
        "{} が部屋ではなく {} を返しました。アドレスを確認してください。",
      "{} cannot be reached over TLS; check the address":
        "{} に TLS で接続できません。アドレスを確認してください。",
      "{} does not speak WebSocket; check the address":
        "{} は WebSocket に対応していません。アドレスを確認してください。",
      "{} ended the connection while it was opened; Surtitle there may be starting":
        "{} が接続の途中で切断しました。相手の Surtitle が起動中かもしれません。",
    },
  },
);

/** Why a line is down, in the page's language. */
export const why = createSaid(sentences);
