//! Other editions than the shipped one: a new report is a new spec, with no code changed.
//!
//! `tests/editions` has a folder for each, with its spec and synthetic data.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{Project, pages, repository, tool};

/// A project that holds an edition of `tests/editions` too.
fn project(edition: &str) -> Project {
    let project = Project::new();
    let data = project.path(&format!("data/{edition}"));
    fs::create_dir_all(&data).unwrap();
    for entry in fs::read_dir(repository().join("tests/editions").join(edition)).unwrap() {
        let entry = entry.unwrap();
        match entry.file_name().to_str().unwrap() {
            "spec.yaml" => fs::copy(entry.path(), project.path(&spec(edition))).unwrap(),
            name => fs::copy(entry.path(), data.join(name)).unwrap(),
        };
    }
    project
}

fn spec(edition: &str) -> String {
    format!("config/{edition}.yaml")
}

/// Prints one report of an edition.
fn text(project: &Project, edition: &str, jurisdiction: &str) -> String {
    project.succeeds(&["build", &spec(edition), "--text", "--only", jurisdiction])
}

/// Cuts the rows of a table out of a report's text, from its head to the line that ends it.
fn rows<'t>(text: &'t str, head: &str) -> Vec<&'t str> {
    text.lines().skip_while(|line| !line.starts_with(head)).skip(1).take_while(|line| !line.is_empty()).collect()
}

const LINEA: &str = "linea-2017";

#[test]
fn a_topical_report_in_spanish_over_three_years_counts_other_things_in_other_tables() {
    let text = text(&project(LINEA), LINEA, "NM");
    assert_eq!(
        rows(&text, "SECTOR"),
        [
            "Agricultura y ganadería\t14\t34%",
            "Construcción\t9\t22%",
            "Restaurantes\t7\t17%",
            "Trabajo doméstico\t5\t12%",
            "Sectores con menos de cinco casos¹\t6\t15%",
            "TODOS LOS SECTORES\t41\t100%",
        ]
    );
    // A threshold of five, and zero is shown.
    assert_eq!(
        rows(&text, "INDICADOR²"),
        [
            "Salario retenido\t30\t73%",
            "Documentos retenidos\t12\t29%",
            "Menores de edad\tMenos de cinco ³\tn. d.",
            "Visado temporal\t0\t0%",
        ]
    );
    // Percents stand before counts.
    assert_eq!(
        rows(&text, "AÑO DEL CONTACTO\t% DE CONTACTOS\tCONTACTOS"),
        ["Año 2015\t28%\t20", "Año 2016\t35%\t25", "Año 2017\t38%\t27", "TODOS LOS AÑOS\t100%\t72"]
    );
    // Two columns, a fixed list, no total.
    assert_eq!(
        rows(&text, "IDIOMA DE QUIEN CONTACTA\tCONTACTOS"),
        ["Español\t41", "Inglés\t18", "Mixteco⁵\t7", "Tagalo\t0", "Otro idioma\t6"]
    );
}

#[test]
fn dates_ordinals_thousands_and_plurals_are_those_of_the_edition() {
    let text = text(&project(LINEA), LINEA, "NM");
    for line in [
        "Nuevo México: 1/1/2015 – 31/12/2017",
        "Se registraron **41 casos** de explotación laboral en Nuevo México entre el 1 de enero de 2015 y el 31 de diciembre de 2017.",
        "Contactos acerca de Nuevo México: **72** (en todo el país: 12,345)",
        "Es el 31.º estado por número de contactos, con el puesto 31 de 33.",
        "23 Mensajes de texto",
        "9 Chats⁴",
        "0 Correos",
        "⁴Los chats del sitio web se ofrecen desde 2016.",
        "Cifras al 8 de marzo de 2018.",
    ] {
        assert!(text.lines().any(|printed| printed == line), "`{line}` stands in\n{text}");
    }
}

