//! What each part of a spec reads: its populations, their sources and columns, and its code lists.
//!
//! A manifest names the values of a spec by their digests. A value that names a population, a source or a column is known by the
//! digest of that name, so that what a table reads is known without the spec itself. Where a manifest names no values, a part
//! may read anything.

use std::collections::{BTreeMap, BTreeSet};

use crate::release::{InputKind, Manifest, Value};

/// A part of a report whose figures have a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Part<'a> {
    /// A table, by its name.
    Table(&'a str),
    /// The counters.
    Counters,
    /// The maps.
    Maps,
    /// Anything else: words may print any figure.
    #[default]
    Other,
}

/// What a part reads.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scope {
    pub populations: BTreeSet<String>,
    pub sources: BTreeSet<String>,
    /// Columns by their sources.
    pub columns: BTreeSet<(String, String)>,
    pub lists: BTreeSet<String>,
}

/// What the parts of two editions read.
#[derive(Debug, Default)]
pub(crate) struct Reads {
    tables: BTreeMap<String, Scope>,
    counters: Option<Scope>,
    maps: Option<Scope>,
    /// Names of all sources.
    sources: BTreeSet<String>,
}

impl Reads {
    /// Finds what the parts of two editions read: of each part, what either edition does.
    pub(crate) fn of(manifests: [&Manifest; 2]) -> Self {
        let mut reads = Self::default();
        for manifest in manifests {
            let spec = SpecValues::of(manifest);
            for name in spec.names("/tables/") {
                let scope = spec.scope(&format!("/tables/{name}/"));
                reads.tables.entry(name).or_default().join(scope);
            }
            for (prefix, scope) in [("/counters/", &mut reads.counters), ("/maps/", &mut reads.maps)] {
                if !spec.names(prefix).is_empty() {
                    scope.get_or_insert_default().join(spec.scope(prefix));
                }
            }
            reads.sources.extend(spec.names("/sources/"));
        }
        reads
    }

    /// Returns what a part reads; nothing where nobody knows.
    pub(super) fn scope(&self, part: Part<'_>) -> Option<&Scope> {
        let scope = match part {
            Part::Table(name) => self.tables.get(name),
            Part::Counters => self.counters.as_ref(),
            Part::Maps => self.maps.as_ref(),
            Part::Other => None,
        };
        // A part without a source is one that this program does not know how to read.
        scope.filter(|scope| !scope.sources.is_empty())
    }

    /// Tells whether a file of case data is of one of these sources. It is named for its source, or stands in a folder that is;
    /// another file may be of any.
    pub(super) fn is_file_of(&self, path: &str, sources: &BTreeSet<String>) -> bool {
        let stem = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
        let named = path.rsplit('/').map(stem).find(|name| self.sources.contains(name));
        named.is_none_or(|name| sources.contains(&name))
    }
}

impl Scope {
    fn join(&mut self, other: Self) {
        self.populations.extend(other.populations);
        self.sources.extend(other.sources);
        self.columns.extend(other.columns);
        self.lists.extend(other.lists);
    }
}

/// The values of a spec, each by its digest; what a spec says itself goes before what it extends.
struct SpecValues {
    values: BTreeMap<String, String>,
}

impl SpecValues {
    fn of(manifest: &Manifest) -> Self {
        let mut values = BTreeMap::new();
        for input in manifest.inputs.iter().filter(|input| input.kind == InputKind::Spec) {
            for value in &input.values {
                values.entry(value.pointer.to_string()).or_insert_with(|| value.digest());
            }
        }
        Self { values }
    }

