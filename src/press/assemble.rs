//! Sides of sheets become a PDF: printpdf draws what is around the pages, lopdf puts the pages in.
//!
//! printpdf writes no bleed box, a trim box of x, y, width and height, a random `/ID` and an output intent under a
//! wrong key. So all boxes, the intent, the metadata and the identifier are written here.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object, ObjectId, dictionary};
use printpdf::{
    CurTransMat, ExternalStream, ExternalXObject, FontId, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfPage,
    PdfSaveOptions, XObject, XObjectId, XObjectTransform, to_lopdf_doc,
};

use crate::diag::{Finding, code};
use crate::unit::Digest;

use super::font;
use super::geometry::{Area, Side};
use super::import::{Import, Source, fault};
use super::impose::Cell;
use super::marks;
use super::metadata::{self, Title};
use super::profile::Profile;

/// A page of a report, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PageOf {
    pub report: usize,
    pub page: usize,
}

/// One side to be printed.
pub(super) struct Printed {
    pub side: Side,
    pub cells: Vec<(Cell, PageOf)>,
    pub slug: String,
    /// Words of a separator slip: a large line and small ones.
    pub slip: Vec<String>,
}

/// Writes sides as a PDF.
pub(super) fn assemble(
    profile: &Profile,
    sources: &[&Source],
    sides: &[Printed],
    title: &Title<'_>,
) -> Result<Vec<u8>, Finding> {
    let mut drawn = PdfDocument::new(&title.title);
    add_font(&mut drawn, profile)?;
    let used: BTreeSet<PageOf> = sides.iter().flat_map(|side| &side.cells).map(|(_, page)| *page).collect();
    for page in &used {
        drawn.resources.xobjects.map.insert(name(*page), placeholder());
    }
    drawn.pages = sides.iter().map(|side| draw(profile, side)).collect();
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let mut warnings = Vec::new();
    let mut document = to_lopdf_doc(&drawn, &options, &mut warnings);
    font::cut_down(profile, &mut document)?;
    graft(profile, sources, used.iter().copied(), &mut document)?;
    finish_pages(&mut document, sides)?;
    metadata::write(&mut document, profile, title)?;
    document.prune_objects();
    document.renumber_objects();
    document.compress();
    save(document)
}

fn add_font(drawn: &mut PdfDocument, profile: &Profile) -> Result<(), Finding> {
    let (name, bytes) = &profile.marks.font;
    let font = ParsedFont::from_bytes(bytes, 0, &mut Vec::new())
        .ok_or_else(|| Finding::error(code::press::FONT, format!("the font `{name}` of the slug line is no font")))?;
    drawn.resources.fonts.map.insert(FontId(name.clone()), PdfFont::new(font));
    Ok(())
}

fn name(page: PageOf) -> XObjectId {
    XObjectId(format!("R{}P{}", page.report + 1, page.page + 1))
}

/// An empty object that keeps the place of a page.
fn placeholder() -> XObject {
    let stream = ExternalStream { dict: BTreeMap::new(), content: Vec::new(), compress: false };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

/// Draws a side: its pages, each clipped to its place, then the marks.
fn draw(profile: &Profile, printed: &Printed) -> PdfPage {
    let mut ops = Vec::new();
    for (cell, page) in &printed.cells {
        let (trim, clip) = printed.side.page(profile, cell);
        let creep = Side::creep(profile, cell);
        let matrix = if cell.turned {
            [-1.0, 0.0, 0.0, -1.0, trim.0[2] + creep, trim.0[3]]
        } else {
            [1.0, 0.0, 0.0, 1.0, trim.0[0] + creep, trim.0[1]]
        };
        let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
        ops.extend([
            Op::SaveGraphicsState,
            marks::clip(clip),
            Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix.map(|value| value as f32)) },
            Op::UseXobject { id: name(*page), transform },
            Op::RestoreGraphicsState,
        ]);
    }
    let (left, mut y) = (printed.side.trim.0[0] + 72.0, printed.side.trim.0[3] - 144.0);
    for (place, words) in printed.slip.iter().enumerate() {
        let size = if place == 0 { 36.0 } else { 14.0 };
        ops.extend(marks::text(&profile.marks.font.0, size, [left, y], words));
        y -= if place == 0 { 40.0 } else { 22.0 };
    }
    ops.extend(marks::marks(profile, &printed.side, &printed.slug));
    // The size is written again later, in corners.
    PdfPage::new(Mm(0.0), Mm(0.0), ops)
}

