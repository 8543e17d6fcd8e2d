//! Press pages and sheets, as outside readers of PDFs see them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use platen::diag::Sources;
use platen::pipeline::Edition;
use platen::press::{self, Expected, PressPages, PrintJob, preflight};
use platen::report_spec::Places;

use crate::support::page::Page;
use crate::support::{Project, plain, repository, tool};

const PROFILE: &str = "config/press/us-letter-offset.yaml";

fn pressed(project: &Project) -> PathBuf {
    project.succeeds(&["press", "config/nhth-2016.yaml", "--profile", PROFILE, "--job", "4711", "--revision", "B"]);
    project.path("out/press")
}

/// Reads the boxes of a page with Poppler.
fn boxes(pdf: &Path, page: usize) -> BTreeMap<String, [f64; 4]> {
    let number = page.to_string();
    let text = tool("pdfinfo", &["-box", "-f", &number, "-l", &number, pdf.to_str().unwrap()]);
    let lines = text.lines().filter_map(|line| {
        let (_, rest) = line.split_once(&format!("Page    {page} "))?;
        let (name, numbers) = rest.split_once(':')?;
        let numbers: Vec<f64> = numbers.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        Some((name.to_owned(), numbers.try_into().ok()?))
    });
    lines.collect()
}

fn near(found: [f64; 4], wanted: [f64; 4]) {
    assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() <= 0.01), "{found:?}, not {wanted:?}");
}

#[test]
fn boxes_equal_the_geometry_of_the_profile_and_files_are_sound() {
    let project = Project::new();
    let folder = pressed(&project);
    let (bleed, margin) = (0.125 * 72.0, 0.55 * 72.0);
    let sizes = [
        ("press", 4, 612.0, 792.0, None),
        ("folder", 2, 1224.0, 792.0, Some((1368.0, 936.0))),
        ("2up", 4, 1242.0, 792.0, Some((1368.0, 936.0))),
        ("stack", 2, 1242.0, 792.0, Some((1368.0, 936.0))),
        ("signatures", 2, 1224.0, 1602.0, Some((1368.0, 1800.0))),
    ];
    for (name, pages, width, height, paper) in sizes {
        let file = folder.join(format!("Connecticut-2016-{name}.pdf"));
        let around = 2.0 * (bleed + margin);
        let (paper_width, paper_height) = paper.unwrap_or((width + around, height + around));
        let (left, bottom) = ((paper_width - width) / 2.0, (paper_height - height) / 2.0);
        for page in 1..=pages {
            let found = boxes(&file, page);
            near(found["MediaBox"], [0.0, 0.0, paper_width, paper_height]);
            near(found["CropBox"], [0.0, 0.0, paper_width, paper_height]);
            near(found["TrimBox"], [left, bottom, left + width, bottom + height]);
            near(found["BleedBox"], [left - bleed, bottom - bleed, left + width + bleed, bottom + height + bleed]);
        }
        tool("qpdf", &["--check", file.to_str().unwrap()]);
    }
}

/// Reads the text within the finished pages with Poppler, a page at a time.
fn finished_text(pdf: &Path) -> Vec<String> {
    let (x, y) = ("49", "49");
    let text = tool("pdftotext", &["-raw", "-x", x, "-y", y, "-W", "612", "-H", "792", pdf.to_str().unwrap(), "-"]);
    text.split('\u{c}').map(plain).filter(|page| !page.is_empty()).collect()
}

#[test]
fn press_pages_say_what_the_access_copy_says() {
    let project = Project::new();
    let (access, folder) = (project.pdf(), pressed(&project));
    let wanted: Vec<String> = tool("pdftotext", &["-raw", access.to_str().unwrap(), "-"])
        .split('\u{c}')
        .map(plain)
        .filter(|page| !page.is_empty())
        .collect();
    assert_eq!(finished_text(&folder.join("Connecticut-2016-press.pdf")), wanted);
}

#[test]
fn the_slug_line_names_job_report_page_source_and_date() {
    let project = Project::new();
    let folder = pressed(&project);
    let text = |name: &str| tool("pdftotext", &["-layout", folder.join(name).to_str().unwrap(), "-"]);
    let pages = text("Connecticut-2016-press.pdf");
    for words in ["Job 4711", "Connecticut", "nhth-2016", "Revision B", "Page 3 of 4", "Source ", "Data of 2017-03-08"]
    {
        assert!(pages.contains(words), "{words}");
    }
    assert!(text("Connecticut-2016-folder.pdf").contains("Sheet 1 of 1, front, pages 4–1"));
    assert!(text("Connecticut-2016-folder.pdf").contains("Sheet 1 of 1, back, pages 2–3"));
    let fonts = tool("pdffonts", &[folder.join("Connecticut-2016-press.pdf").to_str().unwrap()]);
    let slug = fonts.lines().find(|line| line.starts_with("PLATEN+SourceSans3-Regular")).unwrap();
    let words: Vec<&str> = slug.split_whitespace().collect();
    assert_eq!(words[1..7], ["CID", "TrueType", "Identity-H", "yes", "yes", "yes"], "embedded, in part, with its text");
}

