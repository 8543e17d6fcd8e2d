//! Numbers, dates, ordinals and plural forms in the language of the edition.

use std::fmt::Write as _;

use chrono::{Locale, NaiveDate};
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules, PluralRulesOptions};
use indexmap::IndexMap;

use crate::unit::{Percent, grouped};

use super::written::{self, Forms};

/// What is wrong with a language, at a path of keys.
#[derive(Debug)]
pub struct Fault {
    /// Keys below `language`.
    pub path: Vec<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// Formats of the edition's language, ready for use.
#[derive(Debug)]
pub struct Language {
    /// Language and region, e.g. `en` and `US`.
    pub tag: (String, Option<String>),
    locale: Locale,
    thousands: String,
    decimal: String,
    percent_decimals: u8,
    percent_sign: String,
    dates: IndexMap<String, String>,
    ordinals: Option<Forms>,
    cardinal_rules: PluralRules,
    ordinal_rules: PluralRules,
}

impl Language {
    /// Resolves the language of a spec.
    ///
    /// # Errors
    /// Says in words that the locale is unknown, or which date formats are none.
    pub fn resolve(written: &written::Language) -> Result<Self, Vec<Fault>> {
        let unknown = || {
            let message = format!("no locale is called `{}`", written.locale);
            vec![Fault { path: vec!["locale".into()], message, help: "write a language and a region, as in `en_US`" }]
        };
        let locale = Locale::try_from(written.locale.as_str()).map_err(|_| unknown())?;
        let (language, region) = match written.locale.split_once('_') {
            Some((language, region)) => (language, Some(region.split(['@', '.']).next().unwrap_or(region))),
            None => (written.locale.as_str(), None),
        };
        let icu: icu_locale_core::Locale = language.parse().map_err(|_| unknown())?;
        let rules = |kind| PluralRules::try_new((&icu).into(), PluralRulesOptions::from(kind)).map_err(|_| unknown());
        let faults: Vec<Fault> =
            written.dates.iter().filter_map(|(name, format)| date_fault(name, format, locale)).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            tag: (language.to_owned(), region.map(str::to_owned)),
            locale,
            thousands: written.thousands.clone(),
            decimal: written.decimal.clone(),
            percent_decimals: written.percent_decimals,
            percent_sign: written.percent_sign.clone(),
            dates: written.dates.clone(),
            ordinals: written.ordinals.clone(),
            cardinal_rules: rules(PluralRuleType::Cardinal)?,
            ordinal_rules: rules(PluralRuleType::Ordinal)?,
        })
    }

    /// Writes a count with separated thousands.
    pub fn count(&self, count: u64) -> String {
        grouped(count, &self.thousands)
    }

    /// Writes the percent of a part in a base; none where the base is zero.
    pub fn percent(&self, part: u64, base: u64) -> Option<String> {
        let (whole, fraction) = Percent::of(part, base, self.percent_decimals)?.parts();
        let point = if fraction.is_empty() { "" } else { &self.decimal };
        Some(format!("{}{point}{fraction}{}", self.count(whole), self.percent_sign))
    }

    /// Writes a date in the format of this name.
    pub fn date(&self, date: NaiveDate, format: &str) -> Option<String> {
        let format = self.dates.get(format)?;
        Some(date.format_localized(format, self.locale).to_string())
    }

    /// Names the date formats.
    pub fn date_formats(&self) -> impl Iterator<Item = &str> {
        self.dates.keys().map(String::as_str)
    }

    /// Writes an ordinal number such as `31st`, or the bare number where the edition has no forms.
    pub fn ordinal(&self, number: u64) -> String {
        let number_text = self.count(number);
        match &self.ordinals {
            Some(forms) => choose(forms, self.ordinal_rules.category_for(number)).replace("{n}", &number_text),
            None => number_text,
        }
    }

    /// Names the plural category of a count, `one` or `other` in English.
    pub fn category(&self, count: u64) -> &'static str {
        match self.cardinal_rules.category_for(count) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// Chooses the form for a count; the form `other` stands for a hidden one.
    pub fn form<'a>(&self, forms: &'a Forms, count: Option<u64>) -> &'a str {
        let category = count.map_or(PluralCategory::Other, |count| self.cardinal_rules.category_for(count));
        choose(forms, category)
    }
}

