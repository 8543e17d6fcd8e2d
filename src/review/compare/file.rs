//! What the files say of themselves.

use std::collections::BTreeSet;

use super::super::change::{Change, Kind, Place};
use super::super::content::{Content, Spot};
use super::Changes;

/// Compares metadata, standards, boxes and attachments.
pub(super) fn compare(old: &Content, new: &Content, changes: &mut Changes) {
    let (before, after) = (&old.reading.facts, &new.reading.facts);
    let names: BTreeSet<&String> = before.metadata.keys().chain(after.metadata.keys()).collect();
    for name in names {
        let (a, b) = (before.metadata.get(name), after.metadata.get(name));
        if a != b {
            let place = Place { row: Some(name.clone()), ..Place::default() };
            changes.list.push(Change::new(Kind::Metadata, place, a.cloned(), b.cloned()));
        }
    }
    if before.standards != after.standards {
        let words = |standards: &[String]| (!standards.is_empty()).then(|| standards.join(", "));
        let change = Change::new(Kind::Standards, Place::default(), words(&before.standards), words(&after.standards));
        changes.list.push(change);
    }
    boxes(old, new, changes);
    attachments(old, new, changes);
}

/// Compares the boxes of pages; the same change on many pages is one.
fn boxes(old: &Content, new: &Content, changes: &mut Changes) {
    let mut found: Vec<Change> = Vec::new();
    for (page, (before, after)) in old.reading.facts.boxes.iter().zip(&new.reading.facts.boxes).enumerate() {
        let names: BTreeSet<&&str> = before.keys().chain(after.keys()).collect();
        for name in names {
            let (a, b) = (before.get(*name).cloned(), after.get(*name).cloned());
            if a == b {
                continue;
            }
            let known = found
                .iter_mut()
                .find(|one| one.place.row.as_deref() == Some(*name) && one.before == a && one.after == b);
            match known {
                Some(change) => change.places += 1,
                None => {
                    let spot = Some(Spot { page, area: [0.0; 4] });
                    let place = Place { row: Some((**name).to_owned()), old: spot, new: spot, ..Place::default() };
                    found.push(Change::new(Kind::Boxes, place, a, b));
                }
            }
        }
    }
    changes.list.extend(found);
}

/// Compares attached files. Published tables that differ in a printed cell are told by that cell.
fn attachments(old: &Content, new: &Content, changes: &mut Changes) {
    let (before, after) = (&old.reading.facts.attachments, &new.reading.facts.attachments);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let is_told = old.tables != new.tables && changes.list.iter().any(|change| change.kind < Kind::NoteText);
    for name in names {
        let (a, b) = (before.get(name), after.get(name));
        let is_tables = |content: Option<&Vec<u8>>| {
            content.is_some_and(|content| crate::release::Tables::read(name, content).is_ok())
        };
        if a == b || (is_told && is_tables(a) && is_tables(b)) {
            continue;
        }
        // Words that are printed as well are told where they are printed.
        if is_tables(a) && is_tables(b) && old.tables == new.tables {
            continue;
        }
        let bytes = |content: Option<&Vec<u8>>| content.map(|content| format!("{} bytes", content.len()));
        let place = Place { row: Some(name.clone()), ..Place::default() };
        changes.list.push(Change::new(Kind::Attachment, place, bytes(a), bytes(b)));
    }
}
