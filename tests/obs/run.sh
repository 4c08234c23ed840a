#!/bin/sh
# The real OBS on a virtual display, in a network of its own (OBS listens on
# every interface), beside the real program and a viewer page in Chromium.
# Screenshots go to tests/out/obs. Needs ui/dist and `npm ci` in tests/, which
# `make test` does first.
#
# SURTITLE_BIN: program to test; without it the debug build.
# SURTITLE_OBS_QUIET: minutes without a false alarm, 5 unless given.
# Arguments: test files instead of all of them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

if [ -z "${SURTITLE_OWN_NET:-}" ]; then
    missing=
    for tool in obs Xvfb tesseract import unshare ip; do
        command -v "$tool" >/dev/null || missing="$missing $tool"
    done
    user=
    [ "$(id -u)" -eq 0 ] || user=--map-root-user
    if [ -z "$missing" ] && ! unshare $user --net true 2>/dev/null; then missing=" network-namespaces"; fi
    if [ -n "$missing" ]; then
        if [ "${CI:-}" = true ]; then
            echo "OBS tests cannot run, not found:$missing" >&2
            exit 1
        fi
        echo "OBS tests skipped, not found:$missing"
        echo "0 passed, 0 failed"
        exit 0
    fi
    SURTITLE_OWN_NET=1 exec unshare $user --net "$0" "$@"
fi

ip link set lo up
[ $# -gt 0 ] || set -- "$here"/*.test.mjs
# One file after the other: OBS draws with software and listens on one port.
node --test --test-concurrency=1 --test-timeout=900000 --test-reporter="$here/../desktop/reporter.mjs" "$@"
