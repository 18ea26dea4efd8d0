//! What a run decided, before it is worded.

use std::borrow::Cow;

use super::Consolidator;
use super::assemble::{self, distinct_ids};
use super::batch::Batch;
use super::decide::{Judged, Pair};
use super::organizers::OrganizerNames;
use super::prepare::Prepared;
use super::run::{Run, Stage};
use super::{belonging, review, visits, year_on_year};
use crate::error::Result;
use crate::merge;
use crate::model::frontier::TargetOutcome;
use crate::model::item::{Item, Source};
use crate::model::plan::{Action, MergedCounts, PLAN_SCHEMA_VERSION, Plan, ReviewPair, RunContext};
use crate::model::relation::Relation;
use crate::model::rows::{DispositionRow, Rows};
use crate::targets::burden;

/// Who goes with whom in a pool, and what that saves: everything but the wording of the plan.
///
/// A [`Plan`](crate::Plan) names, words and explains every plan item, which takes most of the time and
/// memory of a large run. An outcome holds the decisions, and makes the rows of `dispositions.csv`,
/// `targets.csv` and `review.csv` as they are asked for; they are those of the plan.
///
/// Memory: some 2.8 kB an item while it is made, for a million items of 300 bytes each; two thirds of that after.
#[derive(Debug)]
pub struct Outcome<'a> {
    prepared: Prepared<'a>,
    judged: Judged,
    /// The group of every item.
    group_of: Vec<u32>,
    /// The ids of the plan items, by group.
    plan_ids: Vec<String>,
    /// Relation to the core and match probability of every item that is no core.
    places: Vec<Option<(Relation, u16)>>,
    close: Vec<Pair>,
    front: Plan,
}

impl<'a> Outcome<'a> {
    pub(super) fn new(
        consolidator: &Consolidator,
        mut prepared: Prepared<'a>,
        mut judged: Judged,
        target: Option<TargetOutcome>,
        run: &Run<'_>,
    ) -> Result<Self> {
        let batch = &prepared.batch;
        let total = batch.items.len();
        run.report(Stage::Merge, 0, total)?;
        let groups = &judged.partition.groups;
        let mut group_of = vec![0u32; total];
        let mut planned: Vec<Vec<usize>> = Vec::with_capacity(groups.len());
        for (number, group) in groups.iter().enumerate() {
            let nodes = || std::iter::once(group.core).chain(group.members.iter().copied());
            for node in nodes() {
                group_of[node as usize] = number as u32;
            }
            planned.push(nodes().map(|node| node as usize).collect());
        }
        let plan_ids = plan_ids(batch, &planned, run)?;
        let positions: Vec<u32> = (0..total as u32).collect();
        let places = run.map(&positions, |&own| {
            let group = &groups[group_of[own as usize] as usize];
            (group.core != own).then(|| belonging::place(&judged, group, own))
        })?;
        run.report(Stage::Merge, total / 2, total)?;
        let close = review::close_pairs(consolidator, &judged, &group_of);
        let names = OrganizerNames::new(&prepared);
        let burden = burden(&visits::inputs(&prepared, &names), &planned, prepared.roster.graph());
        drop((names, planned));
        // Only its length counts here: what is new is told in the plan alone.
        let order: Vec<usize> = (0..groups.len()).collect();
        let year_on_year = year_on_year::compare(consolidator, &prepared, &group_of, &plan_ids, &order, run)?;
        let mut merged = MergedCounts::default();
        for &(relation, _) in places.iter().flatten() {
            merged.add(relation);
        }
        let rejected = prepared.unread().count();
        let barred = judged.pairs.iter().filter(|pair| pair.score.relation == Relation::Barred).count();
        let counts =
            assemble::Counts { planned: groups.len(), merged, rejected, review: close.len(), barred };
        let mut diagnostics = prepared.remarks();
        let sizes = groups.iter().map(|group| (&batch.items[group.core as usize], group.size()));
        diagnostics.extend(assemble::over_the_cap(consolidator, sizes));
        let clustering = Some(assemble::clustering(&prepared, &judged.partition));
        let aimed = target.is_some();
        let front = Plan {
            schema_version: PLAN_SCHEMA_VERSION,
            summary: assemble::summary(&prepared, &counts, &burden),
            target,
            items: Vec::new(),
            dispositions: Vec::new(),
            review: Vec::new(),
            barred: Vec::new(),
            targets: Vec::new(),
            burden,
            year_on_year,
            clustering: clustering.filter(|_| !aimed),
            diagnostics,
            submitted: Vec::new(),
            context: RunContext::default(),
        };
        run.report(Stage::Merge, total, total)?;
        // What is written is told by the items, their targets and their features.
        prepared.batch.standards = Vec::new();
        judged.pairs = Vec::new();
        Ok(Self { prepared, judged, group_of, plan_ids, places, close, front })
    }

