//! Every code that a finding may have, with what it means and what to do.

mod boundaries;
mod data;
mod figures;
mod output;
mod spec;

/// A code with its explanation.
pub type Explained = (&'static str, &'static str);

/// Returns the codes in the order of the stages.
pub fn codes() -> impl Iterator<Item = Explained> + Clone {
    [spec::CODES, boundaries::CODES, data::CODES, figures::CODES, output::CODES].into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Reads every code that the sources name, but for this folder.
    fn used(folder: &Path, codes: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                used(&path, codes);
            } else if !path.parent().is_some_and(|folder| folder.ends_with("diag/codes")) {
                let text = std::fs::read_to_string(&path).unwrap();
                codes.extend(text.split('"').filter(|word| is_code(word)).map(str::to_owned));
            }
        }
    }

    fn is_code(word: &str) -> bool {
        let stages = [
            "spec",
            "data",
            "boundaries",
            "map",
            "disclosure",
            "typeset",
            "press",
            "preflight",
            "review",
            "release",
            "publish",
            "internal",
        ];
        word.split_once("::").is_some_and(|(stage, name)| {
            stages.contains(&stage)
                && !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        })
    }

    #[test]
    fn every_code_of_the_sources_is_explained_and_every_explained_code_is_used() {
        let mut named = BTreeSet::new();
        used(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut named);
        let explained: BTreeSet<String> = codes().map(|(code, _)| code.to_owned()).collect();
        let missing: Vec<_> = named.difference(&explained).collect();
        let unused: Vec<_> = explained.difference(&named).collect();
        assert!(missing.is_empty() && unused.is_empty(), "not explained: {missing:?}; not used: {unused:?}");
        assert_eq!(explained.len(), codes().count(), "no code is explained twice");
    }

    #[test]
    fn explanations_are_sentences() {
        for (code, text) in codes() {
            let sentences = text.matches(". ").count() + 1;
            assert!(text.ends_with('.') && sentences <= 3 && !text.contains("  "), "{code}: {text}");
        }
    }
}
