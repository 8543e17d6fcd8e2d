//! What the program is made of: its own sources, and the libraries of others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::{Project, repository};

const SBOM: &str = "docs/sbom.cdx.json";
const ALLOCATOR: &str = "crates/alloc-hook/src/lib.rs";

/// The files that the sources below a folder include, and how many includes there are. Whatever stands between the parentheses
/// of `include_str!` and its like, one of its texts names a file, from the source's folder or from the repository.
fn included(folder: &Path, files: &mut BTreeSet<String>) -> usize {
    let mut found = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found += included(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for argument in arguments_of_includes(&text) {
                let file = argument.split('"').skip(1).step_by(2).find_map(|text| {
                    let from = [folder.join(text), repository().join(text.trim_start_matches('/'))];
                    from.iter().find(|path| path.is_file())?.canonicalize().ok()
                });
                let file = file.unwrap_or_else(|| panic!("{}: what does it include? {argument}", path.display()));
                let root = repository().canonicalize().unwrap();
                files.insert(file.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
                found += 1;
            }
        }
    }
    found
}

/// What stands behind each `include…!(`, to the end of the statement or of the entry of a list.
fn arguments_of_includes(text: &str) -> Vec<&str> {
    let mut arguments = Vec::new();
    for (at, _) in text.match_indices("include") {
        let rest = text[at..].trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        if let Some(argument) = rest.strip_prefix("!(") {
            arguments.push(argument.split([';', '\n']).find(|line| line.contains('"')).unwrap_or(argument));
        }
    }
    arguments
}

#[test]
fn every_file_that_a_source_includes_takes_part_in_the_digest_of_the_sources() {
    let taking_part = fs::read_to_string(concat!(env!("OUT_DIR"), "/sources.txt")).unwrap();
    let taking_part: BTreeSet<String> = taking_part.lines().map(str::to_owned).collect();
    let mut files = BTreeSet::new();
    let found = included(&repository().join("src"), &mut files);
    for embedded in [
        "src/web/index/page.html",
        "layouts/review/main.typ",
        "layouts/nhth-2016/width.typ",
        "fonts/source-sans-3/SourceSans3-Regular.ttf",
        "fonts/vazirmatn/Vazirmatn-Regular.ttf",
        "geodata/2016/index.json",
        SBOM,
    ] {
        assert!(files.contains(embedded), "{embedded}");
    }
    assert!(found >= files.len() && found > 15, "{found}");
    assert_eq!(files.difference(&taking_part).collect::<Vec<_>>(), Vec::<&String>::new());
    for built_from in ["Cargo.toml", "Cargo.lock", "build.rs", "src/main.rs", "src/lib.rs", ALLOCATOR] {
        assert!(taking_part.contains(built_from), "{built_from}");
    }
    let records = taking_part.iter().find(|path| path.starts_with("data/"));
    assert_eq!(records, None, "case data has no digest without a key");
}

/// A library: its name, its version, and the digest of its package.
type Library = (String, String, Option<String>);

