//! What a report is composed from, and its lines.

use crate::boundaries::CountyIndex;
use crate::confidential::Published;
use crate::diag::Finding;
use crate::report_spec::{Context, Engine, Prose, Spec};

use super::document::{Block, Line};
use super::notes::Numbering;

/// What a report's blocks are composed from.
pub(super) struct Composer<'a> {
    pub(super) spec: &'a Spec,
    pub(super) published: &'a Published,
    pub(super) counties: Option<&'a CountyIndex>,
    pub(super) engine: &'a Engine,
    pub(super) context: &'a Context,
    pub(super) numbering: Numbering,
    pub(super) blocks: Vec<Block>,
}

impl Composer<'_> {
    /// Fills in a template and numbers its markers.
    pub(super) fn line(&mut self, prose: &Prose) -> Result<Line, Finding> {
        let rich = self.engine.rich(prose, self.context)?;
        Ok(self.numbering.line(rich))
    }

    /// Fills in a template about counts under a threshold, and numbers its markers.
    pub(super) fn line_under(&mut self, prose: &Prose, threshold: u64) -> Result<Line, Finding> {
        let context = self.context.and(self.spec.threshold_words(threshold));
        let rich = self.engine.rich(prose, &context)?;
        Ok(self.numbering.line(rich))
    }
}
