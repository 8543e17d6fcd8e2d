//! A release, compared with what the same inputs make today.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diag::{Finding, Findings, Sources, io_words};
use crate::disk;
use crate::pipeline::progress::{Event, Progress, Step};
use crate::press;
use crate::release::{Input, Ledger, MANIFEST, MOST_PUBLISHED, Manifest, Past, Program, Report};
use crate::spec::{self, Places, Spec};

use super::{Order, inputs, release as make};

/// Most bytes of a file that is compared with the same file made again.
const MOST_COMPARED: u64 = 256 << 20;

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

/// Verifies a release: its outputs by their digests, its approvals and signature, and, by building it again from the
/// same inputs, every byte. The folder may come from anybody.
///
/// # Errors
/// Returns everything that differs; of a report the first difference, with page and stage.
pub fn verify(wanted: &Verification, progress: &dyn Progress, sources: &mut Sources) -> Result<Verified, Findings> {
    let Some(past) = Past::read(&wanted.folder)? else { return Err(super::no_release(&wanted.folder).into()) };
    progress.tell(&Event::Step { step: Step::Comparing, reports: None });
    let mut findings = past.check();
    let (mut signed, mut approvals_signed) = (None, false);
    if let Some(key) = &wanted.key {
        match past.check_signature(key) {
            Ok(comment) => signed = Some(comment),
            Err(fault) => findings.push(fault),
        }
    }
    if let Some(key) = wanted.approvals_key.as_ref().or(wanted.key.as_ref()) {
        match past.check_approvals(key, wanted.unsigned_approvals) {
            Ok(are_signed) => approvals_signed = are_signed,
            // A ledger that cannot be read is told already.
            Err(fault) if findings.iter().any(|told| *told == fault) => {}
            Err(fault) => findings.push(fault),
        }
    }
    if !wanted.outputs_only {
        findings.extend(rebuilt(&past, wanted, progress, sources)?);
    }
    if findings.has_errors() {
        return Err(findings);
    }
    let ledger = Ledger::read(&past.folder)?;
    let (approvals, approvals_of_release) = (ledger.approvals.len(), ledger.count_of(past.digest));
    Ok(Verified { manifest: past.manifest, signed, approvals, approvals_of_release, approvals_signed })
}

/// Builds the release again beside nothing, and compares.
fn rebuilt(
    past: &Past,
    wanted: &Verification,
    progress: &dyn Progress,
    sources: &mut Sources,
) -> Result<Findings, Findings> {
    let path = spec_of(past, &wanted.project)?;
    let changed = changed_inputs(past, &path, &wanted.places, sources)?;
    if changed.has_errors() {
        return Ok(changed);
    }
    let aside = disk::temporary_folder()
        .map_err(|error| Finding::error("publish::unwritable", io_words(&error)).in_file("temporary folder"))?;
    let out = aside.path().join("release");
    let manifest = &past.manifest;
    let reports = manifest.reports.iter().map(|report| &report.jurisdiction);
    let order = Order {
        out: out.clone(),
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
        places: wanted.places.clone(),
    };
    let again = make(&path, &order, progress, sources)?;
    progress.tell(&Event::Step { step: Step::Comparing, reports: None });
    let reports = manifest.reports.iter();
    let differences = reports.filter_map(|report| difference(past, &out, report, &again.manifest));
    let findings: Findings = differences.chain(whole(past, &out, &again.manifest)).collect();
    Ok(if findings.is_empty() { fields(past, &again.manifest) } else { findings })
}

/// Finds the spec of a release in a project, and believes nothing that the manifest says of it.
fn spec_of(past: &Past, project: &Path) -> Result<PathBuf, Finding> {
    let path = project.join(&past.manifest.spec);
    let within = path.canonicalize().ok().zip(project.canonicalize().ok());
    if within.is_some_and(|(path, project)| path.is_file() && path.starts_with(project)) {
        return Ok(path);
    }
    let message = format!("the spec `{}` of the release is not here", past.manifest.spec);
    let help = "name the folder of its project by `--project`, or compare outputs with `--outputs-only`".to_owned();
    Err(Finding::error("release::no-inputs", message).in_file(project.to_string_lossy()).help(help))
}

/// Compares all that the manifest says with what it would say.
fn fields(past: &Past, rebuilt: &Manifest) -> Findings {
    let of = |manifest: &Manifest| serde_json::to_value(manifest).unwrap_or_default();
    let mut pointers = Vec::new();
    differing(&of(&past.manifest), &of(rebuilt), "", &mut pointers);
    let place = past.folder.join(MANIFEST).to_string_lossy().into_owned();
    let found = pointers.into_iter().map(|pointer| {
        let message = format!("`{pointer}` is not what the same inputs make");
        Finding::error("release::differs", message).in_file(place.clone())
    });
    found.collect()
}

