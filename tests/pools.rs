//! Every labelled pool of the fixtures, judged with the shipped defaults. The floors lie a little below what the engine reaches
//! (docs/quality.md): they catch what breaks, they prove nothing about a pool nobody has seen.
#![expect(clippy::print_stdout, reason = "figures for whoever reads the test")]

use std::path::Path;

use tongchou::evaluate::{Truth, evaluate};
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Input, Item, Policy};

/// Folder, least precision and recall of pairs, most look-alikes merged.
const POOLS: &[(&str, f64, f64, u32)] = &[
    ("pool-north", 0.97, 0.95, 2),
    ("pool-south", 0.91, 0.91, 5),
    ("pool-east", 0.88, 0.88, 4),
    ("pool-central", 0.84, 0.90, 6),
    ("pool-west", 0.82, 0.79, 4),
    ("pool-plateau", 0.96, 0.90, 2),
    ("pool-harbour", 0.92, 0.79, 3),
    ("pool-lakes", 0.94, 0.77, 3),
    ("pool-urban", 0.94, 0.78, 3),
    ("pool-oasis", 0.90, 0.45, 3),
    ("pool-valley", 0.95, 0.93, 3),
    ("pool-delta", 0.95, 0.89, 2),
    ("pool-steppe", 0.85, 0.89, 4),
    ("pool-border", 0.83, 0.77, 8),
    ("pool-mine", 0.80, 0.80, 11),
    ("pool-metro", 0.87, 0.76, 4),
];

#[test]
fn pools_are_consolidated_as_their_readers_did() {
    let consolidator = Consolidator::new(Policy::default()).expect("the shipped policy is in range");
    for &(pool, precision, recall, lookalikes) in POOLS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(pool);
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("the fixture is readable");
        let items: Vec<Item> =
            read("items.jsonl").lines().map(|line| serde_json::from_str(line).expect("an item")).collect();
        let (units, _) = UnitGraph::from_csv(read("units.csv").as_bytes(), consolidator.lexicon())
            .expect("the roster is valid");
        let truth = Truth::from_json(&read("truth.json")).expect("the truth is valid");
        let plan = consolidator
            .consolidate(Input::new(items).with_units(&units))
            .expect("no decisions, no contradiction");
        let found = evaluate(&plan, &truth);
        println!("{pool}: {:?}, {:?}", found.pairwise, found.lookalikes);
        assert_eq!(found.barred.merged, 0, "{pool}: protected items stay apart");
        assert!(found.pairwise.precision >= precision, "{pool}: {:?}", found.pairwise);
        assert!(found.pairwise.recall >= recall, "{pool}: {:?}", found.pairwise);
        assert!(found.lookalikes.merged <= lookalikes, "{pool}: {:?}", found.lookalikes);
    }
}
