//! Any bytes as case data in Parquet.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use platen::confidential::inside;
use platen::report_spec::{Format, Spec};
use platen_fuzz::{Project, check_alone};

static PROJECT: LazyLock<(Project, Spec)> = LazyLock::new(|| {
    let project = Project::new();
    let mut spec = project.spec();
    spec.sources.raw[0].file = project.path("data/people.parquet");
    spec.sources.raw[0].format = Some(Format::Parquet);
    (project, spec)
});

fuzz_target!(init: platen::diag::tell_panics_by_place(), |bytes: &[u8]| {
    let (project, spec) = &*PROJECT;
    project.write("data/people.parquet", bytes);
    let read = inside::read(spec, None, |_, batch| {
        assert!(batch.columns.iter().all(|column| column.len() == batch.len()), "every record has every value");
    });
    if let Err(findings) = read {
        check_alone(&findings);
    }
});
