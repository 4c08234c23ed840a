import { encode } from "uqr";
import { expect, test } from "vitest";
import { outline, qrCode } from "./qr";

test("a run of cells is one rectangle", () => {
  expect(outline([[false, true, true, false, true]])).toBe("M1 0h2v1h-2zM4 0h1v1h-1z");
});

test("the path covers exactly the black cells", () => {
  const { data } = encode("http://192.0.2.7:8787/viewer/main", { ecc: "M", border: 4 });
  const widths = [...outline(data).matchAll(/h(\d+)v/g)].map((match) => Number(match[1]));
  const black = data.flat().filter(Boolean).length;
  expect(widths.reduce((all, width) => all + width, 0)).toBe(black);
});

test("the code has a name for those who cannot see it", () => {
  const code = qrCode("http://192.0.2.7/", "QR code of the viewer link");
  expect(code.getAttribute("aria-label")).toBe("QR code of the viewer link");
});
