//! The output intent names the printing condition and holds its profile (ISO 32000-1, 14.11.5).

use lopdf::{Dictionary, Document, Object};

use super::super::profile::is_cmyk_output;
use super::collector::FindingCollector;
use super::open::STREAM_LIMIT;
use super::wanted::Wanted;
use crate::diag::{Code, Severity, code};

const CODE: Code = code::preflight::OUTPUT_INTENT;

/// Checks the output intent.
pub(super) fn check(document: &Document, wanted: &Wanted<'_>, report: &mut FindingCollector) {
    let mut fault = |message: String| report.whole(Severity::Error, CODE, message);
    let Some(intent) = press_intent(document) else { return fault("the file has no output intent for a press".into()) };
    match intent.get_deref(b"DestOutputProfile", document).and_then(Object::as_stream) {
        Ok(stream) => {
            let icc = stream.get_plain_content_with_limit(STREAM_LIMIT);
            if !icc.is_ok_and(|icc| is_cmyk_output(&icc)) {
                fault("the profile of the output intent is no ICC output profile for four inks".into());
            }
        }
        Err(_) => fault("the output intent holds no profile (DestOutputProfile)".into()),
    }
    let id = intent.get_deref(b"OutputConditionIdentifier", document).and_then(lopdf::decode_text_string);
    match (id, wanted.profile) {
        (Err(_), _) => fault("the output intent names no condition (OutputConditionIdentifier)".into()),
        (Ok(id), Some(profile)) if id != profile.intent.condition_id => {
            fault(format!("the output intent is for `{id}`; the profile has `{}`", profile.intent.condition_id));
        }
        _ => {}
    }
}

/// Finds the first output intent of the kind that PDF/X has.
fn press_intent(document: &Document) -> Option<&Dictionary> {
    let intents = document.catalog().ok()?.get_deref(b"OutputIntents", document).ok()?.as_array().ok()?;
    let mut intents = intents.iter().filter_map(|intent| document.dereference(intent).ok()?.1.as_dict().ok());
    intents.find(|intent| intent.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"GTS_PDFX"))
}
