//! Counties by class.

use crate::confidential::tabulate::Counts;
use crate::figures::FigureId;
use crate::report_spec::{DisclosureKind, JurisdictionId, MapId, Spec};

use super::audit::Audit;
use super::published::SafeMap;
use super::small::is_small;

/// Puts each county at or above the map's threshold into its class; all others look alike.
pub(super) fn protect(
    spec: &Spec,
    counts: &Counts,
    id: MapId,
    jurisdiction: JurisdictionId,
    audit: &mut Audit,
) -> SafeMap {
    let map = &spec.maps[id];
    let classes = counts.maps[id][jurisdiction].iter().filter_map(|(geoid, count)| {
        let count = count.get();
        let class = map.classes.rposition(|(from, _)| count >= *from)?;
        (count >= map.threshold).then(|| (geoid.clone(), class))
    });
    let safe = SafeMap { map: id, classes: classes.collect() };
    // A map's own threshold may be under the edition's; a county without a case is not shaded.
    for geoid in safe.classes.keys() {
        if is_small(counts.maps[id][jurisdiction][geoid], spec.hidden.threshold, false) {
            let code = &spec.jurisdictions[jurisdiction].code;
            let figure = FigureId::County { map: map.name.clone(), county: geoid.clone() };
            audit.add(DisclosureKind::SmallCountShown, code, figure);
        }
    }
    safe
}
