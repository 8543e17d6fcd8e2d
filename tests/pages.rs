//! No word is lost: every text of a report stands on its pages once, in order, and can be seen; or the report is refused.

use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::labels;
use crate::support::{Project, pages, tool};

const SPEC: &str = "config/labels.yaml";

/// Words that are told from each other wherever they stand, so many after the first ones.
fn words(from: usize, count: usize) -> String {
    (from..from + count).map(|number| format!("q{number:05}z")).collect::<Vec<_>>().join(" ")
}

/// The letters of all pages, white space left out.
fn letters(pdf: &Path) -> String {
    pages(pdf).concat().chars().filter(|c| !c.is_whitespace()).collect()
}

/// Checks that each word stands once, and each after the one before it.
fn stand_once_in_order(letters: &str, text: &str) {
    let mut last = None;
    for word in text.split(' ') {
        let places: Vec<usize> = letters.match_indices(word).map(|(place, _)| place).collect();
        assert_eq!(places.len(), 1, "`{word}` stands once");
        assert!(last < places.first().copied(), "`{word}` stands after the word before it");
        last = places.first().copied();
    }
}

fn edited(project: &Project, edit: impl FnOnce(&mut Value)) {
    let mut spec: Value = serde_json::from_str(&project.read(SPEC)).unwrap();
    edit(&mut spec);
    project.write(SPEC, spec.to_string());
}

fn built(project: &Project) -> std::path::PathBuf {
    let written = project.succeeds(&["build", SPEC]);
    project.path(written.lines().next().unwrap())
}

#[test]
fn a_row_taller_than_a_page_breaks_and_keeps_its_words() {
    let label = words(0, 700);
    let project = labels::project(&["First".to_owned(), label.clone(), "After".to_owned()], "Xylophone");
    let pdf = built(&project);
    let text = letters(&pdf);
    stand_once_in_order(&text, &label);
    // The figures stand beside the beginning, the next row behind the end.
    assert!(text.contains("After333.3%"), "{text}");
    labels::stays_on_the_page(&pdf);
    assert_eq!(project.succeeds(&["build", SPEC, "--text"]).matches("q00699z").count(), 1);
}

#[test]
fn long_statements_notices_notes_headings_and_counters_break_over_pages() {
    let project = labels::project(&["Row".to_owned()], "Xylophone");
    // A text of the spec has at most 4,096 bytes.
    let texts: Vec<String> = (0..6).map(|text| words(1000 * text, 500)).collect();
    edited(&project, |spec| {
        spec["counters"]["row"][0]["label"] = json!({ "one": texts[5], "other": texts[5] });
        spec["notes"] = json!({ "long": texts[4] });
        spec["content"] = json!([
            { "heading": texts[0] }, { "statement": texts[1] }, { "notice": texts[2] },
            { "paragraph": format!("{}{{{{ note(\"long\") }}}}", texts[3]) },
            { "counters": "row" }, { "table": "labels" },
        ]);
    });
    let pdf = built(&project);
    let text = letters(&pdf);
    for words in &texts {
        stand_once_in_order(&text, words);
    }
    labels::stays_on_the_page(&pdf);
}

#[test]
fn figures_and_words_wider_than_their_column_stay_in_it() {
    let project = labels::project(&["Row".to_owned(), "W".repeat(29)], "Xylophone");
    let records: String = (0..12_000).fold(String::new(), |mut text, record| {
        writeln!(text, "SYN-W-{record},XY,c1").unwrap();
        text
    });
    project.write("data/records.csv", project.read("data/records.csv") + &records);
    edited(&project, |spec| {
        let column = |cell: &str, head: &str| json!({ "cell": cell, "head": head });
        let count = || column("count", "UNCHARACTERISTICALLY");
        spec["tables"]["labels"]["columns"] =
            json!([column("label", "LABEL"), count(), count(), count(), count(), count(), count()]);
        spec["small_counts"]["cell"] = "Suppressed".into();
    });
    let pdf = built(&project);
    labels::stays_on_the_page(&pdf);
    let text = letters(&pdf);
    assert_eq!(text.matches(&"W".repeat(29)).count(), 1);
    assert_eq!(text.matches("UNCHARACTERISTICALLY").count(), 6);
    // A figure is never divided.
    assert_eq!(pages(&pdf).concat().matches("12,003").count(), 6);
}

