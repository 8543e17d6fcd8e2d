//! The header of a file: where the spec's columns stand.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diag::{Finding, Place, Tally, code, nearest};
use crate::report_spec::{ColumnId, TiVec};
use crate::unit::nfc;

use super::{Decoder, shown};

/// What a header may have between its names in the place of commas.
const SEPARATORS: [(char, &str); 3] = [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")];

impl Decoder<'_> {
    /// Finds the spec's columns in a file's header, which stands on this line; reports those that are missing or stand
    /// twice.
    pub(in crate::confidential::data) fn positions(
        &mut self,
        name: &Arc<str>,
        line: u64,
        header: &[&str],
        tally: &mut Tally,
    ) -> Option<TiVec<ColumnId, usize>> {
        let header: Vec<Cow<'_, str>> = header.iter().map(|name| nfc(name)).collect();
        let header: Vec<&str> = header.iter().map(Cow::as_ref).collect();
        let positions = self.columns(name, line, &header, tally);
        if positions.is_none() {
            self.mark_incomplete();
        }
        positions
    }

    fn columns(
        &self,
        name: &Arc<str>,
        line: u64,
        header: &[&str],
        tally: &mut Tally,
    ) -> Option<TiVec<ColumnId, usize>> {
        let place = |column: &str| Place::Record { file: name.clone(), line, column: Some(column.to_owned()) };
        if !self.source.columns.iter().any(|column| header.contains(&nfc(&column.name).as_ref())) {
            tally.add(code::data::MISSING_COLUMN, || {
                self.no_column(header).at(Place::Record { file: name.clone(), line, column: None })
            });
            return None;
        }
        let mut positions = TiVec::new();
        for column in &self.source.columns {
            let wanted = nfc(&column.name);
            let mut found = header.iter().enumerate().filter(|(_, name)| **name == wanted).map(|(at, _)| at);
            match (found.next(), found.next()) {
                (Some(at), None) => positions.push(at),
                (Some(_), Some(_)) => tally.add(code::data::DUPLICATE_COLUMN, || {
                    Finding::error(code::data::DUPLICATE_COLUMN, format!("the header names `{}` twice", column.name))
                        .at(place(&column.name))
                }),
                (None, _) => tally.add(code::data::MISSING_COLUMN, || {
                    let message = format!("`{}` needs the column `{}`", self.source.name, column.name);
                    let help = self.similar(&column.name, header);
                    Finding::error(code::data::MISSING_COLUMN, message).at(place(&column.name)).help(help)
                }),
            }
        }
        (positions.len() == self.source.columns.len()).then_some(positions)
    }

    /// Names a column of the file that is probably meant by one of the spec.
    fn similar(&self, column: &str, header: &[&str]) -> Option<String> {
        let spare = header.iter().copied().filter(|name| !self.source.columns.iter().any(|c| c.name == **name));
        nearest(column, spare).map(|known| format!("the header has `{}`", shown(known)))
    }

    fn no_column(&self, header: &[&str]) -> Finding {
        let columns: Vec<&str> = self.source.columns.iter().map(|column| column.name.as_str()).collect();
        if header.first().is_some_and(|first| first.starts_with("sep=")) {
            return Finding::error(code::data::MISSING_COLUMN, "the first line is `sep=…`, and no header")
                .help("take the line out, which nothing but Excel reads".to_owned());
        }
        let separator = SEPARATORS.iter().find(|(c, _)| matches!(header, [name] if name.contains(*c)));
        let message = match separator {
            Some((_, words)) => format!("the header has {words} between its names, and not commas"),
            None => format!("the header names none of the columns of `{}`", self.source.name),
        };
        let help = match separator {
            Some(_) => "save the file with commas between its values".to_owned(),
            None => format!("the first line must name them with commas between: {}", columns.join(",")),
        };
        Finding::error(code::data::MISSING_COLUMN, message).help(help)
    }
}
