//! A spec that extends another: it holds only what differs.
//!
//! Mappings are laid over each other key by key; a list or a single value takes the place of the base's; an empty
//! value (`~`) takes a key of the base away. The ordinals of a language are replaced whole. Every value keeps the place
//! where it is written.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::diag::{Finding, Findings, Sources, code};
use crate::unit::nfc;

use super::read::{self, Yaml};
use super::root;
use super::tree::{Tree, escape};

/// How many specs may stand below each other.
const DEPTH: usize = 4;

/// Mappings that belong to one language: laid over as a whole, since a form of another language is wrong in it.
const WHOLE: [&str; 1] = ["/language/ordinals"];

/// The key that names the base.
const KEY: &str = "extends";

/// Reads a spec with all that it extends.
///
/// # Errors
/// Says what cannot be read, and where a base is missing, stands outside the project, or extends what extends it.
pub(super) fn read(path: &Path, sources: &mut Sources) -> Result<Yaml, Findings> {
    layered(path, sources, &mut Vec::new())
}

fn layered(path: &Path, sources: &mut Sources, above: &mut Vec<PathBuf>) -> Result<Yaml, Findings> {
    let (name, text) = read::read_text(path)?;
    sources.add((name.clone(), text.clone()));
    let mut over = read::parse(name, text)?;
    let Some(raw) = over.value.as_object_mut().and_then(|keys| keys.shift_remove(KEY)) else { return Ok(over) };
    above.push(path.canonicalize().unwrap_or_else(|_| path.to_path_buf()));
    let base = base(path, &raw, above).map_err(|fault| {
        let finding = Finding::error(code::spec::EXTENDS, fault.0).at(over.tree.value("/extends"));
        finding.help(fault.1)
    })?;
    let mut base = layered(&base, sources, above)?;
    let mut findings = Findings::new();
    findings.extend(foreign_forms(&base.value, &over));
    base.tree.rename(&over.tree);
    merge(&mut base.value, over.value, "", &mut base.tree, &over.tree, &mut findings);
    if findings.has_errors() {
        return Err(findings);
    }
    Ok(Yaml { name: over.name, ..base })
}

/// What is wrong with a base, and a hint.
type Fault = (String, Option<String>);

fn base(path: &Path, raw: &Value, above: &[PathBuf]) -> Result<PathBuf, Fault> {
    let Some(raw) = raw.as_str() else { return Err(("`extends` must be the path of a spec".into(), None)) };
    let base = path.parent().unwrap_or(Path::new("")).join(raw);
    let hint = || Some("the path is relative to the folder of the spec that names it".to_owned());
    let Ok(real) = base.canonicalize() else { return Err((format!("there is no spec `{raw}`"), hint())) };
    let project = root::find(path).map_err(|finding| (finding.message, None))?;
    if Path::new(raw).is_absolute() || !real.starts_with(&project) {
        return Err((format!("the spec `{raw}` stands outside the project"), None));
    }
    if let Some(first) = above.iter().position(|path| *path == real) {
        let chain = above[first..].iter().chain([&real]).filter_map(|path| path.file_name());
        let chain: Vec<String> = chain.map(|name| format!("`{}`", name.to_string_lossy())).collect();
        return Err((format!("the specs extend each other in a circle: {}", chain.join(" → ")), None));
    }
    if above.len() > DEPTH {
        return Err((format!("more than {DEPTH} specs extend each other"), None));
    }
    Ok(base)
}

/// Refuses ordinals that an overlay takes from a base in another language.
fn foreign_forms(base: &Value, over: &Yaml) -> Option<Finding> {
    let language = |value: &Value| Some(value.pointer("/language/locale")?.as_str()?.split('_').next()?.to_owned());
    let (old, new) = (language(base)?, language(&over.value)?);
    if old == new || base.pointer(WHOLE[0]).is_none() || over.value.pointer(WHOLE[0]).is_some() {
        return None;
    }
    let message =
        format!("the locale is of the language `{new}`, and the ordinals of the extended spec are of `{old}`");
    let help = "write `ordinals` in this language, or `ordinals: ~` for plain numbers".to_owned();
    Some(Finding::error(code::spec::EXTENDS, message).at(over.tree.value("/language/locale")).help(help))
}

/// Lays one value over another.
fn merge(base: &mut Value, over: Value, pointer: &str, tree: &mut Tree, over_tree: &Tree, findings: &mut Findings) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                let at = format!("{pointer}/{}", escape(&key));
                merge_key(base, &key, value, &at, tree, over_tree, findings);
            }
        }
        (base, over) => {
            *base = over;
            tree.take(pointer, over_tree);
        }
    }
}

fn merge_key(
    base: &mut Map<String, Value>,
    key: &str,
    value: Value,
    at: &str,
    tree: &mut Tree,
    over_tree: &Tree,
    findings: &mut Findings,
) {
    if let Some(other) = base.keys().find(|other| *other != key && nfc(other) == nfc(key)) {
        let message = format!("the key `{other}` of the extended spec is written here in another normalization form");
        let help = "copy it from there: the letters look alike and are coded otherwise".to_owned();
        findings.push(Finding::error(code::spec::DUPLICATE_KEY, message).at(over_tree.key(at)).help(help));
        return;
    }
    match (base.get_mut(key), value) {
        (Some(below), Value::Object(mut forms)) if WHOLE.contains(&at) => {
            // What is empty is left out: there is nothing below to take away.
            forms.retain(|_, form| !form.is_null());
            *below = Value::Object(forms);
            tree.take(at, over_tree);
        }
        (Some(_), Value::Null) => {
            base.shift_remove(key);
            tree.remove(at);
        }
        (None, Value::Null) => {
            let message = format!("there is no key `{key}` to take away");
            let help = "an empty value takes a key of the extended spec away".to_owned();
            findings.push(Finding::error(code::spec::EXTENDS, message).at(over_tree.key(at)).help(help));
        }
        (Some(below), value) => merge(below, value, at, tree, over_tree, findings),
        (None, value) => {
            base.insert(key.to_owned(), value);
            tree.take(at, over_tree);
        }
    }
}
