//! Signatures in the format of minisign (<https://jedisct1.github.io/minisign/>).

use std::fs;
use std::io::Cursor;
use std::path::Path;

use minisign::{PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

use crate::diag::{Finding, io_words};

/// Name of the signature in a release's folder.
pub const SIGNATURE: &str = "manifest.json.minisig";

/// A secret key, ready to sign.
pub struct Signer(SecretKey);

impl Signer {
    /// Reads a secret key file; a key with a password takes the password from the first line of a file.
    ///
    /// # Errors
    /// Says that the file cannot be read, is no key, or has another password.
    pub fn read(path: &Path, password: Option<&Path>) -> Result<Self, Finding> {
        let text = read(path)?;
        let boxed =
            SecretKeyBox::from_string(&text).map_err(|_| fault(path, "the file is no secret key of minisign"))?;
        let key = match password {
            None => boxed.into_unencrypted_secret_key(),
            Some(password) => {
                let password = read(password)?.lines().next().unwrap_or_default().to_owned();
                boxed.into_secret_key(Some(password))
            }
        };
        key.map(Self).map_err(|_| {
            fault(path, "the key cannot be opened").help(
                "a key with a password needs `--sign-password FILE`; one without must be made by `minisign -G -W`"
                    .to_owned(),
            )
        })
    }

    /// Signs a manifest; the comment is signed too.
    ///
    /// # Errors
    /// Says that the library refused the key.
    pub fn sign(&self, manifest: &[u8], comment: &str) -> Result<Vec<u8>, Finding> {
        let signature =
            minisign::sign(None, &self.0, Cursor::new(manifest), Some(comment), Some("signature of manifest.json"));
        let signature = signature.map_err(|error| Finding::error("internal::signature", error.to_string()))?;
        Ok(signature.into_string().into_bytes())
    }
}

/// Checks the signature of a release's manifest, and returns its signed comment.
///
/// # Errors
/// Says that a file cannot be read, or that the signature is not of this manifest and key.
pub fn check(folder: &Path, manifest: &[u8], public_key: &Path) -> Result<String, Finding> {
    let text = read(public_key)?;
    let key =
        PublicKeyBox::from_string(&text).and_then(PublicKey::from_box).or_else(|_| PublicKey::from_base64(text.trim()));
    let key = key.map_err(|_| fault(public_key, "the file is no public key of minisign"))?;
    let path = folder.join(SIGNATURE);
    let signature = SignatureBox::from_string(&read(&path)?).map_err(|_| fault(&path, "the file is no signature"))?;
    minisign::verify(&key, &signature, Cursor::new(manifest), true, false, false)
        .map_err(|_| fault(&path, "the signature is not of this manifest, or was made with another key"))?;
    signature.trusted_comment().map_err(|_| fault(&path, "the file is no signature"))
}

fn read(path: &Path) -> Result<String, Finding> {
    fs::read_to_string(path).map_err(|error| fault(path, &format!("cannot read the file: {}", io_words(&error))))
}

fn fault(path: &Path, message: &str) -> Finding {
    Finding::error("release::signature", message).in_file(path.to_string_lossy())
}
