//! The report's blocks in reading order.

use crate::diag::code;
use crate::report_spec::model::{Block, BlockKind};
use crate::report_spec::prose::Prose;
use crate::report_spec::raw::{self, SpecFile};

use super::Resolver;
use super::test::join;

impl Resolver<'_> {
    pub(super) fn content(&mut self, spec: &SpecFile) -> Vec<Block> {
        let blocks: Vec<Option<Block>> =
            spec.content.iter().enumerate().map(|(at, block)| self.block(&at.to_string(), block, spec)).collect();
        blocks.into_iter().flatten().collect()
    }

    fn block(&mut self, at: &str, raw: &raw::Block, spec: &SpecFile) -> Option<Block> {
        let path = ["content", at];
        let only_if = raw.only_if.as_ref().map(|expression| {
            let prose = Prose { text: expression.clone(), place: self.place(&join(&path, &["only_if"])) };
            let checked = self.engine.check_expression(&prose, &self.known);
            self.template_findings(checked);
            prose
        });
        Some(Block { kind: self.block_kind(&path, raw, spec)?, only_if })
    }

    fn block_kind(&mut self, path: &[&str], raw: &raw::Block, spec: &SpecFile) -> Option<BlockKind> {
        let keys = [
            raw.heading.is_some(),
            raw.paragraph.is_some(),
            raw.statement.is_some(),
            raw.notice.is_some(),
            raw.counters.is_some(),
            raw.table.is_some(),
            raw.map.is_some(),
        ];
        if keys.iter().filter(|key| **key).count() != 1 {
            let names = ["heading", "paragraph", "statement", "notice", "counters", "table", "map"];
            let raw = names.iter().zip(keys).filter(|(_, there)| *there).map(|(name, _)| format!("`{name}`"));
            let message = match raw.collect::<Vec<_>>() {
                none if none.is_empty() => format!("a block needs one of `{}`", names.join("`, `")),
                several => format!("a block is one thing, and this one has {}", several.join(" and ")),
            };
            self.error(code::spec::BLOCK, path, message);
            return None;
        }
        if let Some(text) = &raw.heading {
            return Some(BlockKind::Heading(self.prose(&join(path, &["heading"]), text)));
        }
        if let Some(text) = &raw.paragraph {
            return Some(BlockKind::Paragraph(self.prose(&join(path, &["paragraph"]), text)));
        }
        if let Some(text) = &raw.statement {
            return Some(BlockKind::Statement(self.prose(&join(path, &["statement"]), text)));
        }
        if let Some(text) = &raw.notice {
            return Some(BlockKind::Notice(self.prose(&join(path, &["notice"]), text)));
        }
        let keys = |map: Vec<&String>| map.into_iter().cloned().collect::<Vec<String>>();
        if let Some(name) = &raw.counters {
            let known = keys(spec.counters.keys().collect());
            return self
                .named(&join(path, &["counters"]), name, known.iter().map(String::as_str))
                .map(BlockKind::Counters);
        }
        if let Some(name) = &raw.table {
            let known = keys(spec.tables.keys().collect());
            return self.named(&join(path, &["table"]), name, known.iter().map(String::as_str)).map(BlockKind::Table);
        }
        let name = raw.map.as_ref()?;
        let known = keys(spec.maps.keys().collect());
        self.named(&join(path, &["map"]), name, known.iter().map(String::as_str)).map(BlockKind::Map)
    }
}
