//! The import rule: a stage imports only what stands before it, and each outside library has one door.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{repository, without_comments};

/// Modules from the lowest rank up; those of one line share a rank and do not import each other.
const RANKS: &[&[&str]] = &[
    &["diag", "unit"],
    &["disk", "web"],
    &["report_spec"],
    &["boundaries"],
    &["figures"],
    &["confidential"],
    &["map"],
    &["compose"],
    &["typeset"],
    &["press"],
    &["release"],
    &["review"],
    &["pipeline"],
    &["cli"],
];

/// Libraries by the beginning of their names, and the folders that may use them.
const DOORS: &[(&str, &[&str])] = &[
    ("typst", &["src/typeset/"]),
    ("plotters", &["src/map/raster/"]),
    ("plotters_backend", &["src/map/raster/"]),
    ("ab_glyph", &["src/map/text/"]),
    ("ttf_parser", &["src/map/text/", "src/typeset/"]),
    ("printpdf", &["src/press/"]),
    ("lopdf", &["src/press/", "src/review/read/glyph_names.rs"]),
    ("zune_jpeg", &["src/press/"]),
    ("subsetter", &["src/press/"]),
    ("xmp_writer", &["src/press/"]),
    ("roxmltree", &["src/review/"]),
    ("quick_xml", &["src/cli/"]),
    ("hayro", &["src/review/"]),
    ("kurbo", &["src/review/"]),
    ("similar", &["src/review/"]),
    ("png", &["src/map/", "src/typeset/", "src/review/"]),
    ("parquet", &["src/confidential/data/"]),
    ("thrift", &["src/confidential/data/"]),
    ("uuid", &["src/confidential/data/"]),
    ("half", &["src/confidential/data/"]),
    ("foldhash", &["src/confidential/data/"]),
    ("csv", &["src/release/"]),
    ("lz4_flex", &["src/confidential/data/"]),
    ("snap", &["src/confidential/data/"]),
    ("brotli_decompressor", &["src/confidential/data/"]),
    ("flate2", &["src/boundaries/", "src/confidential/data/", "src/web/"]),
    ("zstd", &["src/confidential/data/"]),
    ("unicode_normalization", &["src/unit/"]),
    ("unicode_general_category", &["src/unit/"]),
    ("minijinja", &["src/report_spec/", "src/compose/", "src/web/"]),
    ("base64", &["src/release/", "src/web/"]),
    ("jsonschema", &["src/report_spec/"]),
    ("typed_index_collections", &["src/report_spec/"]),
    ("saphyr_parser", &["src/report_spec/"]),
    ("serde_yaml", &["src/report_spec/"]),
    ("geojson", &["src/boundaries/"]),
    ("codespan_reporting", &["src/diag/"]),
    ("clap", &["src/cli/"]),
    ("indicatif", &["src/cli/"]),
    ("rlimit", &["src/cli/"]),
    ("minisign", &["src/release/"]),
    ("blake2", &["src/release/"]),
    ("rustix", &["src/cli/", "src/disk/"]),
    ("walkdir", &["src/disk/"]),
    ("signal_hook", &["src/disk/"]),
    ("hmac", &["src/unit/"]),
];

/// A source file: its path from the repository, and its code without comments.
struct Source {
    path: String,
    code: String,
}

impl Source {
    /// The module it belongs to: `src/map/ink.rs` and `src/map.rs` belong to `map`.
    fn module(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let name = inside.split_once('/').map_or_else(|| inside.trim_end_matches(".rs"), |(folder, _)| folder);
        RANKS.iter().flat_map(|rank| rank.iter()).find(|module| **module == name).copied()
    }

    /// The crate's modules that the code names.
    fn imports(&self) -> BTreeSet<String> {
        self.imports_from("crate::")
    }

    /// What the code names of a module, as `prefix::name` or `prefix::{name, …}`.
    fn imports_from(&self, prefix: &str) -> BTreeSet<String> {
        let mut imports = BTreeSet::new();
        for (at, word) in self.code.match_indices(prefix) {
            let rest = &self.code[at + word.len()..];
            match rest.strip_prefix('{') {
                Some(list) => imports.extend(top_level_names(list)),
                None => imports.extend(first_name(rest)),
            }
        }
        imports
    }

