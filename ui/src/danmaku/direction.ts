/** Reading direction of a line, by its first letter (the rule of `dir="auto"`). */
const RIGHT_TO_LEFT =
  /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Of several texts the first that has letters says it. */
export function directionOf(...texts: readonly string[]): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.test(texts.join(" ")) ? "rtl" : "ltr";
}
