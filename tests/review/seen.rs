//! One page of everything that a PDF can show, and one edit at a time: each is told by its kind, and a file that is only written
//! anew tells nothing.

use std::collections::BTreeSet;
use std::fs;

use platen::review::{Change, ReviewedReport, compare};

use crate::support::{Project, tool};

/// The objects of the file, numbered from 1: what stands in a stream follows its dictionary and a colon.
const OBJECTS: &str = include_str!("seen.txt");

/// An edit of the objects, and the kinds of change that it must be told as.
struct Edit(&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

const EDITS: &[Edit] = &[
    Edit("a point of a line within its bounds", &[("80 262 l", "80 282 l")], &["pixels"]),
    Edit("the width of a line", &[("1 w", "2 w")], &["pixels"]),
    Edit("a dashed line", &[("1 w", "1 w [3 2] 0 d")], &["pixels"]),
    Edit("what a soft mask lets through", &[("1 g 40 180 30 40", "1 g 40 180 20 40")], &["pixels"]),
    Edit("the colour of a pattern's cell", &[("0.5 0 0.5 rg", "0.5 0.5 0 rg")], &["pixels"]),
    Edit("how colours blend", &[("/BM /Multiply", "/BM /Normal")], &["pixels"]),
    Edit("a pixel of a picture within the content", &[("00FF80FF", "00FF80C0")], &["picture"]),
    Edit("a glyph that operators draw", &[("0 0 700 700 re", "0 0 700 500 re")], &["pixels"]),
    Edit("a tint by two levels", &[("0.94 0.95 0.96", "0.95 0.95 0.96")], &["pixels"]),
    Edit("a form", &[("0 0 30 30 re", "0 0 30 29 re")], &["pixels"]),
    Edit("the end of a shading", &[("/C1 [0 0 1]", "/C1 [0 1 0]")], &["pixels"]),
    Edit("a picture decoded to its negative", &[("/Decode [0 1]", "/Decode [1 0]")], &["picture"]),
    Edit("the alpha of a picture", &[("~~~~", "~~~!")], &["picture"]),
    Edit("a pixel of a picture", &[("abcd", "abce")], &["picture"]),
    Edit("words of a hidden layer", &[("(Draft)", "(Drafs)")], &["hidden-text"]),
    Edit("a layer that is shown", &[("/OFF [20 0 R]", "/OFF []")], &["prose", "hidden-text", "layer"]),
    Edit("the words of a remark", &[("Check 27", "Check 28")], &["annotation"]),
    Edit("the author of a remark", &[("(Ann)", "(Bob)")], &["annotation"]),
    Edit("the colour of a remark without an appearance", &[("/C [1 1 0]", "/C [1 0 0]")], &["annotation"]),
    Edit("a remark that is hidden", &[("/F 4 /C", "/F 6 /C")], &["annotation"]),
    Edit("a remark that is moved", &[("[350 350 370 370]", "[330 350 350 370]")], &["annotation"]),
    Edit("the value of a field", &[("(Smith)", "(Smyth)")], &["form-field"]),
    Edit("the hint of a field", &[("(Your name)", "(Name)")], &["form-field"]),
    Edit("a tick that is taken away", &[("/V /Yes /AS /Yes", "/V /Off /AS /Off")], &["form-field"]),
    Edit("a tick that is taken away, and the value is not", &[("/AS /Yes", "/AS /Off")], &["form-field"]),
    Edit("how a tick looks", &[("2 2 16 16 re", "2 2 16 10 re")], &["form-field"]),
    Edit("a choice of a field", &[("[(CT) (MA)]", "[(CT) (NY)]")], &["form-field"]),
    Edit("where a link leads", &[("example.org/a", "example.org/b")], &["link"]),
    Edit("the title of a bookmark", &[("(Calls)", "(Call)")], &["bookmark"]),
    Edit("where a bookmark leads", &[("/Dest [4 0 R /Fit]", "/Dest [3 0 R /Fit]")], &["bookmark"]),
    Edit("what a reader opens", &[("/UseOutlines", "/UseNone")], &["metadata"]),
    Edit("what pages are called", &[("/S /D", "/S /r")], &["page-label"]),
    Edit(
        "a script behind a link",
        &[(
            "/A << /S /URI /URI (https://example.org/a) >>",
            r"/A << /S /URI /URI (https://example.org/a) /Next << /S /JavaScript /JS (app.alert\(1\)) >> >>",
        )],
        &["action"],
    ),
    Edit(
        "a script behind a bookmark",
        &[("/Dest [4 0 R /Fit]", "/Dest [4 0 R /Fit] /A << /S /JavaScript /JS (x) >>")],
        &["action"],
    ),
    Edit("a black box", &[("40 300 100 20 re f", "40 300 100 20 re f 40 200 80 20 re f")], &["pixels"]),
    Edit(
        "a white box over words",
        &[("(Cases of the year) Tj ET", "(Cases of the year) Tj ET 1 g 39 355 60 16 re f 0 g")],
        &["pixels"],
    ),
    Edit("a dot", &[("(Cases of the year) Tj ET", "(Cases of the year) Tj ET 200 200 1 1 re f")], &["pixels"]),
    Edit("the size of words", &[("/F1 12 Tf 40 360 Td (Calls", "/F1 11 Tf 40 360 Td (Calls")], &["size"]),
    Edit(
        "words that are clipped away",
        &[("BT /F1 12 Tf 40 360 Td (Cases of", "0 0 10 10 re W n BT /F1 12 Tf 40 360 Td (Cases of")],
        &["visibility", "pixels"],
    ),
    Edit(
        "a page that is turned, and a box on another",
        &[
            ("/Contents 5 0 R", "/Contents 5 0 R /Rotate 90"),
            ("40 300 100 20 re f", "40 300 100 20 re f 40 200 80 20 re f"),
        ],
        &["rotation", "pixels"],
    ),
    Edit(
        "words that moved, and a box below them",
        &[
            ("0 -20 Td (Phone", "0 -60 Td (Phone"),
            ("q 40 0 0 40 200 250 cm", "10 10 50 50 re f q 40 0 0 40 200 250 cm"),
        ],
        &["position", "pixels"],
    ),
    Edit(
        "a page between, and a box behind it",
        &[
            ("/Kids [3 0 R 4 0 R] /Count 2", "/Kids [3 0 R 28 0 R 4 0 R] /Count 3"),
            ("40 300 100 20 re f", "40 300 100 20 re f 40 200 80 20 re f"),
            ("", "<< /Type /Page /Parent 2 0 R >>"),
        ],
        &["pages", "pixels"],
    ),
    Edit(
        "words without ink",
        &[("BT /F1 12 Tf 40 360 Td (Cases of", "BT 3 Tr /F1 12 Tf 40 360 Td (Cases of")],
        &["visibility"],
    ),
    Edit("words that are moved", &[("40 360 Td (Cases of", "80 360 Td (Cases of")], &["position"]),
    Edit("another font", &[("/BaseFont /Helvetica", "/BaseFont /Courier")], &["font"]),
    Edit("overprint", &[("/BM /Multiply", "/BM /Multiply /OP true /op true /OPM 1")], &["graphics"]),
    Edit("the unit of lengths", &[("/Contents 19 0 R", "/Contents 19 0 R /UserUnit 1.5")], &["boxes"]),
    Edit(
        "the spaces of a line",
        &[("/F1 12 Tf 40 360 Td (Cases of", "/F1 12 Tf 3 Tw 40 360 Td (Cases of")],
        &["position"],
    ),
];

/// Writes a PDF of such objects.
fn pdf(objects: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in objects.split("\n\n").enumerate() {
        offsets.push(bytes.len());
        let object = match object.trim_end().strip_prefix("stream") {
            Some(stream) => {
                let (dict, content) = stream.split_once(": ").unwrap();
                format!("<<{dict} /Length {} >>\nstream\n{content}\nendstream", content.len())
            }
            None => object.trim_end().to_owned(),
        };
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
    for offset in &offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", offsets.len() + 1);
    bytes.extend(trailer.bytes());
    bytes
}

fn read(bytes: Vec<u8>) -> ReviewedReport {
    ReviewedReport::read("seen.pdf", bytes).unwrap()
}

/// Edits the objects: each part must be there once. A new object stands behind the last.
fn edited(parts: &[(&str, &str)]) -> String {
    parts.iter().fold(OBJECTS.to_owned(), |objects, (from, to)| {
        if from.is_empty() {
            return format!("{}\n\n{to}\n", objects.trim_end());
        }
        assert_eq!(objects.matches(from).count(), 1, "{from}");
        objects.replace(from, to)
    })
}

fn kinds(changes: &[Change]) -> BTreeSet<String> {
    changes.iter().map(|change| change.kind.name()).collect()
}

#[test]
fn whatever_can_be_seen_or_used_is_told_by_its_kind() {
    let old = read(pdf(OBJECTS));
    assert_eq!(old.substituted().collect::<Vec<_>>(), ["Helvetica"]);
    let mut wrong = String::new();
    for Edit(name, parts, expected) in EDITS {
        let changes = compare(&old, &read(pdf(&edited(parts))));
        let expected = expected.iter().map(|kind| (*kind).to_owned()).collect::<BTreeSet<_>>();
        if kinds(&changes) != expected {
            wrong.push_str(&format!("{name}: {:?}\n", kinds(&changes)));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_file_that_is_only_written_anew_tells_nothing() {
    let project = Project::new();
    let old = pdf(OBJECTS);
    project.write("old.pdf", &old);
    let (old_path, new_path) = (project.path("old.pdf"), project.path("new.pdf"));
    let old = read(old);
    for options in [
        &["--object-streams=generate"][..],
        &["--linearize"],
        &["--recompress-flate", "--compression-level=1"],
        &["--qdf"],
        &["--normalize-content=y"],
    ] {
        let paths = [old_path.to_str().unwrap(), new_path.to_str().unwrap()];
        tool("qpdf", &[options, &paths].concat());
        let changes = compare(&old, &read(fs::read(&new_path).unwrap()));
        assert!(changes.is_empty(), "{options:?}: {:?}", kinds(&changes));
    }
}
