//! Characters without a glyph.

use std::collections::BTreeSet;

use crate::diag::{Finding, Findings, code};

use super::copy::Copy;
use crate::typeset::runs::Run;

/// Finds the characters that no font has, each once, with the words it stands in; and those that mean nothing outside of
/// one font, which an archive refuses (ISO 19005-3, 6.2.11.7.3).
pub(super) fn characters(pages: &[Vec<Run<'_>>], copy: &Copy<'_>) -> Findings {
    let glyphs = pages.iter().flatten().flat_map(|run| run.item.glyphs.iter().map(move |glyph| (run, glyph)));
    let without =
        glyphs.filter(|(_, glyph)| glyph.id == 0).flat_map(|(run, glyph)| run.item.text[glyph.range()].chars());
    let characters: BTreeSet<char> = without.collect();
    let texts = copy.around.iter().chain(&copy.in_order);
    let private: BTreeSet<char> = texts.flat_map(|text| text.chars()).filter(|c| is_private(*c)).collect();
    let without = characters.difference(&private).map(|character| finding(*character, copy));
    without.chain(private.iter().map(|character| meaningless(*character, copy))).collect()
}

/// Tells whether a character is for private use (the blocks of that name in Unicode).
fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xe000..=0xf8ff | 0xf_0000..=0xf_fffd | 0x10_0000..=0x10_fffd)
}

fn meaningless(character: char, copy: &Copy<'_>) -> Finding {
    let stands = stands(character, copy);
    let number = u32::from(character);
    let message = format!("a character for private use (U+{number:04X}) means nothing to readers{stands}");
    Finding::error(code::typeset::PRIVATE_CHARACTER, message)
        .of_character(character)
        .help("write the words with characters of Unicode".to_owned())
}

/// Says in which words a character stands.
fn stands(character: char, copy: &Copy<'_>) -> String {
    let mut texts = copy.around.iter().chain(&copy.in_order);
    let stands = texts.find(|text| text.contains(character)).map(|text| around(text, character));
    stands.map_or_else(String::new, |words| format!(", which stands in `{words}`"))
}

fn finding(character: char, copy: &Copy<'_>) -> Finding {
    let stands = stands(character, copy);
    let number = u32::from(character);
    let message = format!("no font of the edition has the character `{character}` (U+{number:04X}){stands}");
    let help = "add a font that has it to the folder of `fonts`, and name it in the layout".to_owned();
    Finding::error(code::typeset::MISSING_CHARACTER, message).of_character(character).help(help)
}

/// Returns the words around a character.
fn around(line: &str, character: char) -> String {
    let at = line.chars().position(|c| c == character).unwrap_or(0);
    line.chars().skip(at.saturating_sub(20)).take(40).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_a_character_are_cut_short() {
        let line = format!("{} x {}", "a".repeat(100), "b".repeat(100));
        assert_eq!(around(&line, 'x'), format!("{} x {}", "a".repeat(19), "b".repeat(18)));
    }
}
