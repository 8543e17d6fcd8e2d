//! Runs of one line, joined where they are one text.

use std::collections::HashMap;

use typst::layout::{Abs, Em, FrameItem, Point};
use typst::text::{FontInstance, Glyph, TextItem};

use super::cluster::{self, Cluster, Part};

/// Runs in the order in which they are drawn, with their places.
type Pieces<'a> = Vec<(Point, &'a TextItem)>;

/// Returns the text that a list of items begins with, and those after it that are of the same text: the typesetter begins
/// a new run wherever a glyph stands higher or lower than the one before it.
pub(super) fn pieces<'a>(items: &[&'a (Point, FrameItem)]) -> Pieces<'a> {
    let mut pieces = Pieces::new();
    for (at, item) in items {
        let FrameItem::Text(text) = item else { break };
        if pieces.last().is_some_and(|last| !goes_on(last, (*at, text))) {
            break;
        }
        pieces.push((*at, text));
    }
    pieces
}

fn goes_on((at, text): &(Point, &TextItem), (next_at, next): (Point, &TextItem)) -> bool {
    let is_alike = text.font == next.font
        && text.size == next.size
        && text.fill == next.fill
        && text.stroke == next.stroke
        && (text.lang, text.region) == (next.lang, next.region);
    let gap = (next_at.x - at.x - text.width()).abs();
    let lift = (next_at.y - at.y).abs();
    // A mark stands less than a line apart; a space that a line ends with may stand where the next line begins.
    let is_blank = |text: &TextItem| text.text.trim().is_empty();
    let is_near = gap < Abs::pt(0.001) && lift > Abs::zero() && lift < text.size;
    is_alike && is_near && !is_blank(text) && !is_blank(next)
}

/// Joins runs into one, whose glyphs stand for letters of their own; gives none where they are right as they are.
pub(super) fn join(pieces: &[(Point, &TextItem)], carriers: &mut Carriers) -> Option<(Point, TextItem)> {
    let &(at, first) = pieces.first()?;
    if pieces.len() == 1 && cluster::is_plain(first) {
        return None;
    }
    let clusters = cluster::of(pieces);
    if pieces.len() == 1 && !clusters.iter().any(Cluster::is_shared) {
        return None;
    }
    let mut glyphs = Vec::new();
    for (cluster, start) in clusters.iter().zip(starts(&clusters)) {
        glyphs.extend(set(cluster, start, &first.font, carriers)?);
    }
    let mut text = vec![""; clusters.len()];
    order(&clusters).into_iter().zip(&mut text).for_each(|(place, text)| *text = clusters[place].text);
    Some((at, TextItem { text: text.concat().into(), glyphs, ..first.clone() }))
}

/// Sets the glyphs of a cluster whose letters begin at a byte of the text.
fn set(cluster: &Cluster<'_>, start: usize, font: &FontInstance, carriers: &mut Carriers) -> Option<Vec<Glyph>> {
    let glyph = |part: Part| {
        let letters = part.letters();
        let range = u16::try_from(start + letters.start).ok()?..u16::try_from(start + letters.end).ok()?;
        match part {
            Part::Glyph(place, _) => {
                let (glyph, lift) = cluster.glyphs[place];
                Some(Glyph { range, y_offset: glyph.y_offset + lift, ..glyph.clone() })
            }
            Part::Left(letters) => {
                let id = carriers.glyph(font, &cluster.text[letters])?;
                let (x_advance, x_offset, y_advance, y_offset) = (Em::zero(), Em::zero(), Em::zero(), Em::zero());
                Some(Glyph { id, x_advance, x_offset, y_advance, y_offset, range, span: cluster.glyphs[0].0.span })
            }
        }
    };
    cluster.parts().into_iter().map(glyph).collect()
}

/// Returns where each cluster begins in the text, which stands in the order of reading.
fn starts(clusters: &[Cluster<'_>]) -> Vec<usize> {
    let (mut starts, mut at) = (vec![0; clusters.len()], 0);
    for place in order(clusters) {
        starts[place] = at;
        at += clusters[place].text.len();
    }
    starts
}

/// Returns the clusters, by their places from left to right, in the order of reading. A run has one direction.
fn order(clusters: &[Cluster<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..clusters.len()).collect();
    if clusters.iter().any(|cluster| cluster.right_to_left) {
        order.reverse();
    }
    order
}

/// Glyphs without ink or width that stand for the further letters of a glyph.
#[derive(Default)]
pub(super) struct Carriers {
    /// By font and letter.
    known: HashMap<(FontInstance, String), Option<u16>>,
    used: HashMap<FontInstance, usize>,
}

/// Characters for which fonts have such glyphs. A text that holds one of them is drawn with another glyph.
const INVISIBLE: [char; 8] =
    ['\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{feff}'];

impl Carriers {
    /// Returns the glyph that stands for a letter: the same one in the whole document, and for no other letter.
    fn glyph(&mut self, font: &FontInstance, letter: &str) -> Option<u16> {
        let key = (font.clone(), letter.to_owned());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let used = self.used.entry(font.clone()).or_default();
        let id = invisible(font).get(*used).copied();
        *used += 1;
        self.known.insert(key, id);
        id
    }
}

/// Lists the glyphs of a font that have neither ink nor width.
fn invisible(font: &FontInstance) -> Vec<u16> {
    let face = font.ttf();
    let mut ids = Vec::new();
    for id in INVISIBLE.into_iter().filter_map(|c| face.glyph_index(c)) {
        let is_empty = face.glyph_bounding_box(id).is_none() && face.glyph_hor_advance(id) == Some(0);
        if is_empty && id.0 != 0 && !ids.contains(&id.0) {
            ids.push(id.0);
        }
    }
    ids
}
