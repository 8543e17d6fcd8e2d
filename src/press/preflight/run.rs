//! Runs the content of pages as a renderer would, without pixels.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::diag::Severity;

use super::super::geometry::Area;
use super::matrix::{Matrix, around};
use super::painted::{Boxes, Ink, Page, Painted, What};
use super::report::{On, Report};
use super::resources::{Space, area, number, numbers, resource};
use super::text::{Fonts, TextState};
use super::{fonts, ink, transparency};

/// Deepest nesting of forms.
const DEPTH: usize = 16;
/// Most operations of a file.
const OPERATIONS: usize = 20_000_000;
/// Most bytes of one content stream.
const CONTENT: usize = 64 << 20;
/// Most pages that are looked at.
const PAGES: usize = 20_000;
/// Deepest nesting of saved states.
const STATES: usize = 512;

/// Interprets all pages.
pub(super) fn pages(document: &Document, report: &mut Report) -> Vec<Page> {
    let mut budget = OPERATIONS;
    let mut pages = Vec::new();
    for (index, id) in document.page_iter().enumerate() {
        if index == PAGES {
            let message = format!("only the first {PAGES} pages are checked");
            report.whole(Severity::Error, "preflight::too-large", message);
            break;
        }
        let Ok(dictionary) = document.get_dictionary(id) else { continue };
        let boxes = page_boxes(document, dictionary);
        let finished = boxes.finished().0;
        let on = On { page: u32::try_from(index + 1).unwrap_or(u32::MAX), origin: [finished[0], finished[1]] };
        if inherited(document, dictionary, b"MediaBox").is_none() {
            report.page(on, "preflight::missing-box", "the page has no MediaBox");
        }
        transparency::page(document, dictionary, on, report);
        annotations(document, dictionary, on, report);
        let mut run = Run {
            document,
            report,
            on,
            budget: &mut budget,
            painted: Vec::new(),
            fonts: Fonts::default(),
            inside: Vec::new(),
        };
        let resources: Vec<&Dictionary> = inherited(document, dictionary, b"Resources")
            .and_then(|resources| resources.as_dict().ok())
            .into_iter()
            .collect();
        let mut content = Vec::new();
        for part in document.get_page_contents(id) {
            content.extend(run.plain(part));
            content.push(b'\n');
        }
        run.content(&content, &resources, State::new(boxes.media));
        let painted = run.painted;
        pages.push(Page { on, boxes, painted });
        if budget == 0 {
            report.whole(
                Severity::Error,
                "preflight::too-large",
                format!("the file paints more than {OPERATIONS} things"),
            );
            break;
        }
    }
    pages
}

fn page_boxes(document: &Document, page: &Dictionary) -> Boxes {
    let own = |key: &[u8]| area(document, page, key);
    let media = std::iter::successors(Some(page), |page| parent(document, page))
        .take(32)
        .find_map(|page| area(document, page, b"MediaBox"))
        .unwrap_or(Area([0.0, 0.0, 612.0, 792.0]));
    Boxes { media, bleed: own(b"BleedBox"), trim: own(b"TrimBox") }
}

fn parent<'d>(document: &'d Document, page: &'d Dictionary) -> Option<&'d Dictionary> {
    page.get_deref(b"Parent", document).and_then(Object::as_dict).ok()
}

/// Finds an attribute of a page that may stand at a node above it.
fn inherited<'d>(document: &'d Document, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    std::iter::successors(Some(page), |page| parent(document, page))
        .take(32)
        .find_map(|page| page.get_deref(key, document).ok())
}

fn annotations(document: &Document, page: &Dictionary, on: On, report: &mut Report) {
    let annotations = page.get_deref(b"Annots", document).and_then(Object::as_array);
    if annotations.is_ok_and(|annotations| !annotations.is_empty()) {
        report.page(
            on,
            "preflight::annotation",
            "the page has annotations, which are not printed or printed by chance",
        );
    }
}

/// The graphics state, as far as it matters here.
#[derive(Clone)]
pub(super) struct State {
    pub matrix: Matrix,
    pub clip: Option<Area>,
    pub fill: (Space, Vec<f64>),
    pub stroke: (Space, Vec<f64>),
    pub width: f64,
    pub text: TextState,
}

impl State {
    fn new(clip: Area) -> Self {
        let black = (Space::Gray, vec![0.0]);
        Self {
            matrix: Matrix::IDENTITY,
            clip: Some(clip),
            fill: black.clone(),
            stroke: black,
            width: 1.0,
            text: TextState::default(),
        }
    }
}

