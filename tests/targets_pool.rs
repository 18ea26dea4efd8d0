//! The fixture pool: how well target phrases are resolved, measured on the pool's truth.
//!
//! `TONGCHOU_SHOW=1 cargo test --test targets_pool -- --nocapture` prints every item's resolution.

#![allow(clippy::print_stdout, reason = "the report is what a reader of a failure needs")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tongchou::Item;
use tongchou::lexicon::Lexicon;
use tongchou::targets::{Resolver, UnitGraph};

#[test]
fn pool_targets_reach_f1_095() {
    let pool = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pool-north");
    let read = |name: &str| std::fs::read(pool.join(name)).expect("fixture is there");
    let lexicon = Lexicon::builtin();
    let (graph, diagnostics) = UnitGraph::from_csv(&read("units.csv"), &lexicon).expect("roster");
    for diagnostic in &diagnostics {
        println!("{} row {}: {}", diagnostic.code, diagnostic.source.row, diagnostic.found);
    }
    let truth: serde_json::Value = serde_json::from_slice(&read("truth.json")).expect("truth");
    let truth: BTreeMap<String, BTreeSet<String>> =
        serde_json::from_value(truth["targets"].clone()).expect("truth.targets");
    let items = String::from_utf8(read("items.jsonl")).expect("UTF-8");
    let resolver = Resolver::new(&graph, &lexicon);
    let (mut hits, mut found, mut wanted) = (0usize, 0usize, 0usize);
    let mut worst: Vec<(usize, String)> = Vec::new();
    let mut measured = 0;
    for line in items.lines().filter(|line| !line.trim().is_empty()) {
        let item: Item = serde_json::from_str(line).expect("item");
        let set = resolver.resolve(&item.targets, None);
        let units: BTreeSet<String> = set.units.iter().map(|unit| graph.unit(unit).id().to_owned()).collect();
        let report = |units: &BTreeSet<String>| units.iter().take(14).cloned().collect::<Vec<_>>().join(",");
        if let Some(expected) = truth.get(&item.id) {
            measured += 1;
            let common = expected.intersection(&units).count();
            hits += common;
            found += units.len();
            wanted += expected.len();
            let wrong = expected.len() + units.len() - 2 * common;
            if wrong > 0 {
                let missing: BTreeSet<String> = expected.difference(&units).cloned().collect();
                let extra: BTreeSet<String> = units.difference(expected).cloned().collect();
                worst.push((
                    wrong,
                    format!(
                        "{} {:?}: missing [{}] extra [{}]",
                        item.id,
                        item.targets,
                        report(&missing),
                        report(&extra)
                    ),
                ));
            }
        }
        if std::env::var_os("TONGCHOU_SHOW").is_some() {
            let terms: Vec<String> =
                set.terms.iter().map(|t| format!("{}:{:?}:{}", t.text, t.role, t.units)).collect();
            println!(
                "{} {:?} => {:?} {} [{}] s={:?} {:?} | {} | {}",
                item.id,
                item.targets,
                set.sureness,
                units.len(),
                report(&units),
                set.sample_count,
                set.sample_share,
                set.groups.join(","),
                terms.join(" "),
            );
        }
    }
    worst.sort_by(|one, other| other.cmp(one));
    for (wrong, line) in worst.iter().take(20) {
        println!("{wrong:4} {line}");
    }
    let (hits, found, wanted) = (hits as f64, found as f64, wanted as f64);
    let f1 = 2.0 * hits / (found + wanted);
    println!("items {measured} precision {:.4} recall {:.4} F1 {f1:.4}", hits / found, hits / wanted);
    assert_eq!(measured, truth.len(), "every item of the truth is in the pool");
    assert!(f1 >= 0.95, "micro-averaged F1 {f1:.4}");
}
