//! How things are set and where they stand. The same change in many places is told once.

use std::collections::BTreeMap;

use super::super::change::{Change, Place};
use super::super::content::{Block, Content, Spot, Table, Text, Word, enclosing};
use super::super::kind::Kind;
use super::super::read::Outline;
use super::super::repeated::Roles;
use super::changes::Changes;
use super::pair::Pair;
use super::prose;
use super::words::{Aligned, Breaks, RESIZE, Setting, words as words_of};

/// Shifts below this many points are rounding.
const SHIFT: f32 = 0.6;
/// Lines of head or foot less alike than this are two lines, not one that changed.
const ALIKE: f64 = 0.5;
/// Most letters of a text that stand for its place.
const MOST_LETTERS: usize = 80;

/// Compares fonts, sizes, colours and positions of what both reports have.
pub(super) fn compare(old: &Content, new: &Content, pairs: &[Pair<'_>], changes: &mut Changes) {
    let texts: Vec<Option<(&Text, &Text)>> = pairs.iter().flat_map(|(old, new)| texts(*old, *new)).collect();
    let (mut found, mut setting, mut breaks) = (Found::default(), Setting::default(), Breaks::default());
    for (before, after) in texts.iter().flatten() {
        let (a, b) = (words_of([*before]), words_of([*after]));
        let aligned = Aligned::of(&a, &b);
        let is_set_alike = setting.compare(&a, &b, &aligned.same);
        setting.markers(before, after);
        changes.follow(before, after);
        if aligned.runs.is_empty() && is_set_alike {
            breaks.compare(&a, &b);
        }
        // The other columns make room for one that came, went or moved.
        if !is_beside_column(after.spot, &changes.list) {
            found.edges(before, after);
        }
    }
    changes.list.extend(setting.list());
    changes.list.extend(breaks.change());
    if let Some((first, moved)) = texts.iter().flatten().next()
        && !is_told_before(&changes.list, [first.spot, moved.spot])
    {
        found.top(first, moved);
    }
    for two in texts.windows(2) {
        if let [Some(first), Some(second)] = two {
            found.gap(*first, *second);
        }
    }
    changes.list.extend(found.list());
    changes.list.extend(page_break(&texts, &changes.list));
    graphics(old, new, &texts, changes);
}

/// Compares how many pages there are.
pub(super) fn pages(old: &Content, new: &Content, changes: &mut Changes) {
    if old.reading.pages.len() != new.reading.pages.len() {
        let pages = |content: &Content| Some(content.reading.pages.len().to_string());
        let mut change = Change::new(Kind::Pages, Place::default(), pages(old), pages(new));
        change.size = Some(new.reading.pages.len() as f64 - old.reading.pages.len() as f64);
        changes.list.push(change);
    }
}

/// Finds the first text that stands on another page though nothing before it changed. What else flows differently
/// follows from that, as it does from any other change.
fn page_break(texts: &[Option<(&Text, &Text)>], told: &[Change]) -> Option<Change> {
    let mut spots = texts.iter().flatten().filter_map(|(old, text)| Some((text, old.spot?, text.spot?)));
    let (text, old, new) = spots.find(|(_, old, new)| old.page != new.page)?;
    if is_told_before(told, [Some(old), Some(new)]) {
        return None;
    }
    let heading = Some(text.words.chars().take(MOST_LETTERS).collect());
    let place = Place { heading, old: Some(old), new: Some(new), ..Place::default() };
    let [before, after] = [old, new].map(|spot| Some(format!("page {}", spot.page + 1)));
    Some(Change { size: Some(new.page as f64 - old.page as f64), ..Change::new(Kind::Position, place, before, after) })
}

/// Tells whether a change is told that stands before a place, in the old report or in the new one.
fn is_told_before(told: &[Change], spots: [Option<Spot>; 2]) -> bool {
    let is_before =
        |a: Option<Spot>, b: Option<Spot>| a.zip(b).is_some_and(|(a, b)| (a.page, a.area[1]) <= (b.page, b.area[1]));
    told.iter().any(|change| is_before(change.place.old, spots[0]) || is_before(change.place.new, spots[1]))
}

/// Tells whether a text stands as high as a column that is told to have come, gone or moved.
fn is_beside_column(spot: Option<Spot>, told: &[Change]) -> bool {
    let Some(spot) = spot else { return false };
    let is_column = |kind: Kind| matches!(kind, Kind::ColumnAdded | Kind::ColumnRemoved | Kind::ColumnMoved);
    let columns =
        told.iter().filter(|change| is_column(change.kind)).flat_map(|change| change.covered.iter().flatten());
    let is_as_high = |cell: &Spot| cell.page == spot.page && cell.area[1] < spot.area[3] && cell.area[3] > spot.area[1];
    columns.into_iter().any(is_as_high)
}

/// The texts of a pair of blocks; nothing stands for a text that only one has, and breaks what follows each other.
fn texts<'a>(old: Option<&'a Block>, new: Option<&'a Block>) -> Vec<Option<(&'a Text, &'a Text)>> {
    match (old, new) {
        (Some(Block::Table(old)), Some(Block::Table(new))) => rows(old, new),
        (Some(old), Some(new)) => vec![old.text().zip(new.text())],
        _ => vec![None],
    }
}

