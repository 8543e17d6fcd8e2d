//! Other records than the sample's: exactly the cells that should change do, and nothing small is told.

use crate::support::{Project, Records, changes, rows};

/// A substantive call from Connecticut.
const CALL: [(&str, &str); 4] =
    [("related", "true"), ("channel", "phone"), ("substantive", "true"), ("caller_state", "CT")];

/// A call of this caller type.
fn call(caller_type: &str) -> Vec<(&str, &str)> {
    [CALL.to_vec(), vec![("caller_type", caller_type)]].concat()
}

/// A project with changed records, and what changed in its published rows.
fn changed(source: &str, change: impl FnOnce(&mut Records)) -> (Project, Vec<String>) {
    let project = Project::new();
    let before = project.cells();
    project.records(source, change);
    let after = project.cells();
    (project, changes(&before, &after))
}

/// The notes of a report: number and first three words.
fn notes(text: &str) -> Vec<String> {
    let is_number = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c);
    let notes = text.lines().filter(|line| line.starts_with(is_number));
    notes.map(|line| line.split_whitespace().take(3).collect::<Vec<_>>().join(" ")).collect()
}

/// The paragraph of a report that begins with these words.
fn paragraph<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    text.lines().find(|line| line.starts_with(words))
}

/// The rows of one table.
fn of<'a>(cells: &'a [String], table: &str) -> Vec<&'a str> {
    cells.iter().filter_map(|line| line.strip_prefix(&format!("{table} "))).collect()
}

#[test]
fn without_a_small_caller_type_there_is_no_merged_row_and_the_first_note_is_on_general_information() {
    let (project, changes) = changed("signals", |signals| {
        signals.recode_all(&call("transportation"), &[("caller_type", "victim")]);
        signals.recode_all(&call("faith_based"), &[("caller_type", "victim")]);
    });
    assert_eq!(
        changes,
        ["- caller_type victim: 49 | 24.6%", "+ caller_type victim: 51 | 25.6%", "- caller_type (merged): 2 | 1.0%",]
    );
    let text = project.text();
    assert_eq!(
        notes(&text),
        [
            "¹Requests for general",
            "²Online Ad, Venue",
            "³To protect the",
            "⁴Cases where trafficking",
            "⁵These statistics are",
            "⁶To protect the",
            "⁷A Foreign National",
            "⁸These statistics are",
            "⁹To protect the",
            "¹⁰A Foreign National",
            "¹¹The image above",
        ]
    );
    assert!(text.contains("Request General Information¹\t5\t9.3%"), "{text}");
    assert!(text.contains("(WHERE KNOWN)¹¹"), "{text}");
}

#[test]
fn a_demographic_table_without_a_hidden_cell_has_no_note_on_identity() {
    let (project, changes) = changed("cases", |cases| {
        let flags = ["males", "transgender_females", "transgender_males", "gender_nonconforming"];
        let off: Vec<(&str, &str)> = flags.iter().map(|flag| (*flag, "false")).collect();
        let on: Vec<(&str, &str)> = flags.iter().map(|flag| (*flag, "true")).collect();
        cases.recode(3, &[off, vec![("trafficking_type", "sex")]].concat(), &on);
    });
    assert_eq!(
        changes,
        [
            "- sex_demographics males: Fewer than Three | N/A",
            "- sex_demographics transgender_females: Fewer than Three | N/A",
            "- sex_demographics transgender_males: Fewer than Three | N/A",
            "- sex_demographics gender_nonconforming: Fewer than Three | N/A",
            "+ sex_demographics males: 5 | 9.3%",
            "+ sex_demographics transgender_females: 5 | 9.3%",
            "+ sex_demographics transgender_males: 3 | 5.6%",
            "+ sex_demographics gender_nonconforming: 4 | 7.4%",
        ]
    );
    let text = project.text();
    assert_eq!(
        notes(&text)[8..],
        ["⁹These statistics are", "¹⁰A Foreign National", "¹¹The image above"],
        "the sample has a note on identity between them"
    );
    assert!(text.contains("Foreign Nationals¹⁰\t4\t7.4%"), "{text}");
}

