#!/usr/bin/env bash
# Makes geodata/2016/outlines.geojson, the outlines of all jurisdictions for the map of a release's index page, from
# the county files beside it. Run it after make.sh.
#
#   bash geodata/make/outlines.sh
#
# Needs Node 18 or later with npm, and access to npm. Two runs give identical bytes.
set -euo pipefail
export LC_ALL=C.UTF-8

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$here/../2016
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$tmp/npm" mapshaper@0.7.70
mapshaper=$tmp/npm/node_modules/.bin/mapshaper

# Inner borders and islets go. Lines stay within 4 km of their course, half a millimetre on a page, and nearer in small
# jurisdictions.
"$mapshaper" -i "$folder"/[A-Z][A-Z].geojson combine-files snap \
    -each 'code = this.layer_name' target='*' \
    -merge-layers force target='*' \
    -dissolve code \
    -filter-islands min-area=8km2 \
    -o "$tmp/whole.geojson" precision=0.00001
# Read anew, so that a line runs from state to state and not from county to county.
"$mapshaper" -i "$tmp/whole.geojson" snap \
    -simplify dp variable interval='Math.min(4000, Math.sqrt(this.area) / 50)' keep-shapes \
    -sort code \
    -o "$tmp/outlines.geojson" precision=0.001 rfc7946 id-field=code
mv "$tmp/outlines.geojson" "$folder/outlines.geojson"
