//! Figures are opaque: tried with every filter, test, function, operator and statement of the engine.

use std::collections::BTreeSet;

use minijinja::Environment;
use minijinja::value::Value;

use super::{Context, Engine, Prose, plain};
use crate::diag::{Code, code};

mod everywhere;

fn prose(text: &str) -> Prose {
    Prose { text: text.to_owned(), place: None }
}

fn known() -> BTreeSet<String> {
    let names = [
        "figures.a.text",
        "figures.a.form",
        "figures.a.hidden",
        "figures.b.text",
        "national.a.text",
        "national.a.form",
        "ranks.r.position",
        "ranks.r.number",
        "ranks.r.tied",
        "ranks.r.among",
        "word",
        "number",
        "items",
    ];
    names.map(str::to_owned).into()
}

/// The codes of what is wrong with a template.
fn refused(text: &str) -> Vec<Code> {
    Engine::new().check(&prose(text), &known()).faults.iter().map(|fault| fault.finding.code).collect()
}

fn refused_condition(text: &str) -> Vec<Code> {
    Engine::new().check_expression(&prose(text), &known()).faults.iter().map(|fault| fault.finding.code).collect()
}

/// A report whose two figures say these words.
fn report(a: &str, b: &str) -> Context {
    let mut context = Context::default();
    let mut figure = |words: &str| {
        minijinja::context! { text => context.figure(words.to_owned()), form => "other", hidden => false }
    };
    let (a, b, nation) = (figure(a), figure(b), figure(a));
    let rank = minijinja::context! {
        position => context.figure("31st".to_owned()), number => context.figure("31".to_owned()), tied => true,
        among => context.figure("51".to_owned())
    };
    context.with(minijinja::context! {
        figures => minijinja::context! { a => a, b => b },
        national => minijinja::context! { a => nation },
        ranks => minijinja::context! { r => rank, none => Value::from(()) },
        word => "Ohio", number => 2016, items => ["x", "y"],
    })
}

/// Names that the engine itself lists in this part of its debugging text.
fn built_in(part: &str) -> Vec<String> {
    let all = format!("{:#?}", Environment::new());
    let after = all.split_once(&format!("    {part}: ")).expect("the engine lists what it has").1;
    let names = after.split_inclusive('\n').skip(1).take_while(|line| line.starts_with("        "));
    let own = names.filter(|line| !line.starts_with("         "));
    own.map(|line| line.trim().trim_matches(|c| c == ',' || c == '"').split('"').next().unwrap_or_default().to_owned())
        .collect()
}

const FIGURES: [&str; 7] = [
    "figures.a.text",
    "figures['a'].text",
    "national.a.text",
    "ranks.r.position",
    "ranks.r.number",
    "ranks.r.among",
    "(figures.a.text if word else figures.b.text)",
];

#[test]
fn the_engine_names_its_built_ins() {
    let (filters, tests, functions) = (built_in("filters"), built_in("tests"), built_in("globals"));
    assert!(filters.len() > 45 && filters.contains(&"int".into()) && filters.contains(&"format".into()), "{filters:?}");
    assert!(tests.len() > 35 && tests.contains(&"odd".into()) && tests.contains(&">=".into()), "{tests:?}");
    assert_eq!(functions, ["debug", "dict", "namespace", "range"]);
}

#[test]
fn no_filter_takes_a_figure() {
    for filter in built_in("filters").iter().map(String::as_str).chain(["date('long')"]) {
        for figure in FIGURES {
            for text in [
                format!("{{{{ {figure} | {filter} }}}}"),
                format!("{{{{ word | {filter}({figure}) }}}}"),
                format!("{{{{ word | {filter}(x={figure}) }}}}"),
                format!("{{{{ ({figure} | {filter}) - 1 }}}}"),
            ] {
                let filter_alone = text.contains("date('long')(");
                assert!(
                    filter_alone || refused(&text).contains(&code::spec::FIGURE_IN_PROSE),
                    "{text}: {:?}",
                    refused(&text)
                );
            }
            let text = format!("{figure} | {filter}");
            assert!(refused_condition(&text).contains(&code::spec::FIGURE_IN_PROSE), "{text}");
        }
        for whole in ["figures", "figures.a", "national", "national.a", "ranks", "ranks.r"] {
            let text = format!("{{{{ {whole} | {filter} }}}}");
            assert!(refused(&text).contains(&code::spec::FIGURE_IN_PROSE), "{text}");
        }
    }
}

