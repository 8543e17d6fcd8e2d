//! What a reader sees of each count: printed, named small, or without a word.

use std::collections::{BTreeMap, BTreeSet};

use crate::confidential::disclose::published::{Published, RowLabel, SafeCell, SafeFigure, SafeTable};
use crate::confidential::disclose::small::is_small;
use crate::confidential::tabulate::Counts;
use crate::figures::FigureId;
use crate::report_spec::{
    CellKind, CodeId, DisclosureKind, FigureRule, Guard, JurisdictionId, PopulationId, Rows, Rule, RuleKind, Spec,
    TableId, TiVec,
};
use crate::unit::Count;

use super::base::bases;
use super::names::figure_id;
use super::printed::{self, Printed};
use super::seen::{Bound, Hidden, Seen, Sum, narrow_alone};
use super::shape::{CountId, Figure, Shape};

/// All that one report says of the counts of a group.
pub(super) struct Reading<'a> {
    spec: &'a Spec,
    shape: &'a Shape,
    jurisdiction: JurisdictionId,
    pub seen: TiVec<CountId, Seen>,
    pub sums: Vec<Sum>,
    pub bounds: Vec<Bound>,
    /// Rows that are hidden together until none of them is told.
    pub groups: Vec<Vec<CountId>>,
}

/// Rows that add up, or would if they were printed.
struct Siblings<'r> {
    table: TableId,
    rule: &'r Rule,
    figures: Vec<(Figure, CodeId)>,
    parent: Option<CodeId>,
    /// The count that they add up to.
    total: Option<CountId>,
}

/// What of a table stands on the page.
#[derive(Default)]
struct TablePage {
    shown: BTreeSet<Figure>,
    hidden: BTreeSet<Figure>,
    /// The merged rows, by the parent that they stand below.
    merged: BTreeMap<Option<CodeId>, u64>,
    is_total_told: bool,
}

