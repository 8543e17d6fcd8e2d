//! Which inputs a change of a kind can follow from.

use crate::release::Value;

use super::super::change::{Change, Kind};
use super::{Cause, CauseKind, InputChange};

/// Values of a spec that decide what is counted.
const COUNTED: &[&str] = &[
    "/sources",
    "/populations",
    "/counters",
    "/tables",
    "/ranks",
    "/period",
    "/coverage",
    "/reference",
    "/maps",
    "/code_lists",
    "/jurisdictions",
];
/// Values of a spec that decide what is hidden.
const HIDDEN: &[&str] = &["/small_counts", "/overrides", "/accept", "/tables", "/counters", "/populations", "/maps"];
/// Values of a spec that are words.
const WORDS: &[&str] = &[
    "/content",
    "/running_head",
    "/corrections",
    "/revision",
    "/notice",
    "/period",
    "/data_date",
    "/language",
    "/title",
    "/publisher",
    "/jurisdictions",
];

/// Values of a spec that describe the file.
const DESCRIPTION: &[&str] =
    &["/title", "/publisher", "/subject", "/keywords", "/output", "/language", "/jurisdictions", "/period"];
/// Values of a spec that refer to notes, or are notes that come and go.
const REFERENCES: &[&str] = &["/notes", "/content", "/code_lists", "/tables", "/counters"];
/// Ends of values that are words or colours and change no figure.
const NO_FIGURES: &[&str] =
    &["label", "labels", "head", "note", "name", "pictogram", "rgb", "cmyk", "legend", "alternative", "one", "other"];

/// What can change things of a kind: inputs, and values of the spec.
struct Source {
    inputs: &'static [CauseKind],
    values: &'static [&'static [&'static str]],
}

/// The inputs that a change of this kind comes from, and those that it comes from where none of the first differs.
fn sources(kind: Kind) -> [Source; 2] {
    match kind {
        kind if kind < Kind::RowRelabelled || kind == Kind::CountyClass || kind == Kind::Rank => of_figures(kind),
        kind if kind < Kind::Pages => of_words(kind),
        kind => of_looks(kind),
    }
}

fn source(inputs: &'static [CauseKind], values: &'static [&'static [&'static str]]) -> Source {
    Source { inputs, values }
}

/// Where nothing else explains a change.
fn last() -> Source {
    source(&[CauseKind::Program], &[])
}

fn of_figures(kind: Kind) -> [Source; 2] {
    use CauseKind::{Boundaries, Data, Font, Layout, Policy, Program, Reference};
    match kind {
        Kind::NewlyShown | Kind::NewlySuppressed => {
            [source(&[Data, Policy, Reference], &[HIDDEN]), source(&[Program], &[COUNTED])]
        }
        // A page that does not say what its table says: no input does that.
        Kind::Misprint => [last(), source(&[Layout, Font], &[])],
        Kind::CountyClass => [source(&[Data, Policy, Boundaries], &[&["/maps", "/populations", "/sources"]]), last()],
        _ => [source(&[Data, Policy, Reference], &[COUNTED]), last()],
    }
}

fn of_words(kind: Kind) -> [Source; 2] {
    use CauseKind::{Boundaries, Data, Font, Policy, Predecessor, Program, Reference};
    match kind {
        Kind::RowRelabelled => [source(&[], &[&["/code_lists", "/tables"]]), source(&[Data, Program], &[])],
        Kind::ColumnHead => [source(&[], &[&["/tables", "/notes"]]), last()],
        Kind::TableAdded | Kind::TableRemoved | Kind::Moved => {
            [source(&[Predecessor], &[&["/content", "/tables", "/revision"]]), source(&[Data, Program], &[])]
        }
        Kind::Picture => [source(&[Boundaries, Font], &[&["/maps", "/jurisdictions"]]), source(&[Data, Program], &[])],
        Kind::NoteText => [source(&[], &[&["/notes"]]), last()],
        Kind::NoteAdded | Kind::NoteRemoved | Kind::NoteNumber | Kind::NoteMarker => {
            [source(&[Data, Policy], &[REFERENCES]), last()]
        }
        _ => [source(&[Data, Reference, Predecessor], &[WORDS, &["/counters", "/maps"]]), last()],
    }
}

fn of_looks(kind: Kind) -> [Source; 2] {
    use CauseKind::{Boundaries, Data, Font, Layout, Policy, Predecessor, Program, Reference};
    match kind {
        Kind::Pages | Kind::Position | Kind::Graphics | Kind::Pixels => [
            source(&[Layout, Font], &[&["/layout", "/fonts", "/maps"]]),
            source(
                &[Data, Policy, Boundaries, Predecessor, Program],
                &[&["/content", "/notes", "/code_lists", "/notice", "/revision"]],
            ),
        ],
        Kind::Metadata => [source(&[], &[DESCRIPTION]), last()],
        Kind::Standards => [last(), source(&[Layout], &[])],
        Kind::Attachment => [source(&[Data, Policy, Reference, Predecessor], &[COUNTED, HIDDEN, WORDS]), last()],
        Kind::ReportAdded | Kind::ReportRemoved => [source(&[], &[&["/reports", "/jurisdictions"]]), last()],
        _ => [source(&[Layout, Font], &[&["/layout", "/fonts", "/maps", "/content"]]), last()],
    }
}

