//! Which inputs a change of a kind can follow from.

use std::collections::BTreeSet;

use crate::release::Value;
use crate::report_spec::TiSlice;

use super::super::change::Change;
use super::super::kind::Kind;
use super::reads::{Part, Reads, Scope};
use super::section::{Position, Section};
use super::{Cause, CauseId, CauseKind, InputChange};

/// Values of a spec, by what they decide.
#[derive(Clone, Copy)]
enum Values {
    /// What is counted.
    Counted,
    /// What is hidden.
    Hidden,
    /// The class of a county.
    Classed,
    /// What is said.
    Words,
    /// What the file says of itself.
    Description,
    /// Which notes there are, and what refers to them.
    References,
    /// All values of these sections.
    All(&'static [Section]),
}

/// Ends of values that are words or colours and change no figure.
const NO_FIGURES: &[&str] =
    &["label", "labels", "head", "note", "name", "pictogram", "rgb", "cmyk", "legend", "alternative", "one", "other"];
/// Ends of values of a map that are no class.
const NO_CLASSES: &[&str] = &["rgb", "cmyk", "legend", "alternative", "width_pt", "height_pt", "font", "vintage"];
/// Ends of values that can refer to a note.
const REFERRING: &[&str] = &["note", "line", "paragraph", "heading", "notice"];

impl Values {
    fn sections(self) -> &'static [Section] {
        use Section as S;
        match self {
            Self::Counted => &[
                S::Sources,
                S::Populations,
                S::Counters,
                S::Tables,
                S::Ranks,
                S::Period,
                S::Coverage,
                S::Reference,
                S::Maps,
                S::CodeLists,
                S::Jurisdictions,
            ],
            Self::Hidden => &[S::SmallCounts, S::Overrides, S::Accept, S::Tables, S::Counters, S::Populations, S::Maps],
            Self::Classed => &[S::Maps, S::Populations, S::Sources],
            Self::Words => &[
                S::Content,
                S::RunningHead,
                S::Corrections,
                S::Revision,
                S::Notice,
                S::Period,
                S::DataDate,
                S::Language,
                S::Title,
                S::Publisher,
                S::Jurisdictions,
            ],
            Self::Description => {
                &[S::Title, S::Publisher, S::Subject, S::Keywords, S::Output, S::Language, S::Jurisdictions, S::Period]
            }
            Self::References => &[S::Notes, S::Content, S::CodeLists, S::Tables, S::Counters],
            Self::All(sections) => sections,
        }
    }

    /// Tells whether a value that differs so is one of these.
    fn hold(self, at: Position<'_>, change: InputChange) -> bool {
        self.sections().contains(&at.section)
            && match self {
                Self::Counted => !NO_FIGURES.contains(&at.key),
                Self::Classed => !NO_CLASSES.contains(&at.key),
                // The words of a note are no reference to it, but it may be new or gone.
                Self::References => {
                    REFERRING.contains(&at.key) || (change != InputChange::Changed && at.section == Section::Notes)
                }
                Self::Hidden | Self::Words | Self::Description | Self::All(_) => true,
            }
    }
}

/// What a change can follow from: inputs, and values of the spec.
struct Source {
    inputs: &'static [CauseKind],
    values: &'static [Values],
}

const fn source(inputs: &'static [CauseKind], values: &'static [Values]) -> Source {
    Source { inputs, values }
}

/// Where nothing else explains a change.
const LAST: Source = source(&[CauseKind::Program], &[]);

