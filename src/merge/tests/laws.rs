//! Laws that hold for every group, whatever is written in its items.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::stand_in;
use crate::lexicon::Lexicon;
use crate::merge::{Context, Member, merge};
use crate::model::citation::{Citation, Rank};
use crate::model::ids::UnitIdx;
use crate::model::item::Item;
use crate::model::plan::{PlanItem, Traced};
use crate::model::relation::Relation;
use crate::model::standard_item::StandardItem;
use crate::model::target_set::TargetSet;
use crate::model::unit_set::UnitSet;
use crate::text::fold;

/// Words from which names that look like names are put together.
const WORDS: &[&str] = &[
    "2023年",
    "2023年度",
    "关于开展",
    "春季",
    "秋季",
    "上半年",
    "下半年",
    "半年",
    "年度",
    "养老机构",
    "加油站",
    "旅馆",
    "学校食堂",
    "公办",
    "民办",
    "幼儿园",
    "定点医院",
    "定点零售药店",
    "消防安全",
    "食品安全",
    "安全生产",
    "“大棚房”",
    "（第九版）",
    "和",
    "、",
    "的",
    "对",
    "专项",
    "综合",
    "监督",
    "检查",
    "督查",
    "考核",
    "评估",
    "的通知",
    "（",
    "）",
    "“",
    "\n",
    " ",
    "Ａ級",
    "①",
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(WORDS), 0..9).prop_map(|words| words.concat()),
        1 => ".{0,90}",
    ]
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop_oneof![
        Just("4月—10月".to_owned()),
        Just("4月、9月".to_owned()),
        Just("每季度1次".to_owned()),
        Just("《消防法》；国办发〔2020〕48号".to_owned()),
        Just("《消防法》".to_owned()),
        Just("区应急局".to_owned()),
        Just("应急管理局（安委办）".to_owned()),
        Just("区政府办公室".to_owned()),
        ".{0,20}",
    ])
}

#[derive(Clone, Debug)]
struct Known {
    item: Item,
    standard: StandardItem,
    targets: TargetSet,
    functions: Vec<u32>,
    relation: Relation,
}

fn member() -> impl Strategy<Value = Known> {
    let texts = prop::collection::vec(text(), 7);
    let relation =
        prop::sample::select(vec![Relation::Duplicate, Relation::Split, Relation::Covered, Relation::Joint]);
    let lists = (prop::collection::vec(text(), 0..3), prop::collection::vec(text(), 0..3));
    (name(), texts, lists, relation, prop::collection::vec(0u32..40, 0..4)).prop_map(
        |(name, texts, (targets, co_organizers), relation, units)| {
            let lexicon = Lexicon::builtin();
            let mut texts = texts.into_iter();
            let mut next = || texts.next().flatten();
            let item = Item {
                name,
                organizer: next(),
                schedule: next(),
                frequency: next(),
                basis: next(),
                content: next(),
                method: next(),
                notes: next(),
                targets: targets.into_iter().flatten().collect(),
                co_organizers: co_organizers.into_iter().flatten().collect(),
                ..Item::default()
            };
            let mut standard = stand_in::standard(&item, &lexicon);
            standard.citations = vec![Citation {
                title: "消防法".to_owned(),
                number: None,
                articles: Vec::new(),
                rank: Rank::Law,
            }]
            .into();
            let mut targets = stand_in::targets(&item, &lexicon);
            targets.units = UnitSet::from_units(units.into_iter().map(UnitIdx::from));
            let functions = item
                .organizer
                .as_deref()
                .map_or(Vec::new(), |name| lexicon.departments.functions_of(&fold(name)).to_vec());
            Known { item, standard, targets, functions, relation }
        },
    )
}

fn group() -> impl Strategy<Value = Vec<Known>> {
    prop::collection::vec(member(), 1..6).prop_map(|mut members| {
        for (position, member) in members.iter_mut().enumerate() {
            member.item.id = format!("I{position}");
        }
        members
    })
}

fn merged(members: &[&Known]) -> PlanItem {
    let lexicon = Lexicon::builtin();
    let members: Vec<Member<'_>> = members
        .iter()
        .enumerate()
        .map(|(position, known)| Member {
            item: &known.item,
            standard: &known.standard,
            targets: &known.targets,
            organizer: known.item.organizer.as_deref(),
            co_organizers: &known.item.co_organizers,
            functions: &known.functions,
            relation: (position > 0).then_some(known.relation),
            evidence: None,
        })
        .collect();
    merge(&members, &Context { lexicon: &lexicon, plan_year: Some(2023) })
}

fn in_order(members: &[Known]) -> PlanItem {
    merged(&members.iter().collect::<Vec<_>>())
}

