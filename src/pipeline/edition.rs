//! An edition, from its spec to the files of its reports.

use std::borrow::Cow;
use std::path::Path;

use rayon::prelude::*;

use crate::boundaries::Geography;
use crate::compose::{self, Document, FileNames};
use crate::confidential::{Audit, Counts, Published};
use crate::diag::{Finding, Findings, Place, SourceText, Sources, gather};
use crate::disk::{Content, Readers, Written};
use crate::release::{
    Drafts, ExistingRelease, MAPS, PDFS, Shared, TABLES, must_be_outside_releases, no_predecessor, publish_files,
    published_tables,
};
use crate::report_spec::{self, Places, Spec};
use crate::typeset::{self, AccessCopy, Attachment, LayoutAssets, Placed};

use super::remarks::Remarks;
use super::{draw, workers};

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
    pub(super) predecessor: Option<ExistingRelease>,
    /// Another publication of the edition, where its spec has no revision: no figure may cross the threshold between them.
    pub(super) compared: Option<ExistingRelease>,
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
        spec.choose(only)?;
        let geography = Geography::of(&spec)?;
        Self::count(spec, geography, sources, true)
    }

    /// Counts and protects the figures of a spec, whose texts are among the sources.
    pub(super) fn count(
        spec: Spec,
        mut geography: Option<Geography>,
        sources: &Sources,
        whole: bool,
    ) -> Result<Self, Findings> {
        // The maps need all boundaries, and counting those around points: they are read beside the records.
        let (boundaries, counted) = rayon::join(
            || geography.as_ref().map(|geography| geography.check(&spec, whole)).unwrap_or_default(),
            || Counts::of(&spec, geography.as_ref()),
        );
        let (boundaries, counted) = match (boundaries.into_result(()), counted) {
            (Ok(((), remarks)), Ok(counted)) => (remarks, counted),
            (Ok(_), Err(faults)) | (Err(faults), Ok(_)) => return Err(faults),
            (Err(mut faults), Err(more)) => {
                // What counting found in a boundary file is told already.
                let more: Vec<Finding> =
                    more.into_iter().filter(|finding| !faults.iter().any(|told| told == finding)).collect();
                faults.extend(more);
                return Err(faults);
            }
        };
        let (counts, locations) = counted;
        geography.iter_mut().for_each(Geography::forget_locators);
        geography.iter_mut().for_each(Geography::learn_names);
        let (published, audit, doubtful) = counts.disclose(&spec)?;
        let texts = sources.iter().map(|(name, text)| (name.clone(), text.clone())).collect();
        let remarks = Remarks::new(&spec.remarks, boundaries, locations, doubtful);
        Ok(Self { spec, geography, published, audit, remarks, predecessor: None, compared: None, texts })
    }

    /// Returns what a release of this edition has to say beside its results.
    pub fn remarks_of_release(&self) -> Remarks {
        self.remarks.clone().of_page(&self.spec.language.tag.0)
    }

    /// Names the release that the edition corrects, where its spec has a revision: its reports then list their
    /// corrections.
    ///
    /// # Errors
    /// Returns an error if a revision has nothing to correct, or if the release cannot be read.
    pub fn corrects(mut self, previous: Option<&Path>) -> Result<Self, Findings> {
        let Some(revision) = self.spec.revision.as_ref().map(|revision| revision.number) else {
            self.compared =
                previous.map(|folder| ExistingRelease::of_edition(folder, &self.spec.edition)).transpose()?;
            return Ok(self);
        };
        let before = |folder| ExistingRelease::before(folder, &self.spec.edition, revision);
        self.predecessor = previous.map(before).transpose()?.flatten();
        if self.predecessor.is_none() {
            let place = previous.map_or_else(|| self.spec.file.to_string(), |folder| folder.to_string_lossy().into());
            return Err(no_predecessor(place, revision).into());
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
        gather(self.composed()).map_err(Findings::in_order)
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
        let drafts = Drafts {
            spec: &self.spec,
            geography: self.geography.as_ref(),
            // Nothing is kept by what it is made from.
            shared: Shared::new(&[]),
            predecessor: self.predecessor.as_ref(),
            compared: self.compared.iter().collect(),
        };
        let jobs: Vec<(&Published, &Document)> = self.published.iter().zip(&documents).collect();
        let corrected = jobs
            .par_iter()
            .map(|(published, document)| Ok(drafts.draft(published, Cow::Borrowed(document))?.document.into_owned()));
        gather(corrected.collect()).map_err(Findings::in_order)
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
        must_be_outside_releases(out)?;
        let documents = self.final_documents()?;
        let assets = LayoutAssets::read(&self.spec.layout, &self.spec.fonts, &self.spec.root)?;
        let jobs: Vec<(&Published, &Document)> = self.published.iter().zip(&documents).collect();
        let reports = workers::each(jobs.len(), |job| {
            let (published, document) = jobs[job];
            let tables = published_tables(&self.spec, self.geography.as_ref(), published, document);
            let files = self.report(&assets, published, document, tables)?.files;
            typeset::forget(typeset::MEMORY);
            Ok(files)
        });
        let files = gather(reports).map_err(|findings| self.at_characters(findings).in_order())?;
        publish_files(Readers::Everyone, out, &files.into_iter().flatten().collect::<Vec<_>>())
    }

    pub(super) fn at_characters(&self, findings: Findings) -> Findings {
        findings.into_iter().map(|finding| self.at_character(finding)).collect()
    }

    /// Gives a finding on a character the place in the spec where that character is written.
    pub(super) fn at_character(&self, finding: Finding) -> Finding {
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

    pub(super) fn drawing<'a>(&'a self, published: &'a Published, document: &'a Document) -> draw::Drawing<'a> {
        draw::Drawing { spec: &self.spec, geography: self.geography.as_ref(), published, document }
    }

    /// Makes the files of a report, given its published tables.
    pub(super) fn report(
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
            Content { path: format!("{PDFS}/{name}.pdf"), bytes: std::mem::take(&mut copy.pdf) },
            Content { path: format!("{TABLES}/{name}.json"), bytes: tables },
        ];
        for (index, picture) in pictures.into_iter().enumerate() {
            let suffix = if index == 0 { String::new() } else { format!("-{}", index + 1) };
            files.push(Content { path: format!("{MAPS}/{name}{suffix}.png"), bytes: picture.png });
        }
        Ok(Made { files, copy })
    }
}

/// The files of a report.
pub(super) struct Made {
    pub files: Vec<Content>,
    pub copy: AccessCopy,
}
