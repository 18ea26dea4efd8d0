//! The arithmetic of match weights, which is that of the noun itself.

pub(crate) use crate::model::bits::log2_ratio;
pub use crate::model::bits::probability;

/// A count in steps of a quarter of an octave: 0 to 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, …; the greatest step not
/// above the count.
///
/// All that the comparison of two items takes from the rest of the pool are counts in steps. So one more item changes how
/// others compare only where a count crosses a step, and what it changes can be found: see
/// [`Terms`](super::terms::Terms). A step is at most a quarter more than the one before, 0.32 bits.
#[must_use]
pub(super) fn step(count: u32) -> u32 {
    match count.checked_ilog2() {
        Some(octave @ 3..) => count >> (octave - 2) << (octave - 2),
        _ => count,
    }
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn steps_are_a_quarter_of_an_octave() {
        let steps: std::collections::BTreeSet<u32> = (0..=64).map(step).collect();
        let expected = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64];
        assert_eq!(steps.into_iter().collect::<Vec<_>>(), expected);
        assert!((0..100_000).all(|count| step(count) <= count && step(step(count)) == step(count)));
        assert_eq!(step(u32::MAX), 7 << 29);
    }
}
