//! Files of case data: their kinds, encodings, headers and records.

use std::fs;

use crate::support::Project;

use super::{Bad, CASES, REFERENCE, SIGNALS, SPEC};

#[test]
fn the_header_names_each_column_once() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "opened_on,", "opened,")]), @r#"
    error[data::missing-column]: `cases` needs the column `opened_on`
      ┌─ data/connecticut-2016/cases.csv:1, column `opened_on`
      = help: the header has `opened`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "opened_on,", "date,")]), @r#"
    error[data::missing-column]: `cases` needs the column `opened_on`
      ┌─ data/connecticut-2016/cases.csv:1, column `opened_on`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "opened_on,reason", "opened_on,opened_on")]), @r#"
    error[data::duplicate-column]: the header names `opened_on` twice
      ┌─ data/connecticut-2016/cases.csv:1, column `opened_on`
    error[data::missing-column]: `cases` needs the column `reason`
      ┌─ data/connecticut-2016/cases.csv:1, column `reason`
    2 errors
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "case_id,", "Case_ID,")]), @r#"
    error[data::missing-column]: `cases` needs the column `case_id`
      ┌─ data/connecticut-2016/cases.csv:1, column `case_id`
      = help: the header has `Case_ID`
    1 error
    "#);
}

#[test]
fn a_record_has_as_many_values_as_the_header() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,true,")]), @r#"
    error[data::field-count]: the record has 14 values, and the header names 15
      ┌─ data/connecticut-2016/cases.csv:2
      = help: a record has as many commas as the header, those of empty values too; what is no record is taken out
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,,sex,hotel_motel,true,")]), @r#"
    error[data::field-count]: the record has 16 values, and the header names 15
      ┌─ data/connecticut-2016/cases.csv:2
      = help: a value that holds a comma must stand in quotes
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(SIGNALS, "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown", r#""SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown"#)]), @r"
    error[data::not-csv]: a quote opens in this line and is never closed
      ┌─ data/connecticut-2016/signals.csv:2
      = help: close it, or write a quote within a value twice and put the value in quotes
    1 error
    ");
}

#[test]
fn reference_figures_are_checked_too() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "signals,US,34068", "signal,US,34068")]), @r#"
    error[data::unknown-population]: no population is called `signal`
      ┌─ data/connecticut-2016/reference.csv:2, column `population`
      = help: did you mean `signals`?
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "calls,AK,82", "calls,AKK,82")]), @r#"
    error[data::unknown-jurisdiction]: no jurisdiction has the code `AKK`
      ┌─ data/connecticut-2016/reference.csv:3, column `jurisdiction`
      = help: did you mean `AK`?
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "calls,AK,82", "calls,AK,8a2")]), @r#"
    error[data::not-a-number]: the count is no whole number
      ┌─ data/connecticut-2016/reference.csv:3, column `count`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "calls,AK,82", "calls,AK,-82")]), @r#"
    error[data::not-a-number]: the count is no whole number
      ┌─ data/connecticut-2016/reference.csv:3, column `count`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "calls,AK,82", "calls,AK,82\ncalls,AK,83")]), @r#"
    error[data::duplicate-figure]: the figure of this population and jurisdiction stands in an earlier line too
      ┌─ data/connecticut-2016/reference.csv:4
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "calls,AK,82", "calls,AK")]), @r#"
    error[data::field-count]: the record has 2 values, and the header names 3
      ┌─ data/connecticut-2016/reference.csv:3
      = help: a record has as many commas as the header, those of empty values too; what is no record is taken out
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "population,jurisdiction,count", "population,jurisdiction,number")]), @r#"
    error[data::missing-column]: the header must be `population,jurisdiction,count`
      ┌─ data/connecticut-2016/reference.csv:1
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "signals,US,34068\n", "")]), @"
    error[spec::undefined-name]: `national.signals.text` has no value in this report
        ┌─ config/nhth-2016.yaml:431:7
    431 │       The following information is based on incoming communication with the National Human Trafficking
        │       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: figures that the data do not cover are taken from the file of `reference`
    1 error
    ");
}

