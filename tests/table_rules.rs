//! Rules of tables on small records of an invented office: order, base of percents, totals.

use crate::support::Project;

/// A spec of one table; `table` is its YAML in flow style without braces.
fn spec(table: &str, more: &str) -> String {
    format!(
        "edition: small\ntitle: Small\npublisher: Office of Examples\nsubject: Invented cases\noutput: small\n\
         layout: layouts/nhth-2016\nlanguage: {{ locale: en_US, dates: {{}} }}\n\
         period: {{ from: 2020-01-01, to: 2020-12-31 }}\ndata_date: 2021-02-01\njurisdictions:\n  TM: {{ name: Talmora }}\n\
         sources:\n  cases:\n    file: data/small.csv\n    columns:\n      id: {{ type: id }}\n      region: {{ type: jurisdiction }}\n      \
         kind: {{ type: code, list: kind }}\n      place: {{ type: code, list: place, parent: kind }}\n      \
         year: {{ type: code, list: year }}\n      first: {{ type: boolean }}\n      second: {{ type: boolean }}\n\
         code_lists:\n  kind: [ {{ code: a, label: Kind A }}, {{ code: b, label: Kind B }}, {{ code: c, label: Kind C }}, {{ code: d, label: Kind D }} ]\n  \
         place:\n    - {{ parent: a, code: p, label: Place P }}\n    - {{ parent: a, code: q, label: Place Q }}\n    \
         - {{ parent: a, code: r, label: Place R }}\n    - {{ parent: b, code: p, label: Place P }}\n    - {{ parent: c, code: p, label: Place P }}\n    \
         - {{ parent: d, code: p, label: Place P }}\n  \
         year: [ {{ code: \"1\", label: One }}, {{ code: \"2\", label: Two }} ]\n  flag: [ {{ code: first, label: First }}, {{ code: second, label: Second }} ]\n\
         populations:\n  cases: {{ source: cases, jurisdiction: region, small_counts: mask }}\n\
         small_counts: {{ threshold: 3, zero: show, prose: few, counter: few, cell: few, neutral: hidden, percent: n/a }}\n\
         tables:\n  one: {{ {table} }}\nrunning_head: {{ series: OFFICE, line: Report }}\ncontent:\n  - table: one\n{more}"
    )
}

const COLUMNS: &str =
    "columns: [ { cell: label, head: ROW }, { cell: count, head: CASES }, { cell: percent, head: \"%\" } ]";

/// Records as `(kind, place, year, first, second)`, each so many times.
fn project(table: &str, records: &[(usize, &str)]) -> Project {
    let project = Project::new();
    let rows = records.iter().flat_map(|(count, record)| std::iter::repeat_n(*record, *count));
    let rows: Vec<String> = rows.enumerate().map(|(id, record)| format!("{id},TM,{record}")).collect();
    project.write("data/small.csv", format!("id,region,kind,place,year,first,second\n{}\n", rows.join("\n")));
    project.write("config/small.yaml", spec(table, ""));
    project
}

/// The rows of the only table as they are printed, cells divided by `|`.
fn rows(table: &str, records: &[(usize, &str)]) -> Vec<String> {
    let text = project(table, records).succeeds(&["build", "config/small.yaml", "--text"]);
    let table = text.split("ROW\t").nth(1).expect("the table").lines().skip(1).take_while(|line| !line.is_empty());
    table.map(|line| line.replace('\t', "|")).collect()
}

#[test]
fn in_the_order_of_the_list_every_row_keeps_its_place_hidden_or_not() {
    let records =
        [(30, "a,p,1,true,false"), (1, "b,p,1,true,false"), (20, "c,p,1,true,false"), (2, "d,p,1,true,false")];
    let of = |rule: &str| {
        rows(&format!("of: cases, rows: {{ codes: kind }}, {COLUMNS}, order: list, zero_rows: keep, {rule}"), &records)
    };
    assert_eq!(
        of("small_counts: { rule: suppress }"),
        ["Kind A|30|56.6%", "Kind B|hidden|n/a", "Kind C|20|37.7%", "Kind D|hidden|n/a"]
    );
    assert_eq!(
        of("small_counts: { rule: mask }"),
        ["Kind A|30|56.6%", "Kind B|few|n/a", "Kind C|20|37.7%", "Kind D|few|n/a"]
    );
    // By count, what is hidden stands behind the others, in the order of the list.
    let by_count = rows(
        &format!("of: cases, rows: {{ codes: kind }}, {COLUMNS}, zero_rows: keep, small_counts: {{ rule: mask }}"),
        &[(1, "a,p,1,true,false"), (10, "b,p,1,true,false"), (20, "c,p,1,true,false"), (2, "d,p,1,true,false")],
    );
    assert_eq!(by_count, ["Kind C|20|60.6%", "Kind B|10|30.3%", "Kind A|few|n/a", "Kind D|few|n/a"]);
}

