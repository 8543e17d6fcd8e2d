"""What a release prints: read from its published tables, and held against the rows of its data package."""

import csv
import json
import re
from dataclasses import dataclass, field


def digits(text):
    """The whole number that is written in a text."""
    found = re.sub(r"[^0-9]", "", text)
    return int(found) if found else None


@dataclass
class Row:
    key: tuple
    role: str
    value: int | None
    text: str
    is_hidden: bool
    percent: str


@dataclass
class PrintedTable:
    rows: list = field(default_factory=list)

    def of_role(self, *roles):
        return [row for row in self.rows if row.role in roles]

    @property
    def total(self):
        return next(iter(self.of_role("total")), None)

    def merged(self, above):
        """The sum of the merged row below a row, or at the end of the table: 0 where there is none."""
        own = [row.value for row in self.of_role("merged") if row.key[:-1] == above]
        return own[0] if own else 0


class Report:
    """The printed figures of one jurisdiction."""

    def __init__(self, path):
        published = json.loads(path.read_text(encoding="utf-8"))
        self.whose = published["jurisdiction"]["code"]
        self.tables = {table["id"]: self.table(table) for table in published["tables"]}
        self.counters = {}
        for counter in published["counters"]:
            self.counters.setdefault(counter["row"], []).append(counter)
        self.maps = {map_["id"]: map_["counties"] for map_ in published["maps"]}
        self.figures = {figure["id"]: figure["text"] for figure in published.get("figures", [])}

    def table(self, table):
        kinds = [column["kind"] for column in table["columns"]]
        count = kinds.index("count")
        percent = kinds.index("percent") if "percent" in kinds else None
        printed = PrintedTable()
        for row in table["rows"]:
            cell = row["cells"][count]
            percent_text = row["cells"][percent]["text"] if percent is not None else ""
            printed.rows.append(Row(tuple(row["key"]), row["role"], cell.get("value"), cell["text"], bool(cell.get("hidden")), percent_text))
        return printed


def reports(release):
    """All reports of a release, whose two machine-readable forms must say the same."""
    found = [Report(path) for path in sorted((release / "tables").glob("*.json"))]
    if not found:
        raise SystemExit(f"{release} holds no published tables")
    by_code = {report.whose: report for report in found}
    compared = 0
    for path in sorted((release / "data").glob("*.csv")):
        with path.open(newline="", encoding="utf-8-sig") as lines:
            for line in csv.DictReader(lines):
                compared += agrees(by_code, path.stem.replace("-", "_"), line)
    return found, compared


def agrees(by_code, table, line):
    tables = by_code[line["jurisdiction"]].tables
    if table not in tables:
        return 0
    values = [row.value for row in tables[table].rows if ("/".join(row.key), row.role) == (line["row"], line["role"])]
    if values != [digits(line["count"])]:
        raise SystemExit(f"{line['jurisdiction']} {table} {line['row']} is {line['count']} in one file and {values} in another")
    return 1
