//! Work on all threads, results in order.
//!
//! Without the feature `parallel` everything is done on the calling thread. What is computed never depends on
//! which it is.

/// `map` of every entry.
pub(crate) fn map<T: Sync, R: Send>(list: &[T], map: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        // Waking other threads costs more than most entries do.
        if list.len() < 2 { list.iter().map(map).collect() } else { list.par_iter().map(map).collect() }
    }
    #[cfg(not(feature = "parallel"))]
    {
        list.iter().map(map).collect()
    }
}

/// `job(0), job(1) … job(count - 1)`, for few jobs that take long.
pub(crate) fn in_order<R: Send>(count: usize, job: impl Fn(usize) -> R + Sync + Send) -> Vec<R> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..count).into_par_iter().with_max_len(1).map(job).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        (0..count).map(job).collect()
    }
}

/// Sorts by keys that are all different.
pub(crate) fn sort_by_key<T: Send, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K + Sync) {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        list.par_sort_unstable_by_key(key);
    }
    #[cfg(not(feature = "parallel"))]
    {
        list.sort_unstable_by_key(key);
    }
}

/// Two jobs at once.
pub(crate) fn both<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    #[cfg(feature = "parallel")]
    {
        rayon::join(one, other)
    }
    #[cfg(not(feature = "parallel"))]
    {
        (one(), other())
    }
}
