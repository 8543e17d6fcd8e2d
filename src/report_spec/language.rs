//! Numbers, dates, ordinals and plural forms in the language of the edition.

use std::fmt::Write as _;

use chrono::format::{Fixed, Item, StrftimeItems};
use chrono::{Locale, NaiveDate};
use icu_plurals::provider::{Baked, PluralsCardinalV1, PluralsOrdinalV1};
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules, PluralRulesOptions};
use icu_provider::{DataIdentifierBorrowed, DataLocale, DataMarker, DataProvider, DataRequest};
use indexmap::IndexMap;

use crate::unit::{Percent, grouped};

use super::raw::{self, Forms};

/// Numbers up to which an edition's forms are looked for: the category `many` of Romance languages begins at a million.
const USUAL: u64 = 1000;

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
    /// CLDR has rules of the language, for cardinals and for ordinals.
    has_rules: (bool, bool),
}

impl Language {
    /// Resolves the language of a spec.
    ///
    /// # Errors
    /// Says in words that the locale is unknown, or which date formats are none.
    pub fn resolve(raw: &raw::Language) -> Result<Self, Vec<Fault>> {
        let unknown = || {
            let message = format!("no locale is called `{}`", raw.locale);
            vec![Fault { path: vec!["locale".into()], message, help: "write a language and a region, as in `en_US`" }]
        };
        let locale = Locale::try_from(raw.locale.as_str()).map_err(|_| unknown())?;
        let (language, region) = match raw.locale.split_once('_') {
            Some((language, region)) => (language, Some(region.split(['@', '.']).next().unwrap_or(region))),
            None => (raw.locale.as_str(), None),
        };
        let icu: icu_locale_core::Locale = language.parse().map_err(|_| unknown())?;
        let cldr = DataLocale::from(&icu);
        let rules = |kind| PluralRules::try_new((&icu).into(), PluralRulesOptions::from(kind)).map_err(|_| unknown());
        let dates = raw.dates.iter().filter_map(|(name, format)| date_fault(name, format, locale));
        let faults: Vec<Fault> = dates.chain(raw.ordinals.as_ref().and_then(ordinal_fault)).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            tag: (language.to_owned(), region.map(str::to_owned)),
            locale,
            thousands: raw.thousands.clone(),
            decimal: raw.decimal.clone(),
            percent_decimals: raw.percent_decimals,
            percent_sign: raw.percent_sign.clone(),
            dates: raw.dates.clone(),
            ordinals: raw.ordinals.clone(),
            cardinal_rules: rules(PluralRuleType::Cardinal)?,
            ordinal_rules: rules(PluralRuleType::Ordinal)?,
            has_rules: (has_rules::<PluralsCardinalV1>(&cldr), has_rules::<PluralsOrdinalV1>(&cldr)),
        })
    }

    /// Says what is not known of the language, and would be printed otherwise than its readers write it.
    pub fn gaps(&self) -> Vec<Fault> {
        let language = &self.tag.0;
        let mut gaps = Vec::new();
        let mut gap = |path: &[&str], message: String, help| {
            gaps.push(Fault { path: path.iter().map(|key| (*key).to_owned()).collect(), message, help });
        };
        if !self.has_rules.0 {
            let message = format!("no plural rules of `{language}` are known: every count takes the form `other`");
            gap(&["locale"], message, "write labels whose form `other` fits every count");
        }
        match &self.ordinals {
            Some(forms) if !self.has_rules.1 && has_more(forms) => {
                let message = format!("no ordinal rules of `{language}` are known: every rank takes the form `other`");
                gap(&["ordinals"], message, "write the form `other` alone, so that it fits every number");
            }
            Some(forms) => gaps.extend(self.missing_form(forms, &self.ordinal_rules, &["ordinals"])),
            None => {}
        }
        if language != "en" && months(self.locale) == months(Locale::en_US) {
            let named = self.dates.iter().filter(|(_, format)| has_names(format, self.locale));
            gaps.extend(named.map(|(name, _)| Fault {
                path: vec!["dates".into(), name.clone()],
                message: format!("no names of months are known in `{language}`: they are printed in English"),
                help: "write a format with numbers alone, as in \"%-d/%-m/%Y\"",
            }));
        }
        gaps
    }

    /// Says which form of a label the language needs for usual counts and the label lacks.
    pub fn missing_label(&self, forms: &Forms, path: &[&str]) -> Option<Fault> {
        self.missing_form(forms, &self.cardinal_rules, path)
    }

    fn missing_form(&self, forms: &Forms, rules: &PluralRules, path: &[&str]) -> Option<Fault> {
        let lacks = |category: &PluralCategory| *category != PluralCategory::Other && raw(forms, *category).is_none();
        let number = (0..=USUAL).find(|number| lacks(&rules.category_for(*number)))?;
        let category = name(rules.category_for(number));
        let message = format!("`{}` has a form `{category}`, as for {number}, and here it is not written", self.tag.0);
        let path = path.iter().map(|key| (*key).to_owned()).collect();
        Some(Fault { path, message, help: "write it, though it may be the same as `other`" })
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

    /// Returns the number of decimals of a percent.
    pub fn percent_decimals(&self) -> u8 {
        self.percent_decimals
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
        name(self.cardinal_rules.category_for(count))
    }

    /// Chooses the form for a count; the form `other` stands for a hidden one.
    pub fn form<'a>(&self, forms: &'a Forms, count: Option<u64>) -> &'a str {
        let category = count.map_or(PluralCategory::Other, |count| self.cardinal_rules.category_for(count));
        choose(forms, category)
    }
}

