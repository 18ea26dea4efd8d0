//! The groups of a pool that changes.

use std::collections::BTreeMap;

use crate::cluster::{ComponentReport, Group, Partition};

/// Who goes with whom, by the items' numbers.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// By item: the core of its group.
    core_of: Vec<u32>,
    /// By core: the other members, by id.
    members_of: Vec<Vec<u32>>,
    /// How well each component is clustered, by its first item.
    reports: BTreeMap<u32, ComponentReport>,
}

impl Groups {
    /// That many items, each in a group of its own.
    pub(super) fn new(items: usize) -> Self {
        let mut groups = Self::default();
        (0..items as u32).for_each(|item| groups.add_alone(item));
        groups
    }

    /// Appends an item, numbered next.
    pub(super) fn add_alone(&mut self, item: u32) {
        self.core_of.push(item);
        self.members_of.push(Vec::new());
    }

    /// Puts an item in a group of its own.
    pub(super) fn set_alone(&mut self, item: u32) {
        self.reports.remove(&item);
        self.core_of[item as usize] = item;
        self.members_of[item as usize].clear();
    }

    /// Takes over the groups of whole components, whose items go by their positions in a list by id.
    pub(super) fn replace(&mut self, partition: Partition, items: &[u32]) {
        for &item in items {
            self.set_alone(item);
        }
        for Group { core, members } in partition.groups {
            let core = items[core as usize];
            let members: Vec<u32> = members.into_iter().map(|member| items[member as usize]).collect();
            for &member in &members {
                self.core_of[member as usize] = core;
            }
            self.members_of[core as usize] = members;
        }
        for report in partition.components {
            self.reports.insert(items[report.first as usize], report);
        }
    }

    /// The core of an item's group, and its other members by id.
    pub(super) fn group(&self, item: u32) -> (u32, &[u32]) {
        let core = self.core_of[item as usize];
        (core, &self.members_of[core as usize])
    }

    /// The groups of all items, given by id, as positions in that list.
    pub(super) fn partition(&self, items: &[u32]) -> Partition {
        let mut position = vec![0u32; self.core_of.len()];
        for (&item, number) in items.iter().zip(0..) {
            position[item as usize] = number;
        }
        let at = |item: &u32| position[*item as usize];
        let cores = items.iter().filter(|&&item| self.core_of[item as usize] == item);
        let mut groups: Vec<Group> = cores
            .map(|core| {
                let members = self.members_of[*core as usize].iter().map(at).collect();
                Group { core: at(core), members }
            })
            .collect();
        groups.sort_by_key(|group| group.nodes().first().copied());
        let mut components: Vec<ComponentReport> = self
            .reports
            .iter()
            .map(|(first, report)| ComponentReport { first: at(first), ..*report })
            .collect();
        components.sort_by_key(|report| report.first);
        Partition {
            objective: components.iter().map(|report| report.objective).sum(),
            bound: components.iter().map(|report| report.bound).sum(),
            groups,
            components,
        }
    }
}
