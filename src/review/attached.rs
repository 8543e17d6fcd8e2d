//! Which published figure a printed one is, by the tables that are attached.

use crate::figures::{FigureId, ProseFigure, ProseId, PublishedCounter, PublishedTable, PublishedTables};

use super::change::Change;
use super::content::Block;
use super::kind::Kind;

/// Names tables, rows and counters as the attached tables do.
///
/// Both stand in the same order: of two tables with one title the first that is printed is the first that is attached.
/// A list of corrections has the title of a table as well, and comes after it.
pub(super) fn name(blocks: &mut [Block], tables: &PublishedTables) {
    let mut tables_left: Vec<&PublishedTable> = tables.tables.iter().collect();
    let mut counters_left: Vec<&PublishedCounter> = tables.counters.iter().collect();
    for block in blocks {
        match block {
            Block::Table(printed) => {
                let Some(table) = take(&mut tables_left, |table| table.title == printed.title()) else { continue };
                let columns = table.columns.iter().map(|column| column.kind).collect();
                printed.attached = Some((table.id.clone(), columns));
                for (row, attached) in printed.rows.iter_mut().zip(&table.rows) {
                    row.id = Some(attached.id());
                }
            }
            Block::Counter { label, figure, .. } => {
                let counter = take(&mut counters_left, |counter| counter.label == *label);
                *figure = counter.map(PublishedCounter::figure);
            }
            _ => {}
        }
    }
}

/// Takes the first item that fits out of a list.
fn take<'a, T>(left: &mut Vec<&'a T>, fits: impl Fn(&T) -> bool) -> Option<&'a T> {
    let at = left.iter().position(|item| fits(item))?;
    Some(left.remove(at))
}

/// Names the figures within sentences that changed.
pub(super) fn name_in_prose(changes: &mut [Change], tables: [Option<&PublishedTables>; 2]) {
    let [Some(old), Some(new)] = tables else { return };
    let is_in_prose = |change: &&mut Change| {
        change.kind == Kind::Figure && change.place.table.is_none() && change.place.row.is_none()
    };
    for change in changes.iter_mut().filter(is_in_prose) {
        let Some((before, after)) = change.before.as_deref().zip(change.after.as_deref()) else { continue };
        let figure = in_prose([old, new], [before, after]).map(|id| FigureId::Prose(id.clone()));
        change.figures = [figure.clone(), figure];
    }
}

/// Returns the one name under which two editions publish a figure of prose with these words; none where several fit. A figure
/// of the jurisdiction goes before one of the nation.
fn in_prose<'a>(tables: [&'a PublishedTables; 2], printed: [&str; 2]) -> Option<&'a ProseId> {
    let [old, new] = tables.map(|tables| tables.figures.as_deref().unwrap_or_default());
    // A figure may stand at the end of its sentence.
    let printed = printed.map(|words| words.trim_end_matches(|c: char| c.is_ascii_punctuation()));
    let fits = |figure: &&ProseFigure| {
        figure.text == printed[0] && new.iter().any(|other| other.id == figure.id && other.text == printed[1])
    };
    let only = |is_of_kind: fn(&ProseId) -> bool| {
        let mut fitting = old.iter().filter(fits).map(|figure| &figure.id).filter(|id| is_of_kind(id));
        fitting.next().filter(|_| fitting.next().is_none())
    };
    only(|id| matches!(id, ProseId::Total(_))).or_else(|| only(|id| matches!(id, ProseId::National(_))))
}

#[cfg(test)]
mod tests {
    use crate::figures::RowRole;
    use crate::figures::fixture;

    use super::super::content::{Row, Table, Text};
    use super::*;

    fn text(words: &str) -> Text {
        Text { words: words.into(), ..Text::default() }
    }

    #[test]
    fn a_figure_in_prose_is_known_by_its_name_and_not_by_digits_that_another_has_too() {
        let tables = |calls: &str, cases: &str| {
            let figures = [("figures.calls", calls), ("figures.cases", cases), ("national.calls", "9")];
            let figures = figures.map(|(id, text)| fixture::figure(id, text));
            PublishedTables { figures: Some(figures.into()), ..fixture::empty() }
        };
        let (old, new) = (tables("12", "12"), tables("12", "13"));
        let name = |tables, printed| in_prose(tables, printed).map(ProseId::to_string);
        assert_eq!(name([&old, &new], ["12", "13"]).as_deref(), Some("figures.cases"));
        assert_eq!(name([&old, &new], ["12.", "12."]).as_deref(), Some("figures.calls"));
        assert_eq!(name([&old, &new], ["9", "9"]).as_deref(), Some("national.calls"));
        assert_eq!(name([&old, &new], ["9", "13"]), None);
        assert_eq!(name([&old, &old], ["12", "12"]), None, "two have these values");
    }

    #[test]
    fn rows_with_one_label_are_told_apart_by_their_parents_and_a_list_of_corrections_has_none() {
        let row = |parent: &str| fixture::row(&[parent, "other"], RowRole::Child, ["Other", "3"], false);
        let rows = vec![row("labor"), row("sex")];
        let venue = PublishedTable { id: "venue".into(), title: "VENUE".into(), columns: Vec::new(), rows };
        let tables = PublishedTables { tables: vec![venue], ..fixture::empty() };
        let printed = || Row { label: text("Other"), cells: vec![text("3")], id: None };
        let table = || Table { heads: vec![text("VENUE")], rows: vec![printed(), printed()], attached: None };
        let mut blocks = [Block::Table(table()), Block::Table(table())];
        name(&mut blocks, &tables);
        let names = blocks.map(|block| match block {
            Block::Table(table) => table.rows.iter().map(|row| Some(table.row(row)?.to_string())).collect(),
            _ => Vec::new(),
        });
        let (labor, sex) = ("venue/labor/other".to_owned(), "venue/sex/other".to_owned());
        assert_eq!(names, [vec![Some(labor), Some(sex)], vec![None, None]]);
    }
}
