//! A pool in parts, consolidated where no single machine sees the whole.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::assemble;
use super::authority::{self, Roster};
use super::batch::Batch;
use super::decide::{self, compare_all};
use super::organizers::OrganizerNames;
use super::prepare::{self, Prepared};
use super::run::Run;
use super::whole::Whole;
use super::{Consolidator, Input, Ruled, Successions, ruled, successions, visits};
use crate::compare::{Comparer, PoolCounts};
use crate::error::{Error, Result};
use crate::merge;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::evidence::Evidence;
use crate::model::ids::ItemIdx;
use crate::model::item::Item;
use crate::model::plan::{
    ComponentGap, ItemTargets, PLAN_SCHEMA_VERSION, Plan, PlanItem, ReviewPair, Summary,
};
use crate::model::unit_set::UnitSet;
use crate::targets::{BurdenInput, UnitGraph, burden};

/// The plan of a part, with what joining needs beside.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlanPart {
    plan: Plan,
    /// Where each plan item stands in the whole plan: its lead's place in the roster and name.
    standing: Vec<(u32, Option<String>)>,
    /// What each submitted item costs.
    visits: Vec<Cost>,
}

/// All that a plan is joined of.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The plans of all parts.
    pub parts: Vec<PlanPart>,
    /// What may go on with last year's items, of all groups; none without a last year.
    pub last_year: Option<Vec<Successions>>,
    /// What reviewers' decisions are to the pool.
    pub ruled: Ruled,
    /// The text of the lexicon's additions, for the record.
    pub lexicon_extension: Option<String>,
    /// What the readers had to say.
    pub diagnostics: Vec<Diagnostic>,
}

/// A [`BurdenInput`] as it travels.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Cost {
    organizer: String,
    units: Vec<(u32, u32)>,
    visits: u64,
    share: u16,
    months: u16,
}

/// The range of units that an item's planning authority plans for: all of the roster for one that is not known.
///
/// Ranges of two authorities are nested or disjoint; items whose ranges are disjoint never meet.
#[must_use]
pub fn jurisdiction(units: &UnitGraph, item: &Item) -> (u32, u32) {
    authority::jurisdiction(units, authority::authority_of(item, units))
}

impl Consolidator {
    /// The same consolidator for parts of a pool.
    ///
    /// # Errors
    /// [`Error::Policy`] when a target reduction is set: it is reached by the whole pool or not at all.
    pub fn for_parts_of(mut self, whole: Arc<Whole>) -> Result<Self> {
        if let Some(share) = self.policy.target_reduction {
            return Err(Error::Policy {
                field: "target_reduction".to_owned(),
                found: share.to_string(),
                expected: "none for a pool in parts".to_owned(),
            });
        }
        self.whole = Some(whole);
        Ok(self)
    }

    /// Counts the items of a part; of the whole only the year needs to be known.
    ///
    /// # Errors
    /// As [`consolidate`](Self::consolidate).
    pub fn count(&self, items: Vec<Item>, units: &UnitGraph) -> Result<PoolCounts> {
        let run = Run::default().on(&self.workers);
        let prepared = prepare::prepare(self, Input::new(items).with_units(units), &run)?;
        Ok(Comparer::counts(&prepared.batch.subjects(), &self.lexicon))
    }

    /// The pairs of a part that a plan of the whole may depend on: those that merge, are barred, or reach the
    /// review line. Pairs of ids, the lesser first.
    ///
    /// # Errors
    /// As [`consolidate`](Self::consolidate).
    pub fn meetings(&self, items: Vec<Item>, units: &UnitGraph) -> Result<Vec<(String, String)>> {
        let run = Run::default().on(&self.workers);
        let prepared = prepare::prepare(self, Input::new(items).with_units(units), &run)?;
        let comparer = prepared.comparer(self, &run)?;
        let pairs = compare_all(&comparer, &prepared.batch.jurisdictions, comparer.review_threshold(), &run)?;
        let id = |item: ItemIdx| prepared.batch.items[item.as_usize()].id.clone();
        Ok(pairs.into_iter().map(|pair| (id(pair.a), id(pair.b))).collect())
    }

