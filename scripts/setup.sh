#!/usr/bin/env bash
# setup.sh [run|test]: installs what is missing, by name, from Debian or Ubuntu. `run` is what building and
# running need; `test` (the default) adds what the tests need. Rust comes from https://rustup.rs or the system.
set -euo pipefail
what=${1:-test}
missing=()

need() { command -v "$1" >/dev/null || missing+=("$2"); }

need cc build-essential
if [ "$what" = test ]; then
  need chromium chromium
  need pdftotext poppler-utils
  need qpdf qpdf
  /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || missing+=(python3-aiosmtpd)
  [ -x /usr/sbin/clamd ] || need clamd clamav-daemon
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing+=(postgresql)
  need setpriv util-linux
  need node nodejs
  need npm npm
fi

command -v cargo >/dev/null || { echo "Rust is missing: see https://rustup.rs, then run this again" >&2; exit 1; }

if [ ${#missing[@]} -gt 0 ]; then
  echo "missing: ${missing[*]}"
  sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  if ! command -v apt-get >/dev/null || { [ -n "$sudo" ] && ! command -v sudo >/dev/null; }; then
    echo "cannot install them from here (apt-get and root or sudo are needed); please install them and run this again" >&2
    exit 1
  fi
  $sudo apt-get update -qq || echo "apt-get update failed; trying with the lists that are there" >&2
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

echo "everything to $what is here"
