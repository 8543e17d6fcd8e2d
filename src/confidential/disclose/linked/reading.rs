//! What a reader sees of each count: printed, named small, or without a word.

use std::collections::{BTreeMap, BTreeSet};

use crate::confidential::disclose::published::{Published, RowLabel, SafeCell, SafeFigure, SafeTable};
use crate::confidential::disclose::small::is_small;
use crate::confidential::tabulate::Counts;
use crate::figures::{FigureId, ProseId, RowId, RowRole};
use crate::report_spec::{
    CodeId, DisclosureKind, FigureRule, Guard, JurisdictionId, PopulationId, Rows, Rule, RuleKind, Spec, TableId,
};
use crate::unit::{Count, Percent};

use super::printed::Printed;
use super::shape::{Figure, Shape};

/// What is known of a count.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// The count itself, which the reader need not know.
    pub count: Option<u64>,
    /// It is printed.
    pub is_printed: bool,
    /// Words say that it is at least this much.
    pub at_least: u64,
    /// Words say that it is at most this much.
    pub at_most: Option<u64>,
    /// The figures that are hidden and whose count it is, each with the threshold that it is protected under.
    pub hidden: Vec<Hidden>,
}

/// A figure that is not printed.
#[derive(Debug, Clone)]
pub(super) struct Hidden {
    pub figure: FigureId,
    pub at: Figure,
    pub threshold: u64,
    /// Its count is under the threshold.
    pub is_small: bool,
    /// The counts that its own table leaves it, from the first to the last: what labels and one sum say.
    pub alone: (u64, Option<u64>),
    /// What its own table discloses where these are fewer than its words say.
    pub kind: DisclosureKind,
}

impl Hidden {
    /// Tells whether its own table leaves it a count.
    pub fn leaves(&self, count: i64) -> bool {
        let Ok(count) = u64::try_from(count) else { return false };
        self.alone.0 <= count && self.alone.1.is_none_or(|last| count <= last)
    }

    /// Tells whether its own table leaves it one count alone.
    pub fn is_exact(&self) -> bool {
        self.alone.1 == Some(self.alone.0)
    }
}

/// A sum that is printed: counts that together are as many.
#[derive(Debug)]
pub(super) struct Sum {
    pub parts: Vec<usize>,
    pub total: u64,
    pub name: String,
}

/// A count that a percent bounds.
#[derive(Debug)]
pub(super) struct Bound {
    pub count: usize,
    pub at_least: u64,
    pub at_most: Option<u64>,
    pub name: String,
}

/// All that one report says of the counts of a group.
pub(super) struct Reading<'a> {
    spec: &'a Spec,
    shape: &'a Shape,
    jurisdiction: JurisdictionId,
    pub seen: Vec<Seen>,
    pub sums: Vec<Sum>,
    pub bounds: Vec<Bound>,
    /// Rows that are hidden together until none of them is told.
    pub groups: Vec<Vec<usize>>,
}

/// Rows that add up, or would if they were printed.
struct Siblings<'r> {
    table: TableId,
    rule: &'r Rule,
    figures: Vec<(Figure, CodeId)>,
    parent: Option<CodeId>,
    /// The count that they add up to.
    total: Option<usize>,
}

/// What of a table stands on the page.
#[derive(Default)]
struct Rowed {
    shown: BTreeSet<Figure>,
    hidden: BTreeSet<Figure>,
    /// The merged rows, by the parent that they stand below.
    merged: BTreeMap<Option<CodeId>, u64>,
}

impl<'a> Reading<'a> {
    /// Reads what a report says of a group.
    pub fn of(spec: &'a Spec, shape: &'a Shape, printed: &Printed, published: &Published, counts: &Counts) -> Self {
        let seen = vec![Seen::default(); shape.counts.len()];
        let jurisdiction = published.jurisdiction();
        let (sums, bounds, groups) = (Vec::new(), Vec::new(), Vec::new());
        let mut reading = Self { spec, shape, jurisdiction, seen, sums, bounds, groups };
        reading.true_counts(jurisdiction, counts);
        for population in &spec.in_prose.totals {
            reading.total(*population, published.figures()[*population]);
        }
        for row in &printed.counters {
            for (place, figure) in published.counters()[*row].iter().enumerate() {
                let counter = &spec.counters[*row].counters[place];
                reading.figure(Figure::Counter(*row, place), *figure, counter.rule);
            }
        }
        for table in printed.tables.iter().filter(|table| !published.tables()[**table].is_withheld()) {
            reading.table(*table, &published.tables()[*table]);
        }
        reading
    }

