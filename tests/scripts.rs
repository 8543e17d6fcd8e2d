//! The text layer of each script that the fonts have: what is copied, searched and read aloud is what the spec says.

use std::path::Path;
use std::process::Command;

use crate::labels;
use crate::support::{repository, tool};

/// Words of each script, with and without marks. Letters that a font draws as one are among them.
const LEFT_TO_RIGHT: [(&str, &str); 6] = [
    ("Latin", "Doña Ana, Mayagüez, Kauaʻi, Łódź, office"),
    ("Latin with marks of their own", "x̄ q̃ m̂"),
    ("Greek", "Ελλάδα ΐ ἀρχή"),
    ("Cyrillic", "Горячая линия ё й ї"),
    ("Cyrillic with accents", "а́ о́ я́"),
    ("Vietnamese", "Việt Nam đường"),
];

const RIGHT_TO_LEFT: [(&str, &str); 6] = [
    ("Hebrew", "קו חם לאומי"),
    ("Arabic", "الخط الساخن الوطني"),
    ("Arabic, every dotted letter", "هاتف بيت ثلاث يقين ضغط شيء جديد خطأ غزة ظل"),
    ("Arabic, lam and alef as one", "لا إله آلاف لأن الإنسان"),
    ("Persian", "گچپژ فارسی"),
    ("Urdu", "ٹیلی فون ڈاکٹر ہے"),
];

/// Removes white space and the marks of direction and joining that readers add or leave out.
fn squeezed(text: &str) -> String {
    let is_mark =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    text.chars().filter(|c| !c.is_whitespace() && !is_mark(*c)).collect()
}

fn poppler(pdf: &Path) -> String {
    squeezed(&tool("pdftotext", &[pdf.to_str().unwrap(), "-"]))
}

fn mupdf(pdf: &Path) -> String {
    squeezed(&tool("mutool", &["draw", "-q", "-F", "txt", pdf.to_str().unwrap()]))
}

fn pypdf(pdf: &Path) -> String {
    let python = repository().join("tests/python/venv/bin/python");
    let program =
        "import sys, pypdf; print('\\n'.join(page.extract_text() for page in pypdf.PdfReader(sys.argv[1]).pages))";
    let output = Command::new(&python)
        .args(["-X", "utf8", "-c", program, pdf.to_str().unwrap()])
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}; `tests/run` installs it", python.display()));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    squeezed(&String::from_utf8_lossy(&output.stdout))
}

fn pdf_of(texts: &[&str]) -> (crate::support::Project, std::path::PathBuf) {
    let labels: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let project = labels::project(&labels, "Xylophone");
    let written = project.succeeds(&["build", "config/labels.yaml"]);
    let pdf = project.path(written.lines().next().unwrap());
    (project, pdf)
}

#[test]
fn scripts_from_left_to_right_are_read_letter_by_letter_by_every_reader() {
    let (_project, pdf) = pdf_of(&LEFT_TO_RIGHT.map(|(_, text)| text));
    for (reader, text) in [("Poppler", poppler(&pdf)), ("MuPDF", mupdf(&pdf)), ("pypdf", pypdf(&pdf))] {
        for (script, label) in LEFT_TO_RIGHT {
            assert!(text.contains(&squeezed(label)), "{script} by {reader}: `{label}` in\n{text}");
        }
    }
}

#[test]
fn scripts_from_right_to_left_are_read_letter_by_letter_by_every_reader() {
    let (_project, pdf) = pdf_of(&RIGHT_TO_LEFT.map(|(_, text)| text));
    let (poppler, mupdf, pypdf) = (poppler(&pdf), mupdf(&pdf), pypdf(&pdf));
    for (script, label) in RIGHT_TO_LEFT {
        assert!(poppler.contains(&squeezed(label)), "{script} by Poppler: `{label}` in\n{poppler}");
        // MuPDF gives lines in the order in which they are seen, from left to right.
        let seen: String = squeezed(label).chars().rev().collect();
        assert!(mupdf.contains(&seen), "{script} by MuPDF: `{label}` in\n{mupdf}");
        // pypdf gives the letters of a word in the order of reading, and the words as they are seen.
        for word in label.split(' ') {
            assert!(pypdf.contains(&squeezed(word)), "{script} by pypdf: `{word}` in\n{pypdf}");
        }
    }
}

#[test]
fn letters_that_do_not_join_are_read_in_order() {
    // pypdf takes a letter behind such a character for a word of its own.
    let label = "می\u{200c}خواهم";
    let (_project, pdf) = pdf_of(&["Row", label]);
    assert!(poppler(&pdf).contains(&squeezed(label)));
    assert!(mupdf(&pdf).contains(&squeezed(label).chars().rev().collect::<String>()));
}

#[test]
fn letters_with_points_stand_once_for_each_time_they_are_written() {
    // Readers put letters with points in an order of their own; none may be read twice, as one mark begins a text of its own.
    let pointed = ["שָׁלוֹם עֲלֵיכֶם", "مُحَمَّد سَلَامٌ"];
    let (_project, pdf) = pdf_of(&["Row", pointed[0], pointed[1]]);
    for (reader, text) in [("Poppler", poppler(&pdf)), ("MuPDF", mupdf(&pdf)), ("pypdf", pypdf(&pdf))] {
        for letter in squeezed(&pointed.concat()).chars() {
            let written = pointed.concat().matches(letter).count();
            assert_eq!(text.matches(letter).count(), written, "`{letter}` by {reader} in\n{text}");
        }
    }
}
