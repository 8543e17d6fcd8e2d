//! Why two releases differ: the inputs that their manifests tell apart, and what can follow from each.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::release::{Input, Kind as InputKind, Manifest, Value};

use super::change::{Change, Kind};

/// What kind of input it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Case data.
    Data,
    /// Published reference figures.
    Reference,
    /// The rules for small counts.
    Policy,
    /// A value of the report spec.
    Spec,
    /// A boundary file.
    Boundaries,
    /// A file of the layout.
    Layout,
    /// A font.
    Font,
    /// The program.
    Program,
    /// The publication that is corrected.
    Predecessor,
}

impl What {
    /// What a reader calls it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Reference => "reference",
            Self::Policy => "rules",
            Self::Spec => "spec",
            Self::Boundaries => "boundaries",
            Self::Layout => "layout",
            Self::Font => "font",
            Self::Program => "program",
            Self::Predecessor => "predecessor",
        }
    }
}

/// How an input differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It has other content.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has no digest in one of the manifests: nobody can tell.
    Untold,
}

/// An input that differs, or may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// What it is.
    pub input: What,
    /// Its path from the project, or what names it.
    pub path: String,
    /// Line of the value: in the new file, or in the old one where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Place of the value, as a JSON Pointer (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// How it differs.
    pub how: How,
}

impl Cause {
    fn of(input: What, path: impl Into<String>, how: How) -> Self {
        Self { input, path: path.into(), line: None, pointer: None, how }
    }

    /// Says which it is: path, line and place, and whether it is new or gone.
    pub fn place(&self) -> String {
        let mut words = self.path.clone();
        if let Some(number) = self.line {
            words.push_str(&format!(" line {number}"));
        }
        if let Some(pointer) = &self.pointer {
            words.push_str(&format!(" {pointer}"));
        }
        words.push_str(match self.how {
            How::Changed => "",
            How::Added => " (new)",
            How::Removed => " (gone)",
            How::Untold => " (without a key nobody can tell)",
        });
        words
    }

    fn is_below(&self, pointers: &[&str]) -> bool {
        let Some(own) = self.pointer.as_deref() else { return false };
        pointers.iter().any(|one| own.strip_prefix(one).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }
}

/// Lists the inputs that differ between two manifests.
pub fn causes(old: &Manifest, new: &Manifest) -> Vec<Cause> {
    let key = |input: &Input| (input.kind, input.path.clone());
    let before: BTreeMap<_, &Input> = old.inputs.iter().map(|input| (key(input), input)).collect();
    let after: BTreeMap<_, &Input> = new.inputs.iter().map(|input| (key(input), input)).collect();
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).cloned().collect();
    let mut causes = Vec::new();
    for key in keys {
        let how = match (before.get(&key), after.get(&key)) {
            (Some(old), Some(new)) => match (old.digest, new.digest) {
                (Some(a), Some(b)) if a == b => continue,
                (Some(_), Some(_)) => How::Changed,
                _ => How::Untold,
            },
            (None, _) => How::Added,
            (_, None) => How::Removed,
        };
        let values = |input: Option<&&Input>| input.map(|input| input.values.clone()).unwrap_or_default();
        if key.0 == InputKind::Spec {
            causes.extend(of_spec(&key.1, &values(before.get(&key)), &values(after.get(&key)), how));
        } else {
            causes.push(Cause::of(what(key.0), key.1, how));
        }
    }
    if old.program != new.program {
        let name = |manifest: &Manifest| format!("{} {}", manifest.program.name, manifest.program.version);
        let (one, other) = (name(old), name(new));
        let words = if one == other { format!("{other}, another build") } else { format!("{one} → {other}") };
        causes.push(Cause::of(What::Program, words, How::Changed));
    }
    if old.predecessor != new.predecessor {
        let number = new.predecessor.as_ref().or(old.predecessor.as_ref()).map_or(0, |one| one.revision);
        let how = match (&old.predecessor, &new.predecessor) {
            (None, _) => How::Added,
            (_, None) => How::Removed,
            _ => How::Changed,
        };
        causes.push(Cause::of(What::Predecessor, format!("revision {number}"), how));
    }
    causes.sort_by_key(|cause| cause.input);
    causes
}

