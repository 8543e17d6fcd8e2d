//! The report of Connecticut 2016, word for word as it was published.

use crate::support::{Project, bold_words, pages, plain, repository};

/// What opens every page of the published text.
const RUNNING_HEAD: &str = "NATIONAL HUMAN TRAFFICKING HOTLINE DATA REPORT";

fn reference() -> Vec<String> {
    let text = std::fs::read_to_string(repository().join("tests/reference/connecticut-2016.txt")).unwrap();
    let mut pages: Vec<String> = text.split(RUNNING_HEAD).map(|page| plain(&format!("{RUNNING_HEAD}{page}"))).collect();
    assert_eq!(pages.remove(0), plain(RUNNING_HEAD), "nothing stands before the first running head");
    pages
}

#[test]
fn every_page_of_the_pdf_says_what_the_published_page_says() {
    let project = Project::new();
    let built: Vec<String> = pages(&project.pdf()).iter().map(|page| plain(page)).collect();
    let published = reference();
    assert_eq!(built.len(), 4);
    assert_eq!(published.len(), 4);
    for (number, (built, published)) in built.iter().zip(&published).enumerate() {
        assert_eq!(built, published, "page {}", number + 1);
    }
}

#[test]
fn the_plain_text_says_what_the_published_report_says() {
    let text = Project::new().text();
    let alternative = text.lines().filter(|line| line.starts_with('[') && line.ends_with(']'));
    assert_eq!(alternative.count(), 1, "the map stands there by its alternative text");
    let own: Vec<&str> = text.lines().filter(|line| !line.starts_with('[')).collect();
    let head = format!("{}{}", plain(RUNNING_HEAD), plain("Connecticut State Report: 1/1/2016 – 12/31/2016"));
    let body: String = reference().iter().map(|page| page.strip_prefix(&head).unwrap()).collect();
    assert_eq!(plain(&own.join("\n")), format!("{head}{body}"), "the running head once, then the pages");
}

#[test]
fn the_plain_text_marks_the_bold_words_of_the_published_report() {
    let bold = |text: &str| -> Vec<String> { text.split("**").skip(1).step_by(2).map(plain).collect() };
    let published = std::fs::read_to_string(repository().join("tests/reference/connecticut-2016.txt")).unwrap();
    assert_eq!(bold(&Project::new().text()), bold(&published));
    assert_eq!(bold(&published).len(), 4);
}

#[test]
fn words_that_were_published_in_bold_are_set_in_bold() {
    let bold = bold_words(&Project::new().pdf());
    for words in [
        "phone calls, online tip reports, or emails",
        "34,068",
        "In Connecticut, a total of 54 unique cases (incidents) of potential human trafficking were reported to the hotline.",
    ] {
        assert!(bold.contains(&plain(words)), "`{words}` is bold in {bold:?}");
    }
    let statement = "Number of Substantive Calls Received from Connecticut:";
    assert!(bold.contains(&"199".to_owned()), "the number of calls is bold");
    assert!(bold.iter().all(|run| !run.contains(&plain(statement))), "what it counts is not");
}
