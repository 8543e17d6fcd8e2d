//! Everything that decides what is hidden, in one form of its own: a digest of it is compared over years, and must not
//! depend on how the program is written.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::spec::{Accept, CodeList, FigureRule, Guard, HiddenWords, Override, Rows, Rule, RuleKind, Spec};
use crate::unit::Digest;

/// Name and version of the form; another form has other digests.
const FORM: &str = "platen policy 1";

/// The rules of small counts of an edition.
#[derive(Serialize)]
struct Policy<'a> {
    form: &'static str,
    threshold: u64,
    hide_zero: bool,
    words: Words<'a>,
    tables: BTreeMap<&'a str, TablePolicy<'a>>,
    counters: BTreeMap<&'a str, Vec<FigureRule>>,
    populations: BTreeMap<&'a str, FigureRule>,
    maps: BTreeMap<&'a str, MapPolicy>,
    overrides: Vec<OverridePolicy<'a>>,
    accept: Vec<AcceptPolicy<'a>>,
}

/// What stands for hidden figures.
#[derive(Serialize)]
struct Words<'a> {
    prose: &'a str,
    counter: &'a str,
    cells: &'a BTreeMap<u64, String>,
    neutral: &'a str,
    percent: &'a str,
}

#[derive(Serialize)]
struct TablePolicy<'a> {
    rule: RulePolicy<'a>,
    parents: Option<RulePolicy<'a>>,
    keep_zero: bool,
    /// The last row prints the table's total.
    total: bool,
    /// The population whose total is the base of percents, where it is not the table's own.
    base: Option<&'a str>,
}

#[derive(Serialize)]
struct RulePolicy<'a> {
    kind: RuleKind,
    threshold: u64,
    hide_zero: bool,
    guard: Guard,
    note: Option<&'a str>,
    merged: Vec<&'a str>,
}

#[derive(Serialize)]
struct MapPolicy {
    threshold: u64,
    /// The smallest count of each class.
    classes: Vec<u64>,
}

#[derive(Serialize)]
struct OverridePolicy<'a> {
    table: &'a str,
    row: Vec<&'a str>,
    jurisdictions: Vec<&'a str>,
    reason: &'a str,
}

#[derive(Serialize)]
struct AcceptPolicy<'a> {
    code: &'a str,
    figure: &'a str,
    reason: &'a str,
}

/// Returns the digest of the rules under the edition's key, which decides what is hidden as well; none without a key. A plain
/// digest would tell whoever tries all rows which one was hidden by judgement.
pub(super) fn digest(spec: &Spec) -> Option<Digest> {
    let key = spec.data_key.as_ref()?;
    Some(Digest::keyed(key.bytes(), &text(spec)))
}

fn text(spec: &Spec) -> Vec<u8> {
    let HiddenWords { threshold, hide_zero, prose, counter, cells, neutral, percent } = &spec.hidden;
    let tables = spec.tables.iter().map(|table| {
        let policy = TablePolicy {
            rule: rule(&table.rule),
            parents: table.parents.as_ref().map(rule),
            keep_zero: table.keep_zero,
            total: table.total.as_ref().is_some_and(|total| total.count),
            base: table.base.map(|base| spec.populations[base].name.as_str()),
        };
        (table.name.as_str(), policy)
    });
    let counters = spec.counters.iter();
    let maps = spec.maps.iter().map(|map| {
        let classes = map.classes.iter().map(|(from, _)| *from).collect();
        (map.name.as_str(), MapPolicy { threshold: map.threshold, classes })
    });
    let policy = Policy {
        form: FORM,
        threshold: *threshold,
        hide_zero: *hide_zero,
        words: Words { prose, counter, cells, neutral, percent },
        tables: tables.collect(),
        counters: counters.map(|row| (row.name.as_str(), row.counters.iter().map(|one| one.rule).collect())).collect(),
        populations: spec.populations.iter().map(|one| (one.name.as_str(), one.rule)).collect(),
        maps: maps.collect(),
        overrides: spec.overrides.iter().map(|one| by_judgement(spec, one)).collect(),
        accept: spec
            .accept
            .iter()
            .map(|Accept { code, figure, reason }| AcceptPolicy { code, figure, reason })
            .collect(),
    };
    serde_json::to_vec(&policy).expect("a policy holds only text, numbers and lists")
}

fn rule(rule: &Rule) -> RulePolicy<'_> {
    let Rule { kind, threshold, hide_zero, merged, guard, note } = rule;
    RulePolicy {
        kind: *kind,
        threshold: *threshold,
        hide_zero: *hide_zero,
        guard: *guard,
        note: note.as_deref(),
        merged: merged.iter().map(|label| label.text.as_str()).collect(),
    }
}

fn by_judgement<'a>(spec: &'a Spec, one: &'a Override) -> OverridePolicy<'a> {
    let table = &spec.tables[one.table];
    let code = |list: &'a CodeList, at: usize| list.codes[at].code.as_str();
    let mut row = vec![code(&spec.lists[table.rows.list()], one.row.0)];
    if let (Rows::Tree { child_list, .. }, Some(child)) = (&table.rows, one.row.1) {
        row.push(code(&spec.lists[*child_list], child));
    }
    let jurisdictions = one.jurisdictions.iter().map(|at| spec.jurisdictions[*at].code.as_str());
    OverridePolicy { table: &table.name, row, jurisdictions: jurisdictions.collect(), reason: &one.reason }
}
