/** The introduction's steps 4 to 8 for one app and room, ready to paste. Pure. */

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

/** The kinds with their words, in the order of the list. */
export const KINDS: readonly (readonly [Kind, string, string])[] = [
  ["web", "Web, 2.16.2 and newer, 3.x", "One option changes: proxyServer."],
  [
    "wx",
    "Mini program, 2.16.2 and newer, 3.x",
    "One option changes: proxyServer. Add the server to the socket domains of the mini program.",
  ],
  [
    "old-web",
    "Web, before 2.16.2",
    "These have no proxyServer. Run the first lines before the SDK is loaded.",
  ],
  [
    "old-wx",
    "Mini program, before 2.16.2",
    "These have no proxyServer. Run the first lines before the SDK is loaded.",
  ],
  ["rest", "REST API", "From your back end, never from a page: it needs an admin's UserSig."],
];

const text = (value: string): string => JSON.stringify(value);
const socket = (origin: string): string => origin.replace(/^http/, "ws");

const OLD_WEB = (
  to: Target,
): string => `// Old SDKs have their own servers built in: send what they ask for here.
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

const OLD_WX = (
  to: Target,
): string => `// Old SDKs have their own servers built in: send what they ask for here.
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
  return `// Step 4: create an SDK instance
const tim = TIM.create({
  SDKAppID: ${to.app},${option}
});
tim.setLogLevel(0);
tim.on(TIM.EVENT.SDK_READY, ready);
tim.on(TIM.EVENT.MESSAGE_RECEIVED, (event) => {
  for (const message of event.data) console.log(message.type, message.payload);
});

// Step 5: log in; your back end makes the UserSig with the secret key
tim.login({ userID: "alice", userSig: "…" });

async function ready() {
  // Step 6: nickname and profile photo
  await tim.updateMyProfile({ nick: "Alice", avatar: "https://example.org/alice.png" });

  // Step 7: join the room
  await tim.joinGroup({ groupID: ${text(to.group)}, type: TIM.TYPES.GRP_AVCHATROOM });

  // Step 8: send and receive messages
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
  return `# USERSIG: one of ${JSON.stringify(to.admin)}, made with the app's secret key
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
