//! Reports for the printer.

use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use crate::compose::Document;
use crate::confidential::Published;
use crate::diag::{Finding, Findings, code, describe_io_error};
use crate::press::{self, Expected, Forms, PressPages, PrintJob, Profile};
use crate::typeset::{self, LayoutAssets};

use super::publish::{self, File, Written};
use super::{Edition, gathered, workers};

/// Published press files, and what preflight had to say of them.
pub struct Imposed {
    /// The files.
    pub written: Vec<Written>,
    /// Warnings.
    pub warnings: Findings,
}

/// The largest PDF that preflight reads.
const PDF_LIMIT: u64 = 512 << 20;

impl Edition {
    /// Makes single pages and sheets of all reports, checks every file and publishes them below a folder, all or none.
    ///
    /// # Errors
    /// Returns what stopped a report, every error that preflight found, and what could not be written.
    pub fn press(&self, profile: &Profile, order: &PrintJob, out: &Path) -> Result<Imposed, Findings> {
        publish::must_be_outside_releases(out)?;
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
        let made = gathered(plans.par_iter().map(|plan| plan.make(profile, order, &forms)).collect())?;
        let (mut files, mut warnings) = (Vec::new(), Findings::new());
        for (file, found) in made {
            files.push(file);
            warnings.extend(found);
        }
        if warnings.has_errors() {
            return Err(warnings);
        }
        Ok(Imposed { written: publish::publish(out, files)?, warnings })
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
        gathered(workers::each(jobs.len(), |job| {
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
    fn make(&self, profile: &Profile, order: &PrintJob, forms: &Forms) -> Result<(File, Findings), Findings> {
        let (content, expected) = match &self.kind {
            Kind::Pages(report) => (press::pages(profile, order, report)?, Expected::Pages),
            Kind::Sheets(plan, reports) => {
                let made = press::sheets(profile, order, plan, reports)?;
                (made.pdf, Expected::Sheets { plan: plan.name.clone(), placed: made.placed })
            }
        };
        let found = press::preflight_of_run(&self.path, &content, Some((profile, &expected)), forms);
        Ok((File { path: self.path.clone(), content }, found))
    }
}

/// Checks a PDF for the press.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn check_pdf(path: &Path, profile: Option<&Profile>) -> Result<Findings, Findings> {
    let name = path.to_string_lossy();
    let unreadable = |error: std::io::Error| {
        Finding::error(code::preflight::UNREADABLE, format!("cannot read the file: {}", describe_io_error(&error)))
            .in_file(name.as_ref())
    };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    let mut bytes = Vec::new();
    // A pipe has no size beforehand.
    if size <= PDF_LIMIT {
        file.take(PDF_LIMIT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    if size.max(bytes.len() as u64) > PDF_LIMIT {
        let message = format!("the file has more than {PDF_LIMIT} bytes");
        return Err(Finding::error(code::preflight::TOO_LARGE, message).in_file(name.as_ref()).into());
    }
    Ok(press::preflight(&name, &bytes, profile.map(|profile| (profile, &Expected::Any))))
}
