#!/usr/bin/env bash
# Compares two national releases in which nearly every report has a changed cell, with platen and with its peers on the
# same files in the same run. Build first: `cargo build --release`.
#
#   benches/review.sh [RUNS]
#
# Peers that are missing are named and left out: comparepdf (Debian), diff-pdf-visually (PyPI; on three pairs only).
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
program=$PWD/target/release/platen
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r config layouts fonts geodata "$folder"
mkdir "$folder/data"
cp -r data/national-2016 data/connecticut-2016 "$folder/data"
cd "$folder"

release() { "$program" release config/nhth-2016-national.yaml --out "$1" --no-cache >/dev/null 2>&1; }
# Turns one e-mail of each named jurisdiction into an online tip report.
change() {
  awk -F, -v OFS=, -v only="$1" 'NR > 1 && $5 == "email" && $6 == "true" && !seen[$3] && (only == "" || only == $3) {
    seen[$3] = 1; $5 = "online_tip" } { print }' data/national-2016/signals.csv > changed.csv
  mv changed.csv data/national-2016/signals.csv
}
cp data/national-2016/signals.csv whole.csv
release old
change TX; release one
cp whole.csv data/national-2016/signals.csv
change ""; release all

seconds() { # the fastest of the runs
  local best=
  for _ in $(seq "$runs"); do
    local start=$EPOCHREALTIME
    "$@" >/dev/null 2>&1 || true
    local took
    took=$(echo "$EPOCHREALTIME - $start" | bc)
    if [ -z "$best" ] || [ "$(echo "$took < $best" | bc)" = 1 ]; then best=$took; fi
  done
  printf '%.3f s' "$best"
}
each() { # runs a command on every pair of reports
  local mode=$1
  for file in old/pdf/*.pdf; do comparepdf "$mode" "$file" "all/pdf/${file##*/}" || true; done
}
visually() {
  for name in Texas Vermont Ohio; do diff-pdf-visually "old/pdf/$name-2016.pdf" "all/pdf/$name-2016.pdf" || true; done
}

echo "$(find all/pdf -name '*.pdf' | wc -l) pairs, fastest of $runs runs"
echo "platen review, nearly all changed     $(seconds "$program" review old all)"
echo "  with the page (--html)              $(runs=1 seconds "$program" review old all --html page.html)"
echo "  with the paper (--pdf)              $(runs=1 seconds "$program" review old all --pdf paper.pdf)"
echo "platen review, one changed            $(seconds "$program" review old one)"
echo "platen review, identical releases     $(seconds "$program" review old old)"
if command -v comparepdf >/dev/null; then
  echo "comparepdf, text, nearly all changed  $(seconds each --compare=text)"
  echo "comparepdf, appearance                $(seconds each --compare=appearance)"
else
  echo "comparepdf is not installed"
fi
if command -v diff-pdf-visually >/dev/null; then
  echo "diff-pdf-visually, three pairs        $(runs=1 seconds visually)"
else
  echo "diff-pdf-visually is not installed"
fi
