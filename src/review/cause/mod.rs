//! Why two releases differ: the inputs that their manifests tell apart, and what can follow from each.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::release::{Input, InputKind, Manifest, Value};
use crate::report_spec::{TiVec, ids};

mod follow;
mod reads;
mod section;

pub(super) use follow::{Subject, follow};
pub(super) use reads::{Part, Reads};

ids! {
    /// An input that differs, in `Review::causes`.
    CauseId,
}

impl CauseId {
    /// Returns the number that readers are told, from 1.
    pub fn number(self) -> usize {
        self.0 + 1
    }
}

/// What kind of input it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CauseKind {
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

impl CauseKind {
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
pub enum InputChange {
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
    pub input: CauseKind,
    /// Its path from the project, or what names it.
    pub path: String,
    /// Line of the value: in the new file, or in the old one where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Place of the value, as a JSON Pointer (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// How it differs.
    #[serde(rename = "how")]
    pub change: InputChange,
    /// Digest of a value that is new, or changed.
    #[serde(skip)]
    pub(super) digest: Option<String>,
}

impl Cause {
    fn of(input: CauseKind, path: impl Into<String>, change: InputChange) -> Self {
        Self { input, path: path.into(), line: None, pointer: None, change, digest: None }
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
        words.push_str(match self.change {
            InputChange::Changed => "",
            InputChange::Added => " (new)",
            InputChange::Removed => " (gone)",
            InputChange::Untold => " (without a key nobody can tell)",
        });
        words
    }
}

/// Lists the inputs that differ between two manifests.
pub(super) fn causes(old: &Manifest, new: &Manifest) -> TiVec<CauseId, Cause> {
    let mut causes = of_inputs(&old.inputs, &new.inputs);
    causes.extend(of_program(old, new));
    causes.extend(of_predecessor(old, new));
    causes.sort_by_key(|cause| cause.input);
    causes.into()
}

fn of_inputs(old: &[Input], new: &[Input]) -> Vec<Cause> {
    let key = |input: &Input| (input.kind, input.path.clone());
    let before: BTreeMap<_, &Input> = old.iter().map(|input| (key(input), input)).collect();
    let after: BTreeMap<_, &Input> = new.iter().map(|input| (key(input), input)).collect();
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).cloned().collect();
    let mut causes = Vec::new();
    for key in keys {
        let (old, new) = (before.get(&key).copied(), after.get(&key).copied());
        let Some(change) = input_change(old, new) else { continue };
        let values = |input: Option<&Input>| input.map(|input| input.values.clone()).unwrap_or_default();
        if key.0 == InputKind::Spec {
            causes.extend(of_spec(&key.1, &values(old), &values(new), change));
        } else {
            causes.push(Cause::of(cause_kind(key.0), key.1, change));
        }
    }
    causes
}

/// How an input differs; not at all where both have one digest.
fn input_change(old: Option<&Input>, new: Option<&Input>) -> Option<InputChange> {
    let (Some(old), Some(new)) = (old, new) else {
        return Some(if old.is_none() { InputChange::Added } else { InputChange::Removed });
    };
    match (old.digest, new.digest) {
        (Some(a), Some(b)) if a == b => None,
        (Some(_), Some(_)) => Some(InputChange::Changed),
        // Without a key the values of a spec tell, as far as they are told.
        _ if new.kind == InputKind::Spec && !old.values.is_empty() && !new.values.is_empty() => {
            Some(InputChange::Changed)
        }
        _ => Some(InputChange::Untold),
    }
}

fn of_program(old: &Manifest, new: &Manifest) -> Option<Cause> {
    if old.program == new.program {
        return None;
    }
    let name = |manifest: &Manifest| format!("{} {}", manifest.program.name, manifest.program.version);
    let (before, after) = (name(old), name(new));
    let words = if before == after { format!("{after}, another build") } else { format!("{before} → {after}") };
    Some(Cause::of(CauseKind::Program, words, InputChange::Changed))
}

