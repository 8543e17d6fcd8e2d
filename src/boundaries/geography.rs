//! The boundary files of one vintage, read when they are needed.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::diag::{Finding, Findings, code, describe_io_error};
use crate::unit::Digest;

use super::agree::{against_spec, compare, misplaced};
use super::text::decode;
use super::{
    Boundaries, BoundaryError, CountyIndex, Fault, Geoid, Locator, MAX_BYTES, Parsed, detail, detail_file, read,
};

/// A folder of boundary files with their index.
pub struct Geography {
    folder: PathBuf,
    shown: String,
    index: CountyIndex,
    states: Slots<State>,
    locators: Slots<Locator>,
    /// Jurisdictions that nothing is looked up in, by code.
    left_out: BTreeSet<String>,
}

/// What was read of each jurisdiction: by whoever asks first, others wait for that one only.
struct Slots<T>(Mutex<BTreeMap<String, Slot<T>>>);

type Slot<T> = Arc<OnceLock<Result<Arc<T>, Findings>>>;

impl<T> Slots<T> {
    fn get(&self, code: &str, make: impl FnOnce() -> Result<T, Findings>) -> Result<Arc<T>, Findings> {
        let slot = {
            let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match slots.get(code) {
                Some(slot) => slot.clone(),
                None => slots.entry(code.to_owned()).or_default().clone(),
            }
        };
        slot.get_or_init(|| make().map(Arc::new)).clone()
    }
}

/// The boundaries of one jurisdiction, ready for use.
pub struct State {
    /// Its counties.
    pub boundaries: Boundaries,
    /// What the user should know of them.
    pub remarks: Vec<Finding>,
}

impl State {
    /// Compares the boundaries with what a spec says of the jurisdiction; `file` is how findings name them.
    pub fn compare(&self, fips: Option<&str>, window: Option<[f64; 4]>, file: String) -> Vec<Finding> {
        let errors = against_spec(&self.boundaries, fips, window);
        errors.into_iter().map(|error| Fault::from(error).finding(file.clone())).collect()
    }
}

impl Geography {
    /// Opens a folder of a project that holds `index.json` and one `CODE.geojson` for each jurisdiction.
    ///
    /// # Errors
    /// Returns an error if a file is a link out of the project, or if the index cannot be read, is malformed, or is of another
    /// vintage.
    pub fn open(root: &Path, folder: PathBuf, vintage: u16) -> Result<Self, Finding> {
        let shown = folder.strip_prefix(root).unwrap_or(&folder).to_string_lossy().into_owned();
        must_stay_inside(root, &folder, &shown)?;
        let bytes = read_bytes(&folder.join("index.json"), &shown, "index.json")?;
        let index = decode(bytes).and_then(|text| CountyIndex::parse(&text));
        let index = index.map_err(|fault| fault.finding(format!("{shown}/index.json")))?;
        if index.vintage() != vintage {
            let fault = Fault::from(BoundaryError::WrongVintage { found: index.vintage(), wanted: vintage });
            return Err(fault.finding(format!("{shown}/index.json")));
        }
        let (states, locators) = (Slots(Mutex::default()), Slots(Mutex::default()));
        Ok(Self { folder, shown, index, states, locators, left_out: BTreeSet::new() })
    }

    /// Returns the counties of all jurisdictions.
    pub fn index(&self) -> &CountyIndex {
        &self.index
    }

    /// Returns the folder as findings name it.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Teaches the index how counties are printed and of which kinds they are, as far as boundaries were read.
    ///
    /// The index alone does not know the kinds, by which counties of one name are told apart.
    pub fn learn_names(&mut self) {
        let states: Vec<Arc<State>> = {
            let slots = self.states.0.lock().unwrap_or_else(PoisonError::into_inner);
            slots.values().filter_map(|slot| slot.get()?.as_ref().ok().cloned()).collect()
        };
        for state in states {
            self.index.learn(&state.boundaries);
        }
    }

    /// Reads the boundaries of a jurisdiction, once.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, is malformed, is of another vintage, or is not what the index says.
    pub fn state(&self, code: &str) -> Result<Arc<State>, Findings> {
        self.states.get(code, || self.read_state(code))
    }

    /// Reads the boundaries by which points of a jurisdiction are located, once: the detailed ones where the folder has
    /// them, else those of the map.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or holds other counties than the index.
    pub fn locator(&self, code: &str) -> Result<Arc<Locator>, Findings> {
        self.locators.get(code, || match detail_file(&self.folder, code) {
            path if path.is_file() => Ok(self.read_detail(code, &path)?),
            _ => Ok(Locator::new(&self.state(code)?.boundaries)),
        })
    }

    /// Forgets what was read for locating points alone.
    pub fn forget_locators(&mut self) {
        self.locators = Slots(Mutex::default());
    }

    /// Reads the boundaries of some jurisdictions ahead, on all cores; a fault is told when they are asked for.
    pub fn read_ahead(&self, codes: &[&str]) {
        codes.par_iter().for_each(|code| drop(self.state(code)));
    }

    /// Reads the boundaries by which points of some jurisdictions are located ahead, as [`read_ahead`](Self::read_ahead).
    pub fn locators_ahead(&self, codes: &HashSet<&str>) {
        codes.par_iter().for_each(|code| drop(self.locator(code)));
    }