#[test]
fn categories_with_equal_counts_stand_in_the_order_of_the_code_list() {
    let (_, changes) = changed("signals", |signals| {
        signals.recode(3, &call("victim"), &[("caller_type", "educator")]);
    });
    assert_eq!(
        changes,
        [
            "- caller_type victim: 49 | 24.6%",
            "+ caller_type victim: 46 | 23.1%",
            "+ caller_type educator: 6 | 3.0%",
            "- caller_type educator: 3 | 1.5%",
        ]
    );
    let project = Project::new();
    project.records("signals", |signals| signals.recode(3, &call("victim"), &[("caller_type", "educator")]));
    let cells = project.cells();
    let with_six: Vec<&str> = of(&cells, "caller_type").into_iter().filter(|row| row.ends_with(": 6 | 3.0%")).collect();
    assert_eq!(
        with_six,
        [
            "government_official: 6 | 3.0%",
            "medical_professional: 6 | 3.0%",
            "mental_health_professional: 6 | 3.0%",
            "educator: 6 | 3.0%",
        ]
    );
}

#[test]
fn a_category_pinned_last_is_last_whatever_its_count() {
    let project = Project::new();
    project.records("signals", |signals| {
        signals.recode(150, &[CALL.to_vec(), vec![("how_found", "unknown")]].concat(), &[("how_found", "radio")]);
    });
    assert_eq!(
        of(&project.cells(), "how_found"),
        [
            "radio: 150 | 75.4%",
            "211_311: 26 | 13.1%",
            "web_search: 6 | 3.0%",
            "referral: 5 | 2.5%",
            "contact_involved: 4 | 2.0%",
            "television: 2 | 1.0%",
            "training: 1 | 0.5%",
            "unknown: 5 | 2.5%",
            "(total): 199 | 100.0%",
        ]
    );
}

#[test]
fn without_a_labor_case_its_venues_go_and_its_demographics_are_all_hidden() {
    let project = Project::new();
    project.records("cases", |cases| {
        cases.recode_all(&[("trafficking_type", "labor")], &[("trafficking_type", "sex"), ("venue", "")]);
        cases.recode_all(&[("trafficking_type", "sex_and_labor")], &[("trafficking_type", "sex")]);
    });
    let cells = project.cells();
    assert_eq!(
        of(&cells, "venue"),
        [
            "sex: 51 | 94.4%",
            "sex/: 26 | 48.1%",
            "sex/commercial_front_brothel: 8 | 14.8%",
            "sex/hotel_motel: 6 | 11.1%",
            "sex/online_ad: 6 | 11.1%",
            "sex/(merged): 5 | 9.3%",
            "not_specified: 3 | 5.6%",
            "(total): 54 | 100.0%",
        ]
    );
    let labor = of(&cells, "labor_demographics");
    assert_eq!(labor.len(), 10);
    assert!(labor[..9].iter().all(|row| row.ends_with(": Fewer than Three | N/A")), "{labor:?}");
    assert_eq!(
        of(&cells, "sex_demographics"),
        [
            "adults: 38 | 70.4%",
            "minors: 12 | 22.2%",
            "females: 45 | 83.3%",
            "males: 4 | 7.4%",
            "transgender_females: 3 | 5.6%",
            "transgender_males: Fewer than Three | N/A",
            "gender_nonconforming: Fewer than Three | N/A",
            "us_citizens_lprs: 17 | 31.5%",
            "foreign_nationals: 5 | 9.3%",
            "(total):  | ",
        ]
    );
}

#[test]
fn without_a_known_location_every_county_looks_alike() {
    let (project, changes) = changed("case_locations", Records::clear);
    assert_eq!(
        changes,
        [
            "- map 09001: 10–24 cases",
            "- map 09003: 10–24 cases",
            "- map 09007: 3–4 cases",
            "- map 09009: 10–24 cases",
            "- map 09011: 5–9 cases",
        ]
    );
    assert_eq!(
        paragraph(&project.text(), "[").unwrap(),
        "[Heat map of the counties of Connecticut by number of potential human trafficking cases. \
         Fewer than three cases: Fairfield, Hartford, Litchfield, Middlesex, New Haven, \
         New London, Tolland, Windham.]"
    );
}

