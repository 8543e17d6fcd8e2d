//! Kinds of changes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of change it is, in the order in which a review lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// A figure is shown that was hidden: an alarm of its own.
    NewlyShown,
    /// A figure is hidden that was shown.
    NewlySuppressed,
    /// A printed figure is not that of the attached tables.
    Misprint,
    /// A count.
    Count,
    /// A percent.
    Percent,
    /// A single figure with its label, or one within a sentence.
    Figure,
    /// A row is new.
    RowAdded,
    /// A row is gone.
    RowRemoved,
    /// A row stands elsewhere in its table.
    RowMoved,
    /// A row has another label.
    RowRelabelled,
    /// A column is new.
    ColumnAdded,
    /// A column is gone.
    ColumnRemoved,
    /// A column stands elsewhere in its table.
    ColumnMoved,
    /// A column has another head.
    ColumnHead,
    /// A table is new.
    TableAdded,
    /// A table is gone.
    TableRemoved,
    /// A table, paragraph or note stands elsewhere among the others.
    Moved,
    /// A county has another class.
    CountyClass,
    /// A map or other figure has another picture, and no county another class.
    Picture,
    /// The words that stand for a figure.
    Alternative,
    /// The words of a note.
    NoteText,
    /// A note is new.
    NoteAdded,
    /// A note is gone.
    NoteRemoved,
    /// A note has another number.
    NoteNumber,
    /// A note is referred to where it was not, or the other way.
    NoteMarker,
    /// A heading.
    Heading,
    /// A rank within a sentence.
    Rank,
    /// A date.
    Date,
    /// Words of a paragraph, or a paragraph.
    Prose,
    /// Words of head or foot.
    Furniture,
    /// How many pages there are.
    Pages,
    /// A page is turned.
    Rotation,
    /// Lines break elsewhere, and no word changed.
    LineBreaks,
    /// Where something stands.
    Position,
    /// The font of a text.
    Font,
    /// The size of a text.
    Size,
    /// The colour of a text.
    Colour,
    /// Words that could be seen cannot, or the other way.
    Visibility,
    /// Words that nobody sees: invisible, transparent, clipped, off the page, as white as it, or in a layer that is hidden.
    HiddenText,
    /// Lines and fills.
    Graphics,
    /// What can be seen and nothing else has told.
    Pixels,
    /// Boxes and size of pages.
    Boxes,
    /// Title, author, language and the like.
    Metadata,
    /// Standards that the file claims.
    Standards,
    /// Attached files.
    Attachment,
    /// A remark or mark on a page.
    Annotation,
    /// Where a link leads.
    Link,
    /// The value of a form field.
    FormField,
    /// A bookmark, or where it leads.
    Bookmark,
    /// What the file does by itself, a script for instance: an alarm of its own.
    Action,
    /// What pages are called beside their number.
    PageLabel,
    /// A layer, or whether it is shown.
    Layer,
    /// Encryption, and what it allows.
    Encryption,
    /// A report is new.
    ReportAdded,
    /// A report is gone.
    ReportRemoved,
}

impl Kind {
    /// Tells whether it is looked at whatever a policy masks: what was hidden is shown, a figure is not the published one,
    /// or the file does something by itself.
    pub fn is_alarm(self) -> bool {
        matches!(self, Self::NewlyShown | Self::Misprint | Self::Action)
    }

    /// The kind's name, as a policy and the lines of JSON write it.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Tells whether it is of figures, rows, columns, tables or maps, as published tables hold them too.
    pub(super) fn is_of_tables(self) -> bool {
        matches!(
            self,
            Self::NewlyShown
                | Self::NewlySuppressed
                | Self::Misprint
                | Self::Count
                | Self::Percent
                | Self::Figure
                | Self::RowAdded
                | Self::RowRemoved
                | Self::RowMoved
                | Self::RowRelabelled
                | Self::ColumnAdded
                | Self::ColumnRemoved
                | Self::ColumnMoved
                | Self::ColumnHead
                | Self::TableAdded
                | Self::TableRemoved
                | Self::Moved
                | Self::CountyClass
                | Self::Picture
                | Self::Alternative
        )
    }

    /// The kind's name in words.
    pub fn words(self) -> String {
        let mut words = self.name().replace('-', " ");
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        words
    }
}

/// Says how many alarms there are of each kind; nothing where there is none.
pub fn alarms(kinds: impl IntoIterator<Item = Kind>) -> Vec<String> {
    let mut counts = BTreeMap::new();
    for kind in kinds.into_iter().filter(|kind| kind.is_alarm()) {
        *counts.entry(kind).or_insert(0_usize) += 1;
    }
    counts.into_iter().map(|(kind, count)| alarm(kind, count)).collect()
}

fn alarm(kind: Kind, count: usize) -> String {
    let (one, other) = match kind {
        Kind::NewlyShown => ("figure is shown that was hidden", "figures are shown that were hidden"),
        Kind::Misprint => ("figure is not that of the attached tables", "figures are not those of the attached tables"),
        Kind::Action => ("thing differs that a file does by itself", "things differ that files do by themselves"),
        _ => ("alarm", "alarms"),
    };
    format!("{count} {}", if count == 1 { one } else { other })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alarms_are_summed_up_by_kind_and_nothing_else_is() {
        let kinds = [Kind::Misprint, Kind::Count, Kind::NewlyShown, Kind::Misprint];
        let words = ["1 figure is shown that was hidden", "2 figures are not those of the attached tables"];
        assert_eq!(alarms(kinds), words);
        assert!(alarms([Kind::Count]).is_empty());
    }
}
