//! The state of a consolidated pool, and what one more or one less item changes in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::groups::Groups;
use super::near::seat;
use super::reader::{Read, Reader};
use super::{Change, LiveGroup, LiveMember};
use crate::compare::{Bounds, Comparer, LiveComparer, Subject};
use crate::error::Result;
use crate::merge;
use crate::model::ids::ItemIdx;
use crate::model::item::Item;
use crate::model::plan::Plan;
use crate::pipeline::assemble::assemble;
use crate::pipeline::decide::{
    self, Judged, MOST_PARTNERS, Nodes, Pair, Wanted, Weighed, core_rank, join, partition,
};
use crate::pipeline::prepare::{Prepared, prepare};
use crate::pipeline::rulings::Rulings;
use crate::pipeline::run::Run;
use crate::pipeline::{Consolidator, Input};
use crate::standardise::{year_of_votes, years_named};
use crate::targets::UnitGraph;

/// A consolidated pool. Items are numbered in the order they came and keep their numbers.
#[derive(Debug)]
pub(super) struct Standing<'a> {
    consolidator: &'a Consolidator,
    pub(super) prepared: Prepared<'a>,
    reader: Reader<'a>,
    pub(super) comparer: LiveComparer,
    pub(super) bounds: Bounds,
    /// How many items name each year.
    votes: BTreeMap<i32, usize>,
    /// The items that are there, by id.
    order: Vec<u32>,
    /// The same by jurisdiction.
    pub(super) seats: BTreeMap<(u32, u32), Vec<u32>>,
    /// By item: the items with which its total reaches the review line. The lesser id is the first of a score.
    pub(super) near: Vec<Vec<(u32, Weighed)>>,
    groups: Groups,
    /// Whether so many items are alike that not every pair of them would be remembered.
    crowded: bool,
}

impl<'a> Standing<'a> {
    /// Consolidates a pool with a roster, without reviewers' decisions.
    ///
    /// `None` where a run leaves out pairs: of rows with many copies, of a crowded pool, and of items that an earlier plan
    /// put together or kept apart.
    pub(super) fn new(
        consolidator: &'a Consolidator,
        units: &'a UnitGraph,
        input: Input<'a>,
        run: &Run<'_>,
    ) -> Result<Option<Self>> {
        let prepared = prepare(consolidator, input.with_units(units), run)?;
        let batch = &prepared.batch;
        if batch.items.iter().any(|item| item.plan.is_some()) {
            return Ok(None);
        }
        let lexicon = &consolidator.lexicon;
        let comparer =
            LiveComparer::new(&batch.subjects(), Arc::clone(lexicon), &consolidator.policy, run.stop());
        run.check()?;
        if has_many_copies(comparer.comparer()) {
            return Ok(None);
        }
        let floor = comparer.comparer().review_threshold();
        let count = batch.items.len();
        let order: Vec<u32> = (0..count as u32).collect();
        let (mut pairs, most) = (Vec::new(), MOST_NEAR * count.max(FEW));
        let keep = |found: Vec<Pair>| {
            // A pool that is too crowded is not kept, and need not be held.
            if pairs.len() <= most {
                pairs.extend(found);
            }
        };
        join(&order, comparer.comparer(), &batch.jurisdictions, &Wanted::all(floor), run, keep)?;
        if pairs.len() > most {
            return Ok(None);
        }
        let mut near = vec![Vec::new(); count];
        for pair in &pairs {
            near[pair.a.as_usize()].push((pair.b.as_u32(), pair.score));
            near[pair.b.as_usize()].push((pair.a.as_u32(), pair.score));
        }
        let copied = |item: u32| comparer.copies(ItemIdx::from(item)) > 1;
        let cut = |own: &[(u32, Weighed)]| own.len() > MOST_PARTNERS;
        let about = |item: u32| near[item as usize].iter().any(|&(other, _)| copied(other)) || copied(item);
        if order.iter().any(|&item| cut(&near[item as usize]) && about(item)) {
            return Ok(None);
        }
        let mut seats: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
        let mut votes = BTreeMap::new();
        for (number, item) in (0u32..).zip(&batch.items) {
            seats.entry(seat(batch.jurisdictions[number as usize])).or_default().push(number);
            years_named(item).for_each(|year| *votes.entry(year).or_default() += 1);
        }
        let mut standing = Self {
            consolidator,
            reader: Reader::new(units, lexicon, prepared.plan_year),
            bounds: comparer.comparer().bounds(floor),
            groups: Groups::new(count),
            comparer,
            votes,
            order,
            seats,
            near,
            prepared,
            crowded: false,
        };
        let all = standing.order.clone();
        standing.cluster(&all, run)?;
        Ok(Some(standing))
    }

