"""Plans, builds and checks the county boundary files.

    counties.py plan   WORK   prints the tolerance of each jurisdiction
    counties.py build  WORK   WORK/simple -> WORK/out/2016
    counties.py detail WORK   WORK/topology -> WORK/out/2016
    counties.py check  WORK   compares WORK/out/2016 with WORK/source

make.sh runs all four; WORK is its temporary folder.
"""

import gzip
import hashlib
import json
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

VINTAGE = 2016
COUNTIES = 3233
JURISDICTIONS = 56
DECIMALS = 5
MAX_BYTES = 12_000_000
# Of the detailed boundaries together, packed.
MAX_DETAIL_BYTES = 4_000_000
# Decimals of the detailed boundaries: those of the source.
DETAIL_DECIMALS = 6
AREA_LIMIT = 0.02

SOURCE = (
    "U.S. Census Bureau, Cartographic Boundary Files 2016, counties, 1:500,000 "
    "(cb_2016_us_county_500k), simplified"
)

# Words of the legal/statistical area description codes that occur in the file.
LSAD_NAMES = {
    "00": "",
    "03": "City and Borough",
    "04": "Borough",
    "05": "Census Area",
    "06": "County",
    "07": "District",
    "10": "Island",
    "12": "Municipality",
    "13": "Municipio",
    "15": "Parish",
    "25": "city",
}

METRES_PER_DEGREE = 111_320
# The longer side of the extent is divided by this: a printed map has at most
# 2,100 pixels along it, so the tolerance is 0.42 of a pixel.
STEPS = 5000
MAX_TOLERANCE = 200.0
# Finer tolerances in metres, where the extent says little about the counties:
# far apart small islands, and cities of a few square kilometres.
FINER = {"AS": 4.0, "MP": 20.0, "VA": 60.0}
# Longitude west of which Hawaii's islands do not count towards its extent.
HAWAII_WEST = -160.6


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def states(work):
    """(postal, statefp, name) of each jurisdiction, in postal order."""
    rows = load(work / "states.json")
    return sorted((r["STUSPS"], r["STATEFP"], r["NAME"]) for r in rows)


def polygons(geometry):
    """The polygons of a geometry, each a list of rings."""
    if geometry is None:
        return []
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    return geometry["coordinates"]


# ---- plan


def extent_metres(postal, collection):
    xs, ys = [], []
    for feature in collection["features"]:
        for rings in polygons(feature["geometry"]):
            for x, y in rings[0]:
                if postal == "AK" and x > 0:
                    x -= 360
                if postal == "HI" and x < HAWAII_WEST:
                    continue
                xs.append(x)
                ys.append(y)
    middle = math.radians((min(ys) + max(ys)) / 2)
    width = (max(xs) - min(xs)) * METRES_PER_DEGREE * math.cos(middle)
    height = (max(ys) - min(ys)) * METRES_PER_DEGREE
    return max(width, height)


def plan(work):
    print("jurisdiction\tstatefp\textent_km\ttolerance_m")
    for postal, statefp, _ in states(work):
        extent = extent_metres(postal, load(work / "source" / f"{statefp}.json"))
        tolerance = min(extent / STEPS, MAX_TOLERANCE, FINER.get(postal, math.inf))
        print(f"{postal}\t{statefp}\t{extent / 1000:.0f}\t{tolerance:.1f}")


# ---- build


def signed_area(ring):
    """Planar area of a closed ring, positive if anticlockwise."""
    pairs = zip(ring, ring[1:])
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2


def tidy_ring(ring, anticlockwise):
    points = []
    for x, y in ring:
        # Adding 0.0 turns -0.0 into 0.0.
        point = [round(x, DECIMALS) + 0.0, round(y, DECIMALS) + 0.0]
        if not points or points[-1] != point:
            points.append(point)
    if points[0] != points[-1]:
        points.append(points[0])
    if (signed_area(points) > 0) != anticlockwise:
        points.reverse()
    return points


def tidy_geometry(parts):
    """One geometry of all parts of a county, the largest part first."""
    tidied = [
        [tidy_ring(ring, anticlockwise=i == 0) for i, ring in enumerate(rings)]
        for rings in parts
    ]
    tidied.sort(key=lambda rings: (-signed_area(rings[0]), rings[0]))
    if len(tidied) == 1:
        return {"type": "Polygon", "coordinates": tidied[0]}
    return {"type": "MultiPolygon", "coordinates": tidied}


def bounds(postal, features):
    """[west, south, east, north]; west > east across the antimeridian."""
    xs, ys = [], []
    for feature in features:
        for rings in polygons(feature["geometry"]):
            for x, y in rings[0]:
                xs.append(x)
                ys.append(y)
    if postal == "AK":
        west, east = min(x for x in xs if x > 0), max(x for x in xs if x < 0)
    else:
        west, east = min(xs), max(xs)
    return [west, min(ys), east, max(ys)]


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def spaced(value):
    return json.dumps(value, ensure_ascii=False)


