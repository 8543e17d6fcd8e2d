//! Which figure of a spec a change of a page is of.

use crate::confidential::trace::{Figure, Trace};
use crate::figures::{ProseFigure, PublishedRow, PublishedTable, PublishedTables, RowRole};
use crate::report_spec::{JurisdictionId, PopulationId, Spec, TableId};
use crate::review::{Change, Kind};

/// A change whose figure is looked for in one of the editions.
pub(super) struct Wanted<'a> {
    pub spec: &'a Spec,
    /// The published tables of the edition, and those of the other one.
    pub tables: Option<&'a PublishedTables>,
    pub other: Option<&'a PublishedTables>,
    pub change: &'a Change,
    /// Which edition it is: 0 for the old one, 1 for the new one.
    pub at: usize,
}

impl<'a> Wanted<'a> {
    /// Finds the figure of a change; none where it has none, or cannot be told from another.
    pub fn figure(&self, trace: &Trace<'_>, jurisdiction: Option<JurisdictionId>) -> Option<Figure<'a>> {
        let place = &self.change.place;
        match self.change.kind {
            Kind::CountyClass => self.county(place.row.as_deref()?),
            Kind::Figure
            | Kind::Count
            | Kind::Percent
            | Kind::NewlyShown
            | Kind::NewlySuppressed
            | Kind::RowAdded
            | Kind::RowRemoved => match (&place.table, &place.row) {
                (Some(title), Some(label)) => self.row(title, label),
                (None, Some(label)) => self.counter(label),
                _ => self.population(trace, jurisdiction),
            },
            _ => None,
        }
    }

    fn all_tables(&self) -> impl Iterator<Item = &'a PublishedTables> {
        self.tables.into_iter().chain(self.other)
    }

    fn county(&self, name: &str) -> Option<Figure<'a>> {
        let found = self.all_tables().flat_map(|tables| &tables.maps).find_map(|map| {
            let geoid = map.names.iter().find(|(_, own)| own.as_str() == name)?.0;
            Some((map.id.as_str(), geoid.as_str()))
        });
        let (id, geoid) = found?;
        let map = self.spec.maps.position(|map| map.name == id)?;
        Some(Figure::County(map, geoid))
    }

    fn counter(&self, label: &str) -> Option<Figure<'a>> {
        let sides = [self.tables, self.other].into_iter().zip(self.printed());
        let published = sides.into_iter().find_map(|(tables, printed)| {
            let counters = tables?.counters.iter();
            let mut fitting =
                counters.filter(|one| one.label == label && printed.is_none_or(|printed| one.value == printed));
            fitting.next().filter(|_| fitting.next().is_none())
        })?;
        let row = self.spec.counters.position(|row| row.name == published.row)?;
        let counters = &self.spec.counters[row].counters;
        let at = counters.iter().position(|one| self.spec.language.form(&one.label, None) == published.name)?;
        Some(Figure::Counter(row, at))
    }

    /// How this edition prints the figure, and how the other one does.
    fn printed(&self) -> [Option<&'a str>; 2] {
        let printed = [self.change.before.as_deref(), self.change.after.as_deref()];
        [printed[self.at], printed[1 - self.at]]
    }

    /// A figure within a sentence: the total of a population, by the name under which it is published. Where two have these
    /// values, neither is named.
    fn population(&self, trace: &Trace<'_>, jurisdiction: Option<JurisdictionId>) -> Option<Figure<'a>> {
        let kind = if jurisdiction.is_some() { "figures" } else { "national" };
        let [own, other] = [self.tables, self.other].map(|tables| tables.and_then(|tables| tables.figures.as_deref()));
        if let (Some(own), Some(other)) = (own, other) {
            let name = name_in_prose(kind, [own, other], self.printed())?;
            let found = self.spec.populations.position(|population| population.name == name);
            return found.map(Figure::Population);
        }
        let value = self.printed()[0]?;
        // Whatever groups its thousands, and the words that hide a small one.
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        let total = |population: PopulationId| {
            let count = trace.members(jurisdiction, &Figure::Population(population)).records.len();
            count.to_string() == digits
        };
        let mut found = self.spec.populations.keys().filter(|population| total(*population));
        found.next().filter(|_| found.next().is_none()).map(Figure::Population)
    }

    /// A row by its label. A rounding moved the percent alone: its base is what changed.
    fn row(&self, title: &str, label: &str) -> Option<Figure<'a>> {
        let sides = [self.tables, self.other].into_iter().zip(self.printed());
        let (published, row) = sides.into_iter().find_map(|(tables, printed)| {
            let table = tables?.tables.iter().find(|table| table.title == title)?;
            Some((table, row_of(table, label, printed)?))
        })?;
        let table = self.spec.tables.position(|table| table.name == published.id)?;
        if row.role == RowRole::Total || self.change.group.is_some() {
            return Some(Figure::Total(table));
        }
        if row.role != RowRole::Merged {
            return Some(Figure::Row(table, &row.key));
        }
        // What has a row of its own in this edition is not in its merged row.
        let own = self.tables.and_then(|tables| tables.tables.iter().find(|one| one.id == published.id));
        Some(rest(table, row, own))
    }
}

