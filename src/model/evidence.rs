//! Why two items are, or are not, put together.

use serde::{Deserialize, Serialize};

use super::relation::{Protection, Relation};

/// A log2 Bayes factor in thousandths of a bit. Positive speaks for a merge.
pub type MilliBits = i32;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// Wording of the matter.
    Name,
    /// Concepts of the lexicon that both speak of.
    Concept,
    /// Words of one name in the content of the other.
    Content,
    /// Object or contrast word.
    Object,
    /// Venue type.
    Venue,
    /// Units visited.
    Targets,
    /// Organizers.
    Organizer,
    /// Kind of activity.
    Kind,
    /// Time windows.
    Window,
    /// Legal basis.
    Basis,
    /// Ratio and method.
    Method,
    /// What the notes say of other items.
    Notes,
}

impl Aspect {
    /// All aspects, in the order of their discriminants.
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::Concept,
        Self::Content,
        Self::Object,
        Self::Venue,
        Self::Targets,
        Self::Organizer,
        Self::Kind,
        Self::Window,
        Self::Basis,
        Self::Method,
        Self::Notes,
    ];

    /// The key in data files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Concept => "concept",
            Self::Content => "content",
            Self::Object => "object",
            Self::Venue => "venue",
            Self::Targets => "targets",
            Self::Organizer => "organizer",
            Self::Kind => "kind",
            Self::Window => "window",
            Self::Basis => "basis",
            Self::Method => "method",
            Self::Notes => "notes",
        }
    }

    /// The Chinese label in reports.
    #[must_use]
    pub const fn label_zh(self) -> &'static str {
        match self {
            Self::Name => "名称",
            Self::Concept => "主题",
            Self::Content => "内容",
            Self::Object => "对象词",
            Self::Venue => "场所类型",
            Self::Targets => "受检单位",
            Self::Organizer => "主办单位",
            Self::Kind => "类别",
            Self::Window => "时间",
            Self::Basis => "依据",
            Self::Method => "方式",
            Self::Notes => "备注",
        }
    }
}

/// One comparison of a pair, for a reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    /// What was compared.
    pub aspect: Aspect,
    /// The level reached, e.g. `same_concept`, `nested`, `disjoint`.
    pub level: String,
    /// The level in Chinese.
    pub level_zh: String,
    /// What stood on the side of `a`.
    pub a: String,
    /// What stood on the side of `b`.
    pub b: String,
    /// Weight of the level.
    pub weight: MilliBits,
}

/// The whole evidence on a pair.
///
/// `total = prior + Σ weight`, exactly; `probability = 2^total / (1 + 2^total)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// Id of the first item (the lesser id).
    pub a: String,
    /// Id of the second item.
    pub b: String,
    /// The relation decided.
    pub relation: Relation,
    /// For [`Relation::Covered`]: the id of the item that folds into the other.
    pub covered: Option<String>,
    /// For [`Relation::Barred`]: why.
    pub protection: Option<Protection>,
    /// Every comparison made, with its weight.
    pub comparisons: Vec<Comparison>,
    /// Weight before any comparison.
    pub prior: MilliBits,
    /// Sum of prior and weights.
    pub total: MilliBits,
    /// Total needed to merge.
    pub threshold: MilliBits,
    /// Match probability in ten-thousandths, 0–10 000.
    pub probability: u16,
    /// The rule which decided the relation, in Chinese.
    pub rule_zh: String,
    /// The rule which decided the relation, in English.
    pub rule_en: String,
    /// What would have to differ for another outcome, in Chinese.
    pub counterfactual_zh: String,
    /// What would have to differ for another outcome, in English.
    pub counterfactual_en: String,
}
