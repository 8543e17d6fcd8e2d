//! The records behind the changed figures, from the case data of both editions: for local use, confidential.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::confidential::trace::{Figure, Members, Trace};
use crate::diag::{Finding, Findings, Sources, describe_io_error};
use crate::pipeline::geography;
use crate::pipeline::release::no_spec;
use crate::release::{Kind as InputKind, ProseFigure, Row, Table, Tables};
use crate::review::{Cause, CauseKind, Change, Kind, RecordChange, Traced, Value};
use crate::spec::{self, Places, Spec};
use crate::unit::Digest;

use super::{Review, Reviewed, Side};

/// Where the case data of an edition is.
pub struct Data {
    /// A folder with the files that the spec names, or a report spec beside its data.
    pub place: PathBuf,
    /// The spec, where `place` is a folder; by default the one that the release names.
    pub spec: Option<PathBuf>,
    /// The edition's key, in place of that which the spec names.
    pub key_file: Option<PathBuf>,
}

/// Finds the records behind the changed figures of a review.
///
/// # Errors
/// Returns an error if a spec or its data cannot be read, or if the data is not what the release was made from.
pub fn trace(review: &mut Review, data: [&Data; 2], sources: &mut Sources) -> Result<(), Findings> {
    let sides = review.sides.clone();
    let load = |at: usize, sources: &mut Sources| load(data[at], sides.as_ref().map(|sides| &sides[at]), sources);
    let [(old_spec, _), (new_spec, files)] = [load(0, sources)?, load(1, sources)?];
    let specs = [old_spec, new_spec];
    let geographies = [geography(&specs[0])?, geography(&specs[1])?];
    let read = |at: usize| Trace::read(&specs[at], geographies[at].as_ref());
    let (old, new) = rayon::join(|| read(0), || read(1));
    let editions = [Edition { spec: &specs[0], trace: old? }, Edition { spec: &specs[1], trace: new? }];
    for reviewed in &mut review.reports {
        let found: Vec<Vec<Traced>> =
            reviewed.changes.iter().map(|change| behind(change, reviewed, &editions)).collect();
        for (change, records) in reviewed.changes.iter_mut().zip(found) {
            change.records = records;
            narrow(change, &files, &review.causes);
        }
    }
    Ok(())
}

/// Files as a manifest names them, by the name of their source.
type Files = BTreeMap<String, Vec<String>>;

struct Edition<'a> {
    spec: &'a Spec,
    trace: Trace<'a>,
}

/// With the records known, a change follows from the file that holds them, where the manifests name it.
fn narrow(change: &mut Change, files: &Files, causes: &[Cause]) {
    let file = |record: &Traced| {
        let is_elsewhere = record.values.iter().any(|value| value.column == COUNTIES);
        files.get(if is_elsewhere { COUNTIES } else { record.source.as_str() })
    };
    let sources: BTreeSet<&String> = change.records.iter().filter_map(file).flatten().collect();
    let is_own = |at: &usize| causes[*at].input == CauseKind::Data && sources.contains(&causes[*at].path);
    let own: Vec<usize> = change.causes.iter().copied().filter(is_own).collect();
    // Where another rule counts a record, the spec is behind it as well.
    if !own.is_empty() && change.records.iter().all(|record| record.fate != RecordChange::Recounted) {
        change.causes = own;
    }
}

