//! The drafts of all reports of an edition.

use std::borrow::Cow;

use crate::boundaries::Geography;
use crate::compose::Document;
use crate::confidential::Published;
use crate::diag::Findings;
use crate::report_spec::Spec;

use super::draft::{Draft, published_tables};
use super::parts::Shared;
use super::past::ExistingRelease;

/// Drafts the reports of an edition.
pub struct Drafts<'a> {
    /// The spec of the edition.
    pub spec: &'a Spec,
    /// Boundaries, where the spec has a map.
    pub geography: Option<&'a Geography>,
    /// What all reports share.
    pub shared: Shared,
    /// The publication that the edition corrects.
    pub predecessor: Option<&'a ExistingRelease>,
    /// Publications that no figure may cross the threshold against.
    pub compared: Vec<&'a ExistingRelease>,
}

impl Drafts<'_> {
    /// Drafts a composed report, with its corrections.
    ///
    /// # Errors
    /// Says which correction has no reason, and which figure is hidden in one publication and shown in another.
    pub fn draft<'p>(&self, published: &'p Published, document: Cow<'p, Document>) -> Result<Draft<'p>, Findings> {
        let plain = self.plain(published, document);
        for other in &self.compared {
            self.must_not_tell(other, &plain)?;
        }
        self.revise(plain)
    }

    /// Takes a composed report as it is.
    fn plain<'p>(&self, published: &'p Published, document: Cow<'p, Document>) -> Draft<'p> {
        let tables = published_tables(self.spec, self.geography, published, &document);
        let parts = self.shared.of_report(self.spec, published, &document, &tables);
        Draft { published, document, tables, parts, revised: false }
    }
}
