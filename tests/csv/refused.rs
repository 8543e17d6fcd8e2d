//! Quotes, lines and bytes that are refused, and where.

use crate::support::Project;

use super::{SIGNALS, SPEC, signals};

const REFERENCE: &str = "data/connecticut-2016/reference.csv";

/// What a check says of signals; of other records than the faulty one nothing may be told.
fn says(project: &Project, text: impl AsRef<[u8]>) -> String {
    project.write(SIGNALS, text);
    let says = project.refuses(&["check", SPEC]);
    for told in ["SYN-S-", "2016-", "friend_of_victim"] {
        assert!(!says.contains(told), "{says}");
    }
    says
}

/// Opens a quote before the last declared value of a record.
fn last_value(line: &str) -> String {
    let at = line.trim_end_matches(',').rfind(',').unwrap() + 1;
    format!("{}\"{}", &line[..at], &line[at..])
}

#[test]
fn a_quote_that_is_never_closed_is_refused_where_it_opens() {
    let project = Project::new();
    let sound = signals(&project, 9);
    let help = "  = help: close it, or write a quote within a value twice and put the value in quotes\n1 error\n";
    let expected = |line: usize| {
        format!("error[data::not-csv]: a quote opens in this line and is never closed\n  ┌─ {SIGNALS}:{line}\n{help}")
    };
    for end in ["\n", "\r\n", "\r"] {
        for last in [end, ""] {
            let with = |line: usize, text: String| {
                let mut lines = sound.clone();
                lines[line - 1] = text;
                says(&project, lines.join(end) + last)
            };
            // In a further column, in the last declared one, in the first one, in a value with line breaks before it.
            assert_eq!(with(5, format!("{}\"never closed", sound[4])), expected(5));
            assert_eq!(with(5, last_value(&sound[4])), expected(5));
            assert_eq!(with(5, format!("\"{}", sound[4])), expected(5));
            assert_eq!(with(4, format!("{}\"a{end}b\"{end}\"{}", sound[3], sound[4])), expected(6));
            // In the header, in the last line, at the very end.
            assert_eq!(with(1, format!("{}\"", sound[0].trim_end_matches("note"))), expected(1));
            assert_eq!(with(10, format!("{}\"x", sound[9])), expected(10));
            assert_eq!(with(10, format!("{}\"", sound[9])), expected(10));
        }
    }
}

#[test]
fn text_behind_a_closing_quote_is_refused_where_the_value_begins() {
    let project = Project::new();
    let sound = signals(&project, 9);
    for end in ["\n", "\r\n", "\r"] {
        let with = |line: usize, text: String| {
            let mut lines = sound.clone();
            lines[line - 1] = text;
            says(&project, lines.join(end))
        };
        for (line, at, text) in [
            (5, 5, format!("{}\"He\" said", sound[4])),
            (5, 5, format!("{}\"He\" ", sound[4])),
            (5, 5, format!("\"{}\" {}", &sound[4][..12], &sound[4][12..])),
            // The first quote that is not closed meets the first one of a later value.
            (3, 3, format!("{}\"never closed{end}{}\"a note\"", sound[2], sound[3])),
            (1, 1, format!("\"signal_id\"x{}", &sound[0][9..])),
            (5, 7, format!("\"a{end}b{end}\",\"{}\"\"\"x\"\"{end}\"y,", sound[4])),
        ] {
            let expected = format!(
                "error[data::not-csv]: in a value that begins in this line, more text stands behind the closing quote\n  \
                 ┌─ {SIGNALS}:{at}\n  \
                 = help: close it, or write a quote within a value twice and put the value in quotes\n\
                 1 error\n"
            );
            assert_eq!(with(line, text.clone()), expected, "{text}");
        }
    }
}

