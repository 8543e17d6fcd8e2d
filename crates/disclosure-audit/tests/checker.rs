//! The checker of worlds refuses every wrong world.

use disclosure_audit::{Cell, Fact, Model, Promise, Relation, Status, World, WorldFault, check_worlds};

/// total 4 = a + b + c with a and b small, c printed 2; and a ≥ b − 2.
fn model() -> Model {
    let mut model = Model::new(3).unwrap();
    let total = model.add_cell(Cell::published("total", 4)).unwrap();
    let a = model.add_cell(Cell::hidden("a", Some(1), Status::Primary).within(0, Some(2))).unwrap();
    let b = model.add_cell(Cell::hidden("b", Some(1), Status::Primary).within(0, Some(2))).unwrap();
    let c = model.add_cell(Cell::published("c", 2)).unwrap();
    model.add_fact(Fact::sum("sum", total, [a, b, c])).unwrap();
    let terms = vec![(a, 1), (b, -1)];
    let order = Fact { id: "order".into(), place: String::new(), terms, relation: Relation::AtLeast, constant: -2 };
    model.add_fact(order).unwrap();
    model
}

fn worlds() -> Vec<World> {
    vec![World(vec![4, 0, 2, 2]), World(vec![4, 1, 1, 2]), World(vec![4, 2, 0, 2])]
}

#[test]
fn right_worlds_prove_full_range() {
    assert_eq!(check_worlds(&model(), &worlds(), Promise::FullRange), Ok(()));
}

#[test]
fn a_missing_value_proves_less() {
    let two = &worlds()[..2];
    assert_eq!(check_worlds(&model(), two, Promise::NoExact), Ok(()));
    assert_eq!(check_worlds(&model(), two, Promise::FullRange), Err(WorldFault::Missing { cell: "a".into() }));
    assert_eq!(check_worlds(&model(), &two[..1], Promise::NoExact), Err(WorldFault::Missing { cell: "a".into() }));
    assert_eq!(check_worlds(&model(), &[], Promise::NoExact), Err(WorldFault::Missing { cell: "a".into() }));
}

#[test]
fn a_wrong_count_is_found_wherever_it_stands() {
    for world in 0..3 {
        for cell in 0..4 {
            for change in [-1, 1, 3] {
                let mut worlds = worlds();
                worlds[world].0[cell] += change;
                assert!(check_worlds(&model(), &worlds, Promise::NoExact).is_err(), "{world} {cell} {change}");
            }
        }
    }
}

#[test]
fn faults_name_world_and_fact() {
    let wrong = |values: Vec<i64>| check_worlds(&model(), &[World(values)], Promise::NoExact).unwrap_err();
    assert_eq!(wrong(vec![4, 1, 2, 2]), WorldFault::Fact { world: 0, fact: "sum".into() });
    assert_eq!(wrong(vec![4, -1, 3, 2]), WorldFault::Cell { world: 0, cell: "a".into() });
    assert_eq!(wrong(vec![4, 1, 1]), WorldFault::Length { world: 0 });
}
