//! Components: parts of the graph that no group can straddle.

use super::constraints::{Blocks, Constraints};
use super::link::Link;
use super::rows::Rows;
use super::union::Union;

/// All links between one pair of blocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// The other block.
    pub(super) to: u32,
    /// Sum of the links' weights.
    pub(super) weight: i64,
    /// Whether the two blocks never share a group.
    pub(super) barred: bool,
    /// Whether one of the links is joint.
    pub(super) joint: bool,
}

/// A component of the blocks' graph. Blocks and nodes are numbered within the component: blocks by
/// their smallest nodes, nodes block by block.
///
/// Vocabulary: a block is *attached* to a node outside it if one of its nodes has a link with that
/// node that [holds](Link::holds). A node is a core of a set of blocks iff it lies in the set and
/// every block but its own is attached to it.
#[derive(Clone, Debug)]
pub(super) struct Component {
    /// The run's number of each node.
    pub(super) nodes: Vec<u32>,
    /// The links within the component, by numbers within the component.
    pub(super) links: Vec<Link>,
    /// The block of each node.
    pub(super) block_of: Vec<u32>,
    /// First node of each block; the last entry is the number of nodes.
    first_node: Vec<u32>,
    edges: Rows<Edge>,
    attached: Rows<u32>,
    attachers: Rows<u32>,
    organizers: Rows<u32>,
    internal_joint: Vec<bool>,
    /// Sum of the weights inside blocks, part of every partition's objective.
    pub(super) internal: i64,
    /// Cap on the nodes of a group of several blocks.
    pub(super) max_members: usize,
    /// Cap on the organizers of a group of several blocks with a joint pair.
    pub(super) max_joint_organizers: usize,
}

impl Component {
    /// Number of blocks.
    pub(super) fn len(&self) -> usize {
        self.first_node.len() - 1
    }

    /// The nodes of `block`.
    pub(super) fn nodes_of(&self, block: u32) -> std::ops::Range<u32> {
        self.first_node[block as usize]..self.first_node[block as usize + 1]
    }

    /// How many nodes `block` has.
    pub(super) fn size(&self, block: u32) -> usize {
        self.nodes_of(block).len()
    }

    /// The edges of `block`, ascending by the other block.
    pub(super) fn edges(&self, block: u32) -> &[Edge] {
        self.edges.row(block)
    }

    /// The blocks attached to `node`, ascending.
    pub(super) fn attached(&self, node: u32) -> &[u32] {
        self.attached.row(node)
    }

    /// The nodes `block` is attached to, ascending.
    pub(super) fn attachers(&self, block: u32) -> &[u32] {
        self.attachers.row(block)
    }

    /// The organizers of the nodes of `block`, ascending, each once.
    pub(super) fn organizers(&self, block: u32) -> &[u32] {
        self.organizers.row(block)
    }

    /// Whether a pair inside `block` is joint.
    pub(super) fn internal_joint(&self, block: u32) -> bool {
        self.internal_joint[block as usize]
    }

    /// The objective of the partition that gives each block the group `label[block]`.
    pub(super) fn objective(&self, label: &[u32]) -> i64 {
        let twice: i64 = (0..self.len() as u32)
            .flat_map(|block| self.edges(block).iter().map(move |edge| (block, edge)))
            .filter(|(block, edge)| label[*block as usize] == label[edge.to as usize])
            .map(|(_, edge)| edge.weight)
            .sum();
        self.internal + twice / 2
    }

