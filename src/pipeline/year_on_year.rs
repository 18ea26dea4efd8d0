//! What became of last year's plan.

use std::collections::{BTreeMap, BTreeSet};

use super::Consolidator;
use super::assignment::{Choice, assign};
use super::batch::Batch;
use super::decide::{Wanted, join};
use super::prepare::Prepared;
use super::run::Run;
use super::succession::{LINE, Succession, months};
use crate::compare::{Comparer, Subject};
use crate::error::Result;
use crate::model::evidence::Aspect;
use crate::model::item::{Field, Item};
use crate::model::plan::{CarriedItem, DroppedItem, YearOnYear};
use crate::model::schedule::{Certainty, Schedule};
use crate::model::target_set::{Sureness, TargetSet};
use crate::policy::Level;

/// Pools with up to this many pairs of both years compare every pair.
const BRUTE_FORCE_LIMIT: usize = 4_000_000;

/// Matches submitted items to last year's, one to one, so that the matches weigh most in sum.
///
/// A plan item carries on what its members do: one that was merged of several may have several
/// predecessors. `plan_ids` are by group; `order` is that of the groups in the plan.
pub(super) fn compare(
    consolidator: &Consolidator,
    prepared: &Prepared<'_>,
    group_of: &[u32],
    plan_ids: &[String],
    order: &[usize],
    run: &Run<'_>,
) -> Result<Option<YearOnYear>> {
    let Some(last_year) = &prepared.last_year else { return Ok(None) };
    let batch = &prepared.batch;
    let years = Years::new(consolidator, batch, last_year, run)?;
    let succession = years.succession(consolidator);
    let choices = years.choices(&succession, &|_, _| true, run)?;
    let successors = assign(last_year.items.len(), batch.items.len(), &choices, run.stop());
    run.check()?;
    let changed = |now, before| years.changed(&succession, now, before);
    let told = tell((&batch.items, &last_year.items), &successors, (group_of, plan_ids, order), changed);
    Ok(Some(told))
}

/// Who carries on what, given the successor of each of last year's items.
pub(super) fn tell(
    (now, last_year): (&[Item], &[Item]),
    successors: &[Option<u32>],
    (group_of, plan_ids, order): (&[u32], &[String], &[usize]),
    changed: impl Fn(usize, usize) -> Vec<Field>,
) -> YearOnYear {
    let mut result = YearOnYear::default();
    let mut has_predecessor = vec![false; plan_ids.len()];
    for (before, (item, successor)) in last_year.iter().zip(successors).enumerate() {
        let Some(successor) = successor.map(|now| now as usize) else {
            result.dropped.push(DroppedItem { id: item.id.clone(), name: item.name.clone() });
            continue;
        };
        let number = group_of[successor] as usize;
        has_predecessor[number] = true;
        result.carried.push(CarriedItem {
            plan_item: plan_ids[number].clone(),
            item: now[successor].id.clone(),
            last_year: item.id.clone(),
            last_year_name: item.name.clone(),
            changed: changed(successor, before),
        });
    }
    let new = order.iter().filter(|&&number| !has_predecessor[number]);
    result.new = new.map(|&number| plan_ids[number].clone()).collect();
    result
}

/// The items of both years, or those of a part of both, ready to be compared.
pub(super) struct Years<'a> {
    now: &'a Batch,
    before: &'a Batch,
    /// Of this year's items, then last year's.
    comparer: Comparer,
    jurisdictions: Vec<(u32, u32)>,
    /// Whether both years together are so few that every pair is compared.
    few: bool,
}

impl<'a> Years<'a> {
    pub(super) fn new(
        consolidator: &Consolidator,
        now: &'a Batch,
        before: &'a Batch,
        run: &Run<'_>,
    ) -> Result<Self> {
        let subjects: Vec<Subject<'_>> = now.subjects().into_iter().chain(before.subjects()).collect();
        let whole = consolidator.whole.as_deref();
        let both = whole.and_then(|whole| whole.both_years.as_ref());
        let comparer = Comparer::of_part(
            &subjects,
            std::sync::Arc::clone(&consolidator.lexicon),
            &consolidator.policy,
            both,
            run.stop(),
        );
        run.check()?;
        // A part compares as the whole does.
        let count = whole.filter(|_| both.is_some()).map_or(now.items.len(), |whole| whole.counts.items());
        let last = both.map_or(before.items.len(), |both| both.items().saturating_sub(count));
        let jurisdictions = subjects.iter().map(|subject| subject.jurisdiction).collect();
        Ok(Self {
            now,
            before,
            comparer,
            jurisdictions,
            few: count.saturating_mul(last) <= BRUTE_FORCE_LIMIT,
        })
    }

