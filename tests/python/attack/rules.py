"""What everybody knows of an edition: its spec, with conditions, lists, rules and thresholds. No record is read here."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import yaml


def load(path):
    """Reads a spec, laid over the one that it extends. Every value stays the text that it is written as."""
    own = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    below = own.pop("extends", None)
    return laid_over(load(path.parent / below), own) if below else own


def laid_over(below, above):
    result = dict(below)
    for key, value in above.items():
        if value in ("", "~", "null"):
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = laid_over(result[key], value)
        else:
            result[key] = value
    return result


def meets(test, record):
    """Says whether a record, as a mapping from column to text, meets a condition."""
    if not test:
        return True
    if "all" in test:
        return all(meets(part, record) for part in test["all"])
    if "any" in test:
        return any(meets(part, record) for part in test["any"])
    if "not" in test:
        return not meets(test["not"], record)
    value = record[test["column"]]
    if "is" in test:
        return value == test["is"]
    if "in" in test:
        return value in test["in"]
    if "empty" in test:
        return (value == "") == (test["empty"] == "true")
    return value != "" and test.get("from", "") <= value <= test.get("to", "9999")


def leaves(test):
    """The parts of a condition that look at one column each."""
    if not test:
        return []
    for key in ("all", "any"):
        if key in test:
            return [leaf for part in test[key] for leaf in leaves(part)]
    return leaves(test["not"]) if "not" in test else [test]


@dataclass(frozen=True)
class Protection:
    """How the small counts of some rows are published."""

    kind: str
    threshold: int
    hides_zero: bool
    full_range: bool
    hide_first: tuple

    @property
    def small(self):
        """The counts that are hidden as small."""
        return range(0 if self.hides_zero else 1, self.threshold)


class Rules:
    """A spec, by what is asked of it."""

    def __init__(self, path):
        path = Path(path).resolve()
        self.root = next(folder for folder in path.parents if (folder / "layouts").is_dir())
        self.spec = load(path)
        self.hidden = self.spec["small_counts"]
        self.threshold = int(self.hidden["threshold"])
        self.hides_zero = self.hidden["zero"] == "hide"
        self.is_strict = self.hidden.get("policy", "strict") == "strict"
        self.populations = self.spec["populations"]
        self.tables = self.spec.get("tables", {})
        self.counters = self.spec.get("counters", {})
        self.maps = self.spec.get("maps", {})
        self.sources = self.spec["sources"]

    @cached_property
    def nation(self):
        found = [code for code, about in self.spec["jurisdictions"].items() if about.get("nation") == "true"]
        return found[0] if found else None

    @property
    def states(self):
        return [code for code in self.spec["jurisdictions"] if code != self.nation]

    @property
    def is_counted_whole(self):
        """National figures are the sum over all jurisdictions, and none comes from elsewhere."""
        return "reference" not in self.spec

    @cached_property
    def counties(self):
        """All counties of each jurisdiction that a map could shade."""
        found = {}
        for about in self.maps.values():
            index = json.loads((self.root / about["boundaries"] / "index.json").read_text(encoding="utf-8"))
            found = {code: list(area["counties"]) for code, area in index["jurisdictions"].items()}
        return found

    def group(self, population):
        """Records are the same where their source is, and the column that says whose they are."""
        about = self.populations[population]
        return about["source"], about["jurisdiction"]

    def codes(self, name, parent=None):
        entries = self.spec["code_lists"][name]
        return [entry["code"] for entry in entries if parent is None or entry.get("parent") == parent]

    def list_of(self, group, column):
        about = self.sources[group[0]]["columns"][column]
        return about.get("list", column)

    def values(self, group, column, days):
        """What a record can hold in a column that conditions look at."""
        about = self.sources[group[0]]["columns"][column]
        empty = [""] if about.get("optional") == "true" else []
        if about["type"] == "boolean":
            return ["true", "false"]
        if about["type"] == "date":
            return sorted(days) + empty
        if about["type"] == "jurisdiction":
            return list(self.spec["jurisdictions"]) + empty
        return list(dict.fromkeys(self.codes(self.list_of(group, column)) + empty))

    def parent_column(self, group, column):
        return self.sources[group[0]]["columns"][column].get("parent")

    def protection(self, table, is_upper):
        about = self.tables[table]
        rule = about.get("parents") if is_upper and "then" in about["rows"] and "parents" in about else about["small_counts"]
        zero = rule.get("zero")
        return Protection(
            kind=rule["rule"],
            threshold=int(rule.get("threshold", self.threshold)),
            hides_zero=self.hides_zero if zero is None else zero == "hide",
            full_range=rule.get("guard", "full-range") == "full-range",
            hide_first=tuple(rule.get("hide_first", ())),
        )

    def figure_protection(self):
        """That of single figures, as totals and counters."""
        return Protection("mask", self.threshold, self.hides_zero, False, ())


def days_around(tests):
    """A day of each span that dates in conditions tell apart."""
    days = set()
    for test in tests:
        for key, step in (("from", -1), ("to", 1)):
            if key in test:
                day = date.fromisoformat(test[key])
                days |= {day.isoformat(), (day + timedelta(days=step)).isoformat()}
    return days
