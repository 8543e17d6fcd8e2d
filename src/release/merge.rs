//! Slices of an edition, joined into one release with the bytes of a run that was not sliced.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::boundaries::OUTLINES;
use crate::diag::{Finding, Findings, code};
use crate::figures::PublishedTables;

use super::crossed::crossed_in_slice;
use super::folder::Target;
use super::manifest::{Manifest, Partition, ReportEntry};
use super::options::ReleaseOptions;
use super::past::no_predecessor;
use super::past::{ExistingRelease, impossible};
use super::plan::{frame, must_not_shrink};
use super::publication::Publication;

/// How many missing slices are named.
const MOST_NAMED: usize = 10;

/// Joins slices of one edition, built apart, into a release; returns its manifest, and whether anything had to be done.
///
/// # Errors
/// Says which slice is missing, doubled, damaged, or made from other inputs than the first.
pub fn merge(slices: &[PathBuf], options: &ReleaseOptions) -> Result<(Manifest, bool), Findings> {
    let slices = in_order(read(slices)?)?;
    options.must_be_outside_releases()?;
    let target = Target::hold(&options.out)?;
    let last = target.last(options.clean)?;
    let manifest = joined(&slices)?;
    let predecessor = predecessor(&manifest, options)?;
    if let Some(last) = &last {
        let reports = manifest.reports.iter().map(|report| report.jurisdiction.as_str());
        must_not_shrink(&last.manifest, &manifest, reports, target.place())?;
        // Whatever the slices correct was compared with them when they were built.
        if manifest.predecessor.as_ref() != Some(&last.as_predecessor()) {
            must_not_tell(last, &slices)?;
        }
    }
    let staging = target.begin()?;
    for slice in &slices {
        for file in slice.manifest.reports.iter().flat_map(|report| &report.files) {
            staging.write(&file.path, &slice.content(file)?)?;
        }
    }
    let publication = Publication {
        target: &target,
        staging,
        last: last.as_ref(),
        predecessor: predecessor.as_ref(),
        approvals: &options.approvals,
        signing: options.signing(),
        clean: options.clean,
        outlines: outlines(&slices)?,
    };
    publication.finish(manifest)
}

/// Finds the publication that the slices correct, and that they were compared with when they were built: no other will do.
fn predecessor(manifest: &Manifest, options: &ReleaseOptions) -> Result<Option<ExistingRelease>, Finding> {
    let place = options.previous.as_deref().unwrap_or(&options.out);
    let found = ExistingRelease::before(place, &manifest.edition, manifest.revision)?;
    let told = found.as_ref().map(ExistingRelease::as_predecessor);
    if told == manifest.predecessor {
        return Ok(found);
    }
    let place = place.to_string_lossy().into_owned();
    if told.is_none() {
        return Err(no_predecessor(place, manifest.revision));
    }
    let message = "the slices correct another release than the one that is here";
    let help = "name the folder of the release that they were built with by `--previous`".to_owned();
    Err(Finding::error(code::release::NO_PREDECESSOR, message).in_file(place).help(help))
}

/// Refuses figures that cross the threshold between the release in the folder and the slices: these were made without it,
/// and what a spec accepts is told by a revision.
fn must_not_tell(last: &ExistingRelease, slices: &[ExistingRelease]) -> Result<(), Findings> {
    let mut findings = Findings::new();
    for slice in slices {
        for report in &slice.manifest.reports {
            let is_own = |old: &&ReportEntry| old.jurisdiction == report.jurisdiction;
            let old = last.manifest.reports.iter().find(is_own).and_then(|old| old.tables());
            let (Some(old), Some(new)) = (old, report.tables()) else { continue };
            if old.digest == new.digest {
                continue;
            }
            let (before, after) = (
                PublishedTables::read(&old.path, &last.content(old)?)?,
                PublishedTables::read(&new.path, &slice.content(new)?)?,
            );
            findings.extend(crossed_in_slice(&slice.folder, &report.jurisdiction, &before, &after));
        }
    }
    if findings.has_errors() { Err(findings) } else { Ok(()) }
}

/// Takes the outlines of the jurisdictions from a slice; all slices have the same.
fn outlines(slices: &[ExistingRelease]) -> Result<Option<Vec<u8>>, Finding> {
    let Some((slice, others)) = slices.split_first() else { return Ok(None) };
    let file = |slice: &'_ ExistingRelease| slice.manifest.files.iter().find(|file| file.path == OUTLINES).cloned();
    let own = file(slice);
    let is_other =
        |other: &&ExistingRelease| file(other).map(|file| file.digest) != own.as_ref().map(|file| file.digest);
    if let Some(other) = others.iter().find(is_other) {
        return Err(fault(&other.folder.to_string_lossy(), "the slice has other outlines than the first"));
    }
    own.map(|file| slice.content(&file)).transpose()
}

