//! Reports that differ from the publication before: they say so, and list what was corrected.

use std::borrow::Cow;

use crate::boundaries::Geography;
use crate::compose::{self, Block, Correction};
use crate::diag::{Finding, Findings, code};
use crate::figures::PublishedTables;
use crate::typeset;
use crate::unit::Digest;

use super::corrections::corrections;
use super::crossed::must_not_cross;
use super::draft::Draft;
use super::drafts::Drafts;
use super::manifest::ReportEntry;
use super::parts::Parts;
use super::past::ExistingRelease;

impl Drafts<'_> {
    /// Marks a report as revised where its content is not that of the predecessor; all others stay as they are, byte for
    /// byte.
    ///
    /// # Errors
    /// Says which correction has no reason, and which figure is hidden in one publication and shown in the other.
    pub(super) fn revise<'p>(&self, plain: Draft<'p>) -> Result<Draft<'p>, Findings> {
        let code = &self.spec.jurisdictions[plain.published.jurisdiction()].code;
        let old = self.predecessor.and_then(|past| {
            let report = past.manifest.reports.iter().find(|report| report.jurisdiction == *code)?;
            Some((past, report))
        });
        let Some((past, old)) = old.filter(|(_, old)| content(&old.parts) != content(&plain.parts)) else {
            return Ok(plain);
        };
        let (before, after) = (tables(past, old)?, PublishedTables::read("published tables", &plain.tables)?);
        must_not_cross(self.spec, code, &before, &after)?;
        let mut corrected = corrections(&before, &after);
        corrected.extend(maps(self.geography, &plain, &before, &after));
        let document = compose::corrected(self.spec, plain.published, &plain.document, &corrected)?;
        let pieces = typeset::pieces(&document);
        let digest = Digest::of_parts(pieces.iter().map(|piece| ("piece", piece.as_slice())));
        let mut parts = plain.parts.clone();
        parts.insert("corrections".into(), digest);
        Ok(Draft { document: Cow::Owned(document), parts, revised: true, ..plain })
    }

    /// Compares a report with that of the release which stands in its place, whatever its number of revision: who has seen that
    /// one learns from a figure that crosses the threshold.
    ///
    /// # Errors
    /// Names the figures that are hidden in one and not in the other.
    pub(super) fn must_not_tell(&self, last: &ExistingRelease, plain: &Draft<'_>) -> Result<(), Findings> {
        let code = &self.spec.jurisdictions[plain.published.jurisdiction()].code;
        let Some(old) = last.manifest.reports.iter().find(|report| report.jurisdiction == *code) else { return Ok(()) };
        if old.tables().is_some_and(|file| file.digest == Digest::of(&plain.tables)) {
            return Ok(());
        }
        must_not_cross(self.spec, code, &tables(last, old)?, &PublishedTables::read("published tables", &plain.tables)?)
    }
}

/// What a report says, without what it looks like and without what it says of its own corrections.
fn content(parts: &Parts) -> Parts {
    let looks = ["program", "layout", "fonts", "corrections", "file name"];
    let is_look =
        |name: &str| looks.contains(&name) || name.starts_with("style of ") || name.starts_with("boundaries of ");
    parts.iter().filter(|(name, _)| !is_look(name)).map(|(name, digest)| (name.clone(), *digest)).collect()
}

fn tables(past: &ExistingRelease, report: &ReportEntry) -> Result<PublishedTables, Findings> {
    let Some(file) = report.tables() else {
        let message = format!("the release has no tables of {} to compare with", report.name);
        return Err(Finding::error(code::release::TABLES, message).in_file(past.folder.to_string_lossy()).into());
    };
    Ok(PublishedTables::read(&file.path, &past.content(file)?)?)
}

/// Lists the counties whose class changed.
fn maps(
    geography: Option<&Geography>,
    plain: &Draft<'_>,
    before: &PublishedTables,
    after: &PublishedTables,
) -> Vec<Correction> {
    let legends = plain.document.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(&figure.legend),
        _ => None,
    });
    let mut corrections = Vec::new();
    for (legend, new) in legends.zip(&after.maps) {
        let Some(old) = before.maps.iter().find(|old| old.id == new.id) else { continue };
        corrections.extend(old.reclassed(new).map(|(county, before, after)| Correction {
            figure: new.figure(county),
            title: legend.clone(),
            row: name(geography, county.as_str()),
            column: String::new(),
            before: Some(before.to_owned()),
            after: Some(after.to_owned()),
        }));
    }
    corrections
}

fn name(geography: Option<&Geography>, county: &str) -> String {
    geography.and_then(|geography| geography.index().name_of(county)).map_or_else(|| county.to_owned(), str::to_owned)
}
