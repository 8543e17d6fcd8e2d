//! Categories of one list, below the same parent.

use crate::figures::{RowId, RowRole};
use crate::report_spec::{Code, CodeId, TiSlice};

/// Categories beside each other.
pub(super) struct Siblings<'s> {
    /// Their codes.
    pub list: &'s TiSlice<CodeId, Code>,
    /// What their rows are.
    pub role: RowRole,
    /// The codes above them.
    pub parent: Vec<String>,
    /// The category that they stand below.
    pub below: Option<CodeId>,
}

impl<'s> Siblings<'s> {
    /// Categories below no other.
    pub fn top(list: &'s TiSlice<CodeId, Code>, role: RowRole) -> Self {
        Self { list, role, parent: Vec::new(), below: None }
    }

    pub fn row(&self, code: CodeId) -> RowId {
        RowId::category(self.role, &self.parent, &self.list[code].code)
    }
}
