#!/usr/bin/env python3
"""Holds what an attack on a release found against the records, which the attack has not seen.

    grade.py ATTACK.jsonl

Prints a line of JSON for each release: how many hidden counts are small, which of them the attack tells (exact) or narrows, and which it takes to be something
that they are not: one of those is a fault of the attack, or of the release. Counties are taken as the attack has them.
"""

import csv
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "attack"))

from records import Kinds
from rules import Rules, meets


class Records:
    """The records of an edition, counted for one figure of one jurisdiction."""

    def __init__(self, rules):
        self.rules = rules
        self.rows, self.kinds, self.found = {}, {}, {}
        for name, about in rules.sources.items():
            with (rules.root / about["file"]).open(newline="", encoding="utf-8-sig") as lines:
                self.rows[name] = list(csv.DictReader(lines))

    def count(self, cell):
        """The true count of a hidden figure; none of a county."""
        table, row, whose = cell["table"], cell["row"], cell["jurisdiction"]
        rules = self.rules
        if table in rules.maps:
            return None
        if table in rules.populations:
            return len(self.of(whose, table))
        if table in rules.counters:
            about = next(counter for counter in rules.counters[table] if counter["label"]["other"] == row)
            return len(self.of(whose, about["of"], about.get("where")))
        about = rules.tables[table]
        records = self.of(whose, about["of"], about.get("where"))
        if row == "(total)":
            return len(records)
        if "flags" in about["rows"]:
            return sum(record[row] == "true" for record in records)
        group = rules.group(about["of"])
        if group not in self.kinds:
            self.kinds[group] = Kinds(rules, group)
        columns = [self.kinds[group].column(about["rows"][place]) for place in ("codes", "then") if place in about["rows"]]
        wanted = list(zip(columns, row.split("/")))
        return sum(all(record[column] == code for column, code in wanted) for record in records)

    def of(self, whose, population, where=None):
        asked = whose, population, json.dumps(where)
        if asked not in self.found:
            about = self.rules.populations[population]
            column = about["jurisdiction"]
            own = (record for record in self.rows[about["source"]] if record[column] and whose in (record[column], self.rules.nation))
            self.found[asked] = [record for record in own if meets(about.get("where"), record) and meets(where, record)]
        return self.found[asked]


def graded(attack):
    records = Records(Rules(attack["spec"]))
    result = {"small": 0, "exact": [], "narrowed": [], "wrong": []}
    told = {key: {id_of(cell) for cell in attack[key]} for key in ("exact", "narrowed", "unless_large")}
    for cell in attack["hidden"]:
        count = records.count(cell)
        is_large = count is not None and count >= cell["threshold"]
        if count is not None and not (cell["more"] if is_large else count in cell["possible"]):
            result["wrong"].append(id_of(cell))
        if is_large:
            continue
        result["small"] += 1
        for key, verdict in (("exact", "exact"), ("narrowed", "narrowed"), ("unless_large", "narrowed")):
            if id_of(cell) in told[key]:
                result[verdict].append(id_of(cell))
    return result


def id_of(cell):
    return f"{cell['jurisdiction']} {cell['table']} {cell['row']}".rstrip()


def main():
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        print(json.dumps(graded(json.loads(line))))


main()