/// Damages the layout and returns what a check says of it, and a build as well.
fn refused(file: &str, from: &str, to: &str) -> String {
    let project = labels::project(&["Row".to_owned()], "Xylophone");
    project.edit(&format!("layouts/nhth-2016/{file}"), from, to);
    let findings = project.refused_alike(SPEC);
    assert!(!project.path("out").exists());
    findings
}

#[test]
fn a_layout_that_drops_a_text_is_refused() {
    let findings = refused("main.typ", "paragraph: paragraph-block,", "paragraph: (_, sticky: false) => [],");
    assert_eq!(
        findings,
        "error[typeset::lost-text]: the pages of Xylophone lack `Report of Xylophone`, or print it out of its order\n  \
         = help: the layout must print each text of a block once, as it is and in order\n\
         1 error\n"
    );
}

#[test]
fn a_layout_that_cuts_words_off_is_refused() {
    let findings = refused(
        "paragraph.typ",
        "  par(text(size: statement-size, rich(",
        "  height: 4pt, clip: true, par(text(size: statement-size, rich(",
    );
    assert_eq!(
        findings,
        "error[typeset::cut-off]: words do not fit on page 1 of Xylophone: `Report of`\n  \
         = help: shorten the text that they stand in, or give it more room in the layout\n\
         1 error\n"
    );
}

#[test]
fn words_on_top_of_each_other_are_refused() {
    let findings =
        refused("head.typ", "  place(top + start, dy: 14.5pt, series)", "  place(top + start, dy: line-top, series)");
    assert_eq!(
        findings,
        "error[typeset::overlap]: words lie on top of each other on page 1 of Xylophone: `Xylophone` and `LABELS`\n  \
         = help: shorten the text that they stand in, or give it more room in the layout\n\
         1 error\n"
    );
}

#[test]
fn a_running_head_or_notice_without_room_is_refused() {
    let project = labels::project(&["Row".to_owned()], "Xylophone");
    edited(&project, |spec| spec["running_head"]["series"] = "SERIES TITLE ".repeat(30).trim().into());
    let findings = project.refused_alike(SPEC);
    assert!(findings.contains("the title of the series is too long: two lines have room for it"), "{findings}");
    for times in [6, 12] {
        edited(&project, |spec| spec["running_head"]["series"] = "SERIES TITLE ".repeat(times).trim().into());
        labels::stays_on_the_page(&built(&project));
    }
    edited(&project, |spec| spec["notice"] = "A notice of many words. ".repeat(20).into());
    let findings = project.refused_alike(SPEC);
    assert!(findings.contains("the notice of every page is too long: two lines have room for it"), "{findings}");
}

#[test]
fn a_review_on_paper_keeps_long_words_and_long_texts() {
    let (before, after) = (words(0, 500), words(1000, 500));
    let side = |which: &str| json!({ "which": which, "name": "folder/".repeat(20), "revision": "nhth-2016, 1", "manifest": "0123456789abcdef".repeat(4) });
    let change = json!({ "kind": "Words", "alarm": false, "warning": true, "place": "Ж".repeat(40), "before": before, "after": after, "size": "" });
    let data = json!({
        "title": "Review: Connecticut", "description": "Changes", "names": ["a".repeat(80), "b".repeat(80)],
        "review": "0123456789abcdef".repeat(4), "old": side("Old"), "new": side("New"), "summary": "One change.",
        "alarms": [], "kinds": [["Words", 1, 1, 0]], "causes": [[1, "Spec", "config/nhth-2016.yaml", 1]],
        "untagged": "",
        "groups": [{ "title": "Words", "count": "1 text", "causes": "1", "alarm": false, "changes": [change], "more": 0 }],
    });
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("review.pdf");
    std::fs::write(&pdf, platen::typeset::review_sheet(&data.to_string()).unwrap()).unwrap();
    // In the order of lines, as two cells break over pages side by side.
    let text: String = tool("pdftotext", &["-layout", pdf.to_str().unwrap(), "-"]);
    for word in before.split(' ').chain(after.split(' ')) {
        assert_eq!(text.matches(word).count(), 1, "`{word}` stands once");
    }
    assert_eq!(text.matches('Ж').count(), 40);
}

