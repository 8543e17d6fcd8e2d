//! What the figures of one source have to do with each other, the same in every jurisdiction.
//!
//! Records fall into classes ([`classes`](super::classes)). Where rows are the codes of a column, the records of a class are split
//! by it; flags are each at most the records that could have them. Classes that no table with the column tells apart are split
//! together: any counts that add up for them do so for each, so nothing is lost.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use disclosure_audit::Relation;

use crate::report_spec::{
    CodeId, ColumnId, CounterRowId, MapId, PopulationId, Rows, Source, SourceId, Spec, TRUE, TableId, Test, TiSlice,
    TiVec, ids,
};

use super::classes::{Asked, Class, ConditionId, columns_of};
use super::printed::Printed;

/// The records of a source by the jurisdiction in one of its columns.
pub(super) type Group = (SourceId, ColumnId);

/// Returns the group that a population is of.
pub(super) fn group_of(spec: &Spec, population: PopulationId) -> Group {
    let population = &spec.populations[population];
    (population.source, population.jurisdiction)
}

/// A figure of a report, in any jurisdiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Figure {
    /// The total of a population.
    Total(PopulationId),
    /// A counter, by its place in the row.
    Counter(CounterRowId, usize),
    /// The records that a table counts.
    TableTotal(TableId),
    /// An (upper) row of a table.
    Row(TableId, CodeId),
    /// A row below another.
    Child(TableId, CodeId, CodeId),
}

impl Figure {
    /// Returns the table that it stands in.
    pub(super) fn table(self) -> Option<TableId> {
        match self {
            Self::Total(_) | Self::Counter(..) => None,
            Self::TableTotal(table) | Self::Row(table, _) | Self::Child(table, ..) => Some(table),
        }
    }
}

/// A linear fact between the counts of one jurisdiction: the terms compared with 0.
pub(super) struct Local {
    pub terms: Vec<(CountId, i64)>,
    pub relation: Relation,
    /// What it says, for a derivation.
    pub name: String,
}

/// A set of records with its places on maps: those of the counties among them are at most as many.
pub(super) struct Located {
    /// The maps, with whether these records are on it.
    pub maps: Vec<bool>,
    /// The count of the records.
    pub records: CountId,
}

/// The counts of a group, and what holds between them.
pub(super) struct Shape {
    pub group: Group,
    /// What each count is, for a derivation.
    pub counts: TiVec<CountId, String>,
    pub facts: Vec<Local>,
    /// The count of each figure; none where no record can count to it.
    pub figures: BTreeMap<Figure, Option<CountId>>,
    /// Maps whose places stand in one source.
    pub maps: Vec<(Vec<MapId>, Vec<Located>)>,
}

ids! {
    /// A count of a shape, in `Shape::counts`.
    CountId,
}

/// What of a group's records stands in a report.
struct Members {
    totals: Vec<PopulationId>,
    tables: Vec<TableId>,
    counters: Vec<(CounterRowId, usize)>,
    maps: Vec<MapId>,
}

/// Classes whose records are split together, with the count of those that have a value.
type Part = (Vec<usize>, CountId);

struct Builder<'a> {
    spec: &'a Spec,
    source: &'a Source,
    conditions: TiVec<ConditionId, Vec<&'a Test>>,
    apart: BTreeSet<ColumnId>,
    classes: Vec<Class>,
    /// The conditions with which the values of a column are counted.
    split: BTreeMap<ColumnId, BTreeSet<ConditionId>>,
    shape: Shape,
    sums: HashMap<Vec<CountId>, CountId>,
    /// The counts of a column's values: those of some classes, by value.
    values: HashMap<(ColumnId, u32), Vec<Part>>,
}

impl Shape {
    /// Returns the groups whose records are counted in a report.
    pub(super) fn groups(spec: &Spec, printed: &Printed) -> BTreeSet<Group> {
        printed.populations(spec).into_iter().map(|population| group_of(spec, population)).collect()
    }

