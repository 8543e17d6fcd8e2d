//! `platen verify`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diag::Sources;
use crate::pipeline;
use crate::release::{SIGNATURE, Verification, Verified};

use super::places::Places;
use super::progress::ProgressReporter;
use super::report;

/// Arguments of `platen verify`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of the release
    dir: PathBuf,
    /// Folder of the project that holds the spec and its inputs
    #[arg(long, value_name = "DIR", default_value = ".")]
    project: PathBuf,
    /// Compare the outputs with their digests, and build nothing
    #[arg(long)]
    outputs_only: bool,
    /// Public key of the signature (minisign)
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Public key of the signature of the approvals, where it is another one
    #[arg(long, value_name = "FILE")]
    approvals_key: Option<PathBuf>,
    /// With a key, accept approvals that have no signature
    #[arg(long, requires = "key")]
    unsigned_approvals: bool,
    #[command(flatten)]
    places: Places,
    /// Print progress, results and findings as lines of JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut sources = Sources::default();
    let wanted = Verification {
        folder: arguments.dir.clone(),
        project: arguments.project.clone(),
        outputs_only: arguments.outputs_only,
        key: arguments.key.clone(),
        approvals_key: arguments.approvals_key.clone(),
        unsigned_approvals: arguments.unsigned_approvals,
        places: arguments.places.get(),
    };
    let verified = match pipeline::verify(&wanted, &ProgressReporter::new(arguments.json, false), &mut sources) {
        Ok(verified) => verified,
        Err(findings) => return report::differing(&findings, &sources, arguments.json),
    };
    if arguments.json {
        report::line(&serde_json::json!({
            "event": "verified",
            "reports": verified.manifest.reports.len(),
            "rebuilt": !arguments.outputs_only,
            "signed": verified.signed,
            "approvals": verified.approvals,
            "approvals_of_release": verified.approvals_of_release,
            "approvals_signed": verified.approvals_signed,
        }));
    } else {
        for words in notes(arguments, &verified) {
            report::note(&words);
        }
    }
    ExitCode::SUCCESS
}

/// Says what was verified, and what of it is signed.
fn notes(arguments: &Arguments, verified: &Verified) -> Vec<String> {
    let how = if arguments.outputs_only { "as their digests say" } else { "byte for byte what the same inputs make" };
    let mut notes = vec![format!("{}, {how}", report::counted(verified.manifest.reports.len(), "report"))];
    match (&verified.signed, arguments.dir.join(SIGNATURE).is_file()) {
        (Some(comment), _) => notes.push(format!("signed: {comment}")),
        (None, true) => notes.push("the release is signed; `--key FILE` checks the signature".to_owned()),
        (None, false) => {}
    }
    if verified.approvals > 0 {
        let approvals = report::counted(verified.approvals, "approval");
        let approvals = format!("{approvals}, {} of this release", verified.approvals_of_release);
        notes.push(match (verified.approvals_signed, verified.signed.is_some()) {
            (true, _) => format!("{approvals}; signed"),
            (false, true) => format!("{approvals}; without a signature: who approved is not proved"),
            (false, false) => approvals,
        });
    }
    notes
}
