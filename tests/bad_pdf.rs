//! PDFs made to harm their reader end in a finding, in bounded memory and time.

use std::fs::File;
use std::process::{Command, Output};

use platen::diag::{Finding, Findings, Severity};
use platen::press::preflight;
use platen::review::ReviewedReport;
use platen::unit::Digest;

use crate::support::page::{BOXES, Page, stream, with};
use crate::support::{Project, tool};

fn check(page: &Page) -> Findings {
    preflight("page.pdf", &page.pdf(), None)
}

fn codes(findings: &Findings) -> Vec<&'static str> {
    findings.iter().filter(|finding| finding.severity == Severity::Error).map(|finding| finding.code.text()).collect()
}

#[test]
fn broken_files_end_in_a_finding_and_never_in_a_crash() {
    let sound = Page::default().pdf();
    let check = |bytes: &[u8]| preflight("broken.pdf", bytes, None);
    assert!(check(b"").has_errors() && check(b"%PDF-1.7\n").has_errors() && check(&[0; 5000]).has_errors());
    for cut in (0..2000).step_by(9).chain((1..200).map(|part| sound.len() * part / 200)) {
        assert!(check(&sound[..cut]).has_errors(), "cut at {cut}");
    }
    let mut bytes = sound;
    for at in (0..1500).step_by(7) {
        let kept = std::mem::replace(&mut bytes[at], b'9');
        let _ = check(&bytes);
        bytes[at] = kept;
    }
}

#[test]
fn cyclic_and_bottomless_files_end_in_a_finding() {
    let itself = with("/X Do")
        .resources("/XObject << /X 10 0 R >>")
        .object(stream("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>", b"/X Do"));
    assert_eq!(codes(&check(&itself)), ["preflight::content"]);
    assert_eq!(codes(&check(&with("/Missing Do"))), ["preflight::content"]);
    assert_eq!(codes(&check(&with("0 0 0 1 k 100 100 200 (never closed"))), ["preflight::content"]);
    let mut pages = Page::default().pdf();
    let at = pages.windows(9).position(|word| word == b"/Kids [3 ").unwrap();
    pages[at + 7] = b'2';
    assert!(preflight("pages.pdf", &pages, None).has_errors());
    let deep: String = "q ".repeat(100_000) + &"[".repeat(50_000);
    let deep = Page { content: deep.leak(), ..Page::default() };
    assert!(check(&deep).has_errors());
    let endless =
        with("/CS cs 1 scn 100 100 200 200 re f").resources("/ColorSpace << /CS 10 0 R >>").object(b"10 0 R".to_vec());
    assert!(check(&endless).has_errors());
}

/// The memory, in bytes, and the seconds of a processor that a check may take.
const MEMORY: u64 = 2 << 30;
const SECONDS: u32 = 60;

const UNPACKED: &str = "error[preflight::content]: content cannot be unpacked: ";

/// Runs the command on a file with bounded memory and time; it must refuse the file, or warn of it, and say this.
fn told(project: &Project, file: &str, words: &str) -> String {
    let output = Command::new("prlimit")
        .args([format!("--as={MEMORY}"), format!("--cpu={SECONDS}")])
        .args([env!("CARGO_BIN_EXE_platen"), "preflight", file])
        .current_dir(project.path(""))
        .output()
        .unwrap();
    let findings = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{file}: {:?}: {findings}", output.status);
    assert!(findings.contains(words), "{file}: {findings}");
    assert!(!findings.contains("internal::"), "{file}: {findings}");
    findings.into_owned()
}

/// Packs zero bytes as a zlib stream (RFC 1950, 1951), 258 of them in 13 bits.
fn zeros(megabytes: usize) -> Vec<u8> {
    let (mut bytes, mut bits, mut filled) = (vec![0x78, 0x01], 0u64, 0);
    let mut put = |value: u64, count: u32| {
        bits |= value << filled;
        filled += count;
        while filled >= 8 {
            bytes.push(bits as u8);
            bits >>= 8;
            filled -= 8;
        }
    };
    // A last block with fixed codes, and the byte 0 by itself, whose code is 00110000 from its first bit on.
    put(0b011, 3);
    put(0b0000_1100, 8);
    for _ in 0..(megabytes << 20) / 258 {
        // Code 285 (a length of 258), from its first bit on, and a distance of one.
        put(0b1010_0011, 8);
        put(0, 5);
    }
    put(0, 7);
    // The rest of the last byte.
    put(0, 7);
    // The sum of all bytes (Adler-32).
    let count = (megabytes << 20) / 258 * 258 + 1;
    bytes.extend([(count % 65521) as u16, 1].iter().flat_map(|half| half.to_be_bytes()));
    bytes
}

