//! One spelling for the same characters: the first step of every comparison.

mod fold;

pub use fold::fold;
