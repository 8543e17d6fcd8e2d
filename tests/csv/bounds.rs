//! The bounds of values and records.

use std::fs::File;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::{Project, peak_of};

use super::{SIGNALS, SPEC, signals};

#[test]
fn hostile_files_are_refused_in_bounded_memory() {
    const MIB: u64 = 1 << 20;
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
    long(&format!("{header}\n"), b'x', 256 * MIB);
    insta::assert_snapshot!(check("a long value"), @r"
    error[data::too-large]: a value takes more than 1024 KiB
      ┌─ data/connecticut-2016/signals.csv:3
      = help: a longer value needs a larger `field_kib` under `limits` of `signals`
    1 error; nothing was published
    ");
    long(&format!("{header}\n\""), b'\n', 256 * MIB);
    insta::assert_snapshot!(check("a quote not closed"), @r"
    error[data::not-csv]: a quote opens in this line and is not closed within 1024 KiB
      ┌─ data/connecticut-2016/signals.csv:3
      = help: close it; a longer value needs a larger `field_kib` under `limits` of `signals`
    1 error; nothing was published
    ");
    long(&format!("{header}\n"), b',', 256 * MIB);
    insta::assert_snapshot!(check("commas"), @r"
    error[data::too-large]: the record takes more than 4096 KiB
      ┌─ data/connecticut-2016/signals.csv:3
      = help: a longer record needs a larger `record_kib` under `limits` of `signals`
    1 error; nothing was published
    ");
    long("", b',', 256 * MIB);
    insta::assert_snapshot!(check("commas in the header"), @r"
    error[data::too-large]: the record takes more than 4096 KiB
      ┌─ data/connecticut-2016/signals.csv:1
      = help: a longer record needs a larger `record_kib` under `limits` of `signals`
    1 error; nothing was published
    ");
    long(&format!("{header}\n"), 0, 300 * MIB);
    insta::assert_snapshot!(check("the byte 0"), @r"
    error[data::not-csv]: from here on the file holds the byte NUL in the place of records
      ┌─ data/connecticut-2016/signals.csv:3
      = help: the file was cut off while it was written or copied: get it anew
    1 error; nothing was published
    ");
    long(&format!("{header}\n"), b'\n', 256 * MIB);
    let (_, peak) = peak_of(&project, &["check", SPEC]);
    assert!(peak < 120 * MIB, "blank lines: {} MiB", peak / MIB);
    // The same, compressed: 600 kB that unpack to 600 MB.
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(format!("{header}\n").as_bytes()).unwrap();
    let block = vec![b'x'; MIB as usize];
    (0..572).for_each(|_| packed.write_all(&block).unwrap());
    project.write("data/signals.csv.gz", packed.finish().unwrap());
    project.edit(SPEC, SIGNALS, "data/signals.csv.gz");
    insta::assert_snapshot!(check("a long line, compressed"), @r"
    error[data::too-large]: a value takes more than 1024 KiB
      ┌─ data/signals.csv.gz:3
      = help: a longer value needs a larger `field_kib` under `limits` of `signals`
    1 error; nothing was published
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
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::too-large]: a value takes more than 2 KiB
      ┌─ data/connecticut-2016/signals.csv:4
      = help: a longer value needs a larger `field_kib` under `limits` of `signals`
    1 error; nothing was published
    ");
    project.edit(SPEC, "{ record_kib: 8, field_kib: 2 }", "{ record_kib: 2 }");
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::too-large]: the record takes more than 2 KiB
      ┌─ data/connecticut-2016/signals.csv:4
      = help: a longer record needs a larger `record_kib` under `limits` of `signals`
    1 error; nothing was published
    ");
    project.edit(SPEC, "{ record_kib: 2 }", "{ record_kib: 9000 }");
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[spec::bad-value]: `record_kib` must be at most 8192, and is 9000
       ┌─ config/nhth-2016.yaml:98:27
    98 │     limits: { record_kib: 9000 }
       │                           ^^^^
    1 error; nothing was published
    ");
}
