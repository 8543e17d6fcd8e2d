//! Bytes that many files hold.

use lopdf::{Dictionary, Stream};

/// Bytes that many files hold, packed once.
#[derive(Debug, Clone)]
pub(super) struct Packed(Stream);

impl Packed {
    /// Packs bytes, where that makes them fewer.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut stream = Stream::new(Dictionary::new(), bytes.to_vec());
        // Bytes that cannot be packed stay as they are.
        let _ = stream.compress();
        Self(stream)
    }

    /// Returns a stream of the packed bytes with further keys.
    pub(super) fn stream(&self, dictionary: &Dictionary) -> Stream {
        let mut stream = self.0.clone();
        for (key, value) in dictionary.iter().filter(|(key, _)| !matches!(key.as_slice(), b"Length" | b"Filter")) {
            stream.dict.set(key.clone(), value.clone());
        }
        stream
    }
}
