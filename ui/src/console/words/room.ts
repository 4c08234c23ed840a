/** Words of the stream that viewers see and of the room on show. */
import { inLanguage } from "../../shared/words/language";

export const words = inLanguage(
  {
    stream: {
      title: "Stream on the viewer page",
      address: "Address: HLS (.m3u8), HTTP-FLV (.flv) or a file",
      play: "Play",
      end: "Take it off",
      on: "Viewers see this stream.",
      off: "Viewers see no stream any more.",
      now: (kind: string) => `Played now: ${kind}.`,
      none: "Viewers see the chat only.",
      kinds: {
        hls: "HLS, by hls.js",
        flv: "HTTP-FLV, by mpegts.js",
        file: "a file, by the browser itself",
      },
    },

    remote: {
      title: "Room on show",
      room: "Room",
      link: "Link",
      lost: "Messages lost in cuts",
      own: (room: string) => `${room}, in this program`,
      states: {
        connecting: "Connecting",
        live: "Live",
        retrying: "Lost, trying again",
        refused: "Refused",
      },
      join: "Join",
      joining: "Joining the remote room.",
      leave: "Back to own room",
      left: "Back in this program's own room.",
      address: "Show a room of another Surtitle",
      token: "Token of that server, optional",
      hint: "Without a token you read as a guest and cannot speak there.",
    },
  },
  {
    "zh-Hans": {
      stream: {
        title: "观众页的直播画面",
        address: "地址：HLS（.m3u8）、HTTP-FLV（.flv）或文件",
        play: "播放",
        end: "停止播放",
        on: "观众已能看到直播画面。",
        off: "观众不再看到直播画面。",
        now: (kind) => `正在播放：${kind}。`,
        none: "观众只能看到聊天。",
        kinds: {
          hls: "HLS（hls.js）",
          flv: "HTTP-FLV（mpegts.js）",
          file: "文件（浏览器直接播放）",
        },
      },

      remote: {
        title: "当前房间",
        room: "房间",
        link: "连接",
        lost: "断线丢失消息",
        own: (room) => `${room}（本程序）`,
        states: {
          connecting: "正在连接",
          live: "已连接",
          retrying: "已断开，正在重连",
          refused: "被拒绝",
        },
        join: "进入",
        joining: "正在进入远程房间。",
        leave: "回到自己的房间",
        left: "已回到本程序自己的房间。",
        address: "显示另一个 Surtitle 的房间",
        token: "对方服务器的令牌（可选）",
        hint: "没有令牌时以游客身份观看，不能发言。",
      },
    },
    ja: {
      stream: {
        title: "視聴ページの配信映像",
        address: "アドレス：HLS（.m3u8）、HTTP-FLV（.flv）またはファイル",
        play: "再生",
        end: "停止",
        on: "視聴者に配信映像が表示されます。",
        off: "配信映像を外しました。",
        now: (kind) => `再生中：${kind}`,
        none: "視聴者にはチャットだけが表示されます。",
        kinds: {
          hls: "HLS（hls.js）",
          flv: "HTTP-FLV（mpegts.js）",
          file: "ファイル（ブラウザーで再生）",
        },
      },

      remote: {
        title: "表示中の部屋",
        room: "部屋",
        link: "接続",
        lost: "切断による欠落",
        own: (room) => `${room}（このプログラム）`,
        states: {
          connecting: "接続中",
          live: "接続済み",
          retrying: "切断、再接続中",
          refused: "接続拒否",
        },
        join: "入室",
        joining: "リモートの部屋に入ります。",
        leave: "自分の部屋に戻る",
        left: "このプログラムの部屋に戻りました。",
        address: "別の Surtitle の部屋を表示",
        token: "相手サーバーのトークン（任意）",
        hint: "トークンがないとゲストとして閲覧のみで、発言はできません。",
      },
    },
  },
);
