//! Counters, tables, maps, ranks, accepted disclosures and overrides.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::diag::Finding;
use crate::spec::model::{
    Accept, CellKind, Column, ColumnType, Counter, CounterRow, HiddenWords, Map, MapClass, Override, Rows, Rule,
    RuleKind, Source, Table, Test, Total,
};
use crate::spec::prose::Prose;
use crate::spec::written::{self, SpecFile, ZeroRows, ZeroRule};

use super::Resolver;
use super::test::join;

impl Resolver<'_> {
    pub(super) fn ranks(&mut self, written: &IndexMap<String, written::Rank>) -> IndexMap<String, usize> {
        let ranks = written
            .iter()
            .filter_map(|(name, rank)| Some((name.clone(), self.population_index(&["ranks", name, "of"], &rank.of)?)));
        ranks.collect()
    }

    fn population_index(&mut self, path: &[&str], name: &str) -> Option<usize> {
        let known: Vec<String> = self.populations.iter().map(|one| one.name.clone()).collect();
        self.index("population", path, name, known.iter().map(String::as_str))
    }

    /// Runs a step with the source of a population at hand.
    fn with_source<T>(&mut self, population: usize, step: impl FnOnce(&mut Self, &Source) -> Option<T>) -> Option<T> {
        let sources = std::mem::take(&mut self.sources);
        let source = sources.get(self.populations[population].source);
        let resolved = source.and_then(|source| step(self, source));
        self.sources = sources;
        resolved
    }

    fn filter(
        &mut self,
        path: &[&str],
        written: Option<&written::Condition>,
        population: usize,
    ) -> Option<Option<Test>> {
        match written {
            None => Some(None),
            Some(condition) => self
                .with_source(population, |this, source| this.test(&join(path, &["where"]), condition, source))
                .map(Some),
        }
    }

    pub(super) fn counter_rows(&mut self, written: &IndexMap<String, Vec<written::Counter>>) -> Vec<CounterRow> {
        let mut rows = Vec::new();
        for (name, counters) in written {
            let counters = counters
                .iter()
                .enumerate()
                .filter_map(|(at, one)| self.counter(&["counters", name, &at.to_string()], one));
            rows.push(CounterRow { name: name.clone(), counters: counters.collect() });
        }
        rows
    }

    fn counter(&mut self, path: &[&str], written: &written::Counter) -> Option<Counter> {
        let population = self.population_index(&join(path, &["of"]), &written.of)?;
        let filter = self.filter(path, written.filter.as_ref(), population)?;
        Some(Counter {
            population,
            filter,
            label: written.label.clone(),
            pictogram: written.pictogram,
            note: self.note_name(&join(path, &["note"]), written.note.as_ref()),
            rule: written.small_counts,
        })
    }

    pub(super) fn tables(&mut self, written: &IndexMap<String, written::Table>, hidden: &HiddenWords) -> Vec<Table> {
        written.iter().filter_map(|(name, table)| self.table(name, table, hidden)).collect()
    }

    fn table(&mut self, name: &str, written: &written::Table, hidden: &HiddenWords) -> Option<Table> {
        let path = ["tables", name];
        let population = self.population_index(&join(&path, &["of"]), &written.of);
        let base = match &written.percent_of {
            Some(base) => self.population_index(&join(&path, &["percent_of"]), base),
            None => population,
        };
        let columns = self.table_columns(name, &written.columns);
        let total = written.total.as_ref().map(|total| Total {
            label: self.prose(&join(&path, &["total", "label"]), &total.label),
            percent: total.percent.clone(),
            count: total.count,
        });
        let population = population?;
        let filter = self.filter(&path, written.filter.as_ref(), population)?;
        let rows =
            self.with_source(population, |this, source| this.rows(&join(&path, &["rows"]), &written.rows, source))?;
        let rule = self.rule(&join(&path, &["small_counts"]), &written.small_counts, &rows, true, hidden);
        let parents =
            written.parents.as_ref().map(|rule| self.rule(&join(&path, &["parents"]), rule, &rows, false, hidden));
        match (&rows, parents.is_some()) {
            (Rows::Tree { .. }, false) => {
                let message = "a hierarchical table needs a rule `parents` for its upper rows";
                self.error_at_key("spec::missing-key", &path, message);
            }
            (Rows::Codes { .. } | Rows::Flags { .. }, true) => {
                let message = "only a hierarchical table takes a rule `parents`";
                self.error_at_key("spec::rule-does-not-fit", &join(&path, &["parents"]), message);
            }
            _ => {}
        }
        Some(Table {
            name: name.to_owned(),
            population,
            filter,
            rows,
            base: base?,
            columns,
            order: written.order,
            keep_zero: written.zero_rows == ZeroRows::Keep,
            total,
            rule,
            parents,
        })
    }

    fn table_columns(&mut self, name: &str, written: &[written::TableColumn]) -> Vec<(CellKind, Prose)> {
        if written.iter().filter(|column| column.cell == CellKind::Label).count() != 1 {
            self.error("spec::bad-value", &["tables", name, "columns"], "a table has exactly one column of labels");
        } else if written[0].cell != CellKind::Label {
            // They are the rows' headings, for the eye and for a screen reader.
            self.error("spec::bad-value", &["tables", name, "columns", "0"], "the labels stand in the first column");
        }
        let columns = written.iter().enumerate().map(|(at, column)| {
            (column.cell, self.prose(&["tables", name, "columns", &at.to_string(), "head"], &column.head))
        });
        columns.collect()
    }

    fn rows(&mut self, path: &[&str], written: &written::Rows, source: &Source) -> Option<Rows> {
        match (&written.codes, &written.then, &written.flags) {
            (Some(codes), then, None) => {
                let (column, list) = self.code_column(&join(path, &["codes"]), codes, source)?;
                match then {
                    None => Some(Rows::Codes { column, list }),
                    Some(then) => self.tree(&join(path, &["then"]), (column, list), then, source),
                }
            }
            (None, None, Some(flags)) => self.flags(&join(path, &["flags"]), flags, source),
            _ => {
                self.error("spec::bad-value", path, "rows are `codes`, `codes` with `then`, or `flags`");
                None
            }
        }
    }

    fn code_column(&mut self, path: &[&str], name: &str, source: &Source) -> Option<(usize, usize)> {
        let column = self.column(path, name, source)?;
        let list = source.columns[column].list;
        // A code column without a list is reported where it is declared.
        if source.columns[column].kind != ColumnType::Code {
            self.error("spec::bad-value", path, format!("`{name}` is no column of type `code`"));
        }
        Some((column, list?))
    }

    fn tree(&mut self, path: &[&str], (column, list): (usize, usize), then: &str, source: &Source) -> Option<Rows> {
        let (child_column, child_list) = self.code_column(path, then, source)?;
        let declared = ["sources", &source.name, "columns", then, "parent"];
        if source.columns[child_column].parent != Some(column) && !self.is_reported(&declared) {
            let message = format!("the codes of `{then}` do not belong to those of `{}`", source.columns[column].name);
            self.error("spec::bad-value", path, message);
        }
        let children_of = |parent: &str| {
            let codes = self.lists[child_list].codes.iter().enumerate();
            codes.filter(|(_, code)| code.parent.as_deref() == Some(parent)).map(|(index, _)| index).collect()
        };
        let children = self.lists[list].codes.iter().map(|parent| children_of(&parent.code)).collect();
        Some(Rows::Tree { column, list, child_column, child_list, children })
    }

    fn flags(&mut self, path: &[&str], name: &str, source: &Source) -> Option<Rows> {
        let lists: Vec<String> = self.lists.iter().map(|list| list.name.clone()).collect();
        let list = self.index("code list", path, name, lists.iter().map(String::as_str))?;
        let codes: Vec<String> = self.lists[list].codes.iter().map(|code| code.code.clone()).collect();
        let mut columns = Vec::new();
        for code in &codes {
            let column = self.column(path, code, source)?;
            if source.columns[column].kind != ColumnType::Boolean {
                self.error("spec::bad-value", path, format!("`{code}` is no column of type `boolean`"));
            }
            columns.push(column);
        }
        Some(Rows::Flags { list, columns })
    }

    fn rule(
        &mut self,
        path: &[&str],
        written: &written::TableRule,
        rows: &Rows,
        lower: bool,
        hidden: &HiddenWords,
    ) -> Rule {
        let is_flags = matches!(rows, Rows::Flags { .. });
        if is_flags && matches!(written.rule, RuleKind::Merge | RuleKind::Suppress) {
            let message = "rows of a multiple-response table do not add up: only `none` and `mask` fit it";
            self.error("spec::rule-does-not-fit", &join(path, &["rule"]), message);
        }
        let merged = self.merged_labels(path, written, rows, lower);
        Rule {
            kind: written.rule,
            threshold: written.threshold.unwrap_or(hidden.threshold),
            hide_zero: written.zero.map_or(hidden.hide_zero, |zero| zero == ZeroRule::Hide),
            merged,
            guard: written.guard,
            note: self.note_name(&join(path, &["note"]), written.note.as_ref()),
        }
    }

    /// Resolves the labels of merged rows: one for all, or one for each parent that has children.
    fn merged_labels(&mut self, path: &[&str], written: &written::TableRule, rows: &Rows, lower: bool) -> Vec<Prose> {
        if written.rule != RuleKind::Merge {
            if written.label.is_some() || written.labels.is_some() {
                let key = if written.label.is_some() { "label" } else { "labels" };
                let message = format!("only the rule `merge` takes `{key}`");
                self.error_at_key("spec::rule-does-not-fit", &join(path, &[key]), message);
            }
            return Vec::new();
        }
        match (rows, &written.label, &written.labels) {
            (Rows::Tree { list, children, .. }, None, Some(labels)) if lower => {
                let parents: Vec<String> = self.lists[*list].codes.iter().map(|code| code.code.clone()).collect();
                for code in labels.keys().filter(|code| !parents.contains(code)) {
                    let message = format!("no parent has the code `{code}`");
                    let place = self.yaml.tree.key(&super::pointer(&join(path, &["labels", code])));
                    let help = super::among(code, parents.iter().map(String::as_str));
                    self.findings.push(Finding::error("spec::unknown-code", message).at(place).help(help));
                }
                let mut merged = Vec::new();
                for (parent, children) in parents.iter().zip(children) {
                    match labels.get(parent) {
                        Some(label) => merged.push(self.prose(&join(path, &["labels", parent]), label)),
                        None if children.is_empty() => merged.push(Prose { text: String::new(), place: None }),
                        None => self.error_at_key(
                            "spec::missing-key",
                            &join(path, &["labels"]),
                            format!("`labels` has no label for `{parent}`"),
                        ),
                    }
                }
                merged
            }
            (_, Some(label), None) => {
                let label = self.prose(&join(path, &["label"]), label);
                let count = match rows {
                    Rows::Tree { children, .. } if lower => children.len(),
                    _ => 1,
                };
                vec![label; count]
            }
            _ => {
                let tree = matches!(rows, Rows::Tree { .. }) && lower;
                let message = match (&written.label, &written.labels) {
                    (Some(_), Some(_)) => "a merged row has either `label` or `labels`",
                    (None, Some(_)) => "only the lower rows of a hierarchical table take `labels`: write `label`",
                    _ if tree => "the rule `merge` needs a `label` of the merged row, or `labels` by parent",
                    _ => "the rule `merge` needs a `label` of the merged row",
                };
                self.error("spec::missing-key", &join(path, &["rule"]), message);
                Vec::new()
            }
        }
    }

    pub(super) fn overrides(&mut self, written: &[written::Override], tables: &[Table]) -> Vec<Override> {
        let resolved = written.iter().enumerate().filter_map(|(at, one)| {
            let at = at.to_string();
            if one.reason.trim().is_empty() {
                self.error("spec::missing-reason", &["overrides", &at, "reason"], "an override needs a reason");
            }
            let table = self.index(
                "table",
                &["overrides", &at, "table"],
                &one.table,
                tables.iter().map(|table| table.name.as_str()),
            )?;
            let row = self.override_row(&["overrides", &at, "row"], &one.row, &tables[table])?;
            if tables[table].rule.kind == RuleKind::None {
                self.error(
                    "spec::rule-does-not-fit",
                    &["overrides", &at, "table"],
                    format!("the rule of `{}` is `none`, which hides nothing", one.table),
                );
            }
            let jurisdictions = match &one.jurisdictions {
                Some(codes) => self.override_jurisdictions(&at, codes),
                None => (0..self.jurisdictions.len()).collect(),
            };
            Some(Override { table, row, jurisdictions, reason: one.reason.clone() })
        });
        resolved.collect()
    }

    fn override_jurisdictions(&mut self, at: &str, codes: &[String]) -> BTreeSet<usize> {
        let known: Vec<String> = self.jurisdictions.iter().map(|one| one.code.clone()).collect();
        let indices = codes.iter().enumerate().filter_map(|(index, code)| {
            self.index(
                "jurisdiction",
                &["overrides", at, "jurisdictions", &index.to_string()],
                code,
                known.iter().map(String::as_str),
            )
        });
        indices.collect()
    }

    fn override_row(&mut self, path: &[&str], row: &str, table: &Table) -> Option<(usize, Option<usize>)> {
        let codes: Vec<String> = self.lists[table.rows.list()].codes.iter().map(|code| code.code.clone()).collect();
        let find = |codes: &[String], code: &str| codes.iter().position(|one| one == code);
        if let Some(index) = find(&codes, row) {
            return Some((index, None));
        }
        if let (Rows::Tree { child_list, .. }, Some((parent, child))) = (&table.rows, row.split_once('/')) {
            let children = self.lists[*child_list].codes.iter();
            let child = children.clone().position(|code| code.code == child && code.parent.as_deref() == Some(parent));
            if let (Some(parent), Some(child)) = (find(&codes, parent), child) {
                return Some((parent, Some(child)));
            }
        }
        self.unknown(
            "spec::unknown-code",
            path,
            format!("`{}` has no row `{row}`", table.name),
            row,
            codes.iter().map(String::as_str),
        );
        None
    }

    pub(super) fn accepted(&mut self, written: &SpecFile) -> Vec<Accept> {
        let mut figures: Vec<&str> = Vec::new();
        figures.extend(written.tables.keys().map(String::as_str));
        figures.extend(written.counters.keys().map(String::as_str));
        figures.extend(written.maps.keys().map(String::as_str));
        figures.extend(written.populations.keys().map(String::as_str));
        for (at, one) in written.accept.iter().enumerate() {
            let at = at.to_string();
            if one.reason.trim().is_empty() {
                self.error("spec::missing-reason", &["accept", &at, "reason"], "an accepted disclosure needs a reason");
            }
            if !figures.contains(&one.figure.as_str()) {
                let message = format!("no table, counter row, map or population is called `{}`", one.figure);
                self.unknown(
                    "spec::unknown-figure",
                    &["accept", &at, "figure"],
                    message,
                    &one.figure,
                    figures.iter().copied(),
                );
            }
            let codes = crate::spec::DISCLOSURES;
            if !codes.contains(&one.code.as_str()) {
                self.unknown(
                    "spec::unknown-code",
                    &["accept", &at, "code"],
                    format!("no disclosure has the code `{}`", one.code),
                    &one.code,
                    codes,
                );
            }
        }
        written
            .accept
            .iter()
            .map(|one| Accept { code: one.code.clone(), figure: one.figure.clone(), reason: one.reason.clone() })
            .collect()
    }

    pub(super) fn maps(&mut self, written: &IndexMap<String, written::Map>, hidden: &HiddenWords) -> Vec<Map> {
        if let Some(first) = written.values().next() {
            let differs = |map: &written::Map| (&map.boundaries, map.vintage) != (&first.boundaries, first.vintage);
            for (name, _) in written.iter().filter(|(_, map)| differs(map)) {
                // A record's county is checked against one set of boundaries.
                let message = "all maps of an edition have the same boundaries";
                self.error("spec::map-boundaries", &["maps", name, "boundaries"], message);
            }
        }
        written.iter().filter_map(|(name, map)| self.map(name, map, hidden)).collect()
    }

    fn map(&mut self, name: &str, written: &written::Map, hidden: &HiddenWords) -> Option<Map> {
        let path = ["maps", name];
        let population = self.population_index(&join(&path, &["of"]), &written.of);
        let sources: Vec<String> = self.sources.iter().map(|source| source.name.clone()).collect();
        let through =
            self.index("source", &join(&path, &["through"]), &written.through, sources.iter().map(String::as_str));
        if let (Some(population), Some(through)) = (population, through) {
            self.map_source(&path, population, through);
        }
        let threshold = written.threshold.unwrap_or(hidden.threshold);
        let classes = self.map_classes(name, written, threshold);
        let unshaded = self.map_class(&join(&path, &["unshaded"]), &written.unshaded);
        for (key, size) in [("width_pt", written.width_pt), ("height_pt", written.height_pt)] {
            if !(36.0..=2000.0).contains(&size) {
                self.error("spec::bad-value", &join(&path, &[key]), "a map is from 36 to 2000 points wide and high");
            }
        }
        let boundaries = self.folder(&join(&path, &["boundaries"]), &written.boundaries);
        let font = self.file(&join(&path, &["font"]), &written.font);
        let legend = self.prose(&join(&path, &["legend"]), &written.legend);
        let alternative = self.prose(&join(&path, &["alternative"]), &written.alternative);
        Some(Map {
            name: name.to_owned(),
            population: population?,
            through: through?,
            boundaries: boundaries?,
            vintage: written.vintage,
            threshold,
            classes,
            unshaded: unshaded?,
            legend,
            size_pt: (written.width_pt, written.height_pt),
            ppi: written.ppi,
            font: font?,
            alternative,
        })
    }

    fn map_source(&mut self, path: &[&str], population: usize, through: usize) {
        let (cases, places) = (self.populations[population].source, &self.sources[through]);
        let of_reference = |column: &&Column| column.kind == ColumnType::Reference;
        // A reference to no source is reported where it is declared.
        if places.columns.iter().filter(of_reference).any(|column| column.source.is_none()) {
            return;
        }
        let refers = places.columns.iter().any(|column| column.source == Some(cases));
        let has_county = places.column_of(ColumnType::County).is_some();
        let points = [ColumnType::Longitude, ColumnType::Latitude].map(|kind| places.column_of(kind).is_some());
        if !refers || !has_county || points[0] != points[1] {
            let message = format!(
                "`{}` needs a reference to `{}`, a column of type `county`, and both or neither of `longitude` and `latitude`",
                places.name, self.sources[cases].name
            );
            self.error("spec::bad-value", &join(path, &["through"]), message);
        }
    }

    fn map_classes(&mut self, name: &str, written: &written::Map, threshold: u64) -> Vec<(u64, MapClass)> {
        if written.classes.is_empty() {
            self.error("spec::map-classes", &["maps", name, "classes"], "a map needs at least one class");
        }
        let mut least = threshold;
        for (at, class) in written.classes.iter().enumerate() {
            let path = ["maps", name, "classes", &at.to_string(), "from"];
            match class.from {
                None => self.error("spec::missing-key", &path[..4], "a class needs `from`, its smallest count"),
                // A class that can only mean 1 or 2 would disclose.
                Some(from) if at == 0 && from != threshold => {
                    let message = format!("the first class must begin at the threshold, {threshold}");
                    self.error("spec::map-classes", &path, message);
                }
                Some(from) if from < least => {
                    let message = "a class must begin above the one before it";
                    self.error("spec::map-classes", &path, message);
                }
                Some(from) => least = from.saturating_add(1),
            }
        }
        if written.unshaded.from.is_some() {
            self.error(
                "spec::map-classes",
                &["maps", name, "unshaded", "from"],
                "the unshaded class has no `from`: it holds all counts under the threshold",
            );
        }
        let classes = written.classes.iter().enumerate().filter_map(|(at, class)| {
            Some((class.from?, self.map_class(&["maps", name, "classes", &at.to_string()], class)?))
        });
        classes.collect()
    }

    fn map_class(&mut self, path: &[&str], written: &written::MapClass) -> Option<MapClass> {
        let channel = |at: usize| u8::from_str_radix(written.rgb.get(at..at + 2)?, 16).ok();
        Some(MapClass {
            label: self.prose(&join(path, &["label"]), &written.label),
            rgb: [channel(1)?, channel(3)?, channel(5)?],
            cmyk: written.cmyk,
        })
    }
}
