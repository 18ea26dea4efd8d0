//! One merge of a walk.

use crate::model::evidence::MilliBits;

/// Nodes that are together, with the node the others belong with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The core.
    pub core: u32,
    /// The other nodes, ascending.
    pub members: Vec<u32>,
}

/// The part of a walk that a step belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Reviewers put the nodes together.
    Decided,
    /// The clustering put them together.
    Clustered,
    /// Whole groups join.
    Beyond,
}

/// Two groups become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Why.
    pub part: Part,
    /// Weight of the weakest link with the core that the merge makes; [`MilliBits::MAX`] if it is decided.
    pub weight: MilliBits,
    /// The core of the union.
    pub core: u32,
    /// The nodes of the group that had the core before, ascending.
    pub kept: Vec<u32>,
    /// The nodes of the other group, ascending.
    pub added: Vec<u32>,
}
