#!/usr/bin/env bash
# Times the whole process `platen build` and prints the median. Usage: benches/build.sh [SPEC [RUNS]]
set -euo pipefail
cd "$(dirname "$0")/.."
spec=${1:-config/nhth-2016.yaml}
runs=${2:-20}
platen=${PLATEN:-target/release/platen}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

if command -v hyperfine >/dev/null; then
  hyperfine --shell none --warmup 2 --runs "$runs" "$platen build $spec --out $out"
  exit
fi

TIMEFORMAT=%R
"$platen" build "$spec" --out "$out" >/dev/null # warms the file cache
for _ in $(seq "$runs"); do
  { time "$platen" build "$spec" --out "$out" >/dev/null; } 2>&1
done | sort -n | awk '
  { seconds[NR] = $1 }
  END {
    median = NR % 2 ? seconds[(NR + 1) / 2] : (seconds[NR / 2] + seconds[NR / 2 + 1]) / 2
    printf "%d runs: fastest %.3f s, median %.3f s, slowest %.3f s\n", NR, seconds[1], median, seconds[NR]
  }'