/// Loads the spec of an edition and leads its sources to the data.
///
/// Returns as well the files of each source as the manifest names them, by the source's name, and those of the counties.
fn load(data: &Data, side: Option<&Side>, sources: &mut Sources) -> Result<(Spec, Files), Findings> {
    let (path, folder) = if data.place.is_dir() {
        let path = data.spec.clone().or_else(|| named(&data.place, side)).ok_or_else(|| {
            Finding::error("review::no-spec", "it is not known which report spec these data belong to")
                .in_file(data.place.to_string_lossy())
                .help("name it by `--spec`".to_owned())
        })?;
        (path, Some(data.place.as_path()))
    } else {
        (data.place.clone(), None)
    };
    let places = Places { key_file: data.key_file.clone(), data: folder.map(Path::to_path_buf), all_data: true };
    let spec = match folder.is_some() && data.spec.is_none() {
        // The manifest may name any file, and nothing that stands in it is told.
        true => {
            let mut own = Sources::default();
            let loaded = spec::load(&path, &places, &mut own);
            let spec = loaded.map_err(|faults| no_spec(&path, &faults, "name the spec by `--spec`"))?;
            own.iter().for_each(|(name, text)| sources.add((name.clone(), text.clone())));
            spec
        }
        false => spec::load(&path, &places, sources)?,
    };
    let mut files = Files::new();
    for file in crate::confidential::files(&spec)? {
        files.entry(file.source.name.clone()).or_default().push(file.told);
    }
    let counties = spec.maps.first().and_then(|map| files.get(&spec.sources[map.through].name).cloned());
    files.extend(counties.map(|counties| (COUNTIES.to_owned(), counties)));
    side.map(|side| is_of(&spec, side, &data.place)).transpose()?;
    Ok((spec, files))
}

/// The spec that a release names: in the project that holds the data, or in this folder.
fn named(place: &Path, side: Option<&Side>) -> Option<PathBuf> {
    let spec = Path::new(&side?.manifest.spec);
    let above = std::fs::canonicalize(place).ok()?;
    let here = std::env::current_dir().and_then(|folder| folder.canonicalize()).ok();
    // No link leads out of the project.
    let within =
        |folder: &Path| folder.join(spec).canonicalize().ok().filter(|path| path.is_file() && path.starts_with(folder));
    above.ancestors().chain(here.as_deref()).find_map(within)
}

/// Refuses data that a release was not made from; without a key in the spec nobody can tell.
fn is_of(spec: &Spec, side: &Side, place: &Path) -> Result<(), Findings> {
    let Some(key) = &spec.data_key else { return Ok(()) };
    let wanted = side.manifest.inputs.iter().filter(|input| input.kind == InputKind::Data);
    let wanted: BTreeSet<Digest> = wanted.filter_map(|input| input.digest).collect();
    let mut found = BTreeSet::new();
    for file in crate::confidential::files(spec)? {
        let digest = File::open(&file.path).and_then(|file| Digest::keyed_of(key.bytes(), file));
        found.insert(digest.map_err(|error| {
            Finding::error("data::unreadable", format!("cannot read the file: {}", describe_io_error(&error)))
                .in_file(file.told.clone())
        })?);
    }
    if wanted.is_empty() || wanted == found {
        return Ok(());
    }
    let message = "the case data is not what the release was made from";
    Err(Finding::error("review::other-data", message).in_file(place.to_string_lossy()).into())
}

/// The records that a changed figure counts in one edition and not in the other.
fn behind(change: &Change, reviewed: &Reviewed, editions: &[Edition<'_>; 2]) -> Vec<Traced> {
    let Some(code) = reviewed.jurisdiction.as_deref() else { return Vec::new() };
    for is_national in [false, true] {
        let side = |at: usize| {
            let spec = editions[at].spec;
            let jurisdiction = spec.jurisdictions.iter().position(|one| one.code == code)?;
            let tables = reviewed.tables[at].as_ref();
            let other = reviewed.tables[1 - at].as_ref();
            let here = (!is_national).then_some(jurisdiction);
            let figure = Wanted { spec, tables, other, change, at }.figure(&editions[at].trace, here)?;
            Some((editions[at].trace.members(here, &figure), figure))
        };
        if let (Some((old, old_figure)), Some((new, new_figure))) = (side(0), side(1)) {
            let difference = Difference { editions, figures: [&old_figure, &new_figure], members: [&old, &new] };
            return difference.records();
        }
    }
    Vec::new()
}

/// A change whose figure is looked for in one of the editions.
struct Wanted<'a> {
    spec: &'a Spec,
    tables: Option<&'a Tables>,
    other: Option<&'a Tables>,
    change: &'a Change,
    at: usize,
}