    /// Pointers below one, with the digests of their values.
    fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let from = self.values.range(prefix.to_owned()..);
        from.take_while(move |(pointer, _)| pointer.starts_with(prefix))
            .map(|(pointer, digest)| (&pointer[prefix.len()..], digest.as_str()))
    }

    /// Names of what stands below a pointer.
    fn names(&self, prefix: &str) -> BTreeSet<String> {
        self.below(prefix).filter_map(|(rest, _)| rest.split('/').next()).map(str::to_owned).collect()
    }

    /// Names below a pointer that one of these values says.
    fn said(&self, prefix: &str, digests: &BTreeSet<&str>) -> BTreeSet<String> {
        let is_said = |name: &String| Value::digests_of(name).iter().any(|digest| digests.contains(digest.as_str()));
        self.names(prefix).into_iter().filter(is_said).collect()
    }

    /// Digests of the values below a pointer whose last key is one of these.
    fn of_keys<'a>(&'a self, prefix: &'a str, keys: &[&str]) -> BTreeSet<&'a str> {
        let is_wanted = |rest: &str| {
            rest.rsplit('/').find(|key| key.parse::<usize>().is_err()).is_some_and(|key| keys.contains(&key))
        };
        self.below(prefix).filter(|(rest, _)| is_wanted(rest)).map(|(_, digest)| digest).collect()
    }

    fn scope(&self, part: &str) -> Scope {
        let populations = self.said("/populations/", &self.of_keys(part, &["of", "percent_of"]));
        let mut sources = self.said("/sources/", &self.of_keys(part, &["through", "source"]));
        let mut said: BTreeSet<&str> = self.below(part).map(|(_, digest)| digest).collect();
        let prefixes: Vec<String> = populations.iter().map(|name| format!("/populations/{name}/")).collect();
        for prefix in &prefixes {
            sources.extend(self.said("/sources/", &self.of_keys(prefix, &["source"])));
            said.extend(self.below(prefix).map(|(_, digest)| digest));
        }
        let lists = self.said("/code_lists/", &self.of_keys(part, &["codes", "then", "flags"]));
        let columns = sources.iter().flat_map(|source| self.columns(source, &said, &lists)).collect();
        Scope { populations, sources, columns, lists }
    }

    /// Columns of a source that are named, or hold codes of these lists, or are codes of theirs.
    fn columns(&self, source: &str, said: &BTreeSet<&str>, lists: &BTreeSet<String>) -> Vec<(String, String)> {
        let prefix = format!("/sources/{source}/columns/");
        let code_prefixes: Vec<String> = lists.iter().map(|list| format!("/code_lists/{list}/")).collect();
        let codes: BTreeSet<&str> = code_prefixes.iter().flat_map(|prefix| self.of_keys(prefix, &["code"])).collect();
        let lists: BTreeSet<String> = lists.iter().flat_map(|list| Value::digests_of(list)).collect();
        let reads = |column: &String| {
            let own = format!("{prefix}{column}/");
            let is_said = Value::digests_of(column)
                .iter()
                .any(|digest| said.contains(digest.as_str()) || codes.contains(digest.as_str()));
            // What identifies and places a record counts in every figure of it.
            let joins = ["id", "reference", "county", "longitude", "latitude", "date"];
            let joins: BTreeSet<String> = joins.iter().flat_map(|kind| Value::digests_of(kind)).collect();
            let is_of = |key: &str, wanted: &BTreeSet<String>| {
                self.of_keys(&own, &[key]).iter().any(|digest| wanted.contains(*digest))
            };
            is_said || is_of("list", &lists) || is_of("type", &joins)
        };
        self.names(&prefix).into_iter().filter(reads).map(|column| (source.to_owned(), column)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Digest;

    fn spec(text: &str) -> SpecValues {
        let values = text.lines().map(|line| {
            let (pointer, value) = line.trim().split_once(' ').unwrap();
            (pointer.to_owned(), Digest::of(value.as_bytes()).short(8))
        });
        SpecValues { values: values.collect() }
    }

    #[test]
    fn a_table_reads_the_source_of_its_population_and_the_columns_that_it_names() {
        let spec = spec(
            "/sources/cases/columns/case_id/type id
             /sources/cases/columns/state/type jurisdiction
             /sources/cases/columns/reason/list reason
             /sources/cases/columns/venue/list venue
             /sources/cases/columns/adults/type boolean
             /sources/case_locations/columns/case_id/type reference
             /sources/signals/columns/state/type jurisdiction
             /populations/cases/source cases
             /populations/cases/jurisdiction state
             /populations/calls/source signals
             /code_lists/reason/0/code tip
             /code_lists/venue/0/code hotel
             /code_lists/demographic/0/code adults
             /tables/reason/of cases
             /tables/reason/rows/codes reason
             /tables/people/of cases
             /tables/people/rows/flags demographic
             /maps/locations/of cases
             /maps/locations/through case_locations",
        );
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let columns = |scope: &Scope| scope.columns.iter().map(|(_, column)| column.clone()).collect::<BTreeSet<_>>();
        let reason = spec.scope("/tables/reason/");
        assert_eq!((&reason.populations, &reason.sources), (&names(&["cases"]), &names(&["cases"])));
        assert_eq!((&reason.lists, columns(&reason)), (&names(&["reason"]), names(&["case_id", "reason", "state"])));
        let people = spec.scope("/tables/people/");
        assert_eq!(columns(&people), names(&["adults", "case_id", "state"]));
        assert_eq!(spec.scope("/maps/").sources, names(&["case_locations", "cases"]));
    }

    #[test]
    fn a_file_is_of_the_source_that_it_is_named_for_and_another_may_be_of_any() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let reads = Reads { sources: names(&["cases", "case_locations"]), ..Reads::default() };
        let of_cases = |path| reads.is_file_of(path, &names(&["cases"]));
        assert!(of_cases("data/2016/cases.csv") && of_cases("data/cases/part-0.parquet") && of_cases("data/x.csv"));
        assert!(!of_cases("data/2016/case_locations.csv.gz"));
    }
}
