//! Published reference figures: what the sources do not cover.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use crate::diag::{Code, Finding, Findings, Place, Tally, code, nearest};
use crate::report_spec::{JurisdictionId, Limits, PopulationId, Spec};
use crate::unit::{Count, nfc};

use super::csv::{Bounds, Cutter, Record, Texts, broken_reference, field_count, not_utf8};
use super::decode::shown;
use super::open;

/// Columns of the file.
const HEADER: [&str; 3] = ["population", "jurisdiction", "count"];

/// How much a figure may take; three short values need no setting.
const LIMITS: Limits = Limits { record_kib: 64, field_kib: 64, page_kib: 64 };

/// Published counts by population and jurisdiction; the nation stands as `None`.
pub(crate) type Reference = BTreeMap<(PopulationId, Option<JurisdictionId>), Count>;

/// Reads the spec's reference file; without one there are no reference figures.
///
/// # Errors
/// Reports every line that names no population, no jurisdiction or no whole number, or repeats another.
pub fn read_reference(spec: &Spec) -> Result<Reference, Findings> {
    let figures = Reference::new();
    let Some((path, nation)) = &spec.reference else {
        let missing = missing(spec, &figures, &spec.file);
        return if missing.is_empty() { Ok(figures) } else { Err(missing) };
    };
    let file: Arc<str> = path.strip_prefix(&spec.root).unwrap_or(path).to_string_lossy().into();
    let opened = open::text(path, &file)?;
    let mut reading = Reading { spec, nation, file, figures, tally: Tally::default() };
    reading.all(&mut Cutter::new(opened.reader, Bounds::of(LIMITS)));
    let Reading { file, figures, tally, .. } = reading;
    let mut findings = tally.into_findings();
    if findings.is_empty() {
        findings = missing(spec, &figures, &file);
    }
    if findings.is_empty() { Ok(figures) } else { Err(findings) }
}

/// What was read so far.
struct Reading<'a> {
    spec: &'a Spec,
    nation: &'a str,
    file: Arc<str>,
    figures: Reference,
    tally: Tally,
}

impl Reading<'_> {
    /// Reads the header and all records, up to what no record can be cut from.
    fn all(&mut self, cutter: &mut Cutter<impl Read>) {
        let mut record = Record::default();
        for number in 0.. {
            match cutter.read(&mut record) {
                Ok(true) => {}
                Ok(false) if number == 0 => return self.stop(empty(&self.file)),
                Ok(false) => return,
                Err(fault) => return self.stop(broken_reference(&self.file, LIMITS, &fault)),
            }
            let Ok(values) = record.texts() else { return self.stop(not_utf8(&self.file, &record)) };
            if number > 0 {
                self.record(&record, values);
            } else if values.iter().ne(HEADER) {
                let message = format!("the header must be `{}`", HEADER.join(","));
                return self.add(record.line(), (code::data::MISSING_COLUMN, None, message, None));
            }
        }
    }

    fn record(&mut self, record: &Record, values: Texts<'_>) {
        if record.len() != HEADER.len() {
            let file = &self.file;
            return self.tally.add(code::data::FIELD_COUNT, || field_count(file, record, HEADER.len()));
        }
        match figure(self.spec, self.nation, values) {
            Ok((key, count)) if self.figures.insert(key, count).is_none() => {}
            Ok(_) => {
                let message = "the figure of this population and jurisdiction stands in an earlier line too";
                self.add(record.line(), (code::data::DUPLICATE_FIGURE, None, message.into(), None));
            }
            Err(fault) => self.add(fault.1.map_or(record.line(), |column| values.line(column)), fault),
        }
    }

    fn stop(&mut self, finding: Finding) {
        self.tally.add(finding.code, || finding);
    }

    fn add(&mut self, line: u64, (code, column, message, help): Fault) {
        let file = &self.file;
        self.tally.add(code, || {
            let column = column.map(|column| HEADER[column].to_owned());
            Finding::error(code, message).at(Place::Record { file: file.clone(), line, column }).help(help)
        });
    }
}

/// Lists the figures that a rank needs and neither the sources nor the reference file give: a rank among
/// guessed zeros would be wrong in silence.
fn missing(spec: &Spec, figures: &Reference, file: &Arc<str>) -> Findings {
    let mut findings = Findings::new();
    for (rank, population) in &spec.ranks {
        let uncovered = spec.jurisdictions.iter_enumerated().filter(|(id, jurisdiction)| {
            jurisdiction.ranked && !spec.coverage.contains(id) && !figures.contains_key(&(*population, Some(*id)))
        });
        let codes: Vec<&str> = uncovered.map(|(_, jurisdiction)| jurisdiction.code.as_str()).collect();
        if !codes.is_empty() {
            let name = &spec.populations[*population].name;
            let message = format!("the rank `{rank}` needs the `{name}` of {}", codes.join(", "));
            let help = "add their figures to the reference file, or take them out of the rank".to_owned();
            findings.push(Finding::error(code::data::MISSING_REFERENCE, message).in_file(file.clone()).help(help));
        }
    }
    findings
}

/// Code, column, words, hint.
type Fault = (Code, Option<usize>, String, Option<String>);

fn figure(
    spec: &Spec,
    nation: &str,
    values: Texts<'_>,
) -> Result<((PopulationId, Option<JurisdictionId>), Count), Fault> {
    let [population, jurisdiction, count] = [0, 1, 2].map(|at| values.get(at).unwrap_or_default());
    let mean = |known: Option<&str>| known.map(|known| format!("did you mean `{known}`?"));
    let populations = spec.populations.iter().map(|population| population.name.as_str());
    let population =
        spec.populations.position(|candidate| nfc(&candidate.name) == nfc(population)).ok_or_else(|| {
            let message = format!("no population is called `{}`", shown(population));
            (code::data::UNKNOWN_POPULATION, Some(0), message, mean(nearest(population, populations)))
        })?;
    let codes = spec.jurisdictions.iter().map(|jurisdiction| jurisdiction.code.as_str());
    let place = match jurisdiction {
        code if nfc(code) == nfc(nation) => None,
        code => {
            Some(spec.jurisdictions.position(|jurisdiction| nfc(&jurisdiction.code) == nfc(code)).ok_or_else(|| {
                let message = format!("no jurisdiction has the code `{}`", shown(code));
                (code::data::UNKNOWN_JURISDICTION, Some(1), message, mean(nearest(code, codes)))
            })?)
        }
    };
    let no_number = || (code::data::NOT_A_NUMBER, Some(2), "the count is no whole number".to_owned(), None);
    let count = count.parse().map_err(|_| no_number())?;
    Ok(((population, place), Count::new(count)))
}

fn empty(name: &Arc<str>) -> Finding {
    Finding::error(code::data::EMPTY_FILE, "the file is empty")
        .in_file(name.clone())
        .help(format!("its header is `{}`", HEADER.join(",")))
}
