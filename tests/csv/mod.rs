//! CSV is read strictly: as Python's `csv` module reads it in strict mode, with the lines that an editor shows, and in
//! bounded memory.

mod bounds;
mod refused;

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use platen::confidential::inside::csv::{Bounds, Broken, Cutter, Fault, Record};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::support::Project;

const SPEC: &str = "config/nhth-2016.yaml";
const SIGNALS: &str = "data/connecticut-2016/signals.csv";

/// The first records of the sample's signals, with one more column.
fn signals(project: &Project, records: usize) -> Vec<String> {
    let sound = project.read(SIGNALS);
    let mut lines: Vec<String> = sound.lines().take(records + 1).map(|line| format!("{line},")).collect();
    lines[0] += "note";
    lines
}

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
