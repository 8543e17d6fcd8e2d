//! What a spec names, by its place in the list that holds it: for each kind a type of its own, so that no other fits.

pub use typed_index_collections::{TiSlice, TiVec};

use crate::diag::{Code, code};

/// What other parts of a spec refer to by a name.
pub trait Named: From<usize> {
    /// What it is called in findings.
    const NOUN: &'static str;
    /// Code of the finding that nothing has the name.
    const UNKNOWN: Code;
}

/// Makes types that wrap the place of an element in its list.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub struct $name(usize);

        impl From<usize> for $name {
            fn from(place: usize) -> Self {
                Self(place)
            }
        }

        impl From<$name> for usize {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

pub(crate) use ids;

ids! {
    /// A jurisdiction, in `Spec::jurisdictions`.
    JurisdictionId,
    /// A source, in `Spec::sources`.
    SourceId,
    /// A column of a source, in `Source::columns`.
    ColumnId,
    /// A code list, in `Spec::lists`.
    CodeListId,
    /// A code of a list, in `CodeList::codes`.
    CodeId,
    /// A population, in `Spec::populations`.
    PopulationId,
    /// A row of counters, in `Spec::counters`.
    CounterRowId,
    /// A table, in `Spec::tables`.
    TableId,
    /// A map, in `Spec::maps`.
    MapId,
    /// A class of a map, in `Map::classes` and in lists of the same order.
    ClassId,
}

impl ClassId {
    /// Names the class above it, whether there is one or not.
    pub(crate) fn above(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Published tables hold it.
impl<'de> serde::Deserialize<'de> for ClassId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        usize::deserialize(deserializer).map(Self)
    }
}

/// The number that stands for a true boolean in a record, where 1 stands for a false one and 0 for an empty value.
pub(crate) const TRUE: u32 = 2;

/// Gives ids the numbers by which columns of records hold them.
macro_rules! numbered {
    ($($name:ident),+) => {$(
        impl $name {
            /// Returns the number that stands for it in a record, where 0 stands for an empty value.
            pub(crate) fn number(self) -> u32 {
                u32::try_from(self.0 + 1).unwrap_or(u32::MAX)
            }

            /// Returns what a number in a record stands for; none where the value is empty.
            pub(crate) fn of_number(number: u32) -> Option<Self> {
                (number as usize).checked_sub(1).map(Self)
            }
        }
    )+};
}

numbered!(JurisdictionId, CodeId);

impl Named for JurisdictionId {
    const NOUN: &'static str = "jurisdiction";
    const UNKNOWN: Code = code::spec::UNKNOWN_JURISDICTION;
}

impl Named for SourceId {
    const NOUN: &'static str = "source";
    const UNKNOWN: Code = code::spec::UNKNOWN_SOURCE;
}

impl Named for CodeListId {
    const NOUN: &'static str = "code list";
    const UNKNOWN: Code = code::spec::UNKNOWN_CODE_LIST;
}

impl Named for PopulationId {
    const NOUN: &'static str = "population";
    const UNKNOWN: Code = code::spec::UNKNOWN_POPULATION;
}

impl Named for CounterRowId {
    const NOUN: &'static str = "counter row";
    const UNKNOWN: Code = code::spec::UNKNOWN_COUNTERS;
}

impl Named for TableId {
    const NOUN: &'static str = "table";
    const UNKNOWN: Code = code::spec::UNKNOWN_TABLE;
}

impl Named for MapId {
    const NOUN: &'static str = "map";
    const UNKNOWN: Code = code::spec::UNKNOWN_MAP;
}
