//! Which counts are possible together.

use std::collections::BTreeMap;

use crate::branch::Limit;
use crate::diags::AuditError;
use crate::model::Model;
use crate::part;
use crate::presolve::{self, Component, Link, Presolved};
use crate::reader::{Settings, presolved};
use crate::system::{LARGEST, System};

/// Is a model that is made ready for many questions.
pub struct Possible {
    /// For each cell the variable that stands for it.
    links: Vec<Link>,
    components: Vec<Component>,
    /// For each variable that stands for itself, its component and its place in it.
    places: Vec<(usize, usize)>,
    limit: Limit,
}

impl Possible {
    /// Makes a model ready.
    ///
    /// # Errors
    /// As [`audit`](crate::audit()).
    pub fn new(model: &Model, settings: &Settings) -> Result<Self, AuditError> {
        let Presolved { system, links } = presolved(model)?;
        let components = presolve::components(&system, &links);
        let mut places = vec![(0, 0); links.len()];
        for (number, component) in components.iter().enumerate() {
            for (place, variable) in component.variables.iter().enumerate() {
                places[*variable] = (number, place);
            }
        }
        Ok(Self { links, components, places, limit: settings.limit() })
    }

    /// Tells whether some world has all these cells within bounds, from the first number to the last.
    ///
    /// # Errors
    /// What the limit of work leaves open, and a position that no cell has.
    pub fn occurs(&self, bounds: &[(usize, i64, i64)]) -> Result<bool, AuditError> {
        let mut narrowed: BTreeMap<usize, System> = BTreeMap::new();
        for &(cell, from, to) in bounds {
            let Some(&Link { of, sign, .. }) = self.links.get(cell) else {
                return Err(AuditError::UnknownCell { cell });
            };
            // Whatever lies farther is not among the values of a world.
            let (from, to) = (from.clamp(-LARGEST, LARGEST), to.clamp(-LARGEST, LARGEST));
            let ends = [self.links[cell].source(from), self.links[cell].source(to)];
            let (from, to) = if sign > 0 { (ends[0], ends[1]) } else { (ends[1], ends[0]) };
            let (number, place) = self.places[of];
            let system = narrowed.entry(number).or_insert_with(|| self.components[number].system.clone());
            system.lower[place] = system.lower[place].max(from);
            system.upper[place] = Some(system.upper[place].map_or(to, |upper| upper.min(to)));
            if system.upper[place] < Some(system.lower[place]) {
                return Ok(false);
            }
        }
        for system in narrowed.values() {
            match part::base(system, None, self.limit) {
                Ok(_) => {}
                Err(AuditError::Contradiction { .. }) => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }
}
