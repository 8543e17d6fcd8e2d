//! The page that opens a release: `index.html`, one file that needs no other to be read.
//!
//! It is made from published content alone (manifest, tables, first pages, outlines), so that joined slices give the
//! same page. A content security policy (CSP Level 3, <https://www.w3.org/TR/CSP3/>) lets nothing run or load but what
//! the file holds.

mod map;
mod words;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::diag::{Finding, code};
use crate::figures::PublishedCounter;
use crate::unit::grouped;
use crate::web;

use super::manifest::{File, Manifest, ReportEntry};
use super::names::MAPS;

pub(super) use map::Map;
use words::Words;

/// Name of the page in a release's folder.
pub(super) const INDEX: &str = "index.html";

/// What the page is made from.
pub(super) struct Content<'a> {
    pub manifest: &'a Manifest,
    /// The published counters of each report, in the order of the manifest.
    pub counters: &'a [Vec<PublishedCounter>],
    /// The picture of each report's first page (PNG, in base64); reports of an older program have none.
    pub thumbnails: &'a [Option<String>],
    pub map: Option<Map>,
    /// Paths of the data package's sheets.
    pub sheets: Vec<String>,
}

#[derive(Serialize)]
struct Page<'a> {
    words: Words,
    manifest: &'a Manifest,
    from: String,
    to: String,
    data_date: String,
    revision_date: Option<String>,
    /// Number of the publication before this one.
    earlier: Option<u32>,
    /// Number of reports.
    count: String,
    totals: Vec<Total>,
    cards: Vec<Card<'a>>,
    revised: usize,
    map: Option<&'a Map>,
    sheets: &'a [String],
}

#[derive(Serialize)]
struct Total {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct Card<'a> {
    code: &'a str,
    name: &'a str,
    title: &'a str,
    revised: bool,
    pages: u32,
    pdf: Option<Link<'a>>,
    tables: Option<Link<'a>>,
    maps: Vec<Link<'a>>,
    thumbnail: Option<String>,
    counters: Vec<Total>,
}

#[derive(Serialize)]
struct Link<'a> {
    href: String,
    size: String,
    path: &'a str,
}

impl<'a> Link<'a> {
    fn to(file: &'a File) -> Self {
        Self { href: escaped(&file.path), size: size(file.bytes), path: &file.path }
    }
}

/// Warns that the page has no words in the language of an edition, by its tag.
pub fn untranslated_page(tag: &str) -> Option<Finding> {
    let has_words = Words::in_language(tag).is_some();
    (!has_words).then(|| {
        Finding::warning(code::release::NO_WORDS, format!("the index page has no words in `{tag}`, and is in English"))
            .help("the reports are in their own language".to_owned())
    })
}

/// Makes the page.
pub(super) fn page(content: &Content<'_>) -> Vec<u8> {
    let manifest = content.manifest;
    let words = Words::of(&manifest.language);
    let cards = manifest.reports.iter().zip(content.counters).zip(content.thumbnails);
    let page = Page {
        words,
        manifest,
        from: words.date(&manifest.period[0]),
        to: words.date(&manifest.period[1]),
        data_date: words.date(&manifest.data_date),
        revision_date: manifest.revision_date.as_ref().map(|date| words.date(date)),
        earlier: manifest.predecessor.as_ref().map(|predecessor| predecessor.revision),
        count: grouped(manifest.reports.len() as u64, &separator(content.counters.iter().flatten())),
        totals: totals(content.counters),
        cards: cards.map(|((report, counters), thumbnail)| card(report, counters, thumbnail.as_deref())).collect(),
        revised: manifest.reports.iter().filter(|report| report.revised).count(),
        map: content.map.as_ref(),
        sheets: &content.sheets,
    };
    web::INDEX.fill(&page)
}

