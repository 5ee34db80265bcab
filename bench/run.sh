#!/usr/bin/env bash
# run.sh [WORD]: gets the peers into an environment of their own under target/bench, builds the product, then runs
# bench/main.rs beside them; with a word only the parts whose name has it.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=target/bench
python=$folder/venv/bin/python
built=${CARGO_TARGET_DIR:-target}/release
# compiled once, and not beside the sources
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX=$PWD/$folder/pycache

say() { echo "make bench: $*" >&2; }

if ! command -v python3 >/dev/null; then
  say "python3 is missing; the peers are Python packages. Install python3 and python3-venv."
  exit 1
fi
mkdir -p "$folder"
if ! "$python" -m pip --version >/dev/null 2>&1; then
  rm -rf "$folder/venv"
  python3 -m venv "$folder/venv" || { say "python3 cannot make an environment: install python3-venv and pip."; exit 1; }
fi
pip() { "$python" -m pip install --quiet --disable-pip-version-check "$@"; }
pip pandas==3.1.1 polars==2.1.0 duckdb==2.0.0 django==5.2.19 gunicorn==27.0.1 markdown-it-py==4.3.0 weasyprint==70.0 ||
  { say "pip could not install the peers; is there a network?"; exit 1; }
pip typst==0.15.2 || say "pip could not install Typst; going on without it."
"$python" -c 'import weasyprint' || { say "WeasyPrint needs the library Pango: install libpango-1.0-0 and libpangoft2-1.0-0."; exit 1; }

cargo build --release --package server
cargo build --release --package report --example bench
"$built/examples/bench" "$python" "$folder" bench/peers "$built/pause-fidelity" BENCHMARKS.md "$@"
