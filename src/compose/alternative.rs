//! Maps in words: legend and alternative text.

use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::diag::Finding;

use super::block::Composer;
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
}

#[derive(Serialize)]
struct ClassWords {
    label: String,
    counties: Vec<String>,
}

/// Composes a map; a jurisdiction without boundaries has none.
pub(super) fn figure(composer: &mut Composer<'_>, index: usize) -> Result<Option<FigureBlock>, Finding> {
    let spec = composer.spec;
    let map = &spec.maps[index];
    let safe = &composer.published.maps()[index];
    let Some(fips) = &spec.jurisdictions[composer.published.jurisdiction()].fips else { return Ok(None) };
    let words = |prose| composer.engine.words(prose, composer.context);
    let legend = words(&map.legend)?;
    let classes = map.classes.iter().map(|(_, class)| words(&class.label)).collect::<Result<Vec<_>, _>>()?;
    let unshaded = words(&map.unshaded.label)?;
    let all: Vec<(&str, &str)> = composer.counties.into_iter().flat_map(|counties| counties.of_state(fips)).collect();
    let named = |fits: &dyn Fn(Option<usize>) -> bool| -> Vec<String> {
        let chosen = all.iter().filter(|(geoid, _)| fits(safe.classes().get(*geoid).copied()));
        chosen.map(|(_, name)| (*name).to_owned()).collect()
    };
    let of_class = |(class, label): (usize, &String)| ClassWords {
        label: label.clone(),
        counties: named(&|one| one == Some(class)),
    };
    let context = MapWords {
        map: MapContext {
            title: legend.clone(),
            classes: classes.iter().enumerate().map(of_class).collect(),
            unshaded: ClassWords { label: unshaded.clone(), counties: named(&|one| one.is_none()) },
        },
    };
    let context = composer.context.and(Value::from(Serde(context)));
    let alternative = composer.engine.words(&map.alternative, &context)?;
    Ok(Some(FigureBlock { map: index, alternative, legend, classes, unshaded }))
}
