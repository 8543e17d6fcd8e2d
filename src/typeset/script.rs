//! The direction of languages and scripts.

/// Tells whether lines of a language (ISO 639) run from right to left.
pub(super) fn runs_right_to_left(language: &str) -> bool {
    matches!(language, "ar" | "fa" | "he" | "ur" | "yi")
}

/// Tells whether a character belongs to a script from right to left (blocks of Unicode).
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefe | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff)
}
