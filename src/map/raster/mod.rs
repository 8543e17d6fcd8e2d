//! Pixels: the county-id raster is filled, coloured and averaged, lines are stroked and words written on it.

mod average;
mod encode;
mod fill;
mod lettering;
mod sheet;
mod stroke;

pub(super) use average::Average;
pub(super) use encode::png;
pub(super) use fill::fill;
pub(super) use lettering::Letters;
pub(super) use sheet::{BAND, Sheet, outline_width};
