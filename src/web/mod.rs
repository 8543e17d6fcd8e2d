//! Pages for a browser, which need no other file: what they hold stands in them, and a content security policy lets nothing else
//! in (CSP Level 3, <https://www.w3.org/TR/CSP3/>).
//!
//! Takes what a page says; gives its HTML. Templates, styles and scripts stand here as files of their own, so that linters and
//! editors know them.

use std::io::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::unit::Digest;

/// A page, without what it says.
pub(crate) struct Page {
    template: &'static str,
    style: &'static str,
    script: &'static str,
}

/// The page that opens a release.
pub(crate) const INDEX: Page = Page {
    template: include_str!("index/page.html"),
    style: include_str!("index/style.css"),
    script: include_str!("index/script.js"),
};

/// A review.
pub(crate) const REVIEW: Page = Page {
    template: include_str!("review/page.html"),
    style: include_str!("review/style.css"),
    // The parts of the script, in their order; they share one scope. `.ci/lint-web` reads the order here.
    script: concat!(
        "\n\"use strict\";\n(() => {\n",
        include_str!("review/data.js"),
        include_str!("review/decisions.js"),
        include_str!("review/list.js"),
        include_str!("review/drawing.js"),
        include_str!("review/viewer.js"),
        include_str!("review/keys.js"),
        "})();\n",
    ),
};

/// What a template is filled with.
#[derive(Serialize)]
struct Filling<'a, T> {
    #[serde(flatten)]
    content: &'a T,
    style: &'static str,
    script: &'static str,
    style_digest: String,
    script_digest: String,
}

impl Page {
    /// Fills the page; words are escaped.
    pub(crate) fn fill(&self, content: &impl Serialize) -> Vec<u8> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        // The ending `.html` turns escaping on.
        let template = environment.template_from_named_str("page.html", self.template);
        let template = template.expect("the page's template is sound");
        let filling = Filling {
            content,
            style: self.style,
            script: self.script,
            style_digest: source(self.style),
            script_digest: source(self.script),
        };
        let html = template.render(Serde(filling));
        let mut html = html.expect("the page's template asks only for what there is");
        html.push('\n');
        html.into_bytes()
    }
}

/// Names an inline style or script by its digest, as a policy does.
fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(Digest::of(text.as_bytes()).bytes()))
}

/// Packs a text for a script, which browsers unpack (RFC 1950), in base64.
pub(crate) fn packed(text: &[u8]) -> String {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(text).expect("memory takes every byte");
    base64(&packer.finish().expect("memory takes every byte"))
}

/// Writes bytes in base64 (RFC 4648).
pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_and_the_policy_names_the_script_by_its_digest() {
        #[derive(Serialize)]
        struct Content {
            title: &'static str,
        }
        let page = Page { template: "{{ title }}|{{ script_digest }}|{{ script|safe }}", style: "", script: "f()" };
        // `printf 'f()' | openssl dgst -sha256 -binary | base64`
        let wanted = "a &lt;b&gt;|&#x27;sha256-GcEEE0IkDzIP5EQ6DXZaDPORqT5RTBELX8Fyzyg9yvo=&#x27;|f()\n";
        assert_eq!(String::from_utf8(page.fill(&Content { title: "a <b>" })).unwrap(), wanted);
    }
}
