//! What all fuzz targets share: a project of its own for each process, and what must hold of every finding.

use std::fs;
use std::path::PathBuf;

use platen::diag::{Findings, Sources, render, steers};
use platen::report_spec::{self, Places, Spec};
use tempfile::TempDir;

/// A project in a folder that goes away with the process.
pub struct Project(TempDir);

impl Default for Project {
    fn default() -> Self {
        Self::new()
    }
}

impl Project {
    /// Lays out `fuzz/project` with an empty layout and no data.
    ///
    /// # Panics
    /// Where the folder of temporary files cannot be written.
    pub fn new() -> Self {
        let project = Self(tempfile::tempdir().expect("the folder of temporary files can be written"));
        for folder in ["config", "data", "layouts/none", "fonts", "geodata/2016"] {
            fs::create_dir_all(project.path(folder)).expect("the folder of temporary files can be written");
        }
        project.write("data/people.csv", "id,state,day,kind,part,yes,county,lon,lat\n");
        project.write("data/visits.csv", "of\n1\n");
        project.write("config/fuzz.yaml", include_str!("../project/config/fuzz.yaml"));
        project
    }

    /// Returns the path of a file of the project.
    pub fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    /// Writes a file of the project.
    ///
    /// # Panics
    /// Where the folder of temporary files cannot be written.
    pub fn write(&self, file: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(file), content).expect("the folder of temporary files can be written");
    }

    /// Reads the spec of the project.
    ///
    /// # Panics
    /// Where it has a fault: it has none.
    pub fn spec(&self) -> Spec {
        let mut sources = Sources::default();
        match report_spec::load(&self.path("config/fuzz.yaml"), &Places::default(), &mut sources) {
            Ok(spec) => spec,
            Err(findings) => panic!("{}", findings.iter().map(|finding| render(finding, &sources)).collect::<String>()),
        }
    }
}

/// Checks that a refusal has reasons that can be shown.
///
/// # Panics
/// Where it has none, or one that steers a terminal or runs on without end: the fuzzer keeps the input.
pub fn check(findings: &Findings, sources: &Sources) {
    assert!(findings.has_errors(), "what is refused has a reason");
    for finding in findings.iter() {
        assert!(!finding.message.is_empty() && finding.message.len() < 4096, "{}", finding.code);
        let shown = render(finding, sources);
        let is_bad = |c: char| steers(c) && !matches!(c, '\n' | '\t');
        assert!(!shown.contains(is_bad), "{}: a character that steers", finding.code);
    }
}

/// Checks a refusal of a file that has no source text.
///
/// # Panics
/// As [`check`].
pub fn check_alone(findings: &Findings) {
    check(findings, &Sources::default());
}

/// Checks remarks, of which there may be none.
///
/// # Panics
/// As [`check`].
pub fn check_shown(findings: &Findings) {
    if !findings.is_empty() {
        check_alone(findings);
    }
}