/// Says that the form of any number prints none.
fn ordinal_fault(forms: &Forms) -> Option<Fault> {
    (!forms.other.contains("{n}")).then(|| Fault {
        path: vec!["ordinals".into(), "other".into()],
        message: format!("the ordinal form `{}` prints no number, and stands for many", forms.other),
        help: "write `{n}` where the number belongs, as in \"{n}th\"",
    })
}

/// Says what is wrong with a date format.
fn date_fault(name: &str, format: &str, locale: Locale) -> Option<Fault> {
    let items = || StrftimeItems::new_with_locale(format, locale);
    let message = if items().any(|item| matches!(item, Item::Error)) {
        format!("`{format}` is no date format")
    } else if !items().any(|item| matches!(item, Item::Numeric(..) | Item::Fixed(_))) {
        format!("the date format `{format}` holds nothing of a date")
    } else {
        let probe = NaiveDate::from_ymd_opt(2016, 1, 1).map(|day| day.format_localized(format, locale));
        probe.filter(|probe| write!(String::new(), "{probe}").is_err())?;
        format!("the date format `{format}` asks for a time of day")
    };
    let help = "the signs are those of strftime, as in \"%B %-d, %Y\"";
    Some(Fault { path: vec!["dates".into(), name.to_owned()], message, help })
}

/// Tells whether CLDR has rules of a language, and not those of the root alone, which knows no form but `other`.
fn has_rules<M: DataMarker>(language: &DataLocale) -> bool
where
    Baked: DataProvider<M>,
{
    let request = DataRequest { id: DataIdentifierBorrowed::for_locale(language), ..DataRequest::default() };
    let found = DataProvider::<M>::load(&Baked, request).map(|response| response.metadata.locale);
    found.is_ok_and(|fallback| fallback.is_none_or(|locale| !locale.is_unknown()))
}

fn months(locale: Locale) -> Vec<String> {
    let firsts = (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(2016, month, 1));
    firsts.map(|day| day.format_localized("%B", locale).to_string()).collect()
}

/// Tells whether a date format prints names of months or days.
fn has_names(format: &str, locale: Locale) -> bool {
    StrftimeItems::new_with_locale(format, locale).any(|item| {
        matches!(
            item,
            Item::Fixed(
                Fixed::ShortMonthName | Fixed::LongMonthName | Fixed::ShortWeekdayName | Fixed::LongWeekdayName
            )
        )
    })
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// The form that is written for a category, save that for all others.
fn raw(forms: &Forms, category: PluralCategory) -> Option<&String> {
    match category {
        PluralCategory::Zero => forms.zero.as_ref(),
        PluralCategory::One => forms.one.as_ref(),
        PluralCategory::Two => forms.two.as_ref(),
        PluralCategory::Few => forms.few.as_ref(),
        PluralCategory::Many => forms.many.as_ref(),
        PluralCategory::Other => None,
    }
}

fn has_more(forms: &Forms) -> bool {
    [&forms.zero, &forms.one, &forms.two, &forms.few, &forms.many].into_iter().any(Option::is_some)
}

fn choose(forms: &Forms, category: PluralCategory) -> &str {
    raw(forms, category).unwrap_or(&forms.other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(locale: &str) -> Language {
        let raw = serde_json::json!({
            "locale": locale,
            "dates": { "long": if locale.starts_with("es") { "%-d de %B de %Y" } else { "%B %-d, %Y" }, "short": "%-m/%-d/%Y" },
            "ordinals": { "one": "{n}st", "two": "{n}nd", "few": "{n}rd", "other": "{n}th" },
        });
        Language::resolve(&serde_json::from_value(raw).unwrap()).unwrap()
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
        let raw = |locale: &str, format: &str| {
            serde_json::from_value(serde_json::json!({ "locale": locale, "dates": { "long": format } })).unwrap()
        };
        assert_eq!(Language::resolve(&raw("xx_YY", "%Y")).unwrap_err()[0].path, ["locale"]);
        assert_eq!(Language::resolve(&raw("en_US", "%Q")).unwrap_err()[0].path, ["dates", "long"]);
        assert_eq!(Language::resolve(&raw("en_US", "%H")).unwrap_err()[0].path, ["dates", "long"]);
    }
}