/// The path under construction, already in the coordinates of the page.
#[derive(Default)]
struct Path {
    points: Vec<[f64; 2]>,
    /// How many upright rectangles it holds, where it holds nothing else.
    rectangles: Option<usize>,
    clips: bool,
}

/// One run over one page.
struct Run<'a, 'd> {
    document: &'d Document,
    report: &'a mut Report,
    on: On,
    budget: &'a mut usize,
    painted: Vec<Painted>,
    fonts: Fonts,
    /// The forms that are being run, to refuse one inside itself.
    inside: Vec<ObjectId>,
}

impl<'d> Run<'_, 'd> {
    fn plain(&mut self, id: ObjectId) -> Vec<u8> {
        let stream = self.document.get_object(id).and_then(Object::as_stream);
        match stream.and_then(|stream| stream.get_plain_content_with_limit(CONTENT)) {
            Ok(content) => content,
            Err(error) => {
                self.report.page(self.on, "preflight::content", format!("content cannot be unpacked: {error}"));
                Vec::new()
            }
        }
    }

    /// Runs a content stream.
    fn content(&mut self, content: &[u8], resources: &[&'d Dictionary], state: State) {
        let operations = match Content::decode_strict(content) {
            Ok(content) => content.operations,
            Err(_) => {
                self.report.page(self.on, "preflight::content", "a content stream cannot be read to its end");
                Content::decode(content).map(|content| content.operations).unwrap_or_default()
            }
        };
        self.resources(resources);
        let (mut states, mut state, mut path) = (Vec::new(), state, Path::default());
        for operation in &operations {
            if *self.budget == 0 {
                return;
            }
            *self.budget -= 1;
            match operation.operator.as_str() {
                "q" if states.len() < STATES => states.push(state.clone()),
                "q" => self.report.page(self.on, "preflight::content", "graphics states nest too deep"),
                "Q" => state = states.pop().unwrap_or(state),
                _ => self.operation(operation, resources, &mut state, &mut path),
            }
        }
    }

    /// Looks at the resources as a whole: fonts are to be embedded whether they are used or not.
    fn resources(&mut self, resources: &[&'d Dictionary]) {
        for all in resources {
            let fonts = all.get_deref(b"Font", self.document).and_then(Object::as_dict);
            for (_, font) in fonts.into_iter().flat_map(Dictionary::iter) {
                fonts::check(self.document, font, self.on, self.report);
            }
        }
    }

    fn operation(&mut self, operation: &Operation, resources: &[&'d Dictionary], state: &mut State, path: &mut Path) {
        let operands = operation.operands.as_slice();
        match operation.operator.as_str() {
            "cm" => {
                if let Ok(matrix) = <[f64; 6]>::try_from(numbers(operands)) {
                    state.matrix = Matrix(matrix).then(state.matrix);
                }
            }
            "w" => state.width = operands.first().and_then(number).unwrap_or(1.0),
            "gs" => self.graphics_state(operands, resources, state),
            "Do" => self.object(operands, resources, state),
            "BI" => {
                if let Some(Object::Stream(image)) = operands.first() {
                    self.image(image, resources, state);
                }
            }
            "sh" => self.shading(operands, resources, state),
            "m" | "l" | "c" | "v" | "y" | "re" | "h" | "W" | "W*" => construct(operation, state, path),
            "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "n" => {
                self.paint(&operation.operator, state, std::mem::take(path));
            }
            operator if self.colour(operator, operands, resources, state) => {}
            operator => self.text(operator, operands, resources, state),
        }
    }

    /// Runs an operator that sets a colour; tells whether it is one.
    fn colour(&mut self, operator: &str, operands: &[Object], resources: &[&'d Dictionary], state: &mut State) -> bool {
        let stroke = operator.starts_with(|first: char| first.is_ascii_uppercase());
        let target = if stroke { &mut state.stroke } else { &mut state.fill };
        match operator {
            "g" | "G" => *target = (Space::Gray, numbers(operands)),
            "rg" | "RG" => *target = (Space::Rgb, numbers(operands)),
            "k" | "K" => *target = (Space::Cmyk, numbers(operands)),
            "cs" | "CS" => {
                let space = operands.first().map(|name| Space::of(self.document, name, resources));
                let space = space.unwrap_or(Space::Gray);
                *target = (space.clone(), space.initial());
            }
            "sc" | "SC" => target.1 = numbers(operands),
            "scn" | "SCN" => {
                target.1 = numbers(operands);
                if let Some(Ok(name)) = operands.last().map(Object::as_name) {
                    self.pattern(name, resources, state);
                }
            }
            _ => return false,
        }
        true
    }

    /// Runs the content of a tiling pattern once, as it would stand on the page.
    fn pattern(&mut self, name: &[u8], resources: &[&'d Dictionary], state: &State) {
        let Some(pattern) = resource(self.document, resources, b"Pattern", name) else { return };
        let id = pattern.as_reference().ok();
        let Ok((_, pattern)) = self.document.dereference(pattern) else { return };
        match pattern {
            Object::Stream(stream) => self.form(stream, id, resources, state),
            Object::Dictionary(dictionary) => {
                if let Ok(shading) = dictionary.get_deref(b"Shading", self.document) {
                    self.shade(shading, resources, state);
                }
            }
            _ => {}
        }
    }

    fn graphics_state(&mut self, operands: &[Object], resources: &[&'d Dictionary], state: &mut State) {
        let Some(Ok(name)) = operands.first().map(Object::as_name) else { return };
        let found = resource(self.document, resources, b"ExtGState", name);
        let found = found.and_then(|found| self.document.dereference(found).ok()?.1.as_dict().ok());
        if let Some(dictionary) = found {
            transparency::state(self.document, dictionary, self.on, self.report);
            if let Some(width) = dictionary.get(b"LW").ok().and_then(number) {
                state.width = width;
            }
        }
    }

    fn object(&mut self, operands: &[Object], resources: &[&'d Dictionary], state: &State) {
        let Some(Ok(name)) = operands.first().map(Object::as_name) else { return };
        let Some(found) = resource(self.document, resources, b"XObject", name) else {
            let name = String::from_utf8_lossy(name).into_owned();
            return self.report.page(self.on, "preflight::content", format!("the object `{name}` is missing"));
        };
        let id = found.as_reference().ok();
        let Ok(stream) = self.document.dereference(found).and_then(|(_, found)| found.as_stream()) else { return };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => self.image(stream, resources, state),
            _ => self.form(stream, id, resources, state),
        }
    }

    fn form(&mut self, stream: &'d Stream, id: Option<ObjectId>, resources: &[&'d Dictionary], state: &State) {
        let again = id.is_some_and(|id| self.inside.contains(&id));
        if again || self.inside.len() >= DEPTH {
            let message = if again { "a form contains itself" } else { "forms nest too deep" };
            return self.report.page(self.on, "preflight::content", message);
        }
        transparency::form(self.document, &stream.dict, self.on, self.report);
        let mut state = state.clone();
        let matrix = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array);
        if let Ok(Ok(matrix)) = matrix.map(|matrix| <[f64; 6]>::try_from(numbers(matrix))) {
            state.matrix = Matrix(matrix).then(state.matrix);
        }
        if let Some(bounds) = area(self.document, &stream.dict, b"BBox") {
            state.clip = state.clip.and_then(|clip| clip.overlap(state.matrix.area(bounds)));
        }
        let content = match stream.get_plain_content_with_limit(CONTENT) {
            Ok(content) => content,
            Err(error) => {
                let message = format!("content cannot be unpacked: {error}");
                return self.report.page(self.on, "preflight::content", message);
            }
        };
        let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict);
        let resources: Vec<&Dictionary> = own.map_or_else(|_| resources.to_vec(), |own| vec![own]);
        self.inside.push(id.unwrap_or((0, u16::MAX)));
        self.content(&content, &resources, state);
        self.inside.pop();
    }

    fn image(&mut self, image: &Stream, resources: &[&'d Dictionary], state: &State) {
        transparency::image(self.document, &image.dict, self.on, self.report);
        let measure = |key: &[u8], short: &[u8]| {
            let found = image.dict.get_deref(key, self.document).or_else(|_| image.dict.get(short));
            found.ok().and_then(number).unwrap_or(0.0)
        };
        let (columns, rows) = (measure(b"Width", b"W"), measure(b"Height", b"H"));
        let (width, height) = state.matrix.scales();
        let ppi = (columns / width.max(1e-6)).min(rows / height.max(1e-6)) * 72.0;
        let is_mask = image.dict.get(b"ImageMask").or_else(|_| image.dict.get(b"IM"));
        let is_mask = is_mask.and_then(Object::as_bool).unwrap_or(false);
        let one_bit = is_mask || (measure(b"BitsPerComponent", b"BPC") - 1.0).abs() < 0.1;
        let ink =
            if is_mask { state.fill.0.ink(&state.fill.1) } else { ink::of_image(self.document, image, resources) };
        self.add(What::Picture { ppi, one_bit }, state.matrix.area(Area([0.0, 0.0, 1.0, 1.0])), ink, state);
    }

    fn shading(&mut self, operands: &[Object], resources: &[&'d Dictionary], state: &State) {
        let Some(Ok(name)) = operands.first().map(Object::as_name) else { return };
        if let Some(shading) = resource(self.document, resources, b"Shading", name) {
            self.shade(shading, resources, state);
        }
    }

    fn shade(&mut self, shading: &Object, resources: &[&'d Dictionary], state: &State) {
        let Ok((_, shading)) = self.document.dereference(shading) else { return };
        let dictionary = match shading {
            Object::Stream(stream) => &stream.dict,
            Object::Dictionary(dictionary) => dictionary,
            _ => return,
        };
        let space = dictionary.get(b"ColorSpace").map(|space| Space::of(self.document, space, resources));
        let ink = match space.unwrap_or(Space::Gray) {
            Space::Gray | Space::Cmyk | Space::None => Ink::Pattern,
            other => other.ink(&[]),
        };
        if let Some(clip) = state.clip {
            self.add(What::Shading, clip, ink, state);
        }
    }

    fn paint(&mut self, operator: &str, state: &mut State, path: Path) {
        let Some(area) = around(path.points.iter().copied()) else { return };
        if matches!(operator, "f" | "F" | "f*" | "B" | "B*" | "b" | "b*") {
            let upright = path.rectangles == Some(1);
            self.add(What::Fill { upright }, area, state.fill.0.ink(&state.fill.1), state);
        }
        if matches!(operator, "S" | "s" | "B" | "B*" | "b" | "b*") {
            let (x, y) = state.matrix.scales();
            let width = state.width.abs() * x.min(y);
            let ink = state.stroke.0.ink(&state.stroke.1);
            self.add(What::Stroke { width }, area.grown(width / 2.0), ink, state);
        }
        if path.clips {
            state.clip = state.clip.and_then(|clip| clip.overlap(area));
        }
    }

    fn text(&mut self, operator: &str, operands: &[Object], resources: &[&'d Dictionary], state: &mut State) {
        let shown = state.text.operate(operator, operands, self.document, resources, &mut self.fonts, state.matrix);
        for (area, size) in shown {
            match state.text.mode {
                3 | 7 => {}
                1 | 5 => self.add(What::Text { size }, area, state.stroke.0.ink(&state.stroke.1), state),
                _ => self.add(What::Text { size }, area, state.fill.0.ink(&state.fill.1), state),
            }
        }
    }

    /// Keeps what is visible of something painted.
    fn add(&mut self, what: What, area: Area, ink: Ink, state: &State) {
        if let Some(area) = state.clip.and_then(|clip| clip.overlap(area)) {
            self.painted.push(Painted { what, area, ink });
        }
    }
}

/// Adds to the path.
fn construct(operation: &Operation, state: &State, path: &mut Path) {
    let values = numbers(&operation.operands);
    match (operation.operator.as_str(), values.as_slice()) {
        ("re", &[x, y, width, height]) => {
            let corners = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
            let fresh = path.points.is_empty();
            path.points.extend(corners.map(|corner| state.matrix.point(corner)));
            let [_, b, c, _, _, _] = state.matrix.0;
            let upright = b.abs() < 1e-9 && c.abs() < 1e-9;
            path.rectangles = match path.rectangles {
                _ if !upright => None,
                None if fresh => Some(1),
                Some(count) => Some(count + 1),
                None => None,
            };
        }
        ("W" | "W*", _) => path.clips = true,
        ("h", _) => {}
        (_, values) => {
            path.points.extend(values.chunks_exact(2).map(|pair| state.matrix.point([pair[0], pair[1]])));
            path.rectangles = upright_corners(&path.points).then_some(1);
        }
    }
}

/// Tells whether positions are the corners of one upright rectangle, one after the other.
fn upright_corners(points: &[[f64; 2]]) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() < 1e-6;
    let along = |pair: &[[f64; 2]]| close(pair[0][0], pair[1][0]) != close(pair[0][1], pair[1][1]);
    let closed = points.len() == 5 && close(points[0][0], points[4][0]) && close(points[0][1], points[4][1]);
    (points.len() == 4 || closed) && points.windows(2).all(along) && along(&[points[3], points[0]])
}
