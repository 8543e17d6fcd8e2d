//! The values of a YAML text, and where each of them stands.
//!
//! They are built from the parser's events, within bounds: depth, number of values (aliases counted as often as they
//! are used), one document, no key twice.

mod events;
mod span;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::diag::{Finding, Place, SourceText};

use super::words;

use events::{Kind, Node, Reader};
pub(super) use span::span;

/// Byte ranges of one value and of its key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spans {
    /// Place of their text among the texts.
    text: usize,
    key: Option<(usize, usize)>,
    value: (usize, usize),
}

/// The places of all values, by JSON Pointer (RFC 6901); they may stand in several files.
#[derive(Debug)]
pub(super) struct Tree {
    /// The file that the user named; the others are those that it extends.
    texts: Vec<SourceText>,
    spans: BTreeMap<String, Spans>,
}

/// Writes a key as a JSON Pointer segment.
pub(super) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl Tree {
    /// Reads a text; returns its values as well.
    ///
    /// # Errors
    /// Says where the text is no YAML or goes beyond a bound.
    pub(super) fn parse(name: &Arc<str>, text: &Arc<str>) -> Result<(Self, Value), Finding> {
        let mut reader = Reader::new(name.clone(), text);
        let root = reader.document()?;
        let mut tree = Self { texts: vec![(name.clone(), text.clone())], spans: BTreeMap::new() };
        tree.flatten(String::new(), None, &root);
        Ok((tree, root.into_value()))
    }

    /// Returns the comment that stands where the value of a key is wanted, as in `rgb: #fcbba1`.
    pub(super) fn comment_at(&self, pointer: &str) -> Option<&str> {
        let spans = self.spans.get(pointer)?;
        let (_, end) = spans.key?;
        let line = self.texts[spans.text].1.get(end..)?.lines().next()?;
        let after = line.trim_start_matches(['"', '\'', ' ', '\t']).strip_prefix(':')?;
        Some(after.trim()).filter(|rest| rest.starts_with('#'))
    }

    /// Returns the place of the value at a pointer, or of the nearest value around it.
    pub(super) fn value(&self, pointer: &str) -> Option<Place> {
        self.nearest(pointer).map(|spans| self.place(spans.text, spans.value))
    }

    /// Returns the place of the key at a pointer, or of the value where there is no key.
    pub(super) fn key(&self, pointer: &str) -> Option<Place> {
        self.nearest(pointer).map(|spans| self.place(spans.text, spans.key.unwrap_or(spans.value)))
    }

    /// Returns the name that findings call the file by.
    pub(super) fn name(&self) -> &Arc<str> {
        &self.texts[0].0
    }

    /// Returns the value at a pointer as it is written.
    pub(super) fn text_of(&self, pointer: &str) -> Option<&str> {
        let Spans { text, value: (start, end), .. } = self.spans.get(pointer)?;
        self.texts[*text].1.get(*start..*end).map(str::trim)
    }

    /// Lists the values that hold no others, and those to be `together`, in the order of the first text: pointer, start
    /// and text.
    pub(super) fn leaves(&self, together: &[&str]) -> Vec<(&str, usize, &str)> {
        let is_inside = |at: &str| {
            together.iter().any(|pointer| at.strip_prefix(pointer).is_some_and(|rest| rest.starts_with('/')))
        };
        let holds_none = |at: &str| self.below(at).nth(1).is_none() || together.contains(&at);
        let wanted = self.spans.iter().filter(|(at, _)| !is_inside(at) && holds_none(at));
        let mut leaves: Vec<(&str, usize, &str)> = wanted
            .filter_map(|(at, spans)| {
                let (start, end) = spans.value;
                Some((at.as_str(), start, self.texts[spans.text].1.get(start..end)?.trim()))
            })
            .collect();
        leaves.sort_by_key(|(_, start, _)| *start);
        leaves
    }

    /// Narrows the place of a template to a name that it uses, to one of its occurrences from 0.
    pub(super) fn name_in(&self, place: Option<Place>, name: &str, nth: usize) -> Option<Place> {
        let Some(Place::Span { file, start, end }) = place else { return place };
        let text = self.texts.iter().find(|(name, _)| *name == file).map(|(_, text)| text);
        let at = text.and_then(|text| words::places(text.get(start..end)?, name).get(nth).copied());
        Some(match at {
            Some(at) => Place::Span { file, start: start + at, end: start + at + name.len() },
            None => Place::Span { file, start, end },
        })
    }

    /// Takes the places at and below a pointer from the tree of a file that is laid over this one's.
    pub(super) fn take(&mut self, pointer: &str, over: &Self) {
        self.remove(pointer);
        let offset = self.texts_of(over);
        let taken = over.below(pointer).map(|(at, spans)| (at.clone(), Spans { text: spans.text + offset, ..*spans }));
        self.spans.extend(taken);
    }

    /// Forgets the places at and below a pointer.
    pub(super) fn remove(&mut self, pointer: &str) {
        let gone: Vec<String> = self.below(pointer).map(|(at, _)| at.clone()).collect();
        for at in gone {
            self.spans.remove(&at);
        }
    }

    /// Makes the file of another tree the one that the user named.
    pub(super) fn rename(&mut self, over: &Self) {
        let offset = self.texts_of(over);
        self.texts.swap(0, offset);
        for spans in self.spans.values_mut() {
            spans.text = match spans.text {
                0 => offset,
                text if text == offset => 0,
                text => text,
            };
        }
    }

    /// Finds the texts of another tree among this one's, or adds them; returns where they begin.
    fn texts_of(&mut self, over: &Self) -> usize {
        let first = self.texts.iter().position(|(name, _)| name == over.name());
        first.unwrap_or_else(|| {
            self.texts.extend(over.texts.iter().cloned());
            self.texts.len() - over.texts.len()
        })
    }

    fn below(&self, pointer: &str) -> impl Iterator<Item = (&String, &Spans)> {
        let inside = format!("{pointer}/");
        let itself = self.spans.get_key_value(pointer).into_iter();
        itself.chain(self.spans.range(inside.clone()..).take_while(move |(at, _)| at.starts_with(&inside)))
    }

    fn place(&self, text: usize, (start, end): (usize, usize)) -> Place {
        Place::Span { file: self.texts[text].0.clone(), start, end }
    }

    fn nearest(&self, pointer: &str) -> Option<Spans> {
        let mut pointer = pointer;
        loop {
            if let Some(spans) = self.spans.get(pointer) {
                return Some(*spans);
            }
            pointer = &pointer[..pointer.rfind('/')?];
        }
    }

    fn flatten(&mut self, pointer: String, key: Option<(usize, usize)>, node: &Node) {
        match &node.kind {
            Kind::Scalar(_) => {}
            Kind::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.flatten(format!("{pointer}/{index}"), None, item);
                }
            }
            Kind::Mapping(entries) => {
                for (name, at, item) in entries {
                    self.flatten(format!("{pointer}/{}", escape(name)), Some(*at), item);
                }
            }
        }
        self.spans.insert(pointer, Spans { text: 0, key, value: node.range });
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    fn read(text: &str) -> Result<Value, Finding> {
        Tree::parse(&"a.yaml".into(), &text.into()).map(|(_, value)| value)
    }

    /// Tells whether two values are equal, where 3.0 is 3.
    fn equal(one: &Value, other: &Value) -> bool {
        match (one, other) {
            (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
            (Value::Array(one), Value::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(a, b)| equal(a, b))
            }
            (Value::Object(one), Value::Object(other)) => {
                let is_equal =
                    |((a, one), (b, other)): ((&String, &Value), (&String, &Value))| a == b && equal(one, other);
                one.len() == other.len() && one.iter().zip(other).all(is_equal)
            }
            (one, other) => one == other,
        }
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }

    const SCALARS: &str = r#"