    /// Notes what is counted, for a start of the search: no fact.
    fn true_counts(&mut self, jurisdiction: JurisdictionId, counts: &Counts) {
        for (figure, count) in &self.shape.figures {
            let Some(count) = count else { continue };
            let known = match *figure {
                Figure::Total(population) => counts.populations[population][jurisdiction],
                Figure::Counter(row, place) => counts.counters[row][place][jurisdiction],
                Figure::TableTotal(table) => counts.tables[table][jurisdiction].total,
                Figure::Row(table, code) => counts.tables[table][jurisdiction].rows[code],
                Figure::Child(table, _, code) => counts.tables[table][jurisdiction].children[code],
            };
            self.seen[*count].count = Some(known.get());
        }
    }

    fn count_of(&self, figure: Figure) -> Option<usize> {
        self.shape.figures.get(&figure).copied().flatten()
    }

    fn print(&mut self, figure: Figure) {
        if let Some(count) = self.count_of(figure) {
            self.seen[count].is_printed = true;
        }
    }

    /// Notes that a figure is hidden; words may say from which count to which it lies.
    fn hide(&mut self, figure: Figure, (threshold, hide_zero): (u64, bool), words: Option<(u64, u64)>) {
        let Some(count) = self.count_of(figure) else { return };
        let id = self.figure_id(figure);
        let seen = &mut self.seen[count];
        let is_small = seen.count.is_some_and(|count| is_small(Count::new(count), threshold, hide_zero));
        if let Some((first, last)) = words {
            seen.at_least = seen.at_least.max(first);
            seen.at_most = Some(seen.at_most.map_or(last, |other| other.min(last)));
        }
        let alone = (words.map_or(0, |(first, _)| first), words.map(|(_, last)| last));
        let kind = DisclosureKind::DifferenceTells;
        seen.hidden.push(Hidden { figure: id, at: figure, threshold, is_small, alone, kind });
    }

    fn total(&mut self, population: PopulationId, figure: SafeFigure) {
        let about = &self.spec.populations[population];
        self.figure(Figure::Total(population), figure, about.rule);
    }

    fn figure(&mut self, figure: Figure, shown: SafeFigure, rule: FigureRule) {
        let own = self.protection(figure);
        match (shown.shown(), rule) {
            (Some(_), _) | (None, FigureRule::Show) => self.print(figure),
            (None, FigureRule::Mask) => self.hide(figure, own, Some(small(own))),
        }
    }

    fn table(&mut self, id: TableId, safe: &SafeTable) {
        let table = &self.spec.tables[id];
        let mut rowed = Rowed::default();
        self.read_rows(id, safe, &mut rowed);
        let list = table.rows.list();
        let codes = || self.spec.lists[list].codes.keys();
        let top: Vec<(Figure, CodeId)> = codes().map(|code| (Figure::Row(id, code), code)).collect();
        let is_flags = matches!(table.rows, Rows::Flags { .. });
        let rule = table.parents.as_ref().unwrap_or(&table.rule);
        let total = self.count_of(Figure::TableTotal(id)).filter(|_| !is_flags);
        let siblings = Siblings { table: id, rule, figures: top, parent: None, total };
        self.unlisted(&siblings, &rowed, safe.total_shown);
        if let Rows::Tree { children, .. } = &table.rows {
            for (parent, codes) in children.iter_enumerated() {
                let figures = codes.iter().map(|code| (Figure::Child(id, parent, *code), *code)).collect();
                let above = Figure::Row(id, parent);
                let total = self.count_of(above);
                let siblings = Siblings { table: id, rule: &table.rule, figures, parent: Some(parent), total };
                self.unlisted(&siblings, &rowed, safe.total_shown && rowed.shown.contains(&above));
            }
        }
    }

    fn read_rows(&mut self, id: TableId, safe: &SafeTable, rowed: &mut Rowed) {
        let table = &self.spec.tables[id];
        let parent_of = |child: CodeId| match &table.rows {
            Rows::Tree { children, .. } => {
                children.iter_enumerated().find(|(_, codes)| codes.contains(&child)).map(|(parent, _)| parent)
            }
            _ => None,
        };
        for row in safe.rows() {
            let figure = match row.label() {
                RowLabel::Code(code) => Figure::Row(id, *code),
                RowLabel::Child(code) => match parent_of(*code) {
                    Some(parent) => Figure::Child(id, parent, *code),
                    None => continue,
                },
                RowLabel::Total => Figure::TableTotal(id),
                RowLabel::Merged(_) | RowLabel::MergedParents => {
                    let parent = if let RowLabel::Merged(parent) = row.label() { *parent } else { None };
                    if let SafeCell::Shown { value: Some(value), .. } = row.count() {
                        rowed.merged.insert(parent, *value);
                        self.percent(id, *value, row.percent(), "the merged row");
                    }
                    continue;
                }
            };
            self.read_row(id, figure, row.count(), row.percent(), rowed);
        }
    }