impl<'a> Reading<'a> {
    /// Reads what a report says of a group.
    pub(super) fn of(
        spec: &'a Spec,
        shape: &'a Shape,
        printed: &Printed,
        published: &Published,
        counts: &Counts,
    ) -> Self {
        let seen = shape.counts.iter().map(|_| Seen::default()).collect();
        let jurisdiction = published.jurisdiction();
        let (sums, bounds, groups) = (Vec::new(), Vec::new(), Vec::new());
        let mut reading = Self { spec, shape, jurisdiction, seen, sums, bounds, groups };
        reading.true_counts(jurisdiction, counts);
        for population in &spec.in_prose.totals {
            reading.total(*population, published.figures()[*population]);
        }
        for (rank, population) in printed::ranks(spec) {
            reading.rank(population, published.ranks()[rank].is_some());
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

    fn count_of(&self, figure: Figure) -> Option<CountId> {
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

    /// Notes what is told by a rank being there: one that has a small total has none.
    fn rank(&mut self, population: PopulationId, is_ranked: bool) {
        let about = &self.spec.populations[population];
        let takes_part = self.spec.jurisdictions[self.jurisdiction].ranked;
        if self.spec.in_prose.totals.contains(&population) || !takes_part || about.rule == FigureRule::Show {
            return;
        }
        let total = Figure::Total(population);
        let (threshold, hide_zero) = self.protection(total);
        if !is_ranked {
            return self.hide(total, (threshold, hide_zero), Some(small((threshold, hide_zero))));
        }
        if let Some(count) = self.count_of(total).filter(|_| hide_zero) {
            self.seen[count].at_least = self.seen[count].at_least.max(threshold);
        }
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
        let mut page = TablePage { is_total_told: safe.total_shown, ..TablePage::default() };
        self.read_rows(id, safe, &mut page);
        let list = table.rows.list();
        let codes = || self.spec.lists[list].codes.keys();
        let top: Vec<(Figure, CodeId)> = codes().map(|code| (Figure::Row(id, code), code)).collect();
        let is_flags = matches!(table.rows, Rows::Flags { .. });
        let rule = table.parents.as_ref().unwrap_or(&table.rule);
        let total = self.count_of(Figure::TableTotal(id)).filter(|_| !is_flags);
        let siblings = Siblings { table: id, rule, figures: top, parent: None, total };
        self.unlisted(&siblings, &page, safe.total_shown);
        if let Rows::Tree { children, .. } = &table.rows {
            for (parent, codes) in children.iter_enumerated() {
                let figures = codes.iter().map(|code| (Figure::Child(id, parent, *code), *code)).collect();
                let above = Figure::Row(id, parent);
                let total = self.count_of(above);
                let siblings = Siblings { table: id, rule: &table.rule, figures, parent: Some(parent), total };
                self.unlisted(&siblings, &page, safe.total_shown && page.shown.contains(&above));
            }
        }
    }

    fn read_rows(&mut self, id: TableId, safe: &SafeTable, page: &mut TablePage) {
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
                        page.merged.insert(parent, *value);
                        self.percent(id, *value, row.percent(), "the merged row");
                    }
                    continue;
                }
            };
            self.read_row(id, figure, row.count(), row.percent(), page);
        }
    }

    fn read_row(&mut self, id: TableId, figure: Figure, count: &SafeCell, percent: &SafeCell, page: &mut TablePage) {
        let name = self.figure_id(figure);
        match count {
            SafeCell::Shown { value: Some(value), .. } => {
                self.print(figure);
                page.shown.insert(figure);
                self.percent(id, *value, percent, &name.to_string());
            }
            SafeCell::Shown { value: None, .. } | SafeCell::Empty => {}
            SafeCell::Hidden { under, .. } => {
                let (_, hide_zero) = self.protection(figure);
                // Where the total is hidden every row is, zeros too.
                let hides_zero = hide_zero || !page.is_total_told;
                self.hide(figure, self.protection(figure), under.map(|under| small((under, hides_zero))));
                page.hidden.insert(figure);
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

    pub(super) fn figure_id(&self, figure: Figure) -> FigureId {
        figure_id(self.spec, figure)
    }

    /// Notes what is said by the absence of rows, and by the row that they are merged into.
    fn unlisted(&mut self, siblings: &Siblings<'_>, page: &TablePage, is_told: bool) {
        let rule = siblings.rule;
        let gone: Vec<(Figure, CodeId)> = siblings
            .figures
            .iter()
            .copied()
            .filter(|(figure, _)| !page.shown.contains(figure) && !page.hidden.contains(figure))
            .collect();
        if is_told && matches!(rule.kind, RuleKind::None | RuleKind::Mask | RuleKind::Suppress) {
            let is_public = rule.kind == RuleKind::None || !rule.hide_zero;
            for (figure, _) in gone {
                self.nothing(figure, rule, is_public);
            }
            self.alone(siblings, page);
            return;
        }
        let parts: Vec<CountId> = gone.iter().filter_map(|(figure, _)| self.count_of(*figure)).collect();
        for (figure, code) in &gone {
            let is_forced = self.is_forced(siblings, *code);
            let is_small = is_told && rule.guard == Guard::AsPublished && !is_forced;
            let words = is_small.then_some((0, rule.threshold.saturating_sub(1)));
            self.hide(*figure, (rule.threshold, rule.hide_zero), words);
        }
        if is_told && !parts.is_empty() {
            let total = page.merged.get(&siblings.parent).copied().unwrap_or(0);
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
    fn alone(&mut self, siblings: &Siblings<'_>, page: &TablePage) {
        let Some(total) =
            siblings.total.filter(|total| self.seen[*total].is_printed).and_then(|total| self.seen[total].count)
        else {
            return;
        };
        let counts = |figures: &mut dyn Iterator<Item = Figure>| -> Vec<CountId> {
            figures.filter_map(|figure| self.count_of(figure)).collect()
        };
        let own = || siblings.figures.iter().map(|(figure, _)| *figure);
        let shown = counts(&mut own().filter(|figure| page.shown.contains(figure)));
        let hidden = counts(&mut own().filter(|figure| page.hidden.contains(figure)));
        // Of two rows a zero alone hides both: that they are hidden says of neither that it counts something.
        if siblings.rule.kind == RuleKind::Suppress && siblings.figures.len() > 2 {
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
        if !table.columns.iter().any(|(kind, _)| *kind == CellKind::Percent) {
            return;
        }
        let base = table.base.map_or(Figure::TableTotal(id), Figure::Total);
        let Some(count) = self.count_of(base).filter(|_| part > 0) else { return };
        let Some(total) = self.seen[count].count else { return };
        let Some((at_least, at_most)) = bases(part, total, self.spec.language.percent_decimals()) else { return };
        let name = format!("{row}: {part} is {}", percent.text());
        self.bounds.push(Bound { count, at_least, at_most, name });
    }
}

/// The counts that words for a small one can mean, from the first to the last.
fn small((threshold, hide_zero): (u64, bool)) -> (u64, u64) {
    (u64::from(!hide_zero), threshold.saturating_sub(1))
}
