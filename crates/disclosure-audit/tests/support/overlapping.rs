//! Invented tables whose populations overlap: in each state cases by type, and demographics of all cases, of those with labor
//! and of those with sex; a case may be both. With national totals. No network, and all of one part.

use disclosure_audit::{Candidate, Cell, Fact, Model, Status};

use crate::states::Random;

const TYPES: [&str; 3] = ["sex", "labor", "both"];

/// Tables of a state: the types that they count, and whether they are by category.
const TABLES: [(&str, &[usize], bool); 6] = [
    ("sex", &[0], false),
    ("labor", &[1], false),
    ("both", &[2], false),
    ("all", &[0, 1, 2], true),
    ("with labor", &[1, 2], true),
    ("with sex", &[0, 2], true),
];

/// The model after primary suppression under 3, and the cells that may be hidden.
pub(crate) fn overlapping(seed: u64, states: usize, categories: usize) -> (Model, Vec<Candidate>) {
    let mut random = Random(seed);
    let mut model = Model::new(3).unwrap();
    let mut candidates = Vec::new();
    let mut nation: Vec<Vec<usize>> = Vec::new();
    for state in 0..states {
        let size = 400 / (state as u64 + 4) + 2;
        let mut inner = vec![Vec::new(); TYPES.len()];
        for (kind, cells) in inner.iter_mut().enumerate() {
            for category in 0..categories {
                let count = random.below(1 + size / ((1 + kind as u64 * 2) * (1 + category as u64))) as i64;
                let id = format!("state {state} {} {category}, alone", TYPES[kind]);
                cells.push((model.add_cell(Cell::hidden(id, Some(count), Status::Hidden)).unwrap(), count));
            }
        }
        let mut number = 0;
        for (table, kinds, by_category) in TABLES {
            let groups: Vec<Vec<usize>> = if by_category {
                (0..categories).map(|category| vec![category]).collect()
            } else {
                vec![(0..categories).collect()]
            };
            for group in groups {
                let parts: Vec<(usize, i64)> = kinds
                    .iter()
                    .flat_map(|&kind| group.iter().map(|&category| inner[kind][category]).collect::<Vec<_>>())
                    .collect();
                let count: i64 = parts.iter().map(|part| part.1).sum();
                let id = format!("state {state} {table} {}", group[0]);
                let cell = if count < 3 {
                    model.add_cell(Cell::hidden(&id, Some(count), Status::Primary).within(0, Some(2))).unwrap()
                } else {
                    let cell = model.add_cell(Cell::published(&id, count)).unwrap();
                    candidates.push(Candidate { cell, cost: count as u32 });
                    cell
                };
                model.add_fact(Fact::sum(id, cell, parts.iter().map(|part| part.0))).unwrap();
                if nation.len() == number {
                    nation.push(Vec::new());
                }
                nation[number].push(cell);
                number += 1;
            }
        }
    }
    for (number, parts) in nation.into_iter().enumerate() {
        let count = parts.iter().map(|&cell| model.cells()[cell].value.unwrap()).sum();
        let id = format!("nation {number}");
        let total = model.add_cell(Cell::published(&id, count)).unwrap();
        model.add_fact(Fact::sum(id, total, parts)).unwrap();
    }
    (model, candidates)
}
