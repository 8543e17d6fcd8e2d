//! Any text as prose with placeholders, and as a condition: it is filled in or refused, and what it says beyond the words of
//! its figures does not depend on them.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use minijinja::context;
use platen::report_spec::{Context, Engine, Prose, Rich, Span};

/// The words of the figures in two reports: as long as each other, and in no template.
const WORDS: [[&str; 3]; 2] = [["ᚠ1ᚠ", "ᚠ2ᚠ", "ᚠ3ᚠ"], ["ᚢ7ᚢ", "ᚢ8ᚢ", "ᚢ9ᚢ"]];

static ENGINE: LazyLock<(Engine, [Context; 2])> = LazyLock::new(|| (Engine::new(), WORDS.map(report)));

fn report(words: [&str; 3]) -> Context {
    let mut context = Context::default();
    let [cases, few, position] = words.map(|words| context.figure(words.to_owned()));
    context.with(context! {
        edition => "fuzz",
        jurisdiction => context! { name => "Connecticut", ranked => true },
        period => context! { from => context! { long => "January 1, 2016" }, year => 2016 },
        figures => context! {
            cases => context! { text => cases, form => "other", hidden => false },
            few => context! { text => few, form => "other", hidden => true },
        },
        ranks => context! { cases => context! { position => position, tied => false } },
    })
}

/// The words of a text, those of the first report's figures replaced by the second's.
fn told(rich: Rich) -> Vec<(String, bool)> {
    let swap =
        |text: String| WORDS[0].iter().zip(WORDS[1]).fold(text, |text, (first, second)| text.replace(first, second));
    rich.into_iter()
        .map(|span| match span {
            Span::Text { text, bold } => (swap(text), bold),
            Span::Note(name) => (swap(name), false),
        })
        .collect()
}

fuzz_target!(init: platen::diag::tell_panics_by_place(), |text: &str| {
    if text.contains(['ᚠ', 'ᚢ', '\u{E000}', '\u{E001}', '\u{E002}', '\u{E003}']) {
        return;
    }
    let (engine, reports) = &*ENGINE;
    let prose = Prose { text: text.to_owned(), place: None };
    let [first, second] = reports.each_ref().map(|report| engine.rich(&prose, report).map(told));
    match (first, second) {
        (Ok(first), Ok(second)) => {
            assert_eq!(first, second, "what prose says does not depend on the words of a figure");
            let is_clean = |(text, _): &(String, bool)| !text.contains(['\u{E000}', '\u{E001}', '\u{E002}', '\u{E003}']);
            assert!(first.iter().all(is_clean), "the marks of the engine stay inside it");
        }
        (Err(first), Err(second)) => assert_eq!(first.message, second.message),
        _ => panic!("whether a text can be filled in depends on the words of a figure"),
    }
    let [first, second] = reports.each_ref().map(|report| engine.holds(&prose, report));
    assert_eq!(first, second, "what holds does not depend on the words of a figure");
});
