//! Figures that cross the threshold between two publications: a reader of both learns from that.

use std::fmt;

use crate::boundaries::Geoid;
use crate::figures::{
    FigureId, ProseFigure, ProseId, PublishedCounter, PublishedMap, PublishedRow, PublishedTable, PublishedTables,
    RowRole,
};

/// A figure that crosses the threshold between two editions: a reader of both learns from that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// The figure: a row of a table, a county, a counter, or one that prose prints.
    pub figure: FigureId,
    /// Label of the row or of the counter; of others what names them.
    pub label: String,
    /// How the old edition has it.
    pub before: Seen,
    /// How the new edition has it.
    pub after: Seen,
}

/// How an edition has a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It is printed.
    Shown,
    /// Words stand for it, or it is within a merged row.
    Hidden,
    /// It has no row: nothing was counted.
    Absent,
}

impl Seen {
    fn shown(is_shown: bool) -> Self {
        if is_shown { Self::Shown } else { Self::Hidden }
    }

    /// How an edition has a category without a row of its own, which may be within a merged row.
    pub fn without_row(is_merged: bool) -> Self {
        if is_merged { Self::Hidden } else { Self::Absent }
    }

    /// Tells whether a figure that was hidden is shown later: an alarm of its own.
    pub fn reveals(self, later: Self) -> bool {
        (self, later) == (Self::Hidden, Self::Shown)
    }

    /// Tells whether a figure that was shown is hidden later.
    pub fn conceals(self, later: Self) -> bool {
        (self, later) == (Self::Shown, Self::Hidden)
    }

    fn of(table: &PublishedTable, row: &PublishedRow) -> Self {
        match table.rows.iter().find(|other| other.is_same(row)) {
            Some(own) => Self::shown(!own.cells.iter().any(|cell| cell.hidden)),
            None => Self::without_row(is_merged_in(table, row)),
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shown => "shown",
            Self::Hidden => "hidden",
            Self::Absent => "absent",
        })
    }
}

/// Lists the figures that are shown, hidden or absent in one edition and not so in the other: masked cells, rows that come
/// or go, categories that enter or leave a merged row, counties that enter or leave the classes of a map.
pub fn crossings(old: &PublishedTables, new: &PublishedTables) -> Vec<Crossing> {
    let mut crossings = Vec::new();
    for (before, table) in paired_tables(old, new) {
        let gone = before.rows.iter().filter(|row| !table.rows.iter().any(|other| other.is_same(row)));
        for row in table.rows.iter().chain(gone) {
            let (seen, is_seen) = (Seen::of(before, row), Seen::of(table, row));
            if seen != is_seen {
                let label = row.label().to_owned();
                crossings.push(Crossing { figure: table.figure(row), label, before: seen, after: is_seen });
            }
        }
    }
    crossings.extend(crossings_in_prose(old, new));
    for (before, map) in paired_maps(old, new) {
        let only = |a: &PublishedMap, b: &PublishedMap, is_new: bool| -> Vec<Crossing> {
            let counties = a.counties.keys().filter(|county| !b.counties.contains_key(*county));
            let crossing = |county: &Geoid| Crossing {
                figure: map.figure(county),
                label: county.to_string(),
                before: Seen::shown(!is_new),
                after: Seen::shown(is_new),
            };
            counties.map(crossing).collect()
        };
        crossings.extend(only(map, before, true));
        crossings.extend(only(before, map, false));
    }
    crossings.extend(counter_crossings(old, new));
    crossings
}

/// Pairs the tables of two editions by their names. One that got another name is known by its title, or by rows most of which
/// both have: the comparison does not end with a name.
fn paired_tables<'a>(
    old: &'a PublishedTables,
    new: &'a PublishedTables,
) -> Vec<(&'a PublishedTable, &'a PublishedTable)> {
    let is_kept = |tables: &[PublishedTable], table: &PublishedTable| tables.iter().any(|other| other.id == table.id);
    let mut gone: Vec<&PublishedTable> = old.tables.iter().filter(|table| !is_kept(&new.tables, table)).collect();
    let mut pairs = Vec::new();
    for table in &new.tables {
        let by_name = old.tables.iter().find(|other| other.id == table.id);
        let renamed = || {
            let at = gone.iter().position(|other| other.title == table.title);
            let at = at.or_else(|| gone.iter().position(|other| have_most_rows_alike(other, table)))?;
            Some(gone.remove(at))
        };
        pairs.extend(by_name.or_else(renamed).map(|before| (before, table)));
    }
    pairs
}

