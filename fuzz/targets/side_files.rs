//! Any bytes as one of the JSON and YAML files beside specs and releases; the first byte says which.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use platen::boundaries::{CountyIndex, outlines};
use platen::diag::Sources;
use platen::release::{Decisions, Ledger, Past, Tables};
use platen::{press, review};
use platen_fuzz::{Project, check, check_alone};

static PROJECT: LazyLock<Project> = LazyLock::new(Project::new);

fuzz_target!(|bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else { return };
    match which % 8 {
        0 => drop(std::str::from_utf8(rest).map(CountyIndex::parse)),
        1 => drop(outlines("outlines.geojson", rest)),
        2 => release_file("manifest.json", rest),
        3 => release_file("approvals.json", rest),
        4 => {
            PROJECT.write("data/decisions.json", rest);
            if let Err(finding) = Decisions::read(&PROJECT.path("data/decisions.json")) {
                check_alone(&finding.into());
            }
        }
        5 => drop(Tables::read("tables.json", rest)),
        6 => companion("config/profile.yaml", rest, |path, sources| press::load(path, sources).map(drop)),
        _ => companion("config/review.yaml", rest, |path, sources| review::Policy::read(path, sources).map(drop)),
    }
});

fn release_file(name: &str, content: &[u8]) {
    let folder = PROJECT.path("data");
    let _ = std::fs::remove_file(folder.join("approvals.json"));
    PROJECT.write(&format!("data/{name}"), content);
    drop(Past::read(&folder));
    drop(Ledger::read(&folder));
}

fn companion(
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