fn of_predecessor(old: &Manifest, new: &Manifest) -> Option<Cause> {
    if old.predecessor == new.predecessor {
        return None;
    }
    let number = new.predecessor.as_ref().or(old.predecessor.as_ref()).map_or(0, |predecessor| predecessor.revision);
    let change = match (&old.predecessor, &new.predecessor) {
        (None, _) => InputChange::Added,
        (_, None) => InputChange::Removed,
        _ => InputChange::Changed,
    };
    Some(Cause::of(CauseKind::Predecessor, format!("revision {number}"), change))
}

fn cause_kind(kind: InputKind) -> CauseKind {
    match kind {
        InputKind::Spec => CauseKind::Spec,
        InputKind::Policy => CauseKind::Policy,
        InputKind::Layout => CauseKind::Layout,
        InputKind::Font => CauseKind::Font,
        InputKind::Boundaries => CauseKind::Boundaries,
        InputKind::Reference => CauseKind::Reference,
        InputKind::Data => CauseKind::Data,
    }
}

/// Compares the values of a spec; items of lists are told apart by their words, so that one that is inserted is one.
fn of_spec(path: &str, old: &[Value], new: &[Value], change: InputChange) -> Vec<Cause> {
    let whole = Cause::of(CauseKind::Spec, path, change);
    if old.is_empty() || new.is_empty() {
        return vec![whole];
    }
    let at = |value: &Value, change| Cause {
        line: Some(value.line),
        pointer: Some(value.pointer.to_string()),
        change,
        digest: (change != InputChange::Removed).then(|| value.digest()),
        ..whole.clone()
    };
    let keys = |values: &[Value]| -> Vec<(String, String)> {
        values.iter().map(|value| (without_numbers(&value.pointer), value.digest())).collect()
    };
    let mut causes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &keys(old), &keys(new)) {
        if let DiffOp::Equal { .. } = op {
            continue;
        }
        let (gone, come) = (&old[op.old_range()], &new[op.new_range()]);
        let is_same = |a: &Value, b: &Value| a.pointer == b.pointer;
        for value in come {
            let change = if gone.iter().any(|before| is_same(before, value)) {
                InputChange::Changed
            } else {
                InputChange::Added
            };
            causes.push(at(value, change));
        }
        let lost = gone.iter().filter(|value| !come.iter().any(|after| is_same(after, value)));
        causes.extend(lost.map(|value| at(value, InputChange::Removed)));
    }
    // Comments and line breaks alone: nothing follows from them.
    causes
}

/// Writes the numbers of causes, from 1, with whole stretches as ranges.
pub fn numbers(causes: &[CauseId]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for number in causes.iter().map(|cause| cause.number()) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let words = ranges.into_iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first} {last}"),
        _ => format!("{first}–{last}"),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A pointer with its numbers of items taken out.
fn without_numbers(pointer: &str) -> String {
    let parts = pointer.split('/');
    parts
        .map(|part| if part.bytes().all(|byte| byte.is_ascii_digit()) { "" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(line: usize, digest: &str, pointer: &str) -> Value {
        Value::try_from(format!("{line} {digest:0>16} {pointer}")).unwrap()
    }

    #[test]
    fn stretches_of_numbers_are_written_as_ranges() {
        let numbers = |places: &[usize]| numbers(&places.iter().copied().map(CauseId::from).collect::<Vec<_>>());
        assert_eq!(numbers(&[0, 1, 3, 6, 7, 8, 9]), "1 2 4 7–10");
        assert_eq!(numbers(&[]), "");
    }

    #[test]
    fn an_item_that_is_inserted_is_one_difference_although_all_after_it_have_other_numbers() {
        let old = [value(1, "a", "/content/0/heading"), value(2, "b", "/content/1/heading"), value(3, "c", "/notes/n")];
        let new = [
            value(1, "e", "/content/0/heading"),
            value(2, "a", "/content/1/heading"),
            value(3, "b", "/content/2/heading"),
            value(4, "d", "/notes/n"),
        ];
        let told: Vec<String> = of_spec("spec.yaml", &old, &new, InputChange::Changed)
            .into_iter()
            .map(|cause| format!("{:?} {} {}", cause.change, cause.line.unwrap(), cause.pointer.unwrap()))
            .collect();
        assert_eq!(told, ["Added 1 /content/0/heading", "Changed 4 /notes/n"]);
    }
}
