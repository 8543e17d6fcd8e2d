//! What a file says of itself: metadata, standards, boxes, attachments.

use std::collections::BTreeMap;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, Object, Rect, Stream, String as PdfString};

/// Boxes of a page by name (ISO 32000-1, 14.11.2), in points, rounded to a hundredth.
pub(in crate::review) type Boxes = BTreeMap<&'static str, String>;

/// What a file says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::review) struct Facts {
    /// Title, author, language and the like, by name.
    pub metadata: BTreeMap<String, String>,
    /// Standards that it claims.
    pub standards: Vec<String>,
    /// Boxes of each page.
    pub boxes: Vec<Boxes>,
    /// Content of the attached files, by name.
    pub attachments: BTreeMap<String, Vec<u8>>,
}

/// The largest attachment that is read, in bytes.
const ATTACHMENT_LIMIT: usize = 16 << 20;
/// Most attachments.
const ATTACHMENTS: usize = 64;

const BOXES: [&str; 5] = ["MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"];

/// Collects the facts of a file.
pub(super) fn facts(pdf: &Pdf) -> Facts {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_else(Dict::empty);
    let mut metadata = BTreeMap::new();
    let info = pdf.metadata();
    for (name, value) in [
        ("title", &info.title),
        ("author", &info.author),
        ("subject", &info.subject),
        ("keywords", &info.keywords),
        ("creator", &info.creator),
        ("producer", &info.producer),
    ] {
        metadata.extend(value.as_ref().map(|value| (name.to_owned(), text(value))));
    }
    let language = catalog.get::<PdfString<'_>>(b"Lang").map(|language| text(language.as_bytes()));
    metadata.extend(language.map(|language| ("language".to_owned(), language)));
    metadata.insert("version".into(), format!("{:?}", pdf.version()).trim_start_matches("Pdf").to_owned());
    let xmp = catalog.get::<Stream<'_>>(b"Metadata").and_then(|stream| Some(stream.decoded().ok()?.into_owned()));
    let xmp = xmp.map(|xmp| String::from_utf8_lossy(&xmp).into_owned()).unwrap_or_default();
    for (name, tag) in
        [("title", "dc:title"), ("subject", "dc:description"), ("author", "dc:creator"), ("keywords", "pdf:Keywords")]
    {
        metadata.extend(value_of(&xmp, tag).map(|value| (name.to_owned(), value)));
    }
    Facts {
        metadata,
        standards: standards(&xmp),
        boxes: pdf.pages().iter().map(|page| boxes(page.raw())).collect(),
        attachments: attachments(&catalog),
    }
}

/// Reads a text string: UTF-16 with its mark, UTF-8, or Latin letters (ISO 32000-1, 7.9.2.2).
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}

/// Finds the words within an XMP property, without its inner tags.
fn value_of(xmp: &str, tag: &str) -> Option<String> {
    let (_, rest) = xmp.split_once(&format!("<{tag}>"))?;
    let (inner, _) = rest.split_once(&format!("</{tag}>"))?;
    let mut words = String::new();
    let mut inside = false;
    for letter in inner.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => words.push(letter),
            _ => {}
        }
    }
    Some(words.trim().to_owned())
}

/// Lists the standards that the XMP metadata claim: PDF/A (ISO 19005), PDF/UA (ISO 14289), PDF/X (ISO 15930).
fn standards(xmp: &str) -> Vec<String> {
    let archival = value_of(xmp, "pdfaid:part")
        .map(|part| format!("PDF/A-{part}{}", value_of(xmp, "pdfaid:conformance").unwrap_or_default().to_lowercase()));
    let accessible = value_of(xmp, "pdfuaid:part").map(|part| format!("PDF/UA-{part}"));
    let press = value_of(xmp, "pdfxid:GTS_PDFXVersion");
    [archival, accessible, press].into_iter().flatten().collect()
}

fn boxes(page: &Dict<'_>) -> Boxes {
    let written = |name: &str| {
        let Rect { x0, y0, x1, y1, .. } = page.get::<Rect>(name.as_bytes())?;
        Some([x0, y0, x1, y1].map(|edge| format!("{edge:.2}")).join(" "))
    };
    BOXES.into_iter().filter_map(|name| Some((name, written(name)?))).collect()
}

fn attachments(catalog: &Dict<'_>) -> BTreeMap<String, Vec<u8>> {
    let Some(files) = catalog.get::<Array<'_>>(b"AF") else { return BTreeMap::new() };
    let files = files.iter::<Object<'_>>().take(ATTACHMENTS).filter_map(Object::into_dict);
    let read = |file: Dict<'_>| {
        let name = file.get::<PdfString<'_>>(b"UF").or_else(|| file.get::<PdfString<'_>>(b"F"))?;
        let stream = file.get::<Dict<'_>>(b"EF")?.get::<Stream<'_>>(b"F")?;
        let content = stream.decoded().ok().filter(|content| content.len() <= ATTACHMENT_LIMIT)?;
        Some((text(name.as_bytes()), content.into_owned()))
    };
    files.filter_map(read).collect()
}
