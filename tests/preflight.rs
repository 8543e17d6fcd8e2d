//! Preflight catches a planted fault of each kind, and survives files that are made to harm it.

use platen::diag::{Findings, Place, Severity, Sources};
use platen::press::{self, Expected, Profile, preflight};

use crate::support::{Project, repository};

/// A PDF of one page, written by hand: sound, unless a part of it is replaced.
struct Page {
    boxes: &'static str,
    content: &'static str,
    resources: &'static str,
    page: &'static str,
    intent: &'static str,
    trailer: &'static str,
    /// Further objects, from number 10.
    objects: Vec<Vec<u8>>,
    pages: usize,
}

const BOXES: &str = "/MediaBox [0 0 709.2 889.2] /BleedBox [39.6 39.6 669.6 849.6] /TrimBox [48.6 48.6 660.6 840.6]";
const FONT: &str = "/Font << /F 6 0 R >>";
const INTENT: &str = "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (CGATS TR 006) /DestOutputProfile 8 0 R >>]";
const CONTENT: &str = "0 0 0 1 k BT /F 10 Tf 100 700 Td (Words) Tj ET
    1 0.72 0.25 0.38 k 39.6 800 630 49.6 re f
    0 0 0 1 K 0.4 w 100 600 m 500 600 l S";

impl Default for Page {
    fn default() -> Self {
        Self {
            boxes: BOXES,
            content: CONTENT,
            resources: FONT,
            page: "",
            intent: INTENT,
            trailer: "",
            objects: Vec::new(),
            pages: 1,
        }
    }
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", content.len()).into_bytes();
    object.extend_from_slice(content);
    object.extend_from_slice(b"\nendstream");
    object
}

impl Page {
    fn pdf(&self) -> Vec<u8> {
        let icc = std::fs::read(repository().join("config/press/icc/cgats-tr-006.icc")).unwrap();
        let kids = "3 0 R ".repeat(self.pages);
        let mut objects: Vec<Vec<u8>> = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.intent).into(),
            format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages).into(),
            format!(
                "<< /Type /Page /Parent 2 0 R {} /Contents 4 0 R /Resources << {} >> {} >>",
                self.boxes, self.resources, self.page
            )
            .into(),
            stream("", self.content.as_bytes()),
            b"null".to_vec(),
            b"<< /Type /Font /Subtype /TrueType /BaseFont /Words /FirstChar 32 /LastChar 32 /Widths [250] /FontDescriptor 7 0 R >>".to_vec(),
            b"<< /Type /FontDescriptor /FontName /Words /FontFile2 9 0 R >>".to_vec(),
            stream("/N 4", &icc),
            stream("", b"a font"),
        ];
        objects.extend(self.objects.iter().cloned());
        let mut bytes = b"%PDF-1.6\n".to_vec();
        let mut table = String::new();
        for (index, object) in objects.iter().enumerate() {
            table += &format!("{:010} 00000 n \n", bytes.len());
            bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
            bytes.extend_from_slice(object);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        let (start, size) = (bytes.len(), objects.len() + 1);
        bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{table}").bytes());
        bytes.extend(
            format!("trailer\n<< /Size {size} /Root 1 0 R {} >>\nstartxref\n{start}\n%%EOF\n", self.trailer).bytes(),
        );
        bytes
    }
}

fn profile() -> Profile {
    let path = repository().join("config/press/us-letter-offset.yaml");
    press::load(&path, &mut Sources::default()).unwrap()
}

fn check(page: &Page) -> Findings {
    preflight("page.pdf", &page.pdf(), Some((&profile(), &Expected::Pages)))
}

fn errors(findings: &Findings) -> Vec<&'static str> {
    findings.iter().filter(|finding| finding.severity == Severity::Error).map(|finding| finding.code).collect()
}

#[test]
fn a_sound_page_has_no_error() {
    let findings = check(&Page::default());
    assert_eq!(errors(&findings), Vec::<&str>::new(), "{findings:?}");
}

/// Checks that a page with one fault has findings of one code only.
fn caught(code: &str, page: Page) {
    let findings = check(&page);
    let mut found = errors(&findings);
    found.dedup();
    assert_eq!(found, [code], "{findings:?}");
}

fn with(content: &'static str) -> Page {
    Page { content, ..Page::default() }
}

