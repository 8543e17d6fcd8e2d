//! Numbers in words.
//!
//! By hand: ICU4X has no spell-out rules, the crate `num2words` no Spanish, and those with more languages are too young to be
//! relied on, where English and Spanish take fifty words.

use std::collections::BTreeMap;

use indexmap::IndexMap;

/// The most words that a number takes.
const LONGEST: usize = 5;

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

/// The words for numbers in one language.
#[derive(Debug, Default)]
pub(super) struct NumberWords {
    words: BTreeMap<u64, String>,
    /// The numbers by their words, in lower case, with a blank between two.
    numbers: BTreeMap<String, u64>,
}

impl NumberWords {
    /// Takes the words of a language that the program knows, and those that a spec lists.
    pub(super) fn new(language: &str, listed: &IndexMap<String, String>) -> Self {
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
    pub(super) fn of(&self, number: u64) -> Option<&str> {
        self.words.get(&number).map(String::as_str)
    }

    /// Reads a number at the beginning of some words in lower case; says how many of them it takes.
    pub(super) fn read(&self, words: &[String]) -> Option<(u64, usize)> {
        (1..=words.len().min(LONGEST))
            .rev()
            .find_map(|length| self.numbers.get(&words[..length].join(" ")).map(|number| (*number, length)))
    }
}

fn english(number: u64) -> String {
    match (number as usize, number % 10) {
        (100, _) => "one hundred".to_owned(),
        (small, _) if small < 20 => ENGLISH[small].to_owned(),
        (tens, 0) => ENGLISH_TENS[tens / 10 - 2].to_owned(),
        (tens, ones) => format!("{}-{}", ENGLISH_TENS[tens / 10 - 2], ENGLISH[ones as usize]),
    }
}

fn spanish(number: u64) -> String {
    match (number as usize, number % 10) {
        (100, _) => "cien".to_owned(),
        (small, _) if small < 30 => SPANISH[small].to_owned(),
        (tens, 0) => SPANISH_TENS[tens / 10 - 3].to_owned(),
        (tens, ones) => format!("{} y {}", SPANISH_TENS[tens / 10 - 3], SPANISH[ones as usize]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
