//! From collected rows to a checked [`UnitGraph`].

use std::collections::BTreeMap;

use petgraph::graph::{DiGraph, NodeIndex};

use super::classes::{Classifier, Role};
use super::forms::{FormTable, FormTableBuilder, Span};
use super::graph::{Record, UnitGraph};
use super::numbering::{Numbering, adopt, break_circles, outliers};
use super::rows::{GraphBuilder, RosterRow, diagnostic};
use super::vocabulary::Kept;
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::ids::UnitIdx;
use crate::model::unit::Unit;
use crate::text::fold;

/// Diagnostics beyond which only their number is told.
const MOST_DIAGNOSTICS: usize = 500;

impl UnitGraph {
    /// The graph of these units.
    ///
    /// Rows that contradict each other do not stop it: the second row with an id is left out, a
    /// parent that does not exist is ignored, parents that run in a circle are ignored, and a name
    /// that two units of one place share is left to the context. Each is a [`Diagnostic`] naming the
    /// rows, which count from 2 as below a header. Where one government is the only one without a
    /// parent, all other units without a parent are taken to lie in it.
    ///
    /// # Errors
    /// [`Error::Roster`](crate::Error::Roster) when there are more than 2³² − 1 units or 4 GiB of names.
    pub fn from_units(units: Vec<Unit>, lexicon: &Lexicon) -> Result<(Self, Vec<Diagnostic>)> {
        let mut builder = GraphBuilder::default();
        for (position, unit) in units.into_iter().enumerate() {
            builder.push(&RosterRow {
                row: position as u32 + 2,
                id: &unit.id,
                name: &unit.name,
                kind: &unit.kind,
                aliases: &unit.aliases.iter().map(String::as_str).collect::<Vec<_>>(),
                parents: &unit.parents.iter().map(String::as_str).collect::<Vec<_>>(),
                tags: &unit.tags.iter().map(String::as_str).collect::<Vec<_>>(),
            })?;
        }
        Ok(builder.finish(lexicon, false))
    }
}

impl GraphBuilder {
    /// Checks, numbers and classifies what was collected.
    pub(super) fn finish(mut self, lexicon: &Lexicon, derived: bool) -> (UnitGraph, Vec<Diagnostic>) {
        let ids = std::mem::take(&mut self.ids).build();
        let names = std::mem::take(&mut self.names).build();
        let alive = self.without_duplicates(&ids);
        let mut parents = self.resolved_parents(&ids, &names, &alive);
        break_circles(&self.rows, &mut parents, &mut self.diagnostics);
        let shared = SharedTexts::new(&mut self);
        adopt(&alive, &mut parents, |row| {
            let row = &self.rows[row];
            let kind = &shared.kinds[shared.kind_ranks[row.kind as usize] as usize];
            &**kind == "government" || kind.ends_with("政府") || names.text(row.folded).ends_with("政府")
        });
        let numbering = Numbering::new(&alive, &parents, |row| {
            let row = &self.rows[row];
            (shared.kind_ranks[row.kind as usize], shared.set_ranks[row.tag_set as usize], ids.text(row.id))
        });
        let containment = containment(&numbering, &parents);
        let mut classifier = Classifier::new(lexicon, derived);
        let records = self.records(&numbering, &parents, &shared, &names, &mut classifier);
        let renumber = |row: u32| alive[row as usize].then(|| numbering.unit_of[row as usize]);
        let mut ids = ids.reopen();
        ids.renumber(renumber);
        let mut names = names.reopen();
        names.renumber(renumber);
        let folded: Vec<Span> = numbering.rows.iter().map(|&row| self.rows[row as usize].folded).collect();
        name_by_level(&records, &folded, &classifier, &mut names);
        let graph = UnitGraph {
            root: Numbering::root(&records),
            aliases: self.aliases.into_boxed_slice(),
            outliers: outliers(&records, &containment),
            records: records.into_boxed_slice(),
            names: names.build(),
            ids: ids.build(),
            containment,
            kinds: shared.kinds,
            tags: shared.tags,
            tag_sets: shared.tag_sets,
            classes: classifier.finish(),
            derived,
            kept: Kept::default(),
        };
        let mut diagnostics = self.diagnostics;
        if !derived {
            let row_of = |unit: UnitIdx| self.rows[numbering.rows[unit.as_usize()] as usize].row;
            ambiguous_names(&graph, row_of, &mut diagnostics);
        }
        (graph, limited(diagnostics))
    }

