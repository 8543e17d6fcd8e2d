//! What the counties of a jurisdiction are called: counties, parishes, boroughs.

use indexmap::IndexSet;

use crate::boundaries::CountyIndex;
use crate::report_spec::{Areas, Jurisdiction, Spec};

/// Returns the words that the spec has, or else those of the kinds that the boundaries tell.
///
/// Of many kinds the two that are most frequent are named, as the Census Bureau speaks of the boroughs and census areas
/// of Alaska. A jurisdiction that is one area, as Guam, has no plural. In other languages than English the kinds stand as
/// they are in the boundaries.
pub(super) fn areas(spec: &Spec, jurisdiction: &Jurisdiction, index: Option<&CountyIndex>) -> Areas {
    if let Some(areas) = &jurisdiction.areas {
        return areas.clone();
    }
    let kinds = index.map(|index| index.kinds(&jurisdiction.code)).unwrap_or_default();
    if spec.language.tag.0 != "en" {
        let words = kinds.join(", ");
        return Areas { one: words.clone(), other: words };
    }
    let Areas { one, other } = english(kinds);
    let is_single = index.is_some_and(|index| index.of_jurisdiction(&jurisdiction.code).count() == 1);
    Areas { other: if is_single { one.clone() } else { other }, one }
}

fn english(kinds: &[String]) -> Areas {
    let has = |kind: &str| kinds.iter().any(|candidate| candidate == kind);
    // A city and borough is both in one.
    let named = kinds.iter().filter(|kind| !(*kind == "City and Borough" && has("Borough")));
    let named: IndexSet<String> = named.map(|kind| kind.to_lowercase()).collect();
    let named: Vec<String> = named.into_iter().take(2).collect();
    if named.is_empty() {
        return Areas { one: "area".into(), other: "areas".into() };
    }
    let plural: Vec<String> = named.iter().map(|noun| plural(noun)).collect();
    Areas { one: named.join(" or "), other: plural.join(" and ") }
}

/// The regular plural of a noun.
fn plural(noun: &str) -> String {
    let is_vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(is_vowel) => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| noun.ends_with(end)) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counties_are_called_what_the_boundaries_call_them() {
        let words = |kinds: &[&str]| {
            let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
            let Areas { one, other } = english(&kinds);
            format!("{one}, {other}")
        };
        assert_eq!(words(&["County"]), "county, counties");
        assert_eq!(words(&["Parish"]), "parish, parishes");
        assert_eq!(words(&["Municipio"]), "municipio, municipios");
        assert_eq!(words(&["County", "city"]), "county or city, counties and cities");
        assert_eq!(
            words(&["Borough", "Census Area", "City and Borough", "Municipality"]),
            "borough or census area, boroughs and census areas"
        );
        assert_eq!(words(&["Municipality"]), "municipality, municipalities");
        assert_eq!(words(&["County", "county", "City", "city"]), "county or city, counties and cities");
        assert_eq!(words(&["Bay", "Box"]), "bay or box, bays and boxes");
        assert_eq!(words(&[]), "area, areas");
    }
}