    fn read_row(&mut self, id: TableId, figure: Figure, count: &SafeCell, percent: &SafeCell, rowed: &mut Rowed) {
        let name = self.figure_id(figure);
        match count {
            SafeCell::Shown { value: Some(value), .. } => {
                self.print(figure);
                rowed.shown.insert(figure);
                self.percent(id, *value, percent, &name.to_string());
            }
            SafeCell::Shown { value: None, .. } | SafeCell::Empty => {}
            SafeCell::Hidden { under, .. } => {
                let (_, hide_zero) = self.protection(figure);
                self.hide(figure, self.protection(figure), under.map(|under| small((under, hide_zero))));
                rowed.hidden.insert(figure);
            }
        }
    }

    /// The threshold that a row is protected under, and whether zero is hidden in it.
    fn protection(&self, figure: Figure) -> (u64, bool) {
        let hidden = &self.spec.hidden;
        let rule = match figure {
            Figure::Row(table, _) => {
                let table = &self.spec.tables[table];
                table.parents.as_ref().unwrap_or(&table.rule)
            }
            Figure::Child(table, ..) => &self.spec.tables[table].rule,
            Figure::TableTotal(_) | Figure::Total(_) | Figure::Counter(..) => {
                return (hidden.threshold, hidden.hide_zero);
            }
        };
        (rule.threshold, rule.hide_zero)
    }

    pub fn figure_id(&self, figure: Figure) -> FigureId {
        figure_id(self.spec, figure)
    }

    /// Notes what is said by the absence of rows, and by the row that they are merged into.
    fn unlisted(&mut self, siblings: &Siblings<'_>, rowed: &Rowed, is_told: bool) {
        let rule = siblings.rule;
        let gone: Vec<(Figure, CodeId)> = siblings
            .figures
            .iter()
            .copied()
            .filter(|(figure, _)| !rowed.shown.contains(figure) && !rowed.hidden.contains(figure))
            .collect();
        if is_told && matches!(rule.kind, RuleKind::None | RuleKind::Mask | RuleKind::Suppress) {
            let is_public = rule.kind == RuleKind::None || !rule.hide_zero;
            for (figure, _) in gone {
                self.nothing(figure, rule, is_public);
            }
            self.alone(siblings, rowed);
            return;
        }
        let parts: Vec<usize> = gone.iter().filter_map(|(figure, _)| self.count_of(*figure)).collect();
        for (figure, code) in &gone {
            let is_forced = self.is_forced(siblings, *code);
            let is_small = is_told && rule.guard == Guard::AsPublished && !is_forced;
            let words = is_small.then_some((0, rule.threshold.saturating_sub(1)));
            self.hide(*figure, (rule.threshold, rule.hide_zero), words);
        }
        if is_told && !parts.is_empty() {
            let total = rowed.merged.get(&siblings.parent).copied().unwrap_or(0);
            let table = &self.spec.tables[siblings.table].name;
            let name = if total == 0 {
                format!("{table}: no merged row")
            } else {
                format!("{table}: the merged row is {total}")
            };
            let kind = if total == 0 { DisclosureKind::AbsentRowTells } else { DisclosureKind::MergedRowTells };
            narrow_alone(&mut self.seen, &parts, total, kind);
            if rule.guard == Guard::FullRange && total > 0 {
                self.groups.push(parts.clone());
            }
            self.sums.push(Sum { parts, total, name });
        }
    }

    /// Notes that a category without a row counts nothing.
    fn nothing(&mut self, figure: Figure, rule: &Rule, is_public: bool) {
        let Some(count) = self.count_of(figure) else { return };
        if is_public {
            self.seen[count].is_printed = true;
            return;
        }
        self.hide(figure, (rule.threshold, rule.hide_zero), None);
        let name = format!("{} has no row", self.figure_id(figure));
        narrow_alone(&mut self.seen, &[count], 0, DisclosureKind::AbsentRowTells);
        self.sums.push(Sum { parts: vec![count], total: 0, name });
    }

    /// Narrows hidden rows that add up to a printed total by that sum alone.
    fn alone(&mut self, siblings: &Siblings<'_>, rowed: &Rowed) {
        let Some(total) =
            siblings.total.filter(|total| self.seen[*total].is_printed).and_then(|total| self.seen[total].count)
        else {
            return;
        };
        let counts = |figures: &mut dyn Iterator<Item = Figure>| -> Vec<usize> {
            figures.filter_map(|figure| self.count_of(figure)).collect()
        };
        let own = || siblings.figures.iter().map(|(figure, _)| *figure);
        let shown = counts(&mut own().filter(|figure| rowed.shown.contains(figure)));
        let hidden = counts(&mut own().filter(|figure| rowed.hidden.contains(figure)));
        if siblings.rule.kind == RuleKind::Suppress {
            self.groups.push(hidden.clone());
        }
        let shown: u64 = shown.iter().filter_map(|count| self.seen[*count].count).sum();
        narrow_alone(&mut self.seen, &hidden, total.saturating_sub(shown), DisclosureKind::DifferenceTells);
    }

