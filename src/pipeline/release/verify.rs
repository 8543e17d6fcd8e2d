//! A release, compared with what the same inputs make today.

use std::path::{Path, PathBuf};

use crate::diag::{Finding, Findings, Sources};
use crate::pipeline::progress::{Event, Progress, Step};
use crate::press;
use crate::release::{self, Input, Ledger, Manifest, Past, Program, Report};
use crate::spec;

use super::{Order, inputs, release as make};

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
}

/// What was verified.
pub struct Verified {
    /// The release's manifest.
    pub manifest: Manifest,
    /// The signed comment, where a signature was checked.
    pub signed: Option<String>,
}

/// Verifies a release: its outputs by their digests, its approvals and signature, and, by building it again from the
/// same inputs, every byte.
///
/// # Errors
/// Returns everything that differs; of a report the first difference, with page and stage.
pub fn verify(wanted: &Verification, progress: &dyn Progress, sources: &mut Sources) -> Result<Verified, Findings> {
    let Some(past) = Past::read(&wanted.folder)? else { return Err(super::no_release(&wanted.folder).into()) };
    progress.tell(&Event::Step { step: Step::Comparing, reports: None });
    let mut findings = past.check();
    let signed = signature(&past, wanted.key.as_deref()).unwrap_or_else(|fault| {
        findings.push(fault);
        None
    });
    if let Err(fault) = Ledger::read(&past.folder) {
        findings.push(fault);
    }
    if !wanted.outputs_only {
        findings.extend(rebuilt(&past, wanted, progress, sources)?);
    }
    if findings.has_errors() { Err(findings) } else { Ok(Verified { manifest: past.manifest, signed }) }
}

fn signature(past: &Past, key: Option<&Path>) -> Result<Option<String>, Finding> {
    key.map(|key| release::check_signature(&past.folder, &past.manifest.to_json(), key)).transpose()
}

/// Builds the release again beside nothing, and compares.
fn rebuilt(
    past: &Past,
    wanted: &Verification,
    progress: &dyn Progress,
    sources: &mut Sources,
) -> Result<Findings, Findings> {
    let path = wanted.project.join(&past.manifest.spec);
    if !path.is_file() {
        let message = format!("the spec `{}` of the release is not here", past.manifest.spec);
        let help = "name the folder of its project by `--project`, or compare outputs with `--outputs-only`".to_owned();
        return Err(Finding::error("release::no-inputs", message)
            .in_file(wanted.project.to_string_lossy())
            .help(help)
            .into());
    }
    let changed = changed_inputs(past, &path, sources)?;
    if changed.has_errors() {
        return Ok(changed);
    }
    let aside = tempfile::tempdir().map_err(|error| {
        Finding::error("publish::unwritable", crate::diag::io_words(&error)).in_file("temporary folder")
    })?;
    let out = aside.path().join("release");
    let order = Order {
        out: out.clone(),
        only: past.manifest.reports.iter().map(|report| report.jurisdiction.clone()).collect(),
        partition: None,
        cache: None,
        keep_going: false,
        fail_fast: false,
        previous: Some(past.folder.clone()),
        approvals: Vec::new(),
        signer: None,
    };
    let again = make(&path, &order, progress, sources)?;
    progress.tell(&Event::Step { step: Step::Comparing, reports: None });
    let reports = past.manifest.reports.iter();
    let differences = reports.filter_map(|report| difference(past, &out, report, &again.manifest));
    Ok(differences.chain(whole(past, &out, &again.manifest)).collect())
}