impl<'a> Wanted<'a> {
    fn figure(&self, trace: &Trace<'_>, jurisdiction: Option<usize>) -> Option<Figure<'a>> {
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

    fn all_tables(&self) -> impl Iterator<Item = &'a Tables> {
        self.tables.into_iter().chain(self.other)
    }

    fn county(&self, name: &str) -> Option<Figure<'a>> {
        let found = self.all_tables().flat_map(|tables| &tables.maps).find_map(|map| {
            let geoid = map.names.iter().find(|(_, own)| own.as_str() == name)?.0;
            Some((map.id.as_str(), geoid.as_str()))
        });
        let (id, geoid) = found?;
        let map = self.spec.maps.iter().position(|map| map.name == id)?;
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
        let row = self.spec.counters.iter().position(|row| row.name == published.row)?;
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
    fn population(&self, trace: &Trace<'_>, jurisdiction: Option<usize>) -> Option<Figure<'a>> {
        let kind = if jurisdiction.is_some() { "figures" } else { "national" };
        let [own, other] = [self.tables, self.other].map(|tables| tables.and_then(|tables| tables.figures.as_deref()));
        if let (Some(own), Some(other)) = (own, other) {
            let name = name_in_prose(kind, [own, other], self.printed())?;
            let found = self.spec.populations.iter().position(|population| population.name == name);
            return found.map(Figure::Population);
        }
        let value = self.printed()[0]?;
        // Whatever groups its thousands, and the words that hide a small one.
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        let total = |population: usize| {
            let count = trace.members(jurisdiction, &Figure::Population(population)).records.len();
            count.to_string() == digits
        };
        let mut found = (0..self.spec.populations.len()).filter(|population| total(*population));
        found.next().filter(|_| found.next().is_none()).map(Figure::Population)
    }

    /// A row by its label. A rounding moved the percent alone: its base is what changed.
    fn row(&self, title: &str, label: &str) -> Option<Figure<'a>> {
        let sides = [self.tables, self.other].into_iter().zip(self.printed());
        let (published, row) = sides.into_iter().find_map(|(tables, printed)| {
            let table = tables?.tables.iter().find(|table| table.title == title)?;
            Some((table, row_of(table, label, printed)?))
        })?;
        let table = self.spec.tables.iter().position(|table| table.name == published.id)?;
        if row.role == "total" || self.change.group.is_some() {
            return Some(Figure::Total(table));
        }
        if row.role != "merged" {
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
fn row_of<'a>(table: &'a Table, label: &str, printed: Option<&str>) -> Option<&'a Row> {
    let rows: Vec<&Row> =
        table.rows.iter().filter(|row| row.cells.first().is_some_and(|cell| cell.text == label)).collect();
    let prints = |row: &&&Row| row.cells[1..].iter().any(|cell| Some(cell.text.as_str()) == printed);
    match rows.as_slice() {
        [row] => Some(row),
        rows => {
            let mut fitting = rows.iter().filter(prints);
            fitting.next().filter(|_| fitting.next().is_none()).copied()
        }
    }
}

fn rest<'a>(table: usize, merged: &'a Row, own: Option<&'a Table>) -> Figure<'a> {
    let parent = merged.key.split_last().and_then(|(_, above)| above.last()).map(String::as_str);
    let rows = own.into_iter().flat_map(|own| &own.rows).filter(|row| row.role != "merged" && row.role != "total");
    let beside = rows.filter(|row| {
        row.key.len() == merged.key.len() && row.key[..row.key.len() - 1] == merged.key[..merged.key.len() - 1]
    });
    Figure::Rest(table, parent, beside.filter_map(|row| row.key.last()).map(String::as_str).collect())
}

/// The records of a figure in both editions.
struct Difference<'a, 'e> {
    editions: &'a [Edition<'e>; 2],
    figures: [&'a Figure<'a>; 2],
    members: [&'a Members; 2],
}

impl Difference<'_, '_> {
    fn records(&self) -> Vec<Traced> {
        let ids = [0, 1].map(|at| self.ids(at));
        let mut records: Vec<Traced> = Vec::new();
        for at in [0, 1] {
            let only = ids[at].iter().filter(|(id, _)| !ids[1 - at].contains_key(*id));
            records.extend(only.map(|(id, record)| self.traced(at, id, *record)));
        }
        records.sort_by(|one, other| (one.fate, &one.record).cmp(&(other.fate, &other.record)));
        records
    }

    fn ids(&self, at: usize) -> BTreeMap<&str, usize> {
        let Members { source, records } = self.members[at];
        let trace = &self.editions[at].trace;
        records.iter().filter_map(|record| Some((trace.id(*source, *record)?, *record))).collect()
    }

    /// What became of a record that the figure counts in this edition and not in the other.
    fn traced(&self, at: usize, id: &str, record: usize) -> Traced {
        let (own, other) = (&self.editions[at], &self.editions[1 - at]);
        let source = self.members[at].source;
        let traced = |fate, values| Traced {
            fate,
            source: own.spec.sources[source].name.clone(),
            record: id.to_owned(),
            counts: at == 1,
            values,
        };
        let elsewhere = other.trace.find(self.members[1 - at].source, id);
        let Some(elsewhere) = elsewhere else {
            return traced(if at == 1 { RecordChange::Added } else { RecordChange::Removed }, Vec::new());
        };
        let values = self.values(at, record, elsewhere);
        let column = own.trace.jurisdiction_column(self.figures[at]);
        let is_place = |value: &Value| value.column == column || value.column == COUNTIES;
        let fate = if values.iter().any(is_place) {
            RecordChange::Moved
        } else if values.is_empty() {
            RecordChange::Recounted
        } else {
            RecordChange::Recoded
        };
        traced(fate, values)
    }

    fn values(&self, at: usize, record: usize, elsewhere: usize) -> Vec<Value> {
        let (own, other) = (&self.editions[at].trace, &self.editions[1 - at].trace);
        let mut mine = own.values(self.members[at].source, record);
        let mut theirs = other.values(self.members[1 - at].source, elsewhere);
        if let (Figure::County(map, _), Figure::County(other_map, _)) = (self.figures[at], self.figures[1 - at]) {
            mine.push((COUNTIES, own.counties(*map, record).join(" ")));
            theirs.push((COUNTIES, other.counties(*other_map, elsewhere).join(" ")));
        }
        let pairs = mine.into_iter().filter_map(|(column, value)| {
            let there = theirs.iter().find(|(name, _)| *name == column)?.1.clone();
            let [before, after] = if at == 0 { [value, there] } else { [there, value] };
            (before != after).then(|| Value { column: column.to_owned(), before, after })
        });
        pairs.collect()
    }
}

/// What the counties of a case are called beside its columns.
const COUNTIES: &str = "counties";

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(calls: &str, cases: &str, count: [&str; 2]) -> Tables {
        let row = |parent: &str, count: &str| serde_json::json!({ "key": [parent, "other"], "role": "row", "level": 1, "cells": [{ "text": "Other" }, { "text": count }] });
        let all = serde_json::json!({
            "jurisdiction": { "code": "CT", "name": "Connecticut" },
            "figures": [
                { "id": "figures.calls", "text": calls }, { "id": "figures.cases", "text": cases },
                { "id": "national.calls", "text": "9" },
            ],
            "counters": [],
            "tables": [{ "id": "venue", "title": "VENUE", "columns": [], "rows": [row("labor", count[0]), row("sex", count[1])] }],
            "maps": [],
        });
        Tables::read("test.json", all.to_string().as_bytes()).unwrap()
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
