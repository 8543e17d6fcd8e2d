//! Where text stands and how large it is (ISO 32000-1, 9.4).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use super::super::geometry::Area;
use super::matrix::Matrix;
use super::resources::{number, numbers, resource};

/// The text state.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextState {
    matrix: Matrix,
    line: Matrix,
    font: Vec<u8>,
    size: f64,
    character: f64,
    word: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    /// How letters are painted; 3 and 7 paint nothing.
    pub mode: i64,
}

impl Default for TextState {
    fn default() -> Self {
        Self {
            matrix: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            font: Vec::new(),
            size: 0.0,
            character: 0.0,
            word: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

/// Widths of the fonts of a page, by what names them.
#[derive(Default)]
pub(super) struct Fonts(BTreeMap<(usize, Vec<u8>), Widths>);

/// Widths of a font's codes in ems.
#[derive(Clone, Debug, Default)]
struct Widths {
    two_bytes: bool,
    widths: BTreeMap<u32, f64>,
    other: f64,
}

/// Most codes whose widths are kept.
const CODES: usize = 70_000;

impl TextState {
    /// Runs a text operator and returns the box and size of each piece of text that it shows.
    pub(super) fn operate(
        &mut self,
        operator: &str,
        operands: &[Object],
        document: &Document,
        resources: &[&Dictionary],
        fonts: &mut Fonts,
        page: Matrix,
    ) -> Vec<(Area, f64)> {
        if !matches!(operator, "Tj" | "TJ" | "'" | "\"") {
            self.set(operator, operands);
            return Vec::new();
        }
        if operator == "'" || operator == "\"" {
            self.next_line([0.0, -self.leading]);
        }
        let widths = fonts.widths(document, resources, &self.font);
        let mut shown = Vec::new();
        for operand in operands {
            let items = operand.as_array().map_or(std::slice::from_ref(operand), |items| items.as_slice());
            shown.extend(self.show(items, widths, page));
        }
        shown
    }

    /// Runs an operator that shows nothing.
    fn set(&mut self, operator: &str, operands: &[Object]) {
        let values = numbers(operands);
        let value = values.first().copied().unwrap_or(0.0);
        match operator {
            "BT" => (self.matrix, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            "Tf" => {
                self.font = operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default().to_vec();
                self.size = value;
            }
            "Tc" => self.character = value,
            "Tw" => self.word = value,
            "Tz" => self.scale = value / 100.0,
            "TL" => self.leading = value,
            "Ts" => self.rise = value,
            "Tr" => self.mode = value as i64,
            "Td" | "TD" => {
                let by = [value, values.get(1).copied().unwrap_or(0.0)];
                if operator == "TD" {
                    self.leading = -by[1];
                }
                self.next_line(by);
            }
            "Tm" => {
                if let Ok(matrix) = <[f64; 6]>::try_from(values) {
                    (self.matrix, self.line) = (Matrix(matrix), Matrix(matrix));
                }
            }
            "T*" => self.next_line([0.0, -self.leading]),
            _ => {}
        }
    }

    fn next_line(&mut self, [x, y]: [f64; 2]) {
        self.line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.line);
        self.matrix = self.line;
    }

    /// Shows strings with shifts between them, and returns the box around them and their size on the page.
    fn show(&mut self, items: &[Object], widths: &Widths, page: Matrix) -> Option<(Area, f64)> {
        let start = self.matrix;
        let mut advance = 0.0;
        let mut letters = false;
        for item in items {
            match item {
                Object::String(codes, _) => {
                    letters |= !codes.is_empty();
                    advance += widths.of(codes, |width, is_space| {
                        (width * self.size + self.character + if is_space { self.word } else { 0.0 }) * self.scale
                    });
                }
                other => advance -= number(other).unwrap_or(0.0) / 1000.0 * self.size * self.scale,
            }
        }
        self.matrix = Matrix([1.0, 0.0, 0.0, 1.0, advance, 0.0]).then(self.matrix);
        let all = start.then(page);
        let (low, high) = (self.rise - 0.2 * self.size, self.rise + 0.7 * self.size);
        let area = Area([0f64.min(advance), low.min(high), advance.max(0.0), high.max(low)]);
        letters.then(|| (all.area(area), self.size.abs() * all.scales().1))
    }
}

impl Fonts {
    fn widths(&mut self, document: &Document, resources: &[&Dictionary], name: &[u8]) -> &Widths {
        // The same name means another font in another form.
        let at = resources.first().map_or(0, |first| std::ptr::from_ref::<Dictionary>(first) as usize);
        self.0.entry((at, name.to_vec())).or_insert_with(|| {
            let font = resource(document, resources, b"Font", name);
            let font = font.and_then(|font| document.dereference(font).ok()?.1.as_dict().ok());
            font.map(|font| Widths::read(document, font)).unwrap_or_default()
        })
    }
}

impl Widths {
    fn read(document: &Document, font: &Dictionary) -> Self {
        let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
        let first = descendants.ok().and_then(|array| document.dereference(array.first()?).ok()?.1.as_dict().ok());
        match first {
            Some(descendant) => Self::composite(document, descendant),
            None => Self::simple(document, font),
        }
    }

    /// Reads `W` of a composite font: a first code and its widths, or a range and one width.
    fn composite(document: &Document, font: &Dictionary) -> Self {
        let other = font.get_deref(b"DW", document).ok().and_then(number).unwrap_or(1000.0) / 1000.0;
        let mut widths = BTreeMap::new();
        let entries = font.get_deref(b"W", document).and_then(Object::as_array);
        let mut entries = entries.into_iter().flatten().filter_map(|entry| Some(document.dereference(entry).ok()?.1));
        while let (Some(start), Some(next)) = (entries.next(), entries.next()) {
            let start = number(start).unwrap_or(0.0) as u32;
            if let Ok(list) = next.as_array() {
                let codes = (start..).zip(list.iter().filter_map(number));
                widths.extend(codes.map(|(code, width)| (code, width / 1000.0)));
            } else if let (Some(last), Some(width)) = (number(next), entries.next().and_then(number)) {
                widths.extend((start..=last as u32).take(CODES).map(|code| (code, width / 1000.0)));
            }
            if widths.len() > CODES {
                break;
            }
        }
        Self { two_bytes: true, widths, other }
    }

    fn simple(document: &Document, font: &Dictionary) -> Self {
        let start = font.get_deref(b"FirstChar", document).ok().and_then(number).unwrap_or(0.0) as u32;
        let list = font.get_deref(b"Widths", document).and_then(Object::as_array);
        let list = list.into_iter().flatten().filter_map(|width| number(document.dereference(width).ok()?.1));
        Self { two_bytes: false, widths: (start..).zip(list.map(|width| width / 1000.0)).collect(), other: 0.5 }
    }

    /// Adds up what each code of a string gives.
    fn of(&self, codes: &[u8], each: impl Fn(f64, bool) -> f64) -> f64 {
        let width = |code: u32| self.widths.get(&code).copied().unwrap_or(self.other);
        if self.two_bytes {
            let codes = codes.chunks_exact(2).map(|pair| u32::from(u16::from_be_bytes([pair[0], pair[1]])));
            codes.map(|code| each(width(code), false)).sum()
        } else {
            codes.iter().map(|code| each(width(u32::from(*code)), *code == b' ')).sum()
        }
    }
}
