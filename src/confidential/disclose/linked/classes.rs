//! Classes of records: those that no condition of an edition tells apart.
//!
//! A reader knows the conditions under which figures count. Two figures are linked where a record may count to both, and how they
//! are linked follows from the classes alone: a figure is the sum of the classes for which its condition holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::report_spec::{CodeId, ColumnId, ColumnType, JurisdictionId, Source, Spec, Test, TiSlice, TiVec, ids};

/// So many combinations of values are looked at before a source's conditions are too many.
const COMBINATIONS: usize = 200_000;

ids! {
    /// A condition, among those of a group.
    ConditionId,
}

/// A class of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Class {
    /// For each condition, whether its records meet it.
    pub meets: TiVec<ConditionId, bool>,
    /// For each column that is told apart by its values, the value.
    pub values: BTreeMap<ColumnId, u32>,
}

/// What classes are made for.
pub(super) struct Asked<'a> {
    pub spec: &'a Spec,
    pub source: &'a Source,
    /// The conditions; each holds where all of its tests do.
    pub conditions: &'a TiSlice<ConditionId, Vec<&'a Test>>,
    /// Columns whose values are told apart one by one.
    pub apart: &'a BTreeSet<ColumnId>,
}

impl Asked<'_> {
    /// Lists the classes that some condition holds for; nothing where there are too many combinations to look at.
    pub(super) fn classes(&self) -> Option<Vec<Class>> {
        let mut columns = self.apart.clone();
        self.conditions.iter().flatten().for_each(|test| columns_of(test, &mut columns));
        let columns: Vec<(ColumnId, Vec<u32>)> =
            columns.into_iter().map(|column| (column, self.representatives(column))).collect();
        let combinations = columns.iter().try_fold(1usize, |all, (_, values)| all.checked_mul(values.len()))?;
        if combinations > COMBINATIONS {
            return None;
        }
        let mut classes: Vec<Class> = Vec::new();
        for number in 0..combinations {
            let record = combination(&columns, number);
            if !self.can_occur(&record) {
                continue;
            }
            let meets: TiVec<ConditionId, bool> =
                self.conditions.iter().map(|tests| tests.iter().all(|test| holds(test, &record))).collect();
            let values = record.into_iter().filter(|(column, _)| self.apart.contains(column)).collect();
            let class = Class { meets, values };
            if class.meets.contains(&true) && !classes.contains(&class) {
                classes.push(class);
            }
        }
        Some(classes)
    }

    /// One value for each set of values that no condition tells apart.
    fn representatives(&self, column: ColumnId) -> Vec<u32> {
        let mut tests = Vec::new();
        self.conditions.iter().flatten().for_each(|test| tests_of(test, column, &mut tests));
        let mut found: Vec<(Vec<bool>, u32)> = Vec::new();
        for value in self.domain(column, &tests) {
            let record = BTreeMap::from([(column, value)]);
            let signature: Vec<bool> = tests.iter().map(|test| holds(test, &record)).collect();
            if self.apart.contains(&column) || found.iter().all(|(other, _)| *other != signature) {
                found.push((signature, value));
            }
        }
        found.into_iter().map(|(_, value)| value).collect()
    }

    /// The values that a column may hold; of dates those beside which a condition changes.
    fn domain(&self, column: ColumnId, tests: &[&Test]) -> Vec<u32> {
        let Self { spec, source, .. } = self;
        let own = &source.columns[column];
        let mut values: BTreeSet<u32> = match own.kind {
            ColumnType::Code => own.list.map(|list| spec.lists[list].codes.keys().map(CodeId::number).collect()),
            ColumnType::Jurisdiction => Some(spec.jurisdictions.keys().map(JurisdictionId::number).collect()),
            ColumnType::Boolean => Some(BTreeSet::from([1, 2])),
            _ => None,
        }
        .unwrap_or_else(|| boundary_values(tests));
        if own.optional {
            values.insert(0);
        }
        values.into_iter().collect()
    }

    /// Tells whether the data contract lets a record have these values.
    fn can_occur(&self, record: &BTreeMap<ColumnId, u32>) -> bool {
        record.iter().all(|(column, value)| {
            let own = &self.source.columns[*column];
            let code = own.list.zip(CodeId::of_number(*value)).map(|(list, code)| &self.spec.lists[list].codes[code]);
            let parent = own.parent.and_then(|parent| Some((parent, record.get(&parent)?)));
            let fits = match (code, parent) {
                (Some(code), Some((parent, value))) => {
                    let list = self.source.columns[parent].list.zip(CodeId::of_number(*value));
                    let above = list.map(|(list, code)| self.spec.lists[list].codes[code].code.as_str());
                    code.parent.as_deref() == above
                }
                _ => true,
            };
            fits && (*value > 0 || !self.is_filled(*column, record))
        })
    }

    /// Tells whether a column cannot be empty in such a record, as far as its values show it.
    pub(super) fn is_filled(&self, column: ColumnId, record: &BTreeMap<ColumnId, u32>) -> bool {
        let own = &self.source.columns[column];
        let mut codes = own.list.iter().flat_map(|list| &self.spec.lists[*list].codes);
        if let Some(parent) = own.parent {
            // A code is missing only below a parent that has none.
            let list = self.source.columns[parent].list.zip(record.get(&parent).copied().and_then(CodeId::of_number));
            let parent = list.map(|(list, code)| self.spec.lists[list].codes[code].code.as_str());
            return codes.any(|code| code.parent.as_deref() == parent);
        }
        if !own.optional || codes.any(|code| code.code.is_empty()) {
            return true;
        }
        let Some(test) = &own.required_where else { return false };
        let mut columns = BTreeSet::new();
        columns_of(test, &mut columns);
        columns.iter().all(|column| record.contains_key(column)) && holds(test, record)
    }
}

