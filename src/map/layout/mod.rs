//! Where everything stands: map and legend on the paper, the names in their counties or beside them.

mod arrange;
mod external_labels;
mod label;
mod legend;
mod name;
mod spans;

pub(super) use arrange::{Arrangement, arrange};
pub(super) use label::labels;
pub(super) use legend::Swatch;
pub(super) use name::{Ground, Label};
