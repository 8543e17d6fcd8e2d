//! Head, foot and page numbers of files that do not tag them: lines at the edges of pages that come again.

use std::collections::HashMap;

use super::content::Text;

/// Lines at the top and at the bottom of a page that may be furniture.
const EDGE: usize = 3;
/// The least gap between them and the text, in sizes of their type.
const GAP: f32 = 2.0;
/// How far a line may stand from where it stands on other pages, in points.
const STRAY: f32 = 4.0;

/// Parts the lines of each page into those of the text and those of the furniture.
pub(super) fn part(pages: Vec<Vec<Text>>) -> (Vec<Vec<Text>>, Vec<Vec<Text>>) {
    let edges: Vec<Vec<usize>> = pages.iter().map(|lines| edge(lines)).collect();
    let mut seen: HashMap<String, Vec<f32>> = HashMap::new();
    for (lines, edge) in pages.iter().zip(&edges) {
        for at in edge {
            seen.entry(without_digits(&lines[*at].words)).or_default().extend(top(&lines[*at]));
        }
    }
    let count = pages.len();
    let comes_again = |line: &Text| {
        let Some(own) = top(line) else { return false };
        let places = seen.get(&without_digits(&line.words)).map(Vec::as_slice).unwrap_or_default();
        let same = places.iter().filter(|place| (**place - own).abs() <= STRAY).count();
        same >= 2 && 2 * same >= count
    };
    let parted = pages.into_iter().zip(edges).enumerate().map(|(page, (lines, edge))| {
        let (mut text, mut furniture) = (Vec::new(), Vec::new());
        let last = lines.len().checked_sub(1);
        for (at, line) in lines.into_iter().enumerate() {
            let is_edge = edge.contains(&at);
            let is_number = (is_edge || Some(at) == last) && is_page_number(&line.words, page + 1);
            let is_furniture = is_number || (is_edge && comes_again(&line));
            if is_furniture { furniture.push(line) } else { text.push(line) }
        }
        (text, furniture)
    });
    parted.unzip()
}

/// The lines above the text of a page and those below it: what a gap parts from it, wider than between its lines.
fn edge(lines: &[Text]) -> Vec<usize> {
    let mut placed: Vec<(f32, usize)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((top(line)?, at))).collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Pieces that stand beside each other are one line.
    let mut rows: Vec<(f32, Vec<usize>)> = Vec::new();
    for (place, at) in placed {
        match rows.last_mut() {
            Some((last, row)) if place - *last <= STRAY => row.push(at),
            _ => rows.push((place, vec![at])),
        }
    }
    let is_gap = |upper: usize| {
        let size = rows[upper].1.iter().map(|at| lines[*at].style.size).fold(0.0, f32::max);
        rows[upper + 1].0 - rows[upper].0 > GAP * size.max(1.0)
    };
    let count = rows.len();
    let head = (0..EDGE.min(count.saturating_sub(1))).find(|upper| is_gap(*upper)).map_or(0, |upper| upper + 1);
    let foot =
        (0..EDGE.min(count.saturating_sub(1))).find(|lower| is_gap(count - 2 - lower)).map_or(0, |lower| lower + 1);
    let outside = rows[..head].iter().chain(&rows[count - foot..]);
    outside.flat_map(|(_, row)| row.iter().copied()).collect()
}

fn top(line: &Text) -> Option<f32> {
    Some(line.spot?.area[1])
}

fn without_digits(words: &str) -> String {
    let mut key = String::new();
    for letter in words.chars() {
        match letter {
            '0'..='9' if key.ends_with('#') => {}
            '0'..='9' => key.push('#'),
            letter => key.push(letter),
        }
    }
    key
}

/// Tells whether a line is the number of its page, alone or as `Page 2 of 7` and the like.
fn is_page_number(words: &str, page: usize) -> bool {
    let mut numbers = words.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty());
    let rest = words.split(|letter: char| !letter.is_alphabetic()).filter(|part| !part.is_empty()).count();
    numbers.next().and_then(|number| number.parse().ok()) == Some(page) && numbers.count() <= 1 && rest <= 2
}

/// Which numbers in lines of furniture are those of their pages: known by their place in a line that comes again.
pub(super) struct Roles {
    pages: usize,
    /// Of each line without its digits, the places of the numbers that are those of the page wherever it stands.
    numbers: HashMap<String, Vec<bool>>,
}

impl Roles {
    pub(super) fn of(furniture: &[Vec<Text>]) -> Self {
        let mut seen: HashMap<String, (Vec<bool>, usize)> = HashMap::new();
        for (page, lines) in furniture.iter().enumerate() {
            for line in lines {
                let is_own: Vec<bool> = numbers(&line.words).map(|number| number.parse() == Ok(page + 1)).collect();
                let (known, times) = seen.entry(without_digits(&line.words)).or_insert_with(|| (is_own.clone(), 0));
                *times += 1;
                known.iter_mut().zip(is_own).for_each(|(known, own)| *known &= own);
            }
        }
        // What stands on one page alone is a number of it only where nothing else stands there.
        let of_several = |(line, (places, times)): (String, (Vec<bool>, usize))| (times > 1).then_some((line, places));
        Self { pages: furniture.len(), numbers: seen.into_iter().filter_map(of_several).collect() }
    }

