// Two monitors that can be unplugged: an Xorg server on the dummy driver, whose
// outputs are as real to programs as a graphics card's. Xvfb has one only.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../e2e/program.mjs";

/** The monitors, side by side. */
export const LEFT = { x: 0, y: 0, width: 1120, height: 1080 };
export const RIGHT = { x: 1120, y: 0, width: 800, height: 1080 };

const [WIDE, NARROW] = [`${LEFT.width}x${LEFT.height}`, `${RIGHT.width}x${RIGHT.height}`];

const CONFIG = `
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoAddGPU" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 64000
EndSection
Section "Monitor"
  Identifier "any"
  HorizSync 5-1000
  VertRefresh 5-200
  Modeline "1920x1080" 148.5 1920 2008 2052 2200 1080 1084 1089 1125
  Modeline "${WIDE}" 100.0 1120 1168 1280 1440 1080 1083 1093 1121
  Modeline "${NARROW}" 80.0 800 848 928 1056 1080 1083 1093 1121
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "any"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "1920x1080"
    Virtual 1920 1080
  EndSubSection
EndSection
`;

/** Arguments of an Xorg server of 1920×1080 with the second monitor not plugged in yet. */
export function xorg(folder) {
  const config = join(folder, "xorg.conf");
  writeFileSync(config, CONFIG);
  return ["-config", config, "-logfile", join(folder, "xorg.log"), "-displayfd", "3", "-nolisten", "tcp", "-ac", "-noreset",
    "-novtswitch", "-sharevts"];
}

/** Gives the second output its mode. */
export const ready = (desk) => desk.run("xrandr", ["--addmode", "DUMMY1", NARROW]);

/** Plugs the second monitor in beside the first. */
export async function plug(desk) {
  await desk.run("xrandr", ["--fb", "1920x1080", "--output", "DUMMY0", "--primary", "--mode", WIDE, "--pos", "0x0",
    "--output", "DUMMY1", "--mode", NARROW, "--pos", `${RIGHT.x}x0`]);
  await until("DUMMY1", async () => /^DUMMY1 connected/m.test(await desk.run("xrandr", ["--query"])));
}

/** Unplugs the second monitor. */
export const unplug = (desk) => desk.run("xrandr", ["--fb", "1920x1080", "--output", "DUMMY1", "--off"]);
