//! What items cost those who are visited, before and after consolidation.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::UnitGraph;
use crate::model::burden::{Burden, BurdenRow, MilliVisits};
use crate::model::unit_set::UnitSet;

/// An item's visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BurdenInput<'a> {
    /// Canonical name of the organizer.
    pub organizer: &'a str,
    /// Whom it visits; empty when unknown.
    pub units: &'a UnitSet,
    /// Visits a year to each unit, in thousandths.
    pub visits: MilliVisits,
    /// The share of the units that is visited, in basis points: 10 000 for all.
    pub share: u16,
    /// Months in which it visits, as bits: bit 0 is January. 0: not known.
    pub months: u16,
}

/// Label of visits whose month is not known.
const NO_MONTH: &str = "不定";

/// Units in the table of the most visited.
const MOST_VISITED: usize = 10;

impl BurdenInput<'_> {
    /// Expected visits to one unit: `visits × share`, rounded to the nearest thousandth.
    fn expected(&self) -> MilliVisits {
        let share = u128::from(self.share.min(10_000));
        ((u128::from(self.visits) * share + 5_000) / 10_000) as MilliVisits
    }
}

/// The burden of `submitted` items, and of a plan whose items have the members `planned`.
///
/// *Before*, every item pays its expected visits, `visits × share`, to each of its units. *After*, a
/// plan item pays to a unit the largest expected visits of those of its members that visit the unit,
/// in that member's months (the first's, when two pay the same) and for its first member's organizer.
/// Items without units pay their expected visits once, to the unknown unit: a plan item whose members
/// are all without units pays the largest of them.
///
/// An item's visits are spread evenly over its months; what does not divide evenly falls into the
/// first ones. All sums are integers and saturate, so they do not depend on any order.
///
/// Complexity: O(ranges of all sets × log + units); no single unit is looked at more than once.
///
/// Members that are no index into `submitted` are ignored.
#[must_use]
pub fn burden(submitted: &[BurdenInput<'_>], planned: &[Vec<usize>], graph: &UnitGraph) -> Burden {
    let mut ledger = Ledger::new(graph.len());
    for item in submitted {
        let expected = item.expected();
        for &(start, end) in item.units.ranges() {
            ledger.pay(Side::Before, item.organizer, item.months, (start, end), expected);
        }
        if item.units.is_empty() {
            ledger.pay_unknown(Side::Before, item.organizer, item.months, expected);
        }
    }
    for members in planned {
        let members: Vec<&BurdenInput<'_>> =
            members.iter().filter_map(|&member| submitted.get(member)).collect();
        let Some(first) = members.first() else { continue };
        let mut located = false;
        for (range, payer) in largest(&members) {
            located = true;
            ledger.pay(Side::After, first.organizer, payer.months, range, payer.expected());
        }
        if !located {
            // The first of the largest.
            let payer = members.iter().rev().max_by_key(|member| member.expected()).unwrap_or(first);
            ledger.pay_unknown(Side::After, first.organizer, payer.months, payer.expected());
        }
    }
    ledger.close(graph)
}

/// What a plan item with these members pays in all: its part of [`Burden::after`] in a graph of that
/// many units.
#[must_use]
pub fn visits_of(members: &[&BurdenInput<'_>], units: usize) -> MilliVisits {
    let last = units as u32;
    let mut located = false;
    let mut sum: MilliVisits = 0;
    for ((start, end), payer) in largest(members) {
        located = true;
        let units = u64::from(end.min(last) - start.min(last));
        sum = sum.saturating_add(units.saturating_mul(payer.expected()));
    }
    if located { sum } else { members.iter().map(|member| member.expected()).max().unwrap_or(0) }
}

/// Ranges of units with the member that pays most there.
///
/// A sweep over the ends of all ranges with the members that are open in between.
fn largest<'a, 'u>(members: &[&'a BurdenInput<'u>]) -> Vec<((u32, u32), &'a BurdenInput<'u>)> {
    if let [only] = members {
        return only.units.ranges().iter().map(|&range| (range, *only)).collect();
    }
    // At each place, ends before beginnings; a key that sorts the dearest first, then the first member.
    let mut events: Vec<(u32, bool, (std::cmp::Reverse<MilliVisits>, usize))> = Vec::new();
    for (position, member) in members.iter().enumerate() {
        let key = (std::cmp::Reverse(member.expected()), position);
        for &(start, end) in member.units.ranges() {
            events.push((start, true, key));
            events.push((end, false, key));
        }
    }
    events.sort_unstable();
    let mut open: BTreeSet<(std::cmp::Reverse<MilliVisits>, usize)> = BTreeSet::new();
    let mut found = Vec::new();
    let mut from = 0;
    for (at, begins, key) in events {
        if at > from
            && let Some(&(_, position)) = open.first()
        {
            found.push(((from, at), members[position]));
        }
        from = at;
        if begins {
            open.insert(key);
        } else {
            open.remove(&key);
        }
    }
    found
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    before: MilliVisits,
    after: MilliVisits,
}

impl Sums {
    fn add(&mut self, side: Side, visits: MilliVisits) {
        let sum = match side {
            Side::Before => &mut self.before,
            Side::After => &mut self.after,
        };
        *sum = sum.saturating_add(visits);
    }

    fn row(self, label: impl Into<String>) -> BurdenRow {
        BurdenRow { label: label.into(), before: self.before, after: self.after }
    }
}

/// The sums while they grow.
struct Ledger<'a> {
    total: Sums,
    organizers: BTreeMap<&'a str, Sums>,
    /// January to December, then the unknown month.
    months: [Sums; 13],
    unknown: Sums,
    /// Change of the visits from one unit to the next, before and after.
    steps: [Vec<i128>; 2],
}

impl<'a> Ledger<'a> {
    fn new(units: usize) -> Self {
        Self {
            total: Sums::default(),
            organizers: BTreeMap::new(),
            months: [Sums::default(); 13],
            unknown: Sums::default(),
            steps: [vec![0; units + 1], vec![0; units + 1]],
        }
    }

    fn pay(
        &mut self,
        side: Side,
        organizer: &'a str,
        months: u16,
        (start, end): (u32, u32),
        expected: MilliVisits,
    ) {
        let steps = &mut self.steps[side as usize];
        let last = steps.len() as u32 - 1;
        let (start, end) = (start.min(last), end.min(last));
        steps[start as usize] += i128::from(expected);
        steps[end as usize] -= i128::from(expected);
        self.enter(side, organizer, months, u64::from(end - start).saturating_mul(expected));
    }

    fn pay_unknown(&mut self, side: Side, organizer: &'a str, months: u16, expected: MilliVisits) {
        self.unknown.add(side, expected);
        self.enter(side, organizer, months, expected);
    }

    fn enter(&mut self, side: Side, organizer: &'a str, months: u16, visits: MilliVisits) {
        self.total.add(side, visits);
        self.organizers.entry(organizer).or_default().add(side, visits);
        let count = u64::from((months & 0xfff).count_ones());
        if count == 0 {
            self.months[12].add(side, visits);
            return;
        }
        for (position, month) in (0..12).filter(|month| months >> month & 1 == 1).enumerate() {
            let more = u64::from((position as u64) < visits % count);
            self.months[month].add(side, visits / count + more);
        }
    }

    fn close(self, graph: &UnitGraph) -> Burden {
        let mut kinds: BTreeMap<&str, Sums> = BTreeMap::new();
        let mut visited: Vec<(Sums, usize)> = Vec::new();
        let (mut before, mut after) = (0i128, 0i128);
        for view in graph.units() {
            let unit = view.index().as_usize();
            before += self.steps[0][unit];
            after += self.steps[1][unit];
            if before == 0 && after == 0 {
                continue;
            }
            let clamp = |visits: i128| u64::try_from(visits).unwrap_or(u64::MAX);
            let sums = Sums { before: clamp(before), after: clamp(after) };
            let kind = kinds.entry(view.kind()).or_default();
            kind.add(Side::Before, sums.before);
            kind.add(Side::After, sums.after);
            if sums.before > 0 {
                visited.push((sums, unit));
                if visited.len() >= 4 * MOST_VISITED {
                    keep_most_visited(&mut visited, graph);
                }
            }
        }
        keep_most_visited(&mut visited, graph);
        let mut by_organizer: Vec<BurdenRow> =
            self.organizers.into_iter().map(|(organizer, sums)| sums.row(organizer)).collect();
        descending(&mut by_organizer);
        let mut by_unit_kind: Vec<BurdenRow> = kinds.into_iter().map(|(kind, sums)| sums.row(kind)).collect();
        descending(&mut by_unit_kind);
        let by_month = self.months.iter().enumerate().filter_map(|(month, sums)| {
            let known = month < 12;
            let label = if known { (month + 1).to_string() } else { NO_MONTH.to_owned() };
            (known || sums.before > 0 || sums.after > 0).then(|| sums.row(label))
        });
        Burden {
            before: self.total.before,
            after: self.total.after,
            by_organizer,
            by_month: by_month.collect(),
            by_unit_kind,
            most_visited: visited
                .into_iter()
                .map(|(sums, unit)| {
                    let view = graph.unit(crate::model::ids::UnitIdx::new(unit));
                    sums.row(view.name())
                })
                .collect(),
            unresolved: self.unknown.row(""),
        }
    }
}

/// Most visits before first, then by name, then by place in the roster.
fn keep_most_visited(visited: &mut Vec<(Sums, usize)>, graph: &UnitGraph) {
    let name = |unit: usize| graph.unit(crate::model::ids::UnitIdx::new(unit)).name();
    visited.sort_by(|(one, one_unit), (other, other_unit)| {
        (other.before.cmp(&one.before))
            .then_with(|| name(*one_unit).cmp(name(*other_unit)))
            .then_with(|| one_unit.cmp(other_unit))
    });
    visited.truncate(MOST_VISITED);
}

fn descending(rows: &mut [BurdenRow]) {
    rows.sort_by(|one, other| other.before.cmp(&one.before).then_with(|| one.label.cmp(&other.label)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(ranges: &[(u32, u32)]) -> UnitSet {
        UnitSet::from_ranges(ranges.iter().copied())
    }

    fn item<'a>(
        organizer: &'a str,
        units: &'a UnitSet,
        visits: u64,
        share: u16,
        months: u16,
    ) -> BurdenInput<'a> {
        BurdenInput { organizer, units, visits, share, months }
    }

    #[test]
    fn a_plan_item_pays_the_largest_of_its_members() {
        let (first, second, third) = (units(&[(0, 4)]), units(&[(2, 6)]), units(&[(3, 5)]));
        let one = item("甲", &first, 1000, 10_000, 1);
        let two = item("乙", &second, 2000, 10_000, 2);
        let three = item("丙", &third, 3000, 5_000, 4);
        let members = [&one, &two, &three];
        let paid: Vec<((u32, u32), u64)> =
            largest(&members).into_iter().map(|(range, payer)| (range, payer.expected())).collect();
        assert_eq!(paid, [((0, 2), 1000), ((2, 3), 2000), ((3, 4), 2000), ((4, 5), 2000), ((5, 6), 2000)]);
    }

    #[test]
    fn expected_visits_round_to_the_nearest() {
        let none = UnitSet::default();
        assert_eq!(item("", &none, 1000, 3333, 0).expected(), 333);
        assert_eq!(item("", &none, 1, 5000, 0).expected(), 1);
        assert_eq!(item("", &none, u64::MAX, 10_000, 0).expected(), u64::MAX);
    }
}
