//! What the figures of a release tell together: refused with its derivation, repaired, or accepted row by row.

mod accept;
mod attacked;
mod cases;
mod enumerated;
mod links;
mod noninterference;
mod planted;
mod proof;

use std::fs;

use crate::support::{Project, repository};

/// A project with an edition of `tests/editions`, whose spec is changed: each text stands in it once.
fn edition(name: &str, edits: &[(&str, &str)], files: &[(&str, String)]) -> Project {
    let project = Project::new();
    let folder = repository().join("tests/editions").join(name);
    let mut spec = fs::read_to_string(folder.join("spec.yaml")).unwrap();
    for (from, to) in edits {
        assert_eq!(spec.matches(from).count(), 1, "`{from}` stands once in the spec of {name}");
        spec = spec.replace(from, to);
    }
    project.write(&format!("config/{name}.yaml"), spec);
    fs::create_dir_all(project.path(&format!("data/{name}"))).unwrap();
    for (file, content) in files {
        project.write(&format!("data/{name}/{file}"), content);
    }
    project
}

/// A project with the records and the boundaries of all jurisdictions.
fn nation() -> Project {
    let project = Project::new();
    for entry in fs::read_dir(repository().join("geodata/2016")).unwrap() {
        project.add(&format!("geodata/2016/{}", entry.unwrap().file_name().to_str().unwrap()));
    }
    for file in ["cases.csv", "signals.csv", "case_locations.csv"] {
        project.add(&format!("data/national-2016/{file}"));
    }
    project
}

/// Records of the edition `nation`: state and channel, each so many times.
fn signals(counts: &[(&str, &str, usize)]) -> Vec<(&'static str, String)> {
    let records = counts.iter().flat_map(|(state, channel, count)| std::iter::repeat_n((state, channel), *count));
    let rows = records.enumerate().map(|(id, (state, channel))| format!("SYN-{id},2016-03-01,{state},{channel}\n"));
    vec![("signals.csv", format!("signal_id,received_on,state,channel\n{}", rows.collect::<String>()))]
}

/// Records of the edition `strict`: kind, type, place and the two flags, each so many times, all in one county.
fn records(counts: &[(usize, &str)]) -> Vec<(&'static str, String)> {
    let all: Vec<&str> = counts.iter().flat_map(|(count, record)| std::iter::repeat_n(*record, *count)).collect();
    let rows = all.iter().enumerate().map(|(id, record)| format!("SYN-{id},2016-03-01,CT,{record}\n"));
    let cases = format!("case_id,opened_on,state,kind,type,place,first,second\n{}", rows.collect::<String>());
    let places = (0..all.len()).map(|id| format!("SYN-{id},09001\n")).collect::<String>();
    vec![("cases.csv", cases), ("places.csv", format!("case_id,county\n{places}"))]
}