/// Packs bytes, once more for each further time, and names the filters.
fn packed(bytes: Vec<u8>, times: usize) -> (String, Vec<u8>) {
    let pack = |bytes: Vec<u8>, _| {
        let mut stream = lopdf::Stream::new(lopdf::Dictionary::new(), bytes);
        stream.compress().unwrap();
        stream.content
    };
    let packed = (0..times).fold(bytes, pack);
    (format!("/Filter [{}]", "/FlateDecode ".repeat(times)), packed)
}

#[test]
fn small_streams_that_unpack_to_gigabytes_are_told_wherever_they_stand() {
    let project = Project::new();
    let bomb = zeros(2048);
    let nested = packed(bomb.clone(), 2);
    let nested = (nested.0.replace('[', "[/FlateDecode "), nested.1);
    assert!(nested.1.len() < 1 << 20, "two gigabytes in {} bytes", nested.1.len());
    for (filter, content) in [("/Filter /FlateDecode", &bomb), (nested.0.as_str(), &nested.1)] {
        let form = with("/X Do /X Do").resources("/XObject << /X 10 0 R >>");
        let form = form.object(stream(&format!("/Subtype /Form /BBox [0 0 9 9] {filter}"), content));
        project.write("form.pdf", form.pdf());
        assert!(told(&project, "form.pdf", UNPACKED).contains("decompression bomb"));
        let page = Page { page: "/Contents 10 0 R", ..Page::default() }.object(stream(filter, content)).pdf();
        project.write("page.pdf", page);
        assert!(told(&project, "page.pdf", UNPACKED).contains("decompression bomb"));
        let picture = with("q 9 0 0 9 100 100 cm /X Do Q").resources("/XObject << /X 10 0 R >>").object(stream(
            &format!("/Subtype /Image /Width 20000 /Height 20000 /BitsPerComponent 8 /ColorSpace /DeviceCMYK {filter}"),
            content,
        ));
        project.write("picture.pdf", picture.pdf());
        told(&project, "picture.pdf", "preflight::image-not-read");
        let objects = Page::default().object(stream(&format!("/Type /ObjStm /N 1 /First 4 {filter}"), content));
        project.write("objects.pdf", objects.pdf());
        told(&project, "objects.pdf", "preflight::too-large");
    }
}

#[test]
fn streams_full_of_tiny_words_and_objects_are_told_before_they_fill_the_memory() {
    let project = Project::new();
    let (filter, words) = packed(b"[][][][]".repeat(7 << 20), 2);
    let content = with("/X Do").resources("/XObject << /X 10 0 R >>");
    let content = content.object(stream(&format!("/Subtype /Form /BBox [0 0 9 9] {filter}"), &words));
    project.write("words.pdf", content.pdf());
    told(&project, "words.pdf", "a content stream has more than 4000000 words");
    // Just few enough words, each of which takes as much memory as a word can.
    let (filter, words) = packed(b"0 w ".repeat(1_990_000), 2);
    let content = with("/X Do").resources("/XObject << /X 10 0 R >>");
    let content = content.object(stream(&format!("/Subtype /Form /BBox [0 0 9 9] {filter}"), &words));
    project.write("fewer.pdf", content.pdf());
    told(&project, "fewer.pdf", "ready for the press");
    // An array of five million numbers; then a hundred thousand objects that each are the same array.
    let many = [b"20 0 [".to_vec(), b"0 ".repeat(5 << 20), b"]".to_vec()].concat();
    let index: String = (0..100_000).map(|number| format!("{} 0 ", number + 20)).collect();
    let same = [index.as_bytes(), b"[", b"0 ".repeat(100_000).as_slice(), b"]"].concat();
    for (objects, first, plain) in [(1, 5, many), (100_000, index.len(), same)] {
        let (filter, plain) = packed(plain, 2);
        let dictionary = format!("/Type /ObjStm /N {objects} /First {first} {filter}");
        project.write("objects.pdf", Page::default().object(stream(&dictionary, &plain)).pdf());
        told(&project, "objects.pdf", "preflight::too-large");
    }
}

