//! Conditions, checked against the columns they test.

use chrono::{Datelike, NaiveDate};

use crate::diag::{Finding, code};
use crate::report_spec::model::{ColumnId, ColumnType, JurisdictionId, Source, Test};
use crate::report_spec::raw::{Condition, Literal};
use crate::unit::nfc;

use super::Resolver;

/// Numbers a boolean as data columns do.
pub(in crate::report_spec) fn boolean(value: bool) -> u32 {
    if value { 2 } else { 1 }
}

/// Numbers a date as data columns do: days of the common era.
pub(in crate::report_spec) fn day(date: NaiveDate) -> u32 {
    u32::try_from(date.num_days_from_ce()).unwrap_or(0)
}

impl Resolver<'_> {
    /// Resolves a condition on the records of a source.
    pub(super) fn test(&mut self, path: &[&str], raw: &Condition, source: &Source) -> Option<Test> {
        let forms = [
            raw.is.is_some(),
            raw.one_of.is_some(),
            raw.from.is_some() || raw.to.is_some(),
            raw.empty.is_some(),
            raw.all.is_some(),
            raw.any.is_some(),
            raw.not.is_some(),
        ];
        let combines = forms[4..].iter().any(|form| *form);
        if forms.iter().filter(|form| **form).count() != 1 || combines == raw.column.is_some() {
            let message = match forms_of(raw).as_slice() {
                [] if raw.column.is_some() => {
                    "a condition on a column needs `is`, `in`, `from`, `to` or `empty`".into()
                }
                [] => "a condition needs a `column`, or `all`, `any` or `not`".into(),
                [form] if combines => format!("a condition with `{form}` has no `column`"),
                [form] => format!("a condition with `{form}` needs a `column`"),
                several => format!("a condition has one form, and this one has `{}`", several.join("` and `")),
            };
            self.error(code::spec::CONDITION, path, message);
            return None;
        }
        if let Some(parts) = &raw.all {
            return self.tests(path, "all", parts, source).map(Test::All);
        }
        if let Some(parts) = &raw.any {
            return self.tests(path, "any", parts, source).map(Test::Any);
        }
        if let Some(inner) = &raw.not {
            let test = self.test(&join(path, &["not"]), inner, source)?;
            return Some(Test::Not(Box::new(test)));
        }
        self.column_test(path, raw, source)
    }

    fn tests(&mut self, path: &[&str], key: &str, parts: &[Condition], source: &Source) -> Option<Vec<Test>> {
        let tests: Vec<Option<Test>> = parts
            .iter()
            .enumerate()
            .map(|(index, part)| self.test(&join(path, &[key, &index.to_string()]), part, source))
            .collect();
        tests.into_iter().collect()
    }

    fn column_test(&mut self, path: &[&str], raw: &Condition, source: &Source) -> Option<Test> {
        let name = raw.column.as_deref()?;
        let column = self.column(&join(path, &["column"]), name, source)?;
        if let Some(literal) = &raw.is {
            let value = self.literal(&join(path, &["is"]), literal, source, column)?;
            return Some(Test::In { column, values: value });
        }
        if let Some(literals) = &raw.one_of {
            let mut values = Vec::new();
            for (index, literal) in literals.iter().enumerate() {
                values.extend(self.literal(&join(path, &["in", &index.to_string()]), literal, source, column)?);
            }
            return Some(Test::In { column, values });
        }
        if let Some(empty) = raw.empty {
            let is_empty = Test::In { column, values: vec![0] };
            return Some(if empty { is_empty } else { Test::Not(Box::new(is_empty)) });
        }
        if source.columns[column].kind != ColumnType::Date {
            self.error(
                code::spec::CONDITION,
                &join(path, &["column"]),
                format!("`from` and `to` compare dates, and `{name}` is no column of type `date`"),
            );
            return None;
        }
        let from = raw.from.as_ref().map(|text| self.date(&join(path, &["from"]), text));
        let to = raw.to.as_ref().map(|text| self.date(&join(path, &["to"]), text));
        Some(Test::Between {
            column,
            from: from.map_or(Some(1), |date| date.map(day))?,
            to: to.map_or(Some(u32::MAX), |date| date.map(day))?,
        })
    }

    /// Resolves a column's name.
    pub(super) fn column(&mut self, path: &[&str], name: &str, source: &Source) -> Option<ColumnId> {
        let found = source.columns.position(|column| nfc(&column.name) == nfc(name));
        if found.is_none() {
            let message = format!("`{}` has no column `{name}`", source.name);
            self.unknown(
                code::spec::UNKNOWN_COLUMN,
                path,
                message,
                name,
                source.columns.iter().map(|column| column.name.as_str()),
            );
        }
        found
    }

    /// Numbers a value as its column does; a code may stand below several parents.
    fn literal(&mut self, path: &[&str], literal: &Literal, source: &Source, column: ColumnId) -> Option<Vec<u32>> {
        let column = &source.columns[column];
        match (column.kind, literal) {
            (ColumnType::Boolean, Literal::Boolean(value)) => Some(vec![boolean(*value)]),
            (ColumnType::Date, Literal::Text(text)) => self.date(path, text).map(|date| vec![day(date)]),
            (ColumnType::Jurisdiction, Literal::Text(code)) => {
                let codes: Vec<String> =
                    self.jurisdictions.iter().map(|jurisdiction| jurisdiction.code.clone()).collect();
                self.named(path, code, codes.iter().map(String::as_str))
                    .map(|found: JurisdictionId| vec![found.number()])
            }
            (ColumnType::Code, Literal::Text(code)) => {
                let spellings = self.lists[column.list?].spellings();
                let (values, codes): (Vec<Option<u32>>, Vec<String>) = spellings
                    .map(|(spelling, _, at)| ((spelling == nfc(code)).then(|| at.number()), spelling.to_owned()))
                    .unzip();
                let values: Vec<u32> = values.into_iter().flatten().collect();
                if values.is_empty() {
                    let message = format!("`{}` takes no code `{code}`", column.name);
                    self.unknown(code::spec::UNKNOWN_CODE, path, message, code, codes.iter().map(String::as_str));
                    return None;
                }
                Some(values)
            }
            (kind, _) => {
                let message = match kind {
                    ColumnType::Boolean => format!("`{}` is either `true` or `false`", column.name),
                    ColumnType::Code | ColumnType::Jurisdiction => format!("`{}` is compared with a code", column.name),
                    ColumnType::Date => format!("`{}` is compared with a date", column.name),
                    _ => format!(
                        "`{}` cannot be compared: only codes, jurisdictions, booleans and dates can",
                        column.name
                    ),
                };
                let help = match literal {
                    Literal::Boolean(value) if kind == ColumnType::Code => {
                        Some(format!("write it in quotes: \"{value}\""))
                    }
                    _ => None,
                };
                let finding = Finding::error(code::spec::CONDITION, message).at(self.place(path)).help(help);
                self.findings.push(finding);
                None
            }
        }
    }
}

/// Names the forms that a condition has.
fn forms_of(raw: &Condition) -> Vec<&'static str> {
    let forms = [
        ("is", raw.is.is_some()),
        ("in", raw.one_of.is_some()),
        ("from", raw.from.is_some()),
        ("to", raw.to.is_some() && raw.from.is_none()),
        ("empty", raw.empty.is_some()),
        ("all", raw.all.is_some()),
        ("any", raw.any.is_some()),
        ("not", raw.not.is_some()),
    ];
    forms.into_iter().filter(|(_, there)| *there).map(|(form, _)| form).collect()
}

/// Appends keys to a path.
pub(super) fn join<'k>(path: &[&'k str], more: &[&'k str]) -> Vec<&'k str> {
    [path, more].concat()
}
