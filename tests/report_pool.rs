//! Reports of a whole district's plan, built from the fixture pool and its truth.
//!
//! The files stay in the target folder's `tmp/report-pool`, to be looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use tongchou::model::burden::{Burden, BurdenRow};
use tongchou::model::evidence::{Aspect, Comparison, Evidence};
use tongchou::model::item::{Field, Item, Source};
use tongchou::model::kind::Kind;
use tongchou::model::plan::{
    Action, CarriedItem, Disposition, ItemTargets, Member, MergedCounts, PLAN_SCHEMA_VERSION, Part, Plan,
    PlanItem, ReviewPair, Summary, Traced, YearOnYear,
};
use tongchou::model::relation::{Protection, Relation};
use tongchou::report::{Lang, explain, files, headline};

const POOL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pool-north");

#[test]
fn the_pool_is_reported_without_loss() {
    let plan = pool_plan();
    for lang in [Lang::Zh, Lang::En] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report-pool").join(if lang == Lang::Zh {
            "zh"
        } else {
            "en"
        });
        std::fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in files(&plan, &[], lang).unwrap() {
            if name == "dispositions.csv" {
                let text = std::str::from_utf8(&bytes).unwrap();
                for item in &plan.submitted {
                    let rows = text.lines().filter(|line| line.split(',').next() == Some(&item.id)).count();
                    assert_eq!(rows, 1, "{}", item.id);
                }
            }
            std::fs::write(folder.join(name), bytes).unwrap();
        }
        std::fs::write(folder.join("headline.txt"), headline(&plan, lang)).unwrap();
        let evidence = &plan.items.iter().find(|item| !item.parts.is_empty()).unwrap().evidence[1];
        let item = |id: &str| plan.submitted.iter().find(|item| item.id == id).unwrap();
        let text = explain(evidence, item(&evidence.a), item(&evidence.b), lang);
        std::fs::write(folder.join("explain.txt"), text).unwrap();
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

/// A plan with the groups of the truth and made-up evidence.
fn pool_plan() -> Plan {
    let read = |name: &str| std::fs::read_to_string(format!("{POOL}/{name}")).unwrap();
    let truth: Value = serde_json::from_str(&read("truth.json")).unwrap();
    let mut submitted: Vec<Item> =
        read("items.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in read("submissions/expected.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if let Some(item) = submitted.iter_mut().find(|item| item.id == cells[3]) {
            let row = cells[2].parse().unwrap();
            item.source = Some(Source { file: cells[0].into(), sheet: cells[1].into(), row });
        }
    }
    submitted.sort_by(|a, b| a.id.cmp(&b.id));
    let by_id: BTreeMap<&str, &Item> = submitted.iter().map(|item| (item.id.as_str(), item)).collect();

    let mut grouped: BTreeSet<&str> = BTreeSet::new();
    let mut items = Vec::new();
    for group in list(&truth, "groups") {
        let mut members = vec![(text(group, "core"), None)];
        members.extend(list(group, "members").map(|member| {
            let relation = serde_json::from_value(member["relation"].clone()).unwrap();
            (text(member, "id"), Some(relation))
        }));
        grouped.extend(members.iter().map(|(id, _)| *id));
        let co = list(group, "co").map(|name| name.as_str().unwrap());
        items.push(plan_item(&members, text(group, "merged_name"), text(group, "lead"), co, &by_id));
    }
    for item in submitted.iter().filter(|item| !grouped.contains(item.id.as_str())) {
        let lead = item.organizer.as_deref().unwrap_or("");
        let co = item.co_organizers.iter().map(String::as_str);
        items.push(plan_item(&[(&item.id, None)], &item.name, lead, co, &by_id));
    }
    items.sort_by(|a, b| a.members.len().cmp(&b.members.len()).reverse().then(a.id.cmp(&b.id)));
    for (position, item) in items.iter_mut().enumerate() {
        item.number = position as u32 + 1;
    }
    assemble(&truth, items, submitted)
}