    /// Which rows stay: the first of each id.
    fn without_duplicates(&mut self, ids: &FormTable) -> Vec<bool> {
        let mut alive = vec![true; self.rows.len()];
        for range in ids.shared() {
            let numbers: Vec<u32> = ids.values(range.clone()).collect();
            for &later in &numbers[1..] {
                alive[later as usize] = false;
                let [first, later] = [numbers[0], later].map(|number| self.rows[number as usize].row);
                self.diagnostics.push(diagnostic(
                    Severity::Rejected,
                    "duplicate_unit_id",
                    later,
                    &format!("{} (第{first}行 / row {first})", ids.form(range.start)),
                    "编号不重复",
                    "an id of its own",
                ));
            }
        }
        alive
    }

    /// The rows of every row's parents, by id; some rosters name the parent instead.
    fn resolved_parents(&mut self, ids: &FormTable, names: &FormTable, alive: &[bool]) -> Vec<Vec<u32>> {
        let mut parents: Vec<Vec<u32>> = Vec::with_capacity(self.rows.len());
        for (number, row) in self.rows.iter().enumerate() {
            let (from, to) = row.parents;
            let mut found: Vec<u32> = Vec::new();
            for &span in self.parents[from as usize..to as usize].iter().filter(|_| alive[number]) {
                let reference = names.text(span);
                let parent = ids.exact(reference).next().or_else(|| {
                    let folded = fold(reference);
                    let mut called = names
                        .exact(&folded)
                        .filter(|&other| other as usize != number && alive[other as usize]);
                    called.next().filter(|_| called.next().is_none())
                });
                match parent {
                    Some(parent) if !found.contains(&parent) => found.push(parent),
                    Some(_) => {}
                    None => self.diagnostics.push(diagnostic(
                        Severity::Warning,
                        "unknown_parent",
                        row.row,
                        reference,
                        "名册中已有的上级编号",
                        "the id of a unit of the roster",
                    )),
                }
            }
            parents.push(found);
        }
        parents
    }

    fn records(
        &self,
        numbering: &Numbering,
        parents: &[Vec<u32>],
        shared: &SharedTexts,
        names: &FormTable,
        classifier: &mut Classifier<'_>,
    ) -> Vec<Record> {
        let folded_kinds: Vec<String> = shared.kinds.iter().map(|kind| fold(kind)).collect();
        let folded_tags: Vec<String> = shared.tags.iter().map(|tag| fold(tag)).collect();
        let mut records: Vec<Record> = Vec::with_capacity(numbering.rows.len());
        for (unit, &row) in numbering.rows.iter().enumerate() {
            let from = &self.rows[row as usize];
            let above = parents[row as usize].first().map(|&parent| numbering.unit_of[parent as usize]);
            let kind = shared.kind_ranks[from.kind as usize];
            let tag_set = shared.set_ranks[from.tag_set as usize];
            let tags = &shared.tag_sets[tag_set as usize];
            let tags: Vec<&str> = tags.iter().map(|&tag| folded_tags[tag as usize].as_str()).collect();
            let class = classifier.classify(
                (kind, &folded_kinds[kind as usize]),
                (tag_set, &tags),
                names.text(from.folded),
                above.map(|above| records[above as usize].class),
            );
            let seat =
                above.map_or(unit as u32, |above| match classifier.role_of(records[above as usize].class) {
                    Role::Government | Role::Township => above,
                    _ => records[above as usize].seat,
                });
            records.push(Record {
                id: from.id,
                name: from.name,
                aliases: from.aliases,
                end: numbering.ends[unit],
                parent: above.unwrap_or(unit as u32),
                seat,
                kind,
                tag_set,
                class,
            });
        }
        records
    }
}

/// Kinds, tags and sets of tags in order, with the rank of every number the rows carry.
struct SharedTexts {
    kinds: Box<[Box<str>]>,
    kind_ranks: Vec<u32>,
    tags: Box<[Box<str>]>,
    tag_sets: Box<[Box<[u32]>]>,
    set_ranks: Vec<u32>,
}

impl SharedTexts {
    fn new(builder: &mut GraphBuilder) -> Self {
        let (kinds, kind_ranks) = std::mem::take(&mut builder.kinds).ranked();
        let (tags, tag_ranks) = std::mem::take(&mut builder.tags).ranked();
        let mut ranked: Vec<(Vec<u32>, u32)> = std::mem::take(&mut builder.tag_sets)
            .into_iter()
            .map(|(set, number)| {
                let mut set: Vec<u32> = set.into_iter().map(|tag| tag_ranks[tag as usize]).collect();
                set.sort_unstable();
                (set, number)
            })
            .collect();
        ranked.sort_unstable();
        let mut set_ranks = vec![0; ranked.len()];
        for (rank, (_, number)) in ranked.iter().enumerate() {
            set_ranks[*number as usize] = rank as u32;
        }
        let tag_sets = ranked.into_iter().map(|(set, _)| set.into_boxed_slice()).collect();
        Self { kinds, kind_ranks, tags, tag_sets, set_ranks }
    }
}

