//! Text is data: whatever stands in a label or a name comes out as itself, and stays on the page.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Project, pages, tool};

/// What Typst, YAML, minijinja, Markdown, TeX and HTML would read as markup.
const MARKUP: &[&str] = &[
    "# heading #strong[x]",
    "$x^2$ and $5",
    "*bold* **bold** * star **",
    "_emph_ __x__ a_b",
    "@ref @",
    "<label> <b>x</b> &amp; &",
    r"back\slash \* \n \u{41} \",
    r#"He said "yes" “no” «sí»"#,
    "it's 'quoted' ‘so’",
    "`raw` ```lang raw```",
    "{{ jurisdiction.name }} {{ nothing }} }}",
    "{% if x %}never{% endif %} {# comment #}",
    "// comment /* block */",
    "https://example.org/a?b=c#d",
    "a -- b --- c ... d -? e ~ f",
    "= heading",
    "- item",
    "+ item / term: x",
    "1. first",
    "#set text(red)",
    "#eval(\"1+1\") #include \"x\" #{panic()}",
    "a [b] (c) {d} | e ^ f % g ; h : i ! j ? k",
    "yes",
    "null",
    "211/311, 1/2, 0.5, 1e3",
    "=SUM(A1:A9)",
];

/// Letters of the world that the edition's fonts have.
const LETTERS: &[&str] = &[
    "Doña Ana, Mayagüez, Kauaʻi",
    "é ñ ş Đ ł ő ß æ ø þ Ž",
    "cafe\u{301} n\u{303} a\u{30a} s\u{327}",
    "№ § © ® € £ – — … • × ≥",
    "fi fl ffi office waffle",
    "no\u{a0}break, thin\u{202f}space",
    "two  spaces   three",
];

const RIGHT_TO_LEFT: &[&str] = &["קו חם לאומי", "السلام", "שיחה (199) ABC", "عمل 24", "لا"];

fn all() -> Vec<String> {
    let long = "Very long label with many words ".repeat(7);
    let unbroken = "Wxyz".repeat(50);
    let mut labels: Vec<String> = [MARKUP, LETTERS, RIGHT_TO_LEFT].concat().into_iter().map(str::to_owned).collect();
    labels.extend([long[..200].trim().to_owned(), unbroken]);
    // Between these no line may break by the rules of Unicode.
    let runs = ["é", "e\u{301}", "ש", "/", "-/", "(", "a(", "!", "a\u{a0}", "."];
    labels.extend(runs.map(|run| format!("{}b", run.repeat(200 / run.chars().count()))));
    labels
}

/// A project with one table, a row for each label, three records each.
pub(crate) fn project(labels: &[String], jurisdiction: &str) -> Project {
    let project = Project::new();
    let mut records = "id,state,code\n".to_owned();
    for (row, _) in labels.iter().enumerate() {
        for record in 0..3 {
            writeln!(records, "SYN-{row}-{record},XY,c{row}").unwrap();
        }
    }
    let codes: Vec<Value> =
        labels.iter().enumerate().map(|(row, label)| json!({ "code": format!("c{row}"), "label": label })).collect();
    let column = |cell: &str, head: &str| json!({ "cell": cell, "head": head });
    let spec = json!({
        "edition": "labels",
        "title": "{{ jurisdiction.name }}",
        "publisher": "Office of \"Examples\" & <Tests>",
        "subject": "About {{ jurisdiction.name }}",
        "output": "{{ jurisdiction.file_name }}",
        "layout": "layouts/nhth-2016",
        "language": { "locale": "en_US", "dates": { "year": "%Y" } },
        "period": { "from": "2016-01-01", "to": "2016-12-31" },
        "data_date": "2017-03-08",
        "jurisdictions": { "XY": { "name": jurisdiction } },
        "sources": { "records": { "file": "data/records.csv", "columns": {
            "id": { "type": "id" },
            "state": { "type": "jurisdiction" },
            "code": { "type": "code", "list": "codes" },
        } } },
        "code_lists": { "codes": codes },
        "populations": { "records": { "source": "records", "jurisdiction": "state", "small_counts": "mask" } },
        "small_counts": { "threshold": 3, "zero": "hide", "prose": "few", "counter": "Few", "cell": "Few",
            "neutral": "Not shown", "percent": "N/A" },
        "counters": { "row": [{ "of": "records", "label": { "one": labels[0], "other": labels[0] }, "small_counts": "mask" },
            { "of": "records", "label": { "one": "Wxyz".repeat(50), "other": "Wxyz".repeat(50) }, "pictogram": "chat", "small_counts": "mask" }] },
        "tables": { "labels": {
            "of": "records",
            "rows": { "codes": "code" },
            "columns": [column("label", "LABEL"), column("count", "COUNT"), column("percent", "PERCENT")],
            "order": "list",
            "small_counts": { "rule": "suppress" },
        } },
        "running_head": { "series": "LABELS", "line": "{{ jurisdiction.name }}" },
        "content": [
            { "statement": "Report of **{{ jurisdiction.name }}**" },
            { "counters": "row" },
            { "table": "labels" },
        ],
    });
    project.write("data/records.csv", records);
    // Every JSON text is YAML.
    project.write("config/labels.yaml", serde_json::to_string_pretty(&spec).unwrap());
    project
}

