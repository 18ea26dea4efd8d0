//! Textbook clusterers, for comparison with the engine's.
//!
//! Hassanzadeh et al. (2009) compare these on duplicate detection. All look at the links that
//! [hold](Link::holds) only, ignore every constraint, and know no core rule: that is what is to be
//! measured. So their groups may be infeasible, and they never return a contradiction. The bound they
//! report is the sum of the positive weights, and they report no components.
//!
//! Complexity of each: O(n + m log m) time, O(n + m) memory.

use std::cmp::Reverse;

use super::Clusterer;
use super::constraints::{Constraints, Contradiction};
use super::link::Link;
use super::partition::{Group, Partition};
use super::rows::Rows;
use super::union::Union;

/// Connected components of the holding links: what most tools do, and what chains through weak links.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConnectedComponents;

/// Stars (Aslam, Pelekhov and Rus 2004): in the order of falling degree, each node not yet in a star
/// becomes the centre of one; a node that neighbours several centres goes to the heaviest.
#[derive(Clone, Copy, Debug, Default)]
pub struct Star;

/// Center (Haveliwala, Gionis and Indyk 2000): links in falling order of weight; the first link of two
/// new nodes makes one the centre and the other its member, a link of a centre with a new node makes
/// this its member; a new node met by a member becomes a centre itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Center;

/// Merge-Center (Hassanzadeh and Miller 2009): as [`Center`], but a link of a centre with a member of
/// another group, or another centre, unites the two groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct MergeCenter;

macro_rules! clusterer {
    ($type:ident, $name:literal, $label:path) => {
        impl Clusterer for $type {
            fn name(&self) -> &'static str {
                $name
            }

            fn cluster(
                &self,
                nodes: usize,
                links: &[Link],
                _: &Constraints,
                core_rank: &(dyn Fn(u32) -> i64 + Sync),
            ) -> Result<Partition, Contradiction> {
                let links = Link::canonical(links);
                let mut holding: Vec<_> = links.iter().copied().filter(Link::holds).collect();
                holding.sort_by_key(|link| Reverse(link.weight));
                let label = $label(nodes, &holding);
                Ok(partition(&label, &links, core_rank))
            }
        }
    };
}

clusterer!(ConnectedComponents, "connected_components", connected_components);
clusterer!(Star, "star", star);
clusterer!(Center, "center", center);
clusterer!(MergeCenter, "merge_center", merge_center);

fn connected_components(nodes: usize, links: &[Link]) -> Vec<u32> {
    let mut union = Union::new(nodes);
    for link in links {
        union.unite(link.a, link.b);
    }
    union.numbered().0
}

fn star(nodes: usize, links: &[Link]) -> Vec<u32> {
    let ends = links.iter().flat_map(|link| [(link.a, link.b), (link.b, link.a)]);
    // Links fall by weight, and so do the neighbours of each node.
    let neighbours = Rows::new(nodes, &ends.collect::<Vec<_>>());
    let mut order: Vec<_> = (0..nodes as u32).collect();
    order.sort_by_key(|&node| Reverse(neighbours.row(node).len()));
    let mut is_centre = vec![false; nodes];
    let mut in_star = vec![false; nodes];
    for node in order {
        if !in_star[node as usize] {
            is_centre[node as usize] = true;
            for &near in neighbours.row(node).iter().chain([&node]) {
                in_star[near as usize] = true;
            }
        }
    }
    let centre_of = |node: u32| {
        let mut near = neighbours.row(node).iter().copied();
        if is_centre[node as usize] {
            node
        } else {
            near.find(|&near| is_centre[near as usize]).unwrap_or(node)
        }
    };
    (0..nodes as u32).map(centre_of).collect()
}

/// What a node was made in a scan of the links.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    New,
    Centre,
    MemberOf(u32),
}

fn center(nodes: usize, links: &[Link]) -> Vec<u32> {
    let role = scan(nodes, links, |_, _| ());
    labels(&role)
}

fn merge_center(nodes: usize, links: &[Link]) -> Vec<u32> {
    let mut union = Union::new(nodes);
    let role = scan(nodes, links, |a, b| union.unite(a, b));
    labels(&role).into_iter().map(|centre| union.find(centre)).collect()
}

/// Gives each node its role; calls `meet` with the centres of two groups whenever a link joins the
/// centre of one with a node of the other.
fn scan(nodes: usize, links: &[Link], mut meet: impl FnMut(u32, u32)) -> Vec<Role> {
    let mut role = vec![Role::New; nodes];
    for &Link { a, b, .. } in links {
        match (role[a as usize], role[b as usize]) {
            (Role::New, Role::New) => {
                role[a as usize] = Role::Centre;
                role[b as usize] = Role::MemberOf(a);
            }
            (Role::Centre, Role::New) => role[b as usize] = Role::MemberOf(a),
            (Role::New, Role::Centre) => role[a as usize] = Role::MemberOf(b),
            (Role::MemberOf(_), Role::New) => {
                role[b as usize] = Role::Centre;
                meet_as_centre(&role, b, a, &mut meet);
            }
            (Role::New, Role::MemberOf(_)) => {
                role[a as usize] = Role::Centre;
                meet_as_centre(&role, a, b, &mut meet);
            }
            (Role::Centre, Role::Centre | Role::MemberOf(_)) => meet_as_centre(&role, a, b, &mut meet),
            (Role::MemberOf(_), Role::Centre) => meet_as_centre(&role, b, a, &mut meet),
            (Role::MemberOf(_), Role::MemberOf(_)) => {}
        }
    }
    role
}

fn meet_as_centre(role: &[Role], centre: u32, node: u32, meet: &mut impl FnMut(u32, u32)) {
    meet(centre, if let Role::MemberOf(other) = role[node as usize] { other } else { node });
}

fn labels(role: &[Role]) -> Vec<u32> {
    let centre = |(node, role): (usize, &Role)| if let Role::MemberOf(c) = role { *c } else { node as u32 };
    role.iter().enumerate().map(centre).collect()
}

/// The groups of a labelling; the core is the node with the largest sum of weights to the others, then
/// with the larger rank, then the smaller.
fn partition(label: &[u32], links: &[Link], core_rank: &(dyn Fn(u32) -> i64 + Sync)) -> Partition {
    let mut pull = vec![0_i64; label.len()];
    let mut partition = Partition::default();
    for &Link { a, b, weight, .. } in links {
        partition.bound += i64::from(weight.max(0));
        if label[a as usize] == label[b as usize] {
            partition.objective += i64::from(weight);
            pull[a as usize] += i64::from(weight);
            pull[b as usize] += i64::from(weight);
        }
    }
    let pairs: Vec<_> = label.iter().copied().zip(0..).collect();
    let nodes_of = Rows::new(label.len(), &pairs);
    for group in 0..label.len() as u32 {
        let nodes = nodes_of.row(group).iter().copied();
        if let Some(core) =
            nodes.clone().max_by_key(|&node| (pull[node as usize], core_rank(node), Reverse(node)))
        {
            partition.groups.push(Group { core, members: nodes.filter(|&node| node != core).collect() });
        }
    }
    partition.sorted()
}
