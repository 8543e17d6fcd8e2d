//! The changes found so far, and the kinds of them that need no rule of their own.

use crate::confidential::Seen;
use crate::figures::FigureId;
use crate::unit::Digest;

use super::super::change::{Change, Group, Place};
use super::super::content::{Block, Content, Spot, Table, Text, Word, number};
use super::super::kind::Kind;
use super::flow::Moves;
use super::words::{Aligned, words};

/// The changes found so far, and where the comparison stands.
#[derive(Default)]
pub(super) struct Changes {
    pub list: Vec<Change>,
    pub heading: Option<String>,
    pub moves: Moves,
}

impl Changes {
    pub(super) fn at(&mut self, old: Option<&Block>, new: Option<&Block>) {
        if let Some(Block::Heading(text)) = new.or(old) {
            self.heading = Some(text.words.clone());
        }
    }

    /// Adds a change that may be told already, of other places.
    pub(super) fn also(&mut self, change: Change) {
        let key = |change: &Change| (change.kind, change.before.clone(), change.after.clone());
        match self.list.iter_mut().find(|known| key(known) == key(&change)) {
            Some(known) => {
                known.places += change.places;
                known.place.row = None;
                let [old, new] = change.covered;
                known.covered[0].extend(old);
                known.covered[1].extend(new);
            }
            None => self.list.push(change),
        }
    }

    /// Notes which words of two texts stand elsewhere.
    pub(super) fn follow(&mut self, old: &Text, new: &Text) {
        let (before, after) = (words([old]), words([new]));
        let aligned = Aligned::of(&before, &after);
        self.moves.note(&before, &after, &aligned.same);
        let (before, after): (Vec<&Word>, Vec<&Word>) = (old.marked.iter().collect(), new.marked.iter().collect());
        if old.markers == new.markers {
            let same: Vec<(usize, usize)> = (0..before.len()).map(|at| (at, at)).collect();
            self.moves.note(&before, &after, &same);
        }
        for (old, new) in old.again.iter().zip(&new.again) {
            self.follow(old, new);
        }
    }

    pub(super) fn place(&self, old: Option<Spot>, new: Option<Spot>) -> Place {
        Place { heading: self.heading.clone(), old, new, ..Place::default() }
    }

    pub(super) fn push(&mut self, kind: Kind, place: Place, before: Option<&str>, after: Option<&str>) {
        self.list.push(Change::new(kind, place, before.map(str::to_owned), after.map(str::to_owned)));
    }

    pub(super) fn counter(
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
    pub(super) fn figure(&mut self, [old, new]: [&String; 2], pictures: [Option<Digest>; 2], spots: [Option<Spot>; 2]) {
        let place = self.place(spots[0], spots[1]);
        if pictures[0] != pictures[1] {
            self.push(Kind::Picture, place.clone(), None, None);
        }
        if old != new {
            self.push(Kind::Alternative, place, Some(old), Some(new));
        }
    }

    pub(super) fn moved(&mut self, old: &Block, new: &Block) {
        let spot = |block: &Block| block.text().and_then(|text| text.spot);
        let words = new.text().map(|text| text.words.clone()).unwrap_or_default();
        let place = Place { row: Some(words), ..self.place(spot(old), spot(new)) };
        self.push(Kind::Moved, place, None, None);
    }

    pub(super) fn gone(&mut self, kind: Kind, text: &Text) {
        let place = self.place(text.spot, None);
        self.push(kind, place, Some(&text.words), None);
    }

    pub(super) fn come(&mut self, kind: Kind, text: &Text) {
        let place = self.place(None, text.spot);
        self.push(kind, place, None, Some(&text.words));
    }

    pub(super) fn table(&mut self, kind: Kind, table: &Table) {
        let spot = table.heads.first().and_then(|head| head.spot);
        let is_new = kind == Kind::TableAdded;
        let place = Place {
            table: Some(table.title().to_owned()),
            ..self.place(spot.filter(|_| !is_new), spot.filter(|_| is_new))
        };
        let rows = format!("{} rows", table.rows.len());
        self.push(kind, place, (!is_new).then_some(rows.as_str()), is_new.then_some(rows.as_str()));
    }

    /// Compares the numbers of a note.
    pub(super) fn note_number(&mut self, [old, new]: [&String; 2], place: Place, marked: [&[Word]; 2]) {
        if old != new {
            let covered = marked.map(spots);
            let change = Change::new(Kind::NoteNumber, place, Some(old.clone()), Some(new.clone()));
            self.list.push(Change { group: Some(Group::Renumbering), covered, ..change });
        }
    }

    /// Compares the notes that two texts refer to.
    pub(super) fn markers(&mut self, old: &Text, new: &Text, place: Option<Place>) {
        if old.markers == new.markers {
            return;
        }
        let place = place.unwrap_or_else(|| self.place(old.spot, new.spot));
        let is_renumbered = old.markers.len() == new.markers.len();
        let kind = if is_renumbered { Kind::NoteNumber } else { Kind::NoteMarker };
        let words = |text: &Text| (!text.markers.is_empty()).then(|| text.markers.join(" "));
        let mut change = Change::new(kind, place, words(old), words(new));
        change.group = is_renumbered.then_some(Group::Renumbering);
        change.covered = [old, new].map(|text| spots(&text.marked));
        self.list.push(change);
    }

    /// Compares the classes of counties in the attached tables; tells whether any changed.
    pub(super) fn counties(&mut self, old: &Content, new: &Content, spots: [Option<Spot>; 2]) -> bool {
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

/// Where words stand.
fn spots(words: &[Word]) -> Vec<Spot> {
    words.iter().filter_map(|word| word.spot).collect()
}

/// By how much a figure moved.
pub(super) fn difference(old: &str, new: &str) -> Option<f64> {
    let moved = number(new)? - number(old)?;
    Some((moved * 1e6).round() / 1e6)
}

/// Tells figures that appear or vanish from those that move.
pub(super) fn figure_kind(old: &str, new: &str, otherwise: Kind) -> Kind {
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