impl Kind {
    /// The inputs that a change of this kind comes from, and those that it comes from where none of the first differs.
    fn depends_on(self) -> [Source; 2] {
        use CauseKind::{Boundaries, Data, Font, Layout, Policy, Predecessor, Program, Reference};
        use Section as S;
        use Values::{All, Classed, Counted, Description, Hidden, References, Words};
        match self {
            Self::NewlyShown | Self::NewlySuppressed => {
                [source(&[Data, Policy, Reference], &[Hidden]), source(&[Program], &[Counted])]
            }
            // A page that does not say what its table says: no input does that.
            Self::Misprint => [LAST, source(&[Layout, Font], &[])],
            Self::Count
            | Self::Percent
            | Self::Figure
            | Self::Rank
            | Self::RowAdded
            | Self::RowRemoved
            | Self::RowMoved => [source(&[Data, Policy, Reference], &[Counted]), LAST],
            Self::CountyClass => [source(&[Data, Policy, Boundaries], &[Classed]), LAST],
            // Words may name the threshold.
            Self::RowRelabelled => [
                source(&[], &[All(&[S::CodeLists, S::Tables])]),
                source(&[Data, Policy, Program], &[All(&[S::SmallCounts])]),
            ],
            Self::ColumnHead | Self::ColumnAdded | Self::ColumnRemoved | Self::ColumnMoved => {
                [source(&[], &[All(&[S::Tables, S::Notes])]), LAST]
            }
            Self::TableAdded | Self::TableRemoved | Self::Moved => {
                [source(&[Predecessor], &[All(&[S::Content, S::Tables, S::Revision])]), source(&[Data, Program], &[])]
            }
            Self::Picture => {
                [source(&[Boundaries, Font], &[All(&[S::Maps, S::Jurisdictions])]), source(&[Data, Program], &[])]
            }
            Self::NoteText => [source(&[], &[All(&[S::Notes])]), source(&[Policy, Program], &[All(&[S::SmallCounts])])],
            Self::NoteAdded | Self::NoteRemoved | Self::NoteNumber | Self::NoteMarker => {
                [source(&[Data, Policy], &[References]), LAST]
            }
            Self::Alternative => [source(&[Data, Policy, Boundaries], &[Words, All(&[S::Maps, S::SmallCounts])]), LAST],
            Self::Heading | Self::Date | Self::Prose | Self::HiddenText | Self::Furniture | Self::Bookmark => [
                source(&[Data, Reference, Predecessor], &[Words, All(&[S::Counters])]),
                source(&[Policy, Program], &[All(&[S::SmallCounts])]),
            ],
            Self::Pages | Self::Position | Self::LineBreaks | Self::Graphics | Self::Pixels => [
                source(&[Layout, Font], &[All(&[S::Layout, S::Fonts, S::Maps])]),
                source(
                    &[Data, Policy, Boundaries, Predecessor, Program],
                    &[All(&[S::Content, S::Notes, S::CodeLists, S::Notice, S::Revision])],
                ),
            ],
            Self::Font | Self::Size | Self::Colour | Self::Visibility | Self::Boxes | Self::Rotation => {
                [source(&[Layout, Font], &[All(&[S::Layout, S::Fonts, S::Maps, S::Content])]), LAST]
            }
            Self::Metadata => [source(&[], &[Description]), LAST],
            Self::Link => [source(&[Layout], &[All(&[S::Content, S::Notes, S::Layout])]), LAST],
            // A layout makes none of these.
            Self::Standards
            | Self::Annotation
            | Self::FormField
            | Self::Action
            | Self::PageLabel
            | Self::Layer
            | Self::Encryption => [LAST, source(&[Layout], &[])],
            Self::Attachment => [source(&[Data, Policy, Reference, Predecessor], &[Counted, Hidden, Words]), LAST],
            Self::ReportAdded | Self::ReportRemoved => [source(&[], &[All(&[S::Reports, S::Jurisdictions])]), LAST],
        }
    }
}

/// Whose change it is: a jurisdiction, by its code, and a part of its report.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Subject<'a> {
    /// Code of the jurisdiction.
    pub jurisdiction: &'a str,
    /// The part.
    pub part: Part<'a>,
}

/// Returns the causes that a change can follow from; none, where no input explains it.
pub(crate) fn follow(
    change: &Change,
    subject: Subject<'_>,
    causes: &TiSlice<CauseId, Cause>,
    reads: &Reads,
) -> Vec<CauseId> {
    let explains = |source: &Source, cause: &Cause| {
        let is_source = match (cause.input, &cause.pointer) {
            // A manifest of an older program names no values.
            (CauseKind::Spec, None) => true,
            (CauseKind::Spec, Some(pointer)) => {
                Position::of(pointer).is_some_and(|at| source.values.iter().any(|values| values.hold(at, cause.change)))
            }
            (other, _) => source.inputs.contains(&other),
        };
        is_source && is_about(cause, subject) && is_read(cause, subject.part, reads)
    };
    for source in change.kind.depends_on() {
        let explaining = causes.iter_enumerated().filter(|(_, cause)| explains(&source, cause));
        let found: Vec<CauseId> = explaining.map(|(id, _)| id).collect();
        if !found.is_empty() {
            return exact(change, &found, causes).unwrap_or(found);
        }
    }
    Vec::new()
}

