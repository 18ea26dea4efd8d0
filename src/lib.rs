//! Consolidates departments' proposed inspection items (督查检查考核事项) into one explained, leaner plan.
//!
//! A planning office receives dozens of proposals for the coming year. `tongchou` (统筹) finds what repeats,
//! overlaps, covers or could go together, proposes the merged plan with the evidence for every merge, and
//! never loses an item.
//!
//! # The pipeline
//!
//! 1. [`ingest`] reads spreadsheets, documents and JSON into [`Item`]s, with a diagnostic for everything odd.
//! 2. [`standardise`] puts every field into standard form, keeping the verbatim text.
//! 3. [`targets`] resolves whom each item would visit against a graph of units.
//! 4. [`candidates`] finds the pairs worth comparing and misses none that would merge.
//! 5. [`compare`] weighs each pair under two hypotheses and decides its relation.
//! 6. [`cluster`] partitions the items under constraints, each group around a core.
//! 7. [`merge`] turns a group into one plan item: name, lead, targets, windows, basis.
//!
//! [`Consolidator`] runs 2–7; [`report`] writes the [`Plan`], [`evaluate`] measures it, [`frontier`] tells how far
//! one could go, [`estimate`] fits the match weights to a pool without labels. [`lexicon`] holds what words mean, [`policy`] what an office may set.
//!
//! # Example
//! ```
//! use tongchou::{Consolidator, Input, Item, Policy};
//!
//! let item = |id: &str, name: &str, organizer: &str, targets: &str| Item {
//!     id: id.into(),
//!     name: name.into(),
//!     organizer: Some(organizer.into()),
//!     targets: vec![targets.into()],
//!     ..Item::default()
//! };
//! let items = vec![
//!     item("A", "养老机构服务质量检查", "县民政局", "辖区内养老机构"),
//!     item("B", "养老院消防安全检查", "县消防救援大队", "各养老服务机构"),
//!     item("C", "审计整改情况检查", "县审计局", "县直各部门"),
//! ];
//! let plan = Consolidator::new(Policy::default())?.consolidate(Input::new(items))?;
//! assert_eq!(plan.summary.planned, 2);
//! let merged = plan.items.iter().find(|item| item.members.len() == 2).expect("one joint visit");
//! assert_eq!(merged.lead.as_ref().map(|lead| lead.value.as_str()), Some("县民政局"));
//! # Ok::<(), tongchou::Error>(())
//! ```
//!
//! # Crate features
//!
//! `csv`, `excel`, `docx` (readers), `xlsx-report` (`plan.xlsx`), `parallel` (threads; never changes the
//! result), `schema` (JSON Schemas). All are on by default, and each can be left out.
//!
//! # Limits
//!
//! Synonymy stands in the lexicon's files: a matter that no file knows is compared by its wording, content,
//! targets and basis. Figures, and where they fall short, stand in `docs/quality.md`.

pub mod candidates;
pub mod cluster;
pub mod compare;
pub mod decisions;
pub mod error;
pub mod estimate;
pub mod evaluate;
pub mod frontier;
pub mod ingest;
pub mod lexicon;
pub mod merge;
pub mod model;
mod parallel;
pub mod pipeline;
pub mod policy;
pub mod report;
pub mod standardise;
pub mod targets;
pub mod text;

pub use error::{Error, Result};
pub use model::item::Item;
pub use model::plan::Plan;
pub use pipeline::{Consolidator, Input};
pub use policy::Policy;

/// The JSON Schemas of everything that crosses the border of the crate: item, roster row, plan,
/// policy and decision.
#[cfg(feature = "schema")]
#[must_use]
pub fn schema() -> serde_json::Value {
    report::schema_with(vec![
        ("policy".to_owned(), schemars::schema_for!(Policy).into()),
        ("decision".to_owned(), schemars::schema_for!(model::decision::Decision).into()),
    ])
}

/// The examples of the README run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
