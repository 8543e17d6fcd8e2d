//! Parquet as tools in use write it, folders of parts, and files made to harm their reader.

use std::fs::{self, File};
use std::io::{self, Read, Write};

use crate::support::parquet::{RawPage, closed, equal_numbers, footer_of, raw, shared_beginnings};
use crate::support::{Project, peak_of, repository};

const SPEC: &str = "config/nhth-2016.yaml";
const CASES: &str = "data/connecticut-2016/cases.csv";
const LOCATIONS: &str = "data/connecticut-2016/case_locations.csv";

/// A project whose cases are read from one of the files that other tools wrote.
fn with_cases(file: &str) -> Project {
    let project = Project::new();
    fs::copy(repository().join("tests/parquet").join(file), project.path("data/cases.parquet")).unwrap();
    project.edit(SPEC, &format!("file: {CASES}"), "file: data/cases.parquet");
    project
}

#[test]
fn what_tools_in_use_write_gives_the_same_report() {
    let expected = Project::new().text();
    for file in [
        "cases-gzip.parquet",
        "cases-brotli.parquet",
        "cases-lz4.parquet",
        "cases-zstd.parquet",
        "cases-snappy.parquet",
        "cases-none.parquet",
        "cases-duckdb.parquet",
        "cases-int96.parquet",
        // Timestamps in nanoseconds, pages of the second version, delta encodings.
        "cases-delta.parquet",
    ] {
        assert_eq!(with_cases(file).text(), expected, "{file}");
    }
}

#[test]
fn uuids_are_ids_and_decimals_are_coordinates() {
    let expected = Project::new().text();
    let project = with_cases("cases-uuid.parquet");
    fs::copy(repository().join("tests/parquet/places-uuid.parquet"), project.path("data/places.parquet")).unwrap();
    project.edit(SPEC, &format!("file: {LOCATIONS}"), "file: data/places.parquet");
    assert_eq!(project.text(), expected);
    // Text and sixteen bytes name one record, as the id is printed.
    let text = project.read(LOCATIONS);
    let (header, _) = text.split_once('\n').unwrap();
    project.write(LOCATIONS, format!("{header}\n00000000-0000-0000-0000-000000000000,09001,,\n"));
    project.edit(SPEC, "file: data/places.parquet", &format!("file: {LOCATIONS}"));
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::unknown-reference]: `cases` has no record with the id `00000000-0000-0000-0000-000000000000`
      ┌─ data/connecticut-2016/case_locations.csv:2, column `case_id`
    1 error; nothing was published
    ");
}

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
    1 error; nothing was published
    ");
    fs::rename(project.path("data/cases/state=CX"), project.path("data/cases/CT")).unwrap();
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::missing-column]: `cases` needs the column `state`
      ┌─ data/cases/CT/part=0/part-00000.c000.csv:1, column `state`
    error[data::missing-column]: `cases` needs the column `state`
      ┌─ data/cases/CT/part=2/part-00002.c000.csv:1, column `state`
    error[data::missing-column]: `cases` needs the column `state`
      ┌─ data/cases/CT/part=3/part-00001.c000.csv:1, column `state`
    3 errors; nothing was published
    ");
    fs::remove_dir_all(project.path("data/cases/CT")).unwrap();
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::unreadable]: the folder holds no file of data
      ┌─ data/cases
    1 error; nothing was published
    ");
    // The value of a folder and a column of the file both claim to be the state.
    fs::create_dir_all(project.path("data/cases/state=CT")).unwrap();
    fs::copy(project.path(CASES), project.path("data/cases/state=CT/a.csv")).unwrap();
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::duplicate-column]: the header names `state` twice
      ┌─ data/cases/state=CT/a.csv:1, column `state`
    1 error; nothing was published
    ");
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

/// A project with one more source, whose file is made to do harm.
fn hostile() -> Project {
    let project = Project::new();
    let source = "  case_locations:\n    file:";
    let more = format!("  hostile:\n    file: data/hostile.parquet\n    columns:\n      id: {{ type: id }}\n{source}");
    project.edit(SPEC, source, &more);
    project
}

