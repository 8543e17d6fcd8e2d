//! What the reader of one file hands its records to.

use std::sync::Arc;

use crate::diag::{Finding, Tally};
use crate::report_spec::{ColumnId, Source, TiSlice, TiVec};

use super::batch::Batch;
use super::decode::{At, Cell, Decoder};

/// Takes the records of one file: decodes them, and hands full batches on.
pub(super) struct Intake<'a, 'd> {
    /// The file, as findings name it.
    pub(super) name: &'a Arc<str>,
    /// What the file counts: `line` or `row`.
    unit: &'static str,
    decoder: &'a mut Decoder<'d>,
    tally: &'a mut Tally,
    sink: &'a mut dyn FnMut(&Batch),
    batch: Batch,
}

impl<'a, 'd> Intake<'a, 'd> {
    pub(super) fn new(
        name: &'a Arc<str>,
        unit: &'static str,
        decoder: &'a mut Decoder<'d>,
        tally: &'a mut Tally,
        sink: &'a mut dyn FnMut(&Batch),
    ) -> Self {
        let batch = decoder.batch(name);
        Self { name, unit, decoder, tally, sink, batch }
    }

    /// Finds the spec's columns in the file's header; reports what is missing.
    pub(super) fn positions(&mut self, line: u64, header: &[&str]) -> Option<TiVec<ColumnId, usize>> {
        self.decoder.positions(self.name, line, header, self.tally)
    }

    /// Tells whether the value at this place of a record took in records of this source.
    pub(super) fn swallows(&self, value: &str, at: usize, positions: &TiSlice<ColumnId, usize>, width: usize) -> bool {
        self.decoder.swallows(value, at, positions, width)
    }

    /// Returns the source that the file belongs to.
    pub(super) fn source(&self) -> &'d Source {
        self.decoder.source()
    }

    /// Takes one record, its cells in the order of the spec's columns, each with its line.
    pub(super) fn record<'c>(&mut self, line: u64, cells: impl Iterator<Item = (u64, Cell<'c>)>) {
        let record = At { file: self.name, line, unit: self.unit };
        self.decoder.push(record, cells, &mut self.batch, self.tally);
        if self.batch.is_full() {
            (self.sink)(&self.batch);
            self.batch.clear();
        }
    }

    /// Reports why one record or many could not be read.
    pub(super) fn mark_incomplete(&mut self, finding: Finding) {
        self.decoder.mark_incomplete();
        self.tally.add(finding.code, || finding);
    }

    /// Reports why a record could not be read; of a file, those that read alike are told once.
    pub(super) fn skip_record(&mut self, finding: Finding) {
        self.decoder.mark_incomplete();
        let key = format!("{}\0{}", self.name, finding.message);
        self.tally.add_repeated(finding.code, key, "line", || finding);
    }

    /// Hands on what is left.
    pub(super) fn finish(self) {
        (self.sink)(&self.batch);
    }
}
