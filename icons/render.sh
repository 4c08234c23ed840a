#!/bin/sh
# Renders icons/gifts/*.svg to ui/public/gifts/*.png, 256 px with alpha.
# Needs rsvg-convert (Debian: librsvg2-bin). The pictures are committed; run
# this after changing a source.
set -eu
cd "$(dirname "$0")"
for source in gifts/*.svg; do
  name=$(basename "$source" .svg)
  rsvg-convert --width 256 --height 256 --output "../ui/public/gifts/$name.png" "$source"
done
