//! How small counts are published: rules of tables, overrides.

use std::collections::BTreeSet;

use crate::diag::{Finding, code};
use crate::report_spec::model::{
    Code, CodeId, HiddenWords, JurisdictionId, Override, Rows, Rule, RuleKind, Table, TableId, TiSlice,
};
use crate::report_spec::prose::Prose;
use crate::report_spec::raw::{self, ZeroRule};
use crate::unit::nfc;

use super::Resolver;
use super::diags::{among, pointer};
use super::test::join;

impl Resolver<'_> {
    pub(super) fn rule(
        &mut self,
        path: &[&str],
        raw: &raw::TableRule,
        rows: &Rows,
        lower: bool,
        hidden: &HiddenWords,
    ) -> Rule {
        let is_flags = matches!(rows, Rows::Flags { .. });
        if is_flags && matches!(raw.rule, RuleKind::Merge | RuleKind::Suppress) {
            let message = "rows of a multiple-response table do not add up: only `none` and `mask` fit it";
            self.error(code::spec::RULE_DOES_NOT_FIT, &join(path, &["rule"]), message);
        }
        let merged = self.merged_labels(path, raw, rows, lower);
        Rule {
            kind: raw.rule,
            threshold: raw.threshold.unwrap_or(hidden.threshold),
            hide_zero: raw.zero.map_or(hidden.hide_zero, |zero| zero == ZeroRule::Hide),
            merged,
            guard: raw.guard,
            note: self.note_name(&join(path, &["note"]), raw.note.as_ref()),
            neutral_note: self.note_name(&join(path, &["neutral_note"]), raw.neutral_note.as_ref()),
            hide_first: self.hidden_first(path, raw, rows, lower),
        }
    }

    /// Resolves the codes of rows that are hidden first.
    fn hidden_first(&mut self, path: &[&str], raw: &raw::TableRule, rows: &Rows, lower: bool) -> Vec<String> {
        if !raw.hide_first.is_empty() && !matches!(raw.rule, RuleKind::Merge | RuleKind::Suppress) {
            let message = "only the rules `merge` and `suppress` hide further rows";
            self.error_at_key(code::spec::RULE_DOES_NOT_FIT, &join(path, &["hide_first"]), message);
        }
        let list = match rows {
            Rows::Tree { child_list, .. } if lower => *child_list,
            rows => rows.list(),
        };
        let name = self.lists[list].name.clone();
        let known: Vec<String> = self.lists[list].codes.iter().map(|code| code.code.clone()).collect();
        let codes: Vec<String> = raw.hide_first.iter().map(|code| nfc(code).into_owned()).collect();
        for (at, code) in codes.iter().enumerate().filter(|(_, code)| !known.contains(code)) {
            let message = format!("`{name}` has no code `{code}`");
            let at = at.to_string();
            let path = join(path, &["hide_first", &at]);
            self.unknown(code::spec::UNKNOWN_CODE, &path, message, code, known.iter().map(String::as_str));
        }
        codes
    }

    /// Resolves the labels of merged rows: one for all, or one for each parent that has children.
    fn merged_labels(&mut self, path: &[&str], raw: &raw::TableRule, rows: &Rows, lower: bool) -> Vec<Prose> {
        if raw.rule != RuleKind::Merge {
            if raw.label.is_some() || raw.labels.is_some() {
                let key = if raw.label.is_some() { "label" } else { "labels" };
                let message = format!("only the rule `merge` takes `{key}`");
                self.error_at_key(code::spec::RULE_DOES_NOT_FIT, &join(path, &[key]), message);
            }
            return Vec::new();
        }
        match (rows, &raw.label, &raw.labels) {
            (Rows::Tree { list, children, .. }, None, Some(labels)) if lower => {
                let parents: Vec<String> = self.lists[*list].codes.iter().map(|code| code.code.clone()).collect();
                for code in labels.keys().filter(|code| !parents.iter().any(|parent| *parent == nfc(code))) {
                    let message = format!("no parent has the code `{code}`");
                    let place = self.yaml.tree.key(&pointer(&join(path, &["labels", code])));
                    let help = among(code, parents.iter().map(String::as_str));
                    self.findings.push(Finding::error(code::spec::UNKNOWN_CODE, message).at(place).help(help));
                }
                let mut merged = Vec::new();
                for (parent, children) in parents.iter().zip(children) {
                    match labels.iter().find(|(code, _)| nfc(code) == *parent) {
                        Some((code, label)) => merged.push(self.prose(&join(path, &["labels", code]), label)),
                        None if children.is_empty() => merged.push(Prose { text: String::new(), place: None }),
                        None => self.error_at_key(
                            code::spec::MISSING_KEY,
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
                let message = match (&raw.label, &raw.labels) {
                    (Some(_), Some(_)) => "a merged row has either `label` or `labels`",
                    (None, Some(_)) => "only the lower rows of a hierarchical table take `labels`: write `label`",
                    _ if tree => "the rule `merge` needs a `label` of the merged row, or `labels` by parent",
                    _ => "the rule `merge` needs a `label` of the merged row",
                };
                self.error(code::spec::MISSING_KEY, &join(path, &["rule"]), message);
                Vec::new()
            }
        }
    }

    pub(super) fn overrides(&mut self, raw: &[raw::Override], tables: &TiSlice<TableId, Table>) -> Vec<Override> {
        let resolved = raw.iter().enumerate().filter_map(|(at, entry)| {
            let at = at.to_string();
            if entry.reason.trim().is_empty() {
                self.error(code::spec::MISSING_REASON, &["overrides", &at, "reason"], "an override needs a reason");
            }
            let table: TableId =
                self.named(&["overrides", &at, "table"], &entry.table, tables.iter().map(|table| table.name.as_str()))?;
            let row = self.override_row(&["overrides", &at, "row"], &entry.row, &tables[table])?;
            if tables[table].rule.kind == RuleKind::None {
                self.error(
                    code::spec::RULE_DOES_NOT_FIT,
                    &["overrides", &at, "table"],
                    format!("the rule of `{}` is `none`, which hides nothing", entry.table),
                );
            }
            let jurisdictions = match &entry.jurisdictions {
                Some(codes) => self.override_jurisdictions(&at, codes),
                None => self.jurisdictions.keys().collect(),
            };
            Some(Override { table, row, jurisdictions, reason: entry.reason.clone() })
        });
        resolved.collect()
    }

    fn override_jurisdictions(&mut self, at: &str, codes: &[String]) -> BTreeSet<JurisdictionId> {
        let known: Vec<String> = self.jurisdictions.iter().map(|jurisdiction| jurisdiction.code.clone()).collect();
        let indices = codes.iter().enumerate().filter_map(|(index, code)| {
            self.named(&["overrides", at, "jurisdictions", &index.to_string()], code, known.iter().map(String::as_str))
        });
        indices.collect()
    }

    fn override_row(&mut self, path: &[&str], row: &str, table: &Table) -> Option<(CodeId, Option<CodeId>)> {
        let codes = &self.lists[table.rows.list()].codes;
        let find = |code: &str| codes.position(|candidate| candidate.code == nfc(code));
        if let Some(upper) = find(row) {
            return Some((upper, None));
        }
        if let (Rows::Tree { child_list, .. }, Some((parent, child))) = (&table.rows, row.split_once('/')) {
            let (parent, child) = (nfc(parent), nfc(child));
            let is_meant = |code: &Code| code.code == child && code.parent.as_deref() == Some(&parent);
            let child = self.lists[*child_list].codes.position(is_meant);
            if let (Some(parent), Some(child)) = (find(&parent), child) {
                return Some((parent, Some(child)));
            }
        }
        let codes: Vec<String> = codes.iter().map(|code| code.code.clone()).collect();
        self.unknown(
            code::spec::UNKNOWN_CODE,
            path,
            format!("`{}` has no row `{row}`", table.name),
            row,
            codes.iter().map(String::as_str),
        );
        None
    }
}