/// Lists the inputs that are not what they were.
fn changed_inputs(past: &Past, path: &Path, sources: &mut Sources) -> Result<Findings, Findings> {
    let mut own = Sources::default();
    let spec = spec::load(path, &mut own)?;
    let now = inputs::inputs(&spec, &own)?;
    for (name, text) in own.iter() {
        sources.add((name.clone(), text.clone()));
    }
    let mut findings = Findings::new();
    let find = |list: &[Input], one: &Input| {
        list.iter().find(|other| (other.kind, &other.path) == (one.kind, &one.path)).cloned()
    };
    for before in &past.manifest.inputs {
        match find(&now, before) {
            Some(after) if after == *before => {}
            Some(_) => findings.push(changed(before, "is not what the release was made from")),
            None => findings.push(changed(before, "is no longer an input")),
        }
    }
    findings
        .extend(now.iter().filter(|one| find(&past.manifest.inputs, one).is_none()).map(|one| changed(one, "is new")));
    if past.manifest.program != Program::running() {
        let Program { version, source, .. } = &past.manifest.program;
        let message = format!("the release was made by another program: version {version}, source {source}");
        findings.push(Finding::error("release::other-program", message).in_file(past.folder.to_string_lossy()));
    }
    Ok(findings)
}

fn changed(input: &Input, what: &str) -> Finding {
    Finding::error("release::input-changed", format!("the input {what}")).in_file(input.path.clone())
}

/// Finds the first difference between a report and the same report made again, in the order of the stages.
fn difference(past: &Past, again: &Path, report: &Report, rebuilt: &Manifest) -> Option<Finding> {
    let fault = |message: String| {
        Finding::error("release::differs", format!("{}: {message}", report.name)).in_file(report.jurisdiction.clone())
    };
    let Some(other) = rebuilt.reports.iter().find(|other| other.jurisdiction == report.jurisdiction) else {
        return Some(fault("the report is not made any more".into()));
    };
    for (folder, stage) in [("tables", "disclose"), ("maps", "map"), ("pdf", "typeset"), ("thumbnails", "typeset")] {
        let of = |report: &Report| -> Vec<String> {
            let paths = report.files.iter().map(|file| file.path.clone());
            paths.filter(|path| path.starts_with(&format!("{folder}/"))).collect()
        };
        let (before, after) = (of(report), of(other));
        if before != after {
            let named = if after.is_empty() { "nothing".into() } else { format!("`{}`", after.join("`, `")) };
            return Some(fault(format!("in `{folder}/` the stage `{stage}` makes {named}")));
        }
        for path in before {
            let (old, new) = both(past, again, &path);
            if old != new {
                let place = if folder == "pdf" { page(&old, &new) } else { place(&old, &new) };
                return Some(fault(format!("`{path}` differs from what the stage `{stage}` makes, {place}")));
            }
        }
    }
    None
}

/// Finds the first difference in the files that speak of all reports.
fn whole(past: &Past, again: &Path, rebuilt: &Manifest) -> Option<Finding> {
    let fault = |message: String| Finding::error("release::differs", message).in_file("release");
    let paths = |manifest: &Manifest| -> Vec<String> { manifest.files.iter().map(|file| file.path.clone()).collect() };
    let (before, after) = (paths(&past.manifest), paths(rebuilt));
    if let Some(path) = before.iter().find(|path| !after.contains(path)) {
        return Some(fault(format!("the stage `release` makes no `{path}`")));
    }
    if let Some(path) = after.iter().find(|path| !before.contains(path)) {
        return Some(fault(format!("the stage `release` makes `{path}` as well")));
    }
    before.iter().find_map(|path| {
        let (old, new) = both(past, again, path);
        let message = || format!("`{path}` differs from what the stage `release` makes, {}", place(&old, &new));
        (old != new).then(|| fault(message()))
    })
}

/// Reads a file of the release and of the one made again.
fn both(past: &Past, again: &Path, path: &str) -> (Vec<u8>, Vec<u8>) {
    let read = |folder: &Path| std::fs::read(folder.join(path)).unwrap_or_default();
    (read(&past.folder), read(again))
}

fn page(old: &[u8], new: &[u8]) -> String {
    match press::first_difference(old, new) {
        Some(page) => format!("first on page {page}"),
        None => format!("outside its pages ({})", place(old, new)),
    }
}

fn place(old: &[u8], new: &[u8]) -> String {
    let at = old.iter().zip(new).position(|(one, other)| one != other).unwrap_or(old.len().min(new.len()));
    format!("first at byte {at}")
}
