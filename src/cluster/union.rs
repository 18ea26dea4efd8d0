//! Disjoint sets.

/// Sets of nodes, each represented by its smallest node.
///
/// Path halving without ranks: no recursion, O(log n) amortised per operation, and the
/// representative does not depend on the order of the unions.
#[derive(Clone, Debug)]
pub(super) struct Union {
    parent: Vec<u32>,
}

impl Union {
    /// `nodes` sets of one node each.
    pub(super) fn new(nodes: usize) -> Self {
        Self { parent: (0..nodes as u32).collect() }
    }

    /// The smallest node of the set of `node`.
    pub(super) fn find(&mut self, mut node: u32) -> u32 {
        while self.parent[node as usize] != node {
            let grandparent = self.parent[self.parent[node as usize] as usize];
            self.parent[node as usize] = grandparent;
            node = grandparent;
        }
        node
    }

    /// Unites the sets of `a` and `b`.
    pub(super) fn unite(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }

    /// The number of each node's set, sets numbered by their smallest nodes; and how many there are.
    pub(super) fn numbered(mut self) -> (Vec<u32>, usize) {
        let mut number = vec![0; self.parent.len()];
        let mut count = 0;
        for node in 0..self.parent.len() as u32 {
            let root = self.find(node);
            number[node as usize] = if root == node {
                count += 1;
                count - 1
            } else {
                number[root as usize]
            };
        }
        (number, count as usize)
    }
}