#[test]
fn a_jurisdiction_below_the_threshold_shows_nothing_but_that() {
    let text = text(&project(LINEA), LINEA, "PR");
    assert!(text.contains("Contactos acerca de Puerto Rico: **menos de cinco** (en todo el país: 12,345)"));
    assert!(text.contains("Se registraron **0 casos**"), "zero is shown");
    assert!(text.contains("Menos de cinco Mensajes de texto\n\n0 Chats²\n\nMenos de cinco Llamadas"));
    assert_eq!(
        rows(&text, "AÑO DEL CONTACTO"),
        [
            "Año 2015\tn. d.\tNo publicado ³",
            "Año 2016\tn. d.\tNo publicado ³",
            "Año 2017\tn. d.\tNo publicado ³",
            "TODOS LOS AÑOS\tn. d.\tMenos de cinco ³",
        ]
    );
    assert!(!text.contains("puesto"), "no rank");
}

#[test]
fn every_word_of_an_edition_comes_from_its_spec() {
    let project = project(LINEA);
    project.succeeds(&["build", &spec(LINEA)]);
    let pdf = project.path("out/pdf/laboral-NM-2017.pdf");
    let written = words(&project.read(&spec(LINEA)));
    let months: BTreeSet<String> = ["enero", "marzo", "diciembre"].map(str::to_owned).into();
    let json = project.read("out/tables/laboral-NM-2017.json");
    for printed in [text(&project, LINEA, "NM"), pages(&pdf).concat(), json_texts(&json)] {
        let printed = words(&printed);
        let foreign: Vec<&String> = printed.difference(&written).filter(|word| !months.contains(*word)).collect();
        assert_eq!(foreign, Vec::<&String>::new());
    }
    assert_eq!(files(&project.path("out")), ["pdf", "tables"], "a report without a map has no picture");
}

/// The words of a text; one of the ASCII letters, `n. d.` for example, tells nothing.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1);
    words.map(str::to_owned).collect()
}

