//! A code with its text, explanation and example, and how a stage lists its own.

use std::fmt;

use serde::{Serialize, Serializer};

/// What kind of fault a finding tells of: a stable text such as `spec::bad-value`, with its explanation and an example.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub(super) &'static Entry);

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Entry {
    pub text: &'static str,
    pub explanation: &'static str,
    pub example: &'static str,
}

impl Code {
    /// Returns the code as it is printed.
    pub const fn text(self) -> &'static str {
        self.0.text
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
        use super::entry::{Code, Entry, is_named};

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
pub(super) use codes;

/// Tells whether a code's text is `stage::name`, its name in lower case and hyphens: who has one finds the other.
pub(super) const fn is_named(text: &str, stage: &str, name: &str) -> bool {
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
    fn a_text_that_is_not_the_name_of_its_constant_is_refused() {
        assert!(is_named("spec::bad-value", "spec", "BAD_VALUE"));
        for text in
            ["spec::bad-values", "spec::bad-valu", "spec::bad_value", "data::bad-value", "spec:bad-value", "spec"]
        {
            assert!(!is_named(text, "spec", "BAD_VALUE"), "{text}");
        }
    }
}