fn rows<'a>(old: &'a Table, new: &'a Table) -> Vec<Option<(&'a Text, &'a Text)>> {
    let mut texts = vec![old.heads.first().zip(new.heads.first())];
    for new in new.heads.iter().skip(1) {
        let same = old.heads.iter().skip(1).find(|old| old.words == new.words);
        texts.extend([None, same.map(|old| (old, new)), None]);
    }
    texts.push(texts[0]);
    let is_same = old.rows.len() == new.rows.len()
        && old.rows.iter().zip(&new.rows).all(|(old, new)| old.label.words == new.label.words);
    if is_same {
        texts.extend(old.rows.iter().zip(&new.rows).map(|(old, new)| Some((&old.label, &new.label))));
        // Cells stand beside their label: their edges are compared, and no gap.
        for (old, new) in old.rows.iter().zip(&new.rows) {
            for (old, new) in old.cells.iter().zip(&new.cells).filter(|(old, new)| old.words == new.words) {
                texts.extend([None, Some((old, new)), None]);
            }
        }
        let last = old.rows.last().zip(new.rows.last());
        texts.push(last.map(|(old, new)| (&old.label, &new.label)));
    } else {
        // Rows of one label are compared each by itself: what stands between them may be new.
        for row in &new.rows {
            let mut same = old.rows.iter().filter(|other| other.label.words == row.label.words);
            let (Some(before), None) = (same.next(), same.next()) else { continue };
            texts.extend([None, Some((&before.label, &row.label))]);
            for (old, new) in before.cells.iter().zip(&row.cells).filter(|(old, new)| old.words == new.words) {
                texts.extend([None, Some((old, new))]);
            }
        }
        texts.push(None);
        let last = old.rows.last().zip(new.rows.last()).filter(|(old, new)| old.label.words == new.label.words);
        texts.push(last.map(|(old, new)| (&old.label, &new.label)));
    }
    texts
}

/// What was found, by kind and by what it was and is.
#[derive(Default)]
struct Found(BTreeMap<(Kind, String, String), Change>);

impl Found {
    fn note(&mut self, kind: Kind, before: String, after: String, size: Option<f64>, old: &Text, new: &Text) {
        let place = Place { old: old.spot, new: new.spot, ..Place::default() };
        let change = self.0.entry((kind, before.clone(), after.clone()));
        let change = change.and_modify(|change| change.places += 1).or_insert_with(|| {
            let before = Some(before).filter(|before| !before.is_empty());
            Change { size, ..Change::new(kind, place, before, Some(after)) }
        });
        change.covered[0].extend(old.spot);
        change.covered[1].extend(new.spot);
    }

    /// Compares how far the first text stands below the top of its page.
    fn top(&mut self, old: &Text, new: &Text) {
        let (Some(a), Some(b)) = (old.spot, new.spot) else { return };
        let by = b.area[1] - a.area[1];
        if a.page == b.page && by.abs() > SHIFT && have_one_size(old, new) {
            let side = if by < 0.0 { "up" } else { "down" };
            let words = format!("{:.1} pt further {side}", by.abs());
            self.note(Kind::Position, String::new(), words, Some(rounded(f64::from(by))), old, new);
        }
    }

    /// Compares the edge that a text is aligned on: the nearer of left and right.
    fn edges(&mut self, old: &Text, new: &Text) {
        let (Some(a), Some(b)) = (old.spot, new.spot) else { return };
        let (left, right) = (b.area[0] - a.area[0], b.area[2] - a.area[2]);
        let is_apart = left.abs() > SHIFT && right.abs() > SHIFT;
        if is_apart && old.words == new.words && have_one_size(old, new) {
            let shift = if left.abs() < right.abs() { left } else { right };
            let way = if shift > 0.0 { "right" } else { "left" };
            let after = format!("{:.1} pt further {way}", shift.abs());
            self.note(Kind::Position, String::new(), after, Some(rounded(f64::from(shift))), old, new);
        }
    }

