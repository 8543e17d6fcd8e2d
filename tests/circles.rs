//! No circles: the files of a module use each other in one direction, so that each can be read after those below it.
//!
//! Only what a file uses itself counts. A name that a module hands on (`pub use`) is followed to the file that holds it; tests
//! may use anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::{repository, without_comments};

/// A file by the names that lead to it: `["map", "text", "face"]`, the names of a folder for its `mod.rs`.
type Name = Vec<String>;

/// What a file brings into scope, and its code beside that.
#[derive(Default)]
struct File {
    /// Imported names, each with the path that it stands for, and whether it is handed on.
    imports: BTreeMap<String, (Vec<String>, bool)>,
    code: String,
}

#[derive(Default)]
struct Crate(BTreeMap<Name, File>);

impl Crate {
    fn read() -> Self {
        let mut all = Self::default();
        all.collect(&repository().join("src"), &[]);
        assert!(all.0.len() > 200, "the sources were found");
        all
    }

    fn collect(&mut self, folder: &Path, above: &[String]) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let name: Name = above.iter().cloned().chain((stem != "mod").then_some(stem.clone())).collect();
            if path.is_dir() {
                self.collect(&path, &name);
            } else if path.extension().is_some_and(|ending| ending == "rs") && stem != "main" && stem != "tests" {
                let name = if stem == "lib" { Vec::new() } else { name };
                self.0.insert(name, File::of(&fs::read_to_string(&path).unwrap()));
            }
        }
    }

    /// The whole path of what a file means by a path; none for what is outside the crate.
    fn absolute(&self, file: &Name, path: &[String]) -> Option<Vec<String>> {
        let (mut at, mut rest) = (file.clone(), path);
        match path.first()?.as_str() {
            "crate" => return Some(path[1..].to_vec()),
            "self" | "super" => {}
            first => {
                let child: Name = file.iter().cloned().chain([first.to_owned()]).collect();
                let (import, _) = match self.0.contains_key(&child) {
                    true => return Some(at.into_iter().chain(path.iter().cloned()).collect()),
                    false => self.0[file].imports.get(first)?,
                };
                let is_own = import.as_slice() == &path[..1];
                return (!is_own)
                    .then(|| self.absolute(file, import))?
                    .map(|whole| whole.into_iter().chain(path[1..].iter().cloned()).collect());
            }
        }
        while let Some(word) = rest.first().filter(|word| ["self", "super"].contains(&word.as_str())) {
            if word == "super" {
                at.pop();
            }
            rest = &rest[1..];
        }
        Some(at.into_iter().chain(rest.iter().cloned()).collect())
    }

    /// The file that holds what a whole path leads to, through all that hand it on.
    fn home(&self, path: &[String], depth: usize) -> Option<Name> {
        let at = (0..=path.len()).rev().find(|at| self.0.contains_key(&path[..*at]))?;
        let file = path[..at].to_vec();
        let next = path.get(at).and_then(|word| self.0[&file].imports.get(word));
        match next.filter(|_| depth < 20).and_then(|(import, _)| self.absolute(&file, import)) {
            Some(whole) => {
                self.home(&whole.into_iter().chain(path[at + 1..].iter().cloned()).collect::<Vec<_>>(), depth + 1)
            }
            None => Some(file),
        }
    }

    /// The files that each file uses, within one module of the crate.
    fn uses(&self, module: &str) -> BTreeMap<&Name, BTreeSet<Name>> {
        let own = self.0.iter().filter(|(name, _)| name.first().is_some_and(|first| first == module));
        let of = |name: &Name, file: &File| -> BTreeSet<Name> {
            let handed_on = |name: &str| file.names(name);
            let imports = file.imports.iter().filter(|(name, (_, is_public))| !is_public || handed_on(name));
            let paths = imports.map(|(_, (path, _))| path.clone()).chain(paths(&file.code));
            let homes = paths.filter_map(|path| self.home(&self.absolute(name, &path)?, 0));
            homes.filter(|home| home != name && home.first().is_some_and(|first| first == module)).collect()
        };
        own.map(|(name, file)| (name, of(name, file))).collect()
    }
}

impl File {
    fn of(text: &str) -> Self {
        let (mut file, code) = (Self::default(), plain(text));
        for (at, statement) in code.split_inclusive(';').scan(0, |end, part| {
            *end += part.len();
            Some((*end - part.len(), part))
        }) {
            match statement.rfind("use ").filter(|start| is_import(&statement[..*start])) {
                Some(start) => {
                    let is_public = statement[..start].trim_end().ends_with(['b', ')']);
                    let list = statement[start + 4..].trim_end_matches(';');
                    import(list, &[], &mut |name, path| _ = file.imports.insert(name, (path, is_public)));
                    file.code.push_str(&code[at..at + start]);
                }
                None => file.code.push_str(statement),
            }
        }
        file
    }

    /// Tells whether the code calls or leads through a name.
    fn names(&self, name: &str) -> bool {
        self.code.match_indices(name).any(|(at, _)| {
            let before = self.code[..at].chars().next_back().unwrap_or(' ');
            let after = &self.code[at + name.len()..];
            let is_type =
                name.starts_with(char::is_uppercase) && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            let is_whole = !before.is_alphanumeric() && !matches!(before, '_' | '.' | ':');
            let is_definition = self.code[..at].trim_end().ends_with("fn");
            is_whole && !is_definition && (is_type || after.starts_with('(') || after.starts_with("::"))
        })
    }
}

