//! The maps of a report.

use std::collections::BTreeMap;

use crate::boundaries::{Boundaries, Geography, Geoid};
use crate::compose::{Block, Document, FigureBlock};
use crate::confidential::Published;
use crate::diag::{Finding, Findings};
use crate::map::{self, ClassStyle, Inks, MapStyle};
use crate::press;
use crate::report_spec::{ClassId, Map, Spec};
use crate::typeset::{Placed, PressPicture};
use crate::unit::Pt;

/// Where the maps of a report come from.
pub(super) struct Drawing<'a> {
    pub spec: &'a Spec,
    pub geography: Option<&'a Geography>,
    pub published: &'a Published,
    pub document: &'a Document,
}

impl<'a> Drawing<'a> {
    /// Draws the maps of a document for the screen, in its order.
    pub(super) fn pictures(&self) -> Result<Vec<Placed>, Findings> {
        self.each(|_, boundaries, shades, style| {
            let picture = map::draw(boundaries, shades, &style).map_err(|error| self.fault(&error))?;
            Ok(Placed { png: picture.png, width: picture.width, height: picture.height })
        })
    }

    /// Arranges the maps of a document without drawing them, and returns their sizes on the page.
    pub(super) fn sizes(&self) -> Result<Vec<(Pt, Pt)>, Findings> {
        self.each(|_, boundaries, shades, style| {
            Ok(map::size(boundaries, shades, &style).map_err(|error| self.fault(&error))?)
        })
    }

    /// Draws the maps of a document in ink, in its order.
    pub(super) fn press_pictures(&self) -> Result<Vec<PressPicture>, Findings> {
        self.each(|plan, boundaries, shades, mut style| {
            style.ppi = style.ppi.max(press::LEAST_PPI);
            let classes = plan.classes.iter().map(|(_, class)| class.cmyk).collect();
            let inks = Inks { classes, unshaded: plan.unshaded.cmyk };
            let plates = map::plates(boundaries, shades, &style, &inks).map_err(|error| self.fault(&error))?;
            Ok(PressPicture { pdf: press::picture(&plates)?, width: plates.width, height: plates.height })
        })
    }

    /// Makes something of each map of the document: of its plan, boundaries, shades and style.
    fn each<T>(
        &self,
        make: impl Fn(&Map, &Boundaries, &BTreeMap<Geoid, ClassId>, MapStyle<'_>) -> Result<T, Findings>,
    ) -> Result<Vec<T>, Findings> {
        let Some(geography) = self.geography else { return Ok(Vec::new()) };
        let figures = self.document.blocks.iter().filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        });
        let made = figures.map(|figure| {
            let plan = &self.spec.maps[figure.map];
            let font = map::read_font(&plan.font, &self.spec.root)?;
            let state = geography.state(self.code())?;
            let shades = self.published.maps()[figure.map].classes();
            make(plan, &state.boundaries, shades, self.style(figure, plan, &font))
        });
        made.collect()
    }

    fn code(&self) -> &'a str {
        &self.spec.jurisdictions[self.published.jurisdiction()].code
    }

    fn style<'f>(&self, figure: &FigureBlock, plan: &Map, font: &'f [u8]) -> MapStyle<'f> {
        let classes = plan
            .classes
            .iter()
            .zip(&figure.classes)
            .map(|((_, class), label)| ClassStyle { rgb: class.rgb, label: label.clone() });
        let mut style = MapStyle::new(classes.collect(), &figure.unshaded, &figure.legend, font);
        style.unshaded.rgb = plan.unshaded.rgb;
        style.max_width = Pt(plan.size_pt.0);
        style.max_height = Pt(plan.size_pt.1);
        style.ppi = plan.ppi;
        style.window = self.spec.jurisdictions[self.published.jurisdiction()].window;
        style
    }

    fn fault(&self, error: &map::MapError) -> Finding {
        let boundaries = self.geography.map(Geography::shown).unwrap_or_default();
        error.finding(self.spec.file.clone(), format!("{boundaries}/{}.geojson", self.code()))
    }
}
