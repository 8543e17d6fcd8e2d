//! Secondary suppression over linked tables: what else must be hidden until no small count can be told.
//!
//! Rows that add up are hidden further by the rule of their table alone. What is left is told by several figures together. Rows
//! of multiple-response tables are hidden first: nothing adds up to them, so they go one by one, in the order of the key. Where
//! that does not help, a table of the report is left out, the last one that does. Then nothing can be done here, and the edition
//! is refused.
//!
//! A row is hidden not only where it would narrow a small count, but also where it would show that it is small: who knows this
//! program and sees the row hidden then learns no more than that (simulatable auditing, Kenthapadi, Mishra & Nissim 2005).

use std::collections::BTreeSet;

use crate::confidential::tabulate::Counts;
use crate::diag::Finding;
use crate::report_spec::{DisclosurePolicy, JurisdictionId, RuleKind, Spec, TableId};

use super::audit::Audit;
use super::further::{Further, Group, Row};
use super::linked::{Linked, Linking, Open, Scope};
use super::published::Published;
use super::report;

/// What is repaired.
pub(super) struct Repair<'a> {
    pub spec: &'a Spec,
    pub counts: &'a Counts,
    pub linking: &'a Linking<'a>,
    pub published: &'a [Published],
}

impl Repair<'_> {
    /// Hides more where something is told; says whether it did.
    pub(super) fn hide_more(&self, audit: &Audit, linked: &Linked, further: &mut Further) -> Result<bool, Finding> {
        if self.spec.protection.policy != DisclosurePolicy::Strict {
            return Ok(false);
        }
        let groups: BTreeSet<Group> = audit.groups().chain(linked.groups()).collect();
        let mut hides_more = false;
        for group in &groups {
            hides_more |= self.hide_group(*group, further);
        }
        // What the rules of the tables leave open is looked at first: it may be all that there is.
        if hides_more {
            return Ok(true);
        }
        let (by_reports, by_report): (Vec<Open>, Vec<Open>) =
            linked.open().into_iter().partition(|open| open.by_reports);
        for own in self.published {
            let open: Vec<Open> =
                by_report.iter().copied().filter(|open| open.jurisdiction == own.jurisdiction()).collect();
            hides_more |= !open.is_empty() && self.hide_in_report(own, &open, further)?;
        }
        if hides_more || by_reports.is_empty() {
            return Ok(hides_more);
        }
        self.hide_in_reports(&by_reports, further)
    }

    /// Hides what a group of rows stands below, or leaves its table out.
    fn hide_group(&self, Group { jurisdiction, table, parent }: Group, further: &mut Further) -> bool {
        let parents = self.spec.tables[table].parents.as_ref();
        match parent.filter(|_| parents.is_some_and(|rule| matches!(rule.kind, RuleKind::Merge | RuleKind::Suppress))) {
            Some(code) => further.rows.insert(Row { jurisdiction, table, code, parent: None }),
            None => self.leave_out(jurisdiction, table, further),
        }
    }

    fn leave_out(&self, jurisdiction: JurisdictionId, table: TableId, further: &mut Further) -> bool {
        self.spec.protection.withheld.is_some() && further.tables.insert((jurisdiction, table))
    }

    /// Hides more in a report that tells some of its figures by itself.
    fn hide_in_report(&self, own: &Published, open: &[Open], further: &mut Further) -> Result<bool, Finding> {
        let published = std::slice::from_ref(own);
        let before = further.rows.len();
        further.rows.extend(self.linking.rows_to_hide(published, Scope::Reports)?);
        if further.rows.len() > before || self.hide_by_trial(own, open, further)? {
            return Ok(true);
        }
        let jurisdiction = own.jurisdiction();
        let table = self.linking.table_to_leave_out(published, jurisdiction, open, Scope::Reports)?;
        Ok(table.is_some_and(|table| self.leave_out(jurisdiction, table, further)))
    }

    /// Hides printed rows of multiple-response tables one after the other until a report tells none of the open figures, and shows
    /// again those that were hidden in vain: a row takes its percent with it, which told the base.
    fn hide_by_trial(&self, own: &Published, open: &[Open], further: &mut Further) -> Result<bool, Finding> {
        let tells = |further: &Further| {
            let trial =
                report::protect(self.spec, self.counts, own.jurisdiction(), further, &mut Audit::new(self.spec));
            self.linking.tells(std::slice::from_ref(&trial), open, Scope::Reports)
        };
        let mut trial = further.clone();
        let mut added = Vec::new();
        for row in self.linking.flags_in_order(own) {
            trial.rows.insert(row);
            added.push(row);
            if tells(&trial)? {
                continue;
            }
            for row in added {
                trial.rows.remove(&row);
                if tells(&trial)? {
                    trial.rows.insert(row);
                }
            }
            *further = trial;
            return Ok(true);
        }
        Ok(false)
    }

    /// Hides more where several reports tell a figure of one: in the nation's report first.
    fn hide_in_reports(&self, open: &[Open], further: &mut Further) -> Result<bool, Finding> {
        let before = further.rows.len();
        further.rows.extend(self.linking.rows_to_hide(self.published, Scope::Whole)?);
        if further.rows.len() > before {
            return Ok(true);
        }
        let nation = self.spec.released.iter().copied().filter(|id| self.spec.jurisdictions[*id].nation);
        for jurisdiction in nation.chain(open.first().map(|open| open.jurisdiction)) {
            let table = self.linking.table_to_leave_out(self.published, jurisdiction, open, Scope::Whole)?;
            if table.is_some_and(|table| self.leave_out(jurisdiction, table, further)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
