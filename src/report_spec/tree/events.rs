//! The parser's events, read as values with their places, within bounds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};
use serde_json::Value;

use crate::diag::{Code, Finding, code};
use crate::report_spec::numbers;
use crate::unit::nfc;

use super::span::span;

/// The deepest nesting that is read.
const DEPTH_LIMIT: usize = 48;

/// The greatest number of values, aliases expanded.
const NODE_LIMIT: usize = 100_000;

/// So many bytes of a text count as one more value: an alias repeats them.
const TEXT: usize = 256;

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub range: (usize, usize),
    size: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Scalar(Value),
    Sequence(Vec<Node>),
    Mapping(Vec<(String, (usize, usize), Node)>),
}

impl Node {
    /// Leaves the places out.
    pub(super) fn into_value(self) -> Value {
        match self.kind {
            Kind::Scalar(value) => value,
            Kind::Sequence(items) => items.into_iter().map(Self::into_value).collect(),
            Kind::Mapping(entries) => entries.into_iter().map(|(key, _, value)| (key, value.into_value())).collect(),
        }
    }
}

/// Builds nodes from the parser's events.
pub(super) struct Reader<'a> {
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
    pub(super) fn new(name: Arc<str>, text: &'a str) -> Self {
        let landmarks = text.char_indices().step_by(STRIDE).map(|(at, _)| at).collect();
        let parser = Parser::new_from_str(text);
        Self { name, text, parser, landmarks, anchors: BTreeMap::new(), nodes: 0 }
    }

    /// Reads the only document.
    pub(super) fn document(&mut self) -> Result<Node, Finding> {
        let mut root = None;
        loop {
            let (event, range) = self.next()?;
            match event {
                Event::StreamEnd => break,
                // A `---` at the end begins nothing.
                Event::DocumentStart(_) if root.is_some() && is_bare(&self.text[range.0..]) => break,
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(self.fault(
                        code::spec::SYNTAX,
                        "a spec is one YAML document; here a second one begins",
                        range,
                    ));
                }
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                event => root = Some(self.node(event, range, 0)?),
            }
        }
        let empty = || Finding::error(code::spec::EMPTY, "the report spec is empty").in_file(self.name.clone());
        root.ok_or_else(empty)
    }

    fn next(&mut self) -> Result<(Event<'a>, (usize, usize)), Finding> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.bytes(span))),
            Some(Err(error)) => {
                let at = self.byte(error.marker().index());
                // What YAML calls a scalar is a text to its author.
                let message = format!("this is no valid YAML: {}", error.info().replace("scalar", "text"));
                let help = swallowed(self.text, at).or_else(|| advice(error.info()));
                Err(self.fault(code::spec::SYNTAX, message, (at, at + 1)).help(help))
            }
            None => Ok((Event::StreamEnd, (self.text.len(), self.text.len()))),
        }
    }

    fn node(&mut self, event: Event<'a>, range: (usize, usize), depth: usize) -> Result<Node, Finding> {
        if depth > DEPTH_LIMIT {
            return Err(self.fault(
                code::spec::TOO_DEEP,
                format!("values nest deeper than {DEPTH_LIMIT} levels"),
                range,
            ));
        }
        self.count(1, range)?;
        let (node, anchor) = match event {
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                let node =
                    node.ok_or_else(|| self.fault(code::spec::SYNTAX, "an alias stands inside its own anchor", range))?;
                self.count(node.size, range)?;
                return Ok(Node { range, ..node });
            }
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => {
                let finding = self.fault(code::spec::SYNTAX, "a YAML tag has no meaning in a spec", range);
                return Err(finding.help("take away the word that begins with `!`".to_owned()));
            }
            Event::Scalar(word, ScalarStyle::Plain, ..) if let Some((message, help)) = numbers::fault(&word) => {
                return Err(self.fault(code::spec::BAD_VALUE, message, range).help(help));
            }
            Event::Scalar(word, style, anchor, _) => {
                let range = (range.0, self.end_of_scalar(style, range));
                let is_plain = matches!(style, ScalarStyle::Plain);
                let more = word.len() / TEXT;
                self.count(more, range)?;
                let value = if is_plain { numbers::value(&word) } else { Value::String(word.into_owned()) };
                (Node { range, size: 1 + more, kind: Kind::Scalar(value) }, anchor)
            }
            Event::SequenceStart(anchor, _) => (self.sequence(range, depth)?, anchor),
            Event::MappingStart(anchor, _) => (self.mapping(range, depth)?, anchor),
            _ => return Err(self.fault(code::spec::SYNTAX, "this is no valid YAML", range)),
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
                Event::Scalar(key, style, ..) => {
                    if let Some(read) = numbers::misread(&key).filter(|_| matches!(style, ScalarStyle::Plain)) {
                        let finding = self.fault(code::spec::SYNTAX, format!("the key `{key}` is read as {read}"), at);
                        return Err(finding.help(format!("write it in quotes: \"{key}\"")));
                    }
                    key.into_owned()
                }
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    return Err(self.fault(
                        code::spec::SYNTAX,
                        "a key must be a word, and here a list or mapping is one",
                        at,
                    ));
                }
                _ => return Err(self.fault(code::spec::SYNTAX, "a key must be a word", at)),
            };
            if key == "<<" {
                let finding =
                    self.fault(code::spec::SYNTAX, "the merge key `<<` is none of YAML 1.2, and a spec has none", at);
                return Err(finding.help("write the keys out, or take the whole value by its alias".to_owned()));
            }
            // Names are compared in one normalization form: two that look alike would be one, and nobody could say which.
            if !seen.insert(nfc(&key).into_owned()) {
                return Err(self.fault(
                    code::spec::DUPLICATE_KEY,
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
            return Err(self.fault(code::spec::TOO_MANY_VALUES, message, range));
        }
        Ok(())
    }

    fn fault(&self, code: Code, message: impl Into<String>, (start, end): (usize, usize)) -> Finding {
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