#[test]
fn missing_wrong_and_misplaced_boxes_are_caught() {
    let with = |boxes| Page { boxes, ..Page::default() };
    caught("preflight::missing-box", with("/MediaBox [0 0 709.2 889.2] /TrimBox [48.6 48.6 660.6 840.6]"));
    caught(
        "preflight::box-size",
        with("/MediaBox [0 0 709.2 889.2] /BleedBox [39.6 39.6 669.6 849.6] /TrimBox [48.6 48.6 660.7 840.6]"),
    );
    let findings =
        check(&with("/MediaBox [0 0 709.2 889.2] /BleedBox [39.6 39.6 719.6 849.6] /TrimBox [48.6 48.6 660.6 840.6]"));
    assert!(errors(&findings).contains(&"preflight::box-order"), "{findings:?}");
    let findings =
        check(&with("/MediaBox [0 0 709.2 889.2] /BleedBox [50 50 660 840] /TrimBox [48.6 48.6 660.6 840.6]"));
    assert!(errors(&findings).contains(&"preflight::box-order"), "{findings:?}");
}

#[test]
fn fonts_that_are_not_embedded_are_caught() {
    let helvetica = "/Font << /F 6 0 R /G << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
    caught("preflight::font-not-embedded", Page { resources: helvetica, ..Page::default() });
    let composite = "/Font << /F 6 0 R /G << /Type /Font /Subtype /Type0 /BaseFont /H /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /FontDescriptor << /Type /FontDescriptor >> >>] >> >>";
    caught("preflight::font-not-embedded", Page { resources: composite, ..Page::default() });
}

#[test]
fn colours_that_are_no_ink_are_caught_in_content_forms_pictures_and_blends() {
    caught("preflight::rgb", with("1 0 0 rg 100 100 200 200 re f"));
    caught(
        "preflight::rgb",
        with("/CS cs 0 0 1 scn 100 100 200 200 re f")
            .resources("/ColorSpace << /CS [/ICCBased 10 0 R] >>")
            .object(stream("/N 3", b"icc")),
    );
    caught(
        "preflight::independent-colour",
        with("/CS cs 50 0 0 sc 100 100 200 200 re f")
            .resources("/ColorSpace << /CS [/Lab << /WhitePoint [1 1 1] >>] >>"),
    );
    caught(
        "preflight::spot-colour",
        with("/CS cs 1 scn 100 100 200 200 re f")
            .resources("/ColorSpace << /CS [/Separation /Gold /DeviceCMYK 5 0 R] >>"),
    );
    caught(
        "preflight::registration-colour",
        with("/CS cs 1 scn 100 100 200 200 re f")
            .resources("/ColorSpace << /CS [/Separation /All /DeviceCMYK 5 0 R] >>"),
    );
    caught(
        "preflight::rgb",
        with("/X Do")
            .resources("/XObject << /X 10 0 R >>")
            .object(stream("/Type /XObject /Subtype /Form /BBox [0 0 700 800]", b"1 0 0 RG 2 w 100 100 m 300 300 l S")),
    );
    caught(
        "preflight::rgb",
        with("q 72 0 0 72 100 100 cm /X Do Q").resources("/XObject << /X 10 0 R >>").object(picture(
            "/DeviceRGB",
            300,
            3,
            0,
        )),
    );
    caught(
        "preflight::rgb",
        with("q 72 0 0 72 100 100 cm /X Do Q").resources("/XObject << /X 10 0 R >>").object(stream(
            "/Subtype /Image /Width 300 /Height 300 /BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 0 <000000>]",
            &[0; 90_000],
        )),
    );
    caught(
        "preflight::rgb",
        with("q 100 100 200 200 re W n /S sh Q")
            .resources("/Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1] >> >>"),
    );
    caught(
        "preflight::rgb",
        with("/Pattern cs /P scn 100 100 200 200 re f").resources("/Pattern << /P 10 0 R >>").object(stream(
            "/PatternType 1 /PaintType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Matrix [1 0 0 1 100 100]",
            b"0 1 0 rg 0 0 5 5 re f",
        )),
    );
    caught(
        "preflight::rgb",
        with("q 72 0 0 72 100 100 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q").unless("preflight::image-resolution"),
    );
    // In the file, but on no page.
    caught("preflight::rgb", with(CONTENT).object(picture("/DeviceRGB", 10, 3, 0)));
}

fn picture(space: &str, side: usize, channels: usize, byte: u8) -> Vec<u8> {
    let dictionary =
        format!("/Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent 8 /ColorSpace {space}");
    stream(&dictionary, &vec![byte; side * side * channels])
}

impl Page {
    fn resources(self, resources: &'static str) -> Self {
        Self { resources, ..self }
    }

    fn object(mut self, object: Vec<u8>) -> Self {
        self.objects.push(object);
        self
    }

    /// Turns a small picture into a large one, so that no other fault is found.
    fn unless(mut self, _: &str) -> Self {
        self.content = "q 0.2 0 0 0.2 100 100 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q";
        self
    }
}

