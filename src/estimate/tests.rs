//! Estimates on pools whose parameters are known.

use super::*;
use crate::model::evidence::Aspect;
use crate::policy::Policy;

/// A fixed stream of numbers in 0–1.
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn pick(&mut self, shares: &[(Level, f64)]) -> Level {
        let mut left = self.throw();
        for &(level, share) in shares {
            left -= share;
            if left < 0.0 {
                return level;
            }
        }
        shares[shares.len() - 1].0
    }
}

/// The distributions of one class: for each comparison, levels with their shares.
type Class = Vec<Vec<(Level, f64)>>;

/// Shares that are given for some levels; the comparison's last level takes the rest, and comparisons that
/// are not mentioned always reach their last level.
fn class(given: &[(Level, f64)]) -> Class {
    (0..Aspect::ALL.len())
        .map(|aspect| {
            let mut own: Vec<(Level, f64)> =
                given.iter().copied().filter(|(level, _)| level.aspect() as usize == aspect).collect();
            let rest = 1.0 - own.iter().map(|(_, share)| share).sum::<f64>();
            let last = levels_of(aspect).last().expect("every comparison has levels");
            own.push((last, rest));
            own
        })
        .collect()
}

fn pool(classes: &[(&Class, usize)]) -> Patterns {
    let mut dice = Dice(11);
    let mut patterns = Patterns::default();
    for &(class, pairs) in classes {
        for _ in 0..pairs {
            let mut pattern: Pattern = std::array::from_fn(|aspect| class[aspect][0].0);
            for (level, shares) in pattern.iter_mut().zip(class) {
                *level = dice.pick(shares);
            }
            patterns.add(pattern);
        }
    }
    patterns
}

fn matter() -> Class {
    class(&[
        (Level::NameClose, 0.4),
        (Level::NameSimilar, 0.3),
        (Level::ConceptSame, 0.7),
        (Level::ContentClose, 0.5),
        (Level::TargetsEqual, 0.6),
        (Level::TargetsNested, 0.2),
        (Level::OrganizerSame, 0.5),
        (Level::BasisDocument, 0.25),
    ])
}

fn unrelated() -> Class {
    class(&[
        (Level::NameClose, 0.002),
        (Level::NameSimilar, 0.02),
        (Level::ConceptSame, 0.01),
        (Level::ContentClose, 0.01),
        (Level::TargetsEqual, 0.1),
        (Level::TargetsNested, 0.1),
        (Level::OrganizerSame, 0.05),
        (Level::BasisDocument, 0.005),
    ])
}

#[test]
fn known_weights_are_recovered() {
    let (matter, unrelated) = (matter(), unrelated());
    let patterns = pool(&[(&matter, 1000), (&unrelated, 200_000)]);
    // Nothing but the pool speaks.
    let rules = Rules { hope: -30_000, given_matches: 0.0, ..Rules::default() };
    let estimate = estimate(&patterns, &Weights::default(), &rules);
    assert!(estimate.converged, "{} rounds", estimate.rounds);
    assert!((estimate.matter.matches - 1000.0).abs() < 60.0, "{} matches", estimate.matter.matches);
    let known = log2(1000.0 / 200_000.0);
    assert!((f64::from(estimate.matter.prior) / 1000.0 - known).abs() < 0.1);
    let mut checked = 0;
    for (of_match, of_rest) in matter.iter().zip(&unrelated) {
        for (&(level, m), &(_, u)) in of_match.iter().zip(of_rest) {
            let found = estimate.matter.levels.iter().find(|found| found.level == level.key());
            let found = found.expect("the level is listed");
            assert!(!found.kept || m < 0.01, "{} kept its weight", found.level);
            let weight = f64::from(found.weight) / 1000.0;
            assert!((weight - log2(m / u)).abs() < 0.35, "{}: {weight} for {}", found.level, log2(m / u));
            checked += 1;
        }
    }
    assert!(checked >= 15);
}

#[test]
fn a_small_pool_keeps_its_weights_and_says_so() {
    let patterns = pool(&[(&matter(), 3), (&unrelated(), 500)]);
    let estimate = estimate(&patterns, &Weights::default(), &Rules::default());
    assert_eq!(estimate.weights, Weights::default());
    let warned = |wanted: fn(&Warning) -> bool| estimate.warnings.iter().any(wanted);
    assert!(warned(|warning| matches!(warning, Warning::FewPairs { pairs: 503, .. })));
    assert!(warned(|warning| matches!(warning, Warning::FewMatches { hypothesis: "matter", .. })));
}

#[test]
fn what_is_estimated_can_be_read_as_a_policy() {
    let patterns = pool(&[(&matter(), 300), (&unrelated(), 20_000)]);
    let mut policy = Policy::default();
    policy.weights = estimate(&patterns, &policy.weights, &Rules::default()).weights;
    assert!(!policy.weights.matter.is_empty());
    assert_eq!(Policy::from_toml(&policy.to_toml().expect("TOML")).expect("a policy"), policy);
}

#[expect(clippy::disallowed_methods, reason = "a test compares with a tolerance")]
fn log2(value: f64) -> f64 {
    value.log2()
}
