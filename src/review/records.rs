//! The records behind the changed figures, from the case data of both editions: for local use, confidential.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::boundaries::Geography;
use crate::confidential::trace::{Members, RecordId, Trace};
use crate::diag::{Finding, Findings, Sources, code, describe_io_error};
use crate::figures::{FigureId, RowId};
use crate::release::{Kind as InputKind, no_spec};
use crate::report_spec::{self, Places, Spec};
use crate::review::{Cause, CauseKind, Change, Group, RecordChange, Traced, Value};
use crate::unit::Digest;

use super::run::{Review, Reviewed, Side};

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
    let geographies = [Geography::of(&specs[0])?, Geography::of(&specs[1])?];
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
            Finding::error(code::review::NO_SPEC, "it is not known which report spec these data belong to")
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
            let loaded = report_spec::load(&path, &places, &mut own);
            let spec = loaded.map_err(|faults| no_spec(&path, &faults, "name the spec by `--spec`"))?;
            own.iter().for_each(|(name, text)| sources.add((name.clone(), text.clone())));
            spec
        }
        false => report_spec::load(&path, &places, sources)?,
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
            Finding::error(code::data::UNREADABLE, format!("cannot read the file: {}", describe_io_error(&error)))
                .in_file(file.told.clone())
        })?);
    }
    if wanted.is_empty() || wanted == found {
        return Ok(());
    }
    let message = "the case data is not what the release was made from";
    Err(Finding::error(code::review::OTHER_DATA, message).in_file(place.to_string_lossy()).into())
}

/// The records that a changed figure counts in one edition and not in the other.
fn behind(change: &Change, reviewed: &Reviewed, editions: &[Edition<'_>; 2]) -> Vec<Traced> {
    let side = |at: usize| {
        let Edition { spec, trace } = &editions[at];
        let code = reviewed.jurisdiction.as_deref()?;
        let jurisdiction = spec.jurisdictions.position(|own| own.code == code)?;
        let figure = counted(change, at)?;
        Some((trace.members(jurisdiction, &figure, reviewed.tables[at].as_ref())?, figure))
    };
    let (Some((old, old_figure)), Some((new, new_figure))) = (side(0), side(1)) else { return Vec::new() };
    Difference { editions, figures: [&old_figure, &new_figure], members: [&old, &new] }.records()
}

/// The figure whose records are behind a change, by its name in an edition, or else by that in the other one. Where a rounding
/// moved the percent alone, its base is what changed.
fn counted(change: &Change, at: usize) -> Option<FigureId> {
    let figure = change.figures[at].as_ref().or(change.figures[1 - at].as_ref())?;
    match figure {
        FigureId::Cell { table, .. } if change.group == Some(Group::Rounding) => {
            Some(FigureId::Row { table: table.clone(), row: RowId::total() })
        }
        figure => Some(figure.clone()),
    }
}

/// The records of a figure in both editions.
struct Difference<'a, 'e> {
    editions: &'a [Edition<'e>; 2],
    figures: [&'a FigureId; 2],
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
        records.sort_by(|a, b| (a.fate, &a.record).cmp(&(b.fate, &b.record)));
        records
    }

    fn ids(&self, at: usize) -> BTreeMap<&str, RecordId> {
        let Members { source, records } = self.members[at];
        let trace = &self.editions[at].trace;
        records.iter().filter_map(|record| Some((trace.id(*source, *record)?, *record))).collect()
    }

    /// What became of a record that the figure counts in this edition and not in the other.
    fn traced(&self, at: usize, id: &str, record: RecordId) -> Traced {
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
        let is_place = |value: &Value| Some(value.column.as_str()) == column || value.column == COUNTIES;
        let fate = if values.iter().any(is_place) {
            RecordChange::Moved
        } else if values.is_empty() {
            RecordChange::Recounted
        } else {
            RecordChange::Recoded
        };
        traced(fate, values)
    }

    fn values(&self, at: usize, record: RecordId, elsewhere: RecordId) -> Vec<Value> {
        let (own, other) = (&self.editions[at].trace, &self.editions[1 - at].trace);
        let mut mine = own.values(self.members[at].source, record);
        let mut theirs = other.values(self.members[1 - at].source, elsewhere);
        let counties = own.counties(self.figures[at], record).zip(other.counties(self.figures[1 - at], elsewhere));
        if let Some((here, there)) = counties {
            mine.push((COUNTIES, here.join(" ")));
            theirs.push((COUNTIES, there.join(" ")));
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
    use crate::figures::RowRole;
    use crate::report_spec::CellKind;
    use crate::review::{Kind, Place};

    use super::*;

    #[test]
    fn a_percent_that_rounding_moved_has_the_records_of_its_base() {
        let row = RowId::category(RowRole::Row, &[], "tip");
        let cell = FigureId::Cell { table: "reason".into(), row, column: CellKind::Percent };
        let change =
            Change { figures: [None, Some(cell.clone())], ..Change::new(Kind::Percent, Place::default(), None, None) };
        assert_eq!([counted(&change, 0), counted(&change, 1)], [Some(cell.clone()), Some(cell)]);
        let rounded = Change { group: Some(Group::Rounding), ..change };
        assert_eq!(counted(&rounded, 1).unwrap().to_string(), "reason/(total)");
    }
}
