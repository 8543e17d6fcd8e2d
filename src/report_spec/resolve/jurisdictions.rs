//! Jurisdictions: which there are, which have reports, and which a nation covers.

use std::collections::BTreeSet;
use std::path::Path;

use indexmap::IndexMap;

use crate::diag::code;
use crate::report_spec::model::{Jurisdiction, JurisdictionId, TiVec};
use crate::report_spec::raw;
use crate::unit::nfc;

use super::Resolver;

impl Resolver<'_> {
    pub(super) fn jurisdictions(
        &mut self,
        raw: &IndexMap<String, raw::Jurisdiction>,
    ) -> TiVec<JurisdictionId, Jurisdiction> {
        let resolved: TiVec<JurisdictionId, Jurisdiction> = raw
            .iter()
            .map(|(code, raw)| Jurisdiction {
                code: code.clone(),
                name: one_line(&raw.name),
                in_prose: one_line(raw.in_prose.as_ref().unwrap_or(&raw.name)),
                file_name: raw.file_name.clone().unwrap_or_else(|| file_name(&raw.name)),
                ranked: raw.ranked,
                nation: raw.nation,
                fips: raw.fips.clone(),
                window: raw.window,
                areas: raw.areas.clone(),
            })
            .collect();
        let mut names = BTreeSet::new();
        for jurisdiction in &resolved {
            let key = if raw[&jurisdiction.code].file_name.is_some() { "file_name" } else { "name" };
            let path = ["jurisdictions", &jurisdiction.code, key];
            if jurisdiction.code.is_empty() {
                self.error_at_key(code::spec::BAD_VALUE, &path[..2], "a jurisdiction needs a code");
            }
            if Path::new(&jurisdiction.code).components().count() > 1
                || jurisdiction.code.contains(['/', '\\', '\0'])
                || jurisdiction.code.starts_with('.')
            {
                let message = format!("the code `{}` cannot name a file of boundaries", jurisdiction.code);
                self.error_at_key(code::spec::BAD_VALUE, &path[..2], message);
            }
            if jurisdiction.file_name.is_empty() || jurisdiction.file_name.contains(['/', '\\', '\0']) {
                self.error(code::spec::BAD_VALUE, &path, format!("`{}` cannot name a file", jurisdiction.file_name));
            }
            if jurisdiction.nation
                && (jurisdiction.ranked || jurisdiction.fips.is_some() || jurisdiction.window.is_some())
            {
                let message = "a nation takes no `ranked`, no `fips` and no `window`: it has neither rank nor map";
                self.error(code::spec::NATION, &["jurisdictions", &jurisdiction.code], message);
            }
            // Capitals, and forms of one letter, make no difference to some file systems.
            if !names.insert(nfc(&jurisdiction.file_name.to_lowercase()).into_owned()) {
                let message = format!("two jurisdictions would write files called `{}`", jurisdiction.file_name);
                self.error(code::spec::DUPLICATE_NAME, &path, message);
            }
            if let Some([west, south, east, north]) = jurisdiction.window {
                let on_globe = west.abs() <= 180.0 && east.abs() <= 360.0 && south.abs() <= 90.0 && north.abs() <= 90.0;
                if !on_globe || west >= east || south >= north {
                    let message =
                        "a window is west, south, east, north in degrees, and this one is empty or off the globe";
                    self.error(code::spec::BAD_VALUE, &["jurisdictions", &jurisdiction.code, "window"], message);
                }
            }
        }
        if let Some(second) = resolved.iter().filter(|jurisdiction| jurisdiction.nation).nth(1) {
            self.error(code::spec::NATION, &["jurisdictions", &second.code], "an edition has at most one nation");
        }
        resolved
    }

    pub(super) fn reports(
        &mut self,
        reports: Option<&[String]>,
        raw: &IndexMap<String, raw::Jurisdiction>,
    ) -> Vec<JurisdictionId> {
        match reports {
            Some(codes) => self.jurisdiction_codes("reports", codes).into_iter().collect(),
            None => {
                let reported = raw.values().enumerate().filter(|(_, jurisdiction)| !jurisdiction.unreported);
                reported.map(|(place, _)| place.into()).collect()
            }
        }
    }

    /// Resolves the coverage; a nation is covered where all others are.
    pub(super) fn coverage(
        &mut self,
        coverage: Option<&[String]>,
        reports: &[JurisdictionId],
    ) -> BTreeSet<JurisdictionId> {
        let mut covered = match coverage {
            Some(codes) => self.jurisdiction_codes("coverage", codes),
            None => self.jurisdictions.keys().collect(),
        };
        if let Some(nation) = self.jurisdictions.position(|jurisdiction| jurisdiction.nation) {
            covered.remove(&nation);
            if covered.len() + 1 == self.jurisdictions.len() {
                covered.insert(nation);
            } else if reports.contains(&nation) {
                let message = "the report of a nation needs the records of all jurisdictions";
                self.error(code::spec::NATION, &["coverage"], message);
            }
        }
        covered
    }

    pub(super) fn jurisdiction_codes(&mut self, key: &str, codes: &[String]) -> BTreeSet<JurisdictionId> {
        let known: Vec<String> = self.jurisdictions.iter().map(|jurisdiction| jurisdiction.code.clone()).collect();
        let indices = codes
            .iter()
            .enumerate()
            .filter_map(|(at, code)| self.named(&[key, &at.to_string()], code, known.iter().map(String::as_str)));
        indices.collect()
    }
}

/// Puts a text into one line without spaces at its ends, so that no break tears a row or a head.
pub(super) fn one_line(text: &str) -> String {
    text.replace(['\n', '\t', '\u{2028}', '\u{2029}'], " ").trim().to_owned()
}

/// Makes a name that files can bear: letters without marks stay, other characters become hyphens.
fn file_name(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