/// Tells whether `use` after this begins an import, and is no word of something else.
fn is_import(before: &str) -> bool {
    let before = before.trim_end();
    let is_public = before.ends_with("pub")
        || before.ends_with(')') && before.rfind("pub(").is_some_and(|at| !before[at..].contains('\n'));
    is_public || before.is_empty() || before.ends_with(['}', ';', '{', ']'])
}

/// A text without comments, words in quotes, and tests.
fn plain(text: &str) -> String {
    let code = without_comments(text);
    // Tests stand at the end of a file.
    let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    // Who may see something is no use of it.
    let shown = code.split("pub(in ").enumerate();
    let code: String =
        shown.map(|(at, part)| if at == 0 { part } else { &part[part.find(')').unwrap_or(0)..] }).collect();
    let mut plain = String::new();
    for (number, part) in code.replace("\\\"", "").replace("'\"'", "").split('"').enumerate() {
        plain.push_str(if number % 2 == 0 { part } else { "\"\"" });
    }
    plain
}

/// Takes apart what stands behind `use`.
fn import(list: &str, above: &[String], found: &mut impl FnMut(String, Vec<String>)) {
    let (mut depth, mut start) = (0, 0);
    let mut parts = Vec::new();
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[start..]);
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let (lead, inner) = part.split_once('{').map_or((part, None), |(lead, inner)| (lead, Some(inner)));
        let (lead, name) = lead.split_once(" as ").map_or((lead, None), |(lead, name)| (lead, Some(name.trim())));
        let words = lead.split("::").map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned);
        let mut path: Vec<String> = above.iter().cloned().chain(words).collect();
        match inner {
            Some(inner) => import(inner.strip_suffix('}').unwrap_or(inner), &path, found),
            None => {
                if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                    path.pop();
                }
                let name = name.map_or_else(|| path.last().cloned().unwrap_or_default(), str::to_owned);
                if name == "*" {
                    path.pop();
                }
                found(name, path);
            }
        }
    }
}

/// The paths that code names.
fn paths(code: &str) -> Vec<Vec<String>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = code.split(|c: char| !is_part(c)).map(|word| word.trim_end_matches(':'));
    let paths = words.filter(|word| word.contains("::") && !word.starts_with(':'));
    paths.map(|path| path.split("::").map(str::to_owned).collect()).collect()
}

/// Finds a file that uses itself by way of others, and the way.
fn circle<'a>(uses: &'a BTreeMap<&Name, BTreeSet<Name>>) -> Option<Vec<&'a Name>> {
    fn walk<'a>(
        uses: &'a BTreeMap<&Name, BTreeSet<Name>>,
        way: &mut Vec<&'a Name>,
        done: &mut BTreeSet<&'a Name>,
    ) -> bool {
        let at = way[way.len() - 1];
        for next in uses.get(at).into_iter().flatten() {
            if let Some(start) = way.iter().position(|file| *file == next) {
                way.drain(..start);
                return true;
            }
            way.push(next);
            if !done.contains(next) && walk(uses, way, done) {
                return true;
            }
            way.pop();
        }
        done.insert(at);
        false
    }
    let mut done = BTreeSet::new();
    uses.keys().find_map(|start| {
        let mut way = vec![*start];
        walk(uses, &mut way, &mut done).then_some(way)
    })
}

#[test]
fn the_files_of_a_module_use_each_other_in_one_direction() {
    let all = Crate::read();
    let modules: BTreeSet<&String> = all.0.keys().filter_map(|name| name.first()).collect();
    let way = |module: &&String| Some(format!("{module}: {:?}", circle(&all.uses(module))?));
    let found: Vec<String> = modules.iter().filter_map(way).collect();
    assert_eq!(found, [""; 0], "the ways on which files of a module come back to themselves");
}

#[test]
fn a_circle_is_seen_however_it_is_written() {
    let file = |name: &[&str], text: &str| (name.iter().map(|word| (*word).to_owned()).collect(), File::of(text));
    let crate_of = |text: &str| {
        Crate(BTreeMap::from([
            file(&[], "pub mod a;"),
            file(&["a"], "mod one;\nmod other;\npub use one::One;\npub(crate) use other::{Other as Renamed, make};"),
            file(&["a", "one"], text),
            file(&["a", "other"], "use super::One;\nuse std::fmt::{self, Write};\npub fn make() {}"),
        ]))
    };
    for text in [
        "use super::other::make;",
        "use super::Renamed;",
        "use crate::{\n    a::{\n        make,\n    },\n};",
        "fn f() { super::make() }",
        "fn f() { crate::a::other::make() }",
    ] {
        assert!(circle(&crate_of(text).uses("a")).is_some(), "{text}");
    }
    for text in [
        "use std::fmt;",
        "// super::make()",
        "const A: &str = \"super::make\";",
        "#[cfg(test)]\nmod tests { use super::super::make; }",
    ] {
        assert_eq!(circle(&crate_of(text).uses("a")), None, "{text}");
    }
}
