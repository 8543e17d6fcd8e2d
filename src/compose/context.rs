//! What placeholders stand for.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::disclose::{Published, SafeFigure};
use crate::spec::Spec;

#[derive(Serialize)]
struct Context<'a> {
    edition: &'a str,
    publisher: &'a str,
    jurisdiction: JurisdictionWords<'a>,
    period: PeriodWords,
    data_date: BTreeMap<String, String>,
    revision: Option<RevisionNumbers>,
    figures: BTreeMap<&'a str, FigureWords>,
    national: BTreeMap<&'a str, FigureWords>,
    ranks: BTreeMap<&'a str, Option<RankWords>>,
}

#[derive(Serialize)]
struct JurisdictionWords<'a> {
    code: &'a str,
    name: &'a str,
    in_prose: &'a str,
    file_name: &'a str,
    ranked: bool,
    nation: bool,
}

#[derive(Serialize)]
struct PeriodWords {
    from: BTreeMap<String, String>,
    to: BTreeMap<String, String>,
    year: i32,
}

#[derive(Serialize)]
struct RevisionNumbers {
    number: String,
    date: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct FigureWords {
    text: String,
    form: &'static str,
    hidden: bool,
}

#[derive(Serialize)]
struct RankWords {
    position: String,
    number: String,
    tied: bool,
    among: String,
}

/// Makes the context of a report's prose; it holds published figures only.
pub(super) fn of(spec: &Spec, published: &Published) -> Value {
    let jurisdiction = &spec.jurisdictions[published.jurisdiction()];
    let names = spec.populations.iter().map(|population| population.name.as_str());
    let ranks = spec.ranks.keys().zip(published.ranks()).map(|(name, rank)| {
        let words = rank.map(|rank| RankWords {
            position: spec.language.ordinal(rank.position()),
            number: spec.language.count(rank.position()),
            tied: rank.tied(),
            among: spec.language.count(rank.among()),
        });
        (name.as_str(), words)
    });
    let national =
        names.clone().zip(published.national()).filter_map(|(name, figure)| Some((name, words(spec, (*figure)?))));
    Value::from(Serde(Context {
        edition: &spec.edition,
        publisher: &spec.publisher,
        jurisdiction: JurisdictionWords {
            code: &jurisdiction.code,
            name: &jurisdiction.name,
            in_prose: &jurisdiction.in_prose,
            file_name: &jurisdiction.file_name,
            ranked: jurisdiction.ranked,
            nation: jurisdiction.nation,
        },
        period: PeriodWords {
            from: date(spec, spec.period.0),
            to: date(spec, spec.period.1),
            year: spec.period.1.year(),
        },
        data_date: date(spec, spec.data_date),
        revision: spec.revision.as_ref().map(|revision| RevisionNumbers {
            number: spec.language.count(u64::from(revision.number)),
            date: date(spec, revision.date),
        }),
        figures: names.zip(published.figures()).map(|(name, figure)| (name, words(spec, *figure))).collect(),
        national: national.collect(),
        ranks: ranks.collect(),
    }))
}

fn date(spec: &Spec, date: NaiveDate) -> BTreeMap<String, String> {
    let formats = spec.language.date_formats();
    formats.filter_map(|format| Some((format.to_owned(), spec.language.date(date, format)?))).collect()
}

fn words(spec: &Spec, figure: SafeFigure) -> FigureWords {
    match figure.shown() {
        Some(count) => {
            FigureWords { text: spec.language.count(count), form: spec.language.category(count), hidden: false }
        }
        None => FigureWords { text: spec.hidden.prose.clone(), form: "other", hidden: true },
    }
}
