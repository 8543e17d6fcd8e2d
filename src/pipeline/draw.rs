//! The maps of a report.

use crate::boundaries::Geography;
use crate::compose::{Block, Document};
use crate::diag::{Finding, Findings, io_words};
use crate::disclose::Published;
use crate::map::{self, ClassStyle, MapStyle};
use crate::spec::Spec;
use crate::typeset::Placed;
use crate::unit::Pt;

/// Draws the maps of a document, in its order.
pub(super) fn pictures(
    spec: &Spec,
    geography: Option<&Geography>,
    published: &Published,
    document: &Document,
) -> Result<Vec<Placed>, Findings> {
    let mut pictures = Vec::new();
    for block in &document.blocks {
        let Block::Figure(figure) = block else { continue };
        let Some(geography) = geography else { continue };
        let plan = &spec.maps[figure.map];
        let jurisdiction = &spec.jurisdictions[published.jurisdiction()];
        let state = geography.state(&jurisdiction.code)?;
        let font = std::fs::read(&plan.font).map_err(|error| {
            Finding::error("map::font", format!("cannot read the font: {}", io_words(&error)))
                .in_file(plan.font.strip_prefix(&spec.root).unwrap_or(&plan.font).to_string_lossy())
        })?;
        let classes = plan
            .classes
            .iter()
            .zip(&figure.classes)
            .map(|((_, class), label)| ClassStyle { rgb: class.rgb, label: label.clone() });
        let mut style = MapStyle::new(classes.collect(), &figure.unshaded, &figure.legend, &font);
        style.unshaded.rgb = plan.unshaded.rgb;
        style.max_width = Pt(plan.size_pt.0);
        style.max_height = Pt(plan.size_pt.1);
        style.ppi = plan.ppi;
        style.window = jurisdiction.window;
        let picture = map::draw(&state.boundaries, published.maps()[figure.map].classes(), &style)
            .map_err(|error| Finding::error(error.code(), error.to_string()).in_file(spec.file.clone()))?;
        pictures.push(Placed { png: picture.png, width: picture.width, height: picture.height });
    }
    Ok(pictures)
}
