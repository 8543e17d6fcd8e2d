//! Characters that no text of a spec may hold.
//!
//! Whatever a spec says may be printed, read aloud, written into XMP, or become a file name, so one rule holds for all of
//! its texts. Refused are control characters; noncharacters (Unicode 17, 23.7), which XML 1.0 (2.2) cannot hold; the
//! controls that turn the order of letters (UAX #9: embeddings, overrides, isolates), by which a label reads otherwise
//! than it is written; and other format characters, which no eye sees. Allowed are those that a language needs: soft
//! hyphen, no-break spaces, the marks of direction (LRM, RLM, ALM), the signs of number in Arabic, and joiners (ZWJ, ZWNJ)
//! after a letter of a script that joins, or an emoji.

use serde_json::Value;

use crate::diag::{Finding, Place, code, turns};
use crate::unit::{is_format, is_unseen, nfkc};

use super::prose::RESERVED;
use super::tree::{Tree, escape};

/// A character that may not stand in a text, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bad {
    /// The character.
    pub character: char,
    /// What is wrong with it; nothing where its kind says enough.
    why: &'static str,
}

impl Bad {
    /// Words it as a finding.
    pub(crate) fn finding(self, place: Option<Place>) -> Finding {
        let help = (!self.why.is_empty()).then(|| format!("delete it: {}", self.why));
        let message = format!("the character U+{:04X} cannot be printed", u32::from(self.character));
        Finding::error(code::spec::BAD_CHARACTER, message).at(place).help(help)
    }
}

/// Finds the first bad character of a text, with its place in bytes.
pub(crate) fn find(text: &str) -> Option<(usize, Bad)> {
    let mut before = None;
    text.char_indices().find_map(|(at, character)| {
        let why = fault(before.replace(character), character)?;
        Some((at, Bad { character, why }))
    })
}

/// Finds the first character that may not even stand in the comments of a file.
pub(super) fn find_in_file(text: &str) -> Option<(usize, Bad)> {
    // Most files are plain, and few of their bytes begin such a character.
    text.char_indices().find_map(|(at, character)| {
        let why = match character {
            '\r' => return None,
            character if turns(character) => TURNS,
            // The parser would call it a fault of YAML.
            '\u{FEFF}' => UNSEEN,
            character => control(character)?,
        };
        Some((at, Bad { character, why }))
    })
}

/// Finds the bad characters of all texts of a file, its keys among them: one in each text, at the text.
pub(super) fn faults(value: &Value, tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    gather("", value, tree, &mut found);
    found
}

fn gather(pointer: &str, value: &Value, tree: &Tree, found: &mut Vec<Finding>) {
    match value {
        Value::String(text) => found.extend(find(text).map(|(_, bad)| bad.finding(tree.value(pointer)))),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                gather(&format!("{pointer}/{index}"), item, tree, found);
            }
        }
        Value::Object(entries) => {
            for (key, item) in entries {
                let at = format!("{pointer}/{}", escape(key));
                let bad = find(key).map(|(_, bad)| bad).or_else(|| unseen_in_key(key));
                found.extend(bad.map(|bad| bad.finding(tree.key(&at))));
                gather(&at, item, tree, found);
            }
        }
        _ => {}
    }
}

/// Finds a character of a key that a text may hold and no eye sees: a key names something, and is compared.
fn unseen_in_key(key: &str) -> Option<Bad> {
    let character = key.chars().find(|c| *c != ' ' && is_unseen(*c))?;
    Some(Bad { character, why: UNSEEN })
}

