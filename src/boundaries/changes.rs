//! Codes that other years gave to counties.
//!
//! After the Census Bureau's list of substantial changes to counties and county equivalents, as far as codes changed
//! since 2010.

/// A code, the first year whose boundaries have it no more, and what stands in its place.
const CHANGES: [(&str, u16, &str); 4] =
    [("51515", 2013, "51019"), ("46113", 2015, "46102"), ("02270", 2015, "02158"), ("02261", 2020, "02063 and 02066")];

/// The year whose boundaries have planning regions of Connecticut instead of its counties.
const PLANNING_REGIONS: u16 = 2022;

/// Says that a code is one of another year.
pub(super) fn other_vintage(geoid: &str, vintage: u16) -> Option<String> {
    let digits = geoid.as_bytes();
    if vintage < PLANNING_REGIONS && matches!(digits, [b'0', b'9', b'1', b'1'..=b'9', b'0']) {
        return Some(format!(
            "`{geoid}` is a planning region of Connecticut, from boundaries of 2022 or later; those of {vintage} have \
             counties 09001 to 09015"
        ));
    }
    let is_old_county = matches!(digits, [b'0', b'9', b'0', b'0', b'1' | b'3' | b'5' | b'7' | b'9'])
        || matches!(digits, [b'0', b'9', b'0', b'1', b'1' | b'3' | b'5']);
    if vintage >= PLANNING_REGIONS && is_old_county {
        return Some(format!(
            "`{geoid}` is a county of Connecticut, from boundaries before 2022; those of {vintage} have planning regions \
             09110 to 09190, whose borders are others"
        ));
    }
    let changed = |(old, year, new): &(&str, u16, &str)| {
        if geoid == *old && vintage >= *year {
            Some(format!("`{geoid}` is from boundaries before {year}; later ones have {new} in its place"))
        } else if new.split(" and ").any(|new| new == geoid) && vintage < *year && *old != "51515" {
            Some(format!("`{geoid}` is from boundaries of {year} or later; earlier ones have {old} in its place"))
        } else {
            None
        }
    };
    CHANGES.iter().find_map(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_another_year_is_told_with_what_stands_in_its_place() {
        let told = |geoid, vintage| other_vintage(geoid, vintage).unwrap_or_default();
        assert!(told("09120", 2016).contains("boundaries of 2022 or later"));
        assert!(told("09003", 2022).contains("planning regions 09110 to 09190"));
        assert!(told("09013", 2024).contains("planning regions"));
        assert_eq!(told("46113", 2016), "`46113` is from boundaries before 2015; later ones have 46102 in its place");
        assert_eq!(
            told("02066", 2016),
            "`02066` is from boundaries of 2020 or later; earlier ones have 02261 in its place"
        );
        for (geoid, vintage) in [("09003", 2016), ("09120", 2022), ("46113", 2014), ("51019", 2010), ("09002", 2022)] {
            assert_eq!(told(geoid, vintage), "");
        }
    }
}
