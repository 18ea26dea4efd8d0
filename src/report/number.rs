//! Numbers as the reports print them. All rounding is half up, away from zero for negative numbers.

use crate::model::burden::MilliVisits;
use crate::model::evidence::MilliBits;

/// A percentage with one decimal: `31.4%`, `-0.3%`.
///
/// # Examples
/// ```
/// assert_eq!(tongchou::report::percent(26.45), "26.5%");
/// ```
#[must_use]
pub fn percent(value: f64) -> String {
    let tenths = (value.abs() * 10.0 + 0.5).floor();
    let sign = if value < 0.0 && tenths > 0.0 { "-" } else { "" };
    format!("{sign}{:.1}%", tenths / 10.0)
}

/// By how much of `before` the second number is smaller, in tenths of a percent; exact.
#[must_use]
pub(super) fn reduction_tenths(before: MilliVisits, after: MilliVisits) -> i64 {
    if before == 0 {
        return 0;
    }
    let (before, after) = (i128::from(before), i128::from(after));
    let difference = (before - after) * 1000;
    let magnitude = (difference.abs() * 2 + before) / (2 * before);
    i64::try_from(magnitude * difference.signum()).unwrap_or(i64::MAX)
}

/// [`reduction_tenths`] as text.
#[must_use]
pub(super) fn reduction(before: MilliVisits, after: MilliVisits) -> String {
    percent(reduction_tenths(before, after) as f64 / 10.0)
}

/// Visits with one decimal, none where it would be 0: `1204`, `12.5`.
#[must_use]
pub(super) fn visits(value: f64) -> String {
    let tenths = (value.abs() * 10.0 + 0.5).floor();
    let sign = if value < 0.0 && tenths > 0.0 { "-" } else { "" };
    if tenths % 10.0 == 0.0 {
        format!("{sign}{:.0}", tenths / 10.0)
    } else {
        format!("{sign}{:.1}", tenths / 10.0)
    }
}

/// [`visits`] of a number of thousandths.
#[must_use]
pub(super) fn milli_visits(value: MilliVisits) -> String {
    visits(value as f64 / 1000.0)
}

/// A weight in bits with sign and all its thousandths: `+6.120`, `-0.005`.
#[must_use]
pub(super) fn bits(weight: MilliBits) -> String {
    let sign = if weight < 0 { '-' } else { '+' };
    let magnitude = weight.unsigned_abs();
    format!("{sign}{}.{:03}", magnitude / 1000, magnitude % 1000)
}

/// A probability in ten-thousandths as a fraction: `0.9912`.
#[must_use]
pub(super) fn fraction(probability: u16) -> String {
    format!("{}.{:04}", probability / 10_000, probability % 10_000)
}

/// A probability in ten-thousandths as a percentage with two decimals: `99.12%`.
#[must_use]
pub(super) fn chance(probability: u16) -> String {
    format!("{}.{:02}%", probability / 100, probability % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_half_up() {
        let cases = [(26.45, "26.5%"), (26.44, "26.4%"), (-3.25, "-3.3%"), (-0.04, "0.0%"), (0.0, "0.0%")];
        for (value, expected) in cases {
            assert_eq!(percent(value), expected);
        }
        assert_eq!(reduction(132, 97), "26.5%");
        assert_eq!(reduction(2000, 1999), "0.1%");
        assert_eq!(reduction(97, 132), "-36.1%");
        assert_eq!(reduction(0, 5), "0.0%");
        assert_eq!(reduction(u64::MAX, 0), "100.0%");
    }

    #[test]
    fn prints_every_thousandth() {
        assert_eq!(bits(6120), "+6.120");
        assert_eq!(bits(-5), "-0.005");
        assert_eq!(bits(i32::MIN), "-2147483.648");
        assert_eq!(fraction(10_000), "1.0000");
        assert_eq!(fraction(7), "0.0007");
        assert_eq!(chance(9912), "99.12%");
        assert_eq!(milli_visits(12_500), "12.5");
        assert_eq!(milli_visits(12_000), "12");
    }
}
