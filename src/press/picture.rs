//! The map in ink as a PDF of one page, to be placed by the typesetter.

use std::fmt::Write as _;

use lopdf::{Document, Object, Stream, dictionary};

use crate::diag::Finding;
use crate::map::{Plates, Step};

use super::import::fault;

/// Least pixels per inch of a map in print.
pub const LEAST_PPI: u32 = 300;

/// Most pieces of one path: old rasterizers refuse long ones.
const SEGMENTS: usize = 500;

/// Writes the plates of a map as a page: the raster under its lines, swatches and letters.
///
/// # Errors
/// Returns a fault of the program where the file cannot be written.
pub fn picture(plates: &Plates) -> Result<Vec<u8>, Finding> {
    let mut document = Document::with_version("1.6");
    let pages = document.new_object_id();
    let image = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(plates.width_px),
        "Height" => i64::from(plates.height_px),
        "ColorSpace" => "DeviceCMYK",
        "BitsPerComponent" => 8,
        "Interpolate" => false,
    };
    let image = document.add_object(Stream::new(image, plates.cmyk.clone()));
    let content = document.add_object(Stream::new(dictionary! {}, content(plates).into_bytes()));
    let page = document.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => pages,
        "MediaBox" => vec![0.into(), 0.into(), Object::Real(plates.width.0 as f32), Object::Real(plates.height.0 as f32)],
        "Resources" => dictionary! { "XObject" => dictionary! { "Map" => image } },
        "Contents" => content,
    });
    document.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

fn content(plates: &Plates) -> String {
    let (width, height) = (plates.width.0, plates.height.0);
    let mut out = format!("q {width:.3} 0 0 {height:.3} 0 0 cm /Map Do Q\nq\n");
    let [left, top, right, bottom] = plates.limits;
    // From here on y runs downward, as in the plates.
    let _ = writeln!(out, "1 0 0 -1 0 {height:.3} cm");
    let _ = writeln!(out, "q {left:.3} {top:.3} {:.3} {:.3} re W n\n0 0 0 1 K 1 J 1 j", right - left, bottom - top);
    for line in &plates.lines {
        let _ = writeln!(out, "{:.3} w", line.width.0);
        for some in line.segments.chunks(SEGMENTS) {
            for [[x1, y1], [x2, y2]] in some {
                let _ = writeln!(out, "{x1:.2} {y1:.2} m {x2:.2} {y2:.2} l");
            }
            out.push_str("S\n");
        }
    }
    out.push_str("Q\n");
    for shape in &plates.shapes {
        let [c, m, y, k] = shape.ink.map(|percent| f64::from(percent) / 100.0);
        let _ = writeln!(out, "{c} {m} {y} {k} k");
        for step in &shape.path {
            let _ = match step {
                Step::Move([x, y]) => writeln!(out, "{x:.3} {y:.3} m"),
                Step::Line([x, y]) => writeln!(out, "{x:.3} {y:.3} l"),
                Step::Curve([a, b], [c, d], [x, y]) => {
                    writeln!(out, "{a:.3} {b:.3} {c:.3} {d:.3} {x:.3} {y:.3} c")
                }
                Step::Close => writeln!(out, "h"),
            };
        }
        out.push_str("f\n");
    }
    out.push_str("Q\n");
    out
}