fn have_most_rows_alike(one: &PublishedTable, other: &PublishedTable) -> bool {
    let alike = one.rows.iter().filter(|row| other.rows.iter().any(|own| own.is_same(row))).count();
    2 * alike > one.rows.len().max(other.rows.len())
}

/// Pairs the maps of two editions by their names; those that got another name by their order.
fn paired_maps<'a>(old: &'a PublishedTables, new: &'a PublishedTables) -> Vec<(&'a PublishedMap, &'a PublishedMap)> {
    let is_kept = |maps: &[PublishedMap], map: &PublishedMap| maps.iter().any(|other| other.id == map.id);
    let mut gone = old.maps.iter().filter(|map| !is_kept(&new.maps, map));
    let before = |map: &PublishedMap| old.maps.iter().find(|other| other.id == map.id);
    new.maps.iter().filter_map(|map| Some((before(map).or_else(|| gone.next())?, map))).collect()
}

/// Lists the counters that one edition hides and the other shows.
fn counter_crossings(old: &PublishedTables, new: &PublishedTables) -> Vec<Crossing> {
    let pairs = old.counters_with(new).into_iter().filter_map(|(old, new)| old.zip(new));
    let crossed = pairs.filter(|(old, new)| old.is_hidden() != new.is_hidden());
    let crossing = |(old, new): (&PublishedCounter, &PublishedCounter)| {
        let [before, after] = [old, new].map(|counter| Seen::shown(!counter.is_hidden()));
        Crossing { figure: new.figure(), label: new.label.clone(), before, after }
    };
    crossed.map(crossing).collect()
}

/// Lists the figures in prose that one edition hides and the other shows.
///
/// A text that no longer prints a figure tells nothing of it. But a rank is printed wherever it is shown: where it is gone, the
/// total that it stands for is hidden.
fn crossings_in_prose(old: &PublishedTables, new: &PublishedTables) -> Vec<Crossing> {
    let (Some(before), Some(after)) = (&old.figures, &new.figures) else { return Vec::new() };
    let find = |figures: &[ProseFigure], id: &ProseId| {
        figures.iter().find(|figure| figure.id == *id).map(|figure| !figure.hidden)
    };
    let gone = before.iter().filter(|figure| find(after, &figure.id).is_none());
    let crossing = |figure: &ProseFigure| {
        let seen = |figures: &[ProseFigure]| match find(figures, &figure.id) {
            Some(is_shown) => Some(Seen::shown(is_shown)),
            None => figure.is_rank().then_some(Seen::Absent),
        };
        let (before, after) = (seen(before)?, seen(after)?);
        let (id, label) = (FigureId::Prose(figure.id.clone()), figure.id.to_string());
        (before != after).then_some(Crossing { figure: id, label, before, after })
    };
    after.iter().chain(gone).filter_map(crossing).collect()
}

/// Tells whether a category would stand in a merged row of a table where it has no row of its own.
fn is_merged_in(table: &PublishedTable, row: &PublishedRow) -> bool {
    let takes_in = |other: &PublishedRow| other.role == RowRole::Merged && other.parent() == row.parent();
    row.role != RowRole::Merged && table.rows.iter().any(takes_in)
}

#[cfg(test)]
mod tests {
    use crate::figures::RowId;
    use crate::figures::fixture::{empty, figure, tables, with_counters};

    use super::*;

    /// A crossing in the table of reasons.
    fn crossing(label: &str, before: Seen, after: Seen) -> Crossing {
        let row = RowId::category(RowRole::Row, &[], &label.to_lowercase());
        Crossing { figure: FigureId::Row { table: "reason".into(), row }, label: label.into(), before, after }
    }

    /// A crossing in prose.
    fn in_prose(id: &str, before: Seen, after: Seen) -> Crossing {
        Crossing { figure: FigureId::Prose(id.parse().unwrap()), label: id.into(), before, after }
    }

    #[test]
    fn a_figure_that_crosses_the_threshold_is_told_without_its_count() {
        let old = tables(&[("tip", "Tip", "27", false), ("crisis", "Crisis", "Fewer than Three", true)]);
        let new = tables(&[("tip", "Tip", "Fewer than Three", true), ("crisis", "Crisis", "4", false)]);
        let (tip, crisis) = (crossing("Tip", Seen::Shown, Seen::Hidden), crossing("Crisis", Seen::Hidden, Seen::Shown));
        assert_eq!(crossings(&old, &new), [tip, crisis]);
    }

