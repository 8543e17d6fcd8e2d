//! Published reference figures: what the sources do not cover.

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};

use crate::diag::{Finding, Findings, Place, Tally, io_words, nearest};
use crate::spec::Spec;
use crate::unit::Count;

use super::csv_file;
use super::decode::shown;

/// Columns of the file.
const HEADER: [&str; 3] = ["population", "jurisdiction", "count"];

/// Published counts by population and jurisdiction; the nation stands as `None`.
pub type Reference = BTreeMap<(usize, Option<usize>), Count>;

/// Reads the spec's reference file; without one there are no reference figures.
///
/// # Errors
/// Reports every line that names no population, no jurisdiction or no whole number, or repeats another.
pub fn read_reference(spec: &Spec) -> Result<Reference, Findings> {
    let mut figures = Reference::new();
    let Some((path, nation)) = &spec.reference else {
        let missing = missing(spec, &figures, &spec.file);
        return if missing.is_empty() { Ok(figures) } else { Err(missing) };
    };
    let name: Arc<str> = path.strip_prefix(&spec.root).unwrap_or(path).to_string_lossy().into();
    let file = File::open(path).map_err(|error| {
        let message = format!("cannot read the reference figures: {}", io_words(&error));
        Finding::error("data::unreadable", message).in_file(name.clone())
    })?;
    let mut tally = Tally::default();
    let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(file);
    let mut record = StringRecord::new();
    let mut is_header = true;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) if is_header => {
                tally.add("data::empty-file", || {
                    Finding::error("data::empty-file", "the file is empty")
                        .in_file(name.clone())
                        .help(format!("its header is `{}`", HEADER.join(",")))
                });
                break;
            }
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let line = error.position().map_or(reader.position().line(), csv::Position::line);
                let finding = csv_file::broken(&name, line, &error);
                tally.add(finding.code, || finding);
                break;
            }
        }
        let line = record.position().map_or(0, csv::Position::line);
        if std::mem::take(&mut is_header) {
            if record.iter().ne(HEADER) {
                let message = format!("the header must be `{}`", HEADER.join(","));
                add(&mut tally, &name, 1, ("data::missing-column", None, message, None));
                break;
            }
        } else if record.len() != HEADER.len() {
            tally.add("data::field-count", || csv_file::field_count(&name, line, &record, HEADER.len()));
        } else {
            match figure(spec, nation, &record) {
                Ok((key, count)) if figures.insert(key, count).is_none() => {}
                Ok(_) => {
                    let message = "the figure of this population and jurisdiction stands in an earlier line too";
                    add(&mut tally, &name, line, ("data::duplicate-figure", None, message.into(), None));
                }
                Err(fault) => add(&mut tally, &name, line, fault),
            }
        }
    }
    let mut findings = tally.into_findings();
    if findings.is_empty() {
        findings = missing(spec, &figures, &name);
    }
    if findings.is_empty() { Ok(figures) } else { Err(findings) }
}

/// Lists the figures that a rank needs and neither the sources nor the reference file give: a rank among
/// guessed zeros would be wrong in silence.
fn missing(spec: &Spec, figures: &Reference, file: &Arc<str>) -> Findings {
    let mut findings = Findings::new();
    for (rank, population) in &spec.ranks {
        let uncovered = spec.jurisdictions.iter().enumerate().filter(|(index, one)| {
            one.ranked && !spec.coverage.contains(index) && !figures.contains_key(&(*population, Some(*index)))
        });
        let codes: Vec<&str> = uncovered.map(|(_, one)| one.code.as_str()).collect();
        if !codes.is_empty() {
            let name = &spec.populations[*population].name;
            let message = format!("the rank `{rank}` needs the `{name}` of {}", codes.join(", "));
            let help = "add their figures to the reference file, or take them out of the rank".to_owned();
            findings.push(Finding::error("data::missing-reference", message).in_file(file.clone()).help(help));
        }
    }
    findings
}

/// Code, column, words, hint.
type Fault = (&'static str, Option<usize>, String, Option<String>);

fn figure(spec: &Spec, nation: &str, record: &StringRecord) -> Result<((usize, Option<usize>), Count), Fault> {
    let [population, jurisdiction, count] = [0, 1, 2].map(|at| record.get(at).unwrap_or_default());
    let mean = |known: Option<&str>| known.map(|known| format!("did you mean `{known}`?"));
    let populations = spec.populations.iter().map(|one| one.name.as_str());
    let population_index = populations.clone().position(|one| one == population).ok_or_else(|| {
        let message = format!("no population is called `{}`", shown(population));
        ("data::unknown-population", Some(0), message, mean(nearest(population, populations)))
    })?;
    let codes = spec.jurisdictions.iter().map(|one| one.code.as_str());
    let place = match jurisdiction {
        code if code == nation => None,
        code => Some(codes.clone().position(|one| one == code).ok_or_else(|| {
            let message = format!("no jurisdiction has the code `{}`", shown(code));
            ("data::unknown-jurisdiction", Some(1), message, mean(nearest(code, codes)))
        })?),
    };
    let no_number = || ("data::not-a-number", Some(2), "the count is no whole number".to_owned(), None);
    let count = count.parse().map_err(|_| no_number())?;
    Ok(((population_index, place), Count::new(count)))
}

fn add(tally: &mut Tally, name: &Arc<str>, line: u64, (code, column, message, help): Fault) {
    tally.add(code, || {
        let column = column.map(|column| HEADER[column].to_owned());
        Finding::error(code, message).at(Place::Record { file: name.clone(), line, column }).help(help)
    });
}
