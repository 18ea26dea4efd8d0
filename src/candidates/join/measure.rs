//! What *similar* means, in integers alone.

use crate::error::{Error, Result};

/// A similarity of two weighted sets `a` and `b`, where `w` is the sum of the weights of a set.
///
/// Two sets with nothing in common are never similar, so that empty sets join with nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// `w(a ∩ b) / √(w(a) · w(b))`: the cosine of vectors whose entry for a token is the root of its
    /// weight, so the TF-IDF cosine of sets when the weights are squared inverse document frequencies.
    Cosine,
    /// `w(a ∩ b) / w(a ∪ b)`
    Jaccard,
    /// `2 · w(a ∩ b) / (w(a) + w(b))`
    Dice,
    /// `w(a ∩ b) / min(w(a), w(b))`: how much of the lighter set stands in the other.
    ///
    /// A pair in which *one given* side is contained in the other is always among these pairs.
    Containment,
}

impl Measure {
    /// All measures.
    pub const ALL: [Self; 4] = [Self::Cosine, Self::Jaccard, Self::Dice, Self::Containment];
}

/// A threshold as an exact fraction, so that no rounding decides about a pair on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Threshold {
    numerator: u64,
    denominator: u64,
}

impl Threshold {
    /// Largest denominator of a reduced threshold; keeps squares within 128 bits.
    pub const MAX_DENOMINATOR: u64 = 1 << 20;

    /// The threshold `numerator / denominator`, reduced.
    ///
    /// # Errors
    /// [`Error::Policy`] unless it lies above 0, is at most 1, and its reduced denominator is at most
    /// [`MAX_DENOMINATOR`](Self::MAX_DENOMINATOR).
    ///
    /// ```
    /// use tongchou::candidates::join::Threshold;
    /// assert_eq!(Threshold::new(80, 100)?, Threshold::new(4, 5)?);
    /// assert!(Threshold::new(5, 4).is_err());
    /// # Ok::<(), tongchou::Error>(())
    /// ```
    pub fn new(numerator: u64, denominator: u64) -> Result<Self> {
        let divisor = greatest_common_divisor(numerator, denominator).max(1);
        let reduced = Self { numerator: numerator / divisor, denominator: denominator / divisor };
        let usable = 0 < reduced.numerator
            && reduced.numerator <= reduced.denominator
            && reduced.denominator <= Self::MAX_DENOMINATOR;
        usable.then_some(reduced).ok_or_else(|| Error::Policy {
            field: "threshold".to_owned(),
            found: format!("{numerator}/{denominator}"),
            expected: format!("above 0, at most 1, denominator at most {}", Self::MAX_DENOMINATOR),
        })
    }

    /// The reduced numerator.
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// The reduced denominator.
    pub const fn denominator(self) -> u64 {
        self.denominator
    }
}

const fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A measure with its threshold: the test, and the bounds that follow from it.
///
/// Every bound is exact; `docs/exactness.md` has the proofs. Sums of weights must not exceed
/// [`MAX_SUM`](Self::MAX_SUM).
#[derive(Clone, Copy, Debug)]
pub struct Criterion {
    measure: Measure,
    numerator: u64,
    denominator: u64,
}

impl Criterion {
    /// Largest weight of a set: `(sum · denominator)²` then fits in 128 bits.
    pub const MAX_SUM: u64 = 1 << 43;

    /// The test `measure ≥ threshold`.
    pub const fn new(measure: Measure, threshold: Threshold) -> Self {
        Self { measure, numerator: threshold.numerator, denominator: threshold.denominator }
    }

    /// Whether sets that weigh `a` and `b` are similar when what they share weighs `overlap`.
    pub fn holds(&self, overlap: u64, a: u64, b: u64) -> bool {
        let (n, d) = (u128::from(self.numerator), u128::from(self.denominator));
        let (overlap, a, b) = (u128::from(overlap), u128::from(a), u128::from(b));
        overlap > 0
            && match self.measure {
                Measure::Cosine => (overlap * d).pow(2) >= n * n * a * b,
                Measure::Jaccard => overlap * (n + d) >= n * (a + b),
                Measure::Dice => 2 * overlap * d >= n * (a + b),
                Measure::Containment => overlap * d >= n * a.min(b),
            }
    }

