//! CSV is read strictly: as Python's `csv` module reads it in strict mode, with the lines that an editor shows, and in
//! bounded memory.

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use platen::data::csv::{Bounds, Broken, Cutter, Fault, Record};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::support::{Project, peak_of};

const SPEC: &str = "config/nhth-2016.yaml";
const SIGNALS: &str = "data/connecticut-2016/signals.csv";
const REFERENCE: &str = "data/connecticut-2016/reference.csv";

/// Gives a few bytes at a time.
struct Drip<'a> {
    bytes: &'a [u8],
    step: usize,
}

impl Read for Drip<'_> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        let count = self.step.min(self.bytes.len()).min(block.len());
        block[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes = &self.bytes[count..];
        Ok(count)
    }
}

/// The records of a text, each with its line and the lines of its values.
type Records = Vec<(u64, Vec<(u64, String)>)>;

fn cut(text: &str, step: usize, bounds: Bounds) -> Result<Records, Broken> {
    let mut cutter = Cutter::new(Drip { bytes: text.as_bytes(), step }, bounds);
    let (mut record, mut records) = (Record::default(), Records::new());
    while cutter.read(&mut record)? {
        let texts = record.texts().unwrap();
        let values = texts.iter().enumerate().map(|(at, value)| (texts.line(at), value.to_owned()));
        records.push((record.line(), values.collect()));
    }
    Ok(records)
}

const WIDE: Bounds = Bounds { record: 1 << 20, field: 1 << 20 };

/// Reads many texts, one of them in a line as JSON, and writes for each its records with their lines, or null.
const PYTHON: &str = r#"
import csv, io, json, sys
for line in sys.stdin:
    source = io.TextIOWrapper(io.BytesIO(json.loads(line).encode()), encoding="utf-8", newline="")
    rows, reader = [], csv.reader(source, strict=True)
    before = 0
    try:
        for row in reader:
            if row:
                rows.append([before + 1, row])
            before = reader.line_num
    except csv.Error:
        rows = None
    print(json.dumps(rows))
"#;

/// Has Python's `csv` read texts in strict mode.
fn by_python(texts: &[String]) -> Vec<serde_json::Value> {
    let mut python =
        Command::new("python3").args(["-c", PYTHON]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines: String = texts.iter().map(|text| serde_json::to_string(text).unwrap() + "\n").collect();
    let mut input = python.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()).unwrap());
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

struct Random(ChaCha8Rng);

impl Random {
    fn below(&mut self, bound: u32) -> usize {
        (self.0.next_u32() % bound) as usize
    }

    fn one_of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u32)]
    }

    /// Any row of what matters to CSV.
    fn soup(&mut self) -> String {
        let tokens = [
            "\"", "\"", "\"\"", ",", ",", "\n", "\r\n", "\r", "a", "bc", " ", "é", "'", ";", "\t", "\u{85}", "\u{2028}",
        ];
        (0..self.below(24)).map(|_| self.one_of(&tokens)).collect()
    }

    /// Records with random quotes, ends of line and blank lines, and sometimes one character too many or too few.
    fn table(&mut self) -> String {
        let width = 1 + self.below(4);
        let mut text = String::new();
        for _ in 0..self.below(6) {
            for at in 0..width {
                text += if at > 0 { "," } else { "" };
                text += &self.value();
            }
            text += self.one_of(&["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n\r\n", "\r\r"]);
        }
        while self.below(3) == 0 {
            text.pop();
        }
        if self.below(6) == 0 && !text.is_empty() {
            let letters: Vec<char> = text.chars().collect();
            let at = self.below(letters.len() as u32);
            let extra = self.one_of(&["\"", "", "\r"]);
            text = letters[..at].iter().collect::<String>() + extra + &letters[at + 1..].iter().collect::<String>();
        }
        text
    }

    fn value(&mut self) -> String {
        let inner = ["a", "b", " ", "ü", ",", "\n", "\r\n", "\r", "\"\"", "1"];
        match self.below(3) {
            0 => (0..self.below(4))
                .map(|_| self.one_of(&["a", "b", " ", "ü", "1", "\""]))
                .collect::<String>()
                .trim_start_matches('"')
                .to_owned(),
            1 => String::new(),
            _ => format!("\"{}\"", (0..self.below(5)).map(|_| self.one_of(&inner)).collect::<String>()),
        }
    }
}

