//! The whole fixture pool: determinism, idempotence, quality.
#![expect(clippy::print_stdout, reason = "figures for whoever reads the test")]

use std::path::Path;

use tongchou::evaluate::{Truth, evaluate};
use tongchou::ingest::{self, Limits};
use tongchou::model::plan::PlanItem;
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Input, Item, Plan, Policy};

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pool-north").join(name)
}

fn items() -> Vec<Item> {
    let read = ingest::read_paths(&[fixture("items.jsonl")], &Limits::default(), &mut |_| {});
    read.expect("the fixture is readable").items
}

fn roster(consolidator: &Consolidator) -> UnitGraph {
    let bytes = std::fs::read(fixture("units.csv")).expect("the fixture is readable");
    UnitGraph::from_csv(&bytes, consolidator.lexicon()).expect("the roster loads").0
}

fn truth() -> Truth {
    let text = std::fs::read_to_string(fixture("truth.json")).expect("the fixture is readable");
    Truth::from_json(&text).expect("the truth is valid")
}

fn consolidate(items: Vec<Item>, policy: Policy) -> Plan {
    let consolidator = Consolidator::new(policy).expect("the policy is in range");
    let units = roster(&consolidator);
    consolidator.consolidate(Input::new(items).with_units(&units)).expect("no decisions, no contradiction")
}

#[test]
fn order_and_threads_do_not_show() {
    let expected =
        serde_json::to_string(&consolidate(items(), Policy::default().with_threads(1))).expect("JSON");
    let mut state = 7u64;
    for threads in [1, 2, 4, 2, 4] {
        let mut shuffled = items();
        for position in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(position, (state >> 33) as usize % (position + 1));
        }
        let plan = consolidate(shuffled, Policy::default().with_threads(threads));
        assert!(serde_json::to_string(&plan).expect("JSON") == expected, "{threads} threads, shuffled");
    }
}

#[test]
fn consolidating_the_plan_again_merges_nothing() {
    let plan = consolidate(items(), Policy::default());
    let again = consolidate(plan.to_items(), Policy::default());
    assert_eq!(again.items.len(), plan.items.len());
    assert!(again.items.iter().all(|item| item.members.len() == 1));
}

/// The plan retyped by hand, without its mark: what merges then is near the threshold, since contents of several parts
/// name more than one part did.
#[test]
fn consolidating_a_retyped_plan_merges_next_to_nothing() {
    let plan = consolidate(items(), Policy::default());
    let retyped = plan.items.iter().map(PlanItem::to_item).collect();
    let again = consolidate(retyped, Policy::default());
    println!("{} -> {}", plan.items.len(), again.items.len());
    assert!(again.items.len() * 100 >= plan.items.len() * 96);
}

#[test]
fn late_proposals_join_a_plan_that_stands() {
    let mut pool = items();
    let late = pool.remove(pool.iter().position(|item| item.id == "LCJ-02").expect("in the pool"));
    let plan = consolidate(pool, Policy::default());
    let mut next = plan.to_items();
    next.push(late);
    let again = consolidate(next, Policy::default());
    assert_eq!(again.items.len(), plan.items.len(), "the autumn round joins its spring round");
}

#[test]
fn quality_does_not_fall() {
    let evaluation = evaluate(&consolidate(items(), Policy::default()), &truth());
    let targets = evaluation.targets.expect("the truth has targets");
    println!("pairwise {:?}\nB-cubed {:?}\ntargets {targets:?}", evaluation.pairwise, evaluation.b_cubed);
    assert!(evaluation.pairwise.precision >= 0.95, "{:?}", evaluation.pairwise);
    assert!(evaluation.pairwise.f1 >= 0.87, "{:?}", evaluation.pairwise);
    assert!(evaluation.b_cubed.f1 >= 0.96, "{:?}", evaluation.b_cubed);
    assert!(targets.f1 >= 0.95, "{targets:?}");
    assert_eq!(evaluation.barred.merged, 0);
    assert!(evaluation.lookalikes.merged * 50 <= evaluation.lookalikes.pairs);
}

/// The published plans lie outside the project; where they are absent there is nothing to compare.
#[test]
fn published_plans_where_present() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real");
    let (Ok(read), Ok(text)) = (
        ingest::read_paths(&[folder.join("items.jsonl")], &Limits::default(), &mut |_| {}),
        std::fs::read_to_string(folder.join("truth.json")),
    ) else {
        println!("no published plans beside the project");
        return;
    };
    let plan = Consolidator::new(Policy::default())
        .and_then(|consolidator| consolidator.consolidate(Input::new(read.items)))
        .expect("consolidates");
    let evaluation = evaluate(&plan, &Truth::from_json(&text).expect("the truth is valid"));
    println!("pairwise {:?}\nB-cubed {:?}", evaluation.pairwise, evaluation.b_cubed);
    assert!(
        evaluation.pairwise.precision >= 0.9 && evaluation.pairwise.f1 >= 0.78,
        "{:?}",
        evaluation.pairwise
    );
    assert_eq!(evaluation.barred.merged, 0);
}

/// Operators shared by name alone are found through the index as well as by comparing every pair.
#[test]
fn shared_operators_are_found_across_jurisdictions() {
    let roster = "id,name,aliases,kind,parent,tags\n\
        P,某市,,government,,\nC,甲县,,government,P,\nD,乙县,,government,P,\n\
        F1,红星电子厂,一厂,operator,C,\nF2,东风仪表厂,二厂,operator,C,\n";
    let consolidator = Consolidator::new(Policy::default()).expect("default");
    let (units, _) = UnitGraph::from_csv(roster.as_bytes(), consolidator.lexicon()).expect("a roster");
    let item = |id: &str, name: &str, organizer: &str, targets: &str, jurisdiction: &str| Item {
        id: id.into(),
        name: name.into(),
        kind: Some("检查".into()),
        organizer: Some(organizer.into()),
        targets: vec![targets.into()],
        schedule: Some("5月".into()),
        jurisdiction: Some(jurisdiction.into()),
        ..Item::default()
    };
    let planned = |elsewhere: &str| {
        let items = vec![
            item("A", "避雷装置检查", "县气象局", "红星电子厂、东风仪表厂", "C"),
            item("B", "噪声监测检查", "县生态环境局", "一厂、二厂", "C"),
            item("Z", "档案整理检查", "县档案局", "各乡镇", elsewhere),
        ];
        let plan = consolidator.consolidate(Input::new(items).with_units(&units)).expect("consolidates");
        plan.items.len()
    };
    assert_eq!(planned("C"), 2, "every pair compared");
    assert_eq!(planned("D"), 2, "through the index");
}
