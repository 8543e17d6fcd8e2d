//! Stage `review`: two reports or two releases, and exactly what changed between them.
//!
//! Takes the bytes of two PDFs; gives a list of [`Change`]s by kind, each with its place in the words of the report.
//! Tables are compared by their rows and cells, so that an inserted row is one change although all pages after it
//! reflow. Nothing but what is printed or attached is looked at.

mod attached;
mod cause;
mod change;
mod compare;
mod content;
mod decided;
mod draw;
mod find;
mod grouped;
mod identity;
mod kind;
mod outlines;
mod page;
mod paper;
mod pixels;
mod policy;
mod read;
mod records;
mod repeated;
mod report;
mod run;
mod shown;
mod side;
mod spot;
mod text_builder;

pub use cause::{Cause, CauseId, CauseKind, InputChange, numbers};
pub use change::{Change, Group, Place, RecordChange, Traced, Value};
pub use decided::missing_changes;
pub use grouped::{ChangeGroup, Line, MANY, Member, grouped, shares};
pub use kind::{Kind, alarms};
pub use page::page;
pub use paper::paper;
pub use policy::{Policy, Weight, schema};
pub use records::{CaseData, trace};
pub use report::{ReviewedReport, compare};
pub use run::{Review, Reviewed, ReviewedRelease, is_readable, review, reviewed_files};
pub use shown::{Pair, Shown, UNTAGGED};
pub use spot::Spot;