#[test]
fn a_heavy_picture_painted_a_million_times_is_read_once() {
    let project = Project::new();
    let content: &str = "/X Do ".repeat(1_000_000).leak();
    let picture = with(content).resources("/XObject << /X 10 0 R >>").object(stream(
        "/Subtype /Image /Width 9000 /Height 7000 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /Filter /FlateDecode",
        &zeros(240),
    ));
    project.write("picture.pdf", picture.pdf());
    let findings = told(&project, "picture.pdf", "ready for the press");
    assert!(!findings.contains("image-not-read"), "{findings}");
}

#[test]
fn encrypted_files_are_told_with_and_without_a_password_to_open_them() {
    let project = Project::new();
    project.write("sound.pdf", Page::default().pdf());
    let (from, to) = (project.path("sound.pdf"), project.path("encrypted.pdf"));
    let (from, to) = (from.to_str().unwrap(), to.to_str().unwrap());
    for user in ["", "secret"] {
        tool("qpdf", &["--encrypt", user, "owner", "256", "--", from, to]);
        told(&project, "encrypted.pdf", "error[preflight::encrypted]: the file is encrypted");
        tool("qpdf", &["--object-streams=generate", "--encrypt", user, "owner", "256", "--", from, to]);
        told(&project, "encrypted.pdf", "error[preflight::encrypted]: the file is encrypted");
    }
}

#[test]
fn a_file_past_the_limit_is_told_without_reading_it() {
    let project = Project::new();
    File::create(project.path("large.pdf")).unwrap().set_len(1 << 40).unwrap();
    told(&project, "large.pdf", "error[preflight::too-large]: the file has more than 536870912 bytes");
}

#[test]
fn ten_thousand_pages_are_checked_and_page_trees_without_end_are_told() {
    let project = Project::new();
    project.write("many.pdf", of_pages(10_000, "1 0 0 rg 100 100 200 200 re f"));
    told(&project, "many.pdf", "many.pdf, page 10000");
    project.write("more.pdf", of_pages(20_001, ""));
    told(&project, "more.pdf", "only the first 20000 pages are checked");
    // Nodes, each under the one before, with a page beside each; the last is the first again.
    let ring = (10..3010).fold(Page { kids: "10 0 R".into(), ..Page::default() }, |page, number| {
        let next = if number == 3009 { 2 } else { number + 1 };
        page.object(format!("<< /Type /Pages /Kids [{next} 0 R 3 0 R] /Count 9 /Parent 2 0 R >>").into_bytes())
    });
    project.write("ring.pdf", ring.pdf());
    told(&project, "ring.pdf", "the page tree leads to a node twice, or in a circle");
}

/// Writes a PDF of so many pages of one content, each an object of its own.
fn of_pages(pages: usize, content: &'static str) -> Vec<u8> {
    let kids = (0..pages).map(|page| format!("{} 0 R ", page + 10)).collect();
    let page = format!("<< /Type /Page /Parent 2 0 R {BOXES} /Contents 4 0 R /Resources << >> >>");
    Page { kids, content, objects: vec![page.into_bytes(); pages], ..Page::default() }.pdf()
}

#[test]
fn more_faults_than_anyone_reads_are_told_in_part() {
    let content: String =
        (0..60_000).map(|number| format!("/M{number} Do 0.{number:06} 1 1 1 k 9 9 50 50 re f ")).collect();
    let findings = check(&with(content.leak()));
    assert!(codes(&findings).contains(&"preflight::too-large"));
    assert!(findings.iter().count() < 25_000);
}

fn read(bytes: &[u8]) -> Result<ReviewedReport, Finding> {
    ReviewedReport::read("page.pdf", bytes.to_vec())
}

