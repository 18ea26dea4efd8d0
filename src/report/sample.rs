//! A small plan made by hand, for the tests of the room: a joint item, a covered one, a duplicate,
//! singles (one of them hostile), a rejected row, a barred and a review pair, and last year's plan.

use crate::model::burden::{Burden, BurdenRow};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::evidence::{Aspect, Comparison, Evidence};
use crate::model::item::{Field, Item, Source};
use crate::model::kind::Kind;
use crate::model::plan::{
    Action, CarriedItem, Disposition, DroppedItem, ItemTargets, Member, MergedCounts, PLAN_SCHEMA_VERSION,
    Part, Plan, PlanItem, ReviewPair, RunContext, Summary, Traced, YearOnYear,
};
use crate::model::relation::{Protection, Relation};

/// The name of the hostile single item.
pub(super) const HOSTILE: &str =
    "=HYPERLINK(\"http://x\",\"a|b\")<img src=x onerror=alert(1)>\n# 标题 *粗* [链](u) `码` \\";

/// A plan in which nothing happened.
pub(super) fn empty() -> Plan {
    Plan {
        schema_version: PLAN_SCHEMA_VERSION,
        summary: Summary::default(),
        target: None,
        items: Vec::new(),
        dispositions: Vec::new(),
        review: Vec::new(),
        barred: Vec::new(),
        targets: Vec::new(),
        burden: Burden::default(),
        clustering: None,
        year_on_year: None,
        diagnostics: Vec::new(),
        submitted: Vec::new(),
        context: RunContext::default(),
    }
}

/// The sample.
pub(super) fn plan() -> Plan {
    let submitted = submitted();
    let groups: [&[(&str, Option<Relation>)]; 6] = [
        &[("MZJ-01", None), ("MZJ-02", Some(Relation::Split)), ("XF-01", Some(Relation::Joint))],
        &[("QWB-02", None), ("QWB-03", Some(Relation::Covered))],
        &[("LCJ-01", None), ("NMS-04", Some(Relation::Duplicate))],
        &[("YJJ-02", None)],
        &[("YJJ-10", None)],
        &[("@ZZ|99", None)],
    ];
    let items: Vec<PlanItem> = groups
        .iter()
        .enumerate()
        .map(|(position, members)| plan_item(position as u32 + 1, members, &submitted))
        .collect();
    let dispositions = dispositions(&items, &submitted);
    let rejected = rejected_source();
    Plan {
        summary: summary(),
        target: None,
        review: vec![ReviewPair {
            evidence: evidence("QWB-02", "YJJ-02", Relation::Distinct),
            if_merged: Relation::Covered,
            merged: false,
            protection: Some(Protection::SeparateByLaw),
            a_fingerprint: "F00000000000000a1".into(),
            b_fingerprint: "F00000000000000b2".into(),
        }],
        barred: vec![Evidence {
            protection: Some(Protection::Unannounced),
            ..evidence("YJJ-02", "YJJ-10", Relation::Barred)
        }],
        targets: vec![ItemTargets { item_id: "MZJ-01".into(), units: vec!["YL01".into(), "YL02".into()] }],
        burden: burden(),
        clustering: None,
        year_on_year: Some(year_on_year(&items)),
        diagnostics: vec![Diagnostic {
            severity: Severity::Rejected,
            code: "missing_name".into(),
            source: rejected,
            column: Some(2),
            field: Some(Field::Name),
            found: String::new(),
            expected_zh: "事项名称".into(),
            expected_en: "a name".into(),
        }],
        items,
        dispositions,
        submitted,
        ..empty()
    }
}

