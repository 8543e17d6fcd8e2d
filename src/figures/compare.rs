//! Two publications of the same figures, side by side.

use std::collections::BTreeSet;

use crate::boundaries::Geoid;

use super::prose::ProseId;
use super::tables::{ProseFigure, PublishedCounter, PublishedMap, PublishedTables};

/// A figure in two publications; one of them may not have it.
pub(super) type Paired<'a, T> = (Option<&'a T>, Option<&'a T>);

impl PublishedMap {
    /// Returns the words of a county's class.
    pub fn class_of(&self, county: &str) -> &str {
        self.counties.get(county).and_then(|class| self.classes.get(usize::from(*class))).unwrap_or(&self.unshaded)
    }

    /// Lists the counties whose class is another in a later map, with the words of both classes.
    pub fn reclassed<'a>(&'a self, later: &'a Self) -> impl Iterator<Item = (&'a Geoid, &'a str, &'a str)> {
        let counties: BTreeSet<&Geoid> = self.counties.keys().chain(later.counties.keys()).collect();
        let classes = counties
            .into_iter()
            .map(|county| (county, self.class_of(county.as_str()), later.class_of(county.as_str())));
        classes.filter(|(_, before, after)| before != after)
    }
}

impl PublishedTables {
    /// Tells whether others publish the same: figures, counters, tables and maps. What else the file says, as
    /// its notice, is no figure.
    pub fn have_figures_of(&self, other: &Self) -> bool {
        let printed = |figures: &[ProseFigure]| -> Vec<(ProseId, String, bool)> {
            figures.iter().map(|figure| (figure.id.clone(), figure.text.clone(), figure.hidden)).collect()
        };
        let have_same_prose = match (&self.figures, &other.figures) {
            (Some(own), Some(other)) => printed(own) == printed(other),
            // An older program did not publish them: there is nothing to compare.
            _ => true,
        };
        let are_same = |(own, other): (&PublishedCounter, &PublishedCounter)| {
            (&own.value, &own.label, own.is_hidden()) == (&other.value, &other.label, other.is_hidden())
        };
        have_same_prose
            && self.counters.len() == other.counters.len()
            && self.counters.iter().zip(&other.counters).all(are_same)
            && (&self.tables, &self.maps) == (&other.tables, &other.maps)
    }

    /// Tells whether others hold the same counters, tables and maps of the same jurisdiction, whatever prose prints and
    /// whatever pictograms stand beside.
    pub fn have_tables_of(&self, other: &Self) -> bool {
        let counters = |tables: &Self| -> Vec<PublishedCounter> {
            tables.counters.iter().map(|counter| PublishedCounter { pictogram: None, ..counter.clone() }).collect()
        };
        self.jurisdiction == other.jurisdiction
            && counters(self) == counters(other)
            && (&self.tables, &self.maps) == (&other.tables, &other.maps)
    }

    /// Pairs the counters with those of a later publication, in the order of that; what only this one has comes last.
    ///
    /// Counters are paired by their names, for a spec may exchange two of them; those without a partner by their places.
    pub fn counters_with<'a>(&'a self, later: &'a Self) -> Vec<Paired<'a, PublishedCounter>> {
        let mut partners: Vec<Option<usize>> = vec![None; later.counters.len()];
        let mut is_free = vec![true; self.counters.len()];
        for (partner, counter) in partners.iter_mut().zip(&later.counters) {
            let named = |at: &usize| is_free[*at] && !counter.name.is_empty() && self.counters[*at].is_same(counter);
            *partner = (0..self.counters.len()).find(named);
            if let Some(at) = *partner {
                is_free[at] = false;
            }
        }
        for (at, partner) in partners.iter_mut().enumerate() {
            if partner.is_none() && is_free.get(at) == Some(&true) {
                *partner = Some(at);
                is_free[at] = false;
            }
        }
        let pairs = partners.into_iter().zip(&later.counters);
        let pairs = pairs.map(|(partner, counter)| (partner.map(|at| &self.counters[at]), Some(counter)));
        let gone =
            self.counters.iter().zip(is_free).filter_map(|(counter, is_free)| is_free.then_some((Some(counter), None)));
        pairs.chain(gone).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::report_spec::ClassId;

    use super::super::fixture;
    use super::*;

    #[test]
    fn a_notice_or_a_pictogram_is_no_figure() {
        let tables = fixture::with_counters(&[("Emails", Some(24))]);
        let mut other = tables.clone();
        other.notice = Some("For review.".to_owned());
        other.counters[0].pictogram = Some(crate::report_spec::Pictogram::Envelope);
        assert!(tables.have_figures_of(&other) && tables.have_tables_of(&other));
        other.figures.as_mut().unwrap()[0].text = "200".to_owned();
        assert!(!tables.have_figures_of(&other) && tables.have_tables_of(&other));
        other.counters[0].value = "25".to_owned();
        assert!(!tables.have_tables_of(&other));
    }

    #[test]
    fn counties_that_enter_a_map_had_the_words_of_what_is_not_shaded() {
        let map = |counties: &[(&str, usize)]| PublishedMap {
            id: "cases".into(),
            classes: vec!["3 to 9".into(), "10 or more".into()],
            unshaded: "Fewer than 3".into(),
            counties: counties
                .iter()
                .map(|(geoid, class)| (Geoid::new(geoid).unwrap(), ClassId::from(*class)))
                .collect(),
            names: BTreeMap::default(),
        };
        let (old, new) = (map(&[("09001", 0), ("09003", 1)]), map(&[("09003", 1), ("09005", 1)]));
        let reclassed: Vec<_> = old.reclassed(&new).map(|(geoid, old, new)| (geoid.as_str(), old, new)).collect();
        let expected = [("09001", "3 to 9", "Fewer than 3"), ("09005", "Fewer than 3", "10 or more")];
        assert_eq!(reclassed, expected);
    }
}
