/** The introduction's steps 4 to 8 for one app and room, ready to paste. Pure. */
import { words } from "./rule-words";

/** What a snippet is for. */
export interface Target {
  readonly app: number;
  readonly group: string;
  /** `https://host:port` of this server. */
  readonly origin: string;
  /** An admin of the app, for the REST API. */
  readonly admin: string;
}

/** Which SDK, or none. */
export type Kind = "web" | "wx" | "old-web" | "old-wx" | "rest";

/** The kinds, in the order of the list. */
export const KINDS: readonly Kind[] = ["web", "wx", "old-web", "old-wx", "rest"];

const { snippet: say } = words;
const text = (value: string): string => JSON.stringify(value);
const socket = (origin: string): string => origin.replace(/^http/, "ws");

const OLD_WEB = (to: Target): string => `// ${say.old}
const SERVER = ${text(to.origin)};
const here = (address) => {
  const { pathname, search, protocol } = new URL(address, location.href);
  const base = protocol.startsWith("ws") ? SERVER.replace(/^http/, "ws") : SERVER;
  return base + pathname + search;
};
const Socket = window.WebSocket;
window.WebSocket = class extends Socket {
  constructor(address, ...rest) { super(here(address), ...rest); }
};
const Asked = window.XMLHttpRequest;
window.XMLHttpRequest = class extends Asked {
  open(method, address, ...rest) { super.open(method, here(address), ...rest); }
};
`;

const OLD_WX = (to: Target): string => `// ${say.old}
const SERVER = ${text(to.origin)};
const here = (address) => {
  const base = address.startsWith("ws") ? SERVER.replace(/^http/, "ws") : SERVER;
  return address.replace(/^\\w+:\\/\\/[^/?]+/, base);
};
for (const name of ["connectSocket", "request"]) {
  const own = wx[name];
  const value = (options) => own.call(wx, { ...options, url: here(options.url) });
  Object.defineProperty(wx, name, { value, configurable: true, enumerable: true });
}
`;

function steps(to: Target, proxy: boolean): string {
  const option = proxy ? `\n  proxyServer: ${text(socket(to.origin))},` : "";
  return `// ${say.step(4, say.create)}
const tim = TIM.create({
  SDKAppID: ${to.app},${option}
});
tim.setLogLevel(0);
tim.on(TIM.EVENT.SDK_READY, ready);
tim.on(TIM.EVENT.MESSAGE_RECEIVED, (event) => {
  for (const message of event.data) console.log(message.type, message.payload);
});

// ${say.step(5, say.login)}
tim.login({ userID: "alice", userSig: "…" });

async function ready() {
  // ${say.step(6, say.profile)}
  await tim.updateMyProfile({ nick: "Alice", avatar: "https://example.org/alice.png" });

  // ${say.step(7, say.join)}
  await tim.joinGroup({ groupID: ${text(to.group)}, type: TIM.TYPES.GRP_AVCHATROOM });

  // ${say.step(8, say.send)}
  await tim.sendMessage(tim.createTextMessage({
    to: ${text(to.group)},
    conversationType: TIM.TYPES.CONV_GROUP,
    payload: { text: "Hello" },
  }));
}
`;
}

function rest(to: Target): string {
  const query = `sdkappid=${to.app}&identifier=${encodeURIComponent(to.admin)}&usersig=$USERSIG&random=$(date +%s)&contenttype=json`;
  const said = {
    GroupId: to.group,
    Random: 8912345,
    MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "Hello" } }],
  };
  const body = JSON.stringify(said).replaceAll("'", "'\\''");
  return `# ${say.sig(JSON.stringify(to.admin))}
curl "${to.origin}/v4/group_open_http_svc/send_group_msg?${query}" \\
  -d '${body}'
`;
}

/** The text to paste. */
export function snippet(kind: Kind, to: Target): string {
  switch (kind) {
    case "web":
      return `import TIM from "tim-js-sdk"; // or "@tencentcloud/chat"\n\n${steps(to, true)}`;
    case "wx":
      return `import TIM from "tim-wx-sdk"; // or "@tencentcloud/chat"\n\n${steps(to, true)}`;
    case "old-web":
      return `${OLD_WEB(to)}\n${steps(to, false)}`;
    case "old-wx":
      return `${OLD_WX(to)}\nconst TIM = require("tim-wx-sdk");\n\n${steps(to, false)}`;
    case "rest":
      return rest(to);
  }
}
