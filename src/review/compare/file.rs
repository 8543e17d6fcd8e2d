//! What the files say of themselves.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde_json::Value;

use crate::figures::{self, PublishedTables};

use super::super::change::{Change, Place};
use super::super::content::{Content, Spot};
use super::super::kind::Kind;
use super::super::read::{Facts, Feature};
use super::changes::Changes;

/// The first version in which objects are packed.
const PACKED: &str = "1.5";
/// A remark that stands farther than this from where it stood has moved, in points.
const MOVED: f32 = 1.0;

/// Compares metadata, standards, boxes, attachments and what else a file offers beside its words.
pub(super) fn compare(old: &Content, new: &Content, changes: &mut Changes) {
    let (before, after) = (&old.reading.facts, &new.reading.facts);
    let names: BTreeSet<&String> = before.metadata.keys().chain(after.metadata.keys()).collect();
    for name in names {
        let (a, b) = (before.metadata.get(name), after.metadata.get(name));
        if a != b && !(name == "version" && follows_from_packing(before, after)) {
            let place = Place { row: Some(name.clone()), ..Place::default() };
            changes.list.push(Change::new(Kind::Metadata, place, a.cloned(), b.cloned()));
        }
    }
    if before.standards != after.standards {
        let words = |standards: &[String]| (!standards.is_empty()).then(|| standards.join(", "));
        let change = Change::new(Kind::Standards, Place::default(), words(&before.standards), words(&after.standards));
        changes.list.push(change);
    }
    substitutes(before, after, changes);
    boxes(old, new, changes);
    rotations(old, new, changes);
    attachments(old, new, changes);
    hidden_layers(old, new, changes);
    let has_one_frame = before.boxes == after.boxes && before.rotations == after.rotations;
    features(&before.features, &after.features, has_one_frame, changes);
}

/// Compares the fonts that are not embedded, where no word tells it: readers draw others in their stead.
fn substitutes(old: &Facts, new: &Facts, changes: &mut Changes) {
    let is_told = changes.list.iter().any(|change| change.kind == Kind::Font);
    if old.substituted != new.substituted && !is_told {
        let words = |fonts: &BTreeSet<String>| fonts.iter().cloned().collect::<Vec<_>>().join(", ");
        let [a, b] = [old, new].map(|facts| Some(words(&facts.substituted)).filter(|words| !words.is_empty()));
        let place = Place { row: Some("not embedded".to_owned()), ..Place::default() };
        changes.list.push(Change::new(Kind::Font, place, a, b));
    }
}

/// Tells whether two files have the versions that they must have as one packs its objects and the other does not: a file that is
/// written anew says nothing else by it.
fn follows_from_packing(old: &Facts, new: &Facts) -> bool {
    let version = |facts: &Facts| facts.metadata.get("version").cloned().unwrap_or_default();
    let (packed, plain) = if old.is_packed { (old, new) } else { (new, old) };
    packed.is_packed && !plain.is_packed && version(packed) == PACKED && *version(plain) < *PACKED
}

/// Tells pages that are turned; all that are turned alike are one change.
fn rotations(old: &Content, new: &Content, changes: &mut Changes) {
    let mut found: Vec<Change> = Vec::new();
    let pairs = old.reading.facts.rotations.iter().zip(&new.reading.facts.rotations).enumerate();
    for (page, (before, after)) in pairs.filter(|(_, (before, after))| before != after) {
        let [a, b] = [before, after].map(|degrees| Some(format!("{degrees}°")));
        match found.iter_mut().find(|change| change.before == a && change.after == b) {
            Some(change) => change.places += 1,
            None => {
                let spot = Some(Spot { page, area: [0.0; 4] });
                found.push(Change::new(Kind::Rotation, Place { old: spot, new: spot, ..Place::default() }, a, b));
            }
        }
    }
    changes.list.extend(found);
}