#[test]
fn a_file_that_is_no_csv_in_utf8_is_refused() {
    let data = Bad::new();
    insta::assert_snapshot!(data.says(SIGNALS, ""), @r"
    error[data::empty-file]: the file is empty
      ┌─ data/connecticut-2016/signals.csv
      = help: a source without records still has a header
    1 error
    ");
    let utf16: Vec<u8> = data.project.read(SIGNALS).encode_utf16().flat_map(u16::to_le_bytes).collect();
    insta::assert_snapshot!(data.says(SIGNALS, [vec![0xff, 0xfe], utf16].concat()), @r#"
    error[data::not-utf8]: the file is UTF-16 (little endian), and not UTF-8
      ┌─ data/connecticut-2016/signals.csv
      = help: save it as CSV in UTF-8 (in Excel: "CSV UTF-8 (Comma delimited)", not "Unicode Text")
    1 error
    "#);
    insta::assert_snapshot!(data.says(SIGNALS, data.project.read(SIGNALS).replace(',', ";")), @r"
    error[data::missing-column]: the header has semicolons between its names, and not commas
      ┌─ data/connecticut-2016/signals.csv:1
      = help: save the file with commas between its values
    1 error
    ");
    insta::assert_snapshot!(data.says(REFERENCE, ""), @r"
    error[data::empty-file]: the file is empty
      ┌─ data/connecticut-2016/reference.csv
      = help: its header is `population,jurisdiction,count`
    1 error
    ");
}

#[test]
fn text_that_is_not_utf8_is_told_with_its_probable_encoding() {
    let data = Bad::new();
    let signals = data.project.read(SIGNALS).into_bytes();
    let with = |byte: u8, places: &mut dyn Iterator<Item = usize>| {
        let mut bytes = signals.clone();
        places.for_each(|at| bytes[at] = byte);
        bytes
    };
    let reference = b"population,jurisdiction,count\nsignals,US,\xff\n".to_vec();
    for (file, content, guess) in [
        (SIGNALS, with(0xe9, &mut [150].into_iter()), "Latin-1 (ISO 8859-1)"),
        (SIGNALS, with(0x96, &mut (150..2000).step_by(100)), "Windows-1252: 19 times, first at line 2"),
        (REFERENCE, reference, "Latin-1 (ISO 8859-1)"),
    ] {
        let expected = format!(
            "error[data::not-utf8]: the record is not UTF-8, but probably {guess}\n  ┌─ {file}:2\n  \
             = help: save the file as UTF-8\n1 error\n"
        );
        assert_eq!(data.says(file, content), expected);
    }
}

#[test]
fn a_file_that_is_not_there_is_refused_once_whatever_refers_to_it() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(SPEC, "connecticut-2016/cases.csv", "connecticut-2016/c-*.csv")]), @r"
    error[data::unreadable]: no file fits this pattern
      ┌─ data/connecticut-2016/c-*.csv
    1 error
    ");
}

#[test]
fn a_file_of_another_kind_is_told_by_what_it_is() {
    let data = Bad::new();
    let csv = data.project.read(SIGNALS);
    let gzip = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, bytes).unwrap();
        packed.finish().unwrap()
    };
    let zip = |name: &str| {
        [b"PK\x03\x04\x14\0\x06\0\x08\0".as_slice(), &[0; 16], &[name.len() as u8, 0, 0, 0], name.as_bytes()].concat()
    };
    let tar = [&[b'x'; 257][..], b"ustar\0", csv.as_bytes()].concat();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for (content, code, words) in [
        (zip("[Content_Types].xml"), "other-format", "the file is an Excel workbook (.xlsx), and CSV is needed"),
        (
            zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
            "other-format",
            "the file is an OpenDocument spreadsheet (.ods), and CSV is needed",
        ),
        (zip("signals.csv"), "other-format", "the file is a ZIP archive, and CSV is needed"),
        (gzip(csv.as_bytes()), "other-format", "the file is compressed by gzip, and CSV is needed"),
        (
            zstd::bulk::compress(csv.as_bytes(), 1).unwrap(),
            "other-format",
            "the file is compressed by Zstandard, and CSV is needed",
        ),
        (tar, "other-format", "the file is a tar archive, and CSV is needed"),
        (b"PAR1\x15\0".to_vec(), "other-format", "the file is Parquet, and CSV is needed"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            "other-format",
            "the file is an old or a protected Office file (as .xls, or .xlsx with a password), and CSV is needed",
        ),
        (
            b"<html><table><tr><td>signal_id".to_vec(),
            "other-format",
            "the file is a page of HTML or XML, and CSV is needed",
        ),
        (utf16(&csv), "not-utf8", "the file is UTF-16 (little endian), and not UTF-8"),
        (
            utf16(&format!("\u{feff}{}", csv.replace(',', "\t"))),
            "not-utf8",
            "the file is UTF-16 (little endian), and not UTF-8, with tabs and not commas between its values",
        ),
        (
            format!("\u{feff}{}", csv.replace(',', ";")).encode_utf16().flat_map(u16::to_be_bytes).collect(),
            "not-utf8",
            "the file is UTF-16 (big endian), and not UTF-8, with semicolons and not commas between its values",
        ),
    ] {
        let says = data.says(SIGNALS, content);
        assert!(
            says.starts_with(&format!("error[data::{code}]: {words}\n  ┌─ {SIGNALS}\n  = help: ")),
            "{words}: {says}"
        );
        assert!(says.ends_with("1 error\n"), "{says}");
    }
    insta::assert_snapshot!(data.says(SIGNALS, csv.replace(',', "\t")), @r"
    error[data::missing-column]: the header has tabs between its names, and not commas
      ┌─ data/connecticut-2016/signals.csv:1
      = help: save the file with commas between its values
    1 error
    ");
    insta::assert_snapshot!(data.says(SIGNALS, format!("sep=;\n{csv}")), @r"
    error[data::missing-column]: the first line is `sep=…`, and no header
      ┌─ data/connecticut-2016/signals.csv:1
      = help: take the line out, which nothing but Excel reads
    1 error
    ");
    let mut latin = csv.replace(',', ";").into_bytes();
    latin[150] = 0xe9;
    insta::assert_snapshot!(data.says(SIGNALS, latin), @r"
    error[data::missing-column]: the header has semicolons between its names, and not commas
      ┌─ data/connecticut-2016/signals.csv:1
      = help: save the file with commas between its values
    error[data::not-utf8]: the record is not UTF-8, but probably Latin-1 (ISO 8859-1)
      ┌─ data/connecticut-2016/signals.csv:2
      = help: save the file as UTF-8
    2 errors
    ");
}

#[test]
fn compressed_text_is_read_and_told_where_it_is_none_or_cut_off() {
    let project = Project::new();
    let expected = project.text();
    let csv = project.read(SIGNALS);
    let packed = zstd::bulk::compress(csv.as_bytes(), 3).unwrap();
    project.edit(SPEC, &format!("file: {SIGNALS}"), "file: data/signals.csv.zst");
    project.write("data/signals.csv.zst", &packed);
    assert_eq!(project.text(), expected);
    project.write("data/signals.csv.zst", &packed[..packed.len() - 200]);
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::unreadable]: cannot read on: it was cut off or damaged, and cannot be unpacked
      ┌─ data/signals.csv.zst:1
    1 error
    ");
    project.write("data/signals.csv.zst", &csv);
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::other-format]: the name of the file ends as if it were compressed by Zstandard, and it is not
      ┌─ data/signals.csv.zst
      = help: give it the name of what it is
    1 error
    ");
    // A window of 128 MiB, of which the first block is nothing.
    project.write("data/signals.csv.zst", [0x28, 0xb5, 0x2f, 0xfd, 0x00, 17 << 3, 1, 0, 0]);
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::unreadable]: cannot read on: it looks back over more than 64 MiB: compress it without `--long`
      ┌─ data/signals.csv.zst:1
    1 error
    ");
}

