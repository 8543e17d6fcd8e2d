//! Each code of a finding has an example, and the program words its findings so.

use std::fs;
use std::path::Path;

use platen::diag::Code;

use crate::support::repository;

/// Codes whose findings are put together of pieces, or say what a library does.
const PIECED: [&str; 9] = [
    "disclosure::proof",
    "internal::panic",
    "internal::schema",
    "internal::signature",
    "preflight::bleed-missing",
    "preflight::page-count",
    "preflight::safe-area",
    "publish::not-on-disk",
    "typeset::layout",
];

/// Tells whether a text is a template with something in the place of each placeholder.
fn fits(template: &str, text: &str) -> bool {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((piece, after)) = rest.split_once('{') {
        pieces.push(piece);
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    pieces.push(rest);
    let (Some((first, middle)), Some(last)) = (pieces.split_first(), pieces.last()) else { return false };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    if middle.is_empty() {
        return left.is_empty();
    }
    for piece in &middle[..middle.len() - 1] {
        // Something stands in the place before it.
        let mut letters = left.chars();
        let Some(at) = letters.next().and_then(|_| letters.as_str().find(piece)) else { return false };
        left = &letters.as_str()[at + piece.len()..];
    }
    left.len() > last.len() && left.ends_with(last)
}

/// Lists the texts between quotes in a source, without line breaks that are escaped.
fn literals(source: &str, out: &mut Vec<String>) {
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => _ = letters.by_ref().find(|letter| *letter == '\n'),
            '\'' if letters.peek() == Some(&'"') => _ = letters.nth(1),
            '\\' => _ = letters.next(),
            '"' => {
                let mut text = String::new();
                while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
                    match (letter, letters.peek()) {
                        ('\\', Some('\n')) => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
                        ('\\', _) => text.extend(letters.next()),
                        _ => text.push(letter),
                    }
                }
                out.push(text);
            }
            _ => {}
        }
    }
}

fn collect(folder: &Path, out: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("diag/code") {
            collect(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            literals(&fs::read_to_string(&path).unwrap(), out);
        }
    }
}

#[test]
fn the_example_of_each_code_is_worded_as_a_finding_of_the_program_is() {
    let mut templates = Vec::new();
    collect(&repository().join("src"), &mut templates);
    // Less than two words of a template fit too much.
    templates.retain(|template| template.split(['{', '}']).step_by(2).map(str::len).sum::<usize>() >= 8);
    let is_sentence = |template: &str| !template.contains('{') && template.split(' ').count() >= 4;
    let is_worded = |code: &Code| {
        templates.iter().any(|template| {
            // Where it begins with the name of a figure, the rest is a text of its own.
            fits(template, code.example()) || (is_sentence(template) && code.example().ends_with(template.as_str()))
        })
    };
    let others: Vec<&str> = Code::all().filter(|code| !is_worded(code)).map(Code::text).collect();
    let mut expected = PIECED.to_vec();
    expected.sort_unstable();
    let mut sorted = others.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected);
}

#[test]
fn a_text_fits_a_template_where_it_says_the_same_around_its_placeholders() {
    assert!(fits("no table is called `{name}`", "no table is called `reason`"));
    assert!(fits("{count} more of {}", "3 more of these"));
    assert!(!fits("no table is called `{name}`", "no table is called `reason`, nor a map"));
    assert!(!fits("no table is called `{name}`", "no table is called ``") && !fits("a {b} c", "a x d"));
    let mut found = Vec::new();
    literals("f('\"', \"a \\\"b\\\" \\\n   c\"); // \"d\"\n\"e\"", &mut found);
    assert_eq!(found, ["a \"b\" c", "e"]);
}
