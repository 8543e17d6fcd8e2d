//! Texts with placeholders.
//!
//! A template of the spec becomes rich text in two steps: minijinja fills the placeholders, then
//! `**` is read as bold and note markers are taken out. What a placeholder puts in is data: it is
//! fenced off by two private-use characters, so that no `**` in a label or a name is markup.

use std::collections::BTreeSet;

use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior};

use crate::diag::{Finding, Place, nearest};

/// Characters with a meaning between the two steps; a spec that holds one is refused.
pub const RESERVED: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{E003}';

const NOTE_START: char = '\u{E000}';
const NOTE_END: char = '\u{E001}';
const DATA_START: char = '\u{E002}';
const DATA_END: char = '\u{E003}';

/// Steps after which a template is stopped; an edition's longest text takes some hundreds.
const FUEL: u64 = 100_000;

/// The longest text with placeholders, in bytes; an edition's longest has some hundreds.
const LENGTH_LIMIT: usize = 4096;

/// A template and the place where it is written.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The template.
    pub text: String,
    /// Where it stands in the spec.
    pub place: Option<Place>,
}

/// A piece of rich text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Text {
        /// The words.
        text: String,
        /// Set in bold.
        bold: bool,
    },
    /// The marker of a note, by its name in the spec.
    Note(String),
}

/// Rich text.
pub type Rich = Vec<Span>;

/// Makes rich text of plain words.
pub fn plain(text: impl Into<String>) -> Rich {
    vec![Span::Text { text: text.into(), bold: false }]
}

/// Renders templates.
pub struct Engine(Environment<'static>);

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// Makes an engine in which an undefined name is an error.
    pub fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(fence);
        environment.set_fuel(Some(FUEL));
        environment
            .add_function("note", |name: String| Value::from_safe_string(format!("{NOTE_START}{name}{NOTE_END}")));
        environment.add_filter("date", in_date_format);
        Self(environment)
    }

    /// Checks a template's syntax and the names it uses against those that exist; gives a finding for each fault.
    pub fn check(&self, prose: &Prose, known: &BTreeSet<String>) -> Vec<Finding> {
        if prose.text.contains('{')
            && let Err(finding) = bounded(prose)
        {
            return vec![finding];
        }
        match self.0.template_from_str(&prose.text) {
            Ok(template) => names(template.undeclared_variables(true), prose, known),
            Err(error) => vec![syntax(&error, prose)],
        }
    }

    /// Checks an expression in the same way.
    pub fn check_expression(&self, prose: &Prose, known: &BTreeSet<String>) -> Vec<Finding> {
        if let Err(finding) = bounded(prose) {
            return vec![finding];
        }
        match self.0.compile_expression(&prose.text) {
            Ok(expression) => names(expression.undeclared_variables(true), prose, known),
            Err(error) => vec![syntax(&error, prose)],
        }
    }

    /// Fills in a template.
    ///
    /// # Errors
    /// Returns a finding at the template's place when a name is undefined or a filter fails.
    pub fn rich(&self, prose: &Prose, context: &Value) -> Result<Rich, Finding> {
        let template = self.0.template_from_str(&prose.text).map_err(|error| syntax(&error, prose))?;
        let text = template.render(context).map_err(|error| {
            let used = template.undeclared_variables(true);
            failed(&error, prose, used.into_iter().collect(), context)
        })?;
        Ok(read_spans(&text))
    }

    /// Fills in a template whose result has neither bold words nor notes.
    ///
    /// # Errors
    /// Returns a finding at the template's place.
    pub fn words(&self, prose: &Prose, context: &Value) -> Result<String, Finding> {
        let rich = self.rich(prose, context)?;
        let pieces = rich.into_iter().map(|span| match span {
            Span::Text { text, bold: false } => Ok(text),
            _ => Err(Finding::error("spec::plain-text", "neither bold words nor note markers may stand here")
                .at(prose.place.clone())),
        });
        pieces.collect()
    }

    /// Tells whether an expression is true.
    ///
    /// # Errors
    /// Returns a finding at the expression's place.
    pub fn holds(&self, prose: &Prose, context: &Value) -> Result<bool, Finding> {
        let expression = self.0.compile_expression(&prose.text).map_err(|error| syntax(&error, prose))?;
        let value = expression.eval(context).map_err(|error| {
            let used = expression.undeclared_variables(true);
            failed(&error, prose, used.into_iter().collect(), context)
        })?;
        Ok(value.is_true())
    }
}

