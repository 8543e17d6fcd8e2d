//! Numbers in words, and the numbers that a text names.

use std::collections::BTreeMap;

use indexmap::IndexMap;

/// The most words that a number takes.
const LONGEST: usize = 3;

/// The greatest number that has words without being listed in the spec.
const GREATEST: u64 = 100;

const ENGLISH: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

const SPANISH: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const SPANISH_TENS: [&str; 7] = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];

/// Words that stand before the least number that is not meant, as in "fewer than three" and "menores que cinco".
const UNDER: [&[&str]; 16] = [
    &["fewer", "than"],
    &["less", "than"],
    &["smaller", "than"],
    &["lower", "than"],
    &["under"],
    &["below"],
    &["menos", "de"],
    &["menos", "que"],
    &["menor", "que"],
    &["menores", "que"],
    &["menor", "de"],
    &["menores", "de"],
    &["inferior", "a"],
    &["inferiores", "a"],
    &["debajo", "de"],
    &["<"],
];

/// The words for numbers in one language.
#[derive(Debug, Default)]
pub struct NumberWords {
    words: BTreeMap<u64, String>,
    /// The numbers by their words, in lower case, with a blank between two.
    numbers: BTreeMap<String, u64>,
}

/// A number that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The number.
    pub number: u64,
    /// As it is written.
    pub text: String,
    /// What is meant is under it, as in "fewer than three".
    pub is_bound: bool,
}

impl NumberWords {
    /// Takes the words of a language that the program knows, and those that a spec lists.
    pub fn new(language: &str, listed: &IndexMap<String, String>) -> Self {
        let known = |number: u64| match language {
            "en" => Some(english(number)),
            "es" => Some(spanish(number)),
            _ => None,
        };
        let mut words: BTreeMap<u64, String> =
            (0..=GREATEST).filter_map(|number| Some((number, known(number)?))).collect();
        words.extend(listed.iter().filter_map(|(number, words)| Some((number.parse().ok()?, words.clone()))));
        let spaced = |words: &str| words.to_lowercase().replace('-', " ");
        let numbers = words.iter().map(|(number, words)| (spaced(words), *number)).collect();
        Self { words, numbers }
    }

    /// Writes a number in words, where there are any for it.
    pub fn of(&self, number: u64) -> Option<&str> {
        self.words.get(&number).map(String::as_str)
    }

    /// Lists the numbers that a text names, in digits or in words, outside of placeholders.
    pub fn named(&self, text: &str) -> Vec<Named> {
        let tokens = tokens(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let Some((number, length)) = self.number(&tokens[at..]) else {
                at += 1;
                continue;
            };
            let ends_with = |under: &&[&str]| {
                let start = at.checked_sub(under.len());
                start.is_some_and(|start| tokens[start..at].iter().zip(*under).all(|(a, b)| a.to_lowercase() == *b))
            };
            let is_bound = UNDER.iter().any(ends_with);
            found.push(Named { number, text: tokens[at..at + length].join(" "), is_bound });
            at += length;
        }
        found
    }

    /// Reads a number at the beginning of some words; says how many of them it takes.
    fn number(&self, tokens: &[&str]) -> Option<(u64, usize)> {
        let first = tokens.first()?;
        if first.starts_with(|c: char| c.is_ascii_digit()) {
            let digits: String = first.chars().filter(char::is_ascii_digit).collect();
            return digits.parse().ok().map(|number| (number, 1));
        }
        (1..=tokens.len().min(LONGEST)).rev().find_map(|length| {
            let words: Vec<String> = tokens[..length].iter().map(|token| token.to_lowercase()).collect();
            self.numbers.get(&words.join(" ")).map(|number| (*number, length))
        })
    }
}

/// Divides a text into words, numbers and the sign `<`; what stands in a placeholder is one word of no meaning.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || matches!(c, '<' | '{')) {
        rest = &rest[start..];
        let end = match rest.chars().next() {
            Some('{') => rest.find(['}']).map_or(rest.len(), |end| (end + 2).min(rest.len())),
            Some('<') => 1,
            Some(first) if first.is_ascii_digit() => digits(rest),
            _ => rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()),
        };
        let end = (end..=rest.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}

/// The length of a number in digits, with points or commas between its thousands.
fn digits(text: &str) -> usize {
    let run = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = run(text);
    while text[end..].starts_with([',', '.']) && run(&text[end + 1..]) == 3 {
        end += 4;
    }
    end
}

fn english(number: u64) -> String {
    match (number as usize, number % 10) {
        (100, _) => "one hundred".to_owned(),
        (small, _) if small < 20 => ENGLISH[small].to_owned(),
        (tens, 0) => ENGLISH_TENS[tens / 10 - 2].to_owned(),
        (tens, one) => format!("{}-{}", ENGLISH_TENS[tens / 10 - 2], ENGLISH[one as usize]),
    }
}

fn spanish(number: u64) -> String {
    match (number as usize, number % 10) {
        (100, _) => "cien".to_owned(),
        (small, _) if small < 30 => SPANISH[small].to_owned(),
        (tens, 0) => SPANISH_TENS[tens / 10 - 3].to_owned(),
        (tens, one) => format!("{} y {}", SPANISH_TENS[tens / 10 - 3], SPANISH[one as usize]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(language: &str, text: &str) -> Vec<(u64, bool)> {
        let words = NumberWords::new(language, &IndexMap::new());
        words.named(text).into_iter().map(|one| (one.number, one.is_bound)).collect()
    }

    #[test]
    fn numbers_have_words() {
        let words = |language: &str| NumberWords::new(language, &IndexMap::new());
        let english: Vec<_> = [3, 11, 20, 25, 40, 99, 100].map(|n| words("en").of(n).unwrap().to_owned()).into();
        assert_eq!(english, ["three", "eleven", "twenty", "twenty-five", "forty", "ninety-nine", "one hundred"]);
        let spanish: Vec<_> = [3, 11, 20, 25, 40, 99, 100].map(|n| words("es").of(n).unwrap().to_owned()).into();
        assert_eq!(spanish, ["tres", "once", "veinte", "veinticinco", "cuarenta", "noventa y nueve", "cien"]);
        assert_eq!(words("fr").of(3), None);
        assert_eq!(words("en").of(101), None);
        let listed = IndexMap::from([("3".to_owned(), "trois".to_owned())]);
        assert_eq!(NumberWords::new("fr", &listed).of(3), Some("trois"));
    }

    #[test]
    fn a_text_names_numbers_in_digits_and_in_words() {
        assert_eq!(named("en", "Fewer than Three"), [(3, true)]);
        assert_eq!(named("en", "Venues Referenced in fewer than twenty-five Cases"), [(25, true)]);
        assert_eq!(named("en", "<10"), [(10, true)]);
        assert_eq!(
            named("en", "Counts of 1 to 9 are not shown, under 10 of 1,204"),
            [(1, false), (9, false), (10, true), (1204, false)]
        );
        assert_eq!(named("es", "cifras menores que cinco"), [(5, true)]);
        assert_eq!(named("es", "menos de treinta y cinco veces"), [(35, true)]);
        assert_eq!(named("en", "fewer than {{ threshold.in_words }} of {{ threes }} someone's 3rd"), [(3, false)]);
        assert_eq!(named("en", "*"), []);
        assert_eq!(named("fr", "moins de trois, moins de 3"), [(3, false)]);
    }
}
