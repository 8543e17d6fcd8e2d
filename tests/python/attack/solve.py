"""Which counts are still possible: looked for by CP-SAT, in whole numbers."""

from collections import defaultdict

from ortools.sat.python import cp_model

NO_LEAST, NO_MOST = -(10**12), 10**12

# Models are small and many: what prepares large ones costs more than it saves.
QUICK = {
    "num_workers": 1,
    "random_seed": 1,
    "linearization_level": 0,
    "cp_model_probing_level": 0,
    "symmetry_level": 0,
    "max_presolve_iterations": 1,
}

class Contradiction(Exception):
    """No numbers at all agree with what is printed: the reader has misunderstood something."""


def parts(facts, hidden, together):
    """Splits what has nothing to do with each other."""
    above = {}

    def find(name):
        above.setdefault(name, name)
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    linked = [list(terms) for terms, *_ in facts] + [list(cell.terms) for cell in hidden] + [rows.names for rows in together]
    for names in linked:
        for name in names[1:]:
            above[find(name)] = find(names[0])
    split = defaultdict(lambda: ([], [], []))
    for which, items, names in ((0, facts, lambda fact: fact[0]), (1, hidden, lambda cell: cell.terms), (2, together, lambda rows: rows.names)):
        for item in items:
            for name in names(item):
                split[find(name)][which].append(item)
                break
    return [part for part in split.values() if part[1]]


class Part:
    """The unknowns of one part, and which of its hidden figures can be what."""

    def __init__(self, facts, hidden, together):
        self.small = {}
        for cell in hidden:
            self.small[sum_of(cell)] = max(cell.small[-1], self.small.get(sum_of(cell), 0))
        self.model = cp_model.CpModel()
        self.numbers = {}
        # Nothing is more than all that is printed, with room for what is not.
        self.most = 100 + sum(most or least or 0 for _, least, most, _ in facts)
        for terms, least, most, _ in facts:
            bounds = NO_LEAST if least is None else least, NO_MOST if most is None else most
            self.model.add_linear_constraint(self.number(terms), *bounds)
        for rows in together:
            rows.add_to(self.model, self.number, self.most)
        self.seen = {sum_: set() for sum_ in self.small}
        self.solver = cp_model.CpSolver()
        for name, value in QUICK.items():
            setattr(self.solver.parameters, name, value)

    def number(self, terms):
        for name in terms:
            if name not in self.numbers:
                self.numbers[name] = self.model.new_int_var(0, self.most, "")
        return sum(factor * self.numbers[name] for name, factor in terms.items())

    def attack(self):
        """Finds for each sum its possible small counts, and `None` where it can be more."""
        wanted = {}
        for sum_, last in self.small.items():
            total = self.number(dict(sum_))
            for value in (*range(last + 1), None):
                met = self.model.new_bool_var("")
                if value is None:
                    self.model.add(total > last).only_enforce_if(met)
                else:
                    self.model.add(total == value).only_enforce_if(met)
                wanted[sum_, value] = met
        while wanted and self.look(wanted):
            pass
        if not any(self.seen.values()):
            raise Contradiction("no numbers agree with what is printed")
        return self.seen

    def look(self, wanted):
        """Finds numbers that show many of the wanted counts at once; false where none show any of them."""
        self.model.maximize(sum(wanted.values()))
        if self.solved(self.model, 0.02) and self.learn(wanted):
            return True
        any_ = self.model.clone()
        any_.clear_objective()
        any_.add_bool_or([any_.get_bool_var_from_proto_index(met.index) for met in wanted.values()])
        return self.solved(any_, 60) and self.learn(wanted)

    def solved(self, model, effort):
        self.solver.parameters.max_deterministic_time = effort
        self.status = self.solver.solve(model)
        if self.status == cp_model.MODEL_INVALID or (self.status == cp_model.UNKNOWN and effort > 1):
            raise SystemExit("undecided: the search took too long")
        return self.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    def learn(self, wanted):
        before = len(wanted)
        values = {name: self.solver.value(number) for name, number in self.numbers.items()}
        for sum_, last in self.small.items():
            count = sum(factor * values[name] for name, factor in sum_)
            found = count if count <= last else None
            self.seen[sum_].add(found)
            wanted.pop((sum_, found), None)
        return len(wanted) < before


def sum_of(cell):
    """What adds up to a hidden figure: the same for figures that are the same."""
    return tuple(sorted(cell.terms.items(), key=str))


def attack(facts, hidden, together):
    """The possible counts of every hidden figure, in the order of `hidden`."""
    seen = {(): {0}}
    for part in parts(facts, hidden, together):
        seen.update(Part(*part).attack())
    return [seen[sum_of(cell)] for cell in hidden]
