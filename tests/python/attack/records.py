"""The records that a reader does not have, as unknown numbers.

What all conditions of an edition treat alike is one kind of record. How many of a kind a jurisdiction has is unknown; so is how many
of them have which code, flag or county. Every figure of every report is a sum of such unknowns.
"""

from collections import Counter
from itertools import product

from rules import days_around, leaves, meets


class Kinds:
    """The kinds of record that are counted by the same source and jurisdiction."""

    def __init__(self, rules, group):
        self.rules, self.group = rules, group
        own = [name for name in rules.populations if rules.group(name) == group]
        self.tables = {name: table for name, table in rules.tables.items() if table["of"] in own}
        counters = [counter for row in rules.counters.values() for counter in row if counter["of"] in own]
        figures = [*self.tables.values(), *counters]
        tests = [rules.populations[name].get("where") for name in own]
        tests += [{"all": [test for test in (rules.populations[figure["of"]].get("where"), figure.get("where")) if test]} for figure in figures]
        self.looked_at = [leaf for test in tests for leaf in leaves(test)]
        counted = {self.column(table["rows"][key]) for table in self.tables.values() for key in ("codes", "then") if key in table["rows"]}
        self.columns = self.told_apart(counted)
        self.members = {}
        for record in self.possible():
            sign = tuple(meets(test, record) for test in tests), tuple(record[column] for column in self.columns if column in counted)
            self.members.setdefault(sign, []).append(record)
        self.members = list(self.members.values())

    def column(self, name):
        """The column of rows that are named by it, or by the list of its codes."""
        columns = self.rules.sources[self.group[0]]["columns"]
        return name if name in columns else next(column for column, about in columns.items() if about.get("list") == name)

    def told_apart(self, counted):
        """Columns of conditions, and those that stand above others."""
        columns = {leaf["column"] for leaf in self.looked_at}
        for column in list(columns | counted):
            above = self.rules.parent_column(self.group, column)
            if above:
                columns.add(above)
        return sorted(columns)

    def possible(self):
        values = []
        for column in self.columns:
            days = days_around([leaf for leaf in self.looked_at if leaf["column"] == column])
            values.append(self.rules.values(self.group, column, days))
        for combination in product(*values):
            record = dict(zip(self.columns, combination))
            if all(self.fits(record, column) for column in self.columns):
                yield record

    def fits(self, record, column):
        above = self.rules.parent_column(self.group, column)
        if not above or record[column] == "":
            return True
        return record[column] in self.rules.codes(self.rules.list_of(self.group, column), record[above])

    def meeting(self, *tests):
        """The kinds whose records meet all of these conditions."""
        return [kind for kind, members in enumerate(self.members) if all(meets(test, members[0]) for test in tests)]

    def must_have(self, kind, column):
        """Says whether every record of a kind has one of the codes of a column."""
        about = self.rules.sources[self.group[0]]["columns"][column]
        if about.get("optional") != "true" or "" in self.rules.codes(self.rules.list_of(self.group, column)):
            return True
        where = about.get("required_where")
        known = {leaf["column"] for leaf in leaves(where)} <= set(self.columns)
        return bool(where) and known and all(meets(where, member) for member in self.members[kind])


class Unknowns:
    """Every unknown number of an edition, and what holds between them whatever is published."""

    def __init__(self, rules):
        self.rules = rules
        self.kinds = {}
        self.names = set()
        self.facts = []

    def of(self, group):
        if group not in self.kinds:
            self.kinds[group] = Kinds(self.rules, group)
        return self.kinds[group]

    def fact(self, terms, least, most, words):
        self.facts.append((dict(terms), least, most, words))

    def records(self, whose, group, kind):
        name = (whose, group, kind)
        self.names.add(name)
        return name

    def total(self, whose, population, *tests):
        group = self.rules.group(population)
        kinds = self.of(group).meeting(self.rules.populations[population].get("where"), *tests)
        return Counter({self.records(whose, group, kind): 1 for kind in kinds})

    def counted(self, whose, table):
        """The records that a table counts."""
        about = self.rules.tables[table]
        return self.total(whose, about["of"], about.get("where"))

    def row(self, whose, table, key):
        """A row of a table: a code, a code below another, or a flag."""
        about = self.rules.tables[table]
        group = self.rules.group(about["of"])
        kinds = self.of(group)
        found = Counter()
        for kind in kinds.meeting(self.rules.populations[about["of"]].get("where"), about.get("where")):
            if "flags" in about["rows"]:
                found += self.flagged(whose, group, kind, key[0])
                continue
            path = [kinds.column(about["rows"][place]) for place in ("codes", "then") if place in about["rows"]]
            wanted = list(zip(path, key))
            if all(kinds.members[kind][0][column] == code for column, code in wanted if column in kinds.columns):
                open_ = [(column, code) for column, code in wanted if column not in kinds.columns]
                found += self.split(whose, group, kind, open_)
        return found

    def split(self, whose, group, kind, wanted):
        if not wanted:
            return Counter({self.records(whose, group, kind): 1})
        (column, code), = wanted
        name = (whose, group, kind, column, code)
        if name not in self.names:
            kinds = self.of(group)
            above = self.rules.parent_column(group, column)
            codes = self.rules.codes(self.rules.list_of(group, column), kinds.members[kind][0][above] if above else None)
            parts = Counter({(whose, group, kind, column, each): 1 for each in codes})
            if name not in parts:
                return Counter()
            self.names |= set(parts)
            parts[self.records(whose, group, kind)] = -1
            self.fact(parts, 0 if kinds.must_have(kind, column) else None, 0, f"{whose}: codes of {column} add up")
        return Counter({name: 1})

    def flagged(self, whose, group, kind, column):
        kinds = self.of(group)
        all_ = self.records(whose, group, kind)
        if column in kinds.columns:
            return Counter({all_: 1} if kinds.members[kind][0][column] == "true" else {})
        name = (whose, group, kind, column, True)
        if name not in self.names:
            self.names.add(name)
            self.fact({name: 1, all_: -1}, None, 0, f"{whose}: {column} are some of the records")
        return Counter({name: 1})

    def located(self, whose, name, county):
        """The records in a county: of those that all maps show alike, any number can lie in it."""
        about = self.rules.maps[name]
        group = self.rules.group(about["of"])
        maps = [each for each in self.rules.maps.values() if self.rules.group(each["of"]) == group and each["through"] == about["through"]]
        shown = [set(self.of(group).meeting(self.rules.populations[each["of"]].get("where"))) for each in maps]
        own = set(self.of(group).meeting(self.rules.populations[about["of"]].get("where")))
        alike = {}
        for kind in own:
            alike.setdefault(tuple(kind in kinds for kinds in shown), []).append(kind)
        found = Counter()
        for sign, kinds in alike.items():
            place = (whose, group, sign, about["through"], county)
            if place not in self.names:
                self.names.add(place)
                records = {self.records(whose, group, kind): -1 for kind in kinds}
                self.fact({place: 1, **records}, None, 0, f"{whose}: those in {county} are some of the records")
            found[place] += 1
        return found
