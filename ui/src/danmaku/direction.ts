/** Reading direction of a line, by its first letter (the rule of `dir="auto"`). */
const RIGHT_TO_LEFT =
  /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

export function directionOf(text: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
}
