//! What a file says of itself: metadata, standards, boxes, attachments.

use std::collections::{BTreeMap, BTreeSet};

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, Object, Rect, Stream, String as PdfString};
use hayro::hayro_syntax::page::{Page, Rotation};

use crate::unit::Digest;

use super::interactive::{Feature, embedded, features};
use super::layers::{hidden_words, off};
use super::painting::substituted;
use super::text_string::text;

/// Boxes of a page by name (ISO 32000-1, 14.11.2), in points, rounded to a hundredth.
pub(in crate::review) type Boxes = BTreeMap<&'static str, String>;

/// What a file says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::review) struct Facts {
    /// Title, author, language and the like, by name.
    pub metadata: BTreeMap<String, String>,
    /// Standards that it claims.
    pub standards: Vec<String>,
    /// Fonts that are not embedded.
    pub substituted: BTreeSet<String>,
    /// Objects are packed into streams.
    pub is_packed: bool,
    /// Boxes of each page.
    pub boxes: Vec<Boxes>,
    /// Content of the attached files, by name.
    pub attachments: BTreeMap<String, Vec<u8>>,
    /// Annotations, links, fields, bookmarks and the like.
    pub features: Vec<Feature>,
    /// Words of each page in layers that are hidden when the file is opened.
    pub hidden: Vec<Vec<String>>,
    /// By how many degrees each page is turned.
    pub rotations: Vec<u16>,
}

/// The largest attachment that is read, in bytes.
const ATTACHMENT_LIMIT: usize = 16 << 20;
/// The largest attachments together.
const ATTACHED: usize = 64 << 20;
/// Most attachments.
const ATTACHMENTS: usize = 1_000;

const BOXES: [&str; 5] = ["MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"];

/// Collects the facts of a file.
pub(super) fn facts(pdf: &Pdf) -> Facts {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_else(Dict::empty);
    let off = off(&catalog);
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
    metadata.insert("version".into(), version(pdf));
    metadata.extend(opening(&catalog));
    let xmp = catalog.get::<Stream<'_>>(b"Metadata").and_then(|stream| Some(stream.decoded().ok()?.into_owned()));
    let xmp = xmp.map(|xmp| Xmp::read(&xmp)).unwrap_or_default();
    for (name, space, property) in [
        ("title", DC, "title"),
        ("subject", DC, "description"),
        ("author", DC, "creator"),
        ("keywords", "http://ns.adobe.com/pdf/1.3/", "Keywords"),
        ("rights", DC, "rights"),
        ("publisher", DC, "publisher"),
        ("contributor", DC, "contributor"),
        ("usage terms", RIGHTS, "UsageTerms"),
    ] {
        metadata.extend(xmp.value(space, property).map(|value| (name.to_owned(), value)));
    }
    Facts {
        metadata,
        standards: standards(&xmp),
        substituted: substituted(pdf),
        is_packed: is_packed(pdf.data().as_ref()),
        boxes: pdf.pages().iter().map(boxes).collect(),
        attachments: attachments(pdf, &catalog),
        features: features(pdf, &catalog),
        hidden: pdf.pages().iter().map(|page| hidden_words(page, &off)).collect(),
        rotations: pdf.pages().iter().map(rotation).collect(),
    }
}

/// How the file asks to be shown when it is opened (ISO 32000-1, 7.7.2 and 12.2).
fn opening(catalog: &Dict<'_>) -> Vec<(String, String)> {
    let name = |value: Object<'_>| match value {
        Object::Name(name) => name.as_str().to_owned(),
        Object::Boolean(value) => value.to_string(),
        Object::Number(number) => number.as_f64().to_string(),
        _ => String::new(),
    };
    let mut found = Vec::new();
    for (key, words) in [(&b"PageMode"[..], "page mode"), (b"PageLayout", "page layout")] {
        found.extend(catalog.get::<Object<'_>>(key).map(|value| (words.to_owned(), name(value))));
    }
    if let Some(preferences) = catalog.get::<Dict<'_>>(b"ViewerPreferences") {
        for (key, _) in preferences.entries() {
            let value = preferences.get::<Object<'_>>(key.as_str().as_bytes());
            found.extend(value.map(|value| (format!("viewer preference {}", key.as_str()), name(value))));
        }
    }
    found
}

/// Tells whether objects are packed into streams (ISO 32000-1, 7.5.7).
fn is_packed(bytes: &[u8]) -> bool {
    const PACKED: &[u8] = b"/ObjStm";
    memchr::memmem::find(bytes, PACKED).is_some()
}

/// The version of the format, `1.7`.
fn version(pdf: &Pdf) -> String {
    let digits = format!("{:?}", pdf.version()).trim_start_matches("Pdf").to_owned();
    match digits.split_at_checked(1) {
        Some((major, minor)) => format!("{major}.{minor}"),
        None => digits,
    }
}

fn rotation(page: &Page<'_>) -> u16 {
    match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    }
}

/// Namespace of Dublin Core.
const DC: &str = "http://purl.org/dc/elements/1.1/";
/// Namespace of rights in XMP.
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
/// Most nodes of a metadata stream.
const XMP_NODES: u32 = 20_000;

/// The properties of a metadata stream (XMP, ISO 16684-1): namespace, name and words of each.
#[derive(Default)]
struct Xmp(Vec<(String, String, String)>);

