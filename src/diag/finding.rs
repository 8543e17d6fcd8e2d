//! One fault or remark.

use std::sync::Arc;

use serde::Serialize;

use super::code::Code;

/// Whether a finding stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// The work goes on; the user is told.
    Warning,
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// A range of bytes of a source text: shown with its line and a caret.
    Span {
        /// The source's name, as the user wrote its path.
        file: Arc<str>,
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
    /// A line of case data: shown by number and column name only, never with its text.
    Record {
        /// The file's name.
        file: Arc<str>,
        /// Line (CSV) or row (Parquet), from 1.
        line: u64,
        /// Name of the column, where one is at fault.
        column: Option<String>,
    },
    /// A page of a PDF, or an area of it.
    Page {
        /// The file's name.
        file: Arc<str>,
        /// The page, from 1.
        page: u32,
        /// Left, bottom, right and top in whole points from the lower left corner of the finished page.
        #[serde(skip_serializing_if = "Option::is_none")]
        area: Option<[i32; 4]>,
    },
    /// A file as a whole.
    File {
        /// The file's name.
        file: Arc<str>,
    },
}

/// One fault or remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Whether it stops the work.
    pub severity: Severity,
    /// Stable code, `stage::kebab-case`.
    pub code: Code,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// A few words to stand beside the caret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The character at fault, where it is one: who holds the texts can say where it is written.
    #[serde(skip)]
    pub character: Option<char>,
}

impl Finding {
    /// Makes an error without a place.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            place: None,
            label: None,
            help: None,
            character: None,
        }
    }

    /// Makes a warning without a place.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Says where it stands.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// Says that it concerns a file as a whole.
    #[must_use]
    pub fn in_file(self, file: impl Into<Arc<str>>) -> Self {
        self.at(Place::File { file: file.into() })
    }

    /// Adds words to stand beside the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Says which character is at fault.
    #[must_use]
    pub fn of_character(self, character: impl Into<Option<char>>) -> Self {
        Self { character: character.into(), ..self }
    }

    /// Adds a hint.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }
}
