//! Random damage to every kind of input: whatever stands there, the answer is a result or findings that can be shown.

use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, RngAlgorithm, TestRng, TestRunner};

use platen::diag::{Finding, Findings, Place, Sources, render};
use platen::pipeline::Edition;
use platen::report_spec::Places;

use platen::review::{ReviewedReport, compare};

use crate::support::{Project, repository, tool};

const SPEC: &str = "config/nhth-2016.yaml";

/// One piece of damage; places are parts of the text's length in 65,536ths.
#[derive(Clone, Debug)]
pub(crate) enum Damage {
    /// Bits of a byte are turned.
    Flip(u16, u8),
    /// Some bytes are left out.
    Delete(u16, u8),
    /// Some bytes stand twice.
    Repeat(u16, u8),
    /// Two words change places.
    Swap(u16, u16),
    /// A word with a meaning is put in.
    Insert(u16, usize),
}

/// Words that mean something to one of the readers.
const WORDS: [&str; 40] = [
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    ",",
    "\n",
    "\n\n",
    "- ",
    "# ",
    "&a ",
    "*a",
    "!!int ",
    "|",
    ">",
    "%",
    "{{",
    "{% if x %}",
    "**",
    "\t",
    "\0",
    "\u{feff}",
    "\u{e000}",
    "🦆",
    "-1",
    "1e999",
    "null",
    "<< ",
    " >>",
    " 10 0 R",
    "stream\n",
    "endobj\n",
    "/Kids ",
    "/Length 9 ",
    "/Filter /FlateDecode ",
    "-999999999999",
    " BT /F1 1 Tf (x) Tj ET q ",
];

pub(crate) fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let damage = prop_oneof![
        (any::<u16>(), any::<u8>()).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        (any::<u16>(), 1_u8..40).prop_map(|(at, bytes)| Damage::Delete(at, bytes)),
        (any::<u16>(), any::<u8>()).prop_map(|(at, bytes)| Damage::Repeat(at, bytes)),
        (any::<u16>(), any::<u16>()).prop_map(|(a, b)| Damage::Swap(a, b)),
        (any::<u16>(), 0..WORDS.len()).prop_map(|(at, word)| Damage::Insert(at, word)),
    ];
    prop::collection::vec(damage, 1..5)
}

