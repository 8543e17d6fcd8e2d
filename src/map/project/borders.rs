//! The lines of the map: where two counties meet, and where the jurisdiction ends.

use geo::Coord;
use rayon::slice::ParallelSliceMut;

use super::frame::Frame;
use super::plane::Plane;

/// A straight piece of a line, in pixels.
pub(in crate::map) type Segment = [Coord<f64>; 2];

/// The lines of a map.
pub(in crate::map) struct Borders {
    /// Edges that two counties share.
    pub inner: Vec<Segment>,
    /// Edges of one county only.
    pub outline: Vec<Segment>,
}

/// An edge by the bits of its ends, the lower first: the same from both sides.
type Key = [u64; 4];

/// Parts shared edges from the outline.
///
/// Neighbouring counties of one boundary file meet in identical positions, and equal degrees project to equal bits.
pub(in crate::map) fn borders(plane: &Plane, frame: &Frame) -> Borders {
    let mut keys: Vec<Key> = (0..plane.shapes.len()).flat_map(|county| plane.edges(county)).map(key).collect();
    keys.par_sort_unstable();
    let mut borders = Borders { inner: Vec::new(), outline: Vec::new() };
    for same in keys.chunk_by(|a, b| a == b) {
        let [x_0, y_0, x_1, y_1] = same[0].map(f64::from_bits);
        let segment = [Coord { x: x_0, y: y_0 }, Coord { x: x_1, y: y_1 }].map(|end| frame.pixel(end));
        if same.len() == 1 { &mut borders.outline } else { &mut borders.inner }.push(segment);
    }
    borders
}

fn key([a, b]: [Coord<f64>; 2]) -> Key {
    // Adding zero makes one zero of the two that floats have.
    let bits = |end: Coord<f64>| [(end.x + 0.0).to_bits(), (end.y + 0.0).to_bits()];
    let ([a_x, a_y], [b_x, b_y]) = (bits(a).min(bits(b)), bits(a).max(bits(b)));
    [a_x, a_y, b_x, b_y]
}

/// Returns the length of a segment in pixels.
pub(in crate::map) fn length(&[a, b]: &Segment) -> f64 {
    let d = b - a;
    (d.x * d.x + d.y * d.y).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::sample;

    #[test]
    fn edges_of_two_counties_are_inner_and_all_others_outline() {
        let plane = Plane::project(&sample::quarters(), None).unwrap();
        let frame = Frame { extent: plane.extent, scale: 1e-3, left: 0.0, top: 0.0 };
        let borders = borders(&plane, &frame);
        assert_eq!((borders.inner.len(), borders.outline.len()), (4, 8));
    }
}
