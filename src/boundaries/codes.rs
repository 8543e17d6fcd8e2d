//! How each fault of boundaries is known: by its code, and as a remark or not.

use crate::diag::{Code, code};

use super::diags::BoundaryError;

impl BoundaryError {
    /// Tells whether the boundaries can be used all the same.
    pub fn is_remark(&self) -> bool {
        matches!(
            self,
            Self::OtherDigest { .. }
                | Self::MissingCounties { .. }
                | Self::NoPlace { .. }
                | Self::OtherCrs { .. }
                | Self::CrossedRing { .. }
                | Self::OverlappingParts { .. }
                | Self::Enclave { .. }
        )
    }

    /// Returns the stable code of the fault.
    pub fn code(&self) -> Code {
        match self {
            Self::TooLarge { .. } => code::boundaries::TOO_LARGE,
            Self::NotUtf8 { .. } => code::boundaries::NOT_UTF8,
            Self::ZeroByte => code::boundaries::ZERO_BYTE,
            Self::NotGeoJson { .. } => code::boundaries::NOT_GEOJSON,
            Self::NotFeatureCollection { .. } => code::boundaries::NOT_FEATURE_COLLECTION,
            Self::MissingMember { .. } => code::boundaries::MISSING_MEMBER,
            Self::MissingVintage => code::boundaries::MISSING_VINTAGE,
            Self::WrongVintage { .. } => code::boundaries::WRONG_VINTAGE,
            Self::OtherJurisdiction { .. } => code::boundaries::OTHER_JURISDICTION,
            Self::NoCounties => code::boundaries::NO_COUNTIES,
            Self::MissingGeoid { .. } => code::boundaries::MISSING_GEOID,
            Self::BadGeoid { .. } => code::boundaries::BAD_GEOID,
            Self::OtherState { .. } => code::boundaries::OTHER_STATE,
            Self::DuplicateGeoid { .. } => code::boundaries::DUPLICATE_GEOID,
            Self::MissingName { .. } => code::boundaries::MISSING_NAME,
            Self::NotText { .. } => code::boundaries::NOT_TEXT,
            Self::BadCharacter { .. } => code::boundaries::BAD_CHARACTER,
            Self::NotPolygonal { .. } => code::boundaries::NOT_POLYGONAL,
            Self::NullGeometry { .. } => code::boundaries::NULL_GEOMETRY,
            Self::EmptyGeometry { .. } => code::boundaries::EMPTY_GEOMETRY,
            Self::ShortRing { .. } => code::boundaries::SHORT_RING,
            Self::UnclosedRing { .. } => code::boundaries::UNCLOSED_RING,
            Self::BadCoordinate { .. } => code::boundaries::BAD_COORDINATE,
            Self::ShortPosition { .. } => code::boundaries::SHORT_POSITION,
            Self::FurtherCounties { .. } => code::boundaries::FURTHER_COUNTIES,
            Self::MissingCounties { .. } => code::boundaries::MISSING_COUNTIES,
            Self::OtherName { .. } => code::boundaries::OTHER_NAME,
            Self::OtherStatefp { .. } => code::boundaries::OTHER_STATEFP,
            Self::OtherPlace { .. } => code::boundaries::OTHER_PLACE,
            Self::StrayPart { .. } => code::boundaries::STRAY_PART,
            Self::OutsideWindow { .. } => code::boundaries::OUTSIDE_WINDOW,
            Self::Covered { .. } => code::boundaries::COVERED,
            Self::TooIntricate { .. } => code::boundaries::TOO_INTRICATE,
            Self::BadDetail { .. } => code::boundaries::BAD_DETAIL,
            Self::OtherDigest { .. } => code::boundaries::OTHER_DIGEST,
            Self::OutsideState { .. } => code::boundaries::OUTSIDE_STATE,
            Self::NoPlace { .. } => code::boundaries::NO_PLACE,
            Self::OtherCrs { .. } => code::boundaries::OTHER_CRS,
            Self::CrossedRing { .. } => code::boundaries::CROSSED_RING,
            Self::OverlappingParts { .. } => code::boundaries::OVERLAPPING_PARTS,
            Self::Enclave { .. } => code::boundaries::ENCLAVE,
        }
    }
}
