//! Words: what changed in a text, run by run, and what kind of words changed.

use std::collections::HashSet;

use super::super::change::{Change, Group, Place};
use super::super::content::{Content, MINUS, Spot, Text, Word, is_figure};
use super::super::kind::Kind;
use super::changes::{Changes, difference};
use super::flow::{MOVED, SPACES};
use super::words::{Aligned, Breaks, Run, Setting, differ_in_hyphen, words};

/// How far a month may stand from the word that changed.
const NEAR: usize = 3;
/// Baselines that differ by less are of one row, in points.
const ROWS: f32 = 3.0;

/// Compares two texts; `plain` is the kind of words that are nothing else.
pub(super) fn compare(old: &Text, new: &Text, plain: Kind, changes: &mut Changes) {
    let (before, after) = (words([old]), words([new]));
    let place = changes.place(old.spot, new.spot);
    let aligned = Aligned::of(&before, &after);
    for run in &aligned.runs {
        changes.list.push(change(run, &before, &after, plain, place.clone()));
    }
    hyphens(&aligned, &before, &after, plain, &place, changes);
}

/// Tells words that differ in a hyphen alone, where no line's end can have set it.
fn hyphens(aligned: &Aligned, old: &[&Word], new: &[&Word], plain: Kind, place: &Place, changes: &mut Changes) {
    for (a, b) in &aligned.same {
        if differ_in_hyphen(old[*a], new[*b]) {
            let run = Run { old: *a..a + 1, new: *b..b + 1 };
            changes.list.push(change(&run, old, new, plain, place.clone()));
        }
    }
}

/// Makes the change of a run of words.
fn change(run: &Run, old: &[&Word], new: &[&Word], plain: Kind, place: Place) -> Change {
    let (before, after) = (&old[run.old.clone()], &new[run.new.clone()]);
    let spots = |words: &[&Word]| words.iter().filter_map(|word| word.spot).collect::<Vec<_>>();
    let texts = |words: &[&Word]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
    let (all_before, all_after) = (texts(old), texts(new));
    let is_hidden = before.iter().chain(after).all(|word| word.is_hidden());
    let change = worded(run, &refs(&all_before), &refs(&all_after), plain, place);
    Change {
        kind: if is_hidden { Kind::HiddenText } else { change.kind },
        covered: [spots(before), spots(after)],
        ..change
    }
}

fn refs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// Finds the kind of a run of words.
fn worded(run: &Run, old: &[&str], new: &[&str], plain: Kind, place: Place) -> Change {
    let (before, after) = (&old[run.old.clone()], &new[run.new.clone()]);
    let all = |is: fn(&str) -> bool| {
        !before.is_empty() && !after.is_empty() && before.iter().chain(after).all(|word| is(word))
    };
    let kind = if all(is_rank) {
        Kind::Rank
    } else if before.iter().chain(after).any(|word| is_month(word) || is_short_date(word))
        || (all(is_number) && (near_month(old, &run.old) || near_month(new, &run.new)))
    {
        if plain == Kind::NoteText { plain } else { Kind::Date }
    } else if plain == Kind::Prose && all(is_number) {
        Kind::Figure
    } else {
        plain
    };
    let words = |words: &[&str]| (!words.is_empty()).then(|| words.join(" "));
    let mut change = Change::new(kind, place, words(before), words(after));
    if let ([before], [after]) = (before, after) {
        change.size = difference(bare(before), bare(after));
        change.group = (change.size == Some(0.0) && all(is_number)).then_some(Group::Format);
    }
    change
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
    // A minus sign is no mark.
    let sign = word.find(bare).and_then(|at| word[..at].chars().next_back()).filter(|sign| MINUS.contains(sign));
    match sign.filter(|_| bare.starts_with(|c: char| c.is_ascii_digit())) {
        Some(sign) => word.find(bare).map_or(bare, |at| &word[at - sign.len_utf8()..at + bare.len()]),
        None => bare,
    }
}

fn is_number(word: &str) -> bool {
    is_figure(bare(word))
}

/// An ordinal: digits with a letter or sign behind them, `31st` or `31.º`.
fn is_rank(word: &str) -> bool {
    let word = bare(word);
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < word.len() && matches!(rest.trim_start_matches('.'), "st" | "nd" | "rd" | "th" | "º" | "ª" | "o" | "a")
}

