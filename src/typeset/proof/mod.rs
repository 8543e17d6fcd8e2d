//! Proofreading: what a report says must stand on its pages, and be seen.
//!
//! Takes laid-out pages and the texts of their document. Refuses a character without a glyph, words beyond the edge of a
//! page or cut by a box, words on top of each other, and pages that lack a text. Whatever the layout does, no word of a
//! report is lost in silence.

mod copy;
mod missing;
mod overlap;
mod text;

pub(super) use copy::Copy;

use typst::layout::{Abs, Rect};
use typst_layout::PagedDocument;

use crate::diag::{Finding, Findings, code};

use super::runs::{self, Run};

use copy::{SHORTEN, excerpt};

/// Proofreads laid-out pages.
///
/// # Errors
/// Returns each character without a glyph, and what is not seen on its page or missing.
pub(super) fn proofread(pages: &PagedDocument, copy: &Copy<'_>) -> Result<(), Findings> {
    let pages: Vec<Vec<Run<'_>>> = pages.pages().iter().map(|page| runs::of_page(&page.frame)).collect();
    let mut findings = missing::characters(&pages, copy);
    // What is wrong on one page is often so on all of them.
    findings.extend(first(&pages, copy, outside));
    findings.extend(first(&pages, copy, overlap::words));
    if findings.is_empty() {
        findings.extend(text::lost(&pages, copy));
    }
    if findings.has_errors() { Err(findings) } else { Ok(()) }
}

/// Finds the first fault of a kind.
fn first(
    pages: &[Vec<Run<'_>>],
    copy: &Copy<'_>,
    fault: impl Fn(&[Run<'_>], &str) -> Option<Finding>,
) -> Option<Finding> {
    let place = |index| format!("page {} of {}", index + 1, copy.name);
    pages.iter().enumerate().find_map(|(index, runs)| fault(runs, &place(index)))
}

/// What a glyph may stand out, in points: rounding, and the foot of a letter.
const SLACK: f64 = 0.5;

/// Finds the first words that reach out of the page, or of a box that cuts them.
fn outside(runs: &[Run<'_>], place: &str) -> Option<Finding> {
    let slack = Abs::pt(SLACK);
    let reaches_out = |bounds: &Rect, window: &Rect| {
        bounds.min.x < window.min.x - slack
            || bounds.min.y < window.min.y - slack
            || bounds.max.x > window.max.x + slack
            || bounds.max.y > window.max.y + slack
    };
    let run = runs.iter().find(|run| reaches_out(&run.bounds, &run.window))?;
    let message = format!("words do not fit on {place}: `{}`", excerpt(&run.item.text));
    Some(Finding::error(code::typeset::CUT_OFF, message).help(SHORTEN.to_owned()))
}