    /// The items that are there, by id.
    pub(super) fn items(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.order.iter().map(|&number| self.item(number))
    }

    pub(super) fn item(&self, number: u32) -> &Item {
        &self.prepared.batch.items[number as usize]
    }

    /// The item with an id.
    pub(super) fn position(&self, id: &str) -> Option<u32> {
        self.place_of(id).map(|place| self.order[place])
    }

    /// Where the item with an id stands in the order.
    fn place_of(&self, id: &str) -> Option<usize> {
        self.order.binary_search_by(|&number| self.item(number).id.as_str().cmp(id)).ok()
    }

    /// Takes in an item whose id is new. `None`, and nothing has changed, where everything has to be read again.
    pub(super) fn add(&mut self, item: &Item) -> Result<Option<Change>> {
        // What left takes room until everything is read again.
        let worn = self.near.len() > 2 * self.order.len() + FEW;
        let mut votes = self.votes.clone();
        years_named(item).for_each(|year| *votes.entry(year).or_default() += 1);
        if worn || item.plan.is_some() || self.plan_year_of(&votes) != self.prepared.plan_year {
            return Ok(None);
        }
        let Read { standard, visit, organizer, co_organizers, jurisdiction } = self.reader.read(item);
        let subject = Subject {
            item,
            standard: &standard,
            targets: &visit,
            organizer: organizer.as_ref(),
            co_organizers: &co_organizers,
            reach: visit.reach(),
            visits_sites: visit.visits_sites(),
            jurisdiction,
        };
        let batch = &mut self.prepared.batch;
        let (items, standards) = (&batch.items, &batch.standards);
        let known = |number: ItemIdx| (&items[number.as_usize()], &standards[number.as_usize()]);
        let Some(touched) = self.comparer.add(&subject, known) else { return Ok(None) };
        let number = items.len() as u32;
        let place = self.order.partition_point(|&other| items[other as usize].id < item.id);
        batch.items.push(item.clone());
        batch.standards.push(standard);
        batch.targets.push(visit);
        batch.organizers.push(organizer);
        batch.co_organizers.push(co_organizers);
        batch.jurisdictions.push(jurisdiction);
        self.votes = votes;
        self.order.insert(place, number);
        self.seats.entry(seat(jurisdiction)).or_default().push(number);
        self.near.push(Vec::new());
        self.groups.add_alone(number);
        let mut change = self.follow(&touched, Turn::Came(number))?;
        change.id.clone_from(&item.id);
        Ok(Some(change))
    }

    /// Lets an item go. `None`, and nothing has changed, where everything has to be read again.
    pub(super) fn remove(&mut self, number: u32) -> Result<Option<Change>> {
        let mut votes = self.votes.clone();
        years_named(self.item(number)).for_each(|year| *votes.entry(year).or_default() -= 1);
        votes.retain(|_, votes| *votes > 0);
        if self.plan_year_of(&votes) != self.prepared.plan_year {
            return Ok(None);
        }
        let (items, standards) = (&self.prepared.batch.items, &self.prepared.batch.standards);
        let known = |number: ItemIdx| (&items[number.as_usize()], &standards[number.as_usize()]);
        let Some(touched) = self.comparer.remove(ItemIdx::from(number), known) else { return Ok(None) };
        self.votes = votes;
        if let Some(place) = self.place_of(&self.item(number).id) {
            self.order.remove(place);
        }
        let jurisdiction = self.prepared.batch.jurisdictions[number as usize];
        if let Some(seated) = self.seats.get_mut(&seat(jurisdiction)) {
            seated.retain(|&other| other != number);
        }
        let mut change = self.follow(&touched, Turn::Went(number))?;
        change.id.clone_from(&self.item(number).id);
        Ok(Some(change))
    }

