//! The press profile, resolved: lengths in points, choices checked, the ICC profile read.

use std::path::{Path, PathBuf};

use crate::diag::{Finding, Findings, Sources};
use crate::spec::Companion;
use crate::unit::Pt;

use super::assemble::Packed;
use super::impose::{Binding, Scheme};
use super::written::{BindingFile, ImpositionFile, ProfileFile, SheetFile, SizeFile};

/// What a printer needs to know of a job, and what its files are checked against.
#[derive(Debug, Clone)]
pub struct Profile {
    /// What it is for.
    pub name: String,
    /// Width and height of the finished page.
    pub trim: (Pt, Pt),
    /// How far colour goes past the edge.
    pub bleed: Pt,
    /// How near to the edge text and pictures may come.
    pub safe: Pt,
    /// Marks outside the bleed.
    pub marks: Marks,
    /// Limits of ink, lines and pictures.
    pub limits: Limits,
    /// The printing condition.
    pub intent: Intent,
    /// Thickness of a leaf.
    pub caliper: Pt,
    /// Imposed sheets.
    pub sheets: Vec<SheetPlan>,
}

/// Marks outside the bleed.
#[derive(Debug, Clone)]
pub struct Marks {
    /// White between bleed and marks.
    pub gap: Pt,
    /// Room around the bleed.
    pub margin: Pt,
    /// Length of crop and fold marks.
    pub length: Pt,
    /// Their weight.
    pub weight: Pt,
    /// Font of the slug line, and the name of its file without ending.
    pub font: (String, Vec<u8>),
}

/// Limits of ink, lines and pictures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// All four inks together, in percent.
    pub ink: f64,
    /// Type under this size is black alone or paper.
    pub small_type: Pt,
    /// A ground with this much black, in percent, beside other inks is rich black.
    pub rich_black: f64,
    /// The thinnest line.
    pub hairline: Pt,
    /// Least resolution of pictures.
    pub image_ppi: u32,
}

/// The printing condition.
#[derive(Debug, Clone)]
pub struct Intent {
    /// The ICC profile.
    pub icc: Vec<u8>,
    /// The ICC profile, packed once for all files.
    pub(super) packed: Packed,
    /// Identifier of the condition in its registry.
    pub condition_id: String,
    /// The condition in words.
    pub condition: String,
    /// The registry.
    pub registry: String,
}

/// An imposition to make.
#[derive(Debug, Clone)]
pub struct SheetPlan {
    /// The end of its files' names.
    pub name: String,
    /// How pages are laid.
    pub scheme: Scheme,
    /// Width and height of the paper on the press.
    pub paper: (Pt, Pt),
}

/// Largest file that a profile may name.
const FILE_LIMIT: u64 = 16 * 1024 * 1024;

/// Reads a press profile.
///
/// # Errors
/// Returns every fault of the profile at its place, and files that cannot be used.
pub fn load(path: &Path, sources: &mut Sources) -> Result<Profile, Findings> {
    let written: Companion<ProfileFile> = Companion::read(path, "the press profile", sources)?;
    let mut resolver = Resolver { written: &written, findings: Findings::new() };
    let profile = resolver.profile();
    match profile {
        Some(profile) if !resolver.findings.has_errors() => Ok(profile),
        _ => Err(resolver.findings),
    }
}

struct Resolver<'a> {
    written: &'a Companion<ProfileFile>,
    findings: Findings,
}