/// Returns the one name under which two editions publish a figure of prose with these words; none where several fit.
fn name_in_prose<'a>(kind: &str, figures: [&'a [ProseFigure]; 2], printed: [Option<&str>; 2]) -> Option<&'a str> {
    let has = |side: usize, id: &str| {
        let same = figures[side].iter().find(|one| one.id == id);
        printed[side].is_none_or(|printed| same.is_some_and(|one| one.text == printed))
    };
    let mut fitting = figures[0].iter().filter(|one| has(0, &one.id) && has(1, &one.id)).filter_map(|one| {
        let (own, name) = one.id.split_once('.')?;
        (own == kind).then_some(name)
    });
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Returns the row of a label; of several below different parents the one that prints this. None where it cannot be told.
fn row_of<'a>(table: &'a PublishedTable, label: &str, printed: Option<&str>) -> Option<&'a PublishedRow> {
    let rows: Vec<&PublishedRow> =
        table.rows.iter().filter(|row| row.cells.first().is_some_and(|cell| cell.text == label)).collect();
    let prints = |row: &&&PublishedRow| row.cells[1..].iter().any(|cell| Some(cell.text.as_str()) == printed);
    match rows.as_slice() {
        [row] => Some(row),
        rows => {
            let mut fitting = rows.iter().filter(prints);
            fitting.next().filter(|_| fitting.next().is_none()).copied()
        }
    }
}

fn rest<'a>(table: TableId, merged: &'a PublishedRow, own: Option<&'a PublishedTable>) -> Figure<'a> {
    let parent = merged.key.split_last().and_then(|(_, above)| above.last()).map(String::as_str);
    let rows =
        own.into_iter().flat_map(|own| &own.rows).filter(|row| !matches!(row.role, RowRole::Merged | RowRole::Total));
    let beside = rows.filter(|row| {
        row.key.len() == merged.key.len() && row.key[..row.key.len() - 1] == merged.key[..merged.key.len() - 1]
    });
    Figure::Rest(table, parent, beside.filter_map(|row| row.key.last()).map(String::as_str).collect())
}

#[cfg(test)]
mod tests {
    use crate::figures::fixture;

    use super::*;

    fn tables(calls: &str, cases: &str, count: [&str; 2]) -> PublishedTables {
        let row = |parent: &str, count: &str| fixture::row(&[parent, "other"], RowRole::Child, ["Other", count], false);
        let rows = vec![row("labor", count[0]), row("sex", count[1])];
        let venue = PublishedTable { id: "venue".into(), title: "VENUE".into(), columns: Vec::new(), rows };
        let figures = [("figures.calls", calls), ("figures.cases", cases), ("national.calls", "9")];
        let figures = figures.map(|(id, text)| fixture::figure(id, text));
        PublishedTables { figures: Some(figures.into()), tables: vec![venue], ..fixture::empty() }
    }

    #[test]
    fn a_figure_in_prose_is_known_by_its_name_and_not_by_digits_that_another_has_too() {
        let (old, new) = (tables("12", "12", ["3", "3"]), tables("12", "13", ["3", "4"]));
        let figures = [old.figures.as_deref().unwrap(), new.figures.as_deref().unwrap()];
        assert_eq!(name_in_prose("figures", figures, [Some("12"), Some("13")]), Some("cases"));
        assert_eq!(name_in_prose("figures", figures, [Some("12"), Some("12")]), Some("calls"));
        assert_eq!(name_in_prose("national", figures, [Some("9"), Some("9")]), Some("calls"));
        assert_eq!(name_in_prose("national", figures, [Some("12"), Some("13")]), None);
        assert_eq!(name_in_prose("figures", [figures[0]; 2], [Some("12"), Some("12")]), None, "two have these values");
    }

    #[test]
    fn of_rows_with_one_label_the_one_that_prints_the_figure_is_meant() {
        let tables = tables("1", "2", ["3", "4"]);
        let parent = |label: &str, printed| row_of(&tables.tables[0], label, printed).map(|row| row.key[0].as_str());
        assert_eq!(parent("Other", Some("4")), Some("sex"));
        assert_eq!(parent("Other", Some("3")), Some("labor"));
        assert_eq!((parent("Other", Some("5")), parent("Other", None), parent("None", Some("4"))), (None, None, None));
    }
}