/// Refuses a template whose code could nest deeper than the engine can follow: it counts no chains of operators.
fn bounded(prose: &Prose) -> Result<(), Finding> {
    if prose.text.len() <= LENGTH_LIMIT {
        return Ok(());
    }
    let message = format!("a text with placeholders has at most {LENGTH_LIMIT} bytes");
    Err(Finding::error("spec::template", message)
        .at(prose.place.clone())
        .help("split it into several blocks".to_owned()))
}

/// Reports the names that do not exist, with the nearest ones that do.
fn names(used: impl IntoIterator<Item = String>, prose: &Prose, known: &BTreeSet<String>) -> Vec<Finding> {
    let used: BTreeSet<String> = used.into_iter().collect();
    let is_known = |name: &str| {
        name == "note" || known.contains(name) || known.iter().any(|path| path.starts_with(&format!("{name}.")))
    };
    let unknown = used.iter().filter(|name| !is_known(name));
    let finding = |name: &String| {
        Finding::error("spec::undefined-name", format!("no placeholder is called `{name}`"))
            .at(prose.place.clone())
            .help(nearest(name, known.iter().map(String::as_str)).map(|known| format!("did you mean `{known}`?")))
    };
    unknown.map(finding).collect()
}

/// Fences what a placeholder puts in, so that it stays data.
fn fence(out: &mut minijinja::Output<'_>, _state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        let message = "a placeholder has no value here";
        return Err(Error::new(ErrorKind::UndefinedError, message));
    }
    if value.is_safe() {
        return write!(out, "{value}").map_err(|_| unwritable());
    }
    let text = value.to_string().replace(|c| RESERVED.contains(&c), "\u{FFFD}");
    write!(out, "{DATA_START}{text}{DATA_END}").map_err(|_| unwritable())
}

fn unwritable() -> Error {
    Error::new(ErrorKind::WriteFailure, "the text could not be built")
}