#[test]
fn odd_but_sound_csv_reads_as_the_ordinary_one() {
    let project = Project::new();
    let expected = project.text();
    let signals = project.read(SIGNALS);
    let again = |what: &str, text: String| {
        project.write(SIGNALS, text);
        assert_eq!(project.text(), expected, "{what}");
    };
    again("a byte order mark", format!("\u{feff}{signals}"));
    again("CRLF", signals.replace('\n', "\r\n"));
    again("no last line end", signals.trim_end().to_owned());
    again("an empty line at the end", format!("{signals}\n"));
    let quoted = signals.lines().map(|line| format!("\"{}\"\n", line.replace(',', "\",\"")));
    again("quotes around all", quoted.collect());
    let noted = signals.lines().enumerate().map(|(number, line)| match number {
        0 => format!("note,{line},more\n"),
        _ => format!("\"a, \"\"note\"\"\nover lines\",{line},Ünïcödé 😀\n"),
    });
    again("further columns, with line breaks in them", noted.collect());
    let reversed = signals.lines().map(|line| line.split(',').rev().collect::<Vec<_>>().join(",") + "\n");
    again("columns in another order", reversed.collect());
    let mut records: Vec<&str> = signals.lines().skip(1).collect();
    records.reverse();
    let header = signals.lines().next().unwrap_or_default();
    again("records in another order", format!("{header}\n{}\n", records.join("\n")));
}

