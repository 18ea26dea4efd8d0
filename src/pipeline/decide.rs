//! Which pairs merge, which are barred, which a reviewer should see; and the groups.

use std::collections::BTreeMap;

use super::Consolidator;
use super::copies::Copies;
use super::prepare::Prepared;
use super::rulings::Rulings;
use super::run::{Run, Stage};
use crate::candidates::{self, Clues, Facts};
use crate::cluster::{Clusterer, Constrained, Constraints, Link, Partition};
use crate::compare::{Ceiling, Comparer, Score, decided, probability};
use crate::error::{Error, Result};
use crate::merge;
use crate::model::evidence::MilliBits;
use crate::model::ids::ItemIdx;
use crate::model::relation::{Protection, Relation};
use crate::model::stop::Stop;
use crate::parallel;
use crate::policy::{Level, Policy};

/// Pools up to this size compare every pair: cheaper than the tables of the bound.
const BRUTE_FORCE_LIMIT: usize = 100;

/// What a joint visit counts more in clustering: an item that one organizer cut by venue belongs to
/// the visit of its venue rather than to its siblings at other venues. Decides between merges only.
const JOINT_BONUS: i32 = 4000;

/// A pair worth remembering: it merges, is barred, or reaches the review line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) a: ItemIdx,
    pub(super) b: ItemIdx,
    pub(super) score: Weighed,
}

/// What is remembered of a score: millions of pairs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Weighed {
    pub(super) total: MilliBits,
    pub(super) relation: Relation,
    pub(super) leaning: Relation,
    pub(super) first_is_part: bool,
    pub(super) protection: Option<Protection>,
}

impl Weighed {
    pub(super) fn probability(self) -> u16 {
        probability(self.total)
    }

    /// The same score under another merge threshold.
    pub(super) fn at(self, threshold: MilliBits) -> Self {
        Self { relation: decided(self.total >= threshold, self.leaning, self.protection), ..self }
    }
}

impl From<Score> for Weighed {
    fn from(score: Score) -> Self {
        let Score { total, relation, leaning, first_is_part, protection, .. } = score;
        Self { total, relation, leaning, first_is_part, protection }
    }
}

/// The outcome of comparison and clustering.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) comparer: Comparer,
    /// Ordered by `(a, b)`.
    pub(super) pairs: Vec<Pair>,
    pub(super) partition: Partition,
    pub(super) rulings: Rulings,
}

/// Compares and clusters; remembers pairs down to `below` under the review line.
pub(super) fn decide(
    consolidator: &Consolidator,
    prepared: &Prepared<'_>,
    below: MilliBits,
    run: &Run<'_>,
) -> Result<Judged> {
    let total = prepared.batch.items.len();
    run.report(Stage::Features, 0, total)?;
    let comparer = prepared.comparer(consolidator, run)?;
    run.report(Stage::Compare, 0, total)?;
    let mut pairs =
        compare_all(&comparer, &prepared.batch.jurisdictions, comparer.review_threshold() - below, run)?;
    undecided(prepared, &mut pairs);
    run.report(Stage::Cluster, 0, total)?;
    let rulings = Rulings::new(&prepared.decisions, &prepared.batch);
    let clusterer = clusterer(consolidator, run);
    let partition = partition(&consolidator.policy, prepared, &comparer, &pairs, &rulings, &clusterer, run)?;
    Ok(Judged { comparer, pairs, partition, rulings })
}

/// Leaves out pairs of one earlier plan: what it decided stays decided.
pub(super) fn undecided(prepared: &Prepared<'_>, pairs: &mut Vec<Pair>) {
    let plan_of = |item: ItemIdx| prepared.batch.items[item.as_usize()].plan.as_deref();
    pairs.retain(|pair| plan_of(pair.a).is_none() || plan_of(pair.a) != plan_of(pair.b));
}

/// Most pairs remembered of one item with later ones.
///
/// A plan item has far fewer members, so nothing is lost by it on any pool that departments wrote; a pool
/// of ten thousand copies of one row stays within memory.
pub(super) const MOST_PARTNERS: usize = 256;

