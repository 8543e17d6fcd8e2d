//! Odd scalars at each key of specs, press profiles and review policies: told in the author's words, at their place.

use std::collections::BTreeMap;
use std::path::Path;

use platen::diag::{Finding, Findings, Place, Sources};
use serde_json::{Value, json};

use crate::support::Project;

const SPEC: &str = "config/nhth-2016.yaml";
const PROFILE: &str = "config/press/us-letter-offset.yaml";
const POLICY: &str = "config/review.yaml";

/// Reads a file of the project as what it is.
fn read(file: &str, path: &Path) -> Result<(), Findings> {
    let mut sources = Sources::default();
    match file {
        SPEC => platen::report_spec::load(path, &platen::report_spec::Places::default(), &mut sources).map(drop),
        PROFILE => platen::press::load(path, &mut sources).map(drop),
        _ => platen::review::Policy::read(path, &mut sources).map(drop),
    }
}

/// The words of a message that no author of a spec would know.
const JARGON: [&str; 33] = [
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "f32",
    "f64",
    "usize",
    "isize",
    "struct",
    "enum",
    "variant",
    "untagged",
    "serde",
    "deserialize",
    "tuple",
    "unit",
    "newtype",
    "char",
    "str",
    "bool",
    "null",
    "integer",
    "string",
    "object",
    "array",
    "boolean",
    "scalar",
];

/// Asserts that a finding has a place, and speaks of nothing that only a programmer knows.
fn is_plain(finding: &Finding, what: &str) {
    let words = format!("{} {}", finding.message, finding.help.as_deref().unwrap_or_default());
    // What is quoted are the author's own words.
    let own: String = words.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let named = own.split(|c: char| !c.is_alphanumeric()).find(|word| JARGON.contains(word));
    assert_eq!(named, None, "{what}: {words}");
    // How YAML is written wrong is told by its parser.
    let words = if finding.message.starts_with("this is no valid YAML: ") { String::new() } else { words };
    for phrase in ["invalid type", "invalid value", "invalid length", "expected ", "missing field", "did not match"] {
        assert!(!words.contains(phrase), "{what}: {words}");
    }
    assert!(matches!(finding.place, Some(Place::Span { .. })), "{what}: {words}");
}

/// Every value of the sample's spec, by its pointer with each place in a list taken as one.
fn leaves(value: &Value, pointer: &str, seen: &mut BTreeMap<String, String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| leaves(item, &format!("{pointer}/{at}"), seen));
        }
        Value::Object(entries) => {
            entries.iter().for_each(|(key, item)| leaves(item, &format!("{pointer}/{key}"), seen));
        }
        _ => {
            let shape: Vec<&str> =
                pointer.split('/').map(|key| if key.parse::<usize>().is_ok() { "*" } else { key }).collect();
            // Entries of the same maps have the same types.
            let shape = match shape.as_slice() {
                [
                    "",
                    "jurisdictions" | "populations" | "notes" | "code_lists" | "sources" | "tables" | "counters",
                    _,
                    rest @ ..,
                ] => {
                    format!("{}/{}", shape[1], rest.join("/"))
                }
                _ => shape.join("/"),
            };
            seen.entry(shape).or_insert_with(|| pointer.to_owned());
        }
    }
}

/// The pointers of a file's values, one of each shape.
fn shapes(sound: &Value) -> Vec<String> {
    let mut seen = BTreeMap::new();
    leaves(sound, "", &mut seen);
    seen.into_values().collect()
}

fn sound(project: &Project, file: &str) -> Value {
    serde_yaml::from_str(&project.read(file)).unwrap()
}

#[test]
fn no_message_names_a_type_of_the_program() {
    let wrong = [
        json!(3.5),
        json!(-1),
        json!(300),
        json!(70_000),
        json!(5_000_000_000_u64),
        json!(9_007_199_254_740_991_u64),
        json!(u64::MAX),
        json!(1e300),
        json!("text"),
        json!(true),
        json!(null),
        json!([]),
        json!({}),
        json!([1]),
        json!({ "a": 1 }),
    ];
    let project = Project::new();
    for (file, least) in [(SPEC, 300), (PROFILE, 100), (POLICY, 50)] {
        let sound = sound(&project, file);
        let mut told = 0;
        for pointer in shapes(&sound) {
            let is_number = sound.pointer(&pointer).is_some_and(Value::is_number);
            // Texts are tried with a few of them: a value that no text takes is refused by the schema.
            for wrong in wrong.iter().skip(if is_number { 0 } else { 8 }) {
                let mut spoiled = sound.clone();
                *spoiled.pointer_mut(&pointer).unwrap() = wrong.clone();
                project.write(file, spoiled.to_string());
                let Err(findings) = read(file, &project.path(file)) else { continue };
                for finding in findings.iter() {
                    told += 1;
                    is_plain(finding, &format!("{pointer} = {wrong}"));
                }
            }
        }
        assert!(told > least, "{file}: {told}");
    }
}

#[test]
fn odd_scalars_are_read_or_told_in_plain_words() {
    let odd = [
        "0o17",
        "0x1F",
        "1_000",
        "1e3",
        "~",
        "",
        "\"\"",
        "on",
        "off",
        "yes",
        "no",
        "2016-12-31",
        "&a 3",
        "&a",
        "*a",
        "!!str 3",
        "!x",
        "03",
        ".5",
        "5.",
        "+3",
        "-0",
        "1:30",
        "99999999999999999999",
        "-99999999999999999999",
        "0x",
        "1e400",
        ".inf",
        "\"3",
        "'3",
        "[",
        "{",
        "]",
        "@x",
        "%x",
        "`x`",
        "? x",
        "a: b",
        "- x",
        "|",
        ">",
        "\"\\x\"",
        "#x",
        "\t",
        "3 # three",
        "null",
        "NULL",
        "True",
        "<<",
        "=",
        "\"\\uD800\"",
        "{~: 1}",
        "{1: 2}",
        "{[a]: 1}",
        "{a: 1, a: 2}",
        "{true: 1}",
    ];
    let project = Project::new();
    for (file, least) in [(SPEC, 300), (PROFILE, 500), (POLICY, 200)] {
        let sound = sound(&project, file);
        let mut told = 0;
        // Of a spec, each is tried in every sixth place.
        let step = if file == SPEC { 6 } else { 1 };
        for (at, pointer) in shapes(&sound).into_iter().enumerate() {
            let mut marked = sound.clone();
            *marked.pointer_mut(&pointer).unwrap() = json!("(here)");
            let text = serde_json::to_string_pretty(&marked).unwrap();
            for odd in odd.iter().skip(at % step).step_by(step) {
                project.write(file, text.replace("\"(here)\"", odd));
                let Err(findings) = read(file, &project.path(file)) else { continue };
                assert!(!findings.is_empty());
                for finding in findings.iter() {
                    told += 1;
                    is_plain(finding, &format!("{file}: {pointer} = {odd}"));
                }
            }
        }
        assert!(told > least, "{file}: {told}");
    }
}