    /// Compares the way from one text to the next, where both are on one page in both reports.
    fn gap(&mut self, (old, new): (&Text, &Text), (next_old, next_new): (&Text, &Text)) {
        let way = |text: &Text, next: &Text| {
            let is_one_page = text.spot?.page == next.spot?.page && !text.lines.is_empty();
            is_one_page.then(|| next.lines.first().zip(text.lines.last()).map(|(next, last)| next - last)).flatten()
        };
        let (Some(before), Some(after)) = (way(old, next_old), way(new, next_new)) else { return };
        // A text of another size takes other room; that is told already.
        let same_size = have_one_size(old, new) && have_one_size(next_old, next_new);
        if (before - after).abs() > SHIFT && before > 0.0 && after > 0.0 && same_size {
            let shift = after - before;
            let way = if shift > 0.0 { "more" } else { "less" };
            let after = format!("{:.1} pt {way} above", shift.abs());
            self.note(Kind::Position, String::new(), after, Some(rounded(f64::from(shift))), next_old, next_new);
        }
    }

    fn list(self) -> impl Iterator<Item = Change> {
        self.0.into_values()
    }
}

fn have_one_size(old: &Text, new: &Text) -> bool {
    (old.style.size - new.style.size).abs() < RESIZE
}

fn rounded(size: f64) -> f64 {
    (size * 100.0).round() / 100.0
}

/// Compares lines and fills of pages on which all texts stand where they stood.
fn graphics(old: &Content, new: &Content, texts: &[Option<(&Text, &Text)>], changes: &mut Changes) {
    let edge = |text: &Text| text.spot.map(|spot| (spot.area[0] / SHIFT).round());
    let stands = |page: usize| {
        let here = |text: &Text| text.spot.is_some_and(|spot| spot.page == page);
        let mut on_page = texts.iter().flatten().filter(|(old, new)| here(old) || here(new)).peekable();
        on_page.peek().is_some()
            && on_page.all(|(old, new)| old.words == new.words && old.lines == new.lines && edge(old) == edge(new))
    };
    let all_paired = old.blocks.len() == new.blocks.len();
    let mut found: Option<Change> = None;
    for (page, (a, b)) in old.reading.pages.iter().zip(&new.reading.pages).enumerate() {
        if all_paired
            && a.graphics != b.graphics
            && stands(page)
            && !changes.list.iter().any(|change| is_table_drawn_anew(change, page))
        {
            let [gone, come] = only(&a.graphics, &b.graphics)
                .map(|areas| areas.into_iter().map(|area| Spot { page, area }).collect::<Vec<_>>());
            let place = Place { old: around(&gone), new: around(&come), ..Place::default() };
            let change =
                found.get_or_insert_with(|| Change { places: 0, ..Change::new(Kind::Graphics, place, None, None) });
            change.places += 1;
            change.covered[0].extend(gone);
            change.covered[1].extend(come);
        }
    }
    changes.list.extend(found);
}

/// Tells whether a table on a page has other rows or columns: its lines and fills follow.
fn is_table_drawn_anew(change: &Change, page: usize) -> bool {
    let is_here = [change.place.old, change.place.new].into_iter().flatten().any(|spot| spot.page <= page);
    is_here
        && matches!(
            change.kind,
            Kind::RowAdded
                | Kind::RowRemoved
                | Kind::NewlyShown
                | Kind::NewlySuppressed
                | Kind::ColumnAdded
                | Kind::ColumnRemoved
                | Kind::ColumnMoved
        )
}

/// Compares the pictures of pages of which no figure, map or other change tells it.
pub(super) fn pictures(old: &Content, new: &Content, changes: &mut Changes) {
    changes.heading = None;
    let told: Vec<usize> = changes
        .list
        .iter()
        .filter(|change| matches!(change.kind, Kind::Picture | Kind::CountyClass))
        .flat_map(|change| [change.place.old, change.place.new])
        .flatten()
        .map(|spot| spot.page)
        .collect();
    let have_one_number = old.reading.pages.len() == new.reading.pages.len();
    for (page, (a, b)) in old.reading.pages.iter().zip(&new.reading.pages).enumerate() {
        let [was, is] = [old, new].map(|content| content.pictured(Some(page)));
        if a.pictures == b.pictures {
            changes.moves.picture(was, is);
        } else if have_one_number && !told.contains(&page) {
            let place = changes.place(was, is);
            changes.push(Kind::Picture, place, None, None);
        }
    }
}

/// The areas of lines and fills that only one of two pages has.
fn only(old: &[Outline], new: &[Outline]) -> [Vec<[f32; 4]>; 2] {
    let mut counts: BTreeMap<&Outline, i64> = BTreeMap::new();
    for (outlines, step) in [(old, -1), (new, 1)] {
        for outline in outlines {
            *counts.entry(outline).or_default() += step;
        }
    }
    [-1, 1].map(|sign| {
        let only = counts.iter().filter(|(_, count)| count.signum() == sign);
        only.map(|(outline, _)| outline.area()).collect()
    })
}

