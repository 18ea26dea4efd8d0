//! Last year's plan and a pool that no machine sees whole.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::assignment::{Choice, assign};
use super::batch::Batch;
use super::prepare::{self, Prepared};
use super::year_on_year::{Years, tell};
use super::{Consolidator, Input, Run};
use crate::compare::{Comparer, PoolCounts};
use crate::error::{Error, Result};
use crate::model::item::{Field, Item};
use crate::model::plan::{PlanItem, YearOnYear};
use crate::model::stop::Stop;
use crate::targets::UnitGraph;

/// Items of a group: its own, and those above it, which have groups of their own.
#[derive(Clone, Debug, Default)]
pub struct Band {
    /// The group's own.
    pub own: Vec<Item>,
    /// Those above.
    pub above: Vec<Item>,
}

/// What the items of a group may go on with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Successions {
    /// Id and name of the group's own items of last year.
    last_year: Vec<(String, String)>,
    possible: Vec<Succession>,
}

/// An item that may go on with one of last year's.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Succession {
    before: String,
    now: String,
    worth: i64,
    changed: Vec<Field>,
}

impl Consolidator {
    /// Counts last year's items, or some of them.
    ///
    /// # Errors
    /// As [`consolidate`](Self::consolidate).
    pub fn count_last_year(&self, last_year: Vec<Item>, units: &UnitGraph) -> Result<PoolCounts> {
        let run = Run::default().on(&self.workers);
        let input = Input::new(Vec::new()).with_units(units).with_last_year(last_year);
        let prepared = prepare::prepare(self, input, &run)?;
        let subjects = prepared.last_year.iter().flat_map(Batch::subjects).collect::<Vec<_>>();
        Ok(Comparer::counts(&subjects, &self.lexicon))
    }

    /// Which items of a group may go on with which of last year's, where one of both is its own.
    ///
    /// # Errors
    /// As [`consolidate`](Self::consolidate).
    pub fn successions(&self, now: Band, before: Band, units: &UnitGraph) -> Result<Successions> {
        let run = &Run::default().on(&self.workers);
        let ids = |items: &[Item]| items.iter().map(|item| item.id.clone()).collect::<BTreeSet<String>>();
        let (own_now, own_before) = (ids(&now.own), ids(&before.own));
        let all = |band: Band| [band.own, band.above].concat();
        let input = Input::new(all(now)).with_units(units).with_last_year(all(before));
        let prepared = prepare::prepare(self, input, run)?;
        let Some(last_year) = &prepared.last_year else { return Ok(Successions::default()) };
        let (new, old) = (&prepared.batch.items, &last_year.items);
        let years = Years::new(self, &prepared.batch, last_year, run)?;
        let succession = years.succession(self);
        let own = |now: u32, before: u32| {
            own_now.contains(&new[now as usize].id) || own_before.contains(&old[before as usize].id)
        };
        let choices = years.choices(&succession, &own, run)?;
        let possible = run.map(&choices, |choice| {
            let (before, now) = (choice.row as usize, choice.column as usize);
            Succession {
                before: old[before].id.clone(),
                now: new[now].id.clone(),
                worth: choice.worth,
                changed: years.changed(&succession, now, before),
            }
        })?;
        let last_year = old
            .iter()
            .filter(|item| own_before.contains(&item.id))
            .map(|item| (item.id.clone(), item.name.clone()))
            .collect();
        Ok(Successions { last_year, possible })
    }
}

/// What became of last year's plan, and how many items it had, from what all groups say.
pub(super) fn joined(
    groups: Vec<Successions>,
    prepared: &Prepared<'_>,
    items: &[PlanItem],
) -> Result<(YearOnYear, Vec<Item>)> {
    let mut last_year: Vec<Item> = Vec::new();
    let mut possible = Vec::new();
    for group in groups {
        last_year.extend(group.last_year.into_iter().map(|(id, name)| Item { id, name, ..Item::default() }));
        possible.extend(group.possible);
    }
    last_year.sort_by(|one, other| one.id.cmp(&other.id));
    if let Some(pair) = last_year.windows(2).find(|pair| pair[0].id == pair[1].id) {
        let [first, second] = [&pair[0], &pair[1]].map(|item| item.name.clone());
        return Err(Error::DuplicateId { id: pair[0].id.clone(), first, second });
    }
    let row_of = |id: &str| last_year.binary_search_by(|item| item.id.as_str().cmp(id)).ok();
    let mut differences: BTreeMap<(usize, usize), Vec<Field>> = BTreeMap::new();
    let mut choices = Vec::with_capacity(possible.len());
    for one in possible {
        if let (Some(row), Some(column)) = (row_of(&one.before), prepared.position(&one.now)) {
            choices.push(Choice { row: row as u32, column: column.as_u32(), worth: one.worth });
            differences.insert((column.as_usize(), row), one.changed);
        }
    }
    let now = &prepared.batch.items;
    let successors = assign(last_year.len(), now.len(), &choices, Stop::never());
    let mut group_of = vec![0; now.len()];
    for (number, item) in (0..).zip(items) {
        for position in item.members.iter().filter_map(|member| prepared.position(&member.item)) {
            group_of[position.as_usize()] = number;
        }
    }
    let plan_ids: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
    let order: Vec<usize> = (0..items.len()).collect();
    let changed = |now: usize, before: usize| differences.get(&(now, before)).cloned().unwrap_or_default();
    let told = tell((now, &last_year), &successors, (&group_of, &plan_ids, &order), changed);
    Ok((told, last_year))
}
