//! The PDF as outside readers see it: sound, archival, accessible.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::{Project, runs, tool};

/// A structure element as Poppler prints it: depth, type, and the words in it.
struct Element {
    depth: usize,
    kind: String,
    lines: Vec<String>,
}

/// Reads the structure tree; attributes and words stand with the element that holds them.
fn structure(pdf: &str) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    for line in tool("pdfinfo", &["-struct-text", pdf]).lines() {
        let words = line.trim_start();
        let depth = line.len() - words.len();
        if words.starts_with('"') || words.starts_with('/') {
            elements.last_mut().unwrap().lines.push(words.trim_matches('"').to_owned());
        } else if !words.is_empty() {
            let kind = words.split([' ', ':']).next().unwrap().to_owned();
            elements.push(Element { depth, kind, lines: Vec::new() });
        }
    }
    elements
}

/// The rows of each table as the types of their cells.
fn tables(elements: &[Element]) -> Vec<Vec<Vec<&Element>>> {
    let mut tables: Vec<Vec<Vec<&Element>>> = Vec::new();
    let mut inside = None;
    for element in elements {
        if inside.is_some_and(|depth| element.depth <= depth) {
            inside = None;
        }
        match element.kind.as_str() {
            "Table" => {
                inside = Some(element.depth);
                tables.push(Vec::new());
            }
            "TR" if inside.is_some() => tables.last_mut().unwrap().push(Vec::new()),
            "TH" | "TD" if inside.is_some() => tables.last_mut().unwrap().last_mut().unwrap().push(element),
            _ => {}
        }
    }
    tables
}

/// Every object of the PDF, read with qpdf.
fn objects(pdf: &str) -> Vec<Value> {
    let json: Value = serde_json::from_str(&tool("qpdf", &["--json", pdf])).unwrap();
    json["qpdf"][1].as_object().unwrap().values().map(|object| object["value"].clone()).collect()
}

/// The structure tree of the report of Connecticut; Poppler takes a second to read it.
static STRUCTURE: LazyLock<Vec<Element>> = LazyLock::new(|| {
    let (_project, pdf) = built();
    structure(&pdf)
});

fn built() -> (Project, String) {
    let project = Project::new();
    let pdf = project.pdf().to_str().unwrap().to_owned();
    (project, pdf)
}

#[test]
fn the_pdf_has_no_syntax_errors() {
    let (_project, pdf) = built();
    let checked = tool("qpdf", &["--check", &pdf]);
    assert!(checked.contains("No syntax or stream encoding errors found"), "{checked}");
    assert!(!checked.contains("WARNING"), "{checked}");
}

#[test]
fn every_font_is_embedded_with_a_map_to_unicode() {
    let (_project, pdf) = built();
    let listed = tool("pdffonts", &[&pdf]);
    let fonts: Vec<Vec<&str>> = listed.lines().skip(2).map(|line| line.split_whitespace().collect()).collect();
    let names: BTreeSet<&str> = fonts.iter().map(|font| font[0].split_once('+').unwrap().1).collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["SourceSans3-Regular", "SourceSans3-SemiBold"]);
    for font in &fonts {
        // From the right: object, generation, unicode, subset, embedded.
        let yes = &font[font.len() - 5..font.len() - 2];
        assert_eq!(yes, ["yes", "yes", "yes"], "{font:?}");
    }
}

