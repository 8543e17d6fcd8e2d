//! Sums of protected cells, readers who know of a case, and facts that contradict each other.

use disclosure_audit::{AuditError, Cell, Fact, Model, Settings, SmallSum, Status, audit, small_sums};

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
    assert_eq!(small_sums(&model(11, 9)).unwrap(), [SmallSum { fact: 0, cells: vec![2, 3], sum: 2 }]);
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
    assert_eq!(tells(10), [true, true]);
    assert_eq!(tells(11), [false, false]);
}

#[test]
fn a_contradiction_names_the_facts_that_make_it() {
    let mut model = model(11, 9);
    let far = model.add_cell(Cell::published("far", 3)).unwrap();
    model.add_fact(Fact::sum("elsewhere", far, [2])).unwrap();
    let facts = vec!["elsewhere".to_owned()];
    assert_eq!(audit(&model, &Settings::default()).unwrap_err(), AuditError::Contradiction { facts });
}
