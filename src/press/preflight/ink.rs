//! Total ink, lines and pictures: what the press can hold.

use lopdf::{Dictionary, Document, Object, Stream};

use super::Wanted;
use super::open::STREAM_LIMIT;
use super::painted::{Ink, Page, What, rounded};
use super::report::Report;
use super::resources::{Space, number};

/// Pictures may fall short of the resolution by this share, for rounded sizes.
const ROUNDING: f64 = 0.99;

/// Checks total ink, hairlines and the resolution of pictures.
pub(super) fn check(pages: &[Page], wanted: &Wanted<'_>, report: &mut Report) {
    let limits = wanted.limits;
    for page in pages {
        // What lies outside the bleed are marks, cut away.
        let bled = page.boxes.bled();
        for painted in page.painted.iter().filter(|painted| bled.overlap(painted.area).is_some()) {
            let name = painted.what.name();
            if let Some(total) = painted.ink.total().filter(|total| *total > limits.ink + 0.5) {
                let message = format!("{name} has {} % of ink; the limit is {} %", rounded(total), rounded(limits.ink));
                report.area(page.on, painted.area, "preflight::total-ink", message);
            }
            match painted.what {
                What::Picture { ppi, one_bit } => {
                    let needed = f64::from(limits.image_ppi) * if one_bit { 2.0 } else { 1.0 };
                    if ppi < needed * ROUNDING {
                        let message = format!("a picture has {ppi:.0} pixels per inch; {needed:.0} are needed");
                        report.area(page.on, painted.area, "preflight::image-resolution", message);
                    }
                    if painted.ink == Ink::Unread {
                        let message = "the total ink of a picture is not measured: its packing is not read here";
                        report.remark(page.on, Some(painted.area), "preflight::image-not-read", message);
                    }
                }
                What::Stroke { width } if width < limits.hairline.0 - 0.002 => {
                    let message = format!(
                        "a line is {} pt wide; a press holds {} pt",
                        rounded(width),
                        rounded(limits.hairline.0)
                    );
                    report.area(page.on, painted.area, "preflight::hairline", message);
                }
                What::Fill { upright: true } => {
                    let width = painted.area.width().min(painted.area.height());
                    let length = painted.area.width().max(painted.area.height());
                    // A sliver left of a clipped shape is no line.
                    if width < limits.hairline.0 - 0.002 && width > 1e-6 && length > 4.0 {
                        let message = format!(
                            "a filled shape is {} pt wide; a press holds {} pt",
                            rounded(width),
                            rounded(limits.hairline.0)
                        );
                        report.area(page.on, painted.area, "preflight::hairline", message);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Returns the ink of a picture: of four inks that of its heaviest pixel.
pub(super) fn of_image(document: &Document, image: &Stream, resources: &[&Dictionary]) -> Ink {
    let space = image.dict.get(b"ColorSpace").or_else(|_| image.dict.get(b"CS"));
    let Ok(space) = space else { return Ink::Unread };
    let space = Space::of(document, space, resources);
    match space {
        Space::Cmyk => heaviest(document, image),
        // One ink can never exceed a limit of more than one.
        Space::Gray | Space::None => Ink::Process([0.0; 4]),
        other => other.ink(&[1.0]),
    }
}

/// Finds the pixel with most ink, in a picture of eight bits.
fn heaviest(document: &Document, image: &Stream) -> Ink {
    let bits = image.dict.get(b"BitsPerComponent").or_else(|_| image.dict.get(b"BPC"));
    let bits = bits.ok().and_then(number).unwrap_or(8.0);
    let plain = image.get_plain_content_with_limit(STREAM_LIMIT);
    let (Ok(pixels), true) = (plain, (bits - 8.0).abs() < 0.1) else { return Ink::Unread };
    let inverted = image.dict.get_deref(b"Decode", document).and_then(Object::as_array);
    let inverted = inverted.is_ok_and(|decode| decode.first().and_then(number).is_some_and(|first| first > 0.5));
    let (mut heaviest, mut most, mut last) = ([0u8; 4], None, None);
    for pixel in pixels.as_chunks::<4>().0 {
        // Pictures have long runs of one colour.
        if last == Some(*pixel) {
            continue;
        }
        last = Some(*pixel);
        let inks = if inverted { pixel.map(|ink| 255 - ink) } else { *pixel };
        let sum = inks.iter().map(|ink| u16::from(*ink)).sum::<u16>();
        if most.is_none_or(|most| sum > most) {
            (heaviest, most) = (inks, Some(sum));
        }
    }
    Ink::Process(heaviest.map(|ink| f64::from(ink) / 255.0))
}
