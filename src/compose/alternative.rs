//! Maps in words: legend and alternative text.

use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::boundaries::Geoid;
use crate::diag::Finding;
use crate::report_spec::{Areas, ClassId, MapId, TiVec};

use super::areas::areas;
use super::composer::Composer;
use super::document::FigureBlock;

#[derive(Serialize)]
struct MapWords {
    map: MapContext,
}

#[derive(Serialize)]
struct MapContext {
    title: String,
    classes: Vec<ClassWords>,
    unshaded: ClassWords,
    shaded: ShadedWords,
    areas: AreaWords,
}

#[derive(Serialize)]
struct ShadedWords {
    counties: Vec<String>,
}

#[derive(Clone, Serialize)]
struct AreaWords {
    one: String,
    other: String,
    /// How many the jurisdiction has.
    number: usize,
}

/// What the legend may speak of: the map without its classes.
#[derive(Serialize)]
struct LegendWords {
    map: LegendContext,
}

#[derive(Serialize)]
struct LegendContext {
    areas: AreaWords,
}

#[derive(Serialize)]
struct ClassWords {
    label: String,
    counties: Vec<String>,
}

/// Composes a map; a jurisdiction without boundaries has none.
pub(super) fn figure(composer: &mut Composer<'_>, id: MapId) -> Result<Option<FigureBlock>, Finding> {
    let spec = composer.spec;
    let map = &spec.maps[id];
    let safe = &composer.published.maps()[id];
    let jurisdiction = &spec.jurisdictions[composer.published.jurisdiction()];
    if jurisdiction.fips.is_none() {
        return Ok(None);
    }
    let Areas { one, other } = areas(spec, jurisdiction, composer.counties);
    let counties = composer.counties.into_iter().flat_map(|counties| counties.of_jurisdiction(&jurisdiction.code));
    let all: Vec<(&Geoid, &str)> = counties.collect();
    let areas = AreaWords { one, other, number: all.len() };
    let legend = LegendWords { map: LegendContext { areas: areas.clone() } };
    let legend = composer.context.and(spec.threshold_words(map.threshold)).and(Value::from(Serde(legend)));
    // The alternative text may compute with the words of legend and labels.
    let without_figures = legend.without_figures();
    let words = |prose| composer.engine.words(prose, &without_figures);
    let title = words(&map.legend)?;
    let classes = map.classes.iter().map(|(_, class)| words(&class.label)).collect::<Result<TiVec<ClassId, _>, _>>()?;
    let unshaded = words(&map.unshaded.label)?;
    let named = |fits: &dyn Fn(Option<ClassId>) -> bool| -> Vec<String> {
        let chosen = all.iter().filter(|(geoid, _)| fits(safe.classes().get(*geoid).copied()));
        chosen.map(|(_, name)| (*name).to_owned()).collect()
    };
    let of_class = |(class, label): (ClassId, &String)| ClassWords {
        label: label.clone(),
        counties: named(&|county| county == Some(class)),
    };
    let context = MapWords {
        map: MapContext {
            title: title.clone(),
            classes: classes.iter_enumerated().map(of_class).collect(),
            unshaded: ClassWords { label: unshaded.clone(), counties: named(&|county| county.is_none()) },
            shaded: ShadedWords { counties: named(&|county| county.is_some()) },
            areas,
        },
    };
    let context = legend.and(Value::from(Serde(context)));
    let alternative = composer.engine.words(&map.alternative, &context)?;
    Ok(Some(FigureBlock { map: id, alternative, legend: title, classes, unshaded }))
}
