//! The legal or document basis of an item.

use serde::{Deserialize, Serialize};

/// Rank of a cited document, highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// 法律
    Law,
    /// 党内法规 and documents of the Party centre (中发, 中办发)
    PartyRegulation,
    /// 行政法规, 国务院令
    AdministrativeRegulation,
    /// Documents of the State Council and ministries (国发, 国办发, 部门规章)
    National,
    /// 地方性法规, 省政府规章, provincial documents
    Provincial,
    /// Documents of a prefecture-level city or league.
    Municipal,
    /// Documents of the county itself, minutes, notices.
    County,
    /// Rank not known.
    Unknown,
}

/// One citation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Citation {
    /// Title without its marks and without 中华人民共和国; empty where only a number stands.
    pub title: String,
    /// Document number in standard form, e.g. `国办发〔2024〕54号`, `国务院令第700号`.
    pub number: Option<String>,
    /// Articles as written, e.g. `第六十二条第二款`.
    pub articles: Vec<String>,
    /// Rank.
    pub rank: Rank,
}

impl Citation {
    /// What identifies the document: its number, else its title.
    #[must_use]
    pub fn key(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.title)
    }
}
