// Every card there is, as the stage of the native protocol says it, in six variants.

/** What makes a card hard to draw: direction, script, length, a face that is missing. */
export const VARIANTS = {
  ltr: { nick: "Mika Larsen", text: "Is the olive one still in stock?", title: "First fifty orders", avatar: "/gifts/cake.png" },
  rtl: { nick: "ليلى حداد", text: "هل ما زال اللون الزيتوني متوفرًا؟", title: "أول خمسين طلبًا", avatar: "/gifts/rose.png" },
  cjk: { nick: "小雨同学", text: "橄榄色的那款还有货吗？想要两个。", title: "前五十单专享优惠", avatar: "/gifts/star.png" },
  emoji: { nick: "👩‍👩‍👧 Noor 🇫🇷", text: "🎉🎉 gg ❤️‍🔥 2️⃣ please 🙏🏽", title: "🎁 First 50 🎁", avatar: "/gifts/crown.png" },
  long: {
    nick: "Wolfeschlegelsteinhausenbergerdorff ".repeat(6).slice(0, 200),
    text: "Donaudampfschifffahrtsgesellschaftskapitän ".repeat(7).slice(0, 300),
    title: "Rindfleischetikettierungsüberwachung ".repeat(3).slice(0, 80),
    avatar: "/gifts/balloon.png",
  },
  faceless: { nick: "Ada", text: "First time here.", title: "One", avatar: undefined },
};

const person = ({ nick, avatar }, id = "u1") => ({ id, nick, role: "viewer", ...(avatar ? { avatar } : {}) });
const comment = (v, now, more = {}) => ({
  id: "c1", at: now, source: "room", from: person(v), priority: "normal", kind: "comment", text: v.text, ...more,
});
const tip = (kind, now, users, more) => ({
  id: kind, at: now, source: "room", priority: "lowest", kind: "tip", tip: kind, users, more,
});
const placard = (kind, state) => ({ placards: [{ id: "p", kind, ...state }] });

/** What is on the stage for a card: `(variant, now, number of the variant, look) => parts of a Stage`. */
export const CARDS = {
  paid: (v, now, n) => {
    const tier = (n % 5) + 1;
    const paid = { amount: [200, 1000, 5000, 50_000, 12_000][tier - 1], currency: ["EUR", "USD", "JPY", "CNY", "GBP"][tier - 1], tier };
    return { paid: [{ id: "c1", event: comment(v, now, { priority: "high", paid }), since: now - 150_000, until: now + 450_000 }] };
  },
  gift: (v, now, n) => ({
    cards: [{
      id: "g1", from: person(v), count: [1, 12, 188, 520, 9_999, 3][n], tier: (n % 5) + 1, until: now + 600_000,
      gift: { id: "rocket", name: n === 1 || n === 4 ? v.title : "Rocket", icon: "/gifts/rocket.png", coins: 1314 },
    }],
  }),
  feed: (v, now) => ({ feed: [comment(v, now), comment(v, now, { id: "c2", from: { ...person(v, "h"), role: "host" } })] }),
  tip: (v, now) => ({ feed: [tip("join", now, [person(v)], 3), tip("follow", now, [person(v)], 0)] }),
  likes: (v, now, n, look) => ({
    likes: [12, 999, 8_449, 12_345, 1_234_567, 1][n], online: [1, 20, 987, 10_000, 1_000_000, 2][n],
    look: { ...look, likes: { on: true, corner: "top-left" }, online: { on: true, corner: "top-left" } },
  }),
  pinned: (v, now) => ({ pinned: comment(v, now) }),
  voucher: (v, now, n) => placard("voucher", {
    title: v.title, value: n === 4 ? "¥1,234,567 off everything" : "€20 off", stock: 50, left: [37, 12, 50, 1, 0, 25][n],
    ...(n === 2 ? {} : { ends_at: now + [312_000, 59_000, 0, 3_723_000, 86_400_000, -500][n] }),
  }),
  product: (v, now, n) => placard("product", {
    title: n === 0 ? "Canvas bag, olive" : v.title, price: n === 4 ? "¥1,234,567,890.00 each" : "€39.90",
    ...(v.avatar ? { picture: v.avatar, number: 7 + n } : {}),
  }),
  question: (v) => placard("question", { from: person(v), text: v.text }),
  poll: (v, now, n) => placard("poll", {
    question: n === 4 ? v.text.slice(0, 80) : v.title, open: n !== 3,
    options: [{ text: v.nick, votes: 12 }, { text: v.text.slice(0, 200), votes: 7 }, { text: "Neither", votes: n === 5 ? 0 : 3 }],
  }),
  goal: (v, now, n) => placard("goal", { title: v.title, unit: "gifts", target: 60, value: [12, 40, 0, 60, 59, 90][n] }),
  ticker: (v) => placard("ticker", { lines: [v.text] }),
  rank: (v, now, n) => placard("rank", {
    title: n === 1 ? v.title : "", places: 5,
    rows: [person(v, "a"), person({ nick: "Ada" }, "b"), person({ nick: n === 0 ? "נועה" : "준호" }, "c")].map((who, i) => ({ who, coins: 13_140 / (i + 1) ** 3 })),
  }),
};

/** What of the page a sheet shows. */
export const SELECTOR = {
  paid: ".paid-card", gift: ".gift-card", feed: ".feed", tip: ".feed", likes: ".like-counter, .online-count", pinned: ".pinned", question: ".question", ticker: ".ticker",
  voucher: ".voucher", product: ".product", poll: ".poll", goal: ".goal", rank: ".rank",
};
