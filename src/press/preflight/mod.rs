//! Preflight: what a printer would refuse in a PDF, found before he does.
//!
//! Takes any PDF; gives findings with page and place, and never fails: a file that cannot be read is a finding too.
//! Every page is interpreted as a renderer would, without pixels: what is painted, where, and in which ink. The
//! checks look at that list, one file for each. A PDF may come from anywhere, so all reading is bounded in size,
//! depth and number.

mod boxes;
mod colour;
mod edges;
mod fonts;
mod ink;
mod intent;
mod matrix;
mod open;
mod painted;
mod report;
mod resources;
mod run;
mod text;
mod transparency;
mod type_in_ink;

use crate::diag::Findings;

use super::profile::{Limits, Profile};
use crate::unit::Pt;

/// What a file should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Single pages of the profile's size.
    Pages,
    /// Sheets of the profile's imposition of this name.
    Sheets(String),
    /// Either.
    Any,
}

/// Limits that hold where no profile is given.
const USUAL: Limits = Limits { ink: 300.0, small_type: Pt(14.0), rich_black: 60.0, hairline: Pt(0.25), image_ppi: 300 };

/// What the checks of one file go by.
struct Wanted<'a> {
    profile: Option<&'a Profile>,
    expected: &'a Expected,
    limits: Limits,
}

/// Checks a PDF for the press.
///
/// `file` is what findings call it. Without a profile usual limits hold (300 % ink, lines of a quarter point, 300
/// pixels per inch), and sizes, safe area and printing condition are not compared with anything.
pub fn preflight(file: &str, pdf: &[u8], profile: Option<(&Profile, &Expected)>) -> Findings {
    let wanted = Wanted {
        profile: profile.map(|(profile, _)| profile),
        expected: profile.map_or(&Expected::Any, |(_, expected)| expected),
        limits: profile.map_or(USUAL, |(profile, _)| profile.limits),
    };
    // A reader may recurse or panic where bytes are made to harm it; a thread keeps that to itself.
    let inspected = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || inspect(file, pdf, &wanted));
        thread.map(|thread| thread.join())
    });
    match inspected {
        Ok(Ok(findings)) => findings,
        _ => open::unreadable(file, "its structure is broken").into(),
    }
}

/// Stack of the thread that reads a PDF.
const STACK: usize = 64 << 20;

fn inspect(file: &str, pdf: &[u8], wanted: &Wanted<'_>) -> Findings {
    let document = match open::open(file, pdf) {
        Ok(document) => document,
        Err(finding) => return finding.into(),
    };
    let mut report = report::Report::new(file);
    let pages = run::pages(&document, &mut report);
    boxes::check(&pages, wanted, &mut report);
    colour::check(&document, &pages, &mut report);
    ink::check(&pages, wanted, &mut report);
    type_in_ink::check(&pages, wanted, &mut report);
    edges::check(&pages, wanted, &mut report);
    intent::check(&document, wanted, &mut report);
    report.finish()
}