/// A project with these three places and no others, and the shaded counties.
fn shaded(places: &[&str]) -> Vec<String> {
    let project = Project::new();
    // What lies outside is refused by default.
    project.edit("config/nhth-2016.yaml", "    legend: Cases by", "    outside: count\n    legend: Cases by");
    project.records("case_locations", |locations| {
        locations.clear();
        for place in places {
            locations.push(place);
        }
    });
    project.cells().into_iter().filter(|row| row.starts_with("map ")).collect()
}

#[test]
fn a_point_counts_in_the_county_that_holds_it() {
    // Tolland, which the sample leaves empty.
    let points = ["SYN-C-0037,,-72.3500,41.8500", "SYN-C-0585,,-72.4000,41.9000", "SYN-C-0624,,-72.3000,41.9500"];
    assert_eq!(shaded(&points), ["map 09013: 3–4 cases"]);
}

#[test]
fn several_rows_of_a_case_in_one_county_count_once() {
    let two = [
        "SYN-C-0037,09013,,",
        "SYN-C-0037,,-72.3500,41.8500",
        "SYN-C-0037,09013,-72.3500,41.8500",
        "SYN-C-0585,09013,,",
        "SYN-C-0585,09013,,",
    ];
    assert_eq!(shaded(&two), Vec::<String>::new(), "two cases, in five rows");
    let three = [two.as_slice(), &["SYN-C-0624,09013,,"]].concat();
    assert_eq!(shaded(&three), ["map 09013: 3–4 cases"]);
}

#[test]
fn a_case_counts_in_each_of_its_counties() {
    let places = [
        "SYN-C-0037,09013,,",
        "SYN-C-0585,09013,,",
        "SYN-C-0624,09013,,",
        "SYN-C-0037,09015,,",
        "SYN-C-0585,09015,,",
        "SYN-C-0624,09015,,",
    ];
    assert_eq!(shaded(&places), ["map 09013: 3–4 cases", "map 09015: 3–4 cases"]);
}

#[test]
fn a_county_of_another_state_does_not_count() {
    let places =
        ["SYN-C-0037,25013,,", "SYN-C-0585,25013,,", "SYN-C-0624,25013,,", "SYN-C-0753,09001,,", "SYN-C-0756,09001,,"];
    assert_eq!(shaded(&places), Vec::<String>::new());
}

#[test]
fn counties_are_shaded_from_the_threshold_on_by_the_class_of_their_count() {
    let cases: Vec<String> = {
        let text = Project::new().read("data/connecticut-2016/cases.csv");
        text.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
    };
    let county = |geoid: &str, count: usize| cases[..count].iter().map(|case| format!("{case},{geoid},,")).collect();
    let places: Vec<Vec<String>> = vec![
        county("09001", 2),
        county("09003", 3),
        county("09005", 4),
        county("09007", 5),
        county("09009", 9),
        county("09011", 10),
        county("09013", 24),
        county("09015", 25),
    ];
    let places = places.concat();
    assert_eq!(
        shaded(&places.iter().map(String::as_str).collect::<Vec<_>>()),
        [
            "map 09003: 3–4 cases",
            "map 09005: 3–4 cases",
            "map 09007: 5–9 cases",
            "map 09009: 5–9 cases",
            "map 09011: 10–24 cases",
            "map 09013: 10–24 cases",
            "map 09015: 25 cases or more",
        ]
    );
}