/// The libraries that cargo knows of, without those that tests alone need: each with its licence and the libraries it needs.
fn by_cargo() -> BTreeMap<Library, (Option<String>, BTreeSet<Library>)> {
    let arguments = ["metadata", "--format-version", "1", "--locked", "--offline"];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(repository()).output().unwrap();
    assert!(output.status.success(), "{}; `tests/run` fetches", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let digests = digests();
    let library = |package: &Value| {
        let (name, version) = (word(&package["name"]), word(&package["version"]));
        let digest = digests.get(&(name.clone(), version.clone())).cloned();
        (name, version, digest)
    };
    let packages: BTreeMap<String, &Value> =
        items(&metadata["packages"]).map(|package| (word(&package["id"]), package)).collect();
    let needs: BTreeMap<String, Vec<String>> = items(&metadata["resolve"]["nodes"])
        .map(|node| {
            let needed = items(&node["deps"]).filter(|dep| items(&dep["dep_kinds"]).any(|kind| kind["kind"] != "dev"));
            (word(&node["id"]), needed.map(|dependency| word(&dependency["pkg"])).collect())
        })
        .collect();
    let mut reached = BTreeMap::new();
    let mut ahead = vec![word(&metadata["resolve"]["root"])];
    while let Some(id) = ahead.pop() {
        let package = packages[&id];
        let needed = needs[&id].iter().map(|id| library(packages[id])).collect();
        if reached.insert(library(package), (package["license"].as_str().map(str::to_owned), needed)).is_none() {
            ahead.extend(needs[&id].iter().cloned());
        }
    }
    reached
}

/// Digests of packages by name and version, from the lock file.
fn digests() -> BTreeMap<(String, String), String> {
    let lock = fs::read_to_string(repository().join("Cargo.lock")).unwrap();
    let value = |block: &str, key: &str| {
        Some(block.lines().find_map(|line| line.strip_prefix(&format!("{key} = \"")))?.trim_end_matches('"').to_owned())
    };
    let blocks = lock.split("[[package]]");
    blocks
        .filter_map(|block| Some(((value(block, "name")?, value(block, "version")?), value(block, "checksum")?)))
        .collect()
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// `MIT/Apache-2.0`, as old packages write it, is `MIT OR Apache-2.0`; blanks do not count.
fn expression(licence: &str) -> String {
    licence.replace('/', " OR ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_bill_of_materials_lists_what_cargo_lists_with_digests_licences_and_needs() {
    let bill: Value = serde_json::from_str(&fs::read_to_string(repository().join(SBOM)).unwrap()).unwrap();
    let listed: Vec<&Value> = items(&bill["components"]).chain([&bill["metadata"]["component"]]).collect();
    let library = |value: &Value| {
        let digest = items(&value["hashes"]).find(|hash| hash["alg"] == "SHA-256");
        (word(&value["name"]), word(&value["version"]), digest.map(|hash| word(&hash["content"])))
    };
    let by_name: BTreeMap<String, Library> =
        listed.iter().map(|component| (word(&component["bom-ref"]), library(component))).collect();
    assert_eq!(by_name.len(), listed.len(), "each has a name of its own");
    let needs: BTreeMap<&Library, BTreeSet<Library>> = items(&bill["dependencies"])
        .map(|dependency| (&by_name[dependency["ref"].as_str().unwrap()], items(&dependency["dependsOn"])))
        .map(|(item, needed)| (item, needed.map(|item| by_name[item.as_str().unwrap()].clone()).collect()))
        .collect();
    let by_cargo = by_cargo();
    assert!(by_cargo.len() > 300, "{}", by_cargo.len());
    let differing = |of: &Library| format!("{} {}: run `make sbom`", of.0, of.1);
    for (of, (licence, needed)) in &by_cargo {
        let Some(component) = listed.iter().find(|component| library(component) == *of) else {
            panic!("{}", differing(of))
        };
        let expressions: Vec<String> =
            items(&component["licenses"]).map(|license| expression(license["expression"].as_str().unwrap())).collect();
        assert_eq!(expressions, licence.iter().map(|text| expression(text)).collect::<Vec<_>>(), "{}", differing(of));
        assert_eq!(needs.get(of), Some(needed), "{}", differing(of));
    }
    assert_eq!(listed.len(), by_cargo.len(), "nothing else is listed");
}

#[test]
fn the_bill_of_materials_holds_no_time_no_number_of_its_own_and_no_path_of_a_machine() {
    let text = fs::read_to_string(repository().join(SBOM)).unwrap();
    let bill: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&bill["bomFormat"], &bill["specVersion"]), (&"CycloneDX".into(), &"1.5".into()));
    assert_eq!((&bill["serialNumber"], &bill["metadata"]["timestamp"]), (&Value::Null, &Value::Null));
    let elsewhere = text.match_indices("file://").find(|(at, _)| !text[at + 7..].starts_with('.'));
    assert_eq!(elsewhere, None);
}

/// Runs the validator of CycloneDX; it reads its own copies of the JSON Schemas, and takes no key that they do not know.
fn validated(bill: &Path) -> Output {
    let python = repository().join("tests/python/venv/bin/python");
    let program = "import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
with open(sys.argv[1], encoding='utf-8') as bill:
    sys.exit(JsonStrictValidator(SchemaVersion.V1_5).validate_str(bill.read()))";
    let output = Command::new(&python).args(["-X", "utf8", "-c", program, bill.to_str().unwrap()]).output();
    output.unwrap_or_else(|error| panic!("{}: {error}; `tests/run` installs it", python.display()))
}

#[test]
fn the_validator_of_cyclonedx_accepts_the_bill_of_materials_and_sees_what_is_wrong() {
    let output = validated(&repository().join(SBOM));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let project = Project::new();
    let text = fs::read_to_string(repository().join(SBOM)).unwrap();
    for (from, to) in [("\"library\"", "\"book\""), ("\"SHA-256\"", "\"SHA-255\""), ("\"purl\"", "\"pearl\"")] {
        assert!(text.contains(from));
        project.write("wrong.json", text.replacen(from, to, 1));
        let output = validated(&project.path("wrong.json"));
        assert_eq!(output.status.code(), Some(1), "{to}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(to.trim_matches('"')), "{told}");
    }
}

#[test]
fn the_program_prints_its_bill_of_materials_and_lays_it_into_a_release() {
    let project = Project::new();
    let committed = fs::read_to_string(repository().join(SBOM)).unwrap();
    assert!(project.succeeds(&["sbom"]) == committed);
    project.succeeds(&["release", "config/nhth-2016.yaml", "--out", "release"]);
    assert!(project.read("release/sbom.cdx.json") == committed);
    let manifest: Value = serde_json::from_str(&project.read("release/manifest.json")).unwrap();
    let file = items(&manifest["files"]).find(|file| file["path"] == "sbom.cdx.json").unwrap();
    assert_eq!(file["bytes"], committed.len());
    let line = format!("{}  sbom.cdx.json\n", word(&file["digest"]));
    assert!(project.read("release/SHA256SUMS").contains(&line), "{line}");
}
