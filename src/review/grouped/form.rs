//! What form a change has: what became of what, whatever its place and its figures.

use super::super::change::{Change, Group};
use super::super::content::number;
use super::super::kind::Kind;

/// A form of changes, in the order in which their groups are listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// What stands in place of a figure is another word.
    Wording(String),
    /// A figure is hidden that was shown.
    Hidden,
    /// A figure moved.
    Figures,
    /// Rows are new, gone or elsewhere.
    Rows,
    /// What maps show and say.
    Maps,
    /// Words of labels, headings, paragraphs and notes; none, where few reports have them alike.
    Words(Option<String>),
    /// Which notes there are, and what refers to them.
    Notes,
    /// Pages, places and lines.
    Layout,
    /// Fonts, sizes and colours.
    Style,
    /// A kind that is alike in nothing else.
    Kind(Kind),
    /// What follows from other changes.
    Following(Group),
}

impl Form {
    pub(super) fn of(change: &Change) -> Self {
        if let Some(group) = change.group {
            return Self::Following(group);
        }
        let [before, after] = [&change.before, &change.after].map(|text| text.as_deref().unwrap_or_default());
        match change.kind {
            Kind::Count | Kind::Percent | Kind::Figure if is_wording(before) && is_wording(after) => {
                Self::Wording(format!("{before} → {after}"))
            }
            Kind::Count | Kind::Percent | Kind::Figure | Kind::Rank => Self::Figures,
            Kind::NewlySuppressed => Self::Hidden,
            Kind::RowAdded | Kind::RowRemoved | Kind::RowMoved => Self::Rows,
            Kind::CountyClass | Kind::Picture | Kind::Alternative => Self::Maps,
            Kind::RowRelabelled
            | Kind::ColumnHead
            | Kind::Heading
            | Kind::Prose
            | Kind::Date
            | Kind::NoteText
            | Kind::Furniture => Self::Words(Some(changed_words(before, after))),
            Kind::NoteAdded | Kind::NoteRemoved | Kind::NoteMarker | Kind::NoteNumber => Self::Notes,
            Kind::Pages | Kind::Position | Kind::LineBreaks | Kind::Graphics => Self::Layout,
            Kind::Font | Kind::Size | Kind::Colour => Self::Style,
            kind => Self::Kind(kind),
        }
    }

    /// The same form whatever its words are.
    pub(super) fn without_words(self) -> Self {
        match self {
            Self::Words(_) => Self::Words(None),
            other => other,
        }
    }

    pub(super) fn title(&self) -> String {
        match self {
            Self::Wording(words) | Self::Words(Some(words)) => words.clone(),
            Self::Words(None) => "Other words".to_owned(),
            Self::Hidden => "Hidden that were shown".to_owned(),
            Self::Figures => "Moved figures".to_owned(),
            Self::Rows => "Rows that are new, gone or elsewhere".to_owned(),
            Self::Maps => "Maps".to_owned(),
            Self::Notes => "Notes that are new, gone or referred to elsewhere".to_owned(),
            Self::Layout => "Pages, places and lines".to_owned(),
            Self::Style => "Fonts, sizes and colours".to_owned(),
            Self::Kind(Kind::NewlyShown) => "Shown that were hidden".to_owned(),
            Self::Kind(kind) => kind.words(),
            Self::Following(group) => group.title().to_owned(),
        }
    }

    /// What one of its changes is called; of several the word takes an s.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Wording(_) => "cell",
            Self::Hidden | Self::Figures | Self::Kind(Kind::NewlyShown | Kind::Misprint) => "figure",
            Self::Rows => "row",
            Self::Words(_) => "text",
            Self::Following(Group::Rounding) => "percent",
            Self::Following(Group::Renumbering) => "number",
            _ => "change",
        }
    }
}

/// Tells whether a cell says a word in place of a figure.
fn is_wording(text: &str) -> bool {
    !text.is_empty() && number(text).is_none()
}

/// Most letters of a changed text that a form names.
const MOST: usize = 48;

/// The words that differ between two texts, without capitals and marks at their ends: `three → five`.
fn changed_words(before: &str, after: &str) -> String {
    let [old, new] = [before, after].map(|text| text.split_whitespace().map(bare).collect::<Vec<_>>());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let middle = |words: &[String]| match words[start..words.len() - end].join(" ") {
        words if words.is_empty() => "—".to_owned(),
        words => short(&words),
    };
    format!("{} → {}", middle(&old), middle(&new))
}

/// A word without capitals and marks at its ends; a figure is none in particular.
fn bare(word: &str) -> String {
    let word = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '%' || matches!(c, '“' | '”' | '’'));
    if number(word).is_some() { "#".to_owned() } else { word.to_lowercase() }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// What a change is alike in with others of its group: its kind, and its words without figures.
pub(super) fn pattern(change: &Change) -> (Kind, String) {
    let figure = |text: &Option<String>| match text.as_deref() {
        None | Some("") => "—".to_owned(),
        Some(text) if text.starts_with(|c: char| c.is_ascii_digit()) => "#".to_owned(),
        Some(text) => short(text),
    };
    let words = match Form::of(change) {
        Form::Words(Some(words)) => words,
        // Texts of maps and notes name counties and cases: they are alike in what became of them.
        Form::Maps | Form::Notes => {
            let is_told = |text: &Option<String>| if text.is_some() { "…" } else { "—" };
            format!("{} → {}", is_told(&change.before), is_told(&change.after))
        }
        _ => format!("{} → {}", figure(&change.before), figure(&change.after)),
    };
    (change.kind, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_differ_name_a_form_whatever_stands_around_them() {
        assert_eq!(changed_words("three", "five,"), "three → five");
        assert_eq!(
            changed_words("Referenced Fewer than Three Times", "Referenced Fewer than Five Times"),
            "three → five"
        );
        assert_eq!(changed_words("in all 12 cases", "in all 14 cases"), "— → —");
        assert_eq!(changed_words("", "of the year"), "— → of the year");
        assert_eq!(changed_words("a a", "a"), "a → —");
    }
}