#[test]
fn one_case_one_call_and_one_email_read_as_one() {
    let project = Project::new();
    project.records("cases", |cases| cases.keep(1, &[]));
    project.records("case_locations", Records::clear);
    project.records("signals", |signals| {
        let email = signals.find(&[("channel", "email"), ("related", "true"), ("state", "CT")]);
        assert!(!email.is_empty());
        signals.recode(1, &[("channel", "email"), ("related", "true"), ("state", "CT")], &[("how_found", "poster")]);
        signals.recode(1, &[CALL.to_vec(), vec![("state", "CT")]].concat(), &[("how_found", "poster")]);
        signals.recode_all(&[("caller_state", "CT")], &[]);
        signals.keep(2, &[("how_found", "poster")]);
    });
    let text = project.text();
    for line in ["1 Phone Call", "1 Email", "0 Online Tip Reports"] {
        assert!(text.lines().any(|printed| printed == line), "{line}: {text}");
    }
    assert!(text.contains("Number of Substantive Calls Received from Connecticut: **1**"), "{text}");
    assert_eq!(
        paragraph(&text, "This constitutes").unwrap(),
        "This constitutes the 51st highest call volume of all 50 states and Washington, D.C. in 2016."
    );
    assert!(text.contains(
        "**In Connecticut, a total of fewer than three unique cases (incidents) of potential human trafficking were \
         reported to the hotline.**"
    ));
    let cells = project.cells();
    assert_eq!(of(&cells, "caller_type"), ["(merged): 1 | 100.0%", "(total): 1 | 100.0%"]);
    assert_eq!(of(&cells, "how_found"), ["poster: 1 | 100.0%", "(total): 1 | 100.0%"]);
    assert_eq!(of(&cells, "reason"), ["(total): Fewer than Three | N/A"]);
    assert_eq!(of(&cells, "venue"), ["(total): Fewer than Three | N/A"]);
}

#[test]
fn an_edition_with_files_of_headers_only_is_a_report_of_nothing() {
    let project = Project::new();
    for source in ["signals", "cases", "case_locations"] {
        project.records(source, Records::clear);
    }
    let text = project.text();
    for line in ["0 Phone Calls", "0 Emails", "0 Online Tip Reports"] {
        assert!(text.lines().any(|printed| printed == line), "{line}: {text}");
    }
    assert!(text.contains("Number of Substantive Calls Received from Connecticut: **0**"), "{text}");
    assert!(text.contains("a total of fewer than three unique cases"), "{text}");
    let cells = project.cells();
    assert_eq!(of(&cells, "caller_type"), ["(total): 0 | N/A"]);
    assert_eq!(of(&cells, "how_found"), ["(total): 0 | N/A"]);
    assert_eq!(of(&cells, "reason"), ["(total): Fewer than Three | N/A"]);
    assert_eq!(of(&cells, "venue"), ["(total): Fewer than Three | N/A"]);
    for table in ["labor_demographics", "sex_demographics"] {
        let rows = of(&cells, table);
        assert_eq!(rows.len(), 10);
        assert!(rows[..9].iter().all(|row| row.ends_with(": Fewer than Three | N/A")), "{rows:?}");
    }
    assert_eq!(of(&cells, "map"), Vec::<&str>::new());
}

#[test]
fn equal_call_volumes_share_a_rank() {
    let project = Project::new();
    project.records("signals", |signals| signals.repeat(3, &call("victim")));
    assert_eq!(
        paragraph(&project.text(), "This constitutes").unwrap(),
        "This constitutes the 30th highest call volume (tied) of all 50 states and Washington, D.C. in 2016.",
        "202 calls, as many as Iowa"
    );
    let project = Project::new();
    project.records("signals", |signals| signals.recode(7, &call("victim"), &[("caller_state", "NY")]));
    assert_eq!(
        paragraph(&project.text(), "This constitutes").unwrap(),
        "This constitutes the 31st highest call volume (tied) of all 50 states and Washington, D.C. in 2016.",
        "192 calls, as many as Kansas"
    );
    let project = Project::new();
    project.records("signals", |signals| signals.repeat(4, &call("victim")));
    assert_eq!(
        paragraph(&project.text(), "This constitutes").unwrap(),
        "This constitutes the 30th highest call volume of all 50 states and Washington, D.C. in 2016.",
        "203 calls, one more than Iowa"
    );
}