/// Says what is wrong with a date format.
fn date_fault(name: &str, format: &str, locale: Locale) -> Option<Fault> {
    let mut items = chrono::format::StrftimeItems::new_with_locale(format, locale);
    let message = if items.any(|item| matches!(item, chrono::format::Item::Error)) {
        format!("`{format}` is no date format")
    } else {
        let probe = NaiveDate::from_ymd_opt(2016, 1, 1).map(|day| day.format_localized(format, locale));
        probe.filter(|probe| write!(String::new(), "{probe}").is_err())?;
        format!("the date format `{format}` asks for a time of day")
    };
    let help = "the signs are those of strftime, as in \"%B %-d, %Y\"";
    Some(Fault { path: vec!["dates".into(), name.to_owned()], message, help })
}

fn choose(forms: &Forms, category: PluralCategory) -> &str {
    let form = match category {
        PluralCategory::Zero => &forms.zero,
        PluralCategory::One => &forms.one,
        PluralCategory::Two => &forms.two,
        PluralCategory::Few => &forms.few,
        PluralCategory::Many => &forms.many,
        PluralCategory::Other => &None,
    };
    form.as_ref().unwrap_or(&forms.other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(locale: &str) -> Language {
        let written = serde_json::json!({
            "locale": locale,
            "dates": { "long": if locale.starts_with("es") { "%-d de %B de %Y" } else { "%B %-d, %Y" }, "short": "%-m/%-d/%Y" },
            "ordinals": { "one": "{n}st", "two": "{n}nd", "few": "{n}rd", "other": "{n}th" },
        });
        Language::resolve(&serde_json::from_value(written).unwrap()).unwrap()
    }

    #[test]
    fn ordinals_follow_the_language_with_its_elevenths_and_twenty_firsts() {
        let english = language("en_US");
        let words: Vec<_> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 31, 51, 111].map(|n| english.ordinal(n)).into();
        assert_eq!(
            words,
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "31st", "51st", "111th"]
        );
    }

    #[test]
    fn dates_have_no_leading_zeros_and_the_months_of_the_language() {
        let day = NaiveDate::from_ymd_opt(2017, 3, 8).unwrap();
        assert_eq!(language("en_US").date(day, "long").unwrap(), "March 8, 2017");
        assert_eq!(language("en_US").date(day, "short").unwrap(), "3/8/2017");
        assert_eq!(language("es_US").date(day, "long").unwrap(), "8 de marzo de 2017");
    }

    #[test]
    fn thousands_are_separated_and_percents_have_their_decimals() {
        let english = language("en_US");
        assert_eq!(
            ["0", "999", "4,137", "34,068", "1,000,000"].map(str::to_owned),
            [0, 999, 4137, 34_068, 1_000_000].map(|n| english.count(n))
        );
        assert_eq!(english.percent(26, 199).as_deref(), Some("13.1%"));
        assert_eq!(english.percent(5, 0), None);
    }

    #[test]
    fn a_wrong_locale_and_a_wrong_date_format_are_refused() {
        let written = |locale: &str, format: &str| {
            serde_json::from_value(serde_json::json!({ "locale": locale, "dates": { "long": format } })).unwrap()
        };
        assert_eq!(Language::resolve(&written("xx_YY", "%Y")).unwrap_err()[0].path, ["locale"]);
        assert_eq!(Language::resolve(&written("en_US", "%Q")).unwrap_err()[0].path, ["dates", "long"]);
        assert_eq!(Language::resolve(&written("en_US", "%H")).unwrap_err()[0].path, ["dates", "long"]);
    }
}
