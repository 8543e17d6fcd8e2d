//! Models with numbers as large as they may be: no wrong answer, whatever does not fit.

use disclosure_audit::{
    AuditError, Candidate, Cell, Fact, Model, Possible, Promise, Relation, Settings, Status, Verdict, World,
    WorldFault, audit, cheapest_patterns, check_worlds, count_tables, suppress,
};

use crate::states::Random;

pub(crate) fn fact(id: &str, terms: Vec<(usize, i64)>, relation: Relation, constant: i64) -> Fact {
    Fact { id: id.into(), place: String::new(), terms, relation, constant }
}

fn hidden(model: &mut Model, id: &str, status: Status, upper: Option<i64>) -> usize {
    model.add_cell(Cell::hidden(id, None, status).within(0, upper)).unwrap()
}

/// p is 0: w is the offset, y = x + offset is no less, and the last fact asks y and p not to exceed w.
fn linked_far_away(offset: i64, factor: i64) -> Model {
    let mut model = Model::new(3).unwrap();
    let p = hidden(&mut model, "p", Status::Primary, Some(2));
    let [x, y, w, u, v, z] = ["x", "y", "w", "u", "v", "z"].map(|id| hidden(&mut model, id, Status::Secondary, None));
    model.add_fact(fact("link", vec![(y, 1), (x, -1)], Relation::Equal, offset)).unwrap();
    model.add_fact(fact("all", vec![(w, 1), (u, 1), (v, 1), (z, 1)], Relation::Equal, offset + 7)).unwrap();
    model.add_fact(fact("some", vec![(u, 1), (v, 1), (z, 1)], Relation::Equal, 7)).unwrap();
    model.add_fact(fact("row", vec![(y, factor), (w, -factor), (p, 1)], Relation::AtMost, 0)).unwrap();
    model
}

#[test]
fn a_link_that_a_row_cannot_take_is_not_made() {
    for (offset, factor) in [(1 << 20, 1 << 47), (1 << 46, 1 << 20), (1 << 10, 1 << 10)] {
        let Ok(report) = audit(&linked_far_away(offset, factor), &Settings::default()) else { continue };
        assert_eq!(report.cells[0].small, [0], "{offset} {factor}");
        assert_eq!(report.cells[0].verdict, Some(Verdict::Exact), "{offset} {factor}");
    }
}

#[test]
fn rows_that_contradict_each_other_are_a_contradiction() {
    let mut model = Model::new(3).unwrap();
    let [a, b] = ["a", "b"].map(|id| hidden(&mut model, id, Status::Primary, None));
    model.add_fact(fact("more", vec![(a, 1), (b, -1)], Relation::AtLeast, 5)).unwrap();
    model.add_fact(fact("less", vec![(a, 1), (b, -1)], Relation::AtMost, 3)).unwrap();
    let facts = vec!["more".to_owned(), "less".to_owned()];
    assert_eq!(audit(&model, &Settings::default()).unwrap_err(), AuditError::Contradiction { facts });
}

/// x + y = 0, written so often that a sum of 128 bits would wrap for other counts.
fn sum_that_wraps() -> Model {
    let mut model = Model::new(2).unwrap();
    let x = hidden(&mut model, "x", Status::Primary, None);
    let y = hidden(&mut model, "y", Status::Secondary, None);
    let terms = std::iter::repeat_n([(x, 1 << 47), (y, 1 << 47)], 1 << 19).flatten().collect();
    model.add_fact(fact("zero", terms, Relation::Equal, 0)).unwrap();
    model
}

#[test]
fn a_sum_that_leaves_128_bits_proves_nothing() {
    let worlds = [World(vec![0, 0]), World(vec![1, (1 << 62) - 1])];
    let fault = WorldFault::Fact { world: 1, fact: "zero".into() };
    assert_eq!(check_worlds(&sum_that_wraps(), &worlds, Promise::FullRange), Err(fault));
    let overflow = AuditError::Overflow { fact: "zero".into() };
    assert_eq!(audit(&sum_that_wraps(), &Settings::default()).unwrap_err(), overflow);
}

#[test]
fn cells_without_an_end_off_a_network_are_decided() {
    // 2s − 3p = 2: p is 0, 2, 4 …, so it is not exact, and 0 alone is promised under a threshold of 1.
    let mut model = Model::new(1).unwrap();
    let s = hidden(&mut model, "s", Status::Secondary, None);
    let p = hidden(&mut model, "p", Status::Primary, None);
    model.add_fact(fact("steps", vec![(s, 2), (p, -3)], Relation::Equal, 2)).unwrap();
    for intervals in [true, false] {
        let report = audit(&model, &Settings { intervals, ..Settings::default() }).unwrap();
        assert_eq!(report.cells.iter().find(|cell| cell.cell == p).unwrap().verdict, Some(Verdict::Full));
        assert_eq!(check_worlds(&model, &report.worlds, Promise::FullRange), Ok(()));
    }
}

/// Each of a chain of cells is at least twice the one before it.
fn doubling(start: i64, value: Option<i64>) -> Model {
    let mut model = Model::new(3).unwrap();
    let cells: Vec<usize> =
        (0..40).map(|cell| model.add_cell(Cell::hidden(format!("c{cell}"), value, Status::Primary)).unwrap()).collect();
    model.add_fact(fact("start", vec![(cells[0], 1)], Relation::AtLeast, start)).unwrap();
    for pair in cells.windows(2) {
        let name = format!("twice {}", pair[0]);
        model.add_fact(fact(&name, vec![(pair[1], 1), (pair[0], -2)], Relation::AtLeast, 0)).unwrap();
    }
    model
}