#[test]
fn a_review_reads_broken_cyclic_and_mutated_files_without_a_crash() {
    let sound = Page::default().pdf();
    assert!(read(&sound).is_ok());
    assert!(read(b"").is_err() && read(b"%PDF-1.7\n").is_err() && read(&[0; 5000]).is_err());
    // Whatever is made of a part of a file, it is an answer.
    for cut in (0..2000).step_by(9).chain((1..200).map(|part| sound.len() * part / 200)) {
        let _ = read(&sound[..cut]);
    }
    let mut bytes = sound;
    for at in (0..1500).step_by(3) {
        for letter in [b'9', b'<', b'[', b'R', 0] {
            let kept = std::mem::replace(&mut bytes[at], letter);
            let _ = read(&bytes);
            bytes[at] = kept;
        }
    }
    let itself = with("/X Do")
        .resources("/XObject << /X 10 0 R >>")
        .object(stream("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>", b"/X Do"));
    assert!(read(&itself.pdf()).is_ok());
    let ring = (10..3010).fold(Page { kids: "10 0 R".into(), ..Page::default() }, |page, number| {
        let next = if number == 3009 { 2 } else { number + 1 };
        page.object(format!("<< /Type /Pages /Kids [{next} 0 R 3 0 R] /Count 9 /Parent 2 0 R >>").into_bytes())
    });
    assert!(read(&ring.pdf()).is_err(), "a circle of pages is no report");
    let deep: String = "q ".repeat(100_000) + &"[".repeat(50_000);
    let _ = read(&Page { content: deep.leak(), ..Page::default() }.pdf());
}

#[test]
fn a_review_reads_mutated_structure_trees_without_a_crash() {
    let project = Project::new();
    let pdf = project.pdf();
    let plain = project.path("plain.pdf");
    tool("qpdf", &["--qdf", "--object-streams=disable", pdf.to_str().unwrap(), plain.to_str().unwrap()]);
    let mut bytes = std::fs::read(plain).unwrap();
    let sound = ReviewedReport::read("sound.pdf", bytes.clone()).unwrap();
    assert!(sound.is_tagged());
    let elements: Vec<usize> =
        (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"/K [") || bytes[*at..].starts_with(b"/S /")).collect();
    assert!(elements.len() > 500);
    for at in elements.into_iter().step_by(37) {
        for (offset, letter) in [(1, b'X'), (4, b'9'), (6, b'0')] {
            let kept = std::mem::replace(&mut bytes[at + offset], letter);
            if let Ok(report) = read(&bytes) {
                let _ = platen::review::compare(&sound, &report);
            }
            bytes[at + offset] = kept;
        }
    }
}

#[test]
fn a_review_refuses_ten_thousand_pages() {
    let refused = read(&of_pages(10_000, "0 0 0 1 k 100 100 20 20 re f")).err().unwrap();
    assert_eq!(refused.message, "the file has more pages than a report can have");
}

/// Reviews a file against a sound one; it must be refused, or compared, in bounded time, and be named where it is
/// refused.
fn reviewed(project: &Project, file: &str) -> (Option<i32>, String) {
    told_of(file, project.platen(&["review", "sound.pdf", file]))
}

/// Takes what a review told of a file.
fn told_of(file: &str, output: Output) -> (Option<i32>, String) {
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(matches!(output.status.code(), Some(1 | 2)), "{file}: {:?}: {told}", output.status);
    assert!(output.status.code() == Some(1) || told.contains(file), "{file}: {told}");
    (output.status.code(), told)
}

#[test]
fn a_review_ends_on_streams_that_unpack_to_gigabytes_wherever_they_stand() {
    let project = Project::new();
    project.write("sound.pdf", with("BT /F 12 Tf 72 700 Td (Words) Tj ET").pdf());
    let (filter, nested) = eight_gigabytes();
    let form = with("/X Do").resources("/XObject << /X 10 0 R >>");
    let files = [
        ("form.pdf", form.object(stream(&format!("/Subtype /Form /BBox [0 0 9 9] {filter}"), &nested)).pdf()),
        ("page.pdf", Page { page: "/Contents 10 0 R", ..Page::default() }.object(stream(&filter, &nested)).pdf()),
        (
            "picture.pdf",
            with("q 9 0 0 9 100 100 cm /X Do Q").resources("/XObject << /X 10 0 R >>").object(stream(
                &format!("/Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceCMYK {filter}"),
                &nested,
            )).pdf(),
        ),
        ("objects.pdf", Page { page: "/Contents 99 0 R", ..Page::default() }.object(stream(&format!("/Type /ObjStm /N 1 /First 4 {filter}"), &nested)).pdf()),
    ];
    for (name, bytes) in files {
        project.write(name, bytes);
        let (code, told) = reviewed(&project, name);
        // A page of eight gigabytes of content cannot be compared by anybody.
        if name == "page.pdf" {
            assert_eq!(code, Some(2), "{told}");
            assert!(told.contains("error[review::") && told.contains(name), "{told}");
        }
    }
}

