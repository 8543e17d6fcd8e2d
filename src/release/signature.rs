//! Signatures in the format of minisign (<https://jedisct1.github.io/minisign/>).

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use blake2::Digest as _;
use blake2::digest::consts::U32;
use minisign::{PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

use crate::diag::{Finding, code, describe_io_error};
use crate::disk;

use super::approval::Ledger;
use super::names::{LEDGER, LEDGER_SIGNATURE, SIGNATURE};
use super::past::ExistingRelease;

/// Most bytes of a key or a signature.
pub(super) const MOST_BYTES: u64 = 8 << 10;

/// Bytes of a signature (Ed25519, RFC 8032, section 5.1.6).
const SIGNATURE_BYTES: usize = 64;

/// A secret key, ready to sign.
pub struct Signer {
    secret: SecretKey,
    public: PublicKey,
}

impl Signer {
    /// Reads a secret key file; a key with a password takes the password from the first line of a file.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, is no key, is damaged, or has another password.
    pub fn read(path: &Path, password: Option<&Path>) -> Result<Self, Finding> {
        let text = checked(&text(path)?);
        let boxed =
            SecretKeyBox::from_string(&text).map_err(|_| fault(path, "the file is no secret key of minisign"))?;
        let secret = match password {
            None => boxed.into_unencrypted_secret_key(),
            Some(password) => {
                let password = self::text(password)?.lines().next().unwrap_or_default().to_owned();
                boxed.into_secret_key(Some(password))
            }
        };
        let secret = secret.map_err(|_| {
            fault(path, "the key cannot be opened").help(
                "a key with a password needs `--sign-password FILE`; one without must be made by `minisign -G -W`"
                    .to_owned(),
            )
        })?;
        let signer = PublicKey::from_secret_key(&secret).map(|public| Self { secret, public });
        let signer = signer.map_err(|_| fault(path, "the key is damaged"))?;
        // A key without a password has no checksum of its own.
        signer.sign("test", b"", "").map(|_| signer).map_err(|_| fault(path, "the key is damaged"))
    }

    /// Signs a file of a release; the comment is signed too.
    ///
    /// # Errors
    /// Returns an error if the library refused the key.
    pub(super) fn sign(&self, name: &str, content: &[u8], comment: &str) -> Result<Vec<u8>, Finding> {
        let untrusted = format!("signature of {name}");
        let signature =
            minisign::sign(Some(&self.public), &self.secret, Cursor::new(content), Some(comment), Some(&untrusted));
        let signature = signature.map_err(|error| Finding::error(code::internal::SIGNATURE, error.to_string()))?;
        Ok(signature.into_string().into_bytes())
    }

    /// Refuses a signature by this key that is not of these approvals: to sign them would vouch for what somebody altered.
    ///
    /// # Errors
    /// Names the signature.
    pub(super) fn must_have_signed(&self, ledger: &Ledger, signature: &[u8], place: &Path) -> Result<(), Finding> {
        let refused = || fault(&place.join(LEDGER_SIGNATURE), "the signature is not of this list of approvals");
        let signature = signature_of(signature).ok_or_else(refused)?;
        if signature.keynum() != self.public.keynum() {
            return Ok(());
        }
        let text = Cursor::new(ledger.to_json());
        let is_sound = minisign::verify(&self.public, &signature, text, true, false, true).is_ok();
        if is_sound && signature.trusted_comment().is_ok_and(|comment| comment == ledger.comment()) {
            return Ok(());
        }
        Err(refused())
    }

    /// Signs a ledger.
    pub(super) fn sign_ledger(&self, ledger: &Ledger) -> Result<Vec<u8>, Finding> {
        self.sign(LEDGER, &ledger.to_json(), &ledger.comment())
    }
}

impl ExistingRelease {
    /// Checks the signature of the manifest, and returns its signed comment.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read, or if the signature is not of this manifest and key.
    pub fn check_signature(&self, key: &Path) -> Result<String, Finding> {
        self.signed_comment(SIGNATURE, &self.text, &public(key)?, "manifest")
    }

    /// Tells whether the manifest has a signature of this key, and the approvals, where there are some, have one as well.
    pub fn is_signed_by(&self, signer: &Signer) -> bool {
        let are_signed = self.own_file(LEDGER_SIGNATURE).is_ok_and(|signature| signature.is_some())
            || self.own_file(LEDGER).is_ok_and(|ledger| ledger.is_none());
        are_signed && self.signed_comment(SIGNATURE, &self.text, &signer.public, "manifest").is_ok()
    }

    /// Checks the signature of the approvals, where there are some; tells whether there is one.
    ///
    /// Whoever takes a signature away can write any approval, so approvals without one are refused unless `unsigned` says
    /// otherwise.
    ///
    /// # Errors
    /// As [`check_signature`](Self::check_signature); the signed comment names the number of records and the last one.
    pub fn check_approvals(&self, key: &Path, unsigned: bool) -> Result<bool, Finding> {
        let key = public(key)?;
        let path = self.folder.join(LEDGER_SIGNATURE);
        let ledger = Ledger::read(&self.folder)?;
        if self.own_file(LEDGER_SIGNATURE)?.is_none() {
            if ledger.approvals.is_empty() || unsigned {
                return Ok(false);
            }
            let message = "the approvals have no signature, so that anybody can have written them";
            let help = "ask for approvals made with `approve --sign`, or accept these with `--unsigned-approvals`";
            return Err(self::unsigned(&self.folder.join(LEDGER), message, help));
        }
        let comment = self.signed_comment(LEDGER_SIGNATURE, &ledger.to_json(), &key, "list of approvals")?;
        if comment == ledger.comment() { Ok(true) } else { Err(fault(&path, "the signature is of other approvals")) }
    }

    /// Checks a signature of the release, and returns its signed comment.
    fn signed_comment(&self, name: &str, content: &[u8], key: &PublicKey, what: &str) -> Result<String, Finding> {
        let path = self.folder.join(name);
        let no_signature = || fault(&path, "the file is no signature");
        let signature = disk::read(&path, MOST_BYTES).map_err(|error| unreadable(&path, &error))?;
        let signature = signature_of(&signature).ok_or_else(no_signature)?;
        minisign::verify(key, &signature, Cursor::new(content), true, false, true)
            .map_err(|_| fault(&path, &format!("the signature is not of this {what}, or was made with another key")))?;
        signature.trusted_comment().map_err(|_| no_signature())
    }
}

/// Reads a signature as strictly as minisign does: its library trims lines, takes any length for the second signature, that
/// of the comment, and panics where it is short.
fn signature_of(file: &[u8]) -> Option<SignatureBox> {
    /// The lengths of the buffers of minisign 0.11, into which a line must fit.
    const LINES: [usize; 4] = [1024, 104, 8192, 92];
    let lines: Vec<&[u8]> = file.split(|byte| *byte == b'\n').take(4).collect();
    let lines: [&[u8]; 4] = lines.try_into().ok()?;
    let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    if lines.iter().zip(LINES).any(|(line, most)| line.len() >= most || line.contains(&0)) {
        return None;
    }
    let [untrusted, signature, comment, of_comment] = lines;
    // Nobody vouches for the first line, which may be no text.
    untrusted.starts_with(b"untrusted comment: ").then_some(())?;
    let [signature, comment, of_comment] = [signature, comment, of_comment].map(std::str::from_utf8);
    let (signature, comment, of_comment) = (signature.ok()?, comment.ok()?, of_comment.ok()?);
    let is_long_enough = BASE64_STANDARD.decode(of_comment).is_ok_and(|bytes| bytes.len() == SIGNATURE_BYTES);
    if !is_long_enough || BASE64_STANDARD.decode(signature).is_err() || comment.trim_end() != comment {
        return None;
    }
    SignatureBox::from_string(&format!("untrusted comment: \n{signature}\n{comment}\n{of_comment}\n")).ok()
}

/// Reads a public key.
fn public(path: &Path) -> Result<PublicKey, Finding> {
    let key = PublicKeyBox::from_string(&text(path)?).and_then(PublicKey::from_box);
    key.map_err(|_| fault(path, "the file is no public key of minisign"))
}

/// Says that approvals have no signature where they should have one.
pub(super) fn unsigned(ledger: &Path, message: &str, help: &str) -> Finding {
    let finding = Finding::error(code::release::UNSIGNED_APPROVALS, message);
    finding.in_file(ledger.to_string_lossy()).help(help.to_owned())
}

/// Puts in the checksum that minisign leaves empty in a key without a password (`minisign -G -W`, version 0.11), and that
/// the library wants.
///
/// The second line of a key is the base64 of algorithms of signature, derivation and checksum (2 bytes each), salt (32),
/// two limits (8 each), number (8), key (64), and the checksum (32), BLAKE2b over algorithm, number and key.
fn checked(text: &str) -> String {
    const NUMBER: usize = 54;
    const CHECKSUM: usize = NUMBER + 8 + 64;
    let mut lines = text.lines();
    let (Some(comment), Some(key)) = (lines.next(), lines.next()) else { return text.to_owned() };
    let Ok(mut bytes) = BASE64_STANDARD.decode(key.trim()) else { return text.to_owned() };
    let is_bare =
        bytes.len() == CHECKSUM + 32 && bytes[2..4] == [0, 0] && bytes[CHECKSUM..].iter().all(|byte| *byte == 0);
    if !is_bare {
        return text.to_owned();
    }
    let mut hasher = blake2::Blake2b::<U32>::new();
    hasher.update(&bytes[..2]);
    hasher.update(&bytes[NUMBER..CHECKSUM]);
    let checksum = hasher.finalize();
    bytes[CHECKSUM..].copy_from_slice(&checksum);
    format!("{comment}\n{}\n", BASE64_STANDARD.encode(bytes))
}

/// Reads a key, which the user names: it may stand behind a link, or come through a pipe.
fn text(path: &Path) -> Result<String, Finding> {
    let read = || {
        let mut text = String::new();
        File::open(path)?.take(MOST_BYTES).read_to_string(&mut text)?;
        Ok(text)
    };
    read().map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> Finding {
    fault(path, &format!("cannot read the file: {}", describe_io_error(error)))
}

fn fault(path: &Path, message: &str) -> Finding {
    Finding::error(code::release::SIGNATURE, message).in_file(path.to_string_lossy())
}