fn what(kind: InputKind) -> What {
    match kind {
        InputKind::Spec => What::Spec,
        InputKind::Policy => What::Policy,
        InputKind::Layout => What::Layout,
        InputKind::Font => What::Font,
        InputKind::Boundaries => What::Boundaries,
        InputKind::Reference => What::Reference,
        InputKind::Data => What::Data,
    }
}

/// Compares the values of a spec; items of lists are told apart by their words, so that one that is inserted is one.
fn of_spec(path: &str, old: &[Value], new: &[Value], how: How) -> Vec<Cause> {
    let whole = Cause::of(What::Spec, path, how);
    if old.is_empty() || new.is_empty() {
        return vec![whole];
    }
    let at = |value: &Value, how| Cause {
        line: Some(value.line),
        pointer: Some(value.pointer.clone()),
        how,
        ..whole.clone()
    };
    let keys = |values: &[Value]| -> Vec<(String, String)> {
        values.iter().map(|value| (without_numbers(&value.pointer), value.digest.clone())).collect()
    };
    let mut causes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &keys(old), &keys(new)) {
        if let DiffOp::Equal { .. } = op {
            continue;
        }
        let (gone, come) = (&old[op.old_range()], &new[op.new_range()]);
        let is_same = |one: &Value, other: &Value| one.pointer == other.pointer;
        for value in come {
            let how = if gone.iter().any(|one| is_same(one, value)) { How::Changed } else { How::Added };
            causes.push(at(value, how));
        }
        let lost = gone.iter().filter(|value| !come.iter().any(|one| is_same(one, value)));
        causes.extend(lost.map(|value| at(value, How::Removed)));
    }
    // Comments and line breaks alone: nothing follows from them.
    causes
}