/// Fewest that are remembered of an item that resembles a crowd: more than twice a plan item's members under the
/// shipped policy.
const CROWDED_PARTNERS: usize = 64;

/// How many pairs are remembered of an item that has `count` with later ones: all up to [`MOST_PARTNERS`], and of
/// more the fewer, the more it resembles, since none of a crowd tells more than the others.
pub(super) fn remembered(count: usize) -> usize {
    (MOST_PARTNERS * MOST_PARTNERS / count.max(1)).clamp(CROWDED_PARTNERS, MOST_PARTNERS)
}

/// The pairs that are [`remembered`], the heaviest, in order of the second item.
pub(super) fn strongest(mut pairs: Vec<Pair>) -> Vec<Pair> {
    let most = remembered(pairs.len());
    thin(&mut pairs, most, |pair| pair);
    pairs
}

/// Leaves the `most` heaviest pairs of an item, in order of the second.
fn thin<T>(pairs: &mut Vec<T>, most: usize, pair: impl Fn(&T) -> &Pair) {
    if pairs.len() > most {
        let rank = |one: &T| (-pair(one).score.total, pair(one).b);
        pairs.select_nth_unstable_by_key(most, rank);
        pairs.truncate(most);
        pairs.sort_unstable_by_key(|one| pair(one).b);
    }
}

/// Scores all pairs that may reach `floor`; keeps those whose total does, in order.
pub(super) fn compare_all(
    comparer: &Comparer,
    jurisdictions: &[(u32, u32)],
    floor: MilliBits,
    run: &Run<'_>,
) -> Result<Vec<Pair>> {
    let one_jurisdiction = jurisdictions.iter().all(|range| *range == jurisdictions[0]);
    if comparer.len() <= BRUTE_FORCE_LIMIT && one_jurisdiction {
        every_pair(comparer, floor, run)
    } else {
        joined_pairs(comparer, jurisdictions, floor, run)
    }
}

/// The pair with its score, if that reaches `floor`.
pub(super) fn scored(comparer: &Comparer, a: ItemIdx, b: ItemIdx, floor: MilliBits) -> Option<Pair> {
    let score = comparer.score(a, b);
    (score.total >= floor).then(|| Pair { a, b, score: score.into() })
}

/// [`compare_all`] by scoring every pair, whatever the jurisdictions.
fn every_pair(comparer: &Comparer, floor: MilliBits, run: &Run<'_>) -> Result<Vec<Pair>> {
    let total = comparer.len();
    let rows: Vec<usize> = (0..total).collect();
    let mut pairs = Vec::new();
    for chunk in rows.chunks(256) {
        let found = run.map(chunk, |&a| {
            let later = (a + 1..total).map(ItemIdx::new);
            strongest(later.filter_map(|b| scored(comparer, ItemIdx::new(a), b, floor)).collect())
        })?;
        pairs.extend(found.into_iter().flatten());
        run.report(Stage::Compare, chunk.last().map_or(0, |row| row + 1), total)?;
    }
    Ok(pairs)
}

/// [`compare_all`] by scoring the pairs of meeting jurisdictions that may reach `floor` by what they share.
pub(super) fn joined_pairs(
    comparer: &Comparer,
    jurisdictions: &[(u32, u32)],
    floor: MilliBits,
    run: &Run<'_>,
) -> Result<Vec<Pair>> {
    let mut pairs = Vec::new();
    let mut join = |items: &[u32]| {
        let wanted = Wanted { remembered, ..Wanted::all(floor) };
        join(items, comparer, jurisdictions, &wanted, run, |found| pairs.extend(found))
    };
    let Some(copies) = Copies::of(comparer) else {
        join(&(0..comparer.len() as u32).collect::<Vec<_>>())?;
        return Ok(pairs);
    };
    join(copies.firsts())?;
    let score = |a: u32, b: u32| scored(comparer, ItemIdx::from(a), ItemIdx::from(b), floor);
    Ok(copies.spread(&pairs, |a, b| score(a, b).map(|pair| pair.score)))
}