impl Resolver<'_> {
    fn profile(&mut self) -> Option<Profile> {
        let file = &self.written.value;
        let trim = self.size("/trim", file.trim);
        let marks = self.marks();
        let intent = self.intent();
        let limits = Limits {
            ink: f64::from(file.ink.limit_percent),
            small_type: self.points("/ink/small_type_pt", file.ink.small_type_pt, 200.0),
            rich_black: f64::from(file.ink.rich_black_percent),
            hairline: self.points("/hairline_pt", file.hairline_pt, 10.0),
            image_ppi: file.image_ppi,
        };
        let (bleed, safe) = (self.inches("/bleed_in", file.bleed_in, 1.0), self.inches("/safe_in", file.safe_in, 2.0));
        let sheets = file.sheets.iter().enumerate().filter_map(|(index, sheet)| self.sheet(index, sheet)).collect();
        let profile = Profile {
            name: file.name.clone(),
            trim,
            bleed,
            safe,
            marks: marks?,
            limits,
            intent: intent?,
            caliper: self.inches("/caliper_in", file.caliper_in, 0.1),
            sheets,
        };
        self.room(&profile);
        Some(profile)
    }

    fn marks(&mut self) -> Option<Marks> {
        let marks = &self.written.value.marks;
        let (path, font) = self.file("/marks/font", &marks.font)?;
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Some(Marks {
            gap: self.inches("/marks/gap_in", marks.gap_in, 1.0),
            margin: self.inches("/marks/margin_in", marks.margin_in, 3.0),
            length: self.inches("/marks/length_in", marks.length_in, 1.0),
            weight: self.points("/marks/weight_pt", marks.weight_pt, 5.0),
            font: (stem, font),
        })
    }

    fn intent(&mut self) -> Option<Intent> {
        let intent = &self.written.value.output_intent;
        let (_, icc) = self.file("/output_intent/profile", &intent.profile)?;
        if !is_cmyk_output(&icc) {
            self.error("/output_intent/profile", "the file is no ICC output profile for four inks");
            return None;
        }
        Some(Intent {
            packed: Packed::of(&icc),
            icc,
            condition_id: intent.condition_id.clone(),
            condition: intent.condition.clone(),
            registry: intent.registry.clone(),
        })
    }

    fn sheet(&mut self, index: usize, sheet: &SheetFile) -> Option<SheetPlan> {
        let pointer = format!("/sheets/{index}");
        let unique = self.written.value.sheets.iter().take(index).all(|other| other.name != sheet.name);
        if !unique {
            self.error(&format!("{pointer}/name"), &format!("the name `{}` stands here a second time", sheet.name));
        }
        self.unused(&pointer, sheet);
        let paper = self.size(&format!("{pointer}/paper"), sheet.paper);
        let scheme = match sheet.imposition {
            ImpositionFile::TwoUp => Scheme::TwoUp,
            ImpositionFile::Saddle => Scheme::Saddle,
            ImpositionFile::Signatures => self.signatures(&pointer, sheet)?,
            ImpositionFile::CutAndStack => self.stack(&pointer, sheet)?,
        };
        Some(SheetPlan { name: sheet.name.clone(), scheme, paper })
    }

    /// Refuses keys that mean nothing in an imposition, rather than to pass over them.
    fn unused(&mut self, pointer: &str, sheet: &SheetFile) {
        let (signatures, stack) =
            (sheet.imposition == ImpositionFile::Signatures, sheet.imposition == ImpositionFile::CutAndStack);
        let keys = [
            ("pages", sheet.pages.is_some(), signatures),
            ("binding", sheet.binding.is_some(), signatures),
            ("columns", sheet.columns.is_some(), stack),
            ("rows", sheet.rows.is_some(), stack),
        ];
        for (key, _, _) in keys.into_iter().filter(|(_, given, used)| *given && !used) {
            self.error(&format!("{pointer}/{key}"), &format!("`{key}` means nothing in this imposition"));
        }
    }

    fn signatures(&mut self, pointer: &str, sheet: &SheetFile) -> Option<Scheme> {
        let pages = sheet.pages.unwrap_or(8);
        if ![4, 8, 16].contains(&pages) {
            self.error(&format!("{pointer}/pages"), "a signature has 4, 8 or 16 pages");
            return None;
        }
        let binding = match sheet.binding.unwrap_or(BindingFile::Gathered) {
            BindingFile::Gathered => Binding::Gathered,
            BindingFile::Nested => Binding::Nested,
        };
        Some(Scheme::Signatures { pages: usize::from(pages), binding })
    }

    fn stack(&mut self, pointer: &str, sheet: &SheetFile) -> Option<Scheme> {
        let (columns, rows) = (sheet.columns.unwrap_or(2), sheet.rows.unwrap_or(1));
        if !(1..=8).contains(&columns) || !(1..=8).contains(&rows) {
            self.error(pointer, "a sheet is cut into one to eight columns and rows");
            return None;
        }
        Some(Scheme::CutAndStack { columns: usize::from(columns), rows: usize::from(rows) })
    }

    /// Checks that all marks lie outside the bleed and that every grid has room on its paper.
    fn room(&mut self, profile: &Profile) {
        let marks = &profile.marks;
        if marks.gap.0 + marks.length.0 > marks.margin.0 {
            self.error("/marks/margin_in", "the marks do not fit into the margin");
        }
        for (index, sheet) in profile.sheets.iter().enumerate() {
            let grid = super::geometry::Grid::of(profile, &sheet.scheme);
            let room = |paper: Pt, size: f64| paper.0 + 0.01 >= size + 2.0 * (profile.bleed.0 + marks.margin.0);
            if !room(sheet.paper.0, grid.width()) || !room(sheet.paper.1, grid.height()) {
                let inches = |points: f64| (points + 2.0 * (profile.bleed.0 + marks.margin.0)) / 72.0;
                let message = format!(
                    "the sheet needs {:.3} by {:.3} in with bleed and marks",
                    inches(grid.width()),
                    inches(grid.height())
                );
                self.error(&format!("/sheets/{index}/paper"), &message);
            }
        }
    }

    fn file(&mut self, pointer: &str, written: &str) -> Option<(PathBuf, Vec<u8>)> {
        let path = match self.written.path(pointer, written) {
            Ok(path) => path,
            Err(finding) => {
                self.findings.push(finding);
                return None;
            }
        };
        let size = std::fs::metadata(&path).map(|data| data.len());
        let read = match size {
            Ok(size) if size > FILE_LIMIT => {
                self.error(pointer, &format!("the file has more than {FILE_LIMIT} bytes"));
                return None;
            }
            _ => std::fs::read(&path),
        };
        read.map_err(|error| self.error(pointer, &format!("cannot read the file: {error}")))
            .ok()
            .map(|read| (path, read))
    }

    fn size(&mut self, pointer: &str, size: SizeFile) -> (Pt, Pt) {
        let width = self.inches(&format!("{pointer}/width_in"), size.width_in, 200.0);
        let height = self.inches(&format!("{pointer}/height_in"), size.height_in, 200.0);
        if width.0 < 36.0 || height.0 < 36.0 {
            self.error(pointer, "a size has half an inch at least");
        }
        (width, height)
    }

    fn inches(&mut self, pointer: &str, value: f64, most: f64) -> Pt {
        Pt(self.length(pointer, value, most, "in") * 72.0)
    }

    fn points(&mut self, pointer: &str, value: f64, most: f64) -> Pt {
        Pt(self.length(pointer, value, most, "pt"))
    }

    fn length(&mut self, pointer: &str, value: f64, most: f64, unit: &str) -> f64 {
        if (0.0..=most).contains(&value) {
            return value;
        }
        self.error(pointer, &format!("the length lies between 0 and {most} {unit}"));
        0.0
    }

    fn error(&mut self, pointer: &str, message: &str) {
        self.findings.push(Finding::error("press::profile", message).at(self.written.place(pointer)));
    }
}

/// Tells whether bytes are an ICC profile of class output with four inks (ICC.1:2010, 7.2).
pub(super) fn is_cmyk_output(icc: &[u8]) -> bool {
    icc.len() > 128 && icc[36..40] == *b"acsp" && icc[12..16] == *b"prtr" && icc[16..20] == *b"CMYK"
}
