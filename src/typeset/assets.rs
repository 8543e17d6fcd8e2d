//! Layout and fonts, read once for all reports of an edition.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt};
use typst_kit::fonts::FontStore;

use crate::diag::{Finding, code, describe_io_error};

use super::coverage;

/// The largest font or layout file that is read, in bytes.
const SIZE_LIMIT: u64 = 32 * 1024 * 1024;

/// A layout with its fonts, ready to typeset.
pub struct LayoutAssets {
    pub(super) library: LazyHash<Library>,
    pub(super) fonts: FontStore,
    /// The layout's files by their path in the virtual file system.
    pub(super) layout: BTreeMap<String, Bytes>,
    /// The layout's folder, as findings name it.
    pub(super) name: String,
}

impl LayoutAssets {
    /// Lists the files of a layout and the fonts, each in the order of their names.
    ///
    /// # Errors
    /// Says which folder cannot be read.
    pub fn files(layout: &Path, fonts: &Path, root: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Finding> {
        let list = |folder: &Path, endings: &[&str]| {
            let shown = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().into_owned();
            below(folder, endings).map_err(|error| unreadable(&shown, &error))
        };
        Ok((list(layout, &["typ", "svg", "json"])?, list(fonts, &["ttf", "otf"])?))
    }

    /// Reads a layout's folder and all fonts below a folder, in the order of their names.
    ///
    /// # Errors
    /// Says which file cannot be read or is no font.
    pub fn read(layout: &Path, fonts: &Path, root: &Path) -> Result<Self, Finding> {
        let shown = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
        let (layout_files, font_files) = Self::files(layout, fonts, root)?;
        let mut files = BTreeMap::new();
        for path in layout_files {
            let relative = path.strip_prefix(layout).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.insert(format!("/layout/{relative}"), read(&path, &shown(&path))?);
        }
        if !files.contains_key("/layout/main.typ") {
            return Err(Finding::error(code::typeset::NO_LAYOUT, "the layout has no `main.typ`").in_file(shown(layout)));
        }
        let mut store = FontStore::new();
        for path in font_files {
            let content = read(&path, &shown(&path))?;
            let bad = |what: &str| Finding::error(code::typeset::BAD_FONT, what).in_file(shown(&path));
            if coverage::is_excessive(&content) {
                return Err(bad("the font lists more characters than there are"));
            }
            if !add(&mut store, content) {
                return Err(bad("the file is no font"));
            }
        }
        Ok(Self { library: library(), fonts: store, layout: files, name: shown(layout) })
    }

    /// Makes a kit of files and fonts that are built in.
    pub(super) fn built_in(layout: &[(&str, &'static str)], fonts: &[&'static [u8]], name: &str) -> Self {
        let mut store = FontStore::new();
        for font in fonts {
            _ = add(&mut store, Bytes::new(*font));
        }
        let layout = layout.iter().map(|(path, text)| ((*path).to_owned(), Bytes::from_string(*text))).collect();
        Self { library: library(), fonts: store, layout, name: name.to_owned() }
    }
}

/// Adds the faces of a font file; tells whether there are any.
fn add(store: &mut FontStore, content: Bytes) -> bool {
    let faces: Vec<Font> = Font::iter(content).collect();
    let is_font = !faces.is_empty();
    store.extend(faces.into_iter().map(|face| {
        let info: FontInfo = face.info().clone();
        (face, info)
    }));
    is_font
}

/// Row labels are marked as header cells, which Typst 0.15 keeps behind a feature.
fn library() -> LazyHash<Library> {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
}

/// Lists the files of these endings below a folder, sorted.
fn below(folder: &Path, endings: &[&str]) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            // A link could lead out of the folder.
            let kind = entry.file_type()?;
            let path = entry.path();
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && ending.is_some_and(|ending| endings.contains(&ending.as_str())) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path, shown: &str) -> Result<Bytes, Finding> {
    let size = std::fs::metadata(path).map_err(|error| unreadable(shown, &error))?.len();
    if size > SIZE_LIMIT {
        return Err(Finding::error(code::typeset::TOO_LARGE, format!("the file has more than {SIZE_LIMIT} bytes"))
            .in_file(shown));
    }
    std::fs::read(path).map(Bytes::new).map_err(|error| unreadable(shown, &error))
}

fn unreadable(shown: &str, error: &std::io::Error) -> Finding {
    Finding::error(code::typeset::UNREADABLE, format!("cannot read: {}", describe_io_error(error))).in_file(shown)
}
