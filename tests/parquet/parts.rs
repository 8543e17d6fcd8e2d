//! Sources of many files: folders and patterns.

use std::fs;
use std::io::Write;

use crate::support::Project;

use super::{CASES, LOCATIONS, SPEC, with_cases};

/// Writes the sample's cases as CSV files: in folders by their year and state, without these columns.
fn write_parts(project: &Project, folder: &str, ending: &str) {
    let text = project.read(CASES);
    let (header, records) = text.split_once('\n').unwrap();
    let short = |line: &str| line.replacen("state,", "", 1).replacen(",CT,", ",", 1) + "\n";
    let records: Vec<&str> = records.lines().collect();
    for (number, part) in records.chunks(records.len().div_ceil(3)).enumerate() {
        let content = short(header) + &part.iter().map(|line| short(line)).collect::<String>();
        let path = format!("{folder}/state=CT/part={number}/part-0000{number}.c000.{ending}");
        fs::create_dir_all(project.path(&path).parent().unwrap()).unwrap();
        let content = match ending {
            "csv.gz" => {
                let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                packed.write_all(content.as_bytes()).unwrap();
                packed.finish().unwrap()
            }
            "csv.zst" => zstd::bulk::compress(content.as_bytes(), 1).unwrap(),
            _ => content.into_bytes(),
        };
        project.write(&path, content);
        project.write(&format!("{folder}/state=CT/part={number}/.part-0000{number}.{ending}.crc"), b"crc");
    }
    for mark in ["_SUCCESS", "_metadata", "_common_metadata", "._SUCCESS.crc"] {
        project.write(&format!("{folder}/{mark}"), b"mark");
    }
    fs::create_dir_all(project.path(&format!("{folder}/_temporary/0"))).unwrap();
    project.write(&format!("{folder}/_temporary/0/part-9.{ending}"), b"half of a file");
}

#[test]
fn folders_and_patterns_of_parts_read_as_one_file() {
    let expected = Project::new().text();
    for ending in ["csv", "csv.gz", "csv.zst"] {
        for file in ["data/cases", "data/cases/", "data/cases/*/*/*", "data/c*s/state=*/part=*/part-*"] {
            let project = Project::new();
            write_parts(&project, "data/cases", ending);
            project.edit(SPEC, &format!("file: {CASES}"), &format!("file: {file}"));
            assert_eq!(project.text(), expected, "{file}, {ending}");
        }
    }
    let project = with_cases("cases-gzip.parquet");
    fs::create_dir_all(project.path("data/cases/a/b")).unwrap();
    fs::rename(project.path("data/cases.parquet"), project.path("data/cases/a/b/part-0.snappy.parquet")).unwrap();
    for file in ["data/cases", "data/*/*/*/*.parquet", "data/cases/a/b/part-0.snappy.parquet"] {
        let sound = project.read(SPEC);
        project.edit(SPEC, "file: data/cases.parquet", &format!("file: {file}"));
        assert_eq!(project.text(), expected, "{file}");
        project.write(SPEC, sound);
    }
}

#[test]
fn what_a_folder_holds_is_checked_as_files_are() {
    let project = Project::new();
    write_parts(&project, "data/cases", "csv");
    project.edit(SPEC, &format!("file: {CASES}"), "file: data/cases");
    fs::rename(project.path("data/cases/state=CT/part=1"), project.path("data/cases/state=CT/part=3")).unwrap();
    fs::rename(project.path("data/cases/state=CT"), project.path("data/cases/state=CX")).unwrap();
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::unknown-jurisdiction]: no jurisdiction has the code `CX`: 54 times, first at line 2
      ┌─ data/cases/state=CX/part=0/part-00000.c000.csv:2, column `state`
      = help: did you mean `CA`?
    1 error
    ");
    fs::rename(project.path("data/cases/state=CX"), project.path("data/cases/CT")).unwrap();
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::missing-column]: `cases` needs the column `state`
      ┌─ data/cases/CT/part=0/part-00000.c000.csv:1, column `state`
    error[data::missing-column]: `cases` needs the column `state`
      ┌─ data/cases/CT/part=2/part-00002.c000.csv:1, column `state`
    error[data::missing-column]: `cases` needs the column `state`
      ┌─ data/cases/CT/part=3/part-00001.c000.csv:1, column `state`
    3 errors
    ");
    fs::remove_dir_all(project.path("data/cases/CT")).unwrap();
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::unreadable]: the folder holds no file of data
      ┌─ data/cases
    1 error
    ");
    // The value of a folder and a column of the file both claim to be the state.
    fs::create_dir_all(project.path("data/cases/state=CT")).unwrap();
    fs::copy(project.path(CASES), project.path("data/cases/state=CT/a.csv")).unwrap();
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::duplicate-column]: the header names `state` twice
      ┌─ data/cases/state=CT/a.csv:1, column `state`
    1 error
    ");
}

