//! Counties by class.

use crate::spec::Spec;
use crate::tabulate::Counts;

use super::published::SafeMap;

/// Puts each county at or above the map's threshold into its class; all others look alike.
pub(super) fn protect(spec: &Spec, counts: &Counts, index: usize, jurisdiction: usize) -> SafeMap {
    let map = &spec.maps[index];
    let classes = counts.maps[index][jurisdiction].iter().filter_map(|(geoid, count)| {
        let count = count.get();
        let class = map.classes.iter().rposition(|(from, _)| count >= *from)?;
        (count >= map.threshold).then(|| (geoid.clone(), class))
    });
    SafeMap { map: index, classes: classes.collect() }
}
