//! Calls the stages in order. It holds no rule of its own.

mod boundaries;
mod check;
mod draw;
mod press;
mod progress;
mod publish;
mod release;
mod remarks;
mod review;
mod workers;

pub use press::{Imposed, check_pdf};
pub use progress::{Event, Outcome, Progress, Quiet, Step};
pub use publish::{Readers, Written};
pub use release::{Approval, ReleaseOptions, Released, Verification, Verified, approve, merge, release, verify};
pub use remarks::Remarks;
pub use review::{
    Data as ReviewData, Review, Reviewed, Side, is_readable, review, review_page, review_paper, reviewed_files, trace,
    write_review,
};

use std::path::Path;

use rayon::prelude::*;

use crate::boundaries::Geography;
use crate::compose::{self, Document};
use crate::confidential::{Audit, Counts, Published};
use crate::diag::{Finding, Findings, Place, SourceText, Sources, code};
use crate::release::ExistingRelease;
use crate::report_spec::{self, Places, Spec};
use crate::typeset::{self, AccessCopy, Attachment, LayoutAssets, Placed};
use crate::unit::nfc;

/// An edition, counted and protected: all that reports are made from.
pub struct Edition {
    /// The resolved spec.
    pub spec: Spec,
    /// Boundaries, where the spec has a map.
    pub geography: Option<Geography>,
    /// What is published of each report.
    pub published: Vec<Published>,
    /// What that discloses.
    pub audit: Audit,
    /// What boundaries and records have to say beside that.
    pub remarks: Remarks,
    /// The publication that this one corrects, where its spec has a revision and it is known.
    predecessor: Option<ExistingRelease>,
    /// Another publication of the edition, where its spec has no revision: no figure may cross the threshold between them.
    compared: Option<ExistingRelease>,
    /// The spec as it is written, in one file or several.
    texts: Vec<SourceText>,
}

impl Edition {
    /// Reads the spec and the data, counts, and protects; `only` chooses reports by jurisdiction code.
    ///
    /// # Errors
    /// Returns every fault of the spec or of the data, and every disclosure that is not accepted.
    pub fn load(path: &Path, places: &Places, only: &[String], sources: &mut Sources) -> Result<Self, Findings> {
        let mut spec = report_spec::load(path, places, sources)?;
        choose(&mut spec, only)?;
        let geography = geography(&spec)?;
        Self::count(spec, geography, sources, true)
    }

    /// Counts and protects the figures of a spec, whose texts are among the sources.
    fn count(spec: Spec, mut geography: Option<Geography>, sources: &Sources, whole: bool) -> Result<Self, Findings> {
        // The maps need all boundaries, and counting those around points: they are read beside the records.
        let (boundaries, counted) = rayon::join(
            || geography.as_ref().map(|geography| boundaries::boundaries(&spec, geography, whole)).unwrap_or_default(),
            || Counts::of(&spec, geography.as_ref()),
        );
        let (boundaries, counted) = match (boundaries.into_result(()), counted) {
            (Ok(((), remarks)), Ok(counted)) => (remarks, counted),
            (Ok(_), Err(faults)) | (Err(faults), Ok(_)) => return Err(faults),
            (Err(mut faults), Err(more)) => {
                // What counting found in a boundary file is told already.
                let more: Vec<Finding> =
                    more.into_iter().filter(|one| !faults.iter().any(|told| told == one)).collect();
                faults.extend(more);
                return Err(faults);
            }
        };
        let (counts, locations) = counted;
        geography.iter_mut().for_each(Geography::forget_locators);
        geography.iter_mut().for_each(Geography::learn_names);
        let (published, audit) = counts.disclose(&spec)?;
        let texts = sources.iter().map(|(name, text)| (name.clone(), text.clone())).collect();
        let remarks = Remarks::new(&spec.remarks, boundaries, locations);
        Ok(Self { spec, geography, published, audit, remarks, predecessor: None, compared: None, texts })
    }

    /// Names the release that the edition corrects, where its spec has a revision: its reports then list their
    /// corrections.
    ///
    /// # Errors
    /// Returns an error if a revision has nothing to correct, or if the release cannot be read.
    pub fn corrects(mut self, previous: Option<&Path>) -> Result<Self, Findings> {
        let Some(revision) = self.spec.revision.as_ref().map(|revision| revision.number) else {
            self.compared = previous.map(|folder| release::published(folder, &self.spec.edition)).transpose()?;
            return Ok(self);
        };
        let before = |folder| ExistingRelease::before(folder, &self.spec.edition, revision);
        self.predecessor = previous.map(before).transpose()?.flatten();
        if self.predecessor.is_none() {
            let place = previous.map_or_else(|| self.spec.file.to_string(), |folder| folder.to_string_lossy().into());
            return Err(release::no_predecessor(place, revision).into());
        }
        Ok(self)
    }

