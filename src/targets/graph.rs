//! The graph of units: what contains what, and what everything is called.

use std::ops::Range;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};

use super::classes::Classes;
use super::forms::{FormTable, Span};
use super::vocabulary::Kept;
use crate::model::ids::UnitIdx;
use crate::model::unit::Unit;
use crate::model::unit_set::UnitSet;

/// A roster's units in a directed acyclic graph of containment.
///
/// A unit may lie in several others (a school in its township and in the education system). Units
/// are numbered in the Euler order of the tree of *first* parents, siblings by kind, tags and id, so
/// that a subtree is one range, and units of one kind below one parent mostly are; the numbering
/// does not depend on the order of the roster's rows. What other parents add is kept aside.
#[derive(Debug)]
pub struct UnitGraph {
    pub(super) records: Box<[Record]>,
    /// Stretches of `names` with all aliases; [`Record::aliases`] points into it.
    pub(super) aliases: Box<[Span]>,
    /// Raw names and aliases, and the folded forms as look-up.
    pub(super) names: FormTable,
    /// Ids as look-up.
    pub(super) ids: FormTable,
    /// From parent to child, nodes in the order of the units.
    pub(super) containment: DiGraph<(), ()>,
    /// For units with descendants outside their range: those descendants; sorted by unit.
    pub(super) outliers: Box<[(UnitIdx, UnitSet)]>,
    pub(super) kinds: Box<[Box<str>]>,
    pub(super) tags: Box<[Box<str>]>,
    pub(super) tag_sets: Box<[Box<[u32]>]>,
    pub(super) classes: Classes,
    pub(super) root: Option<UnitIdx>,
    pub(super) derived: bool,
    pub(super) kept: Kept,
}

/// What is kept of a unit.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) id: Span,
    pub(super) name: Span,
    pub(super) aliases: (u32, u32),
    /// End of the range of its subtree.
    pub(super) end: u32,
    /// First parent; itself for a root.
    pub(super) parent: u32,
    /// The nearest government or township above it, to which a department belongs; itself for a root.
    pub(super) seat: u32,
    pub(super) kind: u32,
    pub(super) tag_set: u32,
    pub(super) class: u32,
}

/// A unit of a [`UnitGraph`].
#[derive(Clone, Copy, Debug)]
pub struct UnitView<'graph> {
    graph: &'graph UnitGraph,
    index: UnitIdx,
}

impl UnitGraph {
    /// Number of units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are no units.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The planning authority of the whole roster: the only unit without a parent, else the
    /// parentless unit with the largest subtree. `None` for a roster that is flat or empty.
    #[must_use]
    pub fn root(&self) -> Option<UnitIdx> {
        self.root
    }

    /// Whether the units were derived from phrases instead of read from a roster.
    #[must_use]
    pub fn is_derived(&self) -> bool {
        self.derived
    }

