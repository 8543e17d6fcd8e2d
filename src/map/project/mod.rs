//! The counties as shapes on a plane: projected, framed, and parted into borders and outline.

mod albers;
mod borders;
mod frame;
mod plane;
mod silhouette;

pub use albers::Projection;
pub(super) use borders::{Borders, Segment, borders, length};
pub(super) use frame::Frame;
pub(super) use plane::Plane;
pub(super) use silhouette::Silhouette;
