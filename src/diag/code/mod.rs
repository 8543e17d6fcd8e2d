//! Every code that a finding may have, with what it means, what to do, and what it may say.
//!
//! A code is a constant of its stage: `code::spec::BAD_VALUE` is printed as `spec::bad-value`. A finding takes nothing
//! else, so each code has explanation and example, and the compiler warns of one that no finding has.

pub(crate) mod boundaries;
pub(crate) mod data;
pub(crate) mod disclosure;
mod entry;
pub(crate) mod internal;
pub(crate) mod map;
pub(crate) mod preflight;
pub(crate) mod press;
pub(crate) mod publish;
pub(crate) mod release;
pub(crate) mod review;
pub(crate) mod spec;
pub(crate) mod typeset;

pub use entry::Code;

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

    /// Tells whether it is a fault of the program itself.
    pub fn is_internal(self) -> bool {
        internal::ALL.contains(&self)
    }
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
}
