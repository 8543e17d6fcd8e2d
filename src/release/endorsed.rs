//! The approvals of a release as they are published, with a signature of just these.

use std::path::Path;

use crate::diag::{Finding, Findings, code};

use super::approval::Ledger;
use super::names::{LEDGER, LEDGER_SIGNATURE};
use super::past::ExistingRelease;
use super::signature::{Signer, unsigned};

/// The approvals of a release, and their signature, where they have one.
pub(super) struct Endorsed {
    pub ledger: Ledger,
    signature: Option<Vec<u8>>,
}

impl Endorsed {
    /// Reads the approvals of a release; they are as `SHA256SUMS` says, and there where it says so.
    pub(super) fn of(past: &ExistingRelease) -> Result<Self, Finding> {
        past.must_have_as_listed(&[LEDGER, LEDGER_SIGNATURE])?;
        Ok(Self { ledger: Ledger::read(&past.folder)?, signature: past.own_file(LEDGER_SIGNATURE)? })
    }

    /// Reads the approvals of another release of the edition, which is as it was published.
    pub(super) fn elsewhere(folder: &Path, edition: &str) -> Result<Self, Findings> {
        let Some(past) = ExistingRelease::read(folder)? else {
            let message = "the folder holds no release whose approvals could count";
            return Err(Finding::error(code::release::NO_RELEASE, message).in_file(folder.to_string_lossy()).into());
        };
        if past.manifest.edition != edition {
            let message = format!("the approvals are of the edition `{}`, not `{edition}`", past.manifest.edition);
            let finding = Finding::error(code::release::APPROVALS, message).in_file(folder.to_string_lossy());
            return Err(finding.help("name a release of the same edition".to_owned()).into());
        }
        let faults = past.check();
        if faults.has_errors() { Err(faults) } else { Ok(Self::of(&past)?) }
    }
}

/// How approvals are signed.
#[derive(Clone, Copy)]
pub struct Signing<'a> {
    /// The key, where there is one.
    pub signer: Option<&'a Signer>,
    /// Publish approvals without a signature where they had one.
    pub unsigned_approvals: bool,
}

/// Returns the approvals as they are published, with their signature: the one that exactly these have already, else one of
/// the signer. `before` are those that they were joined from; where one was signed and nobody signs the result, it is
/// refused, since who reads it could not tell that somebody ever did.
pub(super) fn published(
    ledger: &Ledger,
    before: &[Endorsed],
    signing: Signing<'_>,
    place: &Path,
) -> Result<Vec<(&'static str, Vec<u8>)>, Finding> {
    if ledger.approvals.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(signer) = signing.signer {
        let mut signed = before.iter().filter_map(|signed| Some((&signed.ledger, signed.signature.as_ref()?)));
        signed.try_for_each(|(ledger, signature)| signer.must_have_signed(ledger, signature, place))?;
    }
    let mut same = before.iter().rev().filter(|signed| signed.ledger == *ledger);
    let signature = match (same.find_map(|endorsed| endorsed.signature.clone()), signing.signer) {
        (Some(signature), _) => Some(signature),
        (None, Some(signer)) => Some(signer.sign_ledger(ledger)?),
        (None, None) if signing.unsigned_approvals || before.iter().all(|endorsed| endorsed.signature.is_none()) => {
            None
        }
        (None, None) => {
            let message = "the approvals were signed, and with other records they would have no signature";
            let help = "sign them by `--sign`, or publish them without a signature by `--unsigned-approvals`; a candidate that is \
                        released with the `--approvals` of this folder has all records under the signature of its own";
            return Err(unsigned(&place.join(LEDGER), message, help));
        }
    };
    let signature = signature.map(|signature| (LEDGER_SIGNATURE, signature));
    Ok([(LEDGER, ledger.to_json())].into_iter().chain(signature).collect())
}
