#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets into fuzz/corpus: one small input for each form that the readers know.
All records are invented. Parquet needs pyarrow: pip install pyarrow==26.0.1
"""
import datetime, decimal, json, pathlib, uuid

HERE = pathlib.Path(__file__).parent
HEAD = "id,state,day,kind,part,yes,county,lon,lat"
ROWS = ["1,CT,2016-01-01,a,x,true,09001,-73.2,41.3", "2,NY,2016-12-31,b,,false,,,", "3,CT,2016-06-30,é,,,09003,,"]


def write(target, name, content):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def csv():
    lines = [HEAD, *ROWS]
    for name, end in (("lf", "\n"), ("crlf", "\r\n"), ("cr", "\r")):
        write("csv", name, end.join(lines) + end)
        write("csv", f"{name}-blank-lines", (end + end).join(lines) + end)
        write("csv", f"{name}-no-last-line-end", end.join(lines))
    quoted = [",".join(f'"{value}"' for value in line.split(",")) for line in lines]
    write("csv", "quoted", "\n".join(quoted) + "\n")
    write("csv", "bom", "\ufeff" + "\n".join(lines) + "\n")
    write("csv", "unclosed", "\n".join(lines[:2]) + '\n4,CT,2016-02-02,"a,,,,,\n' + "\n".join(ROWS[1:]) + "\n")
    write("csv", "text-after-quote", HEAD + '\n"1"x,CT,2016-01-01,a,,true,,,\n')
    write("csv", "doubled-quotes", HEAD + '\n"a""b",CT,2016-01-01,a,,true,,,\n')
    write("csv", "line-break-in-quotes", HEAD + '\n"1\n2",CT,2016-01-01,a,,true,,,\n9,CT,x,a,,true,,,\n')
    write("csv", "further-column", HEAD + ',note\n' + ROWS[0] + ',"a, ""b"" and\r\nc"\n')
    write("csv", "blanks", HEAD + "\n 1 ,CT,2016-01-01, a,,TRUE,9001,181,\n")
    write("csv", "forms-of-dates", HEAD + "".join(f"\n{n},CT,{day},a,,true,,," for n, day in enumerate(
        ["01/31/2016", "42400", "2016-1-3", "20160103", "2016-01-03T00:00:00Z", "31.1.2016"])))
    write("csv", "utf-16", "\n".join(lines).encode("utf-16"))
    write("csv", "latin-1", "\n".join(lines).encode("latin-1"))
    write("csv", "semicolons", "\n".join(lines).replace(",", ";"))
    write("csv", "nul-tail", ("\n".join(lines) + "\n").encode() + b"\0\0\0\x1a")
    write("csv", "short", HEAD + "\n1,CT\n" + ROWS[0] + ",,\n")
    write("csv", "header-only", HEAD + "\n")
    write("csv", "empty", "")


def parquet():
    import pyarrow as pa, pyarrow.parquet as pq
    day = datetime.date(2016, 3, 1)
    columns = {
        "id": ["1", "2", "3"], "state": ["CT", "CT", "NY"], "day": [day] * 3, "kind": ["a", "b", "a"], "part": ["x", None, "x"],
        "yes": [True, False, True], "county": ["09001", None, "09003"], "lon": [-73.2, None, -72.0], "lat": [41.3, None, 41.5],
    }
    midnight = datetime.datetime(2016, 3, 1)
    kinds = {"plain": {}, "nanoseconds": {"day": pa.array([midnight] * 3, pa.timestamp("ns"))},
             "microseconds": {"day": pa.array([midnight] * 3, pa.timestamp("us"))},
             "decimals": {"lon": pa.array([decimal.Decimal("-73.25"), None, decimal.Decimal("-72")], pa.decimal128(9, 4)),
                          "lat": pa.array([41, None, 42], pa.int64())},
             "uuids": {"id": pa.array([uuid.UUID(int=n).bytes for n in (1, 2, 3)], pa.binary(16))},
             "large-strings": {"id": pa.array(["1", "2", "3"], pa.large_string())},
             "nested": {"part": pa.array([["x"], None, ["x"]])}}
    for name, other in kinds.items():
        table = pa.table({**columns, **other})
        pq.write_table(table, HERE / "corpus" / "parquet" / name, compression="none")
    table = pa.table(columns)
    for codec in ("snappy", "gzip", "brotli", "lz4", "zstd"):
        pq.write_table(table, HERE / "corpus" / "parquet" / codec, compression=codec)
    pq.write_table(table, HERE / "corpus" / "parquet" / "no-dictionary", use_dictionary=False, compression="none")
    pq.write_table(table, HERE / "corpus" / "parquet" / "pages-v2", data_page_version="2.0", compression="none")
    pq.write_table(table, HERE / "corpus" / "parquet" / "row-groups", row_group_size=1, compression="none")
    pq.write_table(table, HERE / "corpus" / "parquet" / "delta", use_dictionary=False, compression="none",
                   column_encoding={"id": "DELTA_BYTE_ARRAY", "state": "DELTA_LENGTH_BYTE_ARRAY", "lon": "BYTE_STREAM_SPLIT"})


def boundaries():
    ring = [[-73, 41], [-72, 41], [-72, 42], [-73, 42], [-73, 41]]
    hole = [[-72.8, 41.2], [-72.8, 41.4], [-72.6, 41.4], [-72.6, 41.2], [-72.8, 41.2]]
    bow = [[-73, 41], [-72, 42], [-72, 41], [-73, 42], [-73, 41]]

    def file(*features, **members):
        return json.dumps({"type": "FeatureCollection", "vintage": 2016, "jurisdiction": "CT", "statefp": "09", **members,
                           "features": list(features)})

    def feature(kind, coordinates, geoid="09001", **properties):
        return {"type": "Feature", "properties": {"GEOID": geoid, "NAME": "Fairfield", "LSADNAME": "County", **properties},
                "geometry": {"type": kind, "coordinates": coordinates}}

    one = feature("Polygon", [ring])
    write("boundaries", "one", file(one))
    write("boundaries", "hole", file(feature("Polygon", [ring, hole]), feature("Polygon", [hole], "09003", NAME="Inner")))
    write("boundaries", "enclave", file(one, feature("Polygon", [hole], "09003", NAME="Inner")))
    write("boundaries", "parts", file(feature("MultiPolygon", [[ring], [hole], [ring]])))
    write("boundaries", "bow-tie", file(feature("Polygon", [bow])))
    write("boundaries", "altitudes", file(feature("Polygon", [[[x, y, 7] for x, y in ring]])))
    write("boundaries", "numbers", file(feature("Polygon", [ring], 9001, NAME=5)))
    write("boundaries", "no-geometry", file({**one, "geometry": None}))
    write("boundaries", "collection", file({**one, "geometry": {"type": "GeometryCollection", "geometries": [one["geometry"]]}}))
    write("boundaries", "metres", file(feature("Polygon", [[[x * 111319, y * 111319] for x, y in ring]])))
    write("boundaries", "swapped", file(feature("Polygon", [[[y, x] for x, y in ring]])))
    write("boundaries", "crs", file(one, crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}}))
    write("boundaries", "feature", json.dumps(one))
    write("boundaries", "topology", json.dumps({"type": "Topology", "objects": {}, "arcs": []}))
    write("boundaries", "bom", "\ufeff" + file(one))


def side_files():
    counties = {"09001": "Fairfield", "09003": "Hartford"}
    index = {"vintage": 2016, "jurisdictions": {"CT": {"file": "CT.geojson", "bbox": [-74, 40, -71, 43], "counties": counties}}}
    outline = {"type": "FeatureCollection", "features": [{"type": "Feature", "id": "CT", "properties": None, "geometry": {
        "type": "Polygon", "coordinates": [[[-73, 41], [-72, 41], [-72, 42], [-73, 41]]]}}]}
    digest = "0" * 64
    manifest = {"form": 1, "edition": "fuzz", "title": "Fuzz", "revision": 0, "reports": [], "files": [], "inputs": []}
    ledger = {"approvals": [{"by": "A", "role": "b", "note": "c", "manifest": digest}]}
    figure = {"cell": {"table": "reason", "row": {"codes": ["tip"], "role": "row"}, "column": "count"}}
    change = {"id": "0123456789abcdef", "kind": "count", "weight": "error", "where": "Tip", "figures": [None, figure], "decision": "accepted"}
    decisions = {"decisions": 1, "review": "", "program": "platen", "old": {"name": "old"}, "new": {"name": "new"},
                 "reports": [{"name": "Connecticut", "jurisdiction": "CT", "changes": [change]}]}
    columns = [{"kind": "label", "head": "A"}, {"kind": "count", "head": "#"}]
    cells = [{"text": "One"}, {"text": "7", "value": 7}]
    table = {"id": "a", "title": "A", "columns": columns, "rows": [{"key": ["one"], "role": "row", "level": 0, "cells": cells}]}
    county_map = {"id": "m", "classes": ["3 or more"], "unshaded": "fewer", "counties": {"09001": 0}, "names": {"09001": "Fairfield"}}
    tables = {"edition": "fuzz", "jurisdiction": {"code": "CT", "name": "Connecticut"},
              "period": {"from": "2016-01-01", "to": "2016-12-31"}, "data_date": "2017-01-01", "publisher": "F",
              "figures": [{"id": "figures.people", "text": "7"}],
              "counters": [{"row": "r", "name": "n", "value": "7", "count": 7, "label": "n", "pictogram": None}],
              "tables": [table], "maps": [county_map]}
    profile = "name: Fuzz\npage: { width: 216, height: 279, bleed: 3 }\n"
    policy = "weights: { value: alarm }\nplaces: []\n"
    reference = "population,jurisdiction,count\npeople,CT,5\npeople,US,7\n"
    detail = {"type": "Topology", "vintage": 2016, "jurisdiction": "CT", "transform": {"scale": [0.001, 0.001], "translate": [-73, 41]},
              "arcs": [[[0, 0], [1000, 0], [0, 1000], [-1000, 0], [0, -1000]]],
              "objects": {"counties": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "id": "09001", "arcs": [[0]]}]}}}
    for which, content in enumerate([index, outline, manifest, ledger, decisions, tables, profile, policy, reference, detail]):
        text = content if isinstance(content, str) else json.dumps(content)
        write("side_files", f"{which}", bytes([which]) + text.encode())


def template():
    texts = ["In **{{ jurisdiction.name }}**, {{ figures.cases.text }} cases", "{% if jurisdiction.ranked %}a{% else %}b{% endif %}",
             "{{ period.from | date('long') }}", "{{ note('identity') }}", "{{ (figures.cases.text | int) - 1 }}",
             "{% for c in figures.cases.text %}{{ c }}{% endfor %}", "{% set x = figures.cases.text ~ '1' %}{{ x[0] }}",
             "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(figures.few.text) }}", "{{ ranks.cases.position | replace('st', '') }}",
             "figures.cases.text == '54' and not ranks.cases.tied", "{% filter upper %}{{ figures.cases.text }}{% endfilter %}",
             "{{ range(9) | list | tojson }}", r"\*\* {# remark #} {% raw %}{{ }}{% endraw %}", "{{ figures }}", "{{ 'a' in figures.few.text }}"]
    for number, text in enumerate(texts):
        write("template", f"{number:02}", text)


def spec():
    text = (HERE / "project/config/fuzz.yaml").read_text()
    write("spec", "whole", text)
    edits = {"whole-float": ("threshold: 3", "threshold: 3.0"), "leading-zero": ("threshold: 3", "threshold: 03"),
             "merge-key": ("zero: hide", "<<: { zero: hide }"), "tab": ("title: Fuzz\n", "title:\tFuzz\n"), "colour": ("zero: hide", "zero: #hide"),
             "anchor": ("title: Fuzz", "title: &t Fuzz\nkeywords: [*t, *t]"), "not-a-number": ("threshold: 3", "threshold: .nan"),
             "long-number": ("threshold: 3", "threshold: 99999999999999999999"), "extends": ("edition: fuzz", "extends: any.yaml\nedition: fuzz")}
    for name, (old, new) in edits.items():
        assert old in text, name
        write("spec", name, text.replace(old, new, 1))
    write("spec", "two-documents", text + "---\n" + text)
    write("spec", "crlf", text.replace("\n", "\r\n"))


(HERE / "corpus" / "parquet").mkdir(parents=True, exist_ok=True)
for seeds in (csv, parquet, boundaries, side_files, template, spec):
    seeds()
