//! Small editions with one link between their figures each.

use super::{edition, records, signals};

/// All three states report, and the nation.
pub(super) const ALL_REPORT: (&str, &str) = (
    "  VT: { name: Vermont, ranked: true, unreported: true }\n  XX: { name: Unknown, unreported: true }\n",
    "  VT: { name: Vermont, ranked: true }\n",
);

/// Two channels more, so that a hidden one has others beside it.
pub(super) const FOUR_CHANNELS: (&str, &str) = (
    "    - { code: text, label: Texts }",
    "    - { code: text, label: Texts }\n    - { code: mail, label: Letters }\n    - { code: fax, label: Faxes }",
);

/// A table of a part of the records, and one of the rest, beside one of the whole.
pub(super) const TABLES_OF_PART_AND_REST: &str = "  part:
    of: x_or_y
    where: { column: type, is: x }
    rows: { codes: kind }
    columns: *columns
    total: { label: ALL CASES }
    small_counts: { rule: suppress }
  rest:
    of: cases
    where: { column: type, in: [y, z] }
    rows: { codes: kind }
    columns: *columns
    total: { label: ALL CASES }
    small_counts: { rule: suppress }
  suppressed:
";

/// A table of the same rows as another.
pub(super) const KINDS_AGAIN: (&str, &str) = (
    "  suppressed:\n",
    "  again:
    of: cases
    rows: { codes: kind }
    columns: *columns
    total: { label: ALL CASES }
    small_counts: { rule: suppress }
  suppressed:
",
);

pub(super) const SHOW_KINDS_AGAIN: (&str, &str) = ("  - table: merged\n", "  - table: merged\n  - table: again\n");

/// Of kind C two are of the part.
pub(super) const PART_AND_REST: [(usize, &str); 8] = [
    (5, "a,x,p,false,false"),
    (6, "b,x,q,false,false"),
    (2, "c,x,p,false,false"),
    (9, "d,x,p,false,false"),
    (4, "a,y,s,false,false"),
    (5, "b,y,t,false,false"),
    (7, "c,y,s,false,false"),
    (6, "d,y,s,false,false"),
];

