//! Names of tables, which name sheets of the package.

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::diag::{Finding, Findings, code};
use crate::report_spec::{Spec, Table};

use super::sheet::resource_name;

/// Most bytes of a table's name, which is that of a file with an ending.
const MOST_OF_A_NAME: usize = 200;

/// Refuses tables whose sheets in the data package of a release would have one name.
///
/// # Errors
/// Names each such table, and each that cannot name a file.
pub fn must_have_sheets(spec: &Spec) -> Result<(), Findings> {
    let tables = spec.tables.iter().map(|table| table.name.as_str());
    let same = same_sheets(tables).into_iter().map(|(name, other)| same_sheet(spec, name, other));
    let is_unfit = |table: &&Table| table.name.trim().is_empty() || table.name.len() > MOST_OF_A_NAME;
    let findings: Findings = same.chain(spec.tables.iter().filter(is_unfit).map(unfit)).collect();
    if findings.has_errors() { Err(findings) } else { Ok(()) }
}

fn same_sheet(spec: &Spec, name: &str, other: Option<&str>) -> Finding {
    let message = match other {
        Some(other) => {
            format!("the tables `{name}` and `{other}` would have one sheet in the data package of a release")
        }
        None => format!("the table `{name}` would have the name of another sheet in the data package of a release"),
    };
    let place =
        spec.tables.iter().find(|table| table.name == name).and_then(|table| table.columns.first()?.1.place.clone());
    let help = "give the table a name that differs in letters or digits".to_owned();
    Finding::error(code::release::SAME_SHEET, message).at(place).help(help)
}

fn unfit(table: &Table) -> Finding {
    let message = format!("the table `{}` cannot name a file", table.name);
    let place = table.columns.first().and_then(|(_, head)| head.place.clone());
    let help = format!("a name has at least a letter, and at most {MOST_OF_A_NAME} bytes");
    Finding::error(code::release::SAME_SHEET, message).at(place).help(help)
}

/// Finds tables whose sheets would have a name that is taken: each with the table that has it, or none where it is a sheet of
/// the package's own.
fn same_sheets<'a>(tables: impl Iterator<Item = &'a str>) -> Vec<(&'a str, Option<&'a str>)> {
    let mut names: IndexMap<String, Option<&str>> = ["counters", "counties"].map(|name| (name.to_owned(), None)).into();
    let mut same = Vec::new();
    for table in tables {
        match names.entry(resource_name(table)) {
            Entry::Occupied(other) => same.push((table, *other.get())),
            Entry::Vacant(free) => {
                free.insert(Some(table));
            }
        }
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_signs_alone_have_one_sheet() {
        let same = same_sheets(["home town", "Home-Town", "venue", "counties"].into_iter());
        assert_eq!(same, [("Home-Town", Some("home town")), ("counties", None)]);
    }
}
