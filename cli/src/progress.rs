//! A progress bar on a terminal, and the time of each stage.

use std::cell::RefCell;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use tongchou::pipeline::Stage;

/// Follows a run.
pub(crate) struct Watch {
    bar: Option<ProgressBar>,
    stages: RefCell<Vec<(Stage, Instant)>>,
}

impl Watch {
    /// A watch with a bar when stderr is a terminal and the run is not quiet.
    pub(crate) fn new(quiet: bool) -> Self {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, stages: RefCell::new(Vec::new()) }
    }

    /// Hears of progress.
    pub(crate) fn advance(&self, stage: Stage, done: usize, total: usize) {
        let mut stages = self.stages.borrow_mut();
        if stages.last().is_none_or(|(last, _)| *last != stage) {
            stages.push((stage, Instant::now()));
        }
        if let Some(bar) = &self.bar {
            bar.set_message(stage.label_zh());
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
    }

    /// Ends the bar; gives each stage with its time.
    pub(crate) fn finish(self) -> Vec<(Stage, Duration)> {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let stages = self.stages.into_inner();
        let ends = stages.iter().skip(1).map(|(_, start)| *start).chain([Instant::now()]);
        stages.iter().zip(ends).map(|((stage, start), end)| (*stage, end - *start)).collect()
    }
}
