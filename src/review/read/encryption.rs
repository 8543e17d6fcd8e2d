//! How a file is encrypted.

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Dict, ObjectIdentifier};
use memchr::memmem;

/// Says how a file is encrypted, and what it allows who opens it without the owner's password (ISO 32000-2, 7.6.4).
pub(super) fn encryption(pdf: &Pdf) -> Option<String> {
    let id = encryption_id(pdf.data().as_ref())?;
    let dict = pdf.xref().get::<Dict<'_>>(id)?;
    let (version, revision) = (dict.get::<i32>(b"V").unwrap_or(0), dict.get::<i32>(b"R").unwrap_or(0));
    let name = match version {
        1 | 2 => "RC4",
        4 => "RC4 or AES-128",
        5 => "AES-256",
        _ => "unknown",
    };
    let allowed = dict.get::<i32>(b"P").unwrap_or(0);
    let rights = [(2, "print"), (3, "change"), (4, "copy"), (5, "annotate"), (8, "fill in"), (10, "assemble")];
    let rights: Vec<&str> = rights.iter().filter(|(bit, _)| allowed >> bit & 1 == 1).map(|(_, right)| *right).collect();
    let rights = if rights.is_empty() { "nothing".to_owned() } else { rights.join(", ") };
    Some(format!("{name}, revision {revision}; allows: {rights}"))
}

/// Finds the reference to the encryption dictionary in the last trailer that has one: trailers are never packed.
fn encryption_id(bytes: &[u8]) -> Option<ObjectIdentifier> {
    const KEY: &[u8] = b"/Encrypt";
    let mut end = bytes.len();
    loop {
        let at = memmem::rfind(&bytes[..end], KEY)?;
        // Another key may begin alike.
        if let Some(id) = reference(&bytes[at + KEY.len()..]) {
            return Some(id);
        }
        end = at;
    }
}

/// Reads a reference, ` 12 0 R`.
fn reference(bytes: &[u8]) -> Option<ObjectIdentifier> {
    let words = String::from_utf8_lossy(bytes.get(..40).unwrap_or(bytes)).into_owned();
    let mut words = words.strip_prefix(|letter: char| letter.is_ascii_whitespace())?.split_ascii_whitespace();
    let (number, generation) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    words.next()?.starts_with('R').then(|| ObjectIdentifier::new(number, generation))
}