/// Collects the JSON Pointers (RFC 6901) of the values that differ.
fn differing(one: &Value, other: &Value, pointer: &str, found: &mut Vec<String>) {
    match (one, other) {
        _ if one == other => {}
        (Value::Object(one), Value::Object(other)) => {
            let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for key in keys {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                let of = |object: &serde_json::Map<String, Value>| object.get(key).cloned().unwrap_or_default();
                differing(&of(one), &of(other), &pointer, found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                differing(one, other, &format!("{pointer}/{at}"), found);
            }
        }
        _ => found.push(pointer.to_owned()),
    }
}

/// Lists the inputs that are not what they were.
fn changed_inputs(past: &Past, path: &Path, places: &Places, sources: &mut Sources) -> Result<Findings, Findings> {
    let mut own = Sources::default();
    let spec = spec::load(path, places, &mut own).map_err(|faults| no_spec(path, &faults))?;
    let now = inputs::inputs(&spec, &own)?;
    for (name, text) in own.iter() {
        sources.add((name.clone(), text.clone()));
    }
    let mut findings = unknown_reports(past, &spec);
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

/// Says that the file which the manifest names is no spec, and nothing of what stands in it: the manifest may name any file.
fn no_spec(path: &Path, faults: &Findings) -> Finding {
    let code = faults.iter().map(|fault| fault.code).next().unwrap_or("spec::unreadable");
    let message = format!("the file that the release names as its spec is none that can be used here ({code})");
    let help = "`platen check` tells more; or compare outputs with `--outputs-only`".to_owned();
    Finding::error("release::no-inputs", message).in_file(path.to_string_lossy()).help(help)
}

/// Names reports that the spec does not have.
fn unknown_reports(past: &Past, spec: &Spec) -> Findings {
    let codes: BTreeSet<&str> = spec.reports.iter().map(|index| spec.jurisdictions[*index].code.as_str()).collect();
    let named = past.manifest.reports.iter().map(|report| &report.jurisdiction).chain(&past.manifest.missing);
    let unknown = named.filter(|code| !codes.contains(code.as_str()));
    let found = unknown.map(|code| {
        let message = format!("the spec has no report for `{code}`, which the manifest names");
        Finding::error("release::differs", message).in_file(past.folder.join(MANIFEST).to_string_lossy())
    });
    found.collect()
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
        let place = if folder == "pdf" { page } else { place };
        let differing = before.iter().find_map(|path| Some((path, differs(&past.folder, again, path, place)?)));
        if let Some((path, place)) = differing {
            return Some(fault(format!("`{path}` differs from what the stage `{stage}` makes, {place}")));
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
        let place = differs(&past.folder, again, path, place)?;
        Some(fault(format!("`{path}` differs from what the stage `release` makes, {place}")))
    })
}

/// Compares a file of the release with the same file made again, and says where they differ; two that cannot be read are not
/// the same.
fn differs(folder: &Path, again: &Path, path: &str, place: fn(&[u8], &[u8]) -> String) -> Option<String> {
    let (old, new) = (folder.join(path), again.join(path));
    let same = disk::digest(&old, MOST_PUBLISHED)
        .is_ok_and(|old| disk::digest(&new, MOST_PUBLISHED).is_ok_and(|new| old == new));
    if same {
        return None;
    }
    let read = |path: &Path| disk::read(path, MOST_COMPARED);
    match (read(&old), read(&new)) {
        (Ok(old), Ok(new)) => Some(place(&old, &new)),
        (Err(error), _) | (_, Err(error)) => Some(format!("and where cannot be told: {}", io_words(&error))),
    }
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn files_that_cannot_be_read_are_not_the_same() {
        let root = tempfile::tempdir().unwrap();
        let [old, new] = ["old", "new"].map(|name| root.path().join(name));
        for folder in [&old, &new] {
            std::fs::create_dir(folder).unwrap();
            std::fs::write(folder.join("same"), "abc").unwrap();
            std::fs::create_dir(folder.join("folder")).unwrap();
        }
        std::fs::write(old.join("other"), "abc").unwrap();
        std::fs::write(new.join("other"), "abd").unwrap();
        let told = |path| differs(&old, &new, path, place);
        assert_eq!(told("same"), None);
        assert_eq!(told("other").unwrap(), "first at byte 2");
        assert_eq!(told("folder").unwrap(), "and where cannot be told: it is a folder");
        assert!(told("none").is_some());
        // Larger than what is compared byte by byte.
        for folder in [&old, &new] {
            std::fs::File::create(folder.join("large")).unwrap().set_len(MOST_COMPARED + 1).unwrap();
        }
        assert_eq!(told("large"), None);
        std::fs::OpenOptions::new().append(true).open(new.join("large")).unwrap().write_all(b"x").unwrap();
        assert_eq!(told("large").unwrap(), "and where cannot be told: it is larger than 268435456 bytes");
    }
}
