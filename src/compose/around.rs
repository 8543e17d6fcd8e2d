//! The words around a figure in prose, by which a reader finds it.

use super::document::{Block, Inline};

/// Words that are kept before a figure, and after it.
const WORDS: usize = 4;

/// Finds the first place in running text where a figure stands by itself; returns it with the words around it.
pub(super) fn of(blocks: &[Block], figure: &str) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(_, line) | Block::Heading(line) => within(&text(line), figure),
        Block::Notes(notes) => notes.iter().find_map(|note| within(&text(&note.text), figure)),
        Block::Counters(_) | Block::Table(_) | Block::Figure(_) | Block::Break => None,
    })
}

fn text(line: &[Inline]) -> String {
    let words = line.iter().map(|inline| match inline {
        Inline::Text { text, .. } => text.as_str(),
        Inline::Note { .. } => "",
    });
    words.collect()
}

fn within(text: &str, figure: &str) -> Option<String> {
    if figure.is_empty() {
        return None;
    }
    // "12" is not found in "120", in "1,200" or in "3.12".
    let is_apart = |(at, _): &(usize, &str)| {
        let (before, after) = (&text[..*at], &text[at + figure.len()..]);
        let number = |c: char| c.is_numeric();
        let mark = |c: char| matches!(c, '.' | ',' | '\'' | '\u{a0}' | '\u{202f}');
        let joins_before = before.ends_with(char::is_alphanumeric)
            || before.strip_suffix(mark).is_some_and(|rest| rest.ends_with(number));
        let joins_after = after.starts_with(char::is_alphanumeric)
            || after.strip_prefix(mark).is_some_and(|rest| rest.starts_with(number));
        !joins_before && !joins_after
    };
    let (at, _) = text.match_indices(figure).find(is_apart)?;
    let (before, after) = (&text[..at], &text[at + figure.len()..]);
    let first = before.split_whitespace().rev().take(WORDS + 1).collect::<Vec<_>>();
    let last = after.split_whitespace().take(WORDS + 1).collect::<Vec<_>>();
    // A blank before and after is kept where there was one: "(31st)" stays together.
    let glue = |is_blank: bool| if is_blank { " " } else { "" };
    let mut words = String::new();
    if first.len() > WORDS {
        words.push_str("… ");
    }
    words.push_str(&first.iter().take(WORDS).rev().copied().collect::<Vec<_>>().join(" "));
    words.push_str(glue(before.ends_with(char::is_whitespace) && !first.is_empty()));
    words.push_str(figure);
    words.push_str(glue(after.starts_with(char::is_whitespace) && !last.is_empty()));
    words.push_str(&last.iter().take(WORDS).copied().collect::<Vec<_>>().join(" "));
    if last.len() > WORDS {
        words.push_str(" …");
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_found_where_it_stands_by_itself() {
        let text = "In 2016, 1,200 and 3.12 and 120 and 12 phone calls came in to us (31st) nationwide.";
        assert_eq!(within(text, "12").unwrap(), "… 3.12 and 120 and 12 phone calls came in …");
        assert_eq!(within(text, "31st").unwrap(), "… in to us (31st) nationwide.");
        assert_eq!(within(text, "2016").unwrap(), "In 2016, 1,200 and 3.12 …");
        assert_eq!(within("12", "12").unwrap(), "12");
        assert_eq!(within(text, "20"), None);
        assert_eq!(within(text, ""), None);
    }
}