    /// Leaves out those of some jurisdictions whose boundaries cannot be read; returns them with their faults.
    pub fn leave_out_unreadable(&mut self, codes: &[&str]) -> BTreeMap<String, Findings> {
        self.read_ahead(codes);
        self.locators_ahead(&codes.iter().copied().collect());
        let fault = |code: &str| self.state(code).err().or_else(|| self.locator(code).err());
        let fault = |code: &&str| Some(((*code).to_owned(), fault(code)?));
        let faults: BTreeMap<String, Findings> = codes.iter().filter_map(fault).collect();
        self.left_out.extend(faults.keys().cloned());
        faults
    }

    /// Tells whether a jurisdiction is left out, so that nothing is known of what lies there.
    pub(super) fn is_left_out(&self, code: &str) -> bool {
        self.left_out.contains(code)
    }

    fn read_state(&self, code: &str) -> Result<State, Findings> {
        let file = format!("{code}.geojson");
        let bytes = read_bytes(&self.folder.join(&file), &self.shown, &file)?;
        let shown = format!("{}/{file}", self.shown);
        let described = self.index.described(code).and_then(|described| described.sha256);
        let other_digest = described.and_then(|wanted| Some(written_digest(&bytes)).filter(|found| *found != wanted));
        let told =
            |faults: Vec<Fault>| -> Findings { faults.iter().map(|fault| fault.finding(shown.clone())).collect() };
        let text = decode(bytes).map_err(|fault| told(vec![fault]))?;
        let Parsed { boundaries, remarks } = read(&text).map_err(told)?;
        if boundaries.jurisdiction != code {
            let error = BoundaryError::OtherJurisdiction { found: boundaries.jurisdiction, wanted: code.to_owned() };
            return Err(told(vec![error.into()]));
        }
        boundaries.require_vintage(self.index.vintage()).map_err(|error| told(vec![error.into()]))?;
        let differing = compare(&boundaries, other_digest, &self.index).into_iter().map(Fault::from);
        let all = told(remarks.into_iter().chain(differing).collect());
        let ((), remarks) = all.into_result(())?;
        Ok(State { boundaries, remarks: remarks.into_iter().collect() })
    }

    fn read_detail(&self, code: &str, path: &Path) -> Result<Locator, Finding> {
        let file = format!("{code}.topojson.gz");
        let bytes = read_bytes(path, &self.shown, &file)?;
        let bad =
            |reason: String| Fault::from(BoundaryError::BadDetail { reason }).finding(format!("{}/{file}", self.shown));
        let locator = detail::locator(&bytes, code, self.index.vintage()).map_err(bad)?;
        let listed: Vec<&Geoid> = self.index.of_jurisdiction(code).map(|(geoid, _)| geoid).collect();
        if !locator.areas().map(|area| &area.geoid).eq(listed) {
            return Err(bad("its counties are not those of the index".into()));
        }
        if let Ok(state) = self.state(code)
            && let Some(geoid) = misplaced(&locator, &state.boundaries)
        {
            return Err(bad(format!("county {geoid} is not where the map has it, or of another size")));
        }
        Ok(locator)
    }
}

/// Refuses boundary files that are links out of the project: reports are made of them, and a release publishes outlines as
/// they stand and digests of the others.
fn must_stay_inside(root: &Path, folder: &Path, shown: &str) -> Result<(), Finding> {
    let unreadable = |file: &str, message: String| {
        Finding::error(code::boundaries::UNREADABLE, message).in_file(format!("{shown}{file}"))
    };
    let failed = |error: io::Error| {
        unreadable("", format!("cannot read the folder of boundaries: {}", describe_io_error(&error)))
    };
    let root = root.canonicalize().map_err(failed)?;
    for entry in folder.read_dir().map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_read = [".json", ".geojson", ".topojson.gz"].iter().any(|ending| name.ends_with(ending));
        let leads_out = || entry.path().canonicalize().is_ok_and(|real| !real.starts_with(&root));
        if is_read && entry.file_type().map_err(failed)?.is_symlink() && leads_out() {
            return Err(unreadable(&format!("/{name}"), "the path leads out of the project".to_owned()));
        }
    }
    Ok(())
}

/// Reads a file, which must not be longer than a boundary file may be.
fn read_bytes(path: &Path, shown: &str, file: &str) -> Result<Vec<u8>, Finding> {
    let mut bytes = Vec::new();
    // A pipe would be waited for.
    let open = || match path.metadata()?.is_file() {
        true => File::open(path),
        false => Err(io::Error::other("it is no regular file")),
    };
    let read = open().and_then(|file| file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes));
    read.map_err(|error| {
        Finding::error(
            code::boundaries::UNREADABLE,
            format!("cannot read the boundaries: {}", describe_io_error(&error)),
        )
        .in_file(format!("{shown}/{file}"))
    })?;
    if bytes.len() > MAX_BYTES {
        return Err(Fault::from(BoundaryError::TooLarge { limit: MAX_BYTES }).finding(format!("{shown}/{file}")));
    }
    Ok(bytes)
}

/// Computes the digest of a file as it was made: without a byte order mark, and with single line ends, as version
/// control changes them.
fn written_digest(bytes: &[u8]) -> Digest {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if !bytes.contains(&b'\r') {
        return Digest::of(bytes);
    }
    let mut single = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if !(*byte == b'\r' && bytes.get(at + 1) == Some(&b'\n')) {
            single.push(*byte);
        }
    }
    Digest::of(&single)
}
