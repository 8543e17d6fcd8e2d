//! Tables by their rows, rows by their labels.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::confidential::Seen;
use crate::figures::{PublishedTable, PublishedTables};

use super::super::change::{Change, Group, Place};
use super::super::content::{Block, Content, Row, Spot, Table, Text, number};
use super::super::kind::Kind;
use super::changes::{Changes, difference, figure_kind};
use super::columns::Columns;

/// Labels less alike than this are two rows.
const ALIKE: f64 = 0.6;

/// Compares two tables.
pub(super) fn compare(old: &Table, new: &Table, changes: &mut Changes) {
    let columns = Columns::of(old, new);
    columns.tell(old, new, changes);
    let is_attached = [old, new].iter().all(|table| table.attached.is_some());
    let [old_keys, new_keys] =
        [old, new].map(|table| -> Vec<Key<'_>> { table.rows.iter().map(|row| key(row, is_attached)).collect() });
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let mut pairs = Vec::new();
    for (gap, op) in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys).into_iter().enumerate() {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                pairs.extend((0..len).map(|at| (&old.rows[old_index + at], &new.rows[new_index + at])));
            }
            _ => {
                gone.extend(old.rows[op.old_range()].iter().map(|row| (gap, row)));
                come.extend(new.rows[op.new_range()].iter().map(|row| (gap, row)));
            }
        }
    }
    let mut table = Pairing { old, new, columns: &columns, is_attached, changes };
    table.moved(&mut gone, &mut come, &mut pairs);
    table.relabelled(&mut gone, &mut come, &mut pairs);
    table.rest(&gone, &come, &pairs);
    for (before, after) in &pairs {
        table.row(before, after);
    }
}

/// What a row is known by: its label, and by the attached tables what it stands below and whether it is one of small
/// categories. Two categories of one name below two others are two rows.
type Key<'a> = (&'a str, Option<(&'a [String], bool)>);

fn key(row: &Row, is_attached: bool) -> Key<'_> {
    let id = row.id.as_ref().filter(|_| is_attached);
    let place = id.map(|id| (id.codes.split_last().map_or(&[][..], |(_, above)| above), row.is_merged()));
    (&row.label.words, place)
}

type Gap<'a> = Vec<(usize, &'a Row)>;
type Rows<'a> = Vec<(&'a Row, &'a Row)>;

/// Two tables whose rows are being paired.
struct Pairing<'a, 'c> {
    old: &'a Table,
    new: &'a Table,
    columns: &'c Columns,
    /// Both are named by the attached tables.
    is_attached: bool,
    changes: &'c mut Changes,
}

