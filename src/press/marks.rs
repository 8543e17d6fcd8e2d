//! What is printed outside the bleed: crop, fold and registration marks, colour bar, slug line.
//!
//! Marks are drawn in the colour `All`, which every plate shows; patches of the colour bar in the four inks.

use printpdf::{
    Cmyk, Color, DictItem, FontId, Line, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle, Point, Polygon,
    PolygonRing, Pt as Points, TextItem, WindingOrder,
};

use super::geometry::{Area, Side};
use super::profile::Profile;

/// Name of the colour that every plate shows, as a resource of each sheet.
pub(super) const ALL: &str = "All";

/// Size of the slug line.
const SLUG_SIZE: f64 = 6.5;
/// Radius of registration marks.
const RADIUS: f64 = 4.5;
/// Half the length of their cross.
const CROSS: f64 = 8.0;
/// Side of a patch of the colour bar.
const PATCH: f64 = 12.0;

/// Patches of the colour bar in percent: solids, half tones, overprints, three inks, grey balance.
const PATCHES: [[u8; 4]; 13] = [
    [100, 0, 0, 0],
    [0, 100, 0, 0],
    [0, 0, 100, 0],
    [0, 0, 0, 100],
    [50, 0, 0, 0],
    [0, 50, 0, 0],
    [0, 0, 50, 0],
    [0, 0, 0, 50],
    [0, 100, 100, 0],
    [100, 0, 100, 0],
    [100, 100, 0, 0],
    [100, 100, 100, 0],
    [50, 40, 40, 0],
];

/// Draws all marks of a side.
pub(super) fn marks(profile: &Profile, side: &Side, slug: &str) -> Vec<Op> {
    let mut ops = vec![Op::SaveGraphicsState, Op::SetOutlineThickness { pt: points(profile.marks.weight.0) }];
    ops.extend(in_all());
    ops.extend(crops(profile, side));
    ops.extend(registration(profile, side));
    ops.extend(folds(profile, side));
    ops.push(Op::RestoreGraphicsState);
    ops.extend(colour_bar(profile, side));
    let at = [side.trim.0[0] + 6.0, side.bleed.0[1] - profile.marks.margin.0 + 5.0];
    ops.extend(text(&profile.marks.font.0, SLUG_SIZE, at, slug));
    ops
}

/// Sets a line of text in black.
pub(super) fn text(font: &str, size: f64, [x, y]: [f64; 2], words: &str) -> Vec<Op> {
    let font = PdfFontHandle::External(FontId(font.to_owned()));
    vec![
        Op::StartTextSection,
        Op::SetFillColor { col: cmyk([0, 0, 0, 100]) },
        Op::SetFont { font, size: points(size) },
        Op::SetTextCursor { pos: point([x, y]) },
        Op::ShowText { items: vec![TextItem::Text(words.to_owned())] },
        Op::EndTextSection,
    ]
}

/// Restricts what follows to an area.
pub(super) fn clip(area: Area) -> Op {
    Op::DrawPolygon { polygon: polygon(area, PaintMode::Clip) }
}

fn in_all() -> [Op; 2] {
    [
        Op::SetColorSpaceStroke { id: ALL.to_owned() },
        Op::Unknown { key: "SCN".to_owned(), value: vec![DictItem::Real(1.0)] },
    ]
}

/// Draws two short lines at every corner of every finished page that lies at the border of the sheet.
fn crops(profile: &Profile, side: &Side) -> Vec<Op> {
    let (upright, level) = side.grid.cuts();
    let (start, end) = (profile.marks.gap.0, profile.marks.gap.0 + profile.marks.length.0);
    let [left, bottom, right, top] = side.bleed.0;
    let (x, y) = (side.trim.0[0], side.trim.0[1]);
    let at_upright = upright.into_iter().flat_map(|edge| {
        let edge = edge + x;
        [[[edge, top + start], [edge, top + end]], [[edge, bottom - start], [edge, bottom - end]]]
    });
    let at_level = level.into_iter().flat_map(|edge| {
        let edge = edge + y;
        [[[left - start, edge], [left - end, edge]], [[right + start, edge], [right + end, edge]]]
    });
    at_upright.chain(at_level).map(line).collect()
}