    /// Plans a part which no pair of [`meetings`](Self::meetings) leaves.
    ///
    /// # Errors
    /// As [`consolidate`](Self::consolidate).
    pub fn part(&self, items: Vec<Item>, units: &UnitGraph) -> Result<PlanPart> {
        let mut unlimited = self.clone();
        // Which pairs are worth a reviewer's time is decided among those of all parts.
        unlimited.policy.review_share = f64::INFINITY;
        let run = Run::default().on(&self.workers);
        let ids: BTreeSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
        let decided = self.whole.iter().flat_map(|whole| ruled::among(&whole.decisions, &ids)).collect();
        let input = Input { decisions: decided, ..Input::new(items).with_units(units) };
        let prepared = prepare::prepare(&unlimited, input, &run)?;
        let judged = decide::decide(&unlimited, &prepared, 0, &run)?;
        let plan = assemble::assemble(&unlimited, &prepared, &judged, &run)?;
        let names = OrganizerNames::new(&prepared);
        let standing = plan
            .items
            .iter()
            .filter_map(|item| prepared.position(&item.members[0].item))
            .map(|core| names.rank(core.as_usize()))
            .map(|(rank, name)| (rank, name.map(str::to_owned)))
            .collect();
        let visits = visits::inputs(&prepared, &names).iter().map(Cost::from).collect();
        Ok(PlanPart { plan, standing, visits })
    }

    /// The plan of a pool from those of its parts, in any order.
    ///
    /// # Errors
    /// [`Error::DuplicateId`] when two parts hold one id.
    pub fn join(&self, gathered: Gathered, units: &UnitGraph) -> Result<Plan> {
        let mut pieces = Pieces::default();
        for part in gathered.parts {
            pieces.add(part);
        }
        pieces.sort();
        let submitted: Vec<Item> = pieces.submitted.iter().map(|(item, _)| item.clone()).collect();
        if let Some(pair) = submitted.windows(2).find(|pair| pair[0].id == pair[1].id) {
            let [first, second] = [&pair[0], &pair[1]].map(|item| item.name.clone());
            return Err(Error::DuplicateId { id: pair[0].id.clone(), first, second });
        }
        let items = pieces.numbered();
        let mut diagnostics = gathered.diagnostics;
        diagnostics.append(&mut pieces.rejected);
        diagnostics.extend(gathered.ruled.remarks);
        let mut prepared = Prepared {
            batch: Batch { items: submitted, ..Batch::default() },
            last_year: None,
            roster: Roster::Given(units),
            plan_year: self.whole.as_ref().and_then(|whole| whole.plan_year),
            decisions: Vec::new(),
            withdrawn: gathered.ruled.withdrawn,
            diagnostics,
            lexicon_extension: gathered.lexicon_extension,
        };
        let mut year_on_year = None;
        if let Some(groups) = gathered.last_year {
            let (told, items) = successions::joined(groups, &prepared, &items)?;
            year_on_year = Some(told);
            prepared.last_year = Some(Batch { items, ..Batch::default() });
        }
        let mut sizes: Vec<(usize, &Item, usize)> = Vec::new();
        let planned: Vec<Vec<usize>> = items
            .iter()
            .map(|item| {
                let members = item.members.iter();
                let mut planned: Vec<usize> =
                    members.filter_map(|one| Some(prepared.position(&one.item)?.as_usize())).collect();
                if let (Some(&core), Some(&first)) = (planned.first(), planned.iter().min()) {
                    sizes.push((first, &prepared.batch.items[core], planned.len()));
                }
                // The plan words its members in another order than that in which they pay.
                if let [_, rest @ ..] = &mut planned[..] {
                    rest.sort_unstable();
                }
                planned
            })
            .collect();
        // Where groups stand by their first items.
        sizes.sort_unstable_by_key(|&(first, ..)| first);
        let sizes = sizes.into_iter().map(|(_, core, size)| (core, size));
        let over_the_cap = assemble::over_the_cap(self, sizes);
        let costs: Vec<(Cost, UnitSet)> = pieces
            .submitted
            .into_iter()
            .map(|(_, cost)| {
                let units = UnitSet::from_ranges(cost.units.iter().copied());
                (cost, units)
            })
            .collect();
        let visits: Vec<BurdenInput<'_>> = costs.iter().map(|(cost, units)| cost.input(units)).collect();
        let mut plan = Plan {
            schema_version: PLAN_SCHEMA_VERSION,
            summary: Summary::default(),
            target: None,
            dispositions: assemble::dispositions(&prepared, &items),
            review: pieces.review,
            barred: pieces.barred,
            targets: pieces.targets,
            burden: burden(&visits, &planned, units),
            clustering: Some(assemble::clustering_of(pieces.components)),
            year_on_year,
            diagnostics: [prepared.remarks(), over_the_cap].concat(),
            submitted: prepared.submitted(),
            context: assemble::context_of(self, &prepared),
            items,
        };
        let most = (prepared.batch.items.len() as f64 * self.policy.review_share) as usize;
        plan.review.truncate(most);
        plan.summary = assemble::summary(&prepared, &assemble::Counts::of(&plan), &plan.burden);
        Ok(plan)
    }
}

