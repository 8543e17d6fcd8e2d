//! What a press file says of itself: output intent, XMP, document information.
//!
//! The output intent has the structure that PDF/X-4 asks for (ISO 15930-7:2010, 6.2.2). No conformance is claimed,
//! because none is checked: neither XMP nor information names a version of PDF/X.

use chrono::NaiveDate;
use lopdf::{Document, Object, Stream, dictionary, text_string};

use crate::diag::Finding;
use crate::unit::Digest;

use super::import::fault;
use super::profile::Profile;

/// What a press file is called.
pub(super) struct Title<'a> {
    pub title: String,
    pub author: &'a str,
    pub date: NaiveDate,
}

/// Writes output intent, XMP and information.
pub(super) fn write(document: &mut Document, profile: &Profile, title: &Title<'_>) -> Result<(), Finding> {
    let icc = document.add_object(profile.intent.packed.stream(&dictionary! { "N" => 4 }));
    let intent = document.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => text_string(&profile.intent.condition_id),
        "OutputCondition" => text_string(&profile.intent.condition),
        "RegistryName" => text_string(&profile.intent.registry),
        "Info" => text_string(&profile.intent.condition),
        "DestOutputProfile" => icc,
    });
    // Metadata stays readable to tools that search the file for it.
    let xmp = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let xmp = document.add_object(Stream::new(xmp, xmp_packet(title).into_bytes()).with_compression(false));
    let catalog = document.catalog_mut().map_err(fault)?;
    catalog.set("OutputIntents", vec![intent.into()]);
    catalog.set("Metadata", xmp);
    catalog.remove(b"PageMode");
    catalog.set("PageLayout", "SinglePage");
    let date = Object::string_literal(title.date.format("D:%Y%m%d000000Z").to_string());
    let information = document.add_object(dictionary! {
        "Title" => text_string(&title.title),
        "Author" => text_string(title.author),
        "Creator" => text_string(CREATOR),
        "Producer" => text_string(CREATOR),
        "CreationDate" => date.clone(),
        "ModDate" => date,
        "Trapped" => "False",
    });
    document.trailer.set("Info", information);
    Ok(())
}

const CREATOR: &str = concat!("platen ", env!("CARGO_PKG_VERSION"));

fn xmp_packet(title: &Title<'_>) -> String {
    let (name, author) = (escape(&title.title), escape(title.author));
    let date = title.date.format("%Y-%m-%dT00:00:00Z");
    let id = Digest::of(title.title.as_bytes()).short(16);
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{name}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<pdf:Producer>{CREATOR}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>platen:{id}</xmpMM:DocumentID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmpMM:VersionID>1</xmpMM:VersionID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{feff}',
    )
}

/// Escapes text for XML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
