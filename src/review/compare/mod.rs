//! Two reports, compared piece by piece: what stays is found first, so that one inserted row is one change.

mod changes;
mod columns;
mod file;
mod flow;
mod layout;
mod pair;
mod prose;
mod sequence;
mod table;
mod words;

use super::attached;
use super::change::{Change, Place};
use super::content::{Block, Content};
use super::kind::Kind;

use changes::Changes;
use pair::pairs;

pub(super) use flow::Flow;

/// Compares two reports; returns what changed, and what of the pages follows from it.
pub(super) fn compare(old: &Content, new: &Content) -> (Vec<Change>, Flow) {
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
    layout::pages(old, new, &mut changes);
    layout::pictures(old, new, &mut changes);
    layout::furniture(old, new, &mut changes);
    file::compare(old, new, &mut changes);
    attached::name_in_prose(&mut changes.list, [old.tables.as_ref(), new.tables.as_ref()]);
    let flow = changes.moves.explain(&changes.list);
    (changes.list, flow)
}

impl Changes {
    /// Compares two blocks that are a pair, or tells one that came or went.
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
                self.note_number([a, b], self.place(old.spot, new.spot), [&old.marked, &new.marked]);
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
            (Some(block), _) => block.text().into_iter().for_each(|text| self.gone(alone(block)[0], text)),
            (_, Some(block)) => block.text().into_iter().for_each(|text| self.come(alone(block)[1], text)),
            (None, None) => {}
        }
    }
}

/// The kinds of change where a text is gone, and where it is new.
fn alone(block: &Block) -> [Kind; 2] {
    match block {
        Block::Note { .. } => [Kind::NoteRemoved, Kind::NoteAdded],
        Block::Heading(_) => [Kind::Heading, Kind::Heading],
        _ => [Kind::Prose, Kind::Prose],
    }
}