/// Which pairs a [`join`] is asked for.
pub(super) struct Wanted<F> {
    /// Those whose total reaches it.
    pub(super) floor: MilliBits,
    /// Of so many of an item with later ones, how many: the heaviest.
    pub(super) remembered: fn(usize) -> usize,
    /// Only these are looked at.
    pub(super) pair: F,
}

impl Wanted<fn(u32, u32) -> bool> {
    /// All whose total reaches `floor`.
    pub(super) fn all(floor: MilliBits) -> Self {
        Self { floor, remembered: |count| count, pair: |_, _| true }
    }
}

/// Every wanted pair of some items, ascending, of meeting jurisdictions: for each item with some, once, `keep` takes
/// those with later items.
pub(super) fn join<F: Fn(u32, u32) -> bool + Sync>(
    items: &[u32],
    comparer: &Comparer,
    jurisdictions: &[(u32, u32)],
    wanted: &Wanted<F>,
    run: &Run<'_>,
    mut keep: impl FnMut(Vec<Pair>),
) -> Result<()> {
    let bounds = comparer.bounds(wanted.floor);
    let ceiling = comparer.ceiling(items, &bounds);
    let judge = |one: u32, other: u32, facts: &Facts| {
        let (a, b) = (items[one as usize], items[other as usize]);
        let may = (wanted.pair)(a, b) && ceiling.may_reach(one, other, &facts.overlaps, facts.flags);
        may.then(|| scored(comparer, ItemIdx::from(a), ItemIdx::from(b), wanted.floor)).flatten()
    };
    let thin = |partners: &mut Vec<(ItemIdx, Pair)>, count: usize| {
        thin(partners, (wanted.remembered)(count), |(_, pair)| pair);
    };
    let mut kept = 0usize;
    let shared = Shared(&ceiling);
    let own: Vec<(u32, u32)> = items.iter().map(|&item| jurisdictions[item as usize]).collect();
    candidates::conjunctive_pairs(&shared, &own, run.stop(), judge, thin, |a, found| {
        keep(found.into_iter().map(|(_, pair)| pair).collect());
        kept += 1;
        if kept.is_multiple_of(1024) {
            run.report(Stage::Compare, items[a.as_usize()] as usize, comparer.len())
        } else {
            Ok(())
        }
    })?;
    run.check()
}

/// What the bound of the match model looks at, as the join takes it.
pub(super) struct Shared<'a>(pub(super) &'a Ceiling<'a>);

impl Clues for Shared<'_> {
    fn indexed(&self, kind: usize, item: u32) -> &[u32] {
        self.0.indexed(kind, item)
    }

    fn looked_up(&self, kind: usize, item: u32) -> &[u32] {
        self.0.looked_up(kind, item)
    }

    fn weights(&self, kind: usize) -> &[u32] {
        self.0.weights(kind)
    }

    fn indexed_keys(&self, item: u32, into: &mut Vec<(u32, u32)>) {
        self.0.indexed_keys(item, into);
    }

    fn looked_up_keys(&self, item: u32, into: &mut Vec<(u32, u32)>) {
        self.0.looked_up_keys(item, into);
    }

    fn key_count(&self) -> usize {
        self.0.key_count()
    }
}

/// The engine's own clusterer.
pub(super) fn clusterer<'a>(consolidator: &Consolidator, run: &'a Run<'_>) -> Constrained<'a> {
    Constrained { exact_limit: consolidator.policy.exact_limit, stop: run.stop(), ..Constrained::default() }
}

/// What clustering asks of the items besides their pairs.
pub(super) trait Nodes: Sync {
    fn id(&self, node: u32) -> &str;
    /// How well the item would read as the core of its group.
    fn core_rank(&self, node: u32) -> i64;
}

