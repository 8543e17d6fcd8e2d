//! Reports for the printer.

use std::path::Path;

use rayon::prelude::*;

use crate::compose::Document;
use crate::confidential::Published;
use crate::diag::{Findings, gather};
use crate::disk::{Content, Readers, Written};
use crate::press::{self, Expected, Forms, PressPages, PrintJob, Profile};
use crate::release::{must_be_outside_releases, publish_files};
use crate::typeset::{self, LayoutAssets};

use super::edition::Edition;
use super::workers;

/// Published press files, and what preflight had to say of them.
pub struct Imposed {
    /// The files.
    pub written: Vec<Written>,
    /// Warnings.
    pub warnings: Findings,
}

impl Edition {
    /// Makes single pages and sheets of all reports, checks every file and publishes them below a folder, all or none.
    ///
    /// # Errors
    /// Returns what stopped a report, every error that preflight found, and what could not be written.
    pub fn press(&self, profile: &Profile, job: &PrintJob, out: &Path) -> Result<Imposed, Findings> {
        must_be_outside_releases(out)?;
        let documents = self.final_documents()?;
        let reports = self.press_reports_of(&documents)?;
        let mut plans: Vec<Plan<'_>> = Vec::new();
        for (report, document) in reports.iter().zip(&documents) {
            let name = &document.meta.file_name;
            plans.push(Plan { path: format!("press/{name}-press.pdf"), kind: Kind::Pages(report) });
            for sheet in &profile.sheets {
                plans.push(Plan {
                    path: format!("press/{name}-{}.pdf", sheet.name),
                    kind: Kind::Sheets(sheet, vec![report]),
                });
            }
        }
        if reports.len() > 1 {
            for sheet in &profile.sheets {
                let path = format!("press/{}-run-{}.pdf", self.spec.edition, sheet.name);
                plans.push(Plan { path, kind: Kind::Sheets(sheet, reports.iter().collect()) });
            }
        }
        let forms = Forms::default();
        let made = gather(plans.par_iter().map(|plan| plan.make(profile, job, &forms)).collect())?;
        let (mut files, mut warnings) = (Vec::new(), Findings::new());
        for (file, found) in made {
            files.push(file);
            warnings.extend(found);
        }
        if warnings.has_errors() {
            return Err(warnings);
        }
        Ok(Imposed { written: publish_files(Readers::Everyone, out, &files)?, warnings })
    }

    /// Typesets the press pages of all reports and opens them.
    ///
    /// # Errors
    /// Returns what stopped a report.
    pub fn press_reports(&self) -> Result<Vec<PressPages>, Findings> {
        self.press_reports_of(&self.final_documents()?)
    }

    fn press_reports_of(&self, documents: &[Document]) -> Result<Vec<PressPages>, Findings> {
        let assets = LayoutAssets::read(&self.spec.layout, &self.spec.fonts, &self.spec.root)?;
        let jobs: Vec<(&Published, &Document)> = self.published.iter().zip(documents).collect();
        gather(workers::each(jobs.len(), |job| {
            let (published, document) = jobs[job];
            let report = self.press_report(&assets, published, document);
            typeset::forget(typeset::MEMORY);
            report
        }))
    }

    /// Typesets the press pages of one report, by its place among the reports.
    ///
    /// # Errors
    /// Returns what stopped the report.
    pub fn press_pages(&self, report: usize) -> Result<Vec<u8>, Findings> {
        let documents = self.final_documents()?;
        let assets = LayoutAssets::read(&self.spec.layout, &self.spec.fonts, &self.spec.root)?;
        self.typeset_press(&assets, &self.published[report], &documents[report])
    }

    fn typeset_press(
        &self,
        assets: &LayoutAssets,
        published: &Published,
        document: &Document,
    ) -> Result<Vec<u8>, Findings> {
        let pictures = self.drawing(published, document).press_pictures()?;
        typeset::press_pages(assets, document, &pictures)
    }

    fn press_report(
        &self,
        assets: &LayoutAssets,
        published: &Published,
        document: &Document,
    ) -> Result<PressPages, Findings> {
        let pages = self.typeset_press(assets, published, document)?;
        let jurisdiction = &self.spec.jurisdictions[published.jurisdiction()].name;
        Ok(PressPages::open(document, jurisdiction, &pages)?)
    }
}

/// A file to make.
struct Plan<'a> {
    path: String,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Pages(&'a PressPages),
    Sheets(&'a press::SheetPlan, Vec<&'a PressPages>),
}

impl Plan<'_> {
    fn make(&self, profile: &Profile, job: &PrintJob, forms: &Forms) -> Result<(Content, Findings), Findings> {
        let (content, expected) = match &self.kind {
            Kind::Pages(report) => (press::pages(profile, job, report)?, Expected::Pages),
            Kind::Sheets(plan, reports) => {
                let made = press::sheets(profile, job, plan, reports)?;
                (made.pdf, Expected::Sheets { plan: plan.name.clone(), placed: made.placed })
            }
        };
        let found = press::preflight_of_run(&self.path, &content, Some((profile, &expected)), forms);
        Ok((Content { path: self.path.clone(), bytes: content }, found))
    }
}