def collection_text(postal, statefp, features):
    head = [
        '"type":"FeatureCollection"',
        f'"vintage":{VINTAGE}',
        f'"jurisdiction":{compact(postal)}',
        f'"statefp":{compact(statefp)}',
        f'"source":{compact(SOURCE)}',
    ]
    lines = ",\n".join(compact(feature) for feature in features)
    return "{" + ",\n".join(head) + ',\n"features":[\n' + lines + "\n]}\n"


def index_text(entries):
    blocks = []
    for postal, entry in entries.items():
        counties = ",\n".join(
            f"        {spaced(geoid)}: {spaced(name)}"
            for geoid, name in entry["counties"].items()
        )
        blocks.append(
            f"    {spaced(postal)}: {{\n"
            f'      "statefp": {spaced(entry["statefp"])},\n'
            f'      "name": {spaced(entry["name"])},\n'
            f'      "counties": {{\n{counties}\n      }},\n'
            f'      "bbox": {spaced(entry["bbox"])},\n'
            f'      "sha256": {spaced(entry["sha256"])}\n'
            "    }"
        )
    body = ",\n".join(blocks)
    return f'{{\n  "vintage": {VINTAGE},\n  "jurisdictions": {{\n{body}\n  }}\n}}\n'


def build(work):
    out = work / "out" / str(VINTAGE)
    out.mkdir(parents=True)
    entries = {}
    for postal, statefp, name in states(work):
        records, parts = {}, defaultdict(list)
        for feature in load(work / "simple" / f"{statefp}.json")["features"]:
            record = feature["properties"]
            records[record["GEOID"]] = record
            parts[record["GEOID"]] += polygons(feature["geometry"])
        features = []
        for geoid in sorted(records):
            record = records[geoid]
            properties = {
                "GEOID": geoid,
                "NAME": record["NAME"],
                "LSAD": record["LSAD"],
                "LSADNAME": LSAD_NAMES[record["LSAD"]],
                "STATEFP": record["STATEFP"],
                "ALAND": record["ALAND"],
                "AWATER": record["AWATER"],
            }
            features.append(
                {
                    "type": "Feature",
                    "id": geoid,
                    "properties": properties,
                    "geometry": tidy_geometry(parts[geoid]),
                }
            )
        data = collection_text(postal, statefp, features).encode("utf-8")
        (out / f"{postal}.geojson").write_bytes(data)
        entries[postal] = {
            "statefp": statefp,
            "name": name,
            "counties": {f["id"]: f["properties"]["NAME"] for f in features},
            "bbox": bounds(postal, features),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    (out / "index.json").write_text(index_text(entries), encoding="utf-8", newline="\n")


# ---- detail


def steps(arc):
    """An arc in whole millionths of a degree: the first position, then steps."""
    scale = 10**DETAIL_DECIMALS
    x0 = y0 = 0
    taken = []
    for place, (x, y) in enumerate(arc):
        x, y = round(x * scale), round(y * scale)
        if place == 0 or (x, y) != (x0, y0):
            taken.append([x - x0, y - y0])
        x0, y0 = x, y
    # An arc has two ends, though both may be one position now.
    return taken if len(taken) > 1 else taken + [[0, 0]]


def detail(work):
    """Writes the boundaries in full detail as TopoJSON, packed by gzip."""
    out = work / "out" / str(VINTAGE)
    for postal, statefp, _ in states(work):
        source = load(work / "topology" / f"{statefp}.json")
        (counties,) = source["objects"].values()
        geometries = [
            {"type": one["type"], "id": one["properties"]["GEOID"], "arcs": one["arcs"]}
            for one in counties["geometries"]
        ]
        geometries.sort(key=lambda one: one["id"])
        topology = {
            "type": "Topology",
            "vintage": VINTAGE,
            "jurisdiction": postal,
            "transform": {"scale": [10.0**-DETAIL_DECIMALS] * 2, "translate": [0, 0]},
            "objects": {
                "counties": {"type": "GeometryCollection", "geometries": geometries}
            },
            "arcs": [steps(arc) for arc in source["arcs"]],
        }
        # Without the time of day, two runs give the same bytes.
        data = gzip.compress(compact(topology).encode("utf-8"), 9, mtime=0)
        (out / f"{postal}.topojson.gz").write_bytes(data)


# ---- check


def segments(collection):
    """How often each segment is drawn, whichever way it runs."""
    drawn = Counter()
    for feature in collection["features"]:
        for rings in polygons(feature["geometry"]):
            for ring in rings:
                for a, b in zip(ring, ring[1:]):
                    drawn[tuple(sorted((tuple(a), tuple(b))))] += 1
    return drawn


def holes(union):
    return sum(len(p.interiors) for p in getattr(union, "geoms", [union]))


def check_rings(feature, fault):
    for rings in polygons(feature["geometry"]):
        for i, ring in enumerate(rings):
            if len(ring) < 4 or ring[0] != ring[-1]:
                fault(f"{feature['id']}: ring not closed")
            if (signed_area(ring) > 0) != (i == 0):
                fault(f"{feature['id']}: wrong winding")
            if any(not (-180 <= x <= 180 and -90 <= y <= 90) for x, y in ring):
                fault(f"{feature['id']}: coordinate out of range")


def check_detail(out, index, fault):
    """The detailed files have the counties of the index, in the size allowed."""
    size = 0
    for postal, entry in index.items():
        data = (out / f"{postal}.topojson.gz").read_bytes()
        size += len(data)
        topology = json.loads(gzip.decompress(data))
        ids = [one["id"] for one in topology["objects"]["counties"]["geometries"]]
        if ids != list(entry["counties"]):
            fault(f"{postal}: detailed counties differ from the index")
    if size > MAX_DETAIL_BYTES:
        fault(f"{size} bytes of detail")
    return size


def check(work):
    import shapely
    from shapely.geometry import shape

    faults = []
    fault = faults.append
    out = work / "out" / str(VINTAGE)
    index = load(out / "index.json")["jurisdictions"]
    files = sorted(out.glob("*.geojson"))
    if len(files) != JURISDICTIONS or len(index) != JURISDICTIONS:
        fault(f"{len(files)} files, {len(index)} in the index")

    counties, worst_area, worst_county = 0, 0.0, ""
    for path in files:
        postal = path.stem
        made, entry = load(path), index[postal]
        source = load(work / "source" / f"{made['statefp']}.json")
        if hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            fault(f"{postal}: sha256 differs from the index")

        ids = [feature["id"] for feature in made["features"]]
        before = {f["properties"]["GEOID"]: f for f in source["features"]}
        if ids != sorted(before) or ids != list(entry["counties"]):
            fault(f"{postal}: counties differ from the source")
        counties += len(ids)

        shapes = []
        for feature in made["features"]:
            geoid, old = feature["id"], before[feature["id"]]
            properties = feature["properties"]
            for key in ("GEOID", "NAME", "LSAD", "STATEFP", "ALAND", "AWATER"):
                if properties[key] != old["properties"][key]:
                    fault(f"{geoid}: {key} differs from the source")
            if not geoid.startswith(made["statefp"]):
                fault(f"{geoid}: in the file of {postal}")
            check_rings(feature, fault)
            new_shape, old_shape = shape(feature["geometry"]), shape(old["geometry"])
            shapes.append(new_shape)
            if not new_shape.is_valid:
                fault(f"{geoid}: {shapely.is_valid_reason(new_shape)}")
            if not new_shape.contains(old_shape.representative_point()):
                fault(f"{geoid}: inner point of the source is outside")
            if len(polygons(feature["geometry"])) != len(polygons(old["geometry"])):
                fault(f"{geoid}: number of parts differs from the source")
            change = abs(new_shape.area / old_shape.area - 1)
            if change > AREA_LIMIT:
                fault(f"{geoid}: area differs by {change:.1%}")
            if change > worst_area:
                worst_area, worst_county = change, geoid

        # Neighbours share their edges exactly: no overlap, no new gap, and the
        # segments drawn once are the outline of the jurisdiction.
        if faults:
            continue
        union = shapely.union_all(shapes)
        if abs(sum(s.area for s in shapes) / union.area - 1) > 1e-9:
            fault(f"{postal}: counties overlap")
        old_union = shapely.union_all([shape(f["geometry"]) for f in before.values()])
        if holes(union) != holes(old_union):
            fault(f"{postal}: number of gaps differs from the source")
        drawn = segments(made)
        if max(drawn.values()) > 2:
            fault(f"{postal}: an edge is drawn more than twice")
        once = sum(math.dist(*ends) for ends, times in drawn.items() if times == 1)
        if abs(once / union.length - 1) > 1e-9:
            fault(f"{postal}: neighbours do not share their edges")

    if counties != COUNTIES:
        fault(f"{counties} counties")
    detail_size = check_detail(out, index, fault)
    size = sum(path.stat().st_size for path in out.iterdir()) - detail_size
    if size > MAX_BYTES:
        fault(f"{size} bytes")

    for line in faults:
        print("FAULT", line)
    print(
        f"{len(files)} files, {counties} counties, {size} bytes, "
        f"{detail_size} bytes of detail, "
        f"largest change of area {worst_area:.2%} ({worst_county}), "
        f"{len(faults)} faults"
    )
    return 1 if faults else 0


def main():
    commands = {"plan": plan, "build": build, "detail": detail, "check": check}
    if len(sys.argv) != 3 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]](Path(sys.argv[2])))


if __name__ == "__main__":
    main()
