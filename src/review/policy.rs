//! Which changes matter: a review policy.

use std::path::Path;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::diag::{Findings, Sources};
use crate::report_spec::YamlFile;
use crate::unit::Digest;

use super::change::Change;
use super::content::{Spot, number};
use super::kind::Kind;

/// How much a change matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// It is not listed.
    Ignore,
    /// It is listed, and the review succeeds all the same.
    Warning,
    /// The review fails.
    Error,
}

/// A review policy: what is written of no kind is an error.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// How much the changes of a kind matter. Dates and furniture are masked by `ignore`, wherever they stand.
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    kinds: IndexMap<Kind, Weight>,
    /// Figures that moved by more than so much of what they were; the first that fits decides.
    #[serde(default)]
    moved: Vec<Moved>,
    /// Changes at certain places, by their role in the report or by a rectangle; the first that fits decides, before
    /// all else.
    #[serde(default)]
    places: Vec<Masked>,
    /// Digest of its file.
    #[serde(skip)]
    digest: Option<Digest>,
}

/// A place, and how much changes there matter. All that is said of it must fit.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Masked {
    /// Kinds that it holds for; all when none is said, but for `newly-shown` and `misprint`: an alarm must be named.
    #[serde(default)]
    kinds: Vec<Kind>,
    /// The heading above it.
    heading: Option<String>,
    /// Title of the table.
    table: Option<String>,
    /// Label of the row, or what else is told as its name: a county, a counter, a piece of metadata.
    row: Option<String>,
    /// Head of the column.
    column: Option<String>,
    /// The page, from 1.
    page: Option<usize>,
    /// The rectangle that holds it whole: left, top, right and bottom in points from the page's upper left corner.
    area: Option<[f32; 4]>,
    /// How much such a change matters.
    weight: Weight,
}

impl Masked {
    fn fits(&self, change: &Change) -> bool {
        let place = &change.place;
        let names = [
            (&self.heading, &place.heading),
            (&self.table, &place.table),
            (&self.row, &place.row),
            (&self.column, &place.column),
        ];
        let is_kind = if self.kinds.is_empty() { !change.kind.is_alarm() } else { self.kinds.contains(&change.kind) };
        is_kind && names.into_iter().all(|(wanted, own)| wanted.is_none() || wanted == own) && self.is_there(change)
    }

    /// Tells whether the change stands on the page and within the rectangle, before and after.
    fn is_there(&self, change: &Change) -> bool {
        let spots: Vec<Spot> = [change.place.old, change.place.new].into_iter().flatten().collect();
        let is_on_page = |spot: &Spot| self.page.is_none_or(|page| spot.page + 1 == page);
        let is_inside = |spot: &Spot| {
            let [left, top, right, bottom] = spot.area;
            let within = |[l, t, r, b]: [f32; 4]| left >= l && top >= t && right <= r && bottom <= b;
            self.area.is_none_or(|area| right > left && within(area))
        };
        let says_nothing = self.page.is_none() && self.area.is_none();
        says_nothing || (!spots.is_empty() && spots.iter().all(|spot| is_on_page(spot) && is_inside(spot)))
    }
}

/// A threshold for figures.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Moved {
    /// Kinds that it holds for: `count`, `percent` or `figure`.
    kinds: Vec<Kind>,
    /// Percent of the old figure.
    more_than_percent: f64,
    /// How much such a change matters.
    weight: Weight,
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// Returns every key and value that a policy does not have, each at its place.
    pub fn read(path: &Path, sources: &mut Sources) -> Result<Self, Findings> {
        let (policy, text) = YamlFile::<Self>::read_alone(path, "the review policy", sources)?;
        Ok(Self { digest: Some(Digest::of(text.as_bytes())), ..policy })
    }

    /// Returns the digest of its file; none for the policy that every change matters.
    pub fn digest(&self) -> Option<Digest> {
        self.digest
    }

    /// Returns how much a change matters.
    pub fn weight(&self, change: &Change) -> Weight {
        let moved = self.moved.iter().find(|limit| {
            limit.kinds.contains(&change.kind)
                && moved_by(change).is_some_and(|percent| percent > limit.more_than_percent)
        });
        let place = self.places.iter().find(|place| place.fits(change)).map(|place| place.weight);
        let of_kind = || self.kinds.get(&change.kind).copied();
        place.or(moved.map(|limit| limit.weight)).or_else(of_kind).unwrap_or(Weight::Error)
    }
}

