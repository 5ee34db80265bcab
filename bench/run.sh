#!/usr/bin/env bash
# run.sh: gets the peers into an environment of their own under target/bench, then runs bench/main.rs beside them.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=target/bench
python=$folder/venv/bin/python
export PYTHONDONTWRITEBYTECODE=1

say() { echo "make bench: $*" >&2; }

if ! command -v python3 >/dev/null; then
  say "python3 is missing; the peers (pandas, WeasyPrint, Typst) are Python packages. Install python3 and python3-venv."
  exit 1
fi
mkdir -p "$folder"
if ! "$python" -m pip --version >/dev/null 2>&1; then
  rm -rf "$folder/venv"
  python3 -m venv "$folder/venv" || { say "python3 cannot make an environment: install python3-venv and pip."; exit 1; }
fi
pip() { "$python" -m pip install --quiet --disable-pip-version-check "$@"; }
pip pandas==3.1.1 weasyprint==70.0 || { say "pip could not install pandas and WeasyPrint; is there a network?"; exit 1; }
pip typst==0.15.2 || say "pip could not install Typst; going on without it."
"$python" -c 'import weasyprint' || { say "WeasyPrint needs the library Pango: install libpango-1.0-0 and libpangoft2-1.0-0."; exit 1; }

cargo build --release --package report --example bench
"${CARGO_TARGET_DIR:-target}/release/examples/bench" "$python" "$folder" bench/peers BENCHMARKS.md
