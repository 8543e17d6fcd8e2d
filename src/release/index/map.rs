//! The map of all jurisdictions: outlines as paths, with what lies far off in boxes of its own.
//!
//! Lengths are units of the picture, which is [`WIDTH`] wide; y runs down.

use std::collections::BTreeSet;
use std::fmt::Write;

use geo::{
    Area, BoundingRect, Centroid, Contains, Coord, InteriorPoint, LineString, MapCoords, MultiPolygon, Point, Polygon,
    Rect,
};
use serde::Serialize;

use crate::boundaries::Outlines;
use crate::map::Projection;

/// Bounds of the width of an inset, in heights: a group that is long or tall is drawn smaller.
const NARROWEST: f64 = 0.7;
const WIDEST: f64 = 1.8;
/// Width of the picture.
const WIDTH: f64 = 2000.0;
/// The tallest that the largest group may be.
const TALLEST: f64 = 1300.0;
/// Height of a box for a group that lies far off.
const INSET: f64 = 270.0;
/// Room between boxes, and around the shapes within.
const GAP: f64 = 24.0;
/// Room for the words below a box.
const CAPTION: f64 = 60.0;
/// Jurisdictions whose boxes are nearer than this, in degrees, belong to one group.
const NEAR: f64 = 1.5;
/// A jurisdiction whose largest part is smaller than this in both directions gets a dot to press on.
const SMALL: f64 = 52.0;
/// Width and height of a code with a little room around it.
const CODE: (f64, f64) = (62.0, 34.0);
/// Islands smaller than this area are left out, but for the largest of a jurisdiction.
const SPECK: f64 = 0.6;

/// A finished map.
#[derive(Debug, PartialEq, Serialize)]
pub(in crate::release) struct Map {
    pub width: u32,
    pub height: u32,
    pub shapes: Vec<Shape>,
    pub insets: Vec<Inset>,
}

/// A jurisdiction on the map.
#[derive(Debug, PartialEq, Serialize)]
pub(in crate::release) struct Shape {
    pub code: String,
    /// Its outline as an SVG path.
    pub path: String,
    /// A point within its largest part.
    pub x: i64,
    pub y: i64,
    /// It is so small that it needs a dot.
    pub dot: bool,
    /// Its code fits into it.
    pub lettered: bool,
}

/// A box for a group that lies far off.
#[derive(Debug, PartialEq, Serialize)]
pub(in crate::release) struct Inset {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
    /// Codes of what it shows.
    pub codes: Vec<String>,
}

impl Map {
    /// Draws the map; nothing, where there is nothing to draw.
    pub(crate) fn draw(outlines: &Outlines) -> Option<Self> {
        let mut groups = groups(outlines).into_iter();
        let main = Plane::of(&groups.next()?, outlines)?;
        let scale = (WIDTH / main.extent.width()).min(TALLEST / main.extent.height());
        let height = main.extent.height() * scale;
        let mut map =
            Self { width: WIDTH as u32, height: height.ceil() as u32, shapes: Vec::new(), insets: Vec::new() };
        let left = (WIDTH - main.extent.width() * scale) / 2.0;
        main.shapes(scale, (left, 0.0), &mut map.shapes);
        let far: Vec<Plane> = groups.filter_map(|group| Plane::of(&group, outlines)).collect();
        if !far.is_empty() {
            insets(&far, height + GAP, &mut map);
        }
        // Dots come last, so that no neighbour covers them.
        map.shapes.sort_by(|a, b| (a.dot, &a.code).cmp(&(b.dot, &b.code)));
        Some(map)
    }
}

