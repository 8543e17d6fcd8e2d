#!/usr/bin/env bash
# Makes the county boundary files of the 2016 vintage.
#
#   bash geodata/make/make.sh          writes geodata/2016 and make/tolerance.tsv
#   bash geodata/make/make.sh DIR      writes DIR/2016 and DIR/make/tolerance.tsv
#
# Needs bash, Python 3.11 or later, Node 18 or later with npm, and access to
# PyPI and npm. Tools are installed in a temporary folder, removed at the end.
# Nothing is replaced unless every check passes.
set -euo pipefail
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

MAPSHAPER=0.7.70
PLOTLY_GEO_SHA256=9f695ca0a48494c821d8ab612d33b092bc64ec8de86d021c5209cc0b217aa9ce

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dest=${1:-$here/..}
mkdir -p "$dest/make"
dest=$(cd "$dest" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Tools and source, all at fixed versions.
python3 -m venv "$tmp/venv"
py=$tmp/venv/bin/python
grep -v '^plotly-geo' "$here/requirements.txt" > "$tmp/requirements.txt"
"$py" -m pip install --quiet --disable-pip-version-check -r "$tmp/requirements.txt"
"$py" -m pip download --quiet --disable-pip-version-check --no-deps \
    --only-binary :all: -d "$tmp" "$(grep '^plotly-geo' "$here/requirements.txt")"
wheel=$tmp/plotly_geo-1.0.0-py3-none-any.whl
echo "$PLOTLY_GEO_SHA256  $wheel" | sha256sum --check --quiet
"$py" -m zipfile -e "$wheel" "$tmp/wheel"
src=$tmp/wheel/_plotly_geo/package_data

npm install --silent --no-audit --no-fund --ignore-scripts \
    --prefix "$tmp/npm" "mapshaper@$MAPSHAPER"
mapshaper=$tmp/npm/node_modules/.bin/mapshaper

# Full-detail source: the table of states, and one file of counties a state.
mkdir "$tmp/source" "$tmp/simple" "$tmp/topology" "$tmp/out"
"$mapshaper" "$src/cb_2016_us_state_500k.shp" encoding=utf8 \
    -o "$tmp/states.json" format=json 2> /dev/null
"$mapshaper" "$src/cb_2016_us_county_500k.shp" encoding=utf8 \
    -split STATEFP -o "$tmp/source/" format=geojson 2> /dev/null

"$py" "$here/counties.py" plan "$tmp" > "$tmp/tolerance.tsv"

# Coordinates are rounded before the simplification, so that it only picks
# among rounded vertices and no later rounding can make lines cross. Parts are
# exploded so that keep-shapes keeps each island, not only the largest.
while IFS=$'\t' read -r postal statefp _ metres; do
    [ "$postal" = jurisdiction ] && continue
    "$mapshaper" "$tmp/source/$statefp.json" \
        -snap precision=0.00001 \
        -clean \
        -explode \
        -simplify dp interval="${metres}m" keep-shapes \
        -o "$tmp/simple/$statefp.json" format=geojson precision=0.00001 \
        2> "$tmp/log" || { cat "$tmp/log" >&2; exit 1; }
done < "$tmp/tolerance.tsv"

# In full detail, with edges that counties share written once: for locating points.
while IFS=$'\t' read -r postal statefp _; do
    [ "$postal" = jurisdiction ] && continue
    "$mapshaper" "$tmp/source/$statefp.json" -filter-fields GEOID \
        -o "$tmp/topology/$statefp.json" format=topojson no-quantization \
        2> "$tmp/log" || { cat "$tmp/log" >&2; exit 1; }
done < "$tmp/tolerance.tsv"

"$py" "$here/counties.py" build "$tmp"
"$py" "$here/counties.py" detail "$tmp"
"$py" "$here/counties.py" check "$tmp"

rm -rf "$dest/2016"
cp -R "$tmp/out/2016" "$dest/2016"
cp "$tmp/tolerance.tsv" "$dest/make/tolerance.tsv"
