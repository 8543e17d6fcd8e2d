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
    /// The last key that is no number of an item.
    pub key: &'a str,
    /// The column of a source that it is about.
    pub column: Option<&'a str>,
}

impl<'a> Position<'a> {
    /// Reads a JSON Pointer; none where this program knows no such section.
    pub(super) fn of(pointer: &'a str) -> Option<Self> {
        let mut parts = pointer.split('/');
        parts.next()?;
        let first = parts.next()?;
        let name = parts.next();
        let rest: Vec<&str> = parts.collect();
        let column = rest.first().filter(|key| **key == "columns").and(rest.get(1)).copied();
        let key = rest.iter().rev().find(|key| key.parse::<usize>().is_err()).copied();
        Some(Self { section: Section::named(first)?, name, key: key.or(name).unwrap_or(first), column })
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
        assert_eq!(read("/maps/m/classes/0/cmyk/2"), Some((Section::Maps, Some("m"), "cmyk")));
        let column = |pointer| Position::of(pointer).and_then(|at| at.column);
        assert_eq!(column("/sources/cases/columns/reason/list"), Some("reason"));
        assert_eq!(column("/sources/cases/file"), None);
        assert_eq!(read("/of_a_later_program/x"), None);
        assert_eq!(read(""), None);
    }
}