    #[test]
    fn a_figure_in_prose_that_crosses_is_told() {
        let one = tables(&[]);
        let mut other = one.clone();
        other.figures.as_mut().unwrap()[0].hidden = true;
        assert_eq!(crossings(&one, &other), [in_prose("figures.calls", Seen::Shown, Seen::Hidden)]);
        other.figures = Some(Vec::new());
        assert_eq!(crossings(&one, &other), [], "a text that prints it no more tells nothing");
    }

    #[test]
    fn a_table_that_got_another_name_is_compared() {
        let old = tables(&[("tip", "Tip", "27", false), ("crisis", "Crisis", "Fewer than Three", true)]);
        let mut new = tables(&[("tip", "Tip", "27", false), ("crisis", "Crisis", "4", false)]);
        new.tables[0].id = "why".into();
        let row = RowId::category(RowRole::Row, &[], "crisis");
        let figure = FigureId::Row { table: "why".into(), row };
        let expected = [Crossing { figure, ..crossing("Crisis", Seen::Hidden, Seen::Shown) }];
        assert_eq!(crossings(&old, &new), expected);
        new.tables[0].title = "WHY".into();
        assert_eq!(crossings(&old, &new), expected);
        new.tables[0].rows[1].key = vec!["other".into()];
        assert_eq!(crossings(&old, &new), [], "a table of other rows");
    }

    #[test]
    fn a_rank_that_is_gone_stands_for_a_hidden_total() {
        let with = |figures| PublishedTables { figures, ..empty() };
        let ranked = with(Some(vec![figure("ranks.calls.position", "31st")]));
        let none = with(Some(Vec::new()));
        let crossing = |before, after| in_prose("ranks.calls.position", before, after);
        assert_eq!(crossings(&ranked, &none), [crossing(Seen::Shown, Seen::Absent)]);
        assert_eq!(crossings(&none, &ranked), [crossing(Seen::Absent, Seen::Shown)]);
        assert_eq!(crossings(&ranked, &with(None)), [], "an older program told no figures in prose");
    }

    #[test]
    fn counters_are_compared_with_themselves_wherever_they_stand() {
        let old = with_counters(&[("Emails", Some(24)), ("Tips", None), ("Calls", Some(9))]);
        let new = with_counters(&[("Tips", Some(4)), ("Emails", None)]);
        let told = |name: &str, before, after| {
            let figure = FigureId::Counter { row: "signals".into(), name: name.into() };
            Crossing { figure, label: name.into(), before, after }
        };
        let expected = [told("Tips", Seen::Hidden, Seen::Shown), told("Emails", Seen::Shown, Seen::Hidden)];
        assert_eq!(crossings(&old, &new), expected);
        // A counter that got another name is the one in its place.
        let renamed = with_counters(&[("E-Mails", None), ("Tips", None), ("Calls", Some(9))]);
        assert_eq!(crossings(&old, &renamed).len(), 1);
    }

    #[test]
    fn a_row_that_comes_or_goes_is_told() {
        let one = tables(&[("tip", "Tip", "27", false), ("crisis", "Crisis", "Fewer than Three", true)]);
        let other = tables(&[("info", "Info", "4", false), ("tip", "Tip", "27", false)]);
        let (info, crisis) =
            (crossing("Info", Seen::Absent, Seen::Shown), crossing("Crisis", Seen::Hidden, Seen::Absent));
        assert_eq!(crossings(&one, &other), [info, crisis]);
        let (crisis, info) =
            (crossing("Crisis", Seen::Absent, Seen::Hidden), crossing("Info", Seen::Shown, Seen::Absent));
        assert_eq!(crossings(&other, &one), [crisis, info]);
    }

    #[test]
    fn a_category_that_leaves_a_merged_row_is_told() {
        let with_role = |mut tables: PublishedTables| {
            tables.tables[0].rows.last_mut().unwrap().role = RowRole::Merged;
            tables
        };
        let old = with_role(tables(&[("tip", "Tip", "27", false), ("(merged)", "Others", "8", false)]));
        let new =
            tables(&[("tip", "Tip", "27", false), ("info", "Info", "3", false), ("(merged)", "Others", "6", false)]);
        let new = with_role(new);
        assert_eq!(crossings(&old, &new), [crossing("Info", Seen::Hidden, Seen::Shown)]);
        assert_eq!(crossings(&new, &old), [crossing("Info", Seen::Shown, Seen::Hidden)]);
        assert_eq!(crossings(&new, &new), []);
    }
}
