//! Counted kinds in random order, without a list of them in memory.

use crate::draw::Draw;

/// So many cards of each kind; the order in which they come is that of a shuffled deck.
pub(super) struct Deck {
    left: Vec<u64>,
}

impl Deck {
    /// Takes how many cards of each kind there are.
    pub(super) fn new(counts: Vec<u64>) -> Self {
        Self { left: counts }
    }

    /// Takes the next card; returns its kind, or nothing when the deck is used up.
    pub(super) fn next(&mut self, draw: &mut Draw) -> Option<usize> {
        if self.left.iter().all(|&left| left == 0) {
            return None;
        }
        let kind = draw.weighted(&self.left);
        self.left[kind] -= 1;
        Some(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Stream;

    #[test]
    fn every_card_comes_exactly_once() {
        let mut draw = Draw::new(7, Stream::Signals);
        let mut deck = Deck::new(vec![3, 0, 5]);
        let mut seen = [0; 3];
        while let Some(kind) = deck.next(&mut draw) {
            seen[kind] += 1;
        }
        assert_eq!(seen, [3, 0, 5]);
    }
}