#[test]
fn several_files_of_a_pattern_read_as_one() {
    let project = Project::new();
    let expected = project.text();
    let signals = project.read(SIGNALS);
    let (header, records) = signals.split_once('\n').unwrap();
    let records: Vec<&str> = records.lines().collect();
    for (number, part) in records.chunks(records.len() / 3).enumerate() {
        project.write(&format!("data/signals-{number}.csv"), format!("{header}\n{}\n", part.join("\n")));
    }
    fs::create_dir(project.path("data/signals-folder.csv")).unwrap();
    project.edit(SPEC, "data/connecticut-2016/signals.csv", "data/signals-*.csv");
    assert_eq!(project.text(), expected);
    // An id is unique over all files.
    project.write("data/signals-9.csv", format!("{header}\n{}\n", records[0]));
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::duplicate-id]: the id `SYN-S-000012` stands in an earlier record too
      ┌─ data/signals-9.csv:2, column `signal_id`
    1 error
    ");
}

#[test]
fn a_pattern_that_means_more_than_it_matches_is_refused() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(SPEC, "data/connecticut-2016/signals.csv", "data/**/signals.csv")]), @r"
    error[spec::path]: the path `data/**/signals.csv` holds `**`: a `*` stands for letters within one name, and a folder for all below it
       ┌─ config/nhth-2016.yaml:97:11
    97 │     file: data/**/signals.csv
       │           ^^^^^^^^^^^^^^^^^^^
    1 error
    ");
}

/// A pipe has no end of its own.
#[test]
#[cfg(unix)]
fn what_is_neither_a_file_nor_a_folder_is_refused() {
    let project = Project::new();
    let csv = project.read(SIGNALS);
    let made = std::process::Command::new("mkfifo").arg(project.path("data/pipe.csv")).status().unwrap();
    assert!(made.success());
    let sound = project.read(SPEC);
    for file in ["data/pipe.csv", "data/*.csv"] {
        project.write(SPEC, sound.replace("data/connecticut-2016/signals.csv", file));
        insta::allow_duplicates! {
            insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
            error[data::unreadable]: the path is neither a file nor a folder
              ┌─ data/pipe.csv
            1 error
            ");
        }
    }
    project.write(SPEC, sound);
    project.write(SIGNALS, csv);
    project.succeeds(&["check", SPEC]);
}
