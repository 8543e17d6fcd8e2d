//! What the reader of one file hands its records to.

use std::sync::Arc;

use crate::diag::{Finding, Tally};

use super::batch::Batch;
use super::decode::{Cell, Decoder};

/// Takes the records of one file: decodes them, and hands full batches on.
pub(super) struct Intake<'a, 'd> {
    /// The file, as findings name it.
    pub(super) name: &'a Arc<str>,
    decoder: &'a mut Decoder<'d>,
    tally: &'a mut Tally,
    hand_on: &'a mut dyn FnMut(&Batch),
    batch: Batch,
}

impl<'a, 'd> Intake<'a, 'd> {
    pub(super) fn new(
        name: &'a Arc<str>,
        decoder: &'a mut Decoder<'d>,
        tally: &'a mut Tally,
        hand_on: &'a mut dyn FnMut(&Batch),
    ) -> Self {
        let batch = decoder.batch(name);
        Self { name, decoder, tally, hand_on, batch }
    }

    /// Finds the spec's columns in the file's header; reports what is missing.
    pub(super) fn positions(&mut self, header: &[&str]) -> Option<Vec<usize>> {
        self.decoder.positions(self.name, header, self.tally)
    }

    /// Takes one record, its cells in the order of the spec's columns.
    pub(super) fn record<'c>(&mut self, line: u64, cells: impl Iterator<Item = Cell<'c>>) {
        self.decoder.push(self.name, line, cells, &mut self.batch, self.tally);
        if self.batch.is_full() {
            (self.hand_on)(&self.batch);
            self.batch.clear();
        }
    }

    /// Reports why one record or many could not be read.
    pub(super) fn gap(&mut self, code: &'static str, make: impl FnOnce() -> Finding) {
        self.decoder.gap();
        self.tally.add(code, make);
    }

    /// Hands on what is left.
    pub(super) fn finish(self) {
        (self.hand_on)(&self.batch);
    }
}
