//! Where every value of a YAML text stands.
//!
//! `serde_yaml` gives values without positions, so the text is read a second time as a stream of
//! events. This pass comes first and holds the bounds: depth, number of values (aliases counted
//! as often as they are used), one document, no key twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use saphyr_parser::{Event, Parser, Span, StrInput};

use crate::diag::{Finding, Place};

/// The deepest nesting that is read.
const DEPTH_LIMIT: usize = 48;

/// The greatest number of values, aliases expanded.
const NODE_LIMIT: usize = 100_000;

/// Byte ranges of one value and of its key.
#[derive(Clone, Copy, Debug)]
pub struct Spans {
    key: Option<(usize, usize)>,
    value: (usize, usize),
}

/// The places of all values, by JSON Pointer (RFC 6901).
#[derive(Debug)]
pub struct Tree {
    name: Arc<str>,
    text: Arc<str>,
    spans: BTreeMap<String, Spans>,
}

/// Makes the place of a range of bytes, within the text.
pub fn span(name: &Arc<str>, text: &str, start: usize, end: usize) -> Place {
    Place::Span { file: name.clone(), start: start.min(text.len()), end: end.min(text.len()) }
}

/// Writes a key as a JSON Pointer segment.
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl Tree {
    /// Reads the positions of all values.
    ///
    /// # Errors
    /// Says where the text is no YAML or goes beyond a bound.
    pub fn parse(name: &Arc<str>, text: &Arc<str>) -> Result<Self, Finding> {
        let mut reader = Reader::new(name.clone(), text);
        let root = reader.document()?;
        let mut tree = Self { name: name.clone(), text: text.clone(), spans: BTreeMap::new() };
        tree.flatten(String::new(), None, &root);
        Ok(tree)
    }

    /// Returns the place of the value at a pointer, or of the nearest value around it.
    pub fn value(&self, pointer: &str) -> Option<Place> {
        self.nearest(pointer).map(|spans| self.place(spans.value))
    }

    /// Returns the place of the key at a pointer, or of the value where there is no key.
    pub fn key(&self, pointer: &str) -> Option<Place> {
        self.nearest(pointer).map(|spans| self.place(spans.key.unwrap_or(spans.value)))
    }

    /// Narrows a place to the first occurrence of some words in it.
    pub fn narrow(&self, place: Option<Place>, words: &str) -> Option<Place> {
        let Some(Place::Span { file, start, end }) = place else { return place };
        let at = self.text.get(start..end).and_then(|text| text.find(words));
        Some(match at {
            Some(at) => Place::Span { file, start: start + at, end: start + at + words.len() },
            None => Place::Span { file, start, end },
        })
    }

    fn place(&self, (start, end): (usize, usize)) -> Place {
        Place::Span { file: self.name.clone(), start, end }
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
            Kind::Scalar => {}
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
        self.spans.insert(pointer, Spans { key, value: node.range });
    }
}

#[derive(Clone, Debug)]
struct Node {
    range: (usize, usize),
    size: usize,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Scalar,
    Sequence(Vec<Node>),
    Mapping(Vec<(String, (usize, usize), Node)>),
}

/// Builds nodes from the parser's events.
struct Reader<'a> {
    name: Arc<str>,
    text: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    /// Byte offset of every 64th character, to turn the parser's character counts into bytes.
    landmarks: Vec<usize>,
    anchors: BTreeMap<usize, Node>,
    nodes: usize,
}

const STRIDE: usize = 64;

impl<'a> Reader<'a> {
    fn new(name: Arc<str>, text: &'a str) -> Self {
        let landmarks = text.char_indices().step_by(STRIDE).map(|(at, _)| at).collect();
        let parser = Parser::new_from_str(text);
        Self { name, text, parser, landmarks, anchors: BTreeMap::new(), nodes: 0 }
    }

