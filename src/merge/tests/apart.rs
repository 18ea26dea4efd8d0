//! Items of one name in one plan.

use super::stand_in;
use crate::lexicon::Lexicon;
use crate::merge::{Context, Member, merge, tell_apart};
use crate::model::item::Item;
use crate::model::plan::PlanItem;
use crate::model::target_set::TargetSet;

/// Plan items of one name given as id, target, organizer and time.
fn plan(name: &str, items: &[(&str, &str, &str, &str)]) -> Vec<PlanItem> {
    let lexicon = Lexicon::builtin();
    let targets = TargetSet::default();
    items
        .iter()
        .map(|&(id, target, organizer, time)| {
            let item = Item {
                id: id.to_owned(),
                name: name.to_owned(),
                targets: Some(target)
                    .filter(|text| !text.is_empty())
                    .map(str::to_owned)
                    .into_iter()
                    .collect(),
                organizer: Some(organizer.to_owned()),
                schedule: Some(time.to_owned()),
                ..Item::default()
            };
            let standard = stand_in::standard(&item, &lexicon);
            let member = Member {
                item: &item,
                standard: &standard,
                targets: &targets,
                organizer: Some(organizer),
                co_organizers: &[],
                functions: &[],
                relation: None,
                evidence: None,
            };
            merge(&[member], &Context { lexicon: &lexicon, plan_year: Some(2025) })
        })
        .collect()
}

/// What they are called once they are told apart.
fn told(mut plan: Vec<PlanItem>) -> Vec<String> {
    tell_apart(&mut plan);
    plan.into_iter().map(|item| item.name.value).collect()
}

fn named(name: &str, items: &[(&str, &str, &str, &str)]) -> Vec<String> {
    told(plan(name, items))
}

#[test]
fn one_name_is_told_apart_as_an_office_would() {
    for (items, expected) in [
        (vec![("1", "旅馆", "公安局", "3月")], vec!["安全检查"]),
        (
            vec![("1", "旅馆", "公安局", "3月"), ("2", "加油站", "公安局", "3月")],
            vec!["安全检查（旅馆）", "安全检查（加油站）"],
        ),
        (
            vec![("1", "各乡镇", "公安局", "3月"), ("2", "各乡镇、街道", "教育局", "3月")],
            vec!["安全检查（公安局）", "安全检查（教育局）"],
        ),
        (
            vec![("2", "各乡镇", "公安局", "9月"), ("1", "各乡镇", "公安局", "3月")],
            vec!["安全检查（9月）", "安全检查（3月）"],
        ),
        (
            vec![
                ("1", "旅馆", "公安局", "3月"),
                ("2", "旅馆", "商务局", "3月"),
                ("3", "网吧", "公安局", "3月"),
            ],
            vec!["安全检查（旅馆，公安局）", "安全检查（旅馆，商务局）", "安全检查（网吧，公安局）"],
        ),
        (
            vec![("2", "旅馆", "公安局", "3月"), ("1", "旅馆", "公安局", "3月")],
            vec!["安全检查（二）", "安全检查（一）"],
        ),
        (
            vec![
                ("1", "旅馆", "公安局", "3月"),
                ("2", "旅馆", "公安局", "3月"),
                ("3", "网吧", "公安局", "3月"),
                ("4", "", "公安局", "3月"),
            ],
            vec!["安全检查（旅馆，一）", "安全检查（旅馆，二）", "安全检查（网吧）", "安全检查（一）"],
        ),
    ] {
        assert_eq!(named("安全检查", &items), expected);
    }
    let bracketed = [("1", "旅馆", "公安局", "3月"), ("2", "网吧", "公安局", "3月")];
    assert_eq!(named("检查（两轮）", &bracketed), ["检查（两轮，旅馆）", "检查（两轮，网吧）"]);
}

#[test]
fn a_lone_item_keeps_the_name_to_which_merged_ones_came() {
    let merged_beside = |items: &[(&str, &str, &str, &str)]| {
        let mut plan = plan("安全检查", items);
        for item in &mut plan[1..] {
            let second = item.members[0].clone();
            item.members.push(second);
        }
        told(plan)
    };
    let apart =
        [("2", "旅馆", "公安局", "3月"), ("1", "网吧", "公安局", "3月"), ("3", "影院", "公安局", "3月")];
    assert_eq!(merged_beside(&apart), ["安全检查", "安全检查（网吧）", "安全检查（影院）"]);
    let mut crossed = plan("安全检查", &apart[..2]);
    crossed.extend(plan("安全检查（网吧）", &apart[..2]));
    for merged in [0, 1, 3] {
        let second = crossed[merged].members[0].clone();
        crossed[merged].members.push(second);
    }
    let crossed = told(crossed);
    assert_eq!(crossed[2], "安全检查（网吧）");
    let distinct: std::collections::BTreeSet<&String> = crossed.iter().collect();
    assert_eq!(distinct.len(), 4, "{crossed:?}");
    let alike = [("2", "旅馆", "公安局", "3月"), ("1", "旅馆", "公安局", "3月")];
    assert_eq!(merged_beside(&alike), ["安全检查", "安全检查（二）"]);
}
