//! What can be wrong with a map.

use std::fmt;
use std::sync::Arc;

use crate::boundaries::Geoid;
use crate::diag::{Code, Finding, code};
use crate::report_spec::ClassId;

/// A reason why a map cannot be drawn.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MapError {
    /// A shaded county is not in the boundaries.
    UnknownCounty {
        /// The county.
        geoid: Geoid,
    },
    /// A county's class is not in the style.
    UnknownClass {
        /// The county.
        geoid: Geoid,
        /// Place of the class, from 0.
        class: ClassId,
        /// How many classes the style has.
        classes: usize,
    },
    /// A length of the style is not positive, or too large for a picture.
    BadLength {
        /// Name of the setting.
        name: &'static str,
        /// Its value in points.
        points: f64,
    },
    /// The resolution cannot be drawn.
    BadResolution {
        /// Pixels per inch asked for.
        ppi: u32,
    },
    /// The window is no box of degrees.
    BadWindow {
        /// West, south, east, north.
        window: [f64; 4],
    },
    /// There are more counties than the id raster can tell apart.
    TooManyCounties {
        /// How many.
        counties: usize,
    },
    /// No county lies in the window.
    NothingInWindow,
    /// Map and legend do not fit the size together.
    NoRoom,
    /// The font file cannot be read.
    BadFont,
    /// The font lacks a character of the map's words.
    MissingCharacter {
        /// The character.
        character: char,
        /// The words it stands in.
        words: String,
    },
    /// Writing text failed.
    Text {
        /// The drawing library's own words.
        reason: String,
    },
    /// Encoding the picture failed.
    Encode {
        /// The encoder's own words.
        reason: String,
    },
}

impl MapError {
    /// Returns the character at fault, where it is one.
    pub fn character(&self) -> Option<char> {
        match self {
            Self::MissingCharacter { character, .. } => Some(*character),
            _ => None,
        }
    }

    /// Returns the stable code of the fault.
    pub fn code(&self) -> Code {
        match self {
            Self::UnknownCounty { .. } => code::map::UNKNOWN_COUNTY,
            Self::UnknownClass { .. } => code::map::UNKNOWN_CLASS,
            Self::BadLength { .. } => code::map::BAD_LENGTH,
            Self::BadResolution { .. } => code::map::BAD_RESOLUTION,
            Self::BadWindow { .. } => code::map::BAD_WINDOW,
            Self::TooManyCounties { .. } => code::map::TOO_MANY_COUNTIES,
            Self::NothingInWindow => code::map::NOTHING_IN_WINDOW,
            Self::NoRoom => code::map::NO_ROOM,
            Self::BadFont => code::map::BAD_FONT,
            Self::MissingCharacter { .. } => code::map::MISSING_CHARACTER,
            Self::Text { .. } => code::map::TEXT,
            Self::Encode { .. } => code::map::ENCODE,
        }
    }

    /// Tells the fault at the spec, or at the file of boundaries where it stands there.
    pub fn finding(&self, spec: Arc<str>, boundaries: String) -> Finding {
        let finding = Finding::error(self.code(), self.to_string()).of_character(self.character());
        match self {
            Self::UnknownCounty { .. } => finding
                .in_file(boundaries)
                .help("add the county to the file: the index has it, and records lie in it".to_owned()),
            _ => finding.in_file(spec),
        }
    }
}

impl fmt::Display for MapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownCounty { geoid } => write!(f, "county {geoid} would be shaded, and the file lacks it"),
            Self::UnknownClass { geoid, class, classes } => {
                write!(f, "county {geoid} has class {}, but there are {classes} classes", usize::from(*class))
            }
            Self::BadLength { name, points } => write!(f, "the map's `{name}` cannot be {points} pt"),
            Self::BadResolution { ppi } => write!(f, "a map of {ppi} pixels per inch cannot be drawn"),
            Self::BadWindow { window: [west, south, east, north] } => {
                write!(f, "the window {west}, {south}, {east}, {north} is no west, south, east, north in degrees")
            }
            Self::TooManyCounties { counties } => write!(f, "{counties} counties are too many for one map"),
            Self::NothingInWindow => f.write_str("no county lies in the map's window"),
            Self::NoRoom => f.write_str("the map and its legend do not fit the size"),
            Self::BadFont => f.write_str("the map's font is no TrueType or OpenType file with horizontal metrics"),
            Self::MissingCharacter { character, words } => {
                let number = u32::from(*character);
                write!(f, "the map's font has no character `{character}` (U+{number:04X}), which stands in `{words}`")
            }
            Self::Text { reason } => write!(f, "the map's text could not be drawn: {reason}"),
            Self::Encode { reason } => write!(f, "the map could not be encoded: {reason}"),
        }
    }
}

impl std::error::Error for MapError {}