/// Compares what stands on a page in layers that nobody sees.
fn hidden_layers(old: &Content, new: &Content, changes: &mut Changes) {
    let (before, after) = (&old.reading.facts.hidden, &new.reading.facts.hidden);
    for page in 0..before.len().max(after.len()) {
        let words =
            |pages: &[Vec<String>]| pages.get(page).map(|words| words.join(" ")).filter(|words| !words.is_empty());
        let (a, b) = (words(before), words(after));
        if a != b {
            let spot = Some(Spot { page, area: [0.0; 4] });
            let row = Some("a layer that is hidden".to_owned());
            let place = Place { row, old: spot, new: spot, ..Place::default() };
            changes.list.push(Change::new(Kind::HiddenText, place, a, b));
        }
    }
}

/// Compares annotations, links, fields, bookmarks and the like: equal ones first, then those of one name in order.
fn features(old: &[Feature], new: &[Feature], has_one_frame: bool, changes: &mut Changes) {
    let mut left: Vec<Option<&Feature>> = old.iter().map(Some).collect();
    let mut by_key: HashMap<(Kind, &str, &str), Vec<usize>> = HashMap::new();
    for (at, feature) in old.iter().enumerate().rev() {
        by_key.entry((feature.kind, &feature.name, &feature.words)).or_default().push(at);
    }
    let mut come: Vec<&Feature> = Vec::new();
    for feature in new {
        match by_key.get_mut(&(feature.kind, &feature.name, &feature.words)).and_then(Vec::pop) {
            Some(at) => {
                let before = left[at].take();
                changes.list.extend(before.filter(|_| has_one_frame).and_then(|before| moved(before, feature)));
            }
            None => come.push(feature),
        }
    }
    let mut gone: Vec<&Feature> = left.into_iter().flatten().collect();
    let pages = changes.list.iter().find(|change| change.kind == Kind::Pages);
    let added = pages.and_then(|change| change.size).map_or(0, |size| size as i64);
    if gone.is_empty() && come.is_empty() {
        changes.list.extend(order(old, new));
    }
    // Links to pages come and go with the notes that they lead to.
    let are_told =
        changes.list.iter().any(|change| matches!(change.kind, Kind::NoteAdded | Kind::NoteRemoved | Kind::NoteMarker));
    let follows = |feature: &Feature| are_told && feature.kind == Kind::Link && feature.words.starts_with("page ");
    gone.retain(|feature| !follows(feature));
    come.retain(|feature| !follows(feature));
    bookmarks(&mut gone, &mut come, &changes.list);
    for feature in come {
        let before = gone.iter().position(|other| (other.kind, &other.name) == (feature.kind, &feature.name));
        let before = before.map(|at| gone.remove(at));
        if !before.is_some_and(|before| lead_to_one_page(before, feature, added)) {
            changes.list.push(change(before, Some(feature)));
        }
    }
    changes.list.extend(gone.into_iter().map(|feature| change(Some(feature), None)));
}

/// Leaves out bookmarks whose titles are those of headings that are told, or that lead to another page because of what is told.
fn bookmarks(gone: &mut Vec<&Feature>, come: &mut Vec<&Feature>, told: &[Change]) {
    let mut left = std::mem::take(come);
    left.retain(|after| {
        let title = |feature: &Feature| feature.words.rsplit_once(" → ").map_or("", |(title, _)| title).to_owned();
        let is_pair = |before: &&Feature| {
            let is_told = |change: &Change| {
                let says =
                    |words: &Option<String>, title: &str| words.as_deref().is_some_and(|words| begins(title, words));
                says(&change.before, &title(before)) && says(&change.after, &title(after))
            };
            let is_heading = title(before) != title(after) && told.iter().any(is_told);
            let is_elsewhere = begins(&title(before), &title(after)) && told.iter().any(moves_others);
            (before.kind, &before.name) == (Kind::Bookmark, &after.name) && (is_heading || is_elsewhere)
        };
        match gone.iter().position(|before| after.kind == Kind::Bookmark && is_pair(before)) {
            Some(at) => {
                gone.remove(at);
                false
            }
            None => true,
        }
    });
    *come = left;
}

