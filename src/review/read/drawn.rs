//! What the pages draw: glyphs one by one, everything else as a digest.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use hayro::hayro_interpret::font::Glyph as Drawn;
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, StencilImage, TransformExt, hayro_cmap::BfString, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use crate::unit::Digest;

use super::resources::Contents;
use super::sheet::{Glyph, Outline, Sheet, Sight};

/// Most glyphs of a file.
const GLYPH_LIMIT: usize = 4_000_000;
/// Most pieces of paths of a file.
const PIECE_LIMIT: usize = 20_000_000;
/// So many pixels of a stencil count as a piece of a path.
const STENCIL: usize = 16;
/// Most fills that are looked for beneath white text.
const FILLS: usize = 20_000;
/// What covers less is transparent.
const TRANSPARENT: f32 = 0.03;
/// Least channel of white.
const WHITE: u8 = 250;
/// The colour that stands for a pattern.
const PATTERN: [u8; 3] = [128; 3];
/// How far letters reach above and below their baseline, in thousandths of their size.
const ASCENT: f64 = 800.0;
const DESCENT: f64 = 200.0;
/// The width of a glyph whose font says none.
const NO_WIDTH: f64 = 600.0;

/// Reads all pages; nothing, where they hold more than a report can.
pub(super) fn sheets(pdf: &Pdf) -> Option<Vec<Sheet>> {
    let cache = InterpreterCache::new();
    let mut left = Left::of(Contents::packed(pdf));
    pdf.pages().iter().map(|page| sheet(page, &cache, &mut left)).collect()
}

/// Returns a digest of the pictures of a page as they are unpacked; nothing, where there is no such page.
pub(super) fn unpacked_pictures(pdf: &Pdf, page: usize) -> Option<Digest> {
    let page = pdf.pages().get(page)?;
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let cache = InterpreterCache::new();
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, &cache, page.xref(), InterpreterSettings::default());
    let mut left = Left::of(Contents::unpacked(pdf));
    let mut canvas = Canvas::new(&mut left, bounds);
    interpret_page(page, &mut context, &mut canvas);
    let mut pictures = canvas.pictures;
    pictures.sort_unstable();
    Some(Digest::of(&pictures.concat()))
}

/// How much may still be drawn, and what was met so far.
struct Left<'a> {
    glyphs: usize,
    pieces: usize,
    contents: Contents<'a>,
    /// Outlines of glyphs by font and glyph.
    shapes: HashMap<(u128, u32), u64>,
}

impl<'a> Left<'a> {
    fn of(contents: Contents<'a>) -> Self {
        Self { glyphs: GLYPH_LIMIT, pieces: PIECE_LIMIT, contents, shapes: HashMap::new() }
    }

    /// The outline of a glyph; of one that is drawn by operators the page's resources tell it.
    fn shape(&mut self, glyph: &Drawn<'_>) -> u64 {
        let Drawn::Outline(outline) = glyph else { return 0 };
        let key = (outline.font_cache_key(), outline.glyph_id().to_u32());
        *self.shapes.entry(key).or_insert_with(|| shape(&outline.outline(), Affine::IDENTITY))
    }
}

/// A path as a number; coordinates are rounded to a hundredth.
fn shape(path: &BezPath, transform: Affine) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut point = |point: Point| {
        let point = transform * point;
        [point.x, point.y].map(|value| (value * 100.0).round() as i64).hash(&mut hasher);
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => point(to),
            PathEl::LineTo(to) => [to, to].map(&mut point).iter().for_each(drop),
            PathEl::QuadTo(by, to) => [by, by, to].map(&mut point).iter().for_each(drop),
            PathEl::CurveTo(by, and, to) => [by, and, to, to].map(&mut point).iter().for_each(drop),
            PathEl::ClosePath => point(Point::ZERO),
        }
    }
    hasher.finish()
}

