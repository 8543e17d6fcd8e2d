//! Invented tables of 51 states by category, six of them, with the totals of states and of the nation: 4,362 cells.

use disclosure_audit::{Candidate, Cell, Fact, Model, Status};

/// Categories of each table: 78 in all, so 51 · 78 counts, 78 national and 6 · 51 state totals.
const CATEGORIES: [usize; 6] = [8, 10, 12, 14, 16, 18];
const STATES: usize = 51;
const CASES: u64 = 7_572;

/// Steps of SplitMix64 (Steele, Lea & Flood 2014): the same numbers everywhere.
pub(crate) struct Random(pub u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// A place, drawn by weights.
    fn place(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        0
    }
}

/// The model after primary suppression under 3 (label 0 to 2), and the cells that may be hidden, in an order drawn by the seed.
pub(crate) fn states(seed: u64) -> (Model, Vec<Candidate>) {
    let mut random = Random(seed);
    let mut model = Model::new(3).unwrap();
    let mut candidates = Vec::new();
    for (table, categories) in CATEGORIES.into_iter().enumerate() {
        let by_state: Vec<u64> = (0..STATES).map(|state| 60_000 / (state as u64 * state as u64 / 3 + 8)).collect();
        let by_category: Vec<u64> =
            (0..categories).map(|category| 60_000 / (category as u64 * category as u64 + 2)).collect();
        let mut counts = vec![vec![0i64; categories]; STATES];
        for _ in 0..CASES {
            counts[random.place(&by_state)][random.place(&by_category)] += 1;
        }
        add_table(&mut model, &mut candidates, table, &counts);
    }
    for place in (1..candidates.len()).rev() {
        candidates.swap(place, random.below(place as u64 + 1) as usize);
    }
    (model, candidates)
}

fn add_table(model: &mut Model, candidates: &mut Vec<Candidate>, table: usize, counts: &[Vec<i64>]) {
    let mut columns = vec![Vec::new(); counts[0].len()];
    for (state, row) in counts.iter().enumerate() {
        let mut parts = Vec::new();
        for (category, &count) in row.iter().enumerate() {
            let id = format!("table {table} state {state} category {category}");
            let cell = if count < 3 {
                model.add_cell(Cell::hidden(id, Some(count), Status::Primary).within(0, Some(2))).unwrap()
            } else {
                let cell = model.add_cell(Cell::published(id, count)).unwrap();
                candidates.push(Candidate { cell, cost: count as u32 });
                cell
            };
            parts.push(cell);
            columns[category].push(cell);
        }
        let id = format!("table {table} state {state} total");
        let total = model.add_cell(Cell::published(&id, row.iter().sum())).unwrap();
        model.add_fact(Fact::sum(id, total, parts)).unwrap();
    }
    for (category, parts) in columns.into_iter().enumerate() {
        let id = format!("table {table} nation category {category}");
        let total = model.add_cell(Cell::published(&id, counts.iter().map(|row| row[category]).sum())).unwrap();
        model.add_fact(Fact::sum(id, total, parts)).unwrap();
    }
}
