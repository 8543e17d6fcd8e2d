//! Numbers at the end of their range: told, never wrapped.

use disclosure_audit::{
    AuditError, Cell, Fact, Model, ModelError, Promise, Relation, Settings, Status, World, WorldFault, audit,
    check_worlds,
};

/// A hidden cell, secondary unless it is named `p`.
fn add(model: &mut Model, id: &str) -> usize {
    let is_primary = id == "p";
    let status = if is_primary { Status::Primary } else { Status::Secondary };
    let cell = Cell::hidden(id, None, status);
    model.add_cell(if is_primary { cell.within(0, Some(2)) } else { cell }).unwrap()
}

fn fact(model: &mut Model, terms: &[(usize, i64)], relation: Relation, constant: i64) {
    let id = format!("fact {}", model.facts().len());
    model.add_fact(Fact { id, place: String::new(), terms: terms.to_vec(), relation, constant }).unwrap();
}

#[test]
fn a_row_that_cannot_be_rewritten_is_not_lost() {
    let mut model = Model::new(3).unwrap();
    let [p, x, y, w, u, v, z] = ["p", "x", "y", "w", "u", "v", "z"].map(|id| add(&mut model, id));
    fact(&mut model, &[(y, 1), (x, -1)], Relation::Equal, 1 << 20);
    fact(&mut model, &[(w, 1), (u, 1), (v, 1), (z, 1)], Relation::Equal, (1 << 20) + 7);
    fact(&mut model, &[(u, 1), (v, 1), (z, 1)], Relation::Equal, 7);
    // Only p = 0 is left.
    fact(&mut model, &[(y, 1 << 47), (w, -(1 << 47)), (p, 1)], Relation::AtMost, 0);
    match audit(&model, &Settings::default()) {
        Err(AuditError::Overflow { .. }) => {}
        Ok(report) => assert_eq!(report.cells[0].small, [0], "p is 0"),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_sum_that_leaves_its_range_is_no_proof() {
    let mut model = Model::new(2).unwrap();
    let x = model.add_cell(Cell::hidden("x", None, Status::Primary)).unwrap();
    let y = model.add_cell(Cell::hidden("y", None, Status::Secondary)).unwrap();
    let terms: Vec<(usize, i64)> = (0..1 << 19).flat_map(|_| [(x, 1 << 47), (y, 1 << 47)]).collect();
    fact(&mut model, &terms, Relation::Equal, 0);
    let worlds = [World(vec![0, 0]), World(vec![1, (1 << 62) - 1])];
    let fault = check_worlds(&model, &worlds, Promise::FullRange);
    assert_eq!(fault, Err(WorldFault::Fact { world: 1, fact: "fact 0".into() }));
}

#[test]
fn a_name_that_is_refused_leaves_the_first_cell_its_name() {
    let mut model = Model::new(2).unwrap();
    let first = model.add_cell(Cell::published("a", 1)).unwrap();
    assert_eq!(model.add_cell(Cell::published("a", 2)), Err(ModelError::Twice { cell: "a".into() }));
    let second = model.add_cell(Cell::published("b", 3)).unwrap();
    assert_eq!((model.position("a"), model.position("b")), (Some(first), Some(second)));
}
