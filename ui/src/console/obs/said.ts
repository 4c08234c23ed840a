/** What the server says of OBS, in the page's language. */
import { inLanguage } from "../../shared/words/language";
import { createSaid, type Sentences } from "../said";

/** For the test: none in English. */
export const sentences: Sentences = inLanguage<Sentences>(
  {},
  {
    "zh-Hans": {
      "Set OBS up on the page Connect.": "请在“连接”页设置 OBS。",
      "Calling {}.": "正在连接 {}。",
      "OBS does not answer at {}.": "OBS 在 {} 没有回应。",
      "Start OBS; in OBS, open Tools, WebSocket Server Settings, and enable the server. Surtitle keeps trying.":
        "请启动 OBS，在“工具 → WebSocket 服务器设置”中开启服务器。Surtitle 会继续尝试。",
      "Something answers at {}, but not as OBS does.": "{} 有程序回应，但不是 OBS。",
      "OBS 28 or newer is needed; check the port on the page Connect.":
        "需要 OBS 28 或更新版本，请在“连接”页检查端口。",
      "OBS wants a password.": "OBS 需要密码。",
      "OBS did not take the password.": "OBS 密码不对。",
      "To see it: in OBS, open Tools, WebSocket Server Settings, Show Connect Info. Give it on the page Connect.":
        "在 OBS 的“工具 → WebSocket 服务器设置 → 显示连接信息”中查看密码，填到“连接”页。",
      "OBS runs but does not answer.": "OBS 在运行，但没有回应。",
      "If its window hangs too, end it and start it again. Surtitle keeps trying.":
        "如果 OBS 窗口也卡住了，请结束并重新启动。Surtitle 会继续尝试。",
      "OBS has closed the connection.": "OBS 断开了连接。",
      "Start OBS again if it was ended. Surtitle keeps trying.":
        "如果 OBS 已关闭，请重新启动。Surtitle 会继续尝试。",
      "OBS is connected and has no Surtitle source.": "OBS 已连接，但没有 Surtitle 来源。",
      "Press Put Surtitle into OBS.": "请点“把 Surtitle 加入 OBS”。",
      "Surtitle is switched off in the scene {}.": "Surtitle 在场景 {} 中被关闭。",
      "The scene on air, {}, does not show Surtitle.": "当前场景 {} 没有显示 Surtitle。",
      "Press Put Surtitle into OBS, or change the scene.":
        "请点“把 Surtitle 加入 OBS”，或切换场景。",
      "But {}.": "但是{}。",
      "The overlay in OBS stands still.": "OBS 里的叠加层不动了。",
      "The overlay runs, but OBS shows an old picture of it.":
        "叠加层在运行，但 OBS 显示的是旧画面。",
      "The overlay in OBS draws nothing.": "OBS 里的叠加层没有画面。",
      "The overlay in OBS has lost its line to Surtitle.": "OBS 里的叠加层与 Surtitle 断开了。",
      "A screen capture shows the whole screen; whether Surtitle is in it cannot be proved.":
        "显示器采集会显示整个屏幕，无法确认 Surtitle 是否在画面中。",
      "Something covers the lower left corner of the overlay.": "叠加层左下角被遮住了。",
      "Comparing pixels.": "正在比对像素。",
      "Press Put Surtitle into OBS to repair it.": "请点“把 Surtitle 加入 OBS”修复。",
      "Refreshing did not help. Press Refresh, or restart OBS.": "刷新无效，请点“刷新”或重启 OBS。",
      "Surtitle refreshes it.": "Surtitle 正在刷新。",
      "Press Refresh.": "请点“刷新”。",
      "It comes back by itself.": "会自动恢复。",
      "the scene does not have it": "场景中没有它",
      "it is switched off in the scene": "它在场景中被关闭",
      "it does not fill the picture": "它没有铺满画面",
      "other sources lie over it": "它被其他来源遮住",
      "its blending mode is changed": "它的混合模式被改了",
      "its address or size is changed": "它的地址或尺寸被改了",
      "added it to the scene": "已加入场景",
      "switched it on": "已打开",
      "made it fill the picture": "已铺满画面",
      "moved it to the top": "已移到最上层",
      "reset its blending mode": "已恢复混合模式",
      "set its address and size": "已设置地址和尺寸",
      "replaced a source of another kind": "已替换其他类型的来源",
      "made the source": "已创建来源",
      "unlocked it": "已解锁",
    },
    ja: {
      "Set OBS up on the page Connect.": "「接続」ページで OBS を設定してください。",
      "Calling {}.": "{} に接続しています。",
      "OBS does not answer at {}.": "{} の OBS から応答がありません。",
      "Start OBS; in OBS, open Tools, WebSocket Server Settings, and enable the server. Surtitle keeps trying.":
        "OBS を起動し、「ツール」→「WebSocket サーバー設定」でサーバーを有効にしてください。接続を試み続けます。",
      "Something answers at {}, but not as OBS does.":
        "{} から応答がありますが、OBS ではありません。",
      "OBS 28 or newer is needed; check the port on the page Connect.":
        "OBS 28 以降が必要です。「接続」ページでポートを確認してください。",
      "OBS wants a password.": "OBS のパスワードが必要です。",
      "OBS did not take the password.": "OBS のパスワードが違います。",
      "To see it: in OBS, open Tools, WebSocket Server Settings, Show Connect Info. Give it on the page Connect.":
        "OBS の「ツール」→「WebSocket サーバー設定」→「接続情報を表示」で確認し、「接続」ページに入力してください。",
      "OBS runs but does not answer.": "OBS は動いていますが応答がありません。",
      "If its window hangs too, end it and start it again. Surtitle keeps trying.":
        "OBS の画面も固まっている場合は、終了して起動し直してください。接続を試み続けます。",
      "OBS has closed the connection.": "OBS が接続を閉じました。",
      "Start OBS again if it was ended. Surtitle keeps trying.":
        "OBS を終了した場合は起動し直してください。接続を試み続けます。",
      "OBS is connected and has no Surtitle source.":
        "OBS に接続しましたが、Surtitle のソースがありません。",
      "Press Put Surtitle into OBS.": "「Surtitle を OBS に追加」を押してください。",
      "Surtitle is switched off in the scene {}.": "シーン {} で Surtitle が非表示になっています。",
      "The scene on air, {}, does not show Surtitle.":
        "配信中のシーン {} に Surtitle が映っていません。",
      "Press Put Surtitle into OBS, or change the scene.":
        "「Surtitle を OBS に追加」を押すか、シーンを切り替えてください。",
      "But {}.": "ただし、{}。",
      "The overlay in OBS stands still.": "OBS のオーバーレイが止まっています。",
      "The overlay runs, but OBS shows an old picture of it.":
        "オーバーレイは動いていますが、OBS の映像が古いままです。",
      "The overlay in OBS draws nothing.": "OBS のオーバーレイに何も描かれていません。",
      "The overlay in OBS has lost its line to Surtitle.":
        "OBS のオーバーレイと Surtitle の接続が切れました。",
      "A screen capture shows the whole screen; whether Surtitle is in it cannot be proved.":
        "画面キャプチャは画面全体を映すため、Surtitle が映っているか確認できません。",
      "Something covers the lower left corner of the overlay.":
        "オーバーレイの左下が隠れています。",
      "Comparing pixels.": "映像を確認しています。",
      "Press Put Surtitle into OBS to repair it.": "「Surtitle を OBS に追加」を押すと直ります。",
      "Refreshing did not help. Press Refresh, or restart OBS.":
        "再読み込みでは直りませんでした。「再読み込み」を押すか、OBS を再起動してください。",
      "Surtitle refreshes it.": "再読み込みしています。",
      "Press Refresh.": "「再読み込み」を押してください。",
      "It comes back by itself.": "自動で復帰します。",
      "the scene does not have it": "シーンにありません",
      "it is switched off in the scene": "シーンで非表示になっています",
      "it does not fill the picture": "画面いっぱいになっていません",
      "other sources lie over it": "ほかのソースが重なっています",
      "its blending mode is changed": "合成モードが変わっています",
      "its address or size is changed": "アドレスかサイズが変わっています",
      "added it to the scene": "シーンに追加",
      "switched it on": "表示に変更",
      "made it fill the picture": "画面いっぱいに調整",
      "moved it to the top": "最前面に移動",
      "reset its blending mode": "合成モードを初期化",
      "set its address and size": "アドレスとサイズを設定",
      "replaced a source of another kind": "別の種類のソースを置き換え",
      "made the source": "ソースを作成",
      "unlocked it": "ロックを解除",
    },
  },
);

/** A sentence of the server's in the page's language. */
export const said = createSaid(sentences);
