#!/usr/bin/env bash
# Install Debian's Chromium for the browser journeys, or say plainly what is needed.
set -eu
if ! command -v apt-get >/dev/null; then
  echo "The browser journeys need Chromium on the PATH as 'chromium'. Install it and try again." >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo"; else
    echo "The browser journeys need Chromium. Please run: sudo apt-get install chromium" >&2
    exit 1
  fi
fi
$as_root apt-get -q update >/dev/null
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install chromium >/dev/null