/// Puts the typeset pages into their places.
fn graft(
    profile: &Profile,
    sources: &[&Source],
    used: impl Iterator<Item = PageOf>,
    document: &mut Document,
) -> Result<(), Finding> {
    let places = places(document)?;
    let mut by_report: BTreeMap<usize, Vec<PageOf>> = BTreeMap::new();
    for page in used {
        by_report.entry(page.report).or_default().push(page);
    }
    for (report, pages) in by_report {
        let mut import = Import::new(sources[report], document);
        for page in pages {
            let place = places.get(name(page).0.as_bytes()).ok_or_else(|| fault("a place is missing"))?;
            import.page(page.page, profile.bleed.0, *place)?;
        }
    }
    Ok(())
}

/// Finds the objects of the places by their names.
fn places(document: &Document) -> Result<BTreeMap<Vec<u8>, ObjectId>, Finding> {
    let page = document.page_iter().next().ok_or_else(|| fault("no page"))?;
    let resources = document.get_dictionary(page).and_then(|page| page.get_deref(b"Resources", document));
    let objects = resources.and_then(Object::as_dict).and_then(|all| all.get_deref(b"XObject", document));
    let objects = objects.and_then(Object::as_dict).map_err(fault)?;
    objects.iter().map(|(name, id)| Ok((name.clone(), id.as_reference().map_err(fault)?))).collect()
}

/// Writes the boxes of each side and gives it the colour of marks.
fn finish_pages(document: &mut Document, sides: &[Printed]) -> Result<(), Finding> {
    let function = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => vec![1.into(), 1.into(), 1.into(), 1.into()],
        "N" => 1,
    };
    let function = document.add_object(function);
    let all = document.add_object(vec!["Separation".into(), marks::ALL.into(), "DeviceCMYK".into(), function.into()]);
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for (id, printed) in pages.into_iter().zip(sides) {
        let page = document.get_dictionary_mut(id).map_err(fault)?;
        page.remove(b"Annots");
        for (key, area) in [
            ("MediaBox", printed.side.media),
            ("CropBox", printed.side.media),
            ("BleedBox", printed.side.bleed),
            ("TrimBox", printed.side.trim),
        ] {
            page.set(key, corners(area));
        }
        let resources = page.get(b"Resources").and_then(Object::as_reference).map_err(fault)?;
        let resources = document.get_dictionary_mut(resources).map_err(fault)?;
        resources.set("ColorSpace", dictionary! { marks::ALL => all });
        resources.remove(b"ExtGState");
        resources.remove(b"Shading");
        if printed.cells.is_empty() {
            resources.remove(b"XObject");
        }
    }
    Ok(())
}

fn corners(area: Area) -> Object {
    Object::Array(area.0.map(|corner| Object::Real(corner as f32)).to_vec())
}

/// Writes the file, with an identifier that follows from its content.
fn save(mut document: Document) -> Result<Vec<u8>, Finding> {
    "1.6".clone_into(&mut document.version);
    document.trailer.remove(b"ID");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(fault)?;
    let digest = Digest::of(&bytes);
    let id = Object::String(digest.bytes()[..16].to_vec(), lopdf::StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    bytes.clear();
    document.save_to(&mut bytes).map_err(fault)?;
    Ok(bytes)
}