#[test]
fn too_much_ink_is_caught_in_shapes_and_pictures() {
    caught("preflight::total-ink", with("0.8 0.8 0.8 0.7 k 100 100 200 200 re f"));
    let page = with("q 72 0 0 72 100 100 cm /X Do Q").resources("/XObject << /X 10 0 R >>");
    caught("preflight::total-ink", page.object(picture("/DeviceCMYK", 300, 4, 200)));
    let sound = with("q 72 0 0 72 100 100 cm /X Do Q").resources("/XObject << /X 10 0 R >>");
    assert_eq!(errors(&check(&sound.object(picture("/DeviceCMYK", 300, 4, 100)))), Vec::<&str>::new());
}

#[test]
fn coarse_pictures_are_caught_and_turned_ones_measured_right() {
    let page = |content| with(content).resources("/XObject << /X 10 0 R >>").object(picture("/DeviceCMYK", 300, 4, 9));
    caught("preflight::image-resolution", page("q 144 0 0 144 100 100 cm /X Do Q"));
    caught("preflight::image-resolution", page("q 0 144 -144 0 400 100 cm /X Do Q"));
    assert_eq!(errors(&check(&page("q 0 72 -72 0 400 100 cm /X Do Q"))), Vec::<&str>::new());
}

#[test]
fn hairlines_are_caught_as_strokes_and_as_slivers() {
    caught("preflight::hairline", with("0 0 0 1 K 0.1 w 100 100 m 300 100 l S"));
    caught("preflight::hairline", with("0 0 0 1 K 0 w 100 100 m 300 100 l S"));
    caught("preflight::hairline", with("q 0.2 0 0 0.2 0 0 cm 0 0 0 1 K 1 w 1000 1000 m 2000 1000 l S Q"));
    caught("preflight::hairline", with("0 0 0 1 k 100 100 200 0.1 re f"));
}

#[test]
fn small_type_in_colour_in_rich_black_and_on_rich_black_is_caught() {
    caught("preflight::type-in-colour", with("0 1 0 0 k BT /F 9 Tf 100 700 Td (Words) Tj ET"));
    caught("preflight::type-in-colour", with("0 0.4 0 0.5 k BT /F 1 Tf 9 0 0 9 100 700 Tm (Words) Tj ET"));
    caught("preflight::rich-black-type", with("0.5 0.4 0.4 1 k BT /F 9 Tf 100 700 Td (Words) Tj ET"));
    caught(
        "preflight::type-on-rich-black",
        with("0.5 0.4 0.4 1 k 90 690 200 30 re f 0 0 0 0 k BT /F 9 Tf 100 700 Td (Words) Tj ET"),
    );
    let large = with("0 1 0 0 k BT /F 24 Tf 100 700 Td (Words) Tj ET");
    assert_eq!(errors(&check(&large)), Vec::<&str>::new());
    let covered = with(
        "0.5 0.4 0.4 1 k 90 690 200 30 re f 0 0 0 0 k 90 690 200 30 re f 0 0 0 1 k BT /F 9 Tf 100 700 Td (Words) Tj ET",
    );
    assert_eq!(errors(&check(&covered)), Vec::<&str>::new());
}

#[test]
fn colour_that_stops_at_the_edge_is_caught_on_its_side() {
    caught("preflight::bleed-missing", with("0 1 0 0 k 48.6 400 200 100 re f"));
    caught("preflight::bleed-missing", with("0 1 0 0 k 500 400 163 100 re f"));
    caught("preflight::bleed-missing", with("q 48.6 48.6 612 792 re W n 0 1 0 0 k 39.6 800 630 49.6 re f Q"));
    let findings = check(&with("0 1 0 0 k 48.6 400 200 100 re f"));
    let finding = findings.iter().find(|finding| finding.code == "preflight::bleed-missing").unwrap();
    assert!(finding.message.contains("left edge"), "{}", finding.message);
    assert_eq!(finding.place, Some(Place::Page { file: "page.pdf".into(), page: 1, area: Some([0, 351, 200, 452]) }));
}

#[test]
fn what_stands_too_near_to_the_edge_is_caught() {
    caught("preflight::safe-area", with("0 0 0 1 k BT /F 10 Tf 53 400 Td (Words) Tj ET"));
    caught("preflight::safe-area", with("0 0 0 1 k BT /F 10 Tf 40 400 Td (Words) Tj ET"));
    caught("preflight::safe-area", with("0 0 0 1 k 55 400 30 30 re f"));
    let outside = with("0 0 0 1 k BT /F 6 Tf 60 20 Td (Slug) Tj ET");
    assert_eq!(errors(&check(&outside)), Vec::<&str>::new());
}

