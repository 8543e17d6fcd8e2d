//! The keys at the top of a spec, under which its values stand.

/// Lists sections with the keys that they have in a spec.
macro_rules! sections {
    ($($name:ident = $key:literal,)+) => {
        /// A key at the top of a spec.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Section {
            $($name,)+
        }

        impl Section {
            /// Returns the section of a key; none where this program knows no such key.
            fn named(key: &str) -> Option<Self> {
                match key {
                    $($key => Some(Self::$name),)+
                    _ => None,
                }
            }

            #[cfg(test)]
            const KEYS: &[&str] = &[$($key),+];
        }
    };
}

sections! {
    Accept = "accept",
    CodeLists = "code_lists",
    Content = "content",
    Corrections = "corrections",
    Counters = "counters",
    Coverage = "coverage",
    DataDate = "data_date",
    Edition = "edition",
    Extends = "extends",
    Fonts = "fonts",
    Jurisdictions = "jurisdictions",
    Keywords = "keywords",
    Language = "language",
    Layout = "layout",
    Maps = "maps",
    Notes = "notes",
    Notice = "notice",
    Output = "output",
    Overrides = "overrides",
    Period = "period",
    Populations = "populations",
    Publisher = "publisher",
    Ranks = "ranks",
    Reference = "reference",
    Reports = "reports",
    Revision = "revision",
    RunningHead = "running_head",
    SmallCounts = "small_counts",
    Sources = "sources",
    Subject = "subject",
    Tables = "tables",
    Title = "title",
}

/// Where a value stands in a spec.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position<'a> {
    /// The key at the top.
    pub section: Section,
    /// The key below it.
    pub name: Option<&'a str>,
    /// The last key.
    pub key: &'a str,
}

impl<'a> Position<'a> {
    /// Reads a JSON Pointer; none where this program knows no such section.
    pub(super) fn of(pointer: &'a str) -> Option<Self> {
        let mut parts = pointer.split('/');
        parts.next()?;
        let first = parts.next()?;
        let name = parts.next();
        Some(Self { section: Section::named(first)?, name, key: parts.next_back().or(name).unwrap_or(first) })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_key_of_a_spec_is_a_section() {
        let schema = crate::report_spec::schema();
        let keys = schema["$defs"]["Spec"]["properties"].as_object().unwrap().keys().map(String::as_str);
        let keys: BTreeSet<&str> = keys.filter(|key| !key.starts_with('$')).collect();
        assert_eq!(keys, Section::KEYS.iter().copied().collect());
    }

    #[test]
    fn a_pointer_names_section_name_and_key() {
        let read = |pointer| Position::of(pointer).map(|at| (at.section, at.name, at.key));
        assert_eq!(read("/title"), Some((Section::Title, None, "title")));
        assert_eq!(read("/notes/identity"), Some((Section::Notes, Some("identity"), "identity")));
        assert_eq!(read("/tables/reason/columns/1/head"), Some((Section::Tables, Some("reason"), "head")));
        assert_eq!(read("/of_a_later_program/x"), None);
        assert_eq!(read(""), None);
    }
}
