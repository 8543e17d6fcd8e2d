//! Small type is black alone or paper, and never stands on rich black: no press keeps register so fine.

use super::collector::FindingCollector;
use super::display_list::{DisplayItem, Page, PaintKind};
use super::wanted::Wanted;
use crate::diag::code;

/// Most things under a piece of text that are looked at.
const UNDER: usize = 2_000;

/// Checks the type of a page.
pub(super) fn check(page: &Page, wanted: &Wanted<'_>, report: &mut FindingCollector) {
    let (small, rich) = (wanted.limits.small_type.0, wanted.limits.rich_black);
    let mut grounds: Vec<&DisplayItem> = Vec::new();
    let mut any_rich = false;
    for painted in &page.painted {
        match painted.what {
            PaintKind::Text { size } if size < small => {
                let name = painted.what.name();
                if painted.ink.is_rich_black(rich) {
                    let message = format!("{name} is in rich black; small type is black alone");
                    report.area(page.on, painted.area, code::preflight::RICH_BLACK_TYPE, message);
                } else if painted.ink.total().is_some() && !painted.ink.is_black_or_paper() {
                    let message = format!("{name} is in more than black; small type is black alone");
                    report.area(page.on, painted.area, code::preflight::TYPE_IN_COLOUR, message);
                }
                if any_rich && stands_on_rich_black(painted, &grounds, rich) {
                    let message = format!("{name} stands on rich black");
                    report.area(page.on, painted.area, code::preflight::TYPE_ON_RICH_BLACK, message);
                }
            }
            PaintKind::Fill { .. } | PaintKind::Picture { .. } => {
                any_rich |= painted.ink.is_rich_black(rich);
                grounds.push(painted);
            }
            _ => {}
        }
    }
}

/// Tells whether the topmost ground under the middle of some text is rich black.
fn stands_on_rich_black(text: &DisplayItem, grounds: &[&DisplayItem], rich: f64) -> bool {
    let [left, bottom, right, top] = text.area.0;
    let (x, y) = ((left + right) / 2.0, (bottom + top) / 2.0);
    let under = grounds.iter().rev().take(UNDER).find(|ground| {
        let [left, bottom, right, top] = ground.area.0;
        (left..=right).contains(&x) && (bottom..=top).contains(&y)
    });
    under.is_some_and(|ground| ground.ink.is_rich_black(rich))
}
