//! Sums of protected cells, readers who know of a case, and facts that contradict each other.

use disclosure_audit::{
    AuditError, Cell, CellReport, Fact, Model, Relation, Settings, SmallSum, Status, audit, small_sums,
};

use crate::hostile::fact;

/// total = shown + two small cells
fn model(total: i64, shown: i64) -> Model {
    let mut model = Model::new(3).unwrap();
    let total = model.add_cell(Cell::published("total", total)).unwrap();
    let shown = model.add_cell(Cell::published("shown", shown)).unwrap();
    let small = ["a", "b"].map(|id| Cell::hidden(id, None, Status::Primary).within(0, Some(2)));
    let small = small.map(|cell| model.add_cell(cell).unwrap());
    model.add_fact(Fact::sum("sum", total, [shown, small[0], small[1]])).unwrap();
    model
}

#[test]
fn a_small_sum_that_follows_is_found() {
    assert_eq!(small_sums(&model(11, 9)).unwrap(), [SmallSum { facts: vec![0], cells: vec![2, 3], sum: 2 }]);
    assert_eq!(small_sums(&model(12, 9)).unwrap(), []);
    assert_eq!(small_sums(&model(9, 9)).unwrap(), []);
}

#[test]
fn an_insider_of_one_case_tells_more() {
    let tells = |total: i64| {
        let report = audit(&model(total, 9), &Settings::default()).unwrap();
        report.cells.iter().map(|cell| cell.is_exact_to_an_insider(3)).collect::<Vec<_>>()
    };
    // a + b = 1: who knows of a case in a cell knows that it is the only one; a + b = 2 leaves 1 and 2.
    assert_eq!(tells(10), [Some(true); 2]);
    assert_eq!(tells(11), [Some(false); 2]);
}

#[test]
fn a_contradiction_names_the_facts_that_make_it() {
    let mut model = model(11, 9);
    let far = model.add_cell(Cell::published("far", 3)).unwrap();
    model.add_fact(Fact::sum("elsewhere", far, [2])).unwrap();
    let facts = vec!["elsewhere".to_owned()];
    assert_eq!(audit(&model, &Settings::default()).unwrap_err(), AuditError::Contradiction { facts });
}

/// Terms of a fact, its relation and its constant.
type Told = (Vec<(usize, i64)>, Relation, i64);

/// Two small cells and facts about them alone.
fn pair(facts: Vec<Told>) -> Model {
    let mut model = Model::new(3).unwrap();
    for id in ["a", "b"] {
        model.add_cell(Cell::hidden(id, None, Status::Primary).within(0, Some(2))).unwrap();
    }
    for (number, (terms, relation, constant)) in facts.into_iter().enumerate() {
        model.add_fact(fact(&format!("f{number}"), terms, relation, constant)).unwrap();
    }
    model
}

#[test]
fn a_small_sum_is_found_however_it_is_written() {
    let doubled = pair(vec![(vec![(0, 2), (1, 2)], Relation::Equal, 4)]);
    assert_eq!(small_sums(&doubled).unwrap(), [SmallSum { facts: vec![0], cells: vec![0, 1], sum: 2 }]);
    let both = |constant, relation| (vec![(0, 1), (1, 1)], relation, constant);
    let bounded = pair(vec![both(2, Relation::AtLeast), both(2, Relation::AtMost)]);
    assert_eq!(small_sums(&bounded).unwrap(), [SmallSum { facts: vec![0, 1], cells: vec![0, 1], sum: 2 }]);
    let loose = pair(vec![both(1, Relation::AtLeast), both(2, Relation::AtMost)]);
    assert_eq!(small_sums(&loose).unwrap(), []);
}

#[test]
fn what_an_insider_tells_is_unknown_where_the_audit_left_it_open() {
    let report = |upper, small: &[i64], open: &[i64], has_exact_ends| CellReport {
        cell: 0,
        lower: 0,
        upper,
        small: small.to_vec(),
        open: open.to_vec(),
        verdict: None,
        has_exact_ends,
    };
    let tells = |report: CellReport| report.is_exact_to_an_insider(3);
    assert_eq!(tells(report(Some(2), &[1], &[2], true)), None);
    assert_eq!(tells(report(Some(2), &[0, 1, 2], &[], false)), Some(false));
    assert_eq!(tells(report(Some(2), &[0, 1], &[], false)), Some(true));
    // Without ends that occur, a 3 may or may not be left beside the 1.
    assert_eq!(tells(report(Some(3), &[0, 1], &[], false)), None);
    assert_eq!(tells(report(Some(3), &[0, 1], &[], true)), Some(false));
    assert_eq!(tells(report(Some(3), &[0], &[], true)), Some(true));
    assert_eq!(tells(report(Some(5), &[0], &[], true)), None);
}