fn report(project: &Project) -> String {
    project.succeeds(&["build", "config/labels.yaml", "--text"])
}

fn built(project: &Project) -> (String, Value) {
    let written = project.succeeds(&["build", "config/labels.yaml"]);
    let written: Vec<&str> = written.lines().collect();
    let tables = serde_json::from_str(&project.read(written[1])).unwrap();
    (written[0].to_owned(), tables)
}

/// The text of a PDF without white space and without the marks of direction that Poppler adds.
fn squeezed(text: &str) -> String {
    let is_mark = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !c.is_whitespace() && !is_mark(*c)).collect()
}

/// Joins the letters and marks of [`LETTERS`]: a font draws them as one, and they are copied out as one.
fn composed(text: &str) -> String {
    let pairs = [("e\u{301}", "é"), ("n\u{303}", "ñ"), ("a\u{30a}", "å"), ("s\u{327}", "ş")];
    pairs.iter().fold(text.to_owned(), |text, (apart, joined)| text.replace(apart, joined))
}

fn is_right_to_left(label: &str) -> bool {
    label.contains(|c| ('\u{590}'..'\u{700}').contains(&c))
}

/// Checks that every word of a PDF stands between the side margins.
pub(crate) fn stays_on_the_page(pdf: &Path) {
    let boxes = tool("pdftotext", &["-bbox", pdf.to_str().unwrap(), "-"]);
    let attribute = |line: &str, name: &str| -> f64 {
        line.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    let words: Vec<&str> = boxes.lines().filter(|line| line.contains("<word ")).collect();
    assert!(!words.is_empty());
    for word in words {
        let (left, right) = (attribute(word, "xMin"), attribute(word, "xMax"));
        assert!(left >= 71.5 && right <= 540.5, "{word}");
    }
}

#[test]
fn labels_come_out_as_themselves_in_text_tables_and_pdf() {
    let labels = all();
    let project = project(&labels, "Xylophone");
    let text = report(&project);
    for label in &labels {
        assert!(text.lines().any(|line| line.split('\t').next() == Some(label)), "`{label}` is a row of\n{text}");
    }
    let (pdf, tables) = built(&project);
    let rows = tables["tables"][0]["rows"].as_array().unwrap();
    let printed: Vec<&str> = rows.iter().map(|row| row["cells"][0]["text"].as_str().unwrap()).collect();
    assert_eq!(printed, labels);
    let pdf = project.path(&pdf);
    let page_text = composed(&squeezed(&pages(&pdf).concat()));
    for label in labels.iter().filter(|label| !is_right_to_left(label)) {
        assert!(page_text.contains(&composed(&squeezed(label))), "`{label}` stands in the PDF:\n{page_text}");
    }
    stays_on_the_page(&pdf);
}

#[test]
fn right_to_left_labels_are_copied_out_in_logical_order() {
    let labels: Vec<String> = RIGHT_TO_LEFT.iter().map(|label| (*label).to_owned()).collect();
    let project = project(&labels, "Xylophone");
    let (pdf, _) = built(&project);
    let text = tool("pdftotext", &[project.path(&pdf).to_str().unwrap(), "-"]);
    for label in labels {
        for word in label.split_whitespace() {
            let word: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
            assert!(text.contains(&word), "`{word}` stands in\n{text}");
        }
    }
}

#[test]
fn spaces_at_the_ends_of_a_label_and_breaks_inside_do_not_tear_the_row() {
    let labels = ["  ahead", "behind  ", "one\ntwo", "one\tthree"].map(str::to_owned);
    let project = project(&labels, " Xylophone ");
    let text = report(&project);
    for row in ["ahead\t3\t25.0%", "behind\t3\t25.0%", "one two\t3\t25.0%", "one three\t3\t25.0%"] {
        assert!(text.lines().any(|line| line == row), "`{row}` is a row of\n{text}");
    }
    assert!(text.contains("Report of **Xylophone**"));
}

#[test]
fn a_label_must_say_something() {
    let project = project(&["   ".to_owned()], "Xylophone");
    let findings = project.refuses(&["check", "config/labels.yaml"]);
    assert!(findings.contains("error[spec::bad-value]: a label is empty"), "{findings}");
}

#[test]
fn a_character_that_no_font_has_is_named_and_nothing_is_published() {
    let project = project(&["日本 line".to_owned()], "Xylophone");
    let findings = project.refuses(&["build", "config/labels.yaml"]);
    assert!(findings.contains("error[typeset::"), "{findings}");
    assert!(!project.path("out").exists());
}

#[test]
fn names_of_jurisdictions_are_data_too_and_their_files_are_safe() {
    for (name, file) in [
        ("\"The **Old** State\"", "The-Old-State"),
        ("A & B's $x$ #set text(red)", "A-B-s-x-set-text-red"),
        ("../../etc/passwd", "etc-passwd"),
        ("{{ period.year }} <Doña> \\ `x`", "period-year-Doña-x"),
        ("חיפה", "חיפה"),
    ] {
        let project = project(&["Row".to_owned()], name);
        let text = report(&project);
        assert!(text.contains(&format!("Report of **{name}**")), "{text}");
        let (pdf, tables) = built(&project);
        assert_eq!(pdf, format!("out/pdf/{file}.pdf"));
        assert_eq!(tables["jurisdiction"]["name"], name);
        let pdf = project.path(&pdf);
        if name.is_ascii() {
            let page_text = squeezed(&pages(&pdf).concat());
            assert_eq!(page_text.matches(&squeezed(name)).count(), 2, "{page_text}");
        }
        assert!(tool("pdfinfo", &[pdf.to_str().unwrap()]).contains(name), "the title is the name");
    }
}

#[test]
fn an_output_name_that_leaves_its_folder_or_names_no_file_is_refused() {
    for output in [
        "../x",
        "a/b",
        r"a\b",
        "",
        " ",
        ".hidden",
        "{{ jurisdiction.name }}",
        "a:b",
        "a*",
        "trailing.",
        "CON",
        "nul.txt",
    ] {
        let project = project(&["Row".to_owned()], "x/../y");
        let mut spec: Value = serde_json::from_str(&project.read("config/labels.yaml")).unwrap();
        spec["output"] = output.into();
        project.write("config/labels.yaml", spec.to_string());
        let findings = project.refuses(&["build", "config/labels.yaml"]);
        assert!(findings.contains("cannot name a file"), "`{output}`: {findings}");
        assert!(!project.path("out").exists());
    }
    let project = project(&["Row".to_owned()], "Doña Ana #1, 50% (x)");
    let mut spec: Value = serde_json::from_str(&project.read("config/labels.yaml")).unwrap();
    spec["output"] = "{{ jurisdiction.name }}".into();
    project.write("config/labels.yaml", spec.to_string());
    project.succeeds(&["build", "config/labels.yaml"]);
    assert!(fs::exists(project.path("out/pdf/Doña Ana #1, 50% (x).pdf")).unwrap());
}
