//! How two items stand to each other.

use serde::{Deserialize, Serialize};

/// The relations of the consolidation standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// 重复: the same matter put forward twice.
    Duplicate,
    /// 拆分: one organizer cut one matter into rounds, batches, stages or target subsets.
    Split,
    /// 覆盖: one matter is a named part of the other's.
    Covered,
    /// 联合: different organizers, one specific kind of place, windows that can meet.
    Joint,
    /// 不合并.
    Distinct,
    /// 不得合并: would be merged, were one side not protected.
    Barred,
}

impl Relation {
    /// Whether the two items end up in one plan item.
    #[must_use]
    pub const fn merges(self) -> bool {
        matches!(self, Self::Duplicate | Self::Split | Self::Covered | Self::Joint)
    }

    /// The word used in data files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Split => "split",
            Self::Covered => "covered",
            Self::Joint => "joint",
            Self::Distinct => "distinct",
            Self::Barred => "barred",
        }
    }

    /// The Chinese word used in reports.
    #[must_use]
    pub const fn label_zh(self) -> &'static str {
        match self {
            Self::Duplicate => "重复",
            Self::Split => "拆分",
            Self::Covered => "覆盖",
            Self::Joint => "联合",
            Self::Distinct => "不合并",
            Self::Barred => "不得合并",
        }
    }
}

/// Why an item is protected from merging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// 举报投诉核查
    Complaint,
    /// 案件查办
    Case,
    /// 责令限期整改复查
    Recheck,
    /// 人大执法检查, 专项报告
    Congress,
    /// 纪检监察, 巡视巡察
    Discipline,
    /// 审计
    Audit,
    /// 飞行检查, 暗访, 四不两直
    Unannounced,
    /// 中央环保督察 and its kind
    CentralInspection,
    /// A law requires a separate check.
    SeparateByLaw,
}

impl Protection {
    /// All reasons.
    pub const ALL: [Self; 9] = [
        Self::Complaint,
        Self::Case,
        Self::Recheck,
        Self::Congress,
        Self::Discipline,
        Self::Audit,
        Self::Unannounced,
        Self::CentralInspection,
        Self::SeparateByLaw,
    ];

    /// The key in data files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Case => "case",
            Self::Recheck => "recheck",
            Self::Congress => "congress",
            Self::Discipline => "discipline",
            Self::Audit => "audit",
            Self::Unannounced => "unannounced",
            Self::CentralInspection => "central_inspection",
            Self::SeparateByLaw => "separate_by_law",
        }
    }

    /// The reason in Chinese.
    #[must_use]
    pub const fn label_zh(self) -> &'static str {
        match self {
            Self::Complaint => "举报投诉核查应单独办理",
            Self::Case => "案件查办应单独进行",
            Self::Recheck => "责令整改复查应单独进行",
            Self::Congress => "人大执法检查依法独立开展",
            Self::Discipline => "纪检监察、巡视巡察独立开展",
            Self::Audit => "审计依法独立实施",
            Self::Unannounced => "不预先告知的检查不得与告知的检查合并",
            Self::CentralInspection => "中央环保督察等专门督察独立开展",
            Self::SeparateByLaw => "法律要求单独检查",
        }
    }

    /// The reason in English.
    #[must_use]
    pub const fn label_en(self) -> &'static str {
        match self {
            Self::Complaint => "complaints are investigated on their own",
            Self::Case => "cases are handled on their own",
            Self::Recheck => "re-checks of ordered rectification stand alone",
            Self::Congress => "inspections by the people's congress are independent",
            Self::Discipline => "disciplinary inspection is independent",
            Self::Audit => "audits are independent",
            Self::Unannounced => "unannounced visits are not merged with announced ones",
            Self::CentralInspection => "central inspectorates are independent",
            Self::SeparateByLaw => "a law requires a separate check",
        }
    }
}