impl Nodes for Prepared<'_> {
    fn id(&self, node: u32) -> &str {
        &self.batch.items[node as usize].id
    }

    fn core_rank(&self, node: u32) -> i64 {
        core_rank(self, node)
    }
}

/// Clusters the items of a comparer, which are sorted by id, by their pairs.
pub(super) fn partition(
    policy: &Policy,
    nodes: &dyn Nodes,
    comparer: &Comparer,
    pairs: &[Pair],
    rulings: &Rulings,
    clusterer: &dyn Clusterer,
    run: &Run<'_>,
) -> Result<Partition> {
    let mut links: Vec<Link> = pairs
        .iter()
        .filter(|pair| pair.score.relation.merges())
        // What reviewers keep on its own has no link, so it joins nothing.
        .filter(|pair| !rulings.kept[pair.a.as_usize()] && !rulings.kept[pair.b.as_usize()])
        .map(|pair| Link {
            a: pair.a.as_u32(),
            b: pair.b.as_u32(),
            // A pair exactly on the threshold merges, so it must speak for merging.
            weight: pair.score.total - comparer.threshold()
                + 1
                + if pair.score.relation == Relation::Joint { JOINT_BONUS } else { 0 },
            merges: true,
            joint: pair.score.relation == Relation::Joint,
        })
        .collect();
    links.extend(rifts(comparer, &links, run.stop()));
    run.check()?;
    let constraints = Constraints {
        cannot: apart(comparer, pairs, rulings),
        must: rulings.must.clone(),
        max_members: policy.max_members,
        max_joint_organizers: policy.max_joint_organizers,
        organizer: departments(comparer),
    };
    let standing = standing(comparer.len(), pairs);
    let rank = |node: u32| {
        standing[node as usize] * ABOVE_ANY_RANK + nodes.core_rank(node) + leading(comparer, node)
    };
    let partition = clusterer.cluster(comparer.len(), &links, &constraints, &rank);
    run.check()?;
    partition.map_err(|contradiction| {
        let id = |node: u32| nodes.id(node);
        let chain: Vec<&str> = contradiction.chain.iter().map(|&node| id(node)).collect();
        Error::Decisions(format!(
            "`{}` and `{}` are to be separate, yet these are to be merged: {}",
            id(contradiction.a),
            id(contradiction.b),
            chain.join(" + ")
        ))
    })
}

/// The most that a rift weighs against a group.
const DEEPEST_RIFT: i32 = 8000;

/// Neighbours of an item that are looked at for rifts: the nearest, twice as many as a plan item has members under the
/// shipped policy.
const RIFT_NEIGHBOURS: usize = 48;

/// Links that speak against a group: between two items that both merge with a third, one of them for a
/// joint visit, but visit different venues or carry contrasting words. Without them the third would
/// chain the two together.
fn rifts(comparer: &Comparer, links: &[Link], stop: Stop<'_>) -> Vec<Link> {
    let mut neighbours: Vec<Vec<(i32, u32, bool)>> = vec![Vec::new(); comparer.len()];
    for link in links {
        neighbours[link.a as usize].push((-link.weight, link.b, link.joint));
        neighbours[link.b as usize].push((-link.weight, link.a, link.joint));
    }
    // Many neighbours have the same pairs: they are settled whenever they have doubled.
    let (mut apart, mut settled) = (Vec::new(), 0);
    for own in &mut neighbours {
        own.sort_unstable();
        own.truncate(RIFT_NEIGHBOURS);
        own.sort_unstable_by_key(|&(_, item, _)| item);
        for (position, &(_, a, joint)) in own.iter().enumerate().take_while(|_| !stop.asked()) {
            // Parts that one organizer cut by venue differ in venue by nature; a visit to one venue does not.
            let others = own[position + 1..].iter().filter(|(.., other_joint)| joint || *other_joint);
            apart.extend(others.map(|&(_, b, _)| (a, b)));
        }
        if apart.len() > 2 * settled + FEW_PAIRS {
            settle(&mut apart);
            settled = apart.len();
        }
    }
    settle(&mut apart);
    let mut linked: Vec<_> = links.iter().map(|link| (link.a.min(link.b), link.a.max(link.b))).collect();
    settle(&mut linked);
    apart.retain(|pair| linked.binary_search(pair).is_err());
    let rifts = parallel::map(&apart, |&(a, b)| {
        if stop.asked() {
            return None;
        }
        let score = comparer.score(ItemIdx::from(a), ItemIdx::from(b));
        let has = |wanted: &[Level]| score.levels.iter().any(|level| wanted.contains(level));
        // The roster outweighs the lexicon: the same operators are no different venue.
        let rift = has(&[Level::VenueDifferent, Level::ObjectContrast])
            && !has(&[Level::TargetsEqual, Level::TargetsNested, Level::TargetsOverlap]);
        let weight = (score.total - comparer.threshold()).clamp(-DEEPEST_RIFT, 0);
        (rift && weight < 0).then_some(Link { a, b, weight, merges: false, joint: false })
    });
    rifts.into_iter().flatten().collect()
}

