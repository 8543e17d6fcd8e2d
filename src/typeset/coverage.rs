//! How many characters a font lists: a damaged or hostile one lists billions, and the typesetter takes all of them in.

use ttf_parser::{RawFace, Tag, fonts_in_collection};

/// Most characters that the faces of a file may list together: some times all that Unicode has.
const MOST: u64 = 8 * 0x11_0000;

/// Tells whether a font file lists more characters than a sound one does.
pub(super) fn is_excessive(font: &[u8]) -> bool {
    let faces = fonts_in_collection(font).unwrap_or(1);
    let mut listed = 0_u64;
    (0..faces).any(|face| {
        let cmap = RawFace::parse(font, face).ok().and_then(|face| face.table(Tag::from_bytes(b"cmap")));
        // A face costs something, whatever it lists.
        listed = listed.saturating_add(cmap.map_or(0, listed_by).max(4096));
        listed > MOST
    })
}

/// Counts the characters that the Unicode subtables of a `cmap` list (OpenType specification 1.9, `cmap`).
fn listed_by(cmap: &[u8]) -> u64 {
    let subtables = u16_at(cmap, 2).unwrap_or(0);
    let records = (0..subtables as usize).map_while(|place| cmap.get(4 + 8 * place..12 + 8 * place));
    let listed = |record: &[u8]| {
        let (platform, encoding) = (u16_at(record, 0)?, u16_at(record, 2)?);
        let subtable = cmap.get(u32_at(record, 4)? as usize..)?;
        if platform == 0 || (platform == 3 && matches!(encoding, 1 | 10)) { listed_in(subtable) } else { None }
    };
    records.filter_map(listed).fold(0, u64::saturating_add)
}

/// Counts the characters that a subtable lists, where ranges that overlap count twice.
fn listed_in(subtable: &[u8]) -> Option<u64> {
    let range = |start: u64, end: u64| (end + 1).saturating_sub(start);
    match u16_at(subtable, 0)? {
        // Codes of two bytes, for each first byte as many as its subheader says.
        2 => {
            let keys = (0..256).map_while(|byte| u16_at(subtable, 6 + 2 * byte));
            let entries = keys.map_while(|key| u16_at(subtable, 518 + (key as usize / 8) * 8 + 2));
            Some(entries.sum())
        }
        4 => {
            let segments = u16_at(subtable, 6)? as usize / 2;
            let segment =
                |place| Some(range(u16_at(subtable, 16 + 2 * (segments + place))?, u16_at(subtable, 14 + 2 * place)?));
            Some((0..segments).map_while(segment).sum())
        }
        6 => u16_at(subtable, 8),
        10 => u32_at(subtable, 16),
        12 | 13 => {
            let groups = subtable.get(16..)?.chunks_exact(12).take(u32_at(subtable, 12)? as usize);
            let group = |group: &[u8]| Some(range(u32_at(group, 0)?, u32_at(group, 4)?));
            Some(groups.filter_map(group).fold(0, u64::saturating_add))
        }
        _ => None,
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u64::from(u16::from_be_bytes(bytes.try_into().ok()?)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u64::from(u32::from_be_bytes(bytes.try_into().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE_SANS: &[u8] =
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/source-sans-3/SourceSans3-Regular.ttf"));

    /// Where the `cmap` of a font begins.
    fn cmap_at(font: &[u8]) -> usize {
        let face = RawFace::parse(font, 0).unwrap();
        let cmap = face.table(Tag::from_bytes(b"cmap")).unwrap();
        cmap.as_ptr() as usize - font.as_ptr() as usize
    }

    #[test]
    fn as_many_characters_are_counted_as_the_reader_of_fonts_gives() {
        let face = ttf_parser::Face::parse(SOURCE_SANS, 0).unwrap();
        let mut given = 0;
        let subtables = face.tables().cmap.unwrap().subtables.into_iter();
        subtables
            .filter(ttf_parser::cmap::Subtable::is_unicode)
            .for_each(|subtable| subtable.codepoints(|_| given += 1));
        let listed = listed_by(&SOURCE_SANS[cmap_at(SOURCE_SANS)..]);
        // The reader leaves out the mark at the end of format 4.
        assert!(given > 4_000 && (given..given + 4).contains(&listed), "{given}, {listed}");
        assert!(!is_excessive(SOURCE_SANS));
    }

    #[test]
    fn a_font_whose_ranges_run_over_all_numbers_is_excessive() {
        let mut font = SOURCE_SANS.to_vec();
        let cmap = cmap_at(&font);
        let of_format = |font: &[u8], format: u64| {
            let records = u16_at(font, cmap + 2).unwrap() as usize;
            let offsets = (0..records).map(|place| cmap + u32_at(font, cmap + 4 + 8 * place + 4).unwrap() as usize);
            offsets.into_iter().find(|at| u16_at(font, *at) == Some(format)).unwrap()
        };
        let long = of_format(&font, 12);
        font[long + 16..long + 24].copy_from_slice(&[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
        assert!(is_excessive(&font));
        let short = of_format(SOURCE_SANS, 4);
        let mut font = SOURCE_SANS.to_vec();
        let segments = u16_at(&font, short + 6).unwrap() as usize / 2;
        font[short + 14..short + 14 + 2 * segments].fill(0xff);
        font[short + 16 + 2 * segments..short + 16 + 4 * segments].fill(0);
        assert!(is_excessive(&font));
    }
}
