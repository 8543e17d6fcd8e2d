//! What the pages draw: glyphs one by one, everything else as a digest.

use std::collections::HashMap;
use std::sync::Arc;

use hayro::hayro_interpret::font::Glyph as Drawn;
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt, hayro_cmap::BfString, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Dict, Stream};
use hayro::hayro_syntax::page::Page;
use kurbo::{Affine, BezPath, Point, Rect, Shape};

use crate::unit::Digest;

/// Stands in for fonts that a file names and does not hold; its words are read all the same.
const STAND_IN: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/source-sans-3/SourceSans3-Regular.ttf"));
/// Most glyphs of a file.
const GLYPH_LIMIT: usize = 4_000_000;
/// Most pieces of paths of a file.
const PIECE_LIMIT: usize = 20_000_000;

/// A glyph on a page; lengths in points, y downward from the top of the page.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::review) struct Glyph {
    pub text: String,
    /// Where its baseline begins and ends.
    pub x: f32,
    pub end: f32,
    pub y: f32,
    pub size: f32,
    /// Place of its font in the sheet's list.
    pub font: usize,
    pub rgb: [u8; 3],
    /// Identifier of its marked content; none for page furniture.
    pub mcid: Option<i32>,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::review) struct Sheet {
    pub width: f32,
    pub height: f32,
    pub glyphs: Vec<Glyph>,
    /// Names of the fonts, without the tag of a subset.
    pub fonts: Vec<String>,
    /// Digest of lines and fills.
    pub graphics: Digest,
    /// Digest of the pictures.
    pub pictures: Digest,
    /// Where they stand: left, top, right and bottom of all together.
    pub pictured: Option<[f32; 4]>,
    /// Digest of all that the page draws.
    pub look: Digest,
}

/// Reads all pages; nothing, where they hold more than a report can.
pub(super) fn sheets(pdf: &Pdf) -> Option<Vec<Sheet>> {
    let cache = InterpreterCache::new();
    let mut left = Left { glyphs: GLYPH_LIMIT, pieces: PIECE_LIMIT };
    pdf.pages().iter().map(|page| sheet(page, &cache, &mut left)).collect()
}

/// How much may still be drawn.
struct Left {
    glyphs: usize,
    pieces: usize,
}

fn sheet<'a>(page: &'a Page<'a>, cache: &InterpreterCache<'a>, left: &mut Left) -> Option<Sheet> {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let settings = InterpreterSettings {
        render_annotations: false,
        font_resolver: Arc::new(|_| Some((Arc::new(STAND_IN), 0))),
        ..InterpreterSettings::default()
    };
    let mut context = Context::new(page.initial_transform(true).to_kurbo(), bounds, cache, page.xref(), settings);
    let mut canvas = Canvas {
        left,
        glyphs: Vec::new(),
        fonts: Fonts::default(),
        marks: Vec::new(),
        graphics: Vec::new(),
        effects: Vec::new(),
        pictured: None,
        full: false,
    };
    interpret_page(page, &mut context, &mut canvas);
    let Canvas { glyphs, fonts, graphics, effects, pictured, full, .. } = canvas;
    let (graphics, pictures) = (Digest::of(&graphics), Digest::of(&pictures(page)));
    let mut drawn = [graphics, pictures].iter().flat_map(|digest| *digest.bytes()).collect::<Vec<u8>>();
    drawn.extend(effects);
    for glyph in &glyphs {
        drawn.extend(glyph.text.as_bytes());
        let places = [glyph.x, glyph.y, glyph.size].map(|value| (value * 100.0).round() as i32);
        drawn.extend(places.iter().flat_map(|value| value.to_le_bytes()));
        drawn.extend(glyph.rgb);
        drawn.extend(fonts.names.get(glyph.font).map_or(&[][..], |name| name.as_bytes()));
    }
    let look = Digest::of(&drawn);
    let sheet = Sheet { width, height, glyphs, fonts: fonts.names, graphics, pictures, pictured, look };
    (!full).then_some(sheet)
}