/// Not worth settling.
const FEW_PAIRS: usize = 1 << 16;

fn settle(pairs: &mut Vec<(u32, u32)>) {
    pairs.sort_unstable();
    pairs.dedup();
}

/// More than any rank by wording: which item covers the other comes first.
const ABOVE_ANY_RANK: i64 = 1 << 40;

/// What it adds to the rank by wording that the organizer usually leads the matter.
const LEADS: i64 = 60;

/// What an item's organizer adds to its rank.
pub(super) fn leading(comparer: &Comparer, node: u32) -> i64 {
    if comparer.leads_its_matter(ItemIdx::from(node)) { LEADS } else { 0 }
}

/// For every item, how many it would cover less how many would cover it.
fn standing(items: usize, pairs: &[Pair]) -> Vec<i64> {
    let mut standing = vec![0; items];
    for pair in pairs.iter().filter(|pair| pair.score.relation == Relation::Covered) {
        let (part, whole) = if pair.score.first_is_part { (pair.a, pair.b) } else { (pair.b, pair.a) };
        standing[whole.as_usize()] += 1;
        standing[part.as_usize()] -= 1;
    }
    standing
}

/// How well an item would read as the core of its group.
pub(super) fn core_rank(prepared: &Prepared<'_>, node: u32) -> i64 {
    let batch = &prepared.batch;
    let position = node as usize;
    merge::core_rank(&batch.items[position], &batch.standards[position], &batch.targets[position])
}

/// Pairs that never share a group: those reviewers separate, and those of which one is protected.
///
/// A reviewer's merge outranks a protection for the items it names; nothing else joins them by it.
pub(super) fn apart(comparer: &Comparer, pairs: &[Pair], rulings: &Rulings) -> Vec<(u32, u32)> {
    let mut cannot = rulings.cannot.clone();
    let mut decided: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &(a, b) in &rulings.must {
        decided.entry(rulings.block[a as usize]).or_default().extend([a, b]);
    }
    for nodes in decided.values_mut() {
        nodes.sort_unstable();
        nodes.dedup();
    }
    for pair in pairs {
        let (a, b) = (pair.a.as_u32(), pair.b.as_u32());
        if rulings.together(a, b) {
            continue;
        }
        if pair.score.protection.is_some() {
            cannot.push((a, b));
            continue;
        }
        // Whoever joins an item joins all that reviewers put with it.
        for (one, other) in [(a, b), (b, a)] {
            let block = decided.get(&rulings.block[other as usize]);
            let guarded = block.into_iter().flatten().filter(|&&mate| {
                comparer.score(ItemIdx::from(one), ItemIdx::from(mate)).protection.is_some()
            });
            cannot.extend(guarded.map(|&mate| (one.min(mate), one.max(mate))));
        }
    }
    cannot
}

/// The department of every item's organizer.
pub(super) fn departments(comparer: &Comparer) -> Vec<u32> {
    (0..comparer.len()).map(|item| comparer.department(ItemIdx::new(item))).collect()
}