#[test]
fn a_territory_has_a_report_without_a_rank() {
    let project = Project::new();
    project.add("geodata/2016/PR.geojson");
    project.edit("config/nhth-2016.yaml", "reports: [CT]\ncoverage: [CT]", "reports: [PR]\ncoverage: [PR]");
    for source in ["signals", "cases"] {
        project.records(source, |records| records.recode_all(&[("state", "CT")], &[("state", "PR")]));
    }
    project.records("signals", |signals| signals.recode_all(&[("caller_state", "CT")], &[("caller_state", "PR")]));
    project.records("case_locations", |locations| {
        locations.clear();
        for case in ["SYN-C-0037", "SYN-C-0585", "SYN-C-0624"] {
            locations.push(&format!("{case},72127,,"));
        }
    });
    // Puerto Rico takes the place that Connecticut leaves in the reference figures.
    project.records("reference", |reference| reference.push("calls,CT,199"));
    let text = project.text();
    assert_eq!(paragraph(&text, "This constitutes"), None);
    assert!(!text.contains("highest call volume"), "{text}");
    assert!(text.contains("Puerto Rico State Report: 1/1/2016 – 12/31/2016"), "{text}");
    assert!(text.contains("Number of Substantive Calls Received from Puerto Rico: **199**"), "{text}");
    assert!(text.contains("3–4 cases: San Juan."), "{text}");
    assert!(!text.contains("Connecticut"), "{text}");
    let published = rows(&project.published("Puerto-Rico-2016"));
    let sample: Vec<String> = Project::new().cells().into_iter().filter(|row| !row.starts_with("map ")).collect();
    assert_eq!(changes(&sample, &published), ["+ map 72127: 3–4 cases"]);
}

#[test]
fn a_total_of_cases_under_the_threshold_is_hidden_everywhere() {
    for count in [1, 2] {
        let project = Project::new();
        project.records("cases", |cases| cases.keep(count, &[("trafficking_type", "sex"), ("venue", "hotel_motel")]));
        project.records("case_locations", |locations| locations.keep(1, &[("case_id", "SYN-C-0037")]));
        let text = project.text();
        let cells = project.cells();
        let of_cases: Vec<&String> = cells
            .iter()
            .filter(|row| ["reason ", "venue ", "labor_", "sex_", "map "].iter().any(|name| row.starts_with(name)))
            .collect();
        assert_eq!(of_cases.len(), 22, "two totals and two tables of ten rows");
        for row in of_cases {
            let shown = row.split_once(": ").unwrap().1;
            let hidden = ["Fewer than Three | N/A", " | "].contains(&shown);
            assert!(hidden, "{row}");
        }
        let from = text.find("HUMAN TRAFFICKING CASE DATA").unwrap();
        let to = text[from..].find("LOCATION OF POTENTIAL").unwrap() + from;
        let tables: Vec<&str> = text[from..to].lines().filter(|line| line.contains('\t')).collect();
        assert!(tables.iter().all(|line| !line.contains(|c: char| c.is_ascii_digit())), "{tables:?}");
        assert!(text[from..].contains("a total of fewer than three unique cases (incidents)"), "{text}");
        assert!(paragraph(&text, "[").unwrap().ends_with("Middlesex, New Haven, New London, Tolland, Windham.]"));
        assert!(!paragraph(&text, "[").unwrap().contains("3–4 cases"));
    }
    let reports = [1, 2].map(|count| {
        let project = Project::new();
        project.records("cases", |cases| cases.keep(count, &[("trafficking_type", "sex"), ("venue", "hotel_motel")]));
        project.records("case_locations", Records::clear);
        (project.text(), project.cells())
    });
    assert_eq!(reports[0], reports[1], "one case and two give the same report");
}