#[test]
fn no_test_takes_a_figure_save_whether_there_is_one() {
    for test in built_in("tests") {
        // Operators are tests as well, written by their names only.
        let Some(test) = Some(test).filter(|test| test.starts_with(|c: char| c.is_alphabetic())) else { continue };
        let asks = matches!(test.as_str(), "defined" | "undefined" | "none");
        for figure in &FIGURES[..6] {
            for text in [format!("{figure} is {test}"), format!("{figure} is not {test}")] {
                assert_eq!(refused_condition(&text).contains(&code::spec::FIGURE_IN_PROSE), !asks, "{text}");
                assert_eq!(refused(&format!("{{% if {text} %}}x{{% endif %}}")).is_empty(), asks, "{text}");
            }
            let text = format!("word is {test}({figure})");
            assert!(refused_condition(&text).contains(&code::spec::FIGURE_IN_PROSE), "{text}");
        }
    }
}

#[test]
fn no_operator_takes_a_figure() {
    let operators =
        ["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"];
    for operator in operators {
        for figure in FIGURES {
            for (left, right) in [(figure, "number"), ("number", figure), (figure, "'2'"), (figure, "figures.b.text")] {
                let text = format!("{left} {operator} {right}");
                assert!(refused_condition(&text).contains(&code::spec::FIGURE_IN_PROSE), "{text}");
                let printed = format!("{{{{ {text} }}}}");
                assert!(refused(&printed).contains(&code::spec::FIGURE_IN_PROSE), "{printed}");
            }
        }
    }
    for figure in FIGURES {
        for text in [
            format!("-{figure}"),
            format!("not {figure}"),
            format!("{figure}[0]"),
            format!("{figure}[0:2]"),
            format!("{figure}[::-1]"),
            format!("word[{figure}]"),
            format!("word[:{figure}]"),
            format!("{figure}.length"),
            format!("{figure}.upper()"),
            format!("[{figure}]"),
            format!("({figure}, 1)"),
            format!("{{'a': {figure}}}"),
            format!("{{{figure}: 1}}"),
            format!("1 < {figure} < 3"),
            format!("'x' if {figure} else 'y'"),
            format!("figures[{figure}].text"),
            format!("items[{figure}]"),
            format!("{figure}({figure})"),
        ] {
            assert!(refused_condition(&text).contains(&code::spec::FIGURE_IN_PROSE), "{text}");
            assert!(refused(&format!("{{{{ {text} }}}}")).contains(&code::spec::FIGURE_IN_PROSE), "{text}");
        }
        assert!(refused_condition(figure).contains(&code::spec::FIGURE_IN_PROSE), "{figure}");
    }
}

