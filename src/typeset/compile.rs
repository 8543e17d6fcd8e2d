//! A report, laid out.

use typst_layout::PagedDocument;

use crate::diag::{Finding, Findings, code};

use super::diags;
use super::world::ReportWorld;

/// Lays out a report; a warning of the layout is an error, since nobody reads it later.
pub(super) fn compile(world: &ReportWorld<'_>) -> Result<PagedDocument, Findings> {
    let compiled = typst::compile::<PagedDocument>(world);
    let document = compiled.output.map_err(|errors| diags::findings(world, &errors))?;
    let warnings: Findings = diags::findings(world, &compiled.warnings);
    if !warnings.is_empty() {
        return Err(warnings);
    }
    if document.pages().is_empty() {
        return Err(Finding::error(code::typeset::NO_PAGE, "the layout makes no page")
            .in_file(world.assets.name.clone())
            .into());
    }
    Ok(document)
}
