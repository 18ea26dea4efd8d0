//! A partition of a component that can be changed block by block.

use std::collections::BTreeMap;

use super::components::Component;

/// The group of a block that is in none.
pub(super) const NONE: u32 = u32::MAX;

/// A partition of a component's blocks; keeps, for each node, how much of its group it covers, so that
/// feasibility after a change is known from the neighbourhood of the block that changes.
///
/// Memory: O(blocks + nodes).
pub(super) struct Grouping<'a> {
    component: &'a Component,
    /// The group of each block, or [`NONE`].
    group_of: Vec<u32>,
    /// Where each block stands in its group's list.
    place: Vec<u32>,
    groups: Vec<Members>,
    /// For each node: how many other blocks of its group are attached to it. Invariant: the node is
    /// a core of its group iff this is one less than the number of the group's blocks.
    cover: Vec<u32>,
    /// For each block: the sum of the weights of its edges inside its group.
    inside: Vec<i64>,
    /// Groups without blocks.
    empty: Vec<u32>,
    /// Whether any pair is joint; if not, organizers need not be counted.
    joint: bool,
}

#[derive(Clone, Default)]
struct Members {
    blocks: Vec<u32>,
    nodes: usize,
    /// Joint edges inside, and blocks joint in themselves.
    joint: usize,
    /// How many blocks each organizer has here.
    organizers: BTreeMap<u32, u32>,
    /// A node that was a core when last looked.
    core: u32,
}

impl<'a> Grouping<'a> {
    /// The partition that gives each block the group `label[block]`, at most as many as blocks.
    pub(super) fn new(component: &'a Component, label: &[u32]) -> Self {
        let n = component.len();
        let blocks = || 0..n as u32;
        let mut grouping = Self {
            component,
            group_of: vec![NONE; n],
            place: vec![0; n],
            groups: vec![Members::default(); n],
            cover: vec![0; component.nodes.len()],
            inside: vec![0; n],
            empty: Vec::new(),
            joint: blocks().any(|block| {
                component.internal_joint(block) || component.edges(block).iter().any(|edge| edge.joint)
            }),
        };
        for block in blocks() {
            grouping.insert(block, label[block as usize]);
        }
        grouping.empty = blocks().rev().filter(|&group| grouping.blocks(group).is_empty()).collect();
        grouping
    }

    /// The group of each block.
    pub(super) fn labels(&self) -> &[u32] {
        &self.group_of
    }

    /// The group of `block`.
    pub(super) fn group_of(&self, block: u32) -> u32 {
        self.group_of[block as usize]
    }

    /// The blocks of `group`, in no particular but a repeatable order.
    pub(super) fn blocks(&self, group: u32) -> &[u32] {
        &self.groups[group as usize].blocks
    }

    /// The sum of the weights of the edges of `block` inside its group.
    pub(super) fn inside(&self, block: u32) -> i64 {
        self.inside[block as usize]
    }

    /// A group without blocks; exists whenever a block is in no group.
    pub(super) fn empty_group(&self) -> u32 {
        *self.empty.last().expect("there are as many groups as blocks")
    }

    /// Takes `block` out of its group. O(edges of the block).
    pub(super) fn remove(&mut self, block: u32) {
        let group = self.group_of(block);
        let joint = self.joint_with(block, group);
        let members = &mut self.groups[group as usize];
        let place = self.place[block as usize] as usize;
        members.blocks.swap_remove(place);
        if let Some(&moved) = members.blocks.get(place) {
            self.place[moved as usize] = place as u32;
        }
        members.nodes -= self.component.size(block);
        members.joint -= joint;
        if self.joint {
            for organizer in self.component.organizers(block) {
                if let Some(count) = members.organizers.get_mut(organizer) {
                    *count -= 1;
                    if *count == 0 {
                        members.organizers.remove(organizer);
                    }
                }
            }
        }
        if members.blocks.is_empty() {
            self.empty.push(group);
        }
        self.group_of[block as usize] = NONE;
        for edge in self.component.edges(block) {
            if self.group_of(edge.to) == group {
                self.inside[edge.to as usize] -= edge.weight;
            }
        }
        for &node in self.component.attachers(block) {
            if self.group_of(self.component.block_of[node as usize]) == group {
                self.cover[node as usize] -= 1;
            }
        }
    }

