//! Transformations of the plane, as PDF writes them (ISO 32000-1, 8.3.4).

use super::super::geometry::Area;

/// A transformation: a, b, c, d, e, f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Returns the transformation that applies this one first and then the other.
    pub(super) fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Self([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    pub(super) fn point(self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [a, b, c, d, e, f] = self.0;
        [a * x + c * y + e, b * x + d * y + f]
    }

    /// Returns the upright box around a transformed area.
    pub(super) fn area(self, Area([left, bottom, right, top]): Area) -> Area {
        let corners = [[left, bottom], [right, bottom], [right, top], [left, top]].map(|corner| self.point(corner));
        around(corners).unwrap_or(Area([0.0; 4]))
    }

    /// Tells whether lengths stay as they are and upright boxes stay upright: shifts, quarter turns and mirrors.
    pub(super) fn is_rigid(self) -> bool {
        let [a, b, c, d, _, _] = self.0.map(f64::abs);
        [a, b, c, d] == [1.0, 0.0, 0.0, 1.0] || [a, b, c, d] == [0.0, 1.0, 1.0, 0.0]
    }

    /// Returns by how much lengths along x and along y grow.
    pub(super) fn scales(self) -> (f64, f64) {
        let [a, b, c, d, _, _] = self.0;
        ((a * a + b * b).sqrt(), (c * c + d * d).sqrt())
    }
}

/// Returns the upright box around some positions.
pub(super) fn around(positions: impl IntoIterator<Item = [f64; 2]>) -> Option<Area> {
    let boxes = positions.into_iter().map(|[x, y]| Area([x, y, x, y]));
    boxes.reduce(Area::join)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transformations_apply_in_the_order_written() {
        let doubled = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let moved = Matrix([1.0, 0.0, 0.0, 1.0, 10.0, 0.0]);
        assert_eq!(doubled.then(moved).point([1.0, 1.0]), [12.0, 2.0]);
        assert_eq!(moved.then(doubled).point([1.0, 1.0]), [22.0, 2.0]);
        let turned = Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]);
        assert_eq!(turned.area(Area([0.0, 0.0, 3.0, 1.0])), Area([-1.0, 0.0, 0.0, 3.0]));
        assert_eq!(turned.scales(), (1.0, 1.0));
    }
}
