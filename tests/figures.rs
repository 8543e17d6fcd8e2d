//! Figures by their names.

use platen::boundaries::Geography;
use platen::compose;
use platen::confidential::trace::Trace;
use platen::diag::Sources;
use platen::figures::{FigureId, ProseId, PublishedTables, RowId, RowRole};
use platen::pipeline::Edition;
use platen::report_spec::Places;

use crate::support::repository;

/// The counts that Connecticut publishes, each with its name.
fn counts(tables: &PublishedTables) -> Vec<(FigureId, u64)> {
    let counters = tables.counters.iter().filter_map(|counter| Some((counter.figure(), counter.count?)));
    let rows = tables.tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    let rows = rows.filter_map(|(table, row)| {
        let count = row.cells.iter().find_map(|cell| cell.value)?;
        Some((table.figure(row), count))
    });
    let totals = tables.figures.iter().flatten().filter(|figure| matches!(figure.id, ProseId::Total(_)));
    let totals =
        totals.map(|figure| (FigureId::Prose(figure.id.clone()), figure.text.replace(',', "").parse().unwrap()));
    counters.chain(rows).chain(totals).collect()
}

#[test]
fn the_name_of_every_published_count_leads_to_as_many_records() {
    let path = repository().join("config/nhth-2016.yaml");
    let edition = Edition::load(&path, &Places::default(), &[], &mut Sources::default()).unwrap();
    let published = &edition.published[0];
    let counties = edition.geography.as_ref().map(Geography::index);
    let document = edition.compose(published).unwrap();
    let tables = compose::published_tables(&edition.spec, published, &document, counties);
    let trace = Trace::read(&edition.spec, edition.geography.as_ref()).unwrap();
    let members = |figure: &FigureId| trace.members(published.jurisdiction(), figure, Some(&tables));
    let counts = counts(&tables);
    for (figure, count) in &counts {
        assert_eq!(members(figure).unwrap().records.len() as u64, *count, "{figure}");
    }
    for role in [RowRole::Row, RowRole::Subtotal, RowRole::Child, RowRole::Merged, RowRole::Total] {
        let has_role = |figure: &FigureId| matches!(figure, FigureId::Row { row, .. } if row.role == role);
        assert!(counts.iter().any(|(figure, _)| has_role(figure)), "a row of each role was looked for: {role:?}");
    }
    assert!(counts.iter().any(|(figure, _)| matches!(figure, FigureId::Prose(_))));
    assert!(members(&FigureId::Row { table: "no table".into(), row: RowId::total() }).is_none());
}
