//! The published tables of all reports as a data package, so that analysts need not copy them from PDFs.
//!
//! Data Package 2.0 (<https://datapackage.org/standard/data-package/>): one sheet for each table of the edition over
//! all jurisdictions, and the JSON of each report. It holds what the pages hold, cell by cell.

mod names;
mod sheet;

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::figures::{PublishedRow, PublishedTables};
use crate::report_spec::CellKind;

use super::manifest::{Manifest, ReportEntry};

pub use names::must_have_sheets;
use sheet::{Field, Sheet};

const JURISDICTION: Field = Field { name: "jurisdiction", kind: "string", description: "Code of the jurisdiction." };
const NAME: Field = Field { name: "jurisdiction_name", kind: "string", description: "Its name." };

const ROWS: [Field; 10] = [
    JURISDICTION,
    NAME,
    Field { name: "row", kind: "string", description: "Codes of the row, from the top down." },
    Field { name: "label", kind: "string", description: "Label of the row as printed." },
    Field { name: "role", kind: "string", description: "row, subtotal, child, merged or total." },
    Field { name: "level", kind: "integer", description: "Depth of the label." },
    Field { name: "count", kind: "integer", description: "The count, where it is published." },
    Field { name: "count_printed", kind: "string", description: "The count's cell as printed." },
    Field { name: "percent_printed", kind: "string", description: "The percent's cell as printed." },
    Field { name: "hidden", kind: "boolean", description: "The count is withheld to protect people." },
];

const COUNTERS: [Field; 4] = [
    JURISDICTION,
    NAME,
    Field { name: "label", kind: "string", description: "What is counted." },
    Field { name: "value_printed", kind: "string", description: "The figure as printed." },
];

const COUNTIES: [Field; 6] = [
    JURISDICTION,
    NAME,
    Field { name: "map", kind: "string", description: "Name of the map." },
    Field {
        name: "county",
        kind: "string",
        description: "GEOID of the county; counties that are not shaded are left out.",
    },
    Field { name: "county_name", kind: "string", description: "Its name as printed." },
    Field { name: "class", kind: "string", description: "The county's class in the words of the legend." },
];

/// The sheets of a data package, which grow report by report: the reports themselves are not kept.
pub(super) struct Sheets {
    tables: IndexMap<String, Sheet>,
    counters: Sheet,
    counties: Sheet,
}

impl Sheets {
    pub(super) fn new() -> Self {
        Self {
            tables: IndexMap::new(),
            counters: Sheet::new("counters", "Counters", &COUNTERS),
            counties: Sheet::new("counties", "Counties by class", &COUNTIES),
        }
    }

    /// Adds the published tables of a report.
    pub(super) fn add(&mut self, report: &PublishedTables) {
        let whose = [&report.jurisdiction.code, &report.jurisdiction.name].map(String::as_str);
        let with = |rest: &[&str]| -> Vec<String> { whose.iter().chain(rest).map(|text| (*text).to_owned()).collect() };
        for table in &report.tables {
            if !self.tables.contains_key(&table.id) {
                self.tables.insert(table.id.clone(), Sheet::new(&table.id, &table.title, &ROWS));
            }
            let sheet = &mut self.tables[&table.id];
            let kinds: Vec<CellKind> = table.columns.iter().map(|column| column.kind).collect();
            table.rows.iter().for_each(|row| sheet.push(&with(&cells(row, &kinds).each_ref().map(String::as_str))));
        }
        for counter in &report.counters {
            self.counters.push(&with(&[&counter.label, &counter.value]));
        }
        for map in &report.maps {
            for county in map.counties.keys() {
                let name = map.names.get(county).map_or("", String::as_str);
                let class = map.class_of(county.as_str());
                self.counties.push(&with(&[&map.id, county.as_str(), name, class]));
            }
        }
    }

    /// Makes the files of the package: the sheets, and `datapackage.json` last.
    pub(super) fn package(self, manifest: &Manifest) -> Vec<(String, Vec<u8>)> {
        let (mut files, mut resources) = (Vec::new(), Vec::new());
        for sheet in self.tables.into_values().chain([self.counters, self.counties]) {
            let (path, csv, resource) = sheet.finish();
            resources.push(resource);
            files.push((path, csv));
        }
        resources.extend(manifest.reports.iter().filter_map(resource));
        files.push(("datapackage.json".into(), descriptor(manifest, resources)));
        files
    }
}

/// Describes the tables of a report as a resource of the package.
fn resource(report: &ReportEntry) -> Option<Value> {
    let file = report.tables()?;
    Some(json!({
        "name": format!("tables-{}", report.jurisdiction.to_lowercase()),
        "title": report.title,
        "path": file.path,
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.digest),
    }))
}

fn descriptor(manifest: &Manifest, resources: Vec<Value>) -> Vec<u8> {
    let mut descriptor = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": manifest.edition.to_lowercase(),
        "title": manifest.title,
        "version": manifest.revision.to_string(),
        "contributors": [{ "title": manifest.publisher, "roles": ["publisher"] }],
    });
    if let (Some(notice), Some(fields)) = (&manifest.notice, descriptor.as_object_mut()) {
        fields.insert("description".into(), notice.clone().into());
    }
    descriptor["resources"] = resources.into();
    let mut text = serde_json::to_vec_pretty(&descriptor).expect("a descriptor holds only text and numbers");
    text.push(b'\n');
    text
}

fn cells(row: &PublishedRow, kinds: &[CellKind]) -> [String; 8] {
    let cell = |kind: CellKind| kinds.iter().position(|other| *other == kind).and_then(|at| row.cells.get(at));
    let text = |kind: CellKind| cell(kind).map(|cell| cell.text.clone()).unwrap_or_default();
    let count = cell(CellKind::Count);
    [
        row.key.join("/"),
        text(CellKind::Label),
        row.role.name().to_owned(),
        row.level.to_string(),
        count.and_then(|cell| cell.value).map(|value| value.to_string()).unwrap_or_default(),
        text(CellKind::Count),
        text(CellKind::Percent),
        count.is_some_and(|cell| cell.hidden).to_string(),
    ]
}
