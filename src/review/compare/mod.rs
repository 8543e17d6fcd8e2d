//! Two reports, compared piece by piece: what stays is found first, so that one inserted row is one change.

mod file;
mod layout;
mod pair;
mod prose;
mod table;

use crate::confidential::Seen;
use crate::figures::FigureId;
use crate::unit::Digest;

use super::attached;
use super::change::{Change, Group, Place};
use super::content::{Block, Content, Spot, Table, Text, number};
use super::kind::Kind;

use pair::pairs;

/// Compares two reports.
pub(super) fn compare(old: &Content, new: &Content) -> Vec<Change> {
    let mut changes = Changes::default();
    if old.is_tagged && new.is_tagged {
        let (pairs, moved) = pairs(&old.blocks, &new.blocks);
        for (before, after) in &pairs {
            changes.at(*before, *after);
            changes.block(*before, *after, old, new);
        }
        changes.heading = None;
        for (before, after) in moved {
            changes.moved(before, after);
            changes.block(Some(before), Some(after), old, new);
        }
        table::misprints(new, &mut changes);
        layout::compare(old, new, &pairs, &mut changes);
    } else {
        prose::untagged(old, new, &mut changes);
    }
    layout::furniture(old, new, &mut changes);
    file::compare(old, new, &mut changes);
    attached::name_in_prose(&mut changes.list, [old.tables.as_ref(), new.tables.as_ref()]);
    changes.list
}

/// The changes found so far, and where the comparison stands.
#[derive(Default)]
struct Changes {
    list: Vec<Change>,
    heading: Option<String>,
}

impl Changes {
    fn at(&mut self, old: Option<&Block>, new: Option<&Block>) {
        if let Some(Block::Heading(text)) = new.or(old) {
            self.heading = Some(text.words.clone());
        }
    }

    fn place(&self, old: Option<Spot>, new: Option<Spot>) -> Place {
        Place { heading: self.heading.clone(), old, new, ..Place::default() }
    }

    fn push(&mut self, kind: Kind, place: Place, before: Option<&str>, after: Option<&str>) {
        self.list.push(Change::new(kind, place, before.map(str::to_owned), after.map(str::to_owned)));
    }

    fn block(&mut self, old: Option<&Block>, new: Option<&Block>, before: &Content, after: &Content) {
        match (old, new) {
            (Some(Block::Table(old)), Some(Block::Table(new))) => table::compare(old, new, self),
            (Some(Block::Table(gone)), _) => self.table(Kind::TableRemoved, gone),
            (_, Some(Block::Table(table))) => self.table(Kind::TableAdded, table),
            (Some(Block::Heading(old)), Some(Block::Heading(new))) => {
                if old.words != new.words {
                    let place = self.place(old.spot, new.spot);
                    self.push(Kind::Heading, place, Some(&old.words), Some(&new.words));
                }
                self.markers(old, new, None);
            }
            (Some(Block::Paragraph(old)), Some(Block::Paragraph(new))) => {
                prose::compare(old, new, Kind::Prose, self);
                self.markers(old, new, None);
            }
            (Some(Block::Note { number: a, text: old }), Some(Block::Note { number: b, text: new })) => {
                prose::compare(old, new, Kind::NoteText, self);
                if a != b {
                    let mut change =
                        Change::new(Kind::NoteNumber, self.place(old.spot, new.spot), Some(a.clone()), Some(b.clone()));
                    change.group = Some(Group::Renumbering);
                    self.list.push(change);
                }
            }
            (
                Some(Block::Counter { value: a, label, text: old, figure }),
                Some(Block::Counter { value: b, label: new_label, text: new, figure: new_figure }),
            ) => {
                let place = Place { row: Some(new_label.clone()), ..self.place(old.spot, new.spot) };
                self.counter([a, b], [label, new_label], [figure, new_figure], place);
                self.markers(old, new, None);
            }
            (Some(Block::Figure { alternative: a, page: old }), Some(Block::Figure { alternative: b, page: new })) => {
                let spots = [before.pictured(*old), after.pictured(*new)];
                if !self.counties(before, after, spots) {
                    self.figure([a, b], [before.pictures_of(*old), after.pictures_of(*new)], spots);
                }
            }
            (Some(Block::Note { text, .. }), _) => self.gone(Kind::NoteRemoved, text),
            (_, Some(Block::Note { text, .. })) => self.come(Kind::NoteAdded, text),
            (Some(Block::Heading(text)), _) => self.gone(Kind::Heading, text),
            (_, Some(Block::Heading(text))) => self.come(Kind::Heading, text),
            (Some(one), _) => one.text().into_iter().for_each(|text| self.gone(Kind::Prose, text)),
            (_, Some(one)) => one.text().into_iter().for_each(|text| self.come(Kind::Prose, text)),
            (None, None) => {}
        }
    }

