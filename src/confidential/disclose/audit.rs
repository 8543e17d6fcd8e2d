//! What a publication discloses, and whether the spec accepts it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::diag::{Finding, Findings, Place, code};
use crate::figures::{FigureId, FigurePlace};
use crate::report_spec::{Accept, AcceptedRows, DisclosureKind, FigurePlaces, JurisdictionId, Spec};

use super::further::Group;
use super::linked::{Linked, Proofs, Told};

/// One disclosure: where, and of what kind; never how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// What is disclosed.
    pub kind: DisclosureKind,
    /// Code of the jurisdiction.
    pub jurisdiction: String,
    /// The figure.
    pub figure: FigureId,
    /// Name of the rank that tells it, where the figure does not tell itself.
    pub rank: Option<String>,
    /// Its proof, where it follows from other figures.
    proof: Option<usize>,
}

impl Disclosure {
    /// Returns the name by which a spec accepts it: that of a table, a map, a row of counters or a population.
    pub fn name(&self) -> &str {
        self.figure.name()
    }

    /// Returns the key of the row by which a spec accepts it, e.g. `television` or `labor/begging`, or the rank that tells; empty for
    /// the figure as a whole.
    pub fn row(&self) -> String {
        self.rank.clone().unwrap_or_else(|| self.figure.path())
    }
}

/// What a report hides in a table beyond small counts: to protect others, or by judgement. It tells of hidden counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// Code of the jurisdiction.
    pub jurisdiction: String,
    /// The table.
    pub table: String,
    /// How many rows that are not small have no count of their own.
    pub rows: u64,
    /// How many records they count.
    pub cases: u64,
}

/// The disclosures of all reports.
#[derive(Debug)]
pub struct Audit {
    disclosures: Vec<Disclosure>,
    /// Groups of rows whose total or merged row tells of them: listed where no row of the group is.
    groups: Vec<(Disclosure, Group)>,
    accepted: Vec<Accept>,
    /// Categories hidden by judgement: table, row and reason.
    overrides: Vec<(String, String, String)>,
    file: std::sync::Arc<str>,
    places: FigurePlaces,
    losses: Vec<Loss>,
    proofs: Proofs,
}

impl Audit {
    pub(super) fn new(spec: &Spec) -> Self {
        let overrides = spec.protection.overrides.iter().map(|rule| {
            let table = &spec.tables[rule.table];
            let row = &spec.lists[table.rows.list()].codes[rule.row.0].code;
            (table.name.clone(), row.clone(), rule.reason.clone())
        });
        Self {
            disclosures: Vec::new(),
            groups: Vec::new(),
            accepted: spec.protection.accept.clone(),
            overrides: overrides.collect(),
            file: spec.file.clone(),
            places: spec.places.clone(),
            losses: Vec::new(),
            proofs: Proofs::default(),
        }
    }

    pub(super) fn add(&mut self, kind: DisclosureKind, jurisdiction: &str, figure: FigureId) {
        self.disclosures.push(disclosure(kind, jurisdiction, figure));
    }

    /// Adds a group of rows, by the row that tells of them.
    pub(super) fn add_group(&mut self, kind: DisclosureKind, jurisdiction: &str, figure: FigureId, group: Group) {
        self.groups.push((disclosure(kind, jurisdiction, figure), group));
    }

    /// Iterates over the groups of rows that their own total or merged row tells of.
    pub(super) fn groups(&self) -> impl Iterator<Item = Group> {
        self.groups.iter().map(|(_, group)| *group)
    }

    /// Adds a figure that a rank tells.
    pub(super) fn add_rank(&mut self, jurisdiction: &str, figure: FigureId, rank: &str) {
        let rank = Some(rank.to_owned());
        self.disclosures.push(Disclosure { rank, ..disclosure(DisclosureKind::RankTells, jurisdiction, figure) });
    }

    /// Adds what a table of a report hides beyond small counts.
    pub(super) fn add_loss(&mut self, loss: Loss) {
        self.losses.push(loss);
    }

    /// Returns what is hidden beyond small counts, by report and table.
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// Adds what all figures tell together, and the groups of which no row is told.
    pub(super) fn add_linked(&mut self, spec: &Spec, linked: Linked) {
        self.proofs = linked.proofs;
        let rows: BTreeSet<Group> = linked.told.iter().filter_map(Told::group).collect();
        for Told { jurisdiction, figure, kind, proof, .. } in linked.told {
            let code = &spec.jurisdictions[jurisdiction].code;
            self.disclosures.push(Disclosure { proof: Some(proof), ..disclosure(kind, code, figure) });
        }
        let groups = std::mem::take(&mut self.groups).into_iter();
        self.disclosures.extend(groups.filter(|(_, group)| !rows.contains(group)).map(|(disclosure, _)| disclosure));
    }

    /// Keeps what is disclosed in the reports of these jurisdictions.
    pub(super) fn only(&mut self, spec: &Spec, reports: &[JurisdictionId]) {
        let codes: BTreeSet<&str> = reports.iter().map(|id| spec.jurisdictions[*id].code.as_str()).collect();
        self.disclosures.retain(|disclosure| codes.contains(disclosure.jurisdiction.as_str()));
        self.losses.retain(|loss| codes.contains(loss.jurisdiction.as_str()));
    }

    /// Iterates over all disclosures.
    pub fn disclosures(&self) -> impl Iterator<Item = &Disclosure> {
        self.disclosures.iter()
    }