/// Measures the share of each ink below the head band of a page, with Ghostscript.
fn ink_under_band(pdf: &Path, page: usize) -> Vec<f64> {
    let (first, last) = (format!("-dFirstPage={page}"), format!("-dLastPage={page}"));
    let area = ["-dUseTrimBox", "-dFIXEDMEDIA", "-dDEVICEWIDTHPOINTS=612", "-dDEVICEHEIGHTPOINTS=740"];
    let mut arguments = vec!["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=inkcov", "-o", "-", &first, &last];
    arguments.extend(area);
    arguments.push(pdf.to_str().unwrap());
    let text = tool("gs", &arguments);
    text.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}

#[test]
fn text_pages_are_black_alone_under_the_head_band() {
    let project = Project::new();
    let file = pressed(&project).join("Connecticut-2016-press.pdf");
    for page in 1..=3 {
        let inks = ink_under_band(&file, page);
        assert_eq!(inks[..3], [0.0, 0.0, 0.0], "page {page}");
        assert!(inks[3] > 0.01);
    }
    let map = ink_under_band(&file, 4);
    assert!(map[1] > 0.05 && map[2] > 0.05, "the map is in magenta and yellow: {map:?}");
}

#[test]
fn no_rgb_is_left_and_the_map_is_a_picture_of_four_inks_at_300_ppi() {
    let project = Project::new();
    let file = pressed(&project).join("Connecticut-2016-press.pdf");
    let pictures = tool("pdfimages", &["-list", file.to_str().unwrap()]);
    let rows: Vec<Vec<&str>> = pictures.lines().skip(2).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][5], "cmyk");
    assert!(rows[0][12].parse::<u32>().unwrap() >= 300);
    let unpacked = project.path("unpacked.pdf");
    tool("qpdf", &["--qdf", "--object-streams=disable", file.to_str().unwrap(), unpacked.to_str().unwrap()]);
    let bytes = std::fs::read(&unpacked).unwrap();
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    for word in [&b"/DeviceRGB"[..], b"/CalRGB", b"/Group", b"/SMask", b"/Annots", b"GTS_PDFXVersion"] {
        assert!(!has(word), "{}", String::from_utf8_lossy(word));
    }
    for word in [&b"/DestOutputProfile"[..], b"(CGATS TR 006)", b"/Trapped /False", b"<pdf:Trapped>False", b"%PDF-1.6"]
    {
        assert!(has(word), "{}", String::from_utf8_lossy(word));
    }
}

#[test]
fn files_have_the_same_bytes_on_every_run_and_twice_in_one_process() {
    let project = Project::new();
    let folder = pressed(&project);
    let mut sources = Sources::default();
    let profile = press::load(&project.path(PROFILE), &mut sources).unwrap();
    let edition = Edition::load(&project.path("config/nhth-2016.yaml"), &Places::default(), &[], &mut sources).unwrap();
    let job = PrintJob { name: "4711".into(), revision: "B".into() };
    for out in ["one", "two"] {
        let made = edition.press(&profile, &job, &project.path(out)).unwrap();
        assert_eq!(made.written.len(), 5);
        for file in made.written {
            let first = std::fs::read(folder.join(file.path.file_name().unwrap())).unwrap();
            assert!(std::fs::read(&file.path).unwrap() == first, "{}", file.path.display());
        }
    }
}

/// Opens the single pages of Connecticut as the report of several jurisdictions.
fn reports(project: &Project, names: &[String]) -> (press::Profile, Vec<PressPages>) {
    let mut sources = Sources::default();
    let profile = press::load(&project.path(PROFILE), &mut sources).unwrap();
    let edition = Edition::load(&project.path("config/nhth-2016.yaml"), &Places::default(), &[], &mut sources).unwrap();
    let document = edition.documents().unwrap().remove(0);
    let pages = edition.press_pages(0).unwrap();
    let reports = names.iter().map(|name| PressPages::open(&document, name, &pages).unwrap()).collect();
    (profile, reports)
}

