//! Which pairs merge, which are barred, which a reviewer should see; and the groups.

use super::Consolidator;
use super::prepare::{Prepared, in_order};
use super::run::{Run, Stage};
use crate::candidates;
use crate::cluster::{Clusterer, Constrained, Constraints, Link, Partition};
use crate::compare::{Comparer, Score};
use crate::error::{Error, Result};
use crate::merge;
use crate::model::decision::Verdict;
use crate::model::ids::ItemIdx;
use crate::model::relation::Relation;

/// Pools up to this size compare every pair: cheaper than any index, and exact by nature.
const BRUTE_FORCE_LIMIT: usize = 1000;

/// A pair worth remembering: it merges, is barred, or reaches the review line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) a: ItemIdx,
    pub(super) b: ItemIdx,
    pub(super) score: Score,
}

/// The outcome of comparison and clustering.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) comparer: Comparer,
    /// Ordered by `(a, b)`.
    pub(super) pairs: Vec<Pair>,
    pub(super) partition: Partition,
}

pub(super) fn decide(consolidator: &Consolidator, prepared: &Prepared<'_>, run: &Run<'_>) -> Result<Judged> {
    let total = prepared.batch.items.len();
    run.report(Stage::Features, 0, total)?;
    let comparer = prepared.comparer(consolidator);
    run.report(Stage::Compare, 0, total)?;
    let pairs = compare_all(&comparer, &prepared.batch.jurisdictions, run)?;
    run.report(Stage::Cluster, 0, total)?;
    let partition = partition(consolidator, prepared, &comparer, &pairs)?;
    Ok(Judged { comparer, pairs, partition })
}

/// Scores all candidate pairs; keeps those worth remembering, in order.
pub(super) fn compare_all(
    comparer: &Comparer,
    jurisdictions: &[(u32, u32)],
    run: &Run<'_>,
) -> Result<Vec<Pair>> {
    let total = comparer.len();
    let keep = |a: ItemIdx, b: ItemIdx| {
        let score = comparer.score(a, b);
        (score.total >= comparer.review_threshold()).then_some(Pair { a, b, score })
    };
    let mut pairs = Vec::new();
    let brute = total <= BRUTE_FORCE_LIMIT && jurisdictions.iter().all(|range| *range == jurisdictions[0]);
    if brute {
        let rows: Vec<usize> = (0..total).collect();
        for chunk in rows.chunks(256) {
            let found = in_order(chunk, |&a| {
                (a + 1..total).filter_map(|b| keep(ItemIdx::new(a), ItemIdx::new(b))).collect::<Vec<_>>()
            });
            pairs.extend(found.into_iter().flatten());
            run.report(Stage::Compare, chunk.last().map_or(0, |row| row + 1), total)?;
        }
        return Ok(pairs);
    }
    let signals = comparer.signals();
    let mut waiting: Vec<(ItemIdx, Vec<ItemIdx>)> = Vec::new();
    let mut cancelled = None;
    let flush = |waiting: &mut Vec<(ItemIdx, Vec<ItemIdx>)>, pairs: &mut Vec<Pair>| {
        let found = in_order(waiting, |(a, partners)| {
            partners.iter().filter_map(|&b| keep(*a, b)).collect::<Vec<_>>()
        });
        pairs.extend(found.into_iter().flatten());
        waiting.clear();
    };
    candidates::sharing_pairs(&signals.of, jurisdictions, |a, partners| {
        if cancelled.is_some() {
            return;
        }
        waiting.push((a, partners.to_vec()));
        if waiting.len() >= 1024 {
            flush(&mut waiting, &mut pairs);
            cancelled = run.report(Stage::Compare, a.as_usize() + 1, total).err();
        }
    });
    flush(&mut waiting, &mut pairs);
    cancelled.map_or(Ok(pairs), Err)
}

