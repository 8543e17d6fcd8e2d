//! Checks a spec's values against the JSON Schema of its types, and words every violation.

use std::collections::BTreeSet;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError, Validator};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diag::{Code, Finding, Findings, Place, code, nearest};

use super::raw::SpecFile;
use super::read::Yaml;
use super::tree::{Tree, escape};
use super::wanted::{Wanted, short_text};

/// How many unknown keys of a mapping are compared with the known ones; of more, no more are shown.
const HINTS: usize = 100;

/// Decodes a spec, or reports every key and value that the schema does not allow.
///
/// # Errors
/// Returns one finding for each violation, at the value.
pub(super) fn decode(yaml: &Yaml) -> Result<SpecFile, Findings> {
    decode_as(yaml, "the report spec")
}

/// Decodes a file of any type by the schema of that type; `whole` is what findings call the file.
///
/// # Errors
/// Returns one finding for each violation, at the value.
pub(super) fn decode_as<T: DeserializeOwned + JsonSchema>(yaml: &Yaml, whole: &str) -> Result<T, Findings> {
    let schema = schemars::schema_for!(T).to_value();
    let validator: Validator = jsonschema::validator_for(&schema)
        .map_err(|error| Finding::error(code::internal::SCHEMA, format!("the schema of specs is broken: {error}")))?;
    let errors: Vec<ValidationError<'_>> = validator.iter_errors(&yaml.value).collect();
    let misspelt = errors.iter().flat_map(|error| misspelt(&schema, error)).collect();
    let mut check = Check { whole, schema: &schema, tree: &yaml.tree, misspelt, findings: Findings::new() };
    for error in &errors {
        check.word(error);
    }
    if check.findings.has_errors() {
        return Err(check.findings);
    }
    serde_json::from_value(yaml.value.clone())
        .map_err(|error| Finding::error(code::spec::SYNTAX, error.to_string()).in_file(yaml.name.clone()).into())
}

struct Check<'a> {
    whole: &'a str,
    schema: &'a Value,
    tree: &'a Tree,
    /// Keys that are meant but misspelt, with the mapping that they are missing in.
    misspelt: BTreeSet<(String, String)>,
    findings: Findings,
}

/// Returns the keys that unknown ones probably mean.
fn misspelt(schema: &Value, error: &ValidationError<'_>) -> Vec<(String, String)> {
    let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() else { return Vec::new() };
    let known = known_keys(schema, error);
    let meant = unexpected.iter().take(HINTS).filter_map(|key| nearest(key, known.iter().copied()));
    meant.map(|key| (error.instance_path().as_str().to_owned(), key.to_owned())).collect()
}

