//! What maps say of counties.

use disclosure_audit::{ModelError, Relation};

use crate::confidential::disclose::published::Published;
use crate::report_spec::{ClassId, JurisdictionId, MapId};

use super::model::{Builder, Cells};
use super::seen::Seen;
use super::shape::{Located, Shape};

impl Builder<'_> {
    /// Adds the counties of a report: one for all that look alike on every map.
    pub(super) fn maps(&mut self, shape: &Shape, published: &Published, cells: &Cells) -> Result<(), ModelError> {
        for (maps, located) in &shape.maps {
            for classes in looks(maps, published) {
                self.county(maps, located, &classes, published.jurisdiction(), cells)?;
            }
        }
        Ok(())
    }

    fn county(
        &mut self,
        maps: &[MapId],
        located: &[Located],
        classes: &[Option<ClassId>],
        jurisdiction: JurisdictionId,
        cells: &Cells,
    ) -> Result<(), ModelError> {
        let spec = self.release.spec;
        let code = self.code(jurisdiction).to_owned();
        let mut own = Vec::new();
        for part in located {
            let county = self.cell(&format!("{code} cases of a county"), &Seen::default())?;
            let terms = vec![(county, 1), (cells[part.records], -1)];
            self.fact(format!("{code}: a county has at most all cases"), terms, Relation::AtMost, 0)?;
            own.push((county, &part.maps));
        }
        for (place, (map, class)) in maps.iter().zip(classes).enumerate() {
            let map = &spec.maps[*map];
            let terms: Vec<(usize, i64)> =
                own.iter().filter(|(_, on)| on[place]).map(|(county, _)| (*county, 1)).collect();
            let (from, to) = match class {
                Some(class) => (map.classes[*class].0, map.classes.get(class.above()).map(|(from, _)| from - 1)),
                None => (0, Some(map.threshold - 1)),
            };
            let name = format!("{code}: classes of `{}`", map.name);
            self.said(name.clone(), terms.clone(), Relation::AtLeast, from)?;
            if let Some(to) = to {
                self.said(name, terms, Relation::AtMost, to)?;
            }
        }
        Ok(())
    }
}

/// How counties look on maps that belong together: the classes, each combination once; counties without a case are not shaded.
fn looks(maps: &[MapId], published: &Published) -> Vec<Vec<Option<ClassId>>> {
    let mut looks = vec![vec![None; maps.len()]];
    for geoid in maps.iter().flat_map(|map| published.maps()[*map].classes().keys()) {
        let look: Vec<Option<ClassId>> =
            maps.iter().map(|map| published.maps()[*map].classes().get(geoid).copied()).collect();
        if !looks.contains(&look) {
            looks.push(look);
        }
    }
    looks
}