    /// Makes the shape of a group; nothing where its conditions are too many to be looked at together.
    pub(super) fn of(spec: &Spec, group: Group, printed: &Printed) -> Option<Self> {
        let shape = Self { group, counts: TiVec::new(), facts: Vec::new(), figures: BTreeMap::new(), maps: Vec::new() };
        let mut builder = Builder {
            spec,
            source: &spec.sources[group.0],
            conditions: TiVec::new(),
            apart: BTreeSet::new(),
            classes: Vec::new(),
            split: BTreeMap::new(),
            shape,
            sums: HashMap::new(),
            values: HashMap::new(),
        };
        builder.build(printed)?;
        Some(builder.shape)
    }
}

impl<'a> Builder<'a> {
    fn build(&mut self, printed: &Printed) -> Option<()> {
        let Members { totals, tables, counters, maps } = self.members(printed);
        let totals: Vec<_> = totals.into_iter().map(|id| (id, self.condition(id, None))).collect();
        let counters: Vec<_> = counters
            .into_iter()
            .map(|(row, place)| {
                let counter = &self.spec.counters[row].counters[place];
                ((row, place), self.condition(counter.population, counter.filter.as_ref()))
            })
            .collect();
        let tables: Vec<_> = tables
            .into_iter()
            .map(|id| {
                let table = &self.spec.tables[id];
                (id, self.condition(table.population, table.filter.as_ref()))
            })
            .collect();
        let maps: Vec<_> =
            maps.into_iter().map(|id| (id, self.condition(self.spec.maps[id].population, None))).collect();
        for (id, condition) in &tables {
            self.split_by(&self.spec.tables[*id].rows, *condition);
        }
        self.tell_apart();
        let asked = Asked { spec: self.spec, source: self.source, conditions: &self.conditions, apart: &self.apart };
        self.classes = asked.classes()?;
        for class in 0..self.classes.len() {
            let name = self.class_name(class);
            self.shape.counts.push(name);
        }
        self.splits();
        for (id, condition) in totals {
            self.add(Figure::Total(id), |class| class.meets[condition]);
        }
        for ((row, place), condition) in counters {
            self.add(Figure::Counter(row, place), |class| class.meets[condition]);
        }
        for (id, condition) in tables {
            self.add(Figure::TableTotal(id), |class| class.meets[condition]);
            self.rows(id, condition);
        }
        self.located(&maps);
        Some(())
    }

    /// What of the group's records stands in a report.
    fn members(&self, printed: &Printed) -> Members {
        let spec = self.spec;
        let group = self.shape.group;
        let own = |population: PopulationId| group_of(spec, population) == group;
        let totals = printed.populations(spec).into_iter().filter(|id| own(*id)).collect();
        let tables = printed.tables.iter().copied().filter(|id| own(spec.tables[*id].population)).collect();
        let counters = printed.counters.iter().flat_map(|row| {
            let counters = spec.counters[*row].counters.iter().enumerate();
            counters.filter(|(_, counter)| own(counter.population)).map(|(place, _)| (*row, place))
        });
        let maps = printed.maps.iter().copied().filter(|id| own(spec.maps[*id].population)).collect();
        Members { totals, tables, counters: counters.collect(), maps }
    }

    /// Returns the place of a condition, that of a population and one beside it.
    fn condition(&mut self, population: PopulationId, filter: Option<&'a Test>) -> ConditionId {
        let tests: Vec<&Test> = self.spec.populations[population].filter.iter().chain(filter).collect();
        match self.conditions.position(|other| *other == tests) {
            Some(place) => place,
            None => self.conditions.push_and_get_key(tests),
        }
    }

    fn split_by(&mut self, rows: &Rows, condition: ConditionId) {
        let columns: Vec<ColumnId> = match rows {
            Rows::Codes { column, .. } => vec![*column],
            Rows::Tree { column, child_column, .. } => vec![*column, *child_column],
            Rows::Flags { columns, .. } => columns.iter().copied().collect(),
        };
        for column in columns {
            self.split.entry(column).or_default().insert(condition);
        }
    }