const MIB: usize = 1 << 20;

#[test]
fn files_made_to_harm_are_refused_in_bounded_memory() {
    let project = hostile();
    let zeros = |length: u64| {
        let mut packed = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
        io::copy(&mut io::repeat(0).take(length), &mut packed).unwrap();
        packed.finish().unwrap()
    };
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    io::copy(&mut io::repeat(0).take(1 << 28), &mut gzip).unwrap();
    let gzip = gzip.finish().unwrap();
    let page = |unpacked: i64, values: i64, bytes: Vec<u8>| RawPage { kind: 0, unpacked, values, encoding: 0, bytes };
    let dictionary = |values: i64, bytes: Vec<u8>| {
        let all = RawPage { kind: 2, unpacked: (16 * MIB) as i64, values, encoding: 0, bytes };
        [all, RawPage::plain(0, 1, 8, vec![1, 2, 0])]
    };
    let large = |what: &str| {
        format!(
            "error[data::too-large]: {what}\n  ┌─ data/hostile.parquet\n  = help: what is meant to be so large needs a larger `page_kib` under `limits` of `hostile`\n"
        )
    };
    let damaged = "error[data::not-parquet]: the file cannot be read as Parquet\n  ┌─ data/hostile.parquet\n  = help: it is another kind of file, or was cut off: write it again\n".to_owned();
    let delta = |prefixes: Vec<u8>, lengths: Vec<u8>, values: i64, encoding: i64, text: usize| {
        RawPage::plain(0, values, encoding, [prefixes, lengths, vec![b'x'; text]].concat())
    };
    let together = large("the pages that are read together take more than 98304 KiB");
    let cases: Vec<(&str, Vec<u8>, String)> = vec![
        ("a page of 1 GiB that says so", raw(6, 1, &[page(1 << 30, 1, zeros(1 << 30))]), large("a page of the file takes more than 16384 KiB")),
        ("a page of 1 GiB that does not say so", raw(6, 1, &[page(1000, 1, zeros(1 << 30))]), damaged.clone()),
        ("the same by gzip", raw(2, 1, &[page(1000, 1, gzip)]), damaged.clone()),
        ("a dictionary of more values than bytes", raw(0, 1, &[RawPage::plain(2, 1 << 30, 0, vec![0; 400])]), damaged.clone()),
        ("a dictionary of four million empty texts", raw(6, 1, &dictionary(4 * MIB as i64, zeros(16 * MIB as u64))), together.clone()),
        ("lengths of two thousand million texts", raw(0, 1, &[delta(vec![], equal_numbers(1 << 31, 0), 1, 6, 0)]), damaged.clone()),
        ("the same, and the header agrees", raw(0, 1, &[delta(vec![], equal_numbers((1 << 31) - 1, 0), (1 << 31) - 1, 6, 0)]), together.clone()),
        ("beginnings of as many", raw(0, 1, &[delta(equal_numbers((1 << 31) - 1, 0), equal_numbers(1, 0), (1 << 31) - 1, 7, 0)]), together),
        ("a text of 8 MiB that a thousand others begin with", raw(0, 1000, &[shared_beginnings(8 * MIB as i64, 1000)]), "error[data::too-large]: a value of the file takes more than 1024 KiB\n  ┌─ data/hostile.parquet\n  = help: what is meant to be so large needs a larger `field_kib` under `limits` of `hostile`\n".to_owned()),
        ("a footer that says it has many columns", closed(b"", &footer_of(1 << 31, false)), damaged.clone()),
        ("a footer of a million columns", closed(b"", &footer_of(1 << 20, true)), large("the footer of the file takes more than 65536 KiB of memory")),
        ("more rows than there are", raw(0, 1 << 40, &[page(5, 1, vec![1, 0, 0, 0, b'a'])]), "error[data::too-many]: the file says that it holds more than 4 billion rows\n  ┌─ data/hostile.parquet\n  = help: a source holds at most so many\n".to_owned()),
        ("fewer rows than the footer says", raw(0, 3, &[page(5, 1, vec![1, 0, 0, 0, b'a'])]), damaged),
        ("an algorithm of old days", raw(3, 1, &[page(5, 1, vec![1, 0, 0, 0, b'a'])]), "error[data::not-parquet]: the Parquet file is compressed by LZO\n  ┌─ data/hostile.parquet\n  = help: write it uncompressed, or compressed by Snappy, Zstandard, gzip, LZ4 or Brotli\n".to_owned()),
    ];
    for (what, file, expected) in cases {
        project.write("data/hostile.parquet", file);
        let (says, peak) = peak_of(&project, &["check", SPEC]);
        assert_eq!(says, expected + "1 error; nothing was published\n", "{what}");
        assert!(peak < 200 * MIB as u64, "{what}: {} MiB", peak / MIB as u64);
    }
}