    /// Tells whether the code names a library by the beginning of its name.
    fn uses(&self, library: &str) -> bool {
        self.code.match_indices(library).any(|(at, _)| {
            let before = self.code[..at].chars().next_back();
            let own = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '"' | '.'));
            let name = first_name(&self.code[at..]).unwrap_or_default();
            !own && is_crate(&name, library) && self.code[at + name.len()..].starts_with("::")
        })
    }
}

/// `typst_kit` is of the family `typst`; `csv_file` is a module.
fn is_crate(name: &str, library: &str) -> bool {
    name == library || (library == "typst" && name.starts_with("typst_"))
}

fn first_name(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// The first names of a braced list, up to its end.
fn top_level_names(list: &str) -> Vec<String> {
    let (mut depth, mut names, mut begins) = (0, Vec::new(), true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            _ if c.is_whitespace() => {}
            _ if begins => {
                names.extend(first_name(&list[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    collect(&repository().join("src"), &mut sources);
    assert!(sources.len() > 50, "the sources were found");
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn collect(folder: &Path, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = without_comments(&text);
            let path = path.strip_prefix(repository()).unwrap().to_string_lossy().into_owned();
            sources.push(Source { path, code });
        }
    }
}

fn rank(module: &str) -> Option<usize> {
    RANKS.iter().position(|rank| rank.contains(&module))
}

#[test]
fn every_module_of_the_crate_has_a_rank() {
    let text = fs::read_to_string(repository().join("src/lib.rs")).unwrap();
    let modules: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    assert_eq!(modules, RANKS.iter().flat_map(|rank| rank.iter().copied()).collect());
}

#[test]
fn a_module_imports_lower_ranks_only() {
    let mut faults = Vec::new();
    for source in sources() {
        let Some(module) = source.module() else { continue };
        for import in source.imports() {
            if import != module && rank(&import).is_some_and(|other| other >= rank(module).unwrap()) {
                faults.push(format!("{} imports `{import}`", source.path));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_rule_sees_imports_however_they_are_written() {
    let code =
        "use crate::{boundaries::Geoid, report_spec::{Spec, Table}, unit};\nlet one = crate::compose::one(crate::map);";
    let source = Source { path: "src/confidential/disclose/x.rs".into(), code: code.into() };
    let imports: Vec<String> = source.imports().into_iter().collect();
    assert_eq!(imports, ["boundaries", "compose", "map", "report_spec", "unit"]);
    assert_eq!(source.module(), Some("confidential"));
    let uses = |code: &str, library| Source { path: String::new(), code: code.into() }.uses(library);
    assert!(uses("use typst_kit::fonts::FontStore;", "typst") && uses("csv::Reader::new()", "csv"));
    assert!(!uses("mod csv_file;\nuse self::csv_file::x;", "csv") && !uses("super::csv::x", "csv"));
}

/// Modules whose folders have an order of their own, from the lowest up.
const INSIDE: [(&str, &[&str]); 2] =
    [("confidential", &["data", "tabulate", "disclose"]), ("map", &["project", "text", "layout", "raster"])];

#[test]
fn inside_a_module_a_folder_imports_lower_ones_only() {
    for (module, folders) in INSIDE {
        let place = |name: &str| folders.iter().position(|folder| *folder == name);
        let (inside, prefix) = (format!("src/{module}/"), format!("crate::{module}::"));
        let mut seen = 0;
        for source in sources() {
            let Some(rest) = source.path.strip_prefix(&inside) else { continue };
            let Some(own) = rest.split_once('/').and_then(|(folder, _)| place(folder)) else { continue };
            for import in source.imports_from(&prefix) {
                // What lies beside the folders of the map serves them all; nothing lies beside those of the wall.
                let is_lower = place(&import).map_or(module == "map", |other| other <= own);
                assert!(is_lower, "{} imports `{import}`", source.path);
                seen += 1;
            }
        }
        assert!(seen > 10, "the imports of `{module}` were found");
    }
}

#[test]
fn the_doors_in_the_wall_are_used_by_whom_they_are_for() {
    for source in sources() {
        let is_reviewer = source.path == "src/review/records.rs";
        let names = |door: &str| {
            let inside = format!("confidential::{door}");
            source.code.contains(&inside) || source.imports_from("crate::confidential::").contains(door)
        };
        assert!(is_reviewer || !names("trace"), "{} opens the trace", source.path);
        assert!(!names("inside"), "{} goes inside", source.path);
    }
}

#[test]
fn the_pipeline_calls_stages_and_words_no_finding() {
    let pipeline: Vec<Source> =
        sources().into_iter().filter(|source| source.path.starts_with("src/pipeline/")).collect();
    assert!(pipeline.len() > 5, "the sources were found");
    for source in pipeline {
        for word in ["Finding::error", "Finding::warning"] {
            assert!(!source.code.contains(word), "{} holds a rule", source.path);
        }
    }
}

/// What changes names or content on the disk.
const CHANGES_OF_THE_DISK: [&str; 13] = [
    "fs::write",
    "fs::rename",
    "fs::copy",
    "fs::remove_",
    "OpenOptions",
    "DirBuilder",
    "::symlink(",
    "fs::hard_link",
    "fs::create_dir",
    "fs::set_permissions",
    "File::create",
    "File::options",
    "tempfile::",
];

#[test]
fn only_one_module_changes_what_is_on_the_disk() {
    let is_owner = |path: &str| path.starts_with("src/disk/");
    let mut seen = BTreeSet::new();
    for source in sources() {
        let code = source.code.split("#[cfg(test)]\nmod ").next().unwrap();
        for change in CHANGES_OF_THE_DISK.iter().filter(|change| code.contains(**change)) {
            assert!(is_owner(&source.path), "{} says `{change}`", source.path);
            seen.insert(change);
        }
    }
    assert!(seen.len() > 2, "the changes were found");
}

#[test]
fn each_outside_library_has_one_door() {
    let sources = sources();
    for (library, folders) in DOORS {
        let users = sources.iter().filter(|source| source.uses(library)).map(|source| source.path.as_str());
        let (inside, outside): (Vec<&str>, Vec<&str>) =
            users.partition(|path| folders.iter().any(|folder| path.starts_with(folder)));
        assert!(!inside.is_empty(), "`{library}` is used somewhere");
        assert_eq!(outside, Vec::<&str>::new(), "`{library}` is used in {folders:?} only");
    }
}

#[test]
fn confidential_counts_can_be_neither_written_nor_printed() {
    let source = sources().into_iter().find(|source| source.path == "src/confidential/tabulate/counts.rs").unwrap();
    for name in ["Counts", "TableCounts"] {
        let at = source.code.find(&format!("pub struct {name} {{")).unwrap();
        let derived = source.code[..at].trim_end().rsplit('\n').next().unwrap();
        assert!(derived.starts_with("#[derive("), "{derived}");
        for forbidden in ["Serialize", "Debug"] {
            assert!(!derived.contains(forbidden), "{name}: {derived}");
        }
    }
    for source in sources() {
        for name in ["Counts", "TableCounts", "Count"] {
            for forbidden in ["Display", "Serialize"] {
                let written = format!("{forbidden} for {name}");
                let ends = |at: usize| !source.code[at + written.len()..].starts_with(char::is_alphanumeric);
                let found = source.code.match_indices(&written).any(|(at, _)| ends(at));
                assert!(!found, "{} writes {written}", source.path);
            }
        }
    }
}

#[test]
fn only_disclose_makes_what_may_be_published() {
    for source in sources() {
        let is_door = source.path.starts_with("src/confidential/disclose/");
        for name in ["Published", "SafeTable", "SafeRow", "SafeFigure", "SafeRank", "SafeMap"] {
            let made = [format!("{name} {{"), format!("{name}(")];
            let makes = made.iter().any(|made| {
                source.code.match_indices(made.as_str()).any(|(at, _)| {
                    let before = source.code[..at].trim_end();
                    !["impl", "struct", "for", "->"].iter().any(|word| before.ends_with(word))
                })
            });
            assert!(is_door || !makes, "{} makes a {name}", source.path);
        }
    }
    let published =
        sources().into_iter().find(|source| source.path == "src/confidential/disclose/published.rs").unwrap();
    for line in published.code.lines().filter(|line| line.starts_with("    pub ") || line.contains("(pub ")) {
        assert!(line.contains(" fn "), "`{}` is a public field", line.trim());
    }
}
