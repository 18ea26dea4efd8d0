//! A plan measured with everything that takes scoring its pool again.

use super::baselines::baselines;
use super::{Rerun, Study};
use crate::cluster::Clusterer;
use crate::cluster::alternatives::{Center, ConnectedComponents, MergeCenter, Star};
use crate::error::Result;
use crate::evaluate::{self, CurvePoint, Evaluation, Judged, PartitionRates, Truth, partition_rates, point};
use crate::model::evidence::MilliBits;
use crate::model::plan::Plan;

/// How much is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The plan alone: nothing is judged again.
    Plan,
    /// Also the evidence on every wrong pair, and the curve over thresholds.
    #[default]
    Curve,
    /// Also textbook clusterers on the same pairs, and plain text similarities.
    Baselines,
}

/// The lowest and the highest threshold of the curve, and the step between them.
const CURVE: (MilliBits, MilliBits, usize) = (-8_000, 10_000, 500);

/// Measures a plan against a truth.
///
/// [`evaluate`](crate::evaluate::evaluate) with all that the plan itself cannot tell: the pool is judged
/// again from what the plan keeps of its run ([`Rerun`]), so that wrong pairs the plan is silent about
/// are explained too, and so that the curve is right below the review line. The curve reaches from −8 to
/// 10 bits; in pools of more than 1,000 items it starts at the review line (see [`Study`]).
///
/// # Errors
/// As [`Rerun::of_plan`] and [`Consolidator::consolidate`](super::Consolidator::consolidate).
pub fn measure(plan: &Plan, truth: &Truth, depth: Depth) -> Result<Evaluation> {
    let mut evaluation = evaluate::evaluate(plan, truth);
    if depth == Depth::Plan {
        return Ok(evaluation);
    }
    let rerun = Rerun::of_plan(plan)?;
    let mut study = rerun.consolidator().study(rerun.input())?;
    for error in &mut evaluation.errors {
        if error.evidence.is_none() {
            error.evidence = study.explain(&error.a, &error.b);
        }
    }
    evaluation.curve = curve(&mut study, truth)?;
    if depth >= Depth::Baselines {
        evaluation.clusterers = clusterers(&mut study, truth)?;
        evaluation.baselines = baselines(study.items(), truth)?;
    }
    Ok(evaluation)
}

fn curve(study: &mut Study<'_>, truth: &Truth) -> Result<Vec<CurvePoint>> {
    let (lowest, highest, step) = CURVE;
    let ids: Vec<String> = study.items().iter().map(|item| item.id.clone()).collect();
    let pairs: Vec<Judged<'_>> = study
        .pairs()
        .map(|(a, b, score)| Judged {
            a: &ids[a.as_usize()],
            b: &ids[b.as_usize()],
            total: score.total,
            protected: score.protection.is_some(),
        })
        .collect();
    (lowest.max(study.floor())..=highest)
        .step_by(step)
        .map(|threshold| Ok(point(threshold, &pairs, &study.groups(None, threshold)?, truth)))
        .collect()
}

/// The engine's clusterer and the textbook ones, on the pairs that reach the policy's threshold.
fn clusterers(study: &mut Study<'_>, truth: &Truth) -> Result<Vec<PartitionRates>> {
    let threshold = study.comparer().threshold();
    let mut rates = vec![partition_rates("constrained", &study.groups(None, threshold)?, truth)];
    let alternatives: [&dyn Clusterer; 4] = [&ConnectedComponents, &Star, &Center, &MergeCenter];
    for clusterer in alternatives {
        let groups = study.groups(Some(clusterer), threshold)?;
        rates.push(partition_rates(clusterer.name(), &groups, truth));
    }
    Ok(rates)
}
