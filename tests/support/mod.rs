//! A project of its own for each test, the program, and outside readers of PDFs.

pub(crate) mod page;
pub(crate) mod parquet;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use tempfile::TempDir;

/// The repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of the project in a folder that goes away with the test.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// A folder without files.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Copies spec, sample data, layouts, fonts, and the boundaries of Connecticut.
    pub(crate) fn new() -> Self {
        let project = Self::empty();
        for folder in ["config", "data/connecticut-2016", "layouts", "fonts"] {
            copy(&repository().join(folder), &project.path(folder));
        }
        for file in ["geodata/2016/index.json", "geodata/2016/CT.geojson"] {
            project.add(file);
        }
        project
    }

    /// Copies one more file of the repository.
    pub(crate) fn add(&self, file: &str) {
        let to = self.path(file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(repository().join(file), to).unwrap();
    }

    /// Returns the path of a file of the project.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// Reads a file of the project.
    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// Writes a file of the project.
    pub(crate) fn write(&self, file: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(file), content).unwrap();
    }

    /// Replaces words of a file; they must stand there exactly once.
    pub(crate) fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in {file}");
        self.write(file, text.replace(from, to));
    }

    /// Runs the program in the project's folder.
    pub(crate) fn platen(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Prepares a run of the program in the project's folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_platen"));
        command.args(arguments).current_dir(self.folder.path()).env("NO_COLOR", "1");
        command
    }

    /// Runs the program, which must succeed, and returns what it prints.
    pub(crate) fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.platen(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the program, which must refuse with exit code 1, and returns its findings.
    pub(crate) fn refuses(&self, arguments: &[&str]) -> String {
        let output = self.platen(arguments);
        let findings = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{findings}");
        findings
    }

    /// Checks and builds, which must be refused with the same findings, and returns what the check says.
    pub(crate) fn refused_alike(&self, spec: &str) -> String {
        let checked = self.refuses(&["check", spec]);
        let findings = checked.strip_suffix('\n').unwrap();
        assert_eq!(self.refuses(&["build", spec]), format!("{findings}; nothing was published\n"));
        checked
    }

    /// Builds the report of Connecticut as plain text.
    pub(crate) fn text(&self) -> String {
        self.succeeds(&["build", "config/nhth-2016.yaml", "--text"])
    }

    /// Builds the PDF of Connecticut and returns its path.
    pub(crate) fn pdf(&self) -> PathBuf {
        self.succeeds(&["build", "config/nhth-2016.yaml"]);
        self.path("out/pdf/Connecticut-2016.pdf")
    }
}

/// The files of a release of the shipped national edition. The first test that asks makes it.
pub(crate) fn national_release() -> &'static BTreeMap<String, Vec<u8>> {
    static FILES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
        let project = Project::empty();
        let spec = repository().join("config/nhth-2016-national.yaml");
        project.succeeds(&["release", spec.to_str().unwrap(), "--out", "release", "--no-cache"]);
        files(&project.path("release"))
    });
    &FILES
}

/// What a check of the sample's spec says after these edits.
pub(crate) fn refused(edits: &[(&str, &str)]) -> String {
    let project = Project::new();
    for (from, to) in edits {
        project.edit("config/nhth-2016.yaml", from, to);
    }
    project.refuses(&["check", "config/nhth-2016.yaml"])
}

/// Asserts that the sample's spec says the same after these edits.
pub(crate) fn reads_the_same(edits: &[(&str, &str)]) {
    let project = Project::new();
    let before = project.text();
    for (from, to) in edits {
        project.edit("config/nhth-2016.yaml", from, to);
    }
    assert_eq!(project.text(), before, "{edits:?}");
}

/// Runs the program in a project, and returns its findings and the most memory that it held, in bytes.
pub(crate) fn peak_of(project: &Project, arguments: &[&str]) -> (String, u64) {
    let measure = "import resource, subprocess, sys\n\
                   code = subprocess.run(sys.argv[1:]).returncode\n\
                   print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, code)";
    let output = Command::new("python3")
        .args(["-c", measure, env!("CARGO_BIN_EXE_platen")])
        .args(arguments)
        .current_dir(project.path(""))
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let says = String::from_utf8(output.stderr).unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let last = printed.lines().next_back().unwrap();
    let (peak, code) = last.split_once(' ').unwrap();
    assert!(matches!(code, "0" | "1"), "exit code {code}: {says}");
    (says, peak.parse().unwrap())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Returns the code of a source without its comments.
pub(crate) fn without_comments(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code));
    lines.collect::<Vec<_>>().join("\n")
}

