//! A unit that can be visited or that visits, as the roster names it.

use serde::{Deserialize, Serialize};

/// A row of the roster `units.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Unit {
    /// Unique id.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Other and former names.
    pub aliases: Vec<String>,
    /// Kind of unit: government, department, township, village, school, medical, operator …
    pub kind: String,
    /// Ids of the units that contain it; empty for the root. A unit may have several parents.
    pub parents: Vec<String>,
    /// Industry, venue type and other classes.
    pub tags: Vec<String>,
}
