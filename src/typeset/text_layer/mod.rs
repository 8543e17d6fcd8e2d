//! Letters of the pages as they are copied, searched and read aloud.
//!
//! Takes laid-out pages and gives pages that look the same, in which each glyph stands for letters of its own. The
//! typesetter leaves three things that readers of PDFs get wrong: a mark above or below its letter begins a text of its
//! own, which repeats the letter; the glyphs of a letter with marks each stand for all of them; and letters that are
//! drawn as one, in a script from right to left, are read in the wrong order. Text for which nothing of this is so stays
//! as it is, to the byte.

mod cluster;
mod line;

use typst::layout::{Frame, FrameItem, GroupItem, Point};
use typst_layout::{Page, PagedDocument};

use line::Carriers;

/// An item with its place in the frame.
type Item = (Point, FrameItem);

/// Gives each glyph of the pages its own letters.
pub(super) fn mend(mut document: PagedDocument) -> PagedDocument {
    let mut carriers = Carriers::default();
    let mended: Vec<Option<Frame>> = document.pages().iter().map(|page| frame(&page.frame, &mut carriers)).collect();
    if mended.iter().all(Option::is_none) {
        return document;
    }
    let with = |(page, mended): (&Page, Option<Frame>)| match mended {
        Some(frame) => Page { frame, ..page.clone() },
        None => page.clone(),
    };
    let pages = document.pages().iter().zip(mended).map(with).collect();
    let info = std::mem::take(document.info_mut());
    PagedDocument::new(pages, info)
}

/// Mends a frame; gives none where nothing is to be mended.
fn frame(old: &Frame, carriers: &mut Carriers) -> Option<Frame> {
    let items: Vec<&Item> = old.items().collect();
    let mut mended: Option<Vec<Item>> = None;
    let mut at = 0;
    while let Some((place, item)) = items.get(at) {
        let (taken, new) = match item {
            FrameItem::Group(group) => {
                let inner = frame(&group.frame, carriers);
                (1, inner.map(|frame| (*place, FrameItem::Group(GroupItem { frame, ..group.clone() }))))
            }
            FrameItem::Text(_) => {
                let pieces = line::pieces(&items[at..]);
                let text = line::join(&pieces, carriers);
                (pieces.len(), text.map(|(place, text)| (place, FrameItem::Text(text))))
            }
            _ => (1, None),
        };
        // Nothing is copied before the first thing that is mended.
        if let Some(new) = new {
            mended.get_or_insert_with(|| items[..at].iter().copied().cloned().collect()).push(new);
        } else if let Some(mended) = &mut mended {
            mended.extend(items[at..at + taken].iter().copied().cloned());
        }
        at += taken;
    }
    mended.map(|items| {
        let mut new = old.clone();
        new.clear();
        for (place, item) in items {
            new.push(place, item);
        }
        new
    })
}
