//! Random editions of linked tables over few records.

use std::fmt::Write;

use proptest::prelude::*;
use proptest::sample::select;

/// A record, without the jurisdiction that it counts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub kind: &'static str,
    pub of_type: &'static str,
    pub marked: bool,
}

/// Which records a table counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    All,
    TypeX,
    TypeY,
    NotKindC,
    Marked,
}

impl Filter {
    const ALL: [Self; 5] = [Self::All, Self::TypeX, Self::TypeY, Self::NotKindC, Self::Marked];

    pub(super) fn meets(self, record: Record) -> bool {
        match self {
            Self::All => true,
            Self::TypeX => record.of_type == "x",
            Self::TypeY => record.of_type == "y",
            Self::NotKindC => record.kind != "c",
            Self::Marked => record.marked,
        }
    }

    fn written(self) -> &'static str {
        match self {
            Self::All => "",
            Self::TypeX => "    where: { column: type, is: x }\n",
            Self::TypeY => "    where: { column: type, is: y }\n",
            Self::NotKindC => "    where: { not: { column: kind, is: c } }\n",
            Self::Marked => "    where: { column: marked, is: true }\n",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    Kind,
    Type,
    Mark,
}

impl Rows {
    pub(super) fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Kind => &["a", "b", "c"],
            Self::Type => &["x", "y"],
            Self::Mark => &["marked"],
        }
    }

    pub(super) fn counts(self, key: &str, record: Record) -> bool {
        match self {
            Self::Kind => record.kind == key,
            Self::Type => record.of_type == key,
            Self::Mark => record.marked,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    Suppress,
    MergeGuarded,
    MergeAsPublished,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    pub rows: Rows,
    pub filter: Filter,
    pub rule: Rule,
}

/// An edition: its tables, its records by state, and what else is printed.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub tables: Vec<Table>,
    /// Records of New Mexico, of Texas, and of nowhere, which has no report.
    pub records: [Vec<Record>; 3],
    /// The total of a part stands in the text.
    pub some: bool,
    /// The total of the nation stands in the text.
    pub nation: bool,
}

/// Kinds, types and marks of which there can be records.
pub(super) fn classes(with_marks: bool) -> Vec<Record> {
    let marks: &[bool] = if with_marks { &[false, true] } else { &[false] };
    let kinds = ["a", "b", "c"].into_iter();
    kinds
        .flat_map(|kind| {
            ["x", "y"]
                .into_iter()
                .flat_map(move |of_type| marks.iter().map(move |marked| Record { kind, of_type, marked: *marked }))
        })
        .collect()
}

impl Case {
    pub(super) fn has_marks(&self) -> bool {
        self.tables.iter().any(|table| table.rows == Rows::Mark || table.filter == Filter::Marked)
    }

    /// The spec, made of that of `tests/editions/linked`.
    pub(super) fn spec(&self, base: &str, is_strict: bool) -> String {
        let (mut tables, mut content) = (String::from("tables:\n"), String::new());
        for (number, table) in self.tables.iter().enumerate() {
            let rows = match table.rows {
                Rows::Kind => "codes: kind",
                Rows::Type => "codes: type",
                Rows::Mark => "flags: mark",
            };
            let rule = match (table.rows, table.rule) {
                (Rows::Mark, _) => "rule: mask",
                (_, Rule::Suppress) => "rule: suppress",
                (_, Rule::MergeGuarded) => "rule: merge, guard: full-range, label: Others",
                (_, Rule::MergeAsPublished) => "rule: merge, guard: as-published, label: Others",
            };
            let rest = if table.rows == Rows::Mark {
                "    order: list\n    zero_rows: keep\n"
            } else {
                "    total: { label: ALL }\n"
            };
            write!(
                tables,
                "  t{number}:\n    of: everyone\n{}    rows: {{ {rows} }}\n    columns:\n      - {{ cell: label, head: ROWS }}\n      - {{ cell: count, head: RECORDS }}\n{rest}    small_counts: {{ {rule} }}\n",
                table.filter.written()
            )
            .unwrap();
            writeln!(content, "  - table: t{number}").unwrap();
        }
        if self.some {
            content.push_str("  - statement: \"Of type X: **{{ figures.some.text }}**\"\n");
        }
        if self.nation {
            content.push_str("  - statement: \"In the nation: **{{ national.everyone.text }}**\"\n");
        }
        let policy = if is_strict { String::new() } else { self.accepting() };
        base.replace("tables:\n", &(policy + &tables)) + &content
    }

    /// As the reports of 2016 were protected: each table for itself, and everything that this tells is accepted.
    fn accepting(&self) -> String {
        let kinds = [
            "merged-sum-small",
            "merged-row-tells",
            "absent-row-tells",
            "difference-tells",
            "tables-tell",
            "reports-tell",
        ];
        let mut written = String::from("  policy: faithful-2016\n\naccept:\n");
        let figures = ["everyone".to_owned(), "some".to_owned()];
        for figure in figures.into_iter().chain((0..self.tables.len()).map(|number| format!("t{number}"))) {
            for kind in kinds {
                writeln!(
                    written,
                    "  - {{ code: \"disclosure::{kind}\", figure: {figure}, rows: all, reason: A test. }}"
                )
                .unwrap();
            }
        }
        written
    }

    pub(super) fn csv(&self) -> String {
        let mut written = String::from("record_id,opened_on,state,kind,type,marked\n");
        let mut id = 0;
        for (state, records) in ["NM", "TX", "XX"].into_iter().zip(&self.records) {
            for record in records {
                id += 1;
                writeln!(written, "SYN-{id},2016-03-01,{state},{},{},{}", record.kind, record.of_type, record.marked)
                    .unwrap();
            }
        }
        written
    }
}

fn tables() -> impl Strategy<Value = Vec<Table>> {
    let table = (
        select(vec![Rows::Kind, Rows::Kind, Rows::Type, Rows::Mark]),
        select(Filter::ALL.to_vec()),
        select(vec![Rule::Suppress, Rule::MergeGuarded, Rule::MergeAsPublished]),
    );
    proptest::collection::vec(table.prop_map(|(rows, filter, rule)| Table { rows, filter, rule }), 2..=3)
}

/// Editions whose worlds are few enough to be listed.
pub(super) fn cases() -> impl Strategy<Value = Case> {
    (tables(), any::<bool>(), any::<bool>()).prop_flat_map(|(tables, some, nation)| {
        let empty = Case { tables, records: Default::default(), some, nation };
        let classes = classes(empty.has_marks());
        let most = if empty.has_marks() { 6 } else { 12 };
        // Few classes hold most of the records, so that some counts are large.
        let few = proptest::sample::subsequence(classes, 1..=4).prop_shuffle();
        let state =
            move |least| few.clone().prop_flat_map(move |few| proptest::collection::vec(select(few), least..=most));
        (state(3), state(0), proptest::collection::vec(select(classes_of_nowhere()), 0..=1))
            .prop_map(move |(first, second, third)| Case { records: [first, second, third], ..empty.clone() })
    })
}

fn classes_of_nowhere() -> Vec<Record> {
    vec![Record { kind: "a", of_type: "x", marked: false }]
}
