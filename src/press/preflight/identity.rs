//! A digest of an object and of all that it reaches: equal digests mean equal objects, in whatever file.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};
use sha2::{Digest, Sha256};

/// Deepest nesting of what an object reaches.
const DEPTH: usize = 32;

/// Digests of the objects of one file, each computed once.
pub(super) struct Identity<'d> {
    document: &'d Document,
    /// None for an object that reaches itself, or too far.
    known: BTreeMap<ObjectId, Option<[u8; 32]>>,
}

impl<'d> Identity<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self { document, known: BTreeMap::new() }
    }

    /// Returns the digest of an object; none where it reaches itself.
    pub(super) fn of(&mut self, id: ObjectId) -> Option<[u8; 32]> {
        self.object(id, 0)
    }

    fn object(&mut self, id: ObjectId, depth: usize) -> Option<[u8; 32]> {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        // Whoever comes here again while this object is looked at has gone in a circle.
        self.known.insert(id, None);
        let mut hash = Sha256::new();
        let object = self.document.objects.get(&id).unwrap_or(&Object::Null);
        let digest = self.add(object, &mut hash, depth + 1).map(|()| hash.finalize().into());
        self.known.insert(id, digest);
        digest
    }

    fn add(&mut self, object: &Object, hash: &mut Sha256, depth: usize) -> Option<()> {
        if depth > DEPTH {
            return None;
        }
        match object {
            Object::Null => bytes(hash, b'0', &[]),
            Object::Boolean(value) => bytes(hash, b'b', &[u8::from(*value)]),
            Object::Integer(value) => bytes(hash, b'i', &value.to_le_bytes()),
            Object::Real(value) => bytes(hash, b'r', &value.to_bits().to_le_bytes()),
            Object::Name(name) => bytes(hash, b'n', name),
            Object::String(text, _) => bytes(hash, b's', text),
            Object::Reference(id) => {
                let digest = self.object(*id, depth)?;
                bytes(hash, b'o', &digest);
            }
            Object::Array(items) => {
                bytes(hash, b'a', &items.len().to_le_bytes());
                return items.iter().try_for_each(|item| self.add(item, hash, depth + 1));
            }
            Object::Dictionary(dictionary) => return self.dictionary(dictionary, hash, depth),
            Object::Stream(stream) => {
                bytes(hash, b'c', &stream.content);
                return self.dictionary(&stream.dict, hash, depth);
            }
        }
        Some(())
    }

    fn dictionary(&mut self, dictionary: &Dictionary, hash: &mut Sha256, depth: usize) -> Option<()> {
        bytes(hash, b'd', &dictionary.len().to_le_bytes());
        dictionary.iter().try_for_each(|(key, value)| {
            bytes(hash, b'k', key);
            self.add(value, hash, depth + 1)
        })
    }
}

/// Adds bytes with their kind and number, so that no two sequences look alike.
fn bytes(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update(bytes.len().to_le_bytes());
    hash.update(bytes);
}
