//! The nouns of the field, without algorithms: what every stage takes and gives.

pub mod bits;
pub mod burden;
pub mod citation;
pub mod decision;
pub mod diagnostic;
pub mod evidence;
pub mod frequency;
pub mod frontier;
pub mod ids;
pub mod item;
pub mod kind;
pub mod plan;
pub mod ratio;
pub mod relation;
pub mod rows;
pub mod schedule;
pub mod standard_item;
pub mod stop;
pub mod target_set;
pub mod unit;
pub mod unit_set;
mod window_words;
