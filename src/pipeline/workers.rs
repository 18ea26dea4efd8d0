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
    /// `threads` threads; 0 shares what the process has. Where the system grants no threads, the
    /// process's are shared too.
    #[cfg_attr(not(feature = "parallel"), expect(unused_variables, reason = "one thread is all there is"))]
    pub(super) fn new(threads: usize) -> Self {
        Self {
            #[cfg(feature = "parallel")]
            own: (threads > 0)
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
