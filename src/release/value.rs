//! The values of a spec, as a manifest lists them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report_spec;
use crate::unit::Digest;

/// A value of a spec: its line, the beginning of the SHA-256 of its text in hexadecimal digits, and its JSON Pointer (RFC
/// 6901), with spaces between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Value {
    /// Its line, from 1.
    pub line: usize,
    /// Beginning of its digest: there may be millions of values in a manifest that does harm, so they are held tightly.
    digest: u64,
    /// Where it stands.
    pub pointer: Box<str>,
}

impl Value {
    /// Names a value of a spec; one that could be guessed has its digest under the edition's key, or is left out.
    pub fn of(entry: report_spec::Entry, key: Option<&Digest>) -> Option<Self> {
        let digest = match (entry.guessable, key) {
            (false, _) => entry.digest,
            (true, Some(key)) => Digest::keyed(key.bytes(), entry.digest.bytes()),
            (true, None) => return None,
        };
        let digest = u64::from_be_bytes(*digest.bytes().first_chunk().expect("a digest has 32 bytes"));
        Some(Self { line: entry.line, digest, pointer: entry.pointer.into() })
    }

    /// Writes the beginning of its digest.
    pub fn digest(&self) -> String {
        format!("{:016x}", self.digest)
    }

    /// The digests that words have as a value, by how they may be written.
    pub fn digests_of(words: &str) -> [String; 3] {
        let written = [words.to_owned(), format!("\"{words}\""), format!("'{words}'")];
        written.map(|text| Digest::of(text.as_bytes()).short(Self::BYTES))
    }

    const BYTES: usize = 8;
}

impl From<Value> for String {
    fn from(Value { line, digest, pointer }: Value) -> Self {
        format!("{line} {digest:016x} {pointer}")
    }
}

impl TryFrom<String> for Value {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut parts = text.splitn(3, ' ');
        let line = parts.next().and_then(|line| line.parse().ok());
        let digest = parts.next().filter(|digest| digest.len() == 2 * Self::BYTES);
        let digest = digest.and_then(|digest| u64::from_str_radix(digest, 16).ok());
        match (line, digest, parts.next()) {
            (Some(line), Some(digest), Some(pointer)) => Ok(Self { line, digest, pointer: pointer.into() }),
            _ => Err("a value is written as its line, its digest and its pointer"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_the_digest_of_its_words() {
        for text in ["12 002c75c4a5cf6faa /reports/3", "1 ffffffffffffffff /a b"] {
            let value = Value::try_from(text.to_owned()).unwrap();
            assert_eq!(value.digest(), text.split(' ').nth(1).unwrap());
            assert_eq!(String::from(value), text);
        }
        for text in
            ["1 a b", "1 002c75c4a5cf6faa", "x 002c75c4a5cf6faa /a", "1 002c75c4a5cf6fa /a", "1 002c75c4a5cf6fag /a"]
        {
            assert!(Value::try_from(text.to_owned()).is_err(), "{text}");
        }
        let entry =
            report_spec::Entry { pointer: "/a".into(), line: 1, digest: Digest::of(b"words"), guessable: false };
        assert_eq!(Value::of(entry, None).unwrap().digest(), Value::digests_of("words")[0]);
    }
}
