//! What a report will say, before it is typeset.

use std::borrow::Cow;

use crate::boundaries::Geography;
use crate::compose::{self, Document};
use crate::confidential::Published;
use crate::report_spec::Spec;

use super::parts::Parts;

/// The content of a report.
pub struct Draft<'a> {
    /// What is published of it.
    pub published: &'a Published,
    /// What it says.
    pub document: Cow<'a, Document>,
    /// Its published tables.
    pub tables: Vec<u8>,
    /// What it is made from.
    pub parts: Parts,
    /// It differs in content from the publication before.
    pub revised: bool,
}

/// Writes the published tables of a report.
pub fn published_tables(
    spec: &Spec,
    geography: Option<&Geography>,
    published: &Published,
    document: &Document,
) -> Vec<u8> {
    compose::published_tables(spec, published, document, geography.map(Geography::index)).to_json()
}