/// A footer of hundreds of megabytes, which take no room on the disk.
#[test]
fn a_footer_that_is_most_of_a_large_file_is_not_read() {
    let project = hostile();
    let mut file = File::create(project.path("data/hostile.parquet")).unwrap();
    file.write_all(b"PAR1").unwrap();
    file.set_len(400 * MIB as u64).unwrap();
    io::Seek::seek(&mut file, io::SeekFrom::End(0)).unwrap();
    file.write_all(&[&(390 * MIB as u32).to_le_bytes()[..], b"PAR1"].concat()).unwrap();
    let (says, peak) = peak_of(&project, &["check", SPEC]);
    assert!(
        says.starts_with("error[data::too-large]: the footer of the file takes more than 65536 KiB of memory\n"),
        "{says}"
    );
    assert!(peak < 120 * MIB as u64, "{} MiB", peak / MIB as u64);
}

#[test]
fn the_bounds_of_pages_are_set_in_the_spec() {
    let project = hostile();
    let text = [&(3000_u32).to_le_bytes()[..], &[b'x'; 3000]].concat();
    project.write("data/hostile.parquet", raw(0, 1, &[RawPage::plain(0, 1, 0, text)]));
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::too-large]: an id takes at most 1024 bytes, and this one more
      ┌─ data/hostile.parquet:1, column `id`
    1 error; nothing was published
    ");
    let columns = "    columns:\n      id: { type: id }\n";
    project.edit(SPEC, columns, &format!("    limits: {{ page_kib: 2 }}\n{columns}"));
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::too-large]: a page of the file takes more than 2 KiB
      ┌─ data/hostile.parquet
      = help: what is meant to be so large needs a larger `page_kib` under `limits` of `hostile`
    1 error; nothing was published
    ");
    project.edit(SPEC, "{ page_kib: 2 }", "{ field_kib: 2 }");
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::too-large]: a value of the file takes more than 2 KiB
      ┌─ data/hostile.parquet
      = help: what is meant to be so large needs a larger `field_kib` under `limits` of `hostile`
    1 error; nothing was published
    ");
}

#[test]
fn encrypted_files_are_told_as_such() {
    let project = hostile();
    let sound = raw(0, 1, &[RawPage::plain(0, 1, 0, vec![1, 0, 0, 0, b'a'])]);
    project.write("data/hostile.parquet", &sound);
    project.succeeds(&["check", SPEC]);
    let encrypted = [b"PARE", &sound[4..sound.len() - 4], b"PARE"].concat();
    project.write("data/hostile.parquet", encrypted);
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::not-parquet]: the Parquet file is encrypted
      ┌─ data/hostile.parquet
      = help: write it without encryption, where only the project can read it
    1 error; nothing was published
    ");
    // The footer may be legible: it then names the algorithm in its field 8.
    let footer_length = u32::from_le_bytes(sound[sound.len() - 8..sound.len() - 4].try_into().unwrap()) as usize;
    let (body, footer) = sound[4..sound.len() - 8].split_at(sound.len() - 12 - footer_length);
    let footer = [&footer[..footer.len() - 1], &[0x4c, 0x1c, 0, 0, 0]].concat();
    project.write("data/hostile.parquet", closed(body, &footer));
    let says = project.refuses(&["check", SPEC]);
    assert!(says.starts_with("error[data::not-parquet]: the Parquet file is encrypted\n"), "{says}");
}