    /// The least overlap with which [`holds`](Self::holds) is true; rises with `a` and with `b`.
    ///
    /// For the cosine a float proposes and the integer test decides.
    pub fn required(&self, a: u64, b: u64) -> u64 {
        let (n, d) = (u128::from(self.numerator), u128::from(self.denominator));
        let sum = u128::from(a) + u128::from(b);
        let least = match self.measure {
            Measure::Cosine => return self.required_cosine(a, b),
            Measure::Jaccard => divide_up(n * sum, n + d),
            Measure::Dice => divide_up(n * sum, 2 * d),
            Measure::Containment => divide_up(n * u128::from(a.min(b)), d),
        };
        (least as u64).max(1)
    }

    fn required_cosine(&self, a: u64, b: u64) -> u64 {
        let root = (a as f64 * b as f64).sqrt();
        let mut least = ((root * self.numerator as f64 / self.denominator as f64) as u64).max(1);
        while least > 1 && self.holds(least - 1, a, b) {
            least -= 1;
        }
        while !self.holds(least, a, b) {
            least += 1;
        }
        least
    }

    /// The heaviest partner of a set of weight `own` that may share at most `overlap` with it; 0 for
    /// none. `heaviest(own, s) ≥ other` exactly when `required(own, other) ≤ s`.
    pub fn heaviest(&self, own: u64, overlap: u64) -> u64 {
        let (n, d) = (u128::from(self.numerator), u128::from(self.denominator));
        let (own, overlap) = (u128::from(own), u128::from(overlap));
        let most = match self.measure {
            Measure::Cosine => divide_down((overlap * d).pow(2), n * n * own),
            Measure::Jaccard => (overlap * (n + d) / n).saturating_sub(own),
            Measure::Dice => (2 * overlap * d / n).saturating_sub(own),
            Measure::Containment if overlap * d >= n * own => u128::MAX,
            Measure::Containment => overlap * d / n,
        };
        if overlap == 0 { 0 } else { u64::try_from(most).unwrap_or(u64::MAX) }
    }

    /// The lightest set that can be similar to one of weight `own`.
    pub fn lightest(&self, own: u64) -> u64 {
        let (n, d) = (u128::from(self.numerator), u128::from(self.denominator));
        let own = u128::from(own);
        let least = match self.measure {
            Measure::Cosine => divide_up(n * n * own, d * d),
            Measure::Jaccard => divide_up(n * own, d),
            Measure::Dice => divide_up(n * own, 2 * d - n),
            Measure::Containment => 1,
        };
        (least as u64).max(1)
    }
}

/// Quotients of 64-bit numbers are several times cheaper, and most are.
fn divide_down(dividend: u128, divisor: u128) -> u128 {
    match (u64::try_from(dividend), u64::try_from(divisor)) {
        (Ok(dividend), Ok(divisor)) => u128::from(dividend / divisor),
        _ => dividend / divisor,
    }
}

fn divide_up(dividend: u128, divisor: u128) -> u128 {
    divide_down(dividend + divisor - 1, divisor)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn criteria() -> impl Strategy<Value = Criterion> {
        (0..4usize, 1u64..=20, 0u64..=20, prop_oneof![Just(1u64), Just(1000), Just(50_000)]).prop_map(
            |(measure, numerator, more, scale)| {
                let denominator = numerator * scale + more;
                let threshold = Threshold::new(numerator * scale, denominator).expect("usable");
                Criterion::new(Measure::ALL[measure], threshold)
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn bounds_follow_from_the_test(
            criterion in criteria(),
            (a, b, s) in prop_oneof![
                (1u64..200, 1u64..200, 0u64..200),
                (1u64..1 << 43, 1u64..1 << 43, 0u64..1 << 43),
            ],
        ) {
            let required = criterion.required(a, b);
            prop_assert!(criterion.holds(required, a, b));
            prop_assert!(!criterion.holds(required - 1, a, b));
            prop_assert_eq!(criterion.heaviest(a, s) >= b, required <= s);
            let lightest = criterion.lightest(a);
            prop_assert!(criterion.required(a, lightest) <= lightest.min(a).max(1));
            prop_assert!(lightest == 1 || criterion.required(a, lightest - 1) > lightest - 1);
        }
    }

    #[test]
    fn thresholds_out_of_range_are_refused() {
        for (numerator, denominator) in [(0, 1), (3, 2), (1, 0), (0, 0), (1, (1 << 20) + 1)] {
            assert!(Threshold::new(numerator, denominator).is_err());
        }
        let whole = Threshold::new(7, 7).expect("one");
        assert_eq!((whole.numerator(), whole.denominator()), (1, 1));
    }
}
