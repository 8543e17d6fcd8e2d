//! Lengths, files and limits of a written profile.

use std::path::PathBuf;
use std::sync::OnceLock;

use crate::diag::{Finding, Findings, code, describe_io_error};
use crate::report_spec::YamlFile;
use crate::unit::Pt;

use super::super::raw::{ProfileFile, SizeFile};
use super::icc::is_cmyk_output;
use super::{Intent, Limits, Marks, Profile};

/// Largest file that a profile may name.
const FILE_LIMIT: u64 = 16 * 1024 * 1024;

pub(super) struct Resolver<'a> {
    pub raw: &'a YamlFile<ProfileFile>,
    pub findings: Findings,
}

impl Resolver<'_> {
    pub(super) fn profile(&mut self) -> Option<Profile> {
        let file = &self.raw.value;
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
        let marks = &self.raw.value.marks;
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
        let intent = &self.raw.value.output_intent;
        let (_, icc) = self.file("/output_intent/profile", &intent.profile)?;
        if !is_cmyk_output(&icc) {
            self.error("/output_intent/profile", "the file is no ICC output profile for four inks");
            return None;
        }
        Some(Intent {
            packed: OnceLock::new(),
            icc,
            condition_id: intent.condition_id.clone(),
            condition: intent.condition.clone(),
            registry: intent.registry.clone(),
        })
    }

    fn file(&mut self, pointer: &str, raw: &str) -> Option<(PathBuf, Vec<u8>)> {
        let path = match self.raw.path(pointer, raw) {
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
        read.map_err(|error| self.error(pointer, &format!("cannot read the file: {}", describe_io_error(&error))))
            .ok()
            .map(|read| (path, read))
    }

    pub(super) fn size(&mut self, pointer: &str, size: SizeFile) -> (Pt, Pt) {
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

    pub(super) fn error(&mut self, pointer: &str, message: &str) {
        self.findings.push(Finding::error(code::press::PROFILE, message).at(self.raw.place(pointer)));
    }
}
