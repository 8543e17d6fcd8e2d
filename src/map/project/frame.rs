//! From the plane to the picture.

use geo::Coord;

use super::plane::Extent;

/// Where the plane lies in the picture.
#[derive(Clone, Copy, Debug)]
pub(in crate::map) struct Frame {
    /// The box of the plane that is shown, metres.
    pub extent: Extent,
    /// Pixels per metre.
    pub scale: f64,
    /// Pixel column of the western edge.
    pub left: f64,
    /// Pixel row of the northern edge.
    pub top: f64,
}

impl Frame {
    /// Turns a position of the plane into pixels, rows counted downward.
    pub(crate) fn pixel(&self, Coord { x, y }: Coord<f64>) -> Coord<f64> {
        Coord { x: self.left + (x - self.extent.west) * self.scale, y: self.top + (self.extent.north - y) * self.scale }
    }

    /// Returns the edges of the shown box in pixels: left, top, right, bottom.
    pub(crate) fn edges(&self) -> [f64; 4] {
        let (right, bottom) = (self.extent.width() * self.scale, self.extent.height() * self.scale);
        [self.left, self.top, self.left + right, self.top + bottom]
    }
}
