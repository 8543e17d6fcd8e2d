//! Where every value of a YAML text stands.
//!
//! `serde_yaml` gives values without positions, so the text is read a second time as a stream of
//! events. This pass comes first and holds the bounds: depth, number of values (aliases counted
//! as often as they are used), one document, no key twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use crate::diag::{Finding, Place, SourceText};

use super::{numbers, words};

/// The deepest nesting that is read.
const DEPTH_LIMIT: usize = 48;

/// The greatest number of values, aliases expanded.
const NODE_LIMIT: usize = 100_000;

/// Byte ranges of one value and of its key.
#[derive(Clone, Copy, Debug)]
pub struct Spans {
    /// Place of their text among the texts.
    text: usize,
    key: Option<(usize, usize)>,
    value: (usize, usize),
}

/// The places of all values, by JSON Pointer (RFC 6901); they may stand in several files.
#[derive(Debug)]
pub struct Tree {
    /// The file that the user named; the others are those that it extends.
    texts: Vec<SourceText>,
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
    /// Reads the positions of all values; returns where their document ends as well.
    ///
    /// # Errors
    /// Says where the text is no YAML or goes beyond a bound.
    pub fn parse(name: &Arc<str>, text: &Arc<str>) -> Result<(Self, usize), Finding> {
        let mut reader = Reader::new(name.clone(), text);
        let (root, end) = reader.document()?;
        let mut tree = Self { texts: vec![(name.clone(), text.clone())], spans: BTreeMap::new() };
        tree.flatten(String::new(), None, &root);
        Ok((tree, end))
    }

    /// Returns the comment that stands where the value of a key is wanted, as in `rgb: #fcbba1`.
    pub fn comment_at(&self, pointer: &str) -> Option<&str> {
        let spans = self.spans.get(pointer)?;
        let (_, end) = spans.key?;
        let line = self.texts[spans.text].1.get(end..)?.lines().next()?;
        let after = line.trim_start_matches(['"', '\'', ' ', '\t']).strip_prefix(':')?;
        Some(after.trim()).filter(|rest| rest.starts_with('#'))
    }

    /// Returns the place of the value at a pointer, or of the nearest value around it.
    pub fn value(&self, pointer: &str) -> Option<Place> {
        self.nearest(pointer).map(|spans| self.place(spans.text, spans.value))
    }

    /// Returns the place of the key at a pointer, or of the value where there is no key.
    pub fn key(&self, pointer: &str) -> Option<Place> {
        self.nearest(pointer).map(|spans| self.place(spans.text, spans.key.unwrap_or(spans.value)))
    }

    /// Returns the name that findings call the file by.
    pub fn name(&self) -> &Arc<str> {
        &self.texts[0].0
    }

    /// Returns the value at a pointer as it is written.
    pub fn text_of(&self, pointer: &str) -> Option<&str> {
        let Spans { text, value: (start, end), .. } = self.spans.get(pointer)?;
        self.texts[*text].1.get(*start..*end).map(str::trim)
    }

