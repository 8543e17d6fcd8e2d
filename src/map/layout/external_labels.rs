//! Names of small islands, written on the paper beside them.

use super::name::{DEPTH, Ground, Label, LabelLine};
use crate::map::MapStyle;
use crate::map::contrast::text_on;
use crate::map::text::Face;
use crate::unit::Pt;

/// Most counties that a jurisdiction may have: among many, a name beside its county could be taken for another's.
const FEW: usize = 12;
/// From the county's box to its name, in points.
const GAP: f64 = 3.0;
/// Kept free of counties and other words around a name, in points.
const PADDING: f64 = 1.5;

/// Adds the names of counties that have no room inside, where the paper beside them is free.
pub(super) fn external_labels(
    ground: &Ground<'_>,
    em: f64,
    style: &MapStyle<'_>,
    face: &Face<'_>,
    labels: &mut Vec<Label>,
) {
    if ground.boundaries.counties.len() > FEW {
        return;
    }
    for county in 0..ground.boundaries.counties.len() {
        if labels.iter().any(|label| label.county == county) {
            continue;
        }
        let found = candidates(ground, county, em, style, face)
            .into_iter()
            .find(|label| is_free(label, ground, style, face, labels));
        labels.extend(found);
    }
    labels.sort_by_key(|label| label.county);
}

/// Returns the places around a county's largest part, the best first: right, left, below, above, then the corners.
fn candidates(ground: &Ground<'_>, county: usize, em: f64, style: &MapStyle<'_>, face: &Face<'_>) -> Vec<Label> {
    let Some((_, extent)) = ground.plane.largest_part(county) else { return Vec::new() };
    let frame = ground.arrangement.frame;
    let north_west = frame.pixel(geo::Coord { x: extent.west, y: extent.north });
    let south_east = frame.pixel(geo::Coord { x: extent.east, y: extent.south });
    let name = &ground.boundaries.counties[county].name;
    let (width, rise, gap) = (face.width(name) * em, face.cap_height() * em, style.px(Pt(GAP)));
    let (right, left) = (south_east.x + gap, north_west.x - gap - width);
    let (below, above) = (south_east.y + gap + rise, north_west.y - gap - DEPTH * em);
    let across = (north_west.x + south_east.x - width) / 2.0;
    let along = (north_west.y + south_east.y + rise) / 2.0;
    let pens = [
        (right, along),
        (left, along),
        (across, below),
        (across, above),
        (right, above),
        (right, below),
        (left, above),
        (left, below),
    ];
    let label = |(x, baseline)| Label {
        county,
        lines: vec![LabelLine { text: name.clone(), x, baseline }],
        em,
        rgb: text_on(style.paper, style),
    };
    pens.into_iter().map(label).collect()
}

/// Tells whether a name touches nothing: no county, no other name, not the legend.
fn is_free(label: &Label, ground: &Ground<'_>, style: &MapStyle<'_>, face: &Face<'_>, others: &[Label]) -> bool {
    let padding = style.px(Pt(PADDING));
    let [left, top, right, bottom] = label.bounds(face);
    let wide = [left - padding, top - padding, right + padding, bottom + padding];
    let mut words = others.iter().map(|other| other.bounds(face)).chain([ground.arrangement.legend_box()]);
    let apart = |[l, t, r, b]: [f64; 4]| wide[2] <= l || r <= wide[0] || wide[3] <= t || b <= wide[1];
    // The picture's edge may come closer than another county.
    let (width, height) = (f64::from(ground.ids.width), f64::from(ground.ids.height));
    let inside = left >= 0.0 && top >= 0.0 && right <= width && bottom <= height;
    let seen = [wide[0].max(0.0), wide[1].max(0.0), wide[2].min(width), wide[3].min(height)];
    let [l, t, r, b] = seen;
    inside
        && words.all(apart)
        && ground.ids.is_paper([l.floor(), t.floor(), r.ceil(), b.ceil()].map(|edge| edge as i64))
}
