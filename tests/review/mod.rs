//! `platen review`: planted edits, each found and named right, and nothing else reported.

mod page;
mod pairs;
mod seen;
mod why;

use std::fs;

use serde_json::Value;

use crate::support::page::Page;
use crate::support::{Project, repository, tool};

const SPEC: &str = "config/nhth-2016.yaml";
const TOKENS: &str = "layouts/nhth-2016/tokens.typ";

/// An edit of a project, and the changes that a review must find: kind, place and words, in the order of their kinds.
struct Edit {
    name: &'static str,
    make: fn(&Project),
    found: &'static [&'static str],
}

fn call(project: &Project, count: usize, from: &str, to: &str) {
    let is_call = [("related", "true"), ("channel", "phone"), ("substantive", "true"), ("caller_type", from)];
    project.records("signals", |signals| signals.recode(count, &is_call, &[("caller_type", to)]));
}

/// Gives so many calls another way of finding the hotline; all when none is said.
fn found_by(project: &Project, count: usize, from: &str, to: &str) {
    let is_call = [("related", "true"), ("channel", "phone"), ("substantive", "true"), ("how_found", from)];
    project.records("signals", |signals| match count {
        0 => signals.recode_all(&is_call, &[("how_found", to)]),
        _ => signals.recode(count, &is_call, &[("how_found", to)]),
    });
}

fn case(project: &Project, count: usize, from: &[(&str, &str)], to: &[(&str, &str)]) {
    project.records("cases", |cases| cases.recode(count, from, to));
}

