//! Any bytes as case data in CSV.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use platen::confidential::inside;
use platen::report_spec::Spec;
use platen_fuzz::{Project, check_alone};

static PROJECT: LazyLock<(Project, Spec)> = LazyLock::new(|| {
    let project = Project::new();
    let spec = project.spec();
    (project, spec)
});

fuzz_target!(init: platen::diag::tell_panics_by_place(), |bytes: &[u8]| {
    let (project, spec) = &*PROJECT;
    project.write("data/people.csv", bytes);
    // A carriage return or a line feed ends a line; a file has at most one line more than it has of these.
    let lines = 1 + bytes.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count() as u64;
    let mut records = 0;
    let read = inside::read(spec, None, |source, batch| {
        if usize::from(source) > 0 {
            return;
        }
        records += batch.len() as u64;
        assert!(batch.lines.iter().all(|line| (2..=lines).contains(line)), "a record stands below the header");
        assert!(batch.lines.is_sorted(), "records come in the order of the file");
        assert!(batch.columns.iter().all(|column| column.len() == batch.len()), "every record has every value");
    });
    match read {
        Ok(()) => assert!(records < lines, "a record takes a line at least"),
        Err(findings) => check_alone(&findings),
    }
});