fn combination(columns: &[(ColumnId, Vec<u32>)], mut number: usize) -> BTreeMap<ColumnId, u32> {
    let mut record = BTreeMap::new();
    for (column, values) in columns {
        record.insert(*column, values[number % values.len()]);
        number /= values.len();
    }
    record
}

/// The values at which a test on dates or numbers changes, and those beside them.
fn boundary_values(tests: &[&Test]) -> BTreeSet<u32> {
    let mut edges: Vec<u32> = Vec::new();
    for test in tests {
        match test {
            Test::In { values, .. } => edges.extend(values),
            Test::Between { from, to, .. } => edges.extend([from, to]),
            _ => {}
        }
    }
    let beside = edges.into_iter().flat_map(|edge| [edge.saturating_sub(1), edge, edge.saturating_add(1)]);
    beside.chain([1]).filter(|value| *value > 0).collect()
}

/// Adds the columns that a condition looks at.
pub(super) fn columns_of(test: &Test, columns: &mut BTreeSet<ColumnId>) {
    match test {
        Test::In { column, .. } | Test::Between { column, .. } => {
            columns.insert(*column);
        }
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| columns_of(test, columns)),
        Test::Not(test) => columns_of(test, columns),
    }
}

/// Adds the single tests on a column.
fn tests_of<'t>(test: &'t Test, column: ColumnId, found: &mut Vec<&'t Test>) {
    match test {
        Test::In { column: own, .. } | Test::Between { column: own, .. } if *own == column => found.push(test),
        Test::In { .. } | Test::Between { .. } => {}
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| tests_of(test, column, found)),
        Test::Not(test) => tests_of(test, column, found),
    }
}

/// Tells whether a condition holds for a record, of which all columns that it looks at are given.
fn holds(test: &Test, record: &BTreeMap<ColumnId, u32>) -> bool {
    match test {
        Test::In { column, values } => values.contains(&record[column]),
        Test::Between { column, from, to } => record[column] > 0 && (*from..=*to).contains(&record[column]),
        Test::All(tests) => tests.iter().all(|test| holds(test, record)),
        Test::Any(tests) => tests.iter().any(|test| holds(test, record)),
        Test::Not(test) => !holds(test, record),
    }
}
