//! The bounds of values and records.

use std::fs::File;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::{Project, peak_of};

use super::{SIGNALS, SPEC, signals};

const MIB: u64 = 1 << 20;

/// What is said of a value or a record that takes more than its bound.
fn too_large(what: &str, line: u64, longer: &str, key: &str) -> String {
    format!(
        "error[data::too-large]: {what}\n  ┌─ {SIGNALS}:{line}\n  \
         = help: a longer {longer} needs a larger `{key}` under `limits` of `signals`\n\
         1 error\n"
    )
}

#[test]
fn hostile_files_are_refused_in_bounded_memory() {
    let project = Project::new();
    let header = signals(&project, 1).join("\n");
    let check = |file: &str| {
        let (says, peak) = peak_of(&project, &["check", SPEC]);
        assert!(peak < 120 * MIB, "{file}: {} MiB", peak / MIB);
        says
    };
    // A line without an end: plain, quoted, of commas alone; the byte 0 without an end.
    let long = |start: &str, byte: u8, length: u64| {
        let mut file = File::create(project.path(SIGNALS)).unwrap();
        file.write_all(start.as_bytes()).unwrap();
        if byte == 0 {
            let end = file.metadata().unwrap().len() + length;
            file.set_len(end).unwrap();
        } else {
            let block = vec![byte; MIB as usize];
            (0..length / MIB).for_each(|_| file.write_all(&block).unwrap());
        }
    };
    let not_csv =
        |what: &str, help: &str| format!("error[data::not-csv]: {what}\n  ┌─ {SIGNALS}:3\n  = help: {help}\n1 error\n");
    let (value, record) = ("a value takes more than 1024 KiB", "the record takes more than 4096 KiB");
    let unclosed = "a quote opens in this line and is not closed within 1024 KiB";
    let cut_off = "from here on the file holds the byte NUL in the place of records";
    let (header, header_and_quote) = (format!("{header}\n"), format!("{header}\n\""));
    for (start, byte, expected) in [
        (header.as_str(), b'x', too_large(value, 3, "value", "field_kib")),
        (
            header_and_quote.as_str(),
            b'\n',
            not_csv(unclosed, "close it; a longer value needs a larger `field_kib` under `limits` of `signals`"),
        ),
        (&header, b',', too_large(record, 3, "record", "record_kib")),
        ("", b',', too_large(record, 1, "record", "record_kib")),
        (&header, 0, not_csv(cut_off, "the file was cut off while it was written or copied: get it anew")),
    ] {
        long(start, byte, 256 * MIB);
        assert_eq!(check(&format!("byte {byte}")), expected);
    }
    long(&header, b'\n', 256 * MIB);
    let (_, peak) = peak_of(&project, &["check", SPEC]);
    assert!(peak < 120 * MIB, "blank lines: {} MiB", peak / MIB);
}

/// As large as may be: lines within a value are looked at, and records among them cost no memory of their own.
#[test]
fn a_value_of_many_lines_is_read_in_bounded_memory() {
    let project = Project::new();
    let sound = signals(&project, 9);
    for note in ["\n".repeat(1_000_000), ",".repeat(1_000_000) + "\n", "\n,".repeat(500_000)] {
        let mut lines = sound.clone();
        lines[4] += &format!("\"{note}\"");
        project.write(SIGNALS, lines.join("\n") + "\n");
        let (says, peak) = peak_of(&project, &["check", SPEC]);
        assert_eq!(says, "spec and data are sound; 1 report can be built\n");
        assert!(peak < 120 * MIB, "{} MiB", peak / MIB);
    }
}

/// 600 kB that unpack to 600 MB.
#[test]
fn a_long_line_compressed_is_refused_in_bounded_memory() {
    let project = Project::new();
    let header = signals(&project, 1).join("\n");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(format!("{header}\n").as_bytes()).unwrap();
    let block = vec![b'x'; MIB as usize];
    (0..572).for_each(|_| packed.write_all(&block).unwrap());
    project.write("data/signals.csv.gz", packed.finish().unwrap());
    project.edit(SPEC, SIGNALS, "data/signals.csv.gz");
    let (says, peak) = peak_of(&project, &["check", SPEC]);
    assert!(peak < 120 * MIB, "{} MiB", peak / MIB);
    insta::assert_snapshot!(says, @r"
    error[data::too-large]: a value takes more than 1024 KiB
      ┌─ data/signals.csv.gz:3
      = help: a longer value needs a larger `field_kib` under `limits` of `signals`
    1 error
    ");
}

#[test]
fn bounds_are_set_in_the_spec() {
    let project = Project::new();
    let mut lines = signals(&project, 4);
    lines[3] = format!("{}{}", lines[3], "x".repeat(3000));
    project.write(SIGNALS, lines.join("\n") + "\n");
    project.succeeds(&["check", SPEC]);
    let file = format!("file: {SIGNALS}");
    project.edit(SPEC, &file, &format!("{file}\n    limits: {{ record_kib: 8, field_kib: 2 }}"));
    assert_eq!(project.refuses(&["check", SPEC]), too_large("a value takes more than 2 KiB", 4, "value", "field_kib"));
    project.edit(SPEC, "{ record_kib: 8, field_kib: 2 }", "{ record_kib: 2 }");
    assert_eq!(
        project.refuses(&["check", SPEC]),
        too_large("the record takes more than 2 KiB", 4, "record", "record_kib")
    );
    project.edit(SPEC, "{ record_kib: 2 }", "{ record_kib: 9000 }");
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[spec::bad-value]: `record_kib` must be at most 8192, and is 9000
       ┌─ config/nhth-2016.yaml:98:27
    98 │     limits: { record_kib: 9000 }
       │                           ^^^^
    1 error
    ");
}
