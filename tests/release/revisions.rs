//! An edition published again: the old one is kept, and the new one tells what changed.

use std::path::Path;

use serde_json::Value;

use super::{SPEC, built, files, manifest, project, release, released};
use crate::support::{Project, Records, attribute, pages, plain, tool};

const REVISION: &str = "
revision:
  number: 2
  date: 2017-06-01
  reasons:
    - reason: Late reports of two centers were added.
      jurisdictions: [CT]
      tables: [reason, labor_demographics, sex_demographics, venue, locations]
";

/// A revision with one reason for all that changed in Connecticut.
const REASON: &str = "
revision:
  number: 2
  date: 2017-06-01
  reasons:
    - { reason: Records were coded anew., jurisdictions: [CT] }
";

/// A project with a first release, and a second one that corrects a case of Connecticut.
fn revised() -> Project {
    let project = released();
    correct(&project);
    project
}

/// Corrects a case of Connecticut, and makes the edition a second publication.
pub(super) fn correct(project: &Project) {
    project.records("cases", |cases| cases.recode(2, &[("reason", "tip")], &[("reason", "service_referrals")]));
    project.write(SPEC, project.read(SPEC) + REVISION);
}

#[test]
fn a_corrected_report_says_so_on_every_page_and_lists_each_changed_cell() {
    let project = revised();
    release(&project, &[]);
    let pages = pages(&project.path("release/pdf/Connecticut-2016.pdf"));
    assert_eq!(pages.len(), 5);
    for page in &pages {
        assert!(page.contains("Revision 2, June 1, 2017"), "{page}");
    }
    let last = plain(&pages[4]);
    for words in [
        "CORRECTIONS",
        "ReportaTraffickingTip#OFCASES2725",
        "ReportaTraffickingTip%OFCASES50.0%46.3%",
        "AccessServiceReferrals#OFCASES1719",
        "Reason:Latereportsoftwocenterswereadded.",
    ] {
        assert!(last.contains(words), "{words}: {last}");
    }
    let report = &manifest(&project)["reports"][0];
    assert_eq!((&report["revised"], &report["pages"]), (&true.into(), &5.into()));
}

/// Returns the words in the head of the first page: left, top, right, bottom, text.
fn head_words(pdf: &Path) -> Vec<([f64; 4], String)> {
    let text = tool("pdftotext", &["-bbox", "-l", "1", pdf.to_str().unwrap(), "-"]);
    let words = text.lines().filter(|line| line.trim_start().starts_with("<word "));
    let words = words.map(|line| {
        let edges = ["xMin", "yMin", "xMax", "yMax"].map(|name| attribute(line, name).parse().unwrap());
        (edges, line.split_once('>').unwrap().1.split_once("</").unwrap().0.to_owned())
    });
    words.filter(|(edges, _): &([f64; 4], String)| (44.0..80.0).contains(&edges[1])).collect()
}

#[test]
fn the_revision_stands_beside_the_title_or_below_it_but_never_on_it() {
    let line = "  line: '{{ jurisdiction.name }} State Report: ";
    let revision = "  line: 'Revision {{ revision.number }}, ";
    for (more, rows) in [("", 1), ("of Human Trafficking as Reported to the National Hotline in the Year", 2)] {
        for very in [
            "",
            "with the Late Reports of the Two Centers that Were Found in the Inspection of the Spring of the Year ",
        ] {
            let project = project();
            project.edit(SPEC, line, &format!("{line}{more} "));
            project.edit(SPEC, revision, &format!("{revision}{very}"));
            release(&project, &[]);
            correct(&project);
            release(&project, &[]);
            let words = head_words(&project.path("release/pdf/Connecticut-2016.pdf"));
            assert!(
                words.iter().any(|(_, word)| word == "Revision") && words.iter().any(|(_, word)| word == "Report:")
            );
            for (place, ([left, top, right, bottom], word)) in words.iter().enumerate() {
                assert!(*left >= 71.9 && *right <= 540.1 && *bottom < 83.0, "{word} at {left}, {top}");
                for ([l, t, r, b], other) in &words[place + 1..] {
                    let apart = right <= l || r <= left || bottom - 2.5 <= *t || b - 2.5 <= *top;
                    assert!(apart, "{word} on {other}");
                }
            }
            let tops: std::collections::BTreeSet<u64> =
                words.iter().map(|(edges, _)| (edges[1] / 5.0) as u64).collect();
            assert_eq!(tops.len(), if very.is_empty() { rows } else { 2 }, "{words:?}");
        }
    }
}

