//! Codes, ids and names that an eye takes for one.

use super::{Bad, CASES, LOCATIONS, SPEC};

#[test]
fn codes_and_ids_are_equal_in_either_normalization_form_and_hold_nothing_unseen() {
    let data = Bad::new();
    let (composed, apart) = ("h\u{f4}tel_motel", "ho\u{302}tel_motel");
    let expected = data.project.text();
    let (spec, cases) = (data.project.read(SPEC), data.project.read(CASES));
    for (in_spec, in_data) in [(composed, apart), (apart, composed)] {
        data.project.write(SPEC, spec.replace("hotel_motel", in_spec));
        data.project.write(CASES, cases.replace("hotel_motel", in_data));
        assert_eq!(data.project.text(), expected);
    }
    data.project.write(SPEC, &spec);
    data.project.write(CASES, &cases);
    // An id, its reference, and the same id once more.
    let line = "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,";
    let with_id = |id: &str| line.replace("SYN-C-0037", id);
    insta::assert_snapshot!(data.refused(&[(CASES, line, &with_id("SYN-\u{c9}")), (CASES, "SYN-C-0585,", "SYN-E\u{301},"), (LOCATIONS, "SYN-C-0037,", "SYN-E\u{301},")]), @r"
    error[data::duplicate-id]: the id `SYN-É` stands in an earlier record too
      ┌─ data/connecticut-2016/cases.csv:3, column `case_id`
    1 error
    ");
    for (id, words) in [
        (" ", "the id is nothing but U+0020 SPACE"),
        ("\t\t", "the id is nothing but U+0009 CHARACTER TABULATION"),
        ("\u{200b}", "the id is nothing but U+200B ZERO WIDTH SPACE"),
        ("SYN-C-0585 ", "the id `SYN-C-0585 ` ends with U+0020 SPACE"),
        (" SYN-C-0585", "the id ` SYN-C-0585` begins with U+0020 SPACE"),
        ("SYN-C\u{200b}-0585", "the id `SYN-C<U+200B>-0585` holds U+200B ZERO WIDTH SPACE"),
        ("SYN-C-0585\u{feff}", "the id `SYN-C-0585<U+FEFF>` ends with U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("SYN-C-0585\u{a0}", "the id `SYN-C-0585<U+00A0>` ends with U+00A0 NO-BREAK SPACE"),
        ("SYN\u{2060}C", "the id `SYN<U+2060>C` holds U+2060 WORD JOINER"),
        ("\u{202e}SYN-C", "the id `<U+202E>SYN-C` begins with U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("SYN\u{1a}", "the id `SYN<U+001A>` ends with U+001A SUBSTITUTE"),
        ("SYN\u{e000}", "the id `SYN<U+E000>` ends with U+E000"),
    ] {
        let expected = format!(
            "error[data::unseen-character]: {words}\n  ┌─ {CASES}:2, column `case_id`\n  \
             = help: an eye cannot tell it from an id without this character: take it out\n\
             1 error\n"
        );
        assert_eq!(data.refused(&[(CASES, line, &with_id(id))]), expected, "{id:?}");
    }
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037 ,09001,,\n")]), @r"
    error[data::unseen-character]: the id `SYN-C-0037 ` ends with U+0020 SPACE
      ┌─ data/connecticut-2016/case_locations.csv:2, column `case_id`
      = help: an eye cannot tell it from an id without this character: take it out
    1 error
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, line, &line.replace(",tip,", ",tip\u{200b},").replace(",CT,", ",\u{feff}CT,"))]), @r"
    error[data::unknown-jurisdiction]: no jurisdiction has the code `<U+FEFF>CT`
      ┌─ data/connecticut-2016/cases.csv:2, column `state`
      = help: it begins with U+FEFF ZERO WIDTH NO-BREAK SPACE: did you mean `CT`?
    error[data::unknown-code]: `reason` takes no code `tip<U+200B>`
      ┌─ data/connecticut-2016/cases.csv:2, column `reason`
      = help: it ends with U+200B ZERO WIDTH SPACE: did you mean `tip`?
    2 errors
    ");
    insta::assert_snapshot!(data.refused(&[(SPEC, "{ code: tip,", "{ code: \"cr\u{e9}\", label: x }\n    - { code: \"cre\u{301}\", label: y }\n    - { code: tip,")]), @r#"
    error[spec::duplicate-code]: the code `cré` stands here a second time
        ┌─ config/nhth-2016.yaml:178:15
    178 │     - { code: "cré", label: y }
        │               ^^^^^
    1 error
    "#);
}

#[test]
fn names_in_the_spec_are_equal_in_either_normalization_form() {
    let data = Bad::new();
    let (spec, cases) = (data.project.read(SPEC), data.project.read(CASES));
    let written = |acute: &str, defined: &str, meant: &str, in_data: &str| {
        let sex = |form: &str| if acute.is_empty() { "sex".to_owned() } else { format!("s{form}x") };
        let hotel = |form: &str| if acute.is_empty() { "hotel_motel".to_owned() } else { format!("hot{form}l_motel") };
        let reason = |form: &str| if acute.is_empty() { "reason".to_owned() } else { format!("r{form}ason") };
        let edits = [
            ("{ code: sex,", format!("{{ code: {},", sex(defined))),
            ("parent: sex,", format!("parent: {},", sex(meant))),
            ("in: [sex,", format!("in: [{},", sex(meant))),
            ("        sex: Venues", format!("        {}: Venues", sex(meant))),
            ("code: hotel_motel,", format!("code: {},", hotel(defined))),
            (
                "\n    - { parent: sex, code: online_ad,",
                format!(
                    "\n    - {{ parent: {0}, code: inn, alias_of: {1} }}\n    - {{ parent: {0}, code: online_ad,",
                    sex(meant),
                    hotel(meant)
                ),
            ),
            (
                "reason: { type: code, list: reason }",
                format!("{}: {{ type: code, list: {} }}", reason(defined), reason(meant)),
            ),
            ("\n  reason:\n    - {", format!("\n  {}:\n    - {{", reason(defined))),
            ("rows: { codes: reason }", format!("rows: {{ codes: {} }}", reason(meant))),
            (
                "\ncounters:\n",
                format!(
                    "\noverrides:\n  - {{ table: venue, row: {}/{}, reason: x }}\n\ncounters:\n",
                    sex(meant),
                    hotel(meant)
                ),
            ),
        ];
        // The alias before the parents' names are changed, which stand in it too.
        let text = edits.iter().rev().fold(spec.clone(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
        data.project.write(SPEC, text);
        let records = cases.replacen("hotel_motel", "inn", 3).replace("hotel_motel", &hotel(in_data));
        data.project.write(
            CASES,
            records.replace(",sex,", &format!(",{},", sex(in_data))).replacen("reason", &reason(in_data), 1),
        );
        data.project.text()
    };
    let (composed, apart) = ("\u{e9}", "e\u{301}");
    let expected = written("", "", "", "");
    assert!(!expected.contains("Hotel/Motel-Based"), "the override hides it");
    for (defined, meant, in_data) in
        [(composed, apart, composed), (apart, composed, apart), (composed, composed, apart)]
    {
        assert_eq!(written("é", defined, meant, in_data), expected);
    }
}
