//! The languages of the reports: every label in one place.

use std::str::FromStr;

use super::choice::UnknownChoice;
use crate::model::evidence::{Aspect, Comparison, Evidence};
use crate::model::item::Field;
use crate::model::kind::Kind;
use crate::model::plan::Action;
use crate::model::relation::{Protection, Relation};

/// Language of headers, labels and sentences. What the departments wrote is never translated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// `zh` in Chinese reports, `en` in English ones.
    #[must_use]
    pub(super) const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// `text` in quotation marks.
    pub(super) fn quote(self, text: &str) -> String {
        match self {
            Self::Zh => format!("“{text}”"),
            Self::En => format!("\"{text}\""),
        }
    }

    /// The word for a relation.
    #[must_use]
    pub const fn relation(self, relation: Relation) -> &'static str {
        match self {
            Self::Zh => relation.label_zh(),
            Self::En => relation.key(),
        }
    }

    /// The word for what was compared.
    #[must_use]
    pub const fn aspect(self, aspect: Aspect) -> &'static str {
        match self {
            Self::Zh => aspect.label_zh(),
            Self::En => aspect.key(),
        }
    }

    /// The header of a field.
    #[must_use]
    pub fn field(self, field: Field) -> &'static str {
        match (self, field) {
            (Self::Zh, _) => field.label_zh(),
            (Self::En, Field::CoOrganizers) => "co-organizers",
            (Self::En, _) => field.key(),
        }
    }

    /// Why an item is protected.
    #[must_use]
    pub const fn protection(self, protection: Protection) -> &'static str {
        match self {
            Self::Zh => protection.label_zh(),
            Self::En => protection.label_en(),
        }
    }

    /// The word for a kind of activity.
    #[must_use]
    pub const fn kind(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Zh, _) => kind.label(),
            (Self::En, Kind::Supervision) => "supervision",
            (Self::En, Kind::Inspection) => "inspection",
            (Self::En, Kind::Assessment) => "assessment",
            (Self::En, Kind::Evaluation) => "evaluation",
            (Self::En, Kind::SpotCheck) => "spot check",
            (Self::En, Kind::Research) => "research",
            (Self::En, Kind::Appraisal) => "appraisal",
            (Self::En, Kind::Audit) => "audit",
            (Self::En, Kind::DisciplinaryTour) => "disciplinary inspection",
        }
    }

    /// The word for what happened to a row.
    #[must_use]
    pub const fn action(self, action: Action) -> &'static str {
        match (self, action) {
            (Self::Zh, Action::Kept) => "保留",
            (Self::Zh, Action::Merged) => "并入",
            (Self::Zh, Action::Rejected) => "未采用",
            (Self::Zh, Action::Withdrawn) => "撤回",
            (Self::En, Action::Kept) => "kept",
            (Self::En, Action::Merged) => "merged",
            (Self::En, Action::Rejected) => "rejected",
            (Self::En, Action::Withdrawn) => "withdrawn",
        }
    }

    pub(super) fn level(self, comparison: &Comparison) -> &str {
        self.pick(&comparison.level_zh, &comparison.level)
    }

    /// What was compared and the level reached: `名称：部分相同`; the aspect is not said twice
    /// where the level's words begin with it (`场所类型相同`).
    pub(super) fn finding(self, comparison: &Comparison) -> String {
        let (aspect, level) = (self.aspect(comparison.aspect), self.level(comparison));
        if level.starts_with(aspect) {
            level.to_owned()
        } else {
            format!("{aspect}{}{level}", Label::Colon.text(self))
        }
    }

    pub(super) fn rule(self, evidence: &Evidence) -> &str {
        self.pick(&evidence.rule_zh, &evidence.rule_en)
    }

    pub(super) fn counterfactual(self, evidence: &Evidence) -> &str {
        self.pick(&evidence.counterfactual_zh, &evidence.counterfactual_en)
    }
}

impl FromStr for Lang {
    type Err = UnknownChoice;

    fn from_str(text: &str) -> Result<Self, UnknownChoice> {
        match text {
            "zh" => Ok(Self::Zh),
            "en" => Ok(Self::En),
            _ => Err(UnknownChoice::new(text, "zh or en")),
        }
    }
}

macro_rules! labels {
    ($($name:ident: $zh:literal | $en:literal,)*) => {
        /// A word or a phrase of the reports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(not(feature = "xlsx-report"), expect(dead_code, reason = "labels of the workbook"))]
        pub(super) enum Label { $($name),* }

        impl Label {
            /// The phrase in `lang`.
            pub(super) const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::Zh) => $zh, (Self::$name, Lang::En) => $en,)*
                }
            }
        }
    };
}