#[test]
fn random_csv_gives_the_records_and_lines_of_pythons_strict_reader_or_both_refuse() {
    let mut random = Random(ChaCha8Rng::seed_from_u64(12));
    let texts: Vec<String> =
        (0..20_000).map(|number| if number % 2 == 0 { random.soup() } else { random.table() }).collect();
    let (mut read, mut refused) = (0, 0);
    for (text, expected) in texts.iter().zip(by_python(&texts)) {
        for step in [1, 3, 1 << 20] {
            let found = cut(text, step, WIDE).ok().map(|records| {
                let values =
                    |record: Vec<(u64, String)>| record.into_iter().map(|(_, value)| value).collect::<Vec<_>>();
                records.into_iter().map(|(line, record)| serde_json::json!([line, values(record)])).collect::<Vec<_>>()
            });
            assert_eq!(serde_json::json!(found), expected, "{text:?}");
        }
        if expected.is_null() { refused += 1 } else { read += 1 }
    }
    assert!(read > 4000 && refused > 4000, "{read} read, {refused} refused");
}

#[test]
fn each_record_and_each_value_has_the_line_that_an_editor_shows() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "h,i\n\n\n\"a\nb\",c\n\n\"d\n\n\",\"e\nf\"\n\"\",g\nlast,\"\n\"".replace('\n', end);
        let records = cut(&text, 1, WIDE).unwrap();
        let lines: Vec<Vec<u64>> =
            records.iter().map(|(_, values)| values.iter().map(|(line, _)| *line).collect()).collect();
        assert_eq!(lines, [[1, 1], [4, 5], [7, 9], [11, 11], [12, 12]], "{end:?}");
        assert_eq!(records.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 4, 7, 11, 12], "{end:?}");
    }
    let mixed = "h\r\n\ra\n\r\nb\r\r\n\"\r\n\n\r\"";
    let lines: Vec<u64> = cut(mixed, 1, WIDE).unwrap().iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 3, 5, 7]);
}

#[test]
fn what_takes_more_than_its_bound_is_refused_with_the_line_where_it_begins() {
    let bounds = Bounds { record: 40, field: 10 };
    let fault = |text: &str| {
        let told = |step| {
            let broken = cut(text, step, bounds).unwrap_err();
            (format!("{:?}", broken.fault), broken.line)
        };
        assert_eq!(told(1), told(1 << 20));
        told(1)
    };
    assert_eq!(fault("a\n\nb,0123456789x"), ("LongField { quoted: false }".into(), 3));
    assert_eq!(fault("a\nb,\"0123\n56789x"), ("LongField { quoted: true }".into(), 2));
    assert_eq!(fault(&format!("a\n{}", "123456789,".repeat(5))), ("LongRecord".into(), 2));
    assert_eq!(fault(&format!("a\n{}", ",".repeat(50))), ("LongRecord".into(), 2));
    assert_eq!(fault("a\n\0\0"), ("Nul { at_start: true }".into(), 2));
    assert_eq!(fault("a\nb,\0"), ("Nul { at_start: false }".into(), 2));
    assert!(cut("a,0123456789\n\"0123456789\",012345678,0123456789\n", 1, bounds).is_ok());
    assert!(matches!(cut("\"", 1, bounds), Err(Broken { fault: Fault::Unclosed, line: 1 })));
}

/// The first records of the sample's signals, with one more column.
fn signals(project: &Project, records: usize) -> Vec<String> {
    let sound = project.read(SIGNALS);
    let mut lines: Vec<String> = sound.lines().take(records + 1).map(|line| format!("{line},")).collect();
    lines[0] += "note";
    lines
}

/// What a check says of signals; of other records than the faulty one nothing may be told.
fn says(project: &Project, text: impl AsRef<[u8]>) -> String {
    project.write(SIGNALS, text);
    let says = project.refuses(&["check", SPEC]);
    for told in ["SYN-S-", "2016-", "friend_of_victim"] {
        assert!(!says.contains(told), "{says}");
    }
    says
}

/// Opens a quote before the last declared value of a record.
fn last_value(line: &str) -> String {
    let at = line.trim_end_matches(',').rfind(',').unwrap() + 1;
    format!("{}\"{}", &line[..at], &line[at..])
}

#[test]
fn a_quote_that_is_never_closed_is_refused_where_it_opens() {
    let project = Project::new();
    let sound = signals(&project, 9);
    let help = "  = help: close it, or write a quote within a value twice and put the value in quotes\n1 error; nothing was published\n";
    let expected = |line: usize| {
        format!("error[data::not-csv]: a quote opens in this line and is never closed\n  ┌─ {SIGNALS}:{line}\n{help}")
    };
    for end in ["\n", "\r\n", "\r"] {
        for last in [end, ""] {
            let with = |line: usize, text: String| {
                let mut lines = sound.clone();
                lines[line - 1] = text;
                says(&project, lines.join(end) + last)
            };
            // In a further column, in the last declared one, in the first one, in a value with line breaks before it.
            assert_eq!(with(5, format!("{}\"never closed", sound[4])), expected(5));
            assert_eq!(with(5, last_value(&sound[4])), expected(5));
            assert_eq!(with(5, format!("\"{}", sound[4])), expected(5));
            assert_eq!(with(4, format!("{}\"a{end}b\"{end}\"{}", sound[3], sound[4])), expected(6));
            // In the header, in the last line, at the very end.
            assert_eq!(with(1, format!("{}\"", sound[0].trim_end_matches("note"))), expected(1));
            assert_eq!(with(10, format!("{}\"x", sound[9])), expected(10));
            assert_eq!(with(10, format!("{}\"", sound[9])), expected(10));
        }
    }
}

