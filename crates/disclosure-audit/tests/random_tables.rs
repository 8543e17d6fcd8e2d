//! Random linked tables: verdicts, intervals and numbers of tables equal those of plain enumeration.

use disclosure_audit::{
    Candidate, Cell, Fact, Model, Promise, Relation, Report, Settings, Status, Verdict, audit, check_worlds,
    count_tables, derive, fixed_small_sums, suppress,
};
use proptest::prelude::*;

/// A fact before its constant is known: terms, and 0 for equal, 1 for at least, 2 for at most with so much slack.
type Shape = (Vec<(usize, i64)>, u8, i64);

/// Cells (value, how hidden, width of the label) and facts that hold for the values.
fn linked() -> impl Strategy<Value = Model> {
    let cell = (0i64..5, 0u8..4, 0i64..3);
    let coefficient = prop_oneof![5 => Just(1i64), 5 => Just(-1i64), 1 => Just(2i64), 1 => Just(-3i64)];
    (prop::collection::vec(cell, 3..8), 1i64..4).prop_flat_map(move |(cells, threshold)| {
        let term = (0..cells.len(), coefficient.clone());
        let fact =
            (prop::collection::vec(term, 2..5), prop_oneof![4 => Just(0u8), 1 => Just(1), 1 => Just(2)], 0i64..3);
        let facts = prop::collection::vec(fact, 1..5);
        facts.prop_map(move |facts| model(&cells, &facts, threshold))
    })
}

/// Two-way tables with margins, which are networks.
fn two_way() -> impl Strategy<Value = Model> {
    (2usize..4, 2usize..4).prop_flat_map(|(rows, columns)| {
        prop::collection::vec((0i64..5, 0u8..4, 0i64..3), rows * columns).prop_map(move |mut cells| {
            let mut facts: Vec<Shape> = Vec::new();
            let lines = (0..rows).map(|row| (0..columns).map(|column| row * columns + column).collect::<Vec<_>>());
            let lines = lines.chain((0..columns).map(|column| (0..rows).map(|row| row * columns + column).collect()));
            for line in lines.collect::<Vec<_>>() {
                let total = line.iter().map(|&cell| cells[cell].0).sum();
                cells.push((total, 0, 0));
                let mut terms: Vec<_> = line.into_iter().map(|cell| (cell, 1)).collect();
                terms.push((cells.len() - 1, -1));
                facts.push((terms, 0, 0));
            }
            model(&cells, &facts, 3)
        })
    })
}

fn model(cells: &[(i64, u8, i64)], facts: &[Shape], threshold: i64) -> Model {
    let mut model = Model::new(threshold).unwrap();
    for (number, &(value, how, width)) in cells.iter().enumerate() {
        let id = format!("c{number}");
        let label = |cell: Cell| cell.within((value - width).max(0), Some(value + width + 1));
        model
            .add_cell(match how {
                0 => Cell::published(id, value),
                1 => label(Cell::hidden(id, Some(value), Status::Secondary)),
                _ => label(Cell::hidden(id, Some(value), Status::Primary)),
            })
            .unwrap();
    }
    for (number, (terms, how, slack)) in facts.iter().enumerate() {
        let sum: i64 = terms.iter().map(|&(cell, coefficient)| coefficient * cells[cell].0).sum();
        let (relation, constant) = match how {
            0 => (Relation::Equal, sum),
            1 => (Relation::AtLeast, sum - slack),
            _ => (Relation::AtMost, sum + slack),
        };
        let terms = terms.clone();
        model.add_fact(Fact { id: format!("f{number}"), place: String::new(), terms, relation, constant }).unwrap();
    }
    model
}

/// All tables, by trying every count that the labels allow.
fn enumerate(model: &Model) -> Vec<Vec<i64>> {
    let mut tables = vec![Vec::new()];
    for cell in model.cells() {
        let counts = match cell.status {
            Status::Published => cell.value.unwrap()..=cell.value.unwrap(),
            _ => cell.lower..=cell.upper.unwrap(),
        };
        tables = tables
            .into_iter()
            .flat_map(|table: Vec<i64>| counts.clone().map(move |count| [table.clone(), vec![count]].concat()))
            .collect();
    }
    tables.retain(|table| {
        model.facts().iter().all(|fact| {
            let sum: i64 = fact.terms.iter().map(|&(cell, coefficient)| coefficient * table[cell]).sum();
            match fact.relation {
                Relation::Equal => sum == fact.constant,
                Relation::AtLeast => sum >= fact.constant,
                Relation::AtMost => sum <= fact.constant,
            }
        })
    });
    tables
}

fn width(model: &Model) -> f64 {
    let hidden = model.cells().iter().filter(|cell| cell.is_hidden());
    hidden.map(|cell| (cell.upper.unwrap() - cell.lower + 1) as f64).product()
}

