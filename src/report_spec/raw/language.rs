//! Language, number and date formats.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// Language, number and date formats.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Locale such as `en_US` or `es_US`: names of months, plural and ordinal categories, the PDF's language.
    pub locale: String,
    /// Between the thousands of a count.
    #[serde(default = "comma")]
    pub thousands: String,
    /// Between whole percents and their decimals.
    #[serde(default = "point")]
    pub decimal: String,
    /// Decimals of a percent.
    #[serde(default = "one")]
    #[schemars(range(max = 6))]
    pub percent_decimals: u8,
    /// Follows a percent.
    #[serde(default = "percent_sign")]
    pub percent_sign: String,
    /// Date formats by name, in strftime's notation, e.g. `long: "%B %-d, %Y"`.
    pub dates: IndexMap<String, String>,
    /// Numbers in words, for `{{ threshold.in_words }}`, e.g. `3: trois`. English and Spanish have theirs up to 100.
    #[serde(default)]
    pub numbers: IndexMap<String, String>,
    /// Ordinal numbers by plural category, `{n}` standing for the number, e.g. `one: "{n}st"`.
    #[serde(default)]
    pub ordinals: Option<Forms>,
}

fn comma() -> String {
    ",".into()
}

fn point() -> String {
    ".".into()
}

fn one() -> u8 {
    1
}

fn percent_sign() -> String {
    "%".into()
}

/// Forms of a word by the plural category of its number (Unicode CLDR).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// For the category `zero`.
    #[serde(default)]
    pub zero: Option<String>,
    /// For the category `one`.
    #[serde(default)]
    pub one: Option<String>,
    /// For the category `two`.
    #[serde(default)]
    pub two: Option<String>,
    /// For the category `few`.
    #[serde(default)]
    pub few: Option<String>,
    /// For the category `many`.
    #[serde(default)]
    pub many: Option<String>,
    /// For all other numbers, and for a hidden one.
    pub other: String,
}