plain: { folded: one
    two, colon: a:b, hash: a#b, dash: -x, url: "http://x", time: 12:30, comma: 'a, b' }
folded: one
  two

  three
single: 'it''s
  here'
double: "a\tb\u00e9\x41\
  c \
  d
  e"
literal: |
  one
   two

  three
kept: |+
  one

stripped: >-
  one
  two

   more
  three
indented: |2
    one
quoted: ["3", '~', "true", 3, ~, true, 3.50, 0x10, 1e3, -.5, +7, 007, 1_000]
empty: { a: , b: "", c: '' }
list:
- a
- - b
  - c
-
  d: e
base: &base { a: 1, b: [x, y] }
again: *base
"#;

    #[test]
    fn values_are_those_that_another_reader_finds() {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folders = ["config", "data", "fuzz/corpus/spec", "fuzz/project/config", "tests/editions"];
        let paths = folders.iter().flat_map(|folder| files(&repository.join(folder)));
        let is_yaml = |path: &PathBuf| path.extension().is_none_or(|ending| ending == "yaml");
        let mut texts: Vec<String> = paths.filter(is_yaml).filter_map(|path| fs::read_to_string(path).ok()).collect();
        texts.extend([SCALARS.replace('\n', "\r\n"), SCALARS.to_owned()]);
        let mut compared = 0;
        for text in texts {
            let Ok(ours) = read(&text) else { continue };
            let theirs = serde_yaml::from_str::<Value>(&text).unwrap();
            assert!(equal(&ours, &theirs), "{ours}\n{theirs}");
            compared += 1;
        }
        assert!(compared > 10, "{compared}");
    }
}