/// A pointer with its numbers of items taken out.
fn without_numbers(pointer: &str) -> String {
    let parts = pointer.split('/');
    parts
        .map(|part| if part.bytes().all(|byte| byte.is_ascii_digit()) { "" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

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

/// Ends of values that are words or colours and change no figure.
const NO_FIGURES: &[&str] =
    &["label", "labels", "head", "note", "name", "pictogram", "rgb", "cmyk", "legend", "alternative", "one", "other"];

/// What can change things of a kind: inputs, and values of the spec.
struct Source {
    inputs: &'static [What],
    values: &'static [&'static [&'static str]],
}

/// The inputs that a change of this kind comes from, and those that it comes from where none of the first differs.
fn sources(kind: Kind) -> [Source; 2] {
    use What::{Boundaries, Data, Font, Layout, Policy, Predecessor, Program, Reference};
    let source = |inputs, values| Source { inputs, values };
    let last = source(&[Program], &[]);
    match kind {
        Kind::NewlyShown | Kind::NewlySuppressed => {
            [source(&[Data, Policy, Reference], &[HIDDEN]), source(&[Program], &[COUNTED])]
        }
        Kind::Count
        | Kind::Percent
        | Kind::Figure
        | Kind::Rank
        | Kind::RowAdded
        | Kind::RowRemoved
        | Kind::RowMoved => [source(&[Data, Policy, Reference], &[COUNTED]), last],
        Kind::CountyClass => [source(&[Data, Policy, Boundaries], &[&["/maps", "/populations", "/sources"]]), last],
        Kind::RowRelabelled => [source(&[], &[&["/code_lists", "/tables"]]), source(&[Data, Program], &[])],
        Kind::ColumnHead => [source(&[], &[&["/tables", "/notes"]]), last],
        Kind::NoteText => [source(&[], &[&["/notes"]]), last],
        Kind::NoteAdded | Kind::NoteRemoved | Kind::NoteNumber | Kind::NoteMarker => {
            [source(&[], &[&["/notes", "/content", "/code_lists", "/tables"]]), source(&[Data, Policy, Program], &[])]
        }
        Kind::Heading | Kind::Prose | Kind::Date | Kind::Furniture | Kind::Alternative => {
            [source(&[Data, Reference, Predecessor], &[WORDS, &["/counters", "/maps"]]), last]
        }
        Kind::TableAdded | Kind::TableRemoved | Kind::Moved => {
            [source(&[Predecessor], &[&["/content", "/tables", "/revision"]]), source(&[Data, Program], &[])]
        }
        Kind::Picture => [source(&[Boundaries, Font], &[&["/maps", "/jurisdictions"]]), source(&[Data, Program], &[])],
        Kind::Font | Kind::Size | Kind::Colour | Kind::Boxes => {
            [source(&[Layout, Font], &[&["/layout", "/fonts", "/maps", "/content"]]), last]
        }
        Kind::Pages | Kind::Position | Kind::Graphics | Kind::Pixels => [
            source(&[Layout, Font], &[&["/layout", "/fonts", "/maps"]]),
            source(
                &[Data, Policy, Boundaries, Predecessor, Program],
                &[&["/content", "/notes", "/code_lists", "/notice", "/revision"]],
            ),
        ],
        Kind::Metadata => [
            source(
                &[],
                &[&[
                    "/title",
                    "/publisher",
                    "/subject",
                    "/keywords",
                    "/output",
                    "/language",
                    "/jurisdictions",
                    "/period",
                ]],
            ),
            last,
        ],
        Kind::Standards => [source(&[Program], &[]), source(&[Layout], &[])],
        Kind::Attachment => [source(&[Data, Policy, Reference, Predecessor], &[COUNTED, HIDDEN, WORDS]), last],
        Kind::ReportAdded | Kind::ReportRemoved => [source(&[], &[&["/reports", "/jurisdictions"]]), last],
        // A page that does not say what its table says: no input does that.
        Kind::Misprint => [source(&[Program], &[]), source(&[Layout, Font], &[])],
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
            (What::Spec, None) => true,
            (What::Spec, Some(pointer)) => {
                let end = pointer.rsplit('/').next().unwrap_or_default();
                let fits =
                    |values: &&[&str]| cause.is_below(values) && (*values != COUNTED || !NO_FIGURES.contains(&end));
                source.values.iter().any(fits)
            }
            (other, _) => source.inputs.contains(&other),
        };
        is_source && is_about(cause, subject)
    };
    for source in sources(change.kind) {
        let found: Vec<usize> = (0..causes.len()).filter(|at| explains(&source, &causes[*at])).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Tells whether an input has to do with a jurisdiction and a table.
fn is_about(cause: &Cause, subject: Subject<'_>) -> bool {
    let part = |at: usize| cause.pointer.as_deref().and_then(|pointer| pointer.split('/').nth(at));
    match (cause.input, part(1)) {
        (What::Spec, Some("jurisdictions")) => part(2).is_none_or(|code| code == subject.jurisdiction),
        (What::Spec, Some("tables")) => part(2).zip(subject.table).is_none_or(|(name, table)| name == table),
        (What::Boundaries, _) => {
            let name = cause.path.rsplit('/').next().unwrap_or_default();
            let code = name.strip_suffix(".geojson").filter(|code| code.len() == 2);
            code.is_none_or(|code| code == subject.jurisdiction)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::change::Place;
    use super::*;

    fn value(line: usize, digest: &str, pointer: &str) -> Value {
        Value { line, digest: digest.into(), pointer: pointer.into() }
    }

    #[test]
    fn an_item_that_is_inserted_is_one_difference_although_all_after_it_have_other_numbers() {
        let old = [value(1, "a", "/content/0/heading"), value(2, "b", "/content/1/heading"), value(3, "c", "/notes/n")];
        let new = [
            value(1, "x", "/content/0/heading"),
            value(2, "a", "/content/1/heading"),
            value(3, "b", "/content/2/heading"),
            value(4, "d", "/notes/n"),
        ];
        let told: Vec<String> = of_spec("spec.yaml", &old, &new, How::Changed)
            .into_iter()
            .map(|cause| format!("{:?} {} {}", cause.how, cause.line.unwrap(), cause.pointer.unwrap()))
            .collect();
        assert_eq!(told, ["Added 1 /content/0/heading", "Changed 4 /notes/n"]);
    }

    #[test]
    fn a_change_follows_from_what_can_make_it_and_from_nothing_else() {
        let cause = |input, path: &str| Cause::of(input, path, How::Changed);
        let of = |pointer: &str| Cause { pointer: Some(pointer.into()), ..cause(What::Spec, "spec.yaml") };
        let causes = [
            cause(What::Data, "cases.csv"),
            of("/notes/identity"),
            of("/tables/reason/columns/1/head"),
            of("/tables/reason/where/is"),
            cause(What::Boundaries, "geodata/2016/TX.geojson"),
            cause(What::Program, "platen"),
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
