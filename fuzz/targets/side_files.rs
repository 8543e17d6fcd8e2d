//! Any bytes as one of the JSON and YAML files beside specs and releases; the first byte says which.

#![no_main]

use std::io::Write as _;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;
use platen::boundaries::{CountyIndex, Geography, Reach, outlines};
use platen::confidential::inside;
use platen::diag::Sources;
use platen::figures::PublishedTables;
use platen::release::{DecisionsFile, ExistingRelease, Ledger};
use platen::report_spec::Spec;
use platen::{press, review};
use platen_fuzz::{Project, check, check_alone};

static PROJECT: LazyLock<Project> = LazyLock::new(Project::new);

/// A spec with a file of reference figures.
static SPEC: LazyLock<Spec> = LazyLock::new(|| {
    let mut spec = PROJECT.spec();
    spec.reference = Some((PROJECT.path("data/reference.csv"), "US".into()));
    spec
});

fuzz_target!(init: platen::diag::tell_panics_by_place(), |bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else { return };
    match which % 10 {
        0 => drop(std::str::from_utf8(rest).map(CountyIndex::parse)),
        1 => drop(outlines("outlines.geojson", rest)),
        2 => release_file("manifest.json", rest),
        3 => release_file("approvals.json", rest),
        4 => {
            PROJECT.write("data/decisions.json", rest);
            if let Err(finding) = DecisionsFile::read(&PROJECT.path("data/decisions.json")) {
                check_alone(&finding.into());
            }
        }
        5 => drop(PublishedTables::read("tables.json", rest)),
        6 => yaml_file("config/profile.yaml", rest, |path, sources| press::load(path, sources).map(drop)),
        7 => yaml_file("config/review.yaml", rest, |path, sources| review::Policy::read(path, sources).map(drop)),
        8 => reference(rest),
        _ => detail(rest),
    }
});

fn release_file(name: &str, content: &[u8]) {
    let folder = PROJECT.path("data");
    let _ = std::fs::remove_file(folder.join("approvals.json"));
    PROJECT.write(&format!("data/{name}"), content);
    drop(ExistingRelease::read(&folder));
    drop(Ledger::read(&folder));
}

/// Published reference figures (CSV).
fn reference(content: &[u8]) {
    PROJECT.write("data/reference.csv", content);
    if let Err(findings) = inside::read_reference(&SPEC) {
        check_alone(&findings);
    }
}

/// Detailed boundaries (TopoJSON, packed).
fn detail(content: &[u8]) {
    let mut packed = GzEncoder::new(Vec::new(), Compression::none());
    packed.write_all(content).expect("a list takes all bytes");
    PROJECT.write("geodata/2016/CT.topojson.gz", packed.finish().expect("a list takes all bytes"));
    PROJECT.write("geodata/2016/CT.geojson", include_str!("../project/geodata/CT.geojson"));
    PROJECT.write("geodata/2016/index.json", include_str!("../project/geodata/index.json"));
    match Geography::open(&PROJECT.path(""), PROJECT.path("geodata/2016"), 2016) {
        Ok(geography) => {
            let reach = Reach { line_m: 1000.0, shore_m: 5000.0 };
            if let Err(findings) = geography.place("CT", -72.5, 41.5, reach) {
                check_alone(&findings);
            }
        }
        Err(findings) => check_alone(&findings.into()),
    }
}

fn yaml_file(
    file: &str,
    content: &[u8],
    read: impl FnOnce(&std::path::Path, &mut Sources) -> Result<(), platen::diag::Findings>,
) {
    PROJECT.write(file, content);
    let mut sources = Sources::default();
    if let Err(findings) = read(&PROJECT.path(file), &mut sources) {
        check(&findings, &sources);
    }
}
