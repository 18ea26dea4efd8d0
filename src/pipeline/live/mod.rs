//! A pool that stays consolidated while items come and go.

mod groups;
mod near;
mod reader;
mod standing;

use std::fmt;

use super::{Consolidator, Input, Run, admit};
use crate::error::{Error, Result};
use crate::merge;
use crate::model::item::{Item, Source};
use crate::model::plan::Plan;
use crate::model::relation::Relation;
use crate::targets::UnitGraph;
use standing::Standing;

/// A pool that stays consolidated while items come and go: for tools in which somebody types an item and wants to know
/// at once what it repeats.
///
/// At any time the groups and the [`plan`](Self::plan) are those of a run on the items that are there. With a roster,
/// and without reviewers' decisions or a target reduction, a change costs what hangs on it: the item's texts, the items
/// whose comparison it touches (those that share a term whose count crosses a step, some twenty in a county) and the
/// components that they are in. Now and then everything is read again, as it is at every change in the other cases: when
/// the number of items crosses a step (every fourth to eighth part more), when the year that most items name changes, and
/// when an organizer is new of whom others' notes speak. Of more than eight copies of one row, and of items that an
/// earlier plan put together, changes are not followed.
///
/// # Examples
/// ```
/// use tongchou::{Consolidator, Input, Item, Policy};
///
/// let item = |id: &str, name: &str, organizer: &str| Item {
///     id: id.into(),
///     name: name.into(),
///     organizer: Some(organizer.into()),
///     targets: vec!["各乡镇".into()],
///     ..Item::default()
/// };
/// let consolidator = Consolidator::new(Policy::default())?;
/// let items = vec![
///     item("A", "2026年森林防灭火工作专项督查", "县林业局"),
///     item("C", "居民医保参保情况检查", "县医保局"),
/// ];
/// let mut pool = consolidator.live(Input::new(items))?;
/// let change = pool.add(item("B", "关于开展森林防火检查的通知", "县应急管理局"))?;
/// assert_eq!(change.formed.len(), 1);
/// assert_eq!(change.formed[0].ids().collect::<Vec<_>>(), ["A", "B"]);
/// assert_eq!((pool.len(), pool.planned()), (3, 2));
///
/// pool.remove("B")?;
/// assert_eq!((pool.len(), pool.planned()), (2, 2));
/// # Ok::<(), tongchou::Error>(())
/// ```
pub struct LivePool<'a> {
    consolidator: &'a Consolidator,
    units: Option<&'a UnitGraph>,
    /// Everything but items and roster.
    rest: Rest,
    state: State<'a>,
}

/// What a pool has besides its items.
#[derive(Clone, Default)]
struct Rest {
    last_year: Option<Vec<Item>>,
    decisions: Vec<crate::model::decision::Decision>,
    lexicon_extension: Option<String>,
    diagnostics: Vec<crate::model::diagnostic::Diagnostic>,
}

enum State<'a> {
    /// Changes are followed up.
    Standing(Box<Standing<'a>>),
    /// Every change is a run.
    Rerun { items: Vec<Item>, plan: Box<Plan> },
}

/// Items that are one item of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveGroup {
    /// The id of the plan item, but for the number that tells two with one hash apart.
    pub plan_item: String,
    /// The core's id.
    pub core: String,
    /// The other members, by id.
    pub members: Vec<LiveMember>,
}

/// A member of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveMember {
    /// The item's id.
    pub id: String,
    /// Its relation to the core.
    pub relation: Relation,
    /// Match probability with the core in ten-thousandths.
    pub probability: u16,
}

impl LiveGroup {
    /// The ids of all items, the core's first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.core.as_str()).chain(self.members.iter().map(|member| member.id.as_str()))
    }
}

/// What a change of a pool led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The id of the item that came or went.
    pub id: String,
    /// Groups of other members, or with another core, than any before, by core.
    pub formed: Vec<LiveGroup>,
    /// The ids of the plan items that are no more, or have another core.
    pub dissolved: Vec<String>,
    /// Whether the whole pool was read again.
    pub reread: bool,
}

