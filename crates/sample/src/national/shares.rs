//! Codes with their relative frequencies.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::draw::Draw;

/// Codes, each drawn as often as its weight says.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "IndexMap<String, u64>")]
pub(super) struct Shares {
    codes: Vec<String>,
    weights: Vec<u64>,
}

impl From<IndexMap<String, u64>> for Shares {
    fn from(map: IndexMap<String, u64>) -> Self {
        let (codes, weights) = map.into_iter().unzip();
        Self { codes, weights }
    }
}

impl Shares {
    /// Draws a code; the empty code when there is none.
    pub(super) fn draw(&self, draw: &mut Draw) -> &str {
        self.codes.get(draw.weighted(&self.weights)).map_or("", String::as_str)
    }
}
