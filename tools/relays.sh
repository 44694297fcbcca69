#!/usr/bin/env bash
# Install Debian's coturn and Janus for the tests of calls, or say plainly what is needed.
# What the packages would start by themselves stays off: the tests run their own, on loopback.
set -eu
if ! command -v apt-get >/dev/null; then
  echo "The tests of calls need coturn (turnserver) and Janus (janus) on the PATH." >&2
  echo "Install them and try again." >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo"; else
    echo "The tests of calls need coturn and Janus. Please run: sudo apt-get install coturn janus" >&2
    exit 1
  fi
fi
wanted=""
command -v turnserver >/dev/null || wanted="coturn"
command -v janus >/dev/null || wanted="$wanted janus"
$as_root apt-get -q update >/dev/null
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $wanted >/dev/null
if [ -d /run/systemd/system ]; then
  for one in $wanted; do $as_root systemctl -q disable --now "$one" || true; done
fi
