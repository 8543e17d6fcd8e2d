//! The order in which further rows are hidden.
//!
//! Never "the smallest": a reader who knows this program would learn from that choice. First come the rows that the spec names,
//! then the others by a keyed hash of what is counted: the records, the column, the row, the report and the period. So the order
//! tells nothing about the counts, and two tables of the same rows hide the same ones, whatever they are called.

use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher24};

use crate::report_spec::{JurisdictionId, Rule, Source, Spec, Table, Test};

/// The rank of a row for being hidden; the lowest goes first.
pub(super) type Priority = (usize, u128);

/// Ranks a row for being hidden, by the column that it is a code of, the codes above its own, and its own.
pub(super) fn priority(
    spec: &Spec,
    jurisdiction: JurisdictionId,
    table: &Table,
    rule: &Rule,
    (column, codes): (&str, &[&str]),
) -> Priority {
    let population = &spec.populations[table.population];
    let source = &spec.sources[population.source];
    let mut hasher = SipHasher24::new_with_key(&spec.protection.key);
    let mut write = |part: &str| {
        hasher.write_usize(part.len());
        hasher.write(part.as_bytes());
    };
    write(&spec.jurisdictions[jurisdiction].code);
    write(&spec.period.0.to_string());
    write(&spec.period.1.to_string());
    write(&source.name);
    write(&source.columns[population.jurisdiction].name);
    for test in population.filter.iter().chain(&table.filter) {
        write_test(source, test, &mut write);
    }
    write(column);
    for code in codes {
        write(code);
    }
    let own = codes.last().copied().unwrap_or_default();
    let named = rule.hide_first.iter().position(|code| code == own);
    (named.unwrap_or(rule.hide_first.len()), hasher.finish128().as_u128())
}

/// Writes a condition part by part; two that are written alike are the same.
fn write_test(source: &Source, test: &Test, write: &mut impl FnMut(&str)) {
    match test {
        Test::In { column, values } => {
            write("in");
            write(&source.columns[*column].name);
            write(&values.len().to_string());
            for value in values {
                write(&value.to_string());
            }
        }
        Test::Between { column, from, to } => {
            write("between");
            [source.columns[*column].name.as_str(), &from.to_string(), &to.to_string()].into_iter().for_each(write);
        }
        Test::All(tests) | Test::Any(tests) => {
            write(if matches!(test, Test::All(_)) { "all" } else { "any" });
            write(&tests.len().to_string());
            for test in tests {
                write_test(source, test, write);
            }
        }
        Test::Not(test) => {
            write("not");
            write_test(source, test, write);
        }
    }
}