/// Every file below a folder by its relative path.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Runs an outside tool, which must be there and must succeed, and returns what it prints.
pub(crate) fn tool(name: &str, arguments: &[&str]) -> String {
    let output = Command::new(name)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("`{name}` is needed by this test; `tests/run` installs it: {error}"));
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Reads the text of each page with Poppler.
pub(crate) fn pages(pdf: &Path) -> Vec<String> {
    let text = tool("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"]);
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "every page ends with a form feed");
    pages
}

/// Removes white space and bold marks, and writes superscript digits as digits.
pub(crate) fn plain(text: &str) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

    text.replace("**", "")
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| {
            let digit = digits.iter().position(|digit| *digit == c);
            digit.and_then(|digit| char::from_digit(digit as u32, 10)).unwrap_or(c)
        })
        .collect::<String>()
}

/// Letters set one after another in one font, size and colour.
pub(crate) struct Run {
    pub font: String,
    pub size: String,
    pub color: String,
    pub text: String,
}

/// Reads letters with their fonts and colours with MuPDF, white space left out.
pub(crate) fn runs(pdf: &Path) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut face = (String::new(), String::new());
    for line in tool("mutool", &["draw", "-q", "-F", "stext", pdf.to_str().unwrap()]).lines() {
        if line.starts_with("<font ") {
            face = (attribute(line, "name"), attribute(line, "size"));
        } else if line.starts_with("<char ") {
            let letter = unescaped(&attribute(line, "c"));
            if letter.trim().is_empty() {
                continue;
            }
            let color = attribute(line, "color");
            match runs.last_mut() {
                Some(run) if (&run.font, &run.size, &run.color) == (&face.0, &face.1, &color) => run.text += &letter,
                _ => runs.push(Run { font: face.0.clone(), size: face.1.clone(), color, text: letter }),
            }
        }
    }
    runs
}

/// Reads the words that are set in a bold face of the text size or more, white space left out.
pub(crate) fn bold_words(pdf: &Path) -> Vec<String> {
    let is_bold = |run: &Run| run.font.contains("SemiBold") || run.font.contains("Bold");
    runs(pdf).into_iter().filter(is_bold).map(|run| run.text).collect()
}

pub(crate) fn attribute(line: &str, name: &str) -> String {
    let from = line.find(&format!(" {name}=\"")).unwrap() + name.len() + 3;
    line[from..].split_once('"').unwrap().0.to_owned()
}

fn unescaped(letter: &str) -> String {
    let code = letter.strip_prefix("&#x").and_then(|rest| rest.strip_suffix(';'));
    match (letter, code) {
        ("&quot;", _) => "\"".to_owned(),
        ("&amp;", _) => "&".to_owned(),
        ("&apos;", _) => "'".to_owned(),
        ("&lt;", _) => "<".to_owned(),
        ("&gt;", _) => ">".to_owned(),
        (_, Some(code)) => char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap().to_string(),
        _ => letter.to_owned(),
    }
}

/// The records of a source: a CSV file of the sample.
pub(crate) struct Records {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Records {
    fn parse(text: &str) -> Self {
        assert!(!text.contains('"'), "the sample quotes no value");
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect());
        Self { head: lines.next().unwrap(), rows: lines.collect() }
    }

    fn column(&self, name: &str) -> usize {
        self.head.iter().position(|column| column == name).unwrap()
    }

