//! Runs the content of pages as a renderer would, without pixels.
//!
//! A form is run in coordinates of its own wherever what it paints does not depend on what stands around it; the
//! result is then placed. So a form that a file, or a set of files, holds many times is run once ([`Forms`]).

mod colour;
mod forms;
mod pages;
mod paint;
mod path;
mod pictures;
mod state;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::cache::Forms;
use super::collector::Notes;
use super::density::is_dense;
use super::display_list::DisplayItem;
use super::fonts;
use super::identity::Identity;
use super::pixels::Pixels;
use super::resources::{number, numbers};
use super::text::Fonts;
use crate::diag::{Code, code};
use path::Path;
use state::State;

pub(super) use pages::pages;

/// Most operations of a file.
const OPERATIONS: usize = 20_000_000;
/// Most bytes of one content stream.
const CONTENT: usize = 64 << 20;
/// So many unpacked bytes count as an operation.
const BYTES: usize = 16;
/// Most words of one content stream, each of which takes some hundred bytes when it is read.
const WORDS: usize = 4_000_000;
/// Deepest nesting of saved states.
const STATES: usize = 512;

const CODE: Code = code::preflight::CONTENT;

/// What all runs over one file share.
struct Shared<'a, 'd> {
    forms: &'a Forms,
    identity: Identity<'d>,
    pixels: Pixels,
    /// How many operations may follow.
    budget: usize,
}

/// One run over one page, or over one form by itself.
struct Run<'a, 's, 'd> {
    document: &'d Document,
    shared: &'s mut Shared<'a, 'd>,
    notes: Notes,
    painted: Vec<DisplayItem>,
    fonts: Fonts,
    /// The forms that are being run, to refuse one inside itself.
    inside: Vec<ObjectId>,
}

impl<'s, 'd> Run<'_, 's, 'd> {
    /// Begins a run that has painted nothing yet.
    fn fresh<'a>(document: &'d Document, shared: &'s mut Shared<'a, 'd>) -> Run<'a, 's, 'd> {
        let (notes, fonts) = (Notes::default(), Fonts::default());
        Run { document, shared, notes, painted: Vec::new(), fonts, inside: Vec::new() }
    }

    /// Counts work that is not an operation against the limit: bytes that are unpacked, and fonts.
    fn spend(&mut self, operations: usize) {
        self.shared.budget = self.shared.budget.saturating_sub(operations);
    }

    /// Unpacks a stream, up to a number of bytes.
    fn plain(&mut self, stream: &Stream, most: usize) -> Vec<u8> {
        match stream.get_plain_content_with_limit(most) {
            Ok(content) => {
                self.spend(content.len() / BYTES);
                content
            }
            Err(error) => {
                self.spend(most / BYTES);
                self.notes.error(CODE, format!("content cannot be unpacked: {error}"));
                Vec::new()
            }
        }
    }

    /// Runs a content stream.
    fn content(&mut self, content: &[u8], resources: &[&'d Dictionary], state: State) {
        self.resources(resources);
        let operations = self.operations(content);
        let (mut states, mut state, mut path) = (Vec::new(), state, Path::default());
        for operation in &operations {
            if self.shared.budget == 0 {
                return;
            }
            self.shared.budget -= 1;
            match operation.operator.as_str() {
                "q" if states.len() < STATES => states.push(state.clone()),
                "q" => self.notes.error(CODE, "graphics states nest too deep"),
                "Q" => state = states.pop().unwrap_or(state),
                _ => self.operation(operation, resources, &mut state, &mut path),
            }
        }
    }

    fn operations(&mut self, content: &[u8]) -> Vec<Operation> {
        if is_dense(content, WORDS) {
            self.notes.error(CODE, format!("a content stream has more than {WORDS} words"));
            return Vec::new();
        }
        if let Ok(content) = Content::decode_strict(content) {
            return content.operations;
        }
        self.notes.error(CODE, "a content stream cannot be read to its end");
        Content::decode(content).map(|content| content.operations).unwrap_or_default()
    }

    /// Looks at the resources as a whole: fonts are to be embedded whether they are used or not.
    fn resources(&mut self, resources: &[&'d Dictionary]) {
        for all in resources {
            let fonts = all.get_deref(b"Font", self.document).and_then(Object::as_dict);
            for (_, font) in fonts.into_iter().flat_map(Dictionary::iter) {
                self.spend(1);
                fonts::check(self.document, font, &mut self.notes);
            }
        }
    }

    fn operation(&mut self, operation: &Operation, resources: &[&'d Dictionary], state: &mut State, path: &mut Path) {
        let operands = operation.operands.as_slice();
        match operation.operator.as_str() {
            "cm" => {
                if let Ok(matrix) = <[f64; 6]>::try_from(numbers(operands)) {
                    state.matrix = super::matrix::Matrix(matrix).then(state.matrix);
                }
            }
            "w" => state.width = operands.first().and_then(number).unwrap_or(1.0),
            "gs" => self.graphics_state(operands, resources, state),
            "Do" => self.object(operands, resources, state),
            "BI" => {
                if let Some(Object::Stream(image)) = operands.first() {
                    self.image(image, None, resources, state);
                }
            }
            "sh" => self.shading(operands, resources, state),
            "m" | "l" | "c" | "v" | "y" | "re" | "h" | "W" | "W*" => path::construct(operation, state, path),
            "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "n" => {
                self.paint(&operation.operator, state, std::mem::take(path));
            }
            operator if self.colour(operator, operands, resources, state) => {}
            operator => self.text(operator, operands, resources, state),
        }
    }
}
