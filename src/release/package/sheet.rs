//! One table of a data package: rows of all reports, as CSV.

use csv::WriterBuilder;
use serde_json::{Value, json};

/// A field of a sheet.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub name: &'static str,
    pub kind: &'static str,
    pub description: &'static str,
}

/// A sheet that grows row by row.
pub(super) struct Sheet {
    name: String,
    title: String,
    fields: Vec<Field>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    pub(super) fn new(name: &str, title: &str, fields: &[Field]) -> Self {
        let name = name.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        Self { name, title: title.to_owned(), fields: fields.to_vec(), rows: Vec::new() }
    }

    pub(super) fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// Returns the sheet's path in the release.
    pub(super) fn path(&self) -> String {
        format!("data/{}.csv", self.name)
    }

    /// Writes the sheet (RFC 4180).
    pub(super) fn csv(&self) -> Vec<u8> {
        let mut writer = WriterBuilder::new().from_writer(Vec::new());
        let header: Vec<&str> = self.fields.iter().map(|field| field.name).collect();
        writer.write_record(header).expect("memory takes every record");
        for row in &self.rows {
            let cells = row.iter().zip(&self.fields).map(|(text, field)| match field.kind {
                "string" => inert(text),
                _ => text.clone(),
            });
            writer.write_record(cells).expect("every row has one cell for each field");
        }
        writer.into_inner().expect("memory takes every record")
    }

    /// Describes the sheet as a table resource of a data package.
    pub(super) fn resource(&self, bytes: usize, digest: &str) -> Value {
        let fields: Vec<Value> = self
            .fields
            .iter()
            .map(|field| json!({ "name": field.name, "type": field.kind, "description": field.description }))
            .collect();
        json!({
            "name": self.name,
            "type": "table",
            "title": self.title,
            "path": self.path(),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": bytes,
            "hash": format!("sha256:{digest}"),
            "schema": { "fields": fields, "missingValues": [""] },
        })
    }
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
        let text = Field { name: "label", kind: "string", description: "" };
        let count = Field { name: "count", kind: "integer", description: "" };
        let mut sheet = Sheet::new("Caller Type", "", &[text, count]);
        for label in ["=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", "\tx", "plain, with comma", "211/311"] {
            sheet.push(vec![label.to_owned(), "12".into()]);
        }
        let csv = String::from_utf8(sheet.csv()).unwrap();
        assert_eq!(sheet.path(), "data/caller-type.csv");
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