fn is_month(word: &str) -> bool {
    let word = bare(word).to_lowercase();
    word.chars().all(char::is_alphabetic) && word.len() > 2 && MONTH_NAMES.contains(&word.as_str())
}

/// Names of months in English and Spanish.
const MONTH_NAMES: [&str; 24] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

fn is_short_date(word: &str) -> bool {
    let parts: Vec<&str> = bare(word).split(['/', '-', '.']).collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
}

fn near_month(words: &[&str], run: &std::ops::Range<usize>) -> bool {
    let around = run.start.saturating_sub(NEAR)..(run.end + NEAR).min(words.len());
    words[around].iter().any(|word| is_month(word))
}

/// Compares two files of which one has no structure: all their words in the order they are drawn, so that other line
/// and page breaks make no difference.
pub(super) fn untagged(old: &Content, new: &Content, changes: &mut Changes) {
    let (before, after) = in_order(old, new);
    let (before, after): (Vec<&Word>, Vec<&Word>) = (before.iter().collect(), after.iter().collect());
    let aligned = Aligned::of(&before, &after);
    for run in &aligned.runs {
        let spot =
            |words: &[&Word], run: &std::ops::Range<usize>| words[run.clone()].first().and_then(|word| word.spot);
        let place = changes.place(spot(&before, &run.old), spot(&after, &run.new));
        changes.list.push(change(run, &before, &after, Kind::Prose, place));
    }
    hyphens(&aligned, &before, &after, Kind::Prose, &Place::default(), changes);
    let mut setting = Setting::default();
    let is_set_alike = setting.compare(&before, &after, &aligned.same);
    changes.list.extend(setting.list());
    changes.moves.note(&before, &after, &aligned.same);
    if aligned.runs.is_empty() && is_set_alike {
        let mut breaks = Breaks::default();
        breaks.compare(&before, &after);
        match breaks.change() {
            Some(change) => changes.list.push(change),
            None => changes.list.extend(shifts(old, new, (&before, &after), &aligned.same)),
        }
    }
}

/// The words of both files in the order they are drawn; of a page on which most words stand where they stood, from top to bottom.
fn in_order(old: &Content, new: &Content) -> (Vec<Word>, Vec<Word>) {
    let pages = |content: &Content| -> Vec<Vec<Word>> {
        content.lines.iter().map(|lines| words(lines).into_iter().cloned().collect()).collect()
    };
    let (mut before, mut after) = (pages(old), pages(new));
    for (a, b) in before.iter_mut().zip(&mut after) {
        let texts = |words: &[Word]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
        if texts(a) != texts(b) && 2 * standing(a, b) > a.len().max(b.len()) {
            a.sort_by_key(row_and_column);
            b.sort_by_key(row_and_column);
        }
    }
    (joined(before.into_iter().flatten()), joined(after.into_iter().flatten()))
}

/// How many words stand where the same word stood.
fn standing(old: &[Word], new: &[Word]) -> usize {
    let key = |word: &Word| (word.text.clone(), row_and_column(word));
    let places: HashSet<_> = old.iter().map(key).collect();
    new.iter().filter(|word| places.contains(&key(word))).count()
}

fn row_and_column(word: &Word) -> (i32, i32) {
    word.spot.map_or((0, 0), |spot| ((spot.area[3] / ROWS).round() as i32, spot.area[0].round() as i32))
}

/// Joins words that are broken at a line's end after a hyphen.
fn joined(words: impl Iterator<Item = Word>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::new();
    for word in words {
        match joined.last_mut().filter(|last| word.begins && ends_in_hyphen(&last.text)) {
            Some(last) => {
                if last.text.ends_with('\u{ad}') {
                    last.text.pop();
                }
                let letters = last.text.chars().count();
                last.styles.extend(word.styles.into_iter().map(|(from, style)| (letters + from, style)));
                last.styles.dedup_by(|(_, later), (_, earlier)| later == earlier);
                last.text.push_str(&word.text);
                last.is_broken = true;
            }
            None => joined.push(word),
        }
    }
    joined
}

fn ends_in_hyphen(word: &str) -> bool {
    let mut letters = word.chars().rev();
    letters.next().is_some_and(|last| matches!(last, '-' | '\u{ad}'))
        && letters.next().is_some_and(char::is_alphanumeric)
}