const EDITS: &[Edit] = &[
    Edit { name: "nothing", make: |_| {}, found: &[] },
    Edit {
        name: "two cases have another reason",
        make: |p| case(p, 2, &[("reason", "tip")], &[("reason", "service_referrals")]),
        found: &[
            "count: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Access Service Referrals › # OF CASES: 17 → 19",
            "count: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Report a Trafficking Tip › # OF CASES: 27 → 25",
            "percent: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Access Service Referrals › % OF CASES: 31.5% → 35.2%",
            "percent: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Report a Trafficking Tip › % OF CASES: 50.0% → 46.3%",
        ],
    },
    Edit {
        name: "a caller of another type",
        make: |p| call(p, 1, "victim", "community_member"),
        found: &[
            "count: CALLER TYPE › Community Member › # OF CALLS: 29 → 30",
            "count: CALLER TYPE › Victim of Trafficking › # OF CALLS: 49 → 48",
            "percent: CALLER TYPE › Community Member › % OF CALLS: 14.6% → 15.1%",
            "percent: CALLER TYPE › Victim of Trafficking › % OF CALLS: 24.6% → 24.1%",
        ],
    },
    Edit {
        name: "a row overtakes another",
        make: |p| call(p, 4, "victim", "ngo"),
        found: &[
            "count: CALLER TYPE › NGO Representative › # OF CALLS: 26 → 30",
            "count: CALLER TYPE › Victim of Trafficking › # OF CALLS: 49 → 45",
            "percent: CALLER TYPE › NGO Representative › % OF CALLS: 13.1% → 15.1%",
            "percent: CALLER TYPE › Victim of Trafficking › % OF CALLS: 24.6% → 22.6%",
            "row-moved: CALLER TYPE › NGO Representative: 3 → 2",
        ],
    },
    Edit {
        name: "a category falls below the threshold",
        make: |p| call(p, 1, "educator", "victim"),
        found: &[
            "count: CALLER TYPE › Caller Types Referenced Fewer than Three Times › # OF CALLS: 2 → 4",
            "count: CALLER TYPE › Victim of Trafficking › # OF CALLS: 49 → 50",
            "newly-suppressed: CALLER TYPE › Educator/School Personnel: 3 · 1.5% → ",
            "percent: CALLER TYPE › Caller Types Referenced Fewer than Three Times › % OF CALLS: 1.0% → 2.0%",
            "percent: CALLER TYPE › Victim of Trafficking › % OF CALLS: 24.6% → 25.1%",
        ],
    },
    Edit {
        name: "a category rises over the threshold",
        make: |p| call(p, 2, "victim", "transportation"),
        found: &[
            "count: CALLER TYPE › Caller Types Referenced Fewer than Three Times › # OF CALLS: 2 → 1",
            "count: CALLER TYPE › Victim of Trafficking › # OF CALLS: 49 → 47",
            "newly-shown: CALLER TYPE › Transportation Worker:  → 3 · 1.5%",
            "percent: CALLER TYPE › Caller Types Referenced Fewer than Three Times › % OF CALLS: 1.0% → 0.5%",
            "percent: CALLER TYPE › Victim of Trafficking › % OF CALLS: 24.6% → 23.6%",
        ],
    },
    Edit {
        name: "a demographic falls below the threshold",
        make: |p| {
            case(
                p,
                2,
                &[("trafficking_type", "sex"), ("foreign_nationals", "true")],
                &[("foreign_nationals", "false")],
            );
        },
        found: &[
            "newly-suppressed: VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Foreign Nationals › # OF CASES: 4 → Fewer than Three",
            "note-marker: VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Foreign Nationals › # OF CASES:  → 10",
        ],
    },
    Edit {
        name: "calls from elsewhere",
        make: |p| {
            p.records("signals", |signals| {
                signals.recode(3, &[("channel", "email"), ("state", "CT")], &[("channel", "online_tip")]);
            });
        },
        found: &["figure: Emails: 24 → 22", "figure: Online Tip Reports: 14 → 16"],
    },
    Edit {
        name: "a case in another county",
        make: |p| {
            p.records("case_locations", |all| {
                all.recode(3, &[("county_geoid", "09001")], &[("county_geoid", "09013")]);
            });
        },
        found: &["county-class: Tolland: Fewer than three cases → 3–4 cases"],
    },
    Edit {
        name: "a row label",
        make: |p| p.edit(SPEC, "label: \"Student\"", "label: \"Pupil\""),
        found: &["row-relabelled: CALLER TYPE › Pupil: Student → Pupil"],
    },
    Edit {
        name: "a total's label",
        make: |p| p.edit(SPEC, "label: \"TOTAL # OF SUBSTANTIVE CALLS\"", "label: \"TOTAL OF SUBSTANTIVE CALLS\""),
        found: &[
            "row-relabelled: CALLER TYPE › TOTAL OF SUBSTANTIVE CALLS: TOTAL # OF SUBSTANTIVE CALLS → TOTAL OF SUBSTANTIVE CALLS",
        ],
    },
    Edit {
        name: "a column's head",
        make: |p| {
            p.edit(SPEC, "  caller_type:\n    of: calls\n    rows: { codes: caller_type }\n    columns:\n      - { cell: label, head: CALLER TYPE }\n      - { cell: count, head: \"# OF CALLS\" }", "  caller_type:\n    of: calls\n    rows: { codes: caller_type }\n    columns:\n      - { cell: label, head: CALLER TYPE }\n      - { cell: count, head: \"CALLS\" }");
        },
        found: &["column-head: CALLER TYPE: # OF CALLS → CALLS"],
    },
    Edit {
        name: "a table's title",
        make: |p| p.edit(SPEC, "head: CALLER TYPE }", "head: TYPE OF CALLER }"),
        found: &["column-head: TYPE OF CALLER: CALLER TYPE → TYPE OF CALLER"],
    },
    Edit {
        name: "a table less",
        make: |p| p.edit(SPEC, "  - table: how_found\n", ""),
        found: &["table-removed: HOW CALLER FOUND THE NATIONAL HOTLINE: 8 rows → "],
    },
    Edit {
        name: "tables in another order",
        make: |p| {
            p.edit(
                SPEC,
                "  - table: caller_type\n  - table: how_found\n",
                "  - table: how_found\n  - table: caller_type\n",
            );
        },
        found: &["moved: HOW CALLER FOUND THE NATIONAL HOTLINE:  → ", "pages: : 4 → 5"],
    },
    Edit {
        name: "the words of a note",
        make: |p| p.edit(SPEC, "The image above is a heat map", "The picture above is a heat map"),
        found: &["note-text: : image → picture"],
    },
    Edit {
        name: "a note less",
        make: |p| p.edit(SPEC, ", note: online_ad }", " }"),
        found: &[
            "note-marker: VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Online Ad, Venue Unknown: 3 → ",
            "note-number (renumbering): : 10 → 9",
            "note-number (renumbering): : 11 → 10",
            "note-number (renumbering): : 12 → 11",
            "note-number (renumbering): : 12 → 11",
            "note-number (renumbering): : 4 → 3",
            "note-number (renumbering): : 5 → 4",
            "note-number (renumbering): : 6 → 5",
            "note-number (renumbering): : 7 → 6",
            "note-number (renumbering): : 8 → 7",
            "note-number (renumbering): : 9 → 8",
            "note-number (renumbering): VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Industries Referenced in Fewer than Three Cases: 4 → 3",
            "note-number (renumbering): VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Trafficking Type Not Specified: 5 → 4",
            "note-number (renumbering): VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Venues Referenced in Fewer than Three Cases: 4 → 3",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Foreign Nationals › # OF CASES: 7 → 6",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Foreign Nationals: 8 → 7",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Gender Non-Conforming Individuals › # OF CASES: 7 → 6",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Minors › # OF CASES: 7 → 6",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › NON-CUMULATIVE: 6 → 5",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Transgender Females › # OF CASES: 7 → 6",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Transgender Males › # OF CASES: 7 → 6",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES): 6 → 5",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Foreign Nationals: 11 → 10",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Gender Non-Conforming Individuals › # OF CASES: 10 → 9",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Males › # OF CASES: 10 → 9",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › NON-CUMULATIVE: 9 → 8",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Transgender Females › # OF CASES: 10 → 9",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Transgender Males › # OF CASES: 10 → 9",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES): 9 → 8",
            "note-removed: : Online Ad, Venue Unknown cases typically involve reports of  → ",
        ],
    },
    Edit {
        name: "a note more",
        make: |p| {
            p.edit(
                SPEC,
                "label: \"Request Crisis Assistance\" }",
                "label: \"Request Crisis Assistance\", note: general_information }",
            );
        },
        found: &["note-marker: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Request Crisis Assistance:  → 2"],
    },
    Edit {
        name: "words of a paragraph",
        make: |p| p.edit(SPEC, "comprehensive report on the scale or scope", "full report on the size or scope"),
        found: &["prose: : comprehensive → full", "prose: : scale → size"],
    },
    Edit {
        name: "a word more",
        make: |p| {
            p.edit(SPEC, "These statistics\n      are accurate", "These published statistics\n      are accurate");
        },
        found: &["prose: :  → published"],
    },
    Edit {
        name: "a paragraph less",
        make: |p| {
            p.edit(SPEC, "  - statement: \"Number of Substantive Calls Received from {{ jurisdiction.in_prose }}: **{{ figures.calls.text }}**\"\n", "");
        },
        found: &["prose: : Number of Substantive Calls Received from Connecticut: 199 → "],
    },
    Edit {
        name: "a paragraph more",
        make: |p| {
            p.edit(
                SPEC,
                "  - table: reason\n",
                "  - paragraph: Callers are asked for their consent before anything is passed on.\n  - table: reason\n",
            );
        },
        found: &["prose: :  → Callers are asked for their consent before anything is passe"],
    },
    Edit {
        name: "a heading",
        make: |p| p.edit(SPEC, "heading: SUBSTANTIVE CALL DATA", "heading: CALL DATA"),
        found: &["heading: : SUBSTANTIVE CALL DATA → CALL DATA"],
    },
    Edit {
        name: "the day of the data",
        make: |p| p.edit(SPEC, "data_date: 2017-03-08", "data_date: 2017-04-08"),
        found: &["date: : March → April"],
    },
    Edit {
        name: "the national figure",
        make: |p| p.edit("data/connecticut-2016/reference.csv", "signals,US,34068", "signals,US,34070"),
        found: &["figure: : 34,068 → 34,070"],
    },
    Edit {
        name: "the rank",
        make: |p| p.edit("data/connecticut-2016/reference.csv", "calls,AK,82", "calls,AK,820"),
        found: &["rank: : 31st → 32nd"],
    },
    Edit {
        name: "a notice on every page",
        make: |p| p.edit(SPEC, "edition: nhth-2016\n", "edition: nhth-2016\nnotice: \"Draft for review.\"\n"),
        found: &["prose: :  → Draft for review."],
    },
    Edit {
        name: "the report's title",
        make: |p| {
            p.edit(
                SPEC,
                "title: \"{{ jurisdiction.name }} State Report {{ period.year }}\"",
                "title: \"{{ jurisdiction.name }} Report {{ period.year }}\"",
            );
        },
        found: &["metadata: title: Connecticut State Report 2016 → Connecticut Report 2016"],
    },
    Edit {
        name: "keywords",
        make: |p| p.edit(SPEC, "keywords: [human trafficking,", "keywords: [forced labor, human trafficking,"),
        found: &[
            "metadata: keywords: human trafficking, hotline, state report, statistics → forced labor, human trafficking, hotline, state report, stat",
        ],
    },
    Edit {
        name: "the size of the text",
        make: |p| p.edit(TOKENS, "#let body-size = 10.5pt", "#let body-size = 10.4pt"),
        found: &["size: : 10.5 pt → 10.4 pt"],
    },
    Edit {
        name: "the size of headings",
        make: |p| p.edit(TOKENS, "#let heading-size = 13pt", "#let heading-size = 14pt"),
        found: &["size: : 13 pt → 14 pt"],
    },
    Edit {
        name: "a colour",
        make: |p| p.edit(TOKENS, "    strong: rgb(\"#17375e\"),", "    strong: rgb(\"#5e1737\"),"),
        found: &["colour: : #17375e → #5e1737"],
    },
    Edit {
        name: "the weight of strong words",
        make: |p| p.edit(TOKENS, "#let semibold = 600", "#let semibold = 400"),
        found: &["font: : SourceSans3-SemiBold → SourceSans3-Regular"],
    },
    Edit {
        name: "the margin at the side",
        make: |p| p.edit(TOKENS, "#let side-margin = 72pt", "#let side-margin = 70pt"),
        found: &[
            "line-breaks: :  → the same words in other lines",
            "position: :  → 0.7 pt further left",
            "position: :  → 0.7 pt further right",
            "position: :  → 1.9 pt further right",
            "position: :  → 2.0 pt further left",
            "position: :  → 2.0 pt further right",
        ],
    },
    Edit {
        name: "the white above paragraphs",
        make: |p| p.edit(TOKENS, "#let space-paragraph = 8pt", "#let space-paragraph = 10pt"),
        found: &["position: :  → 2.0 pt more above"],
    },
    Edit {
        name: "a heading begins a page, and nothing before it is set otherwise",
        make: |p| {
            let draw = "  let draw = kinds.at(data.kind)\n";
            let third = "blocks.slice(0, place).filter(data => data.kind == \"heading\").len() == 2";
            let begin = format!("  if data.kind == \"heading\" and {third} {{ pagebreak(weak: true) }}\n");
            p.edit("layouts/nhth-2016/main.typ", draw, &format!("{begin}{draw}"));
        },
        found: &["pages: : 4 → 5", "position: : page 2 → page 3"],
    },
    Edit {
        name: "the height of the page",
        make: |p| p.edit(TOKENS, "#let page-height = 792pt", "#let page-height = 800pt"),
        found: &["boxes: MediaBox: 0.00 0.00 612.00 792.00 → 0.00 0.00 612.00 800.00"],
    },
    Edit {
        name: "the colour of a line",
        make: |p| p.edit(TOKENS, "hairline: rgb(\"#c9d1da\")", "hairline: rgb(\"#a9d1da\")"),
        found: &["graphics: :  → "],
    },
    Edit {
        name: "the colour of a class",
        make: |p| p.edit(SPEC, "rgb: \"#cb181d\"", "rgb: \"#cb181f\""),
        found: &["picture: :  → "],
    },
    Edit {
        name: "a class begins later",
        make: |p| {
            p.edit(SPEC, "- { from: 3, label: 3–4 cases,", "- { from: 3, label: 3–5 cases,");
            p.edit(SPEC, "- { from: 5, label: 5–9 cases,", "- { from: 6, label: 6–9 cases,");
        },
        found: &["county-class: Middlesex: 3–4 cases → 3–5 cases", "county-class: New London: 5–9 cases → 3–5 cases"],
    },
    Edit {
        name: "the words for a map",
        make: |p| p.edit(SPEC, "      Heat map of {%", "      Map of {%"),
        found: &[
            "alternative: : Heat map of the counties of Connecticut by number of potenti → Map of the counties of Connecticut by number of potential hu",
        ],
    },
    Edit {
        name: "the publisher",
        make: |p| p.edit(SPEC, "publisher: National Human Trafficking Hotline\n", "publisher: National Hotline\n"),
        found: &["metadata: author: National Human Trafficking Hotline → National Hotline"],
    },
    Edit {
        name: "the form of dates",
        make: |p| p.edit(SPEC, "long: \"%B %-d, %Y\"", "long: \"%-d %B %Y\""),
        found: &[
            "date: : December 31, → 31 December",
            "date: : December 31, → 31 December",
            "date: : January 1, → 1 January",
            "date: : January 1, → 1 January",
            "date: : March 8, → 8 March",
            "metadata: subject: Data report on calls to the National Human Trafficking Hotli → Data report on calls to the National Human Trafficking Hotli",
        ],
    },
    Edit {
        name: "a way of finding the hotline that nobody named before",
        make: |p| found_by(p, 2, "web_search", "radio"),
        found: &[
            "count: HOW CALLER FOUND THE NATIONAL HOTLINE › Internet-Web Search › # OF CALLS: 6 → 4",
            "percent: HOW CALLER FOUND THE NATIONAL HOTLINE › Internet-Web Search › % OF CALLS: 3.0% → 2.0%",
            "row-added: HOW CALLER FOUND THE NATIONAL HOTLINE › Radio:  → 2 · 1.0%",
            "row-moved: HOW CALLER FOUND THE NATIONAL HOTLINE › Referral: 3 → 2",
        ],
    },
    Edit {
        name: "a way that nobody names any more",
        make: |p| found_by(p, 0, "television", "web_search"),
        found: &[
            "count: HOW CALLER FOUND THE NATIONAL HOTLINE › Internet-Web Search › # OF CALLS: 6 → 8",
            "percent: HOW CALLER FOUND THE NATIONAL HOTLINE › Internet-Web Search › % OF CALLS: 3.0% → 4.0%",
            "row-removed: HOW CALLER FOUND THE NATIONAL HOTLINE › Television: 2 · 1.0% → ",
        ],
    },
    Edit {
        name: "a new note",
        make: |p| {
            p.edit(SPEC, "label: \"Student\" }", "label: \"Student\", note: student }");
            p.edit(SPEC, "notes:\n  identity", "notes:\n  student: Pupils of all schools.\n  identity");
        },
        found: &[
            "note-added: :  → Pupils of all schools.",
            "note-marker: CALLER TYPE › Student:  → 1",
            "note-number (renumbering): : 1 → 2",
            "note-number (renumbering): : 10 → 11",
            "note-number (renumbering): : 11 → 12",
            "note-number (renumbering): : 12 → 13",
            "note-number (renumbering): : 12 → 13",
            "note-number (renumbering): : 2 → 3",
            "note-number (renumbering): : 3 → 4",
            "note-number (renumbering): : 4 → 5",
            "note-number (renumbering): : 5 → 6",
            "note-number (renumbering): : 6 → 7",
            "note-number (renumbering): : 7 → 8",
            "note-number (renumbering): : 8 → 9",
            "note-number (renumbering): : 9 → 10",
            "note-number (renumbering): CALLER TYPE › Caller Types Referenced Fewer than Three Times: 1 → 2",
            "note-number (renumbering): PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Request General Information: 2 → 3",
            "note-number (renumbering): VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Industries Referenced in Fewer than Three Cases: 4 → 5",
            "note-number (renumbering): VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Online Ad, Venue Unknown: 3 → 4",
            "note-number (renumbering): VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Trafficking Type Not Specified: 5 → 6",
            "note-number (renumbering): VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Venues Referenced in Fewer than Three Cases: 4 → 5",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Foreign Nationals › # OF CASES: 7 → 8",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Foreign Nationals: 8 → 9",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Gender Non-Conforming Individuals › # OF CASES: 7 → 8",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Minors › # OF CASES: 7 → 8",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › NON-CUMULATIVE: 6 → 7",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Transgender Females › # OF CASES: 7 → 8",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES) › Transgender Males › # OF CASES: 7 → 8",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (LABOR TRAFFICKING CASES): 6 → 7",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Foreign Nationals: 11 → 12",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Gender Non-Conforming Individuals › # OF CASES: 10 → 11",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Males › # OF CASES: 10 → 11",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › NON-CUMULATIVE: 9 → 10",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Transgender Females › # OF CASES: 10 → 11",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Transgender Males › # OF CASES: 10 → 11",
            "note-number (renumbering): VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES): 9 → 10",
        ],
    },
    Edit {
        name: "a table more",
        make: |p| p.edit(SPEC, "  - table: reason\n", "  - table: reason\n  - table: how_found\n"),
        found: &["pages: : 4 → 5", "table-added: HOW CALLER FOUND THE NATIONAL HOTLINE:  → 8 rows"],
    },
    Edit {
        name: "the running head",
        make: |p| p.edit(SPEC, "HOTLINE DATA REPORT", "HOTLINE DATA REVIEW"),
        found: &["furniture: : REPORT → REVIEW"],
    },
    Edit {
        name: "a stricter rule for a table",
        make: |p| {
            p.edit(
                SPEC,
                "      rule: suppress\n      note: identity\n      neutral_note: protection\n",
                "      rule: suppress\n      threshold: 6\n",
            );
        },
        found: &[
            "newly-suppressed: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Request Crisis Assistance › # OF CASES: 5 → Not Shown",
            "newly-suppressed: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Request General Information › # OF CASES: 5 → Not Shown",
            "row-added: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Request T&TA:  → Not Shown · N/A",
        ],
    },
    Edit {
        name: "a running head and the words of a map's class at once",
        make: |p| {
            p.edit(SPEC, "HOTLINE DATA REPORT", "HOTLINE DATA REVIEW");
            p.edit(SPEC, "label: 3–4 cases", "label: 3 or 4 cases");
        },
        found: &["county-class: Middlesex: 3–4 cases → 3 or 4 cases", "furniture: : REPORT → REVIEW"],
    },
    Edit {
        name: "a case, a note and a heading at once",
        make: |p| {
            case(p, 2, &[("reason", "tip")], &[("reason", "service_referrals")]);
            p.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
            p.edit(SPEC, "heading: SUBSTANTIVE CALL DATA", "heading: CALL DATA");
        },
        found: &[
            "count: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Access Service Referrals › # OF CASES: 17 → 19",
            "count: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Report a Trafficking Tip › # OF CASES: 27 → 25",
            "heading: : SUBSTANTIVE CALL DATA → CALL DATA",
            "note-text: : image → picture",
            "percent: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Access Service Referrals › % OF CASES: 31.5% → 35.2%",
            "percent: PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Report a Trafficking Tip › % OF CASES: 50.0% → 46.3%",
        ],
    },
    Edit {
        name: "a row more on page 1 and a figure on page 3",
        make: |p| {
            call(p, 3, "victim", "transportation");
            case(p, 1, &[("males", "false")], &[("males", "true")]);
        },
        found: &[
            "count: CALLER TYPE › Caller Types Referenced Fewer than Three Times › # OF CALLS: 2 → 1",
            "count: CALLER TYPE › Victim of Trafficking › # OF CALLS: 49 → 46",
            "newly-shown: CALLER TYPE › Transportation Worker:  → 4 · 2.0%",
            "newly-shown: VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Males › # OF CASES: Fewer than Three → 3",
            "note-marker: VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Males › # OF CASES: 10 → ",
            "percent: CALLER TYPE › Caller Types Referenced Fewer than Three Times › % OF CALLS: 1.0% → 0.5%",
            "percent: CALLER TYPE › Victim of Trafficking › % OF CALLS: 24.6% → 23.1%",
        ],
    },
    Edit {
        name: "a rank, a date and a size at once",
        make: |p| {
            p.edit("data/connecticut-2016/reference.csv", "calls,AK,82", "calls,AK,820");
            p.edit(SPEC, "data_date: 2017-03-08", "data_date: 2017-04-08");
            p.edit(TOKENS, "#let heading-size = 13pt", "#let heading-size = 14pt");
        },
        found: &["date: : March → April", "rank: : 31st → 32nd", "size: : 13 pt → 14 pt"],
    },
];

