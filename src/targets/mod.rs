//! Whom an item would visit: the graph of units and what target phrases mean in it.
//!
//! | step | file |
//! |---|---|
//! | rows of a roster, checked, numbered, classified | `load`, `rows`, `build`, `numbering`, `classes` |
//! | or virtual units, where there is no roster | `derived` |
//! | the graph: containment, names | `graph`, `find`, `forms` |
//! | a phrase to tokens, tokens to a list | `lexer`, `number`, `words`, `grammar` |
//! | the list to a set of units | `resolve`, `listing`, `complete`, `element`, `modifier`, `combine`, `nouns`, `index` |
//! | what the visits cost | `burden` |
//! | the reading in words | `describe` |
//!
//! ```
//! use tongchou::lexicon::Lexicon;
//! use tongchou::targets::{Resolver, UnitGraph};
//!
//! let lexicon = Lexicon::builtin();
//! let roster = "id,name,kind\nA,青溪镇,乡镇\nB,白石镇,乡镇\nC,城关街道,街道\n";
//! let (graph, diagnostics) = UnitGraph::from_csv(roster.as_bytes(), &lexicon)?;
//! assert!(diagnostics.is_empty());
//! let resolver = Resolver::new(&graph, &lexicon);
//! let set = resolver.resolve(&["各镇、街道（白石镇除外）".to_owned()], None);
//! let ids: Vec<&str> = set.units.iter().map(|unit| graph.unit(unit).id()).collect();
//! assert_eq!(ids, ["A", "C"]);
//! # Ok::<(), tongchou::Error>(())
//! ```

mod build;
mod burden;
mod classes;
mod combine;
mod complete;
mod derived;
mod describe;
mod element;
mod find;
mod forms;
mod grammar;
mod graph;
mod index;
mod lexer;
mod listing;
#[cfg(feature = "csv")]
mod load;
mod modifier;
mod nouns;
mod number;
mod numbering;
mod resolve;
mod rows;
mod value;
mod vocabulary;
mod words;

pub use burden::{BurdenInput, burden, visits_of};
pub use derived::DerivedArea;
pub use describe::describe;
pub use graph::{UnitGraph, UnitView};
pub use resolve::Resolver;