    /// Finds the rows that hold these values.
    pub(crate) fn find(&self, values: &[(&str, &str)]) -> Vec<usize> {
        let wanted: Vec<(usize, &str)> = values.iter().map(|(name, value)| (self.column(name), *value)).collect();
        let fits = |row: &Vec<String>| wanted.iter().all(|(column, value)| row[*column] == *value);
        self.rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(at, _)| at).collect()
    }

    /// Writes values into the first `count` of the rows that hold others; there must be as many.
    pub(crate) fn recode(&mut self, count: usize, from: &[(&str, &str)], to: &[(&str, &str)]) {
        let found = self.find(from);
        assert!(found.len() >= count, "{} rows hold {from:?}", found.len());
        for row in &found[..count] {
            for (name, value) in to {
                let column = self.column(name);
                (*value).clone_into(&mut self.rows[*row][column]);
            }
        }
    }

    /// Writes values into all rows that hold others.
    pub(crate) fn recode_all(&mut self, from: &[(&str, &str)], to: &[(&str, &str)]) {
        self.recode(self.find(from).len(), from, to);
    }

    /// Keeps the first `count` of the rows that hold these values, and no others.
    pub(crate) fn keep(&mut self, count: usize, values: &[(&str, &str)]) {
        let found = self.find(values);
        assert!(found.len() >= count, "{} rows hold {values:?}", found.len());
        self.rows = found[..count].iter().map(|row| self.rows[*row].clone()).collect();
    }

    /// Adds copies of the first row that holds these values, each with an id of its own.
    pub(crate) fn repeat(&mut self, count: usize, values: &[(&str, &str)]) {
        let row = self.rows[self.find(values)[0]].clone();
        for number in 0..count {
            let mut copy = row.clone();
            copy[0] = format!("{}-{}-{number}", row[0], self.rows.len());
            self.rows.push(copy);
        }
    }

    /// Removes one row.
    pub(crate) fn remove(&mut self, row: usize) {
        self.rows.remove(row);
    }

    /// Removes all rows.
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: &str) {
        self.rows.push(row.split(',').map(str::to_owned).collect());
    }

    fn text(&self) -> String {
        std::iter::once(&self.head).chain(&self.rows).map(|row| row.join(",") + "\n").collect()
    }
}

impl Project {
    /// Changes the records of a source.
    pub(crate) fn records(&self, source: &str, change: impl FnOnce(&mut Records)) {
        let file = format!("data/connecticut-2016/{source}.csv");
        let mut records = Records::parse(&self.read(&file));
        change(&mut records);
        self.write(&file, records.text());
    }

    /// Builds and reads the machine-readable tables of a report.
    pub(crate) fn published(&self, name: &str) -> serde_json::Value {
        self.succeeds(&["build", "config/nhth-2016.yaml"]);
        serde_json::from_str(&self.read(&format!("out/tables/{name}.json"))).unwrap()
    }

    /// Builds and lists the published rows of Connecticut: table, key, and the cells as printed.
    pub(crate) fn cells(&self) -> Vec<String> {
        rows(&self.published("Connecticut-2016"))
    }
}

/// Lists the rows of all published tables, counters, and shaded counties with their class.
pub(crate) fn rows(published: &serde_json::Value) -> Vec<String> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let list = |value: &serde_json::Value| value.as_array().unwrap().clone();
    let mut rows = Vec::new();
    for counter in list(&published["counters"]) {
        rows.push(format!("{} {}", text(&counter["value"]), text(&counter["label"])));
    }
    for table in list(&published["tables"]) {
        for row in list(&table["rows"]) {
            let key: Vec<String> = list(&row["key"]).iter().map(text).collect();
            let cells: Vec<String> = list(&row["cells"]).iter().map(|cell| text(&cell["text"])).collect();
            rows.push(format!("{} {}: {}", text(&table["id"]), key.join("/"), cells[1..].join(" | ")));
        }
    }
    for map in list(&published["maps"]) {
        for (county, class) in map["counties"].as_object().unwrap() {
            rows.push(format!("map {county}: {}", text(&map["classes"][class.as_u64().unwrap() as usize])));
        }
    }
    rows
}

/// Tells what changed between two lists: lines that went (`-`) and that came (`+`), in reading order.
pub(crate) fn changes(before: &[String], after: &[String]) -> Vec<String> {
    let mut common = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for (i, one) in before.iter().enumerate().rev() {
        for (j, other) in after.iter().enumerate().rev() {
            common[i][j] = if one == other { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut changes) = (0, 0, Vec::new());
    while i < before.len() || j < after.len() {
        if i < before.len() && j < after.len() && before[i] == after[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == after.len() || (i < before.len() && common[i + 1][j] >= common[i][j + 1]) {
            changes.push(format!("- {}", before[i]));
            i += 1;
        } else {
            changes.push(format!("+ {}", after[j]));
            j += 1;
        }
    }
    changes
}