#[test]
fn title_author_language_and_dates_come_from_the_spec() {
    let (_project, pdf) = built();
    let info = tool("pdfinfo", &["-isodates", &pdf]);
    let of = |name: &str| info.lines().find_map(|line| line.strip_prefix(&format!("{name}:"))).unwrap().trim();
    assert_eq!(of("Title"), "Connecticut State Report 2016");
    assert_eq!(of("Author"), "National Human Trafficking Hotline");
    assert_eq!(
        of("Subject"),
        "Data report on calls to the National Human Trafficking Hotline and on potential human trafficking cases in \
         Connecticut, January 1, 2016 – December 31, 2016"
    );
    assert_eq!(of("Keywords"), "human trafficking, hotline, state report, statistics");
    assert_eq!(of("CreationDate"), "2017-03-08T00:00:00Z");
    assert_eq!(of("ModDate"), "2017-03-08T00:00:00Z");
    assert_eq!(of("Tagged"), "yes");
    assert_eq!(of("Pages"), "4");
    assert_eq!(of("JavaScript"), "no");
    assert_eq!(of("Encrypted"), "no");
    assert_eq!(of("Page size"), "612 x 792 pts (letter)");
    assert_eq!(tool("mutool", &["show", &pdf, "trailer/Root/Lang"]).trim(), "(en-US)");
    let shown = tool("mutool", &["show", &pdf, "trailer/Root/ViewerPreferences"]);
    assert!(shown.contains("/DisplayDocTitle true"), "{shown}");
}

#[test]
fn the_metadata_claim_archival_and_accessible_conformance() {
    let (_project, pdf) = built();
    let metadata = tool("pdfinfo", &["-meta", &pdf]);
    for claim in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<dc:language><rdf:Bag><rdf:li>en-US</rdf:li></rdf:Bag></dc:language>",
        "<xmp:CreateDate>2017-03-08T00:00:00Z</xmp:CreateDate>",
        "<xmp:ModifyDate>2017-03-08T00:00:00Z</xmp:ModifyDate>",
    ] {
        assert_eq!(metadata.matches(claim).count(), 1, "{claim}");
    }
    let intents = objects(&pdf).into_iter().filter(|object| object["/S"] == "/GTS_PDFA1").count();
    assert_eq!(intents, 1, "one output intent");
}

#[test]
fn every_table_has_column_heads_in_its_first_row_and_a_row_head_in_each_other() {
    let tables = tables(&STRUCTURE);
    let sizes: Vec<usize> = tables.iter().map(Vec::len).collect();
    assert_eq!(sizes, [19, 9, 6, 13, 11, 11], "rows of the six tables, with heads and totals");
    let scope = |cell: &Element, scope: &str| cell.lines.iter().any(|line| line == &format!("/Scope /{scope}"));
    for table in &tables {
        for (number, row) in table.iter().enumerate() {
            let kinds: Vec<&str> = row.iter().map(|cell| cell.kind.as_str()).collect();
            if number == 0 {
                assert_eq!(kinds, ["TH", "TH", "TH"]);
                assert!(row.iter().all(|cell| scope(cell, "Column")));
            } else {
                assert_eq!(kinds, ["TH", "TD", "TD"], "row {number}");
                assert!(scope(row[0], "Row"));
                assert!(row[1..].iter().all(|cell| cell.lines.iter().any(|line| line.starts_with("/Headers [("))));
            }
        }
    }
}

#[test]
fn headings_are_headings() {
    let headings: Vec<&str> =
        STRUCTURE.iter().filter(|element| element.kind == "H1").map(|element| element.lines[0].as_str()).collect();
    assert_eq!(
        headings,
        [
            "OVERVIEW OF INCOMING SIGNALS",
            "SUBSTANTIVE CALL DATA",
            "HUMAN TRAFFICKING CASE DATA",
            "LOCATION OF POTENTIAL TRAFFICKING CASES (WHERE KNOWN)",
        ]
    );
    assert!(STRUCTURE.iter().all(|element| !["H2", "H3", "H"].contains(&element.kind.as_str())));
}

#[test]
fn the_running_head_is_no_part_of_the_tagged_text() {
    let said: Vec<&String> = STRUCTURE.iter().flat_map(|element| &element.lines).collect();
    assert!(said.iter().any(|line| line.contains("OVERVIEW OF INCOMING SIGNALS")));
    assert!(said.iter().all(|line| !line.contains("HOTLINE DATA REPORT") && !line.contains("State Report:")));
}

