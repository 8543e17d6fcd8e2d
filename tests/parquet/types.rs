//! The sample as Parquet, its columns of one type or another, whole and damaged.

use std::fs::{self, File};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use crate::support::Project;

const SPEC: &str = "config/nhth-2016.yaml";
const SIGNALS: &str = "data/connecticut-2016/signals.csv";
const CASES: &str = "data/connecticut-2016/cases.csv";
const LOCATIONS: &str = "data/connecticut-2016/case_locations.csv";

/// How a column of the sample is written to Parquet.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Boolean,
    Date,
    Double,
    Whole,
    /// A list of one text.
    List,
    /// A group of one text.
    Group,
    /// The same date for all, as days from 1970-01-01.
    Days(i32),
}

/// Writes a CSV of the sample as Parquet; an empty value becomes a null.
fn write_parquet(project: &Project, csv: &str, to: &str, kind: impl Fn(&str) -> Kind) {
    let text = project.read(csv);
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let rows: Vec<Vec<&str>> = lines.collect();
    let schema =
        format!("message record {{ {} }}", header.iter().map(|name| declared(name, kind(name))).collect::<String>());
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let file = File::create(project.path(to)).unwrap();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).unwrap();
    // Two row groups, so that readers have to go on.
    for part in rows.chunks(rows.len().div_ceil(2)) {
        let mut group = writer.next_row_group().unwrap();
        for (at, name) in header.iter().enumerate() {
            let cells: Vec<&str> = part.iter().map(|row| row[at]).collect();
            let mut column = group.next_column().unwrap().unwrap();
            write_column(&mut column, &cells, kind(name));
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.close().unwrap();
}

/// Declares a column in a schema.
fn declared(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Text => format!("optional binary {name} (UTF8);"),
        Kind::Boolean => format!("optional boolean {name};"),
        Kind::Date | Kind::Days(_) => format!("optional int32 {name} (DATE);"),
        Kind::Double => format!("optional double {name};"),
        Kind::Whole => format!("optional int32 {name};"),
        Kind::List => {
            format!("optional group {name} (LIST) {{ repeated group list {{ optional binary element (UTF8); }} }}")
        }
        Kind::Group => format!("optional group {name} {{ optional binary x (UTF8); }}"),
    }
}

/// Writes the cells of one column, of which those that are empty become nulls.
fn write_column(column: &mut SerializedColumnWriter<'_>, cells: &[&str], kind: Kind) {
    let whole = match kind {
        Kind::List => 3,
        Kind::Group => 2,
        _ => 1,
    };
    let levels: Vec<i16> = cells.iter().map(|cell| if cell.is_empty() { 0 } else { whole }).collect();
    let levels = Some(levels.as_slice());
    let first = vec![0; cells.len()];
    let repeats = matches!(kind, Kind::List).then_some(first.as_slice());
    let there = cells.iter().filter(|cell| !cell.is_empty());
    let epoch = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
    let day = |cell: &&str| (cell.parse::<chrono::NaiveDate>().unwrap() - epoch).num_days() as i32;
    let written = match kind {
        Kind::Text | Kind::List | Kind::Group => {
            let values: Vec<ByteArray> = there.map(|cell| ByteArray::from(*cell)).collect();
            column.typed::<ByteArrayType>().write_batch(&values, levels, repeats)
        }
        Kind::Boolean => {
            let values: Vec<bool> = there.map(|cell| *cell == "true").collect();
            column.typed::<BoolType>().write_batch(&values, levels, None)
        }
        Kind::Double => {
            let values: Vec<f64> = there.map(|cell| cell.parse().unwrap()).collect();
            column.typed::<DoubleType>().write_batch(&values, levels, None)
        }
        Kind::Date | Kind::Whole | Kind::Days(_) => {
            let value = |cell: &&str| match kind {
                Kind::Date => day(cell),
                Kind::Days(days) => days,
                _ => 1,
            };
            let values: Vec<i32> = there.map(value).collect();
            column.typed::<Int32Type>().write_batch(&values, levels, None)
        }
    };
    written.unwrap();
}

/// The natural kind of a column of the sample.
fn natural(name: &str) -> Kind {
    match name {
        "received_on" | "opened_on" => Kind::Date,
        "longitude" | "latitude" => Kind::Double,
        "related"
        | "substantive"
        | "adults"
        | "minors"
        | "females"
        | "males"
        | "transgender_females"
        | "transgender_males"
        | "gender_nonconforming"
        | "us_citizens_lprs"
        | "foreign_nationals" => Kind::Boolean,
        _ => Kind::Text,
    }
}

/// A project whose sources are Parquet files.
fn parquet_project() -> Project {
    let project = Project::new();
    for (csv, name) in [(SIGNALS, "signals"), (CASES, "cases"), (LOCATIONS, "case_locations")] {
        let parquet = format!("data/{name}.parquet");
        write_parquet(&project, csv, &parquet, natural);
        project.edit(SPEC, &format!("file: {csv}"), &format!("file: {parquet}"));
    }
    project
}

#[test]
fn the_sample_as_parquet_gives_the_same_report() {
    let expected = Project::new().text();
    let project = parquet_project();
    assert_eq!(project.text(), expected);
    // All columns may be texts, as a table written from CSV has them.
    write_parquet(&project, CASES, "data/cases.parquet", |_| Kind::Text);
    assert_eq!(project.text(), expected);
}

