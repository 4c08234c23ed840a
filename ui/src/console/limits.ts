/** What the overlay windows cannot do on this computer, in the page's language. */
import { inLanguage } from "../shared/words/language";
import { createSaid, type Sentences } from "./said";

/** Settings under which a transparent window is never cleared. */
const OPAQUE = ["WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_DISABLE_DMABUF_RENDERER"] as const;

const opaque = (name: string) =>
  `The overlay window is not shown: ${name} is set. Under it a transparent window is never ` +
  "cleared, and every comment leaves a trail.\n\n" +
  `Start Surtitle without ${name} (in a terminal: env -u ${name} surtitle). ` +
  "If this computer needs it, use the overlay link in OBS instead.";
const NO_COMPOSITOR =
  "The overlay window is not shown: no compositor is running, and without one it would cover the " +
  "whole screen in black.\n\nStart a compositor (for example picom) and the overlay appears by " +
  "itself. The overlay link for OBS works without one.";
const XWAYLAND =
  "This is a Wayland session. The overlay runs through XWayland, which keeps it on top, but hot " +
  "keys are heard only while an XWayland window has the keyboard: use the tray or this console, " +
  "or log in to an X11 session.";
const WAYLAND =
  "This is a Wayland session without XWayland. The overlay fills its monitor and lets clicks " +
  "through, but it cannot stay above other windows, and hot keys do not work. Install XWayland, " +
  "log in to an X11 session, or use the overlay link in OBS.";

const each = (says: (name: string) => string): Sentences =>
  Object.fromEntries(OPAQUE.map((name) => [opaque(name), says(name)]));

/** For the test: none in English. */
export const sentences: Sentences = inLanguage<Sentences>(
  {},
  {
    "zh-Hans": {
      ...each(
        (name) =>
          `叠加层窗口没有显示：设置了 ${name}。此时透明窗口不会被清除，每条弹幕都会留下残影。\n\n` +
          `请去掉 ${name} 再启动 Surtitle（终端：env -u ${name} surtitle）。如果这台电脑需要它，请改用 OBS 的叠加层链接。`,
      ),
      [NO_COMPOSITOR]:
        "叠加层窗口没有显示：没有运行窗口合成器，否则整个屏幕会变黑。\n\n启动一个合成器（例如 picom），叠加层就会自动出现。OBS 的叠加层链接不受影响。",
      [XWAYLAND]:
        "当前是 Wayland 会话。叠加层通过 XWayland 运行并保持置顶，但只有 XWayland 窗口获得键盘焦点时快捷键才有效：请用托盘或本控制台，或登录 X11 会话。",
      [WAYLAND]:
        "当前是没有 XWayland 的 Wayland 会话。叠加层会铺满显示器并让点击穿透，但无法保持置顶，快捷键也无效。请安装 XWayland、登录 X11 会话，或在 OBS 中使用叠加层链接。",
    },
    ja: {
      ...each(
        (name) =>
          `オーバーレイのウィンドウは表示されません：${name} が設定されています。透過ウィンドウが消去されず、コメントの跡が残るためです。\n\n` +
          `${name} なしで Surtitle を起動してください（端末：env -u ${name} surtitle）。この PC で必要な場合は、OBS 用のオーバーレイのリンクを使ってください。`,
      ),
      [NO_COMPOSITOR]:
        "オーバーレイのウィンドウは表示されません：コンポジターが動いておらず、画面全体が黒くなるためです。\n\nコンポジター（picom など）を起動すると自動で表示されます。OBS 用のリンクはそのまま使えます。",
      [XWAYLAND]:
        "Wayland セッションです。オーバーレイは XWayland で最前面に表示されますが、ショートカットキーは XWayland のウィンドウにキーボードがあるときだけ効きます。トレイかこのコンソールを使うか、X11 セッションにログインしてください。",
      [WAYLAND]:
        "XWayland のない Wayland セッションです。オーバーレイはモニター全体に表示されクリックを通しますが、最前面を保てず、ショートカットキーも効きません。XWayland を入れるか、X11 セッションにログインするか、OBS でオーバーレイのリンクを使ってください。",
    },
  },
);

/** A limit in the page's language. */
export const limit = createSaid(sentences);
