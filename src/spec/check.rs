//! Checks a spec's values against the JSON Schema of its types, and words every violation.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{ValidationError, Validator};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diag::{Finding, Findings, nearest};

use super::read::Yaml;
use super::tree::{Tree, escape};
use super::written::SpecFile;

/// Returns the JSON Schema of a report spec (draft 2020-12).
pub fn schema() -> Value {
    schemars::schema_for!(SpecFile).to_value()
}

/// Decodes a spec, or reports every key and value that the schema does not allow.
///
/// # Errors
/// Returns one finding for each violation, at the value.
pub fn decode(yaml: &Yaml) -> Result<SpecFile, Findings> {
    decode_as(yaml, "the report spec")
}

/// Decodes a file of any type by the schema of that type; `whole` is what findings call the file.
///
/// # Errors
/// Returns one finding for each violation, at the value.
pub fn decode_as<T: DeserializeOwned + JsonSchema>(yaml: &Yaml, whole: &str) -> Result<T, Findings> {
    let schema = schemars::schema_for!(T).to_value();
    let validator: Validator = jsonschema::validator_for(&schema)
        .map_err(|error| Finding::error("internal::schema", format!("the schema of specs is broken: {error}")))?;
    let mut check = Check { whole, schema: &schema, tree: &yaml.tree, findings: Findings::new() };
    for error in validator.iter_errors(&yaml.value) {
        check.word(&error);
    }
    if check.findings.has_errors() {
        return Err(check.findings);
    }
    serde_json::from_value(yaml.value.clone())
        .map_err(|error| Finding::error("spec::syntax", error.to_string()).in_file(yaml.name.clone()).into())
}

struct Check<'a> {
    whole: &'a str,
    schema: &'a Value,
    tree: &'a Tree,
    findings: Findings,
}

impl Check<'_> {
    fn word(&mut self, error: &ValidationError<'_>) {
        let at = error.instance_path().as_str().to_owned();
        let place = self.tree.value(&at);
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => self.unknown_keys(error, &at, unexpected),
            ValidationErrorKind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                let whole = if at.is_empty() { self.whole.to_owned() } else { format!("`{}`", last(&at)) };
                self.findings.push(
                    Finding::error("spec::missing-key", format!("{whole} has no key `{key}`")).at(self.tree.key(&at)),
                );
            }
            ValidationErrorKind::Type { kind } => {
                let message =
                    format!("`{}` must be {}, and is {}", last(&at), expected(kind), describe(error.instance()));
                self.findings
                    .push(Finding::error("spec::wrong-type", message).at(place).help(quote(kind, error.instance())));
            }
            ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
                self.branches(error, &at, context);
            }
            ValidationErrorKind::Pattern { pattern } => {
                let message = format!("`{}` has not the form {pattern}", short(error.instance()));
                self.findings.push(Finding::error("spec::bad-form", message).at(place));
            }
            _ => {
                let message = format!("`{}`: {}", last(&at), lower(&error.to_string()));
                self.findings.push(Finding::error("spec::bad-value", message).at(place));
            }
        }
    }

    fn unknown_keys(&mut self, error: &ValidationError<'_>, at: &str, unexpected: &[String]) {
        let properties = error
            .schema_path()
            .as_str()
            .rsplit_once('/')
            .and_then(|(parent, _)| self.schema.pointer(parent)?.get("properties")?.as_object());
        for key in unexpected {
            let known = properties.into_iter().flat_map(|map| map.keys().map(String::as_str));
            let help = nearest(key, known).map(|known| format!("did you mean `{known}`?"));
            let whole = if at.is_empty() { self.whole.to_owned() } else { format!("`{}`", last(at)) };
            self.findings.push(
                Finding::error("spec::unknown-key", format!("{whole} takes no key `{key}`"))
                    .at(self.tree.key(&format!("{at}/{}", escape(key))))
                    .help(help),
            );
        }
    }

    /// Words a choice: either all branches are single words, or the branch that went furthest tells what is wrong.
    fn branches(&mut self, error: &ValidationError<'_>, at: &str, context: &[Vec<ValidationError<'static>>]) {
        let words: Vec<String> = context
            .iter()
            .flatten()
            .filter_map(|inner| match inner.kind() {
                ValidationErrorKind::Constant { expected_value } => expected_value.as_str().map(str::to_owned),
                ValidationErrorKind::Enum { options } => Some(join(options)),
                _ => None,
            })
            .collect();
        if !words.is_empty() && words.len() + 1 >= context.len() {
            let written = short(error.instance());
            let help = nearest(&written, words.iter().map(String::as_str))
                .map_or_else(|| format!("one of {}", words.join(", ")), |known| format!("did you mean `{known}`?"));
            let message = format!("`{}` cannot be `{written}`", last(at));
            self.findings.push(Finding::error("spec::unknown-value", message).at(self.tree.value(at)).help(help));
            return;
        }
        let is_null_branch = |branch: &&Vec<ValidationError<'static>>| matches!(branch.first().map(ValidationError::kind), Some(ValidationErrorKind::Type { kind }) if expected(kind) == "nothing");
        let branch = context.iter().filter(|branch| !is_null_branch(branch)).min_by_key(|branch| branch.len());
        match branch {
            Some(errors) if !errors.is_empty() => errors.iter().for_each(|inner| self.word(inner)),
            _ => {
                let message = format!("`{}` has a form that is not known here", last(at));
                self.findings.push(Finding::error("spec::bad-value", message).at(self.tree.value(at)));
            }
        }
    }
}

fn last(pointer: &str) -> String {
    let mut parts = pointer.rsplit('/').map(|part| part.replace("~1", "/").replace("~0", "~"));
    let name = parts.next().unwrap_or_default();
    match parts.next() {
        Some(list) if name.bytes().all(|b| b.is_ascii_digit()) => format!("{list}[{name}]"),
        _ => name,
    }
}

fn expected(kind: &TypeKind) -> String {
    let name = |kind: &dyn std::fmt::Display| match kind.to_string().trim_matches('"') {
        "string" => "a text".to_owned(),
        "object" => "a mapping".to_owned(),
        "array" => "a list".to_owned(),
        "integer" => "a whole number".to_owned(),
        "number" => "a number".to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        "null" => "nothing".to_owned(),
        other => other.to_owned(),
    };
    match kind {
        TypeKind::Single(one) => name(one),
        TypeKind::Multiple(many) => {
            many.iter().map(|one| name(&one)).filter(|one| one != "nothing").collect::<Vec<_>>().join(" or ")
        }
    }
}

fn describe(value: &Value) -> String {
    match value {
        Value::Null => "empty".into(),
        Value::Bool(_) | Value::Number(_) => format!("the value `{value}`"),
        Value::String(_) => format!("the text `{}`", short(value)),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "a mapping".into(),
    }
}

/// Advises quotes where YAML reads a number or a boolean and a text is wanted.
fn quote(kind: &TypeKind, value: &Value) -> Option<String> {
    let wants_text = expected(kind).contains("a text");
    (wants_text && matches!(value, Value::Bool(_) | Value::Number(_)))
        .then(|| format!("write it in quotes: \"{value}\""))
}

fn short(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| describe(value), str::to_owned);
    match text.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}

fn join(options: &Value) -> String {
    let words = options.as_array().into_iter().flatten().filter_map(Value::as_str);
    words.collect::<Vec<_>>().join(", ")
}

fn lower(text: &str) -> String {
    text.trim_end_matches('.').to_owned()
}
