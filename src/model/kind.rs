//! What sort of activity an item is.

use serde::{Deserialize, Serialize};

/// The activity classes of domain practice; finer words (监督检查, 绩效考评 …) map to one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Kind {
    /// Executive supervision visit.
    #[serde(rename = "督查")]
    Supervision,
    /// Inspection.
    #[serde(rename = "检查")]
    Inspection,
    /// Assessment that scores a result.
    #[serde(rename = "考核")]
    Assessment,
    /// Evaluation.
    #[serde(rename = "评估")]
    Evaluation,
    /// Spot check.
    #[serde(rename = "抽查")]
    SpotCheck,
    /// Research visit.
    #[serde(rename = "调研")]
    Research,
    /// Appraisal, award or target-attainment activity.
    #[serde(rename = "评比")]
    Appraisal,
    /// Audit.
    #[serde(rename = "审计")]
    Audit,
    /// Disciplinary inspection tour.
    #[serde(rename = "巡察")]
    DisciplinaryTour,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Supervision,
        Self::Inspection,
        Self::Assessment,
        Self::Evaluation,
        Self::SpotCheck,
        Self::Research,
        Self::Appraisal,
        Self::Audit,
        Self::DisciplinaryTour,
    ];

    /// The Chinese word used in plans.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Supervision => "督查",
            Self::Inspection => "检查",
            Self::Assessment => "考核",
            Self::Evaluation => "评估",
            Self::SpotCheck => "抽查",
            Self::Research => "调研",
            Self::Appraisal => "评比",
            Self::Audit => "审计",
            Self::DisciplinaryTour => "巡察",
        }
    }

    /// The kind whose [`label`](Self::label) is `text`.
    #[must_use]
    pub fn from_label(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.label() == text)
    }

    /// Whether the activity goes to sites and looks (检查, 抽查), rather than steering or scoring.
    #[must_use]
    pub const fn is_site_check(self) -> bool {
        matches!(self, Self::Inspection | Self::SpotCheck)
    }

    /// Whether the activity scores a result (考核, 评估, 评比).
    #[must_use]
    pub const fn scores(self) -> bool {
        matches!(self, Self::Assessment | Self::Evaluation | Self::Appraisal)
    }
}