/// All origins of all fields.
fn origins(item: &PlanItem) -> Vec<&[String]> {
    let optional = [Some(&item.name), item.lead.as_ref(), item.schedule.as_ref(), item.frequency.as_ref()];
    let lists = [
        &item.co_organizers,
        &item.targets,
        &item.basis,
        &item.content,
        &item.method,
        &item.ratio,
        &item.notes,
    ];
    optional
        .into_iter()
        .flatten()
        .chain(lists.into_iter().flatten())
        .map(|traced| traced.from.as_slice())
        .collect()
}

/// Whether a text stands in some value that says it came from the item.
fn stands_in(values: &[Traced<String>], text: &str, id: &str) -> bool {
    let text = fold(text);
    text.is_empty()
        || values
            .iter()
            .any(|traced| traced.from.iter().any(|from| from == id) && fold(&traced.value).contains(&text))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn members_and_origins_reconcile(members in group()) {
        let item = in_order(&members);
        let ids: BTreeSet<&str> = members.iter().map(|member| member.item.id.as_str()).collect();
        let planned: Vec<&str> = item.members.iter().map(|member| member.item.as_str()).collect();
        prop_assert_eq!(planned.len(), ids.len());
        prop_assert_eq!(planned.iter().copied().collect::<BTreeSet<_>>(), ids.clone());
        prop_assert_eq!(planned[0], "I0");
        for from in origins(&item) {
            prop_assert!(!from.is_empty());
            prop_assert!(from.iter().all(|id| ids.contains(id.as_str())));
            prop_assert_eq!(from.iter().collect::<BTreeSet<_>>().len(), from.len());
        }
    }

    #[test]
    fn nothing_a_member_asks_for_is_lost(members in group()) {
        let item = in_order(&members);
        for Known { item: member, standard, targets, .. } in &members {
            for phrase in &member.targets {
                prop_assert!(stands_in(&item.targets, phrase, &member.id));
            }
            let texts = [
                (&item.content, &member.content), (&item.method, &member.method), (&item.notes, &member.notes),
            ];
            for (values, text) in texts {
                prop_assert!(text.as_deref().is_none_or(|text| stands_in(values, text, &member.id)));
            }
            for piece in member.basis.as_deref().unwrap_or_default().split(['；', ';', '\n', '\r']) {
                prop_assert!(stands_in(&item.basis, piece, &member.id), "{piece} of {:?}", item.basis);
            }
            prop_assert!(standard.frequency.per_year() <= item.visits_per_year);
            prop_assert!(item.target_units as usize >= targets.units.len());
            let windows = &standard.schedule.windows;
            let takes_part = windows.iter().any(|own| item.windows.iter().any(|planned| planned.meets(*own)));
            prop_assert!(windows.is_empty() || takes_part);
        }
    }

    #[test]
    fn units_stand_once(members in group()) {
        let item = in_order(&members);
        let mut names: Vec<String> = item.co_organizers.iter().map(|unit| fold(&unit.value)).collect();
        names.extend(item.lead.as_ref().map(|lead| fold(&lead.value)));
        let distinct: BTreeSet<&String> = names.iter().collect();
        prop_assert_eq!(distinct.len(), names.len());
        prop_assert_eq!(item.lead.is_some(), members.iter().any(|m| m.item.organizer.as_deref().is_some_and(|o| !super::super::phrase::one_line(o).is_empty())));
    }

    #[test]
    fn names_are_short_and_there(members in group()) {
        let item = in_order(&members);
        prop_assert!(!item.name.value.is_empty());
        if members.len() > 1 {
            prop_assert!(item.name.value.chars().count() <= 60, "{}", item.name.value);
        }
    }

    #[test]
    fn order_does_not_matter(members in group(), seed in any::<prop::sample::Index>()) {
        let mut others: Vec<&Known> = members.iter().skip(1).collect();
        if !others.is_empty() {
            let turn = seed.index(others.len());
            others.rotate_left(turn);
            others.reverse();
        }
        others.insert(0, &members[0]);
        prop_assert_eq!(merged(&others), in_order(&members));
    }

    #[test]
    fn a_single_item_keeps_its_fields(member in member()) {
        let plan_item = in_order(std::slice::from_ref(&member));
        let item = &member.item;
        let spaceless = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{feff}').collect::<String>();
        if !spaceless(&item.name).is_empty() {
            prop_assert_eq!(spaceless(&plan_item.name.value), spaceless(&item.name));
        }
        let one = |values: &[Traced<String>]| values.first().map(|traced| traced.value.clone());
        let kept = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !fold(text).is_empty()).map(str::to_owned);
        prop_assert_eq!(one(&plan_item.basis), kept(&item.basis));
        prop_assert_eq!(one(&plan_item.content), kept(&item.content));
        prop_assert_eq!(&plan_item.windows, &member.standard.schedule.windows);
        prop_assert_eq!(plan_item.visits_per_year, member.standard.frequency.per_year());
        prop_assert!(plan_item.parts.is_empty());
        prop_assert_eq!(plan_item.probability, 10_000);
    }
}
