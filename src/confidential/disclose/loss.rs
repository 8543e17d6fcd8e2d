//! What is hidden beyond small counts.

use crate::confidential::tabulate::{Counts, TableCounts};
use crate::report_spec::{Rows, Spec, TableId};
use crate::unit::Count;

use super::audit::{Audit, Loss};
use super::published::{Published, RowLabel, SafeCell, SafeTable};

/// Lists the rows of all tables that are not small and have no count of their own.
pub(super) fn list(spec: &Spec, counts: &Counts, published: &[Published], audit: &mut Audit) {
    for own in published {
        for (id, table) in own.tables().iter_enumerated() {
            let (rows, cases) = of_table(spec, id, table, &counts.tables[id][own.jurisdiction()]);
            if rows > 0 {
                let jurisdiction = spec.jurisdictions[own.jurisdiction()].code.clone();
                audit.add_loss(Loss { jurisdiction, table: spec.tables[id].name.clone(), rows, cases });
            }
        }
    }
}

/// Counts such rows and their records; of a hidden row that stands above others, those below it are not counted again.
fn of_table(spec: &Spec, id: TableId, table: &SafeTable, counts: &TableCounts) -> (u64, u64) {
    let about = &spec.tables[id];
    let shows = |label: &RowLabel| {
        table.rows().iter().any(|row| row.label() == label && matches!(row.count(), SafeCell::Shown { .. }))
    };
    let mut lost = (0, 0);
    let mut add = |count: Count, threshold: u64| {
        if count.get() >= threshold {
            lost = (lost.0 + 1, lost.1 + count.get());
        }
    };
    let upper = about.parents.as_ref().unwrap_or(&about.rule).threshold;
    for (code, count) in counts.rows.iter_enumerated() {
        if !shows(&RowLabel::Code(code)) {
            add(*count, upper);
        } else if let Rows::Tree { children, .. } = &about.rows {
            let hidden = children[code].iter().filter(|child| !shows(&RowLabel::Child(**child)));
            hidden.for_each(|child| add(counts.children[*child], about.rule.threshold));
        }
    }
    lost
}