/// Random words, some of them wide, long or hard to break.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        5 => "[a-z]{1,14}",
        1 => "[A-Z]{1,60}",
        1 => "[WM@%—m]{1,40}",
        1 => "[0-9.,:/-]{1,60}",
        1 => "[!()\\[\\]#*_$&\"'`~^|\\\\]{1,40}",
        1 => prop::sample::select(vec!["שיחה", "(199)", "العربية", "لأن", "Ελλάδα", "Горячая", "state/territory"])
            .prop_map(str::to_owned),
    ]
}

fn text(most: usize) -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::collection::vec(word(), 1..5),
        3 => prop::collection::vec(word(), 5..40.min(most)),
        1 => prop::collection::vec(word(), 30..most.max(31)),
    ]
    .prop_map(|words| words.join(" "))
}

/// The text of a report with one table.
#[derive(Debug, Clone)]
struct Texts {
    labels: Vec<String>,
    heads: Vec<String>,
    counters: Vec<String>,
    name: String,
    series: String,
    note: String,
}

fn texts() -> impl Strategy<Value = Texts> {
    (
        prop::collection::vec(text(600), 1..8),
        prop::collection::vec("[A-Z]{1,20}", 1..7),
        prop::collection::vec(text(40), 1..6),
        text(60),
        "[A-Z ]{1,60}",
        text(200),
    )
        .prop_map(|(labels, heads, counters, name, series, note)| {
            let name = format!("N {name}").chars().take(600).collect();
            Texts { labels, heads, counters, name, series: format!("S {series}"), note }
        })
}

fn with_texts(texts: &Texts) -> Project {
    let project = labels::project(&texts.labels, &texts.name);
    edited(&project, |spec| {
        let cell = |index: usize| if index == 0 { "label" } else { "count" };
        let columns = texts.heads.iter().enumerate();
        spec["tables"]["labels"]["columns"] =
            columns.map(|(index, head)| json!({ "cell": cell(index), "head": head })).collect();
        let counter = |label: &String| json!({ "of": "records", "label": { "one": label, "other": label }, "small_counts": "mask" });
        spec["counters"]["row"] = texts.counters.iter().map(counter).collect();
        spec["running_head"]["series"] = texts.series.as_str().into();
        spec["running_head"]["line"] = "LINE".into();
        spec["output"] = "report".into();
        spec["code_lists"]["notes"] = json!([{ "code": "n", "label": texts.note }]);
        spec["content"] = json!([
            { "heading": "{{ jurisdiction.name }}" }, { "statement": "{{ jurisdiction.name }}" },
            { "counters": "row" }, { "table": "labels" }, { "notice": "{{ jurisdiction.name }}" },
        ]);
    });
    project
}

/// Every report is compared with its pages before it is published, so a build that succeeds has lost nothing; the letters
/// that Poppler reads are counted besides.
#[test]
fn random_texts_are_never_lost() {
    let config = Config {
        cases: 60,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        max_shrink_iters: 60,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&texts(), |texts| {
        let project = with_texts(&texts);
        let pdf = built(&project);
        labels::stays_on_the_page(&pdf);
        let text = letters(&pdf);
        for words in texts.labels.iter().chain(&texts.counters) {
            for letter in ['q', 'W', 'm', '@', '7'] {
                let printed = text.matches(letter).count();
                prop_assert!(printed >= words.matches(letter).count(), "`{}` of `{}`", letter, words);
            }
        }
        let all: usize = texts.labels.iter().chain(&texts.counters).map(|text| text.matches('w').count()).sum();
        let named = texts.name.trim().matches('w').count() * 3;
        prop_assert_eq!(text.matches('w').count(), all + named);
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}