fn assemble(truth: &Value, items: Vec<PlanItem>, submitted: Vec<Item>) -> Plan {
    let mut dispositions = Vec::new();
    let mut merged = MergedCounts::default();
    for item in &items {
        for member in &item.members {
            match member.relation {
                Some(Relation::Duplicate) => merged.duplicate += 1,
                Some(Relation::Split) => merged.split += 1,
                Some(Relation::Covered) => merged.covered += 1,
                Some(Relation::Joint) => merged.joint += 1,
                _ => {}
            }
            let source = submitted.iter().find(|known| known.id == member.item).unwrap().source.clone();
            dispositions.push(Disposition {
                item_id: member.item.clone(),
                source,
                plan_item: item.id.clone(),
                action: if member.relation.is_some() { Action::Merged } else { Action::Kept },
                relation: member.relation,
                core_item: member.relation.map(|_| item.members[0].item.clone()),
                probability: member.relation.map(|_| member.probability),
            });
        }
    }
    dispositions.sort_by(|a, b| a.item_id.cmp(&b.item_id));
    let carried: Vec<CarriedItem> = items
        .iter()
        .filter_map(|item| {
            let last_year = truth["carried"][&item.members[0].item].as_str()?;
            Some(CarriedItem {
                plan_item: item.id.clone(),
                item: item.members[0].item.clone(),
                last_year: last_year.into(),
                last_year_name: item.name.value.replace("2023", "2022"),
                changed: if item.members.len() > 1 { vec![Field::Schedule, Field::Targets] } else { vec![] },
            })
        })
        .collect();
    let known: BTreeSet<&str> = carried.iter().map(|item| item.plan_item.as_str()).collect();
    let new = items.iter().filter(|item| !known.contains(item.id.as_str())).map(|item| item.id.clone());
    let new = new.collect();
    let barred: Vec<Evidence> = list(truth, "barred")
        .map(|pair| Evidence {
            protection: Some(Protection::Discipline),
            ..evidence(text(pair, "a"), text(pair, "b"), Relation::Barred, &submitted)
        })
        .collect();
    let review: Vec<ReviewPair> = list(truth, "lookalikes")
        .take(8)
        .map(|pair| ReviewPair {
            evidence: evidence(text(pair, "a"), text(pair, "b"), Relation::Distinct, &submitted),
            if_merged: Relation::Duplicate,
            merged: false,
            protection: None,
        })
        .collect();
    let targets = truth["targets"].as_object().unwrap();
    Plan {
        schema_version: PLAN_SCHEMA_VERSION,
        summary: Summary {
            plan_year: Some(2023),
            submitted: submitted.len() as u32,
            planned: items.len() as u32,
            reduction_percent: 31.4,
            last_year: Some(130),
            year_on_year_percent: Some(16.2),
            visits_before: 5_210.4,
            visits_after: 3_900.0,
            visit_reduction_percent: 25.1,
            rejected: 0,
            review_pairs: review.len() as u32,
            merged,
            barred_pairs: barred.len() as u32,
        },
        items,
        dispositions,
        review,
        barred,
        targets: targets
            .iter()
            .map(|(id, units)| ItemTargets {
                item_id: id.clone(),
                units: units.as_array().unwrap().iter().map(|unit| unit.as_str().unwrap().into()).collect(),
            })
            .collect(),
        burden: burden(),
        year_on_year: Some(YearOnYear { carried, new, dropped: vec!["LY22-012".into(), "LY22-033".into()] }),
        diagnostics: Vec::new(),
        submitted,
    }
}

