//! Worked cases as JSON, and answers in the shape in which they are kept.

use indexmap::IndexMap;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Number, Value};

use crate::check::Promise;
use crate::count::count_tables;
use crate::diags::AuditError;
use crate::model::{Cell, Fact, Model, ModelError, Relation, Status};
use crate::reader::{Report, Settings, Verdict, audit};
use crate::real::{RealInterval, real_intervals};
use crate::search::{Minimal, cheapest_patterns};

/// A file of worked cases that have one source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// Where the cases come from.
    #[serde(default)]
    pub source: String,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One worked case: cells, relations and further facts. A field that it does not know is refused: it could be a fact.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Name of the case.
    #[serde(default)]
    pub id: String,
    /// Counts under it are protected.
    pub threshold: i64,
    /// All counts.
    pub cells: Vec<CaseCell>,
    /// Sums of cells.
    #[serde(default)]
    pub relations: Vec<CaseSum>,
    /// Other linear facts.
    #[serde(default)]
    pub linear: Vec<CaseLinear>,
    /// Asks for the cheapest pattern of further hidden cells.
    #[serde(default)]
    pub search: Option<CaseSearch>,
    /// Remarks for people.
    #[serde(default, rename = "note")]
    _note: IgnoredAny,
    /// The answer, for tests.
    #[serde(default, rename = "expected")]
    _expected: IgnoredAny,
}

/// Is one count of a case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseCell {
    id: String,
    #[serde(default)]
    value: Option<i64>,
    status: Status,
    #[serde(default)]
    lower: Option<i64>,
    #[serde(default)]
    upper: Option<i64>,
}

/// Says that one cell is the sum of others.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseSum {
    id: String,
    sum: String,
    parts: Vec<String>,
}

/// Is a linear fact: `Σ coefficient · cell op rhs`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseLinear {
    id: String,
    #[serde(deserialize_with = "coefficients")]
    coef: IndexMap<String, i64>,
    op: Relation,
    rhs: i64,
}

/// Reads coefficients by cell and refuses a cell that is named twice: which of the two was meant is not known.
fn coefficients<'de, D: Deserializer<'de>>(from: D) -> Result<IndexMap<String, i64>, D::Error> {
    struct Coefficients;
    impl<'de> Visitor<'de> for Coefficients {
        type Value = IndexMap<String, i64>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("coefficients by cell")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut coefficients = IndexMap::new();
            while let Some((cell, coefficient)) = map.next_entry::<String, i64>()? {
                if coefficients.contains_key(&cell) {
                    return Err(A::Error::custom(format_args!("two coefficients of the cell `{cell}`")));
                }
                coefficients.insert(cell, coefficient);
            }
            Ok(coefficients)
        }
    }
    from.deserialize_map(Coefficients)
}

/// Asks which further cells to hide.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseSearch {
    candidates: Vec<String>,
    criterion: Promise,
}

/// Is the answer to a case, in the shape of its field `expected`.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// By name of each hidden cell, in the order of the case.
    pub intervals: IndexMap<String, AnswerCell>,
    /// The number of tables that agree with all facts; nothing past [`COUNT_LIMIT`].
    pub consistent_tables: Option<u64>,
    /// No primary cell is exact.
    pub safe_exact: bool,
    /// Every primary cell has its full range.
    pub safe_full: bool,
    /// The cheapest pattern, where the case asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimal: Option<AnswerMinimal>,
}

/// Is what a reader can tell of one hidden cell.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerCell {
    /// Interval over real numbers.
    pub lp: [Value; 2],
    /// Interval over integers.
    pub int: [Option<i64>; 2],
    /// Values under the threshold that occur.
    pub small: Vec<i64>,
    /// For primary cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

/// Is the cheapest pattern; without further fields where hiding all candidates does not suffice.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerMinimal {
    criterion: Promise,
    further_cells: Option<usize>,
    patterns: usize,
    cheapest_by_value: Vec<Vec<String>>,
    cheapest_value: Option<i64>,
}

/// More tables than this are not counted.
pub const COUNT_LIMIT: u64 = 200_000;

/// More patterns than this are not tried.
pub const PATTERN_LIMIT: usize = 200_000;

/// Says why a case has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseError {
    /// The case cannot be meant.
    Model(ModelError),
    /// The audit could not be made.
    Audit(AuditError),
}

impl From<ModelError> for CaseError {
    fn from(error: ModelError) -> Self {
        Self::Model(error)
    }
}