    /// Lists the values that hold no others, and those to be `together`, in the order of the first text: pointer, start
    /// and text.
    pub fn leaves(&self, together: &[&str]) -> Vec<(&str, usize, &str)> {
        let is_inside =
            |at: &str| together.iter().any(|one| at.strip_prefix(one).is_some_and(|rest| rest.starts_with('/')));
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
    pub fn name_in(&self, place: Option<Place>, name: &str, nth: usize) -> Option<Place> {
        let Some(Place::Span { file, start, end }) = place else { return place };
        let text = self.texts.iter().find(|(name, _)| *name == file).map(|(_, text)| text);
        let at = text.and_then(|text| words::places(text.get(start..end)?, name).get(nth).copied());
        Some(match at {
            Some(at) => Place::Span { file, start: start + at, end: start + at + name.len() },
            None => Place::Span { file, start, end },
        })
    }

    /// Takes the places at and below a pointer from the tree of a file that is laid over this one's.
    pub fn take(&mut self, pointer: &str, over: &Self) {
        self.remove(pointer);
        let offset = self.texts_of(over);
        let taken = over.below(pointer).map(|(at, spans)| (at.clone(), Spans { text: spans.text + offset, ..*spans }));
        self.spans.extend(taken);
    }

    /// Forgets the places at and below a pointer.
    pub fn remove(&mut self, pointer: &str) {
        let gone: Vec<String> = self.below(pointer).map(|(at, _)| at.clone()).collect();
        for at in gone {
            self.spans.remove(&at);
        }
    }

    /// Makes the file of another tree the one that the user named.
    pub fn rename(&mut self, over: &Self) {
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
        self.spans.insert(pointer, Spans { text: 0, key, value: node.range });
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

/// Tells whether a text holds marks of documents and comments, and no value.
fn is_bare(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#') || matches!(line, "---" | "..."))
}

/// Finds a colour that a comment swallowed, on the line of a fault or the one before it.
fn swallowed(text: &str, at: usize) -> Option<String> {
    let end = text[at..].find('\n').map_or(text.len(), |more| at + more);
    text[..end].lines().rev().take(2).find_map(|line| {
        let (before, after) = line.split_once(": #")?;
        let colour: String = after.chars().take_while(char::is_ascii_hexdigit).collect();
        let is_colour = matches!(colour.len(), 3 | 6 | 8) && !before.contains('#');
        is_colour.then(|| format!("`#{colour}` is a comment here: write it in quotes, \"#{colour}\""))
    })
}

/// Advises on what the parser's words usually mean.
fn advice(info: &str) -> Option<String> {
    let advice = [
        ("tab", "indent with spaces"),
        ("quoted scalar", "close the quote that opens here"),
        ("unknown anchor", "`*name` needs an `&name` before it"),
        ("recursion limit", "values nest too deep"),
        ("mapping values are not allowed", "write a text that holds `: ` in quotes"),
    ];
    advice.into_iter().find(|(words, _)| info.contains(words)).map(|(_, advice)| advice.to_owned())
}

impl<'a> Reader<'a> {
    fn new(name: Arc<str>, text: &'a str) -> Self {
        let landmarks = text.char_indices().step_by(STRIDE).map(|(at, _)| at).collect();
        let parser = Parser::new_from_str(text);
        Self { name, text, parser, landmarks, anchors: BTreeMap::new(), nodes: 0 }
    }

    /// Reads the only document; returns where it ends.
    fn document(&mut self) -> Result<(Node, usize), Finding> {
        let (mut root, mut end) = (None, self.text.len());
        loop {
            let (event, range) = self.next()?;
            match event {
                Event::StreamEnd => break,
                // A `---` at the end begins nothing.
                Event::DocumentStart(_) if root.is_some() && is_bare(&self.text[range.0..]) => {
                    end = range.0;
                    break;
                }
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
        let empty = || Finding::error("spec::empty", "the report spec is empty").in_file(self.name.clone());
        Ok((root.ok_or_else(empty)?, end))
    }

    fn next(&mut self) -> Result<(Event<'a>, (usize, usize)), Finding> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.bytes(span))),
            Some(Err(error)) => {
                let at = self.byte(error.marker().index());
                let message = format!("this is no valid YAML: {}", error.info());
                let help = swallowed(self.text, at).or_else(|| advice(error.info()));
                Err(self.fault("spec::syntax", message, (at, at + 1)).help(help))
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
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => {
                let finding = self.fault("spec::syntax", "a YAML tag has no meaning in a spec", range);
                return Err(finding.help("take away the word that begins with `!`".to_owned()));
            }
            Event::Scalar(word, ScalarStyle::Plain, ..) if let Some((message, help)) = numbers::fault(&word) => {
                return Err(self.fault("spec::bad-value", message, range).help(help));
            }
            Event::Scalar(_, style, anchor, _) => {
                let range = (range.0, self.end_of_scalar(style, range));
                (Node { range, size: 1, kind: Kind::Scalar }, anchor)
            }
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
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    return Err(self.fault(
                        "spec::syntax",
                        "a key must be a word, and here a list or mapping is one",
                        at,
                    ));
                }
                _ => return Err(self.fault("spec::syntax", "a key must be a word", at)),
            };
            if key == "<<" {
                let finding =
                    self.fault("spec::syntax", "the merge key `<<` is none of YAML 1.2, and a spec has none", at);
                return Err(finding.help("write the keys out, or take the whole value by its alias".to_owned()));
            }
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

    /// Finds the closing quote of a quoted scalar: the parser counts what follows on its line to it.
    fn end_of_scalar(&self, style: ScalarStyle, (start, end): (usize, usize)) -> usize {
        let quote = match style {
            ScalarStyle::SingleQuoted => '\'',
            ScalarStyle::DoubleQuoted => '"',
            _ => return end,
        };
        let text = self.text.get(start..end).unwrap_or_default();
        let mut letters = text.char_indices().skip(1).peekable();
        while let Some((at, letter)) = letters.next() {
            let doubled = quote == '\'' && letters.peek().is_some_and(|(_, next)| *next == quote);
            if letter == quote && !doubled {
                return start + at + 1;
            }
            if letter == quote || (letter == '\\' && quote == '"') {
                letters.next();
            }
        }
        end
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
