//! Maps and their classes.

use indexmap::IndexMap;

use crate::diag::code;
use crate::report_spec::model::{
    ClassId, Column, ColumnType, HiddenWords, Map, MapClass, MapId, PopulationId, SourceId, TiVec,
};
use crate::report_spec::raw;

use super::Resolver;
use super::test::join;

/// What takes the words of legend and labels as values, `map.title` and `class.label`.
const READER: Option<&str> = Some("the alternative text of the map");

impl Resolver<'_> {
    pub(super) fn maps(&mut self, raw: &IndexMap<String, raw::Map>, hidden: &HiddenWords) -> TiVec<MapId, Map> {
        if let Some(first) = raw.values().next() {
            let differs = |map: &raw::Map| (&map.boundaries, map.vintage) != (&first.boundaries, first.vintage);
            for (name, _) in raw.iter().filter(|(_, map)| differs(map)) {
                // A record's county is checked against one set of boundaries.
                let message = "all maps of an edition have the same boundaries";
                self.error(code::spec::MAP_BOUNDARIES, &["maps", name, "boundaries"], message);
            }
        }
        raw.iter().filter_map(|(name, map)| self.map(name, map, hidden)).collect()
    }

    fn map(&mut self, name: &str, raw: &raw::Map, hidden: &HiddenWords) -> Option<Map> {
        let path = ["maps", name];
        let population = self.population_index(&join(&path, &["of"]), &raw.of);
        let sources: Vec<String> = self.sources.iter().map(|source| source.name.clone()).collect();
        let through = self.named(&join(&path, &["through"]), &raw.through, sources.iter().map(String::as_str));
        if let (Some(population), Some(through)) = (population, through) {
            self.map_source(&path, population, through);
        }
        let threshold = raw.threshold.unwrap_or(hidden.threshold);
        let classes = self.map_classes(name, raw, threshold);
        let unshaded = self.map_class(&join(&path, &["unshaded"]), &raw.unshaded);
        for (key, size) in [("width_pt", raw.width_pt), ("height_pt", raw.height_pt)] {
            if !(36.0..=2000.0).contains(&size) {
                self.error(
                    code::spec::BAD_VALUE,
                    &join(&path, &[key]),
                    "a map is from 36 to 2000 points wide and high",
                );
            }
        }
        let boundaries = self.folder(&join(&path, &["boundaries"]), &raw.boundaries);
        let font = self.file(&join(&path, &["font"]), &raw.font);
        let legend = self.prose_for(READER, &join(&path, &["legend"]), &raw.legend);
        let alternative = self.prose(&join(&path, &["alternative"]), &raw.alternative);
        Some(Map {
            name: name.to_owned(),
            population: population?,
            through: through?,
            boundaries: boundaries?,
            vintage: raw.vintage,
            threshold,
            classes,
            unshaded: unshaded?,
            legend,
            size_pt: (raw.width_pt, raw.height_pt),
            ppi: raw.ppi,
            font: font?,
            alternative,
            outside: raw.outside,
            tolerance: raw.tolerance,
        })
    }

    fn map_source(&mut self, path: &[&str], population: PopulationId, through: SourceId) {
        let (cases, places) = (self.populations[population].source, &self.sources[through]);
        let of_reference = |column: &&Column| column.kind == ColumnType::Reference;
        // A reference to no source is reported where it is declared.
        if places.columns.iter().filter(of_reference).any(|column| column.source.is_none()) {
            return;
        }
        let refers = places.columns.iter().any(|column| column.source == Some(cases));
        let has_county = places.column_of(ColumnType::County).is_some();
        let points = [ColumnType::Longitude, ColumnType::Latitude].map(|kind| places.column_of(kind).is_some());
        if !refers || !has_county || points[0] != points[1] {
            let message = format!(
                "`{}` needs a reference to `{}`, a column of type `county`, and both or neither of `longitude` and `latitude`",
                places.name, self.sources[cases].name
            );
            self.error(code::spec::BAD_VALUE, &join(path, &["through"]), message);
        }
    }

    fn map_classes(&mut self, name: &str, raw: &raw::Map, threshold: u64) -> TiVec<ClassId, (u64, MapClass)> {
        if raw.classes.is_empty() {
            self.error(code::spec::MAP_CLASSES, &["maps", name, "classes"], "a map needs at least one class");
        }
        let mut least = threshold;
        for (at, class) in raw.classes.iter().enumerate() {
            let path = ["maps", name, "classes", &at.to_string(), "from"];
            match class.from {
                None => self.error(code::spec::MISSING_KEY, &path[..4], "a class needs `from`, its smallest count"),
                // A class that can only mean 1 or 2 would disclose.
                Some(from) if at == 0 && from != threshold => {
                    let message = format!("the first class must begin at the threshold, {threshold}");
                    self.error(code::spec::MAP_CLASSES, &path, message);
                }
                Some(from) if from < least => {
                    let message = "a class must begin above the one before it";
                    self.error(code::spec::MAP_CLASSES, &path, message);
                }
                Some(from) => least = from.saturating_add(1),
            }
        }
        if raw.unshaded.from.is_some() {
            self.error(
                code::spec::MAP_CLASSES,
                &["maps", name, "unshaded", "from"],
                "the unshaded class has no `from`: it holds all counts under the threshold",
            );
        }
        let classes = raw.classes.iter().enumerate().filter_map(|(at, class)| {
            Some((class.from?, self.map_class(&["maps", name, "classes", &at.to_string()], class)?))
        });
        classes.collect()
    }

    fn map_class(&mut self, path: &[&str], raw: &raw::MapClass) -> Option<MapClass> {
        let channel = |at: usize| u8::from_str_radix(raw.rgb.get(at..at + 2)?, 16).ok();
        Some(MapClass {
            label: self.prose_for(READER, &join(path, &["label"]), &raw.label),
            rgb: [channel(1)?, channel(3)?, channel(5)?],
            cmyk: raw.cmyk,
        })
    }
}
