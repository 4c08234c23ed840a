#!/bin/sh
# The real desktop program on a virtual desktop: Xvfb (or Xorg), openbox, picom, a
# session bus, and a viewer page in Chromium. Prints one line a test and
# "N passed, N failed"; screenshots go to tests/out/desktop. Needs ui/dist and
# `npm ci` in tests/, which `make test` does first.
#
# SURTITLE_BIN: program to test; without it the one with windows is built.
# Arguments: test files instead of all of them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

missing=
for tool in Xvfb Xorg openbox picom xdotool wmctrl xev xprop xrandr xclip import convert display dbus-daemon dbus-send stdbuf xdg-open xdg-mime WebKitWebDriver; do
    command -v "$tool" >/dev/null || missing="$missing $tool"
done
driver=${TAURI_DRIVER:-}
for place in "$(command -v tauri-driver || true)" "${XDG_CACHE_HOME:-$HOME/.cache}/surtitle/tools/bin/tauri-driver"; do
    if [ -z "$driver" ] && [ -n "$place" ] && [ -x "$place" ]; then driver=$place; fi
done
[ -n "$driver" ] || missing="$missing tauri-driver"
if [ -z "${SURTITLE_BIN:-}" ] && ! pkg-config --exists webkit2gtk-4.1; then missing="$missing libwebkit2gtk-4.1-dev"; fi
if [ -n "$missing" ]; then
    if [ "${CI:-}" = true ]; then
        echo "desktop tests cannot run, not found:$missing" >&2
        exit 1
    fi
    echo "desktop tests skipped, not found:$missing"
    echo "0 passed, 0 failed"
    exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ -z "${SURTITLE_BIN:-}" ]; then
    (cd "$root" && cargo build --quiet --features gui --bin surtitle)
    # A copy: a build without windows beside this run would replace it.
    cp "${CARGO_TARGET_DIR:-$root/target}/debug/surtitle" "$scratch/surtitle"
    SURTITLE_BIN=$scratch/surtitle
fi
export SURTITLE_BIN TAURI_DRIVER="$driver"
[ $# -gt 0 ] || set -- "$here"/*.test.mjs
# One file after the other: each paints and clicks on a whole desktop of software pixels.
node --test --test-concurrency=1 --test-timeout=900000 --test-reporter="$here/reporter.mjs" "$@"
