//! The order in which further rows are hidden.
//!
//! Never "the smallest": a reader who knows this program would learn from that choice. The order is
//! a keyed hash of report, table, period and row, so it tells nothing about the counts.

use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher24};

use crate::report_spec::{JurisdictionId, Spec, TableId};

/// Ranks a row for being hidden; the lowest goes first.
pub(super) fn priority(spec: &Spec, jurisdiction: JurisdictionId, table: TableId, row: &str) -> u128 {
    let mut hasher = SipHasher24::new_with_key(&spec.key);
    let parts = [
        &spec.jurisdictions[jurisdiction].code,
        &spec.tables[table].name,
        &spec.period.0.to_string(),
        &spec.period.1.to_string(),
        row,
    ];
    for part in parts {
        hasher.write_usize(part.len());
        hasher.write(part.as_bytes());
    }
    hasher.finish128().as_u128()
}
