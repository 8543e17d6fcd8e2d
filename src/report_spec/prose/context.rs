//! What placeholders stand for, and the figures among it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::{Object, ObjectRepr, Value, merge_maps};
use minijinja::{Error, ErrorKind, Output, State};

use super::{DATA_END, DATA_START, NOTE_END, NOTE_START, RESERVED};

/// The values of a report's placeholders.
#[derive(Debug, Default)]
pub struct Context {
    values: Value,
    figures: Vec<String>,
    /// Places of the figures whose words were put in, by this context and by those made of it.
    printed: Arc<Mutex<BTreeSet<usize>>>,
}

/// A figure as the engine sees it: its place among the figures, and nothing of its words.
#[derive(Debug)]
struct Figure(usize);

impl Object for Figure {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(a figure)")
    }
}

impl Context {
    /// Keeps the words of a figure; returns a value that can be printed and nothing else.
    pub fn figure(&mut self, words: String) -> Value {
        self.figures.push(words);
        Value::from_object(Figure(self.figures.len() - 1))
    }

    /// Gives the placeholders their values, the figures among them.
    pub fn with(self, values: Value) -> Self {
        Self { values, ..self }
    }

    /// Adds further values.
    pub fn and(&self, more: Value) -> Self {
        Self {
            values: merge_maps([self.values.clone(), more]),
            figures: self.figures.clone(),
            printed: self.printed.clone(),
        }
    }

    /// Takes the words of all figures away: for a text that another template takes as a value, and could compute with.
    pub fn without_figures(&self) -> Self {
        Self { values: self.values.clone(), ..Self::default() }
    }

    pub(super) fn values(&self) -> &Value {
        &self.values
    }

    /// Returns the words of a figure by what its placeholder put in.
    pub(super) fn words(&self, token: &str) -> &str {
        let found = token.parse().ok().and_then(|at: usize| Some((at, self.figures.get(at)?)));
        found.map_or("", |(at, words)| {
            self.printed.lock().unwrap_or_else(PoisonError::into_inner).insert(at);
            words
        })
    }

    /// Tells whether the words of a [`figure`](Self::figure) were put into a text.
    pub fn has_printed(&self, figure: &Value) -> bool {
        let printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        figure.downcast_object_ref::<Figure>().is_some_and(|Figure(at)| printed.contains(at))
    }
}

/// Fences what a placeholder puts in, so that it stays data; a figure puts in its number.
pub(super) fn fence(out: &mut Output<'_>, _state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let unwritable = |_| Error::new(ErrorKind::WriteFailure, "the text could not be built");
    if value.is_undefined() {
        return Err(Error::new(ErrorKind::UndefinedError, "a placeholder has no value here"));
    }
    if let Some(Figure(at)) = value.downcast_object_ref::<Figure>() {
        return write!(out, "{DATA_START}{NOTE_START}{at}{NOTE_END}{DATA_END}").map_err(unwritable);
    }
    if value.is_safe() {
        return write!(out, "{value}").map_err(unwritable);
    }
    if let Some(attribute) = attribute(value) {
        let message = format!("a placeholder names a {} and not a text: write {attribute}", kind(value));
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    let text = value.to_string().replace(|c| RESERVED.contains(&c), "\u{FFFD}");
    write!(out, "{DATA_START}{text}{DATA_END}").map_err(unwritable)
}

fn kind(value: &Value) -> &'static str {
    if value.try_iter().is_ok() && value.as_object().is_some_and(|object| object.repr() == ObjectRepr::Map) {
        "mapping"
    } else {
        "list"
    }
}

/// Says what to write instead of a value that is no text.
fn attribute(value: &Value) -> Option<String> {
    let object = value.as_object()?;
    if object.repr() != ObjectRepr::Map {
        return Some("`| join(\", \")` after it".to_owned());
    }
    let keys: Vec<String> = value.try_iter().ok()?.map(|key| format!("`.{key}`")).collect();
    Some(match keys.as_slice() {
        [] => "the name of what it holds".to_owned(),
        keys => format!("one of {} after it", keys.join(", ")),
    })
}