/// What parts bring, before it is in the order of the whole.
#[derive(Default)]
struct Pieces {
    items: Vec<((u32, Option<String>), PlanItem)>,
    submitted: Vec<(Item, Cost)>,
    review: Vec<ReviewPair>,
    barred: Vec<Evidence>,
    targets: Vec<ItemTargets>,
    components: Vec<ComponentGap>,
    /// Remarks on items without a name.
    rejected: Vec<Diagnostic>,
}

impl Pieces {
    fn add(&mut self, part: PlanPart) {
        let plan = part.plan;
        self.items.extend(part.standing.into_iter().zip(plan.items));
        self.submitted.extend(plan.submitted.into_iter().zip(part.visits));
        self.review.extend(plan.review);
        self.barred.extend(plan.barred);
        self.targets.extend(plan.targets);
        let rejected = |remark: &Diagnostic| remark.severity == Severity::Rejected;
        self.rejected.extend(plan.diagnostics.into_iter().filter(rejected));
        self.components.extend(plan.clustering.into_iter().flat_map(|clustering| clustering.components));
    }

    /// Puts everything in the order that one run gives it. Positions of items are in the order of ids.
    fn sort(&mut self) {
        self.items.sort_by(|(one, item), (other, next)| {
            (one, &item.members[0].item).cmp(&(other, &next.members[0].item))
        });
        self.submitted.sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
        self.targets.sort_by(|one, other| one.item_id.cmp(&other.item_id));
        self.rejected.sort_by(|one, other| one.found.cmp(&other.found));
        self.components.sort_by(|one, other| one.first.cmp(&other.first));
        self.barred.sort_by(|one, other| {
            (Reverse(one.total), &one.a, &one.b).cmp(&(Reverse(other.total), &other.a, &other.b))
        });
        let sizes: BTreeMap<&str, usize> = self
            .items
            .iter()
            .flat_map(|(_, item)| {
                item.members.iter().map(|member| (member.item.as_str(), item.members.len()))
            })
            .collect();
        self.review.sort_by_cached_key(|pair| {
            let Evidence { a, b, probability, .. } = &pair.evidence;
            let size = |item: &str| sizes.get(item).copied().unwrap_or(1);
            super::review::usefulness(*probability, pair.merged, [size(a), size(b)], (a.clone(), b.clone()))
        });
    }

    /// The plan's items with their numbers, ids and distinct names.
    fn numbered(&mut self) -> Vec<PlanItem> {
        let mut items: Vec<PlanItem> =
            std::mem::take(&mut self.items).into_iter().map(|(_, item)| item).collect();
        // A part told equal ids apart among its own.
        let hashed: Vec<(String, String)> = items
            .iter()
            .map(|item| {
                let members = || item.members.iter().map(|member| member.item.as_str());
                (merge::plan_item_id(members()), members().min().unwrap_or_default().to_owned())
            })
            .collect();
        let hashed: Vec<(&str, &str)> =
            hashed.iter().map(|(id, first)| (id.as_str(), first.as_str())).collect();
        for ((item, id), number) in items.iter_mut().zip(assemble::distinct_ids(&hashed)).zip(1..) {
            item.id = id;
            item.number = number;
        }
        merge::tell_apart(&mut items);
        items
    }
}

impl From<&BurdenInput<'_>> for Cost {
    fn from(input: &BurdenInput<'_>) -> Self {
        let &BurdenInput { organizer, units, visits, share, months } = input;
        Self { organizer: organizer.to_owned(), units: units.ranges().to_vec(), visits, share, months }
    }
}

impl Cost {
    fn input<'a>(&'a self, units: &'a UnitSet) -> BurdenInput<'a> {
        let Self { organizer, visits, share, months, .. } = self;
        BurdenInput { organizer, units, visits: *visits, share: *share, months: *months }
    }
}
