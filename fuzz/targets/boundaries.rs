//! Any text as the boundaries of a jurisdiction.

#![no_main]

use libfuzzer_sys::fuzz_target;
use platen::boundaries::{Locator, parse};

fuzz_target!(|text: &str| match parse(text) {
    Ok(boundaries) => {
        assert!(!boundaries.counties.is_empty() && boundaries.bounds().is_some(), "boundaries cover an area");
        let _ = Locator::new(&boundaries).locate(-72.5, 41.5);
    }
    Err(error) => assert!(!error.to_string().is_empty() && error.to_string().len() < 4096),
});
