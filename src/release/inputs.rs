//! Everything that the reports of an edition depend on, by digest.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::boundaries::{OUTLINES, detail_file};
use crate::confidential;
use crate::diag::{Finding, Findings, Sources, code, describe_io_error};
use crate::report_spec::{self, Spec};
use crate::typeset::LayoutAssets;
use crate::unit::Digest;

use super::manifest::{Input, InputKind};
use super::policy;
use super::value::Value;

/// Lists all inputs, in the order of their kinds and paths.
///
/// # Errors
/// Says which file cannot be read.
pub(super) fn inputs(spec: &Spec, sources: &Sources) -> Result<Vec<Input>, Findings> {
    let mut inputs: Vec<Input> = sources
        .iter()
        .map(|(name, text)| {
            let key = spec.data_key.as_ref();
            let values =
                report_spec::entries(name, text).into_iter().filter_map(|entry| Value::of(entry, key)).collect();
            let path = shown(Path::new(name.as_ref()), spec);
            // A plain digest would let a reader test guesses of what it hides by judgement.
            let digest = key.map(|key| Digest::keyed(key.bytes(), text.as_bytes()));
            Input { values, ..input(InputKind::Spec, &path, digest) }
        })
        .collect();
    inputs.push(input(InputKind::Policy, &format!("{}#small_counts", spec_path(spec)), policy::digest(spec)));
    let files = files(spec)?;
    let digested: Vec<Result<Input, Finding>> = files.par_iter().map(|file| digested(spec, file)).collect();
    let mut faults = Findings::new();
    for result in digested {
        match result {
            Ok(input) => inputs.push(input),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.has_errors() {
        return Err(faults);
    }
    inputs.sort_by(|a, b| (a.kind, &a.path).cmp(&(b.kind, &b.path)));
    Ok(inputs)
}

/// Returns the path of a spec's file from its project.
pub(super) fn spec_path(spec: &Spec) -> String {
    shown(Path::new(spec.file.as_ref()), spec)
}

/// Returns one digest of all inputs of a kind.
pub(super) fn digest_of(inputs: &[Input], kind: InputKind) -> Digest {
    let parts = inputs.iter().filter(|input| input.kind == kind);
    let parts: Vec<(&str, [u8; 32])> =
        parts.filter_map(|input| Some((input.path.as_str(), *input.digest?.bytes()))).collect();
    Digest::of_parts(parts.iter().map(|(path, digest)| (*path, digest.as_slice())))
}

/// A file that reports depend on.
struct Listed {
    kind: InputKind,
    path: PathBuf,
    /// Its path as the manifest has it.
    told: String,
}

fn files(spec: &Spec) -> Result<Vec<Listed>, Findings> {
    let mut files = Vec::new();
    let (layout, fonts) = LayoutAssets::files(&spec.layout, &spec.fonts, &spec.root)?;
    files.extend(layout.into_iter().map(|path| (InputKind::Layout, path)));
    files.extend(fonts.into_iter().map(|path| (InputKind::Font, path)));
    for map in &spec.maps {
        if !files.iter().any(|(_, path)| *path == map.font) {
            files.push((InputKind::Font, map.font.clone()));
        }
    }
    if let Some(map) = spec.maps.first() {
        files.push((InputKind::Boundaries, map.boundaries.join("index.json")));
        let jurisdictions =
            spec.jurisdictions.iter().map(|jurisdiction| map.boundaries.join(format!("{}.geojson", jurisdiction.code)));
        files.extend(jurisdictions.filter(|path| path.is_file()).map(|path| (InputKind::Boundaries, path)));
        let detailed = spec.jurisdictions.iter().map(|jurisdiction| detail_file(&map.boundaries, &jurisdiction.code));
        files.extend(detailed.filter(|path| path.is_file()).map(|path| (InputKind::Boundaries, path)));
    }
    files.extend(outlines_file(spec).map(|path| (InputKind::Boundaries, path)));
    files.extend(spec.reference.iter().map(|(path, _)| (InputKind::Reference, path.clone())));
    let told = |(kind, path): (InputKind, PathBuf)| Listed { kind, told: shown(&path, spec), path };
    let data = confidential::files(spec)?.into_iter().map(|file| Listed {
        kind: InputKind::Data,
        told: file.told,
        path: file.path,
    });
    Ok(files.into_iter().map(told).chain(data).collect())
}

/// Reads the outlines of the jurisdictions, where the spec has maps and they have some.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn read_outlines(spec: &Spec) -> Result<Option<Vec<u8>>, Finding> {
    outlines_file(spec).map(|path| content(spec, &path)).transpose()
}

fn outlines_file(spec: &Spec) -> Option<PathBuf> {
    Some(spec.maps.first()?.boundaries.join(OUTLINES)).filter(|path| path.is_file())
}

fn content(spec: &Spec, path: &Path) -> Result<Vec<u8>, Finding> {
    std::fs::read(path).map_err(|error| unreadable(spec, path, &error))
}

fn unreadable(spec: &Spec, path: &Path, error: &io::Error) -> Finding {
    Finding::error(code::release::INPUT, format!("cannot read the file: {}", describe_io_error(error)))
        .in_file(shown(path, spec))
}

fn digested(spec: &Spec, Listed { kind, path, told }: &Listed) -> Result<Input, Finding> {
    let file = File::open(path).map_err(|error| unreadable(spec, path, &error))?;
    let digest = match kind {
        // A plain digest would let a reader test guesses of the records.
        InputKind::Data => spec.data_key.as_ref().map(|key| Digest::keyed_of(key.bytes(), file)),
        _ => Some(Digest::read(file)),
    };
    let digest = digest.transpose().map_err(|error| unreadable(spec, path, &error))?;
    Ok(input(*kind, told, digest))
}

fn input(kind: InputKind, path: &str, digest: Option<Digest>) -> Input {
    Input { kind, path: path.to_owned(), digest, values: Vec::new() }
}

fn shown(path: &Path, spec: &Spec) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let canonical = std::fs::canonicalize(&absolute).unwrap_or(absolute);
    let root = std::fs::canonicalize(&spec.root).unwrap_or_else(|_| spec.root.clone());
    canonical.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