/// The texts of the published tables, without the keys and roles that are for machines.
fn json_texts(json: &str) -> String {
    fn collect(key: &str, value: &serde_json::Value, texts: &mut String) {
        match value {
            serde_json::Value::String(text) if ["text", "title", "head", "label", "value", "name"].contains(&key) => {
                texts.push_str(text);
                texts.push('\n');
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| collect(key, item, texts)),
            serde_json::Value::Object(entries) => {
                entries.iter().for_each(|(key, value)| collect(key, value, texts));
            }
            _ => {}
        }
    }
    let mut texts = String::new();
    collect("", &serde_json::from_str(json).unwrap(), &mut texts);
    assert!(texts.contains("Trabajo doméstico"));
    texts
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_pdf_is_in_the_language_of_the_edition_and_says_the_same() {
    let project = project(LINEA);
    project.succeeds(&["build", &spec(LINEA)]);
    let pdf = project.path("out/pdf/laboral-NM-2017.pdf");
    let path = pdf.to_str().unwrap();
    assert_eq!(tool("mutool", &["show", path, "trailer/Root/Lang"]).trim(), "(es-US)");
    let about = tool("pdfinfo", &[path]);
    assert!(about.contains("Explotación laboral en Nuevo México, 2015–2017"));
    assert!(about.contains("Línea Laboral de Ejemplo"));
    let pages = pages(&pdf);
    for page in &pages {
        assert!(page.contains("LÍNEA LABORAL DE EJEMPLO") && page.contains("Datos sintéticos"));
    }
    let text = pages.concat();
    for line in ["Sectores con menos de cinco casos1 6 15%", "Menores de edad Menos de cinco 3 n. d.", "Chats4"] {
        assert!(text.contains(line), "`{line}` stands in\n{text}");
    }
}

#[test]
fn an_edition_that_protects_every_figure_has_nothing_to_accept() {
    let project = project("strict");
    let audit = project.platen(&["audit", "config/strict.yaml"]);
    assert!(audit.status.success() && audit.stdout.is_empty());
    let says = String::from_utf8(audit.stderr).unwrap();
    assert!(
        says.starts_with("0 accepted disclosures\nhidden beyond small counts: `merged`: 1 rows of 9 records"),
        "{says}"
    );
    let text = text(&project, "strict", "CT");
    assert!(text.contains("Kind B\t6\nOther kinds\t11\n"), "a row joins the merged one, so that 2 is not told");
    assert!(text.contains("Type X\t8\nPlace P\tNot shown\nPlace Q\tNot shown\nPlace R\tNot shown\n"));
    assert!(text.contains("First\t12\nSecond\tFewer than three\n"));
}

#[test]
fn a_count_that_no_rule_protects_and_nobody_accepts_stops_the_edition() {
    let project = project("strict");
    project.edit("config/strict.yaml", "{ rule: merge, guard: full-range, label: Other kinds }", "{ rule: none }");
    let findings = project.refuses(&["build", "config/strict.yaml"]);
    assert_eq!(
        findings,
        "error[disclosure::small-count-shown]: `merged`, `c`, of CT prints a count under the threshold
   ┌─ config/strict.yaml:80:3
80 │   merged:
   │   ^^^^^^
   = help: change the figure's rule, or accept `disclosure::small-count-shown` for `merged` with the row `c` and a reason
1 error; nothing was published
"
    );
    assert!(!project.path("out").exists());
}

#[test]
fn two_maps_of_one_report_are_two_pictures_with_their_own_words() {
    let project = project("strict");
    let text = text(&project, "strict", "CT");
    assert!(text.contains("[All cases: 3–5 cases: Hartford. 6 cases or more: Fairfield.]"));
    assert!(text.contains("[Cases of two types: 3–5 cases: "));
    project.succeeds(&["build", "config/strict.yaml"]);
    assert_eq!(files(&project.path("out/maps")), ["Connecticut-2.png", "Connecticut.png"]);
    let images = tool("pdfimages", &["-list", project.path("out/pdf/Connecticut.pdf").to_str().unwrap()]);
    assert_eq!(images.lines().skip(2).count(), 2, "{images}");
}

#[test]
fn maps_with_different_boundaries_are_refused() {
    let project = project("strict");
    let text = project.read("config/strict.yaml");
    let (first, second) = text.split_once("  some:").unwrap();
    let second = second.replace("vintage: 2016", "vintage: 2022");
    project.write("config/strict.yaml", format!("{first}  some:{second}"));
    let findings = project.refuses(&["check", "config/strict.yaml"]);
    assert!(findings.contains("error[spec::map-boundaries]: all maps of an edition have the same boundaries"));
}

#[test]
fn a_nation_takes_in_the_records_of_all_jurisdictions() {
    let project = project("nation");
    let nation = text(&project, "nation", "US");
    assert!(nation.contains("Signals of the United States: **129**"));
    assert!(nation.contains("99 Texts"));
    assert_eq!(rows(&nation, "CHANNEL"), ["Texts\t99\t77%", "Web chats\t30\t23%", "ALL SIGNALS\t129\t100%"]);
    assert!(!nation.contains("Number") && !nation.contains("in the nation"), "it has no rank");
    let state = text(&project, "nation", "NM");
    assert!(state.contains("These are 42 of 129 signals in the nation."));
    assert!(state.contains("Number 2 of 3."));
}

#[test]
fn a_nation_has_neither_rank_nor_map_nor_records_of_its_own() {
    let refused = |from: &str, to: &str, message: &str| {
        let project = project("nation");
        project.edit("config/nation.yaml", from, to);
        let findings = project.refuses(&["check", "config/nation.yaml"]);
        assert!(findings.contains(message), "{findings}");
    };
    refused(
        "nation: true",
        "nation: true, ranked: true",
        "error[spec::nation]: a nation takes no `ranked`, no `fips` and no `window`: it has neither rank nor map",
    );
    refused("Texas, ranked: true", "Texas, nation: true", "error[spec::nation]: an edition has at most one nation");
    refused(
        "\nsources:",
        "\ncoverage: [NM, TX, VT]\nsources:",
        "error[spec::nation]: the report of a nation needs the records of all jurisdictions",
    );
    let project = project("nation");
    let records = project.read("data/nation/signals.csv");
    project.write("data/nation/signals.csv", records.replacen(",NM,", ",US,", 1));
    let findings = project.refuses(&["check", "config/nation.yaml"]);
    assert!(findings.contains("error[data::unknown-jurisdiction]: no jurisdiction has the code `US`"), "{findings}");
}
