//! A run stops soon after it is told to, wherever it is. Counted in questions, not in seconds.

use std::cell::RefCell;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use tongchou::estimate::Rules;
use tongchou::ingest::{Limits, read_paths};
use tongchou::pipeline::{Run, Stage};
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Error, Input, Item, Policy};

fn pool() -> (Vec<Item>, Vec<Item>, UnitGraph) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pool-north");
    let read = |name| {
        read_paths(&[folder.join(name)], &Limits::default(), &mut |_| {})
            .expect("the fixture is readable")
            .items
    };
    let bytes = std::fs::read(folder.join("units.csv")).expect("the fixture is readable");
    let units = UnitGraph::from_csv(&bytes, &tongchou::lexicon::Lexicon::builtin()).expect("a roster").0;
    (read("items.jsonl"), read("last_year.jsonl"), units)
}

/// One thread, so that the questions have an order.
fn consolidator(policy: Policy) -> Consolidator {
    Consolidator::new(policy.with_threads(1)).expect("a policy")
}

/// Every kind of run.
fn runs(units: &UnitGraph, mut done: impl FnMut(&str, &dyn Fn(&Run<'_>) -> tongchou::Result<()>)) {
    let (items, last_year, _) = pool();
    let input = || Input::new(items.clone()).with_units(units).with_last_year(last_year.clone());
    let plain = consolidator(Policy::default());
    let aimed = consolidator(Policy::default().with_target_reduction(0.2));
    done("consolidate", &|run| plain.consolidate_with(input(), run).map(drop));
    done("consolidate to a target", &|run| aimed.consolidate_with(input(), run).map(drop));
    done("outcome", &|run| plain.outcome(input(), run).map(drop));
    done("frontier", &|run| plain.frontier_with(input(), run).map(drop));
    done("estimate", &|run| plain.estimate_with(input(), &Rules::default(), run).map(drop));
    done("explain", &|run| plain.explain_with(input(), &items[0].id, &items[1].id, run).map(drop));
}

/// Every stage that handles items one by one asks once for each: so no more than one is handled after a yes.
#[test]
fn every_item_asks() {
    let (items, last_year, units) = pool();
    let asked = AtomicUsize::new(0);
    let cancelled = || {
        asked.fetch_add(1, Ordering::Relaxed);
        false
    };
    let begun: RefCell<Vec<(Stage, usize)>> = RefCell::default();
    let progress = |stage, _, _| {
        let mut begun = begun.borrow_mut();
        if begun.last().is_none_or(|&(last, _)| last != stage) {
            begun.push((stage, asked.load(Ordering::Relaxed)));
        }
    };
    let run = Run::default().with_cancellation(&cancelled).with_progress(&progress);
    let count = items.len();
    let input = Input::new(items).with_units(&units).with_last_year(last_year);
    let plan = consolidator(Policy::default()).consolidate_with(input, &run).expect("a plan");
    let mut begun = begun.into_inner();
    begun.push((Stage::Merge, asked.load(Ordering::Relaxed)));
    let components = plan.clustering.expect("a clustering").components.len();
    for stages in begun.windows(2) {
        let [(stage, from), (_, to)] = stages else { unreachable!("windows of two") };
        let least = match stage {
            Stage::Cluster => components,
            Stage::Merge => plan.items.len() + plan.review.len(),
            _ => count,
        };
        assert!(to - from >= least, "{stage:?}: {} questions, {least} expected", to - from);
    }
    assert_eq!(begun.len(), 7);
}

/// Whenever the yes comes, and if it comes only once: one report may be on its way, and nothing comes out.
#[test]
fn a_yes_is_the_end() {
    let (_, _, units) = pool();
    runs(&units, |name, work| {
        let count = |yes: usize| {
            let (asked, told_after) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let cancelled = || asked.fetch_add(1, Ordering::Relaxed) == yes;
            let progress = |_, _, _| {
                if asked.load(Ordering::Relaxed) > yes {
                    told_after.fetch_add(1, Ordering::Relaxed);
                }
            };
            let run = Run::default().with_cancellation(&cancelled).with_progress(&progress);
            (work(&run), asked.into_inner(), told_after.into_inner())
        };
        let (done, all, _) = count(usize::MAX);
        assert!(done.is_ok() && all > 220, "{name} asks {all} times");
        for part in 0..12 {
            let yes = all * part / 12;
            let (done, asked, told) = count(yes);
            assert!(matches!(done, Err(Error::Cancelled)), "{name}: yes to question {yes} of {all}");
            // Whoever hands the run on may ask once more before the first yes is passed on.
            assert!(asked <= yes + 2 && told <= 1, "{name}: {asked} questions, {told} reports after {yes}");
        }
    });
}