#[test]
fn the_national_set_is_one_run_with_a_slip_before_each_report() {
    let project = Project::new();
    let names: Vec<String> = (1..=51).map(|number| format!("State {number}")).collect();
    let (profile, reports) = reports(&project, &names);
    let all: Vec<&PressPages> = reports.iter().collect();
    let job = PrintJob { name: "4711".into(), revision: "1".into() };
    let plan = profile.sheets.iter().find(|plan| plan.name == "folder").unwrap();
    let run = press::sheets(&profile, &job, plan, &all).unwrap();
    let expected = Expected::Sheets { plan: "folder".into(), placed: run.placed };
    let findings = preflight("run.pdf", &run.pdf, Some((&profile, &expected)));
    assert!(findings.is_empty(), "{findings:?}");
    project.write("run.pdf", &run.pdf);
    let file = project.path("run.pdf");
    // A slip and a sheet for each report, two sides each.
    assert!(tool("pdfinfo", &[file.to_str().unwrap()]).contains("Pages:           204"));
    tool("qpdf", &["--check", file.to_str().unwrap()]);
    let text = tool("pdftotext", &["-layout", "-f", "5", "-l", "5", file.to_str().unwrap(), "-"]);
    assert!(text.contains("State 2") && text.contains("Report 2 of 51 in this run"), "{text}");
}

/// Puts four pages of one content on sheets and tells what is wrong with their edges, each fault with its side.
fn edges(content: &'static str, plan: &str) -> Vec<String> {
    let (profile, _) = reports(&Project::new(), &[]);
    let pages = Page { pages: 4, content, ..Page::default() }.pdf();
    let edition =
        Edition::load(&repository().join("config/nhth-2016.yaml"), &Places::default(), &[], &mut Sources::default())
            .unwrap();
    let report = PressPages::open(&edition.documents().unwrap()[0], "Connecticut", &pages).unwrap();
    let plan = profile.sheets.iter().find(|sheet| sheet.name == plan).unwrap();
    let job = PrintJob { name: "4711".into(), revision: "1".into() };
    let sheets = press::sheets(&profile, &job, plan, &[&report]).unwrap();
    let expected = Expected::Sheets { plan: plan.name.clone(), placed: sheets.placed };
    let findings = preflight("sheets.pdf", &sheets.pdf, Some((&profile, &expected)));
    findings.iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect()
}

#[test]
fn every_page_on_a_sheet_is_checked_at_its_own_edges_and_has_no_bleed_at_its_spine() {
    let text = "0 0 0 1 k BT /F 10 Tf 53 400 Td (Words) Tj ET";
    let near = |page| {
        format!(
            "preflight::safe-area: text of 10 pt stands 4.4 pt from the left edge of page {page}; 13.54 pt must be free"
        )
    };
    assert_eq!(edges(text, "folder"), [near(1), near(4), near(2), near(3)]);
    let shape = "0 1 0 0 k 48.6 400 200 100 re f";
    let bare = |page| {
        format!(
            "preflight::bleed-missing: a shape reaches the left edge of page {page} and goes 0 pt past it; 9 pt are needed"
        )
    };
    assert_eq!(edges(shape, "folder"), [bare(4), bare(2)]);
    assert_eq!(edges(shape, "2up"), [bare(1), bare(2), bare(3), bare(4)]);
    // On its head, a page has its left side on the right.
    let turned = edges(text, "signatures").into_iter().filter(|told| told.contains("right edge of page")).count();
    assert_eq!(turned, 2);
}

#[test]
fn a_faulty_profile_is_told_at_its_place_and_nothing_is_published() {
    let project = Project::new();
    project.edit(PROFILE, "bleed_in: 0.125", "bleed: 0.125");
    let findings = project.refuses(&["press", "config/nhth-2016.yaml", "--profile", PROFILE]);
    assert!(
        findings.contains("spec::unknown-key") && findings.contains("the press profile takes no key `bleed`"),
        "{findings}"
    );
    assert!(findings.contains("us-letter-offset.yaml:10:1"), "{findings}");
    let project = Project::new();
    project.edit(PROFILE, "image_ppi: 300", "image_ppi: 1200");
    let findings = project.refuses(&["press", "config/nhth-2016.yaml", "--profile", PROFILE]);
    assert!(findings.contains("preflight::image-resolution"), "{findings}");
    assert!(!project.path("out").exists());
    for (from, to, words) in [
        ("margin_in: 0.55", "margin_in: 0.2", "the marks do not fit into the margin"),
        ("pages: 8,", "pages: 12,", "a signature has 4, 8 or 16 pages"),
        ("imposition: saddle, paper: { width_in: 19", "imposition: saddle, paper: { width_in: 17", "the sheet needs"),
        ("cgats-tr-006.icc", "README.md", "no ICC output profile"),
        ("fonts/source-sans-3/SourceSans3-Regular.ttf", "../secret.ttf", "leads out of the project"),
    ] {
        let project = Project::new();
        project.edit(PROFILE, from, to);
        let findings = project.refuses(&["press", "config/nhth-2016.yaml", "--profile", PROFILE]);
        assert!(findings.contains(words), "{words}: {findings}");
    }
    assert!(repository().join(PROFILE).exists());
}
