//! Names in the text of a template.

/// Finds a name as a whole word: in braces where it stands in any, else wherever it stands.
pub(super) fn places(text: &str, name: &str) -> Vec<usize> {
    if name.is_empty() {
        return Vec::new();
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let whole = |at: &usize| {
        !text[..*at].ends_with(is_part)
            && !text[*at + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
    };
    let in_braces = |at: &usize| {
        let last = |words: [&str; 2]| words.into_iter().filter_map(|brace| text[..*at].rfind(brace)).max();
        last(["{{", "{%"]) > last(["}}", "%}"])
    };
    let places: Vec<usize> = text.match_indices(name).map(|(at, _)| at).filter(whole).collect();
    let braced: Vec<usize> = places.iter().copied().filter(in_braces).collect();
    if braced.is_empty() { places } else { braced }
}
