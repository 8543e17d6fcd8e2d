//! How far the shapes reach west and east at each height: where the map leaves room for its legend.

use geo::Coord;

use super::plane::Plane;

/// Heights told apart.
const STEPS: usize = 512;

/// The reach of the shapes in each step from north to south, in metres from the western edge.
pub(in crate::map) struct Silhouette {
    reach: Vec<Option<(f64, f64)>>,
    step: f64,
}

impl Silhouette {
    /// Traces the outline of all shapes.
    pub(crate) fn trace(plane: &Plane) -> Self {
        let step = plane.extent.height() / STEPS as f64;
        let mut silhouette = Self { reach: vec![None; STEPS], step };
        for [a, b] in (0..plane.shapes.len()).flat_map(|county| plane.edges(county)) {
            let local = |point: Coord<f64>| (point.x - plane.extent.west, plane.extent.north - point.y);
            silhouette.add(local(a), local(b), plane.extent.width());
        }
        silhouette
    }

    /// Adds an edge, cut at the sides of the map.
    fn add(&mut self, a: (f64, f64), b: (f64, f64), width: f64) {
        let ((x_0, y_0), (x_1, y_1)) = if a.1 <= b.1 { (a, b) } else { (b, a) };
        let slope = if y_1 > y_0 { (x_1 - x_0) / (y_1 - y_0) } else { 0.0 };
        let Some((first, last)) = self.steps(y_0, y_1) else { return };
        for place in first..=last {
            let top = y_0.max(place as f64 * self.step);
            let bottom = y_1.min((place + 1) as f64 * self.step);
            let (mut west, mut east) = (x_0 + slope * (top - y_0), x_0 + slope * (bottom - y_0));
            if y_1 == y_0 {
                east = x_1;
            }
            if west > east {
                std::mem::swap(&mut west, &mut east);
            }
            if east < 0.0 || west > width {
                continue;
            }
            let (low, high) = self.reach[place].unwrap_or((f64::INFINITY, f64::NEG_INFINITY));
            self.reach[place] = Some((low.min(west.max(0.0)), high.max(east.min(width))));
        }
    }

    /// Returns how far west and east the shapes reach between two heights, metres from the north-western corner.
    pub(crate) fn reach(&self, top: f64, bottom: f64) -> Option<(f64, f64)> {
        let (first, last) = self.steps(top, bottom)?;
        let found = self.reach[first..=last].iter().flatten().copied();
        found.reduce(|(west, east), (w, e)| (west.min(w), east.max(e)))
    }

    /// Returns the first and last step that two heights touch.
    fn steps(&self, top: f64, bottom: f64) -> Option<(usize, usize)> {
        let height = self.step * STEPS as f64;
        if !(bottom >= 0.0 && top <= height) {
            return None;
        }
        let place = |height: f64| ((height / self.step).max(0.0) as usize).min(STEPS - 1);
        Some((place(top), place(bottom)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::sample;

    #[test]
    fn an_empty_corner_is_seen() {
        let boundaries = sample::boxes(&[("09001", [0.0, 1.0, 1.0, 2.0]), ("09003", [1.0, 0.0, 2.0, 2.0])]);
        let plane = Plane::project(&boundaries, None).unwrap();
        let silhouette = Silhouette::trace(&plane);
        let (width, height) = (plane.extent.width(), plane.extent.height());
        let (west, east) = silhouette.reach(0.6 * height, 0.9 * height).unwrap();
        assert!(west > 0.45 * width && east > 0.99 * width, "{west} to {east} of {width}");
        assert!(silhouette.reach(0.1 * height, 0.2 * height).unwrap().0 < 0.01 * width);
        assert_eq!(silhouette.reach(1.1 * height, 1.2 * height), None);
    }
}
