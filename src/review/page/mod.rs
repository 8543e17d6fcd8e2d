//! The review as one HTML file that needs no other: the list of changes, the pages they stand on, and room for decisions.
//!
//! A content security policy (CSP Level 3, <https://www.w3.org/TR/CSP3/>) lets nothing run or load but what the file holds.

mod drawing;
mod pictures;
mod raster;
mod sheets;

use rayon::prelude::*;
use serde::Serialize;

use crate::figures::FigureId;
use crate::release::{DECISIONS_FORM, Program};
use crate::unit::Digest;
use crate::web;

use super::change::{Change, Traced};
use super::policy::Weight;
use super::shown::{Pair, Shown};
use super::side::Side;

use pictures::Pictures;
use sheets::{Look, Sheets};

#[derive(Serialize)]
struct Data<'a> {
    form: u32,
    /// Digest of what is decided on.
    review: String,
    program: String,
    old: Publication<'a>,
    new: Publication<'a>,
    compared: usize,
    policy: Option<Digest>,
    /// In words.
    causes: Vec<String>,
    /// In words.
    alarms: Vec<String>,
    reports: Vec<PageReport<'a>>,
    groups: Vec<PageGroup>,
}

/// Changes of one cause and one form.
#[derive(Serialize)]
struct PageGroup {
    title: String,
    /// What one of its changes is called.
    noun: &'static str,
    alarm: bool,
    /// The changes in their order, each by its report and its place among those of the report.
    changes: Vec<[usize; 2]>,
}

/// One of the two that are compared.
#[derive(Serialize)]
struct Publication<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manifest: Option<Digest>,
}

#[derive(Serialize)]
struct PageReport<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction: Option<&'a str>,
    tagged: bool,
    old: Option<File>,
    new: Option<File>,
    changes: Vec<PageChange<'a>>,
}

#[derive(Serialize)]
struct File {
    name: String,
    digest: Digest,
    sheets: Vec<Sheet>,
}

/// A page: its size in points, and its drawing or its picture among those of the file.
#[derive(Serialize)]
struct Sheet {
    width: f32,
    height: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    drawing: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<usize>,
}

#[derive(Serialize)]
struct PageChange<'a> {
    id: String,
    weight: Weight,
    #[serde(rename = "where")]
    place_words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<&'a [Option<FigureId>; 2]>,
    #[serde(rename = "traced", skip_serializing_if = "Vec::is_empty")]
    record_words: Vec<String>,
    #[serde(flatten)]
    change: &'a Change,
}

#[derive(Serialize)]
struct Page<'a> {
    names: &'a [String; 2],
    title: String,
    data: String,
    drawings: String,
    pictures: Vec<String>,
    program: String,
}

/// Makes the page.
pub fn page(shown: &Shown<'_>) -> Vec<u8> {
    let (reports, pictures) = reports(&shown.pairs);
    let (drawings, pictures) = pictures.written();
    let program = Program::running();
    let program = format!("{} {}", program.name, program.version);
    let publication = |side: Side| {
        let manifest = shown.manifests.as_ref().map(|manifests| *side.of(manifests));
        Publication {
            name: side.of(&shown.names).as_str(),
            edition: manifest.map(|(manifest, _)| manifest.edition.as_str()),
            revision: manifest.map(|(manifest, _)| manifest.revision),
            manifest: manifest.map(|(_, digest)| digest),
        }
    };
    let data = Data {
        form: DECISIONS_FORM,
        review: shown.digest().to_string(),
        program: program.clone(),
        old: publication(Side::Old),
        new: publication(Side::New),
        compared: shown.compared,
        policy: shown.policy,
        causes: shown.causes.iter().map(|cause| format!("{} {}", cause.input.words(), cause.place())).collect(),
        alarms: shown.alarms(),
        groups: groups(shown),
        reports,
    };
    let data = serde_json::to_string(&data).expect("the data holds only text, numbers and lists");
    // No text may end the element that holds it.
    let data = data.replace('<', "\\u003c");
    let page = Page {
        names: &shown.names,
        title: shown.title(),
        data,
        drawings: web::packed(&drawings),
        pictures: pictures.par_iter().map(|png| web::base64(png)).collect(),
        program,
    };
    web::REVIEW.fill(&page)
}

/// Writes the groups.
fn groups(shown: &Shown<'_>) -> Vec<PageGroup> {
    let places: Vec<Vec<usize>> = shown.pairs.iter().map(|pair| inverse(&order(pair))).collect();
    let groups = shown.groups().into_iter().map(|group| PageGroup {
        alarm: group.is_alarm(),
        changes: group.members.iter().map(|member| [member.report, places[member.report][member.at]]).collect(),
        noun: group.noun,
        title: group.title,
    });
    groups.collect()
}

/// The order in which the page lists the changes of a report: by kind.
fn order(pair: &Pair<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..pair.changes.len()).collect();
    order.sort_by_key(|at| pair.changes[*at].0.kind);
    order
}

/// Where each item stands in an order.
fn inverse(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, at)| places[*at] = place);
    places
}

/// Writes the reports, and draws their pictures.
fn reports<'a>(pairs: &'a [Pair<'a>]) -> (Vec<PageReport<'a>>, Pictures) {
    let drawn: Vec<[Option<Sheets>; 2]> = pairs.par_iter().map(sheets::of_pair).collect();
    let mut pictures = Pictures::default();
    let reports = pairs.iter().zip(drawn).map(|(pair, drawn)| {
        let [old, new] = drawn.map(|sheets| sheets.map(|sheets| file(sheets, &mut pictures)));
        let listed = order(pair).into_iter().map(|at| pair.changes[at]);
        let changes = listed.map(|(change, weight)| item(pair, change, weight)).collect();
        let Pair { name, jurisdiction, is_tagged: tagged, .. } = *pair;
        PageReport { name, jurisdiction, tagged, old, new, changes }
    });
    let reports = reports.collect();
    (reports, pictures)
}

fn item<'a>(pair: &Pair<'_>, change: &'a Change, weight: Weight) -> PageChange<'a> {
    PageChange {
        id: pair.identity(change),
        weight,
        place_words: change.place.words(),
        figures: change.named_figures(),
        record_words: change.records.iter().map(Traced::words).collect(),
        change,
    }
}

fn file(sheets: Sheets, pictures: &mut Pictures) -> File {
    let pages = sheets.pages.into_iter().map(|page| {
        let (drawing, picture) = match page.look {
            Some(Look::Drawing(drawing)) => (Some(pictures.drawing(drawing)), None),
            Some(Look::Picture(png)) => (None, Some(pictures.picture(png))),
            None => (None, None),
        };
        Sheet { width: page.width, height: page.height, drawing, picture }
    });
    File { name: sheets.name, digest: sheets.digest, sheets: pages.collect() }
}
