//! One table of a data package: rows of all reports, as CSV.

use csv::Writer;
use serde_json::{Value, json};

use crate::unit::Digest;

/// A field of a sheet.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub name: &'static str,
    pub kind: &'static str,
    pub description: &'static str,
}

/// A sheet that grows row by row, as the CSV that it will be (RFC 4180).
pub(super) struct Sheet {
    name: String,
    title: String,
    fields: &'static [Field],
    csv: Writer<Vec<u8>>,
}

impl Sheet {
    pub(super) fn new(name: &str, title: &str, fields: &'static [Field]) -> Self {
        let name = resource_name(name);
        let mut csv = Writer::from_writer(Vec::new());
        csv.write_record(fields.iter().map(|field| field.name)).expect("memory takes every record");
        Self { name, title: title.to_owned(), fields, csv }
    }

    pub(super) fn push(&mut self, row: &[String]) {
        let cells = row.iter().zip(self.fields).map(|(text, field)| match field.kind {
            "string" => inert(text),
            _ => text.clone(),
        });
        self.csv.write_record(cells).expect("every row has one cell for each field");
    }

    /// Returns the sheet's path in the release, its bytes, and its description as a table resource of a data package.
    pub(super) fn finish(self) -> (String, Vec<u8>, Value) {
        let path = format!("data/{}.csv", self.name);
        let csv = self.csv.into_inner().expect("memory takes every record");
        let fields = self.fields.iter();
        let fields: Vec<Value> = fields
            .map(|field| json!({ "name": field.name, "type": field.kind, "description": field.description }))
            .collect();
        let resource = json!({
            "name": self.name,
            "type": "table",
            "title": self.title,
            "path": path,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": csv.len(),
            "hash": format!("sha256:{}", Digest::of(&csv)),
            "schema": { "fields": fields, "missingValues": [""] },
        });
        (path, csv, resource)
    }
}

/// Writes a name as a resource of a data package may be called: in letters, digits and hyphens of ASCII.
pub(super) fn resource_name(name: &str) -> String {
    name.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

/// Keeps a spreadsheet from taking a text for a formula: an apostrophe before what could begin one (OWASP, "CSV
/// Injection").
fn inert(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_could_be_formulas_become_inert_and_numbers_stay() {
        const FIELDS: [Field; 2] = [
            Field { name: "label", kind: "string", description: "" },
            Field { name: "count", kind: "integer", description: "" },
        ];
        let mut sheet = Sheet::new("Caller Type", "", &FIELDS);
        for label in ["=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", "\tx", "plain, with comma", "211/311"] {
            sheet.push(&[label.to_owned(), "12".into()]);
        }
        let (path, csv, _) = sheet.finish();
        assert_eq!(path, "data/caller-type.csv");
        let csv = String::from_utf8(csv).unwrap();
        insta::assert_snapshot!(csv, @r#"
        label,count
        "'=HYPERLINK(""x"")",12
        '+1,12
        '-1,12
        '@SUM(A1),12
        '	x,12
        "plain, with comma",12
        211/311,12
        "#);
    }
}