#[test]
fn parquet_columns_of_wrong_types_are_refused() {
    let project = parquet_project();
    let first = |says: String| says.lines().take(3).collect::<Vec<_>>().join("\n");
    let with = |wrong: &'static str, kind: Kind| {
        write_parquet(&project, CASES, "data/cases.parquet", |name| if name == wrong { kind } else { natural(name) });
        first(project.refuses(&["check", SPEC]))
    };
    insta::assert_snapshot!(with("adults", Kind::Whole), @r"
    error[data::not-a-boolean]: the value is neither `true` nor `false`: 54 times, first at row 1
      ┌─ data/cases.parquet:1, column `adults`
      = help: write `true` or `false`, without spaces around
    ");
    insta::assert_snapshot!(with("reason", Kind::Whole), @r"
    error[data::wrong-type]: a code is a text: 54 times, first at row 1
      ┌─ data/cases.parquet:1, column `reason`
    1 error
    ");
    insta::assert_snapshot!(with("case_id", Kind::Whole), @r"
    error[data::wrong-type]: an id is a text: 54 times, first at row 1
      ┌─ data/cases.parquet:1, column `case_id`
    error[data::unknown-reference]: `cases` has no record with the id `SYN-C-0037`
    ");
    insta::assert_snapshot!(with("opened_on", Kind::Whole), @r"
    error[data::not-a-date]: the value is no date like 2016-12-31, but a number: 54 times, first at row 1
      ┌─ data/cases.parquet:1, column `opened_on`
    1 error
    ");
}

#[test]
fn columns_of_lists_and_groups_are_refused_where_the_spec_needs_them_and_else_passed_over() {
    let project = parquet_project();
    let cases = project.read(CASES);
    for kind in [Kind::List, Kind::Group] {
        let with = |wrong: &'static str| {
            write_parquet(
                &project,
                CASES,
                "data/cases.parquet",
                |name| if name == wrong { kind } else { natural(name) },
            );
            project.refuses(&["check", SPEC])
        };
        for column in ["case_id", "reason", "venue"] {
            let expected = format!(
                "error[data::wrong-type]: the column holds lists or groups, and single values are needed\n  \
                 ┌─ data/cases.parquet:1, column `{column}`\n1 error\n"
            );
            assert_eq!(with(column), expected);
        }
    }
    let expected = Project::new().text();
    for kind in [Kind::List, Kind::Group] {
        let tagged =
            cases.lines().enumerate().map(|(at, line)| format!("{},{line}\n", ["tags", "a", ""][at.min(1 + at % 2)]));
        project.write(CASES, tagged.collect::<String>());
        write_parquet(&project, CASES, "data/cases.parquet", |name| if name == "tags" { kind } else { natural(name) });
        assert_eq!(project.text(), expected);
    }
}

#[test]
fn days_that_no_date_names_are_refused() {
    let project = parquet_project();
    let says = |days: i32| {
        write_parquet(&project, CASES, "data/cases.parquet", |name| {
            if name == "opened_on" { Kind::Days(days) } else { natural(name) }
        });
        project.refuses(&["check", SPEC])
    };
    // From 0001-01-01 on, to 9999-12-31.
    for days in [-719_162, 2_932_896] {
        let expected = "error[data::outside-period]: the date lies outside the period 2016-01-01 to 2016-12-31: 54 times, \
                        first at row 1\n  ┌─ data/cases.parquet:1, column `opened_on`\n1 error\n";
        assert_eq!(says(days), expected);
    }
    for days in [-719_163, 2_932_897, i32::MIN, i32::MAX] {
        let expected = "error[data::not-a-date]: the value is no date like 2016-12-31, but a day before the year 1 or after \
                        9999: 54 times, first at row 1\n  ┌─ data/cases.parquet:1, column `opened_on`\n\
                        1 error\n";
        assert_eq!(says(days), expected);
    }
}

#[test]
fn a_parquet_file_that_is_cut_off_or_none_at_all_is_refused() {
    let project = parquet_project();
    let whole = fs::read(project.path("data/cases.parquet")).unwrap();
    let says = "error[data::not-parquet]: the file cannot be read as Parquet\n  ┌─ data/cases.parquet\n  \
                = help: it is another kind of file, or was cut off: write it again\n\
                1 error\n";
    let csv = project.read(CASES).into_bytes();
    for content in [&whole[..whole.len() / 2], &whole[..whole.len() - 1], &whole[100..], b"", b"PAR1", &csv] {
        project.write("data/cases.parquet", content);
        assert_eq!(project.refuses(&["check", SPEC]), says, "{} bytes", content.len());
    }
}

#[test]
fn a_damaged_parquet_file_is_refused_or_read_but_nothing_panics() {
    let project = parquet_project();
    let whole = fs::read(project.path("data/case_locations.parquet")).unwrap();
    // The library panics on some damage of the footer; that is where most places are tried.
    let footer = whole.len().saturating_sub(1000);
    for at in (0..footer).step_by(150).chain((footer..whole.len()).step_by(20)).chain(1870..1890) {
        for change in [0x01, 0xff] {
            let mut damaged = whole.clone();
            damaged[at] ^= change;
            project.write("data/case_locations.parquet", &damaged);
            // Pages are of no matter here, and take most of the time of a check.
            let output = project.platen(&["build", SPEC, "--text"]);
            let says = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)) && !says.contains("panicked"), "byte {at}: {says}");
        }
    }
}
