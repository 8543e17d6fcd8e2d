//! The runs of text on a page, with the places where they are seen.

use typst::layout::{Abs, Em, Frame, FrameItem, GroupItem, Point, Rect, Transform};
use typst::text::TextItem;

/// Text set in one font from one point on.
pub(super) struct Run<'a> {
    pub item: &'a TextItem,
    /// From the first visible glyph to the last, and from the top of capitals to the foot of letters that hang below the
    /// line, in the coordinates of the page.
    pub bounds: Rect,
    /// The same from the line up to the height of small letters.
    pub body: Rect,
    /// Where it would be seen: the page, less what is clipped.
    pub window: Rect,
    /// It stands upright and reads from left to right of the page.
    pub upright: bool,
    /// Its size on the page.
    pub size: Abs,
}

/// Lists the runs of a page, in the order in which they are drawn.
pub(super) fn of_page(frame: &Frame) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let window = Rect::from_pos_size(Point::zero(), frame.size());
    walk(frame, Transform::identity(), window, &mut runs);
    runs
}

fn walk<'a>(frame: &'a Frame, place: Transform, window: Rect, runs: &mut Vec<Run<'a>>) {
    for (at, item) in frame.items() {
        let place = place.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => self::group(group, place, window, runs),
            FrameItem::Text(item) => runs.extend(run(item, place, window)),
            _ => {}
        }
    }
}

fn group<'a>(group: &'a GroupItem, place: Transform, window: Rect, runs: &mut Vec<Run<'a>>) {
    let place = place.pre_concat(group.transform);
    let window = group.clip.as_ref().map_or(window, |clip| common(window, placed(clip.bbox(None), place)));
    walk(&group.frame, place, window, runs);
}

/// Part of a font's depth that its letters take; the rest is white.
const DEPTH: f64 = 0.75;

/// Measures a run; one without a visible glyph is none.
fn run(item: &TextItem, place: Transform, window: Rect) -> Option<Run<'_>> {
    let (mut pen, mut reach) = (Abs::zero(), None::<(Abs, Abs)>);
    for glyph in &item.glyphs {
        let next = pen + glyph.x_advance.at(item.size);
        if item.text[glyph.range()].contains(|c: char| !c.is_whitespace()) {
            let (left, right) = reach.unwrap_or((pen, next));
            reach = Some((left.min(pen).min(next), right.max(pen).max(next)));
        }
        pen = next;
    }
    let (left, right) = reach?;
    let metrics = item.font.metrics();
    let area = |top: Em, bottom: Em| {
        let (top, bottom) = (-top.at(item.size), -bottom.at(item.size));
        placed(Rect::new(Point::new(left, top), Point::new(right, bottom)), place)
    };
    let bounds = area(metrics.cap_height, metrics.descender * DEPTH);
    let body = area(metrics.x_height, Em::zero());
    let upright = place.kx.is_zero() && place.ky.is_zero() && place.sx.get() > 0.0 && place.sy.get() > 0.0;
    Some(Run { item, bounds, body, window, upright, size: place.sy.of(item.size) })
}

/// Returns the box around a box that is moved, turned or scaled.
fn placed(area: Rect, place: Transform) -> Rect {
    let corners = [area.min, Point::new(area.max.x, area.min.y), area.max, Point::new(area.min.x, area.max.y)];
    let corners = corners.map(|corner| corner.transform_inf(place));
    let join = |a: Rect, b: Point| Rect::new(a.min.min(b), a.max.max(b));
    corners.into_iter().fold(Rect::new(corners[0], corners[0]), join)
}

fn common(one: Rect, other: Rect) -> Rect {
    Rect::new(one.min.max(other.min), one.max.min(other.max))
}