#[test]
fn no_function_and_no_statement_takes_a_figure() {
    for function in built_in("globals").iter().map(String::as_str).chain(["note", "word", "loop"]) {
        let text = format!("{{{{ {function}(figures.a.text) }}}}");
        assert!(refused(&text).contains(&code::spec::FIGURE_IN_PROSE), "{text}");
        assert_eq!(refused(&format!("{{{{ {function}('x') }}}}")).is_empty(), function == "note");
    }
    for text in [
        "{% if figures.a.text %}x{% endif %}",
        "{% if figures.a %}x{% endif %}",
        "{% if word %}{% elif figures.a.text %}x{% endif %}",
        "{% for c in figures.a.text %}{{ c }}{% endfor %}",
        "{% for c in items if figures.a.text %}{{ c }}{% endfor %}",
        "{% for name in figures %}{{ figures[name].text }}{% endfor %}",
        "{% set x = figures.a.text %}{{ x | int }}",
        "{% set x = figures %}{{ x.a.text }}",
        "{% set x, y = figures.a.text, 1 %}",
        "{% with x = figures.a.text %}{{ x | int }}{% endwith %}",
        "{{ figures[word].text }}",
        "{{ figures[word] }}",
        "{{ figures.a.text.real }}",
        "{{ figures }}",
        "{{ figures.a }}",
        "{{ national.a }}",
        "{{ ranks.r }}",
        "{{ figures.a.other }}",
        "{{ figures.a.text or word }}",
        "{{ items[0] if figures.a.text == '2' else items[1] }}",
    ] {
        assert!(refused(text).contains(&code::spec::FIGURE_IN_PROSE), "{text}: {:?}", refused(text));
    }
}

#[test]
fn printed_words_are_never_captured_as_a_value() {
    for text in [
        "{% set x %}{{ figures.a.text }}{% endset %}{{ x | int - 1 }}",
        "{% filter upper %}{{ figures.a.text }}{% endfilter %}",
        "{% autoescape true %}{{ figures.a.text }}{% endautoescape %}",
        "{% for x in items recursive %}{{ figures.a.text }}{{ loop(items) }}{% endfor %}",
        "{% do note('x') %}",
        "{% macro m() %}{{ figures.a.text }}{% endmacro %}{{ m() | int }}",
        "{% call m() %}{{ figures.a.text }}{% endcall %}",
        "{% block b %}{{ figures.a.text }}{% endblock %}{{ self.b() | int }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% set figures = items %}",
        "{% for ranks in items %}{% endfor %}",
        "{% set note = items %}",
    ] {
        assert!(refused(text).contains(&code::spec::TEMPLATE), "{text}: {:?}", refused(text));
    }
}

/// Even a template that no spec could hold learns nothing: what it prints does not depend on the words of a figure, save
/// where they are printed themselves.
#[test]
fn what_the_engine_computes_does_not_depend_on_figures() {
    let mut texts: Vec<String> = vec![
        "{% set x %}{{ figures.a.text }}{% endset %}{{ x | length }} {{ x == '2' }} {{ x[:1] | length }}".into(),
        "{% filter length %}{{ figures.a.text }}{% endfilter %}".into(),
        "{{ figures.a.text ~ '' == '2' }}{{ figures.a.text == figures.b.text }}{{ figures.a.text < figures.b.text }}"
            .into(),
        "{{ debug() | length }}".into(),
        "{{ figures | length }}{{ figures.a.text in '2' }}{{ [figures.a.text, figures.b.text] | sort | length }}"
            .into(),
    ];
    for filter in built_in("filters") {
        texts.push(format!("{{{{ figures.a.text | {filter} | length }}}}"));
        texts.push(format!("{{{{ (figures.a.text | {filter}) == '2' }}}}"));
        texts.push(format!("{{% set x %}}{{{{ figures.a.text }}}}{{% endset %}}{{{{ (x | {filter}) == 2 }}}}"));
        texts.push(format!("{{{{ [figures.a.text, figures.b.text] | {filter} | string | length }}}}"));
    }
    for test in built_in("tests").iter().filter(|test| test.starts_with(char::is_alphabetic)) {
        texts.push(format!("{{{{ figures.a.text is {test} }}}}{{{{ figures.a.text is {test}('2') }}}}"));
    }
    let engine = Engine::new();
    for text in texts {
        let render = |a: &str, b: &str| engine.rich(&prose(&text), &report(a, b)).map_err(|finding| finding.message);
        assert_eq!(render("2", "2"), render("78,912", "fewer than three"), "{text}");
    }
}

