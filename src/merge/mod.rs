//! One group of items becomes one item of the plan.
//!
//! Clustering says who belongs together and which member is the core; this room says how the plan
//! prints them. It decides on no membership and reads no file.
//!
//! | field | rule | file |
//! |---|---|---|
//! | id | hash of the member ids | `identity` |
//! | name | the core's or a wider member's, with rounds, subsets, parts or facets as the relations ask | `base`, `reading`, `name`, `written` and the words they use: `title`, `frame`, `activity`, `tidy`, `repeated`, `misspelt`, `split`, `rounds`, `stages`, `ordinals`, `joint`, `facets`, `covered` |
//! | names of one plan | told apart by what differs | `apart` |
//! | lead, co-organizers | sector regulator of the venue or the matter, else who named the matter, else the core's | `lead`, `venue` |
//! | windows, schedule | rounds united, visits narrowed to where they meet | `windows` |
//! | targets, basis, content, method, ratio, notes | union without repetition | `fields` |
//! | frequency | the largest | `fields` |
//!
//! Architecture invariant: nothing a member asks for is lost. Targets, bases and contents are unions,
//! the frequency is a maximum, and every value says which members it came from. Only a group is
//! renamed: an item on its own keeps its wording.
//!
//! # Examples
//! ```
//! use tongchou::lexicon::Lexicon;
//! use tongchou::merge::{Context, Member, merge};
//! # use tongchou::model::{item::Item, kind::Kind, standard_item::{NameParts, StandardItem}};
//! # use tongchou::model::{relation::Relation, schedule::{Round, Schedule}, target_set::TargetSet};
//! # fn standard(round: Round) -> StandardItem {
//! #     StandardItem {
//! #         name: NameParts { rounds: vec![round], ..NameParts::default() },
//! #         kind: Kind::Inspection, kind_known: true, schedule: Schedule::default().into(),
//! #         frequency: Default::default(), ratio: Default::default(), citations: [].into(),
//! #         protections: Vec::new(), content: "".into(), method: "".into(), notes: "".into(),
//! #     }
//! # }
//! let spring = Item { id: "1".into(), name: "春季农资质量检查".into(), ..Item::default() };
//! let autumn = Item { id: "2".into(), name: "秋季农资质量检查".into(), ..Item::default() };
//! # let (spring_form, autumn_form) = (standard(Round::Spring), standard(Round::Autumn));
//! # let targets = TargetSet::default();
//! # let member = |item, standard, relation| Member {
//! #     item, standard, targets: &targets, organizer: None, co_organizers: &[], functions: &[], relation, evidence: None,
//! # };
//! let members = [
//!     member(&spring, &spring_form, None),
//!     member(&autumn, &autumn_form, Some(Relation::Split)),
//! ];
//! let lexicon = Lexicon::builtin();
//! let merged = merge(&members, &Context { lexicon: &lexicon, plan_year: Some(2023) });
//! assert_eq!(merged.name.value, "2023年春、秋季农资质量检查");
//! ```

mod activity;
mod apart;
mod base;
mod beyond;
mod catchword;
mod covered;
mod facet_words;
mod facets;
mod fields;
mod frame;
mod identity;
mod joint;
mod lead;
mod misspelt;
mod name;
mod named;
mod ordinals;
mod phrase;
mod rank;
mod reading;
mod repeated;
mod rounds;
mod split;
mod stages;
mod subsets;
mod tidy;
mod title;
mod venue;
mod windows;
mod written;

#[cfg(test)]
mod tests;

pub use apart::tell_apart;
pub use identity::plan_item_id;
pub use rank::core_rank;

use std::cmp::Reverse;

use named::Named;

use crate::lexicon::Lexicon;
use crate::model::evidence::Evidence;
use crate::model::item::Item;
use crate::model::kind::Kind;
use crate::model::plan::{self, Part, PlanItem};
use crate::model::relation::Relation;
use crate::model::standard_item::StandardItem;
use crate::model::target_set::TargetSet;
use crate::model::unit_set::UnitSet;

/// One member of a group, as earlier stages know it.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// Verbatim.
    pub item: &'a Item,
    /// Standard form.
    pub standard: &'a StandardItem,
    /// Whom it would visit.
    pub targets: &'a TargetSet,
    /// Canonical name of the organizer in the roster, else the text as typed without desk brackets.
    pub organizer: Option<&'a str>,
    /// Canonical names of the supporting units, likewise.
    pub co_organizers: &'a [String],
    /// What the organizer does: numbers of the lexicon's functions, sorted.
    pub functions: &'a [u32],
    /// Relation to the core; `None` for the core.
    pub relation: Option<Relation>,
    /// The comparison with the core; `None` for the core.
    pub evidence: Option<Evidence>,
}

