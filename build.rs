//! Gives the program a digest of the sources it is built from, so that a release can say what made it and nothing
//! made by other sources is taken for its own. What a source includes (pages, layouts, fonts) is a source too.

use std::error::Error;
use std::path::{Component, Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut files: Vec<PathBuf> = ["Cargo.toml", "Cargo.lock", "build.rs"].map(PathBuf::from).into();
    collect(Path::new("src"), &mut files)?;
    collect(Path::new("crates/alloc-hook"), &mut files)?;
    let mut included = Vec::new();
    for path in files.iter().filter(|path| path.starts_with("src") && path.extension().is_some_and(|end| end == "rs")) {
        includes(path, &fs::read_to_string(path)?, &mut included)?;
    }
    files.append(&mut included);
    files.sort();
    files.dedup();
    let mut digest = Fnv::default();
    let mut list = String::new();
    for path in &files {
        let name = path.to_string_lossy().replace('\\', "/");
        digest.add(name.as_bytes());
        digest.add(&fs::read(path).map_err(|error| format!("{name}: {error}"))?);
        list += &format!("{name}\n");
        if !path.starts_with("src") {
            println!("cargo:rerun-if-changed={name}");
        }
    }
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rustc-env=PLATEN_SOURCE={:032x}", digest.0);
    // For the test that compares it with what the compiler read.
    fs::write(Path::new(&env::var("OUT_DIR")?).join("sources.txt"), list)?;
    Ok(())
}

/// Lists the files of a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Lists what a source includes. A path that is not written out is an error: it could not be followed.
fn includes(source: &Path, text: &str, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    let code: Vec<&str> = text.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code)).collect();
    let code = code.join("\n");
    let folder = source.parent().unwrap_or(Path::new(""));
    for name in ["include_str!(", "include_bytes!(", "include!("] {
        for (at, _) in code.match_indices(name) {
            let argument = code[at + name.len()..].trim_start();
            let (from, argument) = match argument.strip_prefix("concat!(env!(\"CARGO_MANIFEST_DIR\"),") {
                Some(rest) => (Path::new(""), rest.trim_start()),
                None => (folder, argument),
            };
            let path = argument.strip_prefix('"').and_then(|rest| Some(rest.split_once('"')?.0));
            let path =
                path.ok_or_else(|| format!("{}: `{name}…)` needs a path that is written out", source.display()))?;
            files.push(straight(&from.join(path.trim_start_matches('/'))));
        }
    }
    Ok(())
}

/// Takes `..` out of a path.
fn straight(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for component in path.components() {
        if component == Component::ParentDir {
            straight.pop();
        } else {
            straight.push(component);
        }
    }
    straight
}

/// FNV-1a of 128 bits (Fowler, Noll, Vo): no library is built for the build alone.
struct Fnv(u128);

impl Default for Fnv {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in (bytes.len() as u64).to_be_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}
