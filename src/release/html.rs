//! HTML pages that need no other file: what they hold stands in them, and a content security policy lets nothing else in
//! (CSP Level 3, <https://www.w3.org/TR/CSP3/>).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::unit::Digest;

/// Fills a template of the program's own; words are escaped.
pub fn page(template: &str, content: &impl Serialize) -> Vec<u8> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    // The ending `.html` turns escaping on.
    let template = environment.template_from_named_str("page.html", template).expect("the page's template is sound");
    let mut html = template.render(Serde(content)).expect("the page's template asks only for what there is");
    html.push('\n');
    html.into_bytes()
}

/// Names an inline style or script by its digest, as a policy does.
pub fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(Digest::of(text.as_bytes()).bytes()))
}

/// Writes bytes in base64 (RFC 4648).
pub fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}