impl Member<'_> {
    fn id(&self) -> &str {
        &self.item.id
    }

    fn is(&self, relation: Relation) -> bool {
        self.relation == Some(relation)
    }

    /// Whether the item is the core or a part of the core's own matter cut by its organizer.
    fn is_round(&self) -> bool {
        matches!(self.relation, None | Some(Relation::Split))
    }
}

/// What merging needs besides the members.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Departments, venues, concepts and kinds.
    pub lexicon: &'a Lexicon,
    /// The year of the plan, which merged names begin with.
    pub plan_year: Option<i32>,
}

/// The plan item of a group: the core first, the others in any order.
///
/// A single member keeps its wording; white space is tidied. [`PlanItem::number`] is left 0 for the
/// caller, who also sees to it that ids are unique.
///
/// Complexity: O(total text) and, in the number `m` of members, O(m²) comparisons of short texts.
///
/// # Panics
/// If `members` is empty: a group without members is a mistake of the caller.
#[must_use]
pub fn merge(members: &[Member<'_>], context: &Context<'_>) -> PlanItem {
    assert!(!members.is_empty(), "a plan item has at least one member");
    let named: Vec<Named<'_>> = in_order(members).into_iter().map(Named::new).collect();
    let members: Vec<&Named<'_>> = named.iter().collect();
    let core = members[0];
    let venue = venue::common(&members, context.lexicon);
    let base = base::base(&members, context.lexicon);
    let lead = lead::lead(&members, base, venue, context.lexicon);
    let co_organizers = lead::co_organizers(&members, lead.as_ref(), context.lexicon);
    let (frequency, visits_per_year) = fields::frequency(&members);
    let (windows, schedule) = windows::schedule(&members, visits_per_year);
    PlanItem {
        id: plan_item_id(members.iter().map(|member| member.id())),
        number: 0,
        name: name::name(&members, base, venue, context),
        kind: if members.iter().any(|member| member.is(Relation::Joint)) {
            Kind::Inspection
        } else {
            core.standard.kind
        },
        jurisdiction: members.iter().find_map(|member| member.item.jurisdiction.clone()),
        lead,
        co_organizers,
        targets: fields::targets(&members),
        target_units: members
            .iter()
            .fold(UnitSet::default(), |union, member| union.union(&member.targets.units))
            .len() as u32,
        schedule,
        windows,
        frequency,
        visits_per_year,
        basis: fields::basis(&members),
        content: fields::texts(&members, |item| item.content.as_deref()),
        method: fields::texts(&members, |item| item.method.as_deref()),
        ratio: fields::texts(&members, |item| item.ratio.as_deref()),
        notes: fields::texts(&members, |item| item.notes.as_deref()),
        members: members.iter().map(|member| plan_member(member)).collect(),
        parts: parts(&members),
        evidence: members.iter().skip(1).filter_map(|member| member.evidence.clone()).collect(),
        probability: members.iter().map(|member| probability(member)).min().unwrap_or(CERTAIN),
    }
}

/// Probability of the core with itself, in ten-thousandths.
const CERTAIN: u16 = 10_000;

/// The core, then the others by relation, then by id.
fn in_order<'m, 'a>(members: &'m [Member<'a>]) -> Vec<&'m Member<'a>> {
    let mut ordered: Vec<&Member<'_>> = members.iter().collect();
    ordered[1..].sort_by(|left, right| (left.relation, left.id()).cmp(&(right.relation, right.id())));
    ordered
}

fn probability(member: &Named<'_>) -> u16 {
    member.evidence.as_ref().map_or(CERTAIN, |evidence| evidence.probability)
}

fn plan_member(member: &Named<'_>) -> plan::Member {
    plan::Member { item: member.item.id.clone(), relation: member.relation, probability: probability(member) }
}

/// Who checks what: for joint visits, and where one item covers others, which stay visible as parts.
fn parts(members: &[&Named<'_>]) -> Vec<Part> {
    if !members.iter().any(|member| member.is(Relation::Joint) || member.is(Relation::Covered)) {
        return Vec::new();
    }
    members
        .iter()
        .map(|member| Part {
            item: member.item.id.clone(),
            organizer: member.organizer.map(str::to_owned),
            name: phrase::one_line(&member.item.name),
            content: member.item.content.clone(),
            basis: member.item.basis.clone(),
            frequency: member.item.frequency.clone(),
            ratio: member.item.ratio.clone(),
            schedule: member.item.schedule.clone(),
        })
        .collect()
}

/// Ids of some members, without repetition, in the members' order.
fn ids(members: &[&Named<'_>], chosen: impl Fn(usize) -> bool) -> Vec<String> {
    members
        .iter()
        .enumerate()
        .filter(|&(position, _)| chosen(position))
        .map(|(_, member)| member.item.id.clone())
        .collect()
}

/// Position of the first of the largest.
fn first_max_by<T, K: Ord>(values: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> Option<T> {
    values
        .into_iter()
        .enumerate()
        .max_by_key(|(position, value)| (key(value), Reverse(*position)))
        .map(|(_, value)| value)
}
