//! The key of a county.

use std::borrow::{Borrow, Cow};
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

/// The Census Bureau's five-digit code of a county: two digits of the state, three of the county.
///
/// It is text: the zero of `09001` belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Geoid(String);

impl Geoid {
    /// Takes a code of exactly five ASCII digits.
    pub fn new(text: &str) -> Option<Self> {
        let five_digits = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        five_digits.then(|| Self(text.to_owned()))
    }

    /// Returns the code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the two digits of the state.
    pub fn state(&self) -> &str {
        &self.0[..2]
    }
}

impl fmt::Display for Geoid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Geoid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| de::Error::custom("the code of a county has five digits"))
    }
}

impl JsonSchema for Geoid {
    fn schema_name() -> Cow<'static, str> {
        "Geoid".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The Census Bureau's code of a county: two digits of the state, three of the county.",
            "type": "string",
            "pattern": "^[0-9]{5}$",
        })
    }
}

impl Borrow<str> for Geoid {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_geoid_keeps_its_leading_zero() {
        let geoid = Geoid::new("09001").unwrap();
        assert_eq!((geoid.as_str(), geoid.state()), ("09001", "09"));
    }

    #[test]
    fn a_geoid_has_exactly_five_digits() {
        for text in ["", "9001", "090010", "0900a", "٠٩٠٠١", " 9001", "09 01"] {
            assert_eq!(Geoid::new(text), None, "{text:?}");
        }
    }
}
