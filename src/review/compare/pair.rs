//! Which pieces of two reports belong together.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::content::{Block, Table};

/// Texts less alike than this are two texts, not one that changed.
const ALIKE: f64 = 0.5;

/// A pair of blocks, one or both of which exist.
pub(super) type Pair<'a> = (Option<&'a Block>, Option<&'a Block>);

/// Pairs the blocks of two reports: equal ones first, then what is most alike between them; gives those that stand
/// elsewhere apart.
pub(super) fn pairs<'a>(old: &'a [Block], new: &'a [Block]) -> (Vec<Pair<'a>>, Vec<(&'a Block, &'a Block)>) {
    let (old_keys, new_keys): (Vec<String>, Vec<String>) =
        (old.iter().map(key).collect(), new.iter().map(key).collect());
    let mut pairs = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                pairs.extend((0..len).map(|at| (Some(&old[old_index + at]), Some(&new[new_index + at]))));
            }
            _ => pair_up(&old[op.old_range()], &new[op.new_range()], &mut pairs),
        }
    }
    let mut moved = Vec::new();
    for at in 0..pairs.len() {
        let (Some(gone), None) = pairs[at] else { continue };
        let same = |pair: &Pair<'a>| matches!(pair, (None, Some(come)) if key(come) == key(gone));
        if let Some(to) = pairs.iter().position(same)
            && let Some(come) = pairs[to].1
        {
            moved.push((gone, come));
            (pairs[at], pairs[to]) = ((None, None), (None, None));
        }
    }
    (pairs, moved)
}

/// What a block is known by.
fn key(block: &Block) -> String {
    match block {
        Block::Heading(text) => format!("heading {}", text.words),
        Block::Paragraph(text) => format!("paragraph {}", text.words),
        Block::Counter { label, .. } => format!("counter {label}"),
        Block::Note { text, .. } => format!("note {}", text.words),
        Block::Table(table) => format!("table {}", table.title()),
        Block::Figure { .. } => "figure".into(),
    }
}

/// Pairs blocks of one gap: each new one with the old one that it is most like, in order.
fn pair_up<'a>(old: &'a [Block], new: &'a [Block], pairs: &mut Vec<Pair<'a>>) {
    let mut from = 0;
    for block in new {
        let likest = (from..old.len())
            .map(|at| (at, likeness(&old[at], block)))
            .filter(|(_, likeness)| *likeness >= ALIKE)
            .max_by(|(a, one), (b, other)| one.total_cmp(other).then(b.cmp(a)));
        match likest {
            Some((at, _)) => {
                pairs.extend(old[from..at].iter().map(|gone| (Some(gone), None)));
                pairs.push((Some(&old[at]), Some(block)));
                from = at + 1;
            }
            None => pairs.push((None, Some(block))),
        }
    }
    pairs.extend(old[from..].iter().map(|gone| (Some(gone), None)));
}

/// How much two blocks are alike, from 0 to 1.
fn likeness(old: &Block, new: &Block) -> f64 {
    let words = |a: &str, b: &str| {
        let split = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        similar::TextDiff::from_slices(
            &split(a).iter().map(String::as_str).collect::<Vec<_>>(),
            &split(b).iter().map(String::as_str).collect::<Vec<_>>(),
        )
        .ratio()
    };
    match (old, new) {
        // A heading in the place of another is that heading with other words.
        (Block::Heading(old), Block::Heading(new)) => {
            f64::midpoint(1.0, strsim::normalized_levenshtein(&old.words, &new.words))
        }
        (Block::Paragraph(old), Block::Paragraph(new))
        | (Block::Note { text: old, .. }, Block::Note { text: new, .. }) => f64::from(words(&old.words, &new.words)),
        (Block::Counter { label: old, .. }, Block::Counter { label: new, .. }) => {
            strsim::normalized_levenshtein(old, new)
        }
        (Block::Table(old), Block::Table(new)) => {
            let labels = |table: &Table| table.rows.iter().map(|row| row.label.words.clone()).collect::<Vec<_>>();
            let (old, new) = (labels(old), labels(new));
            let common = old.iter().filter(|label| new.contains(label)).count();
            2.0 * common as f64 / (old.len() + new.len()).max(1) as f64
        }
        (Block::Figure { .. }, Block::Figure { .. }) => 1.0,
        _ => 0.0,
    }
}