#[test]
fn large_counts_have_thousands_separators_in_every_cell() {
    let project = Project::new();
    project.records("signals", |signals| {
        signals.repeat(1_000, &[call("victim"), vec![("state", "CT"), ("how_found", "unknown")]].concat());
    });
    let cells = project.cells();
    for row in [
        "1,199 Phone Calls",
        "caller_type victim: 1,049 | 87.5%",
        "caller_type (total): 1,199 | 100.0%",
        "how_found unknown: 1,155 | 96.3%",
        "how_found (total): 1,199 | 100.0%",
    ] {
        assert!(cells.iter().any(|cell| cell == row), "{row}: {cells:#?}");
    }
    let text = project.text();
    assert!(text.contains("Number of Substantive Calls Received from Connecticut: **1,199**"), "{text}");
    let victims = project.published("Connecticut-2016")["tables"][0]["rows"][0]["cells"][1]["value"].clone();
    assert_eq!(victims, 1_049, "a number for machines");
}

#[test]
fn a_category_hidden_by_judgement_joins_the_merged_row() {
    let project = Project::new();
    let before = project.cells();
    project.edit(
        "config/nhth-2016.yaml",
        "\ncounters:\n",
        "\noverrides:\n  - { table: venue, row: sex/hotel_motel, jurisdictions: [CT], reason: An unusual case. }\n\ncounters:\n",
    );
    assert_eq!(
        changes(&before, &project.cells()),
        ["- venue sex/hotel_motel: 6 | 11.1%", "- venue sex/(merged): 5 | 9.3%", "+ venue sex/(merged): 11 | 20.4%",]
    );
    assert!(!project.text().contains("unusual"), "the reason stands in the audit alone");
}

#[test]
fn a_row_hidden_by_judgement_does_not_say_that_it_is_small() {
    let project = Project::new();
    project.edit(
        "config/nhth-2016.yaml",
        "\ncounters:\n",
        "\noverrides:\n  - { table: sex_demographics, row: minors, reason: An unusual case. }\n\ncounters:\n",
    );
    let cells = project.cells();
    assert_eq!(
        of(&cells, "sex_demographics"),
        [
            "adults: 33 | 61.1%",
            "minors: Not Shown | N/A",
            "females: 40 | 74.1%",
            "males: Not Shown | N/A",
            "transgender_females: Not Shown | N/A",
            "transgender_males: Not Shown | N/A",
            "gender_nonconforming: Not Shown | N/A",
            "us_citizens_lprs: 15 | 27.8%",
            "foreign_nationals: 4 | 7.4%",
            "(total):  | ",
        ]
    );
}

#[test]
fn a_reason_under_three_is_hidden_with_others_so_that_the_total_does_not_tell_it() {
    let with = |count: usize| {
        let project = Project::new();
        project
            .records("cases", |cases| cases.recode(5 - count, &[("reason", "crisis")], &[("reason", "general_info")]));
        (project.text(), project.cells())
    };
    let (text, cells) = with(2);
    assert_eq!(
        of(&cells, "reason"),
        [
            "tip: 27 | 50.0%",
            "service_referrals: 17 | 31.5%",
            "crisis: Not Shown | N/A",
            "general_info: Not Shown | N/A",
            "tta: Not Shown | N/A",
            "(total): 54 | 100.0%",
        ],
        "a category without a case looks the same, and one of three or more goes with both"
    );
    assert!(text.contains("Request Crisis Assistance\tNot Shown ²\tN/A"), "{text}");
    assert_eq!(notes(&text)[1..3], ["²To protect the", "³Requests for general"]);
    assert_eq!(with(2), with(1), "one case and two give the same report");
}

#[test]
fn without_a_small_reason_none_is_hidden_and_one_without_a_case_is_left_out() {
    let project = Project::new();
    project.records("cases", |cases| cases.recode(5, &[("reason", "crisis")], &[("reason", "tip")]));
    assert_eq!(
        of(&project.cells(), "reason"),
        ["tip: 32 | 59.3%", "service_referrals: 17 | 31.5%", "general_info: 5 | 9.3%", "(total): 54 | 100.0%"]
    );
}