/// Evidence whose weights add up.
pub(super) fn evidence(a: &str, b: &str, relation: Relation) -> Evidence {
    let comparison = |aspect, level: &str, level_zh: &str, sides: (&str, &str), weight| Comparison {
        aspect,
        level: level.into(),
        level_zh: level_zh.into(),
        a: sides.0.into(),
        b: sides.1.into(),
        weight,
    };
    let comparisons = vec![
        comparison(Aspect::Name, "part_of", "部分相同", ("养老机构服务质量", "养老机构|消防安全"), 1_234),
        comparison(Aspect::Venue, "same", "场所相同", ("养老机构", "养老机构"), 6_120),
        comparison(Aspect::Targets, "same", "受检单位相同", ("18家", "18家"), 5_007),
        comparison(Aspect::Organizer, "different", "主办单位不同", ("区民政局", "消防救援大队"), -305),
    ];
    let prior = -9_999;
    let total = prior + comparisons.iter().map(|comparison| comparison.weight).sum::<i32>();
    Evidence {
        a: a.into(),
        b: b.into(),
        relation,
        covered: (relation == Relation::Covered).then(|| b.to_owned()),
        protection: None,
        comparisons,
        prior,
        total,
        threshold: 1_000,
        probability: 8_073,
        rule_zh: "同一场所的常规现场检查，时间可以衔接。".into(),
        rule_en: "routine on-site checks of one venue whose windows can meet.".into(),
        counterfactual_zh: "若受检单位不相交，则不合并。".into(),
        counterfactual_en: "with disjoint targets they would stay apart.".into(),
    }
}

fn submitted() -> Vec<Item> {
    let item = |id: &str, name: &str, organizer: &str, targets: &str, row: u32| Item {
        id: id.into(),
        name: name.into(),
        jurisdiction: Some("敖林区人民政府".into()),
        organizer: Some(organizer.into()),
        targets: vec![targets.into()],
        schedule: Some("5月".into()),
        frequency: Some("1次/年".into()),
        basis: Some("《中华人民共和国某法》第四十四条".into()),
        content: Some("检查制度、人员、台账。".into()),
        source: Some(Source { file: format!("{organizer}2023.xlsx").into(), sheet: "Sheet1".into(), row }),
        ..Item::default()
    };
    let mut items = vec![
        item("MZJ-01", "上半年养老机构服务质量检查", "区民政局", "各养老机构", 4),
        item("MZJ-02", "下半年养老机构服务质量检查", "区民政局", "各养老机构", 5),
        item("XF-01", "养老机构消防安全检查", "消防救援大队", "辖区养老机构", 3),
        item("QWB-02", "保密工作年度检查", "区委办公室", "各苏木乡镇、街道，\n区直各部门", 5),
        item("QWB-03", "涉密网络检查", "区委办公室", "区直各部门", 6),
        item("LCJ-01", "森林草原防灭火督查", "区林草局", "各苏木乡镇", 4),
        item("NMS-04", "森防工作督查", "区农牧水务局", "各苏木乡镇", 9),
        item("YJJ-02", "安全生产大检查", "区应急管理局", "各企业", 4),
        item("YJJ-10", "安全生产暗访", "区应急管理局", "各企业", 12),
    ];
    items.push(Item {
        id: "@ZZ|99".into(),
        name: HOSTILE.into(),
        organizer: Some("+单位\t\"甲\"|乙".into()),
        source: Some(Source { file: "-坏,文件.csv".into(), sheet: "".into(), row: 2 }),
        ..Item::default()
    });
    items.sort_by(|left, right| left.id.cmp(&right.id));
    items
}

fn plan_item(number: u32, members: &[(&str, Option<Relation>)], submitted: &[Item]) -> PlanItem {
    let of = |id: &str| submitted.iter().find(|item| item.id == id).unwrap();
    let core = of(members[0].0);
    let ids: Vec<String> = members.iter().map(|(id, _)| (*id).to_owned()).collect();
    let traced = |value: &str| Traced { value: value.to_owned(), from: ids.clone() };
    let joint = members.iter().any(|(_, relation)| *relation == Some(Relation::Joint));
    PlanItem {
        id: format!("P-{}", members[0].0),
        number,
        name: traced(if joint {
            "2023年养老机构服务质量和消防安全联合检查"
        } else {
            &core.name
        }),
        kind: Kind::Inspection,
        jurisdiction: core.jurisdiction.clone(),
        lead: core.organizer.as_deref().map(traced),
        co_organizers: if joint { vec![traced("消防救援大队")] } else { Vec::new() },
        targets: core.targets.iter().map(|target| traced(target)).collect(),
        target_units: 2,
        schedule: core.schedule.as_deref().map(traced),
        windows: Vec::new(),
        frequency: core.frequency.as_deref().map(traced),
        visits_per_year: Some(1),
        basis: core.basis.iter().map(|basis| traced(basis)).collect(),
        content: core.content.iter().map(|content| traced(content)).collect(),
        method: Vec::new(),
        ratio: Vec::new(),
        notes: Vec::new(),
        members: members
            .iter()
            .map(|(id, relation)| Member {
                item: (*id).to_owned(),
                relation: *relation,
                probability: if relation.is_some() { 8_073 } else { 10_000 },
            })
            .collect(),
        parts: if joint { members.iter().map(|(id, _)| part(of(id))).collect() } else { Vec::new() },
        evidence: members[1..]
            .iter()
            .map(|(id, relation)| evidence(&core.id, id, relation.unwrap()))
            .collect(),
        probability: if members.len() > 1 { 8_073 } else { 10_000 },
    }
}