#[test]
fn the_map_has_an_alternative_text_that_tells_no_small_count() {
    let (_project, pdf) = built();
    let figures: Vec<Value> = objects(&pdf).into_iter().filter(|object| object["/S"] == "/Figure").collect();
    let texts: Vec<&str> = figures.iter().map(|figure| figure["/Alt"].as_str().unwrap()).collect();
    assert_eq!(
        texts,
        ["u:Heat map of the counties of Connecticut by number of potential human trafficking cases. \
          10–24 cases: Fairfield, Hartford, New Haven. 5–9 cases: New London. 3–4 cases: Middlesex. \
          Fewer than three cases: Litchfield, Tolland, Windham."]
    );
    let numbers = texts[0].split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    assert!(numbers.clone().all(|number| number.parse::<u64>().unwrap() >= 3), "{:?}", numbers.collect::<Vec<_>>());
}

#[test]
fn the_published_tables_are_attached_as_they_are_written() {
    let (project, pdf) = built();
    let listed = tool("pdfdetach", &["-list", &pdf]);
    assert_eq!(listed.lines().collect::<Vec<_>>(), ["1 embedded files", "1: Connecticut-2016.json"]);
    let detached = project.path("detached.json");
    tool("pdfdetach", &["-save", "1", "-o", detached.to_str().unwrap(), &pdf]);
    let attached = project.read("detached.json");
    assert!(attached == project.read("out/tables/Connecticut-2016.json"));
    let tables: Value = serde_json::from_str(&attached).unwrap();
    assert_eq!(tables["tables"].as_array().unwrap().len(), 6);
    let described = objects(&pdf).into_iter().find(|object| object["/Type"] == "/Filespec").unwrap();
    assert_eq!(described["/AFRelationship"], "/Data");
}

#[test]
fn the_map_is_printed_at_300_pixels_an_inch_or_more() {
    let (_project, pdf) = built();
    let listed = tool("pdfimages", &["-list", &pdf]);
    let images: Vec<Vec<&str>> = listed.lines().skip(2).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(images.len(), 1, "{listed}");
    assert_eq!(images[0][0], "4", "on the last page");
    for resolution in &images[0][12..14] {
        assert!(resolution.parse::<u32>().unwrap() >= 300, "{listed}");
    }
}

/// Relative luminance of `#rrggbb` (WCAG 2.2, definition "relative luminance").
fn luminance(color: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/// Contrast of two colours (WCAG 2.2, definition "contrast ratio").
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_stands_out_from_what_is_behind_it() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    let (project, pdf) = built();
    let tokens = project.read("layouts/nhth-2016/tokens.typ");
    let access = tokens.split_once("} else {\n  (\n    text:").unwrap().1;
    let token = |name: &str| {
        let at = access.find(&format!("\n    {name}: rgb(\"")).unwrap() + name.len() + 12;
        access[at..at + 7].to_owned()
    };
    let colors: BTreeSet<String> = runs(pdf.as_ref()).into_iter().map(|run| run.color).collect();
    assert_eq!(colors.len(), 4, "{colors:?}");
    let (paper, tint, band) = (token("paper"), token("tint"), token("band"));
    for color in colors {
        // White type stands in the head band alone; all other type on paper or on the tint of heads and notices.
        let behind = if color == paper { vec![&band] } else { vec![&paper, &tint] };
        for background in behind {
            let contrast = contrast(&color, background);
            assert!(contrast >= 4.5, "{color} on {background}: {contrast:.2}");
        }
    }
}

#[test]
fn white_type_stands_in_the_head_band_alone() {
    let (_project, pdf) = built();
    let white: Vec<String> =
        runs(pdf.as_ref()).into_iter().filter(|run| run.color == "#ffffff").map(|run| run.text).collect();
    assert_eq!(white, ["NATIONALHUMANTRAFFICKINGHOTLINEDATAREPORT"; 4]);
}