fn plan_item<'n>(
    members: &[(&str, Option<Relation>)],
    name: &str,
    lead: &str,
    co: impl Iterator<Item = &'n str>,
    by_id: &BTreeMap<&str, &Item>,
) -> PlanItem {
    let of: Vec<&Item> = members.iter().map(|(id, _)| by_id[id]).collect();
    let traced = |value: &str| Traced { value: value.to_owned(), from: vec![members[0].0.to_owned()] };
    let distinct = |value: fn(&Item) -> Option<&str>| {
        let mut seen = Vec::new();
        for text in of.iter().filter_map(|item| value(item)).filter(|text| !text.is_empty()) {
            if !seen.contains(&text) {
                seen.push(text);
            }
        }
        seen.into_iter().map(traced).collect::<Vec<_>>()
    };
    let joint = members.iter().any(|(_, relation)| *relation == Some(Relation::Joint));
    let parts = of.iter().map(|item| Part {
        item: item.id.clone(),
        organizer: item.organizer.clone(),
        name: item.name.clone(),
        content: item.content.clone(),
        basis: item.basis.clone(),
        frequency: item.frequency.clone(),
        ratio: item.ratio.clone(),
        schedule: item.schedule.clone(),
    });
    let kind = of[0].kind.as_deref().and_then(Kind::from_label).unwrap_or(Kind::Inspection);
    let items: Vec<Item> = of.iter().map(|item| (*item).clone()).collect();
    PlanItem {
        id: format!("P{}", members[0].0),
        number: 0,
        name: traced(name),
        kind,
        jurisdiction: Some("敖林区人民政府".into()),
        lead: Some(traced(lead)),
        co_organizers: co.map(traced).collect(),
        targets: distinct(|item| item.targets.first().map(String::as_str)),
        target_units: 12,
        schedule: distinct(|item| item.schedule.as_deref()).into_iter().next(),
        windows: Vec::new(),
        frequency: distinct(|item| item.frequency.as_deref()).into_iter().next(),
        visits_per_year: Some(1),
        basis: distinct(|item| item.basis.as_deref()),
        content: distinct(|item| item.content.as_deref()),
        method: distinct(|item| item.method.as_deref()),
        ratio: distinct(|item| item.ratio.as_deref()),
        notes: distinct(|item| item.notes.as_deref()),
        members: members
            .iter()
            .map(|(id, relation)| Member {
                item: (*id).to_owned(),
                relation: *relation,
                probability: if relation.is_some() { 9_912 } else { 10_000 },
            })
            .collect(),
        parts: if joint { parts.collect() } else { Vec::new() },
        evidence: members[1..]
            .iter()
            .map(|(id, relation)| evidence(members[0].0, id, relation.unwrap(), &items))
            .collect(),
        probability: if members.len() > 1 { 9_912 } else { 10_000 },
    }
}

fn evidence(a: &str, b: &str, relation: Relation, items: &[Item]) -> Evidence {
    let (a, b) = (a.min(b), a.max(b));
    let side = |id: &str, value: fn(&Item) -> Option<&str>| {
        items.iter().find(|item| item.id == id).and_then(value).unwrap_or("").to_owned()
    };
    let comparison = |aspect, level_zh: &str, value: fn(&Item) -> Option<&str>, weight| Comparison {
        aspect,
        level: "same".into(),
        level_zh: level_zh.into(),
        a: side(a, value),
        b: side(b, value),
        weight,
    };
    let comparisons = vec![
        comparison(Aspect::Name, "主题词部分相同", |item| Some(&item.name), 2_345),
        comparison(Aspect::Venue, "场所类型相同", |item| item.targets.first().map(String::as_str), 6_120),
        comparison(Aspect::Organizer, "主办单位不同", |item| item.organizer.as_deref(), -412),
        comparison(Aspect::Window, "时间可以衔接", |item| item.schedule.as_deref(), 1_003),
    ];
    let prior = -2_250;
    Evidence {
        a: a.into(),
        b: b.into(),
        relation,
        covered: None,
        protection: None,
        total: prior + comparisons.iter().map(|comparison| comparison.weight).sum::<i32>(),
        comparisons,
        prior,
        threshold: 3_000,
        probability: 9_912,
        rule_zh: "不同单位对同一类场所开展常规现场检查，内容各异，时间可以衔接，宜综合查一次。".into(),
        rule_en: "different units check one kind of venue on site in windows that can meet.".into(),
        counterfactual_zh: "若两项时间不能衔接，或场所类型不同，则各自单列。".into(),
        counterfactual_en: "were the windows disjoint or the venues different, both would stay apart.".into(),
    }
}

fn burden() -> Burden {
    let row = |label: &str, before, after| BurdenRow { label: label.into(), before, after };
    Burden {
        before: 5_210_400,
        after: 3_900_000,
        by_organizer: vec![
            row("区市场监督管理局", 812_500, 610_000),
            row("敖林区消防救援大队", 640_000, 402_250),
            row("区应急管理局", 420_000, 380_000),
        ],
        by_month: (1..=12)
            .map(|month: u64| row(&month.to_string(), 400_000 + month * 1_111, 300_000))
            .chain([row("不定", 90_000, 70_000)])
            .collect(),
        by_unit_kind: vec![row("operator", 2_000_000, 1_200_000), row("township", 900_000, 700_000)],
        most_visited: (1..=10)
            .map(|rank| row(&format!("第{rank}中心养老院"), 30_000 - rank * 500, 12_000))
            .collect(),
        unresolved: row("", 20_000, 15_000),
    }
}
