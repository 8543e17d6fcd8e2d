//! Everything that decides what is hidden, in one form of its own: a digest of it is compared over years, and must not
//! depend on how the program is written.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report_spec::{
    Accept, AcceptedRows, CodeId, CodeList, DisclosurePolicy, FigureRule, Guard, HiddenWords, Map, Override, Rows,
    Rule, RuleKind, Spec, Table,
};
use crate::unit::{ContentKey, Digest};

/// The rules of small counts of an edition.
#[derive(Serialize)]
struct Policy<'a> {
    policy: DisclosurePolicy,
    insider: bool,
    /// Words for a table that is left out.
    withheld: Option<&'a str>,
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
    neutral_note: Option<&'a str>,
    hide_first: &'a [String],
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
    rows: Option<&'a AcceptedRows>,
    reason: &'a str,
}

/// Returns the digest of the rules under the edition's key, which decides what is hidden as well; none without a key. A plain
/// digest would tell whoever tries all rows which one was hidden by judgement.
pub(super) fn digest(spec: &Spec) -> Option<Digest> {
    let key = spec.data_key.as_ref()?;
    Some(policy(spec).keyed_digest(key.bytes()))
}

impl ContentKey for Policy<'_> {
    const FORM: &'static str = "platen policy 3";
}

fn policy(spec: &Spec) -> Policy<'_> {
    let HiddenWords { threshold, hide_zero, prose, counter, cells, neutral, percent } = &spec.hidden;
    let tables = spec.tables.iter().map(|entry| (entry.name.as_str(), table(spec, entry)));
    let counters = spec.counters.iter();
    let maps = spec.maps.iter().map(|entry| (entry.name.as_str(), map(entry)));
    Policy {
        policy: spec.protection.policy,
        insider: spec.protection.insider,
        withheld: spec.protection.withheld.as_ref().map(|words| words.text.as_str()),
        threshold: *threshold,
        hide_zero: *hide_zero,
        words: Words { prose, counter, cells, neutral, percent },
        tables: tables.collect(),
        counters: counters
            .map(|row| (row.name.as_str(), row.counters.iter().map(|counter| counter.rule).collect()))
            .collect(),
        populations: spec.populations.iter().map(|population| (population.name.as_str(), population.rule)).collect(),
        maps: maps.collect(),
        overrides: spec.protection.overrides.iter().map(|rule| by_judgement(spec, rule)).collect(),
        accept: spec
            .protection
            .accept
            .iter()
            .map(|Accept { kind, figure, rows, reason, place: _ }| AcceptPolicy {
                code: kind.code().text(),
                figure,
                rows: rows.as_ref(),
                reason,
            })
            .collect(),
    }
}

// What each has is named, so that nobody adds a field without asking whether it hides or shows something.

fn table<'a>(spec: &'a Spec, table: &'a Table) -> TablePolicy<'a> {
    let Table {
        base,
        keep_zero,
        total,
        rule: own,
        parents,
        name: _,
        population: _,
        filter: _,
        rows: _,
        columns: _,
        order: _,
    } = table;
    TablePolicy {
        rule: rule(own),
        parents: parents.as_ref().map(rule),
        keep_zero: *keep_zero,
        total: total.as_ref().is_some_and(|total| total.count),
        base: base.map(|base| spec.populations[base].name.as_str()),
    }
}

fn map(map: &Map) -> MapPolicy {
    let Map {
        threshold,
        classes,
        name: _,
        population: _,
        through: _,
        boundaries: _,
        vintage: _,
        unshaded: _,
        legend: _,
        size_pt: _,
        ppi: _,
        font: _,
        alternative: _,
        outside: _,
        tolerance: _,
    } = map;
    MapPolicy { threshold: *threshold, classes: classes.iter().map(|(from, _)| *from).collect() }
}

fn rule(rule: &Rule) -> RulePolicy<'_> {
    let Rule { kind, threshold, hide_zero, merged, guard, note, neutral_note, hide_first } = rule;
    RulePolicy {
        kind: *kind,
        threshold: *threshold,
        hide_zero: *hide_zero,
        guard: *guard,
        note: note.as_deref(),
        neutral_note: neutral_note.as_deref(),
        hide_first,
        merged: merged.iter().map(|label| label.text.as_str()).collect(),
    }
}

