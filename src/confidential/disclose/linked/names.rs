//! What the counts of a model are called.

use crate::figures::{FigureId, ProseId, RowId, RowRole};
use crate::report_spec::{CodeId, Rows, Spec, TableId};

use super::shape::Figure;

/// Names a figure as publications do.
pub(super) fn figure_id(spec: &Spec, figure: Figure) -> FigureId {
    let row = |table: TableId, row: RowId| FigureId::Row { table: spec.tables[table].name.clone(), row };
    let code = |table: TableId, code: CodeId| spec.lists[spec.tables[table].rows.list()].codes[code].code.clone();
    match figure {
        Figure::Total(population) => FigureId::Prose(ProseId::Total(spec.populations[population].name.clone())),
        Figure::Counter(counters, place) => {
            let about = &spec.counters[counters];
            let name = spec.language.form(&about.counters[place].label, None).to_owned();
            FigureId::Counter { row: about.name.clone(), name }
        }
        Figure::TableTotal(table) => row(table, RowId::total()),
        Figure::Row(table, own) => {
            let role = if spec.tables[table].parents.is_some() { RowRole::Subtotal } else { RowRole::Row };
            row(table, RowId::category(role, &[], &code(table, own)))
        }
        Figure::Child(table, parent, own) => {
            let Rows::Tree { child_list, .. } = &spec.tables[table].rows else {
                return row(table, RowId::total());
            };
            let own = &spec.lists[*child_list].codes[own].code;
            row(table, RowId::category(RowRole::Child, &[code(table, parent)], own))
        }
    }
}
