//! The records behind the changed figures, from the case data of both editions: for local use, confidential.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::boundaries::Geography;
use crate::confidential::trace::{Members, RecordId, Trace};
use crate::diag::{Finding, Findings, Sources, code, describe_io_error};
use crate::figures::{FigureId, RowId};
use crate::release::{InputKind, no_spec};
use crate::report_spec::{self, Places, Spec, TiSlice};
use crate::unit::Digest;

use super::cause::{Cause, CauseId, CauseKind};
use super::change::{Change, Group, RecordChange, Traced, Value};
use super::run::{Review, Reviewed, ReviewedRelease};
use super::side::Side;

/// Where the case data of an edition is.
pub struct CaseData {
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
pub fn trace(review: &mut Review, data: [&CaseData; 2], sources: &mut Sources) -> Result<(), Findings> {
    let release = |side: Side| review.releases.as_ref().map(|releases| side.of(releases));
    let mut load = |side: Side| load(side.of::<&CaseData>(&data), release(side), sources);
    let ((old_spec, _), (new_spec, files)) = (load(Side::Old)?, load(Side::New)?);
    let (old_places, new_places) = (Geography::of(&old_spec)?, Geography::of(&new_spec)?);
    let (old, new) =
        rayon::join(|| Trace::read(&old_spec, old_places.as_ref()), || Trace::read(&new_spec, new_places.as_ref()));
    let editions = [Edition { spec: &old_spec, trace: old? }, Edition { spec: &new_spec, trace: new? }];
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
fn narrow(change: &mut Change, files: &Files, causes: &TiSlice<CauseId, Cause>) {
    let file = |record: &Traced| {
        let is_elsewhere = record.values.iter().any(|value| value.column == COUNTIES);
        files.get(if is_elsewhere { COUNTIES } else { record.source.as_str() })
    };
    let sources: BTreeSet<&String> = change.records.iter().filter_map(file).flatten().collect();
    let is_own = |cause: &CauseId| causes[*cause].input == CauseKind::Data && sources.contains(&causes[*cause].path);
    let own: Vec<CauseId> = change.causes.iter().copied().filter(is_own).collect();
    // Where another rule counts a record, the spec is behind it as well.
    if !own.is_empty() && change.records.iter().all(|record| record.change != RecordChange::Recounted) {
        change.causes = own;
    }
}

/// Loads the spec of an edition and leads its sources to the data.
///
/// Returns as well the files of each source as the manifest names them, by the source's name, and those of the counties.
fn load(data: &CaseData, release: Option<&ReviewedRelease>, sources: &mut Sources) -> Result<(Spec, Files), Findings> {
    let (path, folder) = if data.place.is_dir() {
        let path = data.spec.clone().or_else(|| named(&data.place, release)).ok_or_else(|| {
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
    release.map(|release| is_of(&spec, release, &data.place)).transpose()?;
    Ok((spec, files))
}

/// The spec that a release names: in the project that holds the data, or in this folder.
fn named(place: &Path, release: Option<&ReviewedRelease>) -> Option<PathBuf> {
    let spec = Path::new(&release?.manifest.spec);
    let above = std::fs::canonicalize(place).ok()?;
    let here = std::env::current_dir().and_then(|folder| folder.canonicalize()).ok();
    // No link leads out of the project.
    let within =
        |folder: &Path| folder.join(spec).canonicalize().ok().filter(|path| path.is_file() && path.starts_with(folder));
    above.ancestors().chain(here.as_deref()).find_map(within)
}

/// Refuses data that a release was not made from; without a key in the spec nobody can tell.
fn is_of(spec: &Spec, release: &ReviewedRelease, place: &Path) -> Result<(), Findings> {
    let Some(key) = &spec.data_key else { return Ok(()) };
    let wanted = release.manifest.inputs.iter().filter(|input| input.kind == InputKind::Data);
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
    let members = |side: Side| {
        let Edition { spec, trace } = side.of(editions);
        let code = reviewed.jurisdiction.as_deref()?;
        let jurisdiction = spec.jurisdictions.position(|own| own.code == code)?;
        let figure = counted(change, side)?;
        Some((trace.members(jurisdiction, &figure, side.of(&reviewed.tables).as_ref())?, figure))
    };
    let (Some((old, old_figure)), Some((new, new_figure))) = (members(Side::Old), members(Side::New)) else {
        return Vec::new();
    };
    Difference { editions, figures: [&old_figure, &new_figure], members: [&old, &new] }.records()
}

/// The figure whose records are behind a change, by its name in an edition, or else by that in the other one. Where a rounding
/// moved the percent alone, its base is what changed.
fn counted(change: &Change, side: Side) -> Option<FigureId> {
    let figure = side.of(&change.figures).as_ref().or(side.other().of(&change.figures).as_ref())?;
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
        let ids = Side::BOTH.map(|side| self.ids(side));
        let mut records: Vec<Traced> = Vec::new();
        for side in Side::BOTH {
            let only = side.of(&ids).iter().filter(|(id, _)| !side.other().of(&ids).contains_key(*id));
            records.extend(only.map(|(id, record)| self.traced(side, id, *record)));
        }
        records.sort_by(|a, b| (a.change, &a.record).cmp(&(b.change, &b.record)));
        records
    }

    fn ids(&self, side: Side) -> BTreeMap<&str, RecordId> {
        let Members { source, records } = side.of(&self.members);
        let trace = &side.of(self.editions).trace;
        records.iter().filter_map(|record| Some((trace.id(*source, *record)?, *record))).collect()
    }

    /// What became of a record that the figure counts in this edition and not in the other.
    fn traced(&self, side: Side, id: &str, record: RecordId) -> Traced {
        let (own, other) = (side.of(self.editions), side.other().of(self.editions));
        let source = side.of(&self.members).source;
        let traced = |change, values| Traced {
            change,
            source: own.spec.sources[source].name.clone(),
            record: id.to_owned(),
            counts: side == Side::New,
            values,
        };
        let elsewhere = other.trace.find(side.other().of(&self.members).source, id);
        let Some(elsewhere) = elsewhere else {
            return match side {
                Side::Old => traced(RecordChange::Removed, Vec::new()),
                Side::New => traced(RecordChange::Added, Vec::new()),
            };
        };
        let values = self.values(side, record, elsewhere);
        let column = own.trace.jurisdiction_column(side.of::<&FigureId>(&self.figures));
        let is_place = |value: &Value| Some(value.column.as_str()) == column || value.column == COUNTIES;
        let change = if values.iter().any(is_place) {
            RecordChange::Moved
        } else if values.is_empty() {
            RecordChange::Recounted
        } else {
            RecordChange::Recoded
        };
        traced(change, values)
    }

    fn values(&self, side: Side, record: RecordId, elsewhere: RecordId) -> Vec<Value> {
        let of = |side: Side, record: RecordId| {
            let trace = &side.of(self.editions).trace;
            let values = trace.values(side.of(&self.members).source, record);
            (values, trace.counties(side.of::<&FigureId>(&self.figures), record))
        };
        let ((mut own, here), (mut other, there)) = (of(side, record), of(side.other(), elsewhere));
        if let Some((here, there)) = here.zip(there) {
            own.push((COUNTIES, here.join(" ")));
            other.push((COUNTIES, there.join(" ")));
        }
        let pairs = own.into_iter().filter_map(|(column, value)| {
            let there = other.iter().find(|(name, _)| *name == column)?.1.clone();
            let [before, after] = side.pair(value, there);
            (before != after).then(|| Value { column: column.to_owned(), before, after })
        });
        pairs.collect()
    }
}

/// What the counties of a case are called beside its columns.
const COUNTIES: &str = "counties";

#[cfg(test)]
mod tests {
    use super::super::change::Place;
    use super::super::kind::Kind;
    use super::*;
    use crate::figures::RowRole;
    use crate::report_spec::CellKind;

    #[test]
    fn a_percent_that_rounding_moved_has_the_records_of_its_base() {
        let row = RowId::category(RowRole::Row, &[], "tip");
        let cell = FigureId::Cell { table: "reason".into(), row, column: CellKind::Percent };
        let change =
            Change { figures: [None, Some(cell.clone())], ..Change::new(Kind::Percent, Place::default(), None, None) };
        assert_eq!(Side::BOTH.map(|side| counted(&change, side)), [Some(cell.clone()), Some(cell)]);
        let rounded = Change { group: Some(Group::Rounding), ..change };
        assert_eq!(counted(&rounded, Side::New).unwrap().to_string(), "reason/(total)");
    }
}