#[test]
fn quotes_of_the_reference_figures_are_judged_as_strictly() {
    let project = Project::new();
    let sound = project.read(REFERENCE);
    for (end, text) in [("\n", "calls,\"AK,82\n"), ("\r\n", "calls,\"AK,82\r\n"), ("\r", "calls,\"AK,82\r")] {
        let file = sound.replace("calls,AK,82\n", "\n\ncalls,\"AK,82\n").replace('\n', end);
        assert!(file.contains(text));
        project.write(REFERENCE, file);
        let says = project.refuses(&["check", SPEC]);
        let expected = format!(
            "error[data::not-csv]: a quote opens in this line and is never closed\n  ┌─ {REFERENCE}:5\n  \
             = help: close it, or write a quote within a value twice and put the value in quotes\n\
             1 error\n"
        );
        assert_eq!(says, expected);
    }
    project.write(REFERENCE, sound.replace("calls,AK,82\n", "\ncalls,\"AK\"x,82\n"));
    let says = project.refuses(&["check", SPEC]);
    assert!(says.starts_with("error[data::not-csv]: in a value that begins in this line, more"), "{says}");
    assert!(says.contains(&format!("{REFERENCE}:4\n")), "{says}");
    project.write(REFERENCE, sound.replace("calls,AK,82\n", "\r\n\"calls\",\"A\nK\",82\r\n"));
    let says = project.refuses(&["check", SPEC]);
    let expected = format!("no jurisdiction has the code `…`\n  ┌─ {REFERENCE}:4, column `jurisdiction`\n");
    assert!(says.contains(&expected), "{says}");
}

#[test]
fn of_a_value_that_may_hold_other_records_nothing_is_told() {
    let project = Project::new();
    let sound = signals(&project, 9);
    // A record of the right width with such a value, in a column of codes and in that of ids.
    let mut lines = sound.clone();
    lines[4] = sound[4].replace(",phone,", &format!(",\"phone\n{}\",", &sound[5][..22]));
    let says = says(&project, lines.join("\n"));
    assert!(says.contains(&format!("`channel` takes no code `…`\n  ┌─ {SIGNALS}:5, column `channel`\n")), "{says}");
    let mut lines = sound.clone();
    lines[4] = format!("\"{}\n{}\"{}", &sound[5][..22], &sound[4][..12], &sound[4][12..]);
    let says = self::says(&project, lines.join("\n"));
    assert!(says.starts_with("error[data::unseen-character]: the id `…` holds U+000A LINE FEED\n"), "{says}");
}

#[test]
fn a_fault_is_told_at_the_line_of_its_value() {
    let project = Project::new();
    let sound = signals(&project, 9);
    for end in ["\n", "\r\n", "\r"] {
        let says = |lines: &[String]| says(&project, lines.join(end));
        let place = |says: &str| says.lines().nth(1).map(|line| line.trim_start_matches([' ', '┌', '─']).to_owned());
        let mut lines = sound.clone();
        lines[2] = lines[2].replace(",phone,", ",fax,");
        assert_eq!(place(&says(&lines)), Some(format!("{SIGNALS}:3, column `channel`")));
        // Blank lines before it count, and a byte order mark is no line.
        lines.insert(1, String::new());
        lines.insert(0, String::new());
        assert_eq!(place(&says(&lines)), Some(format!("{SIGNALS}:5, column `channel`")));
        lines[0].insert(0, '\u{feff}');
        assert_eq!(place(&says(&lines)), Some(format!("{SIGNALS}:5, column `channel`")));
        // Behind values with line breaks, in this record and before it; too few values are the record's fault.
        let mut lines: Vec<String> = sound.iter().map(|line| format!("\"x{end}{end}y\",{line}")).collect();
        lines[2] = lines[2].replace(",phone,", ",fax,");
        assert_eq!(place(&says(&lines)), Some(format!("{SIGNALS}:9, column `channel`")));
        lines[2] = lines[2].replace(",fax,", ",");
        assert_eq!(place(&says(&lines)), Some(format!("{SIGNALS}:7")));
    }
}