/// Tells whether what stands behind a change may stand on another page because of it.
fn moves_others(change: &Change) -> bool {
    let kind = change.kind;
    !matches!(kind, Kind::Colour | Kind::Visibility | Kind::HiddenText | Kind::Graphics | Kind::Pixels | Kind::Boxes)
        && !matches!(kind, Kind::Picture | Kind::CountyClass | Kind::Rotation | Kind::Alternative)
        && !matches!(kind, Kind::Metadata | Kind::Standards | Kind::Attachment | Kind::Annotation | Kind::Link)
        && !matches!(kind, Kind::FormField | Kind::Action | Kind::PageLabel | Kind::Layer | Kind::Encryption)
}

/// Tells whether two titles are the same but for the numbers of notes behind them.
fn begins(title: &str, words: &str) -> bool {
    let bare = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end().to_owned();
    bare(title) == bare(words)
}

/// Tells whether a link or bookmark leads to the page that it led to, which pages that were added before it moved.
fn lead_to_one_page(old: &Feature, new: &Feature, added: i64) -> bool {
    let target = |feature: &Feature| -> Option<(String, i64)> {
        let (words, page) = feature.words.rsplit_once("page ")?;
        Some((words.to_owned(), page.parse().ok()?))
    };
    let (Some((old, from)), Some((new, to))) = (target(old), target(new)) else { return false };
    added != 0 && old == new && to - from == added
}

/// Finds the first bookmark that stands before others than it did.
fn order(old: &[Feature], new: &[Feature]) -> Option<Change> {
    let bookmarks = |features: &'_ [Feature]| -> Vec<String> {
        let bookmarks = features.iter().filter(|feature| feature.kind == Kind::Bookmark);
        bookmarks.map(|bookmark| format!("{}: {}", bookmark.name, bookmark.words)).collect()
    };
    let (before, after) = (bookmarks(old), bookmarks(new));
    let at = before.iter().zip(&after).position(|(a, b)| a != b)?;
    let place = Place { row: Some(format!("order, bookmark {}", at + 1)), ..Place::default() };
    Some(Change::new(Kind::Bookmark, place, before.get(at).cloned(), after.get(at).cloned()))
}

fn change(old: Option<&Feature>, new: Option<&Feature>) -> Change {
    let feature = new.or(old);
    let row = feature.map(|feature| feature.name.clone()).filter(|name| !name.is_empty());
    let spot = |feature: Option<&Feature>| feature.and_then(|feature| feature.spot);
    let place = Place { row, old: spot(old), new: spot(new), ..Place::default() };
    let words = |feature: Option<&Feature>| feature.map(|feature| feature.words.clone());
    Change::new(feature.map_or(Kind::Annotation, |feature| feature.kind), place, words(old), words(new))
}