fn card<'a>(report: &'a ReportEntry, counters: &[PublishedCounter], thumbnail: Option<&str>) -> Card<'a> {
    Card {
        code: &report.jurisdiction,
        name: &report.name,
        title: &report.title,
        revised: report.revised,
        pages: report.pages,
        pdf: report.pdf().map(Link::to),
        tables: report.tables().map(Link::to),
        maps: report.files.iter().filter(|file| file.is_in(MAPS)).map(Link::to).collect(),
        thumbnail: thumbnail.map(|png| format!("data:image/png;base64,{png}")),
        counters: counters
            .iter()
            .map(|counter| Total { label: counter.label.clone(), value: counter.value.clone() })
            .collect(),
    }
}

/// Sums counters over the reports, each only where every report shows it: a sum without one would be taken for all,
/// and a sum with a hidden one would tell it.
fn totals(reports: &[Vec<PublishedCounter>]) -> Vec<Total> {
    let Some(first) = reports.first() else { return Vec::new() };
    if reports.iter().any(|other| other.len() != first.len()) {
        return Vec::new();
    }
    let separator = separator(reports.iter().flatten());
    let of_column = |at: usize| {
        let column = || reports.iter().map(move |counters| &counters[at]);
        let sum: u64 = column().map(|counter| counter.count).sum::<Option<u64>>()?;
        // The label of the largest figure is in the plural.
        let label = column().max_by_key(|counter| counter.count)?.label.clone();
        Some(Total { label, value: grouped(sum, &separator) })
    };
    (0..first.len()).filter_map(of_column).collect()
}

/// Finds what the reports print between thousands; a comma, where no figure is that large.
fn separator<'a>(mut counters: impl Iterator<Item = &'a PublishedCounter>) -> String {
    let large = counters.find(|counter| counter.count.is_some_and(|count| (1000..1_000_000).contains(&count)));
    large.map_or_else(|| ",".into(), |counter| counter.value.chars().filter(|c| !c.is_ascii_digit()).collect())
}

/// Writes a size in thousands of bytes.
fn size(bytes: u64) -> String {
    format!("{}\u{a0}kB", bytes.div_ceil(1000))
}

/// What a path keeps as it is: slashes, and what is unreserved (RFC 3986, section 2.3).
const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Writes a path as a relative reference (RFC 3986, section 3.3).
fn escaped(path: &str) -> String {
    utf8_percent_encode(path, &KEPT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counters(of: &[(&str, Option<u64>, &str)]) -> Vec<PublishedCounter> {
        of.iter()
            .map(|(value, count, label)| PublishedCounter {
                row: String::new(),
                name: String::new(),
                value: (*value).into(),
                count: *count,
                hidden: count.is_none(),
                label: (*label).into(),
                pictogram: None,
            })
            .collect()
    }

    fn sums(reports: &[Vec<PublishedCounter>]) -> Vec<(String, String)> {
        totals(reports).into_iter().map(|total| (total.label, total.value)).collect()
    }

    #[test]
    fn totals_are_sums_of_what_every_report_shows() {
        let report = counters(&[("1.234", Some(1234), "Calls"), ("1", Some(1), "Email"), ("0", Some(0), "Texts")]);
        let other = counters(&[("9", Some(9), "Calls"), ("3", Some(3), "Emails"), ("few", None, "Texts")]);
        assert_eq!(
            sums(&[report.clone(), other]),
            [("Calls".to_owned(), "1.243".to_owned()), ("Emails".to_owned(), "4".to_owned())]
        );
        assert_eq!(sums(&[report, counters(&[("9", Some(9), "Calls")])]), []);
        assert_eq!(sums(&[]), []);
    }

    #[test]
    fn paths_become_references() {
        assert_eq!(escaped("pdf/Doña Ana#1?.pdf"), "pdf/Do%C3%B1a%20Ana%231%3F.pdf");
    }

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!([1, 1000, 1001, 180_432].map(size), ["1\u{a0}kB", "1\u{a0}kB", "2\u{a0}kB", "181\u{a0}kB"]);
    }
}
