//! The world that Typst sees: one report's files, the layout, the fonts.

use std::collections::BTreeMap;

use typst::Library;
use typst::World;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst_kit::files::{FileLoader, FileStore};

use super::assets::LayoutAssets;

/// The virtual file system of one report.
pub(super) struct ReportWorld<'a> {
    pub(super) assets: &'a LayoutAssets,
    files: FileStore<Files<'a>>,
    main: Option<FileId>,
}

/// Serves a report's own files and those of the layout; there are no packages.
struct Files<'a> {
    own: BTreeMap<String, Bytes>,
    layout: &'a BTreeMap<String, Bytes>,
}

impl FileLoader for Files<'_> {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let path = format!("/{}", id.get().vpath().get_without_slash());
        if !matches!(id.get().root(), VirtualRoot::Project) {
            return Err(FileError::AccessDenied);
        }
        let found = self.own.get(&path).or_else(|| self.layout.get(&path));
        found.cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }
}

impl<'a> ReportWorld<'a> {
    pub(super) fn new(assets: &'a LayoutAssets, own: BTreeMap<String, Bytes>) -> Self {
        let main = VirtualPath::new("/layout/main.typ").ok();
        let main = main.map(|path| RootedPath::new(VirtualRoot::Project, path).intern());
        Self { assets, files: FileStore::new(Files { own, layout: &assets.layout }), main }
    }
}

impl World for ReportWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.assets.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.assets.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.expect("`/layout/main.typ` is a valid virtual path")
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.assets.fonts.font(index)
    }

    /// There is no today: dates come from the spec.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
