//! What forms paint, remembered for all files of one run.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::collector::Notes;
use super::display_list::DisplayItem;

/// What forms of the files checked so far paint, by all that they consist of.
///
/// Sheets of one report, and the run of a whole set, hold the same page forms. A check gives the same findings with
/// and without this memory.
pub struct Forms {
    most: usize,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    forms: BTreeMap<[u8; 32], Arc<Seen>>,
    held: usize,
}

/// What one form paints, in coordinates of its own.
pub(super) struct Seen {
    pub painted: Vec<DisplayItem>,
    pub notes: Notes,
    /// How many operations it took.
    pub operations: usize,
}

/// Most painted things that are remembered, of some hundred bytes each.
const USUAL: usize = 2_000_000;

impl Default for Forms {
    fn default() -> Self {
        Self::holding(USUAL)
    }
}

impl Forms {
    /// Makes a memory that holds so many painted things, from 0; what does not fit is looked at again each time.
    pub fn holding(most: usize) -> Self {
        Self { most, known: Mutex::default() }
    }

    pub(super) fn get(&self, name: &[u8; 32]) -> Option<Arc<Seen>> {
        self.known().forms.get(name).cloned()
    }

    pub(super) fn put(&self, name: [u8; 32], seen: &Arc<Seen>) {
        let mut known = self.known();
        // A form that paints nothing takes room too.
        let size = seen.painted.len() + 1;
        if known.held + size <= self.most && known.forms.insert(name, seen.clone()).is_none() {
            known.held += size;
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