impl<'a> Pairing<'a, '_> {
    fn place(&self, old: Option<&Row>, new: Option<&Row>) -> Place {
        let spot = |row: Option<&Row>| row.and_then(|row| row.label.spot);
        Place {
            table: Some(self.new.title().to_owned()),
            row: new.or(old).map(|row| row.label.words.clone()),
            ..self.changes.place(spot(old), spot(new))
        }
    }

    fn key<'r>(&self, row: &'r Row) -> Key<'r> {
        key(row, self.is_attached)
    }

    /// Rows of one label that stand elsewhere.
    fn moved(&mut self, gone: &mut Gap<'a>, come: &mut Gap<'a>, pairs: &mut Rows<'a>) {
        let mut at = 0;
        while at < gone.len() {
            let row = gone[at].1;
            let Some(to) = come.iter().position(|(_, other)| self.key(other) == self.key(row)) else {
                at += 1;
                continue;
            };
            let after = come.remove(to).1;
            gone.remove(at);
            let position = |table: &Table, row: &Row| {
                table.rows.iter().position(|candidate| std::ptr::eq(candidate, row)).map(|at| (at + 1).to_string())
            };
            let change = Change::new(
                Kind::RowMoved,
                self.place(Some(row), Some(after)),
                position(self.old, row),
                position(self.new, after),
            );
            self.changes.list.push(change);
            pairs.push((row, after));
        }
    }

    /// Rows of one gap with the same figures, or labels that are nearly the same.
    fn relabelled(&mut self, gone: &mut Gap<'a>, come: &mut Gap<'a>, pairs: &mut Rows<'a>) {
        let figures = |row: &Row| row.cells.iter().map(|cell| cell.words.clone()).collect::<Vec<_>>();
        let mut at = 0;
        while at < gone.len() {
            let (gap, row) = gone[at];
            let alike = |other: &Row| {
                // By the attached tables they stand below the same, and none of them is one of small categories.
                if self.key(row).1 != self.key(other).1 {
                    return 0.0;
                }
                let likeness = strsim::normalized_levenshtein(&row.label.words, &other.label.words);
                if figures(other) == figures(row) { 1.0 + likeness } else { likeness }
            };
            let likest = come
                .iter()
                .enumerate()
                .filter(|(_, (other_gap, other))| *other_gap == gap && alike(other) >= ALIKE)
                .max_by(|(_, (_, a)), (_, (_, b))| alike(a).total_cmp(&alike(b)))
                .map(|(to, _)| to);
            let Some(to) = likest else {
                at += 1;
                continue;
            };
            let after = come.remove(to).1;
            gone.remove(at);
            let place = self.place(Some(row), Some(after));
            self.changes.push(Kind::RowRelabelled, place, Some(&row.label.words), Some(&after.label.words));
            pairs.push((row, after));
        }
    }

    /// Rows that are only in one of the tables. Where a row of small categories takes them in, a row that joins it
    /// is hidden now, and one that leaves it was.
    fn rest(&mut self, gone: &Gap<'a>, come: &Gap<'a>, pairs: &Rows<'a>) {
        let count = |row: &Row| row.cells.iter().find_map(|cell| number(&cell.words));
        let merged = pairs.iter().filter(|(old, new)| old.is_merged() || new.is_merged());
        let moved: f64 = merged.filter_map(|(old, new)| Some(count(new)? - count(old)?)).sum();
        let takes_in = moved > 0.0 || come.iter().any(|(_, row)| row.is_merged());
        let gives_up = moved < 0.0 || gone.iter().any(|(_, row)| row.is_merged());
        let seen = |row: &Row| if count(row).is_some() { Seen::Shown } else { Seen::Hidden };
        for (_, row) in gone {
            let hides = seen(row).conceals(Seen::without_row(takes_in && !row.is_merged()));
            let kind = if hides { Kind::NewlySuppressed } else { Kind::RowRemoved };
            let mut change = Change::new(kind, self.place(Some(row), None), Some(words(row)), None);
            change.figures = [self.old.row(row), None];
            change.covered[0] = spots(row);
            self.changes.list.push(change);
        }
        for (_, row) in come {
            let shows = Seen::without_row(gives_up && !row.is_merged()).reveals(seen(row));
            let kind = if shows { Kind::NewlyShown } else { Kind::RowAdded };
            let mut change = Change::new(kind, self.place(None, Some(row)), None, Some(words(row)));
            change.figures = [None, self.new.row(row)];
            change.covered[1] = spots(row);
            self.changes.list.push(change);
        }
    }

    /// Compares the cells of a row.
    fn row(&mut self, old: &Row, new: &Row) {
        let place = self.place(Some(old), Some(new));
        self.changes.markers(&old.label, &new.label, Some(place));
        let mut count_moved = false;
        let mut told = None;
        self.changes.follow(&old.label, &new.label);
        for (was, is) in self.columns.cells(old, new) {
            let empty = Text::default();
            let (before, after) = (old.cells.get(was).unwrap_or(&empty), new.cells.get(is).unwrap_or(&empty));
            self.changes.follow(before, after);
            let column = self.new.heads.get(is + 1).map(|head| head.words.clone());
            let place = Place { column, old: before.spot, new: after.spot, ..self.place(Some(old), Some(new)) };
            self.changes.markers(before, after, Some(place.clone()));
            if before.words == after.words {
                continue;
            }
            let is_percent = before.words.contains('%') || after.words.contains('%');
            let plain = if is_percent { Kind::Percent } else { Kind::Count };
            let kind = figure_kind(&before.words, &after.words, plain);
            // The percent of a count that is hidden now is hidden with it; one that is shown all the same is an alarm.
            if kind != plain && told.replace(kind) == Some(kind) {
                if let Some(last) = self.changes.list.last_mut() {
                    last.covered[0].extend(before.spot);
                    last.covered[1].extend(after.spot);
                }
                continue;
            }
            let mut change = Change::new(kind, place, Some(before.words.clone()), Some(after.words.clone()));
            change.size = difference(&before.words, &after.words);
            change.covered = [before, after].map(|text| text.spot.into_iter().collect());
            change.figures = [self.old.cell(old, was), self.new.cell(new, is)];
            let is_number_alike = number(&before.words).is_some() && change.size == Some(0.0);
            change.group = match kind {
                _ if is_number_alike => Some(Group::Format),
                Kind::Percent if !count_moved => Some(Group::Rounding),
                _ => None,
            };
            count_moved |= !is_percent;
            self.changes.list.push(change);
        }
    }
}

