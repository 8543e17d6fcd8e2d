//! Pairs of files without a structure tree, with one or two things changed in each or nothing at all: what is told, beside what other
//! tools tell of the same pairs.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::process::{Command, Stdio};

use platen::review::{ReviewedReport, compare};
use proptest::prelude::*;

use crate::support::{Project, repository, tool};

/// A document of two pages, part by part.
#[derive(Clone, Debug)]
struct Document {
    version: &'static str,
    title: &'static str,
    catalog: String,
    /// Entries of the first page.
    page: String,
    media_box: &'static str,
    pages: [String; 2],
    blank_pages: usize,
    annotations: Vec<String>,
    bookmark: &'static str,
    field: &'static str,
    layer_is_on: bool,
    layer: &'static str,
    attachment: &'static str,
    picture: &'static str,
    font: String,
    before: &'static str,
    behind: String,
}

/// Lines of the first page, each drawn by operators of its own.
const LINES: [&str; 6] = [
    "Signals of the year and what became of them",
    "In 2016 the hotline received 34,068 signals in all",
    "The balance of the year is -12 and the range is 3-4",
    "A well-known office confirmed the affected figures",
    "Most of the callers were friends of a victim",
    "Who asks for help is heard at any hour",
];

/// Draws a line of text.
fn line(at: usize, text: &str) -> String {
    format!("BT /F 12 Tf 72 {} Td ({text}) Tj ET\n", 700 - 20 * at)
}

impl Document {
    fn new() -> Self {
        let first: String = LINES.iter().enumerate().map(|(at, text)| line(at, text)).collect();
        let second = "0.2 0.3 0.5 rg 72 600 200 40 re f 0 g BT /F 12 Tf 72 560 Td (The second page has a bar and a picture) Tj ET \
                      q 60 0 0 60 72 440 cm /I Do Q /OC /L BDC BT /F 12 Tf 72 400 Td (A layer says 27) Tj ET EMC\n";
        Self {
            version: "1.7",
            title: "Report",
            catalog: "/Lang (en)".to_owned(),
            page: String::new(),
            media_box: "0 0 612 792",
            pages: [first, second.to_owned()],
            blank_pages: 0,
            annotations: vec![
                "/Subtype /Link /Rect [72 640 200 655] /Border [0 0 0] /A << /S /URI /URI (https://example.org/a) >>"
                    .to_owned(),
                "/Subtype /Text /Rect [400 700 420 720] /Contents (Please check 27)".to_owned(),
            ],
            bookmark: "Chapter one",
            field: "27",
            layer_is_on: true,
            layer: "",
            attachment: "a,b",
            picture: "ff0000 00ff00 0000ff ffffff",
            font: "/BaseFont /Helvetica /Encoding /WinAnsiEncoding".to_owned(),
            before: "",
            behind: String::new(),
        }
    }

    /// Draws a line otherwise.
    fn redraw(mut self, at: usize, drawn: &str) -> Self {
        self.pages[0] = self.pages[0].replace(&line(at, LINES[at]), drawn);
        self
    }

    /// Gives a line other words.
    fn reword(self, at: usize, from: &str, to: &str) -> Self {
        assert!(LINES[at].contains(from));
        let words = line(at, &LINES[at].replace(from, to));
        self.redraw(at, &words)
    }

