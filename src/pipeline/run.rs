//! Progress and cancellation.

use std::fmt;

use super::workers::Workers;
use crate::error::{Error, Result};

/// A stage of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Putting fields into standard form.
    Standardise,
    /// Resolving target phrases.
    Targets,
    /// Computing features.
    Features,
    /// Comparing candidate pairs.
    Compare,
    /// Clustering.
    Cluster,
    /// Merging, burden, year on year.
    Merge,
}

impl Stage {
    /// The stage in Chinese.
    #[must_use]
    pub const fn label_zh(self) -> &'static str {
        match self {
            Self::Standardise => "规范字段",
            Self::Targets => "解析对象",
            Self::Features => "提取特征",
            Self::Compare => "比对事项",
            Self::Cluster => "归并分组",
            Self::Merge => "形成计划",
        }
    }

    /// The stage in English.
    #[must_use]
    pub const fn label_en(self) -> &'static str {
        match self {
            Self::Standardise => "standardise",
            Self::Targets => "targets",
            Self::Features => "features",
            Self::Compare => "compare",
            Self::Cluster => "cluster",
            Self::Merge => "merge",
        }
    }
}

/// Fewest entries of a stretch: a county is shared out between the threads, too.
const SHORTEST_STRETCH: usize = 64;

/// How a caller follows and stops a run.
#[derive(Default)]
pub struct Run<'a> {
    progress: Option<&'a dyn Fn(Stage, usize, usize)>,
    cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
    workers: Option<&'a Workers>,
}

impl fmt::Debug for Run<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Run").finish_non_exhaustive()
    }
}

impl<'a> Run<'a> {
    /// Calls `progress(stage, done, total)` now and then, from the calling thread.
    #[must_use]
    pub fn with_progress(mut self, progress: &'a dyn Fn(Stage, usize, usize)) -> Self {
        self.progress = Some(progress);
        self
    }

    /// Asks `cancelled` now and then, from any thread, whether to stop.
    #[must_use]
    pub fn with_cancellation(mut self, cancelled: &'a (dyn Fn() -> bool + Sync)) -> Self {
        self.cancelled = Some(cancelled);
        self
    }

    /// The same run on the threads of a consolidator.
    pub(super) fn on(&self, workers: &'a Workers) -> Self {
        Self { progress: self.progress, cancelled: self.cancelled, workers: Some(workers) }
    }

    /// Maps a list, on several threads where there are some; the order stays.
    pub(super) fn map<T: Sync, R: Send>(&self, list: &[T], map: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
        match self.workers {
            Some(workers) => workers.map(list, map),
            None => list.iter().map(map).collect(),
        }
    }

    /// Maps a list by long stretches, so that what is learnt of one entry serves the next ones; the order stays.
    pub(super) fn stretches<T: Sync, R: Send>(
        &self,
        list: &[T],
        map: impl Fn(&[T]) -> Vec<R> + Sync + Send,
    ) -> Vec<R> {
        let workers = self.workers.map_or(1, Workers::count);
        // Enough for everyone to be busy to the end, and few enough to learn from.
        let length = list.len().div_ceil(8 * workers).max(SHORTEST_STRETCH);
        let stretches: Vec<&[T]> = list.chunks(length).collect();
        let mut all = Vec::with_capacity(list.len());
        for mapped in self.map(&stretches, |stretch| map(stretch)) {
            all.extend(mapped);
        }
        all
    }

    pub(super) fn report(&self, stage: Stage, done: usize, total: usize) -> Result<()> {
        if let Some(progress) = self.progress {
            progress(stage, done, total);
        }
        if self.cancelled.is_some_and(|cancelled| cancelled()) { Err(Error::Cancelled) } else { Ok(()) }
    }
}