#[test]
fn the_old_edition_is_kept_and_reports_without_corrections_keep_their_bytes() {
    let project = released();
    let old = files(&project.path("release"));
    correct(&project);
    assert_eq!(built(&release(&project, &[])), ["CT"]);
    assert!(files(&project.path("release/revisions/1")) == old);
    let new = files(&project.path("release"));
    for name in ["pdf/Vermont-2016.pdf", "pdf/Rhode-Island-2016.pdf"] {
        assert!(new[name] == old[name], "{name}");
    }
    let manifest = manifest(&project);
    assert_eq!((&manifest["revision"], &manifest["revision_date"]), (&2.into(), &"2017-06-01".into()));
    assert_eq!(manifest["predecessor"]["revision"], 1);
    project.succeeds(&["verify", "release"]);
    // Again, with nothing changed.
    assert_eq!(release(&project, &[]).last().unwrap()["unchanged"], true);
    assert!(files(&project.path("release")) == new);
}

#[test]
fn a_candidate_is_the_release_that_it_becomes() {
    let project = revised();
    project.succeeds(&["approve", "release", "--as", "A. Reader", "--role", "director", "--note", "first"]);
    project.succeeds(&["release", SPEC, "--out", "candidate", "--previous", "release"]);
    assert!(project.refuses(&["release", SPEC, "--out", "release"]).contains("error[release::not-approved]"));
    project.succeeds(&["approve", "candidate", "--as", "A. Reader", "--role", "director", "--note", "second"]);
    release(&project, &["--approvals", "candidate"]);
    let (candidate, mut published) = (files(&project.path("candidate")), files(&project.path("release")));
    let ledger: Value = serde_json::from_slice(&published.remove("approvals.json").unwrap()).unwrap();
    assert_eq!(ledger["approvals"].as_array().unwrap().len(), 2);
    // The list of digests names the approvals as well.
    published.remove("SHA256SUMS");
    for (name, content) in &published {
        assert!(candidate[name] == *content, "{name}");
    }
    project.succeeds(&["verify", "candidate"]);
    project.succeeds(&["verify", "release"]);
}

#[test]
fn approved_figures_do_not_change_under_the_same_number() {
    let project = released();
    project.succeeds(&["approve", "release", "--as", "A. Reader", "--role", "director", "--note", "first"]);
    project.records("cases", |cases| cases.recode(2, &[("reason", "tip")], &[("reason", "service_referrals")]));
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(findings.contains("error[release::needs-revision]"), "{findings}");
}

#[test]
fn a_correction_without_a_reason_and_a_revision_without_a_predecessor_are_refused() {
    let project = revised();
    project.edit(SPEC, "tables: [reason, labor_demographics, ", "tables: [labor_demographics, ");
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(findings.contains("error[release::no-reason]"), "{findings}");
    assert!(
        findings.contains("figures of `PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE` changed in CT"),
        "{findings}"
    );
    let findings = project.refuses(&["release", SPEC, "--out", "elsewhere"]);
    assert!(findings.contains("revision 2 corrects a release, and none is here"), "{findings}");
}

#[test]
fn a_figure_that_was_hidden_is_not_shown_unless_the_spec_accepts_it() {
    let project = released();
    // Fewer than three cases of the labor table reference minors; now there are more.
    project.records("cases", |cases| {
        let there = cases.find(&[("trafficking_type", "labor"), ("minors", "true")]).len();
        cases.recode(3 - there, &[("trafficking_type", "labor"), ("minors", "false")], &[("minors", "true")]);
    });
    project.write(SPEC, project.read(SPEC) + REVISION);
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(findings.contains("error[disclosure::edition-tells]"), "{findings}");
    assert!(
        findings.contains("`Minors` of the table `labor_demographics` was hidden and would be shown"),
        "{findings}"
    );
    let accept =
        "accept:\n  - { code: \"disclosure::edition-tells\", figure: labor_demographics, reason: Late reports. }\n";
    project.edit(SPEC, "accept:\n", accept);
    release(&project, &[]);
    let last = plain(pages(&project.path("release/pdf/Connecticut-2016.pdf")).last().unwrap());
    assert!(last.contains("Minors#OFCASESFewerthanThree4"), "{last}");
}