/// Records count once, whatever names lead to their file.
#[test]
#[cfg(unix)]
fn one_file_by_two_names_is_refused_and_a_link_without_an_end_too() {
    use std::os::unix::fs::symlink;
    let project = Project::new();
    let parts = project.path("data/parts");
    fs::create_dir_all(parts.join("year")).unwrap();
    fs::copy(project.path(LOCATIONS), parts.join("a.csv")).unwrap();
    let sound = project.read(SPEC);
    let says = |to: &str, from: &str, file: &str| {
        symlink(to, parts.join(from)).unwrap();
        project.write(SPEC, sound.replace(&format!("file: {LOCATIONS}"), &format!("file: {file}")));
        let says = project.refuses(&["check", SPEC]);
        fs::remove_file(parts.join(from)).unwrap();
        says
    };
    for (to, from, file) in [
        ("a.csv", "b.csv", "data/parts"),
        ("a.csv", "b.csv", "data/parts/*.csv"),
        ("../a.csv", "year/b.csv", "data/parts"),
    ] {
        let expected = format!(
            "error[data::duplicate-file]: the file is `data/parts/a.csv` by another name, and its records would count \
             twice\n  ┌─ data/parts/{from}\n1 error\n"
        );
        assert_eq!(says(to, from, file), expected);
    }
    fs::hard_link(parts.join("a.csv"), parts.join("b.csv")).unwrap();
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::duplicate-file]: the file is `data/parts/a.csv` by another name, and its records would count twice
      ┌─ data/parts/b.csv
    1 error
    ");
    fs::remove_file(parts.join("b.csv")).unwrap();
    for (to, file, message) in [
        ("nowhere.csv", "data/parts", "cannot read the file: no such file or folder"),
        ("nowhere.csv", "data/parts/*.csv", "cannot read the file: no such file or folder"),
        ("b.csv", "data/parts/*", "cannot read the file: too many levels of symbolic links"),
    ] {
        let expected = format!("error[data::unreadable]: {message}\n  ┌─ data/parts/b.csv\n1 error\n");
        assert_eq!(says(to, "b.csv", file), expected);
    }
    // A link that stands for the file alone is read.
    fs::rename(parts.join("a.csv"), project.path("data/kept.csv")).unwrap();
    symlink("../kept.csv", parts.join("a.csv")).unwrap();
    project.write(SPEC, sound.replace(&format!("file: {LOCATIONS}"), "file: data/parts"));
    project.succeeds(&["check", SPEC]);
}

#[test]
#[cfg(unix)]
fn parts_that_are_links_out_of_the_project_are_refused() {
    let outside = tempfile::tempdir().unwrap();
    let project = Project::new();
    fs::copy(project.path(CASES), outside.path().join("c.csv")).unwrap();
    fs::create_dir_all(project.path("data/parts")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("c.csv"), project.path("data/parts/c.csv")).unwrap();
    let sound = project.read(SPEC);
    for file in ["data/parts/*.csv", "data/*/c.csv", "data/parts"] {
        project.write(SPEC, sound.replace(&format!("file: {CASES}"), &format!("file: {file}")));
        let says = project.refuses(&["check", SPEC]);
        assert!(
            says.contains("error[data::unreadable]: the path leads out of the project\n  ┌─ data/parts/c.csv\n"),
            "{says}"
        );
    }
    fs::remove_file(project.path("data/parts/c.csv")).unwrap();
    std::os::unix::fs::symlink(outside.path(), project.path("data/parts/linked")).unwrap();
    for file in ["data/parts/*/*.csv", "data/parts"] {
        project.write(SPEC, sound.replace(&format!("file: {CASES}"), &format!("file: {file}")));
        let says = project.refuses(&["check", SPEC]);
        assert!(
            says.contains("error[data::unreadable]: the path leads out of the project\n  ┌─ data/parts/linked\n"),
            "{says}"
        );
    }
}