#[test]
fn text_behind_a_closing_quote_is_refused_where_the_value_begins() {
    let project = Project::new();
    let sound = signals(&project, 9);
    for end in ["\n", "\r\n", "\r"] {
        let with = |line: usize, text: String| {
            let mut lines = sound.clone();
            lines[line - 1] = text;
            says(&project, lines.join(end))
        };
        for (line, at, text) in [
            (5, 5, format!("{}\"He\" said", sound[4])),
            (5, 5, format!("{}\"He\" ", sound[4])),
            (5, 5, format!("\"{}\" {}", &sound[4][..12], &sound[4][12..])),
            // The first quote that is not closed meets the first one of a later value.
            (3, 3, format!("{}\"never closed{end}{}\"a note\"", sound[2], sound[3])),
            (1, 1, format!("\"signal_id\"x{}", &sound[0][9..])),
            (5, 7, format!("\"a{end}b{end}\",\"{}\"\"\"x\"\"{end}\"y,", sound[4])),
        ] {
            let expected = format!(
                "error[data::not-csv]: in a value that begins in this line, more text stands behind the closing quote\n  \
                 ┌─ {SIGNALS}:{at}\n  \
                 = help: close it, or write a quote within a value twice and put the value in quotes\n\
                 1 error; nothing was published\n"
            );
            assert_eq!(with(line, text.clone()), expected, "{text}");
        }
    }
}

#[test]
fn quotes_of_the_reference_figures_are_judged_as_strictly() {
    let project = Project::new();
    let sound = project.read(REFERENCE);
    for (end, text) in [("\n", "calls,\"AK,82\n"), ("\r\n", "calls,\"AK,82\r\n"), ("\r", "calls,\"AK,82\r")] {
        let file = sound.replace("calls,AK,82\n", "\n\ncalls,\"AK,82\n").replace('\n', end);
        assert!(file.contains(text));
        project.write(REFERENCE, file);
        let says = project.refuses(&["check", SPEC]);
        let expected = format!(
            "error[data::not-csv]: a quote opens in this line and is never closed\n  ┌─ {REFERENCE}:5\n  \
             = help: close it, or write a quote within a value twice and put the value in quotes\n\
             1 error; nothing was published\n"
        );
        assert_eq!(says, expected);
    }
    project.write(REFERENCE, sound.replace("calls,AK,82\n", "\ncalls,\"AK\"x,82\n"));
    let says = project.refuses(&["check", SPEC]);
    assert!(says.starts_with("error[data::not-csv]: in a value that begins in this line, more"), "{says}");
    assert!(says.contains(&format!("{REFERENCE}:4\n")), "{says}");
    project.write(REFERENCE, sound.replace("calls,AK,82\n", "\r\n\"calls\",\"A\nK\",82\r\n"));
    let says = project.refuses(&["check", SPEC]);
    let expected = format!("no jurisdiction has the code `…`\n  ┌─ {REFERENCE}:4, column `jurisdiction`\n");
    assert!(says.contains(&expected), "{says}");
}

#[test]
fn of_a_value_that_may_hold_other_records_nothing_is_told() {
    let project = Project::new();
    let sound = signals(&project, 9);
    let mut lines = sound.clone();
    // Two quotes that are not closed close each other.
    lines[4] = sound[4].replace(",phone,", ",\"phone,");
    lines[5] = sound[5].replace(",phone,", ",\",");
    let says = says(&project, lines.join("\n"));
    assert!(says.contains(&format!("`channel` takes no code `…`\n  ┌─ {SIGNALS}:5, column `channel`\n")), "{says}");
    // A record of the right width with such a value, in a column of codes and in that of ids.
    let mut lines = sound.clone();
    lines[4] = sound[4].replace(",phone,", &format!(",\"phone\n{}\",", &sound[5][..22]));
    let says = self::says(&project, lines.join("\n"));
    assert!(says.contains(&format!("`channel` takes no code `…`\n  ┌─ {SIGNALS}:5, column `channel`\n")), "{says}");
    let mut lines = sound.clone();
    lines[4] = format!("\"{}\n{}\"{}", &sound[5][..22], &sound[4][..12], &sound[4][12..]);
    let says = self::says(&project, lines.join("\n"));
    assert!(says.starts_with("error[data::unseen-character]: the id `…` holds U+000A LINE FEED\n"), "{says}");
}

