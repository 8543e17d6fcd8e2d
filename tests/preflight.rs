//! Preflight catches a planted fault of each kind, and survives files that are made to harm it.

use platen::diag::{Findings, Place, Severity, Sources};
use platen::press::{self, Expected, Forms, Profile, preflight, preflight_of_run};

use crate::support::page::{CONTENT, FONT, Page, picture, stream, with};
use crate::support::{Project, repository, tool};

fn profile() -> Profile {
    let path = repository().join("config/press/us-letter-offset.yaml");
    press::load(&path, &mut Sources::default()).unwrap()
}

fn check(page: &Page) -> Findings {
    preflight("page.pdf", &page.pdf(), Some((&profile(), &Expected::Pages)))
}

fn errors(findings: &Findings) -> Vec<&'static str> {
    findings.iter().filter(|finding| finding.severity == Severity::Error).map(|finding| finding.code.text()).collect()
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
    let finding = findings.iter().find(|finding| finding.code.text() == "preflight::bleed-missing").unwrap();
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
    assert!(check(&overprint).iter().any(|finding| finding.code.text() == "preflight::overprint"));
}

#[test]
fn a_fifth_page_is_warned_of_because_it_costs_a_sheet() {
    let findings = check(&Page { pages: 5, ..Page::default() });
    let folder = findings.iter().find(|finding| finding.message.contains("`folder`")).unwrap();
    assert_eq!((folder.severity, folder.code.text()), (Severity::Warning, "preflight::page-count"));
    assert_eq!(folder.message, "5 pages take 2 sheets of `folder` and leave 3 pages blank");
    let told = |pages: usize| {
        let findings = check(&Page { pages, ..Page::default() });
        findings.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(told(4), ["4 pages take 1 sheet of `signatures` and leave 4 pages blank"]);
    assert_eq!(told(8), Vec::<String>::new());
}

/// Contents with resources, most of them faulty.
const PAINTED: [(&str, &str); 10] = [
    (CONTENT, FONT),
    ("1 0 0 rg 100 100 200 200 re f /Missing Do", ""),
    ("0.8 0.8 0.8 0.7 k 100.3 100 200 200.7 re f", ""),
    ("0 0 0 1 K 0.1 w 100 100 m 300 100.5 l S", ""),
    ("0 1 0 0 k BT /F 9 Tf 100 700 Td (Words) Tj ET", FONT),
    ("0.5 0.4 0.4 1 k 90 690 200 30 re f 0 0 0 0 k BT /F 9 Tf 100 700 Td (Words) Tj ET", FONT),
    ("0 1 0 0 k 48.6 400 200 100 re f 500 200 163 100 re f", ""),
    ("/G gs 0 0 0 1 k 53 100 50 50 re f", "/ExtGState << /G << /ca 0.5 /op true >> >>"),
    ("q 144 0 0 144 100 100 cm /X Do Q", "/XObject << /X 11 0 R >>"),
    ("q 0.5 0 0 0.5 9 9 cm /Y Do Q /Y Do", "/XObject << /Y 12 0 R >> /Font << /H << /Type /Font /Subtype /Type1 >> >>"),
];

#[test]
fn forms_that_are_remembered_give_the_findings_of_forms_that_are_looked_at() {
    let profile = profile();
    let remembering = Forms::default();
    let places = ["", "1 0 0 1 3.7 -2.2 cm", "-1 0 0 -1 709.2 889.2 cm", "0 1 -1 0 800 90 cm", "0.7 0 0 0.7 9 9 cm"];
    for (content, resources) in PAINTED {
        for place in places {
            let page = Page { content: format!("q {place} /P Do Q q {place} /P Do Q").leak(), ..Page::default() };
            let form = format!("/Subtype /Form /BBox [30 30 680 860] /Resources << {resources} >>");
            let page = page.resources("/XObject << /P 10 0 R >>").object(stream(&form, content.as_bytes()));
            let page = page.object(picture("/DeviceCMYK", 300, 4, 9)).object(stream(
                "/Subtype /Form /BBox [0 0 500 500] /Group << /S /Transparency >>",
                b"0 1 1 rg 48 50 9 9 re f",
            ));
            let check =
                |forms: &Forms| preflight_of_run("page.pdf", &page.pdf(), Some((&profile, &Expected::Pages)), forms);
            let looked_at = check(&Forms::holding(0));
            assert_eq!(check(&remembering), looked_at, "{content} at {place}");
            assert_eq!(check(&remembering), looked_at, "{content} at {place}, again");
            let in_place = format!("q {place} 30 30 650 830 re W n {content} Q ").repeat(2);
            let in_place = Page { content: in_place.leak(), resources: resources.to_owned().leak(), ..page };
            let codes = |findings: &Findings| findings.iter().map(|finding| finding.code.text()).collect::<Vec<_>>();
            let findings = preflight("page.pdf", &in_place.pdf(), Some((&profile, &Expected::Pages)));
            assert_eq!(codes(&findings), codes(&looked_at), "{content} at {place}, without a form");
        }
    }
}

/// Measures the ink of a page of one colour with Ghostscript, in percent.
fn ink(project: &Project, pdf: &[u8]) -> f64 {
    project.write("ink.pdf", pdf);
    let file = project.path("ink.pdf");
    let text = tool("gs", &["-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=ink_cov", "-o", "-", file.to_str().unwrap()]);
    text.split_whitespace().filter_map(|number| number.parse::<f64>().ok()).sum()
}

#[test]
fn the_ink_of_jpeg_pictures_is_that_which_ghostscript_paints() {
    let project = Project::new();
    project.write("flat.ps", "0.6 0.5 0.4 0.9 setcmykcolor 0 0 16 16 rectfill showpage");
    let (from, to) = (project.path("flat.ps"), project.path("flat.jpg"));
    let (from, to) = (from.to_str().unwrap(), to.to_str().unwrap());
    tool("gs", &["-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=jpegcmyk", "-dJPEGQ=95", "-g16x16", "-r72", "-o", to, from]);
    let plain = std::fs::read(to).unwrap();
    assert_eq!(plain[6..12], *b"Adobe\0");
    // The same bytes as luminance, differences and black.
    let mut differences = plain.clone();
    differences[17] = 2;
    let mut profile = profile();
    profile.limits.ink = 1.0;
    for jpeg in [&plain, &differences] {
        for decode in ["", "/Decode [1 0 1 0 1 0 1 0]"] {
            let dictionary = format!(
                "/Subtype /Image /Width 16 /Height 16 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /Filter /DCTDecode {decode}"
            );
            let page = with("q 709.2 0 0 889.2 0 0 cm /X Do Q").resources("/XObject << /X 10 0 R >>");
            let pdf = page.object(stream(&dictionary, jpeg)).pdf();
            let findings = preflight("page.pdf", &pdf, Some((&profile, &Expected::Pages)));
            let told = findings.iter().find(|finding| finding.code.text() == "preflight::total-ink").unwrap();
            let told = told.message.split_whitespace().find_map(|word| word.parse::<f64>().ok()).unwrap();
            let painted = ink(&project, &pdf);
            assert!((told - painted).abs() < 2.0, "{decode}: told {told} %, painted {painted} %");
        }
    }
    let broken = with("q 4 0 0 4 100 100 cm /X Do Q").resources("/XObject << /X 10 0 R >>").object(stream(
        "/Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /Filter /DCTDecode",
        &plain[..plain.len() / 2],
    ));
    assert!(check(&broken).iter().any(|finding| finding.code.text() == "preflight::image-not-read"));
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