    fn pdf(&self) -> Vec<u8> {
        let state = if self.layer_is_on { "ON" } else { "OFF" };
        let kids = format!("[3 0 R 4 0 R {}]", "15 0 R ".repeat(self.blank_pages));
        let annotations: String = self.annotations.iter().map(|annotation| format!("<< {annotation} >> ")).collect();
        let resources = "/Resources << /Font << /F 5 0 R /B 16 0 R >> /XObject << /I 8 0 R >> /Properties << /L 9 0 R >> \
                         /ExtGState << /A << /ca 0 >> /H << /ca 0.5 >> >> >>";
        let page = |content: usize, more: &str| {
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [{}] {resources} /Contents {content} 0 R {more} >>",
                self.media_box
            )
        };
        let stream = |dictionary: &str, content: &str| {
            format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
        };
        let field = format!("/FT /Tx /T (count) /V ({}) /Rect [400 600 480 620] /P 3 0 R /Subtype /Widget", self.field);
        let hidden = if self.layer.is_empty() {
            String::new()
        } else {
            format!("/OC /M BDC BT /F 12 Tf 72 300 Td ({}) Tj ET EMC", self.layer)
        };
        let resources_of_second = resources.replace("/L 9 0 R", "/L 9 0 R /M 17 0 R");
        let objects = [
            format!(
                "<< /Type /Catalog /Pages 2 0 R {} /Outlines 10 0 R /AcroForm << /Fields [12 0 R] >> /OCProperties << /OCGs [9 0 R 17 0 R] \
                 /D << /{state} [9 0 R] /OFF [{} 17 0 R] >> >> /Names << /EmbeddedFiles << /Names [(a.csv) 13 0 R] >> >> >>",
                self.catalog,
                if self.layer_is_on { "" } else { "9 0 R" }
            ),
            format!("<< /Type /Pages /Kids {kids} /Count {} >>", 2 + self.blank_pages),
            page(6, &format!("/Annots [{annotations} 12 0 R] {}", self.page)),
            page(7, "").replace(resources, &resources_of_second),
            format!("<< /Type /Font /Subtype /Type1 {} >>", self.font),
            stream("", &self.pages[0]),
            stream("", &format!("{}{hidden}", self.pages[1])),
            stream(
                "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /ASCIIHexDecode",
                &format!("{}>", self.picture),
            ),
            "<< /Type /OCG /Name (Layer) >>".to_owned(),
            "<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>".to_owned(),
            format!("<< /Title ({}) /Parent 10 0 R /Dest [3 0 R /Fit] >>", self.bookmark),
            format!("<< {field} >>"),
            "<< /Type /Filespec /F (a.csv) /EF << /F 14 0 R >> >>".to_owned(),
            stream("/Type /EmbeddedFile", self.attachment),
            format!("<< /Type /Page /Parent 2 0 R /MediaBox [{}] >>", self.media_box),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>".to_owned(),
            "<< /Type /OCG /Name (Never shown) >>".to_owned(),
        ];
        let mut bytes = format!("{}%PDF-{}\n", self.before, self.version);
        let mut offsets = Vec::new();
        for (number, object) in objects.iter().enumerate() {
            offsets.push(bytes.len() - self.before.len());
            writeln!(bytes, "{} 0 obj\n{object}\nendobj", number + 1).unwrap();
        }
        let start = bytes.len() - self.before.len();
        write!(bytes, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
        for offset in &offsets {
            writeln!(bytes, "{offset:010} 00000 n ").unwrap();
        }
        let size = objects.len() + 1;
        write!(
            bytes,
            "trailer << /Size {size} /Root 1 0 R /Info << /Title ({}) >> >>\nstartxref\n{start}\n%%EOF\n{}",
            self.title, self.behind
        )
        .unwrap();
        bytes.into_bytes()
    }
}

/// Something that is changed, and the kinds that tell it.
struct Edit {
    name: &'static str,
    make: fn(Document) -> Document,
    told: &'static [&'static str],
}

