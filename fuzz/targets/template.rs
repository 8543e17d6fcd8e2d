//! Any text as prose with placeholders, and as a condition.

#![no_main]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use minijinja::{Value, context};
use platen::spec::{Engine, Prose, Span};

static ENGINE: LazyLock<(Engine, Value, BTreeSet<String>)> = LazyLock::new(|| {
    let figure = |text: &str, hidden: bool| context! { text => text, form => "other", hidden => hidden };
    let context = context! {
        edition => "fuzz",
        jurisdiction => context! { name => "Connecticut", ranked => true },
        period => context! { from => context! { long => "January 1, 2016" }, year => 2016 },
        figures => context! { cases => figure("54", false), few => figure("few", true) },
        ranks => context! { cases => context! { position => "31st", tied => false } },
    };
    let known = ["edition", "jurisdiction.name", "jurisdiction.ranked", "period.from", "period.year", "figures.cases.text"];
    (Engine::new(), context, known.into_iter().map(str::to_owned).collect())
});

fuzz_target!(|text: &str| {
    let (engine, context, known) = &*ENGINE;
    let prose = Prose { text: text.to_owned(), place: None };
    let findings = engine.check(&prose, known);
    assert!(findings.iter().all(|finding| !finding.message.is_empty()));
    if let Ok(rich) = engine.rich(&prose, context) {
        let is_clean = |span: &Span| match span {
            Span::Text { text, .. } => !text.contains(['\u{E000}', '\u{E001}', '\u{E002}', '\u{E003}']),
            Span::Note(_) => true,
        };
        let has_reserved = text.contains(|c: char| ('\u{E000}'..='\u{E003}').contains(&c));
        assert!(has_reserved || rich.iter().all(is_clean), "the marks of the engine stay inside it");
    }
    let _ = engine.check_expression(&prose, known);
    let _ = engine.holds(&prose, context);
});
