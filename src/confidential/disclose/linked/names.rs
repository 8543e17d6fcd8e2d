//! What the counts of a model are called.

use crate::figures::{FigureId, ProseId, RowId};
use crate::report_spec::{CodeId, Spec, TableId};

use super::shape::Figure;

/// Names a figure as publications do.
pub(super) fn figure_id(spec: &Spec, figure: Figure) -> FigureId {
    let row = |table: TableId, row: RowId| FigureId::Row { table: spec.tables[table].name.clone(), row };
    let of = |table: TableId, code: CodeId, parent| row(table, RowId::of(spec, &spec.tables[table], code, parent));
    match figure {
        Figure::Total(population) => FigureId::Prose(ProseId::Total(spec.populations[population].name.clone())),
        Figure::Counter(counters, place) => {
            let about = &spec.counters[counters];
            FigureId::Counter { row: about.name.clone(), name: about.counters[place].name().to_owned() }
        }
        Figure::TableTotal(table) => row(table, RowId::total()),
        Figure::Row(table, code) => of(table, code, None),
        Figure::Child(table, parent, code) => of(table, code, Some(parent)),
    }
}
