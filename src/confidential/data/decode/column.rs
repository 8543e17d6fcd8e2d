//! What a cell becomes in a column of each type.

use crate::diag::code;
use crate::report_spec::{Column, ColumnId, ColumnType, TiSlice};
use crate::unit::{character_name, nfc, unseen};

use super::date::{DAYS, date, day, form};
use super::value::{Hint, boolean, empty};
use super::{Cell, Decoded, Decoder, Fault, fault, missing, shown};

/// How many bytes an identifier may take: all of a source are kept.
const ID_BYTES: usize = 1024;

impl Decoder<'_> {
    /// Decodes a value, given those of the columns before it.
    pub(super) fn decode(
        &mut self,
        at: ColumnId,
        column: &Column,
        cell: Cell<'_>,
        row: &TiSlice<ColumnId, u32>,
    ) -> Decoded {
        match column.kind {
            // What belongs to an unknown parent cannot be told.
            ColumnType::Code if self.is_faulty(column.parent) => Ok(0),
            ColumnType::Code => self.code(at, column, cell, row),
            _ if matches!(cell, Cell::Empty) => empty(column),
            ColumnType::Id => self.id(cell),
            ColumnType::Reference => self.reference(column, cell),
            ColumnType::Jurisdiction => self.jurisdiction(cell),
            ColumnType::Boolean => boolean(cell),
            ColumnType::Date => self.date(column, cell),
            ColumnType::County => self.county(cell),
            ColumnType::Longitude | ColumnType::Latitude => Ok(0),
        }
    }

    fn id(&mut self, cell: Cell<'_>) -> Decoded {
        let Cell::Text(id) = cell else { return Err(fault(code::data::WRONG_TYPE, "an id is a text")) };
        if let Err(fault) = visible_id(id) {
            // What refers to the id without that character is not at fault.
            self.mark_incomplete();
            return Err(fault);
        }
        let (at, is_new) = self.registry[self.index].ids.insert_full(nfc(id).into());
        if !is_new {
            return Err(fault(
                code::data::DUPLICATE_ID,
                format!("the id `{}` stands in an earlier record too", shown(id)),
            ));
        }
        u32::try_from(at + 1).map_err(|_| fault(code::data::TOO_MANY, "a source holds at most 4 billion records"))
    }

    fn reference(&self, column: &Column, cell: Cell<'_>) -> Decoded {
        let Cell::Text(id) = cell else { return Err(fault(code::data::WRONG_TYPE, "an id is a text")) };
        visible_id(id)?;
        let source = column.source.unwrap_or(self.index);
        let ids = &self.registry[source];
        if ids.is_incomplete {
            return Ok(0);
        }
        let number = ids.ids.get_index_of(nfc(id).as_ref()).and_then(|at| u32::try_from(at + 1).ok());
        number.ok_or_else(|| {
            let message = format!("`{}` has no record with the id `{}`", self.spec.sources[source].name, shown(id));
            fault(code::data::UNKNOWN_REFERENCE, message)
        })
    }

    fn jurisdiction(&self, cell: Cell<'_>) -> Decoded {
        let Cell::Text(code) = cell else { return Err(fault(code::data::WRONG_TYPE, "a jurisdiction is a code")) };
        self.jurisdictions.get(&nfc(code)).copied().ok_or_else(|| Fault {
            hint: Hint::Jurisdictions,
            ..fault(code::data::UNKNOWN_JURISDICTION, format!("no jurisdiction has the code `{}`", shown(code)))
        })
    }

    fn date(&self, column: &Column, cell: Cell<'_>) -> Decoded {
        let read = match cell {
            Cell::Text(text) => date(text).map(day),
            Cell::Day(day) => u32::try_from(day).ok().filter(|day| DAYS.contains(day)),
            _ => None,
        };
        let day = read.ok_or_else(|| no_date(cell))?;
        if column.in_period && !(self.period.0..=self.period.1).contains(&day) {
            let message = format!("the date lies outside the period {} to {}", self.spec.period.0, self.spec.period.1);
            return Err(fault(code::data::OUTSIDE_PERIOD, message));
        }
        Ok(day)
    }

    fn county(&self, cell: Cell<'_>) -> Decoded {
        let text = if let Cell::Text(text) = cell { text } else { "" };
        if !is_geoid(text) {
            let fault = fault(code::data::NOT_A_COUNTY, "the value is no county GEOID");
            return Err(Fault { hint: Hint::Counties, ..fault });
        }
        if let Some(counties) = self.counties
            && !counties.knows(text)
        {
            let message = format!("the boundaries of {} have no county `{text}`", counties.vintage());
            return Err(Fault { hint: Hint::Counties, ..fault(code::data::UNKNOWN_COUNTY, message) });
        }
        text.parse().map_err(|_| fault(code::data::NOT_A_COUNTY, "the value is no county GEOID"))
    }

    fn code(&self, at: ColumnId, column: &Column, cell: Cell<'_>, row: &TiSlice<ColumnId, u32>) -> Decoded {
        let parent = column.parent.map_or(0, |parent| row.get(parent).copied().unwrap_or(0));
        let code = match cell {
            Cell::Empty => "",
            Cell::Text(code) => code,
            _ => return Err(fault(code::data::WRONG_TYPE, "a code is a text")),
        };
        let code = nfc(code);
        let siblings = self.codes[at].get(parent as usize);
        if let Some(number) = siblings.and_then(|siblings| siblings.get(&code)) {
            return Ok(*number);
        }
        if code.is_empty() {
            let has_siblings = column.parent.is_some() && siblings.is_some_and(|siblings| !siblings.is_empty());
            return if column.optional && !has_siblings { Ok(0) } else { Err(missing()) };
        }
        if self.codes[at].iter().any(|siblings| siblings.contains_key(&code)) {
            let parent = column.parent.map_or("", |parent| &self.source.columns[parent].name);
            let message = format!("the code `{}` does not belong to the record's `{parent}`", shown(&code));
            return Err(Fault { hint: Hint::Parents, ..fault(code::data::WRONG_PARENT, message) });
        }
        let message = format!("`{}` takes no code `{}`", column.name, shown(&code));
        Err(Fault { hint: Hint::Codes(parent), ..fault(code::data::UNKNOWN_CODE, message) })
    }
}

