//! Published reference figures: what the sources do not cover.

use std::collections::BTreeMap;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};

use crate::diag::{Finding, Findings, Place, Tally, nearest};
use crate::spec::Spec;
use crate::unit::Count;

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
    let unreadable = |error: csv::Error| {
        Finding::error("data::unreadable", format!("cannot read the reference figures: {error}")).in_file(name.clone())
    };
    let mut reader = ReaderBuilder::new().flexible(true).from_path(path).map_err(unreadable)?;
    let header = reader.headers().map_err(unreadable)?.clone();
    if header.iter().ne(["population", "jurisdiction", "count"]) {
        let message = "the header must be `population,jurisdiction,count`";
        return Err(Finding::error("data::missing-column", message)
            .at(Place::Record { file: name, line: 1, column: None })
            .into());
    }
    let mut tally = Tally::default();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(unreadable)? {
        let line = record.position().map_or(0, csv::Position::line);
        match figure(spec, nation, &record) {
            Ok((key, count)) if figures.insert(key, count).is_none() => {}
            Ok(_) => add(
                &mut tally,
                &name,
                line,
                ("data::duplicate-id", "this figure stands in an earlier line too".into(), None),
            ),
            Err(fault) => add(&mut tally, &name, line, fault),
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

type Fault = (&'static str, String, Option<String>);

fn figure(spec: &Spec, nation: &str, record: &StringRecord) -> Result<((usize, Option<usize>), Count), Fault> {
    let [population, jurisdiction, count] = [0, 1, 2].map(|at| record.get(at).unwrap_or_default());
    let mean = |known: Option<&str>| known.map(|known| format!("did you mean `{known}`?"));
    let populations = spec.populations.iter().map(|one| one.name.as_str());
    let population_index = populations.clone().position(|one| one == population).ok_or_else(|| {
        (
            "data::unknown-code",
            format!("no population is called `{population}`"),
            mean(nearest(population, populations)),
        )
    })?;
    let codes = spec.jurisdictions.iter().map(|one| one.code.as_str());
    let place = match jurisdiction {
        code if code == nation => None,
        code => Some(codes.clone().position(|one| one == code).ok_or_else(|| {
            ("data::unknown-jurisdiction", format!("no jurisdiction has the code `{code}`"), mean(nearest(code, codes)))
        })?),
    };
    let count = count.parse().map_err(|_| ("data::not-a-number", "the count is no whole number".to_owned(), None))?;
    Ok(((population_index, place), Count::new(count)))
}

fn add(tally: &mut Tally, name: &Arc<str>, line: u64, (code, message, help): Fault) {
    tally.add(code, || {
        Finding::error(code, message).at(Place::Record { file: name.clone(), line, column: None }).help(help)
    });
}
