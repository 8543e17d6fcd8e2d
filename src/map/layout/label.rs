//! The names of the counties, where they fit.

use super::external_labels::external_labels;
use super::name::{DEPTH, Ground, Label, LabelLine};
use super::spans::Spans;
use crate::map::MapStyle;
use crate::map::contrast::text_on;
use crate::map::text::Face;
use crate::unit::Pt;
use geo::Coord;
use rayon::prelude::*;

/// Sizes tried from the largest to the smallest.
const SIZES: usize = 5;
/// Share of the names that fit at all which must fit at the size that the map uses.
const MOST: f64 = 0.8;
/// Share of the counties below which the names would look picked at random.
const SPARSE: f64 = 0.2;
/// From baseline to baseline, in ems.
const LINE: f64 = 1.05;
/// Kept free around a name, in points: wide where there is room, else narrow.
const PADDING: [f64; 2] = [5.0, 2.4];
/// Kept free around a name that fits at no size otherwise, in points.
const LEAST_PADDING: [f64; 1] = [1.5];

/// Places the names of all counties that have room for them.
///
/// A name lies wholly inside its county, or beside it where a jurisdiction of few counties leaves paper there. Most
/// names have one size, the largest at which nearly all that fit at all still fit; the others are smaller. Where only
/// a few counties have room, only shaded ones are named.
pub(in crate::map) fn labels(ground: &Ground<'_>, style: &MapStyle<'_>, face: &Face<'_>) -> Vec<Label> {
    let placer = TextPlacer { ground, style, face, spans: Spans::of_counties(ground.ids), sizes: sizes(style, face) };
    let counties = ground.boundaries.counties.len();
    let first: Vec<_> = (0..counties).into_par_iter().map(|county| placer.fit(county, 0)).collect();
    let size = common_size(first.iter().flatten().map(|(size, _)| *size).collect());
    let settled = first.into_par_iter().enumerate().filter_map(|(county, found)| {
        let (own, lines) = found?;
        let (own, lines) = if own < size { placer.fit(county, size)? } else { (own, lines) };
        Some(Label { county, lines, em: placer.sizes[own], rgb: text_on(ground.fills[county], style) })
    });
    let mut labels: Vec<_> = settled.collect();
    external_labels(ground, placer.sizes[size], style, face, &mut labels);
    if (labels.len() as f64) < SPARSE * counties as f64 {
        labels.retain(|label| ground.shades.contains_key(&ground.boundaries.counties[label.county].geoid));
    }
    labels
}

/// Returns the sizes in pixels, largest first.
fn sizes(style: &MapStyle<'_>, face: &Face<'_>) -> Vec<f64> {
    let (most, least) = (style.label_size.0.max(style.min_label_size.0), style.min_label_size.0);
    let step = (most - least) / (SIZES - 1) as f64;
    (0..SIZES).map(|place| face.snapped(style.px(Pt(most - step * place as f64)))).collect()
}

/// Returns the largest size (as a place among the sizes) at which most of the names fit.
fn common_size(mut fitting: Vec<usize>) -> usize {
    fitting.sort_unstable();
    let place = (fitting.len() as f64 * MOST).ceil() as usize;
    fitting.get(place.saturating_sub(1)).copied().unwrap_or(SIZES / 2)
}

/// Finds room for one name after the other.
struct TextPlacer<'a> {
    ground: &'a Ground<'a>,
    style: &'a MapStyle<'a>,
    face: &'a Face<'a>,
    spans: Vec<Spans>,
    sizes: Vec<f64>,
}

