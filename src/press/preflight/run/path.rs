//! Paths (ISO 32000-1, 8.5).

use lopdf::content::Operation;

use super::super::resources::numbers;
use super::state::State;

/// The path under construction, already in the coordinates of the page.
#[derive(Default)]
pub(super) struct Path {
    pub points: Vec<[f64; 2]>,
    /// How many upright rectangles it holds, where it holds nothing else.
    pub rectangles: Option<usize>,
    pub clips: bool,
}

/// Adds to the path.
pub(super) fn construct(operation: &Operation, state: &State, path: &mut Path) {
    let values = numbers(&operation.operands);
    match (operation.operator.as_str(), values.as_slice()) {
        ("re", &[x, y, width, height]) => {
            let corners = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
            let fresh = path.points.is_empty();
            path.points.extend(corners.map(|corner| state.matrix.point(corner)));
            let [_, b, c, _, _, _] = state.matrix.0;
            let upright = b.abs() < 1e-9 && c.abs() < 1e-9;
            path.rectangles = match path.rectangles {
                _ if !upright => None,
                None if fresh => Some(1),
                Some(count) => Some(count + 1),
                None => None,
            };
        }
        ("W" | "W*", _) => path.clips = true,
        ("h", _) => {}
        (_, values) => {
            path.points.extend(values.chunks_exact(2).map(|pair| state.matrix.point([pair[0], pair[1]])));
            path.rectangles = upright_corners(&path.points).then_some(1);
        }
    }
}

/// Tells whether positions are the corners of one upright rectangle, one after the other.
fn upright_corners(points: &[[f64; 2]]) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() < 1e-6;
    let along = |pair: &[[f64; 2]]| close(pair[0][0], pair[1][0]) != close(pair[0][1], pair[1][1]);
    let closed = points.len() == 5 && close(points[0][0], points[4][0]) && close(points[0][1], points[4][1]);
    (points.len() == 4 || closed) && points.windows(2).all(along) && along(&[points[3], points[0]])
}