    /// The unit of that index.
    ///
    /// # Panics
    /// If `index` does not come from this graph.
    #[must_use]
    pub fn unit(&self, index: UnitIdx) -> UnitView<'_> {
        assert!(index.as_usize() < self.records.len(), "unit {} of {}", index.as_u32(), self.len());
        UnitView { graph: self, index }
    }

    /// All units in order.
    pub fn units(&self) -> impl Iterator<Item = UnitView<'_>> {
        (0..self.records.len()).map(|index| UnitView { graph: self, index: UnitIdx::new(index) })
    }

    /// The unit with exactly this id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<UnitIdx> {
        self.ids.exact(id.trim()).next().map(UnitIdx::from)
    }

    /// The range of the subtree of first parents, `unit` included.
    #[must_use]
    pub fn subtree(&self, unit: UnitIdx) -> Range<u32> {
        unit.as_u32()..self.records[unit.as_usize()].end
    }

    /// Whether `unit` is `ancestor` or lies in it, by whatever parents.
    ///
    /// Complexity: two comparisons; where `ancestor` has units by other than first parents,
    /// O(log n) of those.
    #[must_use]
    pub fn is_within(&self, unit: UnitIdx, ancestor: UnitIdx) -> bool {
        self.subtree(ancestor).contains(&unit.as_u32())
            || self.outlying(ancestor).is_some_and(|units| units.contains(unit))
    }

    /// `unit` and everything in it.
    #[must_use]
    pub fn descendants(&self, unit: UnitIdx) -> UnitSet {
        let Range { start, end } = self.subtree(unit);
        let own = UnitSet::from_ranges([(start, end)]);
        self.outlying(unit).map_or_else(|| own.clone(), |others| own.union(others))
    }

    /// Everything in any of `units`, themselves included.
    #[must_use]
    pub fn descendants_of(&self, units: &UnitSet) -> UnitSet {
        let mut ranges = Vec::new();
        for &(start, end) in units.ranges() {
            let mut unit = start;
            while unit < end {
                let subtree = self.subtree(UnitIdx::from(unit));
                ranges.push((subtree.start, subtree.end));
                // Whatever lies in the subtree is covered by it already.
                unit = subtree.end;
            }
        }
        for (ancestor, others) in &self.outliers {
            if units.contains(*ancestor) {
                ranges.extend_from_slice(others.ranges());
            }
        }
        UnitSet::from_ranges(ranges)
    }

    /// The units in which `unit` lies directly, in order.
    #[must_use]
    pub fn parents(&self, unit: UnitIdx) -> Vec<UnitIdx> {
        self.neighbours(unit, Direction::Incoming)
    }

    /// The units that lie directly in `unit`, in order.
    #[must_use]
    pub fn children(&self, unit: UnitIdx) -> Vec<UnitIdx> {
        self.neighbours(unit, Direction::Outgoing)
    }

    /// All units as a set.
    #[must_use]
    pub fn all(&self) -> UnitSet {
        UnitSet::from_ranges([(0, self.records.len() as u32)])
    }

    fn neighbours(&self, unit: UnitIdx, direction: Direction) -> Vec<UnitIdx> {
        let mut found: Vec<UnitIdx> = self
            .containment
            .neighbors_directed(NodeIndex::new(unit.as_usize()), direction)
            .map(|node| UnitIdx::new(node.index()))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    pub(super) fn outlying(&self, unit: UnitIdx) -> Option<&UnitSet> {
        let position = self.outliers.binary_search_by_key(&unit, |(ancestor, _)| *ancestor).ok()?;
        Some(&self.outliers[position].1)
    }
}

impl<'graph> UnitView<'graph> {
    /// Its index.
    #[must_use]
    pub fn index(self) -> UnitIdx {
        self.index
    }

    /// Its id.
    #[must_use]
    pub fn id(self) -> &'graph str {
        self.graph.ids.text(self.record().id)
    }

    /// Its canonical name, as the roster writes it.
    #[must_use]
    pub fn name(self) -> &'graph str {
        self.graph.names.text(self.record().name)
    }

    /// Its other and former names, without the mark (旧称).
    pub fn aliases(self) -> impl Iterator<Item = &'graph str> {
        let (from, to) = self.record().aliases;
        self.graph.aliases[from as usize..to as usize].iter().map(|&span| self.graph.names.text(span))
    }

    /// Its kind, as the roster writes it.
    #[must_use]
    pub fn kind(self) -> &'graph str {
        &self.graph.kinds[self.record().kind as usize]
    }

    /// Its tags, sorted.
    pub fn tags(self) -> impl Iterator<Item = &'graph str> {
        self.graph.tag_sets[self.record().tag_set as usize].iter().map(|&tag| &*self.graph.tags[tag as usize])
    }

    /// Whether a roster's `tag` is on it.
    #[must_use]
    pub fn has_tag(self, tag: &str) -> bool {
        self.tags().any(|own| own == tag)
    }

    /// The unit that holds it first, if any.
    #[must_use]
    pub fn parent(self) -> Option<UnitIdx> {
        let parent = UnitIdx::from(self.record().parent);
        (parent != self.index).then_some(parent)
    }

    /// A copy as a row of a roster, the first parent first.
    #[must_use]
    pub fn to_unit(self) -> Unit {
        let mut parents = self.graph.parents(self.index);
        parents.sort_by_key(|parent| (Some(*parent) != self.parent(), *parent));
        Unit {
            id: self.id().to_owned(),
            name: self.name().to_owned(),
            aliases: self.aliases().map(str::to_owned).collect(),
            kind: self.kind().to_owned(),
            parents: parents.into_iter().map(|parent| self.graph.unit(parent).id().to_owned()).collect(),
            tags: self.tags().map(str::to_owned).collect(),
        }
    }

    fn record(self) -> &'graph Record {
        &self.graph.records[self.index.as_usize()]
    }
}