fn read(folders: &[PathBuf]) -> Result<Vec<ExistingRelease>, Findings> {
    let (mut slices, mut findings) = (Vec::new(), Findings::new());
    for folder in folders {
        match ExistingRelease::read(folder) {
            Ok(Some(slice)) => {
                findings.extend(slice.check());
                slices.push(slice);
            }
            Ok(None) => findings.push(fault(folder.to_string_lossy().as_ref(), "the folder holds no release")),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.has_errors() { Err(findings) } else { Ok(slices) }
}

/// Puts the slices into their order; each must be there once, and all must agree.
fn in_order(mut slices: Vec<ExistingRelease>) -> Result<Vec<ExistingRelease>, Findings> {
    let mut findings = Findings::new();
    slices.sort_by_key(|slice| slice.manifest.partition.map(|partition| partition.slice));
    let Some(first) = slices.first() else { return Ok(slices) };
    let of = first.manifest.partition.map_or(0, |partition| partition.of);
    for slice in &slices {
        let name = slice.folder.to_string_lossy();
        match slice.manifest.partition {
            None => findings.push(fault(&name, "the release is no slice: it was not made by `--partition`")),
            Some(partition) if partition.of != of => {
                findings
                    .push(fault(&name, format!("the slice is one of {}, and another is one of {of}", partition.of)));
            }
            Some(_) if !slice.manifest.missing.is_empty() => findings.push(fault(&name, "the slice is incomplete")),
            Some(_) if common(&slice.manifest) != common(&first.manifest) => {
                findings
                    .push(fault(&name, "the slice was made from other inputs, or by another program, than the first"));
            }
            Some(_) => {}
        }
    }
    findings.extend(all_once(&slices, of));
    if !findings.has_errors() {
        findings.extend(reports_once(&slices));
    }
    if findings.has_errors() { Err(findings) } else { Ok(slices) }
}

/// Says which slices are missing, or there more than once; how many there should be is what a manifest says, and may be
/// any number.
fn all_once(slices: &[ExistingRelease], of: u32) -> Findings {
    let slice = |what: String| Finding::error(code::release::SLICES, what);
    let numbers: Vec<u32> = slices.iter().filter_map(|slice| Some(slice.manifest.partition?.slice)).collect();
    let mut findings = Findings::new();
    let twice = numbers.windows(2).filter(|pair| pair[0] == pair[1]);
    findings.extend(twice.map(|pair| slice(format!("the slice {}/{of} is named twice", pair[0]))));
    let there: BTreeSet<u32> = numbers.into_iter().collect();
    let missing = (1..=of).filter(|wanted| !there.contains(wanted)).take(MOST_NAMED);
    findings.extend(missing.map(|wanted| slice(format!("the slice {wanted}/{of} is missing"))));
    let more = (of as usize).saturating_sub(there.len()).saturating_sub(MOST_NAMED);
    if more > 0 {
        findings.push(slice(format!("{more} more slices of {of} are missing")));
    }
    findings
}

/// Refuses slices that hold a report twice, or not the reports that are dealt to them.
fn reports_once(slices: &[ExistingRelease]) -> Findings {
    let mut homes: BTreeMap<&str, &ExistingRelease> = BTreeMap::new();
    let mut findings = Findings::new();
    for slice in slices {
        let name = slice.folder.to_string_lossy();
        for report in &slice.manifest.reports {
            if let Some(other) = homes.insert(&report.jurisdiction, slice) {
                let message =
                    format!("the report of `{}` is in `{}` as well", report.jurisdiction, other.folder.display());
                findings.push(fault(&name, message));
            }
        }
        let partition = slice.manifest.partition.unwrap_or(Partition { slice: 1, of: 1 });
        let dealt = partition.share(slice.manifest.expected);
        if slice.manifest.reports.len() != dealt {
            let message = format!("the slice holds {} reports of {dealt}", slice.manifest.reports.len());
            findings.push(fault(&name, message));
        }
    }
    findings
}

/// What all slices of one edition have in common.
fn common(manifest: &Manifest) -> Manifest {
    let Manifest { title, language, notice, .. } = manifest.clone();
    Manifest { partition: None, title, language, notice, ..frame(manifest) }
}

/// Deals the reports back into the order of the spec: the slices took them in turn.
fn joined(slices: &[ExistingRelease]) -> Result<Manifest, Finding> {
    let mut hands: Vec<_> = slices.iter().map(|slice| slice.manifest.reports.iter()).collect();
    let mut reports: Vec<ReportEntry> = Vec::new();
    for turn in (0..hands.len()).cycle() {
        match hands[turn].next() {
            Some(report) => reports.push(report.clone()),
            None => break,
        }
    }
    let first = &slices.first().expect("there is at least one slice").manifest;
    let complete = reports.len() == first.expected as usize;
    let joined = Manifest { complete, partition: None, reports, ..first.clone() };
    // What each slice may hold for itself may not stand side by side.
    match impossible(&joined) {
        Some(message) => Err(Finding::error(code::release::SLICES, format!("the slices cannot be joined: {message}"))),
        None => Ok(Manifest { files: Vec::new(), earlier: Vec::new(), ..joined }),
    }
}

fn fault(name: &str, message: impl Into<String>) -> Finding {
    Finding::error(code::release::SLICES, message.into()).in_file(name.to_owned())
}
