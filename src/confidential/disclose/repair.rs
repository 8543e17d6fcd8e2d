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

use super::audit::{Audit, Group};
use super::further::Further;
use super::linked::{self, Linked, Open};
use super::published::Published;

/// Hides more where something is told; says whether it did.
pub(super) fn repair(
    spec: &Spec,
    counts: &Counts,
    published: &[Published],
    audit: &Audit,
    linked: &Linked,
    further: &mut Further,
) -> Result<bool, Finding> {
    if spec.policy != DisclosurePolicy::Strict {
        return Ok(false);
    }
    let groups: BTreeSet<Group> = audit.groups().chain(linked.groups()).collect();
    let mut hides_more = false;
    for group in &groups {
        hides_more |= hide_group(spec, *group, further);
    }
    // What the rules of the tables leave open is looked at first: it may be all that there is.
    if hides_more {
        return Ok(true);
    }
    let open = linked.open();
    if open.is_empty() {
        return Ok(false);
    }
    let rows = linked::rows_to_hide(spec, counts, published, &open)?;
    let before = further.rows.len();
    further.rows.extend(rows);
    if further.rows.len() > before {
        return Ok(true);
    }
    if hide_by_trial(spec, counts, published, &open, further)? {
        return Ok(true);
    }
    let left_out = linked::table_to_leave_out(spec, counts, published, &open)?;
    Ok(left_out.is_some_and(|(jurisdiction, table)| leave_out(spec, jurisdiction, table, further)))
}

/// Hides printed rows of multiple-response tables one after the other until a report tells none of the open figures, and shows
/// again those that were hidden in vain: a row takes its percent with it, which told the base.
fn hide_by_trial(
    spec: &Spec,
    counts: &Counts,
    published: &[Published],
    open: &[Open],
    further: &mut Further,
) -> Result<bool, Finding> {
    for own in published {
        let jurisdiction = own.jurisdiction();
        let open: Vec<Open> =
            open.iter().copied().filter(|open| open.jurisdiction == jurisdiction && !open.by_reports).collect();
        if open.is_empty() {
            continue;
        }
        let tells = |further: &Further| {
            let trial = super::one(spec, counts, jurisdiction, further, &mut Audit::new(spec));
            linked::tells(spec, counts, &trial, &open)
        };
        let mut trial = further.clone();
        let mut added = Vec::new();
        for row in linked::flags_in_order(spec, own) {
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
    }
    Ok(false)
}

/// Hides what a group of rows stands below, or leaves its table out.
fn hide_group(spec: &Spec, Group { jurisdiction, table, parent }: Group, further: &mut Further) -> bool {
    let parents = spec.tables[table].parents.as_ref();
    match parent.filter(|_| parents.is_some_and(|rule| matches!(rule.kind, RuleKind::Merge | RuleKind::Suppress))) {
        Some(parent) => further.rows.insert((jurisdiction, table, parent, None)),
        None => leave_out(spec, jurisdiction, table, further),
    }
}

fn leave_out(spec: &Spec, jurisdiction: JurisdictionId, table: TableId, further: &mut Further) -> bool {
    spec.withheld.is_some() && further.tables.insert((jurisdiction, table))
}
