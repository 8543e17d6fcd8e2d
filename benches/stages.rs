//! What each stage costs. `benches/README.md` says how to run them and what they gave.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use platen::boundaries::{Boundaries, Geography};
use platen::compose::Block;
use platen::confidential::inside;
use platen::diag::Sources;
use platen::map::{self, ClassStyle, MapStyle};
use platen::pipeline::Edition;
use platen::report_spec::{self, Places, Spec};
use platen::typeset::{self, LayoutAssets, Placed};
use tempfile::TempDir;

fn main() {
    divan::main();
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shipped() -> PathBuf {
    repository().join("config/nhth-2016.yaml")
}

fn load(path: &Path) -> Spec {
    report_spec::load(path, &Places::default(), &mut Sources::default()).ok().unwrap()
}

fn geography() -> Geography {
    Geography::open(repository(), repository().join("geodata/2016"), 2016).ok().unwrap()
}

#[divan::bench]
fn read_spec(bencher: Bencher<'_, '_>) {
    bencher.bench(|| load(&shipped()));
}

#[divan::bench]
fn tabulate_connecticut(bencher: Bencher<'_, '_>) {
    let (spec, geography) = (load(&shipped()), geography());
    bencher.bench(|| inside::tabulate(&spec, Some(&geography)).ok().unwrap());
}

/// A project with this many records and one table of this many rows; without a table, only totals are counted.
fn project(records: usize, rows: usize) -> (TempDir, Spec) {
    let folder = tempfile::tempdir().unwrap();
    for name in ["config", "data", "layouts/none", "fonts"] {
        fs::create_dir_all(folder.path().join(name)).unwrap();
    }
    let mut csv = "id,received_on,state,related,code\n".to_owned();
    for record in 0..records {
        let (month, day, state) = (record % 12 + 1, record % 28 + 1, ["CT", "NY", "TX"][record % 3]);
        let code = record * 7919 % rows;
        writeln!(csv, "SYN-{record:07},2016-{month:02}-{day:02},{state},{},c{code:03}", record % 5 > 0).unwrap();
    }
    fs::write(folder.path().join("data/records.csv"), csv).unwrap();
    let mut spec = r#"
edition: bench
title: Bench
publisher: Bench
subject: Synthetic records
output: bench
layout: layouts/none
language: { locale: en_US, dates: { year: "%Y" } }
period: { from: 2016-01-01, to: 2016-12-31 }
data_date: 2017-03-08
jurisdictions: { CT: { name: Connecticut }, NY: { name: New York }, TX: { name: Texas } }
sources:
  records:
    file: data/records.csv
    columns:
      id: { type: id }
      received_on: { type: date, in_period: true }
      state: { type: jurisdiction }
      related: { type: boolean }
      code: { type: code, list: codes }
populations:
  records: { source: records, jurisdiction: state, where: { column: related, is: true }, small_counts: mask }
small_counts: { threshold: 3, zero: hide, prose: few, counter: Few, cell: Few, neutral: Not shown, percent: N/A }
tables:
  codes:
    of: records
    rows: { codes: code }
    columns: [{ cell: label, head: CODE }, { cell: count, head: RECORDS }]
    small_counts: { rule: suppress }
running_head: { series: Bench, line: Bench }
content: [{ table: codes }]
code_lists:
  codes:
"#
    .to_owned();
    for row in 0..rows {
        writeln!(spec, "    - {{ code: c{row:03}, label: Row {row} }}").unwrap();
    }
    let path = folder.path().join("config/bench.yaml");
    fs::write(&path, spec).unwrap();
    let spec = load(&path);
    (folder, spec)
}

const RECORDS: usize = 200_000;

/// Reads, checks and counts; the rate is records a second, and should not depend on the rows of the table.
#[divan::bench(args = [5, 50, 500], sample_count = 20)]
fn tabulate_records_by_rows(bencher: Bencher<'_, '_>, rows: usize) {
    let (_folder, spec) = project(RECORDS, rows);
    bencher.counter(ItemsCount::new(RECORDS)).bench(|| inside::tabulate(&spec, None).ok().unwrap());
}

/// Reads and checks, and counts nothing: the part of the above that is not counting.
#[divan::bench(args = [5, 500], sample_count = 20)]
fn read_records_by_rows(bencher: Bencher<'_, '_>, rows: usize) {
    let (_folder, spec) = project(RECORDS, rows);
    bencher.counter(ItemsCount::new(RECORDS)).bench(|| {
        let mut records = 0;
        inside::read(&spec, None, |_, batch| records += batch.len()).ok().unwrap();
        assert_eq!(records, RECORDS);
    });
}

#[divan::bench]
fn disclose_connecticut(bencher: Bencher<'_, '_>) {
    let (spec, geography) = (load(&shipped()), geography());
    let (counts, _) = inside::tabulate(&spec, Some(&geography)).ok().unwrap();
    bencher.bench(|| inside::disclose(&spec, &counts).ok().unwrap());
}

fn shades(boundaries: &Boundaries) -> std::collections::BTreeMap<platen::boundaries::Geoid, report_spec::ClassId> {
    // Every third county is left unshaded.
    let counties = boundaries.counties.iter().enumerate().filter(|(at, _)| at % 3 > 0);
    counties.map(|(at, county)| (county.geoid.clone(), (at % 4).into())).collect()
}

#[divan::bench(args = ["CT", "TX"], sample_count = 20)]
fn draw_map(bencher: Bencher<'_, '_>, code: &str) {
    let geography = geography();
    let state = geography.state(code).ok().unwrap();
    let font = fs::read(repository().join("fonts/source-sans-3/SourceSans3-Regular.ttf")).unwrap();
    let classes = [[252, 187, 161], [251, 106, 74], [203, 24, 29], [103, 0, 13]];
    let classes = classes.map(|rgb| ClassStyle { rgb, label: "3–4 cases".into() });
    let style = MapStyle::new(classes.to_vec().into(), "Fewer than three cases", "Cases by county", &font);
    let shades = shades(&state.boundaries);
    bencher.bench(|| map::draw(&state.boundaries, &shades, &style).unwrap());
}

fn connecticut() -> Edition {
    Edition::load(&shipped(), &Places::default(), &[], &mut Sources::default()).ok().unwrap()
}

#[divan::bench]
fn compose_connecticut(bencher: Bencher<'_, '_>) {
    let edition = connecticut();
    bencher.bench(|| edition.compose(black_box(&edition.published[0])).ok().unwrap());
}

/// Typesets with the picture ready. What the typesetter remembers of the run before is thrown away.
#[divan::bench(sample_count = 20)]
fn typeset_connecticut(bencher: Bencher<'_, '_>) {
    let edition = connecticut();
    let document = edition.documents().ok().unwrap().remove(0);
    let out = tempfile::tempdir().unwrap();
    edition.build(out.path()).ok().unwrap();
    let png = fs::read(out.path().join("maps/Connecticut-2016.png")).unwrap();
    let has_map = document.blocks.iter().any(|block| matches!(block, Block::Figure(_)));
    assert!(has_map, "the report has its map");
    let (width, height) = (platen::unit::Pt(468.0), platen::unit::Pt(331.0));
    let picture = Placed { png, width, height };
    let spec = &edition.spec;
    let assets = LayoutAssets::read(&spec.layout, &spec.fonts, &spec.root).ok().unwrap();
    bencher.with_inputs(|| typeset::forget(0)).bench_values(|()| {
        typeset::access_copy(&assets, &document, std::slice::from_ref(&picture), &[]).ok().unwrap().pdf
    });
}

/// Everything that `platen build` does, from the spec to the published files.
#[divan::bench(sample_count = 20)]
fn build_connecticut(bencher: Bencher<'_, '_>) {
    let out = tempfile::tempdir().unwrap();
    bencher.with_inputs(|| typeset::forget(0)).bench_values(|()| connecticut().build(out.path()).ok().unwrap());
}