    /// Finds the columns whose values must be told apart: those of conditions that rows count too, and those above others.
    fn tell_apart(&mut self) {
        let mut tested = BTreeSet::new();
        self.conditions.iter().flatten().for_each(|test| columns_of(test, &mut tested));
        let parents = self.split.keys().chain(&tested).filter_map(|column| self.source.columns[*column].parent);
        self.apart = parents.chain(self.split.keys().copied().filter(|column| tested.contains(column))).collect();
    }

    fn class_name(&self, class: usize) -> String {
        let source = &self.source.name;
        let values: Vec<String> =
            self.classes[class].values.iter().map(|(column, value)| self.value_name(*column, *value)).collect();
        if values.is_empty() && self.classes.len() == 1 {
            return source.clone();
        }
        let values = if values.is_empty() { format!("class {}", class + 1) } else { values.join(", ") };
        format!("{source} ({values})")
    }

    fn value_name(&self, column: ColumnId, value: u32) -> String {
        let own = &self.source.columns[column];
        let code =
            own.list.zip(CodeId::of_number(value)).map(|(list, code)| self.spec.lists[list].codes[code].code.as_str());
        let value = match (code, value) {
            (Some(code), _) => code,
            (None, 0) => "empty",
            (None, 1) => "false",
            (None, _) => "true",
        };
        format!("{} {value}", own.name)
    }

    /// Splits the records of classes by the columns that rows count and no condition looks at.
    fn splits(&mut self) {
        for (column, conditions) in self.split.clone() {
            if self.apart.contains(&column) {
                continue;
            }
            for part in self.parts(&conditions, self.source.columns[column].parent) {
                self.split_part(column, part);
            }
        }
    }

    /// Puts together the classes that these conditions, and the values of a column, do not tell apart.
    fn parts(&self, conditions: &BTreeSet<ConditionId>, parent: Option<ColumnId>) -> Vec<Vec<usize>> {
        let mut parts: BTreeMap<(Vec<bool>, Option<u32>), Vec<usize>> = BTreeMap::new();
        for (number, class) in self.classes.iter().enumerate() {
            let meets: Vec<bool> = conditions.iter().map(|condition| class.meets[*condition]).collect();
            if meets.contains(&true) {
                let value = parent.and_then(|parent| class.values.get(&parent).copied());
                parts.entry((meets, value)).or_default().push(number);
            }
        }
        parts.into_values().collect()
    }

    fn split_part(&mut self, column: ColumnId, part: Vec<usize>) {
        let own = &self.source.columns[column];
        let Some(records) = self.sum_of_classes(&part) else { return };
        let Some(list) = own.list else {
            let flag = self.count(format!("{} of {}", own.name, self.shape.counts[records]));
            let name = format!("{} is at most {}", self.shape.counts[flag], self.shape.counts[records]);
            self.shape.facts.push(Local { terms: vec![(flag, 1), (records, -1)], relation: Relation::AtMost, name });
            self.values.entry((column, TRUE)).or_default().push((part, flag));
            return;
        };
        let parent = own.parent.and_then(|parent| self.code_of(parent, &self.classes[part[0]]));
        let mut terms = vec![(records, -1)];
        for (code, about) in self.spec.lists[list].codes.iter_enumerated() {
            if own.parent.is_some() && about.parent.as_deref() != parent {
                continue;
            }
            let value =
                self.count(format!("{} of {}", self.value_name(column, code.number()), self.shape.counts[records]));
            terms.push((value, 1));
            self.values.entry((column, code.number())).or_default().push((part.clone(), value));
        }
        let asked =
            Asked { spec: self.spec, source: self.source, conditions: TiSlice::from_ref(&[]), apart: &self.apart };
        let is_filled = part.iter().all(|class| asked.is_filled(column, &self.classes[*class].values));
        let relation = if is_filled { Relation::Equal } else { Relation::AtMost };
        let name = format!("{} by {}", self.shape.counts[records], own.name);
        self.shape.facts.push(Local { terms, relation, name });
    }

