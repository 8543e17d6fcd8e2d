//! All that a build does, but for drawing maps and writing PDFs.
//!
//! Reports of one edition differ by a few words and figures, and to lay out all of them takes much of the time of a build.
//! So their representatives are laid out. Where one of them has a fault, all reports are laid out, and what is said is said
//! of them.

use rayon::prelude::*;

use crate::compose::Document;
use crate::confidential::Published;
use crate::diag::{Findings, gather};
use crate::release;
use crate::typeset::{self, LayoutAssets};
use crate::unit::Pt;

use super::edition::Edition;
use super::workers;

impl Edition {
    /// Composes all reports and arranges their maps, and lays out as many as it takes to find any fault; returns how many
    /// reports there are.
    ///
    /// # Errors
    /// Returns what would stop [`build`](Self::build), but for what only writing the files can tell.
    pub fn check(&self) -> Result<usize, Findings> {
        release::must_have_sheets(&self.spec)?;
        let documents = self.final_documents()?;
        let assets = LayoutAssets::read(&self.spec.layout, &self.spec.fonts, &self.spec.root)?;
        let jobs: Vec<(&Published, &Document)> = self.published.iter().zip(&documents).collect();
        let sizes: Vec<_> =
            jobs.par_iter().map(|(published, document)| self.drawing(published, document).sizes()).collect();
        let fits = |document: &Document, sizes: &[(Pt, Pt)]| {
            let fits = typeset::check(&assets, document, sizes);
            typeset::forget(typeset::MEMORY);
            fits
        };
        let is_sound = sizes.iter().all(Result::is_ok) && {
            let sizes: Vec<_> = sizes.iter().flatten().map(Vec::as_slice).collect();
            let sheets = typeset::representatives(&documents, &sizes);
            let order: Vec<usize> = (0..sheets.len()).collect();
            let sound = workers::in_order(&order, order.len(), |sheet| fits(&sheets[sheet].0, &sheets[sheet].1).ok());
            sound.len() == sheets.len()
        };
        if !is_sound {
            let reports = workers::each(documents.len(), |report| {
                let sizes = sizes[report].as_ref().map_err(Clone::clone)?;
                fits(&documents[report], sizes)
            });
            gather(reports).map_err(|findings| self.at_characters(findings).in_order())?;
        }
        Ok(documents.len())
    }
}