#[test]
fn annotations_transparency_and_a_missing_intent_are_caught() {
    caught(
        "preflight::annotation",
        Page { page: "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] >>]", ..Page::default() },
    );
    caught(
        "preflight::transparency",
        with("/G gs 0 0 0 1 k 100 100 50 50 re f").resources("/ExtGState << /G << /ca 0.5 >> >>"),
    );
    caught(
        "preflight::transparency",
        with("/G gs 0 0 0 1 k 100 100 50 50 re f").resources("/ExtGState << /G << /BM /Multiply >> >>"),
    );
    caught(
        "preflight::transparency",
        with("/G gs 0 0 0 1 k 100 100 50 50 re f").resources("/ExtGState << /G << /SMask << /S /Alpha >> >> >>"),
    );
    caught("preflight::transparency", Page { page: "/Group << /S /Transparency >>", ..Page::default() });
    caught(
        "preflight::transparency",
        with("/X Do")
            .resources("/XObject << /X 10 0 R >>")
            .object(stream("/Subtype /Form /BBox [0 0 9 9] /Group << /S /Transparency >>", b"")),
    );
    caught(
        "preflight::transparency",
        with("q 7.2 0 0 7.2 100 100 cm /X Do Q")
            .resources("/XObject << /X 10 0 R >>")
            .object(stream(
                "/Subtype /Image /Width 100 /Height 100 /BitsPerComponent 8 /ColorSpace /DeviceGray /SMask 11 0 R",
                &[0; 10_000],
            ))
            .object(picture("/DeviceGray", 100, 1, 9)),
    );
    caught("preflight::output-intent", Page { intent: "", ..Page::default() });
    caught(
        "preflight::output-intent",
        Page {
            intent: "/OutputIntents [<< /S /GTS_PDFX /OutputConditionIdentifier (FOGRA39) /DestOutputProfile 8 0 R >>]",
            ..Page::default()
        },
    );
    // The misspelt key of some writers.
    caught(
        "preflight::output-intent",
        Page {
            intent: "/OutputIntents [<< /S /GTS_PDFX /OutputConditionIdentifier (CGATS TR 006) /DestinationOutputProfile 8 0 R >>]",
            ..Page::default()
        },
    );
    let overprint = with("/G gs 0 0 0 1 k 100 100 50 50 re f").resources("/ExtGState << /G << /op true >> >>");
    assert!(check(&overprint).iter().any(|finding| finding.code == "preflight::overprint"));
}

#[test]
fn a_fifth_page_is_warned_of_because_it_costs_a_sheet() {
    let findings = check(&Page { pages: 5, ..Page::default() });
    let folder = findings.iter().find(|finding| finding.message.contains("`folder`")).unwrap();
    assert_eq!((folder.severity, folder.code), (Severity::Warning, "preflight::page-count"));
    assert_eq!(folder.message, "5 pages take 2 sheets of `folder` and leave 3 pages blank");
    let four = check(&Page { pages: 4, ..Page::default() });
    assert!(!four.iter().any(|finding| finding.message.contains("`folder`")));
}

#[test]
fn broken_files_end_in_a_finding_and_never_in_a_crash() {
    let sound = Page::default().pdf();
    let check = |bytes: &[u8]| preflight("broken.pdf", bytes, None);
    assert!(check(b"").has_errors() && check(b"%PDF-1.7\n").has_errors() && check(&[0; 5000]).has_errors());
    for cut in (1..20).map(|part| sound.len() * part / 20) {
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
    caught("preflight::content", itself);
    caught("preflight::content", with("/Missing Do"));
    caught("preflight::content", with("0 0 0 1 k 100 100 200 (never closed"));
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

#[test]
fn the_command_tells_findings_as_text_and_as_json() {
    let project = Project::new();
    project.write("sound.pdf", Page::default().pdf());
    project.write("rgb.pdf", with("1 0 0 rg 100 100 200 200 re f").pdf());
    project.succeeds(&["preflight", "sound.pdf", "--profile", "config/press/us-letter-offset.yaml"]);
    let findings = project.refuses(&["preflight", "rgb.pdf"]);
    assert!(
        findings.contains("error[preflight::rgb]: a shape is in RGB\n  ┌─ rgb.pdf, page 1, 51 51 to 252 252 pt"),
        "{findings}"
    );
    let output = project.platen(&["preflight", "rgb.pdf", "--json"]);
    let line = String::from_utf8(output.stdout).unwrap();
    let value: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    assert_eq!((&value["code"], &value["place"]["page"]["page"]), (&"preflight::rgb".into(), &1.into()));
    assert!(project.refuses(&["preflight", "none.pdf"]).contains("preflight::unreadable"));
}
