//! Whom an item would visit: the graph of units and what target phrases mean in it.

mod build;
mod burden;
mod classes;
mod derived;
mod describe;
mod element;
mod find;
mod forms;
mod grammar;
mod graph;
mod index;
mod lexer;
#[cfg(feature = "csv")]
mod load;
mod nouns;
mod number;
mod numbering;
mod resolve;
mod rows;
mod value;
mod words;

pub use burden::{BurdenInput, burden, visits_of};
pub use describe::describe;
pub use graph::{UnitGraph, UnitView};
pub use resolve::Resolver;
