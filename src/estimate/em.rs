//! Expectation maximisation over patterns of levels.

use super::patterns::{Pattern, Patterns};
use super::{Estimate, HypothesisEstimate, LevelEstimate, Rules, Warning, levels_of};
use crate::model::bits::{exp2, log2_ratio};
use crate::model::evidence::{Aspect, MilliBits};
use crate::policy::{Level, Weights, milli};

/// Names of the hypotheses, in the order of the arrays here.
const HYPOTHESES: [&str; 2] = ["matter", "visit"];

/// No weight is estimated beyond this: a few dozen matches cannot tell more.
const STRONGEST: MilliBits = 10_000;

/// A level that no match was seen at is taken to have been seen this often.
const SMOOTHING: f64 = 0.5;

/// The parameters of both hypotheses.
#[derive(Clone)]
struct Parameters {
    /// `λ_k / (1 − Σ λ)`.
    odds: [f64; 2],
    /// `m_k(l) / u(l)` by level.
    ratio: [Vec<f64>; 2],
}

/// Expected matches: in all, and at each level.
struct Expected {
    all: [f64; 2],
    at: [Vec<f64>; 2],
}

/// Estimates match weights on the pairs of a pool, all of them or all among a sample of items.
///
/// `given` are the weights to start from, and to keep where the pool tells too little.
///
/// Complexity: O(rounds · patterns · comparisons) time, O(patterns) memory.
#[must_use]
pub fn estimate(pairs: &Patterns, given: &Weights, rules: &Rules) -> Estimate {
    let (matter, visit) = given.table();
    let given_bits = [matter, visit];
    let given_prior = [milli(given.matter_prior), milli(given.visit_prior)];
    let total = pairs.total();
    let at_all: Vec<f64> = pairs.by_level().into_iter().map(|count| count as f64).collect();

    // The classes are what the given weights take them for.
    let mut now = Parameters {
        odds: given_prior.map(exp2),
        ratio: [0, 1].map(|k| given_bits[k].iter().map(|&bits| exp2(bits)).collect()),
    };
    // What they think hopeless stays unrelated, so that no class drifts to whatever is frequent.
    let hope = exp2(rules.hope);
    let pairs = &pairs.filtered(|pattern| (0..2).any(|k| odds(pattern, &now, k) >= hope));
    let mut expected = expect(pairs, &now);
    let chance = unrelated(&at_all, &expected);
    let free: [Vec<bool>; 2] = [0, 1].map(|k| {
        let enough = expected.all[k] >= rules.hypothesis_matches;
        let told =
            |level: usize| expected.at[k][level].max(expected.all[k] * chance[level]) >= rules.level_matches;
        (0..Level::ALL.len()).map(|level| enough && told(level)).collect()
    });

    let belief: [Vec<f64>; 2] = [0, 1].map(|k| believed(&now.ratio[k], &chance));
    let (mut rounds, mut converged) = (0, false);
    while rounds < rules.rounds && !converged {
        maximise(&mut now, &expected, total, &unrelated(&at_all, &expected), &free, &belief, rules);
        let next = expect(pairs, &now);
        converged = moved(&expected, &next) <= rules.tolerance;
        expected = next;
        rounds += 1;
    }
    let u = unrelated(&at_all, &expected);

    let mut weights = given.clone();
    let hypotheses = [0, 1].map(|k| {
        let estimated = free[k].iter().any(|&free| free);
        let rest = total as f64 - expected.all[0] - expected.all[1];
        let prior = if estimated { bits(expected.all[k] / rest.max(1.0)) } else { given_prior[k] };
        let levels: Vec<LevelEstimate> = (0..Aspect::ALL.len())
            .flat_map(levels_of)
            .map(|level| {
                let at = level as usize;
                let own = if free[k][at] { bits(now.ratio[k][at]) } else { given_bits[k][at] };
                LevelEstimate {
                    level: level.key().to_owned(),
                    level_zh: level.label_zh().to_owned(),
                    m: expected.at[k][at] / expected.all[k].max(f64::MIN_POSITIVE),
                    u: u[at],
                    matches: expected.at[k][at],
                    given: given_bits[k][at],
                    weight: own,
                    kept: !free[k][at],
                }
            })
            .collect();
        let set = if k == 0 { &mut weights.matter } else { &mut weights.visit };
        for level in levels.iter().filter(|level| !level.kept) {
            set.insert(level.level.clone(), f64::from(level.weight) / 1000.0);
        }
        HypothesisEstimate { matches: expected.all[k], prior, levels }
    });
    let [matter, visit] = hypotheses;
    weights.matter_prior = f64::from(matter.prior) / 1000.0;
    weights.visit_prior = f64::from(visit.prior) / 1000.0;
    let warnings = warnings(total, [&matter, &visit], rounds, converged, rules);
    Estimate { weights, pairs: total, hopeful: pairs.total(), rounds, converged, matter, visit, warnings }
}