    fn counter(
        &mut self,
        [old, new]: [&String; 2],
        [old_label, new_label]: [&String; 2],
        figures: [&Option<FigureId>; 2],
        place: Place,
    ) {
        if old != new {
            let kind = figure_kind(old, new, Kind::Figure);
            let mut change = Change::new(kind, place.clone(), Some(old.clone()), Some(new.clone()));
            change.size = difference(old, new);
            change.figures = figures.map(Clone::clone);
            self.list.push(change);
        }
        if old_label != new_label {
            self.push(Kind::Prose, place, Some(old_label), Some(new_label));
        }
    }

    /// Compares a figure of which no county is told to differ.
    fn figure(&mut self, [old, new]: [&String; 2], pictures: [Option<Digest>; 2], spots: [Option<Spot>; 2]) {
        let place = self.place(spots[0], spots[1]);
        if pictures[0] != pictures[1] {
            self.push(Kind::Picture, place.clone(), None, None);
        }
        if old != new {
            self.push(Kind::Alternative, place, Some(old), Some(new));
        }
    }

    fn moved(&mut self, old: &Block, new: &Block) {
        let spot = |block: &Block| block.text().and_then(|text| text.spot);
        let words = new.text().map(|text| text.words.clone()).unwrap_or_default();
        let place = Place { row: Some(words), ..self.place(spot(old), spot(new)) };
        self.push(Kind::Moved, place, None, None);
    }

    fn gone(&mut self, kind: Kind, text: &Text) {
        let place = self.place(text.spot, None);
        self.push(kind, place, Some(&text.words), None);
    }

    fn come(&mut self, kind: Kind, text: &Text) {
        let place = self.place(None, text.spot);
        self.push(kind, place, None, Some(&text.words));
    }

    fn table(&mut self, kind: Kind, table: &Table) {
        let spot = table.heads.first().and_then(|head| head.spot);
        let is_new = kind == Kind::TableAdded;
        let place = Place {
            table: Some(table.title().to_owned()),
            ..self.place(spot.filter(|_| !is_new), spot.filter(|_| is_new))
        };
        let rows = format!("{} rows", table.rows.len());
        self.push(kind, place, (!is_new).then_some(rows.as_str()), is_new.then_some(rows.as_str()));
    }

    /// Compares the notes that two texts refer to.
    fn markers(&mut self, old: &Text, new: &Text, place: Option<Place>) {
        if old.markers == new.markers {
            return;
        }
        let place = place.unwrap_or_else(|| self.place(old.spot, new.spot));
        let is_renumbered = old.markers.len() == new.markers.len();
        let kind = if is_renumbered { Kind::NoteNumber } else { Kind::NoteMarker };
        let words = |text: &Text| (!text.markers.is_empty()).then(|| text.markers.join(" "));
        let mut change = Change::new(kind, place, words(old), words(new));
        change.group = is_renumbered.then_some(Group::Renumbering);
        self.list.push(change);
    }

    /// Compares the classes of counties in the attached tables; tells whether any changed.
    fn counties(&mut self, old: &Content, new: &Content, spots: [Option<Spot>; 2]) -> bool {
        let (Some(old), Some(new)) = (&old.tables, &new.tables) else { return false };
        let mut found = false;
        for map in &new.maps {
            let Some(before) = old.maps.iter().find(|candidate| candidate.id == map.id) else { continue };
            for (county, before_class, class) in before.reclassed(map) {
                found = true;
                let name = map.names.get(county).or_else(|| before.names.get(county));
                let name = name.map_or(county.as_str(), String::as_str).to_owned();
                let place = Place { row: Some(name), ..self.place(spots[0], spots[1]) };
                let (old_class, new_class) = (before_class.to_owned(), class.to_owned());
                let mut change = Change::new(Kind::CountyClass, place, Some(old_class), Some(new_class));
                change.figures = [Some(before.figure(county)), Some(map.figure(county))];
                self.list.push(change);
            }
        }
        found
    }
}

/// By how much a figure moved.
fn difference(old: &str, new: &str) -> Option<f64> {
    let moved = number(new)? - number(old)?;
    Some((moved * 1e6).round() / 1e6)
}

/// Tells figures that appear or vanish from those that move.
fn figure_kind(old: &str, new: &str, otherwise: Kind) -> Kind {
    let seen = |words: &str| match number(words) {
        Some(_) => Seen::Shown,
        None if words.is_empty() => Seen::Absent,
        None => Seen::Hidden,
    };
    match (seen(old), seen(new)) {
        (old, new) if old.conceals(new) => Kind::NewlySuppressed,
        (old, new) if old.reveals(new) => Kind::NewlyShown,
        _ => otherwise,
    }
}