    fn is_forced(&self, siblings: &Siblings<'_>, code: CodeId) -> bool {
        self.spec.is_overridden(siblings.table, (code, siblings.parent), self.jurisdiction)
    }

    /// Notes what a percent tells of a base that is not printed.
    fn percent(&mut self, id: TableId, part: u64, percent: &SafeCell, row: &str) {
        let SafeCell::Shown { .. } = percent else { return };
        let table = &self.spec.tables[id];
        let base = table.base.map_or(Figure::TableTotal(id), Figure::Total);
        let Some(count) = self.count_of(base).filter(|_| part > 0) else { return };
        let Some(total) = self.seen[count].count else { return };
        let decimals = self.spec.language.percent_decimals();
        let Some(shown) = Percent::of(part, total, decimals) else { return };
        let is = |base: u64| Percent::of(part, base, decimals) == Some(shown);
        let name = format!("{row}: {part} is {}", percent.text());
        let (at_least, at_most) = (first(part, total, is), last(total, is));
        self.bounds.push(Bound { count, at_least, at_most, name });
    }
}

/// Names a figure as publications do.
pub(super) fn figure_id(spec: &Spec, figure: Figure) -> FigureId {
    let row = |table: TableId, row: RowId| FigureId::Row { table: spec.tables[table].name.clone(), row };
    let code = |table: TableId, code: CodeId| spec.lists[spec.tables[table].rows.list()].codes[code].code.clone();
    match figure {
        Figure::Total(population) => FigureId::Prose(ProseId::Total(spec.populations[population].name.clone())),
        Figure::Counter(counters, place) => {
            let about = &spec.counters[counters];
            let name = spec.language.form(&about.counters[place].label, None).to_owned();
            FigureId::Counter { row: about.name.clone(), name }
        }
        Figure::TableTotal(table) => row(table, RowId::total()),
        Figure::Row(table, own) => {
            let role = if spec.tables[table].parents.is_some() { RowRole::Subtotal } else { RowRole::Row };
            row(table, RowId::category(role, &[], &code(table, own)))
        }
        Figure::Child(table, parent, own) => {
            let Rows::Tree { child_list, .. } = &spec.tables[table].rows else {
                return row(table, RowId::total());
            };
            let own = &spec.lists[*child_list].codes[own].code;
            row(table, RowId::category(RowRole::Child, &[code(table, parent)], own))
        }
    }
}

/// The counts that words for a small one can mean, from the first to the last.
fn small((threshold, hide_zero): (u64, bool)) -> (u64, u64) {
    (u64::from(!hide_zero), threshold.saturating_sub(1))
}

/// The least number from `from` on with which a test holds, that holds for `to` and, once it holds, for all up to it.
fn first(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    high
}

/// The greatest number with which a test holds, that holds for `from` and then up to some number; none where there is no end.
fn last(from: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    const END: u64 = 1 << 40;
    if holds(END) {
        return None;
    }
    let (mut low, mut high) = (from, END);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle } else { high = middle }
    }
    Some(low)
}

/// Narrows hidden counts by what they add up to.
fn narrow_alone(seen: &mut [Seen], parts: &[usize], total: u64, kind: DisclosureKind) {
    let ranges: Vec<(u64, Option<u64>)> =
        parts.iter().map(|part| seen[*part].hidden.last().map_or((0, None), |hidden| hidden.alone)).collect();
    let lows: u64 = ranges.iter().map(|(low, _)| low).sum();
    let highs = ranges.iter().try_fold(0u64, |sum, (_, high)| high.map(|high| sum + high));
    for (part, (low, high)) in parts.iter().zip(&ranges) {
        let Some(hidden) = seen[*part].hidden.last_mut() else { continue };
        let others_low = lows - low;
        let most = total.saturating_sub(others_low);
        // Without an end the others can take all.
        let least = match (highs, high) {
            (Some(highs), Some(high)) => total.saturating_sub(highs - high),
            (None, None) if ranges.iter().filter(|(_, high)| high.is_none()).count() == 1 => {
                let others: u64 = ranges.iter().filter_map(|(_, high)| *high).sum();
                total.saturating_sub(others)
            }
            _ => 0,
        };
        hidden.alone = (least.max(*low), Some(high.map_or(most, |high| high.min(most))));
        hidden.kind = kind;
    }
}