fn partition(
    consolidator: &Consolidator,
    prepared: &Prepared<'_>,
    comparer: &Comparer,
    pairs: &[Pair],
) -> Result<Partition> {
    let links: Vec<Link> = pairs
        .iter()
        .filter(|pair| pair.score.relation.merges())
        .map(|pair| Link {
            a: pair.a.as_u32(),
            b: pair.b.as_u32(),
            // A pair exactly on the threshold merges, so it must speak for merging.
            weight: pair.score.total - comparer.threshold() + 1,
            merges: true,
            joint: pair.score.relation == Relation::Joint,
        })
        .collect();
    let policy = &consolidator.policy;
    let (must, mut cannot) = reviewed(prepared)?;
    cannot.extend(
        pairs
            .iter()
            .filter(|pair| pair.score.protection.is_some())
            .map(|pair| (pair.a.as_u32(), pair.b.as_u32())),
    );
    // A reviewer's merge outranks a protection.
    cannot.retain(|pair| !must.contains(pair));
    let constraints = Constraints {
        cannot,
        must,
        max_members: policy.max_members,
        max_joint_organizers: policy.max_joint_organizers,
        organizer: organizer_classes(prepared),
    };
    let batch = &prepared.batch;
    let rank = |node: u32| {
        let position = node as usize;
        merge::core_rank(&batch.items[position], &batch.standards[position], &batch.targets[position])
    };
    let clusterer = Constrained { exact_limit: policy.exact_limit, ..Constrained::default() };
    clusterer.cluster(batch.items.len(), &links, &constraints, &rank).map_err(|contradiction| {
        let id = |node: u32| batch.items[node as usize].id.clone();
        let chain: Vec<String> = contradiction.chain.iter().map(|&node| id(node)).collect();
        Error::Decisions(format!(
            "`{}` and `{}` are to be separate, yet these are to be merged: {}",
            id(contradiction.a),
            id(contradiction.b),
            chain.join(" + ")
        ))
    })
}

/// Must-links and cannot-links of reviewers, as node pairs with the lesser first.
fn reviewed(prepared: &Prepared<'_>) -> Result<(Vec<(u32, u32)>, Vec<(u32, u32)>)> {
    let pair = |a: &str, b: &str| {
        let (a, b) = (prepared.position(a)?.as_u32(), prepared.position(b)?.as_u32());
        (a != b).then_some((a.min(b), a.max(b)))
    };
    let (mut must, mut cannot) = (Vec::new(), Vec::new());
    for decision in &prepared.decisions {
        match &decision.verdict {
            Verdict::Merge { a, b } => must.extend(pair(a, b)),
            Verdict::Separate { a, b } => cannot.extend(pair(a, b)),
            Verdict::Keep { item } => {
                if let Some(kept) = prepared.position(item) {
                    let kept = kept.as_u32();
                    let others = (0..prepared.batch.items.len() as u32).filter(|&other| other != kept);
                    cannot.extend(others.map(|other| (kept.min(other), kept.max(other))));
                }
            }
            Verdict::Withdraw { .. } => {}
        }
    }
    if let Some(&(a, b)) = must.iter().find(|pair| cannot.contains(pair)) {
        let id = |node: u32| &prepared.batch.items[node as usize].id;
        let lines: Vec<String> = prepared
            .decisions
            .iter()
            .filter(|decision| match &decision.verdict {
                Verdict::Merge { a: x, b: y } | Verdict::Separate { a: x, b: y } => {
                    pair(x, y) == Some((a, b))
                }
                Verdict::Keep { item } => item == id(a) || item == id(b),
                Verdict::Withdraw { .. } => false,
            })
            .map(|decision| decision.line.to_string())
            .collect();
        return Err(Error::Decisions(format!(
            "lines {} contradict each other on `{}` and `{}`",
            lines.join(" and "),
            id(a),
            id(b)
        )));
    }
    Ok((must, cannot))
}

/// A number for every item's organizer: the department, else the lexicon's functions, else the text.
fn organizer_classes(prepared: &Prepared<'_>) -> Vec<u32> {
    let mut classes: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    prepared
        .batch
        .organizers
        .iter()
        .zip(&prepared.batch.items)
        .map(|(organizer, item)| {
            let key = match organizer {
                Some(known) => match known.department.or(known.unit) {
                    Some(unit) => format!("unit {}", unit.as_u32()),
                    None if known.functions.is_empty() => format!("text {}", known.text),
                    None => format!("functions {:?}", known.functions),
                },
                None => format!("item {}", item.id),
            };
            let next = classes.len() as u32;
            *classes.entry(key).or_insert(next)
        })
        .collect()
}
