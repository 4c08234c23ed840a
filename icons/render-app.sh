#!/bin/sh
# Renders icon.svg and tray.svg to the files tauri.conf.json and the tray name.
# Needs rsvg-convert (librsvg2-bin) and convert (imagemagick). The results are
# committed: run this only after a change to one of the two drawings.
set -eu
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

render() { rsvg-convert -w "$2" -h "$2" "$1" | convert png:- -depth 8 -strip "PNG32:$3"; }

for size in 16 24 32 48 64 128 256 512 1024; do
    render icon.svg "$size" "$scratch/$size.png"
done
cp "$scratch/32.png" 32x32.png
cp "$scratch/128.png" 128x128.png
cp "$scratch/256.png" 128x128@2x.png
cp "$scratch/512.png" icon.png
render tray.svg 64 tray.png

convert "$scratch/16.png" "$scratch/24.png" "$scratch/32.png" "$scratch/48.png" \
    "$scratch/64.png" "$scratch/256.png" icon.ico

# icns: "icns", length, then entries of type, length, PNG; lengths are big endian and count their 8-byte head.
be32() { printf "\\$(printf %03o $(($1 >> 24 & 255)))\\$(printf %03o $(($1 >> 16 & 255)))\\$(printf %03o $(($1 >> 8 & 255)))\\$(printf %03o $(($1 & 255)))"; }
for entry in ic11:32 ic12:64 ic07:128 ic13:256 ic08:256 ic14:512 ic09:512 ic10:1024; do
    png="$scratch/${entry#*:}.png"
    printf %s "${entry%%:*}"
    be32 $(($(wc -c <"$png") + 8))
    cat "$png"
done >"$scratch/entries"
{
    printf icns
    be32 $(($(wc -c <"$scratch/entries") + 8))
    cat "$scratch/entries"
} >icon.icns
