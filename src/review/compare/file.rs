//! What the files say of themselves.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::figures::PublishedTables;

use super::super::change::{Change, Place};
use super::super::content::{Content, Spot};
use super::super::kind::Kind;
use super::changes::Changes;

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
                .find(|change| change.place.row.as_deref() == Some(*name) && change.before == a && change.after == b);
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

/// Compares attached files. Of published tables only what is not printed as well is told here: figures and words are
/// told where they are printed.
fn attachments(old: &Content, new: &Content, changes: &mut Changes) {
    let (before, after) = (&old.reading.facts.attachments, &new.reading.facts.attachments);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    // Figures in prose are told with the words around them.
    let have_same_tables = match (&old.tables, &new.tables) {
        (Some(old), Some(new)) => old.have_tables_of(new),
        (old, new) => old.is_none() && new.is_none(),
    };
    let is_told = have_same_tables || changes.list.iter().any(|change| change.kind.is_of_tables());
    for name in names {
        let (a, b) = (before.get(name), after.get(name));
        let unprinted = |content: Option<&Vec<u8>>| content.and_then(|content| unprinted(name, content));
        let is_printed = unprinted(a).is_some() && unprinted(a) == unprinted(b) && is_told;
        if a == b || is_printed {
            continue;
        }
        let bytes = |content: Option<&Vec<u8>>| content.map(|content| format!("{} bytes", content.len()));
        let place = Place { row: Some(name.clone()), ..Place::default() };
        changes.list.push(Change::new(Kind::Attachment, place, bytes(a), bytes(b)));
    }
}

/// Members of published tables whose words the pages print, or that say what kind of thing they belong to.
const PRINTED: [&str; 28] = [
    "around",
    "edition",
    "jurisdiction",
    "code",
    "name",
    "period",
    "from",
    "to",
    "data_date",
    "publisher",
    "notice",
    "figures",
    "counters",
    "value",
    "count",
    "label",
    "pictogram",
    "tables",
    "id",
    "title",
    "columns",
    "kind",
    "head",
    "rows",
    "cells",
    "text",
    "hidden",
    "maps",
];
/// Members that the pages print in another form.
const IN_OTHER_FORM: [&str; 7] = ["key", "role", "level", "classes", "unshaded", "counties", "names"];

/// Returns the members of published tables that no page prints; nothing for a file that holds none.
fn unprinted(name: &str, content: &[u8]) -> Option<BTreeSet<String>> {
    PublishedTables::read(name, content).ok()?;
    let mut members = BTreeSet::new();
    collect(&serde_json::from_slice(content).ok()?, &mut members);
    Some(members)
}

fn collect(value: &Value, members: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, members)),
        Value::Object(object) => object.iter().for_each(|(key, value)| {
            // Counties are named by their GEOID, of five digits.
            let is_county = key.len() == 5 && key.bytes().all(|byte| byte.is_ascii_digit());
            if !is_county && !PRINTED.contains(&key.as_str()) && !IN_OTHER_FORM.contains(&key.as_str()) {
                members.insert(format!("{key}: {value}"));
            }
            collect(value, members);
        }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::figures::fixture;

    use super::*;

    #[test]
    fn what_is_attached_and_not_printed_is_seen() {
        let tables = |more: &str| {
            let map = format!(r#"{{ "id": "m", "classes": [], "unshaded": "", "counties": {{ "09001": 0 }} {more} }}"#);
            let text = String::from_utf8(fixture::empty().to_json()).unwrap();
            unprinted("t.json", text.replace(r#""maps": []"#, &format!(r#""maps": [{map}]"#)).as_bytes())
        };
        assert_eq!(tables(""), Some(BTreeSet::new()));
        assert_eq!(tables(r#", "records": [4, 1]"#), Some(BTreeSet::from(["records: [4,1]".to_owned()])));
        assert_eq!(unprinted("t.json", b"no tables"), None);
    }
}
