//! Words on top of each other.

use crate::diag::{Finding, code};

use super::copy::{SHORTEN, excerpt};
use crate::typeset::runs::Run;

/// Share of the smaller size by which letters may touch: italics lean out of their width, marks out of their letter.
const TOUCH: f64 = 0.12;
/// Sizes that differ by more are a text on a ground of letters, such as a word across the page that says "draft".
const GROUND: f64 = 3.0;

/// Finds the first two upright runs of a page that lie on top of each other.
///
/// Lines that are merely close are none: only the height of small letters is looked at.
pub(super) fn words(runs: &[Run<'_>], place: &str) -> Option<Finding> {
    let mut runs: Vec<&Run<'_>> = runs.iter().filter(|run| run.upright).collect();
    runs.sort_by_key(|run| run.body.min.y);
    let (one, other) = runs.iter().enumerate().find_map(|(index, run)| {
        let mut near = runs[index + 1..].iter().take_while(|next| next.body.min.y < run.body.max.y);
        near.find(|next| lie_on_each_other(run, next)).map(|next| (run, next))
    })?;
    let words = [one, other].map(|run| excerpt(&run.item.text));
    let message = format!("words lie on top of each other on {place}: `{}` and `{}`", words[0], words[1]);
    Some(Finding::error(code::typeset::OVERLAP, message).help(SHORTEN.to_owned()))
}

fn lie_on_each_other(one: &Run<'_>, other: &Run<'_>) -> bool {
    let (small, large) = (one.size.min(other.size), one.size.max(other.size));
    let beside = one.body.max.x.min(other.body.max.x) - one.body.min.x.max(other.body.min.x);
    let above = one.body.max.y.min(other.body.max.y) - one.body.min.y.max(other.body.min.y);
    large <= small * GROUND && beside.min(above) > small * TOUCH
}