    /// Writes a line with the number of its page, and that of all pages, as signs: they are no words of it.
    pub(super) fn written(&self, words: &str, page: usize) -> String {
        let places = match self.numbers.get(&without_digits(words)) {
            Some(places) => places.clone(),
            None if is_page_number(words, page) && calls_pages(words) => vec![true],
            None => Vec::new(),
        };
        if !places.contains(&true) {
            return words.to_owned();
        }
        let mut written = String::new();
        let mut rest = words;
        for (at, number) in numbers(words).enumerate() {
            let start = rest.find(number).unwrap_or(0);
            written.push_str(&rest[..start]);
            let is_own = |at: Option<usize>| at.and_then(|at| places.get(at)) == Some(&true);
            // `Page 2 of 7`: how many there are stands behind the number.
            let is_of_all = is_own(at.checked_sub(1)) && number.parse() == Ok(self.pages);
            written.push_str(match is_own(Some(at)) {
                true => "#",
                false if is_of_all => "##",
                false => number,
            });
            rest = &rest[start + number.len()..];
        }
        written.push_str(rest);
        written
    }
}

/// Tells whether a line has no other words than those that stand beside page numbers, in some languages.
fn calls_pages(words: &str) -> bool {
    let mut words = words.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    words.all(|word| PAGE_WORDS.contains(&word.to_lowercase().as_str()))
}

const PAGE_WORDS: [&str; 10] = ["page", "p", "pp", "of", "página", "pág", "de", "seite", "s", "von"];

fn numbers(words: &str) -> impl Iterator<Item = &str> {
    words.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::content::{Spot, Style};
    use super::*;

    fn page(number: usize, lines: &[(&str, f32)]) -> Vec<Text> {
        let line = |(words, top): &(&str, f32)| {
            let spot = Some(Spot { page: number, area: [72.0, *top, 200.0, top + 10.0] });
            Text {
                words: (*words).to_owned(),
                spot,
                style: Style { size: 10.0, ..Style::default() },
                ..Text::default()
            }
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn heads_and_page_numbers_are_furniture_and_the_first_words_of_a_page_are_not() {
        let pages = vec![
            page(
                0,
                &[
                    ("Report of 2016", 30.0),
                    ("Words that begin", 90.0),
                    ("and go on,", 105.0),
                    ("line by line", 400.0),
                    ("1", 760.0),
                ],
            ),
            page(
                1,
                &[
                    ("Report of 2016", 30.0),
                    ("and on", 90.0),
                    ("and on", 110.0),
                    ("to their end.", 400.0),
                    ("2", 760.0),
                ],
            ),
        ];
        let (text, furniture) = part(pages);
        let words =
            |pages: &[Vec<Text>]| pages.iter().flatten().map(|line| line.words.clone()).collect::<Vec<_>>().join("|");
        assert_eq!(words(&furniture), "Report of 2016|1|Report of 2016|2");
        assert_eq!(words(&text), "Words that begin|and go on,|line by line|and on|and on|to their end.");
    }

    #[test]
    fn the_number_of_a_page_is_known_by_its_role() {
        assert!(is_page_number("2", 2) && is_page_number("– 2 –", 2) && is_page_number("Page 2 of 7", 2));
        assert!(!is_page_number("3", 2) && !is_page_number("2 cases of the year 2016 in all", 2));
        let roles = |lines: &[&str]| {
            let pages: Vec<Vec<Text>> =
                lines.iter().enumerate().map(|(number, line)| page(number, &[(line, 760.0)])).collect();
            let roles = Roles::of(&pages);
            lines.iter().enumerate().map(|(number, line)| roles.written(line, number + 1)).collect::<Vec<_>>()
        };
        assert_eq!(roles(&["Page 1 of 2", "Page 2 of 2"]), ["Page # of ##"; 2]);
        assert_eq!(roles(&["Report 2016, page 1", "Report 2016, page 2"]), ["Report 2016, page #"; 2]);
        // The day of a date and the number of a revision are none, whatever page they stand on.
        assert_eq!(roles(&["Revision 1, June 2", "Revision 1, June 2"]), ["Revision 1, June 2"; 2]);
        assert_eq!(roles(&["Revision 1, June 2, p. 1", "Revision 1, June 2, p. 2"]), ["Revision 1, June 2, p. #"; 2]);
        assert_eq!(roles(&["Revision 1"]), ["Revision 1"]);
    }
}
