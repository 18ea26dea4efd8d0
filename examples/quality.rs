//! All figures of `docs/quality.md`, as Markdown.
//!
//! ```text
//! cargo run --release --example quality -- fixtures/pool-north fixtures/pool-south [FOLDER…]
//! ```
//!
//! A folder holds `items.jsonl`, `truth.json` and, if there is one, `units.csv`.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tongchou::estimate::Rules;
use tongchou::evaluate::{Evaluation, Rates, Truth, evaluate};
use tongchou::ingest::{self, Limits};
use tongchou::model::evidence::Aspect;
use tongchou::pipeline::{Depth, measure};
use tongchou::policy::{Level, Weights};
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Input, Item, Plan, Policy};

/// A pool with its truth.
struct Pool {
    name: String,
    items: Vec<Item>,
    units: Option<UnitGraph>,
    truth: Truth,
}

impl Pool {
    fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let lexicon = tongchou::lexicon::Lexicon::builtin();
        let roster = folder.join("units.csv");
        let units = if roster.exists() {
            Some(UnitGraph::from_csv(&std::fs::read(roster)?, &lexicon)?.0)
        } else {
            None
        };
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            name: name.trim_start_matches("pool-").to_owned(),
            items: ingest::read_paths(&[folder.join("items.jsonl")], &Limits::default(), &mut |_| {})?.items,
            units,
            truth: Truth::from_json(&std::fs::read_to_string(folder.join("truth.json"))?)?,
        })
    }

    fn input(&self) -> Input<'_> {
        Input { items: self.items.clone(), units: self.units.as_ref(), ..Input::default() }
    }

    fn plan(&self, policy: Policy) -> Result<Plan, Box<dyn Error>> {
        Ok(Consolidator::new(policy)?.consolidate(self.input())?)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let pools = folders.iter().map(|folder| Pool::read(folder)).collect::<Result<Vec<_>, _>>()?;
    let mut measured = Vec::new();
    for pool in &pools {
        let plan = pool.plan(Policy::default())?;
        let evaluation = measure(&plan, &pool.truth, Depth::Baselines)?;
        measured.push((pool, plan, evaluation));
    }
    let mut text = String::new();
    overview(&mut text, &measured);
    relations(&mut text, &measured);
    curve(&mut text, &measured);
    clusterers(&mut text, &measured);
    baselines(&mut text, &measured);
    ablation(&mut text, &pools)?;
    estimated(&mut text, &pools)?;
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

type Measured<'a> = (&'a Pool, Plan, Evaluation);

fn header(text: &mut String, title: &str, columns: &[&str]) {
    let _ = writeln!(text, "\n## {title}\n\n| {} |", columns.join(" | "));
    let _ = writeln!(text, "|{}", "---|".repeat(columns.len()));
}

fn three(rates: &Rates) -> String {
    format!("{:.3} | {:.3} | {:.3}", rates.precision, rates.recall, rates.f1)
}

fn overview(text: &mut String, measured: &[Measured<'_>]) {
    let columns = [
        "pool",
        "items",
        "plan",
        "P",
        "R",
        "F1",
        "B-cubed F1",
        "development F1",
        "held-out F1",
        "barred merged",
        "look-alikes merged",
        "targets F1",
        "lead",
        "name",
        "review pairs",
        "gap %",
    ];
    header(text, "Plan against truth", &columns);
    for (pool, plan, evaluation) in measured {
        let share = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.2}"));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {:.3} | {:.3} | {:.3} | {} of {} | {} of {} | {} | {} | {} | {} | {:.1} |",
            pool.name,
            plan.summary.submitted,
            plan.summary.planned,
            three(&evaluation.pairwise),
            evaluation.b_cubed.f1,
            evaluation.pairwise_development.f1,
            evaluation.pairwise_held_out.f1,
            evaluation.barred.merged,
            evaluation.barred.pairs,
            evaluation.lookalikes.merged,
            evaluation.lookalikes.pairs,
            share(evaluation.targets.map(|rates| rates.f1)),
            share(evaluation.lead_accuracy),
            share(evaluation.name_similarity),
            plan.summary.review_pairs,
            plan.clustering.as_ref().map_or(0.0, |clustering| clustering.gap_percent),
        );
    }
}

