//! Whether a result is still wanted.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks whether to stop, for work inside a stage that takes long.
///
/// A stage asks between items and, told to stop, skips what is left. What it gives then is of the right shape
/// and of no use: whoever handed the `Stop` out asks it again and throws the result away. So an answer of yes
/// is kept; no later no can let half a result through.
#[derive(Clone, Copy, Default)]
pub struct Stop<'a> {
    source: Option<(&'a (dyn Fn() -> bool + Sync), &'a AtomicBool)>,
}

impl<'a> Stop<'a> {
    /// Asks `wanted_no_more`, and keeps its first yes in `kept`.
    #[must_use]
    pub fn when(wanted_no_more: &'a (dyn Fn() -> bool + Sync), kept: &'a AtomicBool) -> Self {
        Self { source: Some((wanted_no_more, kept)) }
    }

    /// Work that is always wanted: the default.
    #[must_use]
    pub const fn never() -> Self {
        Self { source: None }
    }

    /// Whether to stop. Never, by default. Complexity: one call of the closure.
    #[must_use]
    pub fn asked(self) -> bool {
        self.source.is_some_and(|(wanted_no_more, kept)| {
            // Results pass from thread to thread by what orders memory already; only the flag counts here.
            if !kept.load(Ordering::Relaxed) && wanted_no_more() {
                kept.store(true, Ordering::Relaxed);
            }
            kept.load(Ordering::Relaxed)
        })
    }
}

impl fmt::Debug for Stop<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Stop").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_is_kept() {
        assert!(!Stop::never().asked());
        let (answer, kept) = (AtomicBool::new(true), AtomicBool::new(false));
        let ask = || answer.load(Ordering::Relaxed);
        let stop = Stop::when(&ask, &kept);
        assert!(stop.asked());
        answer.store(false, Ordering::Relaxed);
        assert!(stop.asked());
    }
}