const fn edit(name: &'static str, told: &'static [&'static str], make: fn(Document) -> Document) -> Edit {
    Edit { name, make, told }
}

/// Edits that have nothing to do with each other: each pair of them is tried too.
const APART: &[Edit] = &[
    edit("a figure", &["figure"], |d| d.reword(1, "34,068", "34,070")),
    edit("a minus sign", &["figure"], |d| d.reword(2, "-12", "12")),
    edit("a word red", &["colour"], |d| {
        d.redraw(
            4,
            "BT /F 12 Tf 72 620 Td (Most of the ) Tj 1 0 0 rg (callers) Tj 0 g ( were friends of a victim) Tj ET\n",
        )
    }),
    edit("a line without ink", &["visibility"], |d| {
        d.redraw(5, "BT 3 Tr /F 12 Tf 72 600 Td (Who asks for help is heard at any hour) Tj 0 Tr ET\n")
    }),
    edit("a link", &["link"], |mut d| {
        d.annotations[0] = d.annotations[0].replace("example.org/a", "example.org/b");
        d
    }),
    edit("a remark", &["annotation"], |mut d| {
        d.annotations[1] = d.annotations[1].replace("27", "28");
        d
    }),
    edit("the value of a field", &["form-field"], |d| Document { field: "28", ..d }),
    edit("a bookmark", &["bookmark"], |d| Document { bookmark: "Chapter two", ..d }),
    edit("a script", &["action"], |mut d| {
        d.catalog += " /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>";
        d
    }),
    edit("names of pages", &["page-label"], |mut d| {
        d.catalog += " /PageLabels << /Nums [0 << /S /r >>] >>";
        d
    }),
    edit("an attached file", &["attachment"], |d| Document { attachment: "a,b,c", ..d }),
    edit("the title", &["metadata"], |d| Document { title: "Another report", ..d }),
    edit("a dot of a picture", &["picture"], |d| Document { picture: "ff0000 00ff00 0000fe ffffff", ..d }),
    edit("words in a hidden layer", &["hidden-text"], |d| Document { layer: "Nobody sees 28", ..d }),
];

/// Edits that are tried alone.
const ALONE: &[Edit] = &[
    edit("a range", &["prose"], |d| d.reword(2, "3-4", "34")),
    edit("a hyphen", &["prose"], |d| d.reword(3, "well-known", "wellknown")),
    edit("a letter", &["prose"], |d| d.reword(4, "friends", "Friends")),
    edit("a smaller line", &["size"], |d| d.redraw(0, &line(0, LINES[0]).replace("/F 12 Tf", "/F 10 Tf"))),
    edit("a bold line", &["font"], |d| d.redraw(0, &line(0, LINES[0]).replace("/F 12 Tf", "/B 12 Tf"))),
    edit("a transparent line", &["visibility"], |d| d.redraw(0, &format!("q /A gs {} Q\n", line(0, LINES[0])))),
    edit("a faint line", &["colour"], |d| d.redraw(0, &format!("q /H gs {} Q\n", line(0, LINES[0])))),
    edit("a clipped line", &["visibility"], |d| d.redraw(0, &format!("q 0 0 10 10 re W n {} Q\n", line(0, LINES[0])))),
    edit("a white line", &["colour", "visibility"], |d| d.redraw(0, &format!("1 g {} 0 g\n", line(0, LINES[0])))),
    edit("a block lower by 40 points", &["position"], |d| d.redraw(5, &line(7, LINES[5]))),
    edit("a line farther right", &["position"], |d| d.redraw(5, &line(5, LINES[5]).replace("72 ", "75 "))),
    edit("a line beside the page", &["visibility"], |d| d.redraw(5, &line(5, LINES[5]).replace("72 ", "900 "))),
    edit("a black box", &["pixels"], |mut d| {
        d.pages[0] += "0 g 70 655 300 40 re f\n";
        d
    }),
    edit("a black box as a mark", &["annotation"], |mut d| {
        d.annotations.push("/Subtype /Square /Rect [70 655 370 695] /IC [0 0 0] /C [0 0 0]".to_owned());
        d
    }),
    edit("another bar", &["pixels"], |mut d| {
        d.pages[1] = d.pages[1].replace("200 40 re", "220 40 re");
        d
    }),
    edit("another colour of the bar", &["pixels"], |mut d| {
        d.pages[1] = d.pages[1].replace("0.2 0.3 0.5 rg", "0.5 0.3 0.2 rg");
        d
    }),
    edit("white words", &["hidden-text"], |mut d| {
        d.pages[0] += "1 g BT /F 12 Tf 72 300 Td (secret words) Tj ET 0 g\n";
        d
    }),
    edit("a watermark", &["prose"], |mut d| {
        d.pages[0] += "0.8 g BT 0.7 0.7 -0.7 0.7 200 250 Tm /F 60 Tf (DRAFT) Tj ET 0 g\n";
        d
    }),
    edit("a page that is turned", &["rotation"], |mut d| {
        d.page += "/Rotate 90";
        d
    }),
    edit("the unit of lengths", &["boxes"], |mut d| {
        d.page += "/UserUnit 2";
        d
    }),
    edit("a box", &["boxes"], |mut d| {
        d.page += "/CropBox [20 20 600 780]";
        d
    }),
    edit("paper", &["boxes"], |d| Document { media_box: "0 0 595 792", ..d }),
    edit("an empty page", &["pages"], |d| Document { blank_pages: 1, ..d }),
    edit("the language", &["metadata"], |mut d| {
        d.catalog = d.catalog.replace("(en)", "(de)");
        d
    }),
    edit("the version", &["metadata"], |d| Document { version: "1.6", ..d }),
    edit("lines that break elsewhere", &["line-breaks"], |d| {
        let moved = LINES[5].replace("Who asks", "asks");
        let first = line(4, &format!("{} Who", LINES[4]));
        d.redraw(4, &first).redraw(5, &line(5, &moved))
    }),
    edit("a layer that is switched off", &["hidden-text", "layer", "prose"], |d| Document { layer_is_on: false, ..d }),
];

/// Files that nobody can tell apart.
const SAME: &[Edit] = &[
    edit("letters one by one", &[], |d| {
        let letters: String = LINES[0].chars().map(|letter| format!("({letter}) Tj ")).collect();
        d.redraw(0, &format!("BT /F 12 Tf 72 700 Td {letters} ET\n"))
    }),
    edit("lines in another order", &[], |mut d| {
        let lines: Vec<String> = d.pages[0].lines().rev().map(|line| format!("{line}\n")).collect();
        d.pages[0] = lines.concat();
        d
    }),
    edit("an encoding as a dictionary", &[], |d| Document {
        font: "/BaseFont /Helvetica /Encoding << /BaseEncoding /WinAnsiEncoding >>".to_owned(),
        ..d
    }),
    edit("another name of a glyph", &[], |d| Document {
        font: "/BaseFont /Helvetica /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [83 /uni0053] >>"
            .to_owned(),
        ..d
    }),
    edit("empty lines behind the end", &[], |d| Document { behind: "\n".repeat(3000), ..d }),
    edit("a head before the file", &[], |d| Document { before: "HTTP/1.1 200 OK\n\n", ..d }),
    edit("a box of all pages", &[], |mut d| {
        d.page += "/CropBox [0 0 612 792]";
        d
    }),
];

/// Ways to write the same file anew.
const REWRITTEN: [&[&str]; 4] = [
    &["--object-streams=generate", "--recompress-flate", "--compression-level=9"],
    &["--linearize"],
    &["--qdf", "--object-streams=disable"],
    &["--normalize-content=y", "--remove-unreferenced-resources=yes"],
];

/// How often a tool told what is changed, and what is not.
#[derive(Default)]
struct Score {
    told: usize,
    missed: usize,
    false_alarms: usize,
}

impl Score {
    fn count(&mut self, differs: bool, is_told: bool) {
        match (differs, is_told) {
            (true, true) => self.told += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.false_alarms += 1,
            (false, false) => {}
        }
    }

    fn recall(&self) -> f64 {
        self.told as f64 / (self.told + self.missed) as f64
    }

    fn precision(&self) -> f64 {
        self.told as f64 / (self.told + self.false_alarms).max(1) as f64
    }
}

/// Tells whether another tool finds a difference: it ends with something else than nothing.
fn differs(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    !command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

/// The kinds of what is told.
fn kinds(old: &ReviewedReport, new: Vec<u8>) -> BTreeSet<String> {
    let new = ReviewedReport::read("new.pdf", new).unwrap();
    compare(old, &new).into_iter().map(|change| change.kind.name()).collect()
}

fn read(document: &Document) -> ReviewedReport {
    ReviewedReport::read("old.pdf", document.pdf()).unwrap()
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what one reads of this test")]
fn every_edit_alone_or_beside_another_is_told_as_what_it_is_and_nothing_else_is() {
    let project = Project::empty();
    project.write("old.pdf", Document::new().pdf());
    let before = read(&Document::new());
    let mut pairs: Vec<(String, Document, BTreeSet<String>)> = Vec::new();
    let told = |edits: &[&Edit]| edits.iter().flat_map(|edit| edit.told).map(|kind| (*kind).to_owned()).collect();
    for edit in APART.iter().chain(ALONE).chain(SAME) {
        pairs.push((edit.name.to_owned(), (edit.make)(Document::new()), told(&[edit])));
    }
    for (at, first) in APART.iter().enumerate() {
        for second in &APART[at + 1..] {
            let both = (second.make)((first.make)(Document::new()));
            pairs.push((format!("{} and {}", first.name, second.name), both, told(&[first, second])));
        }
    }
    let mut wrong = Vec::new();
    let [mut own, mut words, mut appearance, mut pictures] = <[Score; 4]>::default();
    let visually = repository().join("tests/python/venv/bin/diff-pdf-visually");
    let (old, new) = (project.path("old.pdf"), project.path("new.pdf"));
    let files = [old.to_str().unwrap(), new.to_str().unwrap()];
    for (name, document, expected) in &pairs {
        project.write("new.pdf", document.pdf());
        let found = kinds(&before, document.pdf());
        let is_changed = !expected.is_empty();
        own.count(is_changed, !found.is_empty());
        words.count(is_changed, differs("comparepdf", &["-c", "t", "-v", "0", files[0], files[1]]));
        appearance.count(is_changed, differs("comparepdf", &["-c", "a", "-v", "0", files[0], files[1]]));
        // It takes a second for each: of the pairs with two edits it gets none.
        if !name.contains(" and ") {
            pictures.count(is_changed, differs(visually.to_str().unwrap(), &[files[0], files[1]]));
        }
        if found != *expected {
            wrong.push(format!("{name}: {found:?} instead of {expected:?}"));
        }
    }
    println!("{} pairs", pairs.len());
    for (tool, score) in [
        ("platen", &own),
        ("comparepdf, words", &words),
        ("comparepdf, appearance", &appearance),
        ("diff-pdf-visually", &pictures),
    ] {
        println!("{tool:24} recall {:.3}  precision {:.3}", score.recall(), score.precision());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(own.missed == 0 && own.false_alarms == 0);
    for other in [&words, &appearance, &pictures] {
        assert!(other.recall() < 1.0 && other.precision() <= own.precision());
    }
}

#[test]
fn a_file_that_is_written_anew_is_the_same() {
    let project = Project::new();
    let report = project.pdf();
    project.write("hand.pdf", Document::new().pdf());
    for old in [report, project.path("hand.pdf")] {
        let before = ReviewedReport::read("old.pdf", fs::read(&old).unwrap()).unwrap();
        for options in REWRITTEN {
            let new = project.path("rewritten.pdf");
            tool("qpdf", &[options, &[old.to_str().unwrap(), new.to_str().unwrap()][..]].concat());
            assert_eq!(kinds(&before, fs::read(new).unwrap()), BTreeSet::new(), "{options:?}");
        }
    }
}

/// An edit at a random place: a letter, a colour, a place, a box or a remark.
fn random_edit() -> impl Strategy<Value = Document> {
    (0..LINES.len(), 0..6_usize, 0..1000_usize, 2..40_usize).prop_map(|(at, what, place, by)| {
        let document = Document::new();
        let letters: Vec<(usize, char)> =
            LINES[at].char_indices().filter(|(_, letter)| letter.is_alphanumeric()).collect();
        let (letter, old) = letters[place % letters.len()];
        let (head, tail) = (&LINES[at][..letter], &LINES[at][letter + 1..]);
        match what {
            0 => {
                let new = if old == 'x' { 'y' } else { 'x' };
                document.redraw(at, &line(at, &format!("{head}{new}{tail}")))
            }
            1 => {
                let y = 700 - 20 * at;
                let colour = format!("BT /F 12 Tf 72 {y} Td ({head}) Tj 0.8 0 0.2 rg ({old}) Tj 0 g ({tail}) Tj ET\n");
                document.redraw(at, &colour)
            }
            2 => document.redraw(at, &line(at, LINES[at]).replace("72 ", &format!("{} ", 72 + by))),
            3 => {
                let mut document = document;
                let (x, y) = (place % 500, 20 + place % 300);
                writeln!(document.pages[0], "0.1 g {x} {y} {by} {by} re f 0 g").unwrap();
                document
            }
            4 => {
                let mut document = document;
                document.annotations[1] = document.annotations[1].replace("27", &(28 + place).to_string());
                document
            }
            _ => document.redraw(at, &line(at, LINES[at]).replace("/F 12 Tf", &format!("/F {} Tf", 12 + by))),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_at_a_random_place_is_told(document in random_edit()) {
        prop_assert!(!kinds(&read(&Document::new()), document.pdf()).is_empty());
    }
}