impl Check<'_> {
    fn word(&mut self, error: &ValidationError<'_>) {
        let at = error.instance_path().as_str().to_owned();
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => self.unknown_keys(error, &at, unexpected),
            ValidationErrorKind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                // A misspelt key is told once, where it stands.
                if self.misspelt.contains(&(at.clone(), key.to_owned())) {
                    return;
                }
                let place = self.tree.key(&at).filter(|_| !at.is_empty());
                let place = place.or_else(|| Some(Place::File { file: self.tree.name().clone() }));
                let message = format!("{} has no key `{key}`", self.named(&at));
                self.findings.push(Finding::error(code::spec::MISSING_KEY, message).at(place));
            }
            ValidationErrorKind::Type { kind } => self.wrong_type(&at, error.instance(), &Wanted::of(kind)),
            ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
                self.branches(error, &at, context);
            }
            ValidationErrorKind::Pattern { pattern } => {
                let message =
                    format!("{} must be {}, and is `{}`", self.named(&at), form(pattern), short(error.instance()));
                self.push(code::spec::BAD_FORM, &at, message, None);
            }
            kind => {
                let message = match bound(kind) {
                    Some(bound) => format!("{} must {bound}, and {}", self.named(&at), counted(error.instance())),
                    None => format!("{} cannot be {}", self.named(&at), describe(error.instance())),
                };
                self.push(code::spec::BAD_VALUE, &at, message, None);
            }
        }
    }

    /// Names the mapping or value at a pointer.
    fn named(&self, pointer: &str) -> String {
        named(pointer, self.whole)
    }

    fn push(&mut self, code: Code, at: &str, message: String, help: Option<String>) {
        self.findings.push(Finding::error(code, message).at(self.tree.value(at)).help(help));
    }

    fn wrong_type(&mut self, at: &str, found: &Value, wanted: &Wanted) {
        // `01` is read as the number 1, and `.inf`, which JSON does not know, as nothing.
        let is_bare = matches!(found, Value::Null | Value::Bool(_) | Value::Number(_));
        let raw = self.tree.text_of(at).filter(|text| is_bare && !text.is_empty());
        let what = raw.map_or_else(|| describe(found), |text| format!("the value `{}`", short_text(text)));
        // `03` stands bare, and YAML 1.2 leaves it a text.
        let bare = self.tree.text_of(at).filter(|text| found.as_str() == Some(*text) && is_padded(text));
        let what = bare.map_or(what, |text| format!("the value `{}`", short_text(text)));
        let message = format!("{} must be {wanted}, and is {what}", self.named(at));
        let help = self.hint(at, wanted, found).or_else(|| wanted.advice(found, raw));
        self.push(code::spec::WRONG_TYPE, at, message, help);
    }

    /// Advises where what is written reads as something else than it looks like.
    fn hint(&self, at: &str, wanted: &Wanted, found: &Value) -> Option<String> {
        if let (Value::Null, Some(comment)) = (found, self.tree.comment_at(at)) {
            let word = comment.split([' ', ',', '}']).next().unwrap_or(comment);
            return Some(format!(
                "`{}` is a comment: write it in quotes, \"{}\"",
                short_text(comment),
                short_text(word)
            ));
        }
        let text = found.as_str().filter(|text| wanted.is_number() && is_padded(text))?;
        let bare = self.tree.text_of(at) == Some(text);
        let number = text.trim_start_matches('0');
        bare.then(|| format!("write {}", if number.is_empty() { "0" } else { number }))
    }

    fn unknown_keys(&mut self, error: &ValidationError<'_>, at: &str, unexpected: &[String]) {
        let known = known_keys(self.schema, error);
        for (index, key) in unexpected.iter().enumerate() {
            let help = if index < HINTS { meant(key, &known) } else { None };
            let message = format!("{} takes no key `{}`", self.named(at), short(&Value::from(key.as_str())));
            let place = self.tree.key(&format!("{at}/{}", escape(key)));
            self.findings.push(Finding::error(code::spec::UNKNOWN_KEY, message).at(place).help(help));
        }
    }

    /// Words a choice: either all branches are single words, or the branch that went furthest tells what is wrong.
    fn branches(&mut self, error: &ValidationError<'_>, at: &str, context: &[Vec<ValidationError<'static>>]) {
        let found = error.instance();
        let words: Vec<String> = context.iter().flatten().flat_map(words_of).collect();
        if !words.is_empty() && words.len() + 1 >= context.len() {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let help = found.as_str().and_then(|raw| among(raw, &words)).or_else(|| list(&words));
            let raw = found.as_str().map_or_else(|| describe(found), |text| format!("`{}`", short_text(text)));
            let message = format!("{} cannot be {raw}", self.named(at));
            return self.push(code::spec::UNKNOWN_VALUE, at, message, help);
        }
        let branches: Vec<_> = context.iter().filter(|branch| !wants_nothing(branch)).collect();
        // A value that no branch takes by its type must be of one of their types.
        let types: Vec<Wanted> = branches.iter().filter_map(|branch| type_of(branch, at)).collect();
        if types.len() == branches.len() && !types.is_empty() {
            return self.wrong_type(at, found, &Wanted::any(types));
        }
        let furthest =
            branches.into_iter().filter(|branch| type_of(branch, at).is_none()).min_by_key(|branch| branch.len());
        for inner in furthest.into_iter().flatten() {
            self.word(inner);
        }
    }
}

