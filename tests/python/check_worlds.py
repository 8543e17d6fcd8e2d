#!/usr/bin/env python3
"""Checks a proof of `platen audit --proof` against the release that it is about, without any code of platen.

    check_worlds.py PROOF RELEASE

The worlds are added up anew. Then every figure of the published tables is looked for in the proof: one that is printed must have the
printed value in every world, and of one that is hidden every small count must occur in some world. Rows that are all listed must add
up to their total in every world. Exit status 0 if all of it holds.
"""

import json
import re
import sys
from pathlib import Path

RELATIONS = {"==": lambda sum_, constant: sum_ == constant, ">=": lambda sum_, constant: sum_ >= constant, "<=": lambda sum_, constant: sum_ <= constant}


def worlds_of(proof):
    """All complete tables of a proof."""
    yield proof["base"]
    for changes in proof["worlds"]:
        world = list(proof["base"])
        for cell, count in changes:
            world[cell] = count
        yield world


def check_sums(proof, worlds, fault):
    """Every world keeps the bounds of every cell and agrees with every fact; every promised count occurs."""
    cells = proof["cells"]
    for number, world in enumerate(worlds):
        if len(world) != len(cells):
            fault(f"world {number} is not complete")
            return
        for cell, count in zip(cells, world):
            upper = cell.get("upper")
            fits = cell["value"] == count if cell["status"] == "published" else cell["lower"] <= count and (upper is None or count <= upper)
            if not fits:
                fault(f"world {number}: {cell['id']} cannot be {count}")
        for fact in proof["facts"]:
            sum_ = sum(coefficient * world[cell] for cell, coefficient in fact["terms"])
            if not RELATIONS[fact["relation"]](sum_, fact["constant"]):
                fault(f"world {number}: {fact['id']} does not add up")
    for number, cell in enumerate(cells):
        if cell["status"] != "primary":
            continue
        threshold = cell.get("threshold", proof["threshold"])
        last = threshold - 1 if cell.get("upper") is None else min(threshold - 1, cell["upper"])
        missing = set(range(cell["lower"], last + 1)) - {world[number] for world in worlds}
        if missing:
            fault(f"{cell['id']} is {sorted(missing)} in no world")


class Report:
    """The published tables of a jurisdiction beside the cells of a proof."""

    def __init__(self, path, by_name, cells, worlds, fault):
        self.published = json.loads(path.read_text(encoding="utf-8"))
        self.code = self.published["jurisdiction"]["code"]
        self.by_name, self.cells, self.worlds, self.fault = by_name, cells, worlds, fault
        self.checked = 0

    def figure(self, name, value):
        """A figure with its printed value, or none where it is hidden."""
        cell = self.by_name.get(f"{self.code} {name}")
        if cell is None:
            self.fault(f"{self.code} {name} is published and not in the proof")
            return
        self.checked += 1
        counts = {world[cell] for world in self.worlds}
        if value is not None and counts != {value}:
            self.fault(f"{self.code} {name} is printed as {value} and {sorted(counts)} in the worlds")
        if value is None and self.cells[cell]["status"] == "published":
            self.fault(f"{self.code} {name} is hidden and the proof prints it")

    def table(self, table):
        at = next(place for place, column in enumerate(table["columns"]) if column["kind"] == "count")
        children = {}
        for row in table["rows"]:
            cell, key = row["cells"][at], "/".join(row["key"])
            value = cell.get("value")
            if row["role"] == "merged":
                continue
            if row["role"] == "total" and value is None and not cell.get("hidden"):
                continue
            self.figure(f"{table['id']}/{key}", value)
            if row["role"] == "child":
                children.setdefault("/".join(row["key"][:-1]), []).append(key)
        for parent, rows in children.items():
            self.at_most(table["id"], parent, rows)

    def at_most(self, table, parent, rows):
        """Rows are never more than the one that they stand below."""
        numbers = [self.by_name[f"{self.code} {table}/{row}"] for row in rows]
        above = self.by_name[f"{self.code} {table}/{parent}"]
        for world in self.worlds:
            if sum(world[number] for number in numbers) > world[above]:
                self.fault(f"{self.code} {table}/{parent} is less than its rows")
                return

    def check(self):
        for table in self.published["tables"]:
            self.table(table)
        for counter in self.published["counters"]:
            self.figure(f"{counter['row']}/{counter['name']}", counter.get("count"))
        for figure in self.published.get("figures", []):
            if figure["id"].startswith("figures."):
                digits = re.sub(r"[^0-9]", "", figure["text"])
                self.figure(figure["id"], int(digits) if digits else None)
        return self.checked


def main():
    proof = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    release = Path(sys.argv[2])
    faults = []
    worlds = list(worlds_of(proof))
    check_sums(proof, worlds, faults.append)
    by_name = {name: number for number, cell in enumerate(proof["cells"]) for name in cell.get("names", [])}
    reports = sorted((release / "tables").glob("*.json"))
    checked = sum(Report(path, by_name, proof["cells"], worlds, faults.append).check() for path in reports)
    if not reports or not checked:
        faults.append("the release has no published tables")
    for fault in faults[:20]:
        print(fault, file=sys.stderr)
    print(f"{len(worlds)} worlds, {len(reports)} reports, {checked} figures, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