#[test]
fn a_byte_zero_or_a_mark_of_the_end_is_named() {
    let project = Project::new();
    let text = signals(&project, 4).join("\n") + "\n";
    insta::assert_snapshot!(says(&project, format!("{text}\0\0\0\0")), @r"
    error[data::not-csv]: from here on the file holds the byte NUL in the place of records
      ┌─ data/connecticut-2016/signals.csv:6
      = help: the file was cut off while it was written or copied: get it anew
    1 error
    ");
    insta::assert_snapshot!(says(&project, text.replacen("true,", "tr\0e,", 1)), @r"
    error[data::not-csv]: the record holds the byte NUL, which no text holds
      ┌─ data/connecticut-2016/signals.csv:2
      = help: the file was cut off or damaged, or is no CSV: get it anew
    1 error
    ");
    insta::assert_snapshot!(says(&project, format!("{text}\u{1a}")), @r"
    error[data::not-csv]: the line holds Ctrl-Z (U+001A), with which DOS ended its text files
      ┌─ data/connecticut-2016/signals.csv:6
      = help: take the line out of the file
    1 error
    ");
    let whole = project.read(REFERENCE);
    project.write(REFERENCE, format!("{}\u{1a}", whole.trim_end()));
    project.write(SIGNALS, format!("{}\u{1a}", text.trim_end()));
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::not-a-number]: the count is no whole number
      ┌─ data/connecticut-2016/reference.csv:52, column `count`
    1 error
    ");
    project.write(REFERENCE, whole);
    let text = text.replace(",note", "").replace(",\n", "\n");
    insta::assert_snapshot!(says(&project, format!("{}\u{1a}", text.trim_end())), @r"
    error[data::unknown-code]: `how_found` takes no code `<U+001A>`
      ┌─ data/connecticut-2016/signals.csv:5, column `how_found`
      = help: it begins with U+001A SUBSTITUTE
    1 error
    ");
}

/// What is said of a value that took in records.
fn swallowed(line: usize) -> String {
    format!(
        "error[data::not-csv]: a quote opens in this line, and what it takes in are records themselves\n  \
         ┌─ {SIGNALS}:{line}\n  \
         = help: close it: a quote of a later line was taken for its end\n\
         1 error\n"
    )
}

/// Two quotes that are never closed, in one column of two records, close each other: a record of the right width is
/// left, made of the beginning of one and the end of the other, and what stands between is gone.
#[test]
fn records_between_two_quotes_of_one_column_are_not_swallowed() {
    let project = Project::new();
    let sound = signals(&project, 9);
    for end in ["\n", "\r\n", "\r"] {
        for (first, last) in [(4, 5), (2, 8)] {
            for column in 1..9 {
                let quoted = |line: &String, behind: bool| {
                    let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
                    cells[column] =
                        if behind { format!("{}\"", cells[column]) } else { format!("\"{}", cells[column]) };
                    cells.join(",")
                };
                let mut lines = sound.clone();
                lines[first] = quoted(&lines[first], false);
                lines[last] = quoted(&lines[last], true);
                assert_eq!(says(&project, lines.join(end)), swallowed(first + 1), "{column}");
            }
        }
    }
}

#[test]
fn a_record_of_too_few_values_is_told_by_what_it_looks_like() {
    let project = Project::new();
    let sound = signals(&project, 3);
    let mut lines: Vec<String> = sound.iter().map(|line| format!("\"{line}\"")).collect();
    lines[0] = sound[0].clone();
    insta::assert_snapshot!(says(&project, lines.join("\n")), @r"
    error[data::field-count]: the record has 1 value, and the header names 10: 3 times, first at line 2
      ┌─ data/connecticut-2016/signals.csv:2
      = help: quotes stand around each value, and not around the line
    1 error
    ");
    for line in ["437 rows", "   ", "\u{c}", "Total,,437"] {
        let values = line.split(',').count();
        let what = if values == 1 { "1 value".to_owned() } else { format!("{values} values") };
        let expected = format!(
            "error[data::field-count]: the record has {what}, and the header names 10\n  ┌─ {SIGNALS}:5\n  \
             = help: a record has as many commas as the header, those of empty values too; what is no record is \
             taken out\n1 error\n"
        );
        assert_eq!(says(&project, sound.join("\n") + "\n" + line), expected);
    }
}

#[test]
fn a_quote_that_takes_in_whole_records_is_refused_though_a_later_one_closes_it() {
    let project = Project::new();
    let sound = signals(&project, 9);
    for end in ["\n", "\r\n", "\r"] {
        for (first, last) in [(4, 8), (4, 5)] {
            let mut lines = sound.clone();
            lines[first] += "\"never closed";
            lines[last] += "closed by mistake\"";
            assert_eq!(says(&project, lines.join(end)), swallowed(first + 1));
        }
    }
    // A note over lines is none, though it has as many commas.
    let mut lines = sound;
    lines[4] += "\"called twice,\nonce, in spring, of a case, long, past, and closed, then, again, here\nand, so, on\"";
    project.write(SIGNALS, lines.join("\n"));
    project.succeeds(&["check", SPEC]);
}
