//! The audit's model of a release: the counts of all jurisdictions with everything that a reader knows of them.

use std::collections::{BTreeMap, HashMap};

use disclosure_audit::{Cell, Fact, Model, ModelError, Relation, Settings, Status};

use crate::confidential::disclose::published::Published;
use crate::confidential::tabulate::Counts;
use crate::figures::FigureId;
use crate::report_spec::{JurisdictionId, Spec, TiVec};

use super::printed::Printed;
use super::reading::Reading;
use super::seen::{Bound, Hidden, Seen, Sum};
use super::shape::{CountId, Figure, Shape};

/// How models are audited: only the values that words leave open are asked for.
pub(super) const SETTINGS: Settings = Settings { intervals: false, ..Settings::DEFAULT };

/// Whose counts they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// A jurisdiction with a report.
    Report(JurisdictionId),
    /// All jurisdictions without one together.
    Elsewhere,
}

/// The cell of each count of a shape, in the model.
pub(super) type Cells = TiVec<CountId, usize>;

/// A hidden figure of a report.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Its cell in the model.
    pub cell: usize,
    pub jurisdiction: JurisdictionId,
    pub hidden: Hidden,
}

/// A model with what its cells are.
pub(super) struct ReleaseModel {
    pub model: Model,
    pub targets: Vec<Target>,
    /// The cell of each figure.
    pub cells: BTreeMap<(JurisdictionId, Figure), usize>,
    /// Cells of rows that are hidden together.
    pub groups: Vec<Vec<usize>>,
}

/// What a model of a release is made from.
#[derive(Clone, Copy)]
pub(super) struct Release<'a> {
    pub spec: &'a Spec,
    pub shapes: &'a [Shape],
    pub printed: &'a Printed,
    pub published: &'a [Published],
    pub counts: &'a Counts,
    /// Counts that no words name small must leave the threshold possible as well.
    pub margin: bool,
}

/// What of a release a reader looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::confidential::disclose) enum Scope {
    /// Each report by itself.
    Reports,
    /// All of them, with what they say of the nation.
    Whole,
}

pub(super) struct Builder<'a> {
    pub release: Release<'a>,
    model: Model,
    targets: Vec<Target>,
    cells: BTreeMap<(JurisdictionId, Figure), usize>,
    groups: Vec<Vec<usize>>,
    names: HashMap<String, usize>,
}

impl<'a> Release<'a> {
    /// Makes the model.
    pub(super) fn model(self, scope: Scope) -> Result<ReleaseModel, ModelError> {
        let threshold = to_signed(self.spec.hidden.threshold);
        let mut builder = Builder {
            release: self,
            model: Model::new(threshold)?,
            targets: Vec::new(),
            cells: BTreeMap::new(),
            groups: Vec::new(),
            names: HashMap::new(),
        };
        for shape in self.shapes {
            builder.group(shape, scope)?;
        }
        Ok(ReleaseModel {
            model: builder.model,
            targets: builder.targets,
            cells: builder.cells,
            groups: builder.groups,
        })
    }
}