/// Finds lines that stand elsewhere though no word changed; what moved by as much is one change. Pages that have other boxes or
/// are turned are told as that.
fn shifts(old: &Content, new: &Content, words: (&[&Word], &[&Word]), same: &[(usize, usize)]) -> Vec<Change> {
    let facts = [&old.reading.facts, &new.reading.facts];
    let has_one_frame = |page: usize| {
        let [a, b] = facts.map(|facts| (facts.boxes.get(page), facts.rotations.get(page)));
        a == b
    };
    let mut found: Vec<(String, Change)> = Vec::new();
    let mut line = [0.0; 2];
    for (a, b) in same {
        let (word, moved) = (words.0[*a], words.1[*b]);
        let (Some(before), Some(after)) = (word.spot, moved.spot) else { continue };
        let by = [0, 3].map(|edge| after.area[edge] - before.area[edge]);
        let size = moved.styles.first().map_or(0.0, |(_, style)| style.size);
        let is_with_line = (by[0] - line[0]).abs() < SPACES * size && (by[1] - line[1]).abs() < MOVED;
        if moved.begins || !is_with_line {
            line = by;
        }
        let is_elsewhere = before.page != after.page || line.iter().any(|by| by.abs() >= MOVED);
        if !is_elsewhere || !has_one_frame(before.page) || !has_one_frame(after.page) {
            continue;
        }
        let words = shift(before, after, line);
        let at = found.iter().position(|(known, _)| *known == words).unwrap_or_else(|| {
            let row = Some(moved.text.clone());
            let place = Place { row, old: Some(before), new: Some(after), ..Place::default() };
            let was = (before.page != after.page).then(|| format!("page {}", before.page + 1));
            let size = (f64::from(line[0].hypot(line[1])) * 10.0).round() / 10.0;
            let change = Change::new(Kind::Position, place, was, Some(words.clone()));
            found.push((words, Change { size: Some(size), ..change }));
            found.len() - 1
        });
        found[at].1.covered[0].push(before);
        found[at].1.covered[1].push(after);
    }
    found.into_iter().map(|(_, change)| change).collect()
}

/// Says where a line has moved.
fn shift(before: Spot, after: Spot, [x, y]: [f32; 2]) -> String {
    if before.page != after.page {
        return format!("page {}", after.page + 1);
    }
    let by = |by: f32, [less, more]: [&str; 2]| {
        (by.abs() >= MOVED).then(|| format!("{:.1} pt further {}", by.abs(), if by < 0.0 { less } else { more }))
    };
    [by(x, ["left", "right"]), by(y, ["up", "down"])].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(old: &str, new: &str) -> Vec<(Kind, String, String)> {
        let text = Text::of_words;
        let mut changes = Changes::default();
        compare(&text(old), &text(new), Kind::Prose, &mut changes);
        let words = |words: Option<String>| words.unwrap_or_default();
        changes.list.into_iter().map(|change| (change.kind, words(change.before), words(change.after))).collect()
    }

    #[test]
    fn each_run_of_words_has_its_kind() {
        let change = |old: &str, new: &str| {
            let found = kinds(old, new);
            assert_eq!(found.len(), 1, "{found:?}");
            found.into_iter().next().unwrap()
        };
        let is = |kind, before: &str, after: &str| (kind, before.to_owned(), after.to_owned());
        assert_eq!(change("the 31st highest of all", "the 29th highest of all"), is(Kind::Rank, "31st", "29th"));
        assert_eq!(change("from January 1, 2016 on", "from January 1, 2017 on"), is(Kind::Date, "2016", "2017"));
        assert_eq!(change("as of March 8, 2017.", "as of April 8, 2017."), is(Kind::Date, "March", "April"));
        assert_eq!(change("a total of 34,068 calls", "a total of 34,070 calls"), is(Kind::Figure, "34,068", "34,070"));
        assert_eq!(change("by phone or mail", "by phone, text or mail"), is(Kind::Prose, "phone", "phone, text"));
        assert_eq!(
            change("1/1/2016 – 12/31/2016", "1/1/2016 – 12/30/2016"),
            is(Kind::Date, "12/31/2016", "12/30/2016")
        );
        assert_eq!(kinds("the same words", "the same words"), []);
    }
}