impl TextPlacer<'_> {
    /// Places the name of a county at the largest size from a given one on.
    fn fit(&self, county: usize, from: usize) -> Option<(usize, Vec<LabelLine>)> {
        let middle = self.ground.arrangement.frame.pixel(self.ground.plane.largest_part(county)?.0);
        let name = &self.ground.boundaries.counties[county].name;
        let settings = std::iter::once(vec![name.as_str()]).chain(halves(name, self.face));
        let measured = |texts: Vec<_>| texts.into_iter().map(|text| (text, self.face.width(text))).collect();
        let settings: Vec<Vec<(&str, f64)>> = settings.map(measured).collect();
        let place = |em: f64, points: f64| {
            let padding = self.style.px(Pt(points));
            settings.iter().find_map(|texts| self.place(&self.spans[county], texts, em, padding, middle))
        };
        let fit = |paddings: &[f64]| {
            let fit_size = |size| paddings.iter().find_map(|&points| place(self.sizes[size], points));
            (from..self.sizes.len()).find_map(|size| Some((size, fit_size(size)?)))
        };
        fit(&PADDING).or_else(|| fit(&LEAST_PADDING))
    }

    /// Places lines of text, each with its width in ems, centred, with room kept around them.
    fn place(
        &self,
        spans: &Spans,
        texts: &[(&str, f64)],
        em: f64,
        padding: f64,
        middle: Coord<f64>,
    ) -> Option<Vec<LabelLine>> {
        let width = texts.iter().map(|(_, width)| *width).fold(0.0, f64::max) * em;
        let rise = self.face.cap_height() * em;
        let height = rise + ((texts.len() - 1) as f64 * LINE + DEPTH) * em;
        let (box_width, box_height) = ((width + 2.0 * padding).ceil(), (height + 2.0 * padding).ceil());
        let (left, top) = spans.place(box_width as u32, box_height as u32, middle)?;
        let line = |(place, (text, width)): (usize, &(&str, f64))| LabelLine {
            text: (*text).to_owned(),
            x: f64::from(left) + (box_width - width * em) / 2.0,
            baseline: f64::from(top) + padding + rise + place as f64 * LINE * em,
        };
        Some(texts.iter().enumerate().map(line).collect())
    }
}

/// Breaks a name at the space where the longer half is shortest.
fn halves<'a>(name: &'a str, face: &Face<'_>) -> Option<Vec<&'a str>> {
    let longer = |&(a, b): &(&str, &str)| face.width(a).max(face.width(b));
    let cuts = name.match_indices(' ').map(|(at, _)| (&name[..at], &name[at + 1..]));
    cuts.min_by(|a, b| longer(a).total_cmp(&longer(b))).map(|(a, b)| vec![a, b])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::sample::{self, Filled};

    /// Calls a check with the labels of real counties, each with a third of the classes' shades.
    fn with_labels(code: &str, window: Option<[f64; 4]>, check: impl Fn(&Ground<'_>, &[Label], &Face<'_>)) {
        let boundaries = sample::real(code);
        let mut style = sample::style();
        style.window = window;
        let shades = sample::shades(&boundaries);
        let Filled { faces, plane, arrangement, ids } = sample::filled(&boundaries, &style);
        let fills = style.fills(&boundaries, &shades);
        let ground = Ground {
            boundaries: &boundaries,
            plane: &plane,
            arrangement: &arrangement,
            ids: &ids,
            fills: &fills,
            shades: &shades,
        };
        check(&ground, &labels(&ground, &style, &faces.plain), &faces.plain);
    }

    #[test]
    fn every_county_of_connecticut_is_named_inside_itself() {
        with_labels("CT", None, |ground, labels, face| {
            assert_eq!(labels.len(), 8);
            for label in labels {
                let [left, top, right, bottom] = label.bounds(face).map(|edge| edge as u32);
                let geoid = &ground.boundaries.counties[label.county].geoid;
                for (x, y) in (left - 4..right + 4).flat_map(|x| (top - 4..bottom + 4).map(move |y| (x, y))) {
                    assert_eq!(ground.ids.county_at(x, y), Some(geoid));
                }
            }
        });
    }

    #[test]
    fn names_never_overlap_each_other_or_the_legend() {
        for code in ["AS", "VT", "RI", "TX"] {
            with_labels(code, None, |ground, labels, face| {
                let legend = ground.arrangement.legend_box();
                let boxes: Vec<_> = labels.iter().map(|label| label.bounds(face)).chain([legend]).collect();
                for (place, a) in boxes.iter().enumerate() {
                    for b in &boxes[place + 1..] {
                        let apart = a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
                        assert!(apart, "{code}: {a:?} and {b:?}");
                    }
                }
            });
        }
    }

    #[test]
    fn small_islands_are_named_beside_themselves() {
        with_labels("HI", Some([-160.6, 18.6, -154.6, 22.5]), |ground, labels, _| {
            let names: Vec<_> =
                labels.iter().map(|label| ground.boundaries.counties[label.county].name.as_str()).collect();
            assert!(names.contains(&"Honolulu"), "{names:?}");
        });
    }

    #[test]
    fn a_map_with_room_for_few_names_gives_those_of_shaded_counties_only() {
        with_labels("PR", None, |ground, labels, _| {
            assert!(
                labels.iter().all(|label| ground.shades.contains_key(&ground.boundaries.counties[label.county].geoid))
            );
        });
    }
}