    /// Puts `block`, which is in no group, into `group`. O(edges of the block).
    pub(super) fn insert(&mut self, block: u32, group: u32) {
        if self.empty.last() == Some(&group) {
            self.empty.pop();
        } else if self.blocks(group).is_empty() {
            self.empty.retain(|&other| other != group);
        }
        for &node in self.component.attachers(block) {
            if self.group_of(self.component.block_of[node as usize]) == group {
                self.cover[node as usize] += 1;
            }
        }
        for node in self.component.nodes_of(block) {
            let attached = self.component.attached(node).iter();
            let inside = attached.filter(|&&other| self.group_of(other) == group).count();
            self.cover[node as usize] = inside as u32;
        }
        let mut inside = 0;
        for edge in self.component.edges(block) {
            if self.group_of(edge.to) == group {
                self.inside[edge.to as usize] += edge.weight;
                inside += edge.weight;
            }
        }
        self.inside[block as usize] = inside;
        let joint = self.joint_with(block, group);
        let members = &mut self.groups[group as usize];
        if members.blocks.is_empty() {
            members.core = self.component.nodes_of(block).start;
        }
        self.group_of[block as usize] = group;
        self.place[block as usize] = members.blocks.len() as u32;
        members.blocks.push(block);
        members.nodes += self.component.size(block);
        members.joint += joint;
        if self.joint {
            for &organizer in self.component.organizers(block) {
                *members.organizers.entry(organizer).or_default() += 1;
            }
        }
    }

    /// What `block` adds to the joint count of `group`.
    fn joint_with(&self, block: u32, group: u32) -> usize {
        if !self.joint {
            return 0;
        }
        let edges = self.component.edges(block).iter();
        edges.filter(|edge| edge.joint && self.group_of(edge.to) == group).count()
            + usize::from(self.component.internal_joint(block))
    }

    /// Whether `node` is a core of its group.
    pub(super) fn is_core(&self, node: u32) -> bool {
        let group = self.group_of(self.component.block_of[node as usize]);
        self.cover[node as usize] as usize + 1 == self.blocks(group).len()
    }

    /// A core of `group`, if it has one. O(1) while the core last found is one, else O(group).
    pub(super) fn core(&mut self, group: u32) -> Option<u32> {
        let known = self.groups[group as usize].core;
        if self.group_of(self.component.block_of[known as usize]) == group && self.is_core(known) {
            return Some(known);
        }
        let blocks = self.blocks(group).iter();
        let found = blocks.flat_map(|&b| self.component.nodes_of(b)).find(|&node| self.is_core(node))?;
        self.groups[group as usize].core = found;
        Some(found)
    }

    /// Whether `group` has a core and keeps the caps. Barred pairs are the caller's business.
    pub(super) fn is_feasible(&mut self, group: u32) -> bool {
        let members = &self.groups[group as usize];
        members.blocks.len() < 2
            || members.nodes <= self.component.max_members
                && (members.joint == 0 || members.organizers.len() <= self.component.max_joint_organizers)
                && self.core(group).is_some()
    }

    /// Whether the group of `block` stays feasible without it.
    pub(super) fn may_leave(&mut self, block: u32) -> bool {
        let group = self.group_of(block);
        let rest = self.blocks(group).len() - 1;
        if rest < 2 {
            return true;
        }
        let core = self.core(group);
        if core.is_some_and(|core| self.component.block_of[core as usize] != block) {
            return true;
        }
        let mut others = self.blocks(group).iter().filter(|&&other| other != block);
        others.any(|&other| {
            self.component.nodes_of(other).any(|node| {
                let cover = self.cover[node as usize] as usize;
                cover == rest
                    || cover == rest - 1 && self.component.attached(node).binary_search(&block).is_err()
            })
        })
    }

    /// Whether the caps leave room for `block` in `group`, to which it adds `joint` joint edges.
    pub(super) fn has_room(&self, group: u32, block: u32, joint: bool) -> bool {
        let members = &self.groups[group as usize];
        let organizers = || {
            let new = self.component.organizers(block).iter();
            members.organizers.len() + new.filter(|new| !members.organizers.contains_key(new)).count()
        };
        members.nodes + self.component.size(block) <= self.component.max_members
            && (!(joint || 0 < members.joint || self.component.internal_joint(block))
                || organizers() <= self.component.max_joint_organizers)
    }

    /// Whether the caps leave room for the union of two groups, with a joint edge between them or not.
    pub(super) fn have_room(&self, a: u32, b: u32, joint: bool) -> bool {
        let (a, b) = (&self.groups[a as usize], &self.groups[b as usize]);
        let organizers = || {
            let new = b.organizers.keys();
            a.organizers.len() + new.filter(|new| !a.organizers.contains_key(new)).count()
        };
        a.nodes + b.nodes <= self.component.max_members
            && (!joint && a.joint == 0 && b.joint == 0 || organizers() <= self.component.max_joint_organizers)
    }
}