    /// The plan without its items: counts, visits, year on year, diagnostics. All lists of items, rows
    /// and pairs are empty.
    #[must_use]
    pub fn front(&self) -> &Plan {
        &self.front
    }
}

/// The ids of the plan items with these members.
fn plan_ids(batch: &Batch, planned: &[Vec<usize>], run: &Run<'_>) -> Result<Vec<String>> {
    let hashed = run
        .map(planned, |nodes| merge::plan_item_id(nodes.iter().map(|&node| batch.items[node].id.as_str())))?;
    // Items are sorted by id.
    let first = |nodes: &Vec<usize>| nodes.iter().min().map_or("", |&node| batch.items[node].id.as_str());
    Ok(distinct_ids(
        &hashed.iter().zip(planned).map(|(id, nodes)| (id.as_str(), first(nodes))).collect::<Vec<_>>(),
    ))
}

impl Rows for Outcome<'_> {
    fn dispositions(&self) -> Vec<DispositionRow<'_>> {
        let items = &self.prepared.batch.items;
        let mut rows: Vec<DispositionRow<'_>> = items
            .iter()
            .enumerate()
            .map(|(position, item)| {
                let group = self.group_of[position] as usize;
                let place = self.places[position];
                let core = self.judged.partition.groups[group].core as usize;
                DispositionRow {
                    item_id: &item.id,
                    source: item.source.as_ref(),
                    plan_item: &self.plan_ids[group],
                    action: if place.is_none() { Action::Kept } else { Action::Merged },
                    relation: place.map(|(relation, _)| relation),
                    core_item: place.map(|_| items[core].id.as_str()),
                    probability: place.map(|(_, probability)| probability),
                }
            })
            .collect();
        if !self.prepared.withdrawn.is_empty() {
            let withdrawn = self.prepared.withdrawn.iter();
            rows.extend(withdrawn.map(|item| DispositionRow::withdrawn(&item.id, item.source.as_ref())));
            rows.sort_by(|one, other| one.item_id.cmp(other.item_id));
        }
        let mut unread: Vec<&Source> = self.prepared.unread().collect();
        unread.sort();
        rows.extend(unread.into_iter().map(|source| DispositionRow::rejected(source)));
        rows
    }

    fn target_len(&self) -> usize {
        self.prepared.batch.items.len()
    }

    fn target_item(&self, position: usize) -> &str {
        &self.prepared.batch.items[position].id
    }

    fn target_units(&self, position: usize, visit: &mut dyn FnMut(&str)) {
        let graph = self.prepared.roster.graph();
        for unit in self.prepared.batch.targets[position].units.iter() {
            visit(graph.unit(unit).id());
        }
    }

    fn review_len(&self) -> usize {
        self.close.len()
    }

    fn review_pair(&self, position: usize) -> Cow<'_, ReviewPair> {
        Cow::Owned(review::review_pair(&self.prepared, &self.judged, &self.close[position], &self.group_of))
    }

    fn review_items(&self, position: usize) -> [Option<&Item>; 2] {
        let Pair { a, b, .. } = self.close[position];
        // Items are sorted by id, and so are the sides of evidence.
        [a.min(b), a.max(b)].map(|item| self.prepared.batch.items.get(item.as_usize()))
    }
}
