//! From verbatim text to standard form.
mod citation;
mod event;
mod frequency;
mod rank;
mod ratio;
mod schedule;
mod token;
pub use citation::citations;
pub use frequency::frequency;
pub use ratio::ratio;
pub use schedule::schedule;
