//! Numbers as YAML writes them, before the types of a spec read them.

use serde_json::{Number, Value};

/// The greatest whole number that every reader of a spec can hold exactly: 2⁵³ − 1 (RFC 8259, 6).
pub const GREATEST: u64 = (1 << 53) - 1;

/// Reads `3.0` as the whole number 3 wherever it stands.
pub fn whole(value: &mut Value) {
    match value {
        Value::Number(number) if !number.is_u64() && !number.is_i64() => {
            if let Some(whole) = number.as_f64().and_then(as_whole) {
                *number = whole;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(whole),
        Value::Object(entries) => entries.values_mut().for_each(whole),
        _ => {}
    }
}

fn as_whole(number: f64) -> Option<Number> {
    let is_whole = number.fract() == 0.0 && number.abs() <= GREATEST as f64;
    is_whole.then(|| if number < 0.0 { Number::from(number as i64) } else { Number::from(number as u64) })
}

/// Says what is wrong with a bare word that YAML reads as a number, and what to do.
pub fn fault(word: &str) -> Option<(String, String)> {
    let unsigned = word.trim_start_matches(['+', '-']);
    let quoted = || format!("write it in quotes where it is a text: \"{word}\"");
    if matches!(unsigned.to_ascii_lowercase().as_str(), ".inf" | ".nan") {
        return Some((format!("`{word}` is no number that can be meant"), quoted()));
    }
    let is_number = unsigned.starts_with(|c: char| c.is_ascii_digit());
    let is_large = is_number && unsigned.parse::<f64>().is_ok_and(|number| number > GREATEST as f64);
    is_large.then(|| (format!("a number is at most {GREATEST}"), quoted()))
}

/// Says what a bare key is read as, where that is not the text that is written.
pub fn misread(key: &str) -> Option<String> {
    let may_be = key.starts_with(|c: char| c.is_ascii_digit() || "+-.~".contains(c))
        || matches!(key.to_ascii_lowercase().as_str(), "" | "null" | "true" | "false");
    let read: serde_yaml::Value = may_be.then(|| serde_yaml::from_str(key).ok())??;
    let read = match read {
        serde_yaml::Value::Null => return Some("nothing".to_owned()),
        serde_yaml::Value::Bool(read) => read.to_string(),
        serde_yaml::Value::Number(read) => read.to_string(),
        _ => return None,
    };
    (read != key).then(|| format!("`{read}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_however_they_are_written() {
        let mut value = serde_json::json!({ "a": [3.0, -2.0, 3.5, 4, 1e15], "b": "3.0" });
        whole(&mut value);
        assert_eq!(value.to_string(), r#"{"a":[3,-2,3.5,4,1000000000000000],"b":"3.0"}"#);
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
