//! Identifiers of records, which other sources refer to.

use foldhash::fast::RandomState;
use indexmap::IndexSet;

use crate::report_spec::{SourceId, TiVec};

/// Identifiers of the sources read so far.
pub(super) type Registry = TiVec<SourceId, Ids>;

/// Identifiers of one source.
#[derive(Default)]
pub(super) struct Ids {
    /// In the order of their records, which are numbered from 1.
    pub ids: IndexSet<Box<str>, RandomState>,
    /// Records were left unread, so that an identifier not found here is no fault of who refers to it.
    pub is_incomplete: bool,
}