/// Returns what an eye sees of a text: compatibility forms (NFKC, UAX #15) in lower case, white space as one space, and
/// nothing unseen.
pub(crate) fn look(text: &str) -> String {
    let is_seen = |c: &char| c.is_whitespace() || !is_unseen(*c);
    let plain: String = nfkc(text).chars().filter(is_seen).flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

const TURNS: &str = "it turns the order of the letters after it, so that they read otherwise than they are written";
const UNSEEN: &str = "no eye sees it";

fn fault(before: Option<char>, character: char) -> Option<&'static str> {
    if character.is_ascii_graphic() || character == ' ' {
        return None;
    }
    if let Some(why) = control(character) {
        return Some(why);
    }
    match character {
        _ if turns(character) => Some(TURNS),
        '\u{200C}' | '\u{200D}' => {
            (!before.is_some_and(joins)).then_some("it joins no letters here, and no eye sees it")
        }
        '\u{AD}' | '\u{200E}' | '\u{200F}' | '\u{61C}' => None,
        '\u{600}'..='\u{605}' | '\u{6DD}' | '\u{70F}' | '\u{890}' | '\u{891}' | '\u{8E2}' => None,
        _ => is_format(character).then_some(UNSEEN),
    }
}

/// Says what is wrong with a control character, a noncharacter, or one that prose uses between its steps.
fn control(character: char) -> Option<&'static str> {
    let code = u32::from(character);
    match character {
        '\n' | '\t' => None,
        _ if character.is_control() => Some(""),
        _ if RESERVED.contains(&character) => Some("prose uses it between its steps"),
        '\u{FDD0}'..='\u{FDEF}' => Some("Unicode gives it no meaning, and no XML can hold it"),
        _ => (code & 0xFFFE == 0xFFFE).then_some("Unicode gives it no meaning, and no XML can hold it"),
    }
}

/// Tells whether a joiner may follow: the scripts that need one stand behind the European ones.
fn joins(character: char) -> bool {
    character >= '\u{590}' && !('\u{1E00}'..='\u{200B}').contains(&character) && !character.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<u32> {
        find(text).map(|(_, bad)| u32::from(bad.character))
    }

    #[test]
    fn what_languages_need_stays() {
        let good = [
            "plain",
            "two\nlines\tof text",
            "no\u{a0}break\u{202f}here",
            "soft\u{ad}hyphen",
            "קו\u{200f} 24\u{200e}",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩\u{200d}🔬",
            "cafe\u{301}",
            "\u{600}12",
            "a\u{2028}b",
        ];
        for text in good {
            assert_eq!(refused(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_turns_hides_or_breaks_is_refused() {
        for bad in
            ['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']
        {
            assert_eq!(refused(&format!("a{bad}b")), Some(bad.into()));
            assert_eq!(find_in_file(&format!("# {bad}")).map(|(at, _)| at), Some(2));
        }
        let hidden = [
            "\u{200b}",
            "\u{feff}",
            "\u{2060}",
            "\u{2061}",
            "\u{180e}",
            "\u{fff9}",
            "\u{e0001}",
            "\u{e0041}",
            "\u{206a}",
        ];
        for bad in hidden {
            assert_eq!(refused(&format!("a{bad}b")), bad.chars().next().map(u32::from), "{bad:?}");
            assert_eq!(find_in_file(bad).is_some(), bad == "\u{feff}", "a comment may hold most");
        }
        for bad in ["a\u{200d}b", "a\u{200c}", "\u{200d}", " \u{200c}x", "é\u{200d}"] {
            assert!(refused(bad).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn labels_that_look_alike_are_one() {
        for other in [
            "male",
            "MALE",
            " Male ",
            "Ｍale",
            "Ma\u{ad}le",
            "Ma\u{200e}le",
            "Male\u{3164}",
            "Male\u{2800}",
            "Male\u{fe0f}",
        ] {
            assert_eq!(look("Male"), look(other), "{other:?}");
        }
        assert_eq!(look("cafe\u{301} a"), look("Café\u{a0}\u{2009}A"));
        assert_ne!(look("Male"), look("Males"));
    }

    #[test]
    fn every_control_and_every_noncharacter_is_refused() {
        for code in 0..=0x10_FFFF {
            let Some(character) = char::from_u32(code) else { continue };
            let noncharacter = (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE;
            let control = character.is_control() && !matches!(character, '\n' | '\t');
            if noncharacter || control {
                assert_eq!(refused(&format!("a{character}")), Some(code), "U+{code:04X}");
            }
        }
    }
}