/// The values that say the very words of a change; of a change that tells whole texts alone.
fn exact(change: &Change, found: &[CauseId], causes: &TiSlice<CauseId, Cause>) -> Option<Vec<CauseId>> {
    let words = change.after.as_deref()?;
    if !matches!(change.kind, Kind::RowRelabelled | Kind::ColumnHead | Kind::Heading) {
        return None;
    }
    let digests = Value::digests_of(words);
    let says_it = |id: &CauseId| causes[*id].digest.as_ref().is_some_and(|digest| digests.contains(digest));
    let exact: Vec<CauseId> = found.iter().copied().filter(says_it).collect();
    (!exact.is_empty()).then_some(exact)
}

/// Tells whether an input has to do with a jurisdiction.
fn is_about(cause: &Cause, subject: Subject<'_>) -> bool {
    let at = cause.pointer.as_deref().and_then(Position::of);
    let named = at.and_then(|at| Some((at.section, at.name?)));
    match (cause.input, named) {
        (CauseKind::Spec, Some((Section::Jurisdictions, code))) => code == subject.jurisdiction,
        (CauseKind::Boundaries, _) => {
            let name = cause.path.rsplit('/').next().unwrap_or_default();
            let code = name.strip_suffix(".geojson").filter(|code| code.len() == 2);
            code.is_none_or(|code| code == subject.jurisdiction)
        }
        _ => true,
    }
}

/// Tells whether a part of a report reads an input: as its spec says, and where nobody knows, it may.
fn is_read(cause: &Cause, part: Part<'_>, reads: &Reads) -> bool {
    use Section as S;
    let at = cause.pointer.as_deref().and_then(Position::of);
    let scope = reads.scope(part);
    let holds =
        |names: fn(&Scope) -> &BTreeSet<String>, name: &str| scope.is_none_or(|scope| names(scope).contains(name));
    match (cause.input, at, part) {
        (_, _, Part::Other) => true,
        (CauseKind::Data, ..) => scope.is_none_or(|scope| reads.is_file_of(&cause.path, &scope.sources)),
        // Published figures stand in words and ranks alone.
        (CauseKind::Reference, ..) => false,
        (CauseKind::Spec, Some(Position { section, name: Some(name), column, .. }), _) => match section {
            S::Tables => matches!(part, Part::Table(table) if table == name),
            S::Maps => part == Part::Maps,
            S::Counters => part == Part::Counters,
            S::Ranks | S::Reference | S::Coverage => false,
            S::Populations => holds(|scope| &scope.populations, name),
            S::CodeLists => holds(|scope| &scope.lists, name),
            S::Sources => {
                let is_column_read = |column: &str| {
                    scope.is_none_or(|scope| scope.columns.contains(&(name.to_owned(), column.to_owned())))
                };
                holds(|scope| &scope.sources, name) && column.is_none_or(is_column_read)
            }
            _ => true,
        },
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::report_spec::TiVec;

    use super::super::super::change::Place;
    use super::*;

    #[test]
    fn a_change_follows_from_what_can_make_it_and_from_nothing_else() {
        let cause = |input, path: &str| Cause::of(input, path, InputChange::Changed);
        let of = |pointer: &str| Cause { pointer: Some(pointer.into()), ..cause(CauseKind::Spec, "spec.yaml") };
        let causes: TiVec<CauseId, Cause> = vec![
            cause(CauseKind::Data, "cases.csv"),
            of("/notes/identity"),
            of("/tables/reason/columns/1/head"),
            of("/tables/reason/where/is"),
            cause(CauseKind::Boundaries, "geodata/2016/TX.geojson"),
            cause(CauseKind::Program, "platen"),
        ]
        .into();
        let reads = Reads::default();
        let follow = |kind, jurisdiction, table: Option<&'static str>| {
            let change = Change::new(kind, Place::default(), None, None);
            let part = table.map_or(Part::Other, Part::Table);
            let found = follow(&change, Subject { jurisdiction, part }, &causes, &reads);
            found.into_iter().map(usize::from).collect::<Vec<_>>()
        };
        assert_eq!(follow(Kind::Count, "CT", Some("venue")), [0]);
        assert_eq!(follow(Kind::Count, "CT", Some("reason")), [0, 3]);
        assert_eq!(follow(Kind::NoteText, "CT", None), [1]);
        assert_eq!(follow(Kind::ColumnHead, "CT", Some("reason")), [1, 2, 3]);
        assert_eq!(follow(Kind::Picture, "TX", None), [4]);
        assert_eq!(follow(Kind::Picture, "CT", None), [0, 5]);
        assert_eq!(follow(Kind::Metadata, "CT", None), [5]);
        let count = Change::new(Kind::Count, Place::default(), None, None);
        assert!(super::follow(&count, Subject::default(), TiSlice::from_ref(&[]), &reads).is_empty());
    }
}
