//! A release, compared with what the same inputs make today.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diag::{Finding, Findings, Sources, code};
use crate::report_spec::{self, Places, Spec};

use super::approval::Ledger;
use super::inputs;
use super::manifest::{Input, Manifest, Program};
use super::names::MANIFEST;
use super::options::ReleaseOptions;
use super::past::ExistingRelease;

/// What is to be verified.
pub struct Verification {
    /// Folder of the release.
    pub folder: PathBuf,
    /// Folder of the project that holds the inputs.
    pub project: PathBuf,
    /// Compare outputs with their digests only.
    pub outputs_only: bool,
    /// Public key of the signature (minisign).
    pub key: Option<PathBuf>,
    /// Public key of the signature of the approvals, where it is not `key`.
    pub approvals_key: Option<PathBuf>,
    /// With a key, accept approvals that have no signature.
    pub unsigned_approvals: bool,
    /// Where the edition's key and the case data are, where that is not where the spec says.
    pub places: Places,
}

/// What was verified.
pub struct Verified {
    /// The release's manifest.
    pub manifest: Manifest,
    /// The signed comment, where a signature was checked.
    pub signed: Option<String>,
    /// How many approvals there are.
    pub approvals: usize,
    /// How many of them are of this very release, and not of one before or beside it.
    pub approvals_of_release: usize,
    /// The signature of the approvals was checked.
    pub approvals_signed: bool,
}

/// What the outputs of a release tell, compared with their digests, approvals and signatures.
pub struct Checked {
    /// What is wrong.
    pub findings: Findings,
    signed: Option<String>,
    approvals_signed: bool,
}

impl Checked {
    /// Compares the outputs of a release with their digests, and its approvals and signature with the keys. The folder may come
    /// from anybody.
    pub fn of(past: &ExistingRelease, wanted: &Verification) -> Self {
        let mut checked = Self { findings: past.check(), signed: None, approvals_signed: false };
        if let Some(key) = &wanted.key {
            match past.check_signature(key) {
                Ok(comment) => checked.signed = Some(comment),
                Err(fault) => checked.findings.push(fault),
            }
        }
        if let Some(key) = wanted.approvals_key.as_ref().or(wanted.key.as_ref()) {
            match past.check_approvals(key, wanted.unsigned_approvals) {
                Ok(are_signed) => checked.approvals_signed = are_signed,
                // A ledger that cannot be read is told already.
                Err(fault) if checked.findings.iter().any(|told| *told == fault) => {}
                Err(fault) => checked.findings.push(fault),
            }
        }
        checked
    }

    /// Returns what was verified.
    ///
    /// # Errors
    /// Returns everything that is wrong.
    pub fn verified(self, past: ExistingRelease) -> Result<Verified, Findings> {
        if self.findings.has_errors() {
            return Err(self.findings);
        }
        let ledger = Ledger::read(&past.folder)?;
        Ok(Verified {
            approvals: ledger.approvals.len(),
            approvals_of_release: ledger.count_of(past.digest),
            manifest: past.manifest,
            signed: self.signed,
            approvals_signed: self.approvals_signed,
        })
    }
}

impl Verification {
    /// Tells how the release is built again in another folder.
    pub fn options(&self, past: &ExistingRelease, out: PathBuf) -> ReleaseOptions {
        let manifest = &past.manifest;
        let reports = manifest.reports.iter().map(|report| &report.jurisdiction);
        ReleaseOptions {
            out,
            // A slice holds what its number says.
            only: if manifest.partition.is_some() {
                Vec::new()
            } else {
                reports.chain(&manifest.missing).cloned().collect()
            },
            partition: manifest.partition,
            cache: None,
            keep_going: !manifest.missing.is_empty(),
            fail_fast: false,
            previous: (manifest.revision > 1).then(|| past.folder.clone()),
            approvals: Vec::new(),
            signer: None,
            unsigned_approvals: false,
            clean: false,
            places: self.places.clone(),
        }
    }
}

/// Finds the spec of a release in a project, and believes nothing that the manifest says of it.
///
/// # Errors
/// Returns an error if it is not there.
pub fn spec_of(past: &ExistingRelease, project: &Path) -> Result<PathBuf, Finding> {
    let path = project.join(&past.manifest.spec);
    let within = path.canonicalize().ok().zip(project.canonicalize().ok());
    if within.is_some_and(|(path, project)| path.is_file() && path.starts_with(project)) {
        return Ok(path);
    }
    let message = format!("the spec `{}` of the release is not here", past.manifest.spec);
    let help = "name the folder of its project by `--project`, or compare outputs with `--outputs-only`".to_owned();
    Err(Finding::error(code::release::NO_INPUTS, message).in_file(project.to_string_lossy()).help(help))
}

/// Lists the inputs that are not what they were.
///
/// # Errors
/// Returns an error if the spec cannot be used, or if an input cannot be read.
pub fn changed_inputs(
    past: &ExistingRelease,
    path: &Path,
    places: &Places,
    sources: &mut Sources,
) -> Result<Findings, Findings> {
    let mut own = Sources::default();
    let spec = report_spec::load(path, places, &mut own).map_err(|faults| {
        no_spec(path, &faults, "`platen check` tells more; or compare outputs with `--outputs-only`")
    })?;
    let now = inputs::inputs(&spec, &own)?;
    for (name, text) in own.iter() {
        sources.add((name.clone(), text.clone()));
    }
    let mut findings = unknown_reports(past, &spec);
    let find = |list: &[Input], input: &Input| {
        list.iter().find(|other| (other.kind, &other.path) == (input.kind, &input.path)).cloned()
    };
    for before in &past.manifest.inputs {
        match find(&now, before) {
            Some(after) if after == *before => {}
            Some(_) => findings.push(changed(before, "is not what the release was made from")),
            None => findings.push(changed(before, "is no longer an input")),
        }
    }
    findings.extend(
        now.iter().filter(|input| find(&past.manifest.inputs, input).is_none()).map(|input| changed(input, "is new")),
    );
    if past.manifest.program != Program::running() {
        let Program { version, source, .. } = &past.manifest.program;
        let message = format!("the release was made by another program: version {version}, source {source}");
        findings.push(Finding::error(code::release::OTHER_PROGRAM, message).in_file(past.folder.to_string_lossy()));
    }
    Ok(findings)
}

/// Says that the file which the manifest names is no spec, and nothing of what stands in it: the manifest may name any file.
pub fn no_spec(path: &Path, faults: &Findings, help: &str) -> Finding {
    let code = faults.iter().map(|fault| fault.code).next().unwrap_or(code::spec::UNREADABLE);
    let message = format!("the file that the release names as its spec is none that can be used here ({code})");
    Finding::error(code::release::NO_INPUTS, message).in_file(path.to_string_lossy()).help(help.to_owned())
}

/// Names reports that the spec does not have.
fn unknown_reports(past: &ExistingRelease, spec: &Spec) -> Findings {
    let codes: BTreeSet<&str> = spec.reports.iter().map(|index| spec.jurisdictions[*index].code.as_str()).collect();
    let named = past.manifest.reports.iter().map(|report| &report.jurisdiction).chain(&past.manifest.missing);
    let unknown = named.filter(|code| !codes.contains(code.as_str()));
    let found = unknown.map(|code| {
        let message = format!("the spec has no report for `{code}`, which the manifest names");
        Finding::error(code::release::DIFFERS, message).in_file(past.folder.join(MANIFEST).to_string_lossy())
    });
    found.collect()
}

fn changed(input: &Input, what: &str) -> Finding {
    Finding::error(code::release::INPUT_CHANGED, format!("the input {what}")).in_file(input.path.clone())
}
