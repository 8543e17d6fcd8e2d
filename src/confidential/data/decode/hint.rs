//! What to do about a value at fault, looked up once it is told.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diag::nearest;
use crate::report_spec::ColumnId;
use crate::unit::{is_unseen, nfc, unseen};

use super::Decoder;
use super::column::where_unseen;
use super::value::Hint;

/// What programs write in the place of a value that is not there.
const WORDS_FOR_NOTHING: [&str; 10] = ["null", "none", "nil", "na", "n/a", "#n/a", "<na>", "nan", "nat", "\\n"];

impl Decoder<'_> {
    /// Returns the hint on a value of a column.
    pub(super) fn help(&self, column: ColumnId, hint: Hint, text: &str) -> Option<String> {
        if WORDS_FOR_NOTHING.iter().any(|word| word.eq_ignore_ascii_case(text)) {
            return Some("a value that is not there is left empty, without a word for it".to_owned());
        }
        match hint {
            Hint::None => None,
            Hint::Words(words) => Some(words.to_owned()),
            Hint::Codes(parent) => {
                let siblings = self.codes[column].get(parent as usize).into_iter().flat_map(HashMap::keys);
                let mut known: Vec<&str> = siblings.map(Cow::as_ref).filter(|code| !code.is_empty()).collect();
                known.sort_unstable();
                meant(text, &known)
            }
            Hint::Parents => self.parents(column, &nfc(text)),
            Hint::Jurisdictions => {
                let known = self
                    .spec
                    .jurisdictions
                    .iter()
                    .filter(|jurisdiction| !jurisdiction.nation)
                    .map(|jurisdiction| jurisdiction.code.as_str());
                meant(text, &known.collect::<Vec<_>>())
            }
            Hint::Counties => self.county_hint(text),
        }
    }

    fn county_hint(&self, text: &str) -> Option<String> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let near = |text| self.counties.and_then(|counties| counties.nearest_hint(text));
        match text.len() {
            5 if is_number => near(text),
            length => (length == 4 && is_number)
                .then(|| near(text))
                .flatten()
                .or_else(|| Some("a GEOID is a text of five digits, and keeps its leading zero".to_owned())),
        }
    }

    fn parents(&self, column: ColumnId, code: &str) -> Option<String> {
        let list = self.source.columns[column].list?;
        let of_code = self.spec.lists[list].codes.iter().filter(|candidate| candidate.code == code);
        let parents: Vec<String> =
            of_code.filter_map(|parent| Some(format!("`{}`", parent.parent.as_deref()?))).collect();
        (!parents.is_empty()).then(|| format!("it belongs to {}", parents.join(" and ")))
    }
}

/// Says which of the known codes is meant, and names a character that an eye cannot see.
fn meant(text: &str, known: &[&str]) -> Option<String> {
    if let Some(character) = unseen(text) {
        let seen: String = text.chars().filter(|c| *c == ' ' || !is_unseen(*c)).collect();
        let seen = nfc(seen.trim()).into_owned();
        let meant = if known.contains(&seen.as_str()) { format!(": did you mean `{seen}`?") } else { String::new() };
        return Some(format!("it {}{meant}", where_unseen(text, character)));
    }
    nearest(text, known.iter().copied()).map(|known| format!("did you mean `{known}`?"))
}