fn sheet<'a>(page: &'a Page<'a>, cache: &InterpreterCache<'a>, left: &mut Left<'a>) -> Option<Sheet> {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let settings = InterpreterSettings { render_annotations: true, ..InterpreterSettings::default() };
    let mut context = Context::new(page.initial_transform(true).to_kurbo(), bounds, cache, page.xref(), settings);
    let resources = left.contents.page(page);
    let mut canvas = Canvas::new(left, bounds);
    interpret_page(page, &mut context, &mut canvas);
    let Canvas { glyphs, fonts, graphics, effects, mut pictures, pictured, full, .. } = canvas;
    pictures.sort_unstable();
    let pictures = Digest::of(&pictures.concat());
    let mut drawn = [*pictures.bytes(), *resources.bytes()].concat();
    for outline in &graphics {
        drawn.extend(outline.area.iter().flat_map(|edge| edge.to_le_bytes()));
        drawn.extend(outline.pieces.to_le_bytes());
        drawn.extend(outline.rgb);
        drawn.extend([outline.opacity, u8::from(outline.is_line)]);
    }
    drawn.extend(effects);
    for glyph in &glyphs {
        drawn.extend(glyph.text.as_bytes());
        let places = [glyph.x, glyph.y, glyph.size].map(|value| (value * 100.0).round() as i32);
        drawn.extend(places.iter().flat_map(|value| value.to_le_bytes()));
        drawn.extend(glyph.rgb);
        drawn.extend([glyph.opacity, glyph.sight as u8]);
        drawn.extend(glyph.font.to_le_bytes());
    }
    fonts.names.iter().for_each(|name| drawn.extend(name.as_bytes()));
    let look = Digest::of(&drawn);
    let sheet = Sheet { width, height, glyphs, fonts: fonts.names, graphics, pictures, pictured, look };
    (!full).then_some(sheet)
}

#[derive(Default)]
struct Fonts {
    names: Vec<Arc<str>>,
    known: HashMap<u128, usize>,
}

impl Fonts {
    fn place(&mut self, glyph: &Drawn<'_>, contents: &Contents<'_>) -> usize {
        let (key, name) = match glyph {
            Drawn::Outline(outline) => {
                let key = outline.font_cache_key();
                if let Some(place) = self.known.get(&key) {
                    return *place;
                }
                let name = outline.font_data().and_then(|data| data.postscript_name);
                (key, name.or_else(|| contents.font_name(key).cloned()).unwrap_or_default())
            }
            Drawn::Type3(_) => (0, "Type 3".into()),
        };
        let name = match name.split_once('+') {
            Some((tag, rest)) if tag.len() == 6 => rest.to_owned(),
            _ => name,
        };
        let place = self.names.iter().position(|known| **known == *name).unwrap_or_else(|| {
            self.names.push(name.into());
            self.names.len() - 1
        });
        self.known.insert(key, place);
        place
    }
}

struct Canvas<'l, 'a> {
    left: &'l mut Left<'a>,
    glyphs: Vec<Glyph>,
    fonts: Fonts,
    marks: Vec<Option<i32>>,
    graphics: Vec<Outline>,
    /// Clips and groups: they show, but stand nowhere by themselves.
    effects: Vec<u8>,
    /// Digests of the pictures.
    pictures: Vec<[u8; 32]>,
    pictured: Option<[f32; 4]>,
    /// What is left of the page by the clips.
    clips: Vec<Rect>,
    opacities: Vec<f32>,
    /// What is filled so far, and whether with something else than white: what stands beneath a glyph.
    fills: Vec<(Rect, bool)>,
    full: bool,
}

impl<'l, 'a> Canvas<'l, 'a> {
    fn new(left: &'l mut Left<'a>, page: Rect) -> Self {
        Self {
            left,
            glyphs: Vec::new(),
            fonts: Fonts::default(),
            marks: Vec::new(),
            graphics: Vec::new(),
            effects: Vec::new(),
            pictures: Vec::new(),
            pictured: None,
            clips: vec![page],
            opacities: Vec::new(),
            fills: Vec::new(),
            full: false,
        }
    }
}

