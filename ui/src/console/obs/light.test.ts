import { expect, test } from "vitest";
import type { ObsInfo, ObsState } from "../../shared/wire";
import { obsLight } from "./light";

const info = (state: ObsState, more: Partial<ObsInfo> = {}): ObsInfo => ({
  state,
  detail: "",
  next: "",
  heals: 0,
  ...more,
});

test("every state has its own words, and only proved pixels are green", () => {
  const states: ObsState[] = [
    "off",
    "connecting",
    "not_connected",
    "absent",
    "hidden",
    "checking",
    "frozen",
    "on_air",
  ];
  const lights = states.map((state) => obsLight(info(state)));
  expect(new Set(lights.map(({ word }) => word)).size).toBe(states.length);
  expect(lights.filter(({ colour }) => colour === "green").length).toBe(1);
  expect(obsLight(info("on_air")).colour).toBe("green");
});

test("on air with something wrong is amber and says what to do", () => {
  const light = obsLight(
    info("on_air", {
      source: "browser",
      scene: "Game",
      detail: "But other sources lie over it.",
      next: "Press Put Surtitle into OBS to repair it.",
    }),
  );
  expect(light).toEqual({
    colour: "amber",
    word: "On air",
    words: "But other sources lie over it. Press Put Surtitle into OBS to repair it.",
    where: "browser source, scene Game",
  });
});

test("without a word from the server it is connecting", () => {
  expect(obsLight(undefined)).toEqual({ colour: "grey", word: "Connecting", words: "", where: "" });
});
