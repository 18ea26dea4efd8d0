//! Which units a group, a venue type, a tag or a department means, and where.

use std::sync::OnceLock;

use super::classes::Role;
use super::graph::UnitGraph;
use crate::lexicon::Lexicon;
use crate::model::ids::UnitIdx;
use crate::model::unit_set::UnitSet;
use crate::parallel;
use crate::text::fold;

/// The sets that words stand for, made when first asked for and kept.
#[derive(Debug)]
pub(super) struct UnitIndex {
    /// Units of every class.
    classes: Vec<UnitSet>,
    groups: Vec<OnceLock<UnitSet>>,
    venues: Vec<OnceLock<UnitSet>>,
    doubtful: Vec<OnceLock<UnitSet>>,
    tags: Vec<OnceLock<UnitSet>>,
    tag_sets: OnceLock<Vec<UnitSet>>,
    others: OnceLock<UnitSet>,
    /// Departments of the lexicon with the units that are called so and how far-fetched that is (by
    /// name 0, by alias 1, a body of another department 2 more); sorted.
    departments: Vec<(u32, u8, UnitIdx)>,
}

/// The units a phrase may mean: all, or those of one planning authority.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// The planning authority, if the graph has one.
    pub(super) seat: Option<UnitIdx>,
    range: (u32, u32),
    outliers: UnitSet,
}

impl Scope {
    pub(super) fn new(graph: &UnitGraph, jurisdiction: Option<UnitIdx>) -> Self {
        let all = (0, graph.len() as u32);
        match jurisdiction.filter(|unit| unit.as_usize() < graph.len()) {
            Some(unit) if Some(unit) != graph.root() => {
                let range = graph.subtree(unit);
                let range = (range.start, range.end);
                let outliers = graph.descendants(unit).difference(&UnitSet::from_ranges([range]));
                Self { seat: Some(unit), range, outliers }
            }
            _ => Self { seat: graph.root(), range: all, outliers: UnitSet::default() },
        }
    }

    /// The part of `set` in the scope. Complexity: O(log n + result).
    pub(super) fn clip(&self, set: &UnitSet) -> UnitSet {
        let (start, end) = self.range;
        let ranges = set.ranges();
        let from = ranges.partition_point(|&(_, to)| to <= start);
        let inside = ranges[from..]
            .iter()
            .take_while(|&&(from, _)| from < end)
            .map(|&(from, to)| (from.max(start), to.min(end)));
        let clipped = UnitSet::from_ranges(inside);
        if self.outliers.is_empty() { clipped } else { clipped.union(&self.outliers.intersection(set)) }
    }

    pub(super) fn contains(&self, unit: UnitIdx) -> bool {
        (self.range.0..self.range.1).contains(&unit.as_u32()) || self.outliers.contains(unit)
    }

    pub(super) fn range(&self) -> (u32, u32) {
        self.range
    }
}

impl UnitIndex {
    pub(super) fn new(graph: &UnitGraph, lexicon: &Lexicon) -> Self {
        let (ranges, departments) =
            parallel::both(|| ranges_of_classes(graph), || departments(graph, lexicon));
        Self {
            classes: ranges.into_iter().map(UnitSet::from_ranges).collect(),
            groups: empty(lexicon.groups.all().len()),
            venues: empty(lexicon.venues.len()),
            doubtful: empty(lexicon.venues.len()),
            tags: empty(graph.tags.len()),
            tag_sets: OnceLock::new(),
            others: OnceLock::new(),
            departments,
        }
    }

    /// Units of an atomic group.
    pub(super) fn group(&self, graph: &UnitGraph, group: u32) -> &UnitSet {
        self.groups[group as usize]
            .get_or_init(|| self.classes_where(graph, |class| class.groups.binary_search(&group).is_ok()))
    }

    /// Units of a venue type or a narrower one.
    pub(super) fn venue(&self, graph: &UnitGraph, venue: u32) -> &UnitSet {
        self.venues[venue as usize]
            .get_or_init(|| self.classes_where(graph, |class| class.venues.binary_search(&venue).is_ok()))
    }

    /// Units whose name is of the venue type or a narrower one, though their tags say otherwise.
    pub(super) fn doubtful(&self, graph: &UnitGraph, lexicon: &Lexicon, venue: u32) -> &UnitSet {
        self.doubtful[venue as usize].get_or_init(|| {
            self.classes_where(graph, |class| {
                class.role == Role::Other
                    && class.doubtful.is_some_and(|other| lexicon.venues.is_a(other, venue))
            })
        })
    }