impl Canvas<'_, '_> {
    fn note(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'_>, mode: &PathDrawMode) {
        let pieces = path.elements().len();
        if pieces > self.left.pieces {
            self.full = true;
            return;
        }
        self.left.pieces -= pieces;
        self.effects.extend(shape(path, transform).to_le_bytes());
        self.paint(paint);
        if let PathDrawMode::Stroke(line) = mode {
            let lengths = [line.line_width, line.miter_limit, line.dash_offset];
            self.effects.extend(lengths.iter().chain(&line.dash_array).flat_map(|length| length.to_le_bytes()));
            self.effects.extend(format!("{:?}{:?}", line.line_cap, line.line_join).bytes());
        }
        let bounds = transform.transform_rect_bbox(path.bounding_box());
        self.graphics.push(Outline {
            area: [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|edge| (edge * 100.0).round() as i64),
            pieces,
            rgb: rgb(paint),
            opacity: (opacity(paint) * 100.0).round() as u8,
            is_line: matches!(mode, PathDrawMode::Stroke(_)),
        });
        if matches!(mode, PathDrawMode::Fill(_)) && self.fills.len() < FILLS {
            self.fills.push((bounds, !is_white(rgb(paint))));
        }
    }

    /// Notes the pattern that a path or glyph is filled with.
    fn paint(&mut self, paint: &Paint<'_>) {
        if let Paint::Pattern(pattern) = paint {
            self.effects.extend(pattern.cache_key().to_le_bytes());
        }
    }

    /// Tells whether a glyph is seen; `core` is what of it every letter has.
    fn sight(&self, core: Rect, rgb: [u8; 3], opacity: f32, mode: &GlyphDrawMode) -> Sight {
        let is_within = |bounds: Rect| !core.intersect(bounds).is_zero_area();
        let page = self.clips.first().copied().unwrap_or_default();
        let clip = self.clips.last().copied().unwrap_or_default();
        if matches!(mode, GlyphDrawMode::Invisible) {
            Sight::Invisible
        } else if opacity < TRANSPARENT {
            Sight::Transparent
        } else if !is_within(page) {
            Sight::OffPage
        } else if !is_within(clip) {
            Sight::Clipped
        } else if is_white(rgb) && !self.is_on_colour(core) {
            Sight::White
        } else {
            Sight::Seen
        }
    }

    /// Tells whether what was filled last beneath a place is something else than white.
    fn is_on_colour(&self, core: Rect) -> bool {
        let beneath = self.fills.iter().rev().find(|(area, _)| area.contains(core.center()));
        beneath.is_some_and(|(_, is_coloured)| *is_coloured)
    }
}

fn is_white(rgb: [u8; 3]) -> bool {
    rgb.iter().all(|channel| *channel >= WHITE)
}

fn opacity(paint: &Paint<'_>) -> f32 {
    match paint {
        Paint::Color(colour) => f32::from(colour.to_rgba().to_rgba8()[3]) / 255.0,
        Paint::Pattern(_) => 1.0,
    }
}

fn rgb(paint: &Paint<'_>) -> [u8; 3] {
    match paint {
        Paint::Color(colour) => {
            let [red, green, blue, _] = colour.to_rgba().to_rgba8();
            [red, green, blue]
        }
        // What a pattern holds is compared where it is drawn.
        Paint::Pattern(_) => PATTERN,
    }
}

impl<'a> Canvas<'_, 'a> {
    /// Notes what a stencil lets through, and the colour of it.
    fn stencil(&mut self, stencil: &StencilImage<'a, '_>) {
        let mut drawn = [0; 32];
        let pixels = (stencil.width() as usize).saturating_mul(stencil.height() as usize) / STENCIL;
        if pixels > self.left.pieces {
            self.full = true;
            return;
        }
        self.left.pieces -= pixels;
        stencil.with_stencil(
            |luma, paint| {
                let [red, green, blue] = rgb(paint);
                let opacity = (opacity(paint) * 100.0).round() as u8;
                drawn = *Digest::of(&[&luma.data[..], &[red, green, blue, opacity]].concat()).bytes();
            },
            None,
        );
        self.effects.extend(drawn);
    }
}

impl<'a> Device<'a> for Canvas<'_, 'a> {
    fn set_soft_mask(&mut self, mask: Option<SoftMask<'a>>) {
        let mask = mask.map(|mask| self.left.contents.numbered(mask.id()));
        self.effects.extend(mask.iter().flat_map(Digest::bytes));
        self.effects.push(u8::from(mask.is_some()));
    }

