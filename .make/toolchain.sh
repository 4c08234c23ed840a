#!/bin/sh
# Checks that Rust and Node are new enough; prints the one command that helps if not.
set -eu

need_rust=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
need_node=20.19

# at_least HAVE NEED
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

ok=yes
if command -v cargo >/dev/null 2>&1 && command -v rustc >/dev/null 2>&1; then
  have=$(rustc --version | cut -d' ' -f2)
  at_least "$have" "$need_rust" || { echo "toolchain: Rust $have is too old, $need_rust is needed:"; ok=no_rust; }
else
  echo "toolchain: Rust $need_rust or newer is needed:"
  ok=no_rust
fi
if [ "$ok" = no_rust ]; then
  echo "  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
fi

if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
  have=$(node --version | tr -d v)
  at_least "$have" "$need_node" || { echo "toolchain: Node $have is too old, $need_node is needed: https://nodejs.org/en/download"; ok=no_node; }
else
  echo "toolchain: Node $need_node or newer with npm is needed: https://nodejs.org/en/download"
  ok=no_node
fi
[ "$ok" = yes ]