/// Whose change it is: a jurisdiction, by its code, and a table, by its name in the spec.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    /// Code of the jurisdiction.
    pub jurisdiction: &'a str,
    /// Name of the table.
    pub table: Option<&'a str>,
}

/// Returns the places of the causes that a change can follow from; none, where no input explains it.
pub fn follow(change: &Change, subject: Subject<'_>, causes: &[Cause]) -> Vec<usize> {
    let explains = |source: &Source, cause: &Cause| {
        let is_source = match (cause.input, &cause.pointer) {
            // A manifest of an older program names no values.
            (CauseKind::Spec, None) => true,
            (CauseKind::Spec, Some(pointer)) => {
                let end = pointer.rsplit('/').next().unwrap_or_default();
                let fits = |values: &&[&str]| {
                    let is_other_note = !["note", "line", "paragraph", "heading", "notice"].contains(&end)
                        && (cause.how == InputChange::Changed || !pointer.starts_with("/notes"));
                    cause.is_below(values)
                        && !(*values == COUNTED && NO_FIGURES.contains(&end))
                        && !(*values == REFERENCES && is_other_note)
                };
                source.values.iter().any(fits)
            }
            (other, _) => source.inputs.contains(&other),
        };
        is_source && is_about(cause, subject)
    };
    for source in sources(change.kind) {
        let found: Vec<usize> = (0..causes.len()).filter(|at| explains(&source, &causes[*at])).collect();
        if !found.is_empty() {
            return exact(change, &found, causes).unwrap_or(found);
        }
    }
    Vec::new()
}

/// The values that say the very words of a change; of a change that tells whole texts alone.
fn exact(change: &Change, found: &[usize], causes: &[Cause]) -> Option<Vec<usize>> {
    let words = change.after.as_deref()?;
    if !matches!(change.kind, Kind::RowRelabelled | Kind::ColumnHead | Kind::Heading) {
        return None;
    }
    let digests = Value::digests_of(words);
    let says_it = |at: &usize| causes[*at].digest.as_ref().is_some_and(|digest| digests.contains(digest));
    let exact: Vec<usize> = found.iter().copied().filter(says_it).collect();
    (!exact.is_empty()).then_some(exact)
}

/// Tells whether an input has to do with a jurisdiction and a table.
fn is_about(cause: &Cause, subject: Subject<'_>) -> bool {
    let part = |at: usize| cause.pointer.as_deref().and_then(|pointer| pointer.split('/').nth(at));
    match (cause.input, part(1)) {
        (CauseKind::Spec, Some("jurisdictions")) => part(2).is_none_or(|code| code == subject.jurisdiction),
        (CauseKind::Spec, Some("tables")) => part(2).zip(subject.table).is_none_or(|(name, table)| name == table),
        (CauseKind::Boundaries, _) => {
            let name = cause.path.rsplit('/').next().unwrap_or_default();
            let code = name.strip_suffix(".geojson").filter(|code| code.len() == 2);
            code.is_none_or(|code| code == subject.jurisdiction)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::change::Place;
    use super::*;

    #[test]
    fn a_change_follows_from_what_can_make_it_and_from_nothing_else() {
        let cause = |input, path: &str| Cause::of(input, path, InputChange::Changed);
        let of = |pointer: &str| Cause { pointer: Some(pointer.into()), ..cause(CauseKind::Spec, "spec.yaml") };
        let causes = [
            cause(CauseKind::Data, "cases.csv"),
            of("/notes/identity"),
            of("/tables/reason/columns/1/head"),
            of("/tables/reason/where/is"),
            cause(CauseKind::Boundaries, "geodata/2016/TX.geojson"),
            cause(CauseKind::Program, "platen"),
        ];
        let follow = |kind, jurisdiction, table| {
            follow(&Change::new(kind, Place::default(), None, None), Subject { jurisdiction, table }, &causes)
        };
        assert_eq!(follow(Kind::Count, "CT", Some("venue")), [0]);
        assert_eq!(follow(Kind::Count, "CT", Some("reason")), [0, 3]);
        assert_eq!(follow(Kind::NoteText, "CT", None), [1]);
        assert_eq!(follow(Kind::ColumnHead, "CT", Some("reason")), [1, 2, 3]);
        assert_eq!(follow(Kind::Picture, "TX", None), [4]);
        assert_eq!(follow(Kind::Picture, "CT", None), [0, 5]);
        assert_eq!(follow(Kind::Metadata, "CT", None), [5]);
        let count = Change::new(Kind::Count, Place::default(), None, None);
        assert!(super::follow(&count, Subject::default(), &[]).is_empty());
    }
}
