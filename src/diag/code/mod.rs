//! Every code that a finding may have, with what it means, what to do, and what it may say.
//!
//! A code is a constant of its stage: `code::spec::BAD_VALUE` is printed as `spec::bad-value`. A finding takes nothing
//! else, so each code has explanation and example, and the compiler warns of one that no finding has.

pub(crate) mod boundaries;
pub(crate) mod data;
pub(crate) mod disclosure;
pub(crate) mod internal;
pub(crate) mod map;
pub(crate) mod preflight;
pub(crate) mod press;
pub(crate) mod publish;
pub(crate) mod release;
pub(crate) mod review;
pub(crate) mod spec;
pub(crate) mod typeset;

use std::fmt;

use serde::{Serialize, Serializer};

/// What kind of fault a finding tells of: a stable text such as `spec::bad-value`, with its explanation and an example.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static Entry);

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Entry {
    text: &'static str,
    explanation: &'static str,
    example: &'static str,
}

impl Code {
    /// Iterates over all codes, in the order of the stages.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        let stages = [
            spec::ALL,
            boundaries::ALL,
            data::ALL,
            disclosure::ALL,
            map::ALL,
            typeset::ALL,
            publish::ALL,
            press::ALL,
            preflight::ALL,
            release::ALL,
            review::ALL,
            internal::ALL,
        ];
        stages.into_iter().flatten().copied()
    }

    /// Finds the code that is printed so.
    pub fn find(text: &str) -> Option<Self> {
        Self::all().find(|code| code.text() == text)
    }

    /// Returns the code as it is printed.
    pub const fn text(self) -> &'static str {
        self.0.text
    }

    /// Tells whether it is a fault of the program itself.
    pub fn is_internal(self) -> bool {
        internal::ALL.contains(&self)
    }

    /// Returns what the code means and what to do, in up to three sentences.
    pub const fn explanation(self) -> &'static str {
        self.0.explanation
    }

    /// Returns what a finding with this code may say.
    pub const fn example(self) -> &'static str {
        self.0.example
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

/// Makes the constants of a stage's codes, and their list.
///
/// The list repeats the entries instead of naming the constants: else each would be in use, and the compiler could
/// not tell which no finding has.
macro_rules! codes {
    ($stage:literal; $($name:ident = $text:literal: $explanation:literal example $example:literal;)+) => {
        use super::{Code, Entry, is_named};

        pub(super) const ALL: &[Code] = &[$(Code(&Entry { text: $text, explanation: $explanation, example: $example })),+];

        $(
            #[doc = concat!($explanation, "\n\nExample: ", $example)]
            pub(crate) const $name: Code = {
                assert!(is_named($text, $stage, stringify!($name)), "text and name of a code must agree");
                Code(&Entry { text: $text, explanation: $explanation, example: $example })
            };
        )+
    };
}
use codes;

/// Tells whether a code's text is `stage::name`, its name in lower case and hyphens: who has one finds the other.
const fn is_named(text: &str, stage: &str, name: &str) -> bool {
    let (text, stage, name) = (text.as_bytes(), stage.as_bytes(), name.as_bytes());
    let mut at = 0;
    while at < text.len() {
        let expected = if at < stage.len() {
            stage[at]
        } else if at < stage.len() + 2 {
            b':'
        } else if at - stage.len() - 2 == name.len() {
            return false;
        } else if name[at - stage.len() - 2] == b'_' {
            b'-'
        } else {
            name[at - stage.len() - 2].to_ascii_lowercase()
        };
        if text[at] != expected {
            return false;
        }
        at += 1;
    }
    text.len() == stage.len() + 2 + name.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn explanations_are_sentences() {
        for code in Code::all() {
            let text = code.explanation();
            let sentences = text.matches(". ").count() + 1;
            assert!(text.ends_with('.') && sentences <= 3 && !text.contains("  "), "{code}: {text}");
        }
    }

    #[test]
    fn examples_are_worded_as_findings_are() {
        for code in Code::all() {
            let text = code.example();
            assert!(!text.is_empty() && !text.ends_with(['.', ' ']) && !text.contains("  "), "{code}: {text}");
        }
    }

    #[test]
    fn a_text_that_is_not_the_name_of_its_constant_is_refused() {
        assert!(is_named("spec::bad-value", "spec", "BAD_VALUE"));
        for text in
            ["spec::bad-values", "spec::bad-valu", "spec::bad_value", "data::bad-value", "spec:bad-value", "spec"]
        {
            assert!(!is_named(text, "spec", "BAD_VALUE"), "{text}");
        }
    }
}