    /// Units with a tag of the roster.
    pub(super) fn tag(&self, graph: &UnitGraph, tag: u32) -> &UnitSet {
        self.tags[tag as usize].get_or_init(|| {
            let sets = self.tag_sets.get_or_init(|| {
                let mut ranges: Vec<Vec<(u32, u32)>> = vec![Vec::new(); graph.tag_sets.len()];
                for (unit, record) in graph.records.iter().enumerate() {
                    push(&mut ranges[record.tag_set as usize], unit as u32);
                }
                ranges.into_iter().map(UnitSet::from_ranges).collect()
            });
            union(graph.tag_sets.iter().zip(sets).filter(|(tags, _)| tags.contains(&tag)).map(|(_, set)| set))
        })
    }

    /// Units of the scope that the lexicon's department names, those of the seat before those below.
    pub(super) fn department(&self, graph: &UnitGraph, scope: &Scope, department: u32) -> UnitSet {
        for best in 0..4 {
            let before = |&(number, rank, unit): &(u32, u8, UnitIdx), first: u32| {
                (number, rank, unit) < (department, best, UnitIdx::from(first))
            };
            let from = |first: u32| self.departments.partition_point(|entry| before(entry, first));
            // Units outside the range are looked for one by one, where there are any.
            let (first, end) = if scope.outliers.is_empty() { scope.range } else { (0, u32::MAX) };
            let ranked = self.departments[from(first)..from(end)].iter().map(|&(.., unit)| unit);
            let found = UnitSet::from_units(ranked.filter(|&unit| scope.contains(unit)));
            if !found.is_empty() {
                return seated(graph, scope, found);
            }
        }
        UnitSet::default()
    }

    /// Units that do not govern: operators and institutions.
    pub(super) fn others(&self, graph: &UnitGraph) -> &UnitSet {
        self.others.get_or_init(|| self.classes_where(graph, |class| class.role == Role::Other))
    }

    fn classes_where(&self, graph: &UnitGraph, fits: impl Fn(&super::classes::Class) -> bool) -> UnitSet {
        union(
            graph.classes.list.iter().zip(&self.classes).filter(|(class, _)| fits(class)).map(|(_, set)| set),
        )
    }
}

/// Those of `units` that belong to the scope's seat itself; all when none does.
pub(super) fn seated(graph: &UnitGraph, scope: &Scope, units: UnitSet) -> UnitSet {
    let Some(seat) = scope.seat else { return units };
    let own = UnitSet::from_units(
        units.iter().filter(|unit| graph.records[unit.as_usize()].seat == seat.as_u32() && *unit != seat),
    );
    if own.is_empty() { units } else { own }
}

/// By class, the ranges of its units.
fn ranges_of_classes(graph: &UnitGraph) -> Vec<Vec<(u32, u32)>> {
    let mut ranges: Vec<Vec<(u32, u32)>> = vec![Vec::new(); graph.classes.list.len()];
    for (unit, record) in graph.records.iter().enumerate() {
        push(&mut ranges[record.class as usize], unit as u32);
    }
    ranges
}

/// The lexicon's departments by what the roster calls its units: `(department, rank, unit)`, sorted.
fn departments(graph: &UnitGraph, lexicon: &Lexicon) -> Vec<(u32, u8, UnitIdx)> {
    let is_department =
        |unit: u32| graph.classes.list[graph.records[unit as usize].class as usize].role == Role::Department;
    let units: Vec<u32> = (0..graph.len() as u32).filter(|&unit| is_department(unit)).collect();
    let named = parallel::map(&units, |&unit| {
        let view = graph.unit(UnitIdx::from(unit));
        let below = view.parent().is_some_and(|above| is_department(above.as_u32()));
        let names = std::iter::once(view.name()).chain(view.aliases());
        let known = names.enumerate().filter_map(|(position, name)| {
            let rank = u8::from(position > 0) + 2 * u8::from(below);
            Some((lexicon.departments.identify(&fold(name))?, rank, view.index()))
        });
        known.collect::<Vec<_>>()
    });
    let mut departments = named.concat();
    departments.sort_unstable();
    departments.dedup();
    departments
}

fn empty(count: usize) -> Vec<OnceLock<UnitSet>> {
    std::iter::repeat_with(OnceLock::new).take(count).collect()
}

fn push(ranges: &mut Vec<(u32, u32)>, unit: u32) {
    match ranges.last_mut() {
        Some(last) if last.1 == unit => last.1 = unit + 1,
        _ => ranges.push((unit, unit + 1)),
    }
}

fn union<'a>(sets: impl Iterator<Item = &'a UnitSet>) -> UnitSet {
    UnitSet::from_ranges(sets.flat_map(|set| set.ranges().iter().copied()))
}