/// Digests of the picture data that the page names.
fn pictures(page: &Page<'_>) -> Vec<u8> {
    let Some(resources) = page.raw().get::<Dict<'_>>(b"Resources") else { return Vec::new() };
    let Some(objects) = resources.get::<Dict<'_>>(b"XObject") else { return Vec::new() };
    let mut digests: Vec<[u8; 32]> = objects
        .keys()
        .filter_map(|name| objects.get::<Stream<'_>>(name.as_ref() as &[u8]))
        .map(|stream| *Digest::of(&stream.raw_data()).bytes())
        .collect();
    digests.sort_unstable();
    digests.concat()
}

#[derive(Default)]
struct Fonts {
    names: Vec<String>,
    known: HashMap<u128, usize>,
}

impl Fonts {
    fn place(&mut self, glyph: &Drawn<'_>) -> usize {
        let (key, name) = match glyph {
            Drawn::Outline(outline) => {
                let key = outline.font_cache_key();
                if let Some(place) = self.known.get(&key) {
                    return *place;
                }
                (key, outline.font_data().and_then(|data| data.postscript_name).unwrap_or_default())
            }
            Drawn::Type3(_) => (0, "Type 3".into()),
        };
        let name = match name.split_once('+') {
            Some((tag, rest)) if tag.len() == 6 => rest.to_owned(),
            _ => name,
        };
        let place = self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        self.known.insert(key, place);
        place
    }
}

struct Canvas<'l> {
    left: &'l mut Left,
    glyphs: Vec<Glyph>,
    fonts: Fonts,
    marks: Vec<Option<i32>>,
    graphics: Vec<u8>,
    /// Clips and groups: they show, but stand nowhere by themselves.
    effects: Vec<u8>,
    pictured: Option<[f32; 4]>,
    full: bool,
}

impl Canvas<'_> {
    fn note(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'_>, mode: &PathDrawMode) {
        let pieces = path.elements().len();
        if pieces > self.left.pieces {
            self.full = true;
            return;
        }
        self.left.pieces -= pieces;
        let bounds = transform.transform_rect_bbox(path.bounding_box());
        for value in [bounds.x0, bounds.y0, bounds.x1, bounds.y1, pieces as f64] {
            self.graphics.extend(((value * 100.0).round() as i64).to_le_bytes());
        }
        self.graphics.extend(rgb(paint));
        self.graphics.push(u8::from(matches!(mode, PathDrawMode::Stroke(_))));
    }
}

fn rgb(paint: &Paint<'_>) -> [u8; 3] {
    match paint {
        Paint::Color(colour) => {
            let [red, green, blue, _] = colour.to_rgba().to_rgba8();
            [red, green, blue]
        }
        Paint::Pattern(pattern) => {
            let [red, green, blue, ..] = pattern.cache_key().to_le_bytes();
            [red, green, blue]
        }
    }
}

impl<'a> Device<'a> for Canvas<'_> {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        self.note(path, transform, paint, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.effects.extend(clip.cache_key().to_le_bytes());
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, mode: BlendMode) {
        self.effects.extend(opacity.to_le_bytes());
        self.effects.push(u8::from(mask.is_some()));
        self.effects.extend(format!("{mode:?}").bytes());
    }

    fn draw_glyph(&mut self, glyph: &Drawn<'a>, at: Affine, within: Affine, paint: &Paint<'a>, _: &GlyphDrawMode) {
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
        self.glyphs.push(Glyph {
            text,
            x: start.x as f32,
            end: end.x as f32,
            y: start.y as f32,
            size: (up - start).hypot() as f32,
            font: self.fonts.place(glyph),
            rgb: rgb(paint),
            mcid: self.marks.iter().rev().find_map(|mark| *mark),
        });
    }

    fn draw_image(&mut self, _: Image<'a, '_>, transform: Affine) {
        let bounds = transform.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0));
        let area = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|value| value as f32);
        let [left, top, right, bottom] = self.pictured.unwrap_or(area);
        self.pictured = Some([left.min(area[0]), top.min(area[1]), right.max(area[2]), bottom.max(area[3])]);
        for value in [bounds.x0, bounds.y0, bounds.x1, bounds.y1] {
            self.graphics.extend(((value * 100.0).round() as i64).to_le_bytes());
        }
    }

    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], mcid: Option<i32>) {
        self.marks.push(mcid);
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }
}
