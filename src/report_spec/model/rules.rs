//! How small counts are published.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Place, code};

use super::{AcceptedRows, CodeId, DisclosurePolicy, Guard, JurisdictionId, Prose, RuleKind, TableId};

/// What hidden figures look like, and from which count on figures are shown.
#[derive(Debug, Clone)]
pub struct HiddenWords {
    /// The smallest count that is shown.
    pub threshold: u64,
    /// Zero is hidden as a small count is.
    pub hide_zero: bool,
    /// A small total in prose.
    pub prose: String,
    /// A small count in a counter.
    pub counter: String,
    /// A small count in a cell, by the threshold that it is under.
    pub cells: BTreeMap<u64, String>,
    /// A hidden count in a table whose total is printed.
    pub neutral: String,
    /// The percent of a hidden count.
    pub percent: String,
}

impl HiddenWords {
    /// Returns the words of a cell whose count is under this threshold: of the least that has words and is no less.
    pub fn cell(&self, threshold: u64) -> &str {
        let fits = self.cells.range(threshold..).next().or_else(|| self.cells.iter().next_back());
        fits.map_or("", |(_, words)| words)
    }
}

/// How small counts are published.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The rule.
    pub kind: RuleKind,
    /// The smallest count that is shown.
    pub threshold: u64,
    /// Zero is hidden as a small count is.
    pub hide_zero: bool,
    /// Label of the merged row, one for all or one for each parent.
    pub merged: Vec<Prose>,
    /// When a merged row may stand.
    pub guard: Guard,
    /// Note whose marker stands where something was hidden.
    pub note: Option<String>,
    /// Note in its place where what is hidden need not be small.
    pub neutral_note: Option<String>,
    /// Codes of the rows that are hidden first, where further rows must be hidden.
    pub hide_first: Vec<String>,
}

impl Rule {
    /// Returns the note of what is hidden, small for certain or not.
    pub fn note(&self, certainly_small: bool) -> Option<&str> {
        let neutral = self.neutral_note.as_ref().filter(|_| !certainly_small);
        neutral.or(self.note.as_ref()).map(String::as_str)
    }
}

/// Lists the kinds of disclosures, each with the code of the finding that names it, so that no list can forget one.
macro_rules! disclosure_kinds {
    ($($(#[$doc:meta])* $kind:ident = $code:ident,)+) => {
        /// What a publication may disclose; a spec accepts it figure by figure, with a reason.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum DisclosureKind {
            $($(#[$doc])* $kind,)+
        }

        impl DisclosureKind {
            /// All kinds, in the order in which a hint lists them.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// Returns the code of the finding that names it.
            pub fn code(self) -> Code {
                match self {
                    $(Self::$kind => code::disclosure::$code,)+
                }
            }
        }
    };
}

disclosure_kinds! {
    /// A count under the threshold is printed.
    SmallCountShown = SMALL_COUNT_SHOWN,
    /// A merged row prints a sum under the threshold.
    MergedSumSmall = MERGED_SUM_SMALL,
    /// A merged row narrows the counts it merges.
    MergedRowTells = MERGED_ROW_TELLS,
    /// A hidden count can be narrowed by taking others from a total.
    DifferenceTells = DIFFERENCE_TELLS,
    /// A category without a row counts nothing.
    AbsentRowTells = ABSENT_ROW_TELLS,
    /// Several tables, counters, texts or maps of a report narrow a hidden count.
    TablesTell = TABLES_TELL,
    /// Several reports narrow a hidden count.
    ReportsTell = REPORTS_TELL,
    /// A rank follows from a count under the threshold.
    RankTells = RANK_TELLS,
    /// A figure is hidden in one publication of an edition and shown in another.
    EditionTells = EDITION_TELLS,
}

/// How far small counts are protected, and what is excepted.
#[derive(Debug)]
pub struct Protection {
    /// How far the promise goes that no small count can be told.
    pub policy: DisclosurePolicy,
    /// The reader may know of one case in a hidden count.
    pub insider: bool,
    /// Stands where a table is left out.
    pub withheld: Option<Prose>,
    /// Secret key of the order in which further rows are hidden.
    pub key: [u8; 16],
    /// Accepted disclosures.
    pub accept: Vec<Accept>,
    /// Categories hidden by judgement.
    pub overrides: Vec<Override>,
}

/// An accepted disclosure.
#[derive(Debug, Clone)]
pub struct Accept {
    /// What it discloses.
    pub kind: DisclosureKind,
    /// Name of the figure.
    pub figure: String,
    /// Its rows; none where the figure as a whole is accepted.
    pub rows: Option<AcceptedRows>,
    /// Why.
    pub reason: String,
    /// Where it stands in the spec.
    pub place: Option<Place>,
}

impl Accept {
    /// Tells whether it accepts a disclosure of this kind in a figure, by the key of the row, empty for the figure as a whole.
    ///
    /// Specs of before rows were named accept those of a table's own rule with the figure; [`names_no_rows`](Self::names_no_rows).
    pub fn covers(&self, kind: DisclosureKind, figure: &str, row: &str) -> bool {
        let names = match &self.rows {
            None => row.is_empty() || self.names_no_rows(),
            Some(AcceptedRows::All(_)) => true,
            Some(AcceptedRows::These(rows)) => rows.iter().any(|own| own == row),
        };
        self.kind == kind && self.figure == figure && names
    }

    /// Tells whether it covers rows that it does not name.
    pub fn names_no_rows(&self) -> bool {
        let is_of_own_rule = match self.kind {
            DisclosureKind::SmallCountShown
            | DisclosureKind::MergedSumSmall
            | DisclosureKind::MergedRowTells
            | DisclosureKind::DifferenceTells
            | DisclosureKind::RankTells => true,
            DisclosureKind::AbsentRowTells
            | DisclosureKind::TablesTell
            | DisclosureKind::ReportsTell
            | DisclosureKind::EditionTells => false,
        };
        self.rows.is_none() && is_of_own_rule
    }
}

/// A category hidden by judgement.
#[derive(Debug)]
pub struct Override {
    /// The table.
    pub table: TableId,
    /// The row's code; in a hierarchical table, the parent's and the one below it.
    pub row: (CodeId, Option<CodeId>),
    /// Where it is hidden.
    pub jurisdictions: BTreeSet<JurisdictionId>,
    /// Why.
    pub reason: String,
}
