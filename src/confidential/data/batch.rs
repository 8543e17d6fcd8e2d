//! Some thousand records of one source, as columns of numbers.

use std::sync::Arc;

use crate::report_spec::{ColumnId, TiVec};

/// Records of a source, in columns.
///
/// A value is a number, 0 where it is empty: codes and jurisdictions as their index plus one,
/// `false` as 1 and `true` as 2, dates as days of the common era, a county as its GEOID, an
/// identifier or a reference as the number of the record that bears it, plus one.
#[derive(Debug)]
pub struct Batch {
    /// One vector for each column of the spec.
    pub columns: TiVec<ColumnId, Vec<u32>>,
    /// Longitude and latitude in degrees, where the source has such columns.
    pub points: Vec<Option<(f64, f64)>>,
    /// Line of the first value of each record.
    pub lines: Vec<u64>,
    /// Name of the file that the records come from.
    pub file: Arc<str>,
}

impl Batch {
    /// How many records a batch holds at most.
    pub const CAPACITY: usize = 8192;

    /// Starts an empty batch of this many columns.
    pub(super) fn new(file: Arc<str>, columns: usize) -> Self {
        Self { columns: vec![Vec::new(); columns].into(), points: Vec::new(), lines: Vec::new(), file }
    }

    /// Returns the number of records.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Tells whether it holds no record.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.len() >= Self::CAPACITY
    }

    /// Takes in the records of another batch of the same source.
    pub(super) fn append(&mut self, other: &Self) {
        for (own, more) in self.columns.iter_mut().zip(&other.columns) {
            own.extend(more);
        }
        self.points.extend(&other.points);
        self.lines.extend(&other.lines);
    }

    pub(super) fn clear(&mut self) {
        self.columns.iter_mut().for_each(Vec::clear);
        self.points.clear();
        self.lines.clear();
    }
}