#[test]
fn a_row_pinned_last_stays_last_in_the_order_of_the_list() {
    let project = project(
        &format!(
            "of: cases, rows: {{ codes: kind }}, {COLUMNS}, order: list, zero_rows: keep, small_counts: {{ rule: mask }}"
        ),
        &[(1, "a,p,1,true,false"), (10, "b,p,1,true,false"), (20, "c,p,1,true,false"), (2, "d,p,1,true,false")],
    );
    project.edit("config/small.yaml", "label: Kind A", "label: Kind A, last: true");
    let text = project.succeeds(&["build", "config/small.yaml", "--text"]);
    let found: Vec<&str> = ["Kind A", "Kind B", "Kind C", "Kind D"].into_iter().collect();
    let mut places: Vec<(usize, &str)> = found.iter().map(|place| (text.find(place).unwrap(), *place)).collect();
    places.sort_unstable();
    assert_eq!(places.iter().map(|(_, place)| *place).collect::<Vec<_>>(), ["Kind B", "Kind C", "Kind D", "Kind A"]);
}

#[test]
fn hidden_parents_and_children_keep_their_places_too() {
    let table = format!(
        "of: cases, rows: {{ codes: kind, then: place }}, {COLUMNS}, order: list, zero_rows: keep, small_counts: {{ rule: mask }}, parents: {{ rule: mask }}"
    );
    let records =
        [(2, "a,p,1,true,false"), (20, "a,r,1,true,false"), (1, "b,p,1,true,false"), (20, "c,p,1,true,false")];
    let project = project(&table, &records);
    project.edit(
        "config/small.yaml",
        "tables:",
        "accept:\n  - { code: \"disclosure::difference-tells\", figure: one, rows: all, reason: a test }\n  - { code: \"disclosure::tables-tell\", figure: one, rows: all, reason: a test }\ntables:",
    );
    let text = project.succeeds(&["build", "config/small.yaml", "--text"]);
    let rows: Vec<&str> =
        text.lines().filter_map(|line| line.split_once('\t').map(|(label, _)| label)).skip(1).collect();
    assert_eq!(rows, ["Kind A", "Place P", "Place Q", "Place R", "Kind B", "Kind C", "Place P", "Kind D", "Place P"]);
}

#[test]
fn percents_of_a_filtered_table_are_of_its_own_total() {
    let records = [(7, "a,p,1,true,true"), (1, "a,p,1,false,true"), (3, "b,p,1,true,false"), (89, "c,p,2,true,true")];
    let of = |more: &str| {
        let table = format!("of: cases, {more}, {COLUMNS}, order: list, zero_rows: keep");
        rows(&format!("{table}, total: {{ label: ALL, percent: \"100%\" }}, small_counts: {{ rule: none }}"), &records)
    };
    let year = "where: { column: year, is: \"1\" }";
    // Ten of the eleven records of the year, eight of them.
    assert_eq!(of(&format!("rows: {{ flags: flag }}, {year}")), ["First|10|90.9%", "Second|8|72.7%", "ALL|11|100%"]);
    assert_eq!(
        of(&format!("rows: {{ codes: kind }}, {year}")),
        ["Kind A|8|72.7%", "Kind B|3|27.3%", "Kind C|0|0.0%", "Kind D|0|0.0%", "ALL|11|100%"]
    );
    // The base that is named.
    assert_eq!(
        of(&format!("rows: {{ flags: flag }}, {year}, percent_of: cases")),
        ["First|10|10.0%", "Second|8|8.0%", "ALL|11|100%"]
    );
    // Without a condition the two are the same.
    assert_eq!(of("rows: { flags: flag }"), of("rows: { flags: flag }, percent_of: cases"));
}