/// Compares a project's report with the one before the edit; the changes in words, sorted.
fn review(project: &Project, before: &str) -> Vec<String> {
    let output = project.platen(&["review", before, "out/pdf/Connecticut-2016.pdf", "--json"]);
    let told = String::from_utf8(output.stdout).unwrap();
    let events: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut changes: Vec<String> =
        events.iter().filter(|event| event["event"] == "change").map(|event| words(&event["change"])).collect();
    assert_eq!(
        output.status.code(),
        Some(i32::from(!changes.is_empty())),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    changes.sort();
    changes
}

fn words(change: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let place = &change["place"];
    let names: Vec<String> =
        ["table", "row", "column"].iter().map(|name| word(&place[name])).filter(|name| !name.is_empty()).collect();
    let cut = |text: String| text.chars().take(60).collect::<String>();
    let group = if change["group"].is_null() { String::new() } else { format!(" ({})", word(&change["group"])) };
    format!(
        "{}{group}: {}: {} → {}",
        word(&change["kind"]),
        names.join(" › "),
        cut(word(&change["before"])),
        cut(word(&change["after"]))
    )
}

#[test]
#[expect(clippy::print_stderr, reason = "the test tells precision and recall")]
fn every_planted_edit_is_found_and_named_right_and_nothing_else_is_reported() {
    let base = Project::new();
    let before = base.pdf();
    let (mut planted, mut found, mut right, mut failed) = (0, 0, 0, Vec::new());
    for edit in EDITS {
        let project = Project::new();
        (edit.make)(&project);
        project.pdf();
        let changes = review(&project, before.to_str().unwrap());
        planted += edit.found.len();
        found += changes.len();
        let mut left = edit.found.to_vec();
        for change in &changes {
            if let Some(at) = left.iter().position(|wanted| wanted == change) {
                left.remove(at);
                right += 1;
            }
        }
        if changes != edit.found {
            failed.push(format!("{}: {changes:#?}, and not found: {left:#?}", edit.name));
        }
    }
    eprintln!("{} edits, {planted} changes planted, {found} reported, {right} of them right", EDITS.len());
    eprintln!(
        "precision {:.3}, recall {:.3}",
        right as f64 / found.max(1) as f64,
        right as f64 / planted.max(1) as f64
    );
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_printed_figure_that_is_not_that_of_its_table_is_a_finding_of_its_own() {
    let project = Project::new();
    let before = project.pdf();
    let plain = project.path("plain.pdf");
    tool("qpdf", &["--qdf", "--object-streams=disable", before.to_str().unwrap(), plain.to_str().unwrap()]);
    // The attached table says 94 where the page says 49.
    let mut bytes = fs::read(&plain).unwrap();
    let wanted = b"\"text\": \"49\"";
    let at = bytes.windows(wanted.len()).position(|window| window == wanted).unwrap();
    bytes[at + 9..at + 11].copy_from_slice(b"94");
    project.write("out/pdf/Connecticut-2016.pdf", bytes);
    let changes = review(&project, plain.to_str().unwrap());
    assert!(
        changes.contains(&"misprint: CALLER TYPE › Victim of Trafficking › # OF CALLS: 94 → 49".to_owned()),
        "{changes:#?}"
    );
}

#[test]
fn what_a_file_claims_and_the_boxes_of_its_pages_are_compared() {
    let project = Project::new();
    let pdf = project.pdf();
    let plain = project.path("plain.pdf");
    tool("qpdf", &["--qdf", "--object-streams=disable", pdf.to_str().unwrap(), plain.to_str().unwrap()]);
    let bytes = fs::read(&plain).unwrap();
    let replaced = |from: &[u8], to: &[u8]| -> Vec<u8> {
        let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
        [&bytes[..at], to, &bytes[at + from.len()..]].concat()
    };
    // Of one length, so that everything stands where it stood.
    project.write(
        "out/pdf/Connecticut-2016.pdf",
        replaced(b"<pdfaid:part>3</pdfaid:part>", b"<pdfaid:part>2</pdfaid:part>"),
    );
    assert_eq!(review(&project, plain.to_str().unwrap()), ["standards: : PDF/A-3a, PDF/UA-1 → PDF/A-2a, PDF/UA-1"]);
    let page = |boxes: &'static str| Page { boxes, ..Page::default() }.pdf();
    project.write("old.pdf", page("/MediaBox [0 0 700 900] /TrimBox [50 50 650 850] /BleedBox [40 40 660 860]"));
    project.write(
        "out/pdf/Connecticut-2016.pdf",
        page("/MediaBox [0 0 700 900] /TrimBox [49 50 650 850] /ArtBox [40 40 660 860]"),
    );
    assert_eq!(
        review(&project, project.path("old.pdf").to_str().unwrap()),
        [
            "boxes: ArtBox:  → 40.00 40.00 660.00 860.00",
            "boxes: BleedBox: 40.00 40.00 660.00 860.00 → ",
            "boxes: TrimBox: 50.00 50.00 650.00 850.00 → 49.00 50.00 650.00 850.00"
        ]
    );
}

#[test]
fn files_that_cannot_be_compared_end_with_two_and_say_why() {
    let project = Project::new();
    let pdf = project.pdf();
    let bytes = fs::read(&pdf).unwrap();
    project.write("cut.pdf", &bytes[..bytes.len() / 3]);
    project.write("none.pdf", "no PDF at all");
    tool(
        "qpdf",
        &[
            "--encrypt",
            "secret",
            "owner",
            "256",
            "--",
            pdf.to_str().unwrap(),
            project.path("locked.pdf").to_str().unwrap(),
        ],
    );
    for (file, told) in [
        ("none.pdf", "the file is no PDF, or is damaged"),
        ("cut.pdf", "the file is cut off: its end is missing"),
        ("locked.pdf", "the file is encrypted"),
        ("missing.pdf", "cannot read the file: no such file or folder"),
        ("data", "a release is compared with a release, and a PDF with a PDF"),
    ] {
        let output = project.platen(&["review", pdf.to_str().unwrap(), file]);
        let findings = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{file}: {findings}");
        assert!(findings.contains(told) && findings.contains(file), "{file}: {findings}");
    }
}

#[test]
fn a_file_without_a_structure_tree_is_compared_by_its_words_and_says_so() {
    let project = Project::new();
    let [one, other] = ["a caller hung up", "a caller rang off"].map(|words| {
        let name = format!("{}.pdf", words.replace(' ', "-"));
        let content =
            format!("BT /F 12 Tf 72 700 Td (In 2016 {words} on March 8,) Tj 0 -14 Td (2017 and again.) Tj ET");
        project.write(&name, Page { content: Box::leak(content.into_boxed_str()), ..Page::default() }.pdf());
        name
    });
    let output = project.platen(&["review", &one, &other]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("a file has no structure tree: words are compared in the order they are drawn"), "{text}");
    assert!(text.contains("prose            page 1: hung up → rang off"), "{text}");
    assert!(text.contains("1 report compared, 0 the same, 1 changed: 1 change\n"), "{text}");
}

/// A project with two releases that differ in two cases of Connecticut.
fn two_releases() -> Project {
    let project = Project::new();
    project.succeeds(&["release", SPEC, "--out", "old"]);
    case(&project, 2, &[("reason", "tip")], &[("reason", "service_referrals")]);
    project.succeeds(&["release", SPEC, "--out", "new"]);
    project
}

#[test]
fn releases_are_compared_report_by_report() {
    let project = Project::new();
    for code in ["RI", "VT"] {
        project.add(&format!("geodata/2016/{code}.geojson"));
    }
    project.edit(SPEC, "reports: [CT]\ncoverage: [CT]\n", "reports: [CT, RI]\ncoverage: [CT, RI]\n");
    project.succeeds(&["release", SPEC, "--out", "old"]);
    let same = project.platen(&["review", "old", "old"]);
    assert_eq!(
        (same.status.code(), same.stdout.as_slice()),
        (Some(0), b"2 reports compared, 2 the same, 0 changed: 0 changes\n".as_slice())
    );
    case(&project, 2, &[("reason", "tip")], &[("reason", "service_referrals")]);
    project.edit(SPEC, "reports: [CT, RI]\ncoverage: [CT, RI]\n", "reports: [CT, VT]\ncoverage: [CT, VT]\n");
    project.succeeds(&["release", SPEC, "--out", "new"]);
    let output = project.platen(&["review", "old", "new"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(text, @"
    Inputs that differ
      [1] data        data/connecticut-2016/case_locations.csv (without a key nobody can tell): 0 changes
      [2] data        data/connecticut-2016/cases.csv (without a key nobody can tell): 4 changes
      [3] data        data/connecticut-2016/signals.csv (without a key nobody can tell): 0 changes
      [4] rules       config/nhth-2016.yaml#small_counts (without a key nobody can tell): 4 changes
      [5] spec        config/nhth-2016.yaml line 89 /reports/1: 2 changes
      [6] spec        config/nhth-2016.yaml line 90 /coverage/1: 0 changes

    Connecticut
      count            PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Report a Trafficking Tip › # OF CASES, page 2: 27 → 25 (-2) [2 4]
      count            PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Access Service Referrals › # OF CASES, page 2: 17 → 19 (+2) [2 4]
      percent          PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Report a Trafficking Tip › % OF CASES, page 2: 50.0% → 46.3% (-3.7) [2 4]
      percent          PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Access Service Referrals › % OF CASES, page 2: 31.5% → 35.2% (+3.7) [2 4]

    Vermont
      report-added     — → 3 pages [5]

    Rhode Island
      report-removed   3 pages → — [5]

    3 reports compared, 0 the same, 3 changed: 6 changes
    ");
}

#[test]
fn what_can_be_seen_and_is_neither_a_word_nor_a_shape_is_found_in_the_pixels() {
    let project = Project::new();
    let words = "BT /F 12 Tf 72 700 Td (Words that stay) Tj ET";
    let square = "1 0 0 rg 100 400 60 60 re f";
    let contents = [
        format!("{words} {square}"),
        format!("{words} q 100 400 20 20 re W n {square} Q"),
        format!("{words} 1 0 0 rg 130 400 60 60 re f"),
    ];
    for (number, content) in contents.into_iter().enumerate() {
        project.write(
            &format!("{number}.pdf"),
            Page { content: Box::leak(content.into_boxed_str()), ..Page::default() }.pdf(),
        );
    }
    for (other, pixels) in [("1.pdf", 3200..=3300), ("2.pdf", 3600..=3800)] {
        let output = project.platen(&["review", "0.pdf", other, "--json"]);
        let told = String::from_utf8(output.stdout).unwrap();
        let change: Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
        assert_eq!(change["change"]["kind"], "pixels", "{told}");
        assert!(pixels.contains(&(change["change"]["size"].as_f64().unwrap() as u32)), "{told}");
        // The change, its group and the sum.
        assert_eq!(told.lines().count(), 3, "{told}");
    }
}

#[test]
fn a_policy_says_which_changes_matter() {
    let project = Project::new();
    let before = project.pdf();
    project.write("old.pdf", fs::read(&before).unwrap());
    // 27 becomes 26 and 17 becomes 18: by 3.7 and 5.9 percent.
    case(&project, 1, &[("reason", "tip")], &[("reason", "service_referrals")]);
    project.edit(SPEC, "data_date: 2017-03-08", "data_date: 2017-04-08");
    let new = project.pdf();
    let review = |policy: &str, more: &[&str]| {
        project.write("config/policy.yaml", policy);
        let mut arguments = vec!["review", "old.pdf", new.to_str().unwrap(), "--policy", "config/policy.yaml"];
        arguments.extend(more);
        let output = project.platen(&arguments);
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let (code, text) = review("kinds: { count: warning, percent: ignore, date: ignore }\n", &[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains(" ·count            PRIMARY REASON"), "{text}");
    assert!(text.ends_with("1 changed: 2 changes, 2 of them warnings; 3 are not listed by the policy\n"), "{text}");
    let threshold = "kinds: { count: warning, percent: ignore, date: ignore }\nmoved: [{ kinds: [count], more_than_percent: 5, weight: error }]\n";
    let (code, text) = review(threshold, &["--markdown"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("| error | count | PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Access Service Referrals › \\# OF CASES, page 2: 17 → 18 (+1) |"), "{text}");
    assert!(text.contains("| warning | count |"), "{text}");
    let (code, junit) = review(threshold, &["--junit"]);
    assert_eq!(code, 1);
    assert!(junit.contains("<testsuite name=\"platen review\" tests=\"1\" failures=\"1\">"), "{junit}");
    assert!(junit.contains("<failure message=\"1 change\">count: PRIMARY REASON"), "{junit}");
    project.write("junit.xml", &junit);
    tool(
        "python3",
        &["-c", "import sys, xml.dom.minidom as m; m.parse(sys.argv[1])", project.path("junit.xml").to_str().unwrap()],
    );
    let (code, text) = review("kinds: { counts: warning }\n", &[]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("config/policy.yaml:1:") && text.contains("counts"), "{text}");
    // The policy that is shipped.
    let output = project.platen(&["review", "old.pdf", "old.pdf", "--policy", "config/review.yaml"]);
    assert_eq!(output.status.code(), Some(0));
}

/// Words that break at other places when the paper is narrower, a ligature and a hyphen among them.
const STORY: &str = "The following statistics are based solely on substantive calls about human trafficking and issues related \
    to it, made to the hotline between January 1 and December 31; office staff confirm the affected figures. Substantive calls \
    exclude hang-ups, missed calls and wrong numbers. Non-disclosure of well-known self-reported circumstances is unusual.";

/// What is told of paper of another width.
const REFLOWED: &str = "line-breaks: :  → the same words in other lines";

/// Compares reports of other producers: the same words on paper of two widths, then other words on the narrow one.
fn compares_words_alone(project: &Project, [wide, narrow, other]: [&str; 3]) {
    let kinds = |new: &str| -> Vec<String> {
        let told = String::from_utf8(project.platen(&["review", wide, new, "--json"]).stdout).unwrap();
        let events = told.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let changes = events.filter(|event| event["event"] == "change").map(|event| words(&event["change"]));
        changes.filter(|change| !change.starts_with("boxes") && !change.starts_with("pages")).collect()
    };
    assert_eq!(kinds(narrow), [REFLOWED]);
    assert_eq!(kinds(other), ["prose: : wrong → lost"]);
}

#[test]
fn prints_of_chromium_are_compared_by_their_words_however_they_break() {
    let project = Project::new();
    let files = ["wide.pdf", "narrow.pdf", "other.pdf"];
    for (file, width) in files.into_iter().zip(["6in", "4in", "4in"]) {
        let story = if file == "other.pdf" { STORY.replace("wrong", "lost") } else { STORY.to_owned() };
        project.write("page.html", format!("<!doctype html><title>Calls</title><h1>Calls</h1><p>{story}</p>"));
        let script = repository().join("tests/browser/print.mjs");
        let [page, pdf] = ["page.html", file].map(|name| project.path(name).to_str().unwrap().to_owned());
        tool("node", &[script.to_str().unwrap(), &page, &pdf, width]);
    }
    compares_words_alone(&project, files);
}

#[test]
fn documents_of_libreoffice_are_compared_by_their_words_however_they_break() {
    let project = Project::new();
    let folder = project.path("").to_str().unwrap().to_owned();
    // A profile of its own, so that no other office is in the way.
    let profile = format!("-env:UserInstallation=file://{folder}/profile");
    for (files, export) in [
        (["large.pdf", "small.pdf", "other.pdf"], "pdf:writer_web_pdf_Export"),
        (
            ["large-tagged.pdf", "small-tagged.pdf", "other-tagged.pdf"],
            r#"pdf:writer_web_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}"#,
        ),
    ] {
        for (file, size) in files.into_iter().zip(["16pt", "11pt", "11pt"]) {
            let story = if file.starts_with("other") { STORY.replace("wrong", "lost") } else { STORY.to_owned() };
            let page = project.path(&file.replace(".pdf", ".html"));
            let rows: String = (1..9).map(|row| format!("<tr><th>Row {row}</th><td>{}</td></tr>", row * 7)).collect();
            let text = format!(
                "<!doctype html><title>Calls</title><body style='font-size:{size}'><h1>Calls</h1><p>{story}</p><table>{rows}</table><p>{story}</p></body>"
            );
            fs::write(&page, text).unwrap();
            tool(
                "soffice",
                &[&profile, "--headless", "--convert-to", export, "--outdir", &folder, page.to_str().unwrap()],
            );
        }
        let [large, small, other] = files;
        let kinds = |old: &str, new: &str| -> Vec<String> {
            let told = String::from_utf8(project.platen(&["review", old, new, "--json"]).stdout).unwrap();
            let events = told.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            events.filter(|event| event["event"] == "change").map(|event| words(&event["change"])).collect()
        };
        // The larger type of the whole text is a change of the layout where the file tells what is text; its words are the same.
        let layout = |change: &String| {
            ["size", "pages", "position", "graphics", "line-breaks"].iter().any(|kind| change.starts_with(kind))
        };
        let told = kinds(large, small);
        assert!(told.iter().all(layout), "{told:#?}");
        assert_eq!(kinds(small, other), ["prose: : wrong → lost", "prose: : wrong → lost"]);
    }
}

#[test]
fn page_numbers_and_running_heads_of_papers_are_known_by_their_role() {
    let project = Project::new();
    let folder = project.path("").to_str().unwrap().to_owned();
    for (name, width, head, story) in [
        ("wide", "6in", "The Annual Report", STORY.to_owned()),
        ("narrow", "4in", "The Annual Report", STORY.to_owned()),
        ("head", "4in", "The Annual Review", STORY.to_owned()),
        ("words", "4in", "The Annual Report", STORY.replace("wrong", "lost")),
    ] {
        let text = format!("{story}\n\n").repeat(9);
        project.write(&format!("{name}.tex"), format!(
            "\\documentclass{{article}}\\usepackage[paperwidth={width},paperheight=7in,margin=1in]{{geometry}}\\pagestyle{{myheadings}}\\markright{{{head}}}\\begin{{document}}{text}\\end{{document}}"
        ));
        let source = project.path(&format!("{name}.tex"));
        tool("pdflatex", &["-interaction=batchmode", "-output-directory", &folder, source.to_str().unwrap()]);
    }
    let told = |old: &str, new: &str| -> Vec<String> {
        let told = String::from_utf8(project.platen(&["review", old, new, "--json"]).stdout).unwrap();
        let events = told.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let changes = events.filter(|event| event["event"] == "change").map(|event| words(&event["change"]));
        changes.filter(|change| !change.starts_with("boxes")).collect()
    };
    assert_eq!(told("wide.pdf", "narrow.pdf"), [REFLOWED, "pages: : 2 → 4"]);
    assert_eq!(told("narrow.pdf", "head.pdf"), ["furniture: : Report → Review"]);
    let lost = told("narrow.pdf", "words.pdf");
    assert_eq!(lost, ["prose: : wrong → lost"; 9]);
    // Furniture is masked by its role, wherever it stands.
    project.write("policy.yaml", "kinds: { furniture: ignore, boxes: ignore }\n");
    let masked = project.platen(&["review", "narrow.pdf", "head.pdf", "--policy", "policy.yaml"]);
    assert_eq!(masked.status.code(), Some(0));
}

#[test]
fn papers_of_latex_are_compared_by_their_words_however_they_break() {
    let project = Project::new();
    let files = ["wide.pdf", "narrow.pdf", "other.pdf"];
    for (file, width) in files.into_iter().zip(["6in", "4in", "4in"]) {
        let story = if file == "other.pdf" { STORY.replace("wrong", "lost") } else { STORY.to_owned() };
        let name = file.trim_end_matches(".pdf");
        project.write(&format!("{name}.tex"), format!(
            "\\documentclass{{article}}\\usepackage[paperwidth={width},paperheight=7in,margin=0.6in]{{geometry}}\\begin{{document}}\\section*{{Calls}}{story}\\end{{document}}"
        ));
        let folder = project.path("");
        tool(
            "pdflatex",
            &[
                "-interaction=batchmode",
                "-output-directory",
                folder.to_str().unwrap(),
                project.path(&format!("{name}.tex")).to_str().unwrap(),
            ],
        );
    }
    compares_words_alone(&project, files);
}
