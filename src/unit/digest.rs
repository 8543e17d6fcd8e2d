//! SHA-256 digests (FIPS 180-4), plain and keyed (HMAC, RFC 2104).

use std::borrow::Cow;
use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest; it is written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Computes the digest of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Computes the digest of bytes under a key: whoever lacks the key cannot test a guess of the bytes.
    pub fn keyed(key: &[u8], bytes: &[u8]) -> Self {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
        mac.update(bytes);
        Self(mac.finalize().into_bytes().into())
    }

    /// Computes the digest of all that a reader gives, without holding it.
    ///
    /// # Errors
    /// Returns what stopped the reader.
    pub fn read(reader: impl Read) -> io::Result<Self> {
        let mut hasher = Sha256::new();
        for_each_block(reader, |block| hasher.update(block))?;
        Ok(Self(hasher.finalize().into()))
    }

    /// Computes the digest of all that a reader gives under a key, without holding it.
    ///
    /// # Errors
    /// Returns what stopped the reader.
    pub fn keyed_of(key: &[u8], reader: impl Read) -> io::Result<Self> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
        for_each_block(reader, |block| mac.update(block))?;
        Ok(Self(mac.finalize().into_bytes().into()))
    }

    /// Computes one digest of named parts; no two different lists of parts are written alike.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut hasher = Sha256::new();
        for (name, content) in parts {
            for piece in [name.as_bytes(), content] {
                hasher.update((piece.len() as u64).to_be_bytes());
                hasher.update(piece);
            }
        }
        Self(hasher.finalize().into())
    }

    /// Writes the first bytes in hexadecimal.
    pub fn short(&self, bytes: usize) -> String {
        self.to_string().chars().take(2 * bytes).collect()
    }

    /// Returns the bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

fn for_each_block(mut reader: impl Read, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let mut block = vec![0; 64 << 10];
    loop {
        match reader.read(&mut block) {
            Ok(0) => return Ok(()),
            Ok(read) => take(&block[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Says that a text is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDigest;

impl fmt::Display for NoDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a digest has 64 hexadecimal digits in lower case")
    }
}

impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() != 64 || !text.bytes().all(is_digit) {
            return Err(NoDigest);
        }
        let mut bytes = [0; 32];
        for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| NoDigest)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Digest {
    fn schema_name() -> Cow<'static, str> {
        "Digest".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A SHA-256 digest in hexadecimal.",
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standards() {
        // FIPS 180-4, example "abc"; RFC 4231, test case 2.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc").to_string(), abc);
        assert_eq!(abc.parse(), Ok(Digest::of(b"abc")));
        assert_eq!(Digest::of(b"abc").short(4), "ba7816bf");
        let keyed = Digest::keyed(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(keyed.to_string(), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn what_is_read_in_blocks_has_the_digest_of_the_whole() {
        let bytes: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        assert_eq!(Digest::read(bytes.as_slice()).unwrap(), Digest::of(&bytes));
        assert_eq!(Digest::keyed_of(b"Jefe", bytes.as_slice()).unwrap(), Digest::keyed(b"Jefe", &bytes));
    }

    #[test]
    fn parts_that_run_into_each_other_differ() {
        let one = Digest::of_parts([("a", b"bc".as_slice())]);
        assert_ne!(one, Digest::of_parts([("ab", b"c".as_slice())]));
        assert_ne!(one, Digest::of_parts([("a", b"b".as_slice()), ("", b"c".as_slice())]));
    }

    #[test]
    fn other_texts_are_no_digests() {
        for text in ["", "ba78", &"G".repeat(64), &"A".repeat(64), &"é".repeat(32)] {
            assert_eq!(text.parse::<Digest>(), Err(NoDigest), "{text}");
        }
    }
}