fn containment(numbering: &Numbering, parents: &[Vec<u32>]) -> DiGraph<(), ()> {
    let count = numbering.rows.len();
    let mut graph = DiGraph::with_capacity(count, count);
    for _ in 0..count {
        graph.add_node(());
    }
    for (unit, &row) in numbering.rows.iter().enumerate() {
        for &parent in &parents[row as usize] {
            let above = numbering.unit_of[parent as usize] as usize;
            graph.add_edge(NodeIndex::new(above), NodeIndex::new(unit), ());
        }
    }
    graph
}

/// Adds 县人民医院 for 云岭县人民医院, where 云岭县 is the government it lies in.
fn name_by_level(
    records: &[Record],
    folded: &[Span],
    classifier: &Classifier<'_>,
    names: &mut FormTableBuilder,
) {
    // The government every unit lies in, itself included; parents come before children.
    let mut governments: Vec<u32> = Vec::with_capacity(records.len());
    let mut places: BTreeMap<u32, String> = BTreeMap::new();
    let mut short: Vec<(u32, String)> = Vec::new();
    for (unit, record) in records.iter().enumerate() {
        let unit = unit as u32;
        let government = if classifier.role_of(record.class) == Role::Government {
            let name = names.text(folded[unit as usize]);
            let place = name.strip_suffix("人民政府").or_else(|| name.strip_suffix("政府")).unwrap_or(name);
            if place.chars().count() > 2 {
                places.insert(unit, place.to_owned());
            }
            unit
        } else if record.parent == unit {
            u32::MAX
        } else {
            governments[record.parent as usize]
        };
        governments.push(government);
        let Some(place) = places.get(&government) else { continue };
        let name = names.text(folded[unit as usize]);
        if let Some(rest) = name.strip_prefix(place.as_str())
            && let Some(level) = place.chars().last()
            && rest.chars().count() >= 2
        {
            short.push((unit, format!("{level}{rest}")));
            if rest == "人民政府" {
                short.push((unit, format!("{level}政府")));
            }
        }
    }
    for (unit, name) in short {
        // Only a table of 4 GiB is too full, and that many names the rows did not have.
        let _ = names.push(&name, unit);
    }
}

/// Names that two units of one place share: which is meant can only be guessed.
fn ambiguous_names(graph: &UnitGraph, row_of: impl Fn(UnitIdx) -> u32, diagnostics: &mut Vec<Diagnostic>) {
    let mut told = 0;
    for range in graph.names.shared() {
        let mut units: Vec<UnitIdx> = graph.names.values(range.clone()).map(UnitIdx::from).collect();
        units.sort_unstable_by_key(|unit| (graph.records[unit.as_usize()].seat, *unit));
        for pair in units.windows(2) {
            let [one, other] = [pair[0], pair[1]];
            let seats = [one, other].map(|unit| graph.records[unit.as_usize()].seat);
            if seats[0] != seats[1] || one == other {
                continue;
            }
            // Only what the roster writes; short forms are this library's own.
            let form = graph.names.form(range.start);
            let written = |unit: UnitIdx| {
                let view = graph.unit(unit);
                std::iter::once(view.name()).chain(view.aliases()).any(|name| fold(name) == form)
            };
            if !written(one) || !written(other) {
                continue;
            }
            if told < MOST_DIAGNOSTICS {
                diagnostics.push(diagnostic(
                    Severity::Warning,
                    "ambiguous_unit_name",
                    row_of(other),
                    &format!("{} (第{}行 / row {})", graph.names.form(range.start), row_of(one), row_of(one)),
                    "同一地方内不重复的名称",
                    "a name that no other unit of the place has",
                ));
            }
            told += 1;
        }
    }
}

fn limited(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|one, other| {
        (one.source.row, &one.code, &one.found).cmp(&(other.source.row, &other.code, &other.found))
    });
    if diagnostics.len() > MOST_DIAGNOSTICS {
        let more = diagnostics.len() - MOST_DIAGNOSTICS;
        diagnostics.truncate(MOST_DIAGNOSTICS);
        diagnostics.push(diagnostic(
            Severity::Warning,
            "more_diagnostics",
            0,
            &format!("另有 {more} 条 / {more} more"),
            "",
            "",
        ));
    }
    diagnostics
}