#[test]
fn a_small_total_of_a_filtered_table_is_hidden_with_all_that_it_bounds() {
    let records = [(2, "a,p,1,true,false"), (40, "b,p,2,true,true")];
    let of = |more: &str| rows(&format!("of: cases, {more}, {COLUMNS}, order: list, zero_rows: keep"), &records);
    let year = "where: { column: year, is: \"1\" }";
    let total = "total: { label: ALL, percent: \"100%\" }";
    assert_eq!(
        of(&format!("rows: {{ codes: kind }}, {year}, {total}, small_counts: {{ rule: suppress }}")),
        ["Kind A|hidden|n/a", "Kind B|hidden|n/a", "Kind C|hidden|n/a", "Kind D|hidden|n/a", "ALL|few|n/a"]
    );
    assert_eq!(
        of(&format!("rows: {{ flags: flag }}, {year}, {total}, small_counts: {{ rule: mask }}")),
        ["First|few|n/a", "Second|few|n/a", "ALL|few|n/a"]
    );
    // With a base of its own the counts are hidden as well: each is at most the total.
    assert_eq!(
        of(&format!("rows: {{ flags: flag }}, {year}, percent_of: cases, {total}, small_counts: {{ rule: mask }}")),
        ["First|few|n/a", "Second|few|n/a", "ALL|few|100%"]
    );
    // A total that is printed nowhere bounds nothing; as a base it is hidden, and so are its percents.
    assert_eq!(
        of(&format!("rows: {{ flags: flag }}, {year}, percent_of: cases, small_counts: {{ rule: mask }}")),
        ["First|few|n/a", "Second|0|0.0%"]
    );
    assert_eq!(
        of(&format!("rows: {{ flags: flag }}, {year}, small_counts: {{ rule: mask }}")),
        ["First|few|n/a", "Second|few|n/a"]
    );
    // In the published tables for machines nothing is told either.
    let project = project(
        &format!(
            "of: cases, rows: {{ codes: kind }}, {year}, {total}, {COLUMNS}, zero_rows: keep, small_counts: {{ rule: suppress }}"
        ),
        &records,
    );
    project.succeeds(&["build", "config/small.yaml", "--out", "out"]);
    let published = project.read("out/tables/small.json");
    assert!(!published.contains("\"value\""), "{published}");
}

#[test]
fn a_threshold_of_the_table_holds_for_its_total() {
    let records = [(8, "a,p,1,true,false"), (40, "b,p,2,true,true")];
    let rows = rows(
        &format!(
            "of: cases, rows: {{ flags: flag }}, where: {{ column: year, is: \"1\" }}, {COLUMNS}, order: list, zero_rows: keep, \
             total: {{ label: ALL, percent: \"100%\" }}, small_counts: {{ rule: mask, threshold: 11 }}"
        ),
        &records,
    );
    assert_eq!(rows, ["First|few|n/a", "Second|few|n/a", "ALL|few|n/a"]);
}