/// Draws a cross in a circle at the middle of each edge.
fn registration(profile: &Profile, side: &Side) -> Vec<Op> {
    let [left, bottom, right, top] = side.bleed.0;
    let away = profile.marks.gap.0 + CROSS;
    // Beside the middle, where a fold mark may stand.
    let (x, y) = ((left + right) / 2.0 + 3.0 * CROSS, (bottom + top) / 2.0 + 3.0 * CROSS);
    let middles = [[left - away, y], [right + away, y], [x, bottom - away], [x, top + away]];
    middles
        .into_iter()
        .flat_map(|[x, y]| {
            let circle = (0..32).map(|step| {
                let angle = f64::from(step) * std::f64::consts::TAU / 32.0;
                [x + RADIUS * libm::cos(angle), y + RADIUS * libm::sin(angle)]
            });
            let circle = Op::DrawLine { line: Line { points: circle.map(corner).collect(), is_closed: true } };
            [circle, line([[x - CROSS, y], [x + CROSS, y]]), line([[x, y - CROSS], [x, y + CROSS]])]
        })
        .collect()
}

/// Draws dashed lines where the sheet is folded.
fn folds(profile: &Profile, side: &Side) -> Vec<Op> {
    let (start, end) = (profile.marks.gap.0, profile.marks.gap.0 + profile.marks.length.0);
    let [left, bottom, right, top] = side.bleed.0;
    let (x, y) = (side.trim.0[0], side.trim.0[1]);
    let mut ops = vec![Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &[3.0, 2.0]) }];
    for fold in &side.grid.upright_folds {
        let fold = fold + x;
        ops.extend(
            [[[fold, top + start], [fold, top + end]], [[fold, bottom - start], [fold, bottom - end]]].map(line),
        );
    }
    for fold in &side.grid.level_folds {
        let fold = fold + y;
        ops.extend(
            [[[left - start, fold], [left - end, fold]], [[right + start, fold], [right + end, fold]]].map(line),
        );
    }
    ops
}

/// Draws the colour bar above the bleed, from the left.
fn colour_bar(profile: &Profile, side: &Side) -> Vec<Op> {
    let bottom = side.bleed.0[3] + profile.marks.gap.0 + 3.0;
    let left = side.trim.0[0] + 14.0;
    PATCHES
        .iter()
        .enumerate()
        .flat_map(|(place, ink)| {
            let x = left + place as f64 * PATCH;
            let area = Area([x, bottom, x + PATCH, bottom + PATCH]);
            [Op::SetFillColor { col: cmyk(*ink) }, Op::DrawPolygon { polygon: polygon(area, PaintMode::Fill) }]
        })
        .collect()
}

fn polygon(Area([left, bottom, right, top]): Area, mode: PaintMode) -> Polygon {
    let corners = [[left, bottom], [right, bottom], [right, top], [left, top]];
    let ring = PolygonRing { points: corners.map(corner).to_vec() };
    Polygon { rings: vec![ring], mode, winding_order: WindingOrder::NonZero }
}

fn line(ends: [[f64; 2]; 2]) -> Op {
    Op::DrawLine { line: Line { points: ends.map(corner).to_vec(), is_closed: false } }
}

fn corner(at: [f64; 2]) -> LinePoint {
    LinePoint { p: point(at), bezier: false }
}

fn point([x, y]: [f64; 2]) -> Point {
    Point { x: points(x), y: points(y) }
}

pub(super) fn points(length: f64) -> Points {
    Points(length as f32)
}

fn cmyk(ink: [u8; 4]) -> Color {
    let [c, m, y, k] = ink.map(|percent| f32::from(percent) / 100.0);
    Color::Cmyk(Cmyk { c, m, y, k, icc_profile: None })
}