/// Tells whether a text has the form of a county's GEOID.
pub(super) fn is_geoid(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn no_date(cell: Cell<'_>) -> Fault {
    let seen = match cell {
        Cell::Text(text) => form(text),
        Cell::Day(_) => Some("a day before the year 1 or after 9999"),
        Cell::Time => Some("a time of day"),
        Cell::Number(_) => Some("a number"),
        _ => None,
    };
    let seen = seen.map_or_else(String::new, |form| format!(", but {form}"));
    fault(code::data::NOT_A_DATE, format!("the value is no date like 2016-12-31{seen}"))
}

/// Refuses an identifier that an eye takes for another one, and one that is too long to be one.
fn visible_id(id: &str) -> Result<(), Fault> {
    if id.len() > ID_BYTES {
        return Err(fault(code::data::TOO_LARGE, format!("an id takes at most {ID_BYTES} bytes, and this one more")));
    }
    let Some(unseen) = unseen(id) else { return Ok(()) };
    let message = match id.chars().all(|c| c == unseen) {
        true => format!("the id is nothing but {}", character_name(unseen)),
        false => format!("the id `{}` {}", shown(id), where_unseen(id, unseen)),
    };
    let hint = Hint::Words("an eye cannot tell it from an id without this character: take it out");
    Err(Fault { hint, ..fault(code::data::UNSEEN_CHARACTER, message) })
}

/// Says where in a text a character stands: `begins with U+0020 SPACE`.
pub(super) fn where_unseen(text: &str, unseen: char) -> String {
    let verb = match text {
        text if text.starts_with(unseen) => "begins with",
        text if text.ends_with(unseen) => "ends with",
        _ => "holds",
    };
    format!("{verb} {}", character_name(unseen))
}
