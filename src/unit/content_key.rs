//! Digests by which content is known for years.

use serde::Serialize;
use serde_json::json;

use super::Digest;

/// Content that is known by its digest beyond one run: in a cache, a manifest or a ledger.
///
/// The digest is of the content as JSON in a form with a name and a version, and never of how the program prints a value, so
/// that it changes when the form does and at no other time. What implements it is made of a type that is taken apart field by
/// field, without `..`: then a new field does not compile until it is decided whether it belongs to the content. A record that is
/// published as it stands is its own content.
pub trait ContentKey: Serialize {
    /// Name and version of the form, as `platen policy 1`; another form has other digests.
    const FORM: &'static str;

    /// Returns the content in its form, of which digests are made.
    fn canonical(&self) -> Vec<u8> {
        let content = json!({ "form": Self::FORM, "content": self });
        serde_json::to_vec(&content).expect("content holds only text, numbers, lists and maps by text")
    }

    /// Returns the digest of the content.
    fn digest(&self) -> Digest {
        Digest::of(&self.canonical())
    }

    /// Returns the digest of the content under a key, so that nobody without it can test guesses of the content.
    fn keyed_digest(&self, key: &[u8]) -> Digest {
        Digest::keyed(key, &self.canonical())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct One(u64);

    impl ContentKey for One {
        const FORM: &'static str = "test 1";
    }

    #[derive(Serialize)]
    struct Other(u64);

    impl ContentKey for Other {
        const FORM: &'static str = "test 2";
    }

    #[test]
    fn the_form_and_the_content_make_the_digest() {
        assert_eq!(One(1).canonical(), br#"{"form":"test 1","content":1}"#);
        assert_eq!(One(1).digest(), Digest::of(br#"{"form":"test 1","content":1}"#));
        assert_ne!(One(1).digest(), One(2).digest());
        assert_ne!(One(1).digest(), Other(1).digest());
        assert_ne!(One(1).keyed_digest(b"a"), One(1).keyed_digest(b"b"));
    }
}
