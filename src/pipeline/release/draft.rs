//! What a report will say, before it is typeset.

use std::borrow::Cow;

use crate::compose::Document;
use crate::confidential::Published;
use crate::diag::Findings;
use crate::pipeline::Edition;
use crate::release::ExistingRelease;

use super::parts::{Parts, Shared};
use super::revise::{must_not_tell, revise};

/// The content of a report.
pub(super) struct Draft<'a> {
    pub published: &'a Published,
    pub document: Cow<'a, Document>,
    /// Its published tables.
    pub tables: Vec<u8>,
    /// What it is made from.
    pub parts: Parts,
    /// It differs in content from the publication before.
    pub revised: bool,
}

impl<'a> Draft<'a> {
    /// Takes a composed report as it is.
    pub(super) fn plain(
        edition: &Edition,
        shared: &Shared,
        published: &'a Published,
        document: Cow<'a, Document>,
    ) -> Result<Self, Findings> {
        let tables = edition.tables(published, &document);
        let parts = shared.of_report(&edition.spec, published, &document, &tables);
        Ok(Self { published, document, tables, parts, revised: false })
    }
}

/// Drafts the reports of a release.
pub(super) struct Drafts<'a> {
    pub edition: &'a Edition,
    pub shared: Shared,
    /// The publication that the edition corrects.
    pub predecessor: Option<&'a ExistingRelease>,
    /// What stands in the place of the release.
    pub last: Option<&'a ExistingRelease>,
}

impl Drafts<'_> {
    /// Composes a report, with its corrections.
    ///
    /// # Errors
    /// Returns every text that cannot be filled in, and as [`must_not_tell`] and [`revise`].
    pub(super) fn draft<'p>(&self, published: &'p Published) -> Result<Draft<'p>, Findings> {
        self.of(published, self.edition.compose(published)?)
    }

    /// Drafts a report that is composed.
    pub(super) fn of<'p>(&self, published: &'p Published, document: Document) -> Result<Draft<'p>, Findings> {
        let plain = Draft::plain(self.edition, &self.shared, published, Cow::Owned(document))?;
        for other in self.last.into_iter().chain(&self.edition.compared) {
            must_not_tell(self.edition, other, &plain)?;
        }
        revise(self.edition, self.predecessor, plain)
    }
}
