//! Any text as the boundaries of a jurisdiction.

#![no_main]

use libfuzzer_sys::fuzz_target;
use platen::boundaries::{Fault, Locator, read};
use platen::diag::{Finding, Findings};
use platen_fuzz::{check_alone, check_shown};

fuzz_target!(init: platen::diag::tell_panics_by_place(), |text: &str| match read(text) {
    Ok(parsed) => {
        let boundaries = parsed.boundaries;
        assert!(!boundaries.counties.is_empty() && boundaries.bounds().is_some(), "boundaries cover an area");
        let locator = Locator::new(&boundaries);
        let _ = (locator.locate(-72.5, 41.5), locator.nearest(-72.5, 41.5, 1000.0));
        check_shown(&findings(parsed.remarks));
    }
    Err(faults) => check_alone(&findings(faults)),
});

fn findings(faults: Vec<Fault>) -> Findings {
    let finding = |fault: Fault| Finding::error(fault.error.code(), fault.error.to_string());
    faults.into_iter().map(finding).collect()
}
