//! What the release of a nation costs, beside typesetting alone of the same documents.
//!
//! `cargo bench --bench release [-- ROUNDS]` prints the fastest and the median of so many rounds of each (5 by default).
//! `benches/README.md` says what each line is and what it gave.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "this is a command: its figures go to stdout")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use platen::compose::{self, Document};
use platen::diag::Sources;
use platen::pipeline::Edition;
use platen::report_spec::{Places, Spec};
use platen::typeset::{self, Attachment, LayoutAssets, Placed};
use tempfile::TempDir;

const SPEC: &str = "config/nhth-2016-national.yaml";

/// The 50 states, Washington, D.C. and Puerto Rico.
const REPORTS: &str = "AL,AK,AZ,AR,CA,CO,CT,DE,DC,FL,GA,HI,ID,IL,IN,IA,KS,KY,LA,ME,MD,MA,MI,MN,MS,MO,MT,NE,NV,NH,NJ,NM,NY,\
                       NC,ND,OH,OK,OR,PA,RI,SC,SD,TN,TX,UT,VT,VA,WA,WV,WI,WY,PR";

fn main() {
    let rounds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(5);
    let project = Project::new();
    let mut lines = vec![
        ("typesetting alone, maps and tables ready", Vec::new()),
        ("release, nothing kept", Vec::new()),
        ("release, nothing changed", Vec::new()),
        ("release, one record of one jurisdiction changed", Vec::new()),
    ];
    let ready = Ready::new(&project);
    let mut peak = 0;
    for round in 0..rounds {
        lines[0].1.push(ready.typeset());
        project.forget();
        let (cold, memory) = project.release();
        peak = peak.max(memory);
        lines[1].1.push(cold);
        lines[2].1.push(project.release().0);
        project.change(round);
        lines[3].1.push(project.release().0);
    }
    println!("{:<50} {:>9} {:>9}", format!("{} reports, {rounds} rounds", ready.documents.len()), "fastest", "median");
    for (name, times) in &mut lines {
        times.sort_unstable();
        println!("{name:<50} {:>7.3} s {:>7.3} s", times[0].as_secs_f64(), times[times.len() / 2].as_secs_f64());
    }
    let share = 100.0 * (1.0 - lines[0].1[0].as_secs_f64() / lines[1].1[0].as_secs_f64());
    println!("{:<50} {share:>7.0} %", "of the release beyond typesetting alone (fastest)");
    println!("{:<50} {:>7.0} MB", "most memory of a release", peak as f64 / 1024.0);
}

/// A copy of the project, so that a record can be changed.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["config", "data", "layouts", "fonts", "geodata"] {
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name), &folder.path().join(name));
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Takes away what earlier rounds left.
    fn forget(&self) {
        for name in ["release", "cache"] {
            let _ = fs::remove_dir_all(self.path(name));
        }
    }

    /// Runs a release; returns its time and its most memory in KiB.
    fn release(&self) -> (Duration, u64) {
        let start = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_platen"))
            .args(["release", SPEC, "--only", REPORTS, "--out", "release", "--cache", "cache"])
            .current_dir(self.0.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (mut peak, status) = (0, format!("/proc/{}/status", child.id()));
        let outcome = loop {
            let memory = fs::read_to_string(&status).unwrap_or_default();
            let line = memory.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            peak = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(peak);
            if let Some(outcome) = child.try_wait().unwrap() {
                break outcome;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        assert!(outcome.success());
        (start.elapsed(), peak)
    }

    /// Gives one case of Texas another reason.
    fn change(&self, round: usize) {
        let path = self.path("data/national-2016/cases.csv");
        let text = fs::read_to_string(&path).unwrap();
        let case = text.lines().filter(|line| line.contains(",TX,")).nth(round).unwrap();
        let reason = case.split(',').nth(3).unwrap();
        let other = if reason == "tip" { "crisis" } else { "tip" };
        fs::write(&path, text.replacen(case, &case.replacen(reason, other, 1), 1)).unwrap();
    }
}

/// Documents with their maps and tables ready, in this process.
struct Ready {
    spec: Spec,
    documents: Vec<(Document, Vec<Placed>, Vec<u8>)>,
}

impl Ready {
    fn new(project: &Project) -> Self {
        let only: Vec<String> = REPORTS.split(',').map(str::to_owned).collect();
        let edition =
            Edition::load(&project.path(SPEC), &Places::default(), &only, &mut Sources::default()).ok().unwrap();
        let documents = edition.documents().ok().unwrap().into_iter().enumerate();
        let documents = documents.map(|(report, document)| {
            let tables = compose::published_tables(
                &edition.spec,
                &edition.published[report],
                &document,
                edition.geography.as_ref().map(platen::boundaries::Geography::index),
            );
            let tables = tables.to_json();
            let pictures = edition.pictures(report, &document).ok().unwrap();
            (document, pictures, tables)
        });
        Self { documents: documents.collect(), spec: edition.spec }
    }

    /// Reads layout and fonts and typesets all documents, as many at a time as there are cores.
    fn typeset(&self) -> Duration {
        typeset::forget(0);
        let next = AtomicUsize::new(0);
        let start = Instant::now();
        let assets = LayoutAssets::read(&self.spec.layout, &self.spec.fonts, &self.spec.root).ok().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..rayon::current_num_threads() {
                scope.spawn(|| {
                    while let Some((document, pictures, tables)) =
                        self.documents.get(next.fetch_add(1, Ordering::Relaxed))
                    {
                        let attachment = Attachment {
                            name: format!("{}.json", document.meta.file_name),
                            mime: "application/json",
                            description: document.meta.title.clone(),
                            content: tables.clone(),
                        };
                        typeset::access_copy(&assets, document, pictures, &[attachment]).ok().unwrap();
                        typeset::forget(typeset::MEMORY);
                    }
                });
            }
        });
        start.elapsed()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, target).map(|_| ()).unwrap() }
    }
}