    fn plan_year_of(&self, votes: &BTreeMap<i32, usize>) -> Option<i32> {
        let year_of = || year_of_votes(votes.iter().map(|(&year, &votes)| (year, votes)));
        self.consolidator.policy.plan_year.or_else(year_of)
    }

    /// Compares and clusters anew what hangs on the touched items and on the one that came or went.
    fn follow(&mut self, touched: &[ItemIdx], turn: Turn) -> Result<Change> {
        let touched: Vec<u32> = touched.iter().map(|item| item.as_u32()).collect();
        let gone = match turn {
            Turn::Came(_) => None,
            Turn::Went(item) => Some(item),
        };
        let changing: Vec<u32> = touched.iter().copied().chain(gone).collect();
        let mut cut = self.cut_among(&changing);
        let mut affected: BTreeSet<u32> = BTreeSet::new();
        for &item in &changing {
            affected.extend(self.part(item));
        }
        for pair in self.pairs_of(&touched) {
            self.near[pair.a.as_usize()].push((pair.b.as_u32(), pair.score));
            self.near[pair.b.as_usize()].push((pair.a.as_u32(), pair.score));
        }
        cut.extend(self.cut_among(&touched));
        let copies = |item: u32| self.comparer.copies(ItemIdx::from(item));
        self.crowded |= matches!(turn, Turn::Came(item) if copies(item) > FEW_COPIES)
            || cut.iter().any(|&item| self.neighbours(&[item]).any(|one| copies(one) > 1));
        affected.extend(cut);
        let affected = self.components(affected.into_iter().chain(touched));
        let mut before = self.plan_items(&affected);
        match turn {
            // It was in no group before.
            Turn::Came(item) => before.retain(|_, core| *core != item),
            Turn::Went(item) => self.groups.set_alone(item),
        }
        let affected: Vec<u32> = affected.into_iter().filter(|&item| Some(item) != gone).collect();
        self.cluster(&affected, &Run::default())?;
        let mut after = self.plan_items(&affected);
        before.retain(|id, core| {
            let same = after.get(id) == Some(core);
            if same {
                after.remove(id);
            }
            !same
        });
        let mut formed: Vec<LiveGroup> = after.into_values().map(|core| self.group_of(core)).collect();
        formed.sort_by(|one, other| one.core.cmp(&other.core));
        Ok(Change { formed, dissolved: before.into_keys().collect(), ..Change::default() })
    }

    /// The plan items that some items are in, each with its core.
    fn plan_items(&self, items: &[u32]) -> BTreeMap<String, u32> {
        let cores: BTreeSet<u32> = items.iter().map(|&item| self.groups.group(item).0).collect();
        let id = |core: u32| {
            let nodes = std::iter::once(&core).chain(self.groups.group(core).1);
            merge::plan_item_id(nodes.map(|&item| self.item(item).id.as_str()))
        };
        cores.into_iter().map(|core| (id(core), core)).collect()
    }

    /// The group that an item is in.
    pub(super) fn group_of(&self, item: u32) -> LiveGroup {
        let (core, members) = self.groups.group(item);
        let id = |item: u32| self.item(item).id.clone();
        let member = |&own: &u32| {
            let place = self.place(core, own);
            LiveMember { id: id(own), relation: place.leaning, probability: place.probability() }
        };
        let nodes = std::iter::once(&core).chain(members);
        LiveGroup {
            plan_item: merge::plan_item_id(nodes.map(|&item| self.item(item).id.as_str())),
            core: id(core),
            members: members.iter().map(member).collect(),
        }
    }

