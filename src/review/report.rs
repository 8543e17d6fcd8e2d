//! A report as a PDF, read for comparison, and its changes.

use crate::diag::{Finding, catch_panic};
use crate::figures::PublishedTables;

use super::change::{Change, Place};
use super::compare::compare as compare_contents;
use super::kind::Kind;
use super::{attached, content, find, pixels, read};

/// The largest PDF that is read, in bytes.
pub(super) const SIZE_LIMIT: usize = read::SIZE_LIMIT;

/// A report, read for comparison.
pub struct ReviewedReport {
    content: content::Content,
    bytes: Vec<u8>,
}

impl ReviewedReport {
    /// Reads a PDF.
    ///
    /// # Errors
    /// Returns an error if the file is none, is encrypted, damaged, or larger than any report.
    pub fn read(name: &str, bytes: Vec<u8>) -> Result<Self, Finding> {
        // What cannot be read with its streams unpacked is read as it is.
        let unpacked = read::unpacked(&bytes).and_then(|unpacked| Some((read::read(name, &unpacked).ok()?, unpacked)));
        let (reading, bytes) = match unpacked {
            Some(read) => read,
            None => (read::read(name, &bytes)?, bytes),
        };
        let completed = if reading.has_other_names { read::with_names(&bytes) } else { None };
        let (reading, bytes) = match completed {
            Some(completed) => (read::read(name, &completed)?, completed),
            None => (reading, bytes),
        };
        let mut content = find::content(reading);
        if let Some(tables) = &content.tables {
            attached::name(&mut content.blocks, tables);
        }
        Ok(Self { content, bytes })
    }

    /// Tells whether the file has a structure tree; without one, words are compared in the order they are drawn.
    pub fn is_tagged(&self) -> bool {
        self.content.is_tagged
    }

    /// Returns the published tables that are attached.
    pub fn tables(&self) -> Option<&PublishedTables> {
        self.content.tables.as_ref()
    }

    /// Returns the name in the spec of the table with this title.
    pub fn table_name(&self, title: &str) -> Option<&str> {
        let tables = &self.content.tables.as_ref()?.tables;
        tables.iter().find(|table| table.title == title).map(|table| table.id.as_str())
    }

    /// Names the fonts that are not embedded.
    pub fn substituted(&self) -> impl Iterator<Item = &str> {
        self.content.reading.facts.substituted.iter().map(String::as_str)
    }

    /// Returns the number of pages.
    pub fn pages(&self) -> usize {
        self.content.reading.pages.len()
    }
}

/// Compares two reports.
pub fn compare(old: &ReviewedReport, new: &ReviewedReport) -> Vec<Change> {
    let (mut changes, flow) = compare_contents(&old.content, &new.content);
    // Pictures may be packed otherwise.
    changes.retain(|change| {
        let page = change.place.new.or(change.place.old).map(|spot| spot.page);
        let page = page.filter(|_| change.kind == Kind::Picture);
        page.is_none_or(|page| !read::have_same_pictures([&old.bytes, &new.bytes], page))
    });
    // A fault of the drawing engine must not lose what was found.
    let look =
        || catch_panic(|| pixels::compare((&old.content, &old.bytes), (&new.content, &new.bytes), &changes, &flow));
    let looked = read::with_room(look).flatten().unwrap_or_else(pixels::Looked::failed);
    let mut at = 0;
    changes.retain(|_| {
        at += 1;
        !looked.alike.contains(&(at - 1))
    });
    changes.extend(looked.found);
    changes
}

/// Compares two reports, of which one may not exist.
pub(super) fn compare_pair(old: Option<&ReviewedReport>, new: Option<&ReviewedReport>) -> Vec<Change> {
    let alone = |kind, report: &ReviewedReport| {
        let pages = Some(format!("{} pages", report.pages()));
        let (before, after) = if kind == Kind::ReportAdded { (None, pages) } else { (pages, None) };
        vec![Change::new(kind, Place::default(), before, after)]
    };
    match (old, new) {
        (Some(old), Some(new)) => compare(old, new),
        (Some(old), None) => alone(Kind::ReportRemoved, old),
        (None, Some(new)) => alone(Kind::ReportAdded, new),
        (None, None) => Vec::new(),
    }
}