impl Consolidator {
    /// Consolidates a pool that is going to change.
    ///
    /// # Errors
    /// As [`consolidate`](Self::consolidate).
    pub fn live<'a>(&'a self, mut input: Input<'a>) -> Result<LivePool<'a>> {
        let items = admit(std::mem::take(&mut input.items), &mut input.diagnostics)?;
        let Input { units, last_year, decisions, lexicon_extension, diagnostics, .. } = input;
        let rest = Rest { last_year, decisions, lexicon_extension, diagnostics };
        let state = State::new(self, units, &rest, items)?;
        Ok(LivePool { consolidator: self, units, rest, state })
    }
}

impl<'a> State<'a> {
    fn new(
        consolidator: &'a Consolidator,
        units: Option<&'a UnitGraph>,
        rest: &Rest,
        items: Vec<Item>,
    ) -> Result<Self> {
        let usual = consolidator.policy.target_reduction.is_none() && consolidator.whole.is_none();
        if let Some(units) = units.filter(|units| usual && rest.decisions.is_empty() && !units.is_derived()) {
            let run = Run::default();
            let run = &run.on(&consolidator.workers);
            if let Some(standing) = Standing::new(consolidator, units, rest.input(items.clone(), None), run)?
            {
                return Ok(Self::Standing(Box::new(standing)));
            }
        }
        let plan = consolidator.consolidate(rest.input(items.clone(), units))?;
        Ok(Self::Rerun { items, plan: Box::new(plan) })
    }
}

impl Rest {
    fn input<'a>(&self, items: Vec<Item>, units: Option<&'a UnitGraph>) -> Input<'a> {
        let Self { last_year, decisions, lexicon_extension, diagnostics } = self.clone();
        Input { items, units, last_year, decisions, lexicon_extension, diagnostics }
    }
}

impl LivePool<'_> {
    /// Number of items.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.state {
            State::Standing(standing) => standing.items().len(),
            State::Rerun { plan, .. } => plan.summary.submitted as usize,
        }
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of plan items.
    #[must_use]
    pub fn planned(&self) -> usize {
        match &self.state {
            State::Standing(standing) => standing.planned(),
            State::Rerun { plan, .. } => plan.items.len(),
        }
    }

    /// All groups, by core.
    #[must_use]
    pub fn groups(&self) -> Vec<LiveGroup> {
        match &self.state {
            State::Standing(standing) => standing.all_groups(),
            State::Rerun { plan, .. } => groups_of(plan),
        }
    }

    /// The group of the item with an id; `None` without such an item.
    #[must_use]
    pub fn group_of(&self, id: &str) -> Option<LiveGroup> {
        match &self.state {
            State::Standing(standing) => standing.position(id).map(|number| standing.group_of(number)),
            State::Rerun { plan, .. } => {
                groups_of(plan).into_iter().find(|group| group.ids().any(|own| own == id))
            }
        }
    }

    /// Takes in one more item.
    ///
    /// # Errors
    /// - [`Error::DuplicateId`]: there is an item with that id;
    /// - [`Error::Unnamed`]: the item has no name.
    pub fn add(&mut self, item: Item) -> Result<Change> {
        let id = item.id.clone();
        let item = admit(vec![item], &mut Vec::new())?.pop().ok_or(Error::Unnamed(id))?;
        if let Some(first) = self.item(&item.id) {
            let first = first.source.as_ref().map_or_else(|| first.name.clone(), Source::place);
            return Err(Error::DuplicateId { id: item.id, first, second: item.name });
        }
        if let State::Standing(standing) = &mut self.state
            && let Some(change) = standing.add(&item)?
        {
            return self.followed(change, |items| items.retain(|other| other.id != item.id));
        }
        let id = item.id.clone();
        let change = self.rerun(|items| items.push(item))?;
        Ok(Change { id, ..change })
    }

    /// Lets an item go. `Ok(None)` where there is none with that id.
    ///
    /// # Errors
    /// As [`Consolidator::consolidate`].
    pub fn remove(&mut self, id: &str) -> Result<Option<Change>> {
        if self.item(id).is_none() {
            return Ok(None);
        }
        if let State::Standing(standing) = &mut self.state
            && let Some(number) = standing.position(id)
        {
            let item = standing.item(number).clone();
            if let Some(change) = standing.remove(number)? {
                return self.followed(change, |items| items.push(item)).map(Some);
            }
        }
        let change = self.rerun(|items| items.retain(|item| item.id != id))?;
        Ok(Some(Change { id: id.to_owned(), ..change }))
    }

    /// Reads everything again where a change that was followed left too many items alike; `undo` takes it back in a list
    /// of items.
    fn followed(&mut self, change: Change, undo: impl FnOnce(&mut Vec<Item>)) -> Result<Change> {
        match &self.state {
            State::Standing(standing) if standing.is_crowded() => {
                let now: Vec<Item> = standing.items().cloned().collect();
                let mut before = now.clone();
                undo(&mut before);
                self.state = State::new(self.consolidator, self.units, &self.rest, before)?;
                let id = change.id;
                Ok(Change { id, ..self.rerun(|items| *items = now)? })
            }
            _ => Ok(change),
        }
    }

    /// The plan: that of a run on the items that are there. Complexity: linear in the pool.
    ///
    /// # Errors
    /// As [`Consolidator::consolidate`].
    pub fn plan(&mut self) -> Result<Plan> {
        match &mut self.state {
            State::Standing(standing) => standing.plan(),
            State::Rerun { plan, .. } => Ok((**plan).clone()),
        }
    }

    /// The items that are there, by id where changes are followed.
    pub fn items(&self) -> Box<dyn Iterator<Item = &Item> + '_> {
        match &self.state {
            State::Standing(standing) => Box::new(standing.items()),
            State::Rerun { items, .. } => Box::new(items.iter()),
        }
    }

    /// The item with an id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        match &self.state {
            State::Standing(standing) => standing.position(id).map(|number| standing.item(number)),
            State::Rerun { items, .. } => items.iter().find(|item| item.id == id),
        }
    }

    /// Reads everything again with other items; the pool stays as it is where that fails.
    fn rerun(&mut self, change: impl FnOnce(&mut Vec<Item>)) -> Result<Change> {
        let before = self.groups();
        let mut items = match &self.state {
            State::Standing(standing) => standing.items().cloned().collect(),
            State::Rerun { items, .. } => items.clone(),
        };
        change(&mut items);
        self.state = State::new(self.consolidator, self.units, &self.rest, items)?;
        Ok(Change { reread: true, ..Change::between(&before, &self.groups()) })
    }
}