fn part(item: &Item) -> Part {
    Part {
        item: item.id.clone(),
        organizer: item.organizer.clone(),
        name: item.name.clone(),
        content: item.content.clone(),
        basis: item.basis.clone(),
        frequency: item.frequency.clone(),
        ratio: None,
        schedule: item.schedule.clone(),
    }
}

fn rejected_source() -> Source {
    Source { file: "住建局.xlsx".into(), sheet: "表1".into(), row: 7 }
}

fn dispositions(items: &[PlanItem], submitted: &[Item]) -> Vec<Disposition> {
    let mut dispositions = vec![Disposition {
        item_id: String::new(),
        source: Some(rejected_source()),
        plan_item: String::new(),
        action: Action::Rejected,
        relation: None,
        core_item: None,
        probability: None,
    }];
    for item in submitted {
        let home =
            items.iter().find(|home| home.members.iter().any(|member| member.item == item.id)).unwrap();
        let member = home.members.iter().find(|member| member.item == item.id).unwrap();
        let merged = member.relation.is_some();
        dispositions.push(Disposition {
            item_id: item.id.clone(),
            source: item.source.clone(),
            plan_item: home.id.clone(),
            action: if merged { Action::Merged } else { Action::Kept },
            relation: member.relation,
            core_item: merged.then(|| home.members[0].item.clone()),
            probability: merged.then_some(member.probability),
        });
    }
    dispositions
}

fn summary() -> Summary {
    Summary {
        plan_year: Some(2023),
        submitted: 10,
        planned: 6,
        reduction_percent: 40.0,
        last_year: Some(7),
        year_on_year_percent: Some(-14.3),
        visits_before: 41.5,
        visits_after: 30.0,
        visit_reduction_percent: 27.7,
        rejected: 1,
        withdrawn: 0,
        review_pairs: 1,
        merged: MergedCounts { duplicate: 1, split: 1, covered: 1, joint: 1 },
        barred_pairs: 1,
    }
}

fn burden() -> Burden {
    let row = |label: &str, before, after| BurdenRow { label: label.into(), before, after };
    Burden {
        before: 41_500,
        after: 30_000,
        by_organizer: vec![row("区民政局", 12_500, 6_000), row("+单位\t\"甲\"|乙", 0, 0)],
        by_month: vec![row("5", 41_500, 30_000), row("不定", 0, 0)],
        by_unit_kind: vec![row("operator", 41_500, 30_000)],
        most_visited: vec![row("=阳光养老院", 4_000, 2_000)],
        unresolved: row("对象不明", 1_000, 1_000),
    }
}

fn year_on_year(items: &[PlanItem]) -> YearOnYear {
    let carried = |item: &PlanItem, last_year: &str, changed: Vec<Field>| CarriedItem {
        plan_item: item.id.clone(),
        item: item.members[0].item.clone(),
        last_year: last_year.into(),
        last_year_name: "2022年养老机构检查".into(),
        changed,
    };
    YearOnYear {
        carried: vec![
            carried(&items[0], "LY-1", vec![Field::Schedule, Field::Name]),
            carried(&items[1], "LY-2", Vec::new()),
        ],
        new: items[2..].iter().map(|item| item.id.clone()).collect(),
        dropped: (3..8)
            .map(|number| DroppedItem { id: format!("LY-{number}"), name: format!("去年事项{number}") })
            .collect(),
    }
}
