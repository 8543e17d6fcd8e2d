#!/usr/bin/env python3
"""What can a reader of a release tell of the counts that it hides?

    python tests/python/attack RELEASE SPEC [RELEASE SPEC ...] [--aware] [--insider]

The reader has the released files and the spec, which is public, and no record; they share no code with platen, and reason for
themselves. `--aware`: the reader knows how the program chooses the rows that it hides together, and lacks the key. `--insider`: the
reader knows of one case in each hidden count. Prints a line of JSON for each release: every hidden count with what it can still be
(`more`: the threshold or above), and which of them are exact or narrowed; `unless_large` holds those that are narrowed if they are
small at all. Exit status 0 if nothing is told, 1 if something is, 2 if what is printed contradicts itself.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from facts import Facts
from page import reports
from records import Unknowns
from rules import Rules
from solve import Contradiction, attack


def verdict(cell, seen, is_insider):
    """What is told of a hidden figure, where something is."""
    if is_insider:
        seen = seen - {0}
    needed = set(cell.small) - ({0} if is_insider else set())
    small = {count for count in seen if count is not None}
    if needed <= small or not small:
        return None
    if None in seen:
        return "unless_large"
    return "exact" if len(small) == 1 and (not is_insider or len(needed) > 1) else "narrowed"


def described(cell, seen):
    small = sorted(count for count in seen if count is not None)
    place = {"jurisdiction": cell.whose, "table": cell.table, "row": cell.row, "column": "count"}
    return {**place, "possible": small, "more": None in seen, "threshold": cell.small[-1] + 1}


def attacked(release, spec, options):
    rules = Rules(spec)
    printed, compared = reports(release)
    facts = Facts(rules, Unknowns(rules), printed)
    possible = attack(facts.unknowns.facts, facts.hidden, facts.together if options.aware else [])
    found = {"spec": str(spec), "reports": len(printed), "compared": compared, "exact": [], "narrowed": [], "unless_large": [], "hidden": []}
    for cell, seen in zip(facts.hidden, possible):
        found["hidden"].append(described(cell, seen))
        told = verdict(cell, seen, False) or (verdict(cell, seen, True) if options.insider else None)
        if told:
            found[told].append(described(cell, seen))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", metavar="RELEASE SPEC", type=Path, nargs="+")
    parser.add_argument("--aware", action="store_true")
    parser.add_argument("--insider", action="store_true")
    options = parser.parse_args()
    is_told = False
    for release, spec in zip(options.pairs[::2], options.pairs[1::2], strict=True):
        try:
            found = attacked(release, spec, options)
        except Contradiction as told:
            print(f"{release}: {told}", file=sys.stderr)
            sys.exit(2)
        print(json.dumps(found))
        is_told |= bool(found["exact"] or found["narrowed"])
    sys.exit(1 if is_told else 0)


main()