/// Tells a remark that stands elsewhere. Where links and fields stand follows from the words that they are laid over.
fn moved(old: &Feature, new: &Feature) -> Option<Change> {
    let (a, b) = (old.spot?, new.spot?);
    let far = a.area.iter().zip(b.area).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    let is_moved = new.kind == Kind::Annotation && (a.page != b.page || far > MOVED);
    let at = |spot: Spot| Some(format!("page {}, {:.0} × {:.0} pt", spot.page + 1, spot.area[0], spot.area[1]));
    is_moved.then(|| Change { before: at(a), after: at(b), ..change(Some(old), Some(new)) })
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

/// Returns the members of published tables that no page prints; nothing for a file that holds none.
fn unprinted(name: &str, content: &[u8]) -> Option<BTreeSet<String>> {
    PublishedTables::read(name, content).ok()?;
    let mut members = BTreeSet::new();
    SCHEMA.unprinted(&SCHEMA.root, &serde_json::from_slice(content).ok()?, &mut members);
    Some(members)
}

/// What published tables hold, by the types that read and write them.
static SCHEMA: LazyLock<TablesSchema> = LazyLock::new(|| TablesSchema { root: figures::schema() });

/// The JSON Schema of published tables.
struct TablesSchema {
    root: Value,
}

impl TablesSchema {
    /// Collects the members of a value that its schema does not know, at any depth. All that it knows is printed.
    fn unprinted(&self, schema: &Value, value: &Value, members: &mut BTreeSet<String>) {
        let forms = self.forms(schema);
        match value {
            Value::Array(items) => {
                let of_items = forms.iter().find_map(|form| form.get("items"));
                for item in items {
                    self.unprinted(of_items.unwrap_or(&Value::Null), item, members);
                }
            }
            Value::Object(object) => {
                for (key, value) in object {
                    match forms.iter().find_map(|form| form["properties"].get(key).or_else(|| by_key(form))) {
                        Some(schema) => self.unprinted(schema, value, members),
                        None => _ = members.insert(format!("{key}: {value}")),
                    }
                }
            }
            _ => {}
        }
    }

    /// The forms that a schema allows: what it refers to, and each of several.
    fn forms<'a>(&'a self, schema: &'a Value) -> Vec<&'a Value> {
        let named = schema["$ref"].as_str().and_then(|pointer| self.root.pointer(pointer.trim_start_matches('#')));
        let several = ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| schema[*key].as_array()).flatten();
        let mut forms = vec![schema];
        forms.extend(named.into_iter().chain(several).flat_map(|form| self.forms(form)));
        forms
    }
}

/// The schema of all members of a map, whatever their keys.
fn by_key(schema: &Value) -> Option<&Value> {
    let of_pattern = schema["patternProperties"].as_object().and_then(|patterns| patterns.values().next());
    of_pattern.or_else(|| schema.get("additionalProperties").filter(|schema| schema.is_object()))
}

#[cfg(test)]
mod tests {
    use crate::figures::{
        JurisdictionName, Period, ProseFigure, PublishedCell, PublishedColumn, PublishedCounter, PublishedMap,
        PublishedRow, PublishedTable, fixture,
    };

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
        // A member is known where it belongs, and nowhere else.
        assert_eq!(tables(r#", "cells": [2]"#), Some(BTreeSet::from(["cells: [2]".to_owned()])));
        assert_eq!(unprinted("t.json", b"no tables"), None);
    }

    /// Whoever adds a member decides here: pages print it in some form, or [`unprinted`] must collect it.
    #[test]
    fn all_that_the_types_hold_is_printed() {
        let PublishedTables {
            edition: _,
            jurisdiction: JurisdictionName { code: _, name: _ },
            period: Period { from: _, to: _ },
            data_date: _,
            publisher: _,
            notice: _,
            figures,
            counters,
            tables,
            maps,
        } = fixture::tables(&[("tip", "Tip", "27", false)]);
        for ProseFigure { id: _, text: _, hidden: _, around: _ } in figures.unwrap() {}
        for PublishedCounter { row: _, name: _, value: _, count: _, hidden: _, label: _, pictogram: _ } in counters {}
        for PublishedTable { id: _, title: _, columns, rows } in tables {
            for PublishedColumn { kind: _, head: _ } in columns {}
            for PublishedRow { key: _, role: _, level: _, cells } in rows {
                for PublishedCell { text: _, value: _, hidden: _ } in cells {}
            }
        }
        for PublishedMap { id: _, classes: _, unshaded: _, counties: _, names: _ } in maps {}
        let whole = fixture::tables(&[("tip", "Tip", "27", true)]).to_json();
        assert_eq!(unprinted("t.json", &whole), Some(BTreeSet::new()));
    }
}