    fn new(blocks: &[&[u32]], links: Vec<Link>, barred: &[(u32, u32)], constraints: &Constraints) -> Self {
        let nodes = blocks.concat();
        let mut first_node = vec![0];
        let mut block_of = Vec::with_capacity(nodes.len());
        let mut organizers = Vec::new();
        for (block, members) in blocks.iter().enumerate() {
            first_node.push(first_node[block] + members.len() as u32);
            block_of.resize(block_of.len() + members.len(), block as u32);
            let from = organizers.len();
            organizers.extend(members.iter().map(|&node| (block as u32, constraints.organizer_of(node))));
            organizers[from..].sort_unstable();
        }
        organizers.dedup();

        let mut internal = 0;
        let mut internal_joint = vec![false; blocks.len()];
        let mut edges: Vec<(u32, Edge)> = Vec::with_capacity(2 * (links.len() + barred.len()));
        let mut attached = Vec::new();
        for link in &links {
            let (a, b) = (block_of[link.a as usize], block_of[link.b as usize]);
            if a == b {
                internal += i64::from(link.weight);
                internal_joint[a as usize] |= link.joint;
                continue;
            }
            let edge = Edge { to: b, weight: i64::from(link.weight), barred: false, joint: link.joint };
            edges.extend([(a, edge), (b, Edge { to: a, ..edge })]);
            if link.holds() {
                attached.extend([(link.a, b), (link.b, a)]);
            }
        }
        for &(a, b) in barred {
            let edge = Edge { to: b, weight: 0, barred: true, joint: false };
            edges.extend([(a, edge), (b, Edge { to: a, ..edge })]);
        }
        edges.sort_unstable_by_key(|(from, edge)| (*from, edge.to));
        edges.dedup_by(|(from, edge), (kept_from, kept)| {
            let same = *from == *kept_from && edge.to == kept.to;
            if same {
                kept.weight += edge.weight;
                kept.barred |= edge.barred;
                kept.joint |= edge.joint;
            }
            same
        });
        attached.sort_unstable();
        attached.dedup();
        let attachers: Vec<_> = attached.iter().map(|&(node, block)| (block, node)).collect();
        Self {
            edges: Rows::new(blocks.len(), &edges),
            attached: Rows::new(nodes.len(), &attached),
            attachers: Rows::new(blocks.len(), &attachers),
            organizers: Rows::new(blocks.len(), &organizers),
            nodes,
            links,
            block_of,
            first_node,
            internal_joint,
            internal,
            max_members: constraints.max_members,
            max_joint_organizers: constraints.max_joint_organizers,
        }
    }
}

/// Splits the graph into components of two nodes or more, ordered by smallest node.
///
/// Two blocks are in one component iff a chain of holding links between blocks that are not barred
/// connects them. No feasible group straddles components: its core has such a link with each of its
/// other blocks, so a group is connected. Links between components are dropped.
///
/// `links` are sorted pairs `a < b` without duplicates.
///
/// Complexity: O((n + links + barred) log) time, O(n + links + barred) memory.
pub(super) fn split(blocks: &Blocks, links: &[Link], constraints: &Constraints) -> Vec<Component> {
    let ends = |link: &Link| (blocks.of[link.a as usize], blocks.of[link.b as usize]);
    let mut union = Union::new(blocks.nodes.len());
    for link in links.iter().filter(|link| link.holds()) {
        let (a, b) = ends(link);
        if !blocks.are_barred(a, b) {
            union.unite(a, b);
        }
    }
    let (component_of, count) = union.numbered();
    let within = |a: u32, b: u32| component_of[a as usize] == component_of[b as usize];

    let pairs: Vec<_> = component_of.iter().copied().zip(0..).collect();
    let members = Rows::new(count, &pairs);
    let pairs: Vec<_> = links
        .iter()
        .filter(|link| within(ends(link).0, ends(link).1))
        .map(|link| (component_of[ends(link).0 as usize], *link))
        .collect();
    let inner_links = Rows::new(count, &pairs);
    let pairs: Vec<_> = blocks
        .barred
        .iter()
        .filter(|&&(a, b)| within(a, b))
        .map(|&(a, b)| (component_of[a as usize], (a, b)))
        .collect();
    let inner_barred = Rows::new(count, &pairs);

    let mut local_node = vec![0; blocks.of.len()];
    let mut local_block = vec![0; blocks.nodes.len()];
    let mut components = Vec::new();
    for component in 0..count as u32 {
        let members: Vec<&[u32]> = members.row(component).iter().map(|&b| blocks.nodes.row(b)).collect();
        if members.iter().map(|nodes| nodes.len()).sum::<usize>() < 2 {
            continue;
        }
        for (local, &node) in members.iter().copied().flatten().enumerate() {
            local_node[node as usize] = local as u32;
        }
        for (local, nodes) in members.iter().enumerate() {
            local_block[blocks.of[nodes[0] as usize] as usize] = local as u32;
        }
        let links = inner_links.row(component).iter();
        let links = links
            .map(|&link| Link { a: local_node[link.a as usize], b: local_node[link.b as usize], ..link })
            .collect();
        let barred = inner_barred.row(component).iter();
        let barred: Vec<_> =
            barred.map(|&(a, b)| (local_block[a as usize], local_block[b as usize])).collect();
        components.push(Component::new(&members, links, &barred, constraints));
    }
    components
}
