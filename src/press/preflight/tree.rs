//! The page tree leads to every page, and ends.

use std::collections::BTreeSet;

use lopdf::{Document, Object};

use super::collector::FindingCollector;
use crate::diag::{Severity, code};

/// Checks the page tree; `pages` is how many pages the reader finds in it.
pub(super) fn check(document: &Document, pages: usize, report: &mut FindingCollector) {
    let mut fault = |message: String| report.whole(Severity::Error, code::preflight::CONTENT, message);
    let Ok(root) = document.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference) else {
        return fault("the catalog names no page tree".into());
    };
    let (mut open, mut known, mut told) = (vec![root], BTreeSet::from([root]), 0);
    while let Some(id) = open.pop() {
        let Ok(node) = document.get_dictionary(id) else { continue };
        let Ok(kids) = node.get_deref(b"Kids", document).and_then(Object::as_array) else {
            told += 1;
            continue;
        };
        for kid in kids.iter().filter_map(|kid| kid.as_reference().ok()) {
            let is_node = document.get_dictionary(kid).is_ok_and(|kid| kid.has(b"Kids"));
            if is_node && !known.insert(kid) {
                return fault("the page tree leads to a node twice, or in a circle".into());
            }
            open.push(kid);
        }
    }
    if told != pages {
        fault(format!("the page tree leads to {told} pages, and {pages} can be read"));
    }
}
