//! What a report is made from, part by part: the key of the cache, and the reasons why a report was made anew.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::compose::{Block, Document, FigureBlock};
use crate::confidential::Published;
use crate::report_spec::{ClassId, Map, MapId, Spec};
use crate::typeset;
use crate::unit::{ContentKey, Digest};

use super::inputs::digest_of;
use super::manifest::{Input, InputKind, Program};

/// Digests of the parts of a report, by name.
pub type Parts = BTreeMap<String, Digest>;

/// Parts that all reports of an edition share.
pub struct Shared {
    parts: Parts,
    boundaries: BTreeMap<String, Digest>,
}

impl Shared {
    /// Takes them from the inputs of an edition.
    pub fn new(inputs: &[Input]) -> Self {
        let program = Program::running();
        let program = [&program.name, &program.version, &program.source];
        let program = Digest::of_parts(program.iter().map(|word| ("program", word.as_bytes())));
        let boundaries = inputs.iter().filter(|input| input.kind == InputKind::Boundaries);
        Self {
            parts: Parts::from([
                ("program".into(), program),
                ("layout".into(), digest_of(inputs, InputKind::Layout)),
                ("fonts".into(), digest_of(inputs, InputKind::Font)),
            ]),
            boundaries: boundaries.filter_map(|input| Some((input.path.clone(), input.digest?))).collect(),
        }
    }

    /// Lists the parts of a report; `tables` is what is attached to it.
    pub(super) fn of_report(&self, spec: &Spec, published: &Published, document: &Document, tables: &[u8]) -> Parts {
        let mut parts = self.parts.clone();
        parts.insert("published tables".into(), Digest::of(tables));
        parts.insert("file name".into(), Digest::of(document.meta.file_name.as_bytes()));
        let mut pieces = typeset::pieces(document).into_iter();
        parts.insert("title and running head".into(), Digest::of(&pieces.next().unwrap_or_default()));
        let mut names = BTreeMap::new();
        for block in &document.blocks {
            let name = name(block, spec, &mut names);
            match block {
                Block::Figure(figure) => {
                    let map = &spec.maps[figure.map];
                    parts.insert(name, MapWords::of(figure).digest());
                    parts.insert(format!("style of map {}", map.name), style(map, spec, published));
                    parts.insert(format!("counties of map {}", map.name), counties(published, figure.map));
                    parts.extend(self.of_boundaries(spec, published, map));
                }
                _ => {
                    parts.insert(name, Digest::of(&pieces.next().unwrap_or_default()));
                }
            }
        }
        parts
    }

    fn of_boundaries(&self, spec: &Spec, published: &Published, map: &Map) -> Option<(String, Digest)> {
        let code = &spec.jurisdictions[published.jurisdiction()].code;
        let folder = map.boundaries.strip_prefix(&spec.root).unwrap_or(&map.boundaries);
        let path = folder.join(format!("{code}.geojson")).to_string_lossy().replace('\\', "/");
        let digest = *self.boundaries.get(&path)?;
        Some((format!("boundaries of map {}", map.name), digest))
    }
}

/// A report by the digests of its parts.
#[derive(Serialize)]
struct ReportKey<'a>(&'a Parts);

impl ContentKey for ReportKey<'_> {
    const FORM: &'static str = "platen report 3";
}

/// Returns the key under which a report of these parts is kept.
pub(super) fn key(parts: &Parts) -> Digest {
    ReportKey(parts).digest()
}

/// What a map says in words.
#[derive(Serialize)]
struct MapWords<'a> {
    map: MapId,
    alternative: &'a str,
    legend: &'a str,
    classes: &'a [String],
    unshaded: &'a str,
}

impl<'a> MapWords<'a> {
    fn of(figure: &'a FigureBlock) -> Self {
        let FigureBlock { map, alternative, legend, classes, unshaded } = figure;
        Self { map: *map, alternative, legend, classes: &classes.raw, unshaded }
    }
}

impl ContentKey for MapWords<'_> {
    const FORM: &'static str = "platen map words 1";
}

/// The class of each shaded county, by GEOID.
#[derive(Serialize)]
struct MapCounties<'a>(BTreeMap<&'a str, ClassId>);

impl ContentKey for MapCounties<'_> {
    const FORM: &'static str = "platen map counties 1";
}

/// Names the parts that differ.
pub(super) fn difference(old: &Parts, new: &Parts) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    names
        .into_iter()
        .filter_map(|name| match (old.get(name), new.get(name)) {
            (Some(one), Some(other)) if one == other => None,
            (Some(_), Some(_)) => Some(name.clone()),
            (None, _) => Some(format!("{name} (new)")),
            (_, None) => Some(format!("{name} (gone)")),
        })
        .collect()
}

/// Names a block by what it is: a table or map by its name, others by their number among their kind.
fn name(block: &Block, spec: &Spec, names: &mut BTreeMap<&'static str, usize>) -> String {
    let kind = match block {
        Block::Table(table) => return format!("table {}", table.id),
        Block::Figure(figure) => return format!("map {}", spec.maps[figure.map].name),
        Block::Heading(_) => "heading",
        Block::Paragraph(..) => "paragraph",
        Block::Counters(_) => "counters",
        Block::Notes(_) => "notes",
        Block::Break => "break",
    };
    let number = names.entry(kind).or_insert(0);
    *number += 1;
    format!("{kind} {number}")
}

/// How a map looks.
#[derive(Serialize)]
struct Style<'a> {
    /// The smallest count of each class, and its colour.
    classes: Vec<(u64, [u8; 3])>,
    unshaded: [u8; 3],
    size_pt: (f64, f64),
    ppi: u32,
    window: Option<[f64; 4]>,
    font: &'a Path,
}

impl ContentKey for Style<'_> {
    const FORM: &'static str = "platen map style 1";
}

fn style(map: &Map, spec: &Spec, published: &Published) -> Digest {
    // The words, the counties and their boundaries are parts of their own; how points are located shows in the classes.
    let Map {
        classes,
        unshaded,
        size_pt,
        ppi,
        font,
        name: _,
        population: _,
        through: _,
        boundaries: _,
        vintage: _,
        threshold: _,
        legend: _,
        alternative: _,
        outside: _,
        tolerance: _,
    } = map;
    let style = Style {
        classes: classes.iter().map(|(from, class)| (*from, class.rgb)).collect(),
        unshaded: unshaded.rgb,
        size_pt: *size_pt,
        ppi: *ppi,
        window: spec.jurisdictions[published.jurisdiction()].window,
        font: font.strip_prefix(&spec.root).unwrap_or(font),
    };
    style.digest()
}

fn counties(published: &Published, map: MapId) -> Digest {
    let classes = published.maps()[map].classes();
    MapCounties(classes.iter().map(|(geoid, class)| (geoid.as_str(), *class)).collect()).digest()
}
