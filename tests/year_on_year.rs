//! What became of last year's plan.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tongchou::evaluate::{Truth, evaluate};
use tongchou::lexicon::Lexicon;
use tongchou::model::item::Field;
use tongchou::pipeline::Input;
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Item, Plan, Policy};

fn item(id: &str, name: &str, organizer: &str, schedule: &str) -> Item {
    Item {
        id: id.into(),
        name: name.into(),
        organizer: Some(organizer.into()),
        targets: vec!["各乡镇".into()],
        schedule: Some(schedule.into()),
        ..Item::default()
    }
}

fn compare(now: Vec<Item>, before: Vec<Item>) -> Plan {
    let input = Input::new(now).with_last_year(before);
    Consolidator::new(Policy::default().with_plan_year(2026))
        .expect("policy")
        .consolidate(input)
        .expect("a plan")
}

#[test]
fn wording_and_year_are_no_change_but_months_and_organizers_are() {
    let before = vec![
        item("L1", "2025年档案工作检查", "县档案局", "2025年4月"),
        item("L2", "2025年医保基金使用检查", "县医保局", "2025年6月"),
        item("L3", "2025年渔船检验督查", "县农业农村局", "2025年7月"),
    ];
    let now = vec![
        item("N1", "2026年度档案工作检查", "县档案局", "4月份"),
        item("N2", "2026年医保基金使用检查", "县医保局", "9月、11月"),
        item("N3", "博物馆藏品清点检查", "县文旅局", "3月"),
    ];
    let year = compare(now, before).year_on_year.expect("last year was given");
    let carried: Vec<(&str, &str, &[Field])> = year
        .carried
        .iter()
        .map(|carried| (carried.item.as_str(), carried.last_year.as_str(), carried.changed.as_slice()))
        .collect();
    assert_eq!(carried, [("N1", "L1", [].as_slice()), ("N2", "L2", [Field::Schedule].as_slice())]);
    assert_eq!(year.dropped.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["L3"]);
    assert_eq!(year.new.len(), 1);
}

#[test]
fn a_merged_item_carries_on_what_its_members_do() {
    let before = vec![
        item("L1", "春季森林防火督查", "县林业局", "4月"),
        item("L2", "秋季森林防火督查", "县林业局", "10月"),
    ];
    let now = vec![
        item("N1", "春季森林防火督查", "县林业局", "4月"),
        item("N2", "秋季森林防火督查", "县林业局", "10月"),
    ];
    let plan = compare(now, before);
    assert_eq!(plan.items.len(), 1, "one organizer cut one matter into rounds");
    let year = plan.year_on_year.expect("last year was given");
    assert!(year.carried.iter().all(|carried| carried.plan_item == plan.items[0].id));
    assert_eq!(year.carried.len(), 2);
    assert!(year.new.is_empty() && year.dropped.is_empty());
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pool-north").join(name)
}

fn items(name: &str) -> Vec<Item> {
    let text = std::fs::read_to_string(fixture(name)).expect("the fixture");
    text.lines().map(|line| serde_json::from_str(line).expect("an item")).collect()
}

#[test]
fn carried_items_of_the_pool_are_found() {
    let units = std::fs::read(fixture("units.csv")).expect("the roster");
    let (units, _) = UnitGraph::from_csv(&units, &Lexicon::builtin()).expect("a roster");
    let input = Input::new(items("items.jsonl")).with_units(&units).with_last_year(items("last_year.jsonl"));
    let consolidator = Consolidator::new(Policy::default()).expect("policy");
    let plan = consolidator.with_lexicon(Arc::clone(&Lexicon::builtin())).consolidate(input).expect("a plan");
    let truth = std::fs::read_to_string(fixture("truth.json")).expect("the truth");
    let rates = evaluate(&plan, &Truth::from_json(&truth).expect("a truth")).carried.expect("rates");
    assert!(rates.f1 >= 0.95, "{rates:?}");
    let year = plan.year_on_year.expect("last year was given");
    let changed = year.carried.iter().filter(|carried| !carried.changed.is_empty()).count();
    assert!(changed * 4 < year.carried.len() * 3, "{changed} of {} changed", year.carried.len());
}