impl Xmp {
    /// Reads a packet; one that is no XML tells nothing.
    fn read(packet: &[u8]) -> Self {
        let packet = String::from_utf8_lossy(packet);
        let options = roxmltree::ParsingOptions { nodes_limit: XMP_NODES, ..Default::default() };
        let text = packet.trim_matches(['\0', '\u{feff}']);
        let Ok(document) = roxmltree::Document::parse_with_options(text, options) else { return Self::default() };
        let mut properties = Vec::new();
        // A property is an element in a description or, for a simple value, an attribute of it (7.5 and 7.9.2.2).
        for description in document.descendants().filter(|node| node.tag_name().name() == "Description") {
            let space = |namespace: Option<&str>| namespace.unwrap_or_default().to_owned();
            properties.extend(description.attributes().map(|attribute| {
                (space(attribute.namespace()), attribute.name().to_owned(), attribute.value().trim().to_owned())
            }));
            properties.extend(description.children().filter(roxmltree::Node::is_element).map(|property| {
                let words = property.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text());
                let name = property.tag_name();
                (space(name.namespace()), name.name().to_owned(), words.collect::<String>().trim().to_owned())
            }));
        }
        Self(properties)
    }

    fn value(&self, space: &str, name: &str) -> Option<String> {
        self.0.iter().find(|property| property.0 == space && property.1 == name).map(|property| property.2.clone())
    }
}

/// Lists the standards that the XMP metadata claim: PDF/A (ISO 19005), PDF/UA (ISO 14289), PDF/X (ISO 15930).
fn standards(xmp: &Xmp) -> Vec<String> {
    let archival = |name| xmp.value("http://www.aiim.org/pdfa/ns/id/", name);
    let level = archival("conformance").unwrap_or_default().to_lowercase();
    let archival = archival("part").map(|part| format!("PDF/A-{part}{level}"));
    let accessible = xmp.value("http://www.aiim.org/pdfua/ns/id/", "part").map(|part| format!("PDF/UA-{part}"));
    let press = xmp.value("http://www.npes.org/pdfx/ns/id/", "GTS_PDFXVersion");
    [archival, accessible, press].into_iter().flatten().collect()
}

/// The boxes of a page; the first two may be those of all pages (ISO 32000-1, 7.7.3.4). The unit of its lengths is told as one.
fn boxes(page: &Page<'_>) -> Boxes {
    let words = |Rect { x0, y0, x1, y1 }: Rect| [x0, y0, x1, y1].map(|edge| format!("{edge:.2}")).join(" ");
    let mut boxes: Boxes = BTreeMap::new();
    let (media, crop) = (page.media_box(), page.crop_box());
    boxes.insert(BOXES[0], words(media));
    for name in BOXES.into_iter().skip(2) {
        let own = page.raw().get::<Rect>(name.as_bytes());
        boxes.extend(own.map(|own| (name, words(own))));
    }
    if words(crop) != words(media) {
        boxes.insert(BOXES[1], words(crop));
    }
    let unit = page.raw().get::<f32>(b"UserUnit").filter(|unit| (unit - 1.0).abs() > f32::EPSILON);
    boxes.extend(unit.map(|unit| ("UserUnit", unit.to_string())));
    boxes
}

fn attachments<'a>(pdf: &'a Pdf, catalog: &Dict<'a>) -> BTreeMap<String, Vec<u8>> {
    let associated = catalog.get::<Array<'a>>(b"AF").map(|files| files.iter::<Object<'a>>().collect::<Vec<_>>());
    let associated = associated.into_iter().flatten().filter_map(Object::into_dict);
    let mut left = ATTACHED;
    let read = |file: Dict<'a>| {
        let name = file.get::<PdfString<'_>>(b"UF").or_else(|| file.get::<PdfString<'_>>(b"F"))?;
        let stream = file.get::<Dict<'_>>(b"EF")?.get::<Stream<'_>>(b"F")?;
        let content = stream.decoded().ok().filter(|content| content.len() <= ATTACHMENT_LIMIT.min(left));
        left -= content.as_ref().map_or(0, |content| content.len());
        // Of what is larger than any published table only the digest is kept.
        let content = content.map_or_else(|| digest(&stream.raw_data()), std::borrow::Cow::into_owned);
        Some((text(name.as_bytes()), content))
    };
    associated.chain(embedded(pdf, catalog)).take(ATTACHMENTS).filter_map(read).collect()
}

fn digest(content: &[u8]) -> Vec<u8> {
    Digest::of(content).bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A packet with a description of these attributes and properties.
    fn xmp(attributes: &str, properties: &str) -> Xmp {
        let packet = format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
             xmlns:a=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:dc=\"{DC}\" {attributes}>{properties}</rdf:Description>\
             </rdf:RDF></x:xmpmeta>\n   <?xpacket end=\"w\"?>\0"
        );
        Xmp::read(packet.as_bytes())
    }

    #[test]
    fn a_property_may_be_an_element_or_an_attribute_under_any_prefix() {
        let elements = xmp("", "<a:part>3</a:part><a:conformance>A</a:conformance>");
        let attributes = xmp("a:part=\"3\" a:conformance=\"A\"", "");
        for xmp in [elements, attributes] {
            assert_eq!(standards(&xmp), ["PDF/A-3a"]);
        }
        let title = "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Calls &amp; cases</rdf:li></rdf:Alt></dc:title>";
        assert_eq!(xmp("", title).value(DC, "title").as_deref(), Some("Calls & cases"));
    }

    #[test]
    fn what_is_no_xml_tells_nothing() {
        for packet in ["", "<a:part>3</a:part>", "<!DOCTYPE x [<!ENTITY y \"z\">]><x>&y;</x>"] {
            assert!(standards(&Xmp::read(packet.as_bytes())).is_empty(), "{packet}");
        }
    }
}
