//! Calls the stages in order. It holds no rule of its own.

mod approve;
mod check;
mod draw;
mod edition;
mod press;
mod progress;
mod release;
mod released;
mod remarks;
mod reports;
mod run;
mod verify;
mod workers;

pub use approve::{Approval, approve};
pub use edition::Edition;
pub use press::Imposed;
pub use progress::{Event, Outcome, Progress, Step};
pub use release::{merge, release};
pub use released::Released;
pub use remarks::Remarks;
pub use verify::verify;