#[test]
fn a_counter_that_was_hidden_is_not_shown_unless_the_spec_accepts_it() {
    let project = project();
    let tips = "other: Online Tip Reports }, small_counts: show";
    project.edit(SPEC, tips, &tips.replace("show", "mask"));
    let whole = project.read("data/connecticut-2016/signals.csv");
    project.records("signals", |signals| {
        signals.recode(12, &[("channel", "online_tip"), ("state", "CT"), ("related", "true")], &[("channel", "email")]);
    });
    release(&project, &[]);
    project.write("data/connecticut-2016/signals.csv", whole);
    project.write(SPEC, project.read(SPEC) + REASON);
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(
        findings.contains("`Online Tip Reports` of the table `signals_by_channel` was hidden and would be shown"),
        "{findings}"
    );
}

#[test]
fn a_long_list_of_corrections_goes_over_pages_with_its_head_on_each_and_stays_accessible() {
    let project = released();
    for (from, to) in [("victim", "ngo"), ("community_member", "student"), ("family_of_victim", "other")] {
        let call = [("related", "true"), ("channel", "phone"), ("substantive", "true"), ("caller_type", from)];
        project.records("signals", |signals| signals.recode(5, &call, &[("caller_type", to)]));
    }
    project.records("cases", |cases| {
        for (from, to) in [("tip", "service_referrals"), ("crisis", "tip")] {
            cases.recode(2, &[("reason", from)], &[("reason", to)]);
        }
        for flag in ["adults", "females", "us_citizens_lprs"] {
            cases.recode(4, &[("trafficking_type", "sex"), (flag, "true")], &[(flag, "false")]);
        }
    });
    project.write(SPEC, project.read(SPEC) + REASON);
    release(&project, &[]);
    let pdf = project.path("release/pdf/Connecticut-2016.pdf");
    let text = pages(&pdf);
    let listed: Vec<&String> = text.iter().filter(|page| page.contains("PUBLISHED BEFORE")).collect();
    assert!(!listed.is_empty());
    let cells = listed
        .iter()
        .flat_map(|page| page.lines())
        .filter(|line| line.contains("# OF ") || line.contains("% OF "))
        .count();
    assert!(cells > 20, "{cells} corrected cells");
    for page in &text {
        assert!(page.contains("Revision 2, June 1, 2017"), "{page}");
    }
    let read = std::fs::read(&pdf).unwrap();
    let claims = String::from_utf8_lossy(&read);
    assert!(claims.contains("<pdfaid:part>3</pdfaid:part>") && claims.contains("<pdfuaid:part>1</pdfuaid:part>"));
    let structure = tool("pdfinfo", &["-struct", pdf.to_str().unwrap()]);
    assert_eq!(
        structure.lines().filter(|line| line.trim().split([' ', ':']).next() == Some("Table")).count(),
        6 + listed_tables(&project),
        "{structure}"
    );
}

/// How many tables the corrections of Connecticut make.
fn listed_tables(project: &Project) -> usize {
    let before: Value =
        serde_json::from_str(&project.read("release/revisions/1/tables/Connecticut-2016.json")).unwrap();
    let after: Value = serde_json::from_str(&project.read("release/tables/Connecticut-2016.json")).unwrap();
    let differ = |at: usize| before["tables"][at]["rows"] != after["tables"][at]["rows"];
    (0..6).filter(|at| differ(*at)).count()
}

#[test]
fn revised_words_are_told_too() {
    let project = released();
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    project.write(
        SPEC,
        project.read(SPEC)
            + &REVISION
                .replace("      jurisdictions: [CT]\n", "")
                .replace("      tables: [reason, labor_demographics, sex_demographics, venue, locations]\n", ""),
    );
    assert_eq!(built(&release(&project, &[])), ["CT", "RI", "VT"]);
    let last = plain(pages(&project.path("release/pdf/Vermont-2016.pdf")).last().unwrap());
    assert!(last.contains("Thewordsofthisreportwererevised."), "{last}");
}

#[test]
fn slices_of_a_revision_join_as_well() {
    let project = revised();
    for slice in ["1", "2"] {
        project.succeeds(&[
            "release",
            SPEC,
            "--out",
            slice,
            "--partition",
            &format!("{slice}/2"),
            "--previous",
            "release",
        ]);
    }
    project.succeeds(&["release", "--merge", "1", "2", "--out", "joined", "--previous", "release"]);
    release(&project, &[]);
    assert!(files(&project.path("joined")) == files(&project.path("release")));
}