#[test]
fn what_prose_needs_stays() {
    let engine = Engine::new();
    for (text, wanted) in [
        ("{{ figures.a.text }} of {{ national.a.text }}", "2 of 2"),
        ("{{ figures['a'].text }}{{ figures.b['text'] }}", "29"),
        ("{{ figures.a.text if figures.a.form == 'other' else figures.b.text }}", "2"),
        (
            "{% if figures.a.form in ['one', 'two'] or figures.a.hidden %}x{% else %}{{ figures.b.text }}{% endif %}",
            "9",
        ),
        (
            "{% if ranks.r and ranks.r.tied %}{{ ranks.r.position }} ({{ ranks.r.number }}/{{ ranks.r.among }}){% endif %}",
            "31st (31/51)",
        ),
        ("{% if not ranks.none %}no{% endif %}{% if ranks.none is none %} rank{% endif %}", "no rank"),
        ("{% if national.b is defined %}x{% else %}{{ word | upper }}{% endif %}", "OHIO"),
        (
            "{% set last = number - 1 %}{{ last }}{% with x = word %}, {{ x | lower | title }}{% endwith %}",
            "2015, Ohio",
        ),
        (
            "{% for one in items %}{{ one }}{{ '' if loop.last else ', ' }}{% endfor %} {{ items | join('/') }}",
            "x, y x/y",
        ),
        ("{{ word | default('none') }} {{ items | length }} {{ items | reverse | first }}", "Ohio 2 y"),
        ("{% if number > 2000 and word is startingwith('O') %}yes{% endif %}", "yes"),
    ] {
        let mut names = known();
        names.insert("ranks.none".into());
        names.insert("national.b.text".into());
        let faults: Vec<String> =
            engine.check(&prose(text), &names).faults.into_iter().map(|fault| fault.finding.message).collect();
        assert_eq!(faults, Vec::<String>::new(), "{text}");
        assert_eq!(engine.rich(&prose(text), &report("2", "9")).unwrap(), plain(wanted), "{text}");
    }
    for text in
        ["figures.a.hidden", "figures.a.form == 'one'", "ranks.r", "not ranks.r.tied", "number > 2000 and ranks.r"]
    {
        assert_eq!(refused_condition(text), Vec::new(), "{text}");
    }
}

#[test]
fn what_is_no_text_says_what_to_write() {
    let engine = Engine::new();
    let message =
        |text: &str, values: Value| engine.rich(&prose(text), &Context::default().with(values)).unwrap_err().message;
    assert_eq!(
        message("{{ date }}", minijinja::context! { date => minijinja::context! { long => "May 1", short => "5/1" } }),
        "this text cannot be filled in: a placeholder names a mapping and not a text: write one of `.long`, `.short` after it"
    );
    assert_eq!(
        message("{{ items }}", minijinja::context! { items => ["x"] }),
        "this text cannot be filled in: a placeholder names a list and not a text: write `| join(\", \")` after it"
    );
    let told = |text: &str| {
        let fault = engine.check(&prose(text), &known()).faults.remove(0).finding;
        (fault.message, fault.help.unwrap_or_default())
    };
    assert_eq!(
        told("{{ figures.a }}"),
        ("`figures.a` is a figure with its forms, and no text".into(), "write `{{ figures.a.text }}`".into())
    );
    assert_eq!(
        told("{{ figures.a.text | int }}"),
        (
            "the figure `figures.a.text` can only be printed, and here the filter `int` takes it".into(),
            "prose may know of it whether it is shown, `figures.a.hidden`, and its plural form, `figures.a.form`"
                .into()
        )
    );
    assert_eq!(
        told("{{ ranks.r.number - 1 }}"),
        (
            "the figure `ranks.r.number` can only be printed, and here the operator `-` takes it".into(),
            "prose may know of it whether there is one, `{% if ranks.r %}`, and `ranks.r.tied`".into()
        )
    );
}