    /// Composes a report.
    ///
    /// # Errors
    /// Returns every text that cannot be filled in.
    pub fn compose(&self, published: &Published) -> Result<Document, Findings> {
        compose::compose(&self.spec, published, self.geography.as_ref().map(Geography::index))
    }

    /// Composes all reports.
    ///
    /// # Errors
    /// Returns every text that cannot be filled in, and two reports of one file name.
    pub fn documents(&self) -> Result<Vec<Document>, Findings> {
        gathered(self.composed()).map_err(Findings::in_order)
    }

    /// Composes all reports as they are published: with their corrections, where the edition has a revision.
    ///
    /// # Errors
    /// As [`documents`](Self::documents); a correction without a reason as well, and a figure that is hidden in one
    /// publication and shown in the other.
    pub fn final_documents(&self) -> Result<Vec<Document>, Findings> {
        let documents = self.documents()?;
        if self.predecessor.is_none() && self.compared.is_none() {
            return Ok(documents);
        }
        let jobs: Vec<(&Published, &Document)> = self.published.iter().zip(&documents).collect();
        gathered(jobs.par_iter().map(|(published, document)| release::corrected(self, published, document)).collect())
            .map_err(Findings::in_order)
    }

    /// Composes each report by itself; of two with one file name the second is at fault.
    fn composed(&self) -> Vec<Result<Document, Findings>> {
        let mut names = FileNames::default();
        let documents: Vec<_> = self.published.par_iter().map(|published| self.compose(published)).collect();
        let composed = documents.into_iter().map(|document| {
            let document = document?;
            names.take(&document.meta.file_name, &self.spec)?;
            Ok(document)
        });
        composed.collect()
    }

    /// Builds all reports and publishes them below a folder, all or none.
    ///
    /// # Errors
    /// Returns what stopped a report, and what could not be written.
    pub fn build(&self, out: &Path) -> Result<Vec<Written>, Findings> {
        publish::must_be_outside_releases(out)?;
        let documents = self.final_documents()?;
        let assets = LayoutAssets::read(&self.spec.layout, &self.spec.fonts, &self.spec.root)?;
        let jobs: Vec<(&Published, &Document)> = self.published.iter().zip(&documents).collect();
        let reports = workers::each(jobs.len(), |job| {
            let (published, document) = jobs[job];
            let files = self.report(&assets, published, document, self.tables(published, document))?.files;
            typeset::forget(typeset::MEMORY);
            Ok(files)
        });
        let files = gathered(reports).map_err(|findings| self.at_characters(findings).in_order())?;
        publish::publish(out, files.into_iter().flatten().collect())
    }

    fn at_characters(&self, findings: Findings) -> Findings {
        findings.into_iter().map(|finding| self.at_character(finding)).collect()
    }

    /// Gives a finding on a character the place in the spec where that character is written.
    fn at_character(&self, finding: Finding) -> Finding {
        let found = finding.character.and_then(|character| {
            let place = |(file, text): &SourceText| {
                let start = text.find(character)?;
                Some(Place::Span { file: file.clone(), start, end: start + character.len_utf8() })
            };
            self.texts.iter().find_map(place)
        });
        match found {
            Some(place) => finding.at(place),
            None => finding,
        }
    }

    /// Draws the maps of one report for the screen, by its place among the reports.
    ///
    /// # Errors
    /// Says what a map lacks.
    pub fn pictures(&self, report: usize, document: &Document) -> Result<Vec<Placed>, Findings> {
        self.drawing(&self.published[report], document).pictures()
    }

    fn drawing<'a>(&'a self, published: &'a Published, document: &'a Document) -> draw::Drawing<'a> {
        draw::Drawing { spec: &self.spec, geography: self.geography.as_ref(), published, document }
    }

    /// Writes the published tables of a report.
    fn tables(&self, published: &Published, document: &Document) -> Vec<u8> {
        let counties = self.geography.as_ref().map(Geography::index);
        compose::published_tables(&self.spec, published, document, counties).to_json()
    }

    /// Makes the files of a report, given its published tables.
    fn report(
        &self,
        assets: &LayoutAssets,
        published: &Published,
        document: &Document,
        tables: Vec<u8>,
    ) -> Result<Made, Findings> {
        let name = &document.meta.file_name;
        let pictures = self.drawing(published, document).pictures()?;
        let attachment = Attachment {
            name: format!("{name}.json"),
            mime: "application/json",
            description: document.meta.title.clone(),
            content: tables.clone(),
        };
        let mut copy = typeset::access_copy(assets, document, &pictures, &[attachment])?;
        let mut files = vec![
            publish::File { path: format!("pdf/{name}.pdf"), content: std::mem::take(&mut copy.pdf) },
            publish::File { path: format!("tables/{name}.json"), content: tables },
        ];
        for (index, picture) in pictures.into_iter().enumerate() {
            let suffix = if index == 0 { String::new() } else { format!("-{}", index + 1) };
            files.push(publish::File { path: format!("maps/{name}{suffix}.png"), content: picture.png });
        }
        Ok(Made { files, copy })
    }
}