/// Eight gigabytes in a few hundred bytes, with their filters: run lengths (two bytes for 128), which unpack faster than
/// anything else, so that the bound on memory is soon reached; packed twice.
fn eight_gigabytes() -> (String, Vec<u8>) {
    let mut runs = [0x81, 0].repeat(64 << 20);
    // The end of the data.
    runs.push(0x80);
    let (filter, nested) = packed(runs, 2);
    assert!(nested.len() < 1 << 20, "eight gigabytes in {} bytes", nested.len());
    (filter.replace(']', "/RunLengthDecode]"), nested)
}

/// A page of forty forms, each of which draws the next one eight times.
fn drawn_for_years() -> Vec<u8> {
    let mut page = with("/X Do").resources("/XObject << /X 10 0 R >>");
    for number in 10..50 {
        let next = if number == 49 { String::new() } else { format!("/XObject << /X {} 0 R >>", number + 1) };
        let content = if number == 49 { "0 0 9 9 re f".to_owned() } else { "/X Do ".repeat(8) };
        let dictionary = format!("/Subtype /Form /BBox [0 0 9 9] /Resources << {next} >>");
        page = page.object(stream(&dictionary, content.as_bytes()));
    }
    page.pdf()
}

#[test]
fn a_review_ends_on_forms_that_would_be_drawn_for_years() {
    let project = Project::new();
    project.write("sound.pdf", with("BT /F 12 Tf 72 700 Td (Words) Tj ET").pdf());
    project.write("forms.pdf", drawn_for_years());
    // Without a bound the review would not end; a second is as good as ten.
    let mut review = project.command(&["review", "sound.pdf", "forms.pdf"]);
    let (code, told) = told_of("forms.pdf", review.env("PLATEN_REVIEW_SECONDS", "1").output().unwrap());
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("error[review::too-much]") && !told.contains("sound.pdf"), "{told}");
}

#[test]
fn an_approval_that_makes_the_review_again_ends_on_such_a_file_too() {
    let project = Project::new();
    project.succeeds(&["release", "config/nhth-2016.yaml", "--out", "new", "--no-cache"]);
    tool("cp", &["-r", project.path("new").to_str().unwrap(), project.path("old").to_str().unwrap()]);
    // The old release is what its manifest says; one of its files is made to harm its reader.
    let (filter, nested) = eight_gigabytes();
    let bomb = Page { page: "/Contents 10 0 R", ..Page::default() }.object(stream(&filter, &nested)).pdf();
    let pdf = "old/pdf/Connecticut-2016.pdf";
    let (before, after) = (std::fs::read(project.path(pdf)).unwrap(), Digest::of(&bomb).to_string());
    project.edit("old/manifest.json", &Digest::of(&before).to_string(), &after);
    project.edit("old/manifest.json", &format!("\"bytes\": {}", before.len()), &format!("\"bytes\": {}", bomb.len()));
    project.write(pdf, bomb);
    let digest = |release: &str| Digest::of(project.read(&format!("{release}/manifest.json")).as_bytes()).to_string();
    let side = |name: &str| serde_json::json!({ "name": name, "manifest": digest(name) });
    let decisions = serde_json::json!({
        "decisions": 1, "review": "", "program": "", "reviewer": "A. Reader",
        "old": side("old"), "new": side("new"), "reports": [],
    });
    project.write("decisions.json", decisions.to_string());
    let told =
        project.refuses(&["approve", "new", "--decisions", "decisions.json", "--role", "director", "--against", "old"]);
    assert!(told.contains("error[review::too-much]") && told.contains(pdf), "{told}");
    assert!(!project.path("new/approvals.json").exists());
}

#[test]
fn a_review_of_a_file_past_the_limit_does_not_read_it() {
    let project = Project::new();
    project.write("sound.pdf", Page::default().pdf());
    File::create(project.path("large.pdf")).unwrap().set_len(1 << 40).unwrap();
    let (code, told) = reviewed(&project, "large.pdf");
    assert!(code == Some(2) && told.contains("the file has more than 268435456 bytes"), "{told}");
}
