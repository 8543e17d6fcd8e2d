//! A text as words, numbers and the signs that make bounds.

/// A piece of a text, and where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub at: usize,
}

impl Token<'_> {
    /// Tells whether it is a number with decimals; three digits behind a point or a comma are thousands.
    pub(super) fn is_fraction(&self) -> bool {
        let last = self.text.rsplit([',', '.']).next().unwrap_or_default();
        last.len() != 3 && last.len() < self.text.len()
    }
}

/// Divides a text; what stands in a placeholder is one word of no meaning.
///
/// A hyphen divides numbers ("1-10") and joins words ("twenty-five"), a dash divides both; in a chain of numbers ("373-7888",
/// a date) it is none.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match first {
            '{' => rest.find('}').map_or(rest.len(), |end| (end + 2).min(rest.len())),
            _ if first.is_ascii_digit() => digits(rest),
            _ if first.is_alphanumeric() => rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let length = (length..=rest.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
        let is_sign = matches!(first, '<' | '>' | '≤' | '≥' | '=' | '%' | '$' | '€' | '£' | '–' | '—')
            || (first == '-' && is_between_numbers(text, at));
        if first == '{' || first.is_alphanumeric() || is_sign {
            tokens.push(Token { text: &rest[..length], at });
        }
        at += length;
    }
    tokens
}

/// Tells whether the hyphen at a place stands between two numbers, of which none is in a longer chain.
fn is_between_numbers(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    let after = text[at + 1..].trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let are_digits = before.len() < text[..at].trim_end().len() && after.len() < text[at + 1..].trim_start().len();
    are_digits && !before.ends_with('-') && !after.starts_with('-')
}

/// The length of a number in digits, with points or commas between its thousands and before its decimals.
fn digits(text: &str) -> usize {
    let run = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = run(text);
    while text[end..].starts_with([',', '.']) && run(&text[end + 1..]) > 0 {
        end += 1 + run(&text[end + 1..]);
    }
    end
}
