//! The boundary files of one vintage, read when they are needed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::diag::{Finding, Place, io_words};

use super::{Boundaries, BoundaryError, CountyIndex, Geoid, Locator, parse};

/// A folder of boundary files with their index.
pub struct Geography {
    folder: PathBuf,
    shown: String,
    index: CountyIndex,
    read: Mutex<BTreeMap<String, Slot>>,
    /// Jurisdictions that nothing is looked up in, by code.
    left_out: BTreeSet<String>,
}

/// The boundaries of one jurisdiction, read by whoever asks first; others wait for that one only.
type Slot = Arc<OnceLock<Result<Arc<State>, Finding>>>;

/// The boundaries of one jurisdiction, ready for use.
pub struct State {
    /// Its counties.
    pub boundaries: Boundaries,
    locator: Locator,
}

impl Geography {
    /// Opens a folder that holds `index.json` and one `CODE.geojson` for each jurisdiction.
    ///
    /// # Errors
    /// Says that the index cannot be read, is malformed, or is of another vintage.
    pub fn open(folder: PathBuf, shown: String, vintage: u16) -> Result<Self, Finding> {
        let index = read_text(&folder, &shown, "index.json")?;
        let index = CountyIndex::parse(&index).map_err(|error| fault(&shown, "index.json", &error))?;
        if index.vintage() != vintage {
            let error = BoundaryError::WrongVintage { found: index.vintage(), wanted: vintage };
            return Err(fault(&shown, "index.json", &error));
        }
        Ok(Self { folder, shown, index, read: Mutex::new(BTreeMap::new()), left_out: BTreeSet::new() })
    }

    /// Returns the counties of all jurisdictions.
    pub fn index(&self) -> &CountyIndex {
        &self.index
    }

    /// Reads the boundaries of a jurisdiction, once.
    ///
    /// # Errors
    /// Says that the file cannot be read, is malformed, or is of another vintage.
    pub fn state(&self, code: &str) -> Result<Arc<State>, Finding> {
        let slot = {
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            read.entry(code.to_owned()).or_default().clone()
        };
        slot.get_or_init(|| self.read_state(code)).clone()
    }

    /// Reads the boundaries of some jurisdictions ahead, on all cores; a fault is told when they are asked for.
    pub fn read_ahead(&self, codes: &[&str]) {
        codes.par_iter().for_each(|code| drop(self.state(code)));
    }

    /// Leaves out those of some jurisdictions whose boundaries cannot be read; returns them with their faults.
    pub fn leave_out_unreadable(&mut self, codes: &[&str]) -> BTreeMap<String, Finding> {
        self.read_ahead(codes);
        let fault = |code: &&str| Some(((*code).to_owned(), self.state(code).err()?));
        let faults: BTreeMap<String, Finding> = codes.iter().filter_map(fault).collect();
        self.left_out.extend(faults.keys().cloned());
        faults
    }

    /// Tells whether a jurisdiction is left out, so that a point found nowhere may lie there.
    pub fn is_partial(&self) -> bool {
        !self.left_out.is_empty()
    }

    fn read_state(&self, code: &str) -> Result<Arc<State>, Finding> {
        let file = format!("{code}.geojson");
        let text = read_text(&self.folder, &self.shown, &file)?;
        let boundaries = parse(&text).map_err(|error| fault(&self.shown, &file, &error))?;
        if boundaries.jurisdiction != code {
            let error = BoundaryError::OtherJurisdiction { found: boundaries.jurisdiction, wanted: code.to_owned() };
            return Err(fault(&self.shown, &file, &error));
        }
        boundaries.require_vintage(self.index.vintage()).map_err(|error| fault(&self.shown, &file, &error))?;
        let locator = Locator::new(&boundaries);
        Ok(Arc::new(State { boundaries, locator }))
    }

    /// Finds the county of a point, in the given jurisdiction first and then in all others that are not left out.
    ///
    /// # Errors
    /// Passes on what is wrong with a boundary file.
    pub fn locate(&self, code: Option<&str>, longitude: f64, latitude: f64) -> Result<Option<Geoid>, Finding> {
        let others = self.index.jurisdictions().filter(|other| Some(*other) != code);
        let candidates = code.filter(|code| self.index.has(code)).into_iter().chain(others);
        for candidate in candidates.filter(|candidate| !self.left_out.contains(*candidate)) {
            let state = self.state(candidate)?;
            if let Some(geoid) = state.locator.locate(longitude, latitude) {
                return Ok(Some(geoid.clone()));
            }
        }
        Ok(None)
    }
}

fn read_text(folder: &std::path::Path, shown: &str, file: &str) -> Result<String, Finding> {
    std::fs::read_to_string(folder.join(file)).map_err(|error| {
        Finding::error("boundaries::unreadable", format!("cannot read the boundaries: {}", io_words(&error)))
            .in_file(format!("{shown}/{file}"))
    })
}

fn fault(shown: &str, file: &str, error: &BoundaryError) -> Finding {
    let file = format!("{shown}/{file}");
    let finding = Finding::error(error.code(), error.to_string());
    match error {
        BoundaryError::NotGeoJson { line, .. } if *line > 0 => {
            finding.at(Place::Record { file: file.into(), line: *line as u64, column: None })
        }
        BoundaryError::WrongVintage { .. } => finding
            .in_file(file)
            .help("the spec's `vintage` must be the year of the boundaries in its folder".to_owned()),
        _ => finding.in_file(file),
    }
}
