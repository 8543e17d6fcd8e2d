//! The template engine, with no more in it than prose needs.

use std::collections::BTreeSet;

use minijinja::machinery::{parse, parse_expr};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

use crate::diag::{Finding, code, nearest};
use crate::report_spec::{characters, words};

use super::context::{Context, fence};
use super::grammar::{self, Misuse};
use super::spans::read_spans;
use super::{NOTE_END, NOTE_START, Prose, Rich, Span};

/// Steps after which a template is stopped; an edition's longest text takes some hundreds.
const FUEL: u64 = 100_000;

/// The longest text with placeholders, in bytes; an edition's longest has some hundreds.
const LENGTH_LIMIT: usize = 4096;

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
    pub(in crate::report_spec) fn check(&self, prose: &Prose, known: &BTreeSet<String>) -> Checked {
        self.check_for(None, prose, known)
    }

    /// Checks a template in the same way, whose text another one takes as a value: no figure may stand in it. `reader`
    /// names the other one.
    pub(in crate::report_spec) fn check_for(
        &self,
        reader: Option<&str>,
        prose: &Prose,
        known: &BTreeSet<String>,
    ) -> Checked {
        // Most texts hold no placeholder.
        if !prose.text.contains('{') {
            return Checked::default();
        }
        if let Err(finding) = bounded(prose) {
            return finding.into();
        }
        match self.0.template_from_str(&prose.text) {
            Ok(template) => {
                let tree = parse(&prose.text, "prose", SyntaxConfig::default());
                let misused = tree.map(|tree| grammar::template(&tree, reader)).unwrap_or_default();
                Checked::of(misused, template.undeclared_variables(true), prose, known)
            }
            Err(error) => syntax(&error, prose).into(),
        }
    }

    /// Checks an expression in the same way.
    pub(in crate::report_spec) fn check_expression(&self, prose: &Prose, known: &BTreeSet<String>) -> Checked {
        if let Err(finding) = bounded(prose) {
            return finding.into();
        }
        match self.0.compile_expression(&prose.text) {
            Ok(expression) => {
                let misused = parse_expr(&prose.text).map(|tree| grammar::condition(&tree)).unwrap_or_default();
                Checked::of(misused, expression.undeclared_variables(true), prose, known)
            }
            Err(error) => {
                let message = format!("this condition cannot be read: {}", detail(&error));
                let finding = Finding::error(code::spec::TEMPLATE, message).at(prose.place.clone());
                finding.help("a condition is written as in `figures.NAME.hidden`".to_owned()).into()
            }
        }
    }

    /// Fills in a template.
    ///
    /// # Errors
    /// Returns a finding at the template's place when a name is undefined or a filter fails.
    pub fn rich(&self, prose: &Prose, context: &Context) -> Result<Rich, Finding> {
        let template = self.0.template_from_str(&prose.text).map_err(|error| syntax(&error, prose))?;
        let text = template.render(context.values()).map_err(|error| {
            let used = template.undeclared_variables(true);
            failed(&error, prose, used.into_iter().collect(), context.values())
        })?;
        let rich = read_spans(&text, context).ok_or_else(|| {
            Finding::error(code::spec::TEMPLATE, "bold words begin here with `**` and do not end")
                .at(prose.place.clone())
                .help(r"write `**` behind them as well, or `\*\*` for two stars".to_owned())
        })?;
        // A template can put characters together that stand nowhere in the spec.
        let bad = rich.iter().find_map(|span| match span {
            Span::Text { text, .. } => characters::find(text),
            Span::Note(_) => None,
        });
        match bad {
            Some((_, bad)) => Err(bad.finding(prose.place.clone())),
            None => Ok(rich),
        }
    }

    /// Fills in a template whose result has neither bold words nor notes.
    ///
    /// # Errors
    /// Returns a finding at the template's place.
    pub fn words(&self, prose: &Prose, context: &Context) -> Result<String, Finding> {
        let rich = self.rich(prose, context)?;
        let pieces = rich.into_iter().map(|span| match span {
            Span::Text { text, bold: false } => Ok(text),
            _ => Err(Finding::error(code::spec::PLAIN_TEXT, "neither bold words nor note markers may stand here")
                .at(prose.place.clone())),
        });
        pieces.collect()
    }

    /// Tells whether an expression is true.
    ///
    /// # Errors
    /// Returns a finding at the expression's place.
    pub fn holds(&self, prose: &Prose, context: &Context) -> Result<bool, Finding> {
        let expression = self.0.compile_expression(&prose.text).map_err(|error| syntax(&error, prose))?;
        let value = expression.eval(context.values()).map_err(|error| {
            let used = expression.undeclared_variables(true);
            failed(&error, prose, used.into_iter().collect(), context.values())
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
    Err(Finding::error(code::spec::TEMPLATE, message)
        .at(prose.place.clone())
        .help("split it into several blocks".to_owned()))
}

/// A fault of a template, and the words in it that are at fault: the how manieth occurrence of which name, from 0.
pub(in crate::report_spec) struct Fault {
    /// What is wrong.
    pub finding: Finding,
    /// The name at fault and its occurrence.
    pub name: Option<(String, usize)>,
}

/// What was found in a template.
#[derive(Default)]
pub(in crate::report_spec) struct Checked {
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// The names that it uses, with those of their attributes.
    pub names: BTreeSet<String>,
}

impl From<Finding> for Checked {
    fn from(finding: Finding) -> Self {
        Self { faults: vec![Fault { finding, name: None }], names: BTreeSet::new() }
    }
}

impl Checked {
    fn of(
        misused: Vec<Misuse>,
        names: impl IntoIterator<Item = String>,
        prose: &Prose,
        known: &BTreeSet<String>,
    ) -> Self {
        let names: BTreeSet<String> = names.into_iter().collect();
        Self { faults: faults(misused, &names, prose, known), names }
    }
}

/// Gathers what a template may not say, and the names that do not exist, with the nearest ones that do.
fn faults(misused: Vec<Misuse>, used: &BTreeSet<String>, prose: &Prose, known: &BTreeSet<String>) -> Vec<Fault> {
    let misuse = |misuse: Misuse| {
        let nth = words::places(&prose.text, &misuse.name).iter().filter(|at| **at < misuse.at).count();
        let finding = Finding::error(misuse.code, misuse.message).at(prose.place.clone()).help(misuse.help);
        Fault { finding, name: Some((misuse.name, nth)) }
    };
    let mut faults: Vec<Fault> = misused.into_iter().map(misuse).collect();
    let is_known = |name: &str| {
        name == "note" || known.contains(name) || known.iter().any(|path| path.starts_with(&format!("{name}.")))
    };
    let unknown = used.iter().filter(|name| !is_known(name)).cloned();
    // A name that is told already is not told as unknown as well.
    let unknown: Vec<String> = unknown
        .filter(|name| !faults.iter().any(|fault| fault.name.as_ref().is_some_and(|(told, _)| told == name)))
        .collect();
    faults.extend(unknown.into_iter().map(|name| {
        let help = nearest(&name, known.iter().map(String::as_str)).map(|known| format!("did you mean `{known}`?"));
        let finding = Finding::error(code::spec::UNDEFINED_NAME, format!("no placeholder is called `{name}`"));
        Fault { finding: finding.at(prose.place.clone()).help(help), name: Some((name, 0)) }
    }));
    faults
}

/// The filter `date("long")`: a date of the context holds itself in every format of the edition.
fn in_date_format(date: &Value, format: &str) -> Result<Value, Error> {
    let raw = date.get_attr(format)?;
    if raw.is_undefined() {
        let formats: Vec<String> = date.try_iter()?.map(|name| format!("`{name}`")).collect();
        let message = format!("no date format is called `{format}`, only {}", formats.join(", "));
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    Ok(raw)
}

fn detail(error: &Error) -> String {
    error.detail().map_or_else(|| error.kind().to_string(), str::to_owned)
}

fn syntax(error: &Error, prose: &Prose) -> Finding {
    let detail = detail(error);
    Finding::error(code::spec::TEMPLATE, format!("the placeholders of this text are broken: {detail}"))
        .at(prose.place.clone())
        .help("a placeholder is written `{{ name }}`, a condition `{% if name %}…{% endif %}`".to_owned())
}

fn failed(error: &Error, prose: &Prose, mut used: Vec<String>, context: &Value) -> Finding {
    let detail = detail(error);
    if error.kind() != ErrorKind::UndefinedError {
        let message = format!("this text cannot be filled in: {detail}");
        return Finding::error(code::spec::TEMPLATE, message).at(prose.place.clone());
    }
    used.sort_unstable();
    let missing = used.iter().find(|name| *name != "note" && !has(context, name));
    let message = missing.map_or_else(
        || format!("this text cannot be filled in: {detail}"),
        |name| format!("`{name}` has no value in this report"),
    );
    let national = missing.is_some_and(|name| name.starts_with("national.") || name.starts_with("ranks."));
    Finding::error(code::spec::UNDEFINED_NAME, message)
        .at(prose.place.clone())
        .help(national.then(|| "figures that the data do not cover are taken from the file of `reference`".to_owned()))
}

/// Tells whether a dotted name has a value.
fn has(context: &Value, name: &str) -> bool {
    let value = name.split('.').try_fold(context.clone(), |value, key| value.get_attr(key));
    value.is_ok_and(|value| !value.is_undefined() && !value.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::context;

    fn render(text: &str, context: Value) -> Rich {
        Engine::new().rich(&Prose { text: text.into(), place: None }, &Context::default().with(context)).unwrap()
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
        let finding = engine.check(&prose, &known).faults.remove(0).finding;
        assert_eq!(finding.message, "no placeholder is called `jurisdiction.nam`");
        assert_eq!(finding.help.as_deref(), Some("did you mean `jurisdiction.name`?"));
        let context = Context::default().with(context! { jurisdiction => context! { name => "X" } });
        let finding = engine.rich(&prose, &context).unwrap_err();
        assert_eq!(finding.code, code::spec::UNDEFINED_NAME);
    }

    #[test]
    fn an_endless_template_is_stopped() {
        let prose = Prose {
            text: "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}".into(),
            place: None,
        };
        assert_eq!(Engine::new().rich(&prose, &Context::default()).unwrap_err().code, code::spec::TEMPLATE);
    }
}
