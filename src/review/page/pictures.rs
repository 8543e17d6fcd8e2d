//! All pages of a review as it holds them: each outline, line and picture once.

use std::collections::HashMap;
use std::hash::Hash;

use serde::Serialize;

use crate::unit::Digest;

use super::drawing::{Drawing, Line};

/// Things that are held once, by what they are.
struct Table<T> {
    items: Vec<T>,
    known: HashMap<T, usize>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { items: Vec::new(), known: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Table<T> {
    fn place(&mut self, item: T) -> usize {
        if let Some(place) = self.known.get(&item) {
            return *place;
        }
        let place = self.items.len();
        self.items.push(item.clone());
        self.known.insert(item, place);
        place
    }
}

/// The pages that a review shows.
#[derive(Default)]
pub(super) struct Pictures {
    outlines: Table<String>,
    lines: Table<String>,
    drawings: Vec<Vec<[usize; 2]>>,
    /// Places of pictures, by their digests.
    known: HashMap<Digest, usize>,
    pngs: Vec<Vec<u8>>,
}

/// The drawings, as the script reads them.
#[derive(Serialize)]
struct Drawings<'a> {
    outlines: &'a [String],
    lines: &'a [String],
    /// Of each page stretches of lines: where they begin, and how many they are.
    pages: &'a [Vec<[usize; 2]>],
}

impl Pictures {
    /// Holds a picture; gives its place.
    pub(super) fn picture(&mut self, png: Vec<u8>) -> usize {
        *self.known.entry(Digest::of(&png)).or_insert_with(|| {
            self.pngs.push(png);
            self.pngs.len() - 1
        })
    }

    /// Holds a drawing; gives its place.
    pub(super) fn drawing(&mut self, drawing: Drawing) -> usize {
        let Drawing { lines, outlines, pictures } = drawing;
        let outlines: Vec<usize> = outlines.into_iter().map(|outline| self.outlines.place(outline)).collect();
        let pictures: Vec<usize> = pictures.into_iter().map(|picture| self.picture(picture.png)).collect();
        let mut stretches: Vec<[usize; 2]> = Vec::new();
        for line in lines {
            let place = self.lines.place(match line {
                Line::Words(words) => words,
                Line::Picture(picture, words) => format!("i {} {words}", pictures[picture]),
                Line::Glyphs { style, glyphs } => text(style, &glyphs, &outlines),
            });
            match stretches.last_mut() {
                Some([start, count]) if *start + *count == place => *count += 1,
                _ => stretches.push([place, 1]),
            }
        }
        self.drawings.push(stretches);
        self.drawings.len() - 1
    }

    /// The drawings as JSON, and the pictures.
    pub(super) fn written(self) -> (Vec<u8>, Vec<Vec<u8>>) {
        let drawings = Drawings { outlines: &self.outlines.items, lines: &self.lines.items, pages: &self.drawings };
        let text = serde_json::to_vec(&drawings).expect("the drawings hold only text, numbers and lists");
        (text, self.pngs)
    }
}

/// Writes glyphs: the first by its place, those that follow by how far they stand from the one before.
fn text(mut style: String, glyphs: &[(usize, i64)], outlines: &[usize]) -> String {
    let mut last = 0;
    for (outline, x) in glyphs {
        style.push_str(&format!(" {} {}", outlines[*outline], x - last));
        last = *x;
    }
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(words: &str) -> Drawing {
        let glyphs = vec![(1, 7200), (0, 7350)];
        let lines = vec![
            Line::Glyphs { style: "t 1 0 0 1 90 #000000".into(), glyphs },
            Line::Words(words.into()),
            Line::Words("e".into()),
        ];
        Drawing { lines, outlines: vec!["M0 0Z".into(), "M1 1Z".into()], pictures: Vec::new() }
    }

    #[test]
    fn what_pages_have_alike_is_held_once() {
        let mut pictures = Pictures::default();
        assert_eq!((pictures.drawing(page("p a")), pictures.drawing(page("p b"))), (0, 1));
        assert_eq!(pictures.outlines.items, ["M0 0Z", "M1 1Z"]);
        assert_eq!(pictures.lines.items, ["t 1 0 0 1 90 #000000 1 7200 0 150", "p a", "e", "p b"]);
        assert_eq!(pictures.drawings, [vec![[0, 3]], vec![[0, 1], [3, 1], [2, 1]]]);
        assert_eq!([pictures.picture(vec![1]), pictures.picture(vec![2]), pictures.picture(vec![1])], [0, 1, 0]);
    }
}
