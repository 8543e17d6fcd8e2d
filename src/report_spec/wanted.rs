//! The types that a value of a spec may have, in words.

use std::fmt;

use jsonschema::JsonType;
use jsonschema::error::TypeKind;
use serde_json::Value;

/// The types of which a value may be one.
pub(super) struct Wanted(Vec<JsonType>);

impl Wanted {
    /// Returns what the schema asks for; that a value may be empty besides goes without saying.
    pub(super) fn of(kind: &TypeKind) -> Self {
        match kind {
            TypeKind::Single(kind) => Self(vec![*kind]),
            TypeKind::Multiple(many) => Self(many.iter().filter(|kind| *kind != JsonType::Null).collect()),
        }
    }

    /// Joins what the branches of a choice ask for.
    pub(super) fn any(branches: Vec<Self>) -> Self {
        Self(branches.into_iter().flat_map(|branch| branch.0).collect())
    }

    /// Tells whether the value may be a number.
    pub(super) fn is_number(&self) -> bool {
        self.has(JsonType::Integer) || self.has(JsonType::Number)
    }

    fn has(&self, wanted: JsonType) -> bool {
        self.0.contains(&wanted)
    }

    /// Advises quotes where YAML reads a number or a boolean and a text is wanted, and none where it is the other way.
    pub(super) fn advice(&self, found: &Value, raw: Option<&str>) -> Option<String> {
        match found {
            Value::Bool(_) | Value::Number(_) if self.has(JsonType::String) => {
                Some(format!("write it in quotes: \"{}\"", raw?))
            }
            Value::String(text) if self.has(JsonType::Boolean) && is_one_of(text, ["yes", "on"]) => {
                Some("write `true`".into())
            }
            Value::String(text) if self.has(JsonType::Boolean) && is_one_of(text, ["no", "off"]) => {
                Some("write `false`".into())
            }
            Value::String(text) if self.is_number() && text.parse::<f64>().is_ok() => {
                Some("write it without quotes".into())
            }
            Value::String(text) if self.0 == [JsonType::Array] => {
                Some(format!("write it in brackets: [{}]", short_text(text)))
            }
            _ => None,
        }
    }
}

/// Writes the types in words, with `or` between them.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|wanted| words(*wanted)).collect();
        f.write_str(&words.join(" or "))
    }
}

fn words(wanted: JsonType) -> &'static str {
    match wanted {
        JsonType::String => "a text",
        JsonType::Object => "a mapping",
        JsonType::Array => "a list",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::Boolean => "`true` or `false`",
        JsonType::Null => "nothing",
    }
}

fn is_one_of(text: &str, words: [&str; 2]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Cuts a text for a message.
pub(super) fn short_text(text: &str) -> String {
    // The end of a block of text is a line's end.
    let text = text.trim_end_matches('\n');
    match text.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_advised_where_a_text_is_wanted_and_none_where_a_number_is() {
        let advice = |wanted, found: Value| Wanted(vec![wanted]).advice(&found, Some("01"));
        assert_eq!(advice(JsonType::String, 1.into()).as_deref(), Some("write it in quotes: \"01\""));
        assert_eq!(advice(JsonType::Integer, "1".into()).as_deref(), Some("write it without quotes"));
        assert_eq!(advice(JsonType::Boolean, "Yes".into()).as_deref(), Some("write `true`"));
        assert_eq!(advice(JsonType::Array, "a".into()).as_deref(), Some("write it in brackets: [a]"));
        assert_eq!(advice(JsonType::Object, "a".into()), None);
    }

    #[test]
    fn types_are_joined_in_words() {
        let wanted = Wanted::any(vec![Wanted(vec![JsonType::String]), Wanted(vec![JsonType::Boolean])]);
        assert_eq!(wanted.to_string(), "a text or `true` or `false`");
    }
}
