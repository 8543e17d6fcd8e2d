//! The impositions of a written profile.

use crate::unit::Pt;

use super::super::geometry::Grid;
use super::super::impose::{Binding, Scheme};
use super::super::raw::{BindingFile, ImpositionFile, SheetFile};
use super::resolve::Resolver;
use super::{Profile, SheetPlan};

impl Resolver<'_> {
    pub(super) fn sheet(&mut self, index: usize, sheet: &SheetFile) -> Option<SheetPlan> {
        let pointer = format!("/sheets/{index}");
        let unique = self.raw.value.sheets.iter().take(index).all(|other| other.name != sheet.name);
        if !unique {
            self.error(&format!("{pointer}/name"), &format!("the name `{}` stands here a second time", sheet.name));
        }
        self.unused(&pointer, sheet);
        let paper = self.size(&format!("{pointer}/paper"), sheet.paper);
        let scheme = match sheet.imposition {
            ImpositionFile::TwoUp => Scheme::TwoUp,
            ImpositionFile::Saddle => Scheme::Saddle,
            ImpositionFile::Signatures => self.signatures(&pointer, sheet)?,
            ImpositionFile::CutAndStack => self.stack(&pointer, sheet)?,
        };
        Some(SheetPlan { name: sheet.name.clone(), scheme, paper })
    }

    /// Refuses keys that mean nothing in an imposition, rather than to pass over them.
    fn unused(&mut self, pointer: &str, sheet: &SheetFile) {
        let (signatures, stack) =
            (sheet.imposition == ImpositionFile::Signatures, sheet.imposition == ImpositionFile::CutAndStack);
        let keys = [
            ("pages", sheet.pages.is_some(), signatures),
            ("binding", sheet.binding.is_some(), signatures),
            ("columns", sheet.columns.is_some(), stack),
            ("rows", sheet.rows.is_some(), stack),
        ];
        for (key, _, _) in keys.into_iter().filter(|(_, given, used)| *given && !used) {
            self.error(&format!("{pointer}/{key}"), &format!("`{key}` means nothing in this imposition"));
        }
    }

    fn signatures(&mut self, pointer: &str, sheet: &SheetFile) -> Option<Scheme> {
        let pages = sheet.pages.unwrap_or(8);
        if ![4, 8, 16].contains(&pages) {
            self.error(&format!("{pointer}/pages"), "a signature has 4, 8 or 16 pages");
            return None;
        }
        let binding = match sheet.binding.unwrap_or(BindingFile::Gathered) {
            BindingFile::Gathered => Binding::Gathered,
            BindingFile::Nested => Binding::Nested,
        };
        Some(Scheme::Signatures { pages: usize::from(pages), binding })
    }

    fn stack(&mut self, pointer: &str, sheet: &SheetFile) -> Option<Scheme> {
        let (columns, rows) = (sheet.columns.unwrap_or(2), sheet.rows.unwrap_or(1));
        if !(1..=8).contains(&columns) || !(1..=8).contains(&rows) {
            self.error(pointer, "a sheet is cut into one to eight columns and rows");
            return None;
        }
        Some(Scheme::CutAndStack { columns: usize::from(columns), rows: usize::from(rows) })
    }

    /// Checks that all marks lie outside the bleed and that every grid has room on its paper.
    pub(super) fn room(&mut self, profile: &Profile) {
        let marks = &profile.marks;
        if marks.gap.0 + marks.length.0 > marks.margin.0 {
            self.error("/marks/margin_in", "the marks do not fit into the margin");
        }
        for (index, sheet) in profile.sheets.iter().enumerate() {
            let grid = Grid::of(profile, &sheet.scheme);
            let room = |paper: Pt, size: f64| paper.0 + 0.01 >= size + 2.0 * (profile.bleed.0 + marks.margin.0);
            if !room(sheet.paper.0, grid.width()) || !room(sheet.paper.1, grid.height()) {
                let inches = |points: f64| (points + 2.0 * (profile.bleed.0 + marks.margin.0)) / 72.0;
                let message = format!(
                    "the sheet needs {:.3} by {:.3} in with bleed and marks",
                    inches(grid.width()),
                    inches(grid.height())
                );
                self.error(&format!("/sheets/{index}/paper"), &message);
            }
        }
    }
}