/// The area that holds some areas of a page.
fn around(spots: &[Spot]) -> Option<Spot> {
    let areas = spots.iter().map(|spot| spot.area);
    let area = areas.reduce(enclosing)?;
    Some(Spot { page: spots.first()?.page, area })
}

/// Compares head and foot, line by line; a line that stands on every page is one, and page numbers make no difference.
pub(super) fn furniture(old: &Content, new: &Content, changes: &mut Changes) {
    changes.heading = None;
    same_lines(old, new, changes);
    // What is tagged where it stands first, and furniture on the pages after it, is told already.
    let is_told = |line: &Text| {
        let words = Some(line.words.as_str());
        changes.list.iter().any(|change| change.before.as_deref() == words || change.after.as_deref() == words)
    };
    let parted =
        |content: &Content| -> (Vec<Text>, Vec<Text>) { furniture_lines(content).into_iter().partition(is_told) };
    let ((told_old, old), (told_new, new)) = (parted(old), parted(new));
    let spots = told_old.iter().chain(&told_new).flat_map(|line| line.again.iter().chain([line]));
    changes.moves.explained.extend(spots.filter_map(|line| line.spot));
    let only = |here: &[Text], there: &[Text]| -> Vec<Text> {
        here.iter().filter(|line| !there.iter().any(|other| other.words == line.words)).cloned().collect()
    };
    let (mut gone, come) = (only(&old, &new), only(&new, &old));
    for line in come {
        let first = changes.list.len();
        let before = likest(&gone, &line).map(|at| gone.remove(at));
        match &before {
            Some(before) => prose::compare(before, &line, Kind::Furniture, changes),
            None => changes.come(Kind::Furniture, &line),
        }
        cover_all(before.as_ref(), Some(&line), &mut changes.list[first..]);
    }
    for line in &gone {
        let first = changes.list.len();
        changes.gone(Kind::Furniture, line);
        cover_all(Some(line), None, &mut changes.list[first..]);
    }
}

/// Notes that a line of furniture changed on every page on which it stands.
fn cover_all(old: Option<&Text>, new: Option<&Text>, changes: &mut [Change]) {
    let spots = |line: Option<&Text>| -> Vec<Spot> {
        line.into_iter().flat_map(|line| line.again.iter().chain([line])).filter_map(|line| line.spot).collect()
    };
    for change in changes {
        change.covered[0].extend(spots(old));
        change.covered[1].extend(spots(new));
    }
}

/// Compares lines of furniture that say the same on a page: how they are set and where they stand. Page numbers are no words of theirs.
fn same_lines(old: &Content, new: &Content, changes: &mut Changes) {
    let (before, after) = (Roles::of(&old.furniture), Roles::of(&new.furniture));
    let mut setting = Setting::default();
    for (page, (old, new)) in old.furniture.iter().zip(&new.furniture).enumerate() {
        for line in new {
            let words = after.written(&line.words, page + 1);
            let same = old.iter().find(|other| before.written(&other.words, page + 1) == words);
            let Some(same) = same else { continue };
            if same.words == line.words {
                changes.follow(same, line);
                let (a, b) = (words_of([same]), words_of([line]));
                setting.compare(&a, &b, &Aligned::of(&a, &b).same);
            } else {
                changes.moves.explained.extend(same.spot.into_iter().chain(line.spot));
            }
        }
    }
    for change in setting.list() {
        changes.also(change);
    }
}

/// The different lines of head and foot of all pages, without those of page numbers alone.
fn furniture_lines(content: &Content) -> Vec<Text> {
    let mut lines: Vec<Text> = Vec::new();
    let roles = Roles::of(&content.furniture);
    for (page, on_page) in content.furniture.iter().enumerate() {
        for line in on_page {
            let words = roles.written(&line.words, page + 1);
            if let Some(known) = lines.iter_mut().find(|known| known.words == words) {
                known.again.push(line.clone());
            } else if words != "#" {
                let set = line.set.iter().zip(words.split(' '));
                let set = set.map(|(word, text)| Word { text: text.to_owned(), ..word.clone() }).collect();
                lines.push(Text { words, set, ..line.clone() });
            }
        }
    }
    lines
}

/// The place of the line that another one is most like.
fn likest(lines: &[Text], line: &Text) -> Option<usize> {
    let likeness = |other: &Text| strsim::normalized_levenshtein(&other.words, &line.words);
    let alike = lines.iter().map(likeness).enumerate().filter(|(_, likeness)| *likeness > ALIKE);
    alike.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(at, _)| at)
}
