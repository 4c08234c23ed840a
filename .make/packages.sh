#!/bin/sh
# Installs the system packages of the named groups: build, desktop, test.
# Debian and Ubuntu by apt (with sudo when not root); elsewhere prints the list.
set -eu

build="build-essential pkg-config ca-certificates"
desktop="libwebkit2gtk-4.1-dev libayatana-appindicator3-dev"
test="chromium obs-studio obs-plugins tesseract-ocr libgl1-mesa-dri ffmpeg webkit2gtk-driver xvfb xserver-xorg-core xserver-xorg-video-dummy xauth openbox picom xdotool wmctrl x11-utils x11-apps x11-xserver-utils imagemagick dbus dbus-x11 xclip xdg-utils fonts-noto-cjk fonts-noto-color-emoji fonts-dejavu-core librsvg2-bin poppler-utils iproute2 python3-venv"

wanted=
for group in "$@"; do
  case "$group" in
    build) wanted="$wanted $build" ;;
    desktop) wanted="$wanted $desktop" ;;
    test) wanted="$wanted $test" ;;
    *) echo "packages: no group \"$group\"; use build, desktop, test" >&2; exit 2 ;;
  esac
done

if ! command -v apt-get >/dev/null 2>&1; then
  case "$(uname -s)" in
    Linux) echo "packages: install what your system calls these, then go on:$wanted" ;;
  esac
  exit 0
fi

missing=
for package in $wanted; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "packages: run as root: apt-get install$missing" >&2
    exit 1
  fi
  as_root=sudo
fi
# Ubuntu ships chromium as a snap only; there the tests take any Chromium on the PATH.
echo "packages: installing$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