fn by_judgement<'a>(spec: &'a Spec, judgement: &'a Override) -> OverridePolicy<'a> {
    let Override { table, row, jurisdictions, reason } = judgement;
    let table = &spec.tables[*table];
    let code = |list: &'a CodeList, id: CodeId| list.codes[id].code.as_str();
    let (upper, lower) = row;
    let mut row = vec![code(&spec.lists[table.rows.list()], *upper)];
    if let (Rows::Tree { child_list, .. }, Some(child)) = (&table.rows, lower) {
        row.push(code(&spec.lists[*child_list], *child));
    }
    let jurisdictions = jurisdictions.iter().map(|at| spec.jurisdictions[*at].code.as_str());
    OverridePolicy { table: &table.name, row, jurisdictions: jurisdictions.collect(), reason }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use crate::diag::Sources;
    use crate::report_spec::{self, JurisdictionId, Places, PopulationId};

    use super::*;

    /// The sample, with a key and a category hidden by judgement.
    fn sample() -> Spec {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/nhth-2016.yaml");
        let mut spec = report_spec::load(&path, &Places::default(), &mut Sources::default()).unwrap();
        spec.data_key = Some(Digest::of(b"a key"));
        let tree = spec.tables.position(|table| matches!(table.rows, Rows::Tree { .. })).unwrap();
        let judgement = Override {
            table: tree,
            row: (CodeId::from(0), Some(CodeId::from(0))),
            jurisdictions: BTreeSet::from([JurisdictionId::from(0)]),
            reason: "why".into(),
        };
        spec.protection.overrides.push(judgement);
        spec.hidden.cells.insert(3, "Under 3".into());
        spec
    }

    type Change = fn(&mut Spec);

    /// Changes of all that decides what is hidden or shown, each by itself.
    const CHANGES: &[(&str, Change)] = &[
        ("the key", |spec| spec.data_key = Some(Digest::of(b"another key"))),
        ("threshold", |spec| spec.hidden.threshold += 1),
        ("hide_zero", |spec| spec.hidden.hide_zero ^= true),
        ("words in prose", |spec| spec.hidden.prose.push('x')),
        ("words of a counter", |spec| spec.hidden.counter.push('x')),
        ("words of cells", |spec| drop(spec.hidden.cells.insert(3, "Below 3".into()))),
        ("neutral words", |spec| spec.hidden.neutral.push('x')),
        ("words of a percent", |spec| spec.hidden.percent.push('x')),
        ("name of a table", |spec| spec.tables.raw[0].name.push('x')),
        ("keep_zero", |spec| spec.tables.raw[0].keep_zero ^= true),
        ("total", |spec| {
            let total = spec.tables.iter_mut().find_map(|table| table.total.as_mut()).unwrap();
            total.count ^= true;
        }),
        ("base", |spec| {
            let base = spec.tables.raw[0].base;
            spec.tables.raw[0].base = if base.is_some() { None } else { Some(PopulationId::from(0)) };
        }),
        ("kind of a rule", |spec| {
            let rule = &mut spec.tables.raw[0].rule;
            rule.kind = if rule.kind == RuleKind::Mask { RuleKind::Merge } else { RuleKind::Mask };
        }),
        ("threshold of a rule", |spec| spec.tables.raw[0].rule.threshold += 1),
        ("hide_zero of a rule", |spec| spec.tables.raw[0].rule.hide_zero ^= true),
        ("guard of a rule", |spec| {
            let rule = &mut spec.tables.raw[0].rule;
            rule.guard = if rule.guard == Guard::FullRange { Guard::AsPublished } else { Guard::FullRange };
        }),
        ("note of a rule", |spec| {
            let note = &mut spec.tables.raw[0].rule.note;
            *note = if note.is_some() { None } else { Some("note".into()) };
        }),
        ("neutral note of a rule", |spec| spec.tables.raw[0].rule.neutral_note = Some("note".into())),
        ("rows hidden first", |spec| spec.tables.raw[0].rule.hide_first.push("x".into())),
        ("policy", |spec| spec.protection.policy = DisclosurePolicy::Strict),
        ("insider", |spec| spec.protection.insider ^= true),
        ("words for a table that is left out", |spec| {
            spec.protection.withheld = Some(report_spec::Prose { text: "left out".into(), place: None });
        }),
        ("merged row", |spec| {
            let merged = spec.tables.iter_mut().find_map(|table| table.rule.merged.first_mut()).unwrap();
            merged.text.push('x');
        }),
        ("rule of parents", |spec| {
            let parents = spec.tables.iter_mut().find_map(|table| table.parents.as_mut()).unwrap();
            parents.threshold += 1;
        }),
        ("no rule of parents", |spec| spec.tables.iter_mut().for_each(|table| table.parents = None)),
        ("rule of a counter", |spec| turn(&mut spec.counters.raw[0].counters[0].rule)),
        ("rule of a total", |spec| turn(&mut spec.populations.raw[0].rule)),
        ("threshold of a map", |spec| spec.maps.raw[0].threshold += 1),
        ("class of a map", |spec| spec.maps.raw[0].classes.raw[0].0 += 1),
        ("table of an override", |spec| spec.tables[spec.protection.overrides[0].table].name.push('x')),
        ("row of an override", |spec| spec.protection.overrides[0].row.0 = CodeId::from(1)),
        ("lower row of an override", |spec| spec.protection.overrides[0].row.1 = Some(CodeId::from(1))),
        ("no lower row of an override", |spec| spec.protection.overrides[0].row.1 = None),
        ("places of an override", |spec| {
            _ = spec.protection.overrides[0].jurisdictions.insert(JurisdictionId::from(1));
        }),
        ("reason of an override", |spec| spec.protection.overrides[0].reason.push('x')),
        ("no override", |spec| spec.protection.overrides.clear()),
        ("kind of what is accepted", |spec| spec.protection.accept[0].kind = report_spec::DisclosureKind::EditionTells),
        ("figure of what is accepted", |spec| spec.protection.accept[0].figure.push('x')),
        ("rows of what is accepted", |spec| spec.protection.accept[0].rows = None),
        ("reason of what is accepted", |spec| spec.protection.accept[0].reason.push('x')),
    ];

    fn turn(rule: &mut FigureRule) {
        *rule = if *rule == FigureRule::Show { FigureRule::Mask } else { FigureRule::Show };
    }

    #[test]
    fn each_field_that_hides_or_shows_changes_the_digest() {
        let mut seen = BTreeSet::from([digest(&sample())]);
        for (what, change) in CHANGES {
            let mut spec = sample();
            change(&mut spec);
            assert!(seen.insert(digest(&spec)), "{what}");
        }
        assert_eq!(digest(&sample()), digest(&sample()));
    }

    #[test]
    fn without_a_key_there_is_no_digest() {
        let mut spec = sample();
        spec.data_key = None;
        assert_eq!(digest(&spec), None);
    }
}
