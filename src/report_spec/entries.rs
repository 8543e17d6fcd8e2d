//! The values of a spec one by one, so that two editions of it can be told apart line by line.

use std::sync::Arc;

use crate::unit::Digest;

use super::tree::Tree;

/// Values that are taken together: each of them alone could be guessed by its digest.
const TOGETHER: [&str; 1] = ["/overrides"];

/// Tells whether a value could be guessed: what is hidden by judgement, and where the operator keeps key and case data.
fn is_guessable(pointer: &str) -> bool {
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    TOGETHER.contains(&pointer)
        || matches!(parts.as_slice(), ["small_counts", "key_file", ..] | ["sources", _, "file", ..])
}

/// A value of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands, as a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// Its line, from 1.
    pub line: usize,
    /// Digest of its text.
    pub digest: Digest,
    /// Whoever tries all that it could say finds it by its digest, and it is nobody's business.
    pub guessable: bool,
}

/// Lists the values of a text in the order in which they stand; a text that is no YAML has none.
pub fn entries(name: &Arc<str>, text: &Arc<str>) -> Vec<Entry> {
    let Ok((tree, _)) = Tree::parse(name, text) else { return Vec::new() };
    let newlines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let leaves = tree.leaves(&TOGETHER);
    let entries = leaves.into_iter().map(|(pointer, start, value)| Entry {
        pointer: pointer.to_owned(),
        line: newlines.partition_point(|newline| *newline < start) + 1,
        digest: Digest::of(value.as_bytes()),
        guessable: is_guessable(pointer),
    });
    entries.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(text: &str) -> Vec<String> {
        let entries = entries(&"spec.yaml".into(), &text.into());
        entries.into_iter().map(|entry| format!("{} {}", entry.line, entry.pointer)).collect()
    }

    #[test]
    fn values_are_listed_with_their_lines_and_what_could_be_guessed_is_taken_together() {
        let text = "a: 1\nb:\n  c: [x, y]\n  d: {}\noverrides:\n  - { table: t, row: r }\n  - { table: u }\n";
        assert_eq!(listed(text), ["1 /a", "3 /b/c/0", "3 /b/c/1", "4 /b/d", "6 /overrides"]);
        assert!(listed("a: [").is_empty());
    }

    #[test]
    fn what_is_hidden_by_judgement_and_where_key_and_data_are_could_be_guessed() {
        let text = "sources:\n  a: { file: /x/a.csv, format: csv }\n  file: { name: y }\nsmall_counts: { key_file: /x/k, threshold: 3 }\n\
                    overrides: []\n";
        let entries = entries(&"spec.yaml".into(), &text.into());
        let guessable = entries.iter().filter(|entry| entry.guessable).map(|entry| entry.pointer.as_str());
        assert_eq!(guessable.collect::<Vec<_>>(), ["/sources/a/file", "/small_counts/key_file", "/overrides"]);
        assert_eq!(entries.len(), 6);
    }

    #[test]
    fn a_value_has_the_digest_of_its_words_wherever_it_stands() {
        let digest = |text: &str| entries(&"s".into(), &text.into())[0].digest;
        assert_eq!(digest("a: 1\n"), digest("\n\na:   1  \n"));
        assert_ne!(digest("a: 1\n"), digest("a: 2\n"));
    }
}
