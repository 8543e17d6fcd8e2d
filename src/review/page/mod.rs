//! The review as one HTML file that needs no other: the list of changes, the pages they stand on, and room for decisions.
//!
//! A content security policy (CSP Level 3, <https://www.w3.org/TR/CSP3/>) lets nothing run or load but what the file holds.

mod sheets;

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use rayon::prelude::*;
use serde::Serialize;

use crate::release::{DECISIONS_FORM, Manifest, Program};
use crate::unit::Digest;

use super::cause::Cause;
use super::change::{Change, Kind};
use super::content::Spot;
use super::policy::Weight;

use sheets::{Sheets, base64};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
/// The parts of the script, in their order; they share one scope.
const SCRIPT: &str = concat!(
    "\n\"use strict\";\n(() => {\n",
    include_str!("data.js"),
    include_str!("decisions.js"),
    include_str!("list.js"),
    include_str!("viewer.js"),
    include_str!("keys.js"),
    "})();\n",
);

/// A pair of reports to be shown.
pub struct Pair<'a> {
    /// Its name.
    pub name: &'a str,
    /// Code of the jurisdiction.
    pub jurisdiction: Option<&'a str>,
    /// The files, where they exist: name and content.
    pub files: [Option<(String, Vec<u8>)>; 2],
    /// The changes that are listed, with their weights.
    pub changes: Vec<(&'a Change, Weight)>,
    /// Both have a structure tree.
    pub is_tagged: bool,
}

/// What the page shows.
pub struct Shown<'a> {
    /// What was compared, in words: the old and the new.
    pub names: [String; 2],
    /// Their manifests with their digests, where releases were compared.
    pub manifests: Option<[(&'a Manifest, Digest); 2]>,
    /// Inputs that differ.
    pub causes: &'a [Cause],
    /// How many pairs were compared.
    pub compared: usize,
    /// Digest of the policy by which changes were weighed.
    pub policy: Option<Digest>,
    /// Pairs with changes.
    pub pairs: Vec<Pair<'a>>,
}

#[derive(Serialize)]
struct Data<'a> {
    form: u32,
    /// Digest of what is decided on.
    review: String,
    program: String,
    old: Side<'a>,
    new: Side<'a>,
    compared: usize,
    policy: Option<Digest>,
    causes: &'a [Cause],
    reports: Vec<Report<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manifest: Option<Digest>,
}

#[derive(Serialize)]
struct Report<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction: Option<&'a str>,
    tagged: bool,
    old: Option<File>,
    new: Option<File>,
    changes: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct File {
    name: String,
    digest: Digest,
    sheets: Vec<Sheet>,
}

/// A page: its size in points, and its picture among those of the file.
#[derive(Serialize)]
struct Sheet {
    width: f32,
    height: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<usize>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    weight: Weight,
    #[serde(flatten)]
    change: &'a Change,
}

#[derive(Serialize)]
struct Page<'a> {
    names: &'a [String; 2],
    title: String,
    data: String,
    pictures: Vec<String>,
    program: String,
    style: &'static str,
    script: &'static str,
    style_digest: String,
    script_digest: String,
}

/// Identifies a change by what it says and where; the same in every review of the same files.
pub fn identity(report: &str, change: &Change) -> String {
    const BYTES: usize = 8;
    let place = &change.place;
    let word = |text: &Option<String>| text.clone().unwrap_or_default();
    let spot = |spot: Option<Spot>| spot.map(|spot| format!("{} {:?}", spot.page, spot.area)).unwrap_or_default();
    let parts = [
        report.to_owned(),
        change.kind.name(),
        word(&place.heading),
        word(&place.table),
        word(&place.row),
        word(&place.column),
        spot(place.old),
        spot(place.new),
        format!("{:?}", (&change.before, &change.after)),
    ];
    Digest::of_parts(parts.iter().map(|part| ("part", part.as_bytes()))).short(BYTES)
}

/// Makes the page.
pub fn page(shown: Shown<'_>) -> Vec<u8> {
    let review = shown.digest().to_string();
    let drawn: Vec<[Option<Sheets>; 2]> = shown.pairs.par_iter().map(sheets::of_pair).collect();
    let mut pictures = Vec::new();
    let mut reports = Vec::new();
    for (pair, drawn) in shown.pairs.into_iter().zip(drawn) {
        let [old, new] = drawn.map(|sheets| sheets.map(|sheets| file(sheets, &mut pictures)));
        let changes = pair.changes.iter();
        let changes = changes.map(|(change, weight)| Item {
            id: identity(pair.jurisdiction.unwrap_or(pair.name), change),
            weight: *weight,
            change,
        });
        let mut changes: Vec<Item<'_>> = changes.collect();
        changes.sort_by_key(|item| (item.change.kind != Kind::NewlyShown, item.change.kind));
        reports.push(Report {
            name: pair.name,
            jurisdiction: pair.jurisdiction,
            tagged: pair.is_tagged,
            old,
            new,
            changes,
        });
    }
    let program = Program::running();
    let program = format!("{} {}", program.name, program.version);
    let side = |at: usize| {
        let manifest = shown.manifests.map(|manifests| manifests[at]);
        Side {
            name: &shown.names[at],
            edition: manifest.map(|(manifest, _)| manifest.edition.as_str()),
            revision: manifest.map(|(manifest, _)| manifest.revision),
            manifest: manifest.map(|(_, digest)| digest),
        }
    };
    let data = Data {
        form: DECISIONS_FORM,
        review,
        program: program.clone(),
        old: side(0),
        new: side(1),
        compared: shown.compared,
        policy: shown.policy,
        causes: shown.causes,
        reports,
    };
    let write_data =
        |data: &Data<'_>| serde_json::to_string(data).expect("the data holds only text, numbers and lists");
    // No text may end the element that holds it.
    let data = write_data(&data).replace('<', "\\u003c");
    let title = shown.manifests.map_or_else(|| shown.names[1].clone(), |[_, (new, _)]| new.title.clone());
    write(&Page {
        names: &shown.names,
        title,
        data,
        pictures: pictures.par_iter().map(|png| base64(png)).collect(),
        program,
        style: STYLE,
        script: SCRIPT,
        style_digest: source(STYLE),
        script_digest: source(SCRIPT),
    })
}

fn write(page: &Page<'_>) -> Vec<u8> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    // The ending `.html` turns escaping on.
    let template = environment.template_from_named_str("page.html", PAGE).expect("the page's template is sound");
    let mut html = template.render(Serde(page)).expect("the page's template asks only for what there is");
    html.push('\n');
    html.into_bytes()
}

fn file(sheets: Sheets, pictures: &mut Vec<Vec<u8>>) -> File {
    let pages = sheets.pages.into_iter().map(|page| Sheet {
        width: page.width,
        height: page.height,
        picture: page.png.map(|png| {
            pictures.push(png);
            pictures.len() - 1
        }),
    });
    File { name: sheets.name, digest: sheets.digest, sheets: pages.collect() }
}

/// Names an inline style or script as a policy does.
fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(Digest::of(text.as_bytes()).bytes()))
}
