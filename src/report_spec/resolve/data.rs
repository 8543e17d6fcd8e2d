//! Sources and populations.

use indexmap::IndexMap;

use crate::diag::code;
use crate::report_spec::model::{
    CodeListId, Column, ColumnId, ColumnType, Population, PopulationId, Source, SourceId, TiVec,
};
use crate::report_spec::raw;
use crate::unit::nfc;

use super::Resolver;
use super::test::join;

impl Resolver<'_> {
    /// Resolves the sources, those that others refer to first.
    pub(super) fn sources(&mut self, raw: &IndexMap<String, raw::Source>) -> TiVec<SourceId, Source> {
        let order = self.source_order(raw);
        let mut sources: TiVec<SourceId, Source> = TiVec::new();
        for (name, source) in &order {
            let resolved = self.source(name, source, &order);
            // Files of one name in two folders become one where the operator keeps all data in a third.
            let is_same = |other: &&Source| other.file == resolved.file && other.raw != resolved.raw;
            if let Some(other) = sources.iter().find(is_same).filter(|_| !resolved.file.as_os_str().is_empty()) {
                let message = format!("`{}` and `{}` of source `{}` are one file", source.file, other.raw, other.name);
                self.error(code::spec::PATH, &["sources", name, "file"], message);
            }
            sources.push(resolved);
        }
        sources
    }

    /// Orders sources so that one comes after those it refers to; a circle is refused.
    fn source_order<'w>(&mut self, raw: &'w IndexMap<String, raw::Source>) -> IndexMap<&'w str, &'w raw::Source> {
        let mut order: IndexMap<&str, &raw::Source> = IndexMap::new();
        while order.len() < raw.len() {
            let ready = raw.iter().find(|(name, source)| {
                let mut targets = source.columns.values().filter_map(|column| column.source.as_deref());
                !order.contains_key(name.as_str())
                    && targets.all(|target| order.contains_key(target) || !raw.contains_key(target))
            });
            let Some((name, source)) = ready else {
                let circle = raw.keys().filter(|name| !order.contains_key(name.as_str()));
                let circle: Vec<&str> = circle.map(String::as_str).collect();
                let message = format!("sources refer to each other in a circle: `{}`", circle.join("`, `"));
                self.error_at_key(code::spec::CIRCULAR_REFERENCE, &["sources", circle[0]], message);
                // The others are still checked against all of them.
                order.extend(raw.iter().map(|(name, source)| (name.as_str(), source)));
                break;
            };
            order.insert(name, source);
        }
        order
    }

    fn source(&mut self, name: &str, raw: &raw::Source, all: &IndexMap<&str, &raw::Source>) -> Source {
        let path = ["sources", name];
        let file = self.places.data(&self.root, &raw.file);
        let file =
            file.map_err(|message| self.error(code::spec::PATH, &join(&path, &["file"]), message)).unwrap_or_default();
        let mut source = Source {
            name: name.to_owned(),
            file,
            raw: raw.file.clone(),
            format: raw.format,
            columns: TiVec::new(),
            limits: raw.limits,
        };
        for (column_name, column) in &raw.columns {
            let resolved = self.source_column(name, column_name, column, raw, all);
            source.columns.push(resolved);
        }
        if source.columns.iter().filter(|column| column.kind == ColumnType::Id).count() > 1 {
            self.error(
                code::spec::BAD_VALUE,
                &join(&path, &["columns"]),
                "a source has at most one column of type `id`",
            );
        }
        for (id, (column_name, column)) in source.columns.keys().zip(&raw.columns) {
            if let Some(condition) = &column.required_where {
                let at = ["sources", name, "columns", column_name, "required_where"];
                source.columns[id].required_where = self.test(&at, condition, &source);
            }
        }
        source
    }

    fn source_column(
        &mut self,
        source: &str,
        name: &str,
        raw: &raw::Column,
        siblings: &raw::Source,
        all: &IndexMap<&str, &raw::Source>,
    ) -> Column {
        let path = ["sources", source, "columns", name];
        self.column_keys(&path, raw);
        let lists: Vec<String> = self.lists.iter().map(|list| list.name.clone()).collect();
        let list = raw
            .list
            .as_ref()
            .and_then(|list| self.named(&join(&path, &["list"]), list, lists.iter().map(String::as_str)));
        let parent = self.parent_column(&path, raw, siblings, list);
        let refers_to = raw.source.as_ref().and_then(|target| {
            let source: SourceId = self.named(&join(&path, &["source"]), target, all.keys().copied())?;
            if !all[usize::from(source)].columns.values().any(|column| column.kind == ColumnType::Id) {
                let message = format!("`{target}` has no column of type `id`");
                self.error(code::spec::BAD_VALUE, &join(&path, &["source"]), message);
            }
            Some(source)
        });
        Column {
            name: name.to_owned(),
            kind: raw.kind,
            optional: raw.optional,
            required_where: None,
            list,
            parent,
            in_period: raw.in_period,
            source: refers_to,
        }
    }

    /// Resolves the column of the parent's code, which must be known when the child is read.
    fn parent_column(
        &mut self,
        path: &[&str; 4],
        raw: &raw::Column,
        siblings: &raw::Source,
        list: Option<CodeListId>,
    ) -> Option<ColumnId> {
        let parent = raw.parent.as_ref()?;
        let [_, source, _, name] = path;
        let at = join(path, &["parent"]);
        let Some(found) = siblings.columns.keys().position(|column| nfc(column) == nfc(parent)) else {
            let message = format!("`{source}` has no column `{parent}`");
            self.unknown(code::spec::UNKNOWN_COLUMN, &at, message, parent, siblings.columns.keys().map(String::as_str));
            return None;
        };
        if Some(found) >= siblings.columns.get_index_of(*name) {
            self.error(code::spec::BAD_VALUE, &at, format!("the column `{parent}` must stand before `{name}`"));
            return None;
        }
        if siblings.columns[found].kind != ColumnType::Code {
            self.error(code::spec::BAD_VALUE, &at, format!("`{parent}` is no column of type `code`"));
            return None;
        }
        self.check_parents(list, siblings.columns[found].list.as_deref());
        Some(ColumnId::from(found))
    }

    /// Refuses keys that do not go with a column's type.
    fn column_keys(&mut self, path: &[&str], raw: &raw::Column) {
        let kind = raw.kind;
        let keys = [
            ("list", raw.list.is_some(), ColumnType::Code, "code"),
            ("source", raw.source.is_some(), ColumnType::Reference, "reference"),
            ("parent", raw.parent.is_some(), ColumnType::Code, "code"),
            ("in_period", raw.in_period, ColumnType::Date, "date"),
        ];
        for (key, there, fits, name) in keys {
            let needed = matches!(key, "list" | "source");
            if there && kind != fits {
                self.error(
                    code::spec::BAD_VALUE,
                    &join(path, &[key]),
                    format!("only a column of type `{name}` takes `{key}`"),
                );
            } else if needed && !there && kind == fits {
                self.error_at_key(code::spec::MISSING_KEY, path, format!("a column of type `{name}` needs a `{key}`"));
            }
        }
    }

    /// Checks that every code of a list belongs to a code of its parents' list.
    fn check_parents(&mut self, list: Option<CodeListId>, parents: Option<&str>) {
        let parents = parents.and_then(|parents| self.lists.iter().find(|list| nfc(&list.name) == nfc(parents)));
        let (Some(list), Some(parents)) = (list.map(|list| &self.lists[list]), parents) else { return };
        let known: Vec<String> = parents.codes.iter().map(|code| code.code.clone()).collect();
        let (name, of) = (list.name.clone(), parents.name.clone());
        let codes: Vec<(String, Option<String>)> =
            list.codes.iter().map(|code| (code.code.clone(), code.parent.clone())).collect();
        for (at, (code, parent)) in codes.iter().enumerate() {
            let at = at.to_string();
            match parent {
                None => {
                    let message = format!("the code `{code}` needs a `parent` of the list `{of}`");
                    self.error(code::spec::MISSING_KEY, &["code_lists", &name, &at], message);
                }
                Some(parent) if !known.contains(parent) => {
                    let path = ["code_lists", &name, &at, "parent"];
                    let message = format!("the list `{of}` has no code `{parent}`");
                    self.unknown(code::spec::UNKNOWN_CODE, &path, message, parent, known.iter().map(String::as_str));
                }
                Some(_) => {}
            }
        }
    }

    pub(super) fn populations(&mut self, raw: &IndexMap<String, raw::Population>) -> TiVec<PopulationId, Population> {
        let mut populations = TiVec::new();
        for (name, population) in raw {
            let path = ["populations", name];
            let resolved = self.population(&path, name, population);
            // A dummy keeps the indices of the others right; the spec is refused anyway.
            populations.push(resolved.unwrap_or(Population {
                name: name.clone(),
                source: SourceId::from(0),
                jurisdiction: ColumnId::from(0),
                filter: None,
                rule: population.small_counts,
            }));
        }
        populations
    }

    fn population(&mut self, path: &[&str], name: &str, raw: &raw::Population) -> Option<Population> {
        let sources = std::mem::take(&mut self.sources);
        let names = sources.iter().map(|source| source.name.as_str());
        let source: Option<SourceId> = self.named(&join(path, &["source"]), &raw.source, names);
        let resolved = source.and_then(|index| {
            let jurisdiction = self.column(&join(path, &["jurisdiction"]), &raw.jurisdiction, &sources[index])?;
            if sources[index].columns[jurisdiction].kind != ColumnType::Jurisdiction {
                let message = format!("`{}` is no column of type `jurisdiction`", raw.jurisdiction);
                self.error(code::spec::BAD_VALUE, &join(path, &["jurisdiction"]), message);
            }
            let filter = match &raw.filter {
                Some(condition) => Some(self.test(&join(path, &["where"]), condition, &sources[index])?),
                None => None,
            };
            Some(Population { name: name.to_owned(), source: index, jurisdiction, filter, rule: raw.small_counts })
        });
        self.sources = sources;
        resolved
    }
}