#[test]
fn a_guarded_merged_row_takes_in_further_rows_where_its_sum_would_be_small() {
    let project = Project::new();
    let before = project.cells();
    let guarded = |guard| format!("guard: {guard}\n      label: Caller Types");
    project.edit("config/nhth-2016.yaml", &guarded("as-published"), &guarded("full-range"));
    assert_eq!(
        changes(&before, &project.cells()),
        ["- caller_type buyer: 5 | 2.5%", "- caller_type (merged): 2 | 1.0%", "+ caller_type (merged): 7 | 3.5%",]
    );
    let audit = project.succeeds(&["audit", "config/nhth-2016.yaml"]);
    assert!(!audit.contains("`caller_type`"), "nothing is left to accept: {audit}");
}

#[test]
fn small_parents_merge_into_a_row_of_their_own_label() {
    let project = Project::new();
    project.edit(
        "config/nhth-2016.yaml",
        "    parents: { rule: suppress, note: identity, neutral_note: protection }",
        "    parents: { rule: merge, guard: as-published, label: Types Referenced in Fewer than Three Cases, note: identity }",
    );
    project.records("cases", |cases| {
        cases.recode(1, &[("trafficking_type", "not_specified")], &[("trafficking_type", "sex")]);
        cases.recode(1, &[("trafficking_type", "sex_and_labor")], &[("trafficking_type", "sex")]);
    });
    let cells = project.cells();
    assert_eq!(
        of(&cells, "venue")[7..],
        ["labor/traveling_sales: 3 | 5.6%", "labor/(merged): 2 | 3.7%", "(merged): 4 | 7.4%", "(total): 54 | 100.0%",]
    );
    let row = project.published("Connecticut-2016")["tables"][3]["rows"][9].clone();
    assert_eq!(row["level"], 0);
    assert!(project.text().contains("Types Referenced in Fewer than Three Cases⁴\t4\t7.4%"), "{}", project.text());
}

#[test]
fn a_threshold_under_the_editions_own_is_a_disclosure() {
    let project = Project::new();
    project.edit(
        "config/nhth-2016.yaml",
        "small_counts: &masked { rule: mask, note: identity }",
        "small_counts: &masked { rule: mask, threshold: 2 }",
    );
    let findings = project.refuses(&["build", "config/nhth-2016.yaml"]);
    for cell in [
        "`labor_demographics`, `minors`,",
        "`labor_demographics`, `foreign_nationals`,",
        "`sex_demographics`, `males`,",
    ] {
        assert!(findings.contains(cell), "{cell}: {findings}");
    }
    assert_eq!(findings.matches("error[disclosure::small-count-shown]").count(), 4, "{findings}");

    let project = Project::new();
    project.edit("config/nhth-2016.yaml", "- { from: 3, label: 3–4 cases,", "- { from: 1, label: 1–4 cases,");
    project.edit("config/nhth-2016.yaml", "    vintage: 2016\n", "    vintage: 2016\n    threshold: 1\n");
    let findings = project.refuses(&["build", "config/nhth-2016.yaml"]);
    assert_eq!(findings.matches("error[disclosure::small-count-shown]").count(), 2, "{findings}");
    for county in ["09005", "09015"] {
        assert!(findings.contains(&format!("`locations`, `{county}`, of CT")), "{findings}");
    }
}

#[test]
fn the_row_that_is_hidden_with_a_small_one_does_not_depend_on_the_counts() {
    let hidden = |tips: usize| -> Vec<String> {
        let project = Project::new();
        project.records("cases", |cases| {
            cases.recode(3, &[("reason", "crisis")], &[("reason", "tip")]);
            cases.recode(tips, &[("reason", "tip")], &[("reason", "service_referrals")]);
        });
        let cells = project.cells();
        let rows = of(&cells, "reason").into_iter().filter(|row| row.ends_with(": Not Shown | N/A"));
        rows.map(|row| row.split_once(':').unwrap().0.to_owned()).collect()
    };
    assert_eq!(hidden(0), hidden(25));
}
