//! Progress and cancellation.

use std::fmt;
use std::sync::atomic::AtomicBool;

use super::workers::Workers;
use crate::error::{Error, Result};
use crate::model::stop::Stop;

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
    /// Whether `cancelled` said yes.
    stopped: AtomicBool,
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

    /// Asks `cancelled` at least once an item, from any thread, whether to stop: it should be a look at a flag. Its
    /// first yes counts.
    #[must_use]
    pub fn with_cancellation(mut self, cancelled: &'a (dyn Fn() -> bool + Sync)) -> Self {
        self.cancelled = Some(cancelled);
        self
    }

    /// The same run on the threads of a consolidator.
    pub(super) fn on(&self, workers: &'a Workers) -> Self {
        Self { workers: Some(workers), ..self.again() }
    }

    /// The same run for work that tells nothing of its progress.
    pub(super) fn silent(&self) -> Self {
        Self { progress: None, ..self.again() }
    }

    fn again(&self) -> Self {
        let &Self { progress, cancelled, workers, .. } = self;
        Self { progress, cancelled, workers, stopped: AtomicBool::new(self.stop().asked()) }
    }

    /// Maps a list, on several threads where there are some; the order stays.
    pub(super) fn map<T: Sync, R: Send>(
        &self,
        list: &[T],
        map: impl Fn(&T) -> R + Sync + Send,
    ) -> Result<Vec<R>> {
        let stop = self.stop();
        let map = |entry: &T| (!stop.asked()).then(|| map(entry));
        let mapped: Vec<Option<R>> = match self.workers {
            Some(workers) => workers.map(list, map),
            None => list.iter().map(map).collect(),
        };
        mapped.into_iter().collect::<Option<_>>().ok_or(Error::Cancelled)
    }

    /// Maps a list by long stretches, each with a function of its own, so that what that learns of one entry
    /// serves the next ones; the order stays.
    pub(super) fn stretches<'t, T: Sync, R: Send, M: FnMut(&'t T) -> R>(
        &self,
        list: &'t [T],
        start: impl Fn() -> M + Sync + Send,
    ) -> Result<Vec<R>> {
        let stop = self.stop();
        let workers = self.workers.map_or(1, Workers::count);
        // Enough for everyone to be busy to the end, and few enough to learn from.
        let length = list.len().div_ceil(8 * workers).max(SHORTEST_STRETCH);
        // Each writes where its results stay: a nation's are not there twice.
        let mut mapped: Vec<Option<R>> = Vec::new();
        mapped.resize_with(list.len(), || None);
        let stretches: Vec<(&'t [T], &mut [Option<R>])> =
            list.chunks(length).zip(mapped.chunks_mut(length)).collect();
        let work = |(stretch, places): (&'t [T], &mut [Option<R>])| {
            let mut map = start();
            for (entry, place) in stretch.iter().zip(places).take_while(|_| !stop.asked()) {
                *place = Some(map(entry));
            }
        };
        match self.workers {
            Some(workers) => workers.each(stretches, work),
            None => stretches.into_iter().for_each(work),
        }
        mapped.into_iter().collect::<Option<_>>().ok_or(Error::Cancelled)
    }

    /// What work inside a stage asks; followed by [`Self::check`].
    pub(super) fn stop(&self) -> Stop<'_> {
        self.cancelled.map_or_else(Stop::default, |cancelled| Stop::when(cancelled, &self.stopped))
    }

    /// [`Error::Cancelled`] once the run was.
    pub(super) fn check(&self) -> Result<()> {
        if self.stop().asked() { Err(Error::Cancelled) } else { Ok(()) }
    }

    pub(super) fn report(&self, stage: Stage, done: usize, total: usize) -> Result<()> {
        if let Some(progress) = self.progress {
            progress(stage, done, total);
        }
        self.check()
    }
}
