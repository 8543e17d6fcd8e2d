//! The placeholders that prose may use.

use std::collections::BTreeSet;

use crate::report_spec::raw::SpecFile;

/// Lists every placeholder of an edition by its dotted path.
pub(super) fn known(spec: &SpecFile) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = [
        "edition",
        "publisher",
        "period.year",
        "revision.number",
        "jurisdiction.code",
        "jurisdiction.name",
        "jurisdiction.in_prose",
        "jurisdiction.file_name",
        "jurisdiction.ranked",
        "jurisdiction.nation",
        "threshold.number",
        "threshold.in_words",
        "map.title",
        "map.classes",
        "map.unshaded.label",
        "map.unshaded.counties",
        "map.shaded.counties",
        "map.areas.one",
        "map.areas.other",
        "map.areas.number",
    ]
    .map(str::to_owned)
    .into();
    for format in spec.language.dates.keys() {
        for date in ["data_date", "period.from", "period.to", "revision.date"] {
            names.insert(format!("{date}.{format}"));
        }
    }
    for population in spec.populations.keys() {
        for attribute in ["text", "form", "hidden"] {
            names.insert(format!("figures.{population}.{attribute}"));
            names.insert(format!("national.{population}.{attribute}"));
        }
    }
    for rank in spec.ranks.keys() {
        for attribute in ["position", "number", "tied", "among"] {
            names.insert(format!("ranks.{rank}.{attribute}"));
        }
    }
    names
}