pub(crate) fn apply(text: &[u8], all: &[Damage]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for damage in all {
        let place = |at: u16| usize::from(at) * bytes.len() / 65_536;
        match *damage {
            _ if bytes.is_empty() => break,
            Damage::Flip(at, bits) => {
                let at = place(at);
                bytes[at] ^= bits;
            }
            Damage::Delete(at, count) => {
                let at = place(at);
                let end = (at + usize::from(count)).min(bytes.len());
                bytes.drain(at..end);
            }
            Damage::Repeat(at, count) => {
                let at = place(at);
                let end = (at + usize::from(count)).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            Damage::Swap(one, other) => bytes = swapped(&bytes, place(one.min(other)), place(one.max(other))),
            Damage::Insert(at, word) => {
                let at = place(at);
                bytes.splice(at..at, WORDS[word].bytes());
            }
        }
    }
    bytes
}

/// Changes the words at two places.
fn swapped(bytes: &[u8], one: usize, other: usize) -> Vec<u8> {
    let word = |at: usize| {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let start = bytes[..at].iter().rposition(|byte| !is_part(byte)).map_or(0, |before| before + 1);
        let end = bytes[at..].iter().position(|byte| !is_part(byte)).map_or(bytes.len(), |after| at + after);
        start..end
    };
    let (first, second) = (word(one), word(other));
    if first.end > second.start {
        return bytes.to_vec();
    }
    let between = &bytes[first.end..second.start];
    [&bytes[..first.start], &bytes[second.clone()], between, &bytes[first], &bytes[second.end..]].concat()
}

/// Words that change places leave the form whole, so that later checks are reached.
fn exchange() -> impl Strategy<Value = Vec<Damage>> {
    prop::collection::vec((any::<u16>(), any::<u16>()).prop_map(|(a, b)| Damage::Swap(a, b)), 1..4)
}

/// Runs a test on so many pieces of damage; `PLATEN_FUZZ=100` makes it a hundred times as many.
pub(crate) fn with_damage(damage: impl Strategy<Value = Vec<Damage>>, cases: u32, test: impl Fn(&[Damage])) {
    let times: u32 = std::env::var("PLATEN_FUZZ").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let config = Config {
        cases: cases * times,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        max_shrink_iters: 200,
        ..Config::default()
    };
    // Tests give the same answer each time; more cases than usual are for looking further.
    let mut runner = match times {
        1 => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
        _ => TestRunner::new(config),
    };
    runner
        .run(&damage, |all| {
            test(&all);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

/// Checks that findings can be shown: words, a place within its text, no control characters.
fn can_be_shown(findings: &Findings, sources: &Sources) {
    assert!(findings.has_errors(), "what fails says why");
    for finding in findings.iter() {
        is_worded(finding);
        if let Some(Place::Span { file, start, end }) = &finding.place {
            let text = sources.text(file).map_or("", |text| text);
            assert!(start <= end && *end <= text.len(), "{finding:?}");
        }
        let shown = render(finding, sources);
        assert!(!shown.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "{shown:?}");
    }
}

fn is_worded(finding: &Finding) {
    let known = platen::diag::Code::all().any(|code| code == finding.code);
    assert!(known && !finding.message.is_empty() && !finding.message.ends_with('.'), "{finding:?}");
    assert!(!finding.code.is_internal(), "{finding:?}");
}

/// Loads and composes the edition, and checks what it says where it fails.
fn load(project: &Project) {
    let mut sources = Sources::default();
    let loaded = Edition::load(&project.path(SPEC), &Places::default(), &[], &mut sources)
        .and_then(|edition| edition.documents());
    if let Err(findings) = loaded {
        can_be_shown(&findings, &sources);
    }
}

/// Damages a file of the project again and again.
fn damaged(file: &str, damage: impl Strategy<Value = Vec<Damage>>, cases: u32) {
    let project = Project::new();
    let sound = project.read(file);
    with_damage(damage, cases, |all| {
        project.write(file, apply(sound.as_bytes(), all));
        load(&project);
    });
}

#[test]
fn a_damaged_spec_is_read_or_refused() {
    damaged(SPEC, damage(), 600);
}

#[test]
fn a_spec_whose_words_changed_places_is_read_or_refused() {
    damaged(SPEC, exchange(), 600);
}

#[test]
fn damaged_signals_are_read_or_refused() {
    damaged("data/connecticut-2016/signals.csv", damage(), 150);
}

#[test]
fn damaged_cases_are_read_or_refused() {
    damaged("data/connecticut-2016/cases.csv", damage(), 150);
}

#[test]
fn damaged_locations_are_read_or_refused() {
    damaged("data/connecticut-2016/case_locations.csv", damage(), 150);
}

#[test]
fn damaged_reference_figures_are_read_or_refused() {
    damaged("data/connecticut-2016/reference.csv", damage(), 150);
}

#[test]
fn damaged_boundaries_are_read_or_refused() {
    let sound = std::fs::read(repository().join("geodata/2016/RI.geojson")).unwrap();
    with_damage(damage(), 2000, |all| {
        let text = String::from_utf8_lossy(&apply(&sound, all)).into_owned();
        if let Err(error) = platen::boundaries::parse(&text) {
            let words = error.to_string();
            assert!(platen::diag::Code::all().any(|code| code == error.code()) && !words.ends_with('.'), "{words}");
        }
    });
}

#[test]
fn a_damaged_index_of_boundaries_is_read_or_refused() {
    damaged("geodata/2016/index.json", damage(), 100);
}

/// Damages a PDF again and again; what is read is compared with the sound one.
fn damaged_pdf(bytes: &[u8], cases: u32) {
    let sound = ReviewedReport::read("sound.pdf", bytes.to_vec()).unwrap();
    with_damage(damage(), cases, |all| match ReviewedReport::read("damaged.pdf", apply(bytes, all)) {
        Ok(report) => {
            let _ = compare(&sound, &report);
            let _ = compare(&report, &sound);
        }
        Err(finding) => is_worded(&finding),
    });
}

#[test]
fn damaged_reports_are_compared_or_refused() {
    let project = Project::new();
    let pdf = project.pdf();
    let plain = project.path("plain.pdf");
    damaged_pdf(&std::fs::read(&pdf).unwrap(), 60);
    // Without compression the damage reaches the content, the structure tree and the fonts.
    let uncompressed = ["--qdf", "--object-streams=disable", "--stream-data=uncompress"];
    tool("qpdf", &[uncompressed.as_slice(), &[pdf.to_str().unwrap(), plain.to_str().unwrap()]].concat());
    let bytes = std::fs::read(&plain).unwrap();
    // The structure and the pages stand before the map's eight megabytes of pixels, or behind them.
    damaged_pdf(&bytes, 60);
}

#[test]
fn damaged_small_files_are_compared_or_refused() {
    damaged_pdf(&crate::support::page::Page::default().pdf(), 2000);
    damaged_pdf(
        &crate::support::page::with("BT /F 12 Tf 72 700 Td (Words that stay) Tj ET 9 9 50 50 re f").pdf(),
        2000,
    );
}
