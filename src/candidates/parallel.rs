//! Jobs on all threads, results in the order of the jobs.

/// `job(0), job(1) … job(count - 1)`, computed on all threads with the feature `parallel`.
pub(super) fn in_order<R: Send>(count: usize, job: impl Fn(usize) -> R + Sync + Send) -> Vec<R> {
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
