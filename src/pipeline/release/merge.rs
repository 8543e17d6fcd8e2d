//! Slices of an edition, joined into one release with the bytes of a run that was not sliced.

use std::path::PathBuf;

use crate::boundaries::OUTLINES;
use crate::diag::{Finding, Findings};
use crate::release::{Manifest, Past, Publication, Report, Target};

use super::plan::{frame, must_not_shrink};
use super::{Order, Released};
use crate::pipeline::Remarks;

/// Joins slices of one edition, built apart, into a release.
///
/// # Errors
/// Says which slice is missing, doubled, damaged, or made from other inputs than the first.
pub fn merge(slices: &[PathBuf], order: &Order) -> Result<Released, Findings> {
    let target = Target::hold(&order.out)?;
    let last = Past::read(target.place())?;
    let slices = in_order(read(slices)?)?;
    let manifest = joined(&slices);
    if let Some(last) = &last {
        let reports = manifest.reports.iter().map(|report| report.jurisdiction.as_str());
        must_not_shrink(&last.manifest, &manifest, reports, target.place())?;
    }
    let staging = target.begin()?;
    for slice in &slices {
        for file in slice.manifest.reports.iter().flat_map(|report| &report.files) {
            staging.take(&slice.folder.join(&file.path), &file.path)?;
        }
    }
    let predecessor = Past::before(order.previous.as_deref().unwrap_or(&order.out), manifest.revision)?;
    let publication = Publication {
        target: &target,
        staging,
        last: last.as_ref(),
        predecessor: predecessor.as_ref(),
        approvals: &order.approvals,
        signer: order.signer.as_ref(),
        outlines: outlines(&slices)?,
    };
    let (manifest, done) = publication.finish(manifest)?;
    Ok(Released { manifest, unchanged: !done, built: 0, failures: Findings::new(), remarks: Remarks::default() })
}

/// Takes the outlines of the jurisdictions from a slice; all slices have the same.
fn outlines(slices: &[Past]) -> Result<Option<Vec<u8>>, Finding> {
    let Some(slice) = slices.first() else { return Ok(None) };
    let file = slice.manifest.files.iter().find(|file| file.path == OUTLINES);
    file.map(|file| slice.content(file)).transpose()
}

fn read(folders: &[PathBuf]) -> Result<Vec<Past>, Findings> {
    let (mut slices, mut findings) = (Vec::new(), Findings::new());
    for folder in folders {
        match Past::read(folder) {
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
fn in_order(mut slices: Vec<Past>) -> Result<Vec<Past>, Findings> {
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
    for wanted in 1..=of {
        let count = slices.iter().filter(|slice| slice.manifest.partition.map(|one| one.slice) == Some(wanted)).count();
        if count != 1 {
            let what = if count == 0 { "is missing" } else { "is named twice" };
            findings.push(Finding::error("release::slices", format!("the slice {wanted}/{of} {what}")));
        }
    }
    if findings.has_errors() { Err(findings) } else { Ok(slices) }
}

/// What all slices of one edition have in common.
fn common(manifest: &Manifest) -> Manifest {
    Manifest { partition: None, ..frame(manifest) }
}

/// Deals the reports back into the order of the spec: the slices took them in turn.
fn joined(slices: &[Past]) -> Manifest {
    let mut hands: Vec<_> = slices.iter().map(|slice| slice.manifest.reports.iter()).collect();
    let mut reports: Vec<Report> = Vec::new();
    for turn in (0..hands.len()).cycle() {
        match hands[turn].next() {
            Some(report) => reports.push(report.clone()),
            None => break,
        }
    }
    let first = &slices.first().expect("there is at least one slice").manifest;
    Manifest {
        complete: reports.len() == first.expected as usize,
        partition: None,
        reports,
        files: Vec::new(),
        ..first.clone()
    }
}

fn fault(name: &str, message: impl Into<String>) -> Finding {
    Finding::error("release::slices", message.into()).in_file(name.to_owned())
}
