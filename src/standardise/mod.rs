//! From verbatim text to standard form.
mod event;
mod frequency;
mod ratio;
mod schedule;
mod token;
pub use frequency::frequency;
pub use ratio::ratio;
pub use schedule::schedule;