impl From<AuditError> for CaseError {
    fn from(error: AuditError) -> Self {
        Self::Audit(error)
    }
}

impl std::fmt::Display for CaseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Model(error) => error.fmt(f),
            Self::Audit(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CaseError {}

impl Case {
    /// Makes the model of the case.
    ///
    /// # Errors
    /// What [`Model`] refuses, and names that no cell has.
    pub fn model(&self) -> Result<Model, ModelError> {
        let mut model = Model::new(self.threshold)?;
        for CaseCell { id, value, status, lower, upper } in &self.cells {
            let (id, value, status) = (id.clone(), *value, *status);
            model.add_cell(Cell { id, value, status, lower: lower.unwrap_or(0), upper: *upper, threshold: None })?;
        }
        for CaseSum { id, sum, parts } in &self.relations {
            let total = position(&model, id, sum)?;
            let parts = parts.iter().map(|part| position(&model, id, part)).collect::<Result<Vec<_>, _>>()?;
            model.add_fact(Fact::sum(id, total, parts))?;
        }
        for CaseLinear { id, coef, op, rhs } in &self.linear {
            let terms = coef.iter().map(|(cell, &coefficient)| Ok((position(&model, id, cell)?, coefficient)));
            let terms = terms.collect::<Result<_, ModelError>>()?;
            let fact = Fact { id: id.clone(), place: String::new(), terms, relation: *op, constant: *rhs };
            model.add_fact(fact)?;
        }
        Ok(model)
    }

    /// Answers the case.
    ///
    /// # Errors
    /// As [`Case::model`] and [`audit`].
    pub fn answer(&self, settings: &Settings) -> Result<Answer, CaseError> {
        let model = self.model()?;
        let report = audit(&model, &Settings { intervals: true, ..*settings })?;
        let real = real_intervals(&model, settings.pivots)?;
        let minimal = self.search.as_ref().map(|search| search.answer(&model, settings)).transpose()?;
        Ok(Answer {
            intervals: intervals(&model, &report, &real),
            consistent_tables: count_tables(&model, COUNT_LIMIT)?,
            safe_exact: report.is_safe_from_exact(),
            safe_full: report.is_full(),
            minimal,
        })
    }
}

fn position(model: &Model, fact: &str, cell: &str) -> Result<usize, ModelError> {
    let unknown = || ModelError::Unknown { fact: fact.to_owned(), cell: cell.to_owned() };
    model.position(cell).ok_or_else(unknown)
}

impl CaseSearch {
    fn answer(&self, model: &Model, settings: &Settings) -> Result<AnswerMinimal, CaseError> {
        let candidates = self.candidates.iter().map(|cell| position(model, "search", cell));
        let candidates = candidates.collect::<Result<Vec<_>, _>>()?;
        let found = cheapest_patterns(model, &candidates, self.criterion, settings, PATTERN_LIMIT)?;
        let criterion = self.criterion;
        let Some(Minimal { further_cells, patterns, cheapest, cheapest_value }) = found else {
            let (further_cells, cheapest_value) = (None, None);
            return Ok(AnswerMinimal {
                criterion,
                further_cells,
                patterns: 0,
                cheapest_by_value: Vec::new(),
                cheapest_value,
            });
        };
        let names = |pattern: Vec<usize>| pattern.iter().map(|&cell| model.cells()[cell].id.clone()).collect();
        Ok(AnswerMinimal {
            criterion,
            further_cells: Some(further_cells),
            patterns,
            cheapest_by_value: cheapest.into_iter().map(names).collect(),
            cheapest_value: Some(cheapest_value),
        })
    }
}

fn intervals(model: &Model, report: &Report, real: &[(usize, Option<RealInterval>)]) -> IndexMap<String, AnswerCell> {
    let cells = report.cells.iter().zip(real).map(|(cell, (_, real))| {
        let lp = real.map_or([Value::Null, Value::Null], |real| [number(real.lower), number(real.upper)]);
        let int = [Some(cell.lower), cell.upper];
        let answer = AnswerCell { lp, int, small: cell.small.clone(), verdict: cell.verdict };
        (model.cells()[cell.cell].id.clone(), answer)
    });
    cells.collect()
}

/// A whole number where it is one; nothing in JSON where there is no end.
fn number(ratio: Option<(i128, i128)>) -> Value {
    let Some((above, below)) = ratio else { return Value::Null };
    match i64::try_from(above) {
        Ok(whole) if below == 1 => Value::from(whole),
        _ => Number::from_f64(above as f64 / below as f64).map_or(Value::Null, Value::Number),
    }
}
