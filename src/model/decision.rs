//! What a reviewer decided.

use serde::{Deserialize, Serialize};

/// A reviewer's word on a pair or on an item. It is law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decision {
    /// What is decided, and of which items.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Line of the decisions file, from 1; 0 when built by a program.
    #[serde(skip)]
    pub line: u32,
}

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Verdict {
    /// Both items belong to one plan item.
    Merge {
        /// Id of the first item.
        a: String,
        /// Id of the second item.
        b: String,
    },
    /// The items never share a plan item.
    Separate {
        /// Id of the first item.
        a: String,
        /// Id of the second item.
        b: String,
    },
    /// The item stays a plan item of its own.
    Keep {
        /// Id of the item.
        item: String,
    },
    /// The item is taken out of the pool.
    Withdraw {
        /// Id of the item.
        item: String,
    },
}