impl Builder<'_> {
    fn group(&mut self, shape: &Shape, scope: Scope) -> Result<(), ModelError> {
        let Release { spec, published, .. } = self.release;
        let mut cells: BTreeMap<Place, Cells> = BTreeMap::new();
        for published in published {
            let reading = Reading::of(spec, shape, self.release.printed, published, self.release.counts);
            let jurisdiction = published.jurisdiction();
            let own = self.report(shape, jurisdiction, reading)?;
            // Of a report that nobody asked for no location was looked at.
            if spec.reports.contains(&jurisdiction) {
                self.maps(shape, published, &own)?;
            }
            cells.insert(Place::Report(jurisdiction), own);
        }
        if scope == Scope::Whole {
            self.ranks(shape, &cells)?;
            self.nation(shape, cells)?;
        }
        Ok(())
    }

    pub(super) fn code(&self, jurisdiction: JurisdictionId) -> &str {
        &self.release.spec.jurisdictions[jurisdiction].code
    }

    /// Adds the counts of a jurisdiction and what its report says of them.
    fn report(
        &mut self,
        shape: &Shape,
        jurisdiction: JurisdictionId,
        reading: Reading<'_>,
    ) -> Result<Cells, ModelError> {
        let code = self.code(jurisdiction).to_owned();
        let mut cells = Cells::with_capacity(shape.counts.len());
        let names = figure_names(&reading, shape);
        for (count, seen) in reading.seen.iter_enumerated() {
            let name = names.get(&count).map_or_else(|| shape.counts[count].clone(), FigureId::to_string);
            cells.push(self.cell(&format!("{code} {name}"), seen)?);
            let hidden = seen.hidden.iter().cloned();
            self.targets.extend(hidden.map(|hidden| Target { cell: cells[count], jurisdiction, hidden }));
            if let (true, false, Some(value)) = (seen.is_printed, seen.hidden.is_empty(), seen.count) {
                let name = format!("{code}: elsewhere it is printed");
                self.said(name, vec![(cells[count], 1)], Relation::Equal, value)?;
            }
        }
        let figures = shape.figures.iter().filter_map(|(figure, count)| Some((*figure, (*count)?)));
        self.cells.extend(figures.map(|(figure, count)| ((jurisdiction, figure), cells[count])));
        let groups = reading.groups.iter().map(|group| group.iter().map(|count| cells[*count]).collect());
        self.groups.extend(groups);
        self.structure(&code, shape, &cells)?;
        for Sum { parts, total, name } in reading.sums {
            let terms: Vec<(usize, i64)> = parts.iter().map(|part| (cells[*part], 1)).collect();
            self.said(format!("{code}: {name}"), terms, Relation::Equal, total)?;
        }
        for Bound { count, at_least, at_most, name } in reading.bounds {
            if reading.seen[count].is_printed {
                continue;
            }
            let ends = [(Relation::AtLeast, Some(at_least)), (Relation::AtMost, at_most)];
            for (relation, end) in ends {
                let Some(end) = end else { continue };
                let terms = vec![(cells[count], 1)];
                self.said(format!("{code}: {name}"), terms, relation, end)?;
            }
        }
        Ok(cells)
    }

    pub(super) fn structure(&mut self, code: &str, shape: &Shape, cells: &Cells) -> Result<(), ModelError> {
        for local in &shape.facts {
            let terms = local.terms.iter().map(|(count, coefficient)| (cells[*count], *coefficient)).collect();
            self.fact(format!("{code}: {}", local.name), terms, local.relation, 0)?;
        }
        Ok(())
    }

    /// Adds a count.
    pub(super) fn cell(&mut self, name: &str, seen: &Seen) -> Result<usize, ModelError> {
        let is_small = seen.hidden.iter().any(|hidden| hidden.is_small);
        let value = seen.count.map(to_signed);
        let threshold = seen.hidden.iter().filter(|hidden| hidden.is_small).map(|hidden| hidden.threshold).max();
        let threshold = threshold.map(|threshold| threshold + u64::from(self.release.margin && seen.at_most.is_none()));
        let status = match (seen.is_printed, is_small, seen.hidden.is_empty()) {
            (true, _, true) => Status::Published,
            (_, true, _) => Status::Primary,
            (_, false, false) => Status::Secondary,
            (false, false, true) => Status::Hidden,
        };
        let upper = seen.at_most.map(to_signed);
        let cell =
            Cell { status, threshold: threshold.map(to_signed), ..Cell::hidden(self.unique(name), value, status) };
        self.model.add_cell(cell.within(to_signed(seen.at_least), upper))
    }

    /// Returns a name that no cell has yet.
    fn unique(&mut self, name: &str) -> String {
        let times = self.names.entry(name.to_owned()).or_insert(0);
        *times += 1;
        if *times == 1 { name.to_owned() } else { format!("{name} [{times}]") }
    }

    /// Adds what a page says: its words stand in a derivation.
    pub(super) fn said(
        &mut self,
        words: String,
        terms: Vec<(usize, i64)>,
        relation: Relation,
        constant: u64,
    ) -> Result<(), ModelError> {
        let fact = Fact { id: words.clone(), place: words, terms, relation, constant: to_signed(constant) };
        self.model.add_fact(fact)
    }

    /// Adds what follows from the spec.
    pub(super) fn fact(
        &mut self,
        name: String,
        terms: Vec<(usize, i64)>,
        relation: Relation,
        constant: i64,
    ) -> Result<(), ModelError> {
        self.model.add_fact(Fact { id: name, place: String::new(), terms, relation, constant })
    }
}

/// The figure by which a count is named in a derivation: the first one that it is.
fn figure_names(reading: &Reading<'_>, shape: &Shape) -> BTreeMap<CountId, FigureId> {
    let mut names = BTreeMap::new();
    for (figure, count) in &shape.figures {
        if let Some(count) = count {
            names.entry(*count).or_insert_with(|| reading.figure_id(*figure));
        }
    }
    names
}

/// Counts stay far below what 63 bits hold: a model refuses greater numbers by itself.
pub(super) fn to_signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
