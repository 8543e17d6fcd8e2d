//! Small editions of one link each: every one is refused, or tells a reader nothing.

use super::super::links::{
    ALL_REPORT, FOUR_CHANNELS, KINDS_AGAIN, PART_AND_REST, SHOW_KINDS_AGAIN, TABLES_OF_PART_AND_REST,
};
use super::super::{edition, records, signals};
use super::{Project, attack};

/// Options of a reader who has read the program, and knows of one case.
pub(super) const KNOWS_THE_PROGRAM: [&str; 2] = ["--aware", "--insider"];

type Files = Vec<(&'static str, String)>;
type Edition = (&'static str, &'static str, Vec<(&'static str, &'static str)>, Files);

const NO_NATION: (&str, &str) = ("  US: { name: the United States, file_name: United-States, nation: true }\n", "");

pub(super) const NO_COUNTERS: (&str, &str) = ("  - counters: channels\n", "");

const COUNTER_OF_CHATS: (&str, &str) = (
    "label: { one: Text, other: Texts }, small_counts: mask }",
    "label: { one: Text, other: Texts }, small_counts: mask }\n    \
     - { of: signals, where: { column: channel, is: chat }, pictogram: text, label: { one: Chat, other: Chats }, small_counts: mask }",
);

const PART_IN_TEXT: (&str, &str) = (
    "  - statement: \"Cases: **{{ figures.cases.text }}**\"\n",
    "  - statement: \"Cases: **{{ figures.cases.text }}**\"\n  - statement: \"Of types X and Y: **{{ figures.x_or_y.text }}**\"\n",
);

pub(super) const FLAGS_OF_A_PART: (&str, &str) = (
    "  masked:\n    of: cases\n",
    "  flags_of_part:
    of: cases
    where: { column: type, in: [x, y] }
    rows: { flags: flag }
    columns: *columns
    order: list
    zero_rows: keep
    small_counts: { rule: mask }
  masked:
    of: cases
",
);

pub(super) const FLAGS_OF_X_OR_Y: (&str, &str) = ("  masked:\n    of: cases\n", "  masked:\n    of: x_or_y\n");

pub(super) const SHOW_FLAGS_OF_A_PART: (&str, &str) =
    ("  - table: masked\n", "  - table: masked\n  - table: flags_of_part\n");

const TYPES_MERGED: (&str, &str) = (
    "  suppressed:\n",
    "  types:
    of: cases
    rows: { codes: type }
    columns: *columns
    total: { label: ALL CASES }
    small_counts: { rule: merge, guard: full-range, label: Other types }
  suppressed:
",
);

/// Each channel's signals of each state.
fn by_channel(counts: [[usize; 4]; 3]) -> Files {
    let states = ["NM", "TX", "VT"].into_iter().zip(counts);
    let cells = states.flat_map(|(state, counts)| {
        ["text", "chat", "mail", "fax"].into_iter().zip(counts).map(move |(channel, count)| (state, channel, count))
    });
    signals(&cells.collect::<Vec<_>>())
}

fn editions_of_signals() -> Vec<Edition> {
    let few = || by_channel([[2, 0, 0, 0], [30, 12, 0, 0], [6, 5, 0, 0]]);
    let four = || by_channel([[20, 11, 7, 1], [30, 12, 5, 9], [4, 4, 4, 4]]);
    vec![
        ("the nation less the states", "nation", vec![ALL_REPORT], few()),
        ("a national total in the text", "nation", vec![ALL_REPORT, NO_NATION], few()),
        ("a state without a report", "nation", vec![], by_channel([[20, 30, 0, 0], [30, 12, 0, 0], [0, 5, 0, 0]])),
        ("a row of the nation less the states", "nation", vec![ALL_REPORT, FOUR_CHANNELS, NO_COUNTERS], four()),
        ("one row is small in two states", "nation", vec![ALL_REPORT, FOUR_CHANNELS, NO_COUNTERS], {
            by_channel([[20, 11, 7, 1], [30, 12, 5, 2], [9, 8, 14, 4]])
        }),
        ("a counter beside a hidden row", "nation", vec![COUNTER_OF_CHATS], {
            by_channel([[20, 2, 0, 0], [30, 12, 0, 0], [0; 4]])
        }),
        ("counters of all rows but two", "nation", vec![NO_NATION, FOUR_CHANNELS, COUNTER_OF_CHATS], {
            by_channel([[20, 11, 1, 1], [30, 12, 1, 8], [5, 5, 5, 5]])
        }),
    ]
}

fn editions_of_cases() -> Vec<Edition> {
    let plain = |counts: &[(usize, &str)]| records(counts);
    let tables = ("  - table: merged\n", "  - table: merged\n  - table: part\n  - table: rest\n");
    let decimals = ("language: { locale: en_US,", "language: { locale: en_US, percent_decimals: 2,");
    let percents = (
        "  masked:\n    of: cases\n    rows: { flags: flag }\n    columns: *columns\n",
        "  masked:\n    of: x_or_y\n    rows: { flags: flag }\n    columns:\n      - { cell: label, head: ROWS }\n      - { cell: count, head: CASES }\n      - { cell: percent, head: PERCENT }\n",
    );
    let filtered = (
        "  masked:\n    of: cases\n    rows: { flags: flag }\n    columns: *columns\n",
        "  masked:\n    of: cases\n    where: { column: type, is: z }\n    rows: { flags: flag }\n    columns: *columns\n    total: { label: ALL OF TYPE Z }\n",
    );
    vec![
        ("a part in the text", "strict", vec![PART_IN_TEXT], {
            plain(&[(9, "a,x,p,true,false"), (8, "b,y,s,false,false"), (2, "c,z,u,false,false")])
        }),
        ("a percent of what is not printed", "strict", vec![decimals, percents], {
            plain(&[(9, "a,x,p,true,false"), (8, "b,y,s,false,false"), (2, "c,z,u,false,false")])
        }),
        ("part, rest and whole", "strict", vec![("  suppressed:\n", TABLES_OF_PART_AND_REST), tables], {
            plain(&PART_AND_REST)
        }),
        ("the same rows twice", "strict", vec![KINDS_AGAIN, SHOW_KINDS_AGAIN], {
            plain(&[
                (9, "a,x,p,false,false"),
                (8, "b,y,s,false,false"),
                (6, "c,y,t,false,false"),
                (2, "d,x,q,true,true"),
            ])
        }),
        ("the total of a filtered table", "strict", vec![filtered], {
            plain(&[(9, "a,x,p,true,false"), (8, "b,y,s,false,true"), (2, "c,z,u,true,false")])
        }),
        ("flags of all less those of a part", "strict", vec![FLAGS_OF_A_PART, SHOW_FLAGS_OF_A_PART], {
            plain(&[(9, "a,x,p,true,false"), (8, "b,y,s,true,true"), (2, "c,z,u,true,true"), (4, "c,z,u,false,false")])
        }),
        ("flags that bound a hidden type", "strict", vec![FLAGS_OF_X_OR_Y], {
            plain(&[(9, "a,x,p,true,false"), (8, "b,y,s,true,true"), (2, "c,z,u,true,true")])
        }),
        (
            "types merged and types suppressed",
            "strict",
            vec![TYPES_MERGED, ("  - table: merged\n", "  - table: merged\n  - table: types\n")],
            {
                plain(&[
                    (9, "a,x,p,true,false"),
                    (8, "b,y,s,true,true"),
                    (2, "c,z,u,false,true"),
                    (5, "d,y,u,false,true"),
                ])
            },
        ),
        ("two maps, one of a part", "strict", vec![], {
            plain(&[(9, "a,x,p,false,false"), (8, "b,y,s,true,true"), (1, "d,z,u,false,true")])
        }),
        ("every record is of one type", "strict", vec![], plain(&[(5, "a,x,p,true,false"), (4, "b,x,q,true,false")])),
        ("hardly a record", "strict", vec![], plain(&[(2, "a,x,p,true,false")])),
        ("zeros are public", "strict", vec![("  zero: hide\n", "  zero: show\n")], {
            plain(&[(9, "a,x,p,true,false"), (8, "b,y,s,true,true"), (2, "c,z,u,false,true"), (4, "d,y,t,false,true")])
        }),
    ]
}

#[test]
fn an_edition_with_a_link_is_refused_or_tells_nothing() {
    let (mut refused, mut projects): (Vec<&str>, Vec<(&str, &str, Project)>) = (Vec::new(), Vec::new());
    for (name, base, edits, files) in editions_of_signals().into_iter().chain(editions_of_cases()) {
        let project = edition(base, &edits, &files);
        if is_refused(name, base, &project) {
            refused.push(name);
        } else {
            projects.push((name, base, project));
        }
    }
    assert_nothing_is_told(&projects, &KNOWS_THE_PROGRAM);
    // Where all or none were refused, the other way out would not have been tried.
    assert!(refused.len() >= 3 && projects.len() >= 6, "refused: {refused:?}");
}

/// Releases an edition, or says that it was refused, and that nothing was published.
pub(super) fn is_refused(name: &str, base: &str, project: &Project) -> bool {
    let output = project.platen(&["release", &format!("config/{base}.yaml"), "--out", "release", "--no-cache"]);
    if output.status.success() {
        return false;
    }
    let says = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{name}: {says}");
    assert!(says.contains("error[disclosure::"), "{name}: {says}");
    for finding in says.lines().filter(|line| line.starts_with("error[disclosure::") && line.contains("-tell]")) {
        assert!(finding.matches(": ").count() >= 2, "{name}: no derivation: {finding}");
    }
    assert!(!project.path("release").exists(), "{name}: something was published");
    true
}

/// A reader who knows how rows are chosen finds nothing, and one who knows of a case neither.
pub(super) fn assert_nothing_is_told(projects: &[(&str, &str, Project)], options: &[&str]) {
    let releases: Vec<_> = projects
        .iter()
        .map(|(_, base, project)| (project.path("release"), project.path(&format!("config/{base}.yaml"))))
        .collect();
    for ((name, ..), attacked) in projects.iter().zip(attack(&releases, options)) {
        assert!(attacked.exact.is_empty(), "{name}: exact: {:?}", attacked.exact);
        assert!(attacked.narrowed.is_empty(), "{name}: narrowed: {:?}", attacked.narrowed);
    }
}