#[test]
fn a_build_and_press_files_of_a_revision_list_the_corrections_too() {
    let project = revised();
    let refused = project.refuses(&["build", SPEC, "--only", "CT"]);
    assert!(refused.contains("error[release::no-predecessor]") && refused.contains("--previous"), "{refused}");
    let text = project.succeeds(&["build", SPEC, "--only", "CT", "--text", "--previous", "release"]);
    for words in ["Revision 2, June 1, 2017", "CORRECTIONS", "Report a Trafficking Tip\t# OF CASES\t27\t25"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    project.succeeds(&["build", SPEC, "--only", "CT,VT", "--previous", "release"]);
    release(&project, &[]);
    for name in ["Connecticut-2016", "Vermont-2016"] {
        let file = format!("pdf/{name}.pdf");
        let built = std::fs::read(project.path("out").join(&file)).unwrap();
        assert!(built == std::fs::read(project.path("release").join(&file)).unwrap(), "{name}");
    }
    let press = ["press", SPEC, "--profile", "config/press/us-letter-offset.yaml", "--only", "CT,VT"];
    assert!(project.refuses(&press).contains("error[release::no-predecessor]"));
    // The release itself is revision 2 by now, and keeps the publication that it corrects.
    project.succeeds(&[press.as_slice(), &["--previous", "release"]].concat());
    let corrected = pages(&project.path("out/press/Connecticut-2016-press.pdf"));
    assert_eq!(corrected.len(), 5);
    assert!(corrected.iter().all(|page| page.contains("Revision 2, June 1, 2017") && page.contains("· Revision 2 ·")));
    assert!(plain(&corrected[4]).contains("ReportaTraffickingTip#OFCASES2725"));
    let others = pages(&project.path("out/press/Vermont-2016-press.pdf"));
    assert!(others.iter().all(|page| !page.contains("Revision 2, June")));
}

#[test]
fn figures_that_cross_the_threshold_stop_a_release_without_a_revision_too() {
    let project = released();
    let before = files(&project.path("release"));
    let cases = project.read("data/connecticut-2016/cases.csv");
    let refused = |change: &dyn Fn(&mut Records), told: &str| {
        project.write("data/connecticut-2016/cases.csv", &cases);
        project.records("cases", |records| change(records));
        let findings = project.refuses(&["release", SPEC, "--out", "release"]);
        assert!(findings.contains("error[disclosure::edition-tells]"), "{findings}");
        assert!(findings.contains(told), "{told}\n{findings}");
        assert!(files(&project.path("release")) == before);
    };
    // Five of the cases of Connecticut are crises.
    let to = |count: usize| {
        move |records: &mut Records| records.recode(count, &[("reason", "crisis")], &[("reason", "tip")])
    };
    refused(&to(3), "of the table `reason` was shown and would be hidden");
    refused(&to(5), "of the table `reason` was shown and would be absent");
    // Another folder is another matter, and a reason accepts it.
    project.succeeds(&["release", SPEC, "--out", "other"]);
    let accept = "accept:\n  - { code: \"disclosure::edition-tells\", figure: reason, reason: A test. }\n";
    project.edit(SPEC, "accept:\n", accept);
    release(&project, &[]);
}

/// Words of the last page of Connecticut's report.
fn corrections(project: &Project) -> String {
    plain(pages(&project.path("release/pdf/Connecticut-2016.pdf")).last().unwrap())
}

#[test]
fn a_figure_in_running_text_is_listed_with_the_words_around_it_and_wants_a_reason() {
    let project = released();
    project.edit("data/connecticut-2016/reference.csv", "signals,US,34068", "signals,US,35068");
    let spec = project.read(SPEC);
    project.write(SPEC, spec.clone() + &REVISION.replace("jurisdictions: [CT]", "jurisdictions: [CT, RI, VT]"));
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    for code in ["CT", "RI", "VT"] {
        let told = format!(
            "error[release::no-reason]: figures of `IN THE TEXT` changed in {code}, and no reason of the revision concerns them\n"
        );
        assert!(findings.contains(&told), "{findings}");
    }
    project.write(SPEC, spec + &REASON.replace("[CT]", "[CT, RI, VT]"));
    release(&project, &[]);
    let last = corrections(&project);
    for words in ["INTHETEXT", "receivedatotalof34,068phonecalls", "34,06835,068", "Reason:Recordswerecodedanew."] {
        let words = words.replace("34,068phone", "35,068phone");
        assert!(last.contains(&words), "{words}: {last}");
    }
    assert!(!last.contains("Nofigurediffers"), "{last}");
}

#[test]
fn a_rank_that_changes_is_a_figure_that_changes() {
    let project = released();
    // Delaware has more calls than Connecticut, which falls by a place.
    project.edit("data/connecticut-2016/reference.csv", "calls,DE,61", "calls,DE,6100");
    let spec = project.read(SPEC);
    project.write(SPEC, spec.clone() + &REASON.replace("[CT]", "[CT, RI, VT]"));
    project.succeeds(&["release", SPEC, "--out", "candidate", "--previous", "release"]);
    let pages = pages(&project.path("candidate/pdf/Connecticut-2016.pdf"));
    let last = plain(pages.last().unwrap());
    assert!(last.contains("Thisconstitutesthe32ndhighestcallvolumeof…31st32nd"), "{last}");
    project.write(SPEC, spec);
    project.succeeds(&["approve", "release", "--as", "A. Reader", "--role", "director", "--note", "first"]);
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(findings.contains("error[release::needs-revision]"), "{findings}");
}

#[test]
fn every_kind_of_figure_that_crosses_the_threshold_stops_a_release_into_the_same_folder() {
    let counters = ["small_counts: show }\n", "small_counts: mask }\n"];
    let locations = "data/connecticut-2016/case_locations.csv";
    let project = project();
    let spec = project.read(SPEC).replace(counters[0], counters[1]);
    // Words with a digit are words for all that.
    let spec = spec
        .replace("counter: Fewer than {{ threshold.in_words | title }}", "counter: Fewer than {{ threshold.number }}");
    project.write(SPEC, &spec);
    release(&project, &[]);
    let before = files(&project.path("release"));
    let refused = |file: &str, change: &dyn Fn(&mut Records), told: &str| {
        let path = format!("data/connecticut-2016/{file}.csv");
        let text = project.read(&path);
        project.records(file, |records| change(records));
        let findings = project.refuses(&["release", SPEC, "--out", "release"]);
        assert!(findings.contains("error[disclosure::edition-tells]"), "{findings}");
        assert!(findings.contains(told), "{told}\n{findings}");
        assert!(files(&project.path("release")) == before);
        project.write(&path, text);
    };
    let of = |channel| {
        move |records: &mut Records| records.recode_all(&[("channel", channel)], &[("channel", "online_tip")])
    };
    refused("signals", &of("email"), "CT: `Emails` of the table `signals_by_channel` was shown and would be hidden");
    let placed = project.read(locations);
    project.records("case_locations", Records::clear);
    refused(
        "cases",
        &|records| records.keep(2, &[("state", "CT")]),
        "CT: `figures.cases` in prose was shown and would be hidden",
    );
    project.write(locations, &placed);
    // Two counters change places: each is compared with itself.
    let [email, tip] = ["email", "online_tip"].map(|channel| {
        spec.lines().find(|line| line.contains(&format!("channel, is: {channel} "))).unwrap().to_owned()
    });
    let exchanged = spec.replace(&email, "@@").replace(&tip, &email).replace("@@", &tip);
    assert_ne!(exchanged, spec);
    project.write(SPEC, exchanged);
    refused("signals", &of("email"), "CT: `Emails` of the table `signals_by_channel` was shown and would be hidden");
    project.write(SPEC, &spec);
    refused(
        "case_locations",
        &|records| records.keep(1, &[("county_geoid", "09009")]),
        "CT: `09003` of the table `locations` was shown and would be hidden",
    );
}

#[test]
fn a_release_that_is_named_is_compared_though_the_spec_has_no_revision() {
    let project = released();
    project.records("cases", |records| records.recode(3, &[("reason", "crisis")], &[("reason", "tip")]));
    let told = "of the table `reason` was shown and would be hidden";
    for command in [
        &["release", SPEC, "--out", "other", "--previous", "release"][..],
        &["check", SPEC, "--previous", "release"],
        &["build", SPEC, "--out", "out", "--previous", "release"],
    ] {
        let findings = project.refuses(command);
        assert!(findings.contains(told), "{command:?}: {findings}");
    }
    // Another name of the table does not end the comparison.
    project.write(
        SPEC,
        project
            .read(SPEC)
            .replace("  reason:\n    of: cases", "  why:\n    of: cases")
            .replace("table: reason", "table: why"),
    );
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(findings.contains("of the table `why` was shown and would be hidden"), "{findings}");
    let findings = project.refuses(&["release", SPEC, "--out", "third", "--previous", "nowhere"]);
    assert!(findings.contains("error[release::no-release]"), "{findings}");
}