    fn document(&mut self) -> Result<Node, Finding> {
        let mut root = None;
        loop {
            let (event, range) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(self.fault(
                        "spec::syntax",
                        "a spec is one YAML document; here a second one begins",
                        range,
                    ));
                }
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                event => root = Some(self.node(event, range, 0)?),
            }
        }
        root.ok_or_else(|| Finding::error("spec::empty", "the report spec is empty").in_file(self.name.clone()))
    }

    fn next(&mut self) -> Result<(Event<'a>, (usize, usize)), Finding> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.bytes(span))),
            Some(Err(error)) => {
                let at = self.byte(error.marker().index());
                Err(self.fault("spec::syntax", format!("this is no valid YAML: {}", error.info()), (at, at + 1)))
            }
            None => Ok((Event::StreamEnd, (self.text.len(), self.text.len()))),
        }
    }

    fn node(&mut self, event: Event<'a>, range: (usize, usize), depth: usize) -> Result<Node, Finding> {
        if depth > DEPTH_LIMIT {
            return Err(self.fault("spec::too-deep", format!("values nest deeper than {DEPTH_LIMIT} levels"), range));
        }
        self.count(1, range)?;
        let (node, anchor) = match event {
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                let node =
                    node.ok_or_else(|| self.fault("spec::syntax", "an alias stands inside its own anchor", range))?;
                self.count(node.size, range)?;
                return Ok(Node { range, ..node });
            }
            Event::Scalar(_, _, anchor, _) => (Node { range, size: 1, kind: Kind::Scalar }, anchor),
            Event::SequenceStart(anchor, _) => (self.sequence(range, depth)?, anchor),
            Event::MappingStart(anchor, _) => (self.mapping(range, depth)?, anchor),
            _ => return Err(self.fault("spec::syntax", "this is no valid YAML", range)),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn sequence(&mut self, range: (usize, usize), depth: usize) -> Result<Node, Finding> {
        let mut items = Vec::new();
        loop {
            let (event, at) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                let size = 1 + items.iter().map(|item: &Node| item.size).sum::<usize>();
                return Ok(Node { range: (range.0, at.1.max(range.1)), size, kind: Kind::Sequence(items) });
            }
            items.push(self.node(event, at, depth + 1)?);
        }
    }

    fn mapping(&mut self, range: (usize, usize), depth: usize) -> Result<Node, Finding> {
        let mut entries = Vec::new();
        let mut seen = BTreeSet::new();
        loop {
            let (event, at) = self.next()?;
            let key = match event {
                Event::MappingEnd => {
                    let size = 1 + entries.iter().map(|(_, _, item): &(_, _, Node)| item.size).sum::<usize>();
                    return Ok(Node { range: (range.0, at.1.max(range.1)), size, kind: Kind::Mapping(entries) });
                }
                Event::Scalar(key, ..) => key.into_owned(),
                _ => return Err(self.fault("spec::syntax", "a key is a plain word", at)),
            };
            if !seen.insert(key.clone()) {
                return Err(self.fault(
                    "spec::duplicate-key",
                    format!("the key `{key}` stands here a second time"),
                    at,
                ));
            }
            let (event, value_at) = self.next()?;
            let value = self.node(event, value_at, depth + 1)?;
            entries.push((key, at, value));
        }
    }

    fn count(&mut self, more: usize, range: (usize, usize)) -> Result<(), Finding> {
        self.nodes = self.nodes.saturating_add(more);
        if self.nodes > NODE_LIMIT {
            let message = format!("the spec holds more than {NODE_LIMIT} values, aliases expanded");
            return Err(self.fault("spec::too-many-values", message, range));
        }
        Ok(())
    }

    fn fault(&self, code: &'static str, message: impl Into<String>, (start, end): (usize, usize)) -> Finding {
        Finding::error(code, message).at(span(&self.name, self.text, start, end))
    }

    fn bytes(&self, span: Span) -> (usize, usize) {
        (self.byte(span.start.index()), self.byte(span.end.index()))
    }

    fn byte(&self, character: usize) -> usize {
        let Some(start) = self.landmarks.get(character / STRIDE) else { return self.text.len() };
        let rest = &self.text[*start..];
        rest.char_indices().nth(character % STRIDE).map_or(self.text.len(), |(at, _)| start + at)
    }
}