#[test]
fn a_small_total_of_records_that_are_shown_as_they_are_is_told_by_the_audit() {
    let project = project(
        &format!(
            "of: cases, rows: {{ codes: kind }}, where: {{ column: year, is: \"1\" }}, {COLUMNS}, total: {{ label: ALL }}, small_counts: {{ rule: none }}"
        ),
        &[(2, "a,p,1,true,false"), (40, "b,p,2,true,true")],
    );
    project.edit(
        "config/small.yaml",
        "jurisdiction: region, small_counts: mask",
        "jurisdiction: region, small_counts: show",
    );
    insta::assert_snapshot!(project.refuses(&["check", "config/small.yaml"]), @r#"
    error[disclosure::small-count-shown]: `one`, `(total)`, of TM prints a count under the threshold
       ┌─ config/small.yaml:38:3
    38 │   one: { of: cases, rows: { codes: kind }, where: { column: year, is: "1" }, col…
       │   ^^^
       = help: change the figure's rule, or accept `disclosure::small-count-shown` for `one` with the row `(total)` and a reason
    error[disclosure::small-count-shown]: `one`, `a`, of TM prints a count under the threshold
       ┌─ config/small.yaml:38:3
    38 │   one: { of: cases, rows: { codes: kind }, where: { column: year, is: "1" }, col…
       │   ^^^
       = help: change the figure's rule, or accept `disclosure::small-count-shown` for `one` with the row `a` and a reason
    2 errors
    "#);
}

/// A record of the small data: jurisdiction, kind, place, year and two flags.
type Record<'a> = (&'a str, &'a str, &'a str, &'a str, bool, bool);

#[test]
fn every_percent_is_of_the_base_that_holds_in_each_report_and_in_the_nation() {
    let records: Vec<Record<'_>> = [
        (7, ("TM", "a", "p", "1", true, true)),
        (5, ("TM", "a", "q", "2", false, true)),
        (11, ("TM", "b", "p", "1", true, false)),
        (89, ("TM", "c", "p", "2", true, true)),
        (4, ("TN", "a", "r", "1", false, false)),
        (13, ("TN", "b", "p", "1", true, true)),
        (6, ("TN", "d", "p", "2", false, true)),
    ]
    .into_iter()
    .flat_map(|(count, record)| std::iter::repeat_n(record, count))
    .collect();
    let lines: Vec<String> = records
        .iter()
        .enumerate()
        .map(|(id, (state, kind, place, year, first, second))| {
            format!("{id},{state},{kind},{place},{year},{first},{second}")
        })
        .collect();
    let is_first = |record: &Record<'_>| record.4;
    for (rows, parents) in
        [("codes: kind", ""), ("codes: kind, then: place", ", parents: { rule: none }"), ("flags: flag", "")]
    {
        for (filter, year) in [("", None), (", where: { column: year, is: \"1\" }", Some("1"))] {
            for base in [None, Some("cases"), Some("firsts")] {
                let percent_of = base.map_or_else(String::new, |base| format!(", percent_of: {base}"));
                let what = format!("rows: {{ {rows} }}{filter}{percent_of}");
                let project = Project::new();
                project
                    .write("data/small.csv", format!("id,region,kind,place,year,first,second\n{}\n", lines.join("\n")));
                let table = format!(
                    "of: cases, {what}{parents}, {COLUMNS}, order: list, zero_rows: keep, small_counts: {{ rule: none }}, total: {{ label: ALL }}"
                );
                project.write("config/small.yaml", spec(&table, ""));
                let edit = |from: &str, to: &str| project.edit("config/small.yaml", from, to);
                edit(
                    "TM: { name: Talmora }",
                    "TM: { name: Talmora }\n  TN: { name: Tenland }\n  US: { name: Union, nation: true }",
                );
                edit("output: small", "output: \"{{ jurisdiction.code }}\"");
                edit(
                    "populations:\n",
                    "populations:\n  firsts: { source: cases, jurisdiction: region, where: { column: first, is: true }, small_counts: mask }\n",
                );
                edit(
                    "tables:",
                    "accept:\n  - { code: \"disclosure::small-count-shown\", figure: one, reason: a test }\ntables:",
                );
                project.succeeds(&["build", "config/small.yaml", "--out", "out"]);
                for state in ["TM", "TN", "US"] {
                    let own: Vec<&Record<'_>> =
                        records.iter().filter(|record| record.0 == state || state == "US").collect();
                    let counted = own.iter().filter(|record| year.is_none_or(|year| record.3 == year)).count();
                    let of = match base {
                        None => counted,
                        Some("cases") => own.len(),
                        Some(_) => own.iter().filter(|case| is_first(case)).count(),
                    };
                    let published: serde_json::Value =
                        serde_json::from_str(&project.read(&format!("out/tables/{state}.json"))).unwrap();
                    let rows = published["tables"][0]["rows"].as_array().unwrap();
                    assert_eq!(rows.last().unwrap()["cells"][1]["value"], counted, "{state}, {what}");
                    for row in &rows[..rows.len() - 1] {
                        let count = row["cells"][1]["value"].as_u64().unwrap();
                        let percent = (1000.0 * count as f64 / of as f64).round() / 10.0;
                        assert_eq!(row["cells"][2]["text"], format!("{percent:.1}%"), "{state}, {what}: {row}");
                    }
                }
            }
        }
    }
}