impl Change {
    /// What is in one list of groups and not in the other.
    fn between(before: &[LiveGroup], after: &[LiveGroup]) -> Self {
        let same = |one: &LiveGroup, other: &LiveGroup| {
            (&one.plan_item, &one.core) == (&other.plan_item, &other.core)
        };
        let missing = |groups: &[LiveGroup], group: &LiveGroup| {
            let at = groups.binary_search_by(|other| other.core.cmp(&group.core));
            !at.is_ok_and(|at| same(&groups[at], group))
        };
        let dissolved = before.iter().filter(|group| missing(after, group));
        let mut dissolved: Vec<String> = dissolved.map(|group| group.plan_item.clone()).collect();
        dissolved.sort_unstable();
        let formed = after.iter().filter(|group| missing(before, group)).cloned();
        Self { formed: formed.collect(), dissolved, ..Self::default() }
    }
}

/// The groups of a plan.
fn groups_of(plan: &Plan) -> Vec<LiveGroup> {
    let mut groups: Vec<LiveGroup> = plan
        .items
        .iter()
        .map(|item| {
            let (core, members) = item.members.split_first().expect("a plan item has a core");
            let members = members.iter().map(|member| LiveMember {
                id: member.item.clone(),
                relation: member.relation.unwrap_or(Relation::Duplicate),
                probability: member.probability,
            });
            LiveGroup {
                plan_item: merge::plan_item_id(item.members.iter().map(|member| member.item.as_str())),
                core: core.item.clone(),
                members: members.collect(),
            }
        })
        .collect();
    groups.sort_by(|one, other| one.core.cmp(&other.core));
    groups
}

impl fmt::Debug for LivePool<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("LivePool").field("len", &self.len()).finish_non_exhaustive()
    }
}
