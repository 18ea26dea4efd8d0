//! The order of the units, and what a roster's parents make of it.

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};

use super::graph::Record;
use super::rows::{Row, diagnostic};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::ids::UnitIdx;
use crate::model::unit_set::UnitSet;

/// Drops the parents that run in a circle and tells which rows they are.
///
/// Neither `toposort` nor `kosaraju_scc` recurses, so a deep roster does not overflow the stack.
pub(super) fn break_circles(rows: &[Row], parents: &mut [Vec<u32>], diagnostics: &mut Vec<Diagnostic>) {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(rows.len(), rows.len());
    for _ in rows {
        graph.add_node(());
    }
    let mut looped = false;
    for (row, above) in parents.iter().enumerate() {
        for &parent in above {
            looped |= parent as usize == row;
            graph.add_edge(NodeIndex::new(parent as usize), NodeIndex::new(row), ());
        }
    }
    if !looped && toposort(&graph, None).is_ok() {
        return;
    }
    for mut component in kosaraju_scc(&graph) {
        component.sort_unstable();
        let single = component.len() == 1;
        let inside = |row: usize| component.binary_search(&NodeIndex::new(row)).is_ok();
        let first = component[0].index();
        if single && !parents[first].contains(&(first as u32)) {
            continue;
        }
        let members: Vec<String> =
            component.iter().take(6).map(|node| rows[node.index()].row.to_string()).collect();
        diagnostics.push(diagnostic(
            Severity::Warning,
            "unit_circle",
            rows[first].row,
            &format!("行 / rows {}", members.join(", ")),
            "不成环的上级",
            "parents that do not run in a circle",
        ));
        for node in &component {
            parents[node.index()].retain(|&parent| !inside(parent as usize));
        }
    }
}

/// Gives units without a parent to the only parentless government, if there is exactly one.
pub(super) fn adopt(alive: &[bool], parents: &mut [Vec<u32>], is_government: impl Fn(usize) -> bool) {
    let orphans: Vec<usize> =
        (0..parents.len()).filter(|&row| alive[row] && parents[row].is_empty()).collect();
    let mut governments = orphans.iter().copied().filter(|&row| is_government(row));
    if let Some(root) = governments.next()
        && governments.next().is_none()
    {
        for orphan in orphans {
            if orphan != root {
                parents[orphan].push(root as u32);
            }
        }
    }
}

/// Rows in the Euler order of the tree of first parents.
#[derive(Debug)]
pub(super) struct Numbering {
    /// Row of every unit.
    pub(super) rows: Vec<u32>,
    /// Unit of every row; meaningless for rows left out.
    pub(super) unit_of: Vec<u32>,
    /// End of every unit's subtree.
    pub(super) ends: Vec<u32>,
}

impl Numbering {
    /// Numbers the rows, siblings by `key`. Invariant: `parents` has no circle.
    pub(super) fn new<'k>(
        alive: &[bool],
        parents: &[Vec<u32>],
        key: impl Fn(usize) -> (u32, u32, &'k str),
    ) -> Self {
        let none = u32::MAX;
        let first_parent = |row: u32| parents[row as usize].first().copied().unwrap_or(none);
        let mut siblings: Vec<u32> = (0..parents.len() as u32).filter(|&row| alive[row as usize]).collect();
        siblings.sort_unstable_by(|&one, &other| {
            first_parent(one)
                .cmp(&first_parent(other))
                .then_with(|| key(one as usize).cmp(&key(other as usize)))
                .then_with(|| one.cmp(&other))
        });
        // Where every row's children stand in `siblings`.
        let mut child_range = vec![(0u32, 0u32); parents.len()];
        let mut roots = siblings.len()..siblings.len();
        let mut at = 0;
        while at < siblings.len() {
            let parent = first_parent(siblings[at]);
            let count = siblings[at..].iter().take_while(|&&row| first_parent(row) == parent).count();
            if parent == none {
                roots = at..at + count;
            } else {
                child_range[parent as usize] = (at as u32, (at + count) as u32);
            }
            at += count;
        }
        let mut rows = Vec::with_capacity(siblings.len());
        let mut unit_of = vec![none; parents.len()];
        let mut ends = vec![0; siblings.len()];
        // A row to enter, or (marked) a unit to leave.
        let mut stack: Vec<(u32, bool)> = siblings[roots].iter().rev().map(|&row| (row, false)).collect();
        while let Some((number, leave)) = stack.pop() {
            if leave {
                ends[number as usize] = rows.len() as u32;
                continue;
            }
            let unit = rows.len() as u32;
            unit_of[number as usize] = unit;
            rows.push(number);
            stack.push((unit, true));
            let (from, to) = child_range[number as usize];
            stack.extend(siblings[from as usize..to as usize].iter().rev().map(|&row| (row, false)));
        }
        Self { rows, unit_of, ends }
    }

    /// The unit without parent that has the largest subtree; `None` when none has children.
    pub(super) fn root(records: &[Record]) -> Option<UnitIdx> {
        let mut best: Option<(u32, usize)> = None;
        let mut unit = 0;
        let mut roots = 0;
        while unit < records.len() {
            let size = records[unit].end - unit as u32;
            if best.is_none_or(|(largest, _)| size > largest) {
                best = Some((size, unit));
            }
            roots += 1;
            unit = records[unit].end as usize;
        }
        best.filter(|&(size, _)| size > 1 || roots == 1).map(|(_, unit)| UnitIdx::new(unit))
    }
}

/// Descendants that lie outside a unit's range, because they have other parents as well.
pub(super) fn outliers(records: &[Record], containment: &DiGraph<(), ()>) -> Box<[(UnitIdx, UnitSet)]> {
    let Ok(order) = toposort(containment, None) else { return Box::default() };
    let mut open: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    let mut done: Vec<(UnitIdx, UnitSet)> = Vec::new();
    for node in order.into_iter().rev() {
        let unit = node.index() as u32;
        let record = &records[node.index()];
        let gathered = UnitSet::from_ranges(open.remove(&unit).unwrap_or_default());
        let outside = gathered.difference(&UnitSet::from_ranges([(unit, record.end)]));
        for above in containment.neighbors_directed(node, Direction::Incoming) {
            let above = above.index() as u32;
            if above != record.parent {
                open.entry(above).or_default().push((unit, record.end));
            }
            if !outside.is_empty() {
                open.entry(above).or_default().extend_from_slice(outside.ranges());
            }
        }
        if !outside.is_empty() {
            done.push((UnitIdx::from(unit), outside));
        }
    }
    done.sort_unstable_by_key(|(unit, _)| *unit);
    done.into_boxed_slice()
}
