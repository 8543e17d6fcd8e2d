//! What bare words mean in YAML, before the types of a spec read them.

use serde_json::{Number, Value};
use serde_yaml::Value as Word;

/// The greatest whole number that every reader of a spec can hold exactly: 2⁵³ − 1 (RFC 8259, 6).
pub(super) const GREATEST: u64 = (1 << 53) - 1;

/// Says what is wrong with a bare word that YAML reads as a number, and what to do.
pub(super) fn fault(word: &str) -> Option<(String, String)> {
    let unsigned = word.trim_start_matches(['+', '-']);
    let quoted = || format!("write it in quotes where it is a text: \"{word}\"");
    if matches!(unsigned.to_ascii_lowercase().as_str(), ".inf" | ".nan") {
        return Some((format!("`{word}` is no number that can be meant"), quoted()));
    }
    let is_number = unsigned.starts_with(|c: char| c.is_ascii_digit());
    let is_large = is_number && unsigned.parse::<f64>().is_ok_and(|number| number > GREATEST as f64);
    is_large.then(|| (format!("a number is at most {GREATEST}"), quoted()))
}

/// Reads a bare word by the core schema (YAML 1.2.2, 10.3): nothing, a truth value, a number, or else a text.
fn meaning(word: &str) -> Word {
    match word {
        "" | "~" | "null" | "Null" | "NULL" => Word::Null,
        "true" | "True" | "TRUE" => Word::Bool(true),
        "false" | "False" | "FALSE" => Word::Bool(false),
        _ => word.parse().map_or_else(|_| Word::String(word.to_owned()), Word::Number),
    }
}

/// Returns what a bare word means as a value of a spec; `3.0` is the whole number 3.
pub(super) fn value(word: &str) -> Value {
    match meaning(word) {
        Word::Null => Value::Null,
        Word::Bool(truth) => Value::Bool(truth),
        Word::Number(number) => number_value(&number).unwrap_or_else(|| Value::String(word.to_owned())),
        _ => Value::String(word.to_owned()),
    }
}

fn number_value(number: &serde_yaml::Number) -> Option<Value> {
    if let Some(number) = number.as_u64() {
        return Some(number.into());
    }
    if let Some(number) = number.as_i64() {
        return Some(number.into());
    }
    let number = number.as_f64()?;
    let is_whole = number.fract() == 0.0 && number.abs() <= GREATEST as f64;
    if is_whole { Some((number as i64).into()) } else { Number::from_f64(number).map(Value::Number) }
}

/// Says what a bare key is read as, where that is not the text that is written.
pub(super) fn misread(key: &str) -> Option<String> {
    let read = match meaning(key) {
        Word::Null => return Some("nothing".to_owned()),
        Word::Bool(read) => read.to_string(),
        Word::Number(read) => read.to_string(),
        _ => return None,
    };
    (read != key).then(|| format!("`{read}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_word_is_nothing_a_truth_value_a_number_or_a_text() {
        for (word, read) in [
            ("", "null"),
            ("~", "null"),
            ("Null", "null"),
            ("TRUE", "true"),
            ("false", "false"),
            ("3", "3"),
            ("3.0", "3"),
            ("-2.0", "-2"),
            ("-0.0", "0"),
            ("+3.5", "3.5"),
            (".5", "0.5"),
            ("1e15", "1000000000000000"),
            ("0x10", "16"),
            ("0o17", "15"),
            ("0b11", "3"),
            ("-0x10", "-16"),
            ("09", "\"09\""),
            ("1_000", "\"1_000\""),
            ("2016-12-31", "\"2016-12-31\""),
            ("yes", "\"yes\""),
            ("tRue", "\"tRue\""),
            ("---", "\"---\""),
            ("1e400", "\"1e400\""),
        ] {
            assert_eq!(value(word).to_string(), read, "{word}");
        }
    }

    #[test]
    fn numbers_past_all_bounds_are_told() {
        for word in ["99999999999999999999", "9007199254740992", "1e30", ".nan", "-.inf", ".Inf", "+.INF", ".NaN"] {
            assert!(fault(word).is_some(), "{word}");
        }
        for word in ["9007199254740991", "3", "3.0", "0x10", "-5", "text", "211_311", "1-2", "2016-12-31"] {
            assert_eq!(fault(word), None, "{word}");
        }
    }

    #[test]
    fn keys_that_are_not_read_as_they_are_written_are_told() {
        for (key, read) in
            [("", "nothing"), ("~", "nothing"), ("NULL", "nothing"), ("True", "`true`"), ("0x10", "`16`")]
        {
            assert_eq!(misread(key).as_deref(), Some(read), "{key}");
        }
        for key in ["one", "3", "-3", "09", "2016-12-31", "true", "x", "-", "Truth", "1a"] {
            assert_eq!(misread(key), None, "{key}");
        }
    }
}
