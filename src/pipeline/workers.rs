//! The threads of a consolidator.

/// Threads of its own, or the process's; without the `parallel` feature the calling thread alone.
///
/// What is computed never depends on them: results are collected in the order of the input.
#[derive(Debug)]
pub(super) struct Workers {
    #[cfg(feature = "parallel")]
    own: Option<rayon::ThreadPool>,
}

impl Workers {
    /// `threads` threads; 0, or as many as the process has, shares these, and with them the memory that the
    /// allocator keeps for each. Where the system grants no threads, the process's are shared too.
    #[cfg_attr(not(feature = "parallel"), expect(unused_variables, reason = "one thread is all there is"))]
    pub(super) fn new(threads: usize) -> Self {
        Self {
            #[cfg(feature = "parallel")]
            own: (threads > 0 && threads != rayon::current_num_threads())
                .then(|| rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok())
                .flatten(),
        }
    }

    /// Maps a list; the order stays.
    #[cfg(feature = "parallel")]
    pub(super) fn map<T: Sync, R: Send>(&self, list: &[T], map: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
        use rayon::prelude::*;
        let work = || list.par_iter().map(map).collect();
        match &self.own {
            Some(own) => own.install(work),
            None => work(),
        }
    }

    /// Does every job; for few jobs that take long.
    #[cfg(feature = "parallel")]
    pub(super) fn each<J: Send>(&self, jobs: Vec<J>, work: impl Fn(J) + Sync + Send) {
        use rayon::prelude::*;
        let all = || jobs.into_par_iter().with_max_len(1).for_each(work);
        match &self.own {
            Some(own) => own.install(all),
            None => all(),
        }
    }

    /// Does every job.
    #[cfg(not(feature = "parallel"))]
    #[expect(clippy::unused_self, reason = "as with threads")]
    pub(super) fn each<J>(&self, jobs: Vec<J>, work: impl Fn(J)) {
        jobs.into_iter().for_each(work);
    }

    /// How many there are.
    #[cfg(feature = "parallel")]
    pub(super) fn count(&self) -> usize {
        self.own.as_ref().map_or_else(rayon::current_num_threads, rayon::ThreadPool::current_num_threads)
    }

    /// How many there are.
    #[cfg(not(feature = "parallel"))]
    #[expect(clippy::unused_self, reason = "as with threads")]
    pub(super) fn count(&self) -> usize {
        1
    }

    /// Maps a list; the order stays.
    #[cfg(not(feature = "parallel"))]
    #[expect(clippy::unused_self, reason = "as with threads")]
    pub(super) fn map<T, R>(&self, list: &[T], map: impl Fn(&T) -> R) -> Vec<R> {
        list.iter().map(map).collect()
    }
}