    /// All groups, by core.
    pub(super) fn all_groups(&self) -> Vec<LiveGroup> {
        let cores = self.order.iter().filter(|&&item| self.groups.group(item).0 == item);
        cores.map(|&core| self.group_of(core)).collect()
    }

    /// Number of groups.
    pub(super) fn planned(&self) -> usize {
        self.order.iter().filter(|&&item| self.groups.group(item).0 == item).count()
    }

    /// Whether so many items are alike that the pool has to be read again.
    pub(super) fn is_crowded(&self) -> bool {
        self.crowded
    }

    /// Clusters whole components, given by id.
    fn cluster(&mut self, items: &[u32], run: &Run<'_>) -> Result<()> {
        if items
            .iter()
            .all(|&item| !self.near[item as usize].iter().any(|(_, score)| score.relation.merges()))
        {
            for &item in items {
                self.groups.set_alone(item);
            }
            return Ok(());
        }
        let pairs = self.pairs_among(items);
        let nodes = Within { prepared: &self.prepared, items };
        let clusterer = decide::clusterer(self.consolidator, run);
        let rulings = Rulings::none(items.len());
        let policy = &self.consolidator.policy;
        let partition = self
            .comparer
            .among(items, |comparer| partition(policy, &nodes, comparer, &pairs, &rulings, &clusterer, run));
        self.groups.replace(partition?, items);
        Ok(())
    }

    /// How a member compares with its core.
    fn place(&self, core: u32, member: u32) -> Weighed {
        let (a, b) = if self.item(core).id <= self.item(member).id { (core, member) } else { (member, core) };
        self.comparer.comparer().score(ItemIdx::from(a), ItemIdx::from(b)).into()
    }

    /// The plan, that of a run on the items that are there. Complexity: linear in the pool.
    pub(super) fn plan(&mut self) -> Result<Plan> {
        let run = Run::default();
        let run = &run.on(&self.consolidator.workers);
        let order = self.order.clone();
        let pairs = self.pairs_among(&order);
        let partition = self.groups.partition(&order);
        let judged = Judged {
            comparer: self.comparer.lend(order.clone()),
            pairs,
            partition,
            rulings: Rulings::none(order.len()),
        };
        let sorted = self.prepared.batch.lend(&order);
        let scattered = std::mem::replace(&mut self.prepared.batch, sorted);
        let plan = assemble(self.consolidator, &self.prepared, &judged, run);
        let sorted = std::mem::replace(&mut self.prepared.batch, scattered);
        self.prepared.batch.give_back(sorted, &order);
        self.comparer.give_back(judged.comparer);
        plan
    }
}

/// Most pairs an item, on the average, of a pool whose changes are followed; a pool of any kind has one or two.
const MOST_NEAR: usize = 64;

/// Items of a pool in which that average is not looked at.
const FEW: usize = 1000;

/// Copies of one row from which a run may leave out pairs of them.
const FEW_COPIES: usize = 8;

/// Whether so many rows are copies that a run may leave out pairs of them.
fn has_many_copies(comparer: &Comparer) -> bool {
    let mut copies: FxHashMap<ItemIdx, usize> = FxHashMap::default();
    (0..comparer.len()).any(|item| {
        let count = copies.entry(comparer.first_copy(ItemIdx::new(item))).or_default();
        *count += 1;
        *count > FEW_COPIES
    })
}

/// What happened to an item.
#[derive(Clone, Copy)]
enum Turn {
    Came(u32),
    Went(u32),
}

/// Some items of a pool, by id, that go by their positions.
struct Within<'s, 'a> {
    prepared: &'s Prepared<'a>,
    items: &'s [u32],
}

impl Nodes for Within<'_, '_> {
    fn id(&self, node: u32) -> &str {
        self.prepared.id(self.items[node as usize])
    }

    fn core_rank(&self, node: u32) -> i64 {
        core_rank(self.prepared, self.items[node as usize])
    }
}