fn spots(row: &Row) -> Vec<Spot> {
    std::iter::once(&row.label).chain(&row.cells).filter_map(|text| text.spot).collect()
}

fn words(row: &Row) -> String {
    row.cells.iter().map(|cell| cell.words.as_str()).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Compares every printed cell with the attached tables.
pub(super) fn misprints(content: &Content, changes: &mut Changes) {
    let Some(tables) = &content.tables else { return };
    changes.heading = None;
    let printed = content.blocks.iter().filter_map(|block| match block {
        Block::Table(printed) => Some(printed),
        _ => None,
    });
    let printed: Vec<&Table> = printed.collect();
    for table in &tables.tables {
        // Titles may be equal; names are not.
        let is_own = |printed: &&&Table| printed.attached.as_ref().is_some_and(|(id, _)| *id == table.id);
        let Some(printed) = printed.iter().find(is_own) else {
            let place = Place { table: Some(table.title.clone()), ..Place::default() };
            changes.push(Kind::Misprint, place, Some("attached"), None);
            continue;
        };
        for at in 0..table.rows.len().max(printed.rows.len()) {
            row_misprints(printed, table, at, changes);
        }
    }
    counter_misprints(content, tables, changes);
}

fn counter_misprints(content: &Content, tables: &PublishedTables, changes: &mut Changes) {
    let mut printed = content.blocks.iter().filter_map(|block| match block {
        Block::Counter { value, text, .. } => Some((value.as_str(), text.spot)),
        _ => None,
    });
    for counter in &tables.counters {
        let (value, new) = printed.next().unwrap_or_default();
        if value != counter.value {
            let place = Place { row: Some(counter.label.clone()), new, ..Place::default() };
            changes.push(Kind::Misprint, place, Some(&counter.value), Some(value));
        }
    }
}

fn row_misprints(page: &Table, table: &PublishedTable, at: usize, changes: &mut Changes) {
    let (printed, attached) = (page.rows.get(at), table.rows.get(at));
    let printed_cells: Vec<&Text> =
        printed.into_iter().flat_map(|row| std::iter::once(&row.label).chain(&row.cells)).collect();
    let attached_cells = attached.map(|row| row.cells.as_slice()).unwrap_or_default();
    for column in 0..printed_cells.len().max(attached_cells.len()) {
        let before = attached_cells.get(column).map_or("", |cell| cell.text.as_str());
        let after = printed_cells.get(column).map_or("", |text| text.words.as_str());
        let squeezed = before.split_whitespace().collect::<Vec<_>>().join(" ");
        if squeezed != after {
            let place = Place {
                table: Some(table.title.clone()),
                row: printed.map(|row| row.label.words.clone()),
                column: page.heads.get(column).map(|head| head.words.clone()),
                new: printed_cells.get(column).and_then(|text| text.spot),
                ..Place::default()
            };
            changes.push(Kind::Misprint, place, Some(before), Some(after));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::figures::{RowId, RowRole, fixture};

    use super::super::super::attached;
    use super::*;

    fn row(cells: [&str; 2]) -> Row {
        let text = |words: &str| Text { words: words.into(), ..Text::default() };
        Row { label: text("Males"), cells: cells.map(text).to_vec(), id: None }
    }

    fn kinds(old: [&str; 2], new: [&str; 2]) -> Vec<Kind> {
        let [old, new] = [old, new].map(|cells| Table { heads: Vec::new(), rows: vec![row(cells)], attached: None });
        let mut changes = Changes::default();
        compare(&old, &new, &mut changes);
        changes.list.into_iter().map(|change| change.kind).collect()
    }

    #[test]
    fn of_two_tables_with_one_title_each_is_compared_with_what_is_attached_of_it() {
        let text = |words: &str| Text { words: words.into(), ..Text::default() };
        let printed = |count: &str| Table {
            heads: vec![text("REASON"), text("# OF CASES")],
            rows: vec![Row { label: text("Tip"), cells: vec![text(count)], id: None }],
            attached: None,
        };
        let attached = |id: &str, count: &str| {
            let table = fixture::tables(&[("tip", "Tip", count, false)]).tables.remove(0);
            PublishedTable { id: id.into(), ..table }
        };
        let found = |counts: [&str; 2]| {
            let tables = vec![attached("reason", "27"), attached("reason_of_minors", "5")];
            let tables = PublishedTables { tables, ..fixture::empty() };
            let mut blocks = counts.map(|count| Block::Table(printed(count)));
            attached::name(&mut blocks, &tables);
            let content = Content { blocks: blocks.into(), tables: Some(tables), ..Content::default() };
            let mut changes = Changes::default();
            misprints(&content, &mut changes);
            let words =
                changes.list.into_iter().map(|change| [change.before, change.after].map(Option::unwrap_or_default));
            words.collect::<Vec<_>>()
        };
        assert!(found(["27", "5"]).is_empty());
        assert_eq!(found(["27", "6"]), [["5", "6"]]);
        assert_eq!(found(["5", "27"]), [["27", "5"], ["5", "27"]]);
    }

    #[test]
    fn a_row_is_known_by_what_it_stands_below_and_a_row_of_small_categories_is_no_category() {
        let text = |words: &str| Text { words: words.into(), ..Text::default() };
        let row = |label: &str, codes: &[&str], role| Row {
            label: text(label),
            cells: vec![text("5")],
            id: Some(RowId { codes: codes.iter().map(|code| (*code).to_owned()).collect(), role }),
        };
        let table = |rows| Table { heads: Vec::new(), rows, attached: Some(("venue".into(), Vec::new())) };
        let found = |old: Vec<Row>, new: Vec<Row>| {
            let mut changes = Changes::default();
            compare(&table(old), &table(new), &mut changes);
            changes.list.into_iter().map(|change| change.kind).collect::<Vec<_>>()
        };
        let other = |above: &str| row("Other", &[above, "other"], RowRole::Child);
        assert_eq!(found(vec![other("sex")], vec![other("labor")]), [Kind::RowRemoved, Kind::RowAdded]);
        let merged = row("Small Ones", &["sex", "(merged)"], RowRole::Merged);
        let kinds = found(vec![row("Begging", &["sex", "begging"], RowRole::Child)], vec![merged]);
        assert_eq!(kinds, [Kind::NewlySuppressed, Kind::RowAdded]);
        let [a, b] = ["Student", "Students"].map(|label| row(label, &["student"], RowRole::Row));
        assert_eq!(found(vec![a], vec![b]), [Kind::RowRelabelled]);
    }

    #[test]
    fn a_row_that_is_hidden_is_told_once_and_a_percent_that_stays_behind_is_an_alarm() {
        assert_eq!(kinds(["4", "7.4%"], ["Fewer than Three", "N/A"]), [Kind::NewlySuppressed]);
        assert_eq!(kinds(["Fewer than Three", "N/A"], ["4", "7.4%"]), [Kind::NewlyShown]);
        assert_eq!(kinds(["4", "N/A"], ["Fewer than Three", "7.4%"]), [Kind::NewlySuppressed, Kind::NewlyShown]);
    }
}