fn relations(text: &mut String, measured: &[Measured<'_>]) {
    let relations = ["duplicate", "split", "covered", "joint"];
    header(text, "Core–member pairs found together, by relation", &[&["pool"], &relations[..]].concat());
    for (pool, _, evaluation) in measured {
        let cells = relations.map(|relation| {
            let counts = evaluation.relations.get(relation).copied().unwrap_or_default();
            format!("{} of {}", counts.together, counts.pairs)
        });
        let _ = writeln!(text, "| {} | {} |", pool.name, cells.join(" | "));
    }
}

fn curve(text: &mut String, measured: &[Measured<'_>]) {
    let columns: Vec<String> = std::iter::once("threshold (bits)".to_owned())
        .chain(
            measured
                .iter()
                .flat_map(|(pool, ..)| ["P", "R", "F1"].map(|rate| format!("{} {rate}", pool.name))),
        )
        .collect();
    header(text, "Plan by merge threshold", &columns.iter().map(String::as_str).collect::<Vec<_>>());
    let Some((_, _, first)) = measured.first() else { return };
    for (row, point) in first.curve.iter().enumerate().filter(|(_, point)| point.threshold % 1000 == 0) {
        let cells: Vec<String> = measured
            .iter()
            .filter_map(|(_, _, evaluation)| evaluation.curve.get(row))
            .map(|point| three(&point.plan))
            .collect();
        let _ = writeln!(text, "| {} | {} |", point.threshold / 1000, cells.join(" | "));
    }
}

fn clusterers(text: &mut String, measured: &[Measured<'_>]) {
    header(
        text,
        "Clusterers on the same pairs",
        &["pool", "clusterer", "P", "R", "F1", "B-cubed F1", "barred", "look-alikes"],
    );
    for (pool, _, evaluation) in measured {
        for rates in &evaluation.clusterers {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {:.3} | {} | {} |",
                pool.name,
                rates.name.replace('_', " "),
                three(&rates.pairwise),
                rates.b_cubed.f1,
                rates.barred.merged,
                rates.lookalikes.merged
            );
        }
    }
}

fn baselines(text: &mut String, measured: &[Measured<'_>]) {
    let title = "Text similarity alone: best threshold with the truth in hand, connected components";
    header(text, title, &["pool", "similarity", "threshold", "P", "R", "F1", "B-cubed F1"]);
    for (pool, _, evaluation) in measured {
        for baseline in &evaluation.baselines {
            let _ = writeln!(
                text,
                "| {} | {} | {:.3} | {} | {:.3} |",
                pool.name,
                baseline.name.replace('_', " "),
                baseline.threshold,
                three(&baseline.pairwise),
                baseline.b_cubed.f1
            );
        }
    }
}

/// What is left out, and how the weights say so.
fn ablations() -> Vec<(String, Weights)> {
    let silent = |levels: &dyn Fn(Level) -> bool| {
        let mut weights = Weights::default();
        for level in Level::ALL.iter().filter(|level| levels(**level)) {
            weights.matter.insert(level.key().to_owned(), 0.0);
            // A joint visit stands on its venue: without one there is none to propose.
            if level.aspect() != Aspect::Venue {
                weights.visit.insert(level.key().to_owned(), 0.0);
            }
        }
        weights
    };
    let mut all = vec![("nothing".to_owned(), Weights::default())];
    for aspect in Aspect::ALL {
        all.push((aspect.key().to_owned(), silent(&|level| level.aspect() == aspect)));
    }
    all.push(("contrast words".to_owned(), silent(&|level| level == Level::ObjectContrast)));
    all.push((
        "lexicon (concept, venue)".to_owned(),
        silent(&|level| matches!(level.aspect(), Aspect::Concept | Aspect::Venue)),
    ));
    all.push(("term frequencies".to_owned(), Weights { common_term_share: 1.0, ..Weights::default() }));
    all
}

fn ablation(text: &mut String, pools: &[Pool]) -> Result<(), Box<dyn Error>> {
    let names: Vec<String> = pools.iter().map(|pool| format!("{} F1 (P)", pool.name)).collect();
    let columns: Vec<&str> = std::iter::once("without").chain(names.iter().map(String::as_str)).collect();
    header(text, "Ablation", &columns);
    for (name, weights) in ablations() {
        let mut policy = Policy::default();
        policy.weights = weights;
        let mut cells = Vec::new();
        for pool in pools {
            let rates = evaluate(&pool.plan(policy.clone())?, &pool.truth).pairwise;
            cells.push(format!("{:.3} ({:.2})", rates.f1, rates.precision));
        }
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    }
    Ok(())
}

fn estimated(text: &mut String, pools: &[Pool]) -> Result<(), Box<dyn Error>> {
    let columns =
        ["pool", "matches expected", "rounds", "P", "R", "F1", "on trust of the pool alone: P", "R", "F1"];
    header(text, "Weights estimated on the pool itself", &columns);
    for pool in pools {
        let estimate = |rules: &Rules| -> Result<_, Box<dyn Error>> {
            let mut policy = Policy::default();
            let estimate = Consolidator::new(policy.clone())?.estimate(pool.input(), rules)?;
            policy.weights = estimate.weights.clone();
            let rates = evaluate(&pool.plan(policy)?, &pool.truth).pairwise;
            Ok((estimate, rates))
        };
        let (found, rates) = estimate(&Rules::default())?;
        let (_, alone) = estimate(&Rules { given_matches: 0.0, hope: -30_000, ..Rules::default() })?;
        let _ = writeln!(
            text,
            "| {} | {:.0} matter, {:.0} visit | {} | {} | {} |",
            pool.name,
            found.matter.matches,
            found.visit.matches,
            found.rounds,
            three(&rates),
            three(&alone)
        );
    }
    Ok(())
}
