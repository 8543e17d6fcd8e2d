//! A re-issued edition.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{JurisdictionId, Prose};

/// The edition is published again.
#[derive(Debug)]
pub struct Revision {
    /// Number of the publication, from 2.
    pub number: u32,
    /// Day of the re-issue.
    pub date: NaiveDate,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The words with which reports tell it.
    pub words: RevisionWords,
}

/// Why something was corrected.
#[derive(Debug)]
pub struct Reason {
    /// The reason.
    pub text: String,
    /// Where; everywhere when absent.
    pub jurisdictions: Option<BTreeSet<JurisdictionId>>,
    /// In which tables; in all figures when absent.
    pub tables: Option<BTreeSet<String>>,
}

/// The words of a re-issue.
#[derive(Debug)]
pub struct RevisionWords {
    /// A line on every page.
    pub line: Prose,
    /// Heading of the page of corrections.
    pub heading: Prose,
    /// First paragraph of that page.
    pub introduction: Prose,
    /// That paragraph where no figure changed.
    pub words_only: Prose,
    /// Head of the column that names the corrected column.
    pub column: String,
    /// Head of the column of old figures.
    pub before: String,
    /// Head of the column of new figures.
    pub after: String,
    /// Name of the group of single figures.
    pub counters: String,
    /// Name of the group of figures in running text.
    pub prose: String,
    /// What stands where one edition has no such row.
    pub absent: String,
    /// Words before a reason.
    pub reason: String,
}

impl Revision {
    /// Lists the reasons for a change in a table of a jurisdiction, by its name; without a table, of a single figure.
    pub fn reasons_for(&self, jurisdiction: JurisdictionId, table: Option<&str>) -> impl Iterator<Item = &str> {
        let concerns = move |reason: &&Reason| {
            let here = reason.jurisdictions.as_ref().is_none_or(|some| some.contains(&jurisdiction));
            let this = match (&reason.tables, table) {
                (None, _) => true,
                (Some(tables), Some(table)) => tables.contains(table),
                (Some(_), None) => false,
            };
            here && this
        };
        self.reasons.iter().filter(concerns).map(|reason| reason.text.as_str())
    }
}
