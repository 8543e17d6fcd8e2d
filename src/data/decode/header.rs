//! The header of a file: where the spec's columns stand.

use std::sync::Arc;

use crate::diag::{Finding, Place, Tally, nearest};

use super::Decoder;

impl Decoder<'_> {
    /// Finds the spec's columns; reports those that are missing or stand twice.
    pub(super) fn columns(&self, name: &Arc<str>, header: &[&str], tally: &mut Tally) -> Option<Vec<usize>> {
        if !self.source.columns.iter().any(|column| header.contains(&column.name.as_str())) {
            tally.add("data::missing-column", || self.no_column(name));
            return None;
        }
        let mut positions = Vec::new();
        for column in &self.source.columns {
            let mut found = header.iter().enumerate().filter(|(_, one)| **one == column.name).map(|(at, _)| at);
            match (found.next(), found.next()) {
                (Some(at), None) => positions.push(at),
                (Some(_), Some(_)) => tally.add("data::duplicate-column", || {
                    Finding::error("data::duplicate-column", format!("the header names `{}` twice", column.name))
                        .at(header_place(name, &column.name))
                }),
                (None, _) => tally.add("data::missing-column", || {
                    let spare =
                        header.iter().copied().filter(|one| !self.source.columns.iter().any(|c| c.name == **one));
                    let help = nearest(&column.name, spare).map(|known| format!("the header has `{known}`"));
                    Finding::error(
                        "data::missing-column",
                        format!("`{}` needs the column `{}`", self.source.name, column.name),
                    )
                    .at(header_place(name, &column.name))
                    .help(help)
                }),
            }
        }
        (positions.len() == self.source.columns.len()).then_some(positions)
    }

    fn no_column(&self, name: &Arc<str>) -> Finding {
        let columns: Vec<&str> = self.source.columns.iter().map(|column| column.name.as_str()).collect();
        let message = format!("the header names none of the columns of `{}`", self.source.name);
        Finding::error("data::missing-column", message)
            .at(Place::Record { file: name.clone(), line: 1, column: None })
            .help(format!("the first line must name them with commas between: {}", columns.join(",")))
    }
}

fn header_place(name: &Arc<str>, column: &str) -> Place {
    Place::Record { file: name.clone(), line: 1, column: Some(column.to_owned()) }
}
