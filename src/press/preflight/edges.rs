//! Colour that reaches the edge goes on past it, and nothing else comes near the edge.

use super::super::geometry::Area;
use super::super::impose::Spine;
use super::super::sheets::Placed;
use super::collector::FindingCollector;
use super::display_list::{DisplayItem, Ink, Page, PaintKind, rounded};
use super::wanted::{Expected, Wanted};
use crate::diag::code;

/// Bleed that is expected where no profile is given, an eighth of an inch.
const USUAL_BLEED: f64 = 9.0;
/// How near to the edge something reaches it.
const REACHES: f64 = 0.5;

/// Checks bleed and safe area of a page, or of each finished page that stands on a sheet.
///
/// `leaves` is how many leaves a sheet of unknown making may hold at most.
pub(super) fn check(page: &Page, wanted: &Wanted<'_>, leaves: usize, report: &mut FindingCollector) {
    let placed = placed(page, wanted);
    let whole = Edges::of_whole(page, wanted, leaves);
    for painted in page.painted.iter().filter(|painted| !is_paper(painted)) {
        let on = placed.iter().find(|edges| edges.visible.holds(painted.area, 0.01));
        on.unwrap_or(&whole).check(page, painted, report);
    }
}

/// The edges of a finished page.
struct Edges {
    trim: Area,
    /// To where its colour may go.
    visible: Area,
    /// How far colour goes past each edge: left, lower, right, upper; none at a spine.
    bleed: [Option<f64>; 4],
    safe: Option<f64>,
    /// Which page it is, where a sheet has several.
    name: String,
}

/// Returns the finished pages that are known to stand on a sheet.
fn placed(page: &Page, wanted: &Wanted<'_>) -> Vec<Edges> {
    let (Some(profile), Expected::Sheets { placed, .. }) = (wanted.profile, wanted.expected) else { return Vec::new() };
    let side = usize::try_from(page.on.page).ok().and_then(|number| placed.get(number.checked_sub(1)?));
    let edges = |placed: &Placed| {
        let mut bleed = [Some(profile.bleed.0); 4];
        match placed.spine {
            Some(Spine::Left) => bleed[0] = None,
            Some(Spine::Right) => bleed[2] = None,
            None => {}
        }
        let name = format!(" of page {}", placed.page + 1);
        Edges { trim: placed.trim, visible: placed.visible, bleed, safe: Some(profile.safe.0), name }
    };
    side.into_iter().flatten().map(edges).collect()
}

impl Edges {
    /// Returns the edges of a page as a whole.
    fn of_whole(page: &Page, wanted: &Wanted<'_>, leaves: usize) -> Self {
        let bleed = wanted.profile.map_or(USUAL_BLEED, |profile| profile.bleed.0);
        // Pages of inner leaves move toward the spine, and their colour with them.
        let creep = match (wanted.profile, wanted.expected) {
            (Some(profile), Expected::Sheets { .. } | Expected::Any) => profile.caliper.0 * leaves as f64,
            _ => 0.0,
        };
        let bleed = [Some((bleed - creep.min(bleed / 2.0)).max(0.0)); 4];
        let safe = wanted.profile.map(|profile| profile.safe.0);
        Self { trim: page.boxes.finished(), visible: page.boxes.media, bleed, safe, name: String::new() }
    }

    fn check(&self, page: &Page, painted: &DisplayItem, report: &mut FindingCollector) {
        if self.trim.grown(-0.01).overlap(painted.area).is_none() {
            return;
        }
        if !matches!(painted.what, PaintKind::Text { .. }) {
            self.bleeds(page, painted, report);
        }
        if let Some(safe) = self.safe {
            self.is_safe(page, painted, safe, report);
        }
    }

    fn bleeds(&self, page: &Page, painted: &DisplayItem, report: &mut FindingCollector) {
        let reach = out(painted.area, self.trim);
        for ((side, by), bleed) in SIDES.iter().zip(reach).zip(self.bleed) {
            let Some(bleed) = bleed.filter(|bleed| by > -REACHES && by < bleed - REACHES) else { continue };
            let message = format!(
                "{} reaches the {side} edge{} and goes {} pt past it; {} pt are needed",
                painted.what.name(),
                self.name,
                rounded(by.max(0.0)),
                rounded(bleed)
            );
            report.area(page.on, painted.area, code::preflight::BLEED_MISSING, message);
        }
    }

    fn is_safe(&self, page: &Page, painted: &DisplayItem, safe: f64, report: &mut FindingCollector) {
        let text = matches!(painted.what, PaintKind::Text { .. });
        let reach = out(painted.area, self.trim);
        // What reaches the edge is checked for its bleed; text never does.
        let near = |by: &f64| *by > -safe + 0.01 && (text || *by <= -REACHES);
        for (side, by) in SIDES.iter().zip(reach).filter(|(_, by)| near(by)) {
            let message = format!(
                "{} stands {} pt from the {side} edge{}; {} pt must be free",
                painted.what.name(),
                rounded(-by),
                self.name,
                rounded(safe)
            );
            report.area(page.on, painted.area, code::preflight::SAFE_AREA, message);
        }
    }
}

fn is_paper(painted: &DisplayItem) -> bool {
    matches!(painted.ink, Ink::Process([c, m, y, k]) if c + m + y + k < 0.001) && !is_picture(painted)
}

fn is_picture(painted: &DisplayItem) -> bool {
    matches!(painted.what, PaintKind::Picture { .. })
}

/// Returns how far an area reaches out of another on each side: left, bottom, right, top.
fn out(area: Area, of: Area) -> [f64; 4] {
    let ([a, b, c, d], [e, f, g, h]) = (area.0, of.0);
    [e - a, f - b, c - g, d - h]
}

const SIDES: [&str; 4] = ["left", "lower", "right", "upper"];