    /// Returns the reason for which the spec accepts a disclosure.
    pub fn reason(&self, disclosure: &Disclosure) -> Option<&str> {
        let row = disclosure.row();
        let accept = self.accepted.iter().find(|accept| accept.covers(disclosure.kind, disclosure.name(), &row));
        accept.map(|accept| accept.reason.as_str())
    }

    /// Derives a disclosure from other figures, in lines that can be followed on paper; none where the figure tells itself.
    ///
    /// It is for who runs the program: it names hidden counts.
    pub fn derivation(&self, disclosure: &Disclosure) -> Vec<String> {
        disclosure.proof.map(|proof| self.proofs.derivation(proof)).unwrap_or_default()
    }

    /// Makes the proof that no other count can be told, as a file: model and worlds. It is confidential.
    pub fn proof(&self, spec: &Spec) -> Option<Vec<u8>> {
        serde_json::to_vec(&self.proofs.to_file(spec)?).ok()
    }

    /// Iterates over the categories hidden by judgement: table, row and reason.
    pub fn overrides(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.overrides.iter().map(|(table, row, reason)| (table.as_str(), row.as_str(), reason.as_str()))
    }

    /// Words the disclosures that the spec does not accept.
    pub(super) fn unaccepted(&self) -> Findings {
        let mut findings = Findings::new();
        for disclosure in self.disclosures.iter().filter(|disclosure| self.reason(disclosure).is_none()) {
            let (name, row) = (disclosure.name(), disclosure.row());
            let of_row = if row.is_empty() { String::new() } else { format!(", `{row}`,") };
            let mut message = format!("`{name}`{of_row} of {} {}", disclosure.jurisdiction, words(disclosure.kind));
            let steps = self.derivation(disclosure);
            if !steps.is_empty() {
                message = format!("{message}: {}", steps.join("; "));
            }
            let with = if row.is_empty() { "a reason".to_owned() } else { format!("the row `{row}` and a reason") };
            let code = disclosure.kind.code();
            let help = format!("change the figure's rule, or accept `{code}` for `{name}` with {with}");
            let place = self.place(&disclosure.figure).unwrap_or_else(|| Place::File { file: self.file.clone() });
            findings.push(Finding::error(code, message).at(place).help(help));
        }
        findings
    }

    /// Returns where the spec defines what a figure stands in.
    fn place(&self, figure: &FigureId) -> Option<Place> {
        let FigurePlaces { tables, counters, maps, populations } = &self.places;
        let section = match figure.place() {
            FigurePlace::Table(_) => tables,
            FigurePlace::Counters => counters,
            FigurePlace::Map(_) => maps,
            FigurePlace::Prose => populations,
        };
        section.get(figure.name()).cloned()
    }

    /// Warns of what the spec accepts and no report discloses, and of what it accepts without naming it.
    pub(super) fn doubtful(&self) -> Findings {
        let mut findings = Findings::new();
        for accept in self.accepted.iter().filter(|accept| accept.kind != DisclosureKind::EditionTells) {
            let own = |disclosure: &&Disclosure| disclosure.kind == accept.kind && disclosure.name() == accept.figure;
            let disclosed: BTreeSet<String> = self.disclosures.iter().filter(own).map(Disclosure::row).collect();
            let unnamed: Vec<&str> = disclosed.iter().map(String::as_str).filter(|row| !row.is_empty()).collect();
            if accept.names_no_rows() && !unnamed.is_empty() {
                findings.push(names_no_rows(accept, &unnamed));
                continue;
            }
            let named: Vec<&str> = match &accept.rows {
                Some(AcceptedRows::These(rows)) => rows.iter().map(String::as_str).collect(),
                Some(AcceptedRows::All(_)) => Vec::new(),
                None => vec![""],
            };
            findings.extend(named.into_iter().filter(|row| !disclosed.contains(*row)).map(|row| unused(accept, row)));
        }
        findings
    }
}

fn unused(accept: &Accept, row: &str) -> Finding {
    let of = if row.is_empty() { String::new() } else { format!("`{row}` of ") };
    let message = format!("nothing discloses {of}`{}` as `{}` any more", accept.figure, accept.kind.code());
    let finding = Finding::warning(code::disclosure::UNUSED_ACCEPT, message).at(accept.place.clone());
    finding.help("take it out of `accept`".to_owned())
}

fn names_no_rows(accept: &Accept, rows: &[&str]) -> Finding {
    let message = format!("`{}` of `{}` is accepted for rows that are not named", accept.kind.code(), accept.figure);
    let rows: Vec<String> = rows.iter().map(|row| format!("\"{row}\"")).collect();
    let help = format!("write `rows: [{}]`, or `rows: all`", rows.join(", "));
    Finding::warning(code::disclosure::ROWS_NOT_NAMED, message).at(accept.place.clone()).help(help)
}

fn disclosure(kind: DisclosureKind, jurisdiction: &str, figure: FigureId) -> Disclosure {
    Disclosure { kind, jurisdiction: jurisdiction.to_owned(), figure, rank: None, proof: None }
}

fn words(kind: DisclosureKind) -> &'static str {
    match kind {
        DisclosureKind::SmallCountShown => "prints a count under the threshold",
        DisclosureKind::MergedSumSmall => "prints a merged sum under the threshold",
        DisclosureKind::MergedRowTells => "can be told from the row that it is merged into",
        DisclosureKind::DifferenceTells => "can be told from the total and the other rows",
        DisclosureKind::AbsentRowTells => "counts nothing, as its absence tells",
        DisclosureKind::TablesTell => "can be told from other figures of the report",
        DisclosureKind::ReportsTell => "can be told from several reports",
        DisclosureKind::RankTells | DisclosureKind::EditionTells => "tells a rank from a count under the threshold",
    }
}
