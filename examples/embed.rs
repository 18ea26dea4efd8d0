//! Embedding the engine: items from a program, a roster, progress, cancellation.
//!
//! `cargo run --example embed`
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks")]

use std::sync::atomic::{AtomicBool, Ordering};

use tongchou::lexicon::Lexicon;
use tongchou::model::unit::Unit;
use tongchou::pipeline::Run;
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Input, Item, Policy};

fn unit(id: &str, name: &str, kind: &str, parent: &str, tags: &[&str]) -> Unit {
    Unit {
        id: id.into(),
        name: name.into(),
        kind: kind.into(),
        parents: if parent.is_empty() { Vec::new() } else { vec![parent.into()] },
        tags: tags.iter().map(|&tag| tag.into()).collect(),
        ..Unit::default()
    }
}

fn item(id: &str, name: &str, organizer: &str, targets: &str, schedule: &str) -> Item {
    Item {
        id: id.into(),
        name: name.into(),
        organizer: Some(organizer.into()),
        targets: vec![targets.into()],
        schedule: Some(schedule.into()),
        ..Item::default()
    }
}

fn main() -> tongchou::Result<()> {
    let roster = vec![
        unit("C", "清水县人民政府", "government", "", &[]),
        unit("MZ", "清水县民政局", "department", "C", &[]),
        unit("XF", "清水县消防救援大队", "department", "C", &[]),
        unit("T1", "东门镇", "township", "C", &["镇"]),
        unit("Y1", "东门敬老院", "operator", "T1", &["养老机构"]),
        unit("Y2", "夕阳红养老院", "operator", "T1", &["养老机构"]),
    ];
    let (units, remarks) = UnitGraph::from_units(roster, &Lexicon::builtin())?;
    for remark in remarks {
        eprintln!("row {}: {}", remark.source.row, remark.expected_en);
    }

    let items = vec![
        item("MZ-1", "养老机构服务质量检查", "县民政局", "辖区内养老机构", "4月-6月"),
        item("XF-1", "养老机构消防安全检查", "县消防救援大队", "各养老服务机构", "5月"),
        item("XF-2", "消防工作年度考核", "县消防救援大队", "各乡镇", "12月"),
    ];

    // A service would set this from its "stop" button.
    let stop = AtomicBool::new(false);
    let cancelled = || stop.load(Ordering::Relaxed);
    let progress = |stage: tongchou::pipeline::Stage, done: usize, total: usize| {
        eprintln!("{}: {done}/{total}", stage.label_en());
    };
    let run = Run::default().with_progress(&progress).with_cancellation(&cancelled);

    let consolidator = Consolidator::new(Policy::default().with_plan_year(2026))?;
    let plan = consolidator.consolidate_with(Input::new(items).with_units(&units), &run)?;
    for item in &plan.items {
        println!("{}. {} ({})", item.number, item.name.value, item.members.len());
    }
    assert_eq!(plan.summary.planned, 2, "the two visits to nursing homes become one");
    Ok(())
}
