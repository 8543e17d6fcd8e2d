"""What the printed figures say of the unknown numbers: each a sum with its least and its most."""

import re
from dataclasses import dataclass

from habits import Together
from page import digits


@dataclass
class Hidden:
    """A figure that is not printed, with the unknowns that add up to it."""

    whose: str
    table: str
    row: str
    terms: dict
    small: range


class Facts:
    """All that the reports of a release say together."""

    def __init__(self, rules, unknowns, reports):
        self.rules, self.unknowns = rules, unknowns
        self.hidden = []
        self.together = []
        for report in reports:
            self.report(report)
        self.nation(reports)

    def say(self, terms, least, most, words):
        self.unknowns.fact(terms, least, most, words)

    def hide(self, whose, table, row, terms, protection):
        self.hidden.append(Hidden(whose, table, row, dict(terms), protection.small))

    def report(self, report):
        whose = report.whose
        for name, text in report.figures.items():
            kind, _, population = name.partition(".")
            if kind == "figures":
                self.figure(whose, population, "", self.unknowns.total(whose, population), digits(text))
        for name, printed in report.counters.items():
            for about, counter in zip(self.rules.counters[name], printed, strict=True):
                terms = self.unknowns.total(whose, about["of"], about.get("where"))
                self.figure(whose, name, counter["name"], terms, counter.get("count"))
        for table, printed in report.tables.items():
            self.table(whose, table, printed)
        self.maps(whose, report.maps)

    def figure(self, whose, name, row, terms, value):
        if value is not None:
            self.say(terms, value, value, f"{whose}: {name} {row} is {value}")
            return
        protection = self.rules.figure_protection()
        self.say(terms, protection.small[0], protection.small[-1], f"{whose}: {name} {row} is small")
        self.hide(whose, name, row, terms, protection)

    def table(self, whose, table, printed):
        about = self.rules.tables[table]
        total = printed.total
        is_told = total is None or not total.is_hidden
        counted = self.unknowns.counted(whose, table)
        if total is not None and total.value is not None:
            self.say(counted, total.value, total.value, f"{whose}: {table} counts {total.value}")
        elif not is_told:
            protection = self.rules.figure_protection()
            self.say(counted, protection.small[0], protection.small[-1], f"{whose}: the total of {table} is small")
            self.hide(whose, table, "(total)", counted, protection)
        self.percents(whose, table, printed)
        if "flags" in about["rows"]:
            keys = [(code,) for code in self.rules.codes(about["rows"]["flags"])]
            self.siblings(whose, table, printed, (), keys, is_told)
            return
        keys = [(code,) for code in self.rules.codes(self.list_of(about, "codes"))]
        self.siblings(whose, table, printed, (), keys, is_told)
        if "then" in about["rows"]:
            shown = {row.key for row in printed.of_role("subtotal") if row.value is not None}
            for above in keys:
                below = [above + (code,) for code in self.rules.codes(self.list_of(about, "then"), above[0])]
                self.siblings(whose, table, printed, above, below, is_told and above in shown)

    def list_of(self, about, place):
        group = self.rules.group(about["of"])
        return self.rules.list_of(group, self.unknowns.of(group).column(about["rows"][place]))

    def siblings(self, whose, table, printed, above, keys, is_told):
        """Rows that stand below the same row: printed, hidden in their place, merged, or not there."""
        protection = self.rules.protection(table, not above)
        rows = {row.key: row for row in printed.of_role("row", "subtotal", "child")}
        away, gone = [], []
        for key in keys:
            terms = self.unknowns.row(whose, table, key)
            row = rows.get(key)
            name = "/".join(key)
            if row is None:
                gone.append((key, terms))
            elif row.value is not None:
                self.say(terms, row.value, row.value, f"{whose}: {table} {name} is {row.value}")
            else:
                away.append((key, terms))
                self.hide(whose, table, name, terms, protection)
                if row.text != self.rules.hidden["neutral"]:
                    small = protection.small if is_told else self.rules.figure_protection().small
                    self.say(terms, small[0], small[-1], f"{whose}: {table} {name} is {row.text}")
        adds_up = "flags" not in self.rules.tables[table]["rows"]
        if protection.kind == "merge" and adds_up:
            self.merged(whose, table, protection, gone, printed.merged(above), is_told)
            away = gone if printed.merged(above) else []
        elif is_told or protection.kind == "none":
            self.absent(whose, table, protection, gone)
        else:
            self.unread(whose, table, protection, gone)
        if is_told and adds_up and len(away) > 1 and (protection.kind == "suppress" or protection.full_range and protection.kind == "merge"):
            shown = [key[-1] for key in keys if key in rows and rows[key].value]
            self.together.append(Together(self.rules, table, protection, away, shown))

    def unread(self, whose, table, protection, gone):
        """Rows of which nothing is said: they stand below a hidden one, or the table is not told."""
        for key, terms in gone:
            self.hide(whose, table, "/".join(key), terms, protection)

    def absent(self, whose, table, protection, gone):
        """A row that is not there counts nothing; where zero is no secret, that tells nothing."""
        for key, terms in gone:
            self.say(terms, 0, 0, f"{whose}: {table} {'/'.join(key)} has no row")
            if protection.kind != "none" and protection.hides_zero:
                self.hide(whose, table, "/".join(key), terms, protection)

    def merged(self, whose, table, protection, gone, total, is_told):
        self.unread(whose, table, protection, gone)
        if not is_told or not gone:
            return
        terms = sum((row for _, row in gone[1:]), gone[0][1])
        self.say(terms, total, total, f"{whose}: {table} has {total} in rows that are not listed")
        if protection.full_range:
            return
        forced = any(each.get("table") == table for each in self.rules.spec.get("overrides", []))
        for key, row in gone:
            if not forced:
                self.say(row, 0, protection.threshold - 1, f"{whose}: {table} {'/'.join(key)} is not listed")

    def percents(self, whose, table, printed):
        """A percent tells its base, as far as it is written."""
        base = self.rules.tables[table].get("percent_of")
        terms = self.unknowns.total(whose, base) if base else self.unknowns.counted(whose, table)
        for row in printed.of_role("row", "subtotal", "child", "merged"):
            written = re.search(r"(\d+)(?:[.,](\d+))?", row.percent)
            if not written or not row.value or not re.search(r"\d", row.percent):
                continue
            places = written[2] or ""
            unit = 10 ** len(places)
            percent = int(written[1] + places)
            # Half a unit below to half a unit above: 200 · unit · part = (2 · percent ± 1) · base.
            scaled = 200 * unit * row.value
            least = -(-scaled // (2 * percent + 1))
            most = scaled // (2 * percent - 1) if percent else None
            self.say(terms, least, most, f"{whose}: {row.value} of {table} is {row.percent}")

    def maps(self, whose, maps):
        """Counties of a class, and those of none. Those that all maps show alike could change places: one of them stands for all."""
        alike = {}
        for county in self.rules.counties.get(whose, []):
            alike.setdefault(tuple(shaded.get(county) for shaded in maps.values()), []).append(county)
        for classes, counties in alike.items():
            for name, step in zip(maps, classes):
                self.county(whose, name, counties, step)

    def county(self, whose, name, counties, step):
        starts = [int(start["from"]) for start in self.rules.maps[name]["classes"]]
        terms = self.unknowns.located(whose, name, counties[0])
        if step is not None:
            most = starts[step + 1] - 1 if step + 1 < len(starts) else None
            self.say(terms, starts[step], most, f"{whose}: {counties[0]} is of class {step} of {name}")
            return
        self.say(terms, 0, starts[0] - 1, f"{whose}: {counties[0]} is not shaded on {name}")
        for county in counties:
            self.hide(whose, name, county, terms, self.rules.figure_protection())

    def nation(self, reports):
        """National figures are sums over all jurisdictions, of which some have no report."""
        if not self.rules.is_counted_whole:
            return
        reported = {report.whose for report in reports}
        silent = [code for code in self.rules.states if code not in reported]
        states = [code for code in self.rules.states if code in reported] + (["(others)"] if silent else [])
        told = {name: digits(text) for report in reports for name, text in report.figures.items() if name.startswith("national.")}
        for name, value in told.items():
            if value is not None:
                population = name.partition(".")[2]
                terms = sum((self.unknowns.total(code, population) for code in states[1:]), self.unknowns.total(states[0], population))
                self.say(terms, value, value, f"national {population} is {value}")
        if self.rules.nation in reported:
            self.sums_of_states(states)

    def sums_of_states(self, states):
        for name in [name for name in self.unknowns.names if name[0] == self.rules.nation]:
            parts = {(code, *name[1:]): 1 for code in states}
            self.unknowns.names |= set(parts)
            self.say({**parts, name: -1}, 0, 0, "the nation is the sum of its jurisdictions")
