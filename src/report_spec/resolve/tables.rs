//! Tables: their rows, columns and totals.

use indexmap::IndexMap;

use crate::diag::code;
use crate::report_spec::model::{
    CellKind, CodeListId, ColumnId, ColumnType, HiddenWords, Rows, Source, Table, TableId, TiVec, Total,
};
use crate::report_spec::prose::Prose;
use crate::report_spec::raw::{self, ZeroRows};

use super::Resolver;
use super::test::join;

impl Resolver<'_> {
    pub(super) fn tables(&mut self, raw: &IndexMap<String, raw::Table>, hidden: &HiddenWords) -> TiVec<TableId, Table> {
        raw.iter().filter_map(|(name, table)| self.table(name, table, hidden)).collect()
    }

    fn table(&mut self, name: &str, raw: &raw::Table, hidden: &HiddenWords) -> Option<Table> {
        let path = ["tables", name];
        let population = self.population_index(&join(&path, &["of"]), &raw.of);
        let base = match &raw.percent_of {
            Some(base) => Some(self.population_index(&join(&path, &["percent_of"]), base)),
            // Without a condition the table's own total is the population's.
            None => raw.filter.is_none().then_some(population),
        };
        let columns = self.table_columns(name, &raw.columns);
        let total = raw.total.as_ref().map(|total| Total {
            label: self.prose(&join(&path, &["total", "label"]), &total.label),
            percent: total.percent.clone(),
            count: total.count,
        });
        let population = population?;
        let filter = self.filter(&path, raw.filter.as_ref(), population)?;
        let rows =
            self.with_source(population, |this, source| this.rows(&join(&path, &["rows"]), &raw.rows, source))?;
        let rule = self.rule(&join(&path, &["small_counts"]), &raw.small_counts, &rows, true, hidden);
        let parents =
            raw.parents.as_ref().map(|rule| self.rule(&join(&path, &["parents"]), rule, &rows, false, hidden));
        match (&rows, parents.is_some()) {
            (Rows::Tree { .. }, false) => {
                let message = "a hierarchical table needs a rule `parents` for its upper rows";
                self.error_at_key(code::spec::MISSING_KEY, &path, message);
            }
            (Rows::Codes { .. } | Rows::Flags { .. }, true) => {
                let message = "only a hierarchical table takes a rule `parents`";
                self.error_at_key(code::spec::RULE_DOES_NOT_FIT, &join(&path, &["parents"]), message);
            }
            _ => {}
        }
        Some(Table {
            name: name.to_owned(),
            population,
            filter,
            rows,
            base: base.map_or(Some(None), |base| base.map(Some))?,
            columns,
            order: raw.order,
            keep_zero: raw.zero_rows == ZeroRows::Keep,
            total,
            rule,
            parents,
        })
    }

    fn table_columns(&mut self, name: &str, raw: &[raw::TableColumn]) -> Vec<(CellKind, Prose)> {
        if raw.iter().filter(|column| column.cell == CellKind::Label).count() != 1 {
            self.error(code::spec::BAD_VALUE, &["tables", name, "columns"], "a table has exactly one column of labels");
        } else if raw[0].cell != CellKind::Label {
            // They are the rows' headings, for the eye and for a screen reader.
            self.error(
                code::spec::BAD_VALUE,
                &["tables", name, "columns", "0"],
                "the labels stand in the first column",
            );
        }
        let columns = raw.iter().enumerate().map(|(at, column)| {
            (column.cell, self.prose(&["tables", name, "columns", &at.to_string(), "head"], &column.head))
        });
        columns.collect()
    }

    fn rows(&mut self, path: &[&str], raw: &raw::Rows, source: &Source) -> Option<Rows> {
        match (&raw.codes, &raw.then, &raw.flags) {
            (Some(codes), then, None) => {
                let (column, list) = self.code_column(&join(path, &["codes"]), codes, source)?;
                match then {
                    None => Some(Rows::Codes { column, list }),
                    Some(then) => self.tree(&join(path, &["then"]), (column, list), then, source),
                }
            }
            (None, None, Some(flags)) => self.flags(&join(path, &["flags"]), flags, source),
            _ => {
                self.error(code::spec::BAD_VALUE, path, "rows are `codes`, `codes` with `then`, or `flags`");
                None
            }
        }
    }

    fn code_column(&mut self, path: &[&str], name: &str, source: &Source) -> Option<(ColumnId, CodeListId)> {
        let column = self.column(path, name, source)?;
        let list = source.columns[column].list;
        // A code column without a list is reported where it is declared.
        if source.columns[column].kind != ColumnType::Code {
            self.error(code::spec::BAD_VALUE, path, format!("`{name}` is no column of type `code`"));
        }
        Some((column, list?))
    }

    fn tree(
        &mut self,
        path: &[&str],
        (column, list): (ColumnId, CodeListId),
        then: &str,
        source: &Source,
    ) -> Option<Rows> {
        let (child_column, child_list) = self.code_column(path, then, source)?;
        let declared = ["sources", &source.name, "columns", then, "parent"];
        if source.columns[child_column].parent != Some(column) && !self.is_reported(&declared) {
            let message = format!("the codes of `{then}` do not belong to those of `{}`", source.columns[column].name);
            self.error(code::spec::BAD_VALUE, path, message);
        }
        let children_of = |parent: &str| {
            let codes = self.lists[child_list].codes.iter_enumerated();
            codes.filter(|(_, code)| code.parent.as_deref() == Some(parent)).map(|(id, _)| id).collect()
        };
        let children = self.lists[list].codes.iter().map(|parent| children_of(&parent.code)).collect();
        Some(Rows::Tree { column, list, child_column, child_list, children })
    }

    fn flags(&mut self, path: &[&str], name: &str, source: &Source) -> Option<Rows> {
        let lists: Vec<String> = self.lists.iter().map(|list| list.name.clone()).collect();
        let list: CodeListId = self.named(path, name, lists.iter().map(String::as_str))?;
        let codes: Vec<String> = self.lists[list].codes.iter().map(|code| code.code.clone()).collect();
        if let Some(alias) = self.lists[list].aliases.first() {
            let message =
                format!("`{}` is an alias, and the rows of a multiple-response table are columns", alias.code);
            self.error(code::spec::ALIAS, path, message);
        }
        let mut columns = TiVec::new();
        for code in &codes {
            let column = self.column(path, code, source)?;
            if source.columns[column].kind != ColumnType::Boolean {
                self.error(code::spec::BAD_VALUE, path, format!("`{code}` is no column of type `boolean`"));
            }
            columns.push(column);
        }
        Some(Rows::Flags { list, columns })
    }
}
