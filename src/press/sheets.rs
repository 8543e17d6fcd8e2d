//! Reports become single pages with marks, or imposed sheets.

use chrono::NaiveDate;

use crate::diag::Finding;
use crate::unit::Digest;

use super::assemble::{PageOf, Printed, assemble};
use super::geometry::{Area, Side};
use super::import::Source;
use super::impose::{Cell, Scheme, Spine, impose};
use super::metadata::Title;
use super::profile::{Profile, SheetPlan};

/// The typeset press pages of a report, opened.
pub struct PressPages {
    title: String,
    author: String,
    edition: String,
    jurisdiction: String,
    date: NaiveDate,
    digest: String,
    source: Source,
}

/// Imposed sheets.
pub struct Sheets {
    /// The file.
    pub pdf: Vec<u8>,
    /// Where the finished pages stand, side by side of the file.
    pub placed: Vec<Vec<Placed>>,
}

/// A finished page on a side of a sheet, in points from the lower left corner of the paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The page in its report, from 0.
    pub page: usize,
    /// Where it is finished, with its content: moved toward the spine to make up for creep.
    pub trim: Area,
    /// To where its colour may go: to the spine, or through the bleed.
    pub visible: Area,
    /// On which side of it the spine lies.
    pub spine: Option<Spine>,
}

/// What the slug line says of the printer's job.
#[derive(Clone, Debug)]
pub struct PrintJob {
    /// Its number or name.
    pub name: String,
    /// The revision of the files.
    pub revision: String,
}

impl PressPages {
    /// Opens typeset press pages; `document` says what they show.
    ///
    /// # Errors
    /// Returns a fault of the program where the pages cannot be read.
    pub fn open(document: &crate::compose::Document, jurisdiction: &str, pages: &[u8]) -> Result<Self, Finding> {
        let meta = &document.meta;
        Ok(Self {
            title: meta.title.clone(),
            author: meta.author.clone(),
            edition: meta.edition.clone(),
            jurisdiction: jurisdiction.to_owned(),
            date: meta.data_date,
            digest: Digest::of(pages).short(8),
            source: Source::open(pages)?,
        })
    }

    /// Returns the number of pages.
    pub fn page_count(&self) -> usize {
        self.source.len()
    }

    fn slug(&self, job: &PrintJob, what: &str) -> String {
        format!(
            "Job {}  ·  {}  ·  {}  ·  Revision {}  ·  {what}  ·  Source {}  ·  Data of {}",
            job.name, self.jurisdiction, self.edition, job.revision, self.digest, self.date
        )
    }
}

/// Makes single pages with bleed and marks.
///
/// # Errors
/// Returns a font that is none, and faults of the program.
pub fn pages(profile: &Profile, job: &PrintJob, report: &PressPages) -> Result<Vec<u8>, Finding> {
    let scheme = Scheme::Single;
    let side = Side::of(profile, &scheme, None);
    let count = report.page_count();
    let printed: Vec<Printed> = impose(scheme, count)
        .iter()
        .enumerate()
        .map(|(index, sheet)| Printed {
            side: side.clone(),
            cells: with_pages(&sheet.front, 0),
            slug: report.slug(job, &format!("Page {} of {count}", index + 1)),
            slip: Vec::new(),
        })
        .collect();
    assemble(profile, &[&report.source], &printed, &title(&[report], "press pages"))
}

/// Makes imposed sheets of one report, or of several as one run with a separator slip before each.
///
/// # Errors
/// Returns a font that is none, and faults of the program.
pub fn sheets(profile: &Profile, job: &PrintJob, plan: &SheetPlan, reports: &[&PressPages]) -> Result<Sheets, Finding> {
    let side = Side::of(profile, &plan.scheme, Some(plan.paper));
    let mut printed = Vec::new();
    for (place, report) in reports.iter().enumerate() {
        let imposed = impose(plan.scheme, report.page_count());
        if reports.len() > 1 {
            printed.extend(slip(&side, job, report, (place, reports.len()), imposed.len()));
        }
        for (number, sheet) in imposed.iter().enumerate() {
            for (cells, name) in [(&sheet.front, "front"), (&sheet.back, "back")] {
                let what = format!("Sheet {} of {}, {name}, {}", number + 1, imposed.len(), listed(cells));
                printed.push(Printed {
                    side: side.clone(),
                    cells: with_pages(cells, place),
                    slug: report.slug(job, &what),
                    slip: Vec::new(),
                });
            }
        }
    }
    let sources: Vec<&Source> = reports.iter().map(|report| &report.source).collect();
    let pdf = assemble(profile, &sources, &printed, &title(reports, &format!("press sheets, {}", plan.name)))?;
    Ok(Sheets { pdf, placed: printed.iter().map(|printed| placed(profile, printed)).collect() })
}

fn placed(profile: &Profile, printed: &Printed) -> Vec<Placed> {
    let place = |(cell, page): &(Cell, PageOf)| {
        let (Area([left, bottom, right, top]), visible) = printed.side.page(profile, cell);
        let creep = Side::creep(profile, cell);
        let trim = Area([left + creep, bottom, right + creep, top]);
        Placed { page: page.page, trim, visible, spine: cell.spine }
    };
    printed.cells.iter().map(place).collect()
}

/// Names the pages of a side in the order of its cells, e.g. `pages 4–1`.
fn listed(cells: &[Cell]) -> String {
    let name = |cell: &Cell| cell.page.map_or_else(|| "blank".to_owned(), |page| (page + 1).to_string());
    format!("pages {}", cells.iter().map(name).collect::<Vec<_>>().join("–"))
}

/// Warns of a number of pages that leaves blank ones: pages are paid for by sheets.
pub fn page_count_warning(plan: &SheetPlan, pages: usize) -> Option<String> {
    let padded = plan.scheme.padded(pages);
    let sheets = impose(plan.scheme, pages).len();
    (padded > pages).then(|| {
        let blank = padded - pages;
        format!(
            "{pages} page{} take {sheets} sheet{} of `{}` and leave {blank} page{} blank",
            plural(pages),
            plural(sheets),
            plan.name,
            plural(blank)
        )
    })
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn with_pages(cells: &[Cell], report: usize) -> Vec<(Cell, PageOf)> {
    cells.iter().filter_map(|cell| Some((*cell, PageOf { report, page: cell.page? }))).collect()
}

/// Makes the two sides of a separator slip: words on the front, nothing but marks on the back.
fn slip(side: &Side, job: &PrintJob, report: &PressPages, (place, all): (usize, usize), sheets: usize) -> [Printed; 2] {
    let words = vec![
        report.jurisdiction.clone(),
        report.title.clone(),
        format!("Report {} of {all} in this run", place + 1),
        format!("{} pages on {sheets} sheet{}", report.page_count(), plural(sheets)),
        format!("Job {}, revision {}, source {}", job.name, job.revision, report.digest),
    ];
    let blank = |slip: Vec<String>, what: &str| Printed {
        side: side.clone(),
        cells: Vec::new(),
        slug: report.slug(job, what),
        slip,
    };
    [blank(words, "Separator slip, front"), blank(Vec::new(), "Separator slip, back")]
}

fn title<'a>(reports: &[&'a PressPages], what: &str) -> Title<'a> {
    let first = reports.first().expect("a press file shows one report at least");
    let subject = if reports.len() == 1 { &first.title } else { &first.edition };
    Title { title: format!("{subject}, {what}"), author: &first.author, date: first.date }
}