/// Sets the far groups in a row, each as wide as its shapes are at the height of the row.
fn insets(far: &[Plane<'_>], top: f64, map: &mut Map) {
    let aspect = |plane: &Plane<'_>| (plane.extent.width() / plane.extent.height()).clamp(NARROWEST, WIDEST);
    let room = WIDTH - GAP * (2 * far.len() - 1) as f64;
    let inner = (INSET - GAP).min(room / far.iter().map(aspect).sum::<f64>());
    let mut x = 0.0;
    for plane in far {
        let (width, height) = (inner * aspect(plane) + GAP, inner + GAP);
        let scale = (inner * aspect(plane) / plane.extent.width()).min(inner / plane.extent.height());
        let left = x + (width - plane.extent.width() * scale) / 2.0;
        let above = top + (height - plane.extent.height() * scale) / 2.0;
        plane.shapes(scale, (left, above), &mut map.shapes);
        let codes = plane.shapes.iter().map(|(code, _)| (*code).to_owned()).collect();
        map.insets.push(Inset { x: x as i64, y: top as i64, width: width as i64, height: height as i64, codes });
        x += width + GAP;
    }
    map.height = (top + inner + GAP + CAPTION).ceil() as u32;
}

/// Groups jurisdictions that lie near each other: the largest group first, then by the ground that they take.
fn groups(outlines: &Outlines) -> Vec<Vec<&str>> {
    let boxes: Vec<(&str, Rect)> =
        outlines.iter().filter_map(|(code, shape)| Some((code.as_str(), turned(shape).bounding_rect()?))).collect();
    let mut left: BTreeSet<usize> = (0..boxes.len()).collect();
    let mut groups = Vec::new();
    while let Some(first) = left.pop_first() {
        let mut group = vec![first];
        let mut reached = 0;
        while reached < group.len() {
            let here = boxes[group[reached]].1;
            let near: Vec<usize> =
                left.iter().copied().filter(|other| distance(here, boxes[*other].1) < NEAR).collect();
            for other in &near {
                left.remove(other);
            }
            group.extend(near);
            reached += 1;
        }
        group.sort_unstable();
        groups.push(group);
    }
    let ground = |group: &[usize]| group.iter().map(|at| boxes[*at].1.unsigned_area()).sum::<f64>();
    groups.sort_by(|a, b| (b.len().cmp(&a.len())).then(ground(b).total_cmp(&ground(a))));
    groups.into_iter().map(|group| group.into_iter().map(|at| boxes[at].0).collect()).collect()
}

/// Distance of two boxes in degrees, the larger of both directions; longitudes meet at the antimeridian.
fn distance(one: Rect, other: Rect) -> f64 {
    let across = |turn: f64| (one.min().x - other.max().x - turn).max(other.min().x + turn - one.max().x).max(0.0);
    let east = [-360.0, 0.0, 360.0].map(across).into_iter().fold(f64::INFINITY, f64::min);
    let north = (one.min().y - other.max().y).max(other.min().y - one.max().y).max(0.0);
    east.max(north)
}

/// Keeps a shape on both sides of the antimeridian in one piece: its eastern longitudes count on past −180°.
fn turned(shape: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    match shape.bounding_rect() {
        Some(bounds) if bounds.width() > 180.0 => {
            shape.map_coords(|Coord { x, y }| Coord { x: if x > 0.0 { x - 360.0 } else { x }, y })
        }
        _ => shape.clone(),
    }
}

/// A group on a plane of its own, in metres, y northward.
struct Plane<'a> {
    shapes: Vec<(&'a str, MultiPolygon<f64>)>,
    extent: Rect,
}

impl<'a> Plane<'a> {
    fn of(group: &[&'a str], outlines: &Outlines) -> Option<Self> {
        let shapes: Vec<(&str, MultiPolygon<f64>)> =
            group.iter().map(|code| (*code, turned(&outlines[*code]))).collect();
        let degrees = around(&shapes)?;
        let projection = Projection::of_box(degrees.min().x, degrees.min().y, degrees.max().x, degrees.max().y);
        let project = |Coord { x, y }| {
            let [x, y] = projection.project(x, y);
            Coord { x, y }
        };
        let shapes: Vec<_> = shapes.into_iter().map(|(code, shape)| (code, shape.map_coords(project))).collect();
        let extent = around(&shapes)?;
        (extent.width() > 0.0 && extent.height() > 0.0).then_some(Self { shapes, extent })
    }

    /// Draws the shapes at a scale, the upper left corner of the extent at a point.
    fn shapes(&self, scale: f64, (left, top): (f64, f64), shapes: &mut Vec<Shape>) {
        let (west, north) = (self.extent.min().x, self.extent.max().y);
        let place = |Coord { x, y }: Coord<f64>| Coord { x: left + (x - west) * scale, y: top + (north - y) * scale };
        shapes.extend(self.shapes.iter().filter_map(|(code, shape)| shape_of(code, &shape.map_coords(place))));
    }
}

fn around(shapes: &[(&str, MultiPolygon<f64>)]) -> Option<Rect> {
    shapes.iter().filter_map(|(_, shape)| shape.bounding_rect()).reduce(|a, b| {
        Rect::new(
            (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
            (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
        )
    })
}

fn shape_of(code: &str, shape: &MultiPolygon<f64>) -> Option<Shape> {
    let largest = shape.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    let bounds = largest.bounding_rect()?;
    let holds_code = |middle: &Point| {
        let (x, y, half) = (middle.x(), middle.y(), (CODE.0 / 2.0, CODE.1 / 2.0));
        largest.contains(&Rect::new((x - half.0, y - half.1), (x + half.0, y + half.1)).to_polygon())
    };
    // The centroid is where the eye looks for the code, but it may lie outside or in a narrow place.
    let (point, lettered) = match largest.centroid().filter(holds_code) {
        Some(centroid) => (centroid, true),
        None => {
            let inner = largest.interior_point()?;
            (inner, holds_code(&inner))
        }
    };
    let mut path = String::new();
    for part in shape.iter().filter(|part| *part == largest || part.unsigned_area() >= SPECK) {
        rings(part).for_each(|ring| write_ring(ring, &mut path));
    }
    Some(Shape {
        code: code.to_owned(),
        path,
        x: point.x().round() as i64,
        y: point.y().round() as i64,
        dot: bounds.width() < SMALL && bounds.height() < SMALL,
        lettered,
    })
}

fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// Writes a ring in whole units, each step from the last position.
fn write_ring(ring: &LineString<f64>, path: &mut String) {
    let mut positions = ring.coords().map(|at| (at.x.round() as i64, at.y.round() as i64));
    let Some((mut x, mut y)) = positions.next() else { return };
    let _ = write!(path, "M{x} {y}l");
    let mut is_first = true;
    for (next_x, next_y) in positions {
        let (dx, dy) = (next_x - x, next_y - y);
        if (dx, dy) == (0, 0) {
            continue;
        }
        let space = if is_first || dx < 0 { "" } else { " " };
        let between = if dy < 0 { "" } else { " " };
        let _ = write!(path, "{space}{dx}{between}{dy}");
        (x, y, is_first) = (next_x, next_y, false);
    }
    path.push_str(if is_first { "0 0z" } else { "z" });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn real() -> Outlines {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/2016/outlines.geojson");
        crate::boundaries::outlines("outlines.geojson", &std::fs::read(path).unwrap()).unwrap()
    }

    fn square(west: f64, south: f64, size: f64) -> MultiPolygon<f64> {
        MultiPolygon::new(vec![Rect::new((west, south), (west + size, south + size)).to_polygon()])
    }

    #[test]
    fn neighbours_stand_together_and_each_far_group_has_a_box() {
        let map = Map::draw(&real()).unwrap();
        assert_eq!(map.shapes.len(), 56);
        let codes: Vec<String> = map.insets.iter().map(|inset| inset.codes.join(" ")).collect();
        assert_eq!(codes, ["GU MP", "PR VI", "AK", "HI", "AS"]);
    }

    #[test]
    fn every_shape_lies_within_the_picture_and_every_far_one_within_its_box() {
        let map = Map::draw(&real()).unwrap();
        for shape in &map.shapes {
            let is_inside = |left: i64, top: i64, right: i64, bottom: i64| {
                (left..=right).contains(&shape.x) && (top..=bottom).contains(&shape.y)
            };
            let inset = map.insets.iter().find(|inset| inset.codes.contains(&shape.code));
            match inset {
                Some(Inset { x, y, width, height, .. }) => {
                    assert!(is_inside(*x, *y, x + width, y + height), "{}", shape.code);
                }
                None => assert!(is_inside(0, 0, 2000, map.insets[0].y), "{}", shape.code),
            }
        }
        let last = map.insets.last().unwrap();
        assert!(last.x + last.width <= 2000 && last.y + last.height <= i64::from(map.height));
    }

    #[test]
    fn what_is_small_has_a_dot_and_what_is_large_its_code() {
        let map = Map::draw(&real()).unwrap();
        let of = |code: &str| map.shapes.iter().find(|shape| shape.code == code).unwrap();
        for code in ["DC", "RI", "GU", "MP", "VI"] {
            assert!(of(code).dot && !of(code).lettered, "{code}");
        }
        assert!(!of("MD").dot && !of("MD").lettered);
        assert!(of("TX").lettered && of("AK").lettered && !of("TX").dot);
    }

    #[test]
    fn boxes_on_both_sides_of_the_antimeridian_are_near() {
        let (east, west) = (Rect::new((179.0, 0.0), (179.9, 1.0)), Rect::new((-179.9, 0.0), (-179.0, 1.0)));
        assert!(distance(east, west) < 0.3 && distance(west, east) < 0.3);
        assert_eq!(distance(west, Rect::new((-170.0, 5.0), (-169.0, 6.0))), 9.0);
    }

    #[test]
    fn a_path_steps_from_position_to_position() {
        let mut path = String::new();
        write_ring(square(10.0, 10.0, 5.0).0[0].exterior(), &mut path);
        assert_eq!(path, "M15 10l0 5-5 0 0-5 5 0z");
        let map = Map::draw(&Outlines::from([("AA".into(), square(0.0, 40.0, 2.0))])).unwrap();
        assert_eq!((map.shapes.len(), map.insets.len(), map.height), (1, 0, 1300));
        assert_eq!(Map::draw(&Outlines::new()), None);
    }
}