/// Refuses an edition and returns what is told on a figure.
fn told(name: &str, edits: &[(&str, &str)], files: &[(&'static str, String)], figure: &str) -> String {
    let project = edition(name, edits, files);
    let findings = project.refuses(&["build", &format!("config/{name}.yaml")]);
    assert!(!project.path("out").exists());
    let own = findings.lines().find(|line| line.starts_with("error[disclosure::") && line.contains(figure));
    own.unwrap_or_else(|| panic!("nothing on {figure}:\n{findings}")).to_owned()
}

#[test]
fn a_hidden_total_is_not_the_nation_less_the_other_states() {
    let files =
        signals(&[("NM", "text", 2), ("TX", "text", 30), ("TX", "chat", 12), ("VT", "chat", 5), ("VT", "text", 6)]);
    let told = told("nation", &[ALL_REPORT], &files, "`signals` of NM");
    assert!(told.contains("[disclosure::reports-tell]") && told.ends_with("= NM figures.signals 2"), "{told}");
}

#[test]
fn a_national_total_in_the_text_of_each_state_is_enough() {
    let files =
        signals(&[("NM", "text", 2), ("TX", "text", 30), ("TX", "chat", 12), ("VT", "chat", 5), ("VT", "text", 6)]);
    let no_nation = ("  US: { name: the United States, file_name: United-States, nation: true }\n", "");
    let told = told("nation", &[ALL_REPORT, no_nation], &files, "`signals` of NM");
    assert!(told.contains("55 − TX figures.signals 42 − VT figures.signals 11 = NM figures.signals 2"), "{told}");
}

#[test]
fn without_the_reports_of_some_states_the_nation_tells_nothing() {
    let files =
        signals(&[("NM", "text", 20), ("NM", "chat", 30), ("TX", "text", 30), ("TX", "chat", 12), ("VT", "chat", 5)]);
    edition("nation", &[], &files).succeeds(&["check", "config/nation.yaml"]);
}

#[test]
fn the_nations_table_less_those_of_the_states_tells_a_hidden_row() {
    let counts = [("NM", 20, 11, 7, 1), ("TX", 30, 12, 5, 9), ("VT", 4, 4, 4, 4)];
    let rows: Vec<_> = counts
        .iter()
        .flat_map(|(state, text, chat, mail, fax)| {
            [("text", text), ("chat", chat), ("mail", mail), ("fax", fax)]
                .map(|(channel, count)| (*state, channel, *count))
        })
        .collect();
    let told = told(
        "nation",
        &[ALL_REPORT, FOUR_CHANNELS, ("  - counters: channels\n", "")],
        &signals(&rows),
        "`channel`, `fax`, of NM",
    );
    assert!(told.contains("[disclosure::reports-tell]") && told.ends_with("= NM channel/fax 1"), "{told}");
}

#[test]
fn a_counter_beside_a_hidden_row_tells_it() {
    let chats = (
        "label: { one: Text, other: Texts }, small_counts: mask }",
        "label: { one: Text, other: Texts }, small_counts: mask }\n    \
         - { of: signals, where: { column: channel, is: chat }, pictogram: text, label: { one: Chat, other: Chats }, small_counts: mask }",
    );
    let files = signals(&[("NM", "text", 20), ("NM", "chat", 2), ("TX", "text", 30), ("TX", "chat", 12)]);
    let told = told("nation", &[chats], &files, "`channel`, `chat`, of NM");
    assert!(told.contains("[disclosure::tables-tell]"), "{told}");
}

#[test]
fn a_population_in_the_text_that_is_a_part_of_another_tells_the_rest() {
    let part = (
        "  - statement: \"Cases: **{{ figures.cases.text }}**\"\n",
        "  - statement: \"Cases: **{{ figures.cases.text }}**\"\n  - statement: \"Of types X and Y: **{{ figures.x_or_y.text }}**\"\n",
    );
    let files = records(&[(9, "a,x,p,true,false"), (8, "b,y,s,false,false"), (2, "c,z,u,false,false")]);
    let told = told("strict", &[part], &files, "`suppressed`, `z`, of CT");
    assert!(told.contains("CT figures.cases 19 − CT figures.x_or_y 17 = CT suppressed/z 2"), "{told}");
}

#[test]
fn a_percent_tells_its_base_where_that_is_not_printed() {
    let edits = [
        ("language: { locale: en_US,", "language: { locale: en_US, percent_decimals: 2,"),
        (
            "  masked:\n    of: cases\n    rows: { flags: flag }\n    columns: *columns\n",
            "  masked:\n    of: x_or_y\n    rows: { flags: flag }\n    columns:\n      - { cell: label, head: ROWS }\n      - { cell: count, head: CASES }\n      - { cell: percent, head: PERCENT }\n",
        ),
    ];
    let files = records(&[(9, "a,x,p,true,false"), (8, "b,y,s,false,false"), (2, "c,z,u,false,false")]);
    let text = edition("strict", &edits, &files).succeeds(&["build", "config/strict.yaml", "--text"]);
    assert!(
        text.contains("First\tNot shown\tN/A"),
        "9 is 52.94 % of 17 alone, and 19 less 17 would be a hidden 2: {text}"
    );
}

#[test]
fn the_whole_less_the_rest_tells_a_part() {
    let files = records(&PART_AND_REST);
    let edits = [
        ("  suppressed:\n", TABLES_OF_PART_AND_REST),
        ("  - table: merged\n", "  - table: merged\n  - table: part\n  - table: rest\n"),
    ];
    let told = told("strict", &edits, &files, "`part`, `c`, of CT");
    assert!(told.contains("[disclosure::tables-tell]") && told.ends_with("= CT part/c 2"), "{told}");
}

#[test]
fn the_same_rows_are_hidden_in_every_table_whatever_it_is_called() {
    let files = records(&[
        (9, "a,x,p,false,false"),
        (8, "b,y,s,false,false"),
        (6, "c,y,t,false,false"),
        (2, "d,x,q,false,false"),
    ]);
    let edits = [KINDS_AGAIN, SHOW_KINDS_AGAIN];
    let text = edition("strict", &edits, &files).succeeds(&["build", "config/strict.yaml", "--text"]);
    let tables: Vec<&str> = text.split("ROWS\tCASES\n").skip(1).take(2).collect();
    let printed = |table: &str| -> Vec<String> {
        let rows = table.lines().take_while(|line| !line.is_empty());
        let printed = rows.filter(|line| line.starts_with("Kind") && line.ends_with(|c: char| c.is_ascii_digit()));
        printed.map(str::to_owned).collect()
    };
    assert_eq!(printed(tables[0]), printed(tables[1]), "{text}");
    assert!(printed(tables[0]).len() < 3, "the 2 and others are hidden");
}

#[test]
fn a_row_that_bounds_a_hidden_type_is_hidden_with_it_under_words_and_a_note_of_its_own() {
    let edits = [
        (
            "    small_counts: { rule: mask }\n\nmaps:",
            "    small_counts: { rule: mask, note: few, neutral_note: others }\n\nmaps:",
        ),
        (
            "running_head:",
            "notes:\n  few: Counts of fewer than three are not published.\n  others: Neither are others that would tell them.\n\nrunning_head:",
        ),
    ];
    // All cases of types X and Y have the first flag, and none of type Z: 17, which are 100 %, of 19 would leave two for Z.
    let percents = (
        "  masked:\n    of: cases\n    rows: { flags: flag }\n    columns: *columns\n",
        "  masked:\n    of: x_or_y\n    rows: { flags: flag }\n    columns:\n      - { cell: label, head: ROWS }\n      - { cell: count, head: CASES }\n      - { cell: percent, head: PERCENT }\n",
    );
    let part = [edits[0], edits[1], percents];
    let files = records(&[(9, "a,x,p,true,false"), (8, "b,y,s,true,true"), (2, "c,z,u,true,true")]);
    let text = edition("strict", &part, &files).succeeds(&["build", "config/strict.yaml", "--text"]);
    assert!(text.contains("Neither are others that would tell them."), "{text}");
    assert!(text.contains("First\tNot shown"), "{text}");
}

#[test]
fn zero_is_not_told_by_the_absence_of_a_row() {
    let files = records(&[(9, "a,x,p,false,false"), (8, "b,y,s,false,false"), (4, "c,z,u,false,false")]);
    let text = edition("strict", &[], &files).succeeds(&["build", "config/strict.yaml", "--text"]);
    let merged = text.split("ROWS\tCASES\n").nth(1).unwrap();
    assert!(merged.contains("Other kinds\t"), "kind D counts nothing, and stands in a row with others: {merged}");
    let public = edition("strict", &[("  zero: hide\n", "  zero: show\n")], &files);
    let text = public.succeeds(&["build", "config/strict.yaml", "--text"]);
    let merged = text.split("ROWS\tCASES\n").nth(1).unwrap();
    assert!(!merged.contains("Other kinds\t"), "where zero is public, an absent row may mean it: {merged}");
}

#[test]
fn a_table_that_tells_is_left_out_with_words_where_the_spec_has_some() {
    let edits = [(
        "  percent: N/A\n",
        "  percent: N/A\n  withheld: A table is not shown here, as it would reveal counts of fewer than three.\n",
    )];
    let files = records(&PART_AND_REST);
    let edits = [
        edits[0],
        ("  suppressed:\n", TABLES_OF_PART_AND_REST),
        ("  - table: merged\n", "  - table: merged\n  - table: part\n  - table: rest\n"),
    ];
    let project = edition("strict", &edits, &files);
    let text = project.succeeds(&["build", "config/strict.yaml", "--text"]);
    assert!(text.contains("A table is not shown here"), "{text}");
    project.succeeds(&["build", "config/strict.yaml"]);
    let published: serde_json::Value = serde_json::from_str(&project.read("out/tables/Connecticut.json")).unwrap();
    let tables: Vec<&str> =
        published["tables"].as_array().unwrap().iter().map(|table| table["id"].as_str().unwrap()).collect();
    assert!(tables.len() < 5, "it is in no file: {tables:?}");
}

#[test]
fn under_a_threshold_of_two_whoever_knows_of_one_case_knows_the_count() {
    let cell = ("  cell: Fewer than three\n", "  cell: Fewer than {{ threshold.in_words }}\n");
    let two = ("    small_counts: { rule: mask }\n\nmaps:", "    small_counts: { rule: mask, threshold: 2 }\n\nmaps:");
    let insider = ("  zero: hide\n", "  zero: hide\n  insider: true\n");
    let files =
        records(&[(9, "a,x,p,true,false"), (8, "b,y,s,true,false"), (1, "c,z,u,true,true"), (3, "c,z,u,true,false")]);
    edition("strict", &[cell, two], &files).succeeds(&["check", "config/strict.yaml"]);
    let refused = edition("strict", &[cell, two, insider], &files).refuses(&["check", "config/strict.yaml"]);
    assert!(refused.contains("`masked`, `second`, of CT"), "{refused}");
}

#[test]
fn two_hidden_rows_that_other_figures_add_up_to_a_small_count_are_told() {
    let edits = [
        ("    - { code: d, label: Kind D }\n", "    - { code: d, label: Kind D }\n    - { code: e, label: Kind E }\n"),
        (
            "  x_or_y:\n",
            "  a_to_c: { source: cases, jurisdiction: state, where: { column: kind, in: [a, b, c] }, small_counts: mask }\n  x_or_y:\n",
        ),
        (
            "  - table: merged\n",
            "  - table: merged\n  - statement: \"Of kinds A, B and C: **{{ figures.a_to_c.text }}**\"\n",
        ),
    ];
    // B and C are 2 together: 12 less the 10 of kind A. Each by itself may be 0, 1 or 2.
    let kinds = |b: usize, c: usize| {
        let rows = [(10, "a,x,p,true,false"), (b, "b,x,q,true,false"), (c, "c,y,s,true,true"), (2, "d,y,t,true,true")];
        records(&[&rows[..], &[(2, "e,y,s,true,true"), (7, "a,y,t,true,true")]].concat())
    };
    let told = told("strict", &edits, &kinds(1, 1), "`merged`, `c`, of CT");
    assert!(told.ends_with("it adds up to a small count that follows from the figures"), "{told}");
    edition("strict", &edits, &kinds(2, 2)).succeeds(&["check", "config/strict.yaml"]);
}

/// An edition whose reports print ranks and no totals: a table of all channels but one, and a counter of that one.
const RANKS_WITHOUT_TOTALS: [(&str, &str); 7] = [
    ALL_REPORT,
    FOUR_CHANNELS,
    ("where: { column: channel, is: text }, pictogram: text", "where: { column: channel, is: fax }, pictogram: text"),
    (
        "    of: signals\n    rows:",
        "    of: signals\n    where: { column: channel, in: [text, chat, mail] }\n    rows:",
    ),
    (
        "  - statement: \"Signals of {{ jurisdiction.name }}: **{{ figures.signals.text }}**\"
  - paragraph: \"These are {{ figures.signals.text }} of {{ national.signals.text }} signals in the nation.\"
    only_if: not jurisdiction.nation\n",
        "",
    ),
    ("  US: { name: the United States, file_name: United-States, nation: true }\n", ""),
    ("  threshold: 3\n", "  policy: faithful-2016\n  threshold: 3\n"),
];

const NO_RANK: (&str, &str) = (
    "  - paragraph: \"{% if ranks.signals %}Number {{ ranks.signals.number }} of {{ ranks.signals.among }}.{% endif %}\"\n",
    "",
);

fn by_channel(counts: &[(&'static str, [usize; 4])]) -> Vec<(&'static str, String)> {
    let rows: Vec<_> = counts
        .iter()
        .flat_map(|(state, counts)| {
            ["text", "chat", "mail", "fax"].into_iter().zip(*counts).map(|(channel, count)| (*state, channel, count))
        })
        .collect();
    signals(&rows)
}

#[test]
fn a_rank_that_is_shared_tells_a_total_that_is_not_printed() {
    let files = by_channel(&[("NM", [20, 10, 9, 2]), ("TX", [30, 5, 3, 3]), ("VT", [40, 10, 4, 5])]);
    let told = told("nation", &RANKS_WITHOUT_TOTALS, &files, "`channels`, `Texts`, of NM");
    assert!(told.contains("[disclosure::reports-tell]") && told.contains("= NM channels/Texts 2"), "{told}");
    let without = [&RANKS_WITHOUT_TOTALS[..], &[NO_RANK]].concat();
    edition("nation", &without, &files).succeeds(&["check", "config/nation.yaml"]);
}

#[test]
fn a_rank_beside_another_bounds_a_total_that_is_not_printed() {
    let files = by_channel(&[("NM", [20, 10, 9, 2]), ("TX", [30, 5, 2, 3]), ("VT", [40, 10, 4, 5])]);
    let told = told("nation", &RANKS_WITHOUT_TOTALS, &files, "`channels`, `Texts`, of NM");
    assert!(told.contains("[disclosure::reports-tell]") && told.contains("NM channels/Texts is at least 2"), "{told}");
    // Far from the others it tells nothing.
    let files = by_channel(&[("NM", [20, 10, 9, 2]), ("TX", [60, 5, 3, 3]), ("VT", [40, 10, 4, 5])]);
    edition("nation", &RANKS_WITHOUT_TOTALS, &files).succeeds(&["check", "config/nation.yaml"]);
}

#[test]
fn a_hidden_row_that_other_reports_tell_hides_no_other() {
    // The nation's 21 chats less 8 and 9 are New Mexico's 4: of 11 hidden signals 7 are left for three rows, which is enough only
    // because chats were hidden before the last of them.
    let files = by_channel(&[("NM", [1, 4, 1, 5]), ("TX", [3, 8, 3, 3]), ("VT", [1, 9, 5, 2])]);
    let told = told("nation", &[ALL_REPORT, FOUR_CHANNELS], &files, "`channel`, `text`, of NM");
    assert!(told.ends_with("other figures tell a row that was hidden to protect it"), "{told}");
}

#[test]
fn two_rows_are_hidden_together_whatever_they_count() {
    let edits = [
        ("  cell: Fewer than three\n", "  cell: Small\n"),
        ("    - { code: c, label: Kind C }\n    - { code: d, label: Kind D }\n", ""),
        (
            "    small_counts: { rule: merge, guard: full-range, label: Other kinds }\n",
            "    small_counts: { rule: suppress, threshold: 10 }\n",
        ),
        ("  - table: suppressed\n  - table: masked\n  - map: all\n  - map: some\n", ""),
    ];
    let page = |first: usize, second: usize| {
        let files = records(&[(first, "a,x,p,false,false"), (second, "b,x,p,false,false")]);
        edition("strict", &edits, &files).succeeds(&["build", "config/strict.yaml", "--text"])
    };
    for total in [10, 11, 14, 17, 18] {
        let hidden = page(0, total);
        assert!(hidden.contains("Kind A\tNot shown\nKind B\tNot shown\n"), "{hidden}");
        for first in [1, 9, total] {
            assert_eq!(page(first, total - first), hidden, "{first} of {total}");
        }
    }
    assert!(page(10, 11).contains("Kind B\t11\nKind A\t10\n"));
}
