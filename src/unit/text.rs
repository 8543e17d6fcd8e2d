//! What tells texts apart: normalization forms, and characters that an eye cannot see.

use std::borrow::Cow;

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Puts a text into compatibility form (NFKC, UAX #15), in which a wide letter is the plain one.
pub fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

/// Tells whether a character is a format character (Cf), which says something of its neighbours and is no letter itself.
pub fn is_format(c: char) -> bool {
    get_general_category(c) == GeneralCategory::Format
}

/// Returns a text in normalization form C (Unicode Standard Annex #15), in which equal texts have equal bytes.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

/// Returns the first character of a name or a code that an eye cannot see: a control, format or private character, a
/// blank other than a space between visible characters, or one that is drawn as nothing.
pub fn unseen(text: &str) -> Option<char> {
    if !text.starts_with(' ') && !text.ends_with(' ') && text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return None;
    }
    let at_end = |c: &char| *c == ' ';
    let inner = text.chars().find(|c| *c != ' ' && is_unseen(*c));
    text.chars().next().filter(at_end).or(inner).or_else(|| text.chars().next_back().filter(at_end))
}

/// Tells whether a character is drawn as nothing, as a blank, or not at all.
pub fn is_unseen(c: char) -> bool {
    use GeneralCategory as Category;
    let is_blank = matches!(
        get_general_category(c),
        Category::Control
            | Category::Format
            | Category::SpaceSeparator
            | Category::LineSeparator
            | Category::ParagraphSeparator
            | Category::PrivateUse
            | Category::Unassigned
    );
    is_blank || is_drawn_as_nothing(c)
}

/// Letters, marks and symbols that are drawn as nothing (property `Default_Ignorable_Code_Point`, and Braille's blank).
fn is_drawn_as_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{E0100}'..='\u{E01EF}'
    )
}

/// Names a character by its number, and by its name where it is a usual one: `U+200B ZERO WIDTH SPACE`.
pub fn character_name(c: char) -> String {
    let number = u32::from(c);
    match NAMES.iter().find(|(known, _)| *known == c) {
        Some((_, name)) => format!("U+{number:04X} {name}"),
        None => format!("U+{number:04X}"),
    }
}

/// Names of the Unicode Character Database, and its first aliases of controls, which have no names.
const NAMES: [(char, &str); 48] = [
    ('\0', "NULL"),
    ('\u{8}', "BACKSPACE"),
    ('\t', "CHARACTER TABULATION"),
    ('\n', "LINE FEED"),
    ('\u{B}', "LINE TABULATION"),
    ('\u{C}', "FORM FEED"),
    ('\r', "CARRIAGE RETURN"),
    ('\u{1A}', "SUBSTITUTE"),
    ('\u{1B}', "ESCAPE"),
    (' ', "SPACE"),
    ('\u{7F}', "DELETE"),
    ('\u{85}', "NEXT LINE"),
    ('\u{A0}', "NO-BREAK SPACE"),
    ('\u{AD}', "SOFT HYPHEN"),
    ('\u{34F}', "COMBINING GRAPHEME JOINER"),
    ('\u{61C}', "ARABIC LETTER MARK"),
    ('\u{1680}', "OGHAM SPACE MARK"),
    ('\u{180E}', "MONGOLIAN VOWEL SEPARATOR"),
    ('\u{2002}', "EN SPACE"),
    ('\u{2003}', "EM SPACE"),
    ('\u{2007}', "FIGURE SPACE"),
    ('\u{2008}', "PUNCTUATION SPACE"),
    ('\u{2009}', "THIN SPACE"),
    ('\u{200A}', "HAIR SPACE"),
    ('\u{200B}', "ZERO WIDTH SPACE"),
    ('\u{200C}', "ZERO WIDTH NON-JOINER"),
    ('\u{200D}', "ZERO WIDTH JOINER"),
    ('\u{200E}', "LEFT-TO-RIGHT MARK"),
    ('\u{200F}', "RIGHT-TO-LEFT MARK"),
    ('\u{2028}', "LINE SEPARATOR"),
    ('\u{2029}', "PARAGRAPH SEPARATOR"),
    ('\u{202A}', "LEFT-TO-RIGHT EMBEDDING"),
    ('\u{202B}', "RIGHT-TO-LEFT EMBEDDING"),
    ('\u{202C}', "POP DIRECTIONAL FORMATTING"),
    ('\u{202D}', "LEFT-TO-RIGHT OVERRIDE"),
    ('\u{202E}', "RIGHT-TO-LEFT OVERRIDE"),
    ('\u{202F}', "NARROW NO-BREAK SPACE"),
    ('\u{205F}', "MEDIUM MATHEMATICAL SPACE"),
    ('\u{2060}', "WORD JOINER"),
    ('\u{2066}', "LEFT-TO-RIGHT ISOLATE"),
    ('\u{2067}', "RIGHT-TO-LEFT ISOLATE"),
    ('\u{2068}', "FIRST STRONG ISOLATE"),
    ('\u{2069}', "POP DIRECTIONAL ISOLATE"),
    ('\u{2800}', "BRAILLE PATTERN BLANK"),
    ('\u{3000}', "IDEOGRAPHIC SPACE"),
    ('\u{3164}', "HANGUL FILLER"),
    ('\u{FE0F}', "VARIATION SELECTOR-16"),
    ('\u{FEFF}', "ZERO WIDTH NO-BREAK SPACE"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_equal_bytes() {
        assert_eq!(nfc("M\u{e9}xico"), nfc("Me\u{301}xico"));
        assert!(matches!(nfc("plain"), Cow::Borrowed(_)) && matches!(nfc("M\u{e9}xico"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_an_eye_cannot_see_is_found_wherever_it_stands() {
        for sound in ["SYN-C-0001", "two words", "Ünïcödé", "ﷺ", "日本", "a  b", "\u{301}", "😀", ""] {
            assert_eq!(unseen(sound), None, "{sound:?}");
        }
        for unsound in [
            ' ', '\t', '\0', '\u{7f}', '\u{85}', '\u{a0}', '\u{ad}', '\u{200b}', '\u{200d}', '\u{202e}', '\u{2028}',
            '\u{2060}', '\u{3000}', '\u{feff}', '\u{fffe}', '\u{e000}', '\u{115f}', '\u{2800}', '\u{fe0f}',
        ] {
            for text in [format!("{unsound}A1"), format!("A1{unsound}"), unsound.to_string()] {
                assert_eq!(unseen(&text), Some(unsound), "{text:?}");
            }
            assert_eq!(unseen(&format!("A{unsound}1")).is_some(), unsound != ' ');
        }
    }

    #[test]
    fn characters_are_named_by_number_and_name() {
        assert_eq!(character_name('\u{200b}'), "U+200B ZERO WIDTH SPACE");
        assert_eq!(character_name('\u{1d173}'), "U+1D173");
    }
}