    fn set_blend_mode(&mut self, mode: BlendMode) {
        self.effects.extend(format!("{mode:?}").bytes());
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        self.note(path, transform, paint, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let outer = self.clips.last().copied().unwrap_or_default();
        self.clips.push(outer.intersect(clip.path.bounding_box()));
        self.effects.extend(clip.cache_key().to_le_bytes());
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, mode: BlendMode) {
        self.opacities.push(opacity);
        self.effects.extend(opacity.to_le_bytes());
        self.effects.push(u8::from(mask.is_some()));
        self.effects.extend(format!("{mode:?}").bytes());
    }

    fn draw_glyph(&mut self, glyph: &Drawn<'a>, at: Affine, within: Affine, paint: &Paint<'a>, mode: &GlyphDrawMode) {
        if self.glyphs.len() >= self.left.glyphs {
            self.full = true;
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(text)) => text,
            None => char::REPLACEMENT_CHARACTER.to_string(),
        };
        let advance = match glyph {
            Drawn::Outline(outline) => f64::from(outline.advance_width().unwrap_or(500.0)),
            Drawn::Type3(_) => 500.0,
        };
        let place = at * within;
        let (start, end, up) = (place * Point::ZERO, place * Point::new(advance, 0.0), place * Point::new(0.0, 1000.0));
        let shape = self.left.shape(glyph);
        self.effects.extend(shape.to_le_bytes());
        self.paint(paint);
        let rgb = rgb(paint);
        let opacity = opacity(paint) * self.opacities.iter().product::<f32>();
        // A font may say no widths.
        let width = if advance > 0.0 { advance } else { NO_WIDTH };
        let bounds = place.transform_rect_bbox(Rect::new(0.0, -DESCENT, width, ASCENT));
        let core = place.transform_rect_bbox(Rect::new(width * 0.2, 0.0, width * 0.8, 450.0));
        // Most text is level.
        let is_level = end.y == start.y && end.x >= start.x;
        let angle = if is_level { 0.0 } else { (end - start).atan2() };
        let (sin, cos) = if is_level { (0.0, 1.0) } else { angle.sin_cos() };
        let along = |point: Point| (point.x * cos + point.y * sin) as f32;
        let glyph = Glyph {
            text,
            x: start.x as f32,
            y: start.y as f32,
            angle: angle.to_degrees().round() as i16,
            along: [along(start), along(end)],
            across: (start.y * cos - start.x * sin) as f32,
            area: [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|edge| edge as f32),
            size: (up - start).hypot() as f32,
            font: self.fonts.place(glyph, &self.left.contents),
            rgb,
            opacity: (opacity * 100.0).round() as u8,
            sight: self.sight(core, rgb, opacity, mode),
            mcid: self.marks.iter().rev().find_map(|mark| *mark),
        };
        // A glyph that is filled and drawn round is one.
        let is_outline = |last: &Glyph| (&last.text, last.x, last.y) == (&glyph.text, glyph.x, glyph.y);
        if matches!(mode, GlyphDrawMode::Stroke(_)) && self.glyphs.last().is_some_and(is_outline) {
            self.effects.extend(rgb);
        } else {
            self.glyphs.push(glyph);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        if let Image::Raster(raster) = &image {
            self.pictures.push(*self.left.contents.picture(raster.stream()).bytes());
        }
        if let Image::Stencil(stencil) = &image {
            self.stencil(stencil);
        }
        // A picture is as large as it has pixels.
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let bounds = transform.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        let area = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|value| value as f32);
        if self.fills.len() < FILLS {
            self.fills.push((bounds, true));
        }
        let [left, top, right, bottom] = self.pictured.unwrap_or(area);
        self.pictured = Some([left.min(area[0]), top.min(area[1]), right.max(area[2]), bottom.max(area[3])]);
        for value in [bounds.x0, bounds.y0, bounds.x1, bounds.y1] {
            self.effects.extend(((value * 100.0).round() as i64).to_le_bytes());
        }
    }

    fn pop_clip_path(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn pop_transparency_group(&mut self) {
        self.opacities.pop();
    }

    fn begin_marked_content(&mut self, _: &[u8], mcid: Option<i32>) {
        self.marks.push(mcid);
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }
}