    /// Returns the code that a class has in a column.
    fn code_of(&self, column: ColumnId, class: &Class) -> Option<&'a str> {
        let list = self.source.columns[column].list?;
        let code = CodeId::of_number(*class.values.get(&column)?)?;
        Some(self.spec.lists[list].codes[code].code.as_str())
    }

    fn rows(&mut self, id: TableId, condition: ConditionId) {
        match &self.spec.tables[id].rows {
            Rows::Codes { column, list } => {
                for code in self.spec.lists[*list].codes.keys() {
                    self.add_value(Figure::Row(id, code), condition, *column, code.number());
                }
            }
            Rows::Flags { columns, .. } => {
                for (code, column) in columns.iter_enumerated() {
                    self.add_value(Figure::Row(id, code), condition, *column, TRUE);
                }
            }
            Rows::Tree { column, child_column, children, .. } => {
                for (parent, codes) in children.iter_enumerated() {
                    self.add_value(Figure::Row(id, parent), condition, *column, parent.number());
                    for code in codes {
                        self.add_value(Figure::Child(id, parent, *code), condition, *child_column, code.number());
                    }
                }
            }
        }
    }

    /// Adds the figure of the records that meet a condition and have a value.
    fn add_value(&mut self, figure: Figure, condition: ConditionId, column: ColumnId, value: u32) {
        if self.apart.contains(&column) {
            return self.add(figure, |class| class.meets[condition] && class.values[&column] == value);
        }
        let counts = self.values.get(&(column, value)).into_iter().flatten();
        let own = counts.filter(|(part, _)| self.classes[part[0]].meets[condition]).map(|(_, count)| *count).collect();
        let count = self.sum(own);
        self.shape.figures.insert(figure, count);
    }

    fn add(&mut self, figure: Figure, is_in: impl Fn(&Class) -> bool) {
        let classes: Vec<usize> = (0..self.classes.len()).filter(|class| is_in(&self.classes[*class])).collect();
        let count = self.sum_of_classes(&classes);
        self.shape.figures.insert(figure, count);
    }

    fn count(&mut self, name: String) -> CountId {
        self.shape.counts.push_and_get_key(name)
    }

    /// The counts of classes are the first.
    fn sum_of_classes(&mut self, classes: &[usize]) -> Option<CountId> {
        self.sum(classes.iter().copied().map(CountId::from).collect())
    }

    /// Returns the count that is the sum of others; none for the sum of none.
    fn sum(&mut self, mut parts: Vec<CountId>) -> Option<CountId> {
        parts.sort_unstable();
        match parts.as_slice() {
            [] => return None,
            [single] => return Some(*single),
            _ => {}
        }
        if let Some(count) = self.sums.get(&parts) {
            return Some(*count);
        }
        let name = self.shape.counts[parts[0]].split(" (").next().unwrap_or_default().to_owned();
        let name = format!("{name} ({} parts)", parts.len());
        let count = self.count(name.clone());
        let terms = parts.iter().map(|part| (*part, 1)).chain([(count, -1)]).collect();
        self.shape.facts.push(Local { terms, relation: Relation::Equal, name });
        self.sums.insert(parts, count);
        Some(count)
    }

    /// Finds what is placed on maps together.
    fn located(&mut self, maps: &[(MapId, ConditionId)]) {
        let sources: BTreeSet<SourceId> = maps.iter().map(|(map, _)| self.spec.maps[*map].through).collect();
        for source in sources {
            let own: Vec<(MapId, ConditionId)> =
                maps.iter().copied().filter(|(map, _)| self.spec.maps[*map].through == source).collect();
            let conditions: BTreeSet<ConditionId> = own.iter().map(|(_, condition)| *condition).collect();
            let mut located = Vec::new();
            for part in self.parts(&conditions, None) {
                let maps = own.iter().map(|(_, condition)| self.classes[part[0]].meets[*condition]).collect();
                if let Some(records) = self.sum_of_classes(&part) {
                    located.push(Located { maps, records });
                }
            }
            self.shape.maps.push((own.into_iter().map(|(map, _)| map).collect(), located));
        }
    }
}
