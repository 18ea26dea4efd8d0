//! The textbook clusterers on graphs worked by hand.

use super::super::alternatives::{Center, ConnectedComponents, MergeCenter, Star};
use super::super::{Clusterer, Constrained, Constraints, Link};
use super::{link, node_sets};

fn check(clusterer: &dyn Clusterer, nodes: usize, links: &[Link], expected: &[&[u32]]) {
    let found = clusterer.cluster(nodes, links, &Constraints::default(), &|_| 0).unwrap();
    assert_eq!(node_sets(&found), expected, "{}", clusterer.name());
}

/// 0 ═ 1 ─ 2 ═ 3 ─ 4: heavy, light, heavy, lightest; and 5 alone, held by nothing.
#[test]
fn on_a_chain() {
    let weak = Link { weight: -5, ..link(4, 5, 0) };
    let links = [link(0, 1, 90), link(1, 2, 50), link(2, 3, 80), link(3, 4, 20), weak];
    check(&ConnectedComponents, 6, &links, &[&[0, 1, 2, 3, 4], &[5]]);
    // Degrees 1 2 2 2 1: 1 is a centre with 0 and 2; 3 is the next, with 2 and 4; 2 prefers 3.
    check(&Star, 6, &links, &[&[0, 1], &[2, 3, 4], &[5]]);
    // 0-1: 0 centre. 2-3: 2 centre. 1-2: member meets centre. 3-4: 4 is met by a member.
    check(&Center, 6, &links, &[&[0, 1], &[2, 3], &[4], &[5]]);
    // As before, but 1-2 unites the groups of 0 and 2, and 4, a centre, is linked with 3.
    check(&MergeCenter, 6, &links, &[&[0, 1, 2, 3, 4], &[5]]);
    check(&Constrained::default(), 6, &links, &[&[0, 1], &[2, 3, 4], &[5]]);
}

#[test]
fn on_two_triangles_with_a_bridge() {
    let links = [
        link(0, 1, 90),
        link(0, 2, 85),
        link(1, 2, 80),
        link(3, 4, 70),
        link(3, 5, 65),
        link(4, 5, 60),
        link(2, 5, 10),
    ];
    check(&ConnectedComponents, 6, &links, &[&[0, 1, 2, 3, 4, 5]]);
    // Degrees 2 2 3 2 2 3: 2 is a centre with 0, 1 and 5; then 3 with 4 and 5, which prefers 3.
    check(&Star, 6, &links, &[&[0, 1, 2], &[3, 4, 5]]);
    check(&Center, 6, &links, &[&[0, 1, 2], &[3, 4, 5]]);
    // The bridge joins two members, so nothing is united.
    check(&MergeCenter, 6, &links, &[&[0, 1, 2], &[3, 4, 5]]);
    check(&Constrained::default(), 6, &links, &[&[0, 1, 2], &[3, 4, 5]]);
}

#[test]
fn on_a_star_all_agree_with_the_engine() {
    let links = [link(0, 3, 10), link(1, 3, 20), link(2, 3, 30)];
    for clusterer in [&ConnectedComponents as &dyn Clusterer, &Star, &MergeCenter, &Constrained::default()] {
        let found = clusterer.cluster(4, &links, &Constraints::default(), &|_| 0).unwrap();
        assert_eq!((found.objective, found.bound), (60, 60), "{}", clusterer.name());
        assert_eq!((found.groups.len(), found.groups[0].core), (1, 3), "{}", clusterer.name());
    }
    // 2, the smaller of the first link, becomes the centre, and 3 its member: 0 and 1 are left over.
    check(&Center, 4, &links, &[&[0], &[1], &[2, 3]]);
}