/// The filter `date("long")`: a date of the context holds itself in every format of the edition.
fn in_date_format(date: &Value, format: &str) -> Result<Value, Error> {
    let written = date.get_attr(format)?;
    if written.is_undefined() {
        let formats: Vec<String> = date.try_iter()?.map(|name| format!("`{name}`")).collect();
        let message = format!("no date format is called `{format}`, only {}", formats.join(", "));
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    Ok(written)
}

fn syntax(error: &Error, prose: &Prose) -> Finding {
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    Finding::error("spec::template", format!("the placeholders of this text are broken: {detail}"))
        .at(prose.place.clone())
        .help("a placeholder is written `{{ name }}`, a condition `{% if name %}…{% endif %}`".to_owned())
}

fn failed(error: &Error, prose: &Prose, mut used: Vec<String>, context: &Value) -> Finding {
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    if error.kind() != ErrorKind::UndefinedError {
        let message = format!("this text cannot be filled in: {detail}");
        return Finding::error("spec::template", message).at(prose.place.clone());
    }
    used.sort_unstable();
    let missing = used.iter().find(|name| *name != "note" && !has(context, name));
    let message = missing.map_or_else(
        || format!("this text cannot be filled in: {detail}"),
        |name| format!("`{name}` has no value in this report"),
    );
    let national = missing.is_some_and(|name| name.starts_with("national.") || name.starts_with("ranks."));
    Finding::error("spec::undefined-name", message)
        .at(prose.place.clone())
        .help(national.then(|| "figures that the data do not cover are taken from the file of `reference`".to_owned()))
}

/// Tells whether a dotted name has a value.
fn has(context: &Value, name: &str) -> bool {
    let value = name.split('.').try_fold(context.clone(), |value, key| value.get_attr(key));
    value.is_ok_and(|value| !value.is_undefined() && !value.is_none())
}

/// Reads the filled-in text: folds white space, takes `**` as bold outside fenced data. The full stop after data that end
/// with one ("in Washington, D.C.") is that one.
fn read_spans(text: &str) -> Rich {
    let mut reader = SpanReader::default();
    let mut rest = text.chars().peekable();
    // `is_stopped`: data ended with a full stop, and nothing was set since.
    let (mut in_data, mut last, mut is_stopped) = (false, ' ', false);
    while let Some(c) = rest.next() {
        match c {
            '.' if is_stopped && rest.peek().is_none_or(|next| !next.is_alphanumeric() && *next != '.') => {}
            DATA_START => in_data = true,
            DATA_END => in_data = false,
            NOTE_START => reader.note(rest.by_ref().take_while(|c| *c != NOTE_END).collect()),
            '*' if !in_data && rest.peek() == Some(&'*') => {
                rest.next();
                reader.toggle_bold();
            }
            '\\' if !in_data && rest.peek() == Some(&'*') => reader.push(rest.next().unwrap_or('*')),
            c if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' => reader.space(),
            c => reader.push(c),
        }
        is_stopped = (c == DATA_END && last == '.') || (c == '*' && is_stopped);
        last = c;
    }
    reader.finish()
}

#[derive(Default)]
struct SpanReader {
    spans: Rich,
    text: String,
    bold: bool,
    pending_space: bool,
}

impl SpanReader {
    fn push(&mut self, c: char) {
        if std::mem::take(&mut self.pending_space) && !(self.spans.is_empty() && self.text.is_empty()) {
            self.text.push(' ');
        }
        self.text.push(c);
    }

    fn space(&mut self) {
        self.pending_space = true;
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.spans.push(Span::Text { text: std::mem::take(&mut self.text), bold: self.bold });
        }
    }

    fn toggle_bold(&mut self) {
        // A space before the opening stars belongs to the text before them.
        if std::mem::take(&mut self.pending_space) && !(self.spans.is_empty() && self.text.is_empty()) {
            self.text.push(' ');
        }
        self.flush();
        self.bold = !self.bold;
    }

    fn note(&mut self, name: String) {
        self.flush();
        // The marker hangs on the word before it; a space in the template is for the author's eye.
        self.pending_space = false;
        self.spans.push(Span::Note(name));
        self.pending_space = false;
    }

    fn finish(mut self) -> Rich {
        self.flush();
        self.spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::context;

    fn render(text: &str, context: Value) -> Rich {
        Engine::new().rich(&Prose { text: text.into(), place: None }, &context).unwrap()
    }

    fn text(words: &str, bold: bool) -> Span {
        Span::Text { text: words.into(), bold }
    }

    #[test]
    fn stars_are_bold_in_the_spec_and_plain_in_data() {
        assert_eq!(
            render("In **{{ name }}**, a\n total", context! { name => "A ** B" }),
            [text("In ", false), text("A ** B", true), text(", a total", false)]
        );
        assert_eq!(render(r"a \*\* b", context! {}), [text("a ** b", false)]);
    }

    #[test]
    fn a_sentence_that_ends_with_an_abbreviation_has_one_full_stop() {
        let of = |name: &str, words: &str| {
            let spans = render(words, context! { name => name });
            spans
                .into_iter()
                .map(|span| if let Span::Text { text, .. } = span { text } else { String::new() })
                .collect()
        };
        let cases = [
            ("D.C.", "In {{ name }}. Calls", "In D.C. Calls"),
            ("D.C.", "In **{{ name }}**.", "In D.C."),
            ("D.C.", "**In {{ name }}.**", "In D.C."),
            ("D.C.", "In {{ name }}, {{ name }}", "In D.C., D.C."),
            ("D.C.", "In {{ name }}...", "In D.C...."),
            ("D.C.", "{{ name }}.pdf", "D.C..pdf"),
            ("D.C.", "In {{ name }} . Calls", "In D.C. . Calls"),
            ("Ohio", "In {{ name }}. Calls", "In Ohio. Calls"),
            ("A. B.", "{{ name }}{{ name }}. Calls", "A. B.A. B. Calls"),
        ];
        for (name, words, wanted) in cases {
            let told: String = of(name, words);
            assert_eq!(told, wanted, "{words}");
        }
    }

    #[test]
    fn notes_are_taken_out_by_name() {
        assert_eq!(
            render("VICTIMS {{ note('non_cumulative') }} (SEX)", context! {}),
            [text("VICTIMS", false), Span::Note("non_cumulative".into()), text(" (SEX)", false)]
        );
    }

    #[test]
    fn an_undefined_name_is_an_error_before_and_while_rendering() {
        let engine = Engine::new();
        let prose = Prose { text: "{{ jurisdiction.nam }}".into(), place: None };
        let known = BTreeSet::from(["jurisdiction.name".to_owned()]);
        let finding = engine.check(&prose, &known).remove(0);
        assert_eq!(finding.message, "no placeholder is called `jurisdiction.nam`");
        assert_eq!(finding.help.as_deref(), Some("did you mean `jurisdiction.name`?"));
        let finding = engine.rich(&prose, &context! { jurisdiction => context! { name => "X" } }).unwrap_err();
        assert_eq!(finding.code, "spec::undefined-name");
    }

    #[test]
    fn an_endless_template_is_stopped() {
        let prose = Prose {
            text: "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}".into(),
            place: None,
        };
        assert_eq!(Engine::new().rich(&prose, &context! {}).unwrap_err().code, "spec::template");
    }
}