/// Tells whether a text is a whole number with zeros before it.
fn is_padded(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the keys that the mapping at fault may have.
fn known_keys<'s>(schema: &'s Value, error: &ValidationError<'_>) -> Vec<&'s str> {
    let location = error.schema_path().as_str();
    let properties = location.rsplit_once('/').and_then(|(parent, _)| schema.pointer(parent)?.get("properties"));
    properties.and_then(Value::as_object).into_iter().flat_map(|map| map.keys().map(String::as_str)).collect()
}

/// Returns the words that a branch of a choice takes.
fn words_of(error: &ValidationError<'_>) -> Vec<String> {
    match error.kind() {
        ValidationErrorKind::Constant { expected_value } => {
            expected_value.as_str().map(str::to_owned).into_iter().collect()
        }
        ValidationErrorKind::Enum { options } => {
            let words = options.as_array().into_iter().flatten().filter_map(Value::as_str);
            words.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// Tells whether a branch stands for a key that may be left out.
fn wants_nothing(branch: &[ValidationError<'_>]) -> bool {
    let first = branch.first().map(ValidationError::kind);
    matches!(first, Some(ValidationErrorKind::Type { kind: TypeKind::Single(JsonType::Null) }))
}

/// Returns the type that a branch wants, where the value as a whole has another one.
fn type_of(branch: &[ValidationError<'_>], at: &str) -> Option<Wanted> {
    match branch {
        [error] if error.instance_path().as_str() == at => match error.kind() {
            ValidationErrorKind::Type { kind } => Some(Wanted::of(kind)),
            _ => None,
        },
        _ => None,
    }
}

/// Suggests the word that was meant, or lists them all where there are few.
fn among(raw: &str, known: &[&str]) -> Option<String> {
    nearest(raw, known.iter().copied()).map(|known| format!("did you mean `{known}`?")).or_else(|| list(known))
}

/// Suggests the key that was meant, or lists them all where there are few.
fn meant(raw: &str, known: &[&str]) -> Option<String> {
    let near = nearest(raw, known.iter().copied()).map(|known| format!("did you mean `{known}`?"));
    near.or_else(|| (known.len() <= 12).then(|| format!("its keys are `{}`", known.join("`, `"))))
}

/// Lists up to a dozen words.
fn list(known: &[&str]) -> Option<String> {
    let words: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
    (1..=12).contains(&words.len()).then(|| match words.len() {
        1 => format!("it can be {}", words[0]),
        _ => format!("it can be one of {}", words.join(", ")),
    })
}

/// Names the value at a pointer by its key, an item of a list by its list and number from 0.
fn named(pointer: &str, whole: &str) -> String {
    let plain = |part: &str| part.replace("~1", "/").replace("~0", "~");
    let mut name = String::new();
    for part in pointer.rsplit('/') {
        if pointer.is_empty() {
            return whole.into();
        }
        if !part.bytes().all(|b| b.is_ascii_digit()) {
            return format!("`{}{name}`", plain(part));
        }
        name = format!("[{part}]{name}");
    }
    format!("`{name}`")
}

/// Says in words what the patterns of the spec's types ask for.
fn form(pattern: &str) -> &str {
    match pattern {
        r"^[0-9]{2}$" => "two digits",
        r"^#[0-9a-fA-F]{6}$" => "a colour such as \"#cb181d\"",
        r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$" => "a name of letters, digits, `-` and `_`, at most 64",
        other => other,
    }
}

/// Says in words which bound a value breaks.
fn bound(kind: &ValidationErrorKind) -> Option<String> {
    match kind {
        ValidationErrorKind::Minimum { limit } => Some(format!("be at least {limit}")),
        ValidationErrorKind::Maximum { limit } => Some(format!("be at most {limit}")),
        ValidationErrorKind::MinItems { limit } => Some(format!("have at least {limit} values")),
        ValidationErrorKind::MaxItems { limit } => Some(format!("have at most {limit} values")),
        _ => None,
    }
}

fn counted(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("has {}", items.len()),
        _ => format!("is {}", short(value)),
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

fn short(value: &Value) -> String {
    match value {
        Value::String(text) => short_text(text),
        other => other.to_string(),
    }
}
