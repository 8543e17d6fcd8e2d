//! What a press file says of itself: output intent, XMP, document information.
//!
//! The output intent has the structure that PDF/X-4 asks for (ISO 15930-7:2010, 6.2.2). No conformance is claimed,
//! because none is checked: neither XMP nor information names a version of PDF/X.

use chrono::{Datelike, NaiveDate};
use lopdf::{Document, Object, Stream, dictionary, text_string};
use xmp_writer::{DateTime, RenditionClass, Timezone, XmpWriter};

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
    let icc = document.add_object(profile.intent.packed().stream(&dictionary! { "N" => 4 }));
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
    let date = DateTime {
        year: u16::try_from(title.date.year()).unwrap_or_default(),
        month: u8::try_from(title.date.month()).ok(),
        day: u8::try_from(title.date.day()).ok(),
        hour: Some(0),
        minute: Some(0),
        second: Some(0),
        timezone: Some(Timezone::Utc),
    };
    let mut xmp = XmpWriter::new();
    xmp.format("application/pdf");
    xmp.title([(None, title.title.as_str())]);
    xmp.creator([title.author]);
    xmp.producer(CREATOR).trapped(false);
    xmp.creator_tool(CREATOR).create_date(date).modify_date(date).metadata_date(date);
    xmp.document_id(&format!("platen:{}", Digest::of(title.title.as_bytes()).short(16)));
    xmp.rendition_class(RenditionClass::Default).version_id("1");
    xmp.finish(None)
}