#[test]
fn a_fault_is_told_at_the_line_of_its_value() {
    let project = Project::new();
    let sound = signals(&project, 9);
    for end in ["\n", "\r\n", "\r"] {
        let says = |lines: &[String]| says(&project, lines.join(end));
        let place = |says: &str| says.lines().nth(1).map(|line| line.trim_start_matches([' ', '┌', '─']).to_owned());
        let mut lines = sound.clone();
        lines[2] = lines[2].replace(",phone,", ",fax,");
        assert_eq!(place(&says(&lines)), Some(format!("{SIGNALS}:3, column `channel`")));
        // Blank lines before it count, and a byte order mark is no line.
        lines.insert(1, String::new());
        lines.insert(0, String::new());
        assert_eq!(place(&says(&lines)), Some(format!("{SIGNALS}:5, column `channel`")));
        lines[0].insert(0, '\u{feff}');
        assert_eq!(place(&says(&lines)), Some(format!("{SIGNALS}:5, column `channel`")));
        // Behind values with line breaks, in this record and before it; too few values are the record's fault.
        let mut lines: Vec<String> = sound.iter().map(|line| format!("\"x{end}{end}y\",{line}")).collect();
        lines[2] = lines[2].replace(",phone,", ",fax,");
        assert_eq!(place(&says(&lines)), Some(format!("{SIGNALS}:9, column `channel`")));
        lines[2] = lines[2].replace(",fax,", ",");
        assert_eq!(place(&says(&lines)), Some(format!("{SIGNALS}:7")));
    }
}

#[test]
fn a_byte_zero_or_a_mark_of_the_end_is_named() {
    let project = Project::new();
    let text = signals(&project, 4).join("\n") + "\n";
    insta::assert_snapshot!(says(&project, format!("{text}\0\0\0\0")), @r"
    error[data::not-csv]: from here on the file holds the byte NUL in the place of records
      ┌─ data/connecticut-2016/signals.csv:6
      = help: the file was cut off while it was written or copied: get it anew
    1 error; nothing was published
    ");
    insta::assert_snapshot!(says(&project, text.replacen("true,", "tr\0e,", 1)), @r"
    error[data::not-csv]: the record holds the byte NUL, which no text holds
      ┌─ data/connecticut-2016/signals.csv:2
      = help: the file was cut off or damaged, or is no CSV: get it anew
    1 error; nothing was published
    ");
    insta::assert_snapshot!(says(&project, format!("{text}\u{1a}")), @r"
    error[data::not-csv]: the line holds Ctrl-Z (U+001A), with which DOS ended its text files
      ┌─ data/connecticut-2016/signals.csv:6
      = help: take the line out of the file
    1 error; nothing was published
    ");
    let whole = project.read(REFERENCE);
    project.write(REFERENCE, format!("{}\u{1a}", whole.trim_end()));
    project.write(SIGNALS, format!("{}\u{1a}", text.trim_end()));
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::not-a-number]: the count is no whole number
      ┌─ data/connecticut-2016/reference.csv:52, column `count`
    1 error; nothing was published
    ");
    project.write(REFERENCE, whole);
    let text = text.replace(",note", "").replace(",\n", "\n");
    insta::assert_snapshot!(says(&project, format!("{}\u{1a}", text.trim_end())), @r"
    error[data::unknown-code]: `how_found` takes no code `<U+001A>`
      ┌─ data/connecticut-2016/signals.csv:5, column `how_found`
      = help: it begins with U+001A SUBSTITUTE
    1 error; nothing was published
    ");
}

#[test]
fn a_quote_that_takes_in_whole_records_is_refused_though_a_later_one_closes_it() {
    let project = Project::new();
    let sound = signals(&project, 9);
    for end in ["\n", "\r\n", "\r"] {
        for (first, last) in [(4, 8), (4, 5)] {
            let mut lines = sound.clone();
            lines[first] += "\"never closed";
            lines[last] += "closed by mistake\"";
            let expected = format!(
                "error[data::not-csv]: a quote opens in this line, and what it takes in are records themselves\n  \
                 ┌─ {SIGNALS}:{}\n  \
                 = help: close it: a quote of a later line was taken for its end\n\
                 1 error; nothing was published\n",
                first + 1
            );
            assert_eq!(says(&project, lines.join(end)), expected);
        }
    }
    // A note over lines is none, though it has as many commas.
    let mut lines = sound;
    lines[4] += "\"called twice,\nonce, in spring, of a case, long, past, and closed, then, again, here\nand, so, on\"";
    project.write(SIGNALS, lines.join("\n"));
    project.succeeds(&["check", SPEC]);
}

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
