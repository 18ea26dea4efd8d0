//! Named things with other names, wider things and wholes.

use std::collections::BTreeMap;

use petgraph::algo::toposort;
use petgraph::graph::{DiGraph, NodeIndex};

use super::matcher::{Matcher, Mention};

/// An entry of a [`Taxonomy`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Canonical name, folded.
    pub name: String,
    /// Other forms with the same meaning, folded.
    pub aliases: Vec<String>,
    /// Entries of which this is a kind.
    pub wider: Vec<u32>,
    /// Entries that name this as one of their parts (for venues: premises that contain it).
    pub part_of: Vec<u32>,
    /// Department that usually leads, by generic name.
    pub lead: Option<String>,
    /// Field of work the entry belongs to.
    pub field: String,
    /// For venues: specific enough for one joint visit.
    pub narrow: bool,
}

/// A dictionary of entries in a directed acyclic graph of *is a kind of* and *is a part of*.
#[derive(Debug)]
pub struct Taxonomy {
    entries: Vec<Entry>,
    /// Everything wider, transitively; sorted. Invariant: never contains the entry itself.
    wider: Vec<Box<[u32]>>,
    /// Every whole: what it is part of, and what those and its wider entries are kinds or parts of; sorted.
    wholes: Vec<Box<[u32]>>,
    /// Number of entries that have it above them.
    below: Vec<u32>,
    by_form: BTreeMap<String, u32>,
    matcher: Matcher,
}

impl Taxonomy {
    /// Checks the links and builds the look-ups.
    ///
    /// # Errors
    /// A sentence naming the entries: a form with two meanings, or a circle of links.
    pub(crate) fn new(entries: Vec<Entry>) -> Result<Self, String> {
        let mut by_form: BTreeMap<String, u32> = BTreeMap::new();
        for (number, entry) in entries.iter().enumerate() {
            for form in std::iter::once(&entry.name).chain(&entry.aliases) {
                match by_form.insert(form.clone(), number as u32) {
                    Some(other) if other != number as u32 => {
                        return Err(format!(
                            "`{form}` means both `{}` and `{}`",
                            entries[other as usize].name, entry.name
                        ));
                    }
                    _ => {}
                }
            }
        }
        let mut graph: DiGraph<(), bool> = DiGraph::with_capacity(entries.len(), entries.len());
        for _ in &entries {
            graph.add_node(());
        }
        for (number, entry) in entries.iter().enumerate() {
            for &up in &entry.wider {
                graph.add_edge(NodeIndex::new(number), NodeIndex::new(up as usize), false);
            }
            for &up in &entry.part_of {
                graph.add_edge(NodeIndex::new(number), NodeIndex::new(up as usize), true);
            }
        }
        let order = toposort(&graph, None).map_err(|cycle| {
            format!("the links of `{}` run in a circle", entries[cycle.node_id().index()].name)
        })?;
        let mut wider: Vec<Box<[u32]>> = vec![Box::default(); entries.len()];
        let mut wholes: Vec<Box<[u32]>> = vec![Box::default(); entries.len()];
        // Sources of links come first in topological order, so walk it backwards: wider entries are done.
        for node in order.into_iter().rev() {
            let number = node.index();
            let mut up = Vec::new();
            let mut whole = Vec::new();
            for &parent in &entries[number].wider {
                up.push(parent);
                up.extend_from_slice(&wider[parent as usize]);
                whole.extend_from_slice(&wholes[parent as usize]);
            }
            for &parent in &entries[number].part_of {
                whole.push(parent);
                whole.extend_from_slice(&wider[parent as usize]);
                whole.extend_from_slice(&wholes[parent as usize]);
            }
            up.sort_unstable();
            up.dedup();
            whole.sort_unstable();
            whole.dedup();
            wider[number] = up.into_boxed_slice();
            wholes[number] = whole.into_boxed_slice();
        }
        let mut below = vec![0; entries.len()];
        for number in 0..entries.len() {
            for &above in wider[number].iter().chain(&wholes[number][..]) {
                below[above as usize] += 1;
            }
        }
        let matcher = Matcher::new(by_form.iter().map(|(form, &entry)| (form.as_str(), entry)));
        Ok(Self { entries, wider, wholes, below, by_form, matcher })
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many entries have it above them: what many others are kinds or parts of is a field of work, not a matter.
    #[must_use]
    pub fn below(&self, number: u32) -> u32 {
        self.below[number as usize]
    }

    /// Whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Number of surface forms.
    #[must_use]
    pub fn form_count(&self) -> usize {
        self.by_form.len()
    }

    /// The entry of that number.
    #[must_use]
    pub fn entry(&self, number: u32) -> &Entry {
        &self.entries[number as usize]
    }

    /// All entries, by number.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with exactly this (folded) form.
    #[must_use]
    pub fn by_form(&self, form: &str) -> Option<u32> {
        self.matcher.exact(form)
    }

    /// Forms with their entries, in order of the form.
    pub fn forms(&self) -> impl Iterator<Item = (&str, u32)> {
        self.by_form.iter().map(|(form, &entry)| (form.as_str(), entry))
    }

    /// Mentions in a folded text, leftmost-longest.
    pub fn mentions<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Mention> + 'a {
        self.matcher.find(text)
    }

    /// Everything wider than the entry, sorted, without itself.
    #[must_use]
    pub fn wider(&self, number: u32) -> &[u32] {
        &self.wider[number as usize]
    }

    /// Every whole the entry is a part of, sorted, without itself.
    #[must_use]
    pub fn wholes(&self, number: u32) -> &[u32] {
        &self.wholes[number as usize]
    }

    /// Whether `narrow` is `wide` or a kind of it.
    #[must_use]
    pub fn is_a(&self, narrow: u32, wide: u32) -> bool {
        narrow == wide || self.wider(narrow).binary_search(&wide).is_ok()
    }

    /// Whether `part` is named as a part of `whole`.
    #[must_use]
    pub fn is_part(&self, part: u32, whole: u32) -> bool {
        self.wholes(part).binary_search(&whole).is_ok()
    }
}
