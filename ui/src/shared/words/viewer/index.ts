/** The viewer page's words, in the page's language. */
import { inLanguage } from "../language";
import { en } from "./en";
import { ja } from "./ja";
import { zhHans } from "./zh-hans";

export const words = inLanguage(en, { "zh-Hans": zhHans, ja });