labels! {
    // Marks.
    Colon: "：" | ": ",
    ListComma: "、" | ", ",
    Semicolon: "；" | "; ",
    Open: "（" | " (",
    Close: "）" | ")",
    Stop: "。" | ".",
    Yes: "是" | "yes",
    No: "否" | "no",
    // Titles.
    PlanTitle: "督查检查考核计划" | "plan of supervision, inspection and assessment",
    SheetPlan: "计划" | "Plan",
    SheetDispositions: "事项去向" | "Dispositions",
    SheetSummary: "汇总" | "Summary",
    SheetBurden: "迎检负担" | "Burden",
    SheetReview: "待议" | "Review",
    PageFooter: "第 &P 页，共 &N 页" | "Page &P of &N",
    // The plan.
    Number: "序号" | "no.",
    Name: "事项名称" | "item",
    Kind: "类别" | "kind",
    Lead: "牵头单位" | "lead",
    CoOrganizers: "配合单位" | "co-organizers",
    Targets: "对象" | "targets",
    Schedule: "时间" | "schedule",
    Frequency: "频次" | "frequency",
    Basis: "依据" | "basis",
    Content: "内容" | "content",
    Method: "方式" | "method",
    Ratio: "比例" | "ratio",
    Remarks: "备注（合并说明）" | "remarks (merged from)",
    Merged: "合并情况" | "merged",
    Core: "主项" | "core",
    Parts: "分工" | "parts",
    Members: "合并的事项" | "merged items",
    NoOrganizer: "未填主办单位" | "no organizer",
    // Dispositions.
    ItemId: "事项编号" | "item id",
    File: "来源文件" | "file",
    Sheet: "工作表" | "sheet",
    Row: "行" | "row",
    Organizer: "主办单位" | "organizer",
    PlanNumber: "计划序号" | "plan no.",
    PlanName: "计划事项" | "plan item",
    Action: "去向" | "action",
    Relation: "关系" | "relation",
    CoreItem: "主项编号" | "core item",
    Probability: "匹配概率" | "probability",
    Why: "说明" | "why",
    KeptAlone: "无可合并事项，单独列入计划" | "nothing to merge with: listed on its own",
    // Evidence.
    Prior: "先验" | "prior",
    Total: "合计" | "total",
    Threshold: "合并阈值" | "threshold",
    Rule: "规则" | "rule",
    Counterfactual: "反过来" | "otherwise",
    Conclusion: "结论" | "outcome",
    Comparisons: "比较（权重单位：比特，正数支持合并）" | "comparisons (weights in bits; positive speaks for a merge)",
    Covered: "被覆盖的事项" | "folds in",
    Protection: "不得合并的理由" | "protection",
    // Summary.
    Headline: "总体情况" | "At a glance",
    Measure: "项目" | "measure",
    Value: "数值" | "value",
    PlanYear: "计划年度" | "plan year",
    Submitted: "上报事项（项）" | "items submitted",
    Planned: "计划事项（项）" | "items planned",
    Reduction: "减少比例" | "reduction",
    LastYear: "上年计划（项）" | "items last year",
    YearOnYearPercent: "较上年增减" | "year on year",
    VisitsBefore: "合并前预计迎检（次）" | "expected visits before",
    VisitsAfter: "合并后预计迎检（次）" | "expected visits after",
    VisitReduction: "迎检减少比例" | "visit reduction",
    Rejected: "未采用的行" | "rejected rows",
    Withdrawn: "审定撤回（项）" | "items withdrawn by reviewers",
    WithdrawnWhy: "审定意见：撤回，不列入计划" | "withdrawn by reviewers' decision",
    Gap: "分组与最优的差距上限" | "grouping at most below the best",
    ReviewPairs: "待议（对）" | "pairs for review",
    BarredPairs: "不得合并（对）" | "barred pairs",
    ByRelation: "按关系统计：并入其他事项的项数" | "items merged away, by relation",
    YearOnYear: "与上年计划相比" | "compared with last year's plan",
    Change: "变化" | "change",
    Carried: "延续（无变化）" | "carried over unchanged",
    Changed: "延续（有变化）" | "carried over with changes",
    New: "新增" | "new",
    Dropped: "取消" | "dropped",
    LastYearItem: "上年事项" | "last year's item",
    ChangedFields: "变化内容" | "changed fields",
    Count: "项数" | "count",
    // Burden.
    Before: "合并前（次）" | "before",
    After: "合并后（次）" | "after",
    Fewer: "减少（次）" | "fewer",
    FewerPercent: "减少比例" | "fewer %",
    Unit: "单位" | "unit",
    Month: "月份" | "month",
    UnitKind: "单位类别" | "kind of unit",
    ByOrganizer: "按主办单位" | "by organizer",
    ByMonth: "按月份" | "by month",
    ByUnitKind: "按受检单位类别" | "by kind of unit",
    MostVisited: "迎检最多的十个单位" | "the ten units visited most",
    Unresolved: "对象不明" | "targets unknown",
    AllVisits: "合计" | "total",
    BurdenNote: "迎检次数＝频次×抽查比例，按受检单位累加；抽查比例不明的按全部计。"
        | "Visits = frequency × sampled share, summed over the units visited; an unknown share counts as all.",
    // Review, barred, rejected.
    Decision: "决定（合并／分开）" | "decision (merge / separate)",
    Leaning: "倾向" | "leaning",
    IfMerged: "如合并则为" | "if merged",
    MergedNow: "现已合并" | "merged now",
    Evidence: "证据" | "evidence",
    MergedSections: "合并事项说明" | "Merged items, explained",
    BarredSection: "不得合并的事项" | "Pairs barred from merging",
    ReviewSection: "待议事项" | "Pairs for review",
    RejectedSection: "未采用的行" | "Rejected rows",
    BarredIntro: "下列各对事项内容相近，但一方依法依规须单独开展，不予合并。"
        | "These pairs would have been merged, were one side not protected.",
    ReviewIntro: "下列各对事项难以自动判定，请逐对决定；决定可写入 review.csv 的 decision 列。"
        | "These pairs are too close to call; decide each one, e.g. in the decision column of review.csv.",
}
