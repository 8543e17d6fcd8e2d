//! Accepted disclosures: what each covers must exist.

use crate::diag::{Finding, code, nearest};
use crate::report_spec::model::{
    Accept, AcceptedRows, CounterRow, CounterRowId, DisclosureKind, Rows, Table, TableId, TiSlice,
};
use crate::report_spec::raw::{self, SpecFile};
use crate::unit::nfc;

use super::Resolver;

impl Resolver<'_> {
    pub(super) fn accepted(
        &mut self,
        raw: &SpecFile,
        tables: &TiSlice<TableId, Table>,
        counters: &TiSlice<CounterRowId, CounterRow>,
    ) -> Vec<Accept> {
        let accepted = raw.accept.iter().enumerate().filter_map(|(at, accept)| {
            let at = at.to_string();
            if accept.reason.trim().is_empty() {
                let message = "an accepted disclosure needs a reason";
                self.error(code::spec::MISSING_REASON, &["accept", &at, "reason"], message);
            }
            self.accepted_figure(&at, accept, raw);
            self.accepted_rows(&at, accept, tables, counters);
            let kind = DisclosureKind::ALL.iter().copied().find(|kind| kind.code().text() == accept.code);
            if kind.is_none() {
                let message = format!("no disclosure has the code `{}`", accept.code);
                let known = DisclosureKind::ALL.iter().map(|kind| kind.code().text());
                self.unknown(code::spec::UNKNOWN_CODE, &["accept", &at, "code"], message, &accept.code, known);
            }
            Some(Accept {
                kind: kind?,
                figure: accept.figure.clone(),
                rows: accept.rows.clone(),
                reason: accept.reason.clone(),
                place: self.place(&["accept", &at]),
            })
        });
        accepted.collect()
    }

    fn accepted_figure(&mut self, at: &str, accept: &raw::Accept, raw: &SpecFile) {
        let figures = raw.tables.keys().chain(raw.counters.keys()).chain(raw.maps.keys()).chain(raw.populations.keys());
        let figures: Vec<&str> = figures.map(String::as_str).collect();
        if !figures.contains(&accept.figure.as_str()) {
            let message = format!("no table, counter row, map or population is called `{}`", accept.figure);
            let path = ["accept", at, "figure"];
            let is_misspelt = nearest(&accept.figure, figures.iter().copied()).is_some();
            if matches!(accept.rows, Some(AcceptedRows::All(_))) && !is_misspelt {
                // An edition may leave out a table of the one that it extends.
                let finding = Finding::warning(code::spec::UNKNOWN_FIGURE, message).at(self.place(&path));
                self.findings.push(finding.help("take it out of `accept`".to_owned()));
                return;
            }
            self.unknown(code::spec::UNKNOWN_FIGURE, &path, message, &accept.figure, figures.iter().copied());
        }
    }

    fn accepted_rows(
        &mut self,
        at: &str,
        accept: &raw::Accept,
        tables: &TiSlice<TableId, Table>,
        counters: &TiSlice<CounterRowId, CounterRow>,
    ) {
        let Some(AcceptedRows::These(rows)) = &accept.rows else { return };
        let known = match tables.iter().find(|table| table.name == accept.figure) {
            Some(table) => self.rows_of(table),
            None => match counters.iter().find(|row| row.name == accept.figure) {
                Some(row) => row.counters.iter().map(|counter| counter.name().to_owned()).collect(),
                None => return,
            },
        };
        for (place, row) in rows.iter().enumerate().filter(|(_, row)| !known.iter().any(|known| *known == nfc(row))) {
            let message = format!("`{}` has no row `{row}`", accept.figure);
            let path = ["accept", at, "rows", &place.to_string()];
            self.unknown(code::spec::UNKNOWN_CODE, &path, message, row, known.iter().map(String::as_str));
        }
    }

    /// Lists the keys of all rows that a table may have.
    fn rows_of(&self, table: &Table) -> Vec<String> {
        let top = &self.lists[table.rows.list()].codes;
        let mut rows: Vec<String> = top.iter().map(|code| code.code.clone()).collect();
        rows.extend(["(total)", "(merged)"].map(str::to_owned));
        if let Rows::Tree { children, child_list, .. } = &table.rows {
            for (parent, children) in children.iter_enumerated() {
                let parent = &top[parent].code;
                let codes = children.iter().map(|child| self.lists[*child_list].codes[*child].code.as_str());
                rows.extend(codes.chain(["(merged)"]).map(|code| format!("{parent}/{code}")));
            }
        }
        rows
    }
}
