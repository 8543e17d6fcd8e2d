"""What a reader who has read the program concludes from which rows are hidden together.

Small rows are hidden first. As long as the hidden rows would not leave each other every small count, one that is not small joins them:
first those that the spec names, then the others in an order that only a key tells. So of the rows that are hidden at last, those that
joined can be put in an order in which the rows before each of them were not enough.
"""

from dataclasses import dataclass

# Of more rows together nearly every order is possible, and none is looked at.
MOST_ROWS = 9


@dataclass
class Together:
    """Rows that are hidden together, and those that are printed beside them."""

    rules: object
    table: str
    protection: object
    rows: list
    shown: list

    def __post_init__(self):
        self.names = [name for _, terms in self.rows for name in terms]

    def zero_is_hidden(self):
        return self.protection.hides_zero or self.protection.kind == "merge"

    def is_enough(self, rows, total):
        """Says whether rows with this sum leave each other every small count, while others are still printed."""
        threshold, least = self.protection.threshold, 0 if self.zero_is_hidden() else 1
        hides_zero_alone = self.rules.is_strict and self.protection.hides_zero
        if rows < 3 - least or total < threshold + hides_zero_alone or threshold <= 1 + least:
            return False
        all_small = threshold - 2 + least * (rows - 1) < total <= (threshold - 1) * (rows - 1) + least
        return all_small or total > (threshold - 1) * rows

    def rank(self, key):
        order = self.protection.hide_first
        return order.index(key[-1]) if key[-1] in order else len(order)

    def add_to(self, model, number, most):
        """Adds to a model that the rows came to be hidden together. `number` makes a sum of the model from terms, at most `most`."""
        size = len(self.rows)
        if size > MOST_ROWS or len(self.names) == 0:
            return
        threshold = self.protection.threshold
        counts = [number(terms) for _, terms in self.rows]
        small = [model.new_bool_var("") for _ in counts]
        first = [model.new_bool_var("") for _ in counts]
        # A row above others can be hidden for those below it, whatever it counts.
        is_free = "then" in self.rules.tables[self.table]["rows"]
        for place, count in enumerate(counts):
            model.add(count < threshold).only_enforce_if(small[place])
            model.add(count >= threshold).only_enforce_if(~small[place])
            model.add_implication(small[place], first[place])
            if not is_free:
                model.add_implication(first[place], small[place])
                beaten = any(self.rank((code,)) < self.rank(self.rows[place][0]) for code in self.shown)
                if beaten:
                    model.add(small[place] == 1)
        if not (self.rules.is_strict and self.protection.hides_zero):
            self.one_counts(model, counts, first)
        self.joined_one_by_one(model, counts, first, most)

    def one_counts(self, model, counts, first):
        """Zeros alone hide nothing: one of the first rows counts something."""
        counting = []
        for count, is_first in zip(counts, first):
            counts_something = model.new_bool_var("")
            model.add(count >= 1).only_enforce_if(counts_something)
            model.add_implication(counts_something, is_first)
            counting.append(counts_something)
        model.add_bool_or(counting)

    def joined_one_by_one(self, model, counts, first, most):
        size = len(counts)
        started = sum(first)
        model.add(started >= 1)
        before = [0] * size
        for rows in range(1, size):
            inside = [model.new_bool_var("") for _ in counts]
            is_step = model.new_bool_var("")
            model.add(started <= rows).only_enforce_if(is_step)
            model.add(started > rows).only_enforce_if(~is_step)
            model.add(sum(inside) == rows)
            shares = []
            for place, count in enumerate(counts):
                model.add(inside[place] >= before[place])
                model.add(inside[place] >= first[place]).only_enforce_if(is_step)
                share = model.new_int_var(0, most, "")
                model.add(share == count).only_enforce_if(inside[place])
                model.add(share == 0).only_enforce_if(~inside[place])
                shares.append(share)
            self.named_ones_join_first(model, inside, first, is_step)
            self.not_enough(model, rows, sum(shares), is_step)
            before = inside

    def named_ones_join_first(self, model, inside, first, is_step):
        ranks = [self.rank(key) for key, _ in self.rows]
        for one, own in enumerate(ranks):
            for other, later in enumerate(ranks):
                if own < later:
                    model.add(inside[other] <= inside[one]).only_enforce_if(is_step, ~first[other])

    def not_enough(self, model, rows, total, is_step):
        """While rows were still to join, those before were not enough: their sum is one of these."""
        last = (self.protection.threshold - 1) * rows
        open_ = [number for number in range(last + 1) if not self.is_enough(rows, number)]
        if not self.is_enough(rows, last + 1):
            return
        choices = []
        for number in open_:
            choice = model.new_bool_var("")
            model.add(total == number).only_enforce_if(choice)
            choices.append(choice)
        model.add_bool_or([*choices, ~is_step])