    pub(super) fn succession(&self, consolidator: &Consolidator) -> Succession<'_> {
        Succession::new(&self.comparer, self.now, self.before, &consolidator.policy)
    }

    /// The possible successions of `wanted` pairs, each of an item and one of last year's.
    pub(super) fn choices(
        &self,
        succession: &Succession<'_>,
        wanted: &(dyn Fn(u32, u32) -> bool + Sync),
        run: &Run<'_>,
    ) -> Result<Vec<Choice>> {
        let candidates = self.candidates(run)?;
        let choices = run.map(&candidates, |(before, now)| {
            let choice = |&item: &u32| {
                let worth = succession.weight(item as usize, *before as usize) - LINE;
                Choice { row: *before, column: item, worth: i64::from(worth) }
            };
            let now = now.iter().filter(|&&item| wanted(item, *before));
            now.map(choice).filter(|choice| choice.worth > 0).collect::<Vec<_>>()
        })?;
        Ok(choices.concat())
    }

    /// For each of last year's items, the items that may be its successor.
    ///
    /// All of the jurisdiction where there are few; else those of the same organizer, and those which the
    /// comparison of one pool would show to a reviewer.
    fn candidates(&self, run: &Run<'_>) -> Result<Vec<(u32, Vec<u32>)>> {
        let Self { now, before, comparer, jurisdictions, few } = self;
        let count = now.items.len();
        let meet = |one: (u32, u32), other: (u32, u32)| one.0 < other.1 && other.0 < one.1;
        let mut of: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); before.items.len()];
        if *few {
            for set in &mut of {
                set.extend(0..count as u32);
            }
        } else {
            let key = |batch: &Batch, position: usize| {
                let organizer = batch.organizers[position].as_ref()?;
                let unit = organizer.department.or(organizer.unit).map(crate::model::ids::UnitIdx::as_u32);
                Some((unit, unit.is_none().then(|| organizer.office.text.clone())))
            };
            let mut by_organizer: BTreeMap<_, Vec<u32>> = BTreeMap::new();
            for position in 0..count {
                if let Some(key) = key(now, position) {
                    by_organizer.entry(key).or_default().push(position as u32);
                }
            }
            for (position, set) in of.iter_mut().enumerate() {
                set.extend(
                    key(before, position).and_then(|key| by_organizer.get(&key)).into_iter().flatten(),
                );
            }
            let across = |a: u32, b: u32| (a as usize) < count && b as usize >= count;
            let all: Vec<u32> = (0..comparer.len() as u32).collect();
            let wanted =
                Wanted { floor: comparer.review_threshold(), remembered: |count| count, pair: across };
            join(&all, comparer, jurisdictions, &wanted, run, |found| {
                for pair in found {
                    of[pair.b.as_usize() - count].insert(pair.a.as_u32());
                }
            })?;
        }
        let within =
            |before: usize, item: &u32| meet(jurisdictions[*item as usize], jurisdictions[count + before]);
        Ok(of
            .into_iter()
            .enumerate()
            .map(|(before, set)| {
                (before as u32, set.into_iter().filter(|item| within(before, item)).collect())
            })
            .collect())
    }

    /// What both years state and state differently in substance.
    pub(super) fn changed(&self, succession: &Succession<'_>, new: usize, old: usize) -> Vec<Field> {
        changed(succession, self.now, self.before, new, old)
    }
}

/// What both years state and state differently in substance, whatever the wording.
fn changed(succession: &Succession<'_>, now: &Batch, before: &Batch, new: usize, old: usize) -> Vec<Field> {
    let levels = succession.levels(new, old);
    let level = |aspect: Aspect| levels[aspect as usize];
    let (mine, theirs) = (&now.standards[new], &before.standards[old]);
    let differ = |one: Option<u32>, other: Option<u32>| one.is_some() && other.is_some() && one != other;
    let close = [Level::NameIdentical, Level::NameVeryClose, Level::NameClose];
    let units = [Level::OrganizerRelated, Level::OrganizerCo, Level::OrganizerDifferent];
    let (ratio, old_ratio) = (&mine.ratio, &theirs.ratio);
    [
        (Field::Name, !close.contains(&level(Aspect::Name)) && !level(Aspect::Concept).is_same_concept()),
        (Field::Kind, mine.kind_known && theirs.kind_known && mine.kind.scores() != theirs.kind.scores()),
        (Field::Organizer, units.contains(&level(Aspect::Organizer))),
        (Field::Targets, targets_differ(&now.targets[new], &before.targets[old])),
        (Field::Schedule, schedules_differ(&mine.schedule, &theirs.schedule)),
        (Field::Frequency, differ(mine.frequency.per_year(), theirs.frequency.per_year())),
        (
            Field::Ratio,
            differ(ratio.min_share.map(u32::from), old_ratio.min_share.map(u32::from))
                || differ(ratio.min_count, old_ratio.min_count),
        ),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(field, _)| field)
    .collect()
}

/// Whether both name units for sure, and not the same.
fn targets_differ(one: &TargetSet, other: &TargetSet) -> bool {
    let known =
        |set: &TargetSet| matches!(set.sureness, Sureness::Exact | Sureness::Sample) && !set.units.is_empty();
    known(one) && known(other) && one.units != other.units
}

/// Whether the months or the number of rounds differ; a month more at an end of a round is the same
/// time told more closely.
fn schedules_differ(one: &Schedule, other: &Schedule) -> bool {
    if one.certainty != Certainty::Exact || other.certainty != Certainty::Exact {
        return false;
    }
    let (mine, theirs) = (months(one), months(other));
    let shared = mine & theirs;
    one.windows.len() != other.windows.len() || shared != mine && shared != theirs
}