fn warnings(
    pairs: u64,
    hypotheses: [&HypothesisEstimate; 2],
    rounds: u32,
    converged: bool,
    rules: &Rules,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if pairs < rules.pairs {
        warnings.push(Warning::FewPairs { pairs, wanted: rules.pairs });
    }
    for (hypothesis, found) in HYPOTHESES.into_iter().zip(hypotheses) {
        let kept = found.levels.iter().filter(|level| level.kept).count();
        if kept == found.levels.len() {
            let wanted = rules.hypothesis_matches;
            warnings.push(Warning::FewMatches { hypothesis, matches: found.matches, wanted });
        } else if kept > 0 {
            let of = found.levels.len() as u32;
            warnings.push(Warning::LevelsKept { hypothesis, kept: kept as u32, of });
        }
    }
    if !converged {
        warnings.push(Warning::NotConverged { rounds });
    }
    warnings
}

/// Share of each level within its comparison, every level seen half a time more.
fn shares(counts: &[f64]) -> Vec<f64> {
    let mut shares = vec![0.0; counts.len()];
    for aspect in 0..Aspect::ALL.len() {
        let all: f64 = levels_of(aspect).map(|level| counts[level as usize] + SMOOTHING).sum();
        for level in levels_of(aspect) {
            shares[level as usize] = (counts[level as usize] + SMOOTHING) / all;
        }
    }
    shares
}

/// `u` of each level: its share among what is expected to be unrelated.
fn unrelated(at_all: &[f64], expected: &Expected) -> Vec<f64> {
    let rest = |level: usize| (at_all[level] - expected.at[0][level] - expected.at[1][level]).max(0.0);
    shares(&(0..at_all.len()).map(rest).collect::<Vec<_>>())
}

/// `m` of each level as the given weights have it: `u · 2^weight`, made to add up to 1.
fn believed(ratio: &[f64], u: &[f64]) -> Vec<f64> {
    let mut m: Vec<f64> = ratio.iter().zip(u).map(|(ratio, u)| ratio * u).collect();
    for aspect in 0..Aspect::ALL.len() {
        let all: f64 = levels_of(aspect).map(|level| m[level as usize]).sum();
        for level in levels_of(aspect) {
            m[level as usize] /= all;
        }
    }
    m
}

/// Expected matches under the parameters.
fn expect(pairs: &Patterns, parameters: &Parameters) -> Expected {
    let levels = Level::ALL.len();
    let mut expected = Expected { all: [0.0; 2], at: [vec![0.0; levels], vec![0.0; levels]] };
    for (pattern, count) in pairs.iter() {
        let odds = [0, 1].map(|k| odds(pattern, parameters, k));
        let sum = 1.0 + odds[0] + odds[1];
        for (k, odds) in odds.into_iter().enumerate() {
            let share = odds / sum * count as f64;
            expected.all[k] += share;
            for &level in pattern {
                expected.at[k][level as usize] += share;
            }
        }
    }
    expected
}

fn odds(pattern: &Pattern, parameters: &Parameters, k: usize) -> f64 {
    pattern.iter().fold(parameters.odds[k], |odds, &level| odds * parameters.ratio[k][level as usize])
}

/// The parameters that make the expectations likeliest; levels that are not free stay.
fn maximise(
    now: &mut Parameters,
    expected: &Expected,
    pairs: u64,
    u: &[f64],
    free: &[Vec<bool>; 2],
    belief: &[Vec<f64>; 2],
    rules: &Rules,
) {
    let rest = (pairs as f64 - expected.all[0] - expected.all[1]).max(1.0);
    for k in 0..2 {
        if !free[k].iter().any(|&free| free) {
            continue;
        }
        now.odds[k] = expected.all[k] / rest;
        let counts: Vec<f64> = expected.at[k]
            .iter()
            .zip(&belief[k])
            .map(|(seen, believed)| seen + believed * rules.given_matches)
            .collect();
        let m = shares(&counts);
        for level in 0..m.len() {
            if free[k][level] {
                now.ratio[k][level] = m[level] / u[level];
            }
        }
    }
}

/// The largest change of an expected count.
fn moved(before: &Expected, after: &Expected) -> f64 {
    let mut most: f64 = 0.0;
    for k in 0..2 {
        most = most.max((before.all[k] - after.all[k]).abs());
        for (one, other) in before.at[k].iter().zip(&after.at[k]) {
            most = most.max((one - other).abs());
        }
    }
    most
}

/// `log2(ratio)` in thousandths, within ±[`STRONGEST`].
fn bits(ratio: f64) -> MilliBits {
    const ONE: u64 = 1 << 32;
    let scaled = (ratio * ONE as f64).clamp(1.0, (1u64 << 62) as f64);
    log2_ratio(scaled as u64, ONE).clamp(-STRONGEST, STRONGEST)
}
