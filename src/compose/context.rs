//! What placeholders stand for.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::confidential::{Published, SafeFigure, SafeRank};
use crate::figures::{ProseFigure, ProseId, RankPart};
use crate::report_spec::{self, Spec};

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
    text: Value,
    form: &'static str,
    hidden: bool,
}

#[derive(Serialize)]
struct RankWords {
    position: Value,
    number: Value,
    tied: bool,
    among: Value,
}

/// Makes the context of a report's prose; it holds published figures only, and their words as figures.
///
/// Beside it stand the figures that prose may print, each with its placeholder.
pub(super) fn of(spec: &Spec, published: &Published) -> (report_spec::Context, Vec<(Value, ProseFigure)>) {
    let mut context = report_spec::Context::default();
    let mut all = Vec::new();
    let names: Vec<&str> = spec.populations.iter().map(|population| population.name.as_str()).collect();
    let mut figures = BTreeMap::new();
    let mut national = BTreeMap::new();
    for ((name, own), nation) in names.iter().zip(published.figures()).zip(published.national()) {
        let mut told = |id: ProseId, figure: SafeFigure| {
            let words = words(spec, figure, &mut context);
            let text = figure.shown().map_or_else(|| spec.hidden.prose.clone(), |count| spec.language.count(count));
            all.push((words.text.clone(), prose_figure(id, text, words.hidden)));
            words
        };
        figures.insert(*name, told(ProseId::Total((*name).to_owned()), *own));
        national.extend(nation.map(|nation| (*name, told(ProseId::National((*name).to_owned()), nation))));
    }
    let ranks = spec.ranks.keys().zip(published.ranks());
    let mut told = |name: &str, safe: SafeRank| {
        let words = rank(spec, safe, &mut context);
        let (position, number) = (spec.language.ordinal(safe.position()), spec.language.count(safe.position()));
        let among = spec.language.count(safe.among());
        let texts = [
            (RankPart::Position, &words.position, position),
            (RankPart::Number, &words.number, number),
            (RankPart::Among, &words.among, among),
        ];
        all.extend(texts.map(|(part, placeholder, text)| {
            (placeholder.clone(), prose_figure(ProseId::Rank { rank: name.to_owned(), part }, text, false))
        }));
        words
    };
    let ranks = ranks.map(|(name, rank)| (name.as_str(), rank.map(|rank| told(name, rank)))).collect();
    let jurisdiction = &spec.jurisdictions[published.jurisdiction()];
    let values = Value::from(Serde(Context {
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
        figures,
        national,
        ranks,
    }));
    (context.with(values).and(spec.threshold_words(spec.hidden.threshold)), all)
}

fn prose_figure(id: ProseId, text: String, hidden: bool) -> ProseFigure {
    ProseFigure { id, text, hidden, around: None }
}

fn date(spec: &Spec, date: NaiveDate) -> BTreeMap<String, String> {
    let formats = spec.language.date_formats();
    formats.filter_map(|format| Some((format.to_owned(), spec.language.date(date, format)?))).collect()
}

fn words(spec: &Spec, figure: SafeFigure, context: &mut report_spec::Context) -> FigureWords {
    match figure.shown() {
        Some(count) => FigureWords {
            text: context.figure(spec.language.count(count)),
            form: spec.language.category(count),
            hidden: false,
        },
        None => FigureWords { text: context.figure(spec.hidden.prose.clone()), form: "other", hidden: true },
    }
}

fn rank(spec: &Spec, rank: SafeRank, context: &mut report_spec::Context) -> RankWords {
    RankWords {
        position: context.figure(spec.language.ordinal(rank.position())),
        number: context.figure(spec.language.count(rank.position())),
        tied: rank.tied(),
        among: context.figure(spec.language.count(rank.among())),
    }
}
