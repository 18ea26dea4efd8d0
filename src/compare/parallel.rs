//! Work on all threads, results in order.

/// `map` of every entry, computed on all threads with the feature `parallel`.
pub(super) fn map<T: Sync, R: Send>(list: &[T], map: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        list.par_iter().map(map).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        list.iter().map(map).collect()
    }
}
