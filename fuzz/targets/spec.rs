//! Any bytes as a report spec.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use platen::diag::Sources;
use platen::report_spec::{self, Places};
use platen_fuzz::{Project, check};

static PROJECT: LazyLock<Project> = LazyLock::new(Project::new);

fuzz_target!(init: platen::diag::tell_panics_by_place(), |text: &[u8]| {
    PROJECT.write("config/any.yaml", text);
    let mut sources = Sources::default();
    if let Err(findings) = report_spec::load(&PROJECT.path("config/any.yaml"), &Places::default(), &mut sources) {
        check(&findings, &sources);
    }
});