fn compare(model: &Model) -> Result<(), TestCaseError> {
    let tables = enumerate(model);
    for intervals in [true, false] {
        let report = audit(model, &Settings { intervals, ..Settings::default() }).unwrap();
        for found in &report.cells {
            let cell = &model.cells()[found.cell];
            let mut values: Vec<i64> = tables.iter().map(|table| table[found.cell]).collect();
            values.sort_unstable();
            values.dedup();
            let small: Vec<i64> = values.iter().copied().filter(|value| *value < model.threshold()).collect();
            let (first, last) = (values[0], values[values.len() - 1]);
            if intervals {
                prop_assert_eq!((found.lower, found.upper), (first, Some(last)), "{}", &cell.id);
                prop_assert_eq!(&found.small, &small, "{}", &cell.id);
            }
            let promised = (0..model.threshold()).filter(|value| cell.lower <= *value && *value <= cell.upper.unwrap());
            let verdict = match cell.status {
                Status::Primary if first == last => Some(Verdict::Exact),
                Status::Primary if promised.clone().all(|value| values.contains(&value)) => Some(Verdict::Full),
                Status::Primary => Some(Verdict::Narrowed),
                _ => None,
            };
            prop_assert_eq!(found.verdict, verdict, "{}", &cell.id);
            if intervals && matches!(verdict, Some(Verdict::Exact | Verdict::Narrowed)) {
                let told = first > cell.lower || last < cell.upper.unwrap() || values.len() as i64 <= last - first;
                let derivation = derive(model, found, &Settings::default()).unwrap();
                prop_assert!(derivation.is_some() || !told, "no derivation of {}", &cell.id);
            }
        }
        compare_sums(model, &tables, &report)?;
        let promise = if report.is_full() { Promise::FullRange } else { Promise::NoExact };
        if report.is_safe_from_exact() {
            prop_assert_eq!(check_worlds(model, &report.worlds, promise), Ok(()));
        }
    }
    prop_assert_eq!(count_tables(model, 1_000_000).unwrap(), Some(tables.len() as u64));
    Ok(())
}

/// The sums that are small and the same in all tables, by trying every choice of the primary cells that are not exact.
fn compare_sums(model: &Model, tables: &[Vec<i64>], report: &Report) -> Result<(), TestCaseError> {
    let is_open = |cell: &usize| tables.iter().any(|table| table[*cell] != tables[0][*cell]);
    let is_primary = |cell: &usize| model.cells()[*cell].status == Status::Primary;
    let cells: Vec<usize> = (0..model.cells().len()).filter(is_primary).filter(is_open).collect();
    let mut expected = Vec::new();
    for choice in 1usize..1 << cells.len() {
        let chosen = cells.iter().enumerate().filter(|(place, _)| choice >> place & 1 == 1);
        let parts: Vec<usize> = chosen.map(|(_, cell)| *cell).collect();
        let sum = |table: &Vec<i64>| parts.iter().map(|cell| table[*cell]).sum::<i64>();
        let first = sum(&tables[0]);
        if parts.len() > 1 && (1..model.threshold()).contains(&first) && tables.iter().all(|table| sum(table) == first)
        {
            expected.push((parts, first));
        }
    }
    let mut found = fixed_small_sums(model, &cells, &report.worlds, &Settings::default()).unwrap();
    found.sort();
    expected.sort();
    prop_assert_eq!(found, expected);
    Ok(())
}

/// Whatever can be kept by hiding every candidate is kept by the pattern that is found.
fn protect(model: &Model) -> Result<(), TestCaseError> {
    let candidates: Vec<Candidate> = (0..model.cells().len())
        .filter(|&cell| !model.cells()[cell].is_hidden())
        .map(|cell| Candidate { cell, cost: cell as u32 % 3 })
        .collect();
    let mut all = model.clone();
    for candidate in &candidates {
        all.hide(candidate.cell);
    }
    for promise in [Promise::FullRange, Promise::NoExact] {
        let found = suppress(model, &candidates, promise, &Settings::default()).unwrap();
        let kept = |verdict: Option<Verdict>| match promise {
            Promise::FullRange => verdict.is_none_or(|verdict| verdict == Verdict::Full),
            Promise::NoExact => verdict.is_none_or(|verdict| matches!(verdict, Verdict::Narrowed | Verdict::Full)),
        };
        let best = audit(&all, &Settings::default()).unwrap();
        if best.cells.iter().any(|cell| cell.verdict == Some(Verdict::Unknown)) {
            continue;
        }
        let hopeless: Vec<usize> = best.cells.iter().filter(|cell| !kept(cell.verdict)).map(|cell| cell.cell).collect();
        prop_assert_eq!(&found.exposed, &hopeless, "{:?}", promise);
        if hopeless.is_empty() {
            prop_assert_eq!(check_worlds(&found.model, &found.report.worlds, promise), Ok(()));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn linked_tables_equal_enumeration(model in linked()) {
        prop_assume!(width(&model) <= 20_000.0);
        compare(&model)?;
    }

    #[test]
    fn two_way_tables_equal_enumeration(model in two_way()) {
        prop_assume!(width(&model) <= 20_000.0);
        compare(&model)?;
    }

    #[test]
    fn linked_tables_are_protected_where_they_can_be(model in linked()) {
        protect(&model)?;
    }

    #[test]
    fn two_way_tables_are_protected_where_they_can_be(model in two_way()) {
        protect(&model)?;
    }
}