/// Names each kind as a key, so that a wrong one is told where it stands.
fn kinds(generator: &mut SchemaGenerator) -> Schema {
    let weight = generator.subschema_for::<Weight>();
    let all = schemars::schema_for!(Kind).to_value();
    let variants = all["oneOf"].as_array().into_iter().flatten();
    let keys = variants.filter_map(|variant| {
        let name = variant["const"].as_str()?.to_owned();
        let mut schema = weight.clone();
        schema.insert("description".into(), variant["description"].clone());
        Some((name, schema.to_value()))
    });
    let keys: serde_json::Map<String, serde_json::Value> = keys.collect();
    json_schema!({ "type": "object", "properties": keys, "additionalProperties": false, "default": {} })
}

/// By how many percent of what it was a figure moved; from nothing, by more than any.
fn moved_by(change: &Change) -> Option<f64> {
    let (old, new) = (number(change.before.as_deref()?)?, number(change.after.as_deref()?)?);
    if old == 0.0 { Some(f64::INFINITY) } else { Some(((new - old) / old).abs() * 100.0) }
}

/// Returns the JSON Schema of a review policy (draft 2020-12).
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Policy).to_value()
}

#[cfg(test)]
mod tests {
    use super::super::change::Place;
    use super::*;

    fn weight(policy: &str, kind: Kind, before: &str, after: &str) -> Weight {
        let policy: Policy = serde_json::from_str(policy).unwrap();
        policy.weight(&Change::new(kind, Place::default(), Some(before.into()), Some(after.into())))
    }

    #[test]
    fn a_place_is_masked_by_its_role_or_its_rectangle_and_an_alarm_by_its_name_alone() {
        let policy = r#"{ "places": [
            { "heading": "OVERVIEW", "kinds": ["prose", "date"], "weight": "ignore" },
            { "table": "CALLER TYPE", "row": "Student", "weight": "warning" },
            { "page": 2, "area": [0, 700, 612, 792], "weight": "ignore" },
            { "kinds": ["newly-shown"], "row": "Pupil", "weight": "warning" }] }"#;
        let policy: Policy = serde_json::from_str(policy).unwrap();
        let weight = |kind, place: Place| policy.weight(&Change::new(kind, place, None, None));
        let named = |heading: &str, table: &str, row: &str| {
            let word = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Place { heading: word(heading), table: word(table), row: word(row), ..Place::default() }
        };
        let spot = |page, top| Some(Spot { page, area: [72.0, top, 100.0, top + 10.0] });
        assert_eq!(weight(Kind::Prose, named("OVERVIEW", "", "")), Weight::Ignore);
        assert_eq!(weight(Kind::Count, named("OVERVIEW", "", "")), Weight::Error);
        assert_eq!(weight(Kind::Count, named("", "CALLER TYPE", "Student")), Weight::Warning);
        assert_eq!(weight(Kind::Count, named("", "CALLER TYPE", "Media")), Weight::Error);
        assert_eq!(weight(Kind::NewlyShown, named("", "CALLER TYPE", "Student")), Weight::Error);
        assert_eq!(weight(Kind::NewlyShown, named("", "", "Pupil")), Weight::Warning);
        assert_eq!(weight(Kind::Prose, Place { new: spot(1, 710.0), ..Place::default() }), Weight::Ignore);
        let moved = Place { old: spot(1, 690.0), new: spot(1, 710.0), ..Place::default() };
        assert_eq!(weight(Kind::Prose, moved), Weight::Error);
        assert_eq!(weight(Kind::Prose, Place { new: spot(0, 710.0), ..Place::default() }), Weight::Error);
        assert_eq!(weight(Kind::Metadata, Place::default()), Weight::Error);
    }

    #[test]
    fn a_figure_that_moved_further_than_its_threshold_matters_more() {
        let policy = r#"{ "kinds": { "count": "warning", "date": "ignore" },
            "moved": [{ "kinds": ["count"], "more_than_percent": 2, "weight": "error" }] }"#;
        assert_eq!(weight(policy, Kind::Count, "1,000", "1,020"), Weight::Warning);
        assert_eq!(weight(policy, Kind::Count, "1,000", "1,021"), Weight::Error);
        assert_eq!(weight(policy, Kind::Count, "1,000", "979"), Weight::Error);
        assert_eq!(weight(policy, Kind::Count, "0", "1"), Weight::Error);
        assert_eq!(weight(policy, Kind::Date, "March", "April"), Weight::Ignore);
        assert_eq!(weight(policy, Kind::Heading, "A", "B"), Weight::Error);
    }
}