#[test]
fn counts_that_grow_out_of_all_bounds_are_no_contradiction() {
    for (start, value) in [(0, None), (0, Some(1 << 47)), (1 << 47, None)] {
        let outcome = audit(&doubling(start, value), &Settings::default());
        assert!(matches!(outcome, Ok(_) | Err(AuditError::NoWorld)), "{start} {value:?}: {outcome:?}");
    }
}

#[test]
fn an_overflow_of_published_sums_names_its_fact() {
    let mut model = Model::new(3).unwrap();
    let printed = ["a", "b"].map(|id| model.add_cell(Cell::published(id, 1 << 15)).unwrap());
    let p = hidden(&mut model, "p", Status::Primary, None);
    let terms = vec![(printed[0], 1 << 47), (printed[1], 1 << 47), (p, -1)];
    model.add_fact(fact("far", terms, Relation::AtLeast, 0)).unwrap();
    let overflow = AuditError::Overflow { fact: "far".into() };
    assert_eq!(audit(&model, &Settings::default()).unwrap_err(), overflow);
}

#[test]
fn what_is_printed_is_known_though_hidden_values_are_not() {
    // p is at least a, which is printed as 3: only hiding a leaves p its 0 and 1.
    let mut model = Model::new(2).unwrap();
    let a = model.add_cell(Cell::published("a", 3)).unwrap();
    let p = hidden(&mut model, "p", Status::Primary, None);
    model.add_fact(fact("order", vec![(p, 1), (a, -1)], Relation::AtLeast, 0)).unwrap();
    let found = suppress(&model, &[Candidate { cell: a, cost: 1 }], Promise::FullRange, &Settings::default()).unwrap();
    assert_eq!((found.hidden, found.exposed), (vec![a], vec![]));
}

#[test]
fn positions_that_no_cell_has_are_refused() {
    let mut model = Model::new(3).unwrap();
    let cell = hidden(&mut model, "a", Status::Primary, None);
    let settings = Settings::default();
    let unknown = AuditError::UnknownCell { cell: cell + 1 };
    let candidate = Candidate { cell: cell + 1, cost: 1 };
    assert_eq!(suppress(&model, &[candidate], Promise::NoExact, &settings).unwrap_err(), unknown);
    assert_eq!(cheapest_patterns(&model, &[cell + 1], Promise::NoExact, &settings, 9).unwrap_err(), unknown);
    assert_eq!(Possible::new(&model, &settings).unwrap().occurs(&[(cell + 1, 0, 1)]).unwrap_err(), unknown);
    assert_eq!(Possible::new(&model, &settings).unwrap().occurs(&[(cell, i64::MIN, i64::MAX)]), Ok(true));
}

/// Three sums of many cells with large coefficients: nothing but trying answers.
fn hard(cells: usize) -> Model {
    let mut random = Random(12_345);
    let mut model = Model::new(3).unwrap();
    for cell in 0..cells {
        let status = if cell < 3 { Status::Primary } else { Status::Secondary };
        model.add_cell(Cell::hidden(format!("c{cell}"), Some(1), status).within(0, Some(50))).unwrap();
    }
    for number in 0..3 {
        let terms: Vec<(usize, i64)> = (0..cells).map(|cell| (cell, 100 + random.below(900) as i64)).collect();
        let sum = terms.iter().map(|term| term.1).sum();
        model.add_fact(fact(&format!("sum {number}"), terms, Relation::Equal, sum)).unwrap();
    }
    model
}

#[test]
fn what_the_work_of_an_audit_leaves_open_is_unknown() {
    let verdicts = |work| {
        let report = audit(&hard(20), &Settings { work, ..Settings::default() }).unwrap();
        assert!(!report.is_safe_from_exact());
        report.cells.iter().filter_map(|cell| cell.verdict).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(0), [Verdict::Unknown; 3]);
    assert_eq!(verdicts(5_000), [Verdict::Unknown; 3]);
}

#[test]
fn a_count_of_too_many_tables_is_given_up_soon() {
    let mut model = Model::new(3).unwrap();
    let width = 100;
    for cell in 0..width * width {
        model.add_cell(Cell::hidden(format!("c{cell}"), Some(1), Status::Primary).within(0, Some(2))).unwrap();
    }
    for line in 0..width {
        let total = model.add_cell(Cell::published(format!("t{line}"), width as i64)).unwrap();
        model.add_fact(Fact::sum("row", total, (0..width).map(|place| line * width + place))).unwrap();
        model.add_fact(Fact::sum("column", total, (0..width).map(|place| place * width + line))).unwrap();
    }
    // By copies of all bounds at every level this would take more than half a gigabyte, and a minute.
    assert_eq!(count_tables(&model, 200_000), Ok(None));
}

#[test]
fn a_cell_without_an_end_is_protected_by_a_far_move() {
    // 69 · t ≤ 20 · p < 71 · t and t = 2 leave p only 7; with t hidden the next count of p is 14.
    let mut model = Model::new(4).unwrap();
    let t = model.add_cell(Cell::published("t", 2)).unwrap();
    let p = hidden(&mut model, "p", Status::Primary, None);
    model.add_fact(fact("least", vec![(p, 20), (t, -69)], Relation::AtLeast, 0)).unwrap();
    model.add_fact(fact("most", vec![(p, 20), (t, -71)], Relation::AtMost, -1)).unwrap();
    let found = suppress(&model, &[Candidate { cell: t, cost: 1 }], Promise::NoExact, &Settings::default()).unwrap();
    assert_eq!((found.hidden, found.exposed), (vec![t], vec![]));
}
