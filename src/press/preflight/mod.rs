//! Preflight: what a printer would refuse in a PDF, found before he does.
//!
//! Takes any PDF; gives findings with page and place, and never fails: a file that cannot be read is a finding too.
//! Every page is interpreted as a renderer would, without pixels: what is painted, where, and in which ink. The
//! checks look at that list, page by page, one file for each check. A PDF may come from anywhere, so all reading is
//! bounded in size, depth and number.

mod boxes;
mod cache;
mod collector;
mod colour;
mod density;
mod display_list;
mod edges;
mod file;
mod fonts;
mod identity;
mod ink;
mod intent;
mod jpeg;
mod limits;
mod matrix;
mod open;
mod pixels;
mod resources;
mod run;
mod text;
mod transparency;
mod tree;
mod type_in_ink;
mod wanted;

pub use cache::Forms;
pub use file::preflight_file;
pub use wanted::Expected;

use crate::diag::{Findings, catch_panic};

use super::profile::Profile;
use wanted::{USUAL, Wanted};

/// Checks a PDF for the press.
///
/// `file` is what findings call it. Without a profile usual limits hold (300 % ink, lines of a quarter point, 300
/// pixels per inch), and sizes, safe area and printing condition are not compared with anything.
pub fn preflight(file: &str, pdf: &[u8], profile: Option<(&Profile, &Expected)>) -> Findings {
    preflight_of_run(file, pdf, profile, &Forms::default())
}

/// Checks a PDF as [`preflight`] does, and remembers what its forms paint for further files of the run.
pub fn preflight_of_run(file: &str, pdf: &[u8], profile: Option<(&Profile, &Expected)>, forms: &Forms) -> Findings {
    let wanted = Wanted {
        profile: profile.map(|(profile, _)| profile),
        expected: profile.map_or(&Expected::Any, |(_, expected)| expected),
        limits: profile.map_or(USUAL, |(profile, _)| profile.limits),
    };
    // A reader may recurse or panic where bytes are made to harm it; a thread keeps that to itself.
    let inspected = std::thread::scope(|scope| {
        let inspect = || catch_panic(|| inspect(file, pdf, &wanted, forms));
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, inspect);
        thread.map(std::thread::ScopedJoinHandle::join)
    });
    match inspected {
        Ok(Ok(Some(findings))) => findings,
        _ => open::unreadable(file, "its structure is broken").into(),
    }
}

/// Stack of the thread that reads a PDF.
const STACK: usize = 64 << 20;

fn inspect(file: &str, pdf: &[u8], wanted: &Wanted<'_>, forms: &Forms) -> Findings {
    let document = match open::open(file, pdf) {
        Ok(document) => document,
        Err(finding) => return finding.into(),
    };
    let mut report = collector::FindingCollector::new(file);
    let (mut all, mut is_rgb, leaves) = (Vec::new(), false, document.page_iter().count());
    tree::check(&document, leaves, &mut report);
    run::pages(&document, forms, &mut report, |page, report| {
        boxes::check(page, wanted, report);
        is_rgb |= colour::check(page, report);
        ink::check(page, wanted, report);
        type_in_ink::check(page, wanted, report);
        edges::check(page, wanted, leaves, report);
        all.push(page.boxes);
    });
    boxes::count(&all, wanted, &mut report);
    if !is_rgb {
        colour::unpainted(&document, &mut report);
    }
    intent::check(&document, wanted, &mut report);
    report.finish()
}
