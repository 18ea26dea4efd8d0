//! Logarithms and probabilities that are the same on every platform.

use super::evidence::MilliBits;

/// `log2(numerator / denominator)` in thousandths, rounded down; 0 when either is 0.
///
/// Exact binary digits by repeated squaring of the mantissa in 64-bit fixed point. Range: ±64 000.
#[must_use]
pub(crate) fn log2_ratio(numerator: u64, denominator: u64) -> MilliBits {
    if numerator == 0 || denominator == 0 {
        return 0;
    }
    log2(numerator) - log2(denominator)
}

fn log2(value: u64) -> MilliBits {
    let whole = value.ilog2();
    // Counts in steps have three binary digits; the fractions of those are known.
    if value.trailing_zeros() + 2 >= whole {
        let digits = if whole < 2 { value << (2 - whole) } else { value >> (whole - 2) };
        return (whole * 1000) as MilliBits + FRACTIONS[(digits & 3) as usize];
    }
    log2_of_any(value)
}

/// `log2` of 4/4, 5/4, 6/4 and 7/4.
const FRACTIONS: [MilliBits; 4] = [0, 321, 584, 807];

fn log2_of_any(value: u64) -> MilliBits {
    let whole = value.ilog2();
    // Mantissa in [1, 2) with 63 fractional bits.
    let mut mantissa = u128::from(value) << (63 - whole);
    let mut fraction = 0u32;
    for _ in 0..16 {
        mantissa = (mantissa * mantissa) >> 63;
        fraction <<= 1;
        if mantissa >= 1 << 64 {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    (whole * 1000) as MilliBits + ((u64::from(fraction) * 1000) >> 16) as MilliBits
}

/// `2^total / (1 + 2^total)` in ten-thousandths, for a total in thousandths of a bit.
#[must_use]
pub fn probability(total: MilliBits) -> u16 {
    let power = exp2(total);
    (power / (1.0 + power) * 10_000.0).round() as u16
}

/// `2^bits` for bits in thousandths, cut to ±30 000.
///
/// Uses additions and multiplications of `f64` in a fixed order only, which IEEE 754 rounds the same
/// everywhere.
#[must_use]
pub(crate) fn exp2(bits: MilliBits) -> f64 {
    let clamped = bits.clamp(-30_000, 30_000);
    let whole = clamped.div_euclid(1000);
    let fraction = f64::from(clamped.rem_euclid(1000)) / 1000.0;
    // 2^fraction by the series of exp(fraction · ln 2); the 14th term is below 1e-14.
    let exponent = fraction * std::f64::consts::LN_2;
    let mut term = 1.0;
    let mut power = 1.0;
    for step in 1..=14 {
        term *= exponent / f64::from(step);
        power += term;
    }
    for _ in 0..whole.unsigned_abs() {
        power = if whole > 0 { power * 2.0 } else { power / 2.0 };
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_match_known_values() {
        assert_eq!(log2_ratio(8, 1), 3000);
        assert_eq!(log2_ratio(1, 8), -3000);
        assert_eq!(log2_ratio(3, 1), 1584);
        assert_eq!(log2_ratio(10, 1), 3321);
        assert_eq!(log2_ratio(0, 5), 0);
        assert_eq!(log2_ratio(u64::MAX, 1), 63_999);
    }

    #[test]
    fn three_digits_have_the_logarithm_of_any_number() {
        for shift in 0..62 {
            for digits in 1..8_u64 {
                if digits.ilog2() + shift < 64 {
                    assert_eq!(log2(digits << shift), log2_of_any(digits << shift), "{digits} << {shift}");
                }
            }
        }
        for value in 1..5_000 {
            assert_eq!(log2(value), log2_of_any(value), "{value}");
        }
    }

    #[test]
    fn probabilities_match_known_values() {
        assert_eq!(probability(0), 5000);
        assert_eq!(probability(1000), 6667);
        assert_eq!(probability(-1000), 3333);
        assert_eq!(probability(3000), 8889);
        assert_eq!(probability(500), 5858);
        assert_eq!(probability(MilliBits::MAX), 10_000);
        assert_eq!(probability(MilliBits::MIN), 0);
    }
}