/// Refuses tables whose sheets in the data package of a release would have one name.
fn must_have_sheets(spec: &Spec) -> Result<(), Findings> {
    let tables = spec.tables.iter().map(|table| table.name.as_str());
    let same = crate::release::same_sheets(tables).into_iter().map(|(table, other)| {
        let message = match other {
            Some(other) => {
                format!("the tables `{table}` and `{other}` would have one sheet in the data package of a release")
            }
            None => {
                format!("the table `{table}` would have the name of another sheet in the data package of a release")
            }
        };
        let place =
            spec.tables.iter().find(|one| one.name == table).and_then(|one| one.columns.first()?.1.place.clone());
        let help = "give the table a name that differs in letters or digits".to_owned();
        Finding::error(code::release::SAME_SHEET, message).at(place).help(help)
    });
    let unfit = spec.tables.iter().filter(|table| table.name.trim().is_empty() || table.name.len() > MOST_OF_A_NAME);
    let unfit = unfit.map(|table| {
        let message = format!("the table `{}` cannot name a file", table.name);
        let place = table.columns.first().and_then(|(_, head)| head.place.clone());
        Finding::error(code::release::SAME_SHEET, message)
            .at(place)
            .help(format!("a name has at least a letter, and at most {MOST_OF_A_NAME} bytes"))
    });
    let findings: Findings = same.chain(unfit).collect();
    if findings.has_errors() { Err(findings) } else { Ok(()) }
}

/// Most bytes of a table's name, which is that of a file with an ending.
const MOST_OF_A_NAME: usize = 200;

/// The names of files that are taken.
#[derive(Default)]
struct FileNames(std::collections::BTreeSet<String>);

impl FileNames {
    /// Takes a name, which must not be taken yet.
    fn take(&mut self, name: &str, spec: &Spec) -> Result<(), Finding> {
        // Capitals, and forms of one letter, make no difference to some file systems.
        if self.0.insert(nfc(&name.to_lowercase()).into_owned()) {
            return Ok(());
        }
        let message = format!("two reports would be called `{name}`");
        Err(Finding::error(code::spec::OUTPUT, message).at(spec.output.place.clone()))
    }
}

/// The files of a report.
struct Made {
    files: Vec<publish::File>,
    copy: AccessCopy,
}

/// Returns all results, or the findings of all that failed.
fn gathered<T>(results: Vec<Result<T, Findings>>) -> Result<Vec<T>, Findings> {
    let (mut done, mut findings) = (Vec::new(), Findings::new());
    for result in results {
        match result {
            Ok(one) => done.push(one),
            Err(more) => findings.extend(more),
        }
    }
    if findings.has_errors() { Err(findings) } else { Ok(done) }
}

fn geography(spec: &Spec) -> Result<Option<Geography>, Findings> {
    let Some(map) = spec.maps.first() else { return Ok(None) };
    Ok(Some(Geography::open(&spec.root, map.boundaries.clone(), map.vintage)?))
}

/// Keeps the reports that were asked for.
fn choose(spec: &mut Spec, only: &[String]) -> Result<(), Findings> {
    if only.is_empty() {
        return Ok(());
    }
    let mut findings = Findings::new();
    let mut chosen = Vec::new();
    for code in only {
        let reported = spec.reports.iter().copied();
        match reported.clone().find(|index| spec.jurisdictions[*index].code == *code) {
            Some(index) => chosen.push(index),
            None => {
                let known: Vec<&str> = reported.map(|index| spec.jurisdictions[index].code.as_str()).collect();
                let help = match crate::diag::nearest(code, known.iter().copied()) {
                    Some(known) => Some(format!("did you mean `{known}`?")),
                    None if known.len() <= 12 => Some(format!("it has reports for `{}`", known.join("`, `"))),
                    None => None,
                };
                let message = format!("the edition has no report for `{code}`");
                findings.push(
                    Finding::error(code::spec::UNKNOWN_JURISDICTION, message).in_file(spec.file.clone()).help(help),
                );
            }
        }
    }
    spec.reports.retain(|index| chosen.contains(index));
    if findings.has_errors() { Err(findings) } else { Ok(()) }
}
